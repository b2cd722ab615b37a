//! Parameters, and the placeholders of a path.

use super::{
    Location, Parameter, Style, Ty,
    content::{Content, needs_indices, shape_of},
    media::{essence, is_json, is_token},
    path,
    schema::{Schemas, docs},
};
use crate::{
    document::{Node, escape},
    names::{Names, snake},
};

/// Headers that come from other parts of an OpenAPI document, so that it ignores parameters of these names.
const IGNORED: [&str; 2] = ["content-type", "authorization"];

/// Headers of the connection. The attribute refuses them.
const OF_CONNECTION: [&str; 12] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

pub(super) fn parameter<'a>(
    schemas: &mut Schemas<'a>,
    node: &'a Node,
    pointer: &str,
    name: &str,
    location: &str,
    type_name: &str,
    fields: &mut Names,
) -> Option<Parameter> {
    let lower = name.to_lowercase();
    if location == "header" && IGNORED.contains(&&*lower) {
        return None;
    }
    if location == "header" && OF_CONNECTION.contains(&&*lower) {
        schemas.warn(pointer, format!("the header `{name}` belongs to the connection"), "the parameter is left out");
        return None;
    }
    if is_refused(name) || matches!(location, "header" | "cookie") && !name.bytes().all(is_token) {
        schemas.warn(pointer, "no request can have a parameter of this name", "the parameter is left out");
        return None;
    }
    let hint = format!("{type_name} {name}");
    let schema = node.get("schema");
    let document = node.entries("content").next().filter(|_| schema.is_none());
    let (ty, is_json_text) = match (schema, document) {
        (Some(schema), _) => (schemas.ty(schema, &format!("{pointer}/schema"), &hint), false),
        (None, Some((media, of))) => document_type(schemas, of, pointer, media, location, &hint),
        (None, None) => (Ty::String, false),
    };
    let shape = shape_of(schemas, &ty);
    // Only objects differ, and a document has no styles.
    let is_exploded = shape == Content::Object && document.is_none() && node.flag("explode");
    let place = match location {
        "path" => {
            let prefix = prefix(schemas, node, pointer, name, shape);
            Location::Path { explode: is_exploded && prefix.is_empty(), prefix }
        }
        "header" => Location::Header { sensitive: node.flag("x-sensitive"), explode: is_exploded },
        "query" if document.is_some() => Location::Query { style: Style::Form },
        "query" => match style(node, shape) {
            Style::DeepObject { .. } => {
                Location::Query { style: Style::DeepObject { lists: needs_indices(schemas, &ty) } }
            }
            style => Location::Query { style },
        },
        "cookie" => Location::Cookie,
        other => {
            schemas.warn(pointer, format!("`{other}` is no location of a parameter"), "the parameter is left out");
            return None;
        }
    };
    let has_no_objects = match &place {
        Location::Cookie => true,
        Location::Path { explode, .. } => is_exploded && !explode,
        _ => false,
    };
    let ty = match (ty, shape) {
        (ty, _) if is_json_text => ty,
        (Ty::Json, _) => {
            if schema.is_some_and(|schema| *schema != Node::Map(indexmap::IndexMap::new())) {
                schemas.warn(pointer, "the parameter has no single type", "it is text that the caller encodes");
            }
            Ty::String
        }
        (_, Content::Object) if has_no_objects => {
            schemas.warn(
                pointer,
                format!("the attribute cannot write this object in a {location}"),
                "it is text that the caller encodes",
            );
            Ty::String
        }
        (ty, _) => ty,
    };
    let wanted = snake(name, "value");
    let wanted = if fields.contains(&wanted) { format!("{wanted}_{location}") } else { wanted };
    let field = fields.name_pair(&format!("{location} {name}"), &wanted, "maybe_");
    Some(Parameter {
        required: location == "path" || node.flag("required"),
        deprecated: node.flag("deprecated"),
        docs: docs(node),
        name: if location == "query" { query_name(node, name, shape) } else { name.to_owned() },
        location: place,
        field,
        ty,
        is_json_text,
    })
}

