//! What generated source offers to its users: operations and types, with their members.
//!
//! This reads the text of generated files, so that the output on disk and the output of another document are compared in the
//! same way.

use std::collections::{BTreeMap, BTreeSet};

/// The items of a directory of generated source.
#[derive(Debug, Default)]
pub(crate) struct Surface {
    pub(crate) items: BTreeMap<String, Item>,
    /// The modules that have each item.
    pub(crate) modules: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ItemKind {
    Operation,
    Struct,
    Enum,
    /// An enum by status.
    Responses,
    Alias,
}

impl ItemKind {
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::Operation => "an operation",
            Self::Struct => "a struct",
            Self::Enum => "an enum",
            Self::Responses => "an enum by status",
            Self::Alias => "a type alias",
        }
    }
}

#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) kind: ItemKind,
    /// The lines of the item and of its implementations.
    pub(crate) lines: Vec<String>,
    /// The keys of the attribute of an operation, the parameters of `new`, or the target of an alias.
    pub(crate) keys: BTreeMap<&'static str, String>,
    pub(crate) members: BTreeMap<String, Member>,
    pub(crate) is_deprecated: bool,
}

/// A field or a variant.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    /// The type of a field, or the value of a variant.
    pub(crate) value: String,
    /// The attribute of a field.
    pub(crate) attribute: String,
    pub(crate) is_deprecated: bool,
}

impl Member {
    pub(crate) fn is_optional(&self) -> bool {
        self.value.starts_with(OPTION)
    }

    /// The type without its `Option`.
    pub(crate) fn required(&self) -> &str {
        let inner = self.value.strip_prefix(OPTION).and_then(|value| value.strip_suffix('>'));
        inner.unwrap_or(&self.value)
    }
}

const OPTION: &str = "::std::option::Option<";

impl Surface {
    pub(crate) fn read(files: &BTreeMap<String, String>) -> Self {
        let mut surface = Self::default();
        for (name, source) in files.iter().filter(|(name, _)| *name != "mod.rs") {
            surface.file(name.trim_end_matches(".rs"), source);
        }
        surface
    }

    fn file(&mut self, module: &str, source: &str) {
        // The types of several modules are inside of further modules.
        let indentation = if module == "shared" { "    " } else { "" };
        let mut block: Vec<&str> = Vec::new();
        let mut current = None;
        for line in source.lines().chain([""]) {
            if let Some(names) = line.strip_prefix("pub use super::shared::{") {
                for name in names.trim_end_matches("};").split(", ") {
                    self.modules.entry(name.to_owned()).or_default().insert(module.to_owned());
                }
            }
            match line.strip_prefix(indentation) {
                Some(line) if !line.is_empty() => block.push(line),
                _ => self.block(module, &std::mem::take(&mut block), &mut current),
            }
        }
    }

    /// Reads an item, or an implementation of the item before it.
    fn block(&mut self, module: &str, block: &[&str], current: &mut Option<String>) {
        if let Some((name, item)) = item(block) {
            self.modules.entry(name.clone()).or_default().insert(module.to_owned());
            self.items.insert(name.clone(), item);
            *current = Some(name);
            return;
        }
        let is_part = block.iter().any(|line| line.starts_with("impl") || line.starts_with("::stackone::model!"));
        let item = current.as_ref().filter(|_| is_part).and_then(|name| self.items.get_mut(name));
        if let Some(item) = item {
            let new =
                block.iter().find_map(|line| line.trim().strip_prefix("pub fn new(")?.strip_suffix(") -> Self {"));
            item.keys.extend(new.map(|parameters| ("new", parameters.to_owned())));
            item.lines.extend(block.iter().map(|&line| line.to_owned()));
        }
    }

    /// The items that an item refers to, directly or through others.
    pub(crate) fn used_by(&self, name: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open = vec![name];
        while let Some(name) = open.pop() {
            let Some(item) = self.items.get(name) else { continue };
            let types = item.members.values().map(|member| &member.value).chain(item.keys.values());
            for word in types.flat_map(|text| text.split(|character: char| !unicode_ident::is_xid_continue(character)))
            {
                if let Some((name, _)) = self.items.get_key_value(word)
                    && found.insert(&**name)
                {
                    open.push(name);
                }
            }
        }
        found
    }

    pub(crate) fn operations(&self) -> impl Iterator<Item = (&str, &Item)> {
        self.items.iter().filter(|(_, item)| item.kind == ItemKind::Operation).map(|(name, item)| (&**name, item))
    }
}

