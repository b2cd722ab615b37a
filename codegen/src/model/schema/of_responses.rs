//! The enum of a response by status, and the struct of its headers.

use super::{Header, Kind, Parts, Schemas, StatusVariant, Ty};
use crate::{document::Node, names::snake};

impl Schemas<'_> {
    /// The enum of a response whose type depends on the status. The key of a variant is its status in the document.
    pub(in crate::model) fn by_status(
        &mut self,
        pointer: &str,
        name: &str,
        docs: Vec<String>,
        mut variants: Vec<(String, StatusVariant)>,
    ) -> Ty {
        let key = self.key(pointer, name);
        let mut names = self.part_names(&key, "variants", &["Self"], None);
        for (key, of) in &mut variants {
            of.name = names.name(key, &of.name);
        }
        let kind = Kind::ByStatus(variants.into_iter().map(|(_, of)| of).collect());
        let ty = self.add(&Node::Null, pointer, key, name, kind);
        self.set_docs(&ty, docs);
        self.set_parts(&ty, Parts::Variants(names.into_given()));
        ty
    }

    /// The struct of response headers. Operations with equal headers share it.
    pub(in crate::model) fn headers(&mut self, pointer: &str, type_name: &str, mut headers: Vec<Header>) -> Ty {
        let name = format!("{type_name} Headers");
        let content: Vec<_> = headers.iter().map(|of| (of.wire.to_ascii_lowercase(), &of.ty)).collect();
        let content = format!("headers {content:?}");
        if let Some(ty) = self.by_content.get(&content).cloned() {
            self.note_key(&ty, pointer, &name);
            return ty;
        }
        // `ETag` is one word, whatever its case.
        let word = |wire: &str| if wire.eq_ignore_ascii_case("etag") { "etag".to_owned() } else { wire.to_owned() };
        let short: Vec<String> = headers.iter().map(|of| word(&of.wire)).collect();
        let own = if headers.len() <= 2 { format!("{} Headers", short.join(" ")) } else { name.clone() };
        let key = self.key(pointer, &name);
        let mut names = self.part_names(&key, "fields", &["self", "unexpected"], None);
        let wires: Vec<String> = headers.iter().map(|of| format!("`{}`", of.wire)).collect();
        for of in &mut headers {
            of.name = names.name(&of.wire, &snake(&word(&of.wire), "value"));
        }
        let ty = self.add(&Node::Null, pointer, key, &own, Kind::Headers(headers));
        self.set_docs(
            &ty,
            vec![format!("The response header{} {}.", if wires.len() == 1 { "" } else { "s" }, wires.join(", "))],
        );
        self.set_parts(&ty, Parts::Fields(names.into_given()));
        self.by_content.insert(content, ty.clone());
        ty
    }

    fn set_docs(&mut self, ty: &Ty, docs: Vec<String>) {
        if let Ty::Named(index) = ty {
            self.types[*index].docs = docs;
        }
    }
}