/// The type of a parameter that is a document of a media type, and whether the value is the text of its JSON. Each
/// location writes numbers and booleans as JSON does.
fn document_type<'a>(
    schemas: &mut Schemas<'a>,
    document: &'a Node,
    pointer: &str,
    media: &str,
    location: &str,
    hint: &str,
) -> (Ty, bool) {
    let at = format!("{pointer}/content/{}/schema", escape(media));
    let ty = document.get("schema").map_or(Ty::Json, |schema| schemas.ty(schema, &at, hint));
    let is_plain = matches!(schemas.target(&ty), Ty::Bool | Ty::I32 | Ty::I64 | Ty::F64);
    let reason = match shape_of(schemas, &ty) {
        // Most documents are quoted, which a cookie cannot contain.
        _ if is_json(media) && (is_plain || location != "cookie") => return (ty, !is_plain),
        Content::Scalar if matches!(&*essence(media), "text/plain" | "text/*" | "*/*") => {
            return (if ty == Ty::Json { Ty::String } else { ty }, false);
        }
        _ if is_json(media) => format!("a cookie cannot contain `{media}`"),
        _ => format!("the attribute cannot write this parameter as `{media}`"),
    };
    schemas.warn(pointer, reason, "it is text that the caller encodes");
    (Ty::String, false)
}

/// The name in the query. OpenAPI does not say how `deepObject` writes a list. The servers that declare it, such as Stripe's, read
/// `expand[]=a&expand[]=b`.
fn query_name(node: &Node, name: &str, content: Content) -> String {
    let is_deep_list = content == Content::List && node.text("style") == Some("deepObject");
    if is_deep_list && !name.ends_with("[]") { format!("{name}[]") } else { name.to_owned() }
}

fn style(node: &Node, content: Content) -> Style {
    let style = node.text("style").unwrap_or("form");
    let explode = node.get("explode").map_or(style == "form", |explode| *explode == Node::Bool(true));
    match (style, content) {
        (_, Content::Scalar) | ("deepObject", Content::List) => Style::Form,
        ("deepObject", _) => Style::DeepObject { lists: false },
        ("form", Content::Object) if explode => Style::Flatten,
        ("spaceDelimited", Content::List) if !explode => Style::SpaceDelimited,
        ("pipeDelimited", Content::List) if !explode => Style::PipeDelimited,
        _ if explode => Style::Form,
        _ => Style::FormJoined,
    }
}

/// Whether two parameters have the same name in the request.
pub(super) fn is_same(one: &Parameter, other: &Parameter) -> bool {
    match (&one.location, &other.location) {
        (Location::Query { style: Style::Flatten }, _) | (_, Location::Query { style: Style::Flatten }) => false,
        (Location::Header { .. }, Location::Header { .. }) => one.name.eq_ignore_ascii_case(&other.name),
        (one_place, other_place) => {
            std::mem::discriminant(one_place) == std::mem::discriminant(other_place) && one.name == other.name
        }
    }
}

/// What stands in the path before the value: the styles `label` and `matrix` differ from `simple` in this.
fn prefix(schemas: &mut Schemas<'_>, node: &Node, pointer: &str, name: &str, content: Content) -> String {
    let style = node.text("style").unwrap_or("simple");
    let prefix = match style {
        "label" => ".".to_owned(),
        "matrix" => format!(";{name}="),
        _ => return String::new(),
    };
    if content == Content::List && node.flag("explode") {
        let reason = format!("the attribute does not repeat a value in the style `{style}`");
        schemas.warn(pointer, reason, "the items are joined by commas");
    }
    prefix
}

