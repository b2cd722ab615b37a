//! Layers around each attempt.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use bytes::Bytes;
use http::{HeaderValue, Request, Response};
use stackone::{
    Attempt, Client, ErrorKind, TimeoutKind,
    operation::Metadata,
    retry::{Retry, RetryBudget},
    transport::{NotSent, RequestBody, ResponseBody, TransportService},
};
use std::{
    convert::Infallible,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Poll},
    time::Duration,
};
use support::{BODY, BoxError, Get, Post, Reply, Server, Things, piece};
use tokio::{task::JoinSet, time::Instant};
use tower::{
    Layer, Service, ServiceBuilder, ServiceExt,
    layer::layer_fn,
    limit::{ConcurrencyLimitLayer, RateLimitLayer},
    service_fn,
    util::MapRequestLayer,
};

fn client(server: &Server, layer: impl FnOnce(stackone::ClientBuilder) -> stackone::ClientBuilder) -> Client {
    server.client_with(|builder| layer(builder.retry(Retry::default())))
}

#[tokio::test(start_paused = true)]
async fn a_layer_sees_the_operation_the_attempt_and_the_call() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let record = {
        let seen = Arc::clone(&seen);
        move |request: Request<RequestBody>| {
            let metadata = *request.extensions().get::<&'static Metadata>().unwrap();
            let attempt = *request.extensions().get::<Attempt>().unwrap();
            seen.lock().unwrap().push((metadata.id(), attempt.number(), attempt.call_id()));
            request
        }
    };
    let server = Server::new([Reply::new(429, ""), Reply::thing(), Reply::thing()]);
    let client = client(&server, |builder| builder.layer(MapRequestLayer::new(record)));
    client.send(Post::default()).await.unwrap();
    client.send(Get::default()).await.unwrap();
    let seen = seen.lock().unwrap();
    assert_eq!((seen[0].0, seen[0].1), ("create_thing", 1));
    assert_eq!((seen[1].0, seen[1].1), ("create_thing", 2));
    assert_eq!((seen[2].0, seen[2].1), ("get_thing", 1));
    assert!(seen[0].2 == seen[1].2 && seen[1].2 != seen[2].2);
}

#[tokio::test(start_paused = true)]
async fn the_first_layer_is_the_outermost() {
    let mark = |name: &'static str| {
        MapRequestLayer::new(move |mut request: Request<RequestBody>| {
            request.headers_mut().append("x-layers", HeaderValue::from_static(name));
            request
        })
    };
    let server = Server::new([Reply::thing()]);
    client(&server, |builder| builder.layer(mark("outer")).layer(mark("inner"))).send(Get::default()).await.unwrap();
    let names: Vec<_> = server.request(0).headers().get_all("x-layers").iter().cloned().collect();
    assert_eq!(names, ["outer", "inner"]);
}

#[tokio::test(start_paused = true)]
async fn a_layer_signs_the_bytes_and_changes_them() {
    let sign = |mut request: Request<RequestBody>| {
        assert!(request.headers().contains_key("authorization") && request.uri().host().is_some());
        let length = request.body().as_bytes().len();
        request.headers_mut().insert("x-signature", HeaderValue::from(length));
        request.map(|body| RequestBody::from([&body.into_bytes()[..], b" "].concat()))
    };
    let server = Server::new([Reply::thing()]);
    client(&server, |builder| builder.layer(MapRequestLayer::new(sign))).send(Post::default()).await.unwrap();
    assert_eq!(server.header("x-signature").unwrap(), BODY.len().to_string());
    assert_eq!(server.request(0).body(), format!("{BODY} ").as_bytes());
}

