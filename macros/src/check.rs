//! What holds between the fields of a struct, and between them and the attribute.

use crate::{
    Mistakes,
    model::{Field, Kind, Operation},
    nearest::{did_you_mean, nearest},
};
use std::collections::HashMap;

pub(crate) fn check(operation: &Operation<'_>, mistakes: &mut Mistakes) {
    check_placeholders(operation, mistakes);
    check_names(operation, mistakes);
    check_body(operation, mistakes);
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
        mistakes.at(
            field.name,
            match meant {
                Some(meant) => {
                    format!("the path has no placeholder `{{{name}}}`; did you mean `#[path(\"{meant}\")]`?")
                }
                None => format!(
                    "the path has no placeholder `{{{name}}}`: add it to `path`, or declare the field as another kind"
                ),
            },
        );
    }
    for name in unfilled {
        let others = operation.fields.iter().filter(|field| path_name(field).is_none()).map(|field| field.word());
        let others: Vec<String> = others.collect();
        let message = if others.iter().any(|other| other == name) {
            format!("the field of the placeholder `{{{name}}}` is not a path value: mark `{name}` with `#[path]`")
        } else {
            let meant = did_you_mean(name, others.iter().map(String::as_str));
            format!("the placeholder `{{{name}}}` has no field{meant}\nadd `#[path] {}: String`", snake(name))
        };
        mistakes.at(&template.text, message);
    }
}

/// A placeholder as a field's name would be written.
fn snake(placeholder: &str) -> String {
    let snake = placeholder.replace(['-', '.'], "_");
    if snake.chars().any(char::is_uppercase) {
        format!("{} (as `#[path(\"{placeholder}\")]`)", to_snake(&snake))
    } else {
        snake
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
    let mut owners: HashMap<(&str, &str), &Field<'_>> = HashMap::new();
    for field in &operation.fields {
        let (what, name) = match &field.kind {
            Kind::Path { name } => ("placeholder", name),
            Kind::Header { name, .. } => ("header", name),
            Kind::Query(query) if query.style != "Flatten" => ("query parameter", &query.name),
            _ => continue,
        };
        if let Some(owner) = owners.insert((what, name.as_str()), field) {
            let mut message = format!("the {what} `{name}` already comes from `{}`", owner.word());
            if what == "header" {
                message.push_str("; the case of a header's name does not count");
            }
            mistakes.at(field.name, message);
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
            format!("a {method} request has no body: send `{}` as `#[query]`, or use another method", first.word()),
        );
    }
    for again in bodies {
        mistakes.at(
            again.name,
            format!("the body is already `{}`: `#[body]` is the whole body, so put both in one struct", first.word()),
        );
    }
}

/// Setters have their own names.
fn check_setters(operation: &Operation<'_>, mistakes: &mut Mistakes) {
    for field in &operation.fields {
        let name = field.word();
        if name == "build" {
            mistakes.at(field.name, "a field called `build` would hide the builder's `build()`: rename it and give its name on the wire, as in `#[query(\"build\")]`");
        }
        let hidden =
            name.strip_prefix("maybe_").and_then(|rest| operation.optional().find(|(other, _)| other.word() == rest));
        if let Some((other, _)) = hidden {
            mistakes.at(
                field.name,
                format!(
                    "`{name}` is also the setter that takes an `Option` for `{}`: rename one of them",
                    other.word()
                ),
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
        if let Some(first) = owner {
            mistakes.at(cursor, format!("the cursor is already `{}`: keep one", first.word()));
        }
        owner = owner.or(Some(field));
    }
}
