//! The file that keeps every name once given.

use crate::{
    Error, Warning,
    document::{Node, Text, escape},
    names::{is_identifier, pascal, snake, unreserved},
};
use indexmap::IndexMap;
use std::{collections::BTreeMap, fmt};

/// The names of operations, types, fields and variants. A name in it stays, whatever is added to the document.
///
/// ```yaml
/// operations:
///   list_users: {name: ListUsersRequest, fields: {query page, query pageSize: size}}
/// types:
///   /components/schemas/User: {name: User, fields: {id, userName: user_name}}
///   User state: {name: UserState, variants: {active}}
/// ```
///
/// - The key of an operation is its id, or its method and path if it has no id of its own. The keys of its parameters are location
///   and name.
/// - The key of a type is the JSON pointer of its schema. A schema without a name has the words that describe it: the operation
///   or the schema around it, then the property. A type that stands for several equal schemas keeps the name of any of them.
/// - A field without a name after its key has the name that the rules give: `user_name` for `userName`.
///
/// To rename something, change the name after its key. To give a name free, remove its line.
#[derive(Debug, Clone, Default)]
pub struct NamesFile {
    text: Text,
    pub(crate) operations: BTreeMap<String, Entry>,
    pub(crate) types: BTreeMap<String, Entry>,
}

/// The names of an operation or a type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) parts: Parts,
}

/// The names of the fields or the variants of an owner, by their keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Parts {
    Fields(IndexMap<String, String>),
    Variants(IndexMap<String, String>),
}

impl Default for Parts {
    fn default() -> Self {
        Self::Fields(IndexMap::new())
    }
}

impl Parts {
    pub(crate) fn names(&self) -> &IndexMap<String, String> {
        match self {
            Self::Fields(names) | Self::Variants(names) => names,
        }
    }

    fn names_mut(&mut self) -> &mut IndexMap<String, String> {
        match self {
            Self::Fields(names) | Self::Variants(names) => names,
        }
    }

    fn key(&self) -> &'static str {
        match self {
            Self::Fields(_) => "fields",
            Self::Variants(_) => "variants",
        }
    }

    /// The name that the rules give, if nothing else has it.
    fn rule(&self, key: &str) -> String {
        unreserved(match self {
            // The key of a parameter starts with its location.
            Self::Fields(_) => snake(key.split_once(' ').map_or(key, |(_, name)| name), "value"),
            Self::Variants(_) => pascal(key, "Empty"),
        })
    }
}

impl NamesFile {
    /// Reads a names file.
    ///
    /// # Errors
    ///
    /// The text is neither JSON nor YAML, an entry has no name, or a name cannot be an identifier. The error has the line.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let (text, root) = Text::parse(name, text)?;
        root.check_keys(&["operations", "types"]).map_err(|error| text.error("", error))?;
        let read = |section: &str| {
            let entries = root.entries(section).map(|(key, node)| {
                let pointer = format!("/{section}/{}", escape(key));
                let entry =
                    Entry::read(node).map_err(|(at, message)| text.error(&format!("{pointer}{at}"), message))?;
                Ok((key.to_owned(), entry))
            });
            entries.collect::<Result<BTreeMap<_, _>, Error>>()
        };
        let (operations, types) = (read("operations")?, read("types")?);
        Ok(Self { text, operations, types })
    }

    /// Whether no name is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.types.is_empty()
    }

    pub(crate) fn error(&self, pointer: &str, message: impl Into<String>) -> Error {
        self.text.error(pointer, message)
    }

    /// Adds the names of a run. Names that the run does not have stay.
    pub(crate) fn add(&mut self, given: Self) {
        for (all, given) in [(&mut self.operations, given.operations), (&mut self.types, given.types)] {
            for (key, entry) in given {
                let known = all.entry(key).or_default();
                known.name = entry.name;
                match (&mut known.parts, entry.parts) {
                    (Parts::Fields(known), Parts::Fields(given)) | (Parts::Variants(known), Parts::Variants(given)) => {
                        known.extend(given);
                    }
                    (known, given) => *known = given,
                }
            }
        }
    }

    /// Warnings about the names that a run does not have.
    pub(crate) fn unused(&self, given: &Self) -> Vec<Warning> {
        let mut found: Vec<(String, String)> = Vec::new();
        let sections = [("operations", &self.operations, &given.operations), ("types", &self.types, &given.types)];
        for (section, kept, given) in sections {
            for (key, entry) in kept {
                let pointer = format!("/{section}/{}", escape(key));
                let Some(of) = given.get(key) else {
                    found.push((pointer, format!("the document no longer has what is called `{}`", entry.name)));
                    continue;
                };
                for (part, name) in entry.parts.names() {
                    if !of.parts.names().contains_key(part) {
                        let pointer = format!("{pointer}/{}/{}", entry.parts.key(), escape(part));
                        found.push((pointer, format!("`{}` no longer has what is called `{name}`", entry.name)));
                    }
                }
            }
        }
        let lines = self.text.lines(found.iter().map(|(pointer, _)| &**pointer));
        let warnings = found.into_iter().map(|(pointer, reason)| Warning {
            file: self.text.name().to_owned(),
            line: lines.get(&pointer).copied(),
            pointer,
            reason,
            result: "the name is kept for its return until you remove it from the file".to_owned(),
        });
        warnings.collect()
    }
}

