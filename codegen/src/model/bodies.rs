//! The media type of a body, and the parts of a multipart body.

use super::{
    Location, Parameter, Ty,
    content::{Content, shape_of},
    media::{essence, is_json, is_media_type},
    parameters::is_refused,
    schema::{Property, Schemas, docs, is_nullable},
};
use crate::{
    document::{Node, escape},
    names::{Names, snake},
};

/// The type of a file in a multipart body.
const PART: &str = "::stackone::Part";

/// The media type of a form.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// JSON, a multipart body with a file, a form, or the first body of the document.
pub(super) fn choose_content<'a>(
    schemas: &Schemas<'a>,
    contents: &[(&'a str, &'a Node)],
    pointer: &str,
) -> Option<(&'a str, &'a Node)> {
    let has_file = |(media, content): &&(&str, &'a Node)| {
        let at = format!("{pointer}/content/{}/schema", escape(media));
        let properties = content.get("schema").map(|schema| schemas.properties(schema, &at)).unwrap_or_default();
        essence(media) == "multipart/form-data"
            && properties.iter().any(|property| file(schemas, property.node, &property.pointer, 0).is_some())
    };
    let json = contents.iter().find(|(media, _)| is_json(media));
    json.or_else(|| contents.iter().find(has_file))
        .or_else(|| contents.iter().find(|(media, _)| essence(media) == FORM))
        .or_else(|| contents.first())
        .copied()
}

/// The fields of a multipart body, one for each part. None if the schema has no properties.
pub(super) fn parts<'a>(
    schemas: &mut Schemas<'a>,
    content: &'a Node,
    pointer: &str,
    type_name: &str,
    fields: &mut Names,
    is_required: bool,
) -> Vec<Parameter> {
    let Some(schema) = content.get("schema") else { return Vec::new() };
    let mut found = Vec::new();
    for Property { name, node, pointer, required } in schemas.properties(schema, pointer) {
        if node.flag("readOnly") {
            continue;
        }
        if is_refused(&name) || name.contains(char::is_control) {
            schemas.warn(&pointer, format!("no part can have the name {name:?}"), "the part is left out");
            continue;
        }
        let encoding = content.get("encoding").and_then(|encoding| encoding.get(&name)?.text("contentType"));
        let one_media = encoding.filter(|media| !media.contains([',', '*']));
        let file = file(schemas, node, &pointer, 0);
        let part = || Ty::Rust(PART.to_owned());
        let ty = match file {
            Some(Content::List) => Ty::List(Box::new(part())),
            Some(_) => part(),
            None => match schemas.ty(node, &pointer, &format!("{type_name} {name}")) {
                // The schema does not say whether the part is text, a document or a file.
                Ty::Json => part(),
                Ty::List(item) if *item == Ty::Json => Ty::List(Box::new(part())),
                ty => ty,
            },
        };
        let is_nested = matches!(&ty, Ty::List(item) if shape_of(schemas, item) == Content::List);
        let content_type = match one_media {
            _ if matches!(&ty, Ty::Rust(_)) || matches!(&ty, Ty::List(item) if matches!(**item, Ty::Rust(_))) => None,
            Some(media) if !is_media_type(media) => is_nested.then(|| "application/json".to_owned()),
            Some(media) if is_json(media) => Some(media.to_owned()),
            Some(media) if ty == Ty::String && !essence(media).starts_with("multipart/") => Some(media.to_owned()),
            _ => is_nested.then(|| "application/json".to_owned()),
        };
        let mut about = docs(node);
        if let Some(media) = encoding.filter(|_| content_type.is_none() && file.is_some()) {
            about.extend([String::new(), format!("Media type: `{media}`.")]);
        }
        let wanted = snake(&name, "value");
        let wanted = if fields.contains(&wanted) { format!("{wanted}_part") } else { wanted };
        found.push(Parameter {
            field: fields.name_pair(&format!("part {name}"), &wanted, "maybe_"),
            location: Location::Part { content_type },
            required: is_required && required && !is_nullable(node),
            deprecated: node.flag("deprecated"),
            docs: about,
            name,
            ty,
            is_json_text: false,
        });
    }
    found
}

/// Whether a schema is one file or a list of files.
pub(super) fn file<'a>(schemas: &Schemas<'a>, node: &'a Node, pointer: &str, depth: usize) -> Option<Content> {
    let (node, pointer) = schemas.document.follow(node, pointer)?;
    let is_text = node.get("contentEncoding").is_some();
    if node.text("format") == Some("binary")
        || node.text("type") == Some("file")
        || node.get("contentMediaType").is_some() && !is_text
    {
        return Some(Content::Scalar);
    }
    if depth > 8 {
        return None;
    }
    if let Some(items) = node.get("items") {
        return file(schemas, items, &format!("{pointer}/items"), depth + 1).map(|_| Content::List);
    }
    let branches = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|keyword| {
        let branches = node.list(keyword).iter().enumerate();
        branches.map(move |(index, branch)| (branch, format!("{keyword}/{index}")))
    });
    let found: Vec<Content> =
        branches.filter_map(|(branch, at)| file(schemas, branch, &format!("{pointer}/{at}"), depth + 1)).collect();
    found.iter().find(|content| **content == Content::List).or(found.first()).copied()
}
