//! Responses: how a body is read, if need be by status, and which headers are part of the value.

use super::{
    Header, Kind, Response, StatusVariant, Ty,
    media::{essence, is_json, is_token},
    schema::{Schemas, docs},
};
use crate::document::{Node, escape};
use std::collections::HashSet;

/// The names of the headers that are part of the value of an operation, in place of the rule. An empty list is no header.
const HEADERS: &str = "x-response-headers";

/// The statuses of a success that are registered for bodies. A response for a range has those that the document does not name.
const STATUSES: [u16; 8] = [200, 201, 202, 203, 206, 207, 208, 226];

/// A successful response of the document.
pub(super) struct Success<'a> {
    status: &'a str,
    pub(super) node: &'a Node,
    pointer: String,
}

/// The successful responses of an operation. `default` is one if no other is.
pub(super) fn successes<'a>(schemas: &mut Schemas<'a>, operation: &'a Node, pointer: &str) -> Vec<Success<'a>> {
    let is_success = |status: &str| status.starts_with('2');
    let has_success = operation.entries("responses").any(|(status, _)| is_success(status));
    let mut found = Vec::new();
    for (status, node) in operation.entries("responses") {
        if !is_success(status) && (has_success || status != "default") {
            continue;
        }
        let at = format!("{pointer}/responses/{}", escape(status));
        let is_number = status.len() == 3 && status.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number && !is_range(status) {
            schemas.warn(&at, format!("`{status}` is no status"), "the response is left out");
            continue;
        }
        match schemas.document.follow(node, &at) {
            Some((node, pointer)) => found.push(Success { status, node, pointer }),
            None => schemas.warn(&at, schemas.document.lost(node), "the response is left out"),
        }
    }
    found
}

fn is_range(status: &str) -> bool {
    status == "default" || status.eq_ignore_ascii_case("2xx")
}

/// How the responses are read. Different types of JSON become an enum by status.
pub(super) fn read<'a>(
    schemas: &mut Schemas<'a>,
    operation: (&str, &str),
    pointer: &str,
    type_name: &str,
    success: &[Success<'a>],
) -> Response {
    let (method, id) = operation;
    if method == "HEAD" {
        return Response::Ignored;
    }
    let is_empty = |of: &&Success<'_>| of.status == "204" || of.node.entries("content").next().is_none();
    let mut found = Response::Ignored;
    let mut variants = Vec::new();
    for of in success {
        let response = if of.status == "204" { Response::Ignored } else { content(schemas, of, type_name) };
        let is_other = match (&found, &response) {
            (_, Response::Ignored) | (Response::Json(_), Response::Json(_)) => false,
            (Response::Ignored, _) => {
                found = response.clone();
                false
            }
            (known, response) => known != response,
        };
        if is_other {
            schemas.warn(&of.pointer, "successful responses have different media types", "the first is used");
        }
        variants.push((of, if let Response::Json(ty) = response { Some(ty) } else { None }));
    }
    let Response::Json(ty) = found else { return found };
    let is_by_status = variants.iter().any(|(_, other)| other.as_ref().is_some_and(|other| *other != ty));
    if is_by_status {
        let docs = vec![format!("The response of `{id}`, by its status.")];
        let key = format!("{type_name} Success");
        return Response::ByStatus(schemas.by_status(&format!("{pointer}/responses"), &key, docs, statuses(variants)));
    }
    if success.iter().any(|of| is_empty(&of)) { Response::OptionalJson(ty) } else { Response::Json(ty) }
}