impl Entry {
    /// The error has a pointer, relative to the entry.
    fn read(node: &Node) -> Result<Self, (String, String)> {
        node.check_keys(&["name", "fields", "variants"]).map_err(|error| (String::new(), error))?;
        let name = node.text("name").ok_or_else(|| (String::new(), "`name` is missing".to_owned()))?;
        let check = |at: String, name: &str| {
            let message = || format!("`{name}` cannot be a name in Rust");
            if is_identifier(name) { Ok(name.to_owned()) } else { Err((at, message())) }
        };
        let mut entry = Self { name: check("/name".to_owned(), name)?, parts: Parts::default() };
        if node.get("variants").is_some() {
            entry.parts = Parts::Variants(IndexMap::new());
        }
        let section = entry.parts.key();
        for (key, value) in node.entries(section) {
            let at = format!("/{section}/{}", escape(key));
            let name = match value {
                Node::Null => entry.parts.rule(key),
                Node::Text(name) => check(at, name)?,
                _ => return Err((at, "a name is text".to_owned())),
            };
            entry.parts.names_mut().insert(key.to_owned(), name);
        }
        Ok(entry)
    }
}

/// Writes the file, with the entries in alphabetical order.
impl fmt::Display for NamesFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "# The names that stackone-codegen has given. A name in this file stays. To rename something, change its name."
        )?;
        for (section, entries) in [("operations", &self.operations), ("types", &self.types)] {
            if entries.is_empty() {
                continue;
            }
            writeln!(f, "{section}:")?;
            for (key, entry) in entries {
                write!(f, "  {}: {{name: {}", scalar(key), scalar(&entry.name))?;
                let parts = entry.parts.names().iter().map(|(key, name)| {
                    if *name == entry.parts.rule(key) {
                        scalar(key)
                    } else {
                        format!("{}: {}", scalar(key), scalar(name))
                    }
                });
                let parts: Vec<String> = parts.collect();
                if !parts.is_empty() {
                    write!(f, ", {}: {{{}}}", entry.parts.key(), parts.join(", "))?;
                }
                writeln!(f, "}}")?;
            }
        }
        Ok(())
    }
}

/// A text of YAML, in quotes if it could be read as something else.
fn scalar(text: &str) -> String {
    let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/' || first == '_')
        && text.chars().all(|character| character.is_ascii_alphanumeric() || "_/~.- #".contains(character))
        && !text.contains(" #")
        && !text.ends_with(' ')
        && !words.contains(&&*text.to_lowercase());
    if is_plain { text.to_owned() } else { serde_json::to_string(text).unwrap_or_default() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let fields = ["query page", "query type", "header x-id", "body", "no", "a: b", "200", "größe", "a #b"];
        let parts = fields.map(|key| (key.to_owned(), Parts::default().rule(key)));
        let mut names = NamesFile::default();
        let entry = Entry { name: "ARequest".to_owned(), parts: Parts::Fields(parts.into_iter().collect()) };
        names.operations.insert("GET /a/{id}".to_owned(), entry);
        let variants = [(String::new(), "Empty".to_owned()), ("-1".to_owned(), "Minus".to_owned())];
        let entry = Entry { name: "Y".to_owned(), parts: Parts::Variants(variants.into_iter().collect()) };
        names.types.insert("/components/schemas/A~1b".to_owned(), entry);
        let read = NamesFile::parse("names.yaml", &names.to_string()).unwrap();
        assert_eq!((read.operations, read.types), (names.operations, names.types));
    }
}
