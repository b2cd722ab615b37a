//! What holds between the fields of a struct, and between them and the attribute.

use crate::{
    Mistakes,
    model::{Field, Kind, Operation, Response, Style},
    nearest::{did_you_mean, nearest},
};

pub(crate) fn check(operation: &Operation<'_>, mistakes: &mut Mistakes) {
    check_placeholders(operation, mistakes);
    check_names(operation, mistakes);
    check_body(operation, mistakes);
    check_response(operation, mistakes);
    check_setters(operation, mistakes);
    check_cursor(operation, mistakes);
}

fn path_name<'a>(field: &'a Field<'_>) -> Option<&'a str> {
    match &field.kind {
        Kind::Path { name } => Some(name),
        _ => None,
    }
}

/// Every placeholder has its field and every path field its placeholder. Where one of each is left over and they are
/// alike, it is one slip and one error.
fn check_placeholders(operation: &Operation<'_>, mistakes: &mut Mistakes) {
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
        let missing = format!("the path has no placeholder `{{{name}}}`");
        mistakes.at(
            field.named_at(),
            match meant {
                Some(meant) => format!("{missing}; did you mean `#[path(\"{meant}\")]`?"),
                None if template.in_doubt => continue,
                None => match template.text.value().split('/').find(|part| part.strip_prefix([':', '*']) == Some(name))
                {
                    Some(part) => format!("{missing}: write `{{{name}}}` there for `{part}`"),
                    None => format!("{missing}: add it to `path`, or mark the field as another kind"),
                },
            },
        );
    }
    for name in unfilled {
        let others = || operation.fields.iter().filter(|field| path_name(field).is_none());
        let Some(other) = others().find(|field| field.word == name) else {
            let meant = did_you_mean(name, others().map(|field| field.word.as_str()));
            let message = format!("the placeholder `{{{name}}}` has no field{meant}\nadd one: `{}`", declaration(name));
            mistakes.at(&template.text, message);
            continue;
        };
        // A field without a kind has been asked for one.
        if !matches!(other.kind, Kind::Unknown) {
            let message =
                format!("`{name}` is a placeholder of the path, and the field is another kind: mark it `#[path]`");
            mistakes.at(other.name, message);
        }
    }
}

/// A field for a placeholder.
fn declaration(placeholder: &str) -> String {
    let field = to_snake(&placeholder.replace(['-', '.'], "_"));
    let is_name = |name: &str| syn::parse_str::<syn::Ident>(name).is_ok();
    let raw = format!("r#{field}");
    if !is_name(&field) && is_name(&raw) {
        return format!("#[path] {raw}: String");
    }
    // What cannot be raw either is one of the words for paths, or begins with a digit.
    let field = if is_name(&field) { field } else { format!("_{field}") };
    if field == placeholder {
        format!("#[path] {field}: String")
    } else {
        format!("#[path(\"{placeholder}\")] {field}: String")
    }
}

fn to_snake(name: &str) -> String {
    name.chars().fold(String::new(), |mut snake, c| {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
        snake
    })
}

/// A name on the wire belongs to one field.
fn check_names(operation: &Operation<'_>, mistakes: &mut Mistakes) {
    let mut owners: Vec<(&str, &str, &Field<'_>)> = Vec::new();
    for field in &operation.fields {
        let (what, name) = match &field.kind {
            Kind::Path { name } => ("placeholder", name),
            Kind::Header { name, .. } => ("header", name),
            Kind::Query(query) if !matches!(query.style, Style::Flatten) => ("query parameter", &query.name),
            _ => continue,
        };
        let owner = owners.iter().rfind(|(of, other, _)| other == name && *of == what).map(|(_, _, owner)| *owner);
        owners.push((what, name, field));
        if let Some(owner) = owner {
            let same = if what == "header" { " (case does not count)" } else { "" };
            let message = format!(
                "the {what} `{name}` already comes from the field `{}`{same}: a name belongs to one field",
                owner.word
            );
            mistakes.at(field.named_at(), message);
        }
    }
}

/// One body at most, and none where HTTP gives it no meaning (RFC 9110, sections 9.3.1 and 9.3.2).
fn check_body(operation: &Operation<'_>, mistakes: &mut Mistakes) {
    let mut bodies = operation.fields.iter().filter(|field| matches!(field.kind, Kind::Body(_)));
    let Some(first) = bodies.next() else { return };
    let method = operation.method.name;
    if matches!(method, "GET" | "HEAD") {
        mistakes.at(
            first.name,
            format!(
                "a {method} request has no body: send `{}` as `#[query]`, or use another method, such as `POST`",
                first.word
            ),
        );
    }
    for again in bodies {
        mistakes.at(
            again.name,
            format!(
                "the body is already the field `{}`: `#[body]` is the whole body, so put both in one struct",
                first.word
            ),
        );
    }
}

/// An answer to HEAD never has a body (RFC 9110, section 9.3.2).
fn check_response(operation: &Operation<'_>, mistakes: &mut Mistakes) {
    if operation.method.name == "HEAD" && !matches!(operation.response, Response::Ignored | Response::Mistaken) {
        let message = "an answer to HEAD has no body: take `response` out, or use `GET`";
        mistakes.push(syn::Error::new(operation.method.span, message));
    }
}

/// Setters have their own names.
fn check_setters(operation: &Operation<'_>, mistakes: &mut Mistakes) {
    for field in &operation.fields {
        let name = &field.word;
        if name == "build" {
            let message = "a field called `build` would take the place of the builder's `build()`: rename it and give its name on the wire, as in `#[query(\"build\")]`";
            mistakes.at(field.name, message);
        }
        let hidden =
            name.strip_prefix("maybe_").and_then(|rest| operation.optional().find(|(other, _)| other.word == rest));
        if let Some((other, _)) = hidden {
            mistakes.at(
                field.name,
                format!("`{name}` is also the setter that takes an `Option` for `{}`: rename one of them", other.word),
            );
        }
    }
}

/// Paging sets one optional query parameter, and reads the next cursor from the answer.
fn check_cursor(operation: &Operation<'_>, mistakes: &mut Mistakes) {
    let mut owner: Option<&Field<'_>> = None;
    for field in &operation.fields {
        let Kind::Query(query) = &field.kind else { continue };
        let Some(cursor) = &query.cursor else { continue };
        if field.optional.is_none() {
            mistakes.at(field.ty, "the first page has no cursor: make this an `Option`");
        }
        match owner {
            Some(first) => mistakes.at(cursor, format!("the cursor is already the field `{}`: keep one", first.word)),
            None if !matches!(operation.response, Response::Json(_) | Response::Mistaken) => {
                let message =
                    "pages are followed by the cursor in the answer: add `response = Type`, with a type that holds it";
                mistakes.at(cursor, message);
            }
            None => owner = Some(field),
        }
    }
}
