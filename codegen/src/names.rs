//! Names of the document as Rust identifiers.

use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// The words of a name: runs of letters and digits, divided where the case rises (`userId`, `HTTPServer`).
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    // Rust compares identifiers in their composed form, and warns about characters that have a plain form, such as `ﬁ`.
    let characters: Vec<char> = name.nfkc().collect();
    let mut new = true;
    for (index, &character) in characters.iter().enumerate() {
        if !unicode_ident::is_xid_continue(character) || character == '_' {
            // A sign before a digit has a meaning: `+1` and `-1` are different values.
            let sign = match character {
                '+' => Some("plus"),
                '-' if index == 0 => Some("minus"),
                _ => None,
            };
            if sign.is_some() && characters.get(index + 1).is_some_and(char::is_ascii_digit) {
                words.extend(sign.map(str::to_owned));
            }
            new = true;
            continue;
        }
        let before = index.checked_sub(1).map(|before| characters[before]);
        let rises = character.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase() || before.is_numeric())
                || before.is_some_and(char::is_uppercase)
                    && characters.get(index + 1).is_some_and(|next| next.is_lowercase()));
        if new || rises {
            words.push(String::new());
            new = false;
        }
        if let Some(word) = words.last_mut() {
            word.push(character);
        }
    }
    words
}

/// `userId` as `user_id`. A name without letters becomes `fallback`.
pub(crate) fn snake(name: &str, fallback: &str) -> String {
    let joined = words(name).iter().map(|word| word.to_lowercase()).collect::<Vec<_>>().join("_");
    start(joined, fallback, "n")
}

/// `user_id` as `UserId`. A name without letters becomes `fallback`.
pub(crate) fn pascal(name: &str, fallback: &str) -> String {
    let joined = words(name).iter().map(|word| capitalized(word)).collect();
    start(joined, fallback, "N")
}

/// All capitals become one capital, unless they stand for one word of the document, as in `HRISDepartment`.
fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    let Some(first) = characters.next() else { return String::new() };
    let rest = characters.as_str();
    let rest = if rest.chars().any(char::is_lowercase) { rest.to_owned() } else { rest.to_lowercase() };
    first.to_uppercase().chain(rest.chars()).collect()
}

fn start(name: String, fallback: &str, prefix: &str) -> String {
    match name.chars().next() {
        None => fallback.to_owned(),
        Some(first) if unicode_ident::is_xid_start(first) => name,
        Some(_) => format!("{prefix}{name}"),
    }
}

/// A name that Rust reserves, made usable. `self` and its sisters cannot be raw identifiers.
pub(crate) fn unreserved(name: String) -> String {
    const RAW: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
        "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
        "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type",
        "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    match &*name {
        "self" | "Self" | "super" | "crate" | "_" => format!("{name}_"),
        other if RAW.contains(&other) => format!("r#{name}"),
        _ => name,
    }
}

/// Whether a name can be an identifier.
pub(crate) fn is_identifier(name: &str) -> bool {
    let bare = name.strip_prefix("r#").unwrap_or(name);
    let mut characters = bare.chars();
    let first = characters.next();
    first.is_some_and(|first| first == '_' && bare != "_" || unicode_ident::is_xid_start(first))
        && characters.all(unicode_ident::is_xid_continue)
        && (bare != name || unreserved(name.to_owned()) == name)
}

/// Names that are given once. The second owner of a name gets a number. An owner whose name is kept gets that name, whatever
/// comes before it.
#[derive(Debug, Default)]
pub(crate) struct Names {
    taken: HashSet<String>,
    /// The names of a names file, by the keys of their owners.
    kept: HashMap<String, String>,
    /// The names of this run, by the keys of their owners.
    given: IndexMap<String, String>,
}

impl Names {
    pub(crate) fn reserve(&mut self, names: &[&str]) {
        self.taken.extend(names.iter().map(|&name| name.to_owned()));
    }

    /// Keeps a name for an owner. Each suffix is for an item that is generated with it. False if the name is given before.
    pub(crate) fn keep(&mut self, key: &str, name: &str, suffixes: &[&str]) -> bool {
        self.kept.insert(key.to_owned(), name.to_owned());
        let others = suffixes.iter().all(|suffix| self.taken.insert(format!("{name}{suffix}")));
        self.taken.insert(name.to_owned()) && others
    }

