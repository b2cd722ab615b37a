//! The grammar of RFC 7240, section 2, over lists as recipients must read them (RFC 9110, section 5.6.1).

use super::{InvalidPrefer, Pair, Preference};

/// Every preference, or what is wrong with the text.
pub(super) fn strict(text: &str) -> Result<Vec<Preference>, InvalidPrefer> {
    items(text).filter(|item| !item.is_empty()).map(preference).collect()
}

/// Every preference that can be read.
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
    // `foo; ` and `foo;; bar` are allowed by the grammar.
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
        return Err(InvalidPrefer("a preference's value that is not a token is in double quotes"));
    };
    Pair::checked(name.trim_matches([' ', '\t']).to_owned(), value)
}

fn unquoted(quoted: &str) -> Result<String, InvalidPrefer> {
    const UNENDED: InvalidPrefer = InvalidPrefer("a quoted string has no end, or something after it");
    let mut text = String::new();
    let mut chars = quoted[1..].chars();
    loop {
        match chars.next().ok_or(UNENDED)? {
            '"' if chars.as_str().is_empty() => return Ok(text),
            '"' => return Err(UNENDED),
            '\\' => text.push(chars.next().ok_or(UNENDED)?),
            c => text.push(c),
        }
    }
}

/// The parts of a text between separators that are not inside a quoted string, without the space around them.
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
