//! Paths of the document as path templates of the attribute.

use std::{
    collections::{BTreeMap, HashSet},
    fmt::Write,
};

/// A path, divided into texts and placeholders.
pub(super) struct Template<'a> {
    /// A text, and the placeholder after it. The second placeholder of a name has a number.
    pieces: Vec<(&'a str, String)>,
    /// The text after the last placeholder.
    end: &'a str,
    /// What follows a `?`. A fragment is never sent.
    pub(super) query: Option<&'a str>,
}

impl<'a> Template<'a> {
    /// Reads a path. `None` if no request can have the path.
    pub(super) fn read(path: &'a str) -> Option<Self> {
        let (path, rest) = path.split_at(end(path));
        let query = rest.strip_prefix('?').map(|query| query.split('#').next().unwrap_or_default());
        let mut pieces: Vec<(&str, String)> = Vec::new();
        let mut end = path;
        while let Some((text, tail)) = end.split_once('{') {
            let (name, tail) = tail.split_once('}')?;
            let is_free = |name: &String| !pieces.iter().any(|(_, other)| other == name);
            pieces.push((text, numbered(name).find(is_free).unwrap_or_default()));
            end = tail;
        }
        let is_adjacent = pieces.iter().skip(1).any(|(text, _)| text.is_empty());
        let is_named = !path.contains("{}") && pieces.iter().all(|(_, name)| !name.contains(['/', '{']));
        let is_closed = pieces.iter().map(|(text, _)| text).chain([&end]).all(|text| !text.contains('}'));
        let mut segments = path.strip_prefix('/')?.rsplit('/');
        // Some APIs write one slash at the end.
        let is_dots = |segment: &str| matches!(&*segment.to_lowercase().replace("%2e", "."), "." | "..");
        let valid = segments.next().is_some_and(|last| !is_dots(last))
            && segments.all(|segment| !segment.is_empty() && !is_dots(segment));
        let valid = valid && !is_adjacent && is_named && is_closed;
        valid.then_some(Self { pieces, end, query: query.filter(|query| !query.is_empty()) })
    }

    /// The names of the placeholders.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().map(|(_, name)| &**name)
    }

    /// The path for the attribute, with the prefix of each placeholder, and the placeholders that are renamed in it.
    pub(super) fn write(&self, prefixes: &BTreeMap<String, String>) -> (String, BTreeMap<String, String>) {
        let mut path = String::new();
        let (mut taken, mut renamed) = (HashSet::new(), BTreeMap::new());
        taken.extend(self.names().filter(|name| is_name(name)).map(str::to_owned));
        for (text, name) in &self.pieces {
            encode(&mut path, text);
            encode(&mut path, prefixes.get(name).map_or("", String::as_str));
            let name = if is_name(name) {
                name.clone()
            } else {
                let given = usable(name, &mut taken);
                renamed.insert(name.clone(), given.clone());
                given
            };
            // Writing into a string does not fail.
            _ = write!(path, "{{{name}}}");
        }
        encode(&mut path, self.end);
        (path, renamed)
    }
}

/// The position of the query or the fragment.
fn end(path: &str) -> usize {
    let mut is_inside = false;
    for (index, character) in path.char_indices() {
        match character {
            '{' => is_inside = true,
            '}' => is_inside = false,
            '?' | '#' if !is_inside => return index,
            _ => {}
        }
    }
    path.len()
}

/// Whether the attribute accepts the name of a placeholder.
fn is_name(name: &str) -> bool {
    name.split('.')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte)))
}

/// A name of a placeholder that the attribute accepts.
fn usable(name: &str, taken: &mut HashSet<String>) -> String {
    // Some frameworks write a pattern after a colon.
    let name = name.split_once(':').map_or(name, |(name, _)| name);
    let words: Vec<&str> = name.split(|character: char| !character.is_ascii_alphanumeric()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let name = if words.is_empty() { "value".to_owned() } else { words.join("_") };
    numbered(&name).find(|name| taken.insert(name.clone())).unwrap_or_default()
}

/// The name, then the name with numbers.
fn numbered(name: &str) -> impl Iterator<Item = String> {
    std::iter::once(name.to_owned()).chain((2..).map(move |number| format!("{name}{number}")))
}

/// Adds a text, with the characters encoded that a path cannot contain.
fn encode(path: &mut String, text: &str) {
    for (index, character) in text.char_indices() {
        let digits = text.as_bytes().get(index + 1..index + 3);
        let is_escape = character == '%' && digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        // The attribute reads `${` as an error.
        let is_last_dollar = character == '$' && index + 1 == text.len();
        let is_literal = character.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/".contains(character);
        if is_escape || is_literal && !is_last_dollar {
            path.push(character);
        } else {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                _ = write!(path, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(path: &str) -> Option<String> {
        Template::read(path).map(|template| template.write(&BTreeMap::new()).0)
    }

    #[test]
    fn paths_become_templates_of_the_attribute() {
        for (path, expected) in [
            ("/", Some("/")),
            ("/a/", Some("/a/")),
            ("/a/{id}.{ext}", Some("/a/{id}.{ext}")),
            ("/a b/größe/100%/%41", Some("/a%20b/gr%C3%B6%C3%9Fe/100%25/%41")),
            ("/a/{user id}/{*user_id}", Some("/a/{user_id}/{user_id2}")),
            ("/a/{名}/{?}/${x}", Some("/a/{value}/{value2}/%24{x}")),
            ("/a#X=1", Some("/a")),
            ("/a?b=1#c", Some("/a")),
            ("a", None),
            ("//a", None),
            ("/a/../b", None),
            ("/a/%2E", None),
            ("/{a}{b}", None),
            ("/{a}/{a}", Some("/{a}/{a2}")),
            ("/{id:[0-9]+}", Some("/{id}")),
            ("/{a", None),
            ("/a}", None),
            ("/{}", None),
            ("/{a/b}", None),
        ] {
            assert_eq!(written(path).as_deref(), expected, "{path}");
        }
        assert_eq!(Template::read("/a?b=1#c").and_then(|template| template.query), Some("b=1"));
    }
}
