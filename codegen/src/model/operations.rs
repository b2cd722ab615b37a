//! Operations with their parameters, bodies and responses.

use super::{
    Body, Kind, Location, Operation, Parameter, Response, Style, Ty,
    media::{essence, is_json, is_media_type},
    path, responses,
    schema::{Property, Schemas, docs, is_nullable},
};
use crate::{
    Options, Progress,
    document::{Node, escape},
    fixups::EXAMPLE,
    names::{Names, pascal, snake},
    names_file::{Entry, Parts},
};
use std::collections::HashSet;

const METHODS: [(&str, &str); 7] = [
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
];

/// Headers that come from other parts of an OpenAPI document, so that it ignores parameters of these names.
const IGNORED: [&str; 2] = ["content-type", "authorization"];

/// The type of a file in a multipart body.
const PART: &str = "::stackone::Part";

const FORM: &str = "application/x-www-form-urlencoded";

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

/// Names that a module cannot have: those of other files of the output, and words that cannot be raw identifiers.
const FILES: [&str; 6] = ["crate", "include", "mod", "self", "shared", "super"];

/// Methods of OpenAPI that the attribute does not have.
const OTHER_METHODS: [&str; 2] = ["trace", "query"];

pub(super) fn read<'a>(
    document: &'a crate::Document,
    schemas: &mut Schemas<'a>,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, item) in document.root().entries("paths") {
        let pointer = format!("/paths/{}", escape(path));
        let Some((item, pointer)) = document.follow(item, &pointer) else {
            schemas.warn(&pointer, document.lost(item), "the path is left out");
            continue;
        };
        for key in OTHER_METHODS.into_iter().filter(|key| item.get(key).is_some()) {
            let reason = format!("the attribute has no method {}", key.to_uppercase());
            schemas.warn(&format!("{pointer}/{key}"), reason, "the operation is left out");
        }
        for (key, method) in METHODS {
            let Some(node) = item.get(key) else { continue };
            let source =
                Source { node, item, path, method, pointer: format!("{pointer}/{key}"), shared: pointer.clone() };
            if source.is_selected(&options.only) {
                found.push(source);
            }
        }
    }
    // Operations have their names before any type does.
    let mut ids = HashSet::new();
    let named: Vec<_> = found
        .iter()
        .map(|source| {
            let id = source.id();
            let is_first = ids.insert(id.clone());
            let key =
                if is_first && source.has_id() { id.clone() } else { format!("{} {}", source.method, source.path) };
            let name = schemas.name_operation(&key, &format!("{}Request", pascal(&id, "Operation")));
            Named { type_name: pascal(if is_first { &id } else { &key }, "Operation"), key, id, name }
        })
        .collect();
    let total = found.len();
    let built = found.into_iter().zip(named).enumerate().filter_map(|(done, (source, named))| {
        progress(Progress::Operations { done, total });
        source.build(schemas, named, options)
    });
    built.collect()
}

/// The names of an operation.
struct Named {
    /// Its key in a names file.
    key: String,
    id: String,
    name: String,
    /// The start of the names of its types. It does not change if the operation is renamed.
    type_name: String,
}

struct Source<'a> {
    node: &'a Node,
    item: &'a Node,
    path: &'a str,
    method: &'static str,
    pointer: String,
    /// The pointer of the path.
    shared: String,
}

impl<'a> Source<'a> {
    /// The id of the document, or the method and the path.
    fn id(&self) -> String {
        let id = self.node.text("operationId").filter(|_| self.has_id());
        id.map_or_else(|| format!("{}_{}", self.method.to_lowercase(), snake(self.path, "root")), str::to_owned)
    }

    fn has_id(&self) -> bool {
        self.node.text("operationId").is_some_and(|id| !snake(id, "").is_empty())
    }

    fn is_selected(&self, only: &[String]) -> bool {
        let tags = self.node.list("tags");
        only.is_empty()
            || only.iter().any(|wanted| *wanted == self.id() || tags.iter().any(|tag| tag.as_text() == Some(wanted)))
    }

    fn module(&self, options: &Options) -> String {
        let name = match options.feature_by.as_deref() {
            Some("tag") => self.node.list("tags").first().and_then(Node::as_text),
            Some(field) => self.node.text(field),
            None => Some("api"),
        };
        let name = snake(name.unwrap_or("other"), "other");
        if FILES.contains(&&*name) { format!("{name}_") } else { name }
    }

