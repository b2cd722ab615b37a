//! Operations whose value depends on the status.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use stackone::{ErrorKind, format::Responses, response_headers, responses, stackone_operation};
use support::{Reply, Server, Thing};

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Ticket {
    ticket: u64,
}

responses! {
    /// What a job says.
    #[derive(Debug, PartialEq)]
    enum JobResponse {
        /// It is done.
        Done(Thing) = 200 | 201,
        Accepted(Ticket) = 202,
        Maybe(Option<Ticket>) = 203,
        Nothing = 204,
        Reported = 207,
    }
}

response_headers!(
    #[derive(Debug, PartialEq)]
    struct Location { location: Option<String> = "location" }
);

#[stackone_operation(method = "POST", path = "/jobs", responses = JobResponse)]
struct StartJob;

#[stackone_operation(method = "POST", path = "/jobs", responses = JobResponse, response_headers = Location)]
struct StartJobWithHeaders;

async fn start(status: u16, body: &'static str) -> Result<JobResponse, stackone::Error> {
    Server::new([Reply::new(status, body)]).client().send(StartJob).await.map(stackone::Response::into_inner)
}

#[tokio::test(start_paused = true)]
async fn the_status_chooses_the_type() {
    let thing = || Thing { id: "1".to_owned() };
    assert_eq!(start(200, r#"{"id":"1"}"#).await.unwrap(), JobResponse::Done(thing()));
    assert_eq!(start(201, "\n\n{\"id\":\"1\"}").await.unwrap(), JobResponse::Done(thing()));
    assert_eq!(start(202, r#"{"ticket":7}"#).await.unwrap(), JobResponse::Accepted(Ticket { ticket: 7 }));
    assert_eq!(start(203, "").await.unwrap(), JobResponse::Maybe(None));
    assert_eq!(start(204, "").await.unwrap(), JobResponse::Nothing);
    assert_eq!(start(207, "ignored").await.unwrap(), JobResponse::Reported);
    assert_eq!(JobResponse::STATUSES, [200, 201, 202, 203, 204, 207]);
}

#[tokio::test(start_paused = true)]
async fn a_status_that_is_not_declared_is_a_decoding_error() {
    for body in ["", r#"{"id":"1"}"#] {
        let error = start(206, body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.status().unwrap(), 206);
        let expected = "the status 206 is not among those that the operation declares: 200, 201, 202, 203, 204, 207";
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn each_status_has_the_errors_of_its_type() {
    let error = start(202, r#"{"ticket":"x"}"#).await.unwrap_err();
    assert_eq!((error.kind(), error.response_path()), (ErrorKind::Decode, Some("ticket")));
    // A document is expected under 202, so that a response without one is half a response.
    assert_eq!(start(202, "").await.unwrap_err().kind(), ErrorKind::Truncated);
    assert_eq!(start(202, r#"{"ticket":"#).await.unwrap_err().kind(), ErrorKind::Truncated);
    let envelope = r#"{"statusCode":409,"message":"busy"}"#;
    for status in [200, 207, 409] {
        let error = start(status, envelope).await.unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 409));
    }
}

#[tokio::test(start_paused = true)]
async fn the_value_may_have_headers_too() {
    let server = Server::new([Reply::new(202, r#"{"ticket":7}"#).header("location", "/jobs/7")]);
    let job = server.client().send(StartJobWithHeaders).await.unwrap().value;
    assert_eq!(job.body, JobResponse::Accepted(Ticket { ticket: 7 }));
    assert_eq!(job.headers, Location { location: Some("/jobs/7".to_owned()) });
}

#[test]
fn the_request_asks_for_json() {
    assert_eq!(StartJob.into_http_request().unwrap().headers()["accept"], "application/json");
}
