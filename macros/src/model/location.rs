//! The location of a field, and the options of each location.

use crate::{Diagnostics, arguments::Arguments, header_name, item::FieldAttribute, nearest::did_you_mean};
use proc_macro2::{Ident, TokenStream};
use syn::LitStr;

pub(crate) enum Location {
    Path {
        name: String,
        /// Whether an object is `k=v,k=v`, and not `k,v,k,v`.
        explode: bool,
    },
    Header {
        name: String,
        sensitive: bool,
        /// As in a path.
        explode: bool,
    },
    Query(Query),
    Cookie {
        name: String,
    },
    Body(BodyEncoding),
    Part(Part),
    /// A struct of shared parameters.
    Parameters,
    /// A field without a valid attribute. It only has a setter.
    Unknown,
}

pub(crate) struct Query {
    pub(crate) name: String,
    pub(crate) style: Style,
    /// The position that pagination sets.
    pub(crate) position: Option<PagePosition>,
    /// The word `full_pages`, if the field has the number of items of every page but the last.
    pub(crate) full_pages: Option<Ident>,
}

/// The position of a page in a field, with its word.
pub(crate) enum PagePosition {
    /// The response header has the next cursor, if there is one, and the body otherwise.
    Cursor {
        word: Ident,
        next_header: Option<LitStr>,
    },
    Number {
        word: Ident,
        first: u64,
    },
    Offset {
        word: Ident,
    },
}

impl PagePosition {
    pub(crate) fn word(&self) -> &Ident {
        match self {
            Self::Cursor { word, .. } | Self::Number { word, .. } | Self::Offset { word } => word,
        }
    }

    /// The position in messages.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Cursor { .. } => "cursor",
            Self::Number { .. } => "page number",
            Self::Offset { .. } => "offset",
        }
    }
}

/// The style of a query parameter: OpenAPI's, and `Flatten`, which is OpenAPI's exploded form object. The runtime has the
/// same variants.
#[derive(Clone, Copy)]
pub(crate) enum Style {
    Form { explode: bool },
    SpaceDelimited { explode: bool },
    PipeDelimited { explode: bool },
    DeepObject { lists: Lists },
    Flatten,
}

/// How a list inside a `deepObject` is written. The runtime has the same variants.
#[derive(Clone, Copy)]
pub(crate) enum Lists {
    Repeat,
    Brackets,
    Indices,
}

/// A part of a `multipart/form-data` body.
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) encoding: PartEncoding,
    pub(crate) file_name: Option<String>,
}

/// The encoding of a part, with its media type.
pub(crate) enum PartEncoding {
    /// Text or JSON, as the value is.
    Value,
    Json(String),
    Bytes(String),
}

impl PartEncoding {
    pub(crate) fn content_type(&self) -> &str {
        match self {
            Self::Value => "",
            Self::Json(content_type) | Self::Bytes(content_type) => content_type,
        }
    }
}

/// The encoding of a body, with its media type.
pub(crate) enum BodyEncoding {
    Json(String),
    /// With `lists` in the style `deepObject`.
    Form {
        content_type: String,
        lists: Option<Lists>,
    },
    Bytes(String),
}

impl BodyEncoding {
    pub(crate) fn content_type(&self) -> &str {
        match self {
            Self::Json(content_type) | Self::Form { content_type, .. } | Self::Bytes(content_type) => content_type,
        }
    }
}

impl Location {
    /// Reads the options of a field attribute. The name on the wire goes to `wire`.
    pub(super) fn read(
        attribute: FieldAttribute,
        tokens: TokenStream,
        (field, word): (&Ident, &str),
        wire: &mut Option<LitStr>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let own = || word.to_owned();
        match attribute {
            FieldAttribute::Path => {
                let mut args = Arguments::parse("path", tokens, diagnostics);
                *wire = wire_name(&mut args, diagnostics);
                let explode = read_simple_explode(&mut args, diagnostics);
                args.finish(&["explode"], |word| option_elsewhere("path", word), diagnostics);
                Self::Path { name: wire.as_ref().map_or_else(own, LitStr::value), explode }
            }
            FieldAttribute::Header => {
                read_header(Arguments::parse("header", tokens, diagnostics), (field, word), wire, diagnostics)
            }
            FieldAttribute::Query => {
                Self::Query(read_query(Arguments::parse("query", tokens, diagnostics), own(), wire, diagnostics))
            }
            FieldAttribute::Cookie => {
                read_cookie(Arguments::parse("cookie", tokens, diagnostics), (field, word), wire, diagnostics)
            }
            FieldAttribute::Part => {
                Self::Part(read_part(Arguments::parse("part", tokens, diagnostics), own(), wire, diagnostics))
            }
            FieldAttribute::Parameters => {
                let mut args = Arguments::parse("parameters", tokens, diagnostics);
                if let Some(name) = wire_name(&mut args, diagnostics) {
                    let message = "the parameters have the names that their struct declares: remove this name";
                    diagnostics.at(name, message);
                }
                args.finish(&[], |word| option_elsewhere("parameters", word), diagnostics);
                Self::Parameters
            }
            FieldAttribute::Body => Self::Body(read_body(Arguments::parse("body", tokens, diagnostics), diagnostics)),
        }
    }