    fn build(self, schemas: &mut Schemas<'a>, named: Named, options: &Options) -> Option<Operation> {
        let Named { key, id, name, type_name } = named;
        let (node, pointer) = (self.node, self.pointer.clone());
        let mut fields = schemas.operation_fields(&key);
        let mut parameters = self.parameters(schemas, &type_name, &mut fields);
        let Some(template) = path::Template::read(self.path) else {
            let reason = format!("no request can have the path `{}`", self.path);
            schemas.warn(&pointer, reason, "the operation is left out");
            return None;
        };
        if let Some(query) = template.query {
            schemas.warn(&pointer, format!("the path has the query `{query}`"), "the query is not sent");
        }
        let path = placeholders(schemas, &template, &pointer, &mut parameters, &mut fields);
        let body = self.body(schemas, &type_name, &mut fields, &mut parameters);
        let success = responses::successes(schemas, node, &pointer);
        let response = responses::read(schemas, (self.method, &id), &pointer, &type_name, &success);
        let headers = responses::headers(schemas, node, self.method, &pointer, &type_name, &success);
        if let (Response::Json(ty), Some(cursor)) = (&response, self.cursor(schemas, &parameters))
            && is_page(schemas, ty)
        {
            parameters[cursor].location = Location::Cursor;
        }
        let is_list = matches!(&response, Response::Json(ty) if shape_of(schemas, ty) == Content::List);
        let has_link = is_list && responses::has_link(&success);
        if is_list && !has_link {
            self.number_pages(schemas, &mut parameters);
        }
        let has_accept = parameters.iter().any(|parameter| {
            matches!(parameter.location, Location::Header { .. }) && parameter.name.eq_ignore_ascii_case("accept")
        });
        let parts = Parts::Fields(fields.into_given());
        schemas.operation_names.push((key, Entry { name: name.clone(), parts }));
        // Required fields first would be easier to read, but a query keeps the order of the document.
        Some(Operation {
            docs: docs(node),
            example: node.text(EXAMPLE).map(str::to_owned),
            deprecated: node.flag("deprecated"),
            passthrough: node.flag("x-passthrough"),
            no_credentials: matches!(node.get("security"), Some(Node::List(any)) if any.iter().all(is_empty)),
            server: server(node)
                .or_else(|| server(self.item))
                .filter(|url| server(schemas.document.root()) != Some(url))
                .map(str::to_owned),
            has_link,
            accept: node
                .text("x-accept")
                .map(str::to_owned)
                .or_else(|| responses::accept(&response, &success))
                .filter(|media| !has_accept && media != "*/*"),
            module: self.module(options),
            method: self.method,
            name,
            id,
            path,
            parameters,
            body,
            response,
            headers,
        })
    }

    /// The parameter with the cursor: the one that pagination metadata names, or `next`.
    fn cursor(&self, schemas: &Schemas<'_>, parameters: &[Parameter]) -> Option<usize> {
        let declared = self.node.get("x-speakeasy-pagination").and_then(|it| it.list("inputs").first()?.text("name"));
        let name = declared.unwrap_or("next");
        parameters.iter().position(|parameter| {
            parameter.name == name
                && matches!(parameter.location, Location::Query { .. })
                && !parameter.required
                && *schemas.target(&parameter.ty) == Ty::String
        })
    }

    /// Marks the parameter with the number of a page, or of the items before it.
    fn number_pages(&self, schemas: &Schemas<'a>, parameters: &mut [Parameter]) {
        let document = schemas.document;
        let starts_at_zero = |name: &str| {
            let lists = self.node.list("parameters").iter().chain(self.item.list("parameters"));
            let schema = lists
                .filter_map(|node| Some(document.follow(node, "")?.0))
                .find(|node| node.text("name") == Some(name) && node.text("in") == Some("query"))
                .and_then(|node| node.get("schema"));
            // A reference may have a default of its own.
            let target = schema.and_then(|schema| Some(document.follow(schema, "")?.0));
            let has_zero =
                |schema: &&Node| ["default", "minimum"].iter().any(|key| schema.get(key) == Some(&Node::Int(0)));
            schema.iter().chain(&target).any(has_zero)
        };
        for name in ["page", "offset"] {
            let found = parameters.iter_mut().find(|parameter| {
                parameter.name == name
                    && matches!(parameter.location, Location::Query { style: Style::Form })
                    && !parameter.required
                    && matches!(schemas.target(&parameter.ty), Ty::I32 | Ty::I64)
            });
            let Some(parameter) = found else { continue };
            parameter.location = match name {
                "page" => Location::Page { first: i64::from(!starts_at_zero(name)) },
                _ => Location::Offset,
            };
            return;
        }
    }

