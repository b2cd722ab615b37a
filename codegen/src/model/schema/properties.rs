//! The properties of an object and of its parts.

use super::kinds::kinds;
use crate::{
    Document,
    document::{Node, escape},
};
use indexmap::IndexMap;
use std::collections::{BTreeSet, HashSet};

/// The properties of an object, with their pointers.
#[derive(Default)]
pub(super) struct Properties<'a> {
    pub(super) of: IndexMap<String, (&'a Node, String)>,
    pub(super) required: BTreeSet<String>,
    /// `additionalProperties`, with its pointer. That of the object itself comes before those of its parts.
    pub(super) further: Option<(&'a Node, String)>,
    /// The pointers of the parts so far.
    seen: HashSet<String>,
    /// The pointers of references that lead nowhere.
    pub(super) lost: Vec<String>,
}

impl Properties<'_> {
    /// Adds the required properties that no schema declares, so that a request can have what the document requires. They have
    /// the type of further properties, or are any JSON. An object without a declared property is a map already.
    pub(super) fn add_undeclared(&mut self, pointer: &str) {
        let (schema, at) = match &self.further {
            // No value fits such a schema.
            Some((Node::Bool(false), _)) => return,
            Some((values @ Node::Map(_), at)) => (*values, at.clone()),
            _ => (&Node::Null, format!("{pointer}/required")),
        };
        if self.of.is_empty() {
            return;
        }
        for name in &self.required {
            self.of.entry(name.clone()).or_insert_with(|| (schema, at.clone()));
        }
    }
}

/// Whether a schema has no type of its own.
fn restricts(schema: &Node) -> bool {
    let has = |key: &&str| schema.get(key).is_some();
    kinds(schema).is_empty() && !["$ref", "enum", "allOf", "oneOf", "anyOf", "x-rust-type"].iter().any(has)
}

/// Collects the properties of an object, of the parts of its `allOf`, and of the branches of its choices. The properties of a
/// branch are not required.
pub(super) fn collect<'a>(
    document: &'a Document,
    node: &'a Node,
    pointer: &str,
    is_required: bool,
    found: &mut Properties<'a>,
) {
    if !found.seen.insert(pointer.to_owned()) {
        return;
    }
    for (index, part) in node.list("allOf").iter().enumerate() {
        let at = format!("{pointer}/allOf/{index}");
        match document.follow(part, &at) {
            Some((part, at)) => collect(document, part, &at, is_required, found),
            None => found.lost.push(at),
        }
    }
    for (name, schema) in node.entries("properties") {
        let place = (schema, format!("{pointer}/properties/{}", escape(name)));
        // A part of `allOf` may only restrict a property that another part declares.
        if is_required && !(restricts(schema) && found.of.contains_key(name)) {
            found.of.insert(name.to_owned(), place);
        } else {
            found.of.entry(name.to_owned()).or_insert(place);
        }
    }
    if is_required {
        found.required.extend(node.list("required").iter().filter_map(Node::to_text));
        if let Some(further) = node.get("additionalProperties") {
            found.further = Some((further, format!("{pointer}/additionalProperties")));
        }
    }
    for keyword in ["oneOf", "anyOf"] {
        let branches = node.list(keyword).iter().enumerate().filter_map(|(index, branch)| {
            let at = format!("{pointer}/{keyword}/{index}");
            document.follow(branch, &at)
        });
        let branches: Vec<_> = branches.collect();
        // A base type lists the types that extend it. Their fields are not fields of each other.
        if branches.iter().all(|(_, at)| !found.seen.contains(at)) {
            for (branch, at) in branches {
                collect(document, branch, &at, false, found);
            }
        }
    }
}