/// 1000 requests a minute, as StackOne allows. Every other request is refused once, and its retry counts.
#[tokio::test(start_paused = true)]
async fn retries_count_for_the_rate_limit() {
    let times = Arc::new(Mutex::new(Vec::new()));
    let transport = {
        let times = Arc::clone(&times);
        service_fn(move |request: Request<Bytes>| {
            times.lock().unwrap().push(Instant::now());
            let attempt = request.extensions().get::<Attempt>().unwrap();
            let is_refused = attempt.number() == 1 && times.lock().unwrap().len() % 2 == 0;
            let mut response = Response::new(RequestBody::from(support::THING));
            *response.status_mut() = if is_refused { 429 } else { 200 }.try_into().unwrap();
            async { Ok::<_, Infallible>(response) }
        })
    };
    let limit = ServiceBuilder::new().buffer(2_000).rate_limit(1_000, Duration::from_secs(60));
    let client = Client::builder().layer(limit).header_timeout(None);
    let client = client.retry_budget(RetryBudget::unlimited()).build_with(transport).unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..1_500 {
        let client = client.clone();
        calls.spawn(async move { client.send(Post::default()).await.unwrap().attempts() });
    }
    let attempts: u32 = calls.join_all().await.into_iter().sum();
    let times = times.lock().unwrap();
    assert!(attempts > 2_000 && times.len() == attempts as usize, "{attempts}");
    for window in times.windows(1_001) {
        assert!(window[1_000] - window[0] >= Duration::from_secs(59), "more than 1000 requests in a minute");
    }
}

#[tokio::test(start_paused = true)]
async fn the_concurrency_limit_counts_for_all_calls_of_a_client() {
    let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let transport = {
        let most = Arc::clone(&most);
        service_fn(move |_: Request<Bytes>| {
            let (running, most) = (Arc::clone(&running), Arc::clone(&most));
            async move {
                most.fetch_max(running.fetch_add(1, Relaxed) + 1, Relaxed);
                tokio::time::sleep(Duration::from_secs(1)).await;
                running.fetch_sub(1, Relaxed);
                Ok::<_, Infallible>(Response::new(RequestBody::from(support::THING)))
            }
        })
    };
    let client = Client::builder().layer(ConcurrencyLimitLayer::new(3)).build_with(transport).unwrap();
    let started = Instant::now();
    let mut calls = JoinSet::new();
    for _ in 0..9 {
        let client = client.clone();
        calls.spawn(async move { client.send(Get::default()).await.unwrap() });
    }
    calls.join_all().await;
    assert_eq!((most.load(Relaxed), started.elapsed()), (3, Duration::from_secs(3)));
}

/// The limit of one request is used up. The second request waits until its header timeout.
#[tokio::test(start_paused = true)]
async fn a_request_that_waits_for_a_limit_is_not_sent() {
    let concurrency = |server: &Server| client(server, |builder| builder.layer(ConcurrencyLimitLayer::new(1)));
    let rate = |server: &Server| {
        let limit = ServiceBuilder::new().buffer(10).layer(RateLimitLayer::new(1, Duration::from_secs(3_600)));
        client(server, |builder| builder.layer(limit))
    };
    let in_call = |server: &Server| {
        let wait = layer_fn(|inner: TransportService| {
            service_fn(move |request: Request<RequestBody>| {
                let inner = inner.clone();
                async move {
                    if !request.headers().contains_key("x-first") {
                        tokio::time::sleep(Duration::from_secs(100)).await;
                    }
                    inner.oneshot(request).await
                }
            })
        });
        client(server, |builder| builder.layer(wait))
    };
    let layers: [&dyn Fn(&Server) -> Client; 3] = [&concurrency, &rate, &in_call];
    for layer in layers {
        let server = Server::new([Reply::Hang]);
        let client = layer(&server);
        let first = client.clone();
        let first = tokio::spawn(async move {
            first.send(Post::default()).header("x-first", "1").header_timeout(None).timeout(None).await
        });
        tokio::task::yield_now().await;
        let error = client.send(Post::default()).no_retry().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Header));
        assert!(!error.outcome_unknown() && error.is_retryable(), "{error}");
        assert_eq!((server.attempts(), error.elapsed()), (1, Duration::from_secs(75)));
        first.abort();
    }
}

