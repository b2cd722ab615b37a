//! Reading the values in a path, a query or a form.

use std::borrow::Cow;

/// The decoded text of a placeholder in a path. The path may have the prefix of a base URL.
pub(super) fn placeholder(template: &str, path: &str, name: &str) -> Option<String> {
    encoded_placeholder(template, path, name).map(|value| decode(value).into_owned())
}

/// The text of a placeholder as it was sent.
pub(super) fn encoded_placeholder<'a>(template: &str, path: &'a str, name: &str) -> Option<&'a str> {
    let placeholder = format!("{{{name}}}");
    let (before, after) = template.split_once(&placeholder)?;
    let segments_after = after.matches('/').count();
    let segment = path.rsplit('/').nth(segments_after)?;
    let mut rest = segment;
    let mut template_rest = before.rsplit('/').next()?;
    // Skip the placeholders before this one in the same segment, and the text between them.
    while let Some((text, more)) = template_rest.split_once('{') {
        rest = rest.strip_prefix(text)?;
        let (_, more) = more.split_once('}')?;
        let separator = more.split('{').next().unwrap_or_default();
        rest = &rest[rest.find(separator)?..];
        template_rest = more;
    }
    rest = rest.strip_prefix(template_rest)?;
    let text_after = after.split(['/', '{']).next().unwrap_or_default();
    let is_last = after.split('/').next().is_none_or(|rest| !rest.contains('{'));
    if is_last { rest.strip_suffix(text_after) } else { Some(rest.split_once(text_after)?.0) }
}

/// The pairs of a query or a form, decoded.
pub(super) fn pairs(text: &str, is_form: bool) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let text = if is_form { Cow::Owned(text.replace('+', " ")) } else { Cow::Borrowed(text) };
        decode(&text).into_owned()
    };
    let pair = |pair: &str| match pair.split_once('=') {
        Some((name, value)) => (decode(name), decode(value)),
        None => (decode(pair), String::new()),
    };
    text.split('&').filter(|text| !text.is_empty()).map(pair).collect()
}

/// Decodes percent-encoded UTF-8. Anything else stays as it is.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(&byte) = bytes.get(index) {
        let digits = text.get(index + 1..index + 3).filter(|_| byte == b'%');
        if let Some(value) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            decoded.push(value);
            index += 3;
        } else {
            decoded.push(byte);
            index += 1;
        }
    }
    Cow::Owned(String::from_utf8_lossy(&decoded).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_read_at_any_place() {
        let template = "/a/{x}.{y}-z/b/{id}";
        let path = "/prefix/a/1%2F2.3-4-z/b/%C3%A9%25";
        let value = |name| placeholder(template, path, name);
        assert_eq!(value("x").as_deref(), Some("1/2"));
        assert_eq!(value("y").as_deref(), Some("3-4"));
        assert_eq!(value("id").as_deref(), Some("é%"));
        assert_eq!(value("other"), None);
        assert_eq!(placeholder("/a/{id}/", "/a/7/", "id").as_deref(), Some("7"));
        assert_eq!(placeholder("/a/v{id}", "/a/w7", "id"), None);
    }

    #[test]
    fn pairs_are_decoded() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(pairs("a%5Bb%5D=1+2&c&d=%", false), [pair("a[b]", "1+2"), pair("c", ""), pair("d", "%")]);
        assert_eq!(pairs("a=1+2", true), [pair("a", "1 2")]);
    }
}
