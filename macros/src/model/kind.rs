//! Where a field goes, and the options of each place.

use crate::{Mistakes, args::Args, header_name, nearest::did_you_mean};
use proc_macro2::{Ident, TokenStream};
use syn::LitStr;

pub(crate) enum Kind {
    Path {
        name: String,
    },
    Header {
        name: String,
        sensitive: bool,
    },
    Query(Query),
    Body(Encoding),
    /// A field whose kind is a mistake; it only has a setter.
    Unknown,
}

pub(crate) struct Query {
    pub(crate) name: String,
    pub(crate) style: Style,
    /// The word that marks the field for pagination.
    pub(crate) cursor: Option<Ident>,
}

/// How a query parameter is written: those of `OpenAPI`'s styles that a query can have, and what it calls an exploded
/// form object.
#[derive(Clone, Copy)]
pub(crate) enum Style {
    Form { explode: bool },
    Space { explode: bool },
    Pipe { explode: bool },
    DeepObject,
    Flatten,
}

/// How a body is written, with its media type.
pub(crate) enum Encoding {
    Json(String),
    Form(String),
    Bytes(String),
}

impl Encoding {
    pub(crate) fn content_type(&self) -> &str {
        match self {
            Self::Json(content_type) | Self::Form(content_type) | Self::Bytes(content_type) => content_type,
        }
    }
}

impl Kind {
    /// Reads the arguments of the attribute `kind` of a field. The name on the wire goes to `wire`.
    pub(super) fn read(
        kind: &str,
        tokens: TokenStream,
        (field, word): (&Ident, &str),
        wire: &mut Option<LitStr>,
        mistakes: &mut Mistakes,
    ) -> Self {
        let own = || word.to_owned();
        match kind {
            "path" => {
                let mut args = Args::parse("path", tokens, mistakes);
                // It has no options, so that a word that no other attribute knows is the name.
                *wire = name(&mut args, |word| elsewhere("path", word).is_none(), mistakes);
                args.finish(&[], |word| elsewhere("path", word), mistakes);
                Self::Path { name: wire.as_ref().map_or_else(own, LitStr::value) }
            }
            "header" => read_header(Args::parse("header", tokens, mistakes), (field, word), wire, mistakes),
            "query" => Self::Query(read_query(Args::parse("query", tokens, mistakes), own(), wire, mistakes)),
            "body" => Self::Body(read_body(Args::parse("body", tokens, mistakes), mistakes)),
            _ => Self::Unknown,
        }
    }
}

/// Says where an option belongs that another attribute knows, or how it is written.
pub(super) fn elsewhere(attribute: &str, option: &str) -> Option<String> {
    let place = match option {
        "style" | "explode" | "flatten" | "cursor" => "query",
        "sensitive" => "header",
        "content_type" => "body",
        "method" | "response" | "idempotent" | "passthrough" => "stackone_operation",
        style if attribute == "query" && STYLES.contains(&style) => {
            return Some(format!("`{style}` is a style: write `style = \"{style}\"`"));
        }
        "required" | "optional" | "default" | "skip_serializing_if" if attribute != "stackone_operation" => {
            return Some(format!(
                "`#[{attribute}]` has no option `{option}`: a field whose type is an `Option` is optional, and sends nothing for `None`"
            ));
        }
        _ => return None,
    };
    (place != attribute).then(|| format!("`{option}` belongs to `#[{place}]`, not to `#[{attribute}]`"))
}

/// Takes the name; one that is empty is reported, and the field's own stands in for it.
fn name(args: &mut Args, is_name: impl Fn(&str) -> bool, mistakes: &mut Mistakes) -> Option<LitStr> {
    let text = args.take_name(is_name, mistakes)?;
    let name = text.value();
    if name.is_empty() {
        mistakes.at(text, "the name on the wire is empty: write one, or leave it out for the field's own name");
        return None;
    }
    match name.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
        Some(name) => {
            mistakes.at(&text, format!("the braces belong to the path: write `\"{name}\"`"));
            Some(LitStr::new(name, text.span()))
        }
        None => Some(text),
    }
}

fn read_header(
    mut args: Args,
    (field, word): (&Ident, &str),
    wire: &mut Option<LitStr>,
    mistakes: &mut Mistakes,
) -> Kind {
    *wire = name(&mut args, |_| false, mistakes);
    let own = || word.replace('_', "-");
    let name = wire.as_ref().map_or_else(own, LitStr::value);
    if let Some(problem) = header_name::problem(&name) {
        match wire {
            Some(text) => mistakes.at(text, problem),
            None => mistakes.at(field, problem),
        }
    }
    let sensitive = args.take_flag("sensitive", mistakes).is_some();
    args.finish(&["sensitive"], |word| elsewhere("header", word), mistakes);
    Kind::Header { name: name.to_ascii_lowercase(), sensitive }
}