/// A layer that sends from a task of its own, so that the end of the attempt does not stop it.
#[tokio::test(start_paused = true)]
async fn a_request_that_was_reported_as_not_sent_is_never_sent() {
    let detach = layer_fn(|inner: TransportService| {
        service_fn(move |request: Request<RequestBody>| {
            let inner = inner.clone();
            let sent = tokio::spawn(async move {
                tokio::time::sleep(Duration::from_secs(100)).await;
                inner.oneshot(request).await
            });
            async move { sent.await.unwrap() }
        })
    });
    let server = Server::new([]);
    let client = client(&server, |builder| builder.layer(detach));
    let error = client.send(Post::default()).no_retry().await.unwrap_err();
    assert!(!error.outcome_unknown());
    tokio::time::sleep(Duration::from_secs(200)).await;
    assert_eq!(server.attempts(), 0);
}

#[tokio::test(start_paused = true)]
async fn after_a_layer_has_sent_a_request_the_outcome_is_unknown() {
    let server = Server::new([Reply::Hang]);
    let pass = MapRequestLayer::new(|request: Request<RequestBody>| request);
    let error = client(&server, |builder| builder.layer(pass)).send(Post::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Header));
    assert!(error.outcome_unknown());
}

/// A layer that makes a new request loses the extensions, and with them the knowledge.
#[tokio::test(start_paused = true)]
async fn without_the_extensions_the_outcome_is_unknown() {
    let server = Server::new([Reply::Hang]);
    let strip = MapRequestLayer::new(|mut request: Request<RequestBody>| {
        request.extensions_mut().clear();
        request
    });
    let error = client(&server, |builder| builder.layer(strip)).send(Post::default()).await.unwrap_err();
    assert!(error.outcome_unknown() && server.attempts() == 1);
}

#[tokio::test(start_paused = true)]
async fn not_sent_stays_not_sent_through_layers() {
    let wrap = || {
        ServiceBuilder::new().buffer(1).map_err(|error: BoxError| -> BoxError { std::io::Error::other(error).into() })
    };
    let server = Server::new([Reply::Refused, Reply::thing()]);
    let created = client(&server, |builder| builder.layer(wrap()).layer(ConcurrencyLimitLayer::new(1)));
    let created = created.send(Post::default()).await.unwrap();
    assert_eq!(created.attempts(), 2);
    let server = Server::new([Reply::Lost]);
    let error = client(&server, |builder| builder.layer(wrap())).send(Post::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.outcome_unknown());
}

/// Refuses requests after three failures in a row.
#[derive(Clone)]
struct Breaker<S> {
    inner: S,
    failures: Arc<AtomicUsize>,
}

impl Service<Request<RequestBody>> for Breaker<TransportService> {
    type Response = Response<ResponseBody>;
    type Error = BoxError;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        if self.failures.load(Relaxed) >= 3 {
            return Poll::Ready(Err(NotSent::permanent("the circuit breaker is open").into()));
        }
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let (response, failures) = (self.inner.call(request), Arc::clone(&self.failures));
        Box::pin(async move {
            let response = response.await;
            let has_failed = response.as_ref().map_or(true, |response| response.status().is_server_error());
            if has_failed {
                failures.fetch_add(1, Relaxed)
            } else {
                failures.swap(0, Relaxed)
            };
            response
        })
    }
}

#[tokio::test(start_paused = true)]
async fn an_open_circuit_breaker_ends_a_call_at_once() {
    let failures = Arc::new(AtomicUsize::new(0));
    let breaker = layer_fn(move |inner| Breaker { inner, failures: Arc::clone(&failures) });
    let server = Server::new([Reply::new(503, ""), Reply::new(503, ""), Reply::new(503, "")]);
    let client = client(&server, |builder| builder.layer(breaker));
    let error = client.send(Get::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), server.attempts()), (ErrorKind::Connect, 4, 3));
    let started = Instant::now();
    let error = client.send(Get::default()).await.unwrap_err();
    assert!(error.to_string().contains("the circuit breaker is open"), "{error}");
    assert_eq!((error.attempts(), started.elapsed()), (1, Duration::ZERO));
}

