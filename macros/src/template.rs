//! The path template: literal segments and `{placeholders}`.

use crate::Mistakes;
use syn::LitStr;

/// A template and the names in its braces, in order.
pub(crate) struct Template {
    pub(crate) text: LitStr,
    pub(crate) placeholders: Vec<String>,
}

impl Template {
    /// Reads a template. What it can tell of the placeholders stays, so that one slip is one error.
    pub(crate) fn read(text: LitStr, mistakes: &mut Mistakes) -> Self {
        let mut placeholders = Vec::new();
        for problem in problems(&text.value(), &mut placeholders) {
            mistakes.at(&text, problem);
        }
        Self { text, placeholders }
    }
}

/// Everything that is wrong with a template.
fn problems(path: &str, placeholders: &mut Vec<String>) -> Vec<String> {
    let mut problems = Vec::new();
    let Some(rest) = path.strip_prefix('/') else {
        problems.push(if path.contains("://") {
            "the path begins with `/`: the scheme and host belong to the client's base URL".to_owned()
        } else {
            format!("the path begins with `/`: write `\"/{path}\"`")
        });
        names_of(path, placeholders);
        return problems;
    };
    if let Some(at) = outside_braces(path).find_map(|(at, c)| matches!(c, '?' | '#').then_some(at)) {
        problems.push(if path[at..].starts_with('?') {
            "the path has a `?`: declare each query parameter as a field with `#[query]`".to_owned()
        } else {
            "the path has a `#`: a fragment is never sent; write `%23` for the character".to_owned()
        });
    }
    let segments: Vec<&str> = rest.split('/').collect();
    for (index, segment) in segments.iter().enumerate() {
        // One slash at the end is how some APIs name a collection.
        if segment.is_empty() && index + 1 < segments.len() {
            problems.push("the path has an empty segment (`//`): take the extra `/` out".to_owned());
        }
        problems.extend(problem_of_segment(segment, placeholders));
    }
    for (index, name) in placeholders.iter().enumerate() {
        if placeholders[..index].contains(name) {
            problems.push(format!("the placeholder `{{{name}}}` is there twice: give each its own name"));
        }
    }
    problems
}

/// What is wrong with one segment; its placeholders are added to those found.
fn problem_of_segment(segment: &str, placeholders: &mut Vec<String>) -> Option<String> {
    if !braces_match(segment) {
        names_of(segment, placeholders);
        return Some(format!("the braces in `{segment}` do not match: a placeholder is `{{name}}`"));
    }
    let mut problem = None;
    let mut rest = segment;
    let mut text_before = true;
    while let Some((text, (name, after))) = split_placeholder(rest) {
        problem = problem
            .or_else(|| problem_of_text(text))
            .or_else(|| {
                (text.is_empty() && !text_before).then(|| {
                    format!("the placeholder `{{{name}}}` follows another at once: put text between them, or nobody can tell where one ends")
                })
            })
            .or_else(|| problem_of_name(name));
        placeholders.push(name.to_owned());
        text_before = false;
        rest = after;
    }
    let dots = segment.replace("%2e", ".").replace("%2E", ".");
    if dots == "." || dots == ".." {
        return Some(format!("the path segment `{segment}` is resolved by URL parsers: take it out"));
    }
    problem.or_else(|| problem_of_text(rest))
}

/// Text before the first placeholder, its name, and what follows it.
fn split_placeholder(text: &str) -> Option<(&str, (&str, &str))> {
    let (text, tail) = text.split_once('{')?;
    Some((text, tail.split_once('}')?))
}

fn names_of(text: &str, placeholders: &mut Vec<String>) {
    let mut rest = text;
    while let Some((_, (name, after))) = split_placeholder(rest) {
        placeholders.push(name.to_owned());
        rest = after;
    }
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
        return Some("the placeholder `{}` has no name: write the field's, as in `{id}`".to_owned());
    }
    let word =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let valid = name.split('.').all(word);
    (!valid).then(|| {
        let kept: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).collect();
        let hint = if kept.is_empty() { String::new() } else { format!(": write `{{{kept}}}`") };
        format!("`{{{name}}}` is no placeholder: its name is made of letters, digits, `_`, `-` and single dots between them{hint}")
    })
}

/// RFC 3986's `pchar`, with escapes already written.
fn problem_of_text(text: &str) -> Option<String> {
    let mut rest = text.char_indices();
    while let Some((at, c)) = rest.next() {
        if c == '%' {
            let digits = text.as_bytes().get(at + 1..at + 3);
            if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
                return Some(
                    "the path has a `%` without two hexadecimal digits: write `%25` for the character".to_owned(),
                );
            }
        } else if !(c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@?#".contains(c)) {
            let escaped: String = c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
            return Some(format!("the path has {c:?}, which no URL can carry as it is: write `{escaped}`"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(path: &str) -> Option<String> {
        problems(path, &mut Vec::new()).into_iter().next()
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
            let mut placeholders = Vec::new();
            assert_eq!(problems(path, &mut placeholders), Vec::<String>::new(), "{path}");
            assert_eq!(placeholders, expected);
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
        ] {
            assert!(first(path).is_some(), "{path}");
        }
    }
}
