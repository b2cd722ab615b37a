//! The path of the field at which decoding stopped.

use std::fmt::Write;

/// The path of the last value that begins before a position of `serde_json`: lines from 1, columns as bytes from the
/// line's start. `None` for the document itself.
pub(super) fn of_position(document: &[u8], line: usize, column: usize) -> Option<String> {
    let line_start = match line.checked_sub(2) {
        Some(breaks) => document.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(breaks)?.0 + 1,
        None => 0,
    };
    through(document, line_start.saturating_add(column))
}

/// The path of the last value that begins before a byte, or at it.
pub(super) fn of_byte(document: &[u8], index: usize) -> Option<String> {
    through(document, index.saturating_add(1))
}

/// The path of the value that is current after the first `length` bytes. The last of these bytes is at fault.
fn through(document: &[u8], length: usize) -> Option<String> {
    let mut walk = Walk::default();
    walk.run(&document[..length.min(document.len())]);
    walk.render(document)
}

/// An open object or list, and its current value.
enum Container {
    /// An object, with the range of the current key in the document, without the quotes.
    Key(Option<(usize, usize)>),
    Index(usize),
}

#[derive(Default)]
struct Walk {
    open: Vec<Container>,
    /// The number of containers that make up the path of the current value. After the end of a container it is one less
    /// than there are.
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
                b'{' => self.enter(Container::Key(None), start, document.len()),
                b'[' => self.enter(Container::Index(0), start, document.len()),
                b'}' | b']' => {
                    self.open.pop();
                    self.depth = self.open.len();
                    self.key_next = false;
                }
                b',' => match self.open.last_mut() {
                    Some(Container::Index(index)) => {
                        *index += 1;
                        self.depth = self.open.len();
                    }
                    _ => self.key_next = true,
                },
                b':' => self.key_next = false,
                b'"' => {
                    let end = string_end(document, at);
                    at = end.unwrap_or(document.len());
                    // The last byte is the quote, or the byte at fault in a key that has not ended.
                    let text = (start + 1, at - 1);
                    if self.key_next
                        && (end.is_some() || text.0 < text.1)
                        && let Some(Container::Key(key)) = self.open.last_mut()
                    {
                        *key = Some(text);
                        self.depth = self.open.len();
                    }
                }
                _ => {}
            }
        }
    }

    /// Enters a container, unless its first byte is at fault: then it is itself the current value.
    fn enter(&mut self, container: Container, at: usize, end: usize) {
        if at + 1 == end && !self.open.is_empty() {
            return;
        }
        self.key_next = matches!(container, Container::Key(_));
        // Before its first key, an object is itself the current value.
        self.depth = self.open.len() + usize::from(matches!(container, Container::Index(_)));
        self.open.push(container);
    }

    fn render(&self, document: &[u8]) -> Option<String> {
        let mut path = String::new();
        for container in &self.open[..self.depth.min(self.open.len())] {
            match container {
                Container::Index(index) => write!(path, "[{index}]").ok()?,
                Container::Key(None) => break,
                Container::Key(Some((start, end))) => {
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
        of_position(document.as_bytes(), error.line(), error.column())
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
    fn the_path_of_any_byte_is_found() {
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
            assert_eq!(of_byte(document, at).as_deref(), expected, "{}", String::from_utf8_lossy(document));
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn any_document_and_position_is_accepted(document in "[\\[\\]{}:,\"\\\\a1\n]{0,40}", line in 0usize..4, column in 0usize..50) {
            let _ = of_position(document.as_bytes(), line, column);
            let _ = of_byte(document.as_bytes(), column);
        }
    }

    #[test]
    fn positions_outside_the_document_are_accepted() {
        for (line, column) in [(0, 0), (1, 99), (9, 9), (usize::MAX, usize::MAX)] {
            let _ = of_position(b"{\"a\":[1,\"\\", line, column);
        }
    }
}
