//! Schemas as types.

mod circles;
mod kinds;
mod of_responses;
mod properties;

pub(super) use kinds::is_nullable;

use super::{Field, Header, Kind, OneOf, StatusVariant, Struct, Ty, TypeDef, Usage, Variant, media, shape};

use crate::{
    Document, Error, NamesFile, Warning,
    document::{Node, escape},
    fixups::Shape,
    names::{Names, pascal, snake},
    names_file::{Entry, Parts},
};
use indexmap::IndexMap;
use kinds::{TYPES, constants, is_annotation, kinds, meant};
use properties::{Properties, collect};
use std::collections::{BTreeSet, HashMap, HashSet};

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

/// How a names file finds a type.
struct Origin {
    /// A type that stands for several equal schemas has several keys.
    keys: Vec<String>,
    parts: Parts,
}

/// A property of an object, and its place.
pub(super) struct Property<'a> {
    pub(super) name: String,
    pub(super) node: &'a Node,
    pub(super) pointer: String,
    pub(super) required: bool,
}

/// One of the types of a choice.
struct Branch {
    ty: Ty,
    /// The key of its variant in a names file.
    key: String,
    /// The values of the discriminator.
    tags: Vec<String>,
}

/// What a run found out.
pub(super) struct Resolved {
    pub(super) types: Vec<TypeDef>,
    pub(super) warnings: Vec<Warning>,
    pub(super) operation_names: Vec<(String, Entry)>,
    /// The keys of each type, and its names.
    pub(super) type_names: Vec<(Vec<String>, Entry)>,
}

/// Steps of a pointer that do not name a schema.
const KEYWORDS: [&str; 9] =
    ["$defs", "additionalProperties", "allOf", "anyOf", "content", "items", "oneOf", "properties", "schema"];