/// A variant for each response. Its key is the status of the document. A status has one variant.
fn statuses(variants: Vec<(&Success<'_>, Option<Ty>)>) -> Vec<(String, StatusVariant)> {
    let mut taken: HashSet<u16> = variants.iter().filter_map(|(of, _)| of.status.parse().ok()).collect();
    let mut found = Vec::new();
    for (of, ty) in variants {
        let statuses: Vec<u16> = match of.status.parse() {
            Ok(status) => vec![status],
            Err(_) => STATUSES.into_iter().filter(|status| taken.insert(*status)).collect(),
        };
        if !statuses.is_empty() {
            let name = name(of.status);
            found.push((of.status.to_owned(), StatusVariant { name, ty, statuses, docs: docs(of.node) }));
        }
    }
    found
}

/// The name of a status in the registry of HTTP.
fn name(status: &str) -> String {
    let name = match status {
        "200" => "Ok",
        "201" => "Created",
        "202" => "Accepted",
        "203" => "NonAuthoritativeInformation",
        "204" => "NoContent",
        "205" => "ResetContent",
        "206" => "PartialContent",
        "207" => "MultiStatus",
        "208" => "AlreadyReported",
        "226" => "ImUsed",
        number if !is_range(number) => return format!("Status{number}"),
        _ => "Success",
    };
    name.to_owned()
}

/// How a response with one status is read: as JSON if the server can send it and few other media types, else as text or bytes.
fn content<'a>(schemas: &mut Schemas<'a>, of: &Success<'a>, type_name: &str) -> Response {
    let contents: Vec<(&str, &Node)> = of.node.entries("content").collect();
    let is_text = |media: &str| {
        let media = essence(media);
        media != "text/event-stream" && (media.starts_with("text/") || media.ends_with("xml"))
    };
    let all_text = contents.iter().all(|(media, _)| is_json(media) || is_text(media));
    let any_is_json = schemas.any_is_json;
    let mut ty = |media: &str, content: &'a Node| {
        let at = format!("{}/content/{}/schema", of.pointer, escape(media));
        content.get("schema").map(|schema| schemas.ty(schema, &at, &format!("{type_name} Response")))
    };
    match contents.iter().find(|(media, _)| is_json(media)) {
        _ if contents.is_empty() => Response::Ignored,
        Some((media, content)) if all_text || contents.len() <= 3 => {
            Response::Json(ty(media, content).unwrap_or(Ty::Json))
        }
        None if all_text => Response::Text,
        None if any_is_json
            && let [(media, content)] = *contents
            && matches!(&*essence(media), "*/*" | "application/*")
            && let Some(ty) = ty(media, content)
            && is_structured(schemas, &ty) =>
        {
            Response::Json(ty)
        }
        _ => Response::Download,
    }
}

/// Whether a value is an object or a list, or a choice between them.
fn is_structured(schemas: &Schemas<'_>, ty: &Ty) -> bool {
    let is_part = |ty: &Ty| match schemas.target(ty) {
        Ty::Object | Ty::Map(_) | Ty::List(_) => true,
        named => matches!(schemas.kind(named), Some(Kind::Struct(_))),
    };
    match schemas.kind(schemas.target(ty)) {
        Some(Kind::OneOf(of)) => of.variants.iter().all(|of| is_part(&of.ty)),
        _ => is_part(ty),
    }
}