    /// Whether a struct of shared parameters can have the field.
    pub(crate) fn can_be_shared(&self) -> bool {
        match self {
            Self::Header { .. } | Self::Query(_) | Self::Cookie { .. } => true,
            Self::Path { .. } | Self::Body(_) | Self::Part(_) | Self::Parameters | Self::Unknown => false,
        }
    }

    /// Whether the value is a parameter, and not a body.
    pub(crate) fn is_parameter(&self) -> bool {
        match self {
            Self::Path { .. } | Self::Header { .. } | Self::Query(_) | Self::Cookie { .. } | Self::Parameters => true,
            Self::Body(_) | Self::Part(_) | Self::Unknown => false,
        }
    }
}

/// The message for an option that belongs to another attribute, or that is written in another way.
pub(super) fn option_elsewhere(attribute: &str, option: &str) -> Option<String> {
    let owner = match option {
        "style" if attribute == "path" => {
            return Some(
                "a path value has OpenAPI's style `simple`: remove `style`, and write the start of `label` or `matrix` into the path: `/.{id}`, `/;id={id}`"
                    .to_owned(),
            );
        }
        "style" if attribute == "header" => {
            return Some("a header has OpenAPI's style `simple`: remove `style`".to_owned());
        }
        "style" | "lists" | "explode" | "flatten" | "cursor" | "page" | "offset" | "first" | "next_header"
        | "full_pages" => "query",
        "sensitive" if attribute == "cookie" => {
            return Some("a cookie is always sensitive: remove `sensitive`".to_owned());
        }
        "sensitive" => "header",
        "content_type" => "body",
        "file_name" => "part",
        "json" if attribute == "part" => {
            return Some(
                "`#[part]` has no option `json`: a struct or a map is sent as JSON, and for any other value write `content_type = \"application/json\"`"
                    .to_owned(),
            );
        }
        "method" | "response" | "responses" | "response_headers" | "paging" | "idempotent" | "passthrough"
        | "no_credentials" => "stackone_operation",
        style if attribute == "query" && STYLES.contains(&style) => {
            return Some(format!("`{style}` is a style: write `style = \"{style}\"`"));
        }
        "required" | "optional" | "default" | "skip_serializing_if" if attribute != "stackone_operation" => {
            return Some(format!(
                "`#[{attribute}]` has no option `{option}`: a field is optional if its type is an `Option`, and `None` is not sent"
            ));
        }
        _ => return None,
    };
    (owner != attribute).then(|| format!("`{option}` belongs to `#[{owner}]`, not to `#[{attribute}]`"))
}

/// Takes the name on the wire.
fn wire_name(args: &mut Arguments, diagnostics: &mut Diagnostics) -> Option<LitStr> {
    let text = args.take_name(diagnostics)?;
    let name = text.value();
    if name.is_empty() {
        diagnostics.at(text, "the name is empty: write a name, or remove it to use the name of the field");
        return None;
    }
    match name.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
        Some(name) => {
            diagnostics.at(&text, format!("the braces belong to the path template: write `\"{name}\"`"));
            Some(LitStr::new(name, text.span()))
        }
        None => Some(text),
    }
}

