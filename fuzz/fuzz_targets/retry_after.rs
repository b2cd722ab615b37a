//! Any `Retry-After`: no panic, no wait beyond the limit, and a date means the same in each of its three formats.

#![no_main]

use arbitrary::Arbitrary;
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use http::{HeaderValue, Request, Response, StatusCode, header::RETRY_AFTER};
use http_body_util::{Empty, Full};
use libfuzzer_sys::fuzz_target;
use stackone::{
    Client,
    retry::{FailedAttempt, Retry, RetryPolicy},
    stackone_operation,
};
use std::{
    convert::Infallible,
    future::IntoFuture,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};
use tower::service_fn;

#[derive(Debug, Arbitrary)]
enum Input {
    Text(Vec<u8>),
    Seconds(u64),
    /// A date so many seconds from now.
    Date {
        format: u8,
        offset: i32,
    },
}

#[stackone_operation(method = "POST", path = "/a")]
struct SendRequest;

const MOST: Duration = Duration::from_secs(60);
const SECOND: Duration = Duration::from_secs(1);

fuzz_target!(|input: Input| {
    let (text, expected) = match &input {
        Input::Text(text) => (text.clone(), None),
        Input::Seconds(seconds) => (seconds.to_string().into_bytes(), Some(*seconds)),
        Input::Date { format, offset } => {
            let now = DateTime::<Utc>::from(SystemTime::now());
            let date = now + TimeDelta::seconds((*offset).into());
            // Two digits of a year reach 50 years ahead.
            let format =
                if *offset > 40 * 365 * 24 * 3600 || *offset < -40 * 365 * 24 * 3600 { format % 2 } else { format % 3 };
            let format =
                ["%a, %d %b %Y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y", "%A, %d-%b-%y %H:%M:%S GMT"][usize::from(format)];
            (date.format(format).to_string().into_bytes(), Some(u64::try_from(*offset).unwrap_or(0)))
        }
    };
    let Ok(value) = HeaderValue::from_bytes(&text) else { return };
    let (asked, wait) = ask(value);
    if let Some(expected) = expected {
        let asked = asked.expect("seconds and dates are understood").as_secs();
        // A date has whole seconds, and time passes.
        assert!(asked <= expected && expected - asked <= 5, "{input:?}: {asked}");
    }
    match (asked, wait) {
        (None, wait) => assert!(wait.is_some_and(|wait| wait <= SECOND), "the first wait of the backoff"),
        // The time until a date shrinks between the two looks at it.
        (Some(asked), Some(wait)) => {
            assert!(asked <= MOST + SECOND && wait <= asked + SECOND && wait + SECOND >= asked, "{asked:?}: {wait:?}");
            assert!(!asked.is_zero() || wait.is_zero(), "zero is at once");
        }
        (Some(asked), None) => assert!(asked > MOST, "{asked:?} is not waited for"),
    }
});

/// What the response asks for, and how long the default policy waits.
fn ask(value: HeaderValue) -> (Option<Duration>, Option<Duration>) {
    let transport = service_fn(move |_: Request<Full<Bytes>>| {
        let mut response = Response::new(Empty::<Bytes>::new());
        *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        response.headers_mut().insert(RETRY_AFTER, value.clone());
        async move { Ok::<_, Infallible>(response) }
    });
    let seen = Arc::new(Mutex::new(None));
    let first = Arc::clone(&seen);
    let policy = move |failed: &FailedAttempt<'_>| {
        let asked = failed.error().retry_after();
        *first.lock().expect("no panic") = Some((asked, Retry::default().wait(failed)));
        None
    };
    let client = Client::builder().retry(policy).build_with(transport).expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(client.send(SendRequest).into_future()).expect_err("429 is an error");
    let seen = seen.lock().expect("no panic").take();
    seen.expect("the policy is asked")
}
