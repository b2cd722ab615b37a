//! The server's own account of what went wrong, read leniently: its status and text must never be hidden.

use super::failure::Line;
use http::StatusCode;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// An error the server answered with.
///
/// `StackOne`'s is `{"statusCode": 400, "message": "...", "timestamp": "..."}`, often with `data` and
/// `provider_errors`; others have `{"error": "..."}`, RFC 9457's `title` and `detail`, HTML or nothing at all. Whatever
/// it is, the status is right and [`message`](Self::message) is the most useful text there is.
#[derive(Clone)]
pub struct ApiError {
    status: StatusCode,
    message: String,
    timestamp: Option<String>,
    data: Option<Value>,
    provider_errors: Vec<ProviderError>,
}

/// What a provider behind a unified API answered.
#[derive(Clone, Default)]
pub struct ProviderError {
    status: Option<u16>,
    url: Option<String>,
    raw: Option<Value>,
    headers: Option<Value>,
}

impl ApiError {
    /// The status: the answer's, or the envelope's if it came under a committed 2xx.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The server's message, or the most useful text of the answer, or the status's own name. Never empty.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// When it happened, as the server wrote it.
    #[must_use]
    pub fn timestamp(&self) -> Option<&str> {
        self.timestamp.as_deref()
    }

    /// The server's details, of any shape.
    #[must_use]
    pub fn data(&self) -> Option<&Value> {
        self.data.as_ref()
    }

    /// The errors of the providers that the request was handed on to.
    #[must_use]
    pub fn provider_errors(&self) -> &[ProviderError] {
        &self.provider_errors
    }

    /// Reads the body of an error, whatever it is. It may be cut, and there may be white space around it.
    pub(crate) fn read(status: StatusCode, body: &[u8]) -> Self {
        let body = body.trim_ascii();
        let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        let text = String::from_utf8_lossy(body);
        let json = mended(&text);
        let error = match serde_json::from_str::<Value>(&json) {
            Ok(Value::Object(fields)) => Self::from_fields(status, fields),
            Ok(value) => Self::bare(status, text_in(&value).unwrap_or_default()),
            Err(_) if json.starts_with('{') => match Self::from_fields(status, whole_fields(&json)) {
                error if error.message.is_empty() => {
                    Self { message: inner_message(&json).unwrap_or_default(), ..error }
                }
                error => error,
            },
            Err(_) => Self::bare(status, text_of(&text)),
        };
        if error.message.trim().is_empty() {
            let name = status.canonical_reason().unwrap_or("no message");
            return Self { message: name.to_owned(), ..error };
        }
        error
    }

    fn bare(status: StatusCode, message: String) -> Self {
        Self { status, message, timestamp: None, data: None, provider_errors: Vec::new() }
    }

    fn from_fields(status: StatusCode, mut fields: Map<String, Value>) -> Self {
        let message = ["message", "error", "detail", "error_description", "errors", "title"]
            .iter()
            .find_map(|name| fields.get(*name).and_then(text_in))
            .or_else(|| fields.get("message").filter(|message| message.is_number()).map(Value::to_string))
            .unwrap_or_default();
        let providers = match fields.remove("provider_errors") {
            Some(Value::Array(items)) => items,
            Some(Value::Null) | None => Vec::new(),
            Some(item) => vec![item],
        };
        Self {
            status,
            message,
            timestamp: fields.remove("timestamp").and_then(string),
            data: fields.remove("data").filter(|data| !data.is_null()),
            provider_errors: providers.into_iter().map(ProviderError::read).collect(),
        }
    }
}

impl ProviderError {
    /// The provider's status.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The provider's URL that was called.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// The provider's answer, of any shape.
    #[must_use]
    pub fn raw(&self) -> Option<&Value> {
        self.raw.as_ref()
    }

    /// The headers of the provider's answer.
    #[must_use]
    pub fn headers(&self) -> Option<&Value> {
        self.headers.as_ref()
    }

