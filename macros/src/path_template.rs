//! The path template: literal segments and `{placeholders}`.

use crate::Diagnostics;
use syn::LitStr;

/// A path template and the names of its placeholders, in order.
pub(crate) struct PathTemplate {
    pub(crate) text: LitStr,
    pub(crate) placeholders: Vec<String>,
    /// Whether a placeholder is malformed. A field without a placeholder is then no further error.
    pub(crate) is_malformed: bool,
}

impl PathTemplate {
    /// Reads a template. Its valid placeholders are kept, so that one error in it is one message.
    pub(crate) fn read(text: LitStr, diagnostics: &mut Diagnostics) -> Self {
        let mut reader = Reader::default();
        reader.read(&text.value());
        for error in &reader.errors {
            diagnostics.at(&text, error);
        }
        Self { text, placeholders: reader.placeholders, is_malformed: reader.is_malformed }
    }
}

/// The errors and the placeholders of a template.
#[derive(Default)]
struct Reader {
    errors: Vec<String>,
    placeholders: Vec<String>,
    is_malformed: bool,
}

impl Reader {
    fn read(&mut self, path: &str) {
        self.errors.extend(check_start(path).err());
        let (target, rest) =
            path.split_at(outside_braces(path).find(|(_, c)| matches!(c, '?' | '#')).map_or(path.len(), |(at, _)| at));
        self.errors.extend(match rest.chars().next() {
            Some('?') => {
                Some("the path contains a `?`: declare each query parameter as a field with `#[query]`".to_owned())
            }
            Some(_) => Some(
                "the path contains a `#`: a fragment is never sent, so remove it, or write `%23` for the character"
                    .to_owned(),
            ),
            None => None,
        });
        self.is_malformed |= rest.contains('{');
        let segments: Vec<&str> = target.split('/').skip(usize::from(target.starts_with('/'))).collect();
        // Some APIs write one slash at the end of a collection.
        if segments.iter().rev().skip(1).any(|segment| segment.is_empty()) {
            self.errors.push("the path contains an empty segment (`//`): remove one `/`".to_owned());
        }
        if let Some(error) = error_in_braces(target, &segments) {
            self.errors.push(error);
            self.is_malformed = true;
        }
        for segment in &segments {
            if segment.contains("${") {
                let meant = segment.replace("${", "{");
                self.errors.push(format!("a placeholder has no `$`: write `{meant}`, or `%24` for the character"));
                self.is_malformed = true;
                continue;
            }
            let error = self.read_segment(segment).filter(|_| braces_match(segment));
            self.errors.extend(error);
        }
        for (index, name) in self.placeholders.iter().enumerate() {
            if self.placeholders[..index].contains(name) {
                self.errors.push(format!("the placeholder `{{{name}}}` is given twice: rename one"));
            }
        }
        self.is_malformed |= target.is_empty();
    }

    /// Reads one segment. Returns its first error.
    fn read_segment(&mut self, segment: &str) -> Option<String> {
        let mut error = None;
        let mut rest = segment;
        let mut adjacent = false;
        while let Some((text, (name, after))) = split_placeholder(rest) {
            let name_error = error_in_name(name);
            self.is_malformed |= name_error.is_some();
            if name_error.is_none() {
                self.placeholders.push(name.to_owned());
            }
            error = error.or_else(|| error_in_text(text)).or(name_error).or_else(|| {
                (adjacent && text.is_empty()).then(|| {
                    format!("`{{{name}}}` directly follows another placeholder: put text between them, so that a server can tell them apart")
                })
            });
            adjacent = true;
            rest = after;
        }
        let dots = segment.replace("%2e", ".").replace("%2E", ".");
        if dots == "." || dots == ".." {
            return Some(format!(
                "URL parsers resolve the path segment `{segment}`, so that another endpoint would be called: remove it"
            ));
        }
        error.or_else(|| error_in_text(rest.trim_matches(['{', '}'])))
    }
}

/// A path starts with a slash.
fn check_start(path: &str) -> Result<(), String> {
    if path.is_empty() {
        return Err("the path is empty: write `\"/\"` for the root".to_owned());
    }
    if path.contains("://") {
        return Err("the path starts with `/`: the client's base URL has the scheme and the host".to_owned());
    }
    if path.starts_with('/') {
        return Ok(());
    }
    Err(format!("the path starts with `/`: write `\"/{}\"`", path.trim().trim_start_matches('/')))
}

