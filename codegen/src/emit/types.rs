//! The types of an API.

use super::text::{docs, is_plain, line, ty};
use crate::model::{Api, Field, Header, Kind, OneOf, StatusVariant, Struct, Ty, TypeDef, Usage};

pub(super) fn write(out: &mut String, api: &Api, index: usize, depth: usize) {
    let of = &api.types[index];
    line(out, 0, "");
    match &of.kind {
        Kind::Pending => {}
        Kind::Struct(fields) => write_struct(&mut Writer { out, api, of, depth }, fields),
        Kind::Enum(variants) => {
            let mut writer = Writer { out, api, of, depth };
            writer.line(0, "::stackone::string_enum! {");
            docs(writer.out, depth + 1, &of.docs);
            writer.line(1, &format!("pub enum {} {{", of.name));
            for (name, value) in variants {
                writer.line(2, &format!("{name} = {value:?},"));
            }
            writer.line(1, "}");
            writer.line(0, "}");
        }
        Kind::OneOf(choice) => write_one_of(&mut Writer { out, api, of, depth }, choice),
        Kind::ByStatus(variants) => write_by_status(&mut Writer { out, api, of, depth }, variants),
        Kind::Headers(headers) => write_headers(&mut Writer { out, api, of, depth }, headers),
        Kind::Alias { target, argument } => {
            docs(out, depth, &of.docs);
            let argument = argument.as_ref().map_or(String::new(), |argument| format!("<{}>", ty(api, argument)));
            line(out, depth, &format!("pub type {} = {}{argument};", of.name, ty(api, target)));
        }
    }
}

struct Writer<'a> {
    out: &'a mut String,
    api: &'a Api,
    of: &'a TypeDef,
    depth: usize,
}

impl Writer<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        line(self.out, self.depth + depth, text);
    }

    fn docs<S: AsRef<str>>(&mut self, depth: usize, lines: impl IntoIterator<Item = S>) {
        docs(self.out, self.depth + depth, lines);
    }
}

/// How a field holds its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// The value itself: the field is required.
    Plain,
    Option,
    /// Absent, null and a value are different things.
    Patch,
}

/// The rule for the fields of a struct: a struct that is only sent has its required fields as they are. If a PATCH sends it,
/// each other field that may be null is a `Patch`. A struct that is received has optional fields only.
fn holder(field: &Field, usage: Usage) -> Holder {
    let only_sent = usage.sent && !usage.received;
    match (field.required, field.nullable) {
        (true, false) if only_sent && !field.boxed => Holder::Plain,
        (true, true) if only_sent => Holder::Patch,
        (false, true) if only_sent && usage.patched => Holder::Patch,
        _ => Holder::Option,
    }
}

