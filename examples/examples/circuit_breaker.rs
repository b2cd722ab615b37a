//! A circuit breaker: after three failures in a row, no request is sent for ten seconds.

use stackone::{
    Client,
    http::{Request, Response},
    transport::{NotSent, RequestBody, ResponseBody, TransportService},
};
use stackone_api::lms::LmsGetUserRequest;
use stackone_examples::{no_arguments, println};
use std::{
    error::Error,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tower::{ServiceExt, layer::layer_fn, service_fn};

type BoxError = Box<dyn Error + Send + Sync>;

/// The number of failures in a row, and the time of the last.
type Failures = Arc<Mutex<(u32, Option<Instant>)>>;

async fn guarded(
    request: Request<RequestBody>,
    inner: TransportService,
    failures: Failures,
) -> Result<Response<ResponseBody>, BoxError> {
    let lock = || failures.lock().unwrap_or_else(PoisonError::into_inner);
    let (count, last) = *lock();
    if count >= 3 && last.is_some_and(|last| last.elapsed() < Duration::from_secs(10)) {
        // Permanent: the retry policy does not try again.
        return Err(NotSent::permanent("the circuit breaker is open").into());
    }
    let response = inner.oneshot(request).await;
    let has_failed = response.as_ref().map_or(true, |response| response.status().is_server_error());
    let mut failures = lock();
    *failures = if has_failed { (failures.0 + 1, Some(Instant::now())) } else { (0, None) };
    response
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    no_arguments("Calls a server that does not exist. After three failures, a circuit breaker is open.");
    let failures = Failures::default();
    let breaker = layer_fn(move |inner: TransportService| {
        let failures = Arc::clone(&failures);
        service_fn(move |request| guarded(request, inner.clone(), Arc::clone(&failures)))
    });
    // Nothing listens on this port.
    let client = Client::builder().base_url("http://127.0.0.1:1").layer(breaker).build()?;
    for user in ["usr_1", "usr_2"] {
        let operation = LmsGetUserRequest::builder().id(user).x_account_id("acc_1").build();
        if let Err(error) = client.send(operation).await {
            println!("{error}");
        }
    }
    Ok(())
}
