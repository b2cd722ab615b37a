//! An operation as a declaration with the attribute.

use super::{
    sentence,
    text::{docs, line, ty},
};
use crate::model::{Api, Location, Operation, Parameter, Response, Style};

pub(super) fn write(out: &mut String, api: &Api, operation: &Operation) {
    line(out, 0, "");
    docs(out, 0, about(operation));
    example(out, operation);
    let mut keys = vec![format!("method = {:?}", operation.method), format!("path = {:?}", operation.path)];
    match &operation.response {
        Response::Ignored => {}
        Response::Json(of) => keys.push(format!("response = {}", ty(api, of))),
        Response::OptionalJson(of) => keys.push(format!("response = ::std::option::Option<{}>", ty(api, of))),
        Response::ByStatus(of) => keys.push(format!("responses = {}", ty(api, of))),
        Response::Text => keys.push("response = text".to_owned()),
        Response::Download => keys.push("response = download".to_owned()),
    }
    if let Some(headers) = &operation.headers {
        keys.push(format!("response_headers = {}", ty(api, headers)));
    }
    if let Some(media) = &operation.accept {
        keys.push(format!("headers(\"accept\" = {media:?})"));
    }
    if operation.has_link {
        keys.push("paging = link".to_owned());
    }
    if default_id(&operation.name) != operation.id {
        let is_part = |character: &char| !character.is_whitespace() && !character.is_control();
        let id: String = operation.id.chars().filter(is_part).collect();
        keys.push(format!("id = {id:?}"));
    }
    if operation.passthrough {
        keys.push("passthrough".to_owned());
    }
    if operation.no_credentials {
        keys.push("no_credentials".to_owned());
    }
    line(out, 0, &format!("#[::stackone::stackone_operation({})]", keys.join(", ")));
    line(out, 0, "#[derive(Debug, Clone)]");
    if operation.deprecated {
        line(out, 0, "#[deprecated]");
    }
    if operation.parameters.is_empty() && operation.body.is_none() {
        line(out, 0, &format!("pub struct {};", operation.name));
        return;
    }
    line(out, 0, &format!("pub struct {} {{", operation.name));
    for parameter in &operation.parameters {
        parameter_field(out, api, parameter);
    }
    if let Some(body) = &operation.body {
        let default = ["The body.".to_owned()];
        docs(out, 1, if body.docs.is_empty() { &default[..] } else { &body.docs });
        match &body.content_type {
            None => line(out, 1, "#[body]"),
            Some(media) => {
                let style = match body.deep_object {
                    None => "",
                    Some(false) => ", style = \"deepObject\"",
                    Some(true) => ", style = \"deepObject\", lists = \"indices\"",
                };
                line(out, 1, &format!("#[body(content_type = {media:?}{style})]"));
            }
        }
        field(out, &body.field, &ty(api, &body.ty), body.required);
    }
    line(out, 0, "}");
}

/// The id that the attribute makes from the name of a struct.
fn default_id(name: &str) -> String {
    let name = name.strip_suffix("Request").unwrap_or(name);
    let mut id = String::new();
    for (index, character) in name.chars().enumerate() {
        if character.is_uppercase() && index > 0 {
            id.push('_');
        }
        id.extend(character.to_lowercase());
    }
    id
}

/// What the docs of an operation say: what it does, the request line, its parameters, paging, heartbeats.
fn about(operation: &Operation) -> Vec<String> {
    let mut lines = operation.docs.clone();
    if lines.is_empty() {
        lines.push(sentence::of(&operation.id, &operation.module));
    }
    lines.push(String::new());
    lines.push(format!("`{} {}`, operation `{}`.", operation.method, operation.path, operation.id));
    let has = |name: &str| operation.parameters.iter().any(|parameter| parameter.name.eq_ignore_ascii_case(name));
    if operation.parameters.iter().any(|parameter| matches!(parameter.location, Location::Cursor)) {
        lines.extend([
            String::new(),
            "The response is one page: `Client::pages` and `Client::items` follow the cursor.".to_owned(),
        ]);
    }
    let numbers = |location: &Location| matches!(location, Location::Page { .. } | Location::Offset);
    if operation.has_link || operation.parameters.iter().any(|parameter| numbers(&parameter.location)) {
        lines.extend([
            String::new(),
            "The response is one page: `Client::pages` and `Client::items` request the next ones.".to_owned(),
        ]);
    }
    if let Some(server) = &operation.server {
        lines.extend([String::new(), format!("The server is `{server}`: the call needs it as its base URL.")]);
    }
    if operation.no_credentials {
        lines.extend([String::new(), "The client sends no credentials.".to_owned()]);
    }
    if has("prefer") {
        lines.extend([String::new(), "`prefer(Prefer::heartbeat())` keeps a long request alive.".to_owned()]);
    }
    if let Response::OptionalJson(_) = operation.response {
        lines.extend([String::new(), "The response may have no body: it is then `None`.".to_owned()]);
    }
    if operation.headers.is_some() {
        let about = match operation.response {
            Response::Ignored => "The value is the headers of the response.",
            _ => "The value is the headers of the response and its body.",
        };
        lines.extend([String::new(), about.to_owned()]);
    }
    let list = |title: &str, required: bool| {
        let names: Vec<String> = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.required == required)
            .map(|parameter| format!("`{}` ({})", parameter.name, location(parameter)))
            .chain(operation.body.iter().filter(|body| body.required == required).map(|_| "body".to_owned()))
            .collect();
        (!names.is_empty()).then(|| format!("- {title}: {}", names.join(", ")))
    };
    let lists: Vec<String> = [list("required", true), list("optional", false)].into_iter().flatten().collect();
    if !lists.is_empty() {
        lines.push(String::new());
        lines.extend(lists);
    }
    if operation.deprecated {
        lines.extend([String::new(), "The API deprecates this operation.".to_owned()]);
    }
    lines
}

