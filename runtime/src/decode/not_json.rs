//! A body that is not JSON at all, such as the login page of a proxy.

use crate::error::{one_line, text_of_page};
use http::{HeaderMap, header};
use serde::de::IgnoredAny;
use std::fmt;

/// The bytes that are read for the first words.
const MAX_BYTES: usize = 4096;
/// The characters that are shown.
const MAX_CHARACTERS: usize = 100;

/// What arrived in place of a JSON document.
#[derive(Debug)]
pub(super) struct NotJson {
    /// The value of the header `content-type`.
    media_type: Option<String>,
    is_html: bool,
    /// The title of a page, or the first words of another text. Empty for other bytes.
    words: String,
}

impl NotJson {
    /// Describes a body that could not be decoded. `None` if it may have been meant as JSON.
    pub(super) fn of(headers: &HeaderMap, body: &[u8]) -> Option<Self> {
        // A document that is JSON has the wrong type.
        if starts_like_json(body) || serde_json::from_slice::<IgnoredAny>(body).is_ok() {
            return None;
        }
        let media_type = headers.get(header::CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
        let text = String::from_utf8_lossy(&body[..body.len().min(MAX_BYTES)]);
        let is_html = media_type.as_deref().is_some_and(|value| essence(value) == "text/html") || is_html(&text);
        let words = match () {
            () if text.contains('\0') => String::new(),
            () if text.starts_with('<') => text_of_page(&text),
            () => text.into_owned(),
        };
        Some(Self {
            media_type: media_type.map(|value| one_line(&value, MAX_CHARACTERS)),
            is_html,
            words: one_line(&words, MAX_CHARACTERS),
        })
    }
}

/// The media type without its parameters, in lower case.
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn starts_like_json(body: &[u8]) -> bool {
    matches!(body.first(), Some(b'{' | b'[' | b'"'))
}

fn is_html(text: &str) -> bool {
    let start = text.chars().take(16).collect::<String>().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.starts_with(tag))
}

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_html { "it is HTML and not JSON" } else { "it is not JSON" })?;
        match &self.media_type {
            Some(media_type) => write!(f, " (content-type `{media_type}`)")?,
            None => f.write_str(" (no content-type)")?,
        }
        match self.words.as_str() {
            "" => Ok(()),
            words => write!(f, ": {words}"),
        }
    }
}

impl std::error::Error for NotJson {}