/// The second response comes from the layer, with heartbeats removed as from any other.
#[tokio::test(start_paused = true)]
async fn a_layer_answers_by_itself() {
    let cache: Arc<Mutex<Option<Bytes>>> = Arc::default();
    let layer = layer_fn(move |inner: TransportService| {
        let cache = Arc::clone(&cache);
        service_fn(move |request: Request<RequestBody>| {
            let (inner, cache) = (inner.clone(), Arc::clone(&cache));
            async move {
                let cached = cache.lock().unwrap().clone();
                if let Some(bytes) = cached {
                    return Ok(Response::new(ResponseBody::from(bytes)));
                }
                let (head, body) = inner.oneshot(request).await?.into_parts();
                let bytes = http_body_util::BodyExt::collect(body).await?.to_bytes();
                *cache.lock().unwrap() = Some(bytes.clone());
                Ok::<_, BoxError>(Response::from_parts(head, ResponseBody::from(bytes)))
            }
        })
    });
    let server = Server::new([Reply::pieces(200, vec![piece(0, "\n"), piece(0, support::THING)])]);
    let client = client(&server, |builder| builder.layer(layer));
    for _ in 0..2 {
        let thing = client.send(Get::default()).await.unwrap();
        assert_eq!((thing.value.id.as_str(), thing.heartbeats()), ("1", 1));
    }
    assert_eq!(server.attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_trace_layer_of_tower_http_works() {
    let seen = Arc::new(AtomicUsize::new(0));
    let on_response = {
        let seen = Arc::clone(&seen);
        move |response: &Response<_>, _: Duration, _: &_| {
            let _: &ResponseBody = response.body();
            seen.fetch_add(usize::from(response.status().as_u16()), Relaxed);
        }
    };
    let server = Server::new([Reply::thing()]);
    let trace = tower_http::trace::TraceLayer::new_for_http().on_response(on_response);
    client(&server, |builder| builder.layer(trace)).send(Get::default()).await.unwrap();
    assert_eq!(seen.load(Relaxed), 200);
}

#[tokio::test(start_paused = true)]
async fn a_paginated_operation_passes_through_the_layers_for_each_page() {
    let count = Arc::new(AtomicUsize::new(0));
    let layer = {
        let count = Arc::clone(&count);
        layer_fn(move |inner: TransportService| {
            let count = Arc::clone(&count);
            MapRequestLayer::new(move |request: Request<RequestBody>| {
                count.fetch_add(1, Relaxed);
                request
            })
            .layer(inner)
        })
    };
    let server = Server::new([Reply::new(200, r#"{"data":[],"next":"a"}"#), Reply::new(200, r#"{"data":[]}"#)]);
    let mut pages = client(&server, |builder| builder.layer(layer)).pages(Things::default());
    while pages.try_next().await.unwrap().is_some() {}
    assert_eq!(count.load(Relaxed), 2);
}

#[cfg(feature = "transport")]
#[tokio::test]
async fn a_layer_goes_over_the_default_transport() {
    let seen = Arc::new(AtomicUsize::new(0));
    let count = {
        let seen = Arc::clone(&seen);
        MapRequestLayer::new(move |request: Request<RequestBody>| {
            seen.fetch_add(1, Relaxed);
            request
        })
    };
    let client = Client::builder().base_url("http://127.0.0.1:1").no_proxy().layer(count).build().unwrap();
    let error = client.send(Post::default()).no_retry().await.unwrap_err();
    assert_eq!((error.kind(), seen.load(Relaxed)), (ErrorKind::Connect, 1));
    assert!(!error.outcome_unknown());
}
