//! The file name in `Content-Disposition` (RFC 6266).

use http::{HeaderMap, header::CONTENT_DISPOSITION};

/// The longest name in bytes that common file systems accept.
const MAX_LENGTH: usize = 255;

/// The file name that a response suggests. `filename*` comes before `filename` (RFC 6266, section 4.3).
pub(super) fn file_name(headers: &HeaderMap) -> Option<String> {
    let parameters = parameters(headers.get(CONTENT_DISPOSITION)?.as_bytes());
    let value = |name: &str| parameters.iter().find(|(key, _)| key.eq_ignore_ascii_case(name.as_bytes()));
    let extended = value("filename*").and_then(|(_, value)| decode_extended(value)).and_then(|name| safe_name(&name));
    extended.or_else(|| value("filename").and_then(|(_, value)| safe_name(&text(value))))
}

/// The parameters after the disposition type.
fn parameters(header: &[u8]) -> Vec<(&[u8], Vec<u8>)> {
    let (mut parameters, mut rest) = (Vec::new(), header);
    while !rest.is_empty() {
        let (parameter, after) = split_parameter(rest);
        rest = after;
        if let Some(equals) = parameter.iter().position(|byte| *byte == b'=') {
            let (name, value) = (parameter[..equals].trim_ascii(), parameter[equals + 1..].trim_ascii());
            parameters.push((name, unquoted(value)));
        }
    }
    parameters
}

/// The text up to the next semicolon that is not in a quoted string, and the text after it.
fn split_parameter(header: &[u8]) -> (&[u8], &[u8]) {
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (index, byte) in header.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            b';' if !is_quoted => return (&header[..index], &header[index + 1..]),
            _ => {}
        }
    }
    (header, &[])
}

/// The content of a quoted string, or the token itself (RFC 9110, section 5.6.4).
fn unquoted(value: &[u8]) -> Vec<u8> {
    let Some(quoted) = value.strip_prefix(b"\"") else { return value.to_vec() };
    let (mut content, mut bytes) = (Vec::new(), quoted.iter());
    while let Some(&byte) = bytes.next() {
        match byte {
            b'"' => break,
            b'\\' => content.extend(bytes.next()),
            _ => content.push(byte),
        }
    }
    content
}

/// A value with its charset, as in `UTF-8''%e2%82%ac.txt` (RFC 8187, section 3.2). `None` if it is malformed.
fn decode_extended(value: &[u8]) -> Option<String> {
    let mut parts = value.splitn(3, |byte| *byte == b'\'');
    let (charset, _language, encoded) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = percent_decoded(encoded)?;
    if charset.eq_ignore_ascii_case(b"utf-8") {
        String::from_utf8(bytes).ok()
    } else if charset.eq_ignore_ascii_case(b"iso-8859-1") {
        Some(latin_1(&bytes))
    } else {
        None
    }
}

fn percent_decoded(encoded: &[u8]) -> Option<Vec<u8>> {
    let (mut decoded, mut bytes) = (Vec::with_capacity(encoded.len()), encoded.iter());
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    while let Some(&byte) = bytes.next() {
        decoded.push(if byte == b'%' { digit(bytes.next())? << 4 | digit(bytes.next())? } else { byte });
    }
    Some(decoded)
}

/// Servers send UTF-8 or Latin-1 in `filename`.
fn text(bytes: &[u8]) -> String {
    str::from_utf8(bytes).map_or_else(|_| latin_1(bytes), str::to_owned)
}

fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// A name that stays in its directory on every system. `None` if nothing is left.
fn safe_name(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next()?;
    let name: String = last.chars().filter(|char| !char.is_control() && !is_direction(*char)).map(replace).collect();
    // Windows removes dots and spaces at the end, so that `..` and `. .` would be directories.
    let name = name.trim().trim_end_matches(['.', ' ']);
    let stem = name.split('.').next()?;
    let name = if is_device(stem) { format!("_{name}") } else { name.to_owned() };
    (!name.is_empty()).then(|| shortened(name))
}