fn read_header(
    mut args: Arguments,
    (field, word): (&Ident, &str),
    wire: &mut Option<LitStr>,
    diagnostics: &mut Diagnostics,
) -> Location {
    *wire = wire_name(&mut args, diagnostics);
    let own = || word.replace('_', "-");
    let name = wire.as_ref().map_or_else(own, LitStr::value);
    if let Err(message) = header_name::check(&name) {
        match wire {
            Some(text) => diagnostics.at(text, message),
            None => diagnostics.at(field, message),
        }
    }
    let sensitive = args.take_flag("sensitive", diagnostics).is_some();
    let explode = read_simple_explode(&mut args, diagnostics);
    args.finish(&["sensitive", "explode"], |word| option_elsewhere("header", word), diagnostics);
    let name = name.to_ascii_lowercase();
    // As for the fields of `#[cookie]`.
    let sensitive = sensitive || name == "cookie";
    Location::Header { name, sensitive, explode }
}

/// `explode` in OpenAPI's style `simple`, which is that of paths and headers.
fn read_simple_explode(args: &mut Arguments, diagnostics: &mut Diagnostics) -> bool {
    args.take_bool("explode", diagnostics).is_some_and(|explode| explode.value())
}

fn read_cookie(
    mut args: Arguments,
    (field, word): (&Ident, &str),
    wire: &mut Option<LitStr>,
    diagnostics: &mut Diagnostics,
) -> Location {
    *wire = wire_name(&mut args, diagnostics);
    args.finish(&[], |word| option_elsewhere("cookie", word), diagnostics);
    let name = wire.as_ref().map_or_else(|| word.to_owned(), LitStr::value);
    // RFC 6265, section 4.1.1.
    if !header_name::is_token(&name) {
        let message = format!("`{name}` is not a cookie name: RFC 6265 allows letters, digits and !#$%&'*+-.^_`|~");
        match wire {
            Some(text) => diagnostics.at(text, message),
            None => diagnostics.at(field, message),
        }
    }
    Location::Cookie { name }
}

/// OpenAPI's styles of a query parameter.
const STYLES: [&str; 4] = ["form", "deepObject", "spaceDelimited", "pipeDelimited"];

/// The options of `#[query]`.
const QUERY_OPTIONS: [&str; 10] =
    ["style", "lists", "explode", "flatten", "cursor", "page", "offset", "first", "next_header", "full_pages"];

/// The styles of a form.
const FORM_STYLES: [&str; 2] = ["form", "deepObject"];

/// The words for the lists in a `deepObject`.
const LISTS: [&str; 3] = ["repeat", "brackets", "indices"];

fn read_query(mut args: Arguments, own: String, wire: &mut Option<LitStr>, diagnostics: &mut Diagnostics) -> Query {
    *wire = wire_name(&mut args, diagnostics);
    let style_text = args.take_string("style", "deepObject", diagnostics);
    let lists_text = args.take_string("lists", "brackets", diagnostics);
    let explode = args.take_bool("explode", diagnostics);
    let flatten = args.take_flag("flatten", diagnostics);
    let position = read_position(&mut args, diagnostics);
    let full_pages = args.take_flag("full_pages", diagnostics);
    args.finish(&QUERY_OPTIONS, |word| option_elsewhere("query", word), diagnostics);
    let exploded = |default| explode.as_ref().map_or(default, syn::LitBool::value);
    let style_word = read_style(style_text.as_ref(), "query", &STYLES, diagnostics);
    let lists = read_lists(lists_text.as_ref(), style_word, diagnostics);
    let style = match style_word {
        _ if flatten.is_some() => Style::Flatten,
        "deepObject" => {
            if !exploded(true) {
                diagnostics.at(&explode, "`deepObject` is always exploded (OpenAPI): remove `explode = false`");
            }
            Style::DeepObject { lists }
        }
        "spaceDelimited" => Style::SpaceDelimited { explode: exploded(false) },
        "pipeDelimited" => Style::PipeDelimited { explode: exploded(false) },
        _ => Style::Form { explode: exploded(true) },
    };
    if let Some(flatten) = &flatten {
        if let Some(text) = &wire {
            diagnostics.at(text, "with `flatten` the keys of the value are the names: remove this name");
        }
        if style_text.is_some() || explode.is_some() {
            diagnostics.at(flatten, "`flatten` makes each key a separate parameter: remove `style` and `explode`");
        }
        let of_pages = position.as_ref().map(PagePosition::name).or(full_pages.as_ref().map(|_| "page size"));
        if let Some(name) = of_pages {
            let article = if name == "offset" { "an" } else { "a" };
            diagnostics.at(
                flatten,
                format!(
                    "{article} {name} is one parameter, and `flatten` makes a parameter of each key: remove one of them"
                ),
            );
        }
    }
    Query {
        name: wire.as_ref().map_or(own, LitStr::value),
        style,
        position: position.filter(|_| flatten.is_none()),
        full_pages: full_pages.filter(|_| flatten.is_none()),
    }
}

