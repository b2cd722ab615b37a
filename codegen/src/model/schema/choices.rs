//! Choices between types.

use super::{
    Kind, OneOf, Parts, Schemas, Ty, Variant,
    kinds::{constants, kinds},
};
use crate::{document::Node, names::pascal};

/// One of the types of a choice.
struct Branch {
    ty: Ty,
    /// The key of its variant in a names file.
    key: String,
    /// The values of the discriminator.
    tags: Vec<String>,
}

impl<'a> Schemas<'a> {
    pub(super) fn one_of(&mut self, node: &'a Node, keyword: &str, pointer: &str, name: &str) -> Ty {
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

    /// The type for several types in `type`: a choice, if they are scalars or lists.
    pub(super) fn several(&mut self, node: &'a Node, kinds: &[&str], pointer: &str, name: &str) -> Ty {
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
