//! Operations with their parameters, bodies and responses.

use super::{
    Body, Location, Operation, Parameter, Response, Style, Ty,
    bodies::{FORM, choose_content, file, parts},
    content::{Content, has_list, is_page, shape_of},
    media::{essence, is_json, is_media_type},
    parameters::{is_same, parameter, placeholders, query},
    path, responses,
    schema::{Schemas, docs},
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
    let paths = document.root().get("paths").unwrap_or(&Node::Null);
    let Some((paths, at)) = document.follow(paths, "/paths") else {
        schemas.warn("/paths", document.lost(paths), "all paths are left out");
        return Vec::new();
    };
    for (path, item) in paths.pairs() {
        let pointer = format!("{at}/{}", escape(path));
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
            let at = format!("{pointer}/{key}");
            // OpenAPI has no references to operations. Documents do.
            let Some((node, at)) = document.follow(node, &at) else {
                schemas.warn(&at, document.lost(node), "the operation is left out");
                continue;
            };
            let source = Source { node, item, path, method, pointer: at, shared: pointer.clone() };
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
        query(schemas, &template, &pointer, &mut parameters, &mut fields);
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
                && !parameter.is_json_text
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
                    location: Location::Header { sensitive: false, explode: false },
                    ty: Ty::String,
                    is_json_text: false,
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

fn server(node: &Node) -> Option<&str> {
    node.list("servers").first()?.text("url")
}

/// Whether a requirement of credentials is empty.
fn is_empty(node: &Node) -> bool {
    node.pairs().next().is_none()
}