/// The items that the attribute generates beside an operation.
const BUILDERS: &[&str] = &["Builder", "BuilderFields"];

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

    /// The name of an operation.
    pub(super) fn name_operation(&mut self, key: &str, wanted: &str) -> String {
        let name = self.names.name(&format!("operations/{key}"), wanted);
        for suffix in BUILDERS {
            self.names.reserve(&[&format!("{name}{suffix}")]);
        }
        name
    }

    /// Names for the fields of an operation.
    pub(super) fn operation_fields(&mut self, key: &str) -> Names {
        let mut names = Names::default();
        names.reserve(&["build", "builder", "self"]);
        if let Some(entry) = self.kept.operations.get(key)
            && let Err(part) = names.keep_all(entry.parts.names(), Some("maybe_"))
        {
            self.part_conflict(&format!("/operations/{}/fields/{}", escape(key), escape(&part)));
        }
        names
    }

    fn part_conflict(&mut self, pointer: &str) {
        let message = "the name or the setter of this name is given twice, or is reserved; choose another name";
        if self.conflict.is_none() {
            self.conflict = Some(self.kept.error(pointer, message));
        }
    }

    /// The key of a type in a names file: its pointer if the document names the schema, else the words that describe it.
    fn key(&mut self, pointer: &str, described: &str) -> String {
        if self.by_pointer.contains_key(pointer) {
            return pointer.to_owned();
        }
        let numbered = (2..).map(|number| format!("{described} {number}"));
        let free = std::iter::once(described.to_owned()).chain(numbered).find(|key| self.keys.insert(key.clone()));
        free.unwrap_or_default()
    }

    /// Names for the fields or the variants of a type.
    fn part_names(&mut self, key: &str, section: &str, reserved: &[&str], prefix: Option<&str>) -> Names {
        let mut names = Names::default();
        names.reserve(reserved);
        if let Some(entry) = self.kept.types.get(key)
            && let Err(part) = names.keep_all(entry.parts.names(), prefix)
        {
            self.part_conflict(&format!("/types/{}/{section}/{}", escape(key), escape(&part)));
        }
        names
    }

    fn set_parts(&mut self, ty: &Ty, parts: Parts) {
        if let Ty::Named(index) = ty {
            self.origins[*index].parts = parts;
        }
    }

    /// Notes that a schema without a name has the type of an equal schema.
    fn note_key(&mut self, ty: &Ty, pointer: &str, described: &str) {
        if let Ty::Named(index) = ty
            && !self.by_pointer.contains_key(pointer)
            && !self.origins[*index].keys.iter().any(|key| key == described)
            && self.keys.insert(described.to_owned())
        {
            self.origins[*index].keys.push(described.to_owned());
        }
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

    /// Whether an object requires properties beside `allOf` that no part of it declares.
    fn requires_undeclared(&self, node: &'a Node, pointer: &str) -> bool {
        if node.get("required").is_none() {
            return false;
        }
        let mut found = Properties::default();
        collect(self.document, node, pointer, true, &mut found);
        !found.of.is_empty() && found.required.iter().any(|name| !found.of.contains_key(name))
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

    /// The type for several types in `type`: a choice, if they are scalars or lists.
    fn several(&mut self, node: &'a Node, kinds: &[&str], pointer: &str, name: &str) -> Ty {
        let mut found = Vec::new();
        for kind in kinds {
            let ty = match *kind {
                "string" => Ty::String,
                // A number is read as any number.
                "integer" if kinds.contains(&"number") => continue,
                "integer" => Ty::I64,
                "number" => Ty::F64,
                "boolean" => Ty::Bool,
                "array" => self.array(node, pointer, name),
                _ => return Ty::Json,
            };
            found.push(Branch { key: self.variant_name(&ty), ty, tags: Vec::new() });
        }
        self.choice(node, pointer, name, found)
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

    /// Declares the type of a schema. The name in the document (`x-rust-name`) comes before a kept name.
    fn declare(&mut self, node: &Node, own_key: String, described: &str) -> usize {
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

    fn object(&mut self, node: &'a Node, pointer: &str, name: &str) -> Ty {
        let mut found = Properties::default();
        collect(self.document, node, pointer, true, &mut found);
        found.add_undeclared(pointer);
        let Properties { of: properties, required, further, lost, .. } = found;
        for at in lost {
            self.warn(&at, "the reference leads nowhere", "the part is left out");
        }
        if properties.is_empty() {
            return match further {
                Some((values @ Node::Map(map), at)) if !map.is_empty() => {
                    match self.ty(values, &at, &format!("{name} Value")) {
                        Ty::Json => Ty::Object,
                        ty => Ty::Map(Box::new(ty)),
                    }
                }
                _ => Ty::Object,
            };
        }
        let schemas: Vec<_> = properties.iter().map(|(name, (schema, _))| (name, schema)).collect();
        // An empty schema allows any property, as `true` does.
        let further = further.filter(|(schema, _)| matches!(schema, Node::Map(_) | Node::Bool(true)));
        let map = further.as_ref().map_or(String::new(), |(schema, _)| format!(" {schema:?}"));
        let content = format!("{schemas:?} {required:?}{map}");
        let is_component = self.by_pointer.contains_key(pointer);
        if !is_component && let Some(ty) = self.by_content.get(&content).cloned() {
            self.note_key(&ty, pointer, name);
            return ty;
        }
        if let Some((outer, at)) = self.under_way.iter().find(|(of, _)| *of == content).map(|(_, place)| place.clone())
        {
            return self.declare_outer(node, outer, &at);
        }
        let short = properties.keys().map(|name| pascal(name, "Value")).collect::<String>();
        let own = if properties.len() <= 2 && name.ends_with(" filter") {
            format!("{short} Filter")
        } else {
            name.to_owned()
        };
        let key = self.key(pointer, name);
        self.under_way.push((content.clone(), (key.clone(), pointer.to_owned())));
        let mut names = self.part_names(&key, "fields", &["unexpected", "new", "self"], Some("clear_"));
        let fields: Vec<Field> = properties
            .into_iter()
            .map(|(property, (schema, at))| {
                let ty = self.ty(schema, &at, &format!("{name} {property}"));
                let described = docs(schema);
                Field {
                    name: names.name_pair(&property, &snake(&property, "value"), "clear_"),
                    // The server sets a field that is read only.
                    required: required.contains(&property) && !schema.flag("readOnly"),
                    nullable: self.document.follow(schema, &at).is_some_and(|(target, _)| is_nullable(target))
                        || is_nullable(schema),
                    deprecated: schema.flag("deprecated"),
                    boxed: false,
                    docs: described,
                    wire: property,
                    ty,
                }
            })
            .collect();
        let further = further.map(|(schema, at)| self.further(schema, &at, name, &fields, &mut names));
        self.under_way.pop();
        let shaped = if further.is_none() { self.shaped(&fields) } else { None };
        let ty = if let Some(kind) = shaped {
            self.add(node, pointer, key, &own, kind)
        } else {
            let kind = Kind::Struct(Struct { fields, further, generic: false, page: None });
            let ty = self.add(node, pointer, key, &own, kind);
            self.set_parts(&ty, Parts::Fields(names.into_given()));
            ty
        };
        if !is_component {
            self.by_content.insert(content, ty.clone());
        }
        ty
    }

    /// The map of the properties beside the fields.
    fn further(&mut self, schema: &'a Node, at: &str, name: &str, fields: &[Field], names: &mut Names) -> Field {
        // A property may have the key of the map in a names file.
        let mut key = "additionalProperties".to_owned();
        while fields.iter().any(|field| field.wire == key) {
            key.push('*');
        }
        Field {
            name: names.name(&key, "additional_properties"),
            ty: Ty::Map(Box::new(self.ty(schema, at, &format!("{name} Value")))),
            docs: vec!["The properties without a field, by their names.".to_owned()],
            wire: key,
            required: false,
            nullable: false,
            deprecated: false,
            boxed: false,
        }
    }

    /// Declares an object that contains itself, so that the object inside has a type to refer to.
    fn declare_outer(&mut self, node: &'a Node, key: String, pointer: &str) -> Ty {
        if let Some(ty) = self.by_pointer.get(pointer) {
            return ty.clone();
        }
        let described = key.clone();
        let ty = Ty::Named(self.declare(node, key, &described));
        self.by_pointer.insert(pointer.to_owned(), ty.clone());
        ty
    }

    /// The properties of an object, without a type for it. None if the schema has none.
    pub(super) fn properties(&self, node: &'a Node, pointer: &str) -> Vec<Property<'a>> {
        let Some((node, pointer)) = self.document.follow(node, pointer) else { return Vec::new() };
        let mut found = Properties::default();
        collect(self.document, node, &pointer, true, &mut found);
        found.add_undeclared(&pointer);
        let Properties { of, required, .. } = found;
        let property = |(name, (node, pointer)): (String, (&'a Node, String))| Property {
            required: required.contains(&name),
            name,
            node,
            pointer,
        };
        of.into_iter().map(property).collect()
    }

    /// The alias for an object that has one of the shapes.
    fn shaped(&mut self, fields: &[Field]) -> Option<Kind> {
        let (shape, argument) = shape::of(self.shapes, fields)?;
        let index = self.generics.get(&shape.name).copied().unwrap_or_else(|| self.generic(shape, fields));
        let Kind::Struct(generic) = &mut self.types[index].kind else { return None };
        shape::fits(shape, &mut generic.fields, fields)
            .then_some(Kind::Alias { target: Ty::Named(index), argument: Some(argument) })
    }

    /// Declares the generic type of a shape.
    fn generic(&mut self, shape: &Shape, fields: &[Field]) -> usize {
        let index = self.declare(&Node::Null, format!("/shapes/{}", escape(&shape.name)), &shape.name);
        let fields = shape::generic(shape, fields);
        let field = |name: &String| fields.iter().find(|field| field.wire == *name).map(|field| field.name.clone());
        let page = shape.cursor.as_ref().and_then(|cursor| Some((field(&shape.parameter)?, field(cursor)?)));
        self.types[index].docs = vec![shape.docs.clone()];
        self.types[index].kind = Kind::Struct(Struct { fields, further: None, generic: true, page });
        self.generics.insert(shape.name.clone(), index);
        index
    }

    fn one_of(&mut self, node: &'a Node, keyword: &str, pointer: &str, name: &str) -> Ty {
        let is_any = |schema: &Node| matches!(schema, Node::Map(map) if map.is_empty());
        let branches = node.list(keyword);
        if let Some(values) = constants(branches) {
            return self.text_enum(node, pointer, name, values);
        }
        let free = |kind: &str| {
            branches.iter().any(|schema| {
                kinds(schema) == [kind]
                    && ["enum", "const", "properties", "format"].iter().all(|key| schema.get(key).is_none())
                    && (kind != "array" || schema.get("items").is_none_or(is_any))
            })
        };
        if ["string", "number", "boolean", "object", "array"].iter().all(|kind| free(kind)) {
            return Ty::Json;
        }
        let mut found: Vec<Branch> = Vec::new();
        for (index, branch) in branches.iter().enumerate().filter(|(_, branch)| branch.text("type") != Some("null")) {
            let at = format!("{pointer}/{keyword}/{index}");
            // Values of an enum beside other types are text: the variants of the choice are its types.
            let is_text = branch.text("type") == Some("string") && branch.get("$ref").is_none();
            let ty = if is_text { Ty::String } else { self.ty(branch, &at, &format!("{name} {}", index + 1)) };
            let key = match &ty {
                Ty::Named(_) => branch_key(branch, index),
                // Choices between equal types are one type, whatever the titles of their branches.
                ty => self.variant_name(ty),
            };
            found.push(Branch { ty, key, tags: tags(node, branch) });
        }
        self.choice(node, pointer, name, found)
    }

    /// The type of a value that has one of several types. Equal types are one.
    fn choice(&mut self, node: &'a Node, pointer: &str, name: &str, branches: Vec<Branch>) -> Ty {
        let mut found: Vec<Branch> = Vec::new();
        let own = self.by_pointer.get(pointer).cloned();
        // A choice that lists itself has no further values by this.
        for mut branch in branches.into_iter().filter(|branch| Some(&branch.ty) != own.as_ref()) {
            if found.iter().any(|known| known.ty == branch.ty) {
                continue;
            }
            let is_used = |key: &str| found.iter().any(|known| known.key == key);
            let numbered = (2..).map(|number| format!("{} {number}", branch.key));
            let free = std::iter::once(branch.key.clone()).chain(numbered).find(|key| !is_used(key));
            branch.key = free.unwrap_or_default();
            found.push(branch);
        }
        match &*found {
            [one] => return one.ty.clone(),
            all if all.is_empty() || all.iter().any(|branch| branch.ty == Ty::Json) => return Ty::Json,
            _ => {}
        }
        let types: Vec<&Ty> = found.iter().map(|branch| &branch.ty).collect();
        let tags: Vec<_> = found.iter().map(|branch| &branch.tags).collect();
        let content = format!("{types:?} {tags:?} {:?}", node.get("discriminator"));
        let is_component = self.by_pointer.contains_key(pointer);
        if !is_component && let Some(ty) = self.by_content.get(&content).cloned() {
            self.note_key(&ty, pointer, name);
            return ty;
        }
        let all_named = types.iter().map(|ty| self.variant_name(ty)).collect::<Vec<_>>();
        let is_simple = !types.iter().any(|ty| matches!(ty, Ty::Named(_)));
        let own = if is_simple { all_named.join(" Or ") } else { name.to_owned() };
        let key = self.key(pointer, name);
        let mut names = self.part_names(&key, "variants", &["Other", "Self"], None);
        let variants = found.into_iter().zip(all_named).map(|(branch, name)| Variant {
            name: names.name(&branch.key, &pascal(&name, "Value")),
            ty: branch.ty,
            boxed: false,
            tags: branch.tags,
            only: Vec::new(),
        });
        let variants = variants.collect();
        let tag = node.get("discriminator").and_then(|tag| tag.text("propertyName")).unwrap_or_default().to_owned();
        let ty = self.add(node, pointer, key, &own, Kind::OneOf(OneOf { tag, variants }));
        self.set_parts(&ty, Parts::Variants(names.into_given()));
        if !is_component {
            self.by_content.insert(content, ty.clone());
        }
        ty
    }

    fn variant_name(&self, ty: &Ty) -> String {
        match ty {
            Ty::String | Ty::Rust(_) | Ty::Bytes | Ty::Base64 => "Text".to_owned(),
            Ty::Bool => "Boolean".to_owned(),
            Ty::I32 | Ty::I64 => "Integer".to_owned(),
            Ty::F64 => "Number".to_owned(),
            Ty::Timestamp => "Timestamp".to_owned(),
            Ty::Json | Ty::Parameter => "Any".to_owned(),
            Ty::Object | Ty::Map(_) => "Object".to_owned(),
            Ty::List(item) => format!("{} List", self.variant_name(item)),
            Ty::Named(index) => self.types[*index].name.clone(),
        }
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

/// The name of a schema below `components`. A schema inside of another one has the names of both.
fn component(pointer: &str) -> Option<String> {
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

/// The key of a branch in a names file: the schema that it refers to, its title, its type, or its number.
fn branch_key(branch: &Node, index: usize) -> String {
    let reference = branch.text("$ref").and_then(|reference| reference.rsplit('/').next());
    let name = reference.or_else(|| branch.text("title")).map(str::to_owned);
    name.unwrap_or_else(|| match &*kinds(branch) {
        [kind] => (*kind).to_owned(),
        _ => (index + 1).to_string(),
    })
}

/// The values of a discriminator for one branch: those of its mapping, else the name of the schema.
fn tags(node: &Node, branch: &Node) -> Vec<String> {
    let Some(discriminator) = node.get("discriminator") else { return Vec::new() };
    let Some(reference) = branch.text("$ref") else { return Vec::new() };
    let name = reference.rsplit('/').next().unwrap_or_default();
    let mapped = discriminator.entries("mapping").filter(|(_, target)| {
        target.as_text().is_some_and(|target| target == reference || target.rsplit('/').next() == Some(name))
    });
    let mapped: Vec<String> = mapped.map(|(value, _)| value.to_owned()).collect();
    if mapped.is_empty() { vec![name.to_owned()] } else { mapped }
}

/// The title and the description of a node, as lines.
pub(super) fn docs(node: &Node) -> Vec<String> {
    let text =
        node.text("description").or_else(|| node.text("title")).or_else(|| node.text("summary")).unwrap_or_default();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.trim().lines().map(|line| line.trim_end().to_owned()).collect()
}