/// Reads `cursor`, `page` and `offset`, with their own options.
fn read_position(args: &mut Arguments, diagnostics: &mut Diagnostics) -> Option<PagePosition> {
    let cursor = args.take_flag("cursor", diagnostics);
    let page = args.take_flag("page", diagnostics);
    let offset = args.take_flag("offset", diagnostics);
    let next_header = args.take_string("next_header", "x-next-cursor", diagnostics);
    let first = args.take_integer("first", 0, diagnostics);
    if let Some(header) = next_header.as_ref().filter(|_| cursor.is_none()) {
        diagnostics
            .at(header, "`next_header` names the response header with the next cursor: add `cursor`, or remove it");
    }
    if let Some((literal, _)) = first.as_ref().filter(|_| page.is_none()) {
        diagnostics.at(literal, "`first` is the number of the first page: add `page`, or remove it");
    }
    if let Some(name) = &next_header
        && !header_name::is_token(&name.value())
    {
        diagnostics.at(name, format!("{:?} is not a header name: write, for example, `x-next-cursor`", name.value()));
    }
    let mut positions = [
        cursor.map(|word| PagePosition::Cursor { word, next_header }),
        page.map(|word| PagePosition::Number { word, first: first.map_or(1, |(_, first)| first) }),
        offset.map(|word| PagePosition::Offset { word }),
    ]
    .into_iter()
    .flatten();
    let position = positions.next()?;
    for other in positions {
        let message = format!("the field is already the {}: remove one of the two", position.name());
        diagnostics.at(other.word(), message);
    }
    Some(position)
}

/// The style that the text names. `form` without a text, and empty for an unknown word, which is reported.
fn read_style(
    text: Option<&LitStr>,
    what: &str,
    styles: &[&'static str],
    diagnostics: &mut Diagnostics,
) -> &'static str {
    let Some(text) = text else { return "form" };
    let word = text.value();
    styles.iter().find(|style| **style == word).copied().unwrap_or_else(|| {
        let meant = did_you_mean(&word, styles.iter().copied());
        diagnostics.at(text, format!("`{word}` is not a {what} style{meant}\nthe styles are {}", styles.join(", ")));
        ""
    })
}

/// Reads `lists`, an option of the style `deepObject`.
fn read_lists(text: Option<&LitStr>, style: &str, diagnostics: &mut Diagnostics) -> Lists {
    let Some(text) = text else { return Lists::Repeat };
    // An unknown style has its own error.
    if !matches!(style, "deepObject" | "") {
        diagnostics.at(text, "`lists` is an option of `deepObject`: add `style = \"deepObject\"`, or remove it");
    }
    let word = text.value();
    match word.as_str() {
        "repeat" => Lists::Repeat,
        "brackets" => Lists::Brackets,
        "indices" => Lists::Indices,
        _ => {
            let meant = did_you_mean(&word, LISTS);
            let forms = "`repeat` (a=1&a=2), `brackets` (a[]=1&a[]=2) and `indices` (a[0]=1&a[1]=2)";
            diagnostics.at(text, format!("`{word}` is not a form of lists{meant}\nthe forms are {forms}"));
            Lists::Repeat
        }
    }
}

