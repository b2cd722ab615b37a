//! Headers: which values are sent, which are refused, and the headers that every request has.

use super::{Built, refusal, request};
use stackone::http::{HeaderMap, HeaderName};

fn header(value: &str) -> Built {
    request!("GET" "/", #[header] x_test: String = value)
}

fn headers(built: Built) -> HeaderMap {
    built.unwrap_or_else(|error| panic!("{error}")).into_parts().0.headers
}

#[test]
fn visible_characters_and_latin_1_are_sent_byte_by_byte() {
    for (value, bytes) in [
        ("acc_1", &b"acc_1"[..]),
        ("", b""),
        ("a b  c\td", b"a b  c\td"),
        ("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
        ("a%2Fb", b"a%2Fb"),
        ("é\u{a0}ÿ", b"\xe9\xa0\xff"),
    ] {
        assert_eq!(headers(header(value))["x-test"].as_bytes(), bytes, "{value:?}");
    }
}

#[test]
fn control_characters_are_refused() {
    let controls = ('\0'..=' ').filter(|c| !matches!(c, '\t' | ' ')).chain('\u{7f}'..='\u{9f}');
    for control in controls {
        let refusal = refusal(header(&format!("a{control}b")));
        assert!(refusal.contains("`x_test` (header `x-test`)") && refusal.contains("control"), "{refusal}");
        assert!(!refusal.contains(control), "{refusal:?}");
    }
}

#[test]
fn characters_beyond_latin_1_are_refused() {
    for value in ["Ā", "€", "日本", "😀", "a\u{2028}b"] {
        assert!(refusal(header(value)).contains("above U+00FF"), "{value}");
    }
}

#[test]
fn white_space_at_either_end_is_refused() {
    for value in [" ", "\t", " a", "a ", "\ta", "a\t", " a "] {
        assert!(refusal(header(value)).contains("white space"), "{value:?}");
    }
    // In HTTP, a no-break space is not white space.
    assert_eq!(headers(header("\u{a0}a"))["x-test"].as_bytes(), b"\xa0a");
}

#[test]
fn an_empty_account_id_is_refused() {
    let built = request!("GET" "/", #[header] x_account_id: String = "");
    assert!(refusal(built).contains("`x_account_id` (header `x-account-id`) is empty"));
    let absent = request!("GET" "/", #[header] x_account_id: Option<String> = None::<String>);
    assert!(!headers(absent).contains_key("x-account-id"));
}

#[test]
fn a_sensitive_value_is_never_shown() {
    let built = request!("GET" "/", #[header("x-token", sensitive)] token: String = "s3cr\u{20ac}t");
    let error = built.unwrap_err();
    for shown in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
        assert!(shown.contains("x-token") && !shown.contains("s3cr") && !shown.contains('€'), "{shown}");
    }
    let request = request!("GET" "/", #[header("x-token", sensitive)] token: String = "s3cret").unwrap();
    assert!(request.headers()["x-token"].is_sensitive());
    assert!(!format!("{request:?}").contains("s3cret"));
}

/// The error of a `Serialize` implementation may contain the value. It is hidden for a sensitive header.
#[test]
fn the_error_of_a_sensitive_value_does_not_show_it() {
    struct Token;
    impl serde::Serialize for Token {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("cannot sign s3cret"))
        }
    }
    let hidden = request!("GET" "/", #[header(sensitive)] token: Token = Token).unwrap_err();
    assert!(!format!("{hidden} {hidden:?}").contains("s3cret"), "{hidden}");
    let shown = request!("GET" "/", #[header] token: Token = Token).unwrap_err();
    assert!(shown.to_string().contains("cannot sign s3cret"), "{shown}");
}

#[test]
fn lists_are_joined_and_items_quoted_where_needed() {
    let list = |items: &[&'static str]| {
        headers(request!("GET" "/", #[header] x_list: Vec<&'static str> = items)).remove("x-list")
    };
    let text = |items: &[&'static str]| list(items).unwrap().to_str().unwrap().to_owned();
    assert_eq!(text(&["a", "b", "c"]), "a,b,c");
    assert_eq!(text(&["b,c", "\"def\"", "a"]), r#""b,c","\"def\"",a"#);
    assert_eq!(text(&["", " a"]), r#""", " a""#.replace(", ", ","));
    assert_eq!(text(&["a\\b", "\\,"]), r#"a\b,"\\,""#);
    assert_eq!(list(&[]), None);
}

#[test]
fn an_absent_header_is_not_sent_and_an_empty_one_is() {
    let sent = headers(request!("GET" "/",
        #[header] x_none: Option<String> = None::<String>,
        #[header] x_empty: String = "",
        #[header] x_list: Vec<Option<u8>> = [None],
        #[header] x_zero: u8 = 0,
        #[header] x_no: bool = false,
    ));
    let names: Vec<&str> = sent.keys().map(HeaderName::as_str).collect();
    assert_eq!(names, ["accept", "x-empty", "x-zero", "x-no"]);
}

#[test]
fn a_declared_accept_or_content_type_replaces_the_default() {
    let built = request!("POST" "/",
        #[header] accept: String = "application/vnd.api+json",
        #[header] content_type: String = "application/merge-patch+json",
        #[body] body: u8 = 1,
    );
    let sent = headers(built);
    assert_eq!(sent["accept"], "application/vnd.api+json");
    assert_eq!(sent["content-type"], "application/merge-patch+json");
    assert_eq!(sent.len(), 2);
    let absent = headers(request!("GET" "/", #[header] accept: Option<String> = None::<String>));
    assert_eq!(absent["accept"], "*/*");
}

#[test]
fn accept_follows_the_response() {
    use stackone::stackone_operation;

    #[stackone_operation(method = "GET", path = "/", response = serde_json::Value)]
    struct Json;
    #[stackone_operation(method = "GET", path = "/", response = text)]
    struct Text;
    #[stackone_operation(method = "GET", path = "/", response = bytes)]
    struct Bytes;
    #[stackone_operation(method = "GET", path = "/", response = download)]
    struct Download;
    #[stackone_operation(method = "DELETE", path = "/")]
    struct Nothing;

    assert_eq!(headers(Json::builder().build().into_http_request())["accept"], "application/json");
    let text = headers(Text::builder().build().into_http_request());
    assert!(text["accept"].to_str().unwrap().starts_with("text/plain"));
    assert_eq!(headers(Bytes::builder().build().into_http_request())["accept"], "*/*");
    assert_eq!(headers(Download::builder().build().into_http_request())["accept"], "*/*");
    assert_eq!(headers(Nothing::builder().build().into_http_request())["accept"], "*/*");
}
