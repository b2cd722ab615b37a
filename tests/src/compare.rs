//! Functions to compare requests by their meaning: decoded paths and queries, and JSON by value.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Decodes the percent-encoding of a part of a URI.
///
/// # Errors
///
/// The encoding is malformed, or the decoded text is not UTF-8.
pub fn decode(text: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((plain, tail)) = rest.split_once('%') {
        bytes.extend_from_slice(plain.as_bytes());
        let byte = tail.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.ok_or_else(|| format!("a `%` without two hexadecimal digits in {text:?}"))?);
        rest = &tail[2..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).map_err(|_| format!("not UTF-8 after decoding: {text:?}"))
}

/// The decoded segments of the path of a target.
///
/// # Errors
///
/// The errors of [`decode`].
pub fn segments(target: &str) -> Result<Vec<String>, String> {
    let path = target.split('?').next().unwrap_or_default();
    path.split('/').map(decode).collect()
}

/// The decoded pairs of the query of a target, in order.
///
/// # Errors
///
/// The errors of [`decode`].
pub fn pairs(target: &str) -> Result<Vec<(String, String)>, String> {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    pairs_of(query)
}

/// The decoded pairs of a query without its `?`, or of a form, in order.
///
/// # Errors
///
/// The errors of [`decode`].
pub fn pairs_of(query: &str) -> Result<Vec<(String, String)>, String> {
    let parts = query.split('&').filter(|pair| !pair.is_empty());
    parts
        .map(|pair| {
            let (key, value) = pair.split_once('=').ok_or_else(|| format!("no `=` in {pair:?}"))?;
            Ok((decode(key)?, decode(value)?))
        })
        .collect()
}

/// The query of an input by the wire rules: the keys of an object are in brackets, a list repeats its key, an object in a list
/// is JSON, and null is left out.
#[must_use]
pub fn pairs_by_the_rules(query: &Map<String, Value>) -> Vec<(String, String)> {
    fn write(pairs: &mut Vec<(String, String)>, key: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::Object(fields) => {
                fields.iter().for_each(|(name, value)| write(pairs, &format!("{key}[{name}]"), value));
            }
            Value::Array(items) => items.iter().for_each(|item| match item {
                Value::Object(_) | Value::Array(_) => pairs.push((key.to_owned(), item.to_string())),
                scalar => write(pairs, key, scalar),
            }),
            Value::String(text) => pairs.push((key.to_owned(), text.clone())),
            other => pairs.push((key.to_owned(), other.to_string())),
        }
    }
    let mut pairs = Vec::new();
    query.iter().for_each(|(key, value)| write(&mut pairs, key, value));
    pairs
}

/// The values of each key. The values of a key keep their order; the order of the keys is lost.
#[must_use]
pub fn by_key(pairs: Vec<(String, String)>) -> BTreeMap<String, Vec<String>> {
    let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (key, value) in pairs {
        keys.entry(key).or_default().push(value);
    }
    keys
}

/// Parses JSON to compare it by value: see [`with_floats`].
///
/// # Errors
///
/// The bytes are not JSON.
pub fn json(bytes: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(bytes).map(with_floats)
}

/// Makes every number a float, so that `42` and `42.0` are equal.
#[must_use]
pub fn with_floats(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().map_or(Value::Number(number), Value::from),
        Value::Array(items) => items.into_iter().map(with_floats).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (key, with_floats(value))).collect(),
        other => other,
    }
}

/// Checks that every character in the path and the query of a target is encoded, except unreserved characters, the syntax
/// (`/`, `?`, `&` and `=`), and the delimiters of joined lists.
///
/// # Errors
///
/// The first character that is not encoded.
pub fn escaped(target: &str, delimiters: &[char]) -> Result<(), String> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let raw = |text: &str, syntax: &[char]| {
        let mut rest = text.chars();
        while let Some(character) = rest.next() {
            let hex = |digit: Option<char>| digit.is_some_and(|digit| matches!(digit, '0'..='9' | 'A'..='F'));
            let fine = match character {
                '%' => hex(rest.next()) && hex(rest.next()),
                'A'..='Z' | 'a'..='z' | '0'..='9' | '-' | '.' | '_' | '~' => true,
                other => syntax.contains(&other) || delimiters.contains(&other),
            };
            if !fine {
                return Err(format!("`{character}` is not encoded in {text:?}"));
            }
        }
        Ok(())
    };
    raw(path, &['/'])?;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').ok_or_else(|| format!("no `=` in {pair:?}"))?;
        raw(key, &[])?;
        raw(value, &[])?;
    }
    Ok(())
}

/// A header value as text, one character for each byte.
#[must_use]
pub fn latin1(value: &[u8]) -> String {
    value.iter().map(|&byte| char::from(byte)).collect()
}