/// The example as a doc test.
fn example(out: &mut String, operation: &Operation) {
    let Some(code) = &operation.example else { return };
    for text in ["", "```"].into_iter().chain(code.trim_end().lines()).chain(["```"]) {
        line(out, 0, format!("/// {text}").trim_end());
    }
}

fn location(parameter: &Parameter) -> &'static str {
    match &parameter.location {
        Location::Path { .. } => "path",
        Location::Header { .. } => "header",
        Location::Query { .. } | Location::Cursor | Location::Page { .. } | Location::Offset => "query",
        Location::Cookie => "cookie",
        Location::Part { .. } => "part",
    }
}

const EXPLODE: &str = "explode = true";

fn parameter_field(out: &mut String, api: &Api, parameter: &Parameter) {
    let default = [format!("`{}`.", parameter.name)];
    docs(out, 1, if parameter.docs.is_empty() { &default[..] } else { &parameter.docs });
    let bare = parameter.field.trim_start_matches("r#");
    let name = format!("{:?}", parameter.name);
    let (attribute, is_default, option) = match &parameter.location {
        Location::Path { explode, .. } => ("path", bare == parameter.name, explode.then(|| EXPLODE.to_owned())),
        Location::Header { sensitive, explode } => {
            let options = [("sensitive", *sensitive), (EXPLODE, *explode)];
            let options = options.into_iter().filter_map(|(option, is_set)| is_set.then_some(option));
            let options: Vec<_> = options.collect();
            let is_default = bare.replace('_', "-") == parameter.name;
            ("header", is_default, (!options.is_empty()).then(|| options.join(", ")))
        }
        Location::Cursor => ("query", bare == parameter.name, Some("cursor".to_owned())),
        Location::Page { first: 1 } => ("query", bare == parameter.name, Some("page".to_owned())),
        Location::Page { first } => ("query", bare == parameter.name, Some(format!("page, first = {first}"))),
        Location::Offset => ("query", bare == parameter.name, Some("offset".to_owned())),
        Location::Cookie => ("cookie", bare == parameter.name, None),
        Location::Part { content_type } => {
            ("part", bare == parameter.name, content_type.as_ref().map(|media| format!("content_type = {media:?}")))
        }
        Location::Query { style } => (
            "query",
            bare == parameter.name || *style == Style::Flatten,
            match style {
                Style::Form => None,
                Style::FormJoined => Some("explode = false"),
                Style::SpaceDelimited => Some("style = \"spaceDelimited\""),
                Style::PipeDelimited => Some("style = \"pipeDelimited\""),
                Style::DeepObject { lists: false } => Some("style = \"deepObject\""),
                Style::DeepObject { lists: true } => Some("style = \"deepObject\", lists = \"indices\""),
                Style::Flatten => Some("flatten"),
            }
            .map(str::to_owned),
        ),
    };
    let arguments: Vec<String> = (!is_default).then_some(name).into_iter().chain(option).collect();
    let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
    line(out, 1, &format!("#[{attribute}{arguments}]"));
    if parameter.deprecated {
        line(out, 1, "#[deprecated]");
    }
    let value = ty(api, &parameter.ty);
    let ty = if parameter.is_json_text { format!("::stackone::JsonText<{value}>") } else { value };
    field(out, &parameter.field, &ty, parameter.required);
}

fn field(out: &mut String, name: &str, ty: &str, required: bool) {
    let ty = if required { ty.to_owned() } else { format!("::std::option::Option<{ty}>") };
    line(out, 1, &format!("pub {name}: {ty},"));
}
