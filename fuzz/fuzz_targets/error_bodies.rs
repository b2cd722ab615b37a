//! A call whose response has any status and any body. The client must not panic. It returns a success only for a success
//! status. Any other status becomes an API error with that status.
//!
//! The first two bytes of the input choose the status. The third byte chooses whether the request prefers heartbeats. The rest
//! is the body.

#![no_main]

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use libfuzzer_sys::fuzz_target;
use stackone::{Client, ErrorKind, Prefer};
use stackone_api::lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest};
use std::{convert::Infallible, future::IntoFuture};
use tower::service_fn;

fuzz_target!(|input: &[u8]| {
    let [high, low, beats, body @ ..] = input else { return };
    let code = 200 + u16::from_be_bytes([*high, *low]) % 400;
    let Ok(status) = StatusCode::from_u16(code) else { return };
    let body = Bytes::copy_from_slice(body);
    let transport = service_fn(move |_: Request<Full<Bytes>>| {
        let mut response = Response::new(Full::new(body.clone()));
        *response.status_mut() = status;
        async move { Ok::<_, Infallible>(response) }
    });
    let Ok(client) = Client::builder().api_key("secret-key").build_with(transport) else { return };
    let operation = LmsCreateUserAssignmentRequest::builder()
        .id("1")
        .x_account_id("a")
        .maybe_prefer((beats % 2 == 1).then(Prefer::heartbeat))
        .body(LmsCreateAssignmentRequestDto::new("x"))
        .build();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    match runtime.block_on(client.send(operation).no_retry().into_future()) {
        Ok(created) => assert!(status.is_success() && created.status() == status),
        Err(error) => {
            let text = format!("{error} {error:?} {error:#?}");
            assert!(!text.contains("secret-key") && !error.to_string().contains('\n'), "{text}");
            assert!(status.is_success() || error.kind() == ErrorKind::Api, "{status}: {error}");
            assert!(status.is_success() || error.status() == Some(status));
        }
    }
});