    fn read(value: Value) -> Self {
        let Value::Object(mut fields) = value else {
            return Self { raw: Some(value), ..Self::default() };
        };
        Self {
            status: fields.get("status").and_then(number),
            url: fields.remove("url").and_then(string),
            raw: fields.remove("raw").filter(|raw| !raw.is_null()),
            headers: fields.remove("headers").filter(|headers| !headers.is_null()),
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.status.canonical_reason().unwrap_or_default();
        write!(f, "{}", self.status.as_u16())?;
        if !name.is_empty() {
            write!(f, " {name}")?;
        }
        if self.message != name {
            write!(f, ": {}", Line(&self.message))?;
        }
        Ok(())
    }
}

/// Short: what providers answer can be long, and its headers can hold cookies.
impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.status.as_u16())
            .field("message", &format_args!("{}", Line(&self.message)))
            .field("provider_errors", &self.provider_errors)
            .finish_non_exhaustive()
    }
}

/// As short, and without the URL, whose query can hold a token.
impl fmt::Debug for ProviderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderError").field("status", &self.status).finish_non_exhaustive()
    }
}

fn string(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn number(value: &Value) -> Option<u16> {
    match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_u64()?.try_into().ok(),
    }
}

/// The text in a value that stands where a message is expected: itself, its own message, or those of its items.
fn text_in(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().filter_map(text_in).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => ["message", "detail", "description", "error", "errors", "title", "code"]
            .iter()
            .find_map(|name| text_in(fields.get(*name)?))
            .unwrap_or_else(|| text_by_field(fields)),
        _ => return None,
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

/// What is said of each field, as in `{"name": ["is short"]}`.
fn text_by_field(fields: &Map<String, Value>) -> String {
    let texts = fields.iter().filter(|(_, value)| !value.is_string());
    texts.filter_map(|(name, value)| Some(format!("{name}: {}", text_in(value)?))).collect::<Vec<_>>().join("; ")
}

/// JSON in which half a surrogate pair, which is no text, is a replacement character.
fn mended(json: &str) -> String {
    let mut mended = json.to_owned();
    let mut at = 0;
    let next_escape = |json: &str, at| Some(at + json.as_bytes().get(at..)?.iter().position(|byte| *byte == b'\\')?);
    while let Some(escape) = next_escape(&mended, at) {
        at = match (code_unit(&mended, escape), code_unit(&mended, escape + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => escape + 12,
            (Some(0xD800..=0xDFFF), _) => {
                mended.replace_range(escape..escape + 6, "\\ufffd");
                escape + 6
            }
            _ => escape + 2,
        };
    }
    mended
}

/// The code unit that is escaped at this place.
fn code_unit(json: &str, at: usize) -> Option<u16> {
    u16::from_str_radix(json.get(at..at + 6)?.strip_prefix("\\u")?, 16).ok()
}

/// The text of a body that is not JSON.
fn text_of(text: &str) -> String {
    if !text.starts_with('<') {
        return text.to_owned();
    }
    // ASCII case folding keeps byte offsets.
    let lower = text.to_ascii_lowercase();
    ["title", "h1", "message"]
        .iter()
        .find_map(|tag| {
            let name = format!("<{tag}");
            let mut names = lower.match_indices(&name).map(|(at, name)| at + name.len());
            let open = names.find(|at| lower[*at..].starts_with(|c: char| c == '>' || c.is_whitespace()))?;
            let start = open + lower[open..].find('>')? + 1;
            let end = start + lower[start..].find("</")?;
            Some(text[start..end].trim().to_owned()).filter(|text| !text.is_empty())
        })
        .unwrap_or_else(|| without_tags(text))
}

/// What a page shows, shortened.
fn without_tags(html: &str) -> String {
    let parts = html.split('<').filter(|part| !part.starts_with("style") && !part.starts_with("script"));
    let shown = parts.filter_map(|part| Some(part.split_once('>')?.1));
    Line(shown.collect::<Vec<_>>().join(" ")).to_string()
}

/// The fields of an object up to where it was cut, or is no JSON.
fn whole_fields(json: &str) -> Map<String, Value> {
    struct Fields<'a>(&'a mut Map<String, Value>);

    impl<'de> Visitor<'de> for Fields<'_> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while let Some((name, value)) = map.next_entry()? {
                self.0.insert(name, value);
            }
            Ok(())
        }
    }

    let mut fields = Map::new();
    // Where it ends is known: what came before is what counts.
    let _ = serde_json::Deserializer::from_str(json).deserialize_map(Fields(&mut fields));
    fields
}

