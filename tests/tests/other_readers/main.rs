//! Libraries that servers use read the same values from a request, for any text.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "these requests are literals, so that no builder is used")]

mod whole;

use proptest::{
    collection::{btree_map, vec},
    prelude::*,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use stackone::{Base64, Error, bytes::Bytes, http::Request, stackone_operation};
use std::{collections::BTreeMap, fmt::Debug};

/// Any text, with many characters that have a meaning in a form.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-z0-9 /?#%&=+,;|.\"\\\\\\[\\]{}\u{0}-\u{1f}\u{7f}-\u{ff}€😀-]{0,40}"]
}

/// A key of a map. No reader can tell a bracket in a key from a nested key.
fn key() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.replace(['[', ']'], "_")).prop_filter("a key has a character", |key| !key.is_empty())
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Flat {
    text: String,
    #[serde(rename = "a b&c")]
    other: String,
    number: i64,
    flag: bool,
    #[serde(default)]
    list: Vec<String>,
}

fn flat() -> impl Strategy<Value = Flat> {
    (text(), text(), any::<i64>(), any::<bool>(), vec(text(), 0..4))
        .prop_map(|(text, other, number, flag, list)| Flat { text, other, number, flag, list })
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Nested {
    text: String,
    #[serde(default)]
    list: Vec<String>,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
    inner: Inner,
}

impl Nested {
    /// Whether a list can repeat its key. `serde_qs` reads `list=` as an empty list.
    fn can_repeat(&self) -> bool {
        self.list != [""] && self.inner.tags != [""]
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Inner {
    name: String,
    #[serde(default)]
    tags: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Order {
    #[serde(default)]
    items: Vec<Inner>,
    #[serde(default)]
    matrix: Vec<Vec<String>>,
    nested: Nested,
}

fn inner() -> impl Strategy<Value = Inner> {
    (text(), vec(text(), 0..3)).prop_map(|(name, tags)| Inner { name, tags })
}

fn nested() -> impl Strategy<Value = Nested> {
    (text(), vec(text(), 0..3), btree_map(key(), text(), 0..4), inner())
        .prop_map(|(text, list, metadata, inner)| Nested { text, list, metadata, inner })
}

fn order() -> impl Strategy<Value = Order> {
    (vec(inner(), 0..3), vec(vec(text(), 1..3), 0..3), nested()).prop_map(|(items, matrix, nested)| Order {
        items,
        matrix,
        nested,
    })
}

macro_rules! form {
    ($value:expr $(, $($option:tt)*)?) => {{
        #[stackone_operation(method = "POST", path = "/")]
        struct Form<T: Serialize> {
            #[body(content_type = "application/x-www-form-urlencoded" $(, $($option)*)?)]
            value: T,
        }
        body(Form { value: $value.clone() }.into_http_request())
    }};
}

macro_rules! query {
    ($value:expr $(, $($option:tt)*)?) => {{
        #[stackone_operation(method = "GET", path = "/")]
        struct Query<T: Serialize> {
            #[query("q", style = "deepObject" $(, $($option)*)?)]
            value: T,
        }
        Query { value: $value.clone() }.into_http_request().unwrap().uri().query().unwrap_or_default().to_owned()
    }};
}

fn body(built: Result<Request<Bytes>, Error>) -> String {
    String::from_utf8(built.unwrap().into_body().to_vec()).unwrap()
}

/// What `serde_qs` reads. Brackets are encoded, as everything is that is not unreserved (RFC 3986).
fn read<T: DeserializeOwned>(sent: &str) -> Result<T, TestCaseError> {
    serde_qs::Config::new()
        .use_form_encoding(true)
        .max_depth(10)
        .deserialize_str(sent)
        .map_err(|error| TestCaseError::fail(format!("{error}: {sent}")))
}

/// The value under the name of the query parameter.
#[derive(Debug, Deserialize)]
struct InQuery<T> {
    q: T,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn serde_html_form_reads_a_flat_form(value in flat()) {
        let sent = form!(value);
        prop_assert_eq!(&serde_html_form::from_str::<Flat>(&sent).unwrap(), &value, "{}", sent);
        // A text that is a form already is the same form.
        prop_assert_eq!(form!(sent), sent);
    }

    #[test]
    fn serde_qs_reads_a_nested_form(value in nested()) {
        for sent in [
            form!(value, style = "deepObject", lists = "brackets"),
            form!(value, style = "deepObject", lists = "indices"),
        ] {
            prop_assert_eq!(&read::<Nested>(&sent)?, &value, "{}", sent);
        }
        if value.can_repeat() {
            let sent = form!(value, style = "deepObject");
            prop_assert_eq!(&read::<Nested>(&sent)?, &value, "{}", sent);
        }
    }

    #[test]
    fn serde_qs_reads_items_with_indices(value in order()) {
        let sent = form!(value, style = "deepObject", lists = "indices");
        prop_assert_eq!(&read::<Order>(&sent)?, &value, "{}", sent);
        let sent = query!(value, lists = "indices");
        prop_assert_eq!(&read::<InQuery<Order>>(&sent)?.q, &value, "{}", sent);
    }

    #[test]
    fn serde_qs_reads_a_deep_object_in_a_query(value in nested()) {
        for sent in [query!(value, lists = "brackets"), query!(value, lists = "indices")] {
            prop_assert_eq!(&read::<InQuery<Nested>>(&sent)?.q, &value, "{}", sent);
        }
        if value.can_repeat() {
            let sent = query!(value);
            prop_assert_eq!(&read::<InQuery<Nested>>(&sent)?.q, &value, "{}", sent);
        }
    }

    #[test]
    fn serde_json_reads_the_same_bytes_from_base64(bytes in vec(any::<u8>(), 0..300), name in text()) {
        #[derive(Serialize)]
        struct File {
            name: String,
            content: Base64,
        }
        #[stackone_operation(method = "POST", path = "/")]
        struct Upload {
            #[body]
            file: File,
        }
        let file = File { name: name.clone(), content: bytes.clone().into() };
        let sent = body(Upload { file }.into_http_request());
        let read: BTreeMap<String, serde_json::Value> = serde_json::from_str(&sent).unwrap();
        prop_assert_eq!(&read["name"], &name);
        let content: Base64 = serde_json::from_value(read["content"].clone()).unwrap();
        prop_assert_eq!(&content[..], &bytes[..]);
    }
}
