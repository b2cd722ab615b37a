//! A test of a program's own code, with a stand-in for StackOne's API. It opens no sockets, and its waits take no time.

use serde_json::json;
use stackone::{
    Client, Error, Prefer,
    test::{Answer, StandIn},
};
use stackone_api::lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest};
use std::time::Duration;

/// The code under test. `None` means that someone has to look whether the assignment exists.
async fn assign(client: &Client, user: &str, course: &str) -> Result<Option<String>, Error> {
    let operation = LmsCreateUserAssignmentRequest::builder()
        .id(user)
        .x_account_id("acc_1")
        .prefer(Prefer::heartbeat())
        .body(LmsCreateAssignmentRequestDto::new(course))
        .build();
    match client.send(operation).await {
        Ok(created) => Ok(created.value.data.and_then(|data| data.id)),
        Err(error) if error.outcome_unknown() => Ok(None),
        Err(error) => Err(error),
    }
}

#[tokio::test(start_paused = true)]
async fn an_assignment_is_created_although_the_server_is_busy_and_slow() {
    let stand_in = StandIn::new();
    let created = Answer::json(json!({ "statusCode": 201, "message": "ok", "data": { "id": "asg_1" } })).status(201);
    let create = stand_in.expect::<LmsCreateUserAssignmentRequest>([
        Answer::error(429, "Too Many Requests").header("retry-after", "30"),
        created.heartbeats(20, Duration::from_secs(15)),
    ]);

    let id = assign(&stand_in.client(), "usr_1", "course-42").await.unwrap();

    assert_eq!(id.as_deref(), Some("asg_1"));
    let sent = &create.sent()[1];
    assert_eq!(sent.path("id").as_deref(), Some("usr_1"));
    assert_eq!(sent.header("prefer").as_deref(), Some("heartbeat"));
    assert_eq!(sent.json::<LmsCreateAssignmentRequestDto>(), LmsCreateAssignmentRequestDto::new("course-42"));
    assert!(sent.elapsed() >= Duration::from_secs(30));
}

#[tokio::test(start_paused = true)]
async fn an_assignment_is_not_created_twice_after_a_lost_response() {
    let stand_in = StandIn::new();
    stand_in.expect::<LmsCreateUserAssignmentRequest>(Answer::lost());
    assert_eq!(assign(&stand_in.client(), "usr_1", "course-42").await.unwrap(), None);
}
