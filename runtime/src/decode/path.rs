//! The path of the field at which decoding stopped.

use std::fmt::Write;

/// The path of the last value that begins before a position of `serde_json`: lines from 1, columns as bytes from the
/// line's start. `None` for the document itself.
pub(super) fn at(document: &[u8], line: usize, column: usize) -> Option<String> {
    let line_start = match line.checked_sub(2) {
        Some(breaks) => document.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(breaks)?.0 + 1,
        None => 0,
    };
    through(document, line_start.saturating_add(column))
}

/// The same for the byte at this place of the document.
pub(super) fn at_byte(document: &[u8], index: usize) -> Option<String> {
    through(document, index.saturating_add(1))
}

/// The same for a document of which so much was read, the byte at fault last.
fn through(document: &[u8], length: usize) -> Option<String> {
    let mut walk = Walk::default();
    walk.run(&document[..length.min(document.len())]);
    walk.render(document)
}

/// A container that is open, and the value in it that is current.
enum Place {
    /// An object, with the key's position in the document: its text without the quotes.
    Key(Option<(usize, usize)>),
    Index(usize),
}

#[derive(Default)]
struct Walk {
    open: Vec<Place>,
    /// How many of `open` make up the path of the current value. One less than there are when a container has ended.
    depth: usize,
    /// The next string is a key.
    key_next: bool,
}

impl Walk {
    fn run(&mut self, document: &[u8]) {
        let mut at = 0;
        while let Some(&byte) = document.get(at) {
            let start = at;
            at += 1;
            match byte {
                b'{' => self.enter(Place::Key(None), start, document.len()),
                b'[' => self.enter(Place::Index(0), start, document.len()),
                b'}' | b']' => {
                    self.open.pop();
                    self.depth = self.open.len();
                    self.key_next = false;
                }
                b',' => match self.open.last_mut() {
                    Some(Place::Index(index)) => {
                        *index += 1;
                        self.depth = self.open.len();
                    }
                    _ => self.key_next = true,
                },
                b':' => self.key_next = false,
                b'"' => {
                    let end = string_end(document, at);
                    at = end.unwrap_or(document.len());
                    // The last byte is the quote, or what is at fault in a key that has not ended.
                    let text = (start + 1, at - 1);
                    if self.key_next
                        && (end.is_some() || text.0 < text.1)
                        && let Some(Place::Key(key)) = self.open.last_mut()
                    {
                        *key = Some(text);
                        self.depth = self.open.len();
                    }
                }
                _ => {}
            }
        }
    }

    /// A container that the position only points at is not entered: it is itself the value at fault.
    fn enter(&mut self, place: Place, at: usize, end: usize) {
        if at + 1 == end && !self.open.is_empty() {
            return;
        }
        self.key_next = matches!(place, Place::Key(_));
        // Until its first key an object is itself current.
        self.depth = self.open.len() + usize::from(matches!(place, Place::Index(_)));
        self.open.push(place);
    }

    fn render(&self, document: &[u8]) -> Option<String> {
        let mut path = String::new();
        for place in &self.open[..self.depth.min(self.open.len())] {
            match place {
                Place::Index(index) => write!(path, "[{index}]").ok()?,
                Place::Key(None) => break,
                Place::Key(Some((start, end))) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(&String::from_utf8_lossy(document.get(*start..*end)?));
                }
            }
        }
        Some(path).filter(|path| !path.is_empty())
    }
}

