//! Heartbeats from the wire to the caller, on simulated time.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use bytes::Bytes;
use proptest::prelude::*;
use serde::de::IgnoredAny;
use stackone::{Client, ErrorKind, TimeoutKind};
use std::{
    collections::HashMap,
    future::IntoFuture,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{self, Poll},
    time::Duration,
};
use support::{Get, GetBytes, GetFile, Pieces, Post, PostMaybe, PostString, Reply, Server, THING, Thing, piece};
use tokio::time::Instant;

async fn post(body: impl Into<Bytes>) -> Result<stackone::Response<Thing>, stackone::Error> {
    Server::new([Reply::new(200, body)]).client().send(Post::default()).await
}

fn every(milliseconds: u64, beats: usize) -> Pieces {
    vec![piece(milliseconds, "\n"); beats]
}

#[tokio::test(start_paused = true)]
async fn heartbeats_are_removed_at_every_split() {
    let body = "\n\r\n\n\u{FEFF}{\"id\":\"\u{1F600}\\n\",\n \"more\": [1]}\r\n\n";
    for at in 0..=body.len() {
        let (left, right) = body.as_bytes().split_at(at);
        let pieces = [left, right].map(|part| (1, Some(Bytes::copy_from_slice(part)))).to_vec();
        let thing = Server::new([Reply::pieces(201, pieces)]).client().send(Post::default()).await.unwrap();
        assert_eq!((thing.value.id.as_str(), thing.heartbeats()), ("\u{1F600}\n", 3), "split at {at}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_json_white_space_is_a_heartbeat() {
    for (front, beats) in
        [("", 0), ("\n", 1), ("\r\n\r\n", 2), ("\r\r", 2), (" \t", 2), ("\n\u{FEFF}", 1), ("\n\u{FEFF}\n", 2)]
    {
        let thing = post(format!("{front}{THING}")).await.unwrap();
        assert_eq!(thing.heartbeats(), beats, "{front:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn white_space_inside_the_document_is_kept() {
    let server = Server::new([Reply::new(200, "\n\"a\\nb  \u{FEFF}\"\n")]);
    assert_eq!(server.client().send(PostString::default()).await.unwrap().value, "a\nb  \u{FEFF}");
    post("\n{\n\t\"id\" :\r\n \"1\"\n}\n \r\n\t").await.expect("pretty-printed, with white space behind");
}

#[tokio::test(start_paused = true)]
async fn text_after_the_document_is_an_error() {
    for tail in ["x", "{}", "\n\n}", "\n<html>", "\u{FEFF}", "\0"] {
        let error = post(format!("\n{THING}{tail}")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{tail:?}");
        assert!(error.to_string().contains("trailing characters"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn heartbeats_before_an_invalid_document_are_a_decode_error() {
    let error = post("\n\n<html><title>502</title></html>").await.unwrap_err();
    assert_eq!((error.kind(), error.heartbeats()), (ErrorKind::Decode, 2));
    assert!(error.outcome_unknown());
    let server = Server::new([Reply::new(200, "\nnull"), Reply::new(200, "\nnull")]);
    assert_eq!(server.client().send(PostMaybe::default()).await.unwrap().value, None);
    assert_eq!(server.client().send(Post::default()).await.unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test(start_paused = true)]
async fn heartbeats_without_a_document_are_truncated() {
    for lost in [false, true] {
        let mut pieces = every(5_000, 7);
        pieces.extend(lost.then_some((0, None)));
        let server = Server::new([Reply::pieces(201, pieces.clone()), Reply::pieces(201, pieces)]);
        let error = server.client().send(Post::default()).await.unwrap_err();
        assert_eq!((error.kind(), error.heartbeats(), error.attempts()), (ErrorKind::Truncated, 7, 1));
        assert_eq!(error.status().unwrap(), 201);
        assert!(error.outcome_unknown());
        let line = error.to_string();
        assert!(
            line.starts_with("create_thing: the response ended before its body, after 7 heartbeats and 35.0s"),
            "{line}"
        );
        let maybe = server.client().send(PostMaybe::default()).await;
        assert_eq!(maybe.is_err(), lost, "an answer that may be empty may end after beats, if it does end");
    }
}

#[tokio::test(start_paused = true)]
async fn half_a_document_is_truncated() {
    for end in 1..THING.len() {
        for lost in [false, true] {
            let mut pieces = every(1_000, 2);
            pieces.push((0, Some(Bytes::from_static(&THING.as_bytes()[..end]))));
            pieces.extend(lost.then_some((0, None)));
            let error = Server::new([Reply::pieces(200, pieces)]).client().send(Post::default()).await.unwrap_err();
            assert_eq!((error.kind(), error.heartbeats()), (ErrorKind::Truncated, 2), "{end} {lost}");
            assert_eq!(error.raw_body().unwrap(), &THING[..end]);
            assert_eq!(error.get_ref().is_some(), lost);
            assert!(error.outcome_unknown());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn heartbeats_are_counted_and_reported() {
    let mut pieces = every(5_000, 3);
    pieces.push(piece(5_000, "\n\n{\"id\":\"1\"}\n"));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let server = Server::new([Reply::pieces(201, pieces)]);
    let call = server.client().send(Post::default());
    let call = call.on_heartbeat(move |beat| log.lock().unwrap().push((beat.count, beat.elapsed.as_secs())));
    assert_eq!(call.await.unwrap().heartbeats(), 5);
    assert_eq!(*seen.lock().unwrap(), [(1, 5), (2, 10), (3, 15), (5, 20)]);
}

#[tokio::test(start_paused = true)]
async fn heartbeats_restart_the_idle_timeout() {
    let mut pieces = every(9_000, 30);
    pieces.push(piece(9_000, THING));
    let server = Server::new([Reply::pieces(200, pieces)]);
    let call = server.client().send(Post::default()).idle_timeout(Duration::from_secs(10));
    assert_eq!(call.await.unwrap().heartbeats(), 30);
}

#[tokio::test(start_paused = true)]
async fn silence_longer_than_the_idle_timeout_is_an_error() {
    let start = Instant::now();
    let mut pieces = every(9_000, 2);
    pieces.extend(every(11_000, 1));
    let server = Server::new([Reply::pieces(200, pieces)]);
    let error = server.client().send(Post::default()).idle_timeout(Duration::from_secs(10)).await.unwrap_err();
    assert_eq!((error.kind(), error.heartbeats()), (ErrorKind::Timeout(TimeoutKind::Idle), 2));
    assert!(
        error.to_string().ends_with("no data arrived for 10s after 2 heartbeats (setting `idle_timeout`)"),
        "{error}"
    );
    assert_eq!(start.elapsed().as_secs(), 28);
    assert!(error.is_timeout() && error.outcome_unknown() && !error.is_retryable());
    assert_eq!(error.status().unwrap(), 200);
}

#[tokio::test(start_paused = true)]
async fn a_late_response_exceeds_the_header_timeout() {
    let server = Server::new([Reply::Hang]);
    let error = server.client().send(Post::default()).header_timeout(Duration::from_secs(3)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Header));
    assert!(error.to_string().contains("within 3s (setting `header_timeout`)"), "{error}");
    assert!(error.is_timeout() && error.outcome_unknown());
}

#[tokio::test(start_paused = true)]
async fn endless_heartbeats_end_at_the_deadline() {
    let start = Instant::now();
    let server = Server::new([Reply::pieces(200, every(1_000, 10_000))]);
    let error = server.client().send(Post::default()).timeout(Duration::from_millis(60_500)).await.unwrap_err();
    assert_eq!((error.kind(), error.heartbeats()), (ErrorKind::Timeout(TimeoutKind::Overall), 60));
    assert!(error.to_string().contains("within 60.5s (setting `timeout`)"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(61));
    assert!(error.is_timeout() && error.outcome_unknown());
}

/// Each wait ends at the deadline, with a limit of its own or without one.
#[tokio::test(start_paused = true)]
async fn the_deadline_ends_every_wait() {
    let silent = |status| Reply::pieces(status, vec![piece(60_000, THING)]);
    for limit in [None, Some(Duration::from_secs(30))] {
        for (reply, status) in [(Reply::Hang, None), (silent(200), None), (silent(422), Some(422))] {
            let start = Instant::now();
            let call = Server::new([reply]).client().send(Post::default()).header_timeout(limit).idle_timeout(limit);
            let error = call.timeout(Duration::from_millis(20_500)).await.unwrap_err();
            assert_eq!(start.elapsed(), Duration::from_millis(20_500));
            assert_eq!(error.status().map(|status| status.as_u16()), status);
            assert_eq!(error.kind() == ErrorKind::Timeout(TimeoutKind::Overall), status.is_none(), "{error}");
        }
    }
}

/// A body that is always ready and never ends. It may start with some bytes.
struct Flood(&'static str);

impl http_body::Body for Flood {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut task::Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        let data = Bytes::from_static(std::mem::take(&mut self.0).as_bytes());
        Poll::Ready(Some(Ok(http_body::Frame::data(data))))
    }
}

/// A task that always has work uses up its budget, and its timers are then never ready.
#[tokio::test(start_paused = true)]
async fn the_deadline_ends_a_body_that_is_always_ready() {
    // The paused clock does not advance while a task is busy.
    tokio::spawn(async {
        loop {
            tokio::time::advance(Duration::from_secs(1)).await;
        }
    });
    let never_answering = tower::service_fn(|_: http::Request<Bytes>| async {
        loop {
            tokio::task::consume_budget().await;
        }
        #[allow(unreachable_code)]
        Ok::<_, std::convert::Infallible>(http::Response::new(Flood("")))
    });
    let limit = Duration::from_secs(20);
    let unanswered = Client::builder().build_with(never_answering).unwrap();
    let timer = |error: stackone::Error| (error.kind(), error.outcome_unknown());
    let error = unanswered.send(Post::default()).timeout(limit).await.unwrap_err();
    assert_eq!(timer(error), (ErrorKind::Timeout(TimeoutKind::Overall), true));
    let error = unanswered.send(Post::default()).header_timeout(limit).await.unwrap_err();
    assert_eq!(timer(error), (ErrorKind::Timeout(TimeoutKind::Header), true));
}

/// Empty frames have no limit, and can arrive at any time.
#[tokio::test(start_paused = true)]
async fn the_deadline_ends_a_flood_of_empty_frames() {
    tokio::spawn(async {
        loop {
            tokio::time::advance(Duration::from_secs(1)).await;
        }
    });
    let flooded = |status: u16, coding: &'static str, front: &'static str| {
        let service = tower::service_fn(move |_: http::Request<Bytes>| async move {
            let answer = http::Response::builder().status(status).header("content-encoding", coding);
            answer.body(Flood(front))
        });
        Client::builder().timeout(Duration::from_secs(20)).build_with(service).unwrap()
    };
    let codings: &[&str] = if cfg!(feature = "gzip") { &["identity", "gzip"] } else { &["identity"] };
    for &coding in codings {
        let front = if coding == "identity" { "\n{" } else { "" };
        let beats = flooded(200, coding, "").send(Post::default()).await.map(drop);
        let document = flooded(200, coding, front).send(Post::default()).await.map(drop);
        let bytes = flooded(200, coding, front).send(GetBytes::default()).await.map(drop);
        for result in [beats, document, bytes] {
            assert_eq!(result.unwrap_err().kind(), ErrorKind::Timeout(TimeoutKind::Overall), "{coding}");
        }
        let refused = flooded(422, coding, front).send(Post::default()).await.unwrap_err();
        assert_eq!(refused.status().unwrap(), 422, "{coding}");
    }
    let mut file = flooded(200, "identity", "a").send(GetFile::default()).await.unwrap();
    assert_eq!(file.value.try_next().await.unwrap().unwrap(), "a");
    let limit = tokio::time::timeout(Duration::from_secs(20), file.value.try_next());
    limit.await.expect_err("other tasks and timers go on");
}

#[tokio::test(start_paused = true)]
async fn heartbeats_count_from_the_last_attempt() {
    let server = Server::new([Reply::pieces(200, vec![piece(0, "\n\n\n"), (0, None)]), Reply::Hang]);
    let error = server.client().send(Get::default()).timeout(Duration::from_secs(20)).await.unwrap_err();
    assert_eq!((error.attempts(), error.heartbeats()), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn endless_heartbeats_end_at_their_limit() {
    let server = Server::new([Reply::pieces(200, every(1, 10_000))]);
    let client = server.client_with(|builder| builder.max_heartbeats(50));
    let error = client.send(Get::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.heartbeats()), (ErrorKind::BodyTooLarge, 51));
    assert!(error.to_string().contains("more than 50 heartbeats (setting `max_heartbeats`)"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_million_heartbeats_need_no_memory() {
    let mut pieces: Pieces = vec![(0, Some(Bytes::from(vec![b'\n'; 10_000]))); 100];
    pieces.push(piece(0, THING));
    let server = Server::new([Reply::pieces(200, pieces)]);
    let thing = server.client().send(Post::default()).max_body(THING.len() as u64).await.unwrap();
    assert_eq!(thing.heartbeats(), 1_000_000);
}

#[tokio::test(start_paused = true)]
async fn heartbeats_are_removed_with_and_without_preference_applied() {
    let cases: [(&[&str], bool); 7] = [
        (&[], false),
        (&["heartbeat"], true),
        (&["HEARTBEAT; a=1"], true),
        (&["wait=1, Heartbeat"], true),
        (&["heartbeat", "heartbeat"], true),
        (&["wait=1", "respond-async, heartbeat; interval=5"], true),
        (&["wait=1"], false),
    ];
    for (values, applied) in cases {
        let reply = Reply::new(200, format!("\n{THING}"));
        let reply = values.iter().fold(reply, |reply, value| reply.header("preference-applied", value));
        let thing = Server::new([reply]).client().send(Get::default()).await.unwrap();
        assert_eq!((thing.heartbeats(), thing.applied().contains("heartbeat")), (1, applied), "{values:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn dropping_the_call_drops_the_connection() {
    struct Guard(Arc<Mutex<bool>>);
    impl Drop for Guard {
        fn drop(&mut self) {
            *self.0.lock().unwrap() = true;
        }
    }
    let dropped = Arc::new(Mutex::new(false));
    let connection = Arc::clone(&dropped);
    let service = tower::service_fn(move |_: http::Request<Bytes>| {
        let guard = Guard(Arc::clone(&connection));
        async move {
            tokio::time::sleep(Duration::from_secs(3600)).await;
            drop(guard);
            Ok::<_, std::io::Error>(http::Response::new(http_body_util::Full::new(Bytes::new())))
        }
    });
    let client = Client::builder().build_with(service).unwrap();
    let call = tokio::time::timeout(Duration::from_secs(5), client.send(Post::default()).into_future());
    call.await.unwrap_err();
    assert!(*dropped.lock().unwrap());
}

/// The expected result for a body, without the client.
#[expect(clippy::zero_sized_map_values, reason = "only its keys are looked at")]
fn simple_parser(body: &[u8]) -> Result<Thing, ErrorKind> {
    let trim = |body: &[u8]| {
        let start = body.iter().position(|byte| !b" \t\r\n".contains(byte)).unwrap_or(body.len());
        body[start..].to_vec()
    };
    let document = trim(body);
    let document = document.strip_prefix("\u{FEFF}".as_bytes()).map_or(document.clone(), trim);
    let syntax = if document.starts_with(b"{") {
        serde_json::from_slice::<HashMap<String, IgnoredAny>>(&document).map(drop)
    } else {
        serde_json::from_slice::<IgnoredAny>(&document).map(drop)
    };
    match syntax {
        Err(error) if error.is_eof() => Err(ErrorKind::Truncated),
        Err(_) => Err(ErrorKind::Decode),
        Ok(()) => serde_json::from_slice(&document).map_err(|_| ErrorKind::Decode),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_body_is_read_as_a_simple_parser_reads_it(
        front in "[\n\r \t]{0,6}\u{FEFF}?[\n\r]{0,3}",
        back in "[\n\r \tx}]{0,2}",
        flips in proptest::collection::vec((0usize..40, any::<u8>()), 0..2),
        end in 0usize..60,
        cuts in proptest::collection::vec(0usize..60, 0..6),
    ) {
        let mut body = format!("{front}{{\"id\":\"\u{e9}\",\"n\":[1,2]}}{back}").into_bytes();
        for (at, byte) in flips {
            if let Some(place) = body.get_mut(at) {
                *place = byte;
            }
        }
        body.truncate(end.max(4));
        let mut cuts: Vec<usize> = cuts.into_iter().filter(|cut| *cut <= body.len()).collect();
        cuts.extend([0, body.len()]);
        cuts.sort_unstable();
        let pieces = cuts.windows(2).map(|cut| (0, Some(Bytes::copy_from_slice(&body[cut[0]..cut[1]])))).collect();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let result = runtime.block_on(async {
            Server::new([Reply::pieces(200, pieces)]).client().send(Post::default()).await
        });
        let result = result.map(stackone::Response::into_inner).map_err(|error| error.kind());
        prop_assert_eq!(result, simple_parser(&body), "{:?}", String::from_utf8_lossy(&body));
    }
}