fn write_struct(writer: &mut Writer<'_>, of: &Struct) {
    let (api, usage) = (writer.api, writer.of.usage);
    let name = writer.of.name.clone();
    let generic = if of.generic { "<T>" } else { "" };
    let new: Vec<&Field> =
        of.fields.iter().filter(|field| usage.sent && field.required && !(usage.received && field.nullable)).collect();
    let is_strict = new.iter().any(|field| holder(field, usage) != Holder::Option);
    writer.docs(0, &writer.of.docs);
    writer.line(0, if is_strict || of.generic { "#[derive(Clone)]" } else { "#[derive(Clone, Default)]" });
    writer.line(0, "#[non_exhaustive]");
    writer.line(0, &format!("pub struct {name}{generic} {{"));
    for field in &of.fields {
        let default = [format!("`{}`.", field.wire)];
        writer.docs(1, if field.docs.is_empty() { &default[..] } else { &field.docs });
        if field.deprecated {
            writer.line(1, "#[deprecated]");
        }
        let value = value_type(api, field);
        let held = match holder(field, usage) {
            Holder::Plain => value,
            Holder::Option => format!("::std::option::Option<{value}>"),
            Holder::Patch => format!("::stackone::Patch<{value}>"),
        };
        writer.line(1, &format!("pub {}: {held},", field.name));
    }
    if let Some(map) = &of.further {
        writer.docs(1, &map.docs);
        writer.line(1, &format!("pub {}: {},", map.name, value_type(api, map)));
    }
    writer.docs(1, ["Values of another kind than declared, as they arrived."]);
    writer.line(1, "pub unexpected: ::stackone::model::Unexpected,");
    writer.line(0, "}");
    if of.generic {
        writer.line(0, "");
        writer.line(0, &format!("impl<T> ::std::default::Default for {name}<T> {{"));
        writer.line(1, "fn default() -> Self {");
        writer.line(2, "Self {");
        for field in &of.fields {
            writer.line(3, &format!("{}: ::std::default::Default::default(),", field.name));
        }
        writer.line(3, "unexpected: ::std::default::Default::default(),");
        writer.line(2, "}");
        writer.line(1, "}");
        writer.line(0, "}");
    }
    let value = of.fields.iter().find(|field| field.ty == Ty::Parameter).filter(|_| usage.sent && of.page.is_none());
    if let Some(field) = value {
        writer.line(0, "");
        writer.line(0, &format!("impl<T> ::std::convert::From<T> for {name}<T> {{"));
        writer.line(1, "fn from(value: T) -> Self {");
        writer.line(
            2,
            &format!(
                "Self {{ {}: ::std::option::Option::Some(value), ..::std::default::Default::default() }}",
                field.name
            ),
        );
        writer.line(1, "}");
        writer.line(0, "}");
    }
    if usage.sent {
        writer.line(0, "");
        writer.line(0, &format!("impl{generic} {name}{generic} {{"));
        write_new(writer, of, &new, is_strict);
        for field in &of.fields {
            write_setter(writer, field, holder(field, usage), &format!("Sets `{}`.", field.wire));
        }
        if let Some(map) = &of.further {
            let about = "Sets the properties without a field, by their names. The name of a field is an error when the request is built.";
            write_setter(writer, map, Holder::Plain, about);
        }
        writer.line(0, "}");
    }
    if let Some((items, cursor)) = &of.page {
        writer.line(0, "");
        writer.line(0, &format!("impl<T> ::stackone::page::Page for {name}<T> {{"));
        writer.line(1, "type Item = T;");
        writer.line(1, "fn next_cursor(&self) -> ::std::option::Option<&str> {");
        writer.line(2, &format!("self.{cursor}.as_deref()"));
        writer.line(1, "}");
        writer.line(1, "fn items(&self) -> &[T] {");
        writer.line(2, &format!("self.{items}.as_deref().unwrap_or_default()"));
        writer.line(1, "}");
        writer.line(1, "fn into_items(self) -> ::std::vec::Vec<T> {");
        writer.line(2, &format!("self.{items}.unwrap_or_default()"));
        writer.line(1, "}");
        writer.line(0, "}");
    }
    write_table(writer, of, if is_strict { &new } else { &[] }, usage.sent && !usage.received);
}

fn value_type(api: &Api, field: &Field) -> String {
    let value = ty(api, &field.ty);
    if field.boxed { format!("::std::boxed::Box<{value}>") } else { value }
}

/// The type of the parameter of a setter, and the expression for the value.
fn setter(api: &Api, field: &Field) -> (String, String) {
    let value = ty(api, &field.ty);
    let (parameter, into) = if is_plain(&field.ty) {
        (value, "value".to_owned())
    } else {
        (format!("impl ::std::convert::Into<{value}>"), "value.into()".to_owned())
    };
    (parameter, if field.boxed { format!("::std::boxed::Box::new({into})") } else { into })
}

fn write_new(writer: &mut Writer<'_>, of: &Struct, new: &[&Field], is_strict: bool) {
    let (api, usage) = (writer.api, writer.of.usage);
    let parameters: Vec<String> = new
        .iter()
        .map(|field| match holder(field, usage) {
            Holder::Patch => {
                format!("{}: impl ::std::convert::Into<::stackone::Patch<{}>>", field.name, value_type(api, field))
            }
            Holder::Plain | Holder::Option => format!("{}: {}", field.name, setter(api, field).0),
        })
        .collect();
    let about = if new.is_empty() { "An object without a field." } else { "An object with the required fields." };
    writer.docs(1, [about]);
    writer.line(1, "#[must_use]");
    writer.line(1, &format!("pub fn new({}) -> Self {{", parameters.join(", ")));
    if new.is_empty() {
        writer.line(2, "::std::default::Default::default()");
    } else {
        writer.line(2, "Self {");
        for field in new {
            let value = setter(api, field).1.replace("value", &field.name);
            let value = match holder(field, usage) {
                Holder::Option => format!("::std::option::Option::Some({value})"),
                Holder::Plain => value,
                Holder::Patch => format!("{}.into()", field.name),
            };
            writer
                .line(3, &if value == field.name { format!("{value},") } else { format!("{}: {value},", field.name) });
        }
        if is_strict {
            for field in of
                .fields
                .iter()
                .chain(&of.further)
                .filter(|field| !new.iter().any(|required| required.name == field.name))
            {
                writer.line(3, &format!("{}: ::std::default::Default::default(),", field.name));
            }
            writer.line(3, "unexpected: ::std::default::Default::default(),");
        } else {
            writer.line(3, "..::std::default::Default::default()");
        }
        writer.line(2, "}");
    }
    writer.line(1, "}");
}