/// Reads the declaration of an item.
fn item(block: &[&str]) -> Option<(String, Item)> {
    let position = block.iter().position(|line| declared(line).is_some())?;
    let (word, rest) = declared(block[position])?;
    let length = rest.find(|character: char| !unicode_ident::is_xid_continue(character)).unwrap_or(rest.len());
    let (name, rest) = rest.split_at(length);
    let attribute = block[..position]
        .iter()
        .find_map(|line| line.strip_prefix("#[::stackone::stackone_operation(")?.strip_suffix(")]"));
    let kind = match word {
        "enum" if block[0].starts_with("::stackone::responses!") => ItemKind::Responses,
        "enum" => ItemKind::Enum,
        "type" => ItemKind::Alias,
        _ if attribute.is_some() => ItemKind::Operation,
        _ => ItemKind::Struct,
    };
    let mut keys = attribute.map(arguments).unwrap_or_default();
    if kind == ItemKind::Alias {
        keys.insert("target", rest.trim_start_matches(" = ").trim_end_matches(';').to_owned());
    }
    let item = Item {
        kind,
        lines: block.iter().map(|&line| line.to_owned()).collect(),
        keys,
        members: members(&block[position + 1..]),
        is_deprecated: block[..position].contains(&"#[deprecated]"),
    };
    Some((name.to_owned(), item))
}

/// The word of a declaration and the text after it. An enum stands inside of a macro.
fn declared(line: &str) -> Option<(&'static str, &str)> {
    let rest = line.trim_start().strip_prefix("pub ")?;
    ["struct", "enum", "type"].into_iter().find_map(|word| Some((word, rest.strip_prefix(word)?.strip_prefix(' ')?)))
}

/// The arguments of the attribute of an operation, by their keys.
fn arguments(text: &str) -> BTreeMap<&'static str, String> {
    let starts = [
        "method = ",
        "path = ",
        "response = ",
        "responses = ",
        "response_headers = ",
        "paging = ",
        "no_credentials",
        "id = ",
        "headers(",
        "passthrough",
        "idempotent",
    ];
    let mut found = BTreeMap::new();
    let mut rest = text;
    while let Some(key) = starts.iter().find(|start| rest.starts_with(**start)) {
        let value = rest.strip_prefix(key).unwrap_or(rest);
        let end = starts.iter().filter_map(|start| value.find(&format!(", {start}"))).min().unwrap_or(value.len());
        let text = value[..end].trim_matches('"');
        let text = if key.ends_with('(') { value[..end].trim_end_matches(')') } else { text };
        match key.trim_end_matches([' ', '=', '(']) {
            "responses" => found.insert("response", format!("{text} by status")),
            key => found.insert(key, text.to_owned()),
        };
        rest = value[end..].trim_start_matches(", ");
    }
    found
}

fn members(lines: &[&str]) -> BTreeMap<String, Member> {
    let mut found = BTreeMap::new();
    let mut member = Member::default();
    for line in lines.iter().map(|line| line.trim()) {
        if line == "#[deprecated]" {
            member.is_deprecated = true;
        } else if line.starts_with("#[") {
            line.clone_into(&mut member.attribute);
        } else if let Some((name, value)) = declared_member(line) {
            member.value = value;
            found.insert(name.to_owned(), std::mem::take(&mut member));
        }
    }
    found
}

/// A field `pub name: Type,` or `pub name: Type = "header",`, a variant `Name = "value",`, `Name(Type) = 200,` or
/// `0 Name(Type) Kind [..] [..],`.
fn declared_member(line: &str) -> Option<(&str, String)> {
    let line = line.strip_suffix(',')?;
    if line.starts_with("///") {
        return None;
    }
    if let Some(field) = line.strip_prefix("pub ") {
        return field.split_once(": ").map(|(name, value)| (name, value.to_owned()));
    }
    if let Some((name, value)) = line.split_once(" = ") {
        return Some(match name.split_once('(') {
            Some((name, of)) => (name, format!("{} = {value}", of.strip_suffix(')').unwrap_or(of))),
            None => (name, value.to_owned()),
        });
    }
    let (_, variant) = line.split_once(' ')?;
    let (name, value) = variant.split_once('(')?;
    Some((name, value[..value.rfind(") ")?].to_owned()))
}
