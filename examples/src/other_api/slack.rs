//! Slack, as <https://docs.slack.dev/reference/methods/users.setPhoto> describes it. An error has the status 200.

use super::{header, json};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyDataStream, Full};
use multer::Multipart;
use serde_json::{Value, json};

const PNG: &[u8] = b"\x89PNG\r\n\x1A\n";

pub(super) async fn answer(request: Request<Bytes>) -> Response<Bytes> {
    let (head, body) = request.into_parts();
    let content_type = header(&head.headers, "content-type");
    let answer = if header(&head.headers, "authorization") != "Bearer xoxb-token" {
        Err("invalid_auth")
    } else if head.uri.path() != "/api/users.setPhoto" {
        Err("unknown_method")
    } else {
        set_photo(content_type, body).await
    };
    let answer = answer.unwrap_or_else(|error| json!({"ok": false, "error": error}));
    json(StatusCode::OK, &answer)
}

/// The profile shows what was read.
async fn set_photo(content_type: &str, body: Bytes) -> Result<Value, &'static str> {
    let boundary = multer::parse_boundary(content_type).map_err(|_| "invalid_post_type")?;
    let mut parts = Multipart::new(BodyDataStream::new(Full::new(body)), boundary);
    let (mut image, mut crop_width) = (None, None);
    while let Some(part) = parts.next_field().await.map_err(|_| "invalid_form_data")? {
        match part.name() {
            Some("image") => {
                let file_name = part.file_name().ok_or("no_image_uploaded")?.to_owned();
                let media_type = part.content_type().map(ToString::to_string);
                let content = part.bytes().await.map_err(|_| "invalid_form_data")?;
                if !content.starts_with(PNG) {
                    return Err("bad_image");
                }
                image = Some(json!({"name": file_name, "mimetype": media_type, "size": content.len()}));
            }
            Some("crop_w") => crop_width = Some(part.text().await.map_err(|_| "invalid_form_data")?),
            _ => return Err("invalid_arg_name"),
        }
    }
    let image = image.ok_or("no_image_uploaded")?;
    Ok(json!({"ok": true, "profile": {"image_original": image, "crop_w": crop_width}}))
}