/// The message inside the field that was cut: the first whole string under one of the names it is known by.
fn inner_message(text: &str) -> Option<String> {
    ["\"message\"", "\"error\"", "\"detail\""].iter().find_map(|name| {
        let rest = text.split_once(name)?.1.trim_ascii_start().strip_prefix(':')?;
        serde_json::Deserializer::from_str(rest).into_iter::<String>().next()?.ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(status: u16, body: &[u8]) -> String {
        let error = ApiError::read(StatusCode::from_u16(status).unwrap(), body);
        assert_eq!(error.status().as_u16(), status);
        error.message().to_owned()
    }

    #[test]
    fn every_shape_gives_its_message() {
        let shapes: &[(&[u8], &str)] = &[
            (br#"{"statusCode":400,"message":"bad id","timestamp":"2026-01-01T00:00:00.000Z"}"#, "bad id"),
            (br#"{"error":"Invalid API key"}"#, "Invalid API key"),
            (br#"{"error":{"code":7,"message":"nested"}}"#, "nested"),
            (br#"{"message":["a is short","b is long"],"error":"Bad Request"}"#, "a is short; b is long"),
            (br#"{"message":null,"error":"the other"}"#, "the other"),
            (br#"{"message":"","error":"the other"}"#, "the other"),
            (br#"{"errors":[{"message":"one"},{"detail":"two"}]}"#, "one; two"),
            (br#"{"errors":["one",{"title":"two"}]}"#, "one; two"),
            (
                br#"{"errors":{"age":["is odd"],"name":["is short","is blank"]}}"#,
                "age: is odd; name: is short; is blank",
            ),
            (br#"{"error":{"errors":[{"message":"inside"}],"code":7}}"#, "inside"),
            (br#"[{"message":"m1"},["m2"],{"error":"m3"}]"#, "m1; m2; m3"),
            (br#"["m1"]"#, "m1"),
            (br#"{"message":5}"#, "5"),
            (br#"{"message":5,"error":"the other"}"#, "the other"),
            (br#"{"message":"a \ud83d b","detail":"d"}"#, "a \u{FFFD} b"),
            (br#"{"message":"\ud83d\ude00 \ude00\\ud83d"}"#, "\u{1F600} \u{FFFD}\\ud83d"),
            (br#"{"title":"T","detail":"RFC 9457"}"#, "RFC 9457"),
            (br#""just text""#, "just text"),
            (b"\n\n\xEF\xBB\xBF{\"message\":\"after beats\"}\n", "after beats"),
            (b"<!DOCTYPE html><html><head><TITLE>502 Bad\nGateway</TITLE></head>", "502 Bad\nGateway"),
            (b"<html><body><h1 class=x>Oops</h1>", "Oops"),
            (b"<?xml version='1.0'?><Error><MessageId>7</MessageId><Message>denied</Message></Error>", "denied"),
            (b"<html><style>a{}</style><body>\n <p>try <b>later</b>\n", "try later"),
            (b"upstream connect error", "upstream connect error"),
            (br"cannot encode '\ud83d'", r"cannot encode '\ud83d'"),
            (br#"{"statusCode":422,"message":"kept though","data":{"a":"#, "kept though"),
            (br#"{"data":{"message":"inner"},"message":"outer","more":"#, "outer"),
            (br#"{"error":{"message":"inner","more":"#, "inner"),
            (b"caf\xE9 closed", "caf\u{FFFD} closed"),
            (b"{\"message\":\"caf\xE9\"}", "caf\u{FFFD}"),
            (b"", "Bad Gateway"),
            (b"  \r\n ", "Bad Gateway"),
            (b"{}", "Bad Gateway"),
            (b"[]", "Bad Gateway"),
            (b"null", "Bad Gateway"),
            (b"<html></html>", "Bad Gateway"),
            (br#"{"message":"cut in the mid"#, "Bad Gateway"),
        ];
        for (body, expected) in shapes {
            assert_eq!(message(502, body), *expected, "{:?}", String::from_utf8_lossy(body));
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn whatever_comes_gives_a_status_and_a_message(
            front in "(\\{\"message\":|<title>|<h1 |<p>|\"|\"\\\\ud83d|\\[)?",
            body in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..60),
        ) {
            let body = [front.as_bytes(), &body].concat();
            proptest::prop_assert!(!message(500, &body).trim().is_empty());
        }
    }

    #[test]
    fn a_nameless_status_still_has_a_message() {
        assert_eq!(message(599, b""), "no message");
    }

    #[test]
    fn deep_nesting_is_survived() {
        let body = format!("{{\"message\":\"deep\",\"data\":{}", "[".repeat(100_000));
        assert_eq!(message(500, body.as_bytes()), "deep");
    }

    #[test]
    fn details_are_kept() {
        let body = br#"{"statusCode":424,"message":"m","timestamp":"t","data":{"k":1},
            "provider_errors":[{"status":"403","url":"https://p/?token=SECRET","raw":{"e":1},"headers":{"set-cookie":"SECRET"}},"odd"]}"#;
        let error = ApiError::read(StatusCode::FAILED_DEPENDENCY, body);
        assert_eq!(error.timestamp(), Some("t"));
        assert_eq!(error.data().unwrap()["k"], 1);
        let [first, second] = error.provider_errors() else { panic!("two of them") };
        assert_eq!((first.status(), first.url()), (Some(403), Some("https://p/?token=SECRET")));
        assert_eq!(first.raw().unwrap()["e"], 1);
        assert_eq!(first.headers().unwrap()["set-cookie"], "SECRET");
        assert_eq!(second.raw().unwrap(), "odd");
        assert!(!format!("{error:?} {error:#?} {error} {first:?}").contains("SECRET"));
    }

    #[test]
    fn details_are_kept_of_what_is_cut_or_not_unicode() {
        let whole = r#"{"timestamp":"t","data":{"k":1},"provider_errors":[{"status":403}],"message":"\ud83d"}"#;
        for body in [whole, &whole[..whole.len() - 1], &whole[..whole.len() - 5]] {
            let error = ApiError::read(StatusCode::FAILED_DEPENDENCY, body.as_bytes());
            assert_eq!((error.timestamp(), &error.data().unwrap()["k"]), (Some("t"), &1.into()), "{body}");
            assert_eq!(error.provider_errors()[0].status(), Some(403), "{body}");
        }
    }

    #[test]
    fn a_page_is_shortened() {
        let page = format!("<html><body>{}", "<p>text</p>\n".repeat(9000));
        assert!(message(502, page.as_bytes()).len() < 400);
    }

    #[test]
    fn display_is_one_short_line() {
        let error = ApiError::read(StatusCode::BAD_REQUEST, format!("a\r\nb\u{1b}[31m{}", "x".repeat(9000)).as_bytes());
        let line = error.to_string();
        assert!(line.starts_with("400 Bad Request: a b [31mxxx"), "{line}");
        assert!(line.len() < 400 && !line.contains('\n'));
        assert_eq!(ApiError::read(StatusCode::BAD_REQUEST, b"").to_string(), "400 Bad Request");
    }
}