    fn parameters(&self, schemas: &mut Schemas<'a>, type_name: &str, fields: &mut Names) -> Vec<Parameter> {
        let own = self.node.list("parameters").iter().enumerate();
        let own = own.map(|(index, node)| (node, format!("{}/parameters/{index}", self.pointer)));
        let shared = self.item.list("parameters").iter().enumerate();
        let shared = shared.map(|(index, node)| (node, format!("{}/parameters/{index}", self.shared)));
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for (node, pointer) in own.chain(shared).collect::<Vec<_>>() {
            let Some((node, pointer)) = schemas.document.follow(node, &pointer) else {
                schemas.warn(&pointer, schemas.document.lost(node), "the parameter is left out");
                continue;
            };
            let (Some(name), Some(location)) = (node.text("name"), node.text("in")) else {
                schemas.warn(&pointer, "the parameter has no `name` or no `in`", "the parameter is left out");
                continue;
            };
            let key = if location == "header" { name.to_lowercase() } else { name.to_owned() };
            if !seen.insert((location.to_owned(), key)) {
                continue;
            }
            let Some(parameter) = parameter(schemas, node, &pointer, name, location, type_name, fields) else {
                continue;
            };
            if found.iter().any(|known| is_same(known, &parameter)) {
                let reason = format!("another parameter has the name `{}` in the request", parameter.name);
                schemas.warn(&pointer, reason, "the parameter is left out");
                continue;
            }
            found.push(parameter);
        }
        let is_header =
            |of: &Parameter| matches!(of.location, Location::Header { .. }) && of.name.eq_ignore_ascii_case("cookie");
        if found.iter().any(|of| matches!(of.location, Location::Cookie)) && found.iter().any(is_header) {
            schemas.warn(&self.pointer, "the cookies form the header `cookie`", "the parameter `cookie` is left out");
            found.retain(|of| !is_header(of));
        }
        found
    }

    /// The body. The parts of a multipart body become parameters.
    fn body(
        &self,
        schemas: &mut Schemas<'a>,
        type_name: &str,
        fields: &mut Names,
        parameters: &mut Vec<Parameter>,
    ) -> Option<Body> {
        let node = self.node.get("requestBody")?;
        let pointer = format!("{}/requestBody", self.pointer);
        let Some((node, pointer)) = schemas.document.follow(node, &pointer) else {
            schemas.warn(&pointer, schemas.document.lost(node), "the body is left out");
            return None;
        };
        if matches!(self.method, "GET" | "HEAD") {
            // Some documents give each operation a body without fields.
            let has_fields = node.entries("content").any(|(_, content)| {
                let schema = content.get("schema");
                schema
                    .is_some_and(|schema| schema.get("$ref").is_some() || schema.entries("properties").next().is_some())
            });
            if has_fields {
                schemas.warn(&pointer, format!("a {} request has no body", self.method), "the body is left out");
            }
            return None;
        }
        let (contents, others): (Vec<(&str, &Node)>, Vec<_>) =
            node.entries("content").partition(|(media, _)| media.contains('*') || is_media_type(media));
        for (media, _) in others {
            let at = format!("{pointer}/content/{}", escape(media));
            schemas.warn(&at, format!("{media:?} is no media type"), "it is left out");
        }
        let (media, content) = choose_content(schemas, &contents, &pointer)?;
        let at = format!("{pointer}/content/{}/schema", escape(media));
        let is_required = node.flag("required");
        if essence(media) == "multipart/form-data" {
            let parts = parts(schemas, content, &at, type_name, fields, is_required);
            if !parts.is_empty() {
                parameters.extend(parts);
                return None;
            }
        }
        let json =
            content.get("schema").map_or(Ty::Json, |schema| schemas.ty(schema, &at, &format!("{type_name} Body")));
        let (ty, content_type) = match &*essence(media) {
            // A request has no wildcard.
            _ if is_json(media) && media.contains('*') => (json, None),
            "application/json" => (json, (media != "application/json").then(|| media.to_owned())),
            "*/*" if content.get("schema").is_none_or(|schema| file(schemas, schema, &at, 0).is_none()) => (json, None),
            FORM => (json, Some(media.to_owned())),
            _ if is_json(media) => (json, Some(media.to_owned())),
            multipart if multipart.starts_with("multipart/") => {
                // The parts are not declared. The boundary is in the media type, which the caller knows.
                parameters.push(Parameter {
                    field: fields.name_pair("header content-type", "content_type", "maybe_"),
                    name: "content-type".to_owned(),
                    location: Location::Header { sensitive: false },
                    ty: Ty::String,
                    required: true,
                    deprecated: false,
                    docs: vec!["The media type of the body, with the boundary between its parts.".to_owned()],
                });
                (Ty::Bytes, Some(format!("{multipart}; boundary=stackone")))
            }
            other if other.contains('*') => (Ty::Bytes, Some("application/octet-stream".to_owned())),
            _ => (Ty::Bytes, Some(media.to_owned())),
        };
        let is_deep = content.entries("encoding").any(|(_, encoding)| encoding.text("style") == Some("deepObject"));
        let deep_object = (is_deep && essence(media) == FORM).then(|| has_list(schemas, &ty));
        Some(Body {
            field: fields.name_pair("body", "body", "maybe_"),
            ty,
            required: is_required,
            deep_object,
            content_type,
            docs: docs(node),
        })
    }
}

