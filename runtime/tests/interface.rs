//! The public interface of the client: how operations are sent, and what responses and errors offer.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use futures_core::FusedStream;
use stackone::{
    ApiError, Client, Error, ErrorKind, Operation, ProviderError, Response, ResponseOf, TimeoutKind,
    http::{self, Request},
    transport::{NotSent, RequestBody},
};
use std::{error::Error as StdError, pin::pin, sync::Arc, task::Waker, time::Duration};
use support::{Get, GetFile, Post, Reply, Server, THING, Thing, Things, piece};
use tower::util::BoxCloneService;

#[tokio::test(start_paused = true)]
async fn an_operation_is_sent_by_value_by_reference_or_shared() {
    let server = Server::new((0..4).map(|_| Reply::thing()));
    let client = server.client();
    let operation = Get::default();
    let by_reference: ResponseOf<Get> = client.send(&operation).await.unwrap();
    let shared = client.send(Arc::new(operation.clone())).await.unwrap();
    let boxed = client.send(Box::new(operation.clone())).await.unwrap();
    let by_value = client.send(operation).await.unwrap();
    for response in [by_reference, shared, boxed, by_value] {
        assert_eq!(response.value.id, "1");
    }
    assert_eq!(<&Get as Operation>::metadata().id(), "get_thing");
}

#[tokio::test(start_paused = true)]
async fn a_response_is_taken_apart_and_mapped() {
    let server =
        Server::new([Reply::pieces(201, vec![piece(2_000, "\n"), piece(0, THING)]).header("x-request-id", "r")]);
    let response: Response<Thing> = server.client().send(Post::default()).await.unwrap();
    let mapped: Response<usize> = response.map(|thing| thing.id.len());
    assert_eq!((mapped.value, mapped.heartbeats(), mapped.request_id()), (1, 1, Some("r")));
    let (value, head) = mapped.into_parts();
    assert_eq!((value, head.status().as_u16(), head.heartbeats(), head.attempts()), (1, 201, 1, 1));
    assert_eq!((head.request_id(), head.elapsed()), (Some("r"), Duration::from_secs(2)));
    assert!(format!("{head:?}").contains("201") && !format!("{head:?}").contains("x-request-id"));
}

#[tokio::test(start_paused = true)]
async fn streams_know_when_they_have_ended() {
    let page = || Reply::new(200, r#"{"data":[{"id":"1"},{"id":"2"}]}"#);
    let server = Server::new([page(), page(), Reply::new(200, "abc")]);
    let mut pages = server.client().pages(Things::default());
    assert!(!pages.is_terminated());
    assert_eq!(pages.try_next().await.unwrap().unwrap().value.data.len(), 2);
    assert!(pages.is_terminated() && pages.try_next().await.unwrap().is_none());
    let mut items = server.client().items(Things::default());
    assert_eq!(items.try_next().await.unwrap().unwrap().id, "1");
    assert!(!items.is_terminated());
    assert_eq!(items.try_next().await.unwrap().unwrap().id, "2");
    assert!(items.is_terminated() && items.try_next().await.unwrap().is_none());
    let mut file = server.client().send(GetFile::default()).await.unwrap().value;
    assert_eq!(file.try_next().await.unwrap().unwrap(), "abc");
    assert!(file.try_next().await.unwrap().is_none() && file.is_terminated());
}

/// tower's boxed services are `Clone + Send`, and not `Sync`.
#[tokio::test(start_paused = true)]
async fn a_transport_need_not_be_sync() {
    fn assert_sync<T: Sync + Send + Clone>(_: &T) {}
    let service = BoxCloneService::new(Server::new([Reply::thing()]));
    let client = Client::builder().build_with(service).unwrap();
    assert_sync(&client);
    assert_eq!(client.send(Get::default()).await.unwrap().value.id, "1");
}

#[test]
fn a_call_outside_of_a_tokio_runtime_is_an_error() {
    let client = Server::new([]).client();
    let mut call = pin!(IntoFuture::into_future(client.send(Get::default())));
    let mut context = std::task::Context::from_waker(Waker::noop());
    let std::task::Poll::Ready(Err(error)) = call.as_mut().poll(&mut context) else { panic!("not an error at once") };
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Config, 0));
    assert!(error.to_string().contains("a call needs a tokio runtime"), "{error}");
}

#[cfg(feature = "transport")]
#[test]
fn the_default_transport_outside_of_a_tokio_runtime_is_an_error() {
    let client = Client::builder().base_url("http://127.0.0.1:1").build().unwrap();
    let mut call = pin!(IntoFuture::into_future(client.send(Get::default())));
    let mut context = std::task::Context::from_waker(Waker::noop());
    let std::task::Poll::Ready(Err(error)) = call.as_mut().poll(&mut context) else { panic!("not an error at once") };
    assert_eq!(error.kind(), ErrorKind::Config);
}