/// Makes parameters of the query that stands in the path.
pub(super) fn query(
    schemas: &mut Schemas<'_>,
    template: &path::Template<'_>,
    pointer: &str,
    parameters: &mut Vec<Parameter>,
    fields: &mut Names,
) {
    for &(key, value) in &template.query {
        if parameters.iter().any(|of| matches!(of.location, Location::Query { .. }) && of.name == key) {
            continue;
        }
        let placeholder = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
        if placeholder.is_none() && value.contains('{') || key.contains(['{', '}']) {
            let reason = format!("the path has the query `{key}={value}`");
            schemas.warn(pointer, reason, "this part of the query is not sent");
            continue;
        }
        let location = Location::Query { style: Style::Form };
        let declared = parameters
            .iter_mut()
            .find(|of| matches!(of.location, Location::Path { .. }) && Some(&*of.name) == placeholder);
        if let Some(of) = declared {
            of.location = location;
            key.clone_into(&mut of.name);
            continue;
        }
        let docs = match value {
            _ if placeholder.is_some() => Vec::new(),
            "" => vec!["Always empty.".to_owned()],
            value => vec![format!("Always `{value}`.")],
        };
        let wanted = snake(key, "value");
        let wanted = if fields.contains(&wanted) { format!("{wanted}_query") } else { wanted };
        let field = fields.name_pair(&format!("query {key}"), &wanted, "maybe_");
        parameters.push(required(field, key, location, docs));
    }
}

/// Whether the attribute refuses the name of a parameter or a part. It takes braces for a placeholder.
pub(super) fn is_refused(name: &str) -> bool {
    name.is_empty() || name.starts_with('{') && name.ends_with('}')
}

/// A required text that the document does not declare as a parameter.
fn required(field: String, name: &str, location: Location, docs: Vec<String>) -> Parameter {
    Parameter {
        field,
        name: name.to_owned(),
        location,
        ty: Ty::String,
        is_json_text: false,
        required: true,
        deprecated: false,
        docs,
    }
}

/// The path for the attribute. A placeholder without a parameter becomes one, and a parameter without a placeholder is left out.
pub(super) fn placeholders(
    schemas: &mut Schemas<'_>,
    template: &path::Template<'_>,
    pointer: &str,
    parameters: &mut Vec<Parameter>,
    fields: &mut Names,
) -> String {
    let is_path = |of: &Parameter| matches!(of.location, Location::Path { .. });
    let names: Vec<&str> = template.placeholders().map(|of| &*of.name).collect();
    for of in template.placeholders() {
        if of.parts.len() > 1 {
            parameters
                .retain(|known| !is_path(known) || !of.parts.contains(&&*known.name) || names.contains(&&*known.name));
        }
        if !parameters.iter().any(|known| is_path(known) && known.name == of.name) {
            let field = fields.name_pair(&format!("path {}", of.name), &snake(&of.name, "value"), "maybe_");
            let parts: Vec<String> = of.parts.iter().map(|part| format!("`{part}`")).collect();
            let docs = if parts.len() > 1 { vec![format!("{}.", parts.join(", then "))] } else { Vec::new() };
            parameters.push(required(field, &of.name, Location::Path { prefix: String::new(), explode: false }, docs));
        }
    }
    for of in parameters.iter().filter(|of| is_path(of) && !names.contains(&&*of.name)) {
        let reason = format!("the path has no placeholder `{{{}}}`", of.name);
        schemas.warn(pointer, reason, "the parameter is left out");
    }
    parameters.retain(|of| !is_path(of) || names.contains(&&*of.name));
    let prefixes = parameters.iter().filter_map(|of| match &of.location {
        Location::Path { prefix, .. } => Some((of.name.clone(), prefix.clone())),
        _ => None,
    });
    let (path, renamed) = template.write(&prefixes.collect());
    for of in parameters.iter_mut().filter(|of| is_path(of)) {
        if let Some(name) = renamed.get(&of.name) {
            of.name.clone_from(name);
        }
    }
    path
}