/// JSON, a multipart body with a file, a form, or the first body of the document.
fn choose_content<'a>(
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
fn parts<'a>(
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
        if name.is_empty() || name.contains(char::is_control) {
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
        });
    }
    found
}

/// Whether a schema is one file or a list of files.
fn file<'a>(schemas: &Schemas<'a>, node: &'a Node, pointer: &str, depth: usize) -> Option<Content> {
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

/// Whether a list of a value needs an index for each item: a list that is the value itself, and a list of objects.
fn needs_indices(schemas: &Schemas<'_>, ty: &Ty) -> bool {
    let is_object = |item: &Ty| shape_of(schemas, item) != Content::Scalar;
    shape_of(schemas, ty) == Content::List || find_list(schemas, ty, &is_object)
}

/// Whether a value may contain a list.
fn has_list(schemas: &Schemas<'_>, ty: &Ty) -> bool {
    find_list(schemas, ty, &|_| true)
}

/// Whether a value may contain a list whose items have a property.
fn find_list(schemas: &Schemas<'_>, ty: &Ty, is_wanted: &dyn Fn(&Ty) -> bool) -> bool {
    let (mut open, mut seen) = (vec![ty], HashSet::new());
    while let Some(ty) = open.pop() {
        match ty {
            Ty::List(item) if is_wanted(item) => return true,
            Ty::List(value) | Ty::Map(value) => open.push(value),
            Ty::Named(index) if seen.insert(*index) => match schemas.kind(ty) {
                Some(Kind::Struct(of)) => open.extend(of.fields.iter().map(|field| &field.ty)),
                Some(Kind::OneOf(of)) => open.extend(of.variants.iter().map(|variant| &variant.ty)),
                Some(Kind::Alias { target, argument }) => open.extend(argument.iter().chain([target])),
                _ => {}
            },
            _ => {}
        }
    }
    false
}

/// Whether the response is a page.
fn is_page(schemas: &Schemas<'_>, ty: &Ty) -> bool {
    matches!(schemas.kind(schemas.target(ty)), Some(Kind::Struct(of)) if of.page.is_some())
}

