//! Paths of the document as path templates of the attribute.

use std::{
    collections::{BTreeMap, HashSet},
    fmt::Write,
};

/// A path, divided into texts and placeholders.
pub(super) struct Template<'a> {
    pieces: Vec<Piece<'a>>,
    /// The text after the last placeholder.
    end: &'a str,
    /// The keys and values after a `?`. A fragment is never sent.
    pub(super) query: Vec<(&'a str, &'a str)>,
}

/// A text, and the placeholder after it.
pub(super) struct Piece<'a> {
    text: &'a str,
    /// The second placeholder of a name has a number.
    pub(super) name: String,
    /// The names of placeholders without a text between them. They are one for the attribute.
    pub(super) parts: Vec<&'a str>,
}

impl<'a> Template<'a> {
    /// Reads a path. `None` if no request can have the path.
    pub(super) fn read(path: &'a str) -> Option<Self> {
        let (path, rest) = path.split_at(end(path));
        let query = rest.strip_prefix('?').and_then(|query| query.split('#').next()).unwrap_or_default();
        let query = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let mut pieces: Vec<Piece<'a>> = Vec::new();
        let mut end = path;
        while let Some((text, tail)) = end.split_once('{') {
            let (name, tail) = tail.split_once('}')?;
            let before = if text.is_empty() { pieces.pop() } else { None };
            let mut piece = before.unwrap_or(Piece { text, name: String::new(), parts: Vec::new() });
            piece.parts.push(name);
            let is_free = |name: &String| !pieces.iter().any(|other| other.name == *name);
            piece.name = numbered(&piece.parts.join("_")).find(is_free).unwrap_or_default();
            pieces.push(piece);
            end = tail;
        }
        let is_named = !path.contains("{}") && pieces.iter().all(|piece| !piece.name.contains(['/', '{']));
        let is_closed = pieces.iter().map(|piece| piece.text).chain([end]).all(|text| !text.contains('}'));
        let mut segments = path.strip_prefix('/')?.rsplit('/');
        // Some APIs write one slash at the end.
        let is_dots = |segment: &str| matches!(&*segment.to_lowercase().replace("%2e", "."), "." | "..");
        let valid = segments.next().is_some_and(|last| !is_dots(last))
            && segments.all(|segment| !segment.is_empty() && !is_dots(segment));
        let query = query.filter(|(key, _)| !key.is_empty()).collect();
        (valid && is_named && is_closed).then_some(Self { pieces, end, query })
    }

    /// The placeholders.
    pub(super) fn placeholders(&self) -> impl Iterator<Item = &Piece<'a>> {
        self.pieces.iter()
    }

    /// The path for the attribute, with the prefix of each placeholder, and the placeholders that are renamed in it.
    pub(super) fn write(&self, prefixes: &BTreeMap<String, String>) -> (String, BTreeMap<String, String>) {
        let mut path = String::new();
        let (mut taken, mut renamed) = (HashSet::new(), BTreeMap::new());
        taken.extend(self.pieces.iter().map(|piece| piece.name.clone()).filter(|name| is_name(name)));
        for Piece { text, name, .. } in &self.pieces {
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
            ("/{a}{b}", Some("/{a_b}")),
            ("/{a}/{a}", Some("/{a}/{a2}")),
            ("/{id:[0-9]+}", Some("/{id}")),
            ("/{a", None),
            ("/a}", None),
            ("/{}", None),
            ("/{a/b}", None),
        ] {
            assert_eq!(written(path).as_deref(), expected, "{path}");
        }
        assert_eq!(Template::read("/a?b=1&c#d").map(|template| template.query), Some(vec![("b", "1"), ("c", "")]));
    }
}