fn write_setter(writer: &mut Writer<'_>, field: &Field, holder: Holder, about: &str) {
    let (parameter, value) = setter(writer.api, field);
    let value = match holder {
        Holder::Plain => value,
        Holder::Option => format!("::std::option::Option::Some({value})"),
        Holder::Patch => format!("::stackone::Patch::Value({value})"),
    };
    let name = &field.name;
    writer.docs(1, [about]);
    writer.line(1, "#[must_use]");
    writer.line(1, &format!("pub fn {name}(mut self, value: {parameter}) -> Self {{"));
    writer.line(2, &format!("self.{name} = {value};"));
    writer.line(2, "self");
    writer.line(1, "}");
    if holder == Holder::Patch {
        writer.docs(1, [format!("Clears `{}`: the body has null.", field.wire)]);
        writer.line(1, "#[must_use]");
        writer.line(1, &format!("pub fn clear_{}(mut self) -> Self {{", name.trim_start_matches("r#")));
        writer.line(2, &format!("self.{name} = ::stackone::Patch::Null;"));
        writer.line(2, "self");
        writer.line(1, "}");
    }
}

fn write_table(writer: &mut Writer<'_>, of: &Struct, required: &[&Field], is_sent: bool) {
    let generic = if of.generic { "<T>" } else { "" };
    let entries = |fields: &mut dyn Iterator<Item = String>| fields.collect::<Vec<_>>().join(", ");
    let entry = |field: &Field| format!("{}: {:?}", field.name, field.wire);
    let new = entries(&mut required.iter().map(|field| entry(field)));
    let new = if is_sent { format!(" new({new})") } else { String::new() };
    let map = of.further.iter().map(|map| format!("..{}", map.name));
    let fields = entries(&mut of.fields.iter().map(entry).chain(map));
    writer.line(0, "");
    let name = writer.of.name.clone();
    writer.line(0, &format!("::stackone::model! {{ {name}{generic}{new} {{ {fields} }} }}"));
}

fn write_one_of(writer: &mut Writer<'_>, of: &OneOf) {
    let api = writer.api;
    writer.line(0, "::stackone::one_of! {");
    writer.docs(1, &writer.of.docs);
    let name = writer.of.name.clone();
    writer.line(1, &format!("pub enum {name} by {:?} {{", of.tag));
    for (index, variant) in of.variants.iter().enumerate() {
        let value = ty(api, &variant.ty);
        let value = if variant.boxed { format!("::std::boxed::Box<{value}>") } else { value };
        let words = |words: &[String]| words.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(" ");
        writer.docs(2, [format!("One of the types: `{}`.", variant.name)]);
        let (kind, tags, only) = (kind(api, &variant.ty, 0), words(&variant.tags), words(&variant.only));
        writer.line(2, &format!("{index} {}({value}) {kind} [{tags}] [{only}],", variant.name));
    }
    let sources = if writer.of.usage.sent { sources(api, of) } else { Vec::new() };
    let sources: Vec<String> = sources.into_iter().map(|(variant, source)| format!("{variant}: {source}")).collect();
    let from = if sources.is_empty() { String::new() } else { format!(" from {{ {} }}", sources.join(", ")) };
    writer.line(1, &format!("}}{from}"));
    writer.line(0, "}");
}

fn write_by_status(writer: &mut Writer<'_>, variants: &[StatusVariant]) {
    writer.line(0, "::stackone::responses! {");
    writer.docs(1, &writer.of.docs);
    writer.line(1, "#[derive(Debug, Clone)]");
    writer.line(1, "#[non_exhaustive]");
    writer.line(1, &format!("pub enum {} {{", writer.of.name));
    for variant in variants {
        writer.docs(2, &variant.docs);
        let value = variant.ty.as_ref().map_or_else(String::new, |of| format!("({})", ty(writer.api, of)));
        let statuses: Vec<String> = variant.statuses.iter().map(u16::to_string).collect();
        writer.line(2, &format!("{}{value} = {},", variant.name, statuses.join(" | ")));
    }
    writer.line(1, "}");
    writer.line(0, "}");
}

