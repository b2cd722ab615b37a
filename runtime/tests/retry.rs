//! Retries: which errors, how often, and after which wait. Time is simulated.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use bytes::Bytes;
use http::Request;
use stackone::{
    Client, Error, ErrorKind, Operation, Response, TimeoutKind,
    retry::{FailedAttempt, Retry, RetryBudget},
    stackone_operation,
};
use std::{
    future::IntoFuture,
    task::{self, Poll},
    time::Duration,
};
use support::{Delete, Get, HeadIgnored, Options, Patch, Post, Put, Reply, SafePost, Server, THING, Thing, piece};
use tokio::time::Instant;

const SECOND: Duration = Duration::from_secs(1);

fn status(status: u16) -> Reply {
    Reply::new(status, format!(r#"{{"statusCode":{status},"message":"m"}}"#))
}

fn after(code: u16, seconds: &str) -> Reply {
    status(code).header("retry-after", seconds)
}

/// A fault that each attempt meets.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    Refused,
    Lost,
    Status(u16),
    Truncated,
    HalfADocument,
    OnlyBeats,
    Idle,
    NoHead,
    Garbage,
    Envelope(u16),
}

impl Fault {
    fn reply(self) -> Reply {
        match self {
            Self::Refused => Reply::Refused,
            Self::Lost => Reply::Lost,
            Self::Status(code) => status(code),
            Self::Truncated => Reply::pieces(200, vec![piece(0, "\n{"), (0, None)]),
            Self::HalfADocument => Reply::new(200, "{\"id\":"),
            Self::OnlyBeats => Reply::new(200, "\n\n"),
            Self::Idle => Reply::pieces(200, vec![piece(0, "\n"), piece(3_600_000, THING)]),
            Self::NoHead => Reply::Hang,
            Self::Garbage => Reply::new(200, "<html>"),
            Self::Envelope(code) => Reply::new(200, format!(r#"{{"statusCode":{code},"message":"m"}}"#)),
        }
    }
}

/// The number of requests at the server and the result of the call, if each attempt meets the fault.
async fn run<O>(operation: O, fault: Fault) -> (usize, Error)
where
    O: Operation,
    O::Response: stackone::Decode<Value = Thing>,
{
    let server = Server::new((0..9).map(|_| fault.reply()));
    let error = server.client().send(operation).await.unwrap_err();
    assert_eq!(error.attempts() as usize, server.attempts());
    let requests: Vec<_> = (0..server.attempts()).map(|index| server.request(index)).collect();
    let told = |index: usize| {
        let request: &Request<Bytes> = &requests[index];
        (request.method(), request.uri(), request.headers(), request.body())
    };
    assert!((0..requests.len()).all(|index| told(index) == told(0)));
    (server.attempts(), error)
}

/// For each fault: the kind of the error, the number of attempts, and whether a write may have happened.
#[tokio::test(start_paused = true)]
async fn each_fault_is_retried_as_its_method_allows() {
    use ErrorKind::{Api, Connect, Decode, Timeout, Transport, Truncated};
    #[rustfmt::skip]
    let table = [
        // The attempts of a safe, an idempotent and another operation, and whether a write may have happened.
        (Fault::Refused,       Connect,                4, 4, 4, false),
        (Fault::Lost,          Transport,              4, 4, 1, true),
        (Fault::Status(400),   Api,                    1, 1, 1, false),
        (Fault::Status(404),   Api,                    1, 1, 1, false),
        (Fault::Status(408),   Api,                    4, 4, 1, true),
        (Fault::Status(409),   Api,                    1, 1, 1, false),
        (Fault::Status(412),   Api,                    1, 1, 1, false),
        (Fault::Status(422),   Api,                    1, 1, 1, false),
        (Fault::Status(429),   Api,                    4, 4, 4, false),
        (Fault::Status(500),   Api,                    1, 1, 1, true),
        (Fault::Status(501),   Api,                    1, 1, 1, false),
        (Fault::Status(502),   Api,                    4, 4, 1, true),
        (Fault::Status(503),   Api,                    4, 4, 1, true),
        (Fault::Status(504),   Api,                    4, 4, 1, true),
        (Fault::Truncated,     Truncated,              4, 1, 1, true),
        (Fault::HalfADocument, Truncated,              4, 1, 1, true),
        (Fault::OnlyBeats,     Truncated,              4, 1, 1, true),
        (Fault::Idle,          Timeout(TimeoutKind::Idle),   4, 1, 1, true),
        (Fault::NoHead,        Timeout(TimeoutKind::Header), 4, 4, 1, true),
        (Fault::Garbage,       Decode,                 1, 1, 1, true),
        (Fault::Envelope(422), Api,                    1, 1, 1, false),
        (Fault::Envelope(429), Api,                    4, 1, 1, false),
        (Fault::Envelope(503), Api,                    4, 1, 1, true),
    ];
    for (fault, kind, reading, idempotent, other, unknown) in table {
        let rows = [
            ("GET", run(Get::default(), fault).await, reading, false),
            ("PUT", run(Put::default(), fault).await, idempotent, unknown),
            ("OPTIONS", run(Options::default(), fault).await, reading, false),
            ("DELETE", run(Delete::default(), fault).await, idempotent, unknown),
            ("POST idempotent", run(SafePost::default(), fault).await, idempotent, unknown),
            ("POST", run(Post::default(), fault).await, other, unknown),
            ("PATCH", run(Patch::default(), fault).await, other, unknown),
        ];
        for (method, (attempts, error), expected, unknown) in rows {
            assert_eq!(attempts, expected, "attempts of {method} at {fault:?}");
            assert_eq!(error.kind(), kind, "{method} at {fault:?}");
            assert_eq!(error.outcome_unknown(), unknown, "outcome of {method} at {fault:?}");
            assert_eq!(error.is_retryable(), expected > 1, "{method} at {fault:?}");
        }
        // The response has no body, so that it only meets faults before it.
        if matches!(fault, Fault::Refused | Fault::Lost | Fault::Status(_) | Fault::NoHead) {
            let server = Server::new((0..9).map(|_| fault.reply()));
            let error = server.client().send(HeadIgnored::default()).await.unwrap_err();
            assert_eq!((server.attempts(), error.kind()), (reading, kind), "HEAD at {fault:?}");
            assert!(!error.outcome_unknown(), "HEAD at {fault:?}");
        }
    }
}

/// A later attempt does not undo what an earlier one may have done.
#[tokio::test(start_paused = true)]
async fn an_unknown_outcome_stays_unknown() {
    for lost in [Fault::Lost, Fault::Status(503), Fault::NoHead] {
        for last in [Fault::Status(404), Fault::Status(409), Fault::Envelope(422)] {
            let server = Server::new([lost.reply(), last.reply()]);
            let error = server.client().send(Delete::default()).await.unwrap_err();
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 2), "{lost:?} {last:?}");
            assert!(error.outcome_unknown(), "{lost:?} {last:?}");
        }
        let refused = [lost, Fault::Refused, Fault::Refused, Fault::Refused].map(Fault::reply);
        let error = Server::new(refused).client().send(Put::default()).await.unwrap_err();
        assert!(error.is_connect() && error.outcome_unknown(), "{lost:?}");
    }
    let told = [Fault::Refused, Fault::Status(429), Fault::Status(422)].map(Fault::reply);
    let error = Server::new(told).client().send(Put::default()).await.unwrap_err();
    assert!(!error.outcome_unknown(), "every attempt is known to have done nothing");
    let read = Server::new([Fault::Lost, Fault::Status(404)].map(Fault::reply)).client().send(Get::default()).await;
    assert!(!read.unwrap_err().outcome_unknown(), "it only reads");
}

#[tokio::test(start_paused = true)]
async fn a_temporary_fault_is_retried() {
    for fault in [Fault::Refused, Fault::Lost, Fault::Status(429), Fault::Status(503), Fault::Truncated, Fault::Idle] {
        let server = Server::new([fault.reply(), fault.reply(), Reply::thing()]);
        let thing = server.client().send(Get::default()).await.unwrap();
        assert_eq!(thing.attempts(), 3, "{fault:?}");
    }
}

/// "mixed-header-and-backoff" of StackOne's own client test vectors.
#[tokio::test(start_paused = true)]
async fn the_wait_is_from_retry_after_or_from_backoff() {
    let server = Server::new([after(429, "1"), status(429), Reply::thing()]);
    server.client().send(Post::default()).await.unwrap();
    let waits = server.waits();
    assert_eq!(waits.len(), 2);
    assert!((1.0..2.01).contains(&waits[0]), "{waits:?}");
    assert!((0.99..2.01).contains(&waits[1]), "{waits:?}");
    assert!((0..3).all(|index| server.request(index).body() == server.request(0).body()));
}

#[tokio::test(start_paused = true)]
async fn backoff_doubles_with_a_random_factor_of_at_least_half() {
    let mut first_waits = Vec::new();
    for _ in 0..20 {
        let server = Server::new((0..4).map(|_| status(429)));
        server.client().send(Post::default()).await.unwrap_err();
        for (wait, full) in server.waits().iter().zip([1.0, 2.0, 4.0]) {
            assert!((full / 2.0 - 0.01..full + 0.01).contains(wait), "{wait} is not in [{}, {full})", full / 2.0);
        }
        first_waits.push(server.waits()[0]);
    }
    first_waits.dedup();
    assert!(first_waits.len() > 1, "the factor is random: {first_waits:?}");
}

#[tokio::test(start_paused = true)]
async fn the_wait_of_retry_after_has_up_to_a_second_of_jitter() {
    for (header, expected) in
        [("0", 0.0), ("7", 7.0), ("31", 31.0), ("60", 60.0), ("Sunday, 06-Nov-94 08:49:37 GMT", 0.0)]
    {
        let server = Server::new([after(503, header), Reply::thing()]);
        server.client().send(Get::default()).await.unwrap();
        assert!((expected..expected + 1.01).contains(&server.waits()[0]), "{header:?}: {:?}", server.waits());
    }
    for header in ["soon", "-1", ""] {
        let server = Server::new([after(503, header), Reply::thing()]);
        server.client().send(Get::default()).await.unwrap();
        assert!((0.49..1.01).contains(&server.waits()[0]), "{header:?}: {:?}", server.waits());
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_asks_for_a_longer_wait_is_not_asked_again() {
    for header in ["61", "3600"] {
        let start = Instant::now();
        let server = Server::new([after(429, header)]);
        let error = server.client().send(Get::default()).await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (429, 1));
        assert_eq!(error.retry_after(), Some(SECOND * header.parse().unwrap()));
        assert_eq!(start.elapsed(), Duration::ZERO, "at once");
    }
    let server = Server::new([after(429, "3600"), Reply::thing()]);
    let patient = Retry::default().max_retry_after(SECOND * 3600);
    server.client().send(Get::default()).retry(patient).timeout(None).await.unwrap();
    assert!((3600.0..3601.01).contains(&server.waits()[0]), "{:?}", server.waits());
}

/// "delay-...-remaining-..." of StackOne's own client test vectors.
#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_deadline_returns_the_response() {
    for (delay, remaining, waits) in
        [("10", 5.0, false), ("2", 1.0, false), ("10", 2.0, false), ("29", 29.001, true), ("5", 5.0, false)]
    {
        let start = Instant::now();
        let server = Server::new([after(429, delay), Reply::thing()]);
        let call = server.client().send(Post::default()).timeout(Duration::from_secs_f64(remaining));
        match call.await {
            Ok(_) => assert!(waits, "{delay} {remaining}"),
            Err(error) => {
                assert!(!waits, "{delay} {remaining}");
                assert_eq!(error.status().unwrap(), 429, "the last answer, not a timeout");
                assert_eq!(start.elapsed(), Duration::ZERO, "at once");
            }
        }
    }
}

/// "cleared-429-does-not-taint-next-request" of StackOne's own client test vectors.
#[tokio::test(start_paused = true)]
async fn a_call_does_not_affect_the_next_one() {
    let server = Server::new([after(429, "0"), Reply::thing(), Reply::Hang]);
    let client = server.client_with(|builder| builder.timeout(SECOND / 2));
    client.send(Get::default()).await.unwrap();
    let error = client.send(Get::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Timeout(TimeoutKind::Overall), None));
}

