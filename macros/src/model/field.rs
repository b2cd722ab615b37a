//! One field: its name, its type and its location.

use super::location::{Location, Style};
use crate::{
    Diagnostics,
    item::{self, Attribute, FieldAttribute, FieldType, HELPER, Kind, SerdeName, field_attribute_test},
};
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{LitStr, ext::IdentExt};

pub(crate) struct Field<'a> {
    pub(crate) name: &'a Ident,
    /// The name without `r#`.
    pub(crate) word: String,
    pub(crate) ty: FieldType<'a>,
    /// The `T` of an `Option<T>`.
    pub(crate) optional: Option<FieldType<'a>>,
    pub(crate) location: Location,
    /// The name on the wire, if the attribute has one.
    pub(crate) wire_name: Option<LitStr>,
    /// The name under which serde writes the field, if serde's attributes name it.
    pub(crate) serde_name: Option<SerdeName>,
    /// Whether the setter would have the name of another method of the builder. That is an error, and the setter gets
    /// another name.
    pub(crate) is_hidden: bool,
    /// The attributes that the setter has too: docs and deprecation.
    pub(crate) setter_attributes: Vec<&'a Attribute>,
}

impl<'a> Field<'a> {
    /// Reads the fields. The compiler reports a second field with the same name, and it is left out here.
    pub(crate) fn read_all(
        fields: &'a [item::Field],
        kind: Kind,
        serde_rule: Option<&str>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Self> {
        let mut read: Vec<Self> = Vec::new();
        for field in fields {
            let word = field.name.unraw().to_string();
            if read.iter().all(|other| other.word != word) {
                let serde_name = SerdeName::of(field, &word, serde_rule);
                read.push(Self { serde_name, ..Self::read(field, word, kind, diagnostics) });
            }
        }
        for index in 0..read.len() {
            let word = &read[index].word;
            let is_optional = |name: &str| read.iter().any(|field| field.optional.is_some() && field.word == name);
            read[index].is_hidden = word == "build" || word.strip_prefix("maybe_").is_some_and(is_optional);
        }
        read
    }

    fn read(field: &'a item::Field, word: String, kind: Kind, diagnostics: &mut Diagnostics) -> Self {
        let (name, ty) = (&field.name, field.ty());
        let optional = ty.of_option();
        let written = written_attributes(field, diagnostics);
        let mut wire_name = None;
        let location = if let Some(first) = written.first() {
            if first.attribute == FieldAttribute::Path && optional.is_some() {
                let message =
                    "a path value is required: remove the `Option`, or declare a second operation without the segment";
                diagnostics.at(ty, message);
            }
            Location::read(first.attribute, first.options.clone(), (name, &word), &mut wire_name, diagnostics)
        } else {
            diagnostics.at(name, format!("`{name}` has no location: add {}", kind.field_attributes()));
            Location::Unknown
        };
        for repeated in written.iter().skip(1) {
            let (word, first) = (repeated.attribute.name(), written[0].attribute.name());
            let message = if word == first {
                format!("`#[{word}]` is given twice: remove one")
            } else {
                format!("`{name}` already has `#[{first}]`, and a field has one location: remove one of the two")
            };
            diagnostics.at(&repeated.name, message);
        }
        let is_for_setter = |attribute: &&Attribute| matches!(attribute.word.as_str(), "doc" | "deprecated");
        let setter_attributes = field.attributes.iter().filter(is_for_setter).collect();
        Self { name, word, ty, optional, location, wire_name, serde_name: None, is_hidden: false, setter_attributes }
    }

    /// Whether a field can have this type. A type without a size is reported.
    pub(crate) fn has_sized_type(&self, diagnostics: &mut Diagnostics) -> bool {
        let ty = self.optional.unwrap_or(self.ty);
        let (unsized_type, owned) = match ty.text() {
            // The compiler reports it at the struct.
            _ if ty.starts_with("impl") => return false,
            _ if ty.starts_with("dyn") => ("a `dyn` type", "`Box<dyn ...>`"),
            "str" => ("`str`", "`String`"),
            _ if ty.is_slice() => ("a slice", "`Vec<...>`"),
            _ => return true,
        };
        diagnostics.at(
            self.ty,
            format!("{unsized_type} has no size: write {owned}, or a reference `&'a` in a request that borrows"),
        );
        false
    }

    /// Serde's name, if it is another one than that on the wire and the field attribute has none.
    pub(crate) fn other_serde_name(&self) -> Option<&SerdeName> {
        let name = match &self.location {
            Location::Path { name, .. } | Location::Header { name, .. } | Location::Cookie { name } => name,
            Location::Query(query) if !matches!(query.style, Style::Flatten) => &query.name,
            Location::Part(part) => &part.name,
            _ => return None,
        };
        let is_header = matches!(self.location, Location::Header { .. });
        let is_other = |serde: &&SerdeName| {
            if is_header { !serde.name.eq_ignore_ascii_case(name) } else { serde.name != *name }
        };
        self.serde_name.as_ref().filter(|_| self.wire_name.is_none()).filter(is_other)
    }

    /// The tokens that have the name on the wire: the string, or else the field.
    pub(crate) fn wire_name_tokens(&self) -> TokenStream {
        self.wire_name.as_ref().map_or_else(|| self.name.to_token_stream(), ToTokens::to_token_stream)
    }
}

/// A field attribute as it is written.
struct WrittenAttribute {
    name: Ident,
    attribute: FieldAttribute,
    options: TokenStream,
}

fn written_attributes(field: &item::Field, diagnostics: &mut Diagnostics) -> Vec<WrittenAttribute> {
    let test = field_attribute_test(&field.attributes);
    let attributes = field.attributes.iter().filter(|attribute| attribute.is_field_attribute(test));
    attributes
        .filter_map(|attribute| match attribute.held(HELPER) {
            Some(held) => written_attribute(&held.into_iter().collect::<Vec<_>>(), diagnostics),
            None => written_attribute(&attribute.content, diagnostics),
        })
        .collect()
}

fn written_attribute(content: &[TokenTree], diagnostics: &mut Diagnostics) -> Option<WrittenAttribute> {
    let [TokenTree::Ident(name), options @ ..] = content else { return None };
    let word = name.to_string();
    let attribute = FieldAttribute::similar_to(&word)?;
    if attribute.name() != word {
        let message = format!("`#[{word}]` is not a field attribute; did you mean `#[{}]`?", attribute.name());
        diagnostics.at(name, message);
    }
    let options = match options {
        [] => TokenStream::new(),
        [TokenTree::Group(options)] if options.delimiter() == Delimiter::Parenthesis => options.stream(),
        _ => {
            let tokens: TokenStream = content.iter().cloned().collect();
            let message = format!(
                "the options of `#[{0}]` go in parentheses: write `#[{0}(...)]`, as in `#[{0}({1})]`",
                attribute.name(),
                if attribute == FieldAttribute::Body { "content_type = \"text/csv\"" } else { "\"name\"" },
            );
            diagnostics.at(tokens, message);
            TokenStream::new()
        }
    };
    Some(WrittenAttribute { name: name.clone(), attribute, options })
}