fn read_body(mut args: Arguments, diagnostics: &mut Diagnostics) -> BodyEncoding {
    let text = args.take_string("content_type", "text/csv", diagnostics);
    if let Some(name) = args.take_name(diagnostics) {
        let value = name.value();
        let message = if value.contains('/') {
            format!("expected a key: write `content_type = \"{value}\"`")
        } else {
            "`#[body]` is the whole body and has no name: put several values into one struct".to_owned()
        };
        diagnostics.at(name, message);
    }
    let style_text = args.take_string("style", "deepObject", diagnostics);
    let lists_text = args.take_string("lists", "brackets", diagnostics);
    args.finish(&["content_type", "style", "lists"], |word| option_elsewhere("body", word), diagnostics);
    let content_type = text.as_ref().map_or_else(|| "application/json".to_owned(), LitStr::value);
    if let Some(text) = &text
        && let Err(message) = check_media_type(&content_type)
    {
        diagnostics.at(text, message);
    }
    let essence = essence(&content_type);
    if essence != FORM {
        for option in [&style_text, &lists_text].into_iter().flatten() {
            let message = format!("only a form has this option: add `content_type = \"{FORM}\"`, or remove it");
            diagnostics.at(option, message);
        }
    }
    match essence.as_str() {
        FORM => {
            let style = read_style(style_text.as_ref(), "form", &FORM_STYLES, diagnostics);
            let lists = read_lists(lists_text.as_ref(), style, diagnostics);
            BodyEncoding::Form { content_type, lists: (style == "deepObject").then_some(lists) }
        }
        essence if is_json(essence) => BodyEncoding::Json(content_type),
        _ => BodyEncoding::Bytes(content_type),
    }
}

fn read_part(mut args: Arguments, own: String, wire: &mut Option<LitStr>, diagnostics: &mut Diagnostics) -> Part {
    *wire = wire_name(&mut args, diagnostics);
    let content_type_text = args.take_string("content_type", "text/csv", diagnostics);
    let file_name_text = args.take_string("file_name", "report.csv", diagnostics);
    args.finish(&["content_type", "file_name"], |word| option_elsewhere("part", word), diagnostics);
    for (text, what) in [(&*wire, "name of a part"), (&file_name_text, "file name")] {
        if let Some(text) = text
            && text.value().contains(char::is_control)
        {
            diagnostics.at(text, format!("the {what} contains a control character: remove it"));
        }
    }
    let file_name = file_name_text.as_ref().map(LitStr::value);
    if let (Some(text), Some("")) = (&file_name_text, file_name.as_deref()) {
        diagnostics.at(text, "the file name is empty: write a name, or remove `file_name`");
    }
    let content_type = content_type_text.as_ref().map(LitStr::value);
    if let (Some(text), Some(Err(message))) = (&content_type_text, content_type.as_deref().map(check_media_type)) {
        diagnostics.at(text, message);
    }
    let encoding = match content_type {
        Some(content_type) if is_json(&essence(&content_type)) => PartEncoding::Json(content_type),
        Some(content_type) => PartEncoding::Bytes(content_type),
        // RFC 7578, section 4.4.
        None if file_name.is_some() => PartEncoding::Bytes("application/octet-stream".to_owned()),
        None => PartEncoding::Value,
    };
    Part { name: wire.as_ref().map_or(own, LitStr::value), encoding, file_name }
}

fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence.ends_with("+json")
}

/// The media type of a form.
const FORM: &str = "application/x-www-form-urlencoded";

/// A media type without its parameters.
fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Checks that a text is a media type (RFC 9110, section 8.3.1).
fn check_media_type(content_type: &str) -> Result<(), String> {
    let visible = content_type.bytes().all(|byte| matches!(byte, b' '..=b'~')) && content_type.trim() == content_type;
    let essence = essence(content_type);
    let is_pair = |(main, subtype)| header_name::is_token(main) && header_name::is_token(subtype);
    if !visible || !essence.split_once('/').is_some_and(is_pair) {
        return Err(format!(
            "{content_type:?} is not a media type: write, for example, `text/csv` or `application/octet-stream`"
        ));
    }
    if essence.starts_with("multipart/") && !content_type.to_ascii_lowercase().contains("boundary=") {
        // RFC 2046, section 5.1.1.
        let parts = if essence == "multipart/form-data" { "declare each part as a `#[part]`, or " } else { "" };
        return Err(format!(
            "`{essence}` needs the boundary between its parts: {parts}write `{essence}; boundary=...`"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_checked() {
        for valid in
            ["text/csv", "text/plain; charset=utf-8", "multipart/form-data; Boundary=x", "application/vnd.a+json"]
        {
            assert_eq!(check_media_type(valid), Ok(()), "{valid}");
        }
        for invalid in
            ["", "csv", "text/", "/csv", "text/a b", "text/csv\r\n", " text/csv", "tëxt/csv", "multipart/form-data"]
        {
            assert!(check_media_type(invalid).is_err(), "{invalid}");
        }
    }
}
