//! A declaration as generated code carries it, and what requests are built from.

use super::{Body, Metadata, Parameter, Place, Plan, Ready, Style};
use crate::format::Kind;
use http::{HeaderName, Method};
use std::{borrow::Cow, fmt, sync::OnceLock};

/// An operation's metadata, read when it is first asked for.
///
/// Generated code has it as one text, the macro's words for what it read:
///
/// ```text
/// lms_list_users GET /unified/lms/users json
/// x_account_id header x-account-id
/// page_size query,optional page_size
/// filter query,deepObject,optional filter
/// ```
///
/// First the id, the method, the path, the kind of answer and what else is true of the operation; then a line for each
/// parameter, and for the body with its media type, beginning with the field. A query's names are percent-encoded, so
/// that no name can end a line.
///
/// Why a text: a compiler checks and evaluates a value piece by piece, and this one is a single literal to it. Written out
/// as constants it is 17 lines more of each operation's expansion, and 1.3 million instructions more to check them. And
/// what is read once can be made ready for every request, the pieces of the path, the names of headers, the keys of a
/// query, which takes 3 % off one with a path to fill.
pub struct Declared {
    text: &'static str,
    metadata: OnceLock<Metadata>,
}

impl Declared {
    /// The declaration, not read yet.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, metadata: OnceLock::new() }
    }

    /// What it says.
    ///
    /// Not inlined: an operation would have the reading of it twice, in `metadata()` and in `to_http_request()`.
    #[inline(never)]
    pub fn metadata(&'static self) -> &'static Metadata {
        self.metadata.get_or_init(|| read(self.text))
    }
}

impl fmt::Debug for Declared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Declared").field(&self.text).finish()
    }
}

/// Reads what the macro wrote; no word of it can be missing, as both are of one version.
#[cold]
fn read(text: &'static str) -> Metadata {
    let mut lines = text.split('\n');
    let mut words = lines.next().unwrap_or_default().split(' ');
    let mut next = || words.next().unwrap_or_default();
    let (id, method, path, response) = (next(), method(next()), next(), response(next()));
    let facts: Vec<&str> = words.collect();
    let mut body = None;
    let mut parameters = Vec::new();
    for line in lines {
        // A media type may have spaces in it.
        let mut words = line.splitn(3, ' ');
        let mut next = || words.next().unwrap_or_default();
        let (field, traits, name) = (next(), next(), next());
        if traits == "body" {
            body = Some(Body { field, content_type: name });
        } else {
            parameters.push(parameter(field, traits, name));
        }
    }
    Metadata {
        id,
        method,
        path,
        plan: Plan::of(path, &parameters),
        parameters: parameters.into(),
        body,
        response,
        idempotent: facts.contains(&"idempotent"),
        passthrough: facts.contains(&"passthrough"),
    }
}

fn method(word: &str) -> Method {
    Method::from_bytes(word.as_bytes()).unwrap_or_default()
}

fn response(word: &str) -> Kind {
    match word {
        "json" => Kind::Json,
        "text" => Kind::Text,
        "bytes" => Kind::Binary,
        "download" => Kind::Download,
        _ => Kind::Ignored,
    }
}

fn parameter(field: &'static str, traits: &str, name: &'static str) -> Parameter {
    let mut traits = traits.split(',');
    let (place, style, ready) = match traits.next() {
        Some("query") => (Place::Query, Style::Form, Ready::Query(format!("&{name}=").into())),
        Some("header") => (Place::Header, Style::Simple, Ready::Header(HeaderName::from_static(name))),
        _ => (Place::Path, Style::Simple, Ready::Path),
    };
    let name = if place == Place::Query { decoded(name) } else { Cow::Borrowed(name) };
    let explode = style == Style::Form;
    let mut parameter = Parameter { field, name, place, style, explode, required: true, sensitive: false, ready };
    for word in traits {
        match word {
            "optional" => parameter.required = false,
            "sensitive" => parameter.sensitive = true,
            "exploded" => parameter.explode = true,
            "joined" => parameter.explode = false,
            "deepObject" => parameter.style = Style::DeepObject,
            "flatten" => parameter.style = Style::Flatten,
            "spaceDelimited" => (parameter.style, parameter.explode) = (Style::SpaceDelimited, false),
            "pipeDelimited" => (parameter.style, parameter.explode) = (Style::PipeDelimited, false),
            _ => {}
        }
    }
    parameter
}

/// A name that the macro has percent-encoded.
fn decoded(name: &'static str) -> Cow<'static, str> {
    if !name.contains('%') {
        return Cow::Borrowed(name);
    }
    let mut pieces = name.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2).unwrap_or((piece, ""));
        bytes.extend(u8::from_str_radix(digits, 16));
        bytes.extend_from_slice(rest.as_bytes());
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}