fn error_in_braces(path: &str, segments: &[&str]) -> Option<String> {
    let segment = segments.iter().find(|segment| !braces_match(segment))?;
    let across = path.split_once('{').and_then(|(_, tail)| tail.split_once('}'));
    Some(if let (true, Some((name, _))) = (braces_match(path), across) {
        format!("`{{{name}}}` contains a `/`: a placeholder is within one segment")
    } else {
        format!("the braces of `{segment}` do not match: a placeholder is `{{name}}`")
    })
}

/// The text before the first placeholder, its name, and the text after it.
fn split_placeholder(text: &str) -> Option<(&str, (&str, &str))> {
    let (text, tail) = text.split_once('{')?;
    Some((text, tail.split_once('}')?))
}

fn braces_match(segment: &str) -> bool {
    let mut open = false;
    for c in segment.chars() {
        match c {
            '{' if open => return false,
            '}' if !open => return false,
            '{' => open = true,
            '}' => open = false,
            _ => {}
        }
    }
    !open
}

fn outside_braces(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut depth = 0_usize;
    text.char_indices().filter(move |(_, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    })
}

fn error_in_name(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("the placeholder `{}` has no name: write the name of its field, as in `{id}`".to_owned());
    }
    let is_part = |part: &str| !part.is_empty() && part.chars().all(is_word);
    if name.split('.').all(is_part) {
        return None;
    }
    if name.starts_with(['?', '&']) {
        return Some(format!(
            "`{{{name}}}` is not a placeholder: declare each query parameter as a field with `#[query]`"
        ));
    }
    // Other libraries write a pattern after a colon.
    let wanted = name.split_once(':').map_or(name, |(before, _)| before);
    let wanted = wanted.strip_prefix("r#").unwrap_or(wanted);
    let parts: Vec<&str> = wanted.split(|c| !is_word(c)).filter(|part| !part.is_empty()).collect();
    let meant = if parts.is_empty() || !wanted.is_ascii() {
        String::new()
    } else {
        format!("; did you mean `{{{}}}`?", parts.join("_"))
    };
    Some(format!(
        "`{{{name}}}` is not a placeholder{meant}\na name consists of ASCII letters, digits, `_` and `-`, with single dots between them"
    ))
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

/// Checks the text outside placeholders: `pchar` of RFC 3986, with escapes.
fn error_in_text(text: &str) -> Option<String> {
    for (at, c) in text.char_indices() {
        if c == '%' {
            let digits = text.as_bytes().get(at + 1..at + 3);
            if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
                return Some(
                    "the path contains a `%` without two hexadecimal digits: write `%25` for the character".to_owned(),
                );
            }
        } else if !(c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@?#".contains(c)) {
            let escaped: String =
                c.to_string().bytes().fold(String::new(), |escaped, byte| format!("{escaped}%{byte:02X}"));
            return Some(format!("the path contains {c:?}, which a URL cannot contain: write `{escaped}`"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str) -> Reader {
        let mut reader = Reader::default();
        reader.read(path);
        reader
    }

    #[test]
    fn valid_templates_are_read() {
        for (path, expected) in [
            ("/", vec![]),
            ("/accounts", vec![]),
            ("/accounts/", vec![]),
            ("/users/{id}/assignments/{subResourceId}", vec!["id", "subResourceId"]),
            ("/files/{name}.{ext}", vec!["name", "ext"]),
            ("/a%20b/{x-y}:run", vec!["x-y"]),
            ("/v/{semi.dot}", vec!["semi.dot"]),
        ] {
            let reader = read(path);
            assert_eq!(reader.errors, Vec::<String>::new(), "{path}");
            assert_eq!(reader.placeholders, expected);
        }
    }

    #[test]
    fn malformed_templates_are_refused() {
        for path in [
            "",
            "a",
            "a/{id}",
            "https://api.stackone.com/x",
            "/a?b=c",
            "/a#b",
            "/a//b",
            "//a",
            "/a/./b",
            "/a/../b",
            "/a/%2e%2E",
            "/a/.%2e",
            "/{id",
            "/id}",
            "/{/id*",
            "/id*}",
            "/{a{b}}",
            "/{}",
            "/{id}/{id}",
            "/{a}{b}",
            "/{with space}",
            "/{ leading_space}",
            "/{trailing_space }",
            "/people/{~thing}",
            "/{x.}",
            "/{x..y}",
            "/{%2x}",
            "/a b",
            "/é",
            "/a\"b",
            "/100%",
            "/%zz",
            "/a|b",
            "/a\\b",
            "{id}",
            "/{id/x}",
            "/{*path}",
            "/<id>",
            "/a/${id}",
            "/a{?page,size}",
            "/{id:[0-9]+}",
        ] {
            assert!(!read(path).errors.is_empty(), "{path}");
        }
    }
}
