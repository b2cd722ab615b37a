//! Comparing requests by their meaning, and not by their bytes.

use serde_json::Value;
use std::collections::BTreeMap;

/// Decodes the percent-encoding of a part of a URI.
///
/// # Errors
///
/// The text is malformed.
pub fn decode(text: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((plain, tail)) = rest.split_once('%') {
        bytes.extend_from_slice(plain.as_bytes());
        let byte = tail.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.ok_or_else(|| format!("a `%` that encodes nothing in {text:?}"))?);
        rest = &tail[2..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).map_err(|_| format!("not UTF-8 once decoded: {text:?}"))
}

/// The decoded segments of a target's path.
///
/// # Errors
///
/// The errors of [`decode`].
pub fn segments(target: &str) -> Result<Vec<String>, String> {
    let path = target.split('?').next().unwrap_or_default();
    path.split('/').map(decode).collect()
}

/// The decoded pairs of a target's query, in order.
///
/// # Errors
///
/// The errors of [`decode`].
pub fn pairs(target: &str) -> Result<Vec<(String, String)>, String> {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    pairs_of(query)
}

/// The decoded pairs of a query without its `?`, or of a form.
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

/// The values of each key, in order. The order of different keys does not count.
#[must_use]
pub fn by_key(pairs: Vec<(String, String)>) -> BTreeMap<String, Vec<String>> {
    let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (key, value) in pairs {
        keys.entry(key).or_default().push(value);
    }
    keys
}

/// Whether two JSON values are equal. Numbers are compared by value: `42` is equal to `42.0`.
#[must_use]
pub fn same_json(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same_json(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, left)| right.get(key).is_some_and(|right| same_json(left, right)))
        }
        _ => left == right,
    }
}

/// Checks that a target only contains unreserved characters and its syntax: `/` in the path, `?` before the query, `&` and
/// `=` in it, and `between` between the items of joined lists.
///
/// # Errors
///
/// The first byte that is not allowed.
pub fn escaped(target: &str, between: &[char]) -> Result<(), String> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let raw = |text: &str, syntax: &[char]| {
        let mut rest = text.chars();
        while let Some(character) = rest.next() {
            let hex = |digit: Option<char>| digit.is_some_and(|digit| matches!(digit, '0'..='9' | 'A'..='F'));
            let fine = match character {
                '%' => hex(rest.next()) && hex(rest.next()),
                'A'..='Z' | 'a'..='z' | '0'..='9' | '-' | '.' | '_' | '~' => true,
                other => syntax.contains(&other) || between.contains(&other),
            };
            if !fine {
                return Err(format!("`{character}` stands raw in {text:?}"));
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