/// The messages of an error and of its sources, as error reporters print them.
fn report(error: &Error) -> String {
    let chain = std::iter::successors(Some(error as &dyn StdError), |&error| error.source());
    chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[tokio::test(start_paused = true)]
async fn no_error_repeats_its_source() {
    let lost = || Reply::pieces(200, vec![piece(0, "{\"id\""), (0, None)]);
    let server = Server::new([Reply::Lost, Reply::Refused, lost(), Reply::new(200, "{\"id\":1}")]);
    let cases = [
        (ErrorKind::Transport, "connection reset"),
        (ErrorKind::Connect, "connection refused"),
        (ErrorKind::Truncated, "connection reset"),
        (ErrorKind::Decode, "expected a string"),
    ];
    for (kind, reason) in cases {
        let error = server.client().send(Post::default()).no_retry().await.unwrap_err();
        assert_eq!(error.kind(), kind);
        let report = report(&error);
        assert_eq!(report.to_lowercase().matches(reason).count(), 1, "{report}");
        assert!(error.get_ref().is_some(), "{report}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_underlying_error_is_available() {
    let server = Server::new([Reply::Lost, Reply::Refused]);
    let lost = server.client().send(Post::default()).await.unwrap_err();
    let inner = lost.get_ref().unwrap().downcast_ref::<std::io::Error>().unwrap();
    assert_eq!(inner.kind(), std::io::ErrorKind::ConnectionReset);
    let refused = server.client().send(Post::default()).no_retry().await.unwrap_err();
    assert!(refused.get_ref().unwrap().is::<NotSent>());
}

#[test]
fn each_error_kind_has_a_name() {
    let kinds = [
        (ErrorKind::Build, "invalid request"),
        (ErrorKind::Config, "invalid setting"),
        (ErrorKind::Connect, "connection failed"),
        (ErrorKind::Timeout(TimeoutKind::Header), "header timeout"),
        (ErrorKind::Timeout(TimeoutKind::Idle), "idle timeout"),
        (ErrorKind::Timeout(TimeoutKind::Overall), "overall timeout"),
        (ErrorKind::Transport, "connection lost"),
        (ErrorKind::Truncated, "truncated response"),
        (ErrorKind::Api, "error response"),
        (ErrorKind::Decode, "undecodable response"),
        (ErrorKind::BodyTooLarge, "response too large"),
        (ErrorKind::Pagination, "repeated cursor"),
    ];
    for (kind, name) in kinds {
        assert_eq!(kind.to_string(), name);
    }
}

#[test]
fn the_errors_of_servers_and_providers_are_errors() {
    fn assert_error<E: StdError + Send + Sync + 'static>() {}
    assert_error::<Error>();
    assert_error::<ApiError>();
    assert_error::<ProviderError>();
}

#[tokio::test(start_paused = true)]
async fn a_truncated_download_reports_how_many_bytes_arrived() {
    let server = Server::new([Reply::pieces(200, vec![piece(0, "abcde"), (1_000, None)])]);
    let mut file = server.client().send(GetFile::default()).await.unwrap();
    assert_eq!(file.value.try_next().await.unwrap().unwrap(), "abcde");
    let error = file.value.try_next().await.unwrap_err();
    assert_eq!((error.kind(), error.elapsed()), (ErrorKind::Truncated, Duration::from_secs(1)));
    assert!(error.to_string().starts_with("file: the response ended after 5 bytes of its body, after 1.0s"), "{error}");
}

#[test]
fn a_call_is_a_future() {
    let server = Server::new((0..4).map(|_| Reply::thing()));
    let client = server.client();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    assert_eq!(runtime.block_on(client.send(Get::default())).unwrap().value.id, "1");
    let task = runtime.spawn(client.send(Get::default()));
    assert_eq!(runtime.block_on(task).unwrap().unwrap().value.id, "1");
    let operation = Get::default();
    let pair = async { tokio::join!(client.send(Get::default()), client.send(&operation)) };
    assert!(matches!(runtime.block_on(pair), (Ok(_), Ok(_))));
}

#[tokio::test(start_paused = true)]
async fn a_call_sends_its_request_once() {
    let server = Server::new((0..2).map(|_| Reply::thing()));
    let mut call = server.client().send(Post::default());
    let not_polled = call.clone();
    assert!((&mut call).await.is_ok());
    let again = tokio::time::timeout(Duration::from_secs(3_600), &mut call).await;
    assert!(again.is_err() && server.attempts() == 1, "a call that is polled again sends nothing");
    let error = call.clone().await.map(drop).unwrap_err();
    assert_eq!((error.kind(), server.attempts()), (ErrorKind::Config, 1));
    assert!(error.to_string().contains("clone a call before it is polled"), "{error}");
    assert!(not_polled.await.is_ok(), "a clone is a call of its own");
    assert_eq!(server.attempts(), 2);
}

/// A body, and whether it is in memory.
#[derive(Clone)]
struct Large(Arc<()>);

impl serde::Serialize for Large {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("large")
    }
}

#[stackone::stackone_operation(method = "POST", path = "/files")]
struct UploadRequest {
    #[body]
    content: Large,
}

#[tokio::test(start_paused = true)]
async fn an_operation_is_dropped_before_its_request_is_sent() {
    let content = Large(Arc::new(()));
    let in_memory = Arc::downgrade(&content.0);
    let transport = tower::service_fn(move |request: Request<RequestBody>| {
        let copies = in_memory.strong_count();
        async move {
            assert_eq!((copies, request.body().as_bytes()), (0, &b"\"large\""[..]));
            Ok::<_, std::convert::Infallible>(http::Response::new(RequestBody::default()))
        }
    });
    let client = Client::builder().build_with(transport).unwrap();
    client.send(UploadRequest::builder().content(content).build()).await.unwrap();
}