/// `OpenAPI`'s styles of a query parameter.
const STYLES: [&str; 4] = ["form", "deepObject", "spaceDelimited", "pipeDelimited"];

fn read_query(mut args: Args, own: String, wire: &mut Option<LitStr>, mistakes: &mut Mistakes) -> Query {
    *wire = name(&mut args, |_| false, mistakes);
    let style_text = args.take_str("style", "deepObject", |word| STYLES.contains(&word), mistakes);
    let explode = args.take_bool("explode", mistakes);
    let flatten = args.take_flag("flatten", mistakes);
    let cursor = args.take_flag("cursor", mistakes);
    args.finish(&["style", "explode", "flatten", "cursor"], |word| elsewhere("query", word), mistakes);
    let exploded = |default| explode.as_ref().map_or(default, syn::LitBool::value);
    let style = match style_text.as_ref().and_then(|text| style(text, mistakes)) {
        _ if flatten.is_some() => Style::Flatten,
        Some("deepObject") => {
            if !exploded(true) {
                mistakes.at(&explode, "`deepObject` is always exploded (OpenAPI): take `explode = false` out");
            }
            Style::DeepObject
        }
        Some("spaceDelimited") => Style::Space { explode: exploded(false) },
        Some("pipeDelimited") => Style::Pipe { explode: exploded(false) },
        _ => Style::Form { explode: exploded(true) },
    };
    if let Some(flatten) = &flatten {
        if let Some(text) = &wire {
            mistakes.at(text, "with `flatten` the value's own keys are the names: take this one out");
        }
        if style_text.is_some() || explode.is_some() {
            mistakes.at(flatten, "`flatten` makes each key a parameter of its own: take `style` and `explode` out");
        }
        if cursor.is_some() {
            mistakes
                .at(flatten, "a cursor is one parameter, and `flatten` makes one of each key: take one of them out");
        }
    }
    Query { name: wire.as_ref().map_or(own, LitStr::value), style, cursor: cursor.filter(|_| flatten.is_none()) }
}

fn style(text: &LitStr, mistakes: &mut Mistakes) -> Option<&'static str> {
    let word = text.value();
    let known = STYLES.into_iter().find(|style| *style == word);
    if known.is_none() {
        let meant = did_you_mean(&word, STYLES);
        mistakes.at(text, format!("`{word}` is no style of a query{meant}\nthe styles are {}", STYLES.join(", ")));
    }
    known
}

fn read_body(mut args: Args, mistakes: &mut Mistakes) -> Encoding {
    let text = args.take_str("content_type", "text/csv", |text| text.contains('/'), mistakes);
    if let Some(name) = args.take_name(|_| false, mistakes) {
        let value = name.value();
        let message = if value.contains('/') {
            format!("this needs its key: write `content_type = \"{value}\"`")
        } else {
            "`#[body]` is the whole body and has no name: put several values in one struct".to_owned()
        };
        mistakes.at(name, message);
    }
    args.finish(&["content_type"], |word| elsewhere("body", word), mistakes);
    let Some(text) = text else { return Encoding::Json("application/json".to_owned()) };
    let content_type = text.value();
    if let Some(problem) = problem_of_media_type(&content_type) {
        mistakes.at(&text, problem);
    }
    match essence(&content_type).as_str() {
        "application/x-www-form-urlencoded" => Encoding::Form(content_type),
        essence if essence == "application/json" || essence.ends_with("+json") => Encoding::Json(content_type),
        _ => Encoding::Bytes(content_type),
    }
}

/// A media type without its parameters.
fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn problem_of_media_type(content_type: &str) -> Option<String> {
    let visible = content_type.bytes().all(|byte| matches!(byte, b' '..=b'~')) && content_type.trim() == content_type;
    let essence = essence(content_type);
    let is_pair = |(kind, subtype)| header_name::is_token(kind) && header_name::is_token(subtype);
    if !visible || !essence.split_once('/').is_some_and(is_pair) {
        return Some(format!(
            "{content_type:?} is no media type: write one like `text/csv` or `application/octet-stream`"
        ));
    }
    // RFC 2046, section 5.1.1.
    (essence.starts_with("multipart/") && !content_type.to_ascii_lowercase().contains("boundary="))
        .then(|| format!("`{essence}` needs the boundary between its parts: write `{essence}; boundary=...`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_told_from_what_is_none() {
        for valid in
            ["text/csv", "text/plain; charset=utf-8", "multipart/form-data; Boundary=x", "application/vnd.a+json"]
        {
            assert_eq!(problem_of_media_type(valid), None, "{valid}");
        }
        for invalid in
            ["", "csv", "text/", "/csv", "text/a b", "text/csv\r\n", " text/csv", "tëxt/csv", "multipart/form-data"]
        {
            assert!(problem_of_media_type(invalid).is_some(), "{invalid}");
        }
    }
}