/// Characters that change the direction of text, which can hide the extension.
fn is_direction(char: char) -> bool {
    matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Windows gives these characters a meaning: `a.txt:b` is a stream of `a.txt`.
fn replace(char: char) -> char {
    if matches!(char, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { char }
}

/// The names of devices on Windows, with any extension.
fn is_device(stem: &str) -> bool {
    let stem = stem.trim().to_ascii_uppercase();
    let numbered =
        |prefix| stem.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit());
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

/// Keeps a short extension.
fn shortened(name: String) -> String {
    if name.len() <= MAX_LENGTH {
        return name;
    }
    let extension = name.rfind('.').filter(|dot| name.len() - dot <= 16).map_or("", |dot| &name[dot..]);
    let end = (0..=MAX_LENGTH - extension.len()).rev().find(|end| name.is_char_boundary(*end)).unwrap_or_default();
    format!("{}{extension}", &name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn name(header: impl AsRef<[u8]>) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_DISPOSITION, HeaderValue::from_bytes(header.as_ref()).unwrap());
        file_name(&headers)
    }

    #[test]
    fn both_forms_are_read() {
        for (header, expected) in [
            (r#"attachment; filename="a b.pdf""#, "a b.pdf"),
            ("attachment;filename=a.pdf", "a.pdf"),
            ("inline; FileName = a.pdf ; size=3", "a.pdf"),
            (r#"attachment; filename="a\"; b.pdf""#, "a_; b.pdf"),
            ("attachment; filename*=UTF-8''%e2%82%ac%20rates.txt", "€ rates.txt"),
            ("attachment; filename*=iso-8859-1'en'%A3%20rates.txt", "£ rates.txt"),
            (r#"attachment; filename="EURO.txt"; filename*=utf-8''%e2%82%ac.txt"#, "€.txt"),
            (r#"attachment; filename*=utf-8''%e2%82.txt; filename="EURO.txt""#, "EURO.txt"),
            (r#"attachment; filename*=koi8-r''%a3; filename="a.txt""#, "a.txt"),
            (r#"attachment; filename*=utf-8''%; filename="a.txt""#, "a.txt"),
            (r#"attachment; filename="unclosed.txt"#, "unclosed.txt"),
        ] {
            assert_eq!(name(header).as_deref(), Some(expected), "{header}");
        }
        assert_eq!(name(b"attachment; filename=\"\xa3.txt\"").as_deref(), Some("£.txt"));
        assert_eq!(name("attachment; filename=\"€.txt\"").as_deref(), Some("€.txt"));
        assert_eq!((name("attachment"), name("")), (None, None));
    }

    #[test]
    fn a_name_is_never_a_path() {
        for (header, expected) in [
            ("attachment; filename=\"../../etc/passwd\"", Some("passwd")),
            ("attachment; filename*=utf-8''..%2f..%2Fetc%2fpasswd", Some("passwd")),
            ("attachment; filename*=utf-8''..%5c..%5cboot.ini", Some("boot.ini")),
            (r#"attachment; filename="C:\\Users\\a.txt""#, Some("a.txt")),
            ("attachment; filename=\"/etc/\"", None),
            ("attachment; filename=\"..\"", None),
            ("attachment; filename=\". .\"", None),
            ("attachment; filename=\".\"", None),
            ("attachment; filename=\"\"", None),
            ("attachment; filename*=utf-8''a%0d%0a%00b%7f%c2%85.txt", Some("ab.txt")),
            ("attachment; filename*=utf-8''a%e2%80%aetxt.exe", Some("atxt.exe")),
            ("attachment; filename=\"a.txt:stream\"", Some("a.txt_stream")),
            ("attachment; filename=\"nul.txt\"", Some("_nul.txt")),
            ("attachment; filename=\"a.txt. . \"", Some("a.txt")),
        ] {
            assert_eq!(name(header).as_deref(), expected, "{header}");
        }
        let long = name(format!("attachment; filename=\"{}.pdf\"", "ä".repeat(300))).unwrap();
        assert!(long.len() <= 255 && long.ends_with("ä.pdf"), "{long}");
    }
}