fn parameter<'a>(
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
    if name.is_empty() || matches!(location, "header" | "cookie") && !name.bytes().all(is_token) {
        schemas.warn(pointer, "no request can have a parameter of this name", "the parameter is left out");
        return None;
    }
    let (schema, at) = (node.get("schema"), format!("{pointer}/schema"));
    if schema.is_none() && node.entries("content").next().is_some() {
        let reason = "the attribute cannot write a parameter as a document";
        schemas.warn(pointer, reason, "it is text that the caller encodes");
    }
    let ty = schema.map_or(Ty::String, |schema| schemas.ty(schema, &at, &format!("{type_name} {name}")));
    let shape = shape_of(schemas, &ty);
    let place = match location {
        "path" => Location::Path { prefix: prefix(schemas, node, pointer, name, shape) },
        "header" => Location::Header { sensitive: node.flag("x-sensitive") },
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
    let is_scalar_place = !matches!(place, Location::Query { .. });
    let ty = match (ty, shape) {
        (Ty::Json, _) => {
            if schema.is_some_and(|schema| *schema != Node::Map(indexmap::IndexMap::new())) {
                schemas.warn(pointer, "the parameter has no single type", "it is text that the caller encodes");
            }
            Ty::String
        }
        (_, Content::Object) if is_scalar_place => {
            schemas.warn(
                pointer,
                format!("the attribute cannot write an object in a {location}"),
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
    })
}

/// The name in the query. OpenAPI does not say how `deepObject` writes a list. The servers that declare it, such as Stripe's, read
/// `expand[]=a&expand[]=b`.
fn query_name(node: &Node, name: &str, content: Content) -> String {
    let is_deep_list = content == Content::List && node.text("style") == Some("deepObject");
    if is_deep_list && !name.ends_with("[]") { format!("{name}[]") } else { name.to_owned() }
}

pub(super) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Scalar,
    List,
    Object,
}

fn shape_of(schemas: &Schemas<'_>, ty: &Ty) -> Content {
    match schemas.target(ty) {
        Ty::List(_) => Content::List,
        Ty::Rust(name) if name.ends_with("CommaList") => Content::List,
        Ty::Object | Ty::Map(_) => Content::Object,
        named if matches!(schemas.kind(named), Some(Kind::Struct(_))) => Content::Object,
        _ => Content::Scalar,
    }
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
fn is_same(one: &Parameter, other: &Parameter) -> bool {
    match (&one.location, &other.location) {
        (Location::Query { style: Style::Flatten }, _) | (_, Location::Query { style: Style::Flatten }) => false,
        (Location::Header { .. }, Location::Header { .. }) => one.name.eq_ignore_ascii_case(&other.name),
        (one_place, other_place) => {
            std::mem::discriminant(one_place) == std::mem::discriminant(other_place) && one.name == other.name
        }
    }
}

fn server(node: &Node) -> Option<&str> {
    node.list("servers").first()?.text("url")
}

/// Whether a requirement of credentials is empty.
fn is_empty(node: &Node) -> bool {
    node.pairs().next().is_none()
}

/// What stands in the path before the value: the styles `label` and `matrix` differ from `simple` in this.
fn prefix(schemas: &mut Schemas<'_>, node: &Node, pointer: &str, name: &str, content: Content) -> String {
    let style = node.text("style").unwrap_or("simple");
    let prefix = match style {
        "label" => ".".to_owned(),
        "matrix" => format!(";{name}="),
        _ => return String::new(),
    };
    if content != Content::Scalar && node.flag("explode") {
        let reason = format!("the attribute does not repeat a value in the style `{style}`");
        schemas.warn(pointer, reason, "the items are joined by commas");
    }
    prefix
}

/// The path for the attribute. A placeholder without a parameter becomes one, and a parameter without a placeholder is left out.
fn placeholders(
    schemas: &mut Schemas<'_>,
    template: &path::Template<'_>,
    pointer: &str,
    parameters: &mut Vec<Parameter>,
    fields: &mut Names,
) -> String {
    let is_path = |of: &Parameter| matches!(of.location, Location::Path { .. });
    let names: Vec<&str> = template.names().collect();
    for &name in &names {
        if !parameters.iter().any(|of| is_path(of) && of.name == name) {
            parameters.push(Parameter {
                field: fields.name_pair(&format!("path {name}"), &snake(name, "value"), "maybe_"),
                name: name.to_owned(),
                location: Location::Path { prefix: String::new() },
                ty: Ty::String,
                required: true,
                deprecated: false,
                docs: Vec::new(),
            });
        }
    }
    for of in parameters.iter().filter(|of| is_path(of) && !names.contains(&&*of.name)) {
        let reason = format!("the path has no placeholder `{{{}}}`", of.name);
        schemas.warn(pointer, reason, "the parameter is left out");
    }
    parameters.retain(|of| !is_path(of) || names.contains(&&*of.name));
    let prefixes = parameters.iter().filter_map(|of| match &of.location {
        Location::Path { prefix } => Some((of.name.clone(), prefix.clone())),
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
