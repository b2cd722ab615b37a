//! Schemas as types.

mod choices;
mod circles;
mod kinds;
mod naming;
mod objects;
mod of_responses;
mod properties;

pub(super) use kinds::is_nullable;
pub(super) use objects::Property;

use super::{Field, Header, Kind, OneOf, StatusVariant, Struct, Ty, TypeDef, Usage, Variant, media, shape};

use crate::{
    Document, Error, NamesFile, Warning,
    document::{Node, escape},
    fixups::Shape,
    names::{Names, pascal},
    names_file::{Entry, Parts},
};
use indexmap::IndexMap;
use kinds::{TYPES, is_annotation, kinds, meant};
use naming::{BUILDERS, Origin, component};
use std::collections::{HashMap, HashSet};

/// Schemas that became types.
pub(super) struct Schemas<'a> {
    pub(super) document: &'a Document,
    /// Whether the media type `*/*` may be JSON.
    pub(super) any_is_json: bool,
    shapes: &'a [Shape],
    types: Vec<TypeDef>,
    pub(super) names: Names,
    /// The type of each schema that has a name in the document, by its pointer.
    by_pointer: HashMap<String, Ty>,
    /// Types of schemas without a name, by their content.
    by_content: HashMap<String, Ty>,
    generics: HashMap<String, usize>,
    pub(super) warnings: Vec<Warning>,
    depth: usize,
    /// Schemas that become types once the others are resolved, with their pointers, names and types.
    postponed: Vec<(&'a Node, String, String, usize)>,
    /// The types of schemas in the middle of the document to which references lead, by their pointers.
    by_reference: HashMap<String, Ty>,
    /// The pointers of such schemas that are being resolved.
    open: Vec<String>,
    is_draining: bool,
    /// The names of earlier runs.
    kept: NamesFile,
    /// The first kept name that cannot be used.
    conflict: Option<Error>,
    /// The names of the operations of this run.
    pub(super) operation_names: Vec<(String, Entry)>,
    /// The objects that are being resolved: their content, key and pointer.
    under_way: Vec<(String, (String, String))>,
    /// The keys of types that are in use.
    keys: HashSet<String>,
    /// The keys of each type, and the names of its parts.
    origins: Vec<Origin>,
}

/// What a run found out.
pub(super) struct Resolved {
    pub(super) types: Vec<TypeDef>,
    pub(super) warnings: Vec<Warning>,
    pub(super) operation_names: Vec<(String, Entry)>,
    /// The keys of each type, and its names.
    pub(super) type_names: Vec<(Vec<String>, Entry)>,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(document: &'a Document, shapes: &'a [Shape], kept: NamesFile) -> Self {
        let mut names = Names::default();
        names.reserve(&["T", "Self", "self", "super", "crate", "_"]);
        let mut conflict = None;
        let operations = kept.operations.iter().map(|(key, entry)| ("operations", key, entry, BUILDERS));
        let types = kept.types.iter().map(|(key, entry)| ("types", key, entry, &[][..]));
        for (section, key, entry, suffixes) in operations.chain(types) {
            if !names.keep(&format!("{section}/{key}"), &entry.name, suffixes) {
                let message = format!("`{}` is given twice, or is reserved; choose another name", entry.name);
                conflict = conflict.or_else(|| Some(kept.error(&format!("/{section}/{}/name", escape(key)), message)));
            }
        }
        Self {
            document,
            any_is_json: media::any_is_json(document),
            shapes,
            types: Vec::new(),
            names,
            by_pointer: HashMap::new(),
            by_content: HashMap::new(),
            generics: HashMap::new(),
            warnings: Vec::new(),
            depth: 0,
            postponed: Vec::new(),
            by_reference: HashMap::new(),
            open: Vec::new(),
            is_draining: false,
            kept,
            conflict,
            under_way: Vec::new(),
            keys: HashSet::new(),
            operation_names: Vec::new(),
            origins: Vec::new(),
        }
    }

    pub(super) fn finish(mut self) -> Result<Resolved, Error> {
        if let Some(conflict) = self.conflict {
            return Err(conflict);
        }
        let endless: Vec<usize> = (0..self.types.len()).filter(|&index| self.is_endless(index)).collect();
        for index in endless {
            let name = self.types[index].name.clone();
            let place = self.place(index);
            self.warn(&place, format!("the schema of `{name}` has no content but itself"), "it is any JSON");
            self.types[index].kind = Kind::Alias { target: Ty::Json, argument: None };
        }
        self.break_circles();
        self.distinguish();
        let names = self.types.iter().map(|of| of.name.clone());
        let type_names = self.origins.into_iter().zip(names);
        let type_names = type_names.map(|(of, name)| (of.keys, Entry { name, parts: of.parts })).collect();
        Ok(Resolved { types: self.types, warnings: self.warnings, operation_names: self.operation_names, type_names })
    }

