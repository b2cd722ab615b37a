//! Parsing lists of preferences (RFC 7240, section 2; RFC 9110, section 5.6.1).

use super::{InvalidPrefer, Pair, Preference};

/// All preferences, or an error if one is malformed.
pub(super) fn strict(text: &str) -> Result<Vec<Preference>, InvalidPrefer> {
    items(text).filter(|item| !item.is_empty()).map(preference).collect()
}

/// The preferences that are not malformed.
pub(super) fn lenient(text: &str) -> Vec<Preference> {
    items(text).filter_map(|item| preference(item).ok()).collect()
}

/// A token (RFC 9110, section 5.6.2).
pub(super) fn is_token(text: &str) -> bool {
    let is_tchar = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_tchar)
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    split(text, b',')
}

fn preference(item: &str) -> Result<Preference, InvalidPrefer> {
    let mut parts = split(item, b';');
    let token = pair(parts.next().unwrap_or_default())?;
    // The grammar allows `foo; ` and `foo;; bar`.
    let parameters = parts.filter(|part| !part.is_empty()).map(pair).collect::<Result<_, _>>()?;
    Ok(Preference { token, parameters })
}

fn pair(text: &str) -> Result<Pair, InvalidPrefer> {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    let value = value.trim_matches([' ', '\t']);
    let value = if value.starts_with('"') {
        unquoted(value)?
    } else if value.is_empty() || is_token(value) {
        value.to_owned()
    } else {
        return Err(InvalidPrefer("the value of a preference must be a token or in double quotes"));
    };
    Pair::new(name.trim_matches([' ', '\t']).to_owned(), value)
}

fn unquoted(quoted: &str) -> Result<String, InvalidPrefer> {
    const UNTERMINATED: InvalidPrefer = InvalidPrefer("a quoted string has no end, or text after its end");
    let mut text = String::new();
    let mut chars = quoted[1..].chars();
    loop {
        match chars.next().ok_or(UNTERMINATED)? {
            '"' if chars.as_str().is_empty() => return Ok(text),
            '"' => return Err(UNTERMINATED),
            '\\' => text.push(chars.next().ok_or(UNTERMINATED)?),
            c => text.push(c),
        }
    }
}

/// The parts of a text between separators outside quoted strings, without white space around them.
fn split(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (mut quoted, mut escaped) = (false, false);
        let end = text.bytes().position(|byte| {
            let found = byte == separator && !quoted;
            quoted ^= byte == b'"' && !escaped;
            escaped = quoted && byte == b'\\' && !escaped;
            found
        });
        let part = end.map_or(text, |end| &text[..end]);
        rest = end.map(|end| &text[end + 1..]);
        Some(part.trim_matches([' ', '\t']))
    })
}
