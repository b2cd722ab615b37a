//! One field: its kind, its name on the wire and its options.

use crate::{Mistakes, args::Args, attribute::KINDS, header_name, nearest::did_you_mean};
use proc_macro2::{Ident, TokenStream};
use syn::{Attribute, GenericArgument, LitStr, Meta, MetaList, PathArguments, Type, ext::IdentExt};

pub(crate) struct Field<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) ty: &'a Type,
    /// The `T` of an `Option<T>`.
    pub(crate) optional: Option<&'a Type>,
    pub(crate) kind: Kind,
    /// What the setter takes over: docs and deprecation.
    pub(crate) attributes: Vec<&'a Attribute>,
}

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
    pub(crate) style: &'static str,
    pub(crate) explode: bool,
    pub(crate) cursor: Option<Ident>,
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

impl<'a> Field<'a> {
    pub(crate) fn read(field: &'a syn::Field, mistakes: &mut Mistakes) -> Option<Self> {
        let name = field.ident.as_ref()?;
        let optional = option_inner(&field.ty);
        let kind = match &kinds(field, mistakes)[..] {
            [] => {
                mistakes.at(
                    name,
                    format!("`{name}` goes nowhere: say where with `#[path]`, `#[header]`, `#[query]` or `#[body]`"),
                );
                Kind::Unknown
            }
            [kind] => read_kind(kind, name, optional.is_some(), mistakes),
            [first, rest @ ..] => {
                for again in rest {
                    mistakes.at(
                        &again.path,
                        format!(
                            "`{name}` is already `#[{}]`: a value goes to one place; give another field this one",
                            path_word(first)
                        ),
                    );
                }
                Kind::Unknown
            }
        };
        let taken_over =
            |attribute: &&Attribute| attribute.path().is_ident("doc") || attribute.path().is_ident("deprecated");
        Some(Self { name, ty: &field.ty, optional, kind, attributes: field.attrs.iter().filter(taken_over).collect() })
    }

    /// The field's name without `r#`.
    pub(crate) fn word(&self) -> String {
        self.name.unraw().to_string()
    }
}

fn path_word(list: &MetaList) -> String {
    list.path.get_ident().map(ToString::to_string).unwrap_or_default()
}

/// The field's kinds as `path(...)`, which the attribute wrapped in its helper.
fn kinds(field: &syn::Field, mistakes: &mut Mistakes) -> Vec<MetaList> {
    let mut kinds = Vec::new();
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("__stackone")) {
        let Meta::List(list) = &attribute.meta else { continue };
        match syn::parse2::<Meta>(list.tokens.clone()) {
            Ok(Meta::Path(path)) => {
                let delimiter = syn::MacroDelimiter::Paren(syn::token::Paren::default());
                kinds.push(MetaList { path, delimiter, tokens: TokenStream::new() });
            }
            Ok(Meta::List(list)) => kinds.push(list),
            Ok(Meta::NameValue(pair)) => {
                let word = pair.path.get_ident().map(ToString::to_string).unwrap_or_default();
                mistakes.at(&pair, format!("the name goes in parentheses: `#[{word}(\"name\")]`"));
                let delimiter = syn::MacroDelimiter::Paren(syn::token::Paren::default());
                kinds.push(MetaList { path: pair.path, delimiter, tokens: TokenStream::new() });
            }
            Err(error) => mistakes.push(error),
        }
    }
    kinds
}

/// The `T` of a type written as `Option<T>`.
fn option_inner(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Option" && path.qself.is_none())?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) if arguments.args.len() == 1 => match arguments.args.first() {
            Some(GenericArgument::Type(inner)) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

fn read_kind(list: &MetaList, field: &Ident, optional: bool, mistakes: &mut Mistakes) -> Kind {
    let word = path_word(list);
    let attribute = match word.as_str() {
        "path" => "#[path]",
        "header" => "#[header]",
        "query" => "#[query]",
        _ => "#[body]",
    };
    debug_assert!(KINDS.contains(&word.as_str()), "the attribute renames these only");
    let mut args = Args::parse(attribute, list.tokens.clone(), mistakes);
    let own = field.unraw().to_string();
    match word.as_str() {
        "path" => read_path(args, own, list, optional, mistakes),
        "header" => {
            let text = args.take_name(mistakes);
            let name = text.as_ref().map_or_else(|| own.replace('_', "-"), LitStr::value);
            if let Some(problem) = header_name::problem(&name) {
                match &text {
                    Some(text) => mistakes.at(text, problem),
                    None => mistakes.at(field, problem),
                }
            }
            let sensitive = args.take_flag("sensitive", mistakes).is_some();
            args.finish(&["sensitive"], elsewhere, mistakes);
            Kind::Header { name: name.to_ascii_lowercase(), sensitive }
        }
        "query" => Kind::Query(read_query(args, own, mistakes)),
        _ => {
            let encoding = read_encoding(&mut args, mistakes);
            if let Some(name) = args.take_name(mistakes) {
                mistakes.at(name, "`#[body]` is the whole body and has no name: put several values in one struct");
            }
            args.finish(&["content_type"], elsewhere, mistakes);
            Kind::Body(encoding)
        }
    }
}

/// Where an option belongs that another kind knows.
fn elsewhere(option: &str) -> Option<&'static str> {
    Some(match option {
        "style" | "explode" | "flatten" | "cursor" => "`#[query]`",
        "sensitive" => "`#[header]`",
        "content_type" => "`#[body]`",
        "method" | "response" | "idempotent" | "passthrough" => "`#[stackone_operation]`",
        _ => return None,
    })
}