    pub(super) fn warn(&mut self, pointer: &str, reason: impl Into<String>, result: &str) {
        let warning = Warning {
            file: self.document.text().name().to_owned(),
            line: None,
            pointer: pointer.to_owned(),
            reason: reason.into(),
            result: result.to_owned(),
        };
        // Several references may lead to the same place.
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// The type of a schema. `name` is for a type that has no name in the document.
    pub(super) fn ty(&mut self, node: &'a Node, pointer: &str, name: &str) -> Ty {
        if self.depth > 60 {
            self.warn(pointer, "the schema is nested more than 60 levels deep", "it is any JSON");
            return Ty::Json;
        }
        self.depth += 1;
        let ty = self.unlimited(node, pointer, name);
        self.depth -= 1;
        if self.depth == 0 && !self.is_draining {
            self.is_draining = true;
            while let Some((target, at, name, index)) = self.postponed.pop() {
                self.define(target, &at, &name, index);
            }
            self.is_draining = false;
        }
        ty
    }

    fn unlimited(&mut self, node: &'a Node, pointer: &str, name: &str) -> Ty {
        if node.text("$ref").is_some() {
            return self.reference(node, pointer, name);
        }
        if let Some(rust) = node.text("x-rust-type") {
            return Ty::Rust(rust.to_owned());
        }
        let parts: Vec<_> = node.list("allOf").iter().enumerate().filter(|(_, part)| !is_annotation(part)).collect();
        let is_object = |part: &Node| {
            let target = self.document.follow(part, pointer);
            target.is_some_and(|(target, _)| {
                let is_combined = ["allOf", "oneOf", "anyOf", "required"].iter().any(|key| target.get(key).is_some());
                is_combined || kinds(target).contains(&"object")
            })
        };
        match &*parts {
            [] => {}
            [(index, part), rest @ ..]
                if node.get("properties").is_none()
                    && !self.requires_undeclared(node, pointer)
                    && (rest.is_empty() || !parts.iter().any(|(_, part)| is_object(part))) =>
            {
                return self.ty(part, &format!("{pointer}/allOf/{index}"), name);
            }
            _ => return self.object(node, pointer, name),
        }
        for keyword in ["oneOf", "anyOf"] {
            if !node.list(keyword).is_empty() && node.get("properties").is_none() {
                return self.one_of(node, keyword, pointer, name);
            }
        }
        let kinds = kinds(node);
        if let [kind] = *kinds
            && !TYPES.contains(&kind)
        {
            return self.foreign(node, kind, pointer, name);
        }
        match &*kinds {
            ["string"] => self.string(node, pointer, name),
            ["boolean"] => Ty::Bool,
            ["integer"] if node.text("format") == Some("int32") => Ty::I32,
            ["integer"] => Ty::I64,
            ["number"] => Ty::F64,
            ["array"] => self.array(node, pointer, name),
            ["object"] => self.object(node, pointer, name),
            [] if !node.list("enum").is_empty() => self.string(node, pointer, name),
            [_, _, ..] => self.several(node, &kinds, pointer, name),
            _ => Ty::Json,
        }
    }

    /// The type for a `type` that JSON does not have.
    fn foreign(&mut self, node: &'a Node, kind: &str, pointer: &str, name: &str) -> Ty {
        match meant(kind) {
            Some("string") => self.string(node, pointer, name),
            Some("integer") => Ty::I64,
            Some("number") => Ty::F64,
            Some("boolean") => Ty::Bool,
            Some("array") => self.array(node, pointer, name),
            Some(_) => self.object(node, pointer, name),
            None => {
                if !["any", "file", "null"].contains(&kind) {
                    self.warn(pointer, format!("`{kind}` is no type"), "it is any JSON");
                }
                Ty::Json
            }
        }
    }

    fn array(&mut self, node: &'a Node, pointer: &str, name: &str) -> Ty {
        let item = match node.get("items") {
            Some(items) => self.ty(items, &format!("{pointer}/items"), &format!("{name} Item")),
            None => Ty::Json,
        };
        Ty::List(Box::new(item))
    }

    fn reference(&mut self, node: &'a Node, pointer: &str, described: &str) -> Ty {
        let Some((target, at)) = self.document.follow(node, pointer) else {
            self.warn(pointer, self.document.lost(node), "it is any JSON");
            return Ty::Json;
        };
        if let Some(ty) = self.by_pointer.get(&at) {
            return ty.clone();
        }
        let Some(name) = component(&at) else { return self.inner(target, at, described) };
        // A reference to this schema inside of it finds the type under way.
        let index = self.declare(target, at.clone(), &name);
        self.by_pointer.insert(at.clone(), Ty::Named(index));
        if self.depth > 20 {
            // A chain of references can be long. The stack is not.
            self.postponed.push((target, at, name, index));
        } else {
            self.define(target, &at, &name, index);
        }
        Ty::Named(index)
    }

    /// The type of a schema in the middle of the document, which has no name. A schema that contains itself gets one.
    fn inner(&mut self, target: &'a Node, at: String, described: &str) -> Ty {
        if let Some(ty) = self.by_reference.get(&at).cloned() {
            self.note_key(&ty, &at, described);
            return ty;
        }
        if self.open.contains(&at) {
            let key = self.key(&at, described);
            return self.declare_outer(target, key, &at);
        }
        self.open.push(at.clone());
        let mut ty = self.ty(target, &at, described);
        self.open.pop();
        if let Some(Ty::Named(index)) = self.by_pointer.get(&at).cloned() {
            if ty != Ty::Named(index) {
                self.types[index].kind = Kind::Alias { target: ty, argument: None };
            }
            ty = Ty::Named(index);
        }
        self.by_reference.insert(at, ty.clone());
        ty
    }

    /// Resolves the schema of a declared type.
    fn define(&mut self, target: &'a Node, pointer: &str, name: &str, index: usize) {
        let ty = self.ty(target, pointer, name);
        if ty != Ty::Named(index) {
            self.types[index].kind = Kind::Alias { target: ty, argument: None };
        }
    }

    /// Adds the type of a schema, or completes it if the document names the schema.
    fn add(&mut self, node: &Node, pointer: &str, key: String, name: &str, kind: Kind) -> Ty {
        let index = match self.by_pointer.get(pointer) {
            Some(Ty::Named(index)) => *index,
            _ => self.declare(node, key, name),
        };
        self.types[index].kind = kind;
        let described = docs(node);
        if !described.is_empty() {
            self.types[index].docs = described;
        }
        Ty::Named(index)
    }

    fn string(&mut self, node: &'a Node, pointer: &str, name: &str) -> Ty {
        let values: Vec<String> = node.list("enum").iter().filter_map(Node::to_text).collect();
        let only_text = node.list("enum").iter().all(|value| matches!(value, Node::Text(_) | Node::Null));
        if values.is_empty() || !only_text && node.get("type").is_none() {
            return match node.text("format") {
                Some("date-time") if values.is_empty() => Ty::Timestamp,
                Some("byte") if values.is_empty() => Ty::Base64,
                _ if !only_text => Ty::Json,
                _ => Ty::String,
            };
        }
        self.text_enum(node, pointer, name, values)
    }

    fn text_enum(&mut self, node: &'a Node, pointer: &str, name: &str, values: Vec<String>) -> Ty {
        let content = format!("enum {name} {values:?}");
        let is_component = self.by_pointer.contains_key(pointer);
        if !is_component && let Some(ty) = self.by_content.get(&content).cloned() {
            self.note_key(&ty, pointer, name);
            return ty;
        }
        let key = self.key(pointer, name);
        let mut names = self.part_names(&key, "variants", &["Other", "Self"], None);
        let mut unique = IndexMap::new();
        for value in values {
            unique.entry(value).or_insert_with_key(|value| names.name(value, &pascal(value, "Empty")));
        }
        let variants = unique.into_iter().map(|(value, name)| (name, value)).collect();
        let ty = self.add(node, pointer, key, name, Kind::Enum(variants));
        self.set_parts(&ty, Parts::Variants(names.into_given()));
        if !is_component {
            self.by_content.insert(content, ty.clone());
        }
        ty
    }

    /// The type that other names stand for. A name that stands for itself is its own type.
    pub(super) fn target<'t>(&'t self, ty: &'t Ty) -> &'t Ty {
        let mut at = ty;
        for _ in 0..=self.types.len() {
            match self.kind(at) {
                Some(Kind::Alias { target, .. }) => at = target,
                _ => return at,
            }
        }
        ty
    }

    /// The types so far, to find out what a type is.
    pub(super) fn kind(&self, ty: &Ty) -> Option<&Kind> {
        match ty {
            Ty::Named(index) => Some(&self.types[*index].kind),
            _ => None,
        }
    }
}

/// The title and the description of a node, as lines.
pub(super) fn docs(node: &Node) -> Vec<String> {
    let text =
        node.text("description").or_else(|| node.text("title")).or_else(|| node.text("summary")).unwrap_or_default();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.trim().lines().map(|line| line.trim_end().to_owned()).collect()
}
