//! Rules across the fields of a struct, and between the fields and the attribute.

use crate::{
    Diagnostics,
    item::Kind,
    model::{Field, Location, Operation, PagePosition, Paging, PartEncoding, Response, Style, snake_case},
    nearest::{did_you_mean, nearest},
};

pub(crate) fn check(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    check_placeholders(operation, diagnostics);
    check_serde_names(operation, diagnostics);
    check_names(operation, diagnostics);
    check_constant_headers(operation, diagnostics);
    check_cookies(operation, diagnostics);
    check_body(operation, diagnostics);
    check_parts(operation, diagnostics);
    check_response(operation, diagnostics);
    check_setters(operation, diagnostics);
    check_paging(operation, diagnostics);
}

/// The rules for a struct of shared parameters.
pub(crate) fn check_parameters(parameters: &Operation<'_>, diagnostics: &mut Diagnostics) {
    for field in &parameters.fields {
        match &field.location {
            Location::Header { .. } | Location::Cookie { .. } | Location::Unknown => {}
            Location::Query(query) => {
                let page = query.position.as_ref().map(PagePosition::word).or(query.full_pages.as_ref());
                if let Some(word) = page {
                    let message =
                        format!("an operation says how its pages follow each other: move `{}` into it", field.word);
                    diagnostics.at(word, message);
                }
            }
            Location::Path { .. } | Location::Body(_) | Location::Part(_) | Location::Parameters => {
                let message = format!(
                    "shared parameters are headers, query parameters and cookies: mark `{}` as {}, or move it into the operation",
                    field.word,
                    Kind::Parameters.field_attributes()
                );
                diagnostics.at(field.name, message);
            }
        }
    }
    check_serde_names(parameters, diagnostics);
    check_names(parameters, diagnostics);
    check_cookies(parameters, diagnostics);
}

fn path_name<'a>(field: &'a Field<'_>) -> Option<&'a str> {
    match &field.location {
        Location::Path { name, .. } => Some(name),
        _ => None,
    }
}

/// Each placeholder has a field, and each path field has a placeholder. If one of each is left over and their names are
/// similar, there is one error.
fn check_placeholders(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    let Some(template) = &operation.path else { return };
    let named = |placeholder: &str| operation.fields.iter().any(|field| path_name(field) == Some(placeholder));
    let mut unfilled: Vec<&str> =
        template.placeholders.iter().map(String::as_str).filter(|name| !name.is_empty() && !named(name)).collect();
    for field in &operation.fields {
        let Some(name) = path_name(field).filter(|name| !template.placeholders.iter().any(|p| p == name)) else {
            continue;
        };
        let meant = nearest(name, unfilled.iter().copied());
        unfilled.retain(|placeholder| Some(*placeholder) != meant);
        // A field with another name for serde has its own error.
        if let Some(serde) = field.other_serde_name() {
            unfilled.retain(|placeholder| *placeholder != serde.name);
            continue;
        }
        let missing = format!("the path has no placeholder `{{{name}}}`");
        diagnostics.at(
            field.wire_name_tokens(),
            match meant {
                Some(meant) => format!("{missing}; did you mean `#[path(\"{meant}\")]`?"),
                None if template.is_malformed => continue,
                None => format!("{missing}: add it to `path`, or give the field another attribute"),
            },
        );
    }
    for name in unfilled {
        let others = || operation.fields.iter().filter(|field| path_name(field).is_none());
        let Some(other) = others().find(|field| field.word == name) else {
            let meant = did_you_mean(name, others().map(|field| field.word.as_str()));
            let message = format!("the placeholder `{{{name}}}` has no field{meant}\nadd one: `{}`", declaration(name));
            diagnostics.at(&template.text, message);
            continue;
        };
        // A field without an attribute has its own error.
        if !matches!(other.location, Location::Unknown) {
            let message = format!("`{name}` is a placeholder of the path: mark the field as `#[path]`");
            diagnostics.at(other.name, message);
        }
    }
}

/// The declaration of a field for a placeholder.
fn declaration(placeholder: &str) -> String {
    let field = snake_case(&placeholder.replace(['-', '.'], "_"));
    let is_name = |name: &str| syn::parse_str::<syn::Ident>(name).is_ok();
    let raw = format!("r#{field}");
    if !is_name(&field) && is_name(&raw) {
        return format!("#[path] {raw}: String");
    }
    // `self` and its like cannot be raw, and a name cannot start with a digit.
    let field = if is_name(&field) { field } else { format!("_{field}") };
    if field == placeholder {
        format!("#[path] {field}: String")
    } else {
        format!("#[path(\"{placeholder}\")] {field}: String")
    }
}