/// Whether a response has a `Link` header, which has the next page (RFC 8288).
pub(super) fn has_link(success: &[Success<'_>]) -> bool {
    success.iter().flat_map(|of| of.node.entries("headers")).any(|(name, _)| name.eq_ignore_ascii_case("link"))
}

/// The `Accept` header, if the response decides it and it is not the default of the attribute.
pub(super) fn accept(response: &Response, success: &[Success<'_>]) -> Option<String> {
    let mut media: Vec<&str> =
        success.iter().flat_map(|of| of.node.entries("content")).map(|(media, _)| media).collect();
    media.dedup();
    let is_valid = media.iter().all(|media| media.bytes().all(|byte| matches!(byte, b' '..=b'~')));
    if !is_valid || media.iter().any(|media| media.contains('*') || media.trim() != *media || media.is_empty()) {
        return None;
    }
    match response {
        Response::Json(_) | Response::OptionalJson(_) | Response::ByStatus(_) => {
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

/// The struct of the headers that are part of the value: those that `x-response-headers` of the operation names, else those that the
/// responses declare and that are not about the exchange, apart from the `location` of a new thing that is in the body. Each header may
/// be missing.
pub(super) fn headers<'a>(
    schemas: &mut Schemas<'a>,
    operation: &'a Node,
    method: &str,
    pointer: &str,
    type_name: &str,
    success: &[Success<'a>],
) -> Option<Ty> {
    let declared = success.iter().flat_map(|of| {
        // The body of a 201 is the new thing, whose address then adds little.
        let has_thing = of.status == "201" && of.node.entries("content").next().is_some();
        let is_wanted = move |name: &str| !(has_thing && name.eq_ignore_ascii_case("location"));
        let headers =
            of.node.entries("headers").filter(move |(name, _)| operation.get(HEADERS).is_some() || is_wanted(name));
        headers.map(|(name, node)| (name, node, format!("{}/headers/{}", of.pointer, escape(name))))
    });
    let mut declared: Vec<_> = declared.collect();
    if let Some(Node::List(_)) = operation.get(HEADERS) {
        let wanted: Vec<&str> = operation.list(HEADERS).iter().filter_map(Node::as_text).collect();
        declared.retain(|(name, ..)| wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(name)));
        for (index, name) in wanted.into_iter().enumerate() {
            if !declared.iter().any(|(known, ..)| known.eq_ignore_ascii_case(name)) {
                declared.push((name, &Node::Null, format!("{pointer}/{HEADERS}/{index}")));
            }
        }
    } else {
        declared.retain(|(name, ..)| !is_about_the_exchange(&name.to_ascii_lowercase(), method));
    }
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for (name, node, at) in declared {
        if !seen.insert(name.to_ascii_lowercase()) {
            continue;
        }
        if name.is_empty() || !name.bytes().all(is_token) {
            schemas.warn(&at, format!("no header has the name {name:?}"), "the header is left out");
            continue;
        }
        let Some((node, at)) = schemas.document.follow(node, &at) else {
            schemas.warn(&at, schemas.document.lost(node), "the header is left out");
            continue;
        };
        let ty = match node.get("schema") {
            _ if name.eq_ignore_ascii_case("set-cookie") => Ty::List(Box::new(Ty::String)),
            Some(schema) => {
                let ty = schemas.ty(schema, &format!("{at}/schema"), &format!("{type_name} {name}"));
                header_type(schemas, &ty)
            }
            None => Ty::String,
        };
        let (deprecated, docs) = (node.flag("deprecated"), docs(node));
        found.push(Header { name: String::new(), wire: name.to_owned(), ty, deprecated, docs });
    }
    (!found.is_empty()).then(|| schemas.headers(pointer, type_name, found))
}

/// The type of a header. An instant is text, because most headers with an instant do not have the format of JSON.
fn header_type(schemas: &Schemas<'_>, ty: &Ty) -> Ty {
    let scalar = |ty: &Ty| match schemas.target(ty) {
        plain @ (Ty::Bool | Ty::I32 | Ty::I64 | Ty::F64 | Ty::Rust(_)) => plain.clone(),
        named if matches!(schemas.kind(named), Some(Kind::Enum(_))) => named.clone(),
        _ => Ty::String,
    };
    match schemas.target(ty) {
        Ty::List(item) => Ty::List(Box::new(scalar(item))),
        other => scalar(other),
    }
}

/// Whether a header is about the exchange and not about its result: the media type and the length, caches, limits, the ids of requests,
/// versions, and what browsers read. `Link` is about pages.
fn is_about_the_exchange(name: &str, method: &str) -> bool {
    const NAMES: [&str; 24] = [
        "accept-ranges",
        "age",
        "allow",
        "alt-svc",
        "cache-control",
        "connection",
        "date",
        "deprecation",
        "expires",
        "keep-alive",
        "link",
        "p3p",
        "pragma",
        "preference-applied",
        "server",
        "strict-transport-security",
        "sunset",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "vary",
        "via",
        "warning",
        "www-authenticate",
    ];
    const PARTS: [&str; 7] =
        ["ratelimit", "rate-limit", "request-id", "requestid", "correlation-id", "trace-id", "traceparent"];
    const STARTS: [&str; 5] = ["access-control-", "x-content-", "x-frame-", "x-xss-", "x-powered-by"];
    const ENDS: [&str; 3] = ["-version", "-versions", "-runtime"];
    // The response to HEAD has the media type and the length of another response, which is its purpose.
    name.starts_with("content-") && method != "HEAD"
        || NAMES.contains(&name)
        || PARTS.iter().any(|part| name.contains(part))
        || STARTS.iter().any(|start| name.starts_with(start))
        || ENDS.iter().any(|end| name.ends_with(end))
}
