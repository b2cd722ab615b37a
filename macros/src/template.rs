//! The path template: literal segments and `{placeholders}`.

use crate::Mistakes;
use syn::LitStr;

/// A template and the names in its braces, in order.
pub(crate) struct Template {
    pub(crate) text: LitStr,
    pub(crate) placeholders: Vec<String>,
    /// Whether some placeholder could not be read, so that a field without one may be right.
    pub(crate) in_doubt: bool,
}

impl Template {
    /// Reads a template. What it can tell of the placeholders stays, so that one slip is one error.
    pub(crate) fn read(text: LitStr, mistakes: &mut Mistakes) -> Self {
        let mut reader = Reader::default();
        reader.read(&text.value());
        for problem in &reader.problems {
            mistakes.at(&text, problem);
        }
        Self { text, placeholders: reader.placeholders, in_doubt: reader.in_doubt }
    }
}

/// What was found in a template.
#[derive(Default)]
struct Reader {
    problems: Vec<String>,
    placeholders: Vec<String>,
    in_doubt: bool,
}

impl Reader {
    fn read(&mut self, path: &str) {
        self.problems.extend(problem_of_start(path));
        let meant =
            if path.is_empty() || path.starts_with('/') { path.to_owned() } else { beginning_with_a_slash(path) };
        let path = meant.as_str();
        let (target, rest) =
            path.split_at(outside_braces(path).find(|(_, c)| matches!(c, '?' | '#')).map_or(path.len(), |(at, _)| at));
        self.problems.extend(match rest.chars().next() {
            Some('?') => Some("the path has a `?`: declare each query parameter as a field with `#[query]`".to_owned()),
            Some(_) => Some(
                "the path has a `#`: a fragment is never sent, so take it out, or write `%23` for the character"
                    .to_owned(),
            ),
            None => None,
        });
        self.in_doubt |= rest.contains('{');
        let segments: Vec<&str> = target.split('/').skip(1).collect();
        // One slash at the end is how some APIs name a collection.
        if segments.iter().rev().skip(1).any(|segment| segment.is_empty()) {
            self.problems.push("the path has an empty segment (`//`): take the extra `/` out".to_owned());
        }
        if let Some(problem) = problem_of_braces(target, &segments) {
            self.problems.push(problem);
            self.in_doubt = true;
        }
        for segment in &segments {
            if let Some(problem) = problem_of_another_syntax(segment) {
                self.problems.push(problem);
                self.in_doubt = true;
                continue;
            }
            let problem = self.read_segment(segment).filter(|_| braces_match(segment));
            self.problems.extend(problem);
        }
        for (index, name) in self.placeholders.iter().enumerate() {
            if self.placeholders[..index].contains(name) {
                self.problems.push(format!("the placeholder `{{{name}}}` is there twice: give each its own name"));
            }
        }
        self.in_doubt |= target.is_empty();
    }

    /// Finds the placeholders of one segment, and the first thing that is wrong with it.
    fn read_segment(&mut self, segment: &str) -> Option<String> {
        let mut problem = None;
        let mut rest = segment;
        let mut adjacent = false;
        while let Some((text, (name, after))) = split_placeholder(rest) {
            let slip = problem_of_name(name);
            self.in_doubt |= slip.is_some();
            if slip.is_none() {
                self.placeholders.push(name.to_owned());
            }
            problem = problem.or_else(|| problem_of_text(text)).or(slip).or_else(|| {
                (adjacent && text.is_empty()).then(|| {
                    format!("`{{{name}}}` follows another placeholder at once: put text between them, or nobody can tell where one ends")
                })
            });
            adjacent = true;
            rest = after;
        }
        let dots = segment.replace("%2e", ".").replace("%2E", ".");
        if dots == "." || dots == ".." {
            return Some(format!(
                "URL parsers resolve the path segment `{segment}`, and another endpoint would be called: take it out"
            ));
        }
        problem.or_else(|| problem_of_text(rest.trim_matches(['{', '}'])))
    }
}