fn read_path(mut args: Args, own: String, list: &MetaList, optional: bool, mistakes: &mut Mistakes) -> Kind {
    let text = args.take_name(mistakes);
    if let Some(text) = text.as_ref().filter(|text| text.value().is_empty()) {
        mistakes.at(text, "the placeholder's name is empty");
    }
    if optional {
        mistakes.at(
            &list.path,
            "a path value is always there: take the `Option` off, or declare a second operation without the segment",
        );
    }
    args.finish(&[], elsewhere, mistakes);
    Kind::Path { name: text.map_or(own, |text| text.value()) }
}

/// OpenAPI's styles of a query parameter, and the variants of the runtime's `Style`.
const STYLES: [(&str, &str); 4] = [
    ("form", "Form"),
    ("deepObject", "DeepObject"),
    ("spaceDelimited", "SpaceDelimited"),
    ("pipeDelimited", "PipeDelimited"),
];

fn read_query(mut args: Args, own: String, mistakes: &mut Mistakes) -> Query {
    let text = args.take_name(mistakes);
    if let Some(text) = text.as_ref().filter(|text| text.value().is_empty()) {
        mistakes.at(text, "the parameter's name is empty");
    }
    let style_text = args.take_str("style", "deepObject", mistakes);
    let explode = args.take_bool("explode", mistakes);
    let flatten = args.take_flag("flatten", mistakes);
    let cursor = args.take_flag("cursor", mistakes);
    args.finish(&["style", "explode", "flatten", "cursor"], without_query, mistakes);
    let style = style_text.as_ref().and_then(|text| style(text, mistakes)).unwrap_or("Form");
    if let Some(flatten) = &flatten {
        if let Some(text) = &text {
            mistakes.at(text, "with `flatten` the value's own keys are the names: take this one out");
        }
        if style_text.is_some() || explode.is_some() || cursor.is_some() {
            mistakes.at(flatten, "`flatten` stands alone: it has no style, and no page can be set in it");
        }
    }
    let mut query = Query {
        name: text.map_or(own, |text| text.value()),
        style: if flatten.is_some() { "Flatten" } else { style },
        explode: explode.as_ref().map_or(matches!(style, "Form" | "DeepObject"), syn::LitBool::value),
        cursor,
    };
    if style == "DeepObject" && !query.explode {
        mistakes.at(explode, "`deepObject` is always exploded (OpenAPI): take `explode = false` out");
        query.explode = true;
    }
    query
}

/// `#[query]`'s own options, misspelt, belong to no other kind.
fn without_query(option: &str) -> Option<&'static str> {
    elsewhere(option).filter(|place| *place != "`#[query]`")
}

fn style(text: &LitStr, mistakes: &mut Mistakes) -> Option<&'static str> {
    let word = text.value();
    if let Some((_, variant)) = STYLES.iter().find(|(name, _)| *name == word) {
        return Some(variant);
    }
    let names = STYLES.map(|(name, _)| name);
    let meant = did_you_mean(&word, names);
    mistakes.at(text, format!("`{word}` is no style{meant}\nthe styles are {}", names.join(", ")));
    None
}

fn read_encoding(args: &mut Args, mistakes: &mut Mistakes) -> Encoding {
    let text = args.take_str("content_type", "application/octet-stream", mistakes);
    let Some(text) = text else { return Encoding::Json("application/json".to_owned()) };
    let content_type = text.value();
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let visible = content_type.bytes().all(|byte| matches!(byte, b' '..=b'~')) && content_type.trim() == content_type;
    if !visible
        || !essence
            .split_once('/')
            .is_some_and(|(kind, subtype)| header_name::is_token(kind) && header_name::is_token(subtype))
    {
        mistakes.at(
            &text,
            format!("`{content_type}` is no media type: write one like `text/csv` or `application/octet-stream`"),
        );
    }
    match essence.as_str() {
        "application/x-www-form-urlencoded" => Encoding::Form(content_type),
        essence if essence == "application/json" || essence.ends_with("+json") => Encoding::Json(content_type),
        _ => Encoding::Bytes(content_type),
    }
}
