//! Objects as structs and maps.

use super::{
    Field, Kind, Parts, Schemas, Struct, Ty, docs, is_nullable,
    properties::{Properties, collect},
    shape,
};
use crate::{
    document::{Node, escape},
    fixups::Shape,
    names::{Names, pascal, snake},
};
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// A property of an object, and its place.
pub(in crate::model) struct Property<'a> {
    pub(in crate::model) name: String,
    pub(in crate::model) node: &'a Node,
    pub(in crate::model) pointer: String,
    pub(in crate::model) required: bool,
}

impl<'a> Schemas<'a> {
    pub(super) fn object(&mut self, node: &'a Node, pointer: &str, name: &str) -> Ty {
        let mut found = Properties::default();
        collect(self.document, node, pointer, true, &mut found);
        found.add_undeclared(pointer);
        let Properties { of: properties, required, further, lost, .. } = found;
        for at in lost {
            self.warn(&at, "the reference leads nowhere", "the part is left out");
        }
        if properties.is_empty() {
            return self.map(further, name);
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
        let fields: Vec<Field> =
            listed(properties, &required).map(|property| self.field(property, name, &mut names)).collect();
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

    /// The type of an object without declared properties.
    fn map(&mut self, values: Option<(&'a Node, String)>, name: &str) -> Ty {
        match values {
            Some((values @ Node::Map(map), at)) if !map.is_empty() => {
                match self.ty(values, &at, &format!("{name} Value")) {
                    Ty::Json => Ty::Object,
                    ty => Ty::Map(Box::new(ty)),
                }
            }
            _ => Ty::Object,
        }
    }

    fn field(&mut self, property: Property<'a>, object: &str, names: &mut Names) -> Field {
        let Property { name, node, pointer, required } = property;
        let ty = self.ty(node, &pointer, &format!("{object} {name}"));
        let target = self.document.follow(node, &pointer);
        Field {
            name: names.name_pair(&name, &snake(&name, "value"), "clear_"),
            // The server sets a field that is read only.
            required: required && !node.flag("readOnly"),
            nullable: target.is_some_and(|(target, _)| is_nullable(target)) || is_nullable(node),
            deprecated: node.flag("deprecated"),
            boxed: false,
            docs: docs(node),
            wire: name,
            ty,
        }
    }

    /// Whether an object requires properties beside `allOf` that no part of it declares.
    pub(super) fn requires_undeclared(&self, node: &'a Node, pointer: &str) -> bool {
        if node.get("required").is_none() {
            return false;
        }
        let mut found = Properties::default();
        collect(self.document, node, pointer, true, &mut found);
        !found.of.is_empty() && found.required.iter().any(|name| !found.of.contains_key(name))
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
    pub(super) fn declare_outer(&mut self, node: &'a Node, key: String, pointer: &str) -> Ty {
        if let Some(ty) = self.by_pointer.get(pointer) {
            return ty.clone();
        }
        let described = key.clone();
        let ty = Ty::Named(self.declare(node, key, &described));
        self.by_pointer.insert(pointer.to_owned(), ty.clone());
        ty
    }

    /// The properties of an object, without a type for it. None if the schema has none.
    pub(in crate::model) fn properties(&self, node: &'a Node, pointer: &str) -> Vec<Property<'a>> {
        let Some((node, pointer)) = self.document.follow(node, pointer) else { return Vec::new() };
        let mut found = Properties::default();
        collect(self.document, node, &pointer, true, &mut found);
        found.add_undeclared(&pointer);
        listed(found.of, &found.required).collect()
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
}

fn listed<'a>(
    properties: IndexMap<String, (&'a Node, String)>,
    required: &BTreeSet<String>,
) -> impl Iterator<Item = Property<'a>> {
    properties.into_iter().map(|(name, (node, pointer))| Property {
        required: required.contains(&name),
        name,
        node,
        pointer,
    })
}
