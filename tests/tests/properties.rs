//! Properties of every value.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "these requests are literals, so that no builder is used")]

use proptest::{collection::vec, prelude::*};
use stackone::{
    Error, Timestamp,
    bytes::Bytes,
    chrono::{DateTime, Utc},
    http::Request,
    stackone_operation,
};
use stackone_tests::{any::Any, compare};
use std::collections::BTreeSet;

type Built = Result<Request<Bytes>, Error>;

/// Declares an operation with one field and builds its request.
macro_rules! send {
    ($method:literal $path:literal, #[$($kind:tt)+] $value:expr) => {{
        #[stackone_operation(method = $method, path = $path)]
        struct Request {
            #[$($kind)+]
            value: Any,
        }
        Request { value: $value.clone() }.into_http_request()
    }};
}

/// Any text, with many characters that have a meaning in a URL, a header or JSON.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z0-9 /?#%&=+,;|.\"\\\\\\[\\]{}\u{0}-\u{1f}\u{7f}-\u{ff}€😀-]{0,40}",
        "(\\.|%2e|%2E|/|a){0,4}",
    ]
}

fn scalar() -> impl Strategy<Value = Any> {
    prop_oneof![
        Just(Any::Null),
        any::<bool>().prop_map(Any::Bool),
        any::<u64>().prop_map(Any::Unsigned),
        (i64::MIN..0).prop_map(Any::Signed),
        prop::num::f64::NORMAL.prop_map(Any::Float),
        (-1e6..1e6).prop_map(Any::Float),
        text().prop_map(Any::Text),
    ]
}

fn anything() -> impl Strategy<Value = Any> {
    scalar().prop_recursive(4, 40, 5, |inner| {
        prop_oneof![vec(inner.clone(), 0..5).prop_map(Any::List), object(inner).prop_map(Any::Object)]
    })
}

/// Entries with different keys.
fn object(value: impl Strategy<Value = Any>) -> impl Strategy<Value = Vec<(String, Any)>> {
    vec((text(), value), 0..5).prop_map(|entries| {
        let mut keys = BTreeSet::new();
        entries.into_iter().filter(|(key, _)| keys.insert(key.clone())).collect()
    })
}

/// Whether the text is that of the scalar. A number is in the format of ECMAScript, which is parsed as the same number.
fn same_text(value: &Any, sent: &str) -> bool {
    match value {
        Any::Null => false,
        Any::Bool(value) => sent == value.to_string(),
        Any::Unsigned(value) => sent == value.to_string(),
        Any::Signed(value) => sent == value.to_string(),
        #[expect(clippy::float_cmp, reason = "it is the same number or it is not")]
        Any::Float(value) => sent.parse::<f64>().unwrap() == *value,
        Any::Text(value) => sent == value,
        Any::List(_) | Any::Object(_) => sent == serde_json::to_string(value).unwrap(),
    }
}

/// The values of the pairs of a parameter.
fn pairs_of(value: &Any) -> Vec<&Any> {
    match value {
        Any::List(items) => items.iter().filter(|item| **item != Any::Null).collect(),
        Any::Null => Vec::new(),
        other => vec![other],
    }
}

/// The pairs of a `deepObject`, in order.
fn deep<'a>(key: &str, value: &'a Any, pairs: &mut Vec<(String, &'a Any)>) {
    match value {
        Any::Object(entries) => {
            for (name, value) in entries {
                deep(&format!("{key}[{name}]"), value, pairs);
            }
        }
        other => pairs.extend(pairs_of(other).into_iter().map(|value| (key.to_owned(), value))),
    }
}

fn same_pairs(expected: &[(String, &Any)], target: &str) -> Result<(), TestCaseError> {
    compare::escaped(target, &[]).map_err(TestCaseError::fail)?;
    let sent = compare::pairs(target).map_err(TestCaseError::fail)?;
    prop_assert_eq!(sent.len(), expected.len(), "{}", target);
    for ((key, value), (sent_key, sent_value)) in expected.iter().zip(&sent) {
        prop_assert_eq!(key, sent_key);
        prop_assert!(same_text(value, sent_value), "{:?} became {:?}", value, sent_value);
    }
    Ok(())
}

