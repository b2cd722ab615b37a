//! Sends an operation with `ureq`, without async and without the client of this crate. The declaration makes the request, and
//! `read_response` reads the response as it arrives: heartbeats, error envelopes and half documents, by the rules of the client.
//!
//! The program needs `stackone` with `default-features = false`. It has no retries, and no time limits but those of `ureq`.

use base64::{Engine, engine::general_purpose::STANDARD};
use stackone_api::{
    lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest},
    stackone::{Operation, Prefer, http::HeaderValue, http::header::AUTHORIZATION, read_response},
};
use stackone_examples::{Connection, Server, arguments, exit, println};
use std::{error::Error, process::ExitCode, time::Duration};

const USAGE: &str = "\
usage: ureq_by_hand

Set STACKONE_API_KEY and STACKONE_ACCOUNT_ID to call https://api.stackone.com.
Without them, the program starts a local server that stands in for the API, and calls that.";

fn main() -> ExitCode {
    let _ = arguments(USAGE, &[]);
    exit(run())
}

fn run() -> Result<(), Box<dyn Error>> {
    // Only the server that stands in for the API needs a runtime.
    let runtime = tokio::runtime::Runtime::new()?;
    let Connection { account, server, .. } = &runtime.block_on(Connection::open())?;
    assign(account, server)
}

fn assign(account: &str, server: &Server) -> Result<(), Box<dyn Error>> {
    let http: ureq::Agent = ureq::Agent::config_builder()
        // The status decides in `read_response`, and the API key must not follow a redirect.
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(Duration::from_secs(600)))
        .build()
        .into();

    let operation = LmsCreateUserAssignmentRequest::builder()
        .id("usr_1")
        .x_account_id(account)
        .prefer(Prefer::heartbeat())
        .body(LmsCreateAssignmentRequestDto::new("course-42"))
        .build();
    let mut request = server.base_url.join(operation.to_http_request()?)?;
    let credentials = format!("Basic {}", STANDARD.encode(format!("{}:", server.api_key)));
    request.headers_mut().insert(AUTHORIZATION, HeaderValue::try_from(credentials)?);
    let (head, body) = http.run(request.map(|body| body.to_vec()))?.into_parts();

    let created = read_response::<LmsCreateUserAssignmentRequest>(head.status, head.headers, body.into_reader())?;
    println!("{} after {} heartbeats: {:#?}", created.status(), created.heartbeats(), created.value);
    Ok(())
}
