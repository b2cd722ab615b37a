//! Uploads the photo of a user to Slack, which reports errors with the status 200. A server on loopback stands in for Slack.

use serde::Deserialize;
use stackone::{Client, ErrorFormat, Part, stackone_operation};
use stackone_examples::{OtherApi, no_arguments, println};
use std::error::Error;

#[stackone_operation(method = "POST", path = "/users.setPhoto", response = Updated)]
struct SetPhotoRequest {
    #[part]
    image: Part,
    #[part("crop_w")]
    crop_width: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct Updated {
    profile: serde_json::Value,
}

/// An error of Slack is `{"ok": false, "error": "channel_not_found"}`.
fn slack_errors() -> ErrorFormat {
    ErrorFormat::http()
        .error_envelope("ok", |ok| ok == false)
        .message("/error")
        .code("/error")
        .status_of_code(|code| match code {
            "ratelimited" => Some(429),
            "invalid_auth" | "not_authed" => Some(401),
            "internal_error" | "fatal_error" => Some(500),
            _ => Some(400),
        })
        .request_id_header("x-slack-req-id")
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    no_arguments("Uploads two photos, of which the server refuses one.");
    let server = OtherApi::Slack.start().await?;
    let base_url = server.base_url() + "/api";
    let client =
        Client::builder().bearer_token("xoxb-token").base_url(base_url).error_format(slack_errors()).build()?;

    let photo = Part::bytes(&b"\x89PNG\r\n\x1A\n"[..]).file_name("ada.png").content_type("image/png");
    let updated = client.send(SetPhotoRequest::builder().image(photo).crop_width(200).build()).await?;
    println!("{}", updated.value.profile);

    let text = Part::text("no photo").file_name("ada.txt");
    let error = client.send(SetPhotoRequest::builder().image(text).build()).await.err();
    let refused = error.as_ref().and_then(stackone::Error::api).ok_or("Slack accepts a text as a photo")?;
    println!("refused: {}, as if the status were {}", refused.message(), refused.status());
    Ok(())
}
