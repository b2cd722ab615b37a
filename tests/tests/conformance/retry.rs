//! `retry.json`: retries, their waits, and the retry budget. Time is simulated.

use super::declarable;
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use serde::Deserialize;
use serde_json::Value;
use stackone::{
    Client, ClientBuilder, Error,
    retry::{FailedAttempt, Retry, RetryBudget, RetryPolicy},
    stackone_operation,
};
use std::{
    convert::Infallible,
    future::pending,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::time::Instant;

#[derive(Deserialize)]
struct File {
    retry_after: Vec<RetryAfter>,
    backoff: Vec<Backoff>,
    scenarios: Vec<Scenario>,
    quota_sequences: Vec<Sequence>,
}

fn file() -> File {
    serde_json::from_str(include_str!("../../wire/retry.json")).unwrap()
}

#[stackone_operation(method = "GET", path = "/")]
struct Read;

#[stackone_operation(method = "POST", path = "/")]
struct Write {
    #[body]
    body: Value,
}

/// What the server does with a request: it answers with a status, or hangs.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Reply {
    status: u16,
    retry_after: Option<String>,
    hang: bool,
}

impl Reply {
    fn new(status: u16, retry_after: Option<&str>) -> Self {
        Self { status, retry_after: retry_after.map(str::to_owned), hang: false }
    }
}

/// A request at the server: its body, its time, and the tokens that were then left in the retry budget.
type Seen = Arc<Mutex<Vec<(Bytes, Instant, u32)>>>;

/// A client, and the requests at its server. The server gives one reply to each request.
fn client(replies: &[Reply], settings: impl FnOnce(ClientBuilder) -> ClientBuilder) -> (Client, Seen) {
    client_within(RetryBudget::default(), replies, settings)
}