    /// Keeps the names of fields or variants. With a prefix, each also has a setter `{prefix}{name}`. The error is a key whose
    /// name is given before.
    pub(crate) fn keep_all(&mut self, kept: &IndexMap<String, String>, prefix: Option<&str>) -> Result<(), String> {
        let twice = kept.iter().find(|(key, name)| !self.keep(key, name, &[]));
        let pairs = kept.iter().filter(|(_, name)| {
            prefix.is_some_and(|prefix| !self.taken.insert(format!("{prefix}{}", name.trim_start_matches("r#"))))
        });
        // The setters come after all fields, so that a setter never takes the name of a field.
        twice.or(pairs.last()).map_or(Ok(()), |(key, _)| Err(key.clone()))
    }

    /// The kept name of an owner.
    pub(crate) fn kept(&self, key: &str) -> Option<&str> {
        self.kept.get(key).map(String::as_str)
    }

    /// The name of an owner: the kept one, or a free one.
    pub(crate) fn name(&mut self, key: &str, wanted: &str) -> String {
        let name = self.kept.get(key).cloned().unwrap_or_else(|| self.give(wanted));
        self.given.insert(key.to_owned(), name.clone());
        name
    }

    /// The name of a field that also has a setter `{prefix}{name}`: the kept one, or one for which both are free.
    pub(crate) fn name_pair(&mut self, key: &str, wanted: &str, prefix: &str) -> String {
        let name = self.kept.get(key).cloned().unwrap_or_else(|| self.give_pair(wanted, prefix));
        self.given.insert(key.to_owned(), name.clone());
        name
    }

    /// The names of this run, by the keys of their owners.
    pub(crate) fn into_given(self) -> IndexMap<String, String> {
        self.given
    }

    /// The name, or the name with the smallest free number. Reserved words are made usable.
    pub(crate) fn give(&mut self, name: &str) -> String {
        let numbered = (2..).map(|number| format!("{}{number}", name.trim_end_matches('_')));
        let free =
            std::iter::once(unreserved(name.to_owned())).chain(numbered).find(|name| self.taken.insert(name.clone()));
        free.unwrap_or_default()
    }

    /// A name for a field that also has a setter `{prefix}{name}`. Neither may be given before.
    fn give_pair(&mut self, name: &str, prefix: &str) -> String {
        let pair = |name: &str| format!("{prefix}{}", name.trim_start_matches("r#"));
        let wanted = unreserved(name.to_owned());
        let wanted =
            if self.taken.contains(&pair(&wanted)) { format!("{}_", name.trim_end_matches('_')) } else { wanted };
        let given = self.give(&wanted);
        self.taken.insert(pair(&given));
        given
    }

    /// Whether the name is given.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.taken.contains(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_document() {
        for (name, expected_snake, expected_pascal) in [
            ("userId", "user_id", "UserId"),
            ("x-account-id", "x_account_id", "XAccountId"),
            ("HRISDepartment", "hris_department", "HrisDepartment"),
            ("lms_create_user", "lms_create_user", "LmsCreateUser"),
            ("1099", "n1099", "N1099"),
            ("+1", "plus_1", "Plus1"),
            ("-1", "minus_1", "Minus1"),
            ("größe", "größe", "Größe"),
            ("名前", "名前", "名前"),
            ("e\u{301}ﬁＩＤ", "éfi_id", "ÉfiId"),
            ("$", "value", "Value"),
            ("Content__hris", "content_hris", "ContentHris"),
        ] {
            assert_eq!(snake(name, "value"), expected_snake);
            assert_eq!(pascal(name, "Value"), expected_pascal);
        }
    }

    #[test]
    fn equal_and_reserved_names_are_made_different() {
        let mut names = Names::default();
        let given = ["type", "a", "a", "self", "a"].map(|name| names.give(name));
        assert_eq!(given, ["r#type", "a", "a2", "self_", "a3"]);
    }
}