/// The position after the closing quote.
fn string_end(document: &[u8], mut at: usize) -> Option<usize> {
    while let Some(byte) = document.get(at) {
        at += match byte {
            b'"' => return Some(at + 1),
            b'\\' => 2,
            _ => 1,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only decoded")]
    struct Page {
        data: Vec<User>,
        next: Option<String>,
        #[serde(default)]
        flags: BTreeMap<String, bool>,
        #[serde(default)]
        matrix: Vec<Vec<u8>>,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only decoded")]
    struct User {
        id: String,
        age: Option<u8>,
        status: Option<Status>,
        address: Option<Address>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only decoded")]
    struct Address {
        city: String,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Status {
        Active,
    }

    fn path(document: &str) -> Option<String> {
        let error = serde_json::from_str::<Page>(document).unwrap_err();
        at(document.as_bytes(), error.line(), error.column())
    }

    #[test]
    fn agrees_with_serde_path_to_error() {
        let documents = [
            r#"{"data":[{"id":"1"},{"id":2}]}"#,
            r#"{"data":[{"id":"1"},{"age":2}]}"#,
            r#"{"data":[{"id":"1"},{"id":"2","age":-1}], "next":null}"#,
            r#"{"data":[{"id":"1"},{"id":"2","age":300}]}"#,
            r#"{"data":[{"id":"1","age":1.5}]}"#,
            r#"{"data":[{"id":"1","age":"ten"}]}"#,
            r#"{"data":[{"id":"1","age":null,"status":"gone"}]}"#,
            r#"{"data":[{"id":"a\"}]{,:b","status":"gone"}]}"#,
            r#"{"data":[{"id":{"nested":1}}]}"#,
            r#"{"data":[{"id":["nested"]}]}"#,
            r#"{"data":[{"id":null}]}"#,
            r#"{"data":[{"id":true}]}"#,
            r#"{"data":[{"id":"1","address":{"city":7}}]}"#,
            r#"{"data":[{"id":"1","address":{"town":"x"}}]}"#,
            r#"{"data":[{"id":"1","address":{}}]}"#,
            r#"{"data":[{"id":"1","address":[]}]}"#,
            r#"{"data":[1]}"#,
            r#"{"data":{}}"#,
            r#"{"data":[],"next":[]}"#,
            r#"{"data":[],"flags":{"a":true,"b":0}}"#,
            r#"{"data":[],"matrix":[[1,2],[3,"x"]]}"#,
            r#"{"data":[],"matrix":[[1,2],"x"]}"#,
            r#"{"data":[],"matrix":[[],{}]}"#,
            r#"{"next":"x"}"#,
            "{\n  \"data\": [\n    {\n      \"id\": \"1\"\n    },\n    {\n      \"id\": 2\n    }\n  ]\n}",
            "{\n  \"data\": [ ],\n\n  \"next\" : 5\n}",
            "[]",
            "7",
        ];
        for document in documents {
            let mut deserializer = serde_json::Deserializer::from_str(document);
            let error = serde_path_to_error::deserialize::<_, Page>(&mut deserializer).unwrap_err();
            let expected = Some(error.path().to_string()).filter(|path| path != ".");
            assert_eq!(path(document), expected, "{document}: {error}");
        }
    }

    #[test]
    fn a_byte_at_fault_is_found_wherever_it_is() {
        let documents: [(&[u8], Option<&str>); 11] = [
            (b"\xE9", None),
            (b"{\xE9}", None),
            (b"{\"\xE9\":1}", None),
            (b"{\"data\":[\xE9]}", Some("data[0]")),
            (b"{\"m\":[[1,2],[\xE9]]}", Some("m[1][0]")),
            (b"{\"data\":[{\"id\":\"caf\xE9\"}]}", Some("data[0].id")),
            (b"{\"data\":[{\"id\":1},{\"na\xE9me\":1}]}", Some("data[1].na")),
            (b"{\"data\":[{\"id\":1},{\"\xE9\":1}]}", Some("data[1]")),
            (b"{\"data\":[{\"caf\xC3\xA9\xE9\":1}]}", Some("data[0].caf\u{e9}")),
            (b"{\"data\":[{\"a\\\"b\xE9\":1}]}", Some("data[0].a\\\"b")),
            (b"{\"data\":[],\"next\":{}\xE9}", Some("next")),
        ];
        for (document, expected) in documents {
            let at = std::str::from_utf8(document).unwrap_err().valid_up_to();
            assert_eq!(at_byte(document, at).as_deref(), expected, "{}", String::from_utf8_lossy(document));
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn any_document_and_position_is_survived(document in "[\\[\\]{}:,\"\\\\a1\n]{0,40}", line in 0usize..4, column in 0usize..50) {
            let _ = at(document.as_bytes(), line, column);
            let _ = at_byte(document.as_bytes(), column);
        }
    }

    #[test]
    fn positions_outside_the_document_are_survived() {
        for (line, column) in [(0, 0), (1, 99), (9, 9), (usize::MAX, usize::MAX)] {
            let _ = at(b"{\"a\":[1,\"\\", line, column);
        }
    }
}