fn client_within(
    budget: RetryBudget,
    replies: &[Reply],
    settings: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> (Client, Seen) {
    let permits = budget.clone();
    let (replies, seen) = (replies.to_vec(), Seen::default());
    let log = Arc::clone(&seen);
    let service = tower::service_fn(move |request: Request<BytesBody>| {
        let mut log = log.lock().unwrap();
        log.push((request.into_body().0, Instant::now(), permits.available()));
        let reply = replies[log.len() - 1].clone();
        async move {
            if reply.hang {
                pending::<()>().await;
            }
            let mut response = Response::new(Full::new(Bytes::from_static(b"{}")));
            *response.status_mut() = reply.status.try_into().unwrap();
            if let Some(value) = &reply.retry_after {
                response.headers_mut().insert("retry-after", value.parse().unwrap());
            }
            Ok::<_, Infallible>(response)
        }
    });
    (settings(Client::builder().retry_budget(budget)).build_with(service).unwrap(), seen)
}

/// A request body that the test can read.
struct BytesBody(Bytes);

impl From<Bytes> for BytesBody {
    fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

/// A policy with a log of the waits that it returns.
fn logged(retry: Retry) -> (impl RetryPolicy + 'static, Arc<Mutex<Vec<Option<Duration>>>>) {
    let waits: Arc<Mutex<Vec<_>>> = Arc::default();
    let log = Arc::clone(&waits);
    let policy = move |failed: &FailedAttempt<'_>| {
        let wait = retry.wait(failed);
        log.lock().unwrap().push(wait);
        wait
    };
    (policy, waits)
}

#[derive(Deserialize)]
struct RetryAfter {
    id: String,
    header: String,
    expected_seconds: Option<u64>,
}

#[tokio::test(start_paused = true)]
async fn retry_after() {
    const CLOCK: &str = "the wait for a date depends on the clock: a unit test beside the parser has this case";
    let cases = declarable(
        file().retry_after,
        |case| &case.id,
        &[("rfc850-past", CLOCK), ("asctime", CLOCK), ("rfc850-year-60", CLOCK)],
    );
    for case in cases {
        let (policy, waits) = logged(Retry::default().max_retries(1));
        let (client, _) = client(&vec![Reply::new(429, Some(&case.header)); 2], |builder| builder.retry(policy));
        client.send(Read).await.unwrap_err();
        let wait = waits.lock().unwrap()[0].unwrap();
        match case.expected_seconds.map(Duration::from_secs) {
            Some(asked) => assert!((asked..asked + Duration::from_secs(1)).contains(&wait), "{}: {wait:?}", case.id),
            None => assert_backoff(wait, 1.0, &case.id),
        }
    }
}

/// Asserts that a wait is the full wait times a factor in [0.5, 1), as every wait without `Retry-After`.
#[track_caller]
fn assert_backoff(wait: Duration, full_seconds: f64, id: &str) {
    assert!((full_seconds / 2.0..full_seconds).contains(&wait.as_secs_f64()), "{id}: {wait:?} of {full_seconds} s");
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Backoff {
    Delay { id: String, retry: usize, retry_after_seconds: Option<u64>, expected_delay_seconds: f64 },
    Deadline { id: String, delay_seconds: u64, remaining_seconds: f64, expected: String },
}

#[tokio::test(start_paused = true)]
async fn backoff() {
    for case in file().backoff {
        match case {
            Backoff::Delay { id, retry, retry_after_seconds, expected_delay_seconds } => {
                let header = retry_after_seconds.map(|seconds| seconds.to_string());
                let (policy, waits) = logged(Retry::default());
                let replies = vec![Reply::new(429, header.as_deref()); 4];
                let (client, _) = client(&replies, |builder| builder.retry(policy));
                client.send(Read).await.unwrap_err();
                let wait = waits.lock().unwrap()[retry - 1];
                if retry_after_seconds.is_some_and(|seconds| seconds > 60) {
                    // The recorded client waits for 30 seconds instead. This client returns the response at once.
                    assert_eq!(wait, None, "{id}");
                    continue;
                }
                let full = 2_f64.powi(i32::try_from(retry).unwrap() - 1);
                assert_backoff(wait.unwrap(), full, &id);
                assert_backoff(Duration::from_secs_f64(expected_delay_seconds), full, &id);
            }
            Backoff::Deadline { id, delay_seconds, remaining_seconds, expected } => {
                let replies = [Reply::new(429, Some(&delay_seconds.to_string())), Reply::new(200, None)];
                let timeout = Duration::from_secs_f64(remaining_seconds);
                let (client, seen) = client(&replies, |builder| builder.timeout(timeout));
                let start = Instant::now();
                match (client.send(Read).await, expected.as_str()) {
                    (Ok(_), "wait") => assert_eq!(seen.lock().unwrap().len(), 2, "{id}"),
                    (Err(error), "return-429") => {
                        assert_eq!(error.status().unwrap(), 429, "{id}");
                        assert_eq!(start.elapsed(), Duration::ZERO, "{id}: without a wait");
                    }
                    (result, _) => panic!("{id}: {:?}", result.map(|_| ())),
                }
            }
        }
    }
}

#[derive(Deserialize)]
struct Scenario {
    id: String,
    config: Config,
    responses: Vec<Reply>,
    expected_attempts: usize,
    expected_sleeps: Vec<Value>,
    expected_outcome: String,
}

#[derive(Deserialize)]
struct Config {
    method: Option<String>,
    body: Option<String>,
    timeout_s: Option<f64>,
    #[serde(default)]
    second_request: Vec<Reply>,
}

async fn send(client: &Client, config: &Config) -> Result<u16, Error> {
    match config.method.as_deref() {
        Some("POST") => {
            let body = serde_json::from_str(config.body.as_deref().unwrap()).unwrap();
            client.send(Write { body }).await.map(|answer| answer.status().as_u16())
        }
        None => client.send(Read).await.map(|answer| answer.status().as_u16()),
        Some(method) => panic!("{method}"),
    }
}

#[tokio::test(start_paused = true)]
async fn scenarios() {
    for case in file().scenarios {
        let (id, config) = (&case.id, &case.config);
        let replies = [&case.responses[..], &config.second_request].concat();
        let timeout = config.timeout_s.map(Duration::from_secs_f64);
        let (client, seen) = client(&replies, |builder| builder.timeout(timeout));
        let result = send(&client, config).await;
        let seen = seen.lock().unwrap().clone();
        assert_eq!(seen.len(), case.expected_attempts, "{id}");
        let sleeps: Vec<_> = seen.windows(2).map(|pair| (pair[1].1 - pair[0].1).as_secs_f64()).collect();
        assert_eq!(sleeps.len(), case.expected_sleeps.len(), "{id}");
        for (sleep, expected) in sleeps.iter().zip(&case.expected_sleeps) {
            let (low, high) = match expected {
                Value::String(text) if text == "between 1 and 2" => (1.0, 2.0),
                Value::String(text) => (text.parse().unwrap(), text.parse().unwrap()),
                number => (number.as_f64().unwrap(), number.as_f64().unwrap()),
            };
            // A wait for `Retry-After` has up to a second of jitter, and timers have a resolution of a millisecond.
            let jitter = if expected == "1" { 1.0 } else { 0.0 };
            assert!((low - 0.002..=high + jitter + 0.002).contains(sleep), "{id}: {sleep} is not {expected}");
        }
        if let Some(rest) = case.expected_outcome.strip_prefix("response-") {
            let status = result.unwrap_or_else(|error| error.status().unwrap().as_u16());
            assert_eq!(status.to_string(), rest.split(';').next().unwrap(), "{id}");
            assert!(!rest.contains("the same body bytes") || seen.iter().all(|request| request.0 == seen[0].0), "{id}");
            assert_eq!(!seen[0].0.is_empty(), config.body.is_some(), "{id}");
        } else {
            assert_eq!(case.expected_outcome, "second request: timeout, not a 429", "{id}");
            assert!(result.is_ok(), "{id}");
        }
        if !config.second_request.is_empty() {
            let error = send(&client, config).await.unwrap_err();
            assert!(error.is_timeout() && error.status().is_none(), "{id}: {error}");
        }
    }
}

#[derive(Deserialize)]
struct Sequence {
    id: String,
    profile: String,
    config: Value,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    attempt: usize,
    outcome: String,
    decision: String,
    available_permits_after: Option<u32>,
    delay_ms: Option<u64>,
}

#[tokio::test(start_paused = true)]
async fn the_budget_follows_the_quota_sequences() {
    let cases = declarable(
        file().quota_sequences,
        |case| &case.id,
        &[(
            "v2_1_retry_after_above_t_i_plus_5s_capped",
            "that profile shortens `Retry-After` to 5 s more than the backoff; here `Retry-After` counts up to 60 s",
        )],
    );
    for Sequence { id, profile, config, steps } in cases {
        // The profiles differ in the cost of a retry and in the first wait. Both are settings.
        let (cost, base) = if profile == "2.0" { (5, 1000) } else { (14, 50) };
        let budget = RetryBudget::new(500, cost);
        let max_retries = u32::try_from(config["max_attempts"].as_u64().unwrap()).unwrap() - 1;
        let retry = Retry::default().max_retries(max_retries).base_wait(Duration::from_millis(base));
        let (policy, waits) = logged(retry);
        let replies: Vec<_> =
            steps.iter().map(|step| Reply::new(if step.outcome == "success" { 200 } else { 503 }, None)).collect();
        let (client, seen) = client_within(budget.clone(), &replies, |builder| builder.retry(policy));
        let result = client.send(Read).await;
        assert_eq!(result.is_ok(), steps.last().unwrap().outcome == "success", "{id}");
        // The cases give the tokens after each attempt. They are the tokens at the start of the next attempt.
        let mut permits: Vec<_> = seen.lock().unwrap().iter().skip(1).map(|request| request.2).collect();
        permits.push(budget.available());
        assert_eq!(permits.len(), steps.len(), "{id}");
        let waits = waits.lock().unwrap();
        for (index, step) in steps.iter().enumerate() {
            assert_eq!(step.attempt, index + 1, "{id}");
            assert_eq!(Some(permits[index]), step.available_permits_after, "{id} after attempt {}", step.attempt);
            let wait = waits.get(index).copied().flatten();
            assert_eq!(wait.is_some(), step.delay_ms.is_some(), "{id} after attempt {}", step.attempt);
            if let (Some(wait), Some(full)) = (wait, step.delay_ms) {
                assert_backoff(wait, Duration::from_millis(full).as_secs_f64(), &id);
            }
            assert_eq!(wait.is_some(), step.decision == "retry", "{id}");
        }
    }
}
