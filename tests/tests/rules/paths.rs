//! Paths: encoding, segments that are refused, and the relative URI.

use super::{refusal, request, target};

fn segment(id: &str) -> super::Built {
    request!("GET" "/users/{id}/tasks", #[path] id: String = id)
}

fn file(name: &str, extension: &str) -> super::Built {
    request!("GET" "/files/{name}.{extension}", #[path] name: String = name, #[path] extension: String = extension)
}

#[test]
fn everything_but_unreserved_characters_is_encoded() {
    for (id, expected) in [
        ("usr_1", "usr_1"),
        ("AZaz09-._~", "AZaz09-._~"),
        ("a/b", "a%2Fb"),
        ("a%2e", "a%252e"),
        ("%2e%2e", "%252e%252e"),
        ("..%2f..", "..%252f.."),
        ("a b", "a%20b"),
        (" ", "%20"),
        ("a+b", "a%2Bb"),
        ("?#[]@!$&'()*+,;=", "%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D"),
        ("é", "%C3%A9"),
        ("😀", "%F0%9F%98%80"),
        ("\\", "%5C"),
        ("\0\r\n\t\u{7f}", "%00%0D%0A%09%7F"),
        ("...", "..."),
        (".a", ".a"),
        ("..;", "..%3B"),
        ("null", "null"),
    ] {
        assert_eq!(target(&segment(id)), format!("/users/{expected}/tasks"), "{id:?}");
    }
}

#[test]
fn an_empty_or_dot_segment_is_refused() {
    for id in ["", ".", ".."] {
        let refusal = refusal(segment(id));
        assert!(refusal.contains("`id`") && refusal.contains("another endpoint"), "{id:?}: {refusal}");
    }
}

#[test]
fn values_that_form_a_dot_segment_are_refused() {
    for (name, extension) in [("", ""), (".", "")] {
        assert!(refusal(file(name, extension)).contains("another endpoint"), "{name:?}.{extension:?}");
    }
    assert!(refusal(file("", ".")).contains("another endpoint"));
    for (name, extension, expected) in
        [("a", "", "/files/a."), ("", "a", "/files/.a"), (".", ".", "/files/..."), ("..", "a", "/files/...a")]
    {
        assert_eq!(target(&file(name, extension)), expected);
    }
}

#[test]
fn an_encoded_dot_in_the_template_is_a_dot() {
    let built = |id: &str| request!("GET" "/a/%2e{id}/b", #[path] id: String = id);
    assert!(refusal(built("")).contains("another endpoint"));
    assert!(refusal(built(".")).contains("another endpoint"));
    assert_eq!(target(&built("..")), "/a/%2e../b");
    assert_eq!(target(&built("%2e")), "/a/%2e%252e/b");
}

/// An error in a path names the field of the segment.
#[test]
fn the_field_that_empties_a_segment_is_named() {
    let built = request!("GET" "/{a}/{b}", #[path] a: String = "x", #[path("b")] other: String = "");
    let error = built.unwrap_err();
    assert_eq!(error.field(), Some("other"));
    assert!(error.to_string().contains("`b`"), "{error}");
}

#[test]
fn an_absent_value_is_not_a_segment() {
    #[derive(serde::Serialize)]
    struct Id(Option<String>);
    assert!(refusal(request!("GET" "/{id}", #[path] id: Id = Id(None))).contains("is empty"));
    assert!(refusal(request!("GET" "/{id}", #[path] id: () = ())).contains("is empty"));
    assert!(refusal(request!("GET" "/{id}", #[path] id: Vec<u8> = [])).contains("is empty"));
    assert_eq!(target(&request!("GET" "/{id}", #[path] id: Id = Id(Some("a".to_owned())))), "/a");
}

#[test]
fn the_uri_is_relative() {
    let request = segment("a").unwrap();
    assert_eq!(request.uri().scheme(), None);
    assert_eq!(request.uri().authority(), None);
    // Text that looks like a host stays in the path.
    let built =
        request!("GET" "/{a}/{b}", #[path] a: String = "//evil.example", #[path] b: String = "@evil.example:80");
    assert_eq!(target(&built), "/%2F%2Fevil.example/%40evil.example%3A80");
}

#[test]
fn a_target_that_is_too_long_is_refused() {
    let built = |length: usize| request!("GET" "/{id}", #[path] id: String = "a".repeat(length));
    assert_eq!(target(&built(65_533)).len(), 65_534);
    assert!(refusal(built(65_534)).contains("65534"), "{}", refusal(built(65_534)));
    let query = request!("GET" "/", #[query] q: String = "é".repeat(20_000));
    assert!(refusal(query).contains("120004 bytes"));
}