#[tokio::test(start_paused = true)]
async fn the_outcome_at_the_deadline_depends_on_what_was_sent() {
    let server = Server::new([after(429, "0"), Reply::Hang]);
    let error = server.client().send(Post::default()).timeout(SECOND).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Overall));
    assert!(error.outcome_unknown());
    assert_eq!(error.attempts(), 2);
    assert!(error.to_string().ends_with("(setting `timeout`) (after 2 attempts)"), "{error}");
}

/// A transport that is never ready.
#[derive(Clone)]
struct Busy;

impl tower::Service<Request<Bytes>> for Busy {
    type Response = http::Response<support::ScriptBody>;
    type Error = support::BoxError;
    type Future = std::future::Pending<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut task::Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Pending
    }

    fn call(&mut self, _: Request<Bytes>) -> Self::Future {
        panic!("called although it was not ready")
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_without_a_ready_transport_was_not_sent() {
    let client = Client::builder().build_with(Busy).unwrap();
    let error = client.send(Post::default()).timeout(SECOND).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout(TimeoutKind::Overall), 1));
    assert!(!error.outcome_unknown() && !error.is_retryable());
    let error = client.send(Post::default()).header_timeout(SECOND).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout(TimeoutKind::Header), 4));
    assert!(!error.outcome_unknown() && error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn the_policy_is_not_asked_after_the_deadline() {
    let server = Server::new([Reply::Hang, Reply::thing()]);
    let never = |failed: &FailedAttempt<'_>| -> Option<Duration> { panic!("asked about {}", failed.error()) };
    let error = server.client().send(Get::default()).retry(never).timeout(SECOND).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Overall));
    assert_eq!(server.attempts(), 1);
}

