//! The names of types and their parts, and the keys by which a names file finds them.

use super::{Kind, Schemas, Ty, TypeDef, Usage};
use crate::{
    document::{Node, escape},
    names::{Names, pascal},
    names_file::Parts,
};
use std::collections::BTreeSet;

/// How a names file finds a type.
pub(super) struct Origin {
    /// A type that stands for several equal schemas has several keys.
    pub(super) keys: Vec<String>,
    pub(super) parts: Parts,
}

/// The items that the attribute generates beside an operation.
pub(super) const BUILDERS: &[&str] = &["Builder", "BuilderFields"];

/// Steps of a pointer that do not name a schema.
const KEYWORDS: [&str; 9] =
    ["$defs", "additionalProperties", "allOf", "anyOf", "content", "items", "oneOf", "properties", "schema"];

impl Schemas<'_> {
    /// The name of an operation.
    pub(in crate::model) fn name_operation(&mut self, key: &str, wanted: &str) -> String {
        let name = self.names.name(&format!("operations/{key}"), wanted);
        for suffix in BUILDERS {
            self.names.reserve(&[&format!("{name}{suffix}")]);
        }
        name
    }

    /// Names for the fields of an operation.
    pub(in crate::model) fn operation_fields(&mut self, key: &str) -> Names {
        let mut names = Names::default();
        names.reserve(&["build", "builder", "self"]);
        if let Some(entry) = self.kept.operations.get(key)
            && let Err(part) = names.keep_all(entry.parts.names(), Some("maybe_"))
        {
            self.part_conflict(&format!("/operations/{}/fields/{}", escape(key), escape(&part)));
        }
        names
    }

    pub(super) fn part_conflict(&mut self, pointer: &str) {
        let message = "the name or the setter of this name is given twice, or is reserved; choose another name";
        if self.conflict.is_none() {
            self.conflict = Some(self.kept.error(pointer, message));
        }
    }

    /// The key of a type in a names file: its pointer if the document names the schema, else the words that describe it.
    pub(super) fn key(&mut self, pointer: &str, described: &str) -> String {
        if self.by_pointer.contains_key(pointer) {
            return pointer.to_owned();
        }
        let numbered = (2..).map(|number| format!("{described} {number}"));
        let free = std::iter::once(described.to_owned()).chain(numbered).find(|key| self.keys.insert(key.clone()));
        free.unwrap_or_default()
    }

    /// Names for the fields or the variants of a type.
    pub(super) fn part_names(&mut self, key: &str, section: &str, reserved: &[&str], prefix: Option<&str>) -> Names {
        let mut names = Names::default();
        names.reserve(reserved);
        if let Some(entry) = self.kept.types.get(key)
            && let Err(part) = names.keep_all(entry.parts.names(), prefix)
        {
            self.part_conflict(&format!("/types/{}/{section}/{}", escape(key), escape(&part)));
        }
        names
    }

    pub(super) fn set_parts(&mut self, ty: &Ty, parts: Parts) {
        if let Ty::Named(index) = ty {
            self.origins[*index].parts = parts;
        }
    }

    /// Notes that a schema without a name has the type of an equal schema.
    pub(super) fn note_key(&mut self, ty: &Ty, pointer: &str, described: &str) {
        if let Ty::Named(index) = ty
            && !self.by_pointer.contains_key(pointer)
            && !self.origins[*index].keys.iter().any(|key| key == described)
            && self.keys.insert(described.to_owned())
        {
            self.origins[*index].keys.push(described.to_owned());
        }
    }

    /// Declares the type of a schema. The name in the document (`x-rust-name`) comes before a kept name.
    pub(super) fn declare(&mut self, node: &Node, own_key: String, described: &str) -> usize {
        let key = format!("types/{own_key}");
        let explicit = node.text("x-rust-name").map(|name| pascal(name, "Type"));
        let name = match explicit {
            Some(explicit) if self.names.kept(&key) != Some(&explicit) => self.names.give(&explicit),
            _ => self.names.name(&key, &pascal(described, "Type")),
        };
        self.origins.push(Origin { keys: vec![own_key], parts: Parts::default() });
        self.types.push(TypeDef {
            name,
            docs: vec![format!("`{described}`.")],
            kind: Kind::Pending,
            usage: Usage::default(),
            modules: BTreeSet::new(),
        });
        self.types.len() - 1
    }
}

/// The name of a schema below `components`. A schema inside of another one has the names of both.
pub(super) fn component(pointer: &str) -> Option<String> {
    let steps: Vec<String> =
        pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    let names = match &*steps {
        [first, _, names @ ..] if first == "components" => names,
        [first, names @ ..] if first == "definitions" => names,
        _ => return None,
    };
    let [name, inner @ ..] = names else { return None };
    // The steps alternate between keywords and names, apart from those of lists.
    let is_keyword = |step: &&String| KEYWORDS.contains(&step.as_str());
    let mut found = vec![name.as_str()];
    let mut inner = inner.iter().peekable();
    while let Some(step) = inner.next() {
        if is_keyword(&step) {
            let is_map = step == "properties" || step == "$defs";
            found.extend(inner.next_if(|_| is_map).map(String::as_str));
        } else {
            found.push(step);
        }
    }
    Some(found.join(" "))
}
