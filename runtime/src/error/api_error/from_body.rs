//! Reading an error from the body of a response. Any body gives an error with the server's status.

use super::{
    ApiError, ProviderError,
    json_text::{complete_fields, message, nested_message, replace_unpaired_surrogates, text_in},
    markup,
};
use crate::error_format::{ErrorFormat, Located};
use http::StatusCode;
use serde_json::{Map, Value};

impl ApiError {
    /// Reads a body. It may be cut, and there may be white space around it.
    pub(crate) fn from_body(format: &ErrorFormat, status: StatusCode, body: &[u8]) -> Self {
        let body = body.trim_ascii();
        let text = String::from_utf8_lossy(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body));
        let json = replace_unpaired_surrogates(&text);
        let error = match serde_json::from_str::<Value>(&json) {
            Ok(document) => Self::from_document(format, document),
            Err(_) if json.starts_with('{') => {
                let error = Self::from_document(format, Value::Object(complete_fields(&json)));
                if error.message.is_empty() {
                    Self { message: nested_message(&json).unwrap_or_default(), ..error }
                } else {
                    error
                }
            }
            Err(_) if text.starts_with('<') => Self::from_message(markup::text(&text)),
            Err(_) => Self::from_message(text.into_owned()),
        };
        let status = format.status(status, error.code());
        let error = Self { status, has_retry_status: format.retries(status), ..error };
        if error.message.trim().is_empty() {
            let name = status.canonical_reason().unwrap_or("no message");
            return Self { message: name.to_owned(), ..error };
        }
        error
    }

    fn from_message(message: String) -> Self {
        Self {
            status: StatusCode::default(),
            message,
            code: None,
            request_id: None,
            has_retry_status: false,
            timestamp: None,
            data: None,
            provider_errors: Vec::new(),
        }
    }

    fn from_document(format: &ErrorFormat, document: Value) -> Self {
        let Located { message, code, request_id } = format.locate(&document);
        let message = message.and_then(message_in);
        let error = match document {
            Value::Object(fields) => Self::from_fields(fields),
            other => Self::from_message(text_in(&other).unwrap_or_default()),
        };
        Self { message: message.unwrap_or(error.message), code, request_id, ..error }
    }

    fn from_fields(mut fields: Map<String, Value>) -> Self {
        let message = message(&fields).unwrap_or_default();
        let providers = match fields.remove("provider_errors") {
            Some(Value::Array(items)) => items,
            Some(Value::Null) | None => Vec::new(),
            Some(item) => vec![item],
        };
        Self {
            timestamp: fields.remove("timestamp").and_then(string),
            data: fields.remove("data").filter(|data| !data.is_null()),
            provider_errors: providers.into_iter().map(ProviderError::from_value).collect(),
            ..Self::from_message(message)
        }
    }
}

impl ProviderError {
    fn from_value(value: Value) -> Self {
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

/// The message at the place that the error format names.
fn message_in(value: &Value) -> Option<String> {
    text_in(value).or_else(|| value.is_number().then(|| value.to_string()))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn message(status: u16, body: &[u8]) -> String {
        let error = ApiError::from_body(&ErrorFormat::default(), StatusCode::from_u16(status).unwrap(), body);
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
        fn any_body_gives_a_status_and_a_message(
            front in "(\\{\"message\":|<title>|<h1 |<p>|\"|\"\\\\ud83d|\\[)?",
            body in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..60),
        ) {
            let body = [front.as_bytes(), &body].concat();
            proptest::prop_assert!(!message(500, &body).trim().is_empty());
        }
    }

    #[test]
    fn an_unregistered_status_has_a_message() {
        assert_eq!(message(599, b""), "no message");
    }

    #[test]
    fn deep_nesting_is_read() {
        let body = format!("{{\"message\":\"deep\",\"data\":{}", "[".repeat(100_000));
        assert_eq!(message(500, body.as_bytes()), "deep");
    }

    #[test]
    fn details_are_kept() {
        let body = br#"{"statusCode":424,"message":"m","timestamp":"t","data":{"k":1},
            "provider_errors":[{"status":"403","url":"https://p/?token=SECRET","raw":{"e":1},"headers":{"set-cookie":"SECRET"}},"odd"]}"#;
        let error = ApiError::from_body(&ErrorFormat::default(), StatusCode::FAILED_DEPENDENCY, body);
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
    fn details_of_a_cut_or_malformed_body_are_kept() {
        let whole = r#"{"timestamp":"t","data":{"k":1},"provider_errors":[{"status":403}],"message":"\ud83d"}"#;
        for body in [whole, &whole[..whole.len() - 1], &whole[..whole.len() - 5]] {
            let error = ApiError::from_body(&ErrorFormat::default(), StatusCode::FAILED_DEPENDENCY, body.as_bytes());
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
        let error = ApiError::from_body(
            &ErrorFormat::default(),
            StatusCode::BAD_REQUEST,
            format!("a\r\nb\u{1b}[31m{}", "x".repeat(9000)).as_bytes(),
        );
        let line = error.to_string();
        assert!(line.starts_with("400 Bad Request: a b [31mxxx"), "{line}");
        assert!(line.len() < 400 && !line.contains('\n'));
        assert_eq!(
            ApiError::from_body(&ErrorFormat::default(), StatusCode::BAD_REQUEST, b"").to_string(),
            "400 Bad Request"
        );
    }
}