fn write_headers(writer: &mut Writer<'_>, headers: &[Header]) {
    writer.line(0, "::stackone::response_headers! {");
    writer.docs(1, &writer.of.docs);
    writer.line(1, "#[derive(Debug, Clone)]");
    writer.line(1, "#[non_exhaustive]");
    writer.line(1, &format!("pub struct {} {{", writer.of.name));
    for header in headers {
        writer.docs(2, &header.docs);
        if header.deprecated {
            writer.line(2, "#[deprecated]");
        }
        let value = ty(writer.api, &header.ty);
        // A list may be empty.
        let is_list = matches!(header.ty, Ty::List(_));
        let value = if is_list { value } else { format!("::std::option::Option<{value}>") };
        writer.line(2, &format!("pub {}: {value} = {:?},", header.name, header.wire));
    }
    if !headers.iter().all(|of| is_any_text(writer.api, &of.ty)) {
        writer.line(2, "..unexpected");
    }
    writer.line(1, "}");
    writer.line(0, "}");
}

/// Whether any text is a value of the type.
fn is_any_text(api: &Api, ty: &Ty) -> bool {
    match resolved(api, ty, 0) {
        Ty::String | Ty::Json => true,
        Ty::List(item) => is_any_text(api, item),
        Ty::Named(index) => matches!(api.types[*index].kind, Kind::Enum(_)),
        _ => false,
    }
}

/// The types that the variants of a choice are made from. A type stands for one variant only.
fn sources<'a>(api: &Api, of: &'a OneOf) -> Vec<(&'a str, String)> {
    let mut found: Vec<(&str, String)> = Vec::new();
    let mut literals = Vec::new();
    for variant in &of.variants {
        let target = resolved(api, &variant.ty, 0);
        let more: &[&str] = match target {
            Ty::String => &["&str"],
            Ty::I64 | Ty::F64 => &["i32"],
            // Only the user knows which type it is.
            Ty::Rust(_) => continue,
            _ => &[],
        };
        literals.extend(more.iter().map(|source| (&*variant.name, (*source).to_owned())));
        found.push((&variant.name, full(api, target, 0)));
    }
    // A literal without a suffix is an `i32`, and it is a whole number before it is any number.
    literals.sort_by_key(|(name, _)| of.variants.iter().any(|variant| variant.name == **name && variant.ty == Ty::F64));
    found.extend(literals);
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|(_, source)| seen.insert(source.clone()));
    found
}

/// A type without other names in it, so that equal types are equal text.
fn full(api: &Api, of: &Ty, depth: usize) -> String {
    match of {
        _ if depth >= 64 => ty(api, of),
        Ty::List(item) => format!("::std::vec::Vec<{}>", full(api, item, depth + 1)),
        Ty::Map(value) => {
            format!("::std::collections::BTreeMap<::std::string::String, {}>", full(api, value, depth + 1))
        }
        Ty::Named(index) => match &api.types[*index].kind {
            Kind::Alias { target, argument: None } => full(api, target, depth + 1),
            Kind::Alias { target, argument: Some(argument) } => {
                format!("{}<{}>", ty(api, target), full(api, argument, depth + 1))
            }
            _ => ty(api, of),
        },
        _ => ty(api, of),
    }
}

/// The type that other names of a type stand for. The argument of a generic type stays in its alias.
fn resolved<'a>(api: &'a Api, ty: &'a Ty, depth: usize) -> &'a Ty {
    match ty {
        Ty::Named(index) if depth < 64 => match &api.types[*index].kind {
            Kind::Alias { target, argument: None } => resolved(api, target, depth + 1),
            _ => ty,
        },
        _ => ty,
    }
}

/// The kind of JSON that a type is read from.
fn kind(api: &Api, ty: &Ty, depth: usize) -> &'static str {
    match ty {
        Ty::String | Ty::Timestamp | Ty::Rust(_) | Ty::Bytes | Ty::Base64 => "Text",
        Ty::Bool => "Bool",
        Ty::I32 | Ty::I64 | Ty::F64 => "Number",
        Ty::Object | Ty::Map(_) => "Object",
        Ty::List(_) => "List",
        Ty::Json | Ty::Parameter => "Any",
        Ty::Named(index) => match &api.types[*index].kind {
            Kind::Struct(_) => "Object",
            Kind::Enum(_) => "Text",
            Kind::Alias { target, .. } if depth < 64 => kind(api, target, depth + 1),
            _ => "Any",
        },
    }
}