/// "no-retry-..." of StackOne's own client test vectors: a `Retry-After` alone does not make an error worth a retry.
#[tokio::test(start_paused = true)]
async fn a_permanent_error_is_returned_at_once() {
    for code in [400, 412, 500] {
        let server = Server::new([after(code, "1")]);
        let error = server.client().send(Get::default()).await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), code);
        assert_eq!(server.attempts(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn the_policy_can_be_replaced_and_switched_off() {
    let server = Server::new((0..9).map(|_| status(429)));
    let client = server.client_with(|builder| builder.retry(Retry::none()));
    client.send(Get::default()).await.unwrap_err();
    assert_eq!(server.attempts(), 1);
    client.send(Get::default()).retry(Retry::default().max_retries(1)).await.unwrap_err();
    assert_eq!(server.attempts(), 3);
    let own = |failed: &FailedAttempt<'_>| {
        assert_eq!(failed.metadata().id(), "get_thing");
        (failed.error().status()?.as_u16() == 429 && failed.retries() < 2).then_some(SECOND * 7)
    };
    client.send(Get::default()).retry(own).await.unwrap_err();
    assert_eq!(server.attempts(), 6);
    assert!(server.waits()[4..].iter().all(|wait| (wait - 7.0).abs() < 0.01), "{:?}", server.waits());
    server.client().send(Get::default()).no_retry().await.unwrap_err();
    assert_eq!(server.attempts(), 7);
}

/// The retry quota sequences of smithy-rs: the tokens that are left after the attempts.
#[tokio::test(start_paused = true)]
async fn the_budget_follows_the_quota_sequences() {
    let sequences: [(&str, u32, u32, &[u16], u32); 4] = [
        ("eventual_success", 5, 5, &[503, 503, 200], 495),
        ("no_more_attempts", 5, 3, &[503, 503, 503], 490),
        ("retry_eventually_succeeds", 14, 3, &[503, 503, 200], 486),
        ("fail_due_to_max_attempts_reached", 14, 3, &[503, 503, 503], 472),
    ];
    for (id, cost, max_attempts, codes, expected) in sequences {
        let budget = RetryBudget::new(500, cost);
        let seen = budget.clone();
        let retry = Retry::default().max_retries(max_attempts - 1);
        let replies = codes.iter().map(|code| if *code == 200 { Reply::thing() } else { status(*code) });
        let server = Server::new(replies);
        let client = server.client_with(|builder| builder.retry(retry).retry_budget(budget));
        let result: Result<Response<Thing>, Error> = client.send(Get::default()).await;
        assert_eq!(result.is_ok(), codes.ends_with(&[200]), "{id}");
        assert_eq!(seen.available(), expected, "{id}");
        let waits = server.waits();
        assert!(
            waits.len() == 2 && (0.49..1.01).contains(&waits[0]) && (0.99..2.01).contains(&waits[1]),
            "{id}: {waits:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_empty_budget_ends_retries() {
    let server = Server::new((0..9).map(|_| status(503)));
    let client = server.client_with(|builder| builder.retry_budget(RetryBudget::new(10, 5)));
    client.send(Get::default()).await.unwrap_err();
    assert_eq!(server.attempts(), 3);
    let other: Client = client.clone();
    other.send(Get::default()).await.unwrap_err();
    assert_eq!(server.attempts(), 4, "shared by clones");
}

#[tokio::test(start_paused = true)]
async fn calls_can_be_raced_and_dropped() {
    let server = Server::new([Reply::Hang]);
    let call = server.client().send(Get::default()).into_future();
    tokio::time::timeout(SECOND, call).await.unwrap_err();
    assert_eq!(server.attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn every_attempt_has_the_headers_of_the_client_and_the_call() {
    let server = Server::new([Fault::Lost.reply(), status(503), Reply::thing()]);
    let client = server.client_with(|builder| builder.default_header("x-default", "1").base_url("https://a.example/b"));
    client.send(Get::default()).header("x-call", "2").await.unwrap();
    for request in (0..3).map(|index| server.request(index)) {
        assert!(request.uri().to_string().starts_with("https://a.example/b/"), "{}", request.uri());
        assert_eq!(
            (&request.headers()["x-default"], &request.headers()["x-call"]),
            (&"1".parse().unwrap(), &"2".parse().unwrap())
        );
    }
}

#[stackone_operation(method = "GET", path = "/{id}")]
struct LongPath {
    #[path]
    id: String,
}

#[tokio::test(start_paused = true)]
async fn a_request_whose_uri_is_too_long_is_not_tried() {
    let server = Server::new([]);
    let client = server.client_with(|builder| builder.base_url(format!("http://127.0.0.1:1/{}", "p".repeat(600))));
    let operation = LongPath::builder().id("x".repeat(65_000)).build();
    let error = client.send(&operation).retry(|_: &FailedAttempt<'_>| Some(SECOND)).await.unwrap_err();
    assert!(error.to_string().contains("too long"), "{error}");
    assert_eq!((error.kind(), error.attempts(), server.attempts()), (ErrorKind::Config, 0, 0));
}