/// A path begins with its first segment, whatever it is under.
fn problem_of_start(path: &str) -> Option<String> {
    if path.is_empty() {
        return Some("the path is empty: write `\"/\"` for the root".to_owned());
    }
    if path.starts_with('/') {
        return None;
    }
    let meant = beginning_with_a_slash(path);
    let base_url = if path.contains("://") { ", and give the client the rest as its base URL" } else { "" };
    Some(format!("the path begins with `/`: write `\"{meant}\"`{base_url}"))
}

/// The path that was meant by one which does not begin where a path does.
pub(crate) fn beginning_with_a_slash(path: &str) -> String {
    format!("/{}", without_host(path.trim()).trim_start_matches('/'))
}

/// The path of a URL; a path stays as it is.
fn without_host(path: &str) -> &str {
    match path.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => path,
    }
}

/// Placeholders as other libraries write them.
fn problem_of_another_syntax(segment: &str) -> Option<String> {
    let angled = segment.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    if let Some(name) = angled {
        let name = name.trim_matches(|c| !is_word(c));
        return Some(format!("a placeholder is in braces: write `{{{name}}}` for `{segment}`"));
    }
    segment.contains("${").then(|| {
        format!("a placeholder has no `$`: write `{}`, or `%24` for the character", segment.replace("${", "{"))
    })
}

fn problem_of_braces(path: &str, segments: &[&str]) -> Option<String> {
    let segment = segments.iter().find(|segment| !braces_match(segment))?;
    let across = path.split_once('{').and_then(|(_, tail)| tail.split_once('}'));
    Some(if let (true, Some((name, _))) = (braces_match(path), across) {
        format!("`{{{name}}}` has a `/` in it: a placeholder lies within one segment")
    } else {
        format!("the braces of `{segment}` do not match: a placeholder is `{{name}}`")
    })
}

/// Text before the first placeholder, its name, and what follows it.
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

fn problem_of_name(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("the placeholder `{}` has no name: write that of its field, as in `{id}`".to_owned());
    }
    let is_part = |part: &str| !part.is_empty() && part.chars().all(is_word);
    if name.split('.').all(is_part) {
        return None;
    }
    if name.starts_with(['?', '&']) {
        return Some(format!(
            "`{{{name}}}` is no placeholder: declare each query parameter as a field with `#[query]`"
        ));
    }
    // What follows a colon is how others say which values fit.
    let wanted = name.split_once(':').map_or(name, |(before, _)| before);
    let wanted = wanted.strip_prefix("r#").unwrap_or(wanted);
    let parts: Vec<&str> = wanted.split(|c| !is_word(c)).filter(|part| !part.is_empty()).collect();
    let meant = if parts.is_empty() || !wanted.is_ascii() {
        String::new()
    } else {
        format!("; did you mean `{{{}}}`?", parts.join("_"))
    };
    Some(format!(
        "`{{{name}}}` is no placeholder{meant}\nits name is made of ASCII letters, digits, `_` and `-`, and single dots between them"
    ))
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

/// RFC 3986's `pchar`, with escapes already written.
fn problem_of_text(text: &str) -> Option<String> {
    for (at, c) in text.char_indices() {
        if c == '%' {
            let digits = text.as_bytes().get(at + 1..at + 3);
            if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
                return Some(
                    "the path has a `%` without two hexadecimal digits: write `%25` for the character".to_owned(),
                );
            }
        } else if !(c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@?#".contains(c)) {
            let escaped: String =
                c.to_string().bytes().fold(String::new(), |escaped, byte| format!("{escaped}%{byte:02X}"));
            return Some(format!("the path has {c:?}, which no URL can carry as it is: write `{escaped}`"));
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
    fn templates_of_every_shape_are_read() {
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
            assert_eq!(reader.problems, Vec::<String>::new(), "{path}");
            assert_eq!(reader.placeholders, expected);
        }
    }

    #[test]
    fn every_malformed_template_is_refused() {
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
            assert!(!read(path).problems.is_empty(), "{path}");
        }
    }
}
