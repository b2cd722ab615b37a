//! Operations with their parameters, bodies and responses.

use super::{
    Body, Kind, Location, Operation, Parameter, Response, Style, Ty,
    schema::{Branch, Property, Schemas, docs, is_nullable},
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

/// A choice between responses has no schema.
static NO_SCHEMA: Node = Node::Null;

/// Headers that come from other parts of an OpenAPI document, so that it ignores parameters of these names.
const IGNORED: [&str; 2] = ["content-type", "authorization"];

/// The type of a file in a multipart body.
const PART: &str = "::stackone::Part";

const FORM: &str = "application/x-www-form-urlencoded";

/// Headers of the connection.
const OF_CONNECTION: [&str; 7] =
    ["host", "content-length", "transfer-encoding", "connection", "te", "upgrade", "expect"];

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
            schemas.warn(&pointer, "the reference of the path leads nowhere", "the path is left out");
            continue;
        };
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
        snake(name.unwrap_or("other"), "other")
    }

    fn build(self, schemas: &mut Schemas<'a>, named: Named, options: &Options) -> Option<Operation> {
        let Named { key, id, name, type_name } = named;
        let (node, pointer) = (self.node, self.pointer.clone());
        let mut fields = schemas.operation_fields(&key);
        let mut parameters = self.parameters(schemas, &type_name, &mut fields);
        let (path, valid) = path_template(self.path, &mut parameters, &mut fields);
        if !valid {
            schemas.warn(
                &pointer,
                format!("no request can have the path `{}`", self.path),
                "the operation is left out",
            );
            return None;
        }
        let body = self.body(schemas, &type_name, &mut fields, &mut parameters);
        let success = self.success(schemas);
        let response = self.response(schemas, &type_name, &success);
        if let (Response::Json(ty), Some(cursor)) = (&response, self.cursor(&parameters))
            && is_page(schemas, ty)
        {
            parameters[cursor].location = Location::Cursor;
        }
        let is_list = matches!(&response, Response::Json(ty) if shape_of(schemas, ty) == Content::List);
        let has_link = is_list && success.iter().any(|(_, node, _)| has_link(node));
        if is_list && !has_link {
            self.number_pages(&mut parameters);
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
            no_credentials: matches!(node.get("security"), Some(Node::List(required)) if required.is_empty()),
            has_link,
            accept: node
                .text("x-accept")
                .map(str::to_owned)
                .or_else(|| accept(&response, &success))
                .filter(|media| !has_accept && media != "*/*"),
            module: self.module(options),
            method: self.method,
            name,
            id,
            path,
            parameters,
            body,
            response,
        })
    }

    /// The parameter with the cursor: the one that pagination metadata names, or `next`.
    fn cursor(&self, parameters: &[Parameter]) -> Option<usize> {
        let declared = self.node.get("x-speakeasy-pagination").and_then(|it| it.list("inputs").first()?.text("name"));
        let name = declared.unwrap_or("next");
        parameters.iter().position(|parameter| {
            parameter.name == name
                && matches!(parameter.location, Location::Query { .. })
                && !parameter.required
                && parameter.ty == Ty::String
        })
    }

    /// Marks the parameter with the number of a page, or of the items before it.
    fn number_pages(&self, parameters: &mut [Parameter]) {
        let declared = |name: &str| {
            let lists = self.node.list("parameters").iter().chain(self.item.list("parameters"));
            lists.filter(|node| node.text("name") == Some(name)).find_map(|node| node.get("schema"))
        };
        for name in ["page", "offset"] {
            let found = parameters.iter_mut().find(|parameter| {
                parameter.name == name
                    && matches!(parameter.location, Location::Query { style: Style::Form })
                    && !parameter.required
                    && matches!(parameter.ty, Ty::I32 | Ty::I64)
            });
            let Some(parameter) = found else { continue };
            let is_zero = |key: &str| declared(name).and_then(|schema| schema.get(key)) == Some(&Node::Int(0));
            parameter.location = match name {
                "page" => Location::Page { first: i64::from(!is_zero("default") && !is_zero("minimum")) },
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
                schemas.warn(&pointer, "the reference of the parameter leads nowhere", "the parameter is left out");
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
            found.extend(parameter(schemas, node, &pointer, name, location, type_name, fields));
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
        let (node, pointer) = schemas.document.follow(node, &pointer)?;
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
        let contents: Vec<(&str, &Node)> = node.entries("content").collect();
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
        let (ty, content_type) = match essence(media) {
            "application/json" => (json, (media != "application/json").then(|| media.to_owned())),
            "*/*" => (json, None),
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

    /// The successful responses: their status, what they say and where.
    fn success(&self, schemas: &Schemas<'a>) -> Vec<(&'a str, &'a Node, String)> {
        let pointer = format!("{}/responses", self.pointer);
        let mut success: Vec<(&str, &Node, String)> = Vec::new();
        for (status, node) in self.node.entries("responses") {
            let at = format!("{pointer}/{status}");
            let Some((node, at)) = schemas.document.follow(node, &at) else { continue };
            let has_success = || self.node.entries("responses").any(|(status, _)| status.starts_with('2'));
            if status.starts_with('2') || status == "default" && !has_success() {
                success.push((status, node, at));
            }
        }
        success
    }

    fn response(
        &self,
        schemas: &mut Schemas<'a>,
        type_name: &str,
        success: &[(&'a str, &'a Node, String)],
    ) -> Response {
        let pointer = format!("{}/responses", self.pointer);
        if self.method == "HEAD" {
            return Response::Ignored;
        }
        let empty =
            success.iter().any(|(status, node, _)| *status == "204" || node.entries("content").next().is_none());
        let mut found: Option<Response> = None;
        let mut choices = Vec::new();
        for (status, node, at) in success.iter().filter(|(status, ..)| *status != "204") {
            let response = content(schemas, node, at, type_name);
            if let Response::Json(ty) = &response {
                choices.push(Branch { ty: ty.clone(), key: (*status).to_owned(), tags: Vec::new() });
            }
            match (&found, response) {
                (_, Response::Ignored) | (Some(Response::Json(_)), Response::Json(_)) => {}
                (None, response) => found = Some(response),
                (Some(known), response) if *known == response => {}
                (Some(_), _) => {
                    schemas.warn(at, "successful responses have different media types", "the first is used");
                }
            }
        }
        if let Some(Response::Json(ty)) = &mut found {
            // An object of any fields comes first. Each other type is recognized by a field of its own.
            choices.sort_by_key(|choice| !matches!(choice.ty, Ty::Object | Ty::Map(_)));
            *ty = schemas.choice(&NO_SCHEMA, &pointer, &format!("{type_name} Success"), choices);
        }
        match found {
            Some(Response::Json(ty)) if empty => Response::OptionalJson(ty),
            Some(response) => response,
            None => Response::Ignored,
        }
    }
}

fn essence(media: &str) -> &str {
    media.split(';').next().unwrap_or_default().trim()
}

/// How a response with one status is read: as JSON if the server can send it and few other media types, else as text or bytes.
fn content<'a>(schemas: &mut Schemas<'a>, node: &'a Node, pointer: &str, type_name: &str) -> Response {
    let contents: Vec<(&str, &Node)> = node.entries("content").collect();
    let is_text = |media: &str| {
        essence(media) != "text/event-stream"
            && (essence(media).starts_with("text/") || essence(media).ends_with("xml"))
    };
    let all_text = contents.iter().all(|(media, _)| is_json(media) || is_text(media));
    match contents.iter().find(|(media, _)| is_json(media)) {
        _ if contents.is_empty() => Response::Ignored,
        Some((media, content)) if all_text || contents.len() <= 3 => {
            let at = format!("{pointer}/content/{}/schema", escape(media));
            let ty = content.get("schema").map(|schema| schemas.ty(schema, &at, &format!("{type_name} Response")));
            Response::Json(ty.unwrap_or(Ty::Json))
        }
        None if all_text => Response::Text,
        _ => Response::Download,
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
    let json = contents.iter().find(|(media, _)| media.starts_with("application/json") || is_json(media));
    json.or_else(|| contents.iter().find(has_file))
        .or_else(|| contents.iter().find(|(media, _)| essence(media) == FORM))
        .or_else(|| contents.first())
        .copied()
}

/// Whether a response has a `Link` header, which has the next page (RFC 8288).
fn has_link(response: &Node) -> bool {
    response.entries("headers").any(|(name, _)| name.eq_ignore_ascii_case("link"))
}

/// The `Accept` header, if the response decides it and it is not the default of the attribute.
fn accept(response: &Response, success: &[(&str, &Node, String)]) -> Option<String> {
    let mut media: Vec<&str> =
        success.iter().flat_map(|(_, node, _)| node.entries("content")).map(|(media, _)| media).collect();
    media.dedup();
    let is_valid = media.iter().all(|media| media.bytes().all(|byte| matches!(byte, b' '..=b'~')));
    if !is_valid || media.iter().any(|media| media.contains('*') || media.trim() != *media || media.is_empty()) {
        return None;
    }
    match response {
        Response::Json(_) | Response::OptionalJson(_) => {
            media.retain(|media| is_json(media));
            let has_default = media.iter().any(|media| essence(media) == "application/json");
            (!has_default && !media.is_empty()).then(|| media.join(", "))
        }
        Response::Text | Response::Download => match &*media {
            ["text/plain"] => None,
            [media] => Some((*media).to_owned()),
            _ => None,
        },
        Response::Ignored => None,
    }
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
        if node.flag("readOnly") || name.contains(char::is_control) {
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
            Some(media) if is_json(media) => Some(media.to_owned()),
            Some(media) if ty == Ty::String && media.contains('/') && !media.starts_with("multipart/") => {
                Some(media.to_owned())
            }
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

fn is_json(media: &str) -> bool {
    essence(media) == "application/json" || essence(media).ends_with("+json")
}

/// Whether the response is a page.
fn is_page(schemas: &Schemas<'_>, ty: &Ty) -> bool {
    match schemas.kind(ty) {
        Some(Kind::Alias { target, .. }) => is_page(schemas, target),
        Some(Kind::Struct(of)) => of.page.is_some(),
        _ => false,
    }
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
        "path" => Location::Path,
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

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Scalar,
    List,
    Object,
}

fn shape_of(schemas: &Schemas<'_>, ty: &Ty) -> Content {
    match ty {
        Ty::List(_) => Content::List,
        Ty::Rust(name) if name.ends_with("CommaList") => Content::List,
        Ty::Object | Ty::Map(_) => Content::Object,
        Ty::Named(_) => match schemas.kind(ty) {
            Some(Kind::Struct(_)) => Content::Object,
            Some(Kind::Alias { target, .. }) => shape_of(schemas, target),
            _ => Content::Scalar,
        },
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

/// The path with valid placeholders. A placeholder without a parameter becomes one. False if no request can have the path.
fn path_template(path: &str, parameters: &mut Vec<Parameter>, fields: &mut Names) -> (String, bool) {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut names = Vec::new();
    let mut rest = path;
    let mut valid = path.starts_with('/');
    while let Some(start) = rest.find('{') {
        let Some(end) = rest[start..].find('}') else {
            valid = false;
            break;
        };
        names.push(rest[start + 1..start + end].to_owned());
        rest = &rest[start + end + 1..];
        valid &= !rest.starts_with('{');
    }
    let unique: HashSet<_> = names.iter().collect();
    valid &= unique.len() == names.len() && names.iter().all(|name| !name.is_empty());
    valid &= path == "/" || path.split('/').skip(1).all(|segment| !matches!(segment, "." | ".."));
    for name in &names {
        if !parameters.iter().any(|parameter| matches!(parameter.location, Location::Path) && parameter.name == *name) {
            parameters.push(Parameter {
                field: fields.name_pair(&format!("path {name}"), &snake(name, "value"), "maybe_"),
                name: name.clone(),
                location: Location::Path,
                ty: Ty::String,
                required: true,
                deprecated: false,
                docs: Vec::new(),
            });
        }
    }
    parameters.retain(|parameter| !matches!(parameter.location, Location::Path) || names.contains(&parameter.name));
    (path.to_owned(), valid)
}