fn target(built: &Built) -> String {
    built.as_ref().unwrap().uri().to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_exploded_query_decodes_to_its_values(value in anything()) {
        let expected: Vec<_> = match &value {
            Any::Object(entries) => entries
                .iter()
                .flat_map(|(key, value)| pairs_of(value).into_iter().map(|value| (key.clone(), value)))
                .collect(),
            other => pairs_of(other).into_iter().map(|value| ("k".to_owned(), value)).collect(),
        };
        same_pairs(&expected, &target(&send!("GET" "/", #[query("k")] value)))?;
        same_pairs(&expected, &target(&send!("GET" "/", #[query("k", style = "pipeDelimited", explode = true)] value)))?;
        if matches!(value, Any::Object(_) | Any::Null) {
            same_pairs(&expected, &target(&send!("GET" "/", #[query(flatten)] value)))?;
        }
    }

    #[test]
    fn a_deep_object_decodes_to_its_values(entries in object(anything())) {
        let value = Any::Object(entries);
        let mut expected = Vec::new();
        deep("k", &value, &mut expected);
        same_pairs(&expected, &target(&send!("GET" "/", #[query("k", style = "deepObject")] value)))?;
    }

    #[test]
    fn the_items_of_a_joined_query_can_be_told_apart(value in anything()) {
        let items: Vec<Any> = match &value {
            Any::Object(entries) => entries
                .iter()
                .filter(|(_, value)| *value != Any::Null)
                .flat_map(|(key, value)| [Any::Text(key.clone()), value.clone()])
                .collect(),
            other => pairs_of(other).into_iter().cloned().collect(),
        };
        let piped = send!("GET" "/", #[query("k", style = "pipeDelimited")] value);
        let is_list = matches!(value, Any::List(_) | Any::Object(_));
        if is_list && items.iter().any(|item| serde_json::to_string(item).unwrap().contains('|')) {
            prop_assert!(piped.unwrap_err().to_string().contains("the delimiter of `pipeDelimited`"));
            return Ok(());
        }
        for (delimiter, target) in [
            (",", target(&send!("GET" "/", #[query("k", explode = false)] value))),
            ("%7C", target(&piped)),
        ] {
            compare::escaped(&target, if delimiter == "," { &[','] } else { &[] }).map_err(TestCaseError::fail)?;
            let Some(sent) = target.strip_prefix("/?k=") else {
                prop_assert_eq!(&target, "/");
                prop_assert!(items.is_empty());
                continue;
            };
            let sent: Vec<String> = match delimiter {
                "%7C" if !is_list => vec![compare::decode(sent).unwrap()],
                _ => sent.split(delimiter).map(|item| compare::decode(item).unwrap()).collect(),
            };
            prop_assert_eq!(sent.len(), items.len(), "{}", target);
            for (item, sent) in items.iter().zip(&sent) {
                prop_assert!(same_text(item, sent), "{:?} became {:?}", item, sent);
            }
        }
    }

    /// Any value keeps the segments of the path, or is refused.
    #[test]
    fn a_path_value_stays_in_its_segment(id in text(), name in text()) {
        #[stackone_operation(method = "GET", path = "/users/{id}/files/{name}.x")]
        struct Request {
            #[path]
            id: String,
            #[path]
            name: String,
        }
        let refused = matches!(&*id, "" | "." | "..");
        match (Request { id: id.clone(), name: name.clone() }).into_http_request() {
            Err(error) => {
                prop_assert!(refused, "{}", error);
                prop_assert_eq!(error.field(), Some("id"));
            }
            Ok(request) => {
                prop_assert!(!refused);
                let target = request.uri().to_string();
                compare::escaped(&target, &[]).map_err(TestCaseError::fail)?;
                let expected = vec![String::new(), "users".to_owned(), id, "files".to_owned(), format!("{name}.x")];
                prop_assert_eq!(compare::segments(&target).unwrap(), expected);
            }
        }
    }

    #[test]
    fn a_header_is_latin_1_or_refused(value in text()) {
        let fits = value.chars().all(|c| matches!(c, '\t' | ' '..='~' | '\u{a0}'..='\u{ff}'))
            && value.trim_matches([' ', '\t']) == value;
        match send!("GET" "/", #[header("x-test")] Any::Text(value.clone())) {
            Ok(request) => {
                prop_assert!(fits);
                let sent: String = request.headers()["x-test"].as_bytes().iter().map(|&byte| char::from(byte)).collect();
                prop_assert_eq!(sent, value);
            }
            Err(error) => prop_assert!(!fits, "{}", error),
        }
    }

    /// No recipient parses another list.
    #[test]
    fn a_header_list_is_parsed_as_its_items(items in vec("[a-z ,\"\\\\\t]{0,6}", 1..5)) {
        let list = Any::List(items.iter().cloned().map(Any::Text).collect());
        let request = send!("GET" "/", #[header("x-test")] list).unwrap();
        prop_assert_eq!(read_list(request.headers()["x-test"].to_str().unwrap()), items);
    }

    #[test]
    fn no_value_can_add_another_header(value in anything()) {
        if let Ok(request) = send!("GET" "/", #[header("x-test")] value) {
            for value in request.headers().values() {
                prop_assert!(value.as_bytes().iter().all(|&byte| byte == b'\t' || (byte >= 0x20 && byte != 0x7f)));
            }
            prop_assert!(request.headers().len() <= 2);
        }
    }

    #[test]
    fn a_json_body_is_equal_to_serde_json(value in anything()) {
        let request = send!("POST" "/", #[body] value).unwrap();
        prop_assert_eq!(request.body(), &serde_json::to_vec(&value).unwrap());
    }

    /// Sizes around the limits at which a body is stored in another way.
    #[test]
    fn a_body_of_any_size_is_complete(length in 0_usize..5000, id in "[a-z]{1,400}") {
        #[stackone_operation(method = "POST", path = "/{id}")]
        struct Sized {
            #[path]
            id: String,
            #[header]
            x_id: String,
            #[body]
            body: String,
        }
        let body = "x".repeat(length);
        let request = Sized { id: id.clone(), x_id: id.clone(), body: body.clone() }.into_http_request().unwrap();
        prop_assert_eq!(request.uri().path(), format!("/{id}"));
        prop_assert_eq!(request.headers()["x-id"].to_str().unwrap(), id);
        prop_assert_eq!(request.body(), &format!("\"{body}\""));
    }

    #[test]
    fn a_timestamp_is_parsed_to_the_millisecond(seconds in -62_167_219_200_i64..253_402_300_800, nanos in 0_u32..1_000_000_000) {
        let instant: DateTime<Utc> = DateTime::from_timestamp(seconds, nanos).unwrap();
        let text = Timestamp::from(instant).to_string();
        prop_assert_eq!(&text, &instant.to_rfc3339_opts(stackone::chrono::SecondsFormat::Millis, true));
        let read: Timestamp = text.parse().unwrap();
        prop_assert_eq!(read.to_datetime().timestamp_millis(), instant.timestamp_millis());
    }
}

/// Parses a list of tokens and quoted strings (RFC 9110, section 5.6.1). An unquoted item may be more than a token.
fn read_list(text: &str) -> Vec<String> {
    let mut items = Vec::new();
    let mut rest = text;
    loop {
        let (item, after) = if let Some(quoted) = rest.strip_prefix('"') {
            read_quoted(quoted)
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            (rest[..end].to_owned(), &rest[end..])
        };
        items.push(item);
        if after.is_empty() {
            return items;
        }
        rest = after.strip_prefix(',').unwrap_or_else(|| panic!("{after:?} after an item of {text:?}"));
    }
}

/// The content of a quoted string after its first quote, and the text after the string.
fn read_quoted(text: &str) -> (String, &str) {
    let mut content = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (content, &text[at + 1..]),
            '\\' => content.push(characters.next().unwrap().1),
            other => content.push(other),
        }
    }
    panic!("a quote that does not end in {text:?}");
}
