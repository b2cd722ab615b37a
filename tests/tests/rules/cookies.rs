//! Cookies: the header that they form, as the crate `cookie` reads it, and the values that are refused.

use super::{Built, refusal, request};
use cookie::Cookie;
use proptest::{collection::vec, prelude::*};
use stackone::{Operation, operation::Location, stackone_operation};
use std::collections::BTreeMap;

/// The `Cookie` header. There is at most one, and it is sensitive.
fn header(built: Built) -> Option<String> {
    let request = built.unwrap_or_else(|error| panic!("{error}"));
    let headers: Vec<_> = request.headers().get_all("cookie").iter().collect();
    assert!(headers.len() <= 1 && headers.iter().all(|header| header.is_sensitive()), "{headers:?}");
    headers.first().map(|header| header.to_str().unwrap().to_owned())
}

/// The names and values that a server reads.
fn read(header: &str) -> Vec<(String, String)> {
    let cookies = Cookie::split_parse(header).map(|cookie| cookie.unwrap());
    cookies.map(|cookie| (cookie.name().to_owned(), cookie.value().to_owned())).collect()
}

#[test]
fn all_cookies_are_one_header() {
    let built = request!("GET" "/",
        #[cookie] theme: String = "dark",
        #[header] x_other: String = "1",
        #[cookie("__Host-sid")] session: Option<String> = Some("31d4d96e".to_owned()),
        #[cookie] absent: Option<String> = None,
        #[cookie] page: u8 = 3,
        #[cookie] agreed: bool = true,
    );
    assert_eq!(header(built).unwrap(), "theme=dark; __Host-sid=31d4d96e; page=3; agreed=true");
}

#[test]
fn without_a_value_there_is_no_header() {
    assert_eq!(
        header(request!("GET" "/", #[cookie] absent: Option<String> = None, #[cookie] list: Vec<u8> = [])),
        None
    );
    assert_eq!(header(request!("GET" "/", #[cookie] empty: String = "")).unwrap(), "empty=");
}

#[test]
fn each_item_of_a_list_is_a_pair() {
    let built = request!("GET" "/", #[cookie] id: Vec<String> = ["a".to_owned(), "b=c".to_owned()]);
    let header = header(built).unwrap();
    assert_eq!(header, "id=a; id=b=c");
    assert_eq!(read(&header), [("id".to_owned(), "a".to_owned()), ("id".to_owned(), "b=c".to_owned())]);
}

#[test]
fn quotes_around_a_value_are_part_of_it() {
    let header = header(request!("GET" "/", #[cookie] id: String = "\"a b\"".replace(' ', "_"))).unwrap();
    assert_eq!(header, "id=\"a_b\"");
    assert_eq!(read(&header)[0].1, "\"a_b\"");
}

#[test]
fn what_a_cookie_cannot_hold_is_refused_without_the_value() {
    for secret in [
        "hunter 2",
        "hunter,2",
        "hunter;2",
        "hunter\"2",
        "hunter\\2",
        "hunter\n2",
        "hunter\u{7f}2",
        "hünter2",
        "\"hunter\"2",
    ] {
        let refusal = refusal(request!("GET" "/", #[cookie("sid")] session: String = secret));
        assert!(refusal.contains("`session` (cookie `sid`) contains a character that a cookie cannot"), "{refusal}");
        assert!(!refusal.contains("nter") && !refusal.contains(secret), "{refusal}");
    }
    for (name, refused) in [
        ("an object", refusal(request!("GET" "/", #[cookie] value: BTreeMap<String, u8> = [("hunter".to_owned(), 2)]))),
        ("an empty object", refusal(request!("GET" "/", #[cookie] value: BTreeMap<String, u8> = []))),
        ("a nested list", refusal(request!("GET" "/", #[cookie] value: Vec<Vec<u8>> = [vec![1]]))),
    ] {
        assert!(refused.contains("declare a field for each cookie"), "{name}: {refused}");
        assert!(!refused.contains("hunter"), "{refused}");
    }
}

#[test]
fn a_declared_cookie_header_is_sensitive() {
    let cookies = header(request!("GET" "/", #[header] cookie: String = "a=1; b=2"));
    assert_eq!(cookies.unwrap(), "a=1; b=2");
}

#[test]
fn cookies_are_in_the_metadata() {
    #[stackone_operation(method = "GET", path = "/")]
    struct CookieRequest {
        #[cookie("sid")]
        session: Option<String>,
    }
    let [parameter] = CookieRequest::metadata().parameters() else { panic!("one parameter") };
    assert_eq!((parameter.field(), parameter.name(), parameter.location()), ("session", "sid", Location::Cookie));
    assert!(parameter.is_sensitive() && !parameter.is_required() && parameter.explode());
}

/// The characters of cookies, and some that a cookie cannot contain.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[!#-+\\--:<-\\[\\]-~]{0,40}", "\"[!#-+\\--:<-\\[\\]-~]{0,40}\"", "[ -~]{0,4}", any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_server_reads_the_same_values(first in text(), list in vec(text(), 0..4), last in text()) {
        let expected: Vec<_> = [("first", &first)]
            .into_iter()
            .chain(list.iter().map(|value| ("list", value)))
            .chain([("last", &last)])
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect();
        let built = request!("GET" "/",
            #[cookie] first: String = first.clone(), #[cookie] list: Vec<String> = list.clone(), #[cookie] last: String = last.clone());
        let is_octet = |c: char| matches!(c, '!' | '#'..='+' | '-'..=':' | '<'..='[' | ']'..='~');
        let is_value = |value: &str| {
            let content = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value);
            content.chars().all(is_octet)
        };
        match built {
            Ok(request) => {
                prop_assert!(expected.iter().all(|(_, value)| is_value(value)));
                prop_assert_eq!(read(request.headers()["cookie"].to_str().unwrap()), expected);
            }
            Err(error) => prop_assert!(!expected.iter().all(|(_, value)| is_value(value)), "{}", error),
        }
    }
}