/// A request does not follow serde's attributes on the fields, because the struct may be stored in another form than it is sent.
/// A field that serde names otherwise says its name on the wire.
fn check_serde_names(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    for field in &operation.fields {
        let Some(serde) = field.other_serde_name() else { continue };
        let (attribute, name) = match &field.location {
            Location::Path { name, .. } => {
                let is_placeholder = |name| {
                    operation.path.as_ref().is_some_and(|path| path.placeholders.iter().any(|other| other == name))
                };
                ("path", if is_placeholder(name) { name } else { &serde.name })
            }
            // A rule for the keys of JSON is none for headers.
            Location::Header { name, .. } if serde.is_by_rule => ("header", name),
            Location::Header { .. } => ("header", &serde.name),
            Location::Cookie { .. } => ("cookie", &serde.name),
            Location::Part(_) => ("part", &serde.name),
            _ => ("query", &serde.name),
        };
        let message = format!(
            "a request does not follow serde's names, and serde names this field `{}`\nwrite the name: `#[{attribute}(\"{name}\")]`",
            serde.name
        );
        diagnostics.at(&serde.tokens, message);
    }
}

/// Each name on the wire belongs to one field.
fn check_names(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    let mut owners: Vec<(&str, &str, &Field<'_>)> = Vec::new();
    for field in &operation.fields {
        let (what, name) = match &field.location {
            Location::Path { name, .. } => ("placeholder", name),
            Location::Header { name, .. } => ("header", name),
            Location::Query(query) if !matches!(query.style, Style::Flatten) => ("query parameter", &query.name),
            Location::Cookie { name } => ("cookie", name),
            Location::Part(part) => ("part", &part.name),
            _ => continue,
        };
        let owner = owners.iter().rfind(|(of, other, _)| other == name && *of == what).map(|(_, _, owner)| *owner);
        owners.push((what, name, field));
        if let Some(owner) = owner {
            let same = if what == "header" { " (header names ignore case)" } else { "" };
            let message = format!(
                "the {what} `{name}` already belongs to the field `{}`{same}: remove one, or give it another name",
                owner.word
            );
            diagnostics.at(field.wire_name_tokens(), message);
        }
    }
}

/// A constant header has no second value: not that of a field, and not the media type of the body.
fn check_constant_headers(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    for header in &operation.constant_headers {
        let is_same =
            |field: &&Field<'_>| matches!(&field.location, Location::Header { name, .. } if *name == header.name);
        if let Some(field) = operation.fields.iter().find(is_same) {
            let message =
                format!("the header `{}` already belongs to the field `{}`: remove one", header.name, field.word);
            diagnostics.at(&header.name_text, message);
        } else if header.name == "content-type" && operation.body().is_some() {
            let message = format!(
                "the media type of the body is its own `content-type`: write `#[body(content_type = \"{}\")]`",
                header.value.escape_default()
            );
            diagnostics.at(&header.name_text, message);
        }
    }
}

/// A request has one `Cookie` header (RFC 6265, section 5.4), which the fields form.
fn check_cookies(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    let Some(cookie) = operation.fields.iter().find(|field| matches!(field.location, Location::Cookie { .. })) else {
        return;
    };
    let message = format!(
        "the field `{}` is a `#[cookie]`, and a request has one `cookie` header: declare each cookie as a `#[cookie]`",
        cookie.word
    );
    for field in &operation.fields {
        if matches!(&field.location, Location::Header { name, .. } if name == "cookie") {
            diagnostics.at(field.wire_name_tokens(), &message);
        }
    }
    for header in operation.constant_headers.iter().filter(|header| header.name == "cookie") {
        diagnostics.at(&header.name_text, &message);
    }
}

/// There is at most one body, and none for a method that does not allow one (RFC 9110, sections 9.3.1 and 9.3.2).
fn check_body(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    let method = operation.method.name;
    let is_content = |field: &&Field<'_>| matches!(field.location, Location::Body(_) | Location::Part(_));
    if let Some(first) = operation.fields.iter().find(is_content).filter(|_| matches!(method, "GET" | "HEAD")) {
        diagnostics.at(
            first.name,
            format!(
                "a {method} request has no body: send `{}` as `#[query]`, or use another method, such as `POST`",
                first.word
            ),
        );
    }
    let mut bodies = operation.fields.iter().filter(|field| matches!(field.location, Location::Body(_)));
    let Some(first) = bodies.next() else { return };
    for again in bodies {
        diagnostics.at(
            again.name,
            format!(
                "the body is already the field `{}`: `#[body]` is the whole body, so put both values into one struct",
                first.word
            ),
        );
    }
}

/// The parts are the whole body, and their boundary is in its media type.
fn check_parts(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    let Some((first, _)) = operation.parts().next() else { return };
    if let Some((body, _)) = operation.body() {
        let message = format!(
            "the field `{}` is the whole body, which has no parts: make it a `#[part]` too, or remove one of the two",
            body.word
        );
        diagnostics.at(first.name, message);
    }
    let message = "the `content-type` of a body with parts has the boundary between them, which follows from the values: remove it";
    for field in &operation.fields {
        if matches!(&field.location, Location::Header { name, .. } if name == "content-type") {
            diagnostics.at(field.wire_name_tokens(), message);
        }
    }
    for header in operation.constant_headers.iter().filter(|header| header.name == "content-type") {
        diagnostics.at(&header.name_text, message);
    }
    for (field, part) in operation.parts() {
        let ty = field.optional.unwrap_or(field.ty);
        // Serde writes bytes as a list of numbers. Other types of this kind are an error when the request is built.
        if matches!(part.encoding, PartEncoding::Value) && matches!(ty.text(), "Vec<u8>" | "std::vec::Vec<u8>") {
            let message = "bytes need a media type: write `#[part(content_type = \"application/octet-stream\")]`, or use the type `stackone::Part`";
            diagnostics.at(field.ty, message);
        }
    }
}

/// A response to HEAD has no body (RFC 9110, section 9.3.2).
fn check_response(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    if operation.method.name == "HEAD" && !matches!(operation.response, Response::Ignored | Response::Invalid) {
        let key = if matches!(operation.response, Response::ByStatus(_)) { "responses" } else { "response" };
        let message = format!("a response to HEAD has no body: remove `{key}`, or use `GET`");
        diagnostics.push(syn::Error::new(operation.method.span, message));
    }
}

/// Each setter has its own name.
fn check_setters(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    for field in &operation.fields {
        let name = &field.word;
        if name == "build" {
            let message = "a field named `build` would hide the `build()` of the builder: rename it, and write its name in the attribute, as in `#[query(\"build\")]`";
            diagnostics.at(field.name, message);
        }
        let hidden =
            name.strip_prefix("maybe_").and_then(|rest| operation.optional().find(|(other, _)| other.word == rest));
        if let Some((other, _)) = hidden {
            diagnostics.at(
                field.name,
                format!("`{name}` is also the setter that takes an `Option` for `{}`: rename one of them", other.word),
            );
        }
    }
}

/// Pagination sets one optional query parameter, and finds the next page in the response.
fn check_paging(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    let has_pages = matches!(operation.response, Response::Json(_) | Response::ByStatus(_) | Response::Invalid);
    let mut owner: Option<(&Field<'_>, &PagePosition)> = None;
    let mut size: Option<&Field<'_>> = None;
    for field in &operation.fields {
        let Location::Query(query) = &field.location else { continue };
        if let Some(word) = &query.full_pages
            && let Some(first) = size.replace(field)
        {
            diagnostics.at(word, format!("the page size is already the field `{}`: remove one", first.word));
        }
        let Some(position) = &query.position else { continue };
        let (name, word) = (position.name(), position.word());
        if field.optional.is_none() {
            let an = if name == "offset" { "an" } else { "a" };
            diagnostics
                .at(field.ty, format!("the first page is requested without {an} {name}: make the type an `Option`"));
        }
        match owner {
            Some((first, earlier)) => {
                let message = format!("the {} is already the field `{}`: remove one", earlier.name(), first.word);
                diagnostics.at(word, message);
            }
            None if !has_pages && matches!(position, PagePosition::Cursor { next_header: None, .. }) => {
                let message =
                    "the response has the cursor of the next page: add `response = Type`, with a type that contains it";
                diagnostics.at(word, message);
            }
            None if !has_pages => diagnostics.at(word, RESPONSE_OF_PAGES),
            None => owner = Some((field, position)),
        }
    }
    if let Some(paging) = operation.paging.as_ref().filter(|_| !has_pages) {
        diagnostics.at(paging, RESPONSE_OF_PAGES);
    }
    check_rule(operation, diagnostics);
}

const RESPONSE_OF_PAGES: &str = "the response is one page: add `response = Vec<Item>`, or a type with the items";

/// The rule that finds the next page fits the response and the field with the position.
fn check_rule(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    let (position, rule) = (operation.position(), operation.paging.as_ref());
    if let (Some((field, position)), Some(Paging::Link(link))) = (position, rule) {
        let message = format!(
            "a link replaces the whole target of the request, with the {} in it: remove `{}` from the field `{}`, or remove `paging`",
            position.name(),
            position.word(),
            field.word
        );
        diagnostics.at(link, message);
    }
    if let (Some((_, PagePosition::Cursor { next_header: Some(header), .. })), Some(Paging::Rule(_))) = (position, rule)
    {
        diagnostics.at(header, "the rule in `paging` finds the next cursor: remove `next_header`, or `paging`");
    }
    if let (Some((_, PagePosition::Cursor { word, next_header: None })), None, Response::Json(ty)) =
        (position, rule, &operation.response)
        && is_vec(ty)
    {
        let message = "a list has no cursor in it: if a response header has the next cursor, add `next_header = \"x-next-cursor\"`; otherwise add `paging = Rule` to the attribute";
        diagnostics.at(word, message);
    }
    if let Some((_, word)) = operation.full_pages()
        && !matches!(position, Some((_, PagePosition::Number { .. } | PagePosition::Offset { .. })))
    {
        let message =
            "`full_pages` is for page numbers and offsets: mark their field with `page` or `offset`, or remove it";
        diagnostics.at(word, message);
    }
}

fn is_vec(ty: &syn::Type) -> bool {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "Vec"),
        _ => false,
    }
}
