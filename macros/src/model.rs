//! A declared operation, in a form that cannot express impossible combinations.
//!
//! Reading does not stop at the first error. A default replaces each invalid part, so that editors find the builder even if
//! the declaration does not compile.

mod constant_header;
mod field;
mod location;

pub(crate) use constant_header::ConstantHeader;
pub(crate) use field::Field;
pub(crate) use location::{BodyEncoding, Lists, Location, PagePosition, Part, PartEncoding, Style};

use crate::{
    Diagnostics,
    arguments::{Argument, ArgumentValue, Arguments},
    item::{Attribute, FieldType, Item, Kind, OPERATION, serde_rule},
    nearest::{did_you_mean, nearest},
    path_template::PathTemplate,
};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Generics, Path};

pub(crate) const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// The keys of the attribute.
const KEYS: [&str; 12] = [
    "method",
    "path",
    "response",
    "responses",
    "response_headers",
    "headers",
    "paging",
    "id",
    "idempotent",
    "passthrough",
    "no_credentials",
    "crate",
];

/// The key that other libraries call by this word.
fn synonym(word: &str) -> Option<&'static str> {
    Some(match word {
        "url" | "uri" | "route" | "endpoint" | "template" => "path",
        "verb" => "method",
        "returns" | "result" | "output" | "response_type" => "response",
        "name" | "operation_id" => "id",
        _ => return None,
    })
}

fn unknown_key(word: &str) -> Option<String> {
    synonym(word).map(|key| format!("`#[stackone_operation]` has no option `{word}`; did you mean `{key}`?"))
}

pub(crate) struct Operation<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) visibility: &'a [TokenTree],
    pub(crate) generics: &'a Generics,
    pub(crate) method: Method,
    pub(crate) path: Option<PathTemplate>,
    pub(crate) id: String,
    pub(crate) response: Response,
    /// The type of the response headers, if they are part of the value.
    pub(crate) response_headers: Option<Box<syn::Type>>,
    /// The rule that finds the next page, if the attribute has one.
    pub(crate) paging: Option<Paging>,
    pub(crate) idempotent: bool,
    pub(crate) passthrough: bool,
    pub(crate) no_credentials: bool,
    pub(crate) constant_headers: Vec<ConstantHeader>,
    /// The path of the runtime, if the attribute has one.
    pub(crate) runtime: Option<Path>,
    pub(crate) fields: Vec<Field<'a>>,
    /// The attributes of the struct and its fields that allow lints. The same types and names are in the generated code.
    pub(crate) allowed_lints: TokenStream,
}

/// An HTTP method, with the span of its string.
pub(crate) struct Method {
    pub(crate) name: &'static str,
    pub(crate) span: Span,
}

pub(crate) enum Response {
    Ignored,
    /// An error that is reported.
    Invalid,
    Json(Box<syn::Type>),
    /// An enum with a type for each status.
    ByStatus(Box<syn::Type>),
    Text,
    Bytes,
    Download,
}

/// The rule that finds the next page.
pub(crate) enum Paging {
    /// The word `link`.
    Link(Ident),
    /// A type of the user.
    Rule(Box<syn::Type>),
}

impl ToTokens for Paging {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Link(word) => word.to_tokens(tokens),
            Self::Rule(ty) => ty.to_tokens(tokens),
        }
    }
}

impl<'a> Operation<'a> {
    /// Reads a struct under an attribute with these arguments. `None` if the struct cannot have a builder.
    pub(crate) fn read(
        item: &'a Item,
        attributes: &[Attribute],
        given: &TokenStream,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let of_fields = item.fields.iter().flat_map(|field| &field.attributes);
        let mut args = Arguments::parse("stackone_operation", given.clone(), diagnostics);
        let mut operation = Self {
            name: &item.name,
            visibility: &item.visibility,
            generics: &item.generics,
            method: method(&mut args, given, diagnostics),
            path: path(&mut args, given, diagnostics),
            id: id(&mut args, &item.name, diagnostics),
            response: response(&mut args, diagnostics),
            response_headers: response_headers(&mut args, diagnostics),
            paging: paging(&mut args, diagnostics),
            idempotent: args.take_flag("idempotent", diagnostics).is_some(),
            passthrough: args.take_flag("passthrough", diagnostics).is_some(),
            no_credentials: args.take_flag("no_credentials", diagnostics).is_some(),
            constant_headers: constant_header::read_all(&mut args, diagnostics),
            runtime: runtime(&mut args, diagnostics),
            fields: Vec::new(),
            allowed_lints: attributes.iter().chain(of_fields).filter_map(Attribute::allowed_lints).collect(),
        };
        args.finish(
            &KEYS,
            |word| unknown_key(word).or_else(|| location::option_elsewhere("stackone_operation", word)),
            diagnostics,
        );
        operation.fields =
            Field::read_all(&item.fields, Kind::Operation, serde_rule(attributes).as_deref(), diagnostics);
        // A value without a size cannot be moved into a builder.
        operation.fields.iter().all(|field| field.has_sized_type(diagnostics)).then_some(operation)
    }

    /// The path as it is declared. An operation without one has an error already.
    pub(crate) fn path_text(&self) -> String {
        self.path.as_ref().map_or_else(|| "/".to_owned(), |template| template.text.value())
    }

    /// Reads a struct of shared parameters, as an operation with fields alone.
    pub(crate) fn read_parameters(item: &'a Item, attributes: &[Attribute], diagnostics: &mut Diagnostics) -> Self {
        let given = attributes.iter().find_map(|attribute| attribute.held(OPERATION)).unwrap_or_default();
        let mut args = Arguments::parse("stackone_parameters", given, diagnostics);
        let runtime = runtime(&mut args, diagnostics);
        args.finish(&["crate"], |_| None, diagnostics);
        let of_fields = item.fields.iter().flat_map(|field| &field.attributes);
        Self {
            name: &item.name,
            visibility: &item.visibility,
            generics: &item.generics,
            method: Method { name: "GET", span: item.name.span() },
            path: None,
            id: String::new(),
            response: Response::Ignored,
            response_headers: None,
            paging: None,
            idempotent: false,
            passthrough: false,
            no_credentials: false,
            constant_headers: Vec::new(),
            runtime,
            fields: Field::read_all(&item.fields, Kind::Parameters, serde_rule(attributes).as_deref(), diagnostics),
            allowed_lints: attributes.iter().chain(of_fields).filter_map(Attribute::allowed_lints).collect(),
        }
    }

    pub(crate) fn required(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| field.optional.is_none())
    }

    pub(crate) fn optional(&self) -> impl Iterator<Item = (&Field<'a>, FieldType<'a>)> {
        self.fields.iter().filter_map(|field| field.optional.map(|inner| (field, inner)))
    }

    /// The first field with a position, and the position.
    pub(crate) fn position(&self) -> Option<(&Field<'a>, &PagePosition)> {
        self.fields.iter().find_map(|field| match &field.location {
            Location::Query(query) => Some((field, query.position.as_ref()?)),
            _ => None,
        })
    }

    /// The first field with the size of full pages.
    pub(crate) fn full_pages(&self) -> Option<(&Field<'a>, &Ident)> {
        self.fields.iter().find_map(|field| match &field.location {
            Location::Query(query) => Some((field, query.full_pages.as_ref()?)),
            _ => None,
        })
    }

    /// The field of the body, and its encoding.
    pub(crate) fn body(&self) -> Option<(&Field<'a>, &BodyEncoding)> {
        self.fields.iter().find_map(|field| match &field.location {
            Location::Body(encoding) => Some((field, encoding)),
            _ => None,
        })
    }

    /// The fields of a multipart body.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&Field<'a>, &Part)> {
        self.fields.iter().filter_map(|field| match &field.location {
            Location::Part(part) => Some((field, part)),
            _ => None,
        })
    }
}

fn method(args: &mut Arguments, given: &TokenStream, diagnostics: &mut Diagnostics) -> Method {
    let fallback = Method { name: "POST", span: Span::call_site() };
    require(args, given, "method", "GET", diagnostics);
    let Some(text) = args.take_string("method", "GET", diagnostics) else { return fallback };
    let name = text.value();
    if let Some(name) = METHODS.iter().find(|method| **method == name) {
        return Method { name, span: text.span() };
    }
    let suggestion = did_you_mean(&name, METHODS);
    diagnostics
        .at(&text, format!("{name:?} is not a supported method{suggestion}\nthe methods are {}", METHODS.join(", ")));
    Method { span: text.span(), ..fallback }
}

fn path(args: &mut Arguments, given: &TokenStream, diagnostics: &mut Diagnostics) -> Option<PathTemplate> {
    let example = "/users/{id}";
    require(args, given, "path", example, diagnostics);
    let text = args.take_string("path", example, diagnostics)?;
    Some(PathTemplate::read(text, diagnostics))
}

/// Reports a missing key, at the arguments of the attribute.
fn require(args: &Arguments, given: &TokenStream, key: &str, example: &str, diagnostics: &mut Diagnostics) {
    if !args.has_key(|word| word == key || nearest(word, KEYS) == Some(key) || synonym(word) == Some(key)) {
        diagnostics.at(given, format!("`#[stackone_operation]` needs `{key}`: add `{key} = \"{example}\"`"));
    }
}

fn id(args: &mut Arguments, name: &Ident, diagnostics: &mut Diagnostics) -> String {
    let default = default_id(&name.to_string());
    let Some(text) = args.take_string("id", &default, diagnostics) else { return default };
    let id = text.value();
    if id.is_empty() || id.contains(|c: char| c.is_whitespace() || c.is_control()) {
        diagnostics.at(
            &text,
            format!(
                "the id of an operation is one word: write `id = \"{default}\"`, or remove it, as this is the default"
            ),
        );
    }
    id
}

/// The id of a struct: `LmsGetUserRequest` is `lms_get_user`.
fn default_id(name: &str) -> String {
    let name = name.strip_prefix("r#").unwrap_or(name);
    snake_case(name.strip_suffix("Request").filter(|rest| !rest.is_empty()).unwrap_or(name))
}

/// A name in snake case: `userID` is `user_id`.
pub(crate) fn snake_case(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (index, c) in characters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| characters[before]);
        let after = characters.get(index + 1);
        let starts_word = before.is_some_and(|b| b.is_lowercase() || b.is_numeric())
            || (before.is_some_and(char::is_uppercase) && after.is_some_and(|a| a.is_lowercase()));
        if c.is_uppercase() && starts_word {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

/// The formats that are words.
const FORMATS: [&str; 3] = ["text", "bytes", "download"];

const RESPONSES: &str = "`response` expects the type of the JSON document, as in `response = CreateResult`, or one of `text`, `bytes` and `download`";

fn response(args: &mut Arguments, diagnostics: &mut Diagnostics) -> Response {
    let by_status = args.take("responses", diagnostics);
    let Some(arg) = args.take("response", diagnostics) else {
        return by_status.map_or(Response::Ignored, |arg| responses(&arg, diagnostics));
    };
    if let Some(by_status) = by_status {
        let message =
            "`response` is one type for every status, and `responses` has a type for each: remove one of the two";
        diagnostics.at(by_status, message);
    }
    let Some(ArgumentValue::Type(ty)) = &arg.value else {
        diagnostics.at(arg, RESPONSES);
        return Response::Invalid;
    };
    let ty = ty.clone();
    let word = match &*ty {
        syn::Type::Path(path) => path.path.get_ident().map(ToString::to_string).unwrap_or_default(),
        _ => String::new(),
    };
    match word.as_str() {
        "text" => Response::Text,
        "bytes" => Response::Bytes,
        "download" => Response::Download,
        // The name of a type starts with an upper-case letter, except for the primitive types.
        word if word.starts_with(|c: char| c.is_ascii_lowercase()) && !is_primitive(word) => {
            let meant = did_you_mean(word, FORMATS);
            diagnostics.at(&ty, format!("`{word}` is not a response format{meant}\n{RESPONSES}"));
            Response::Invalid
        }
        _ => Response::Json(ty),
    }
}

fn responses(arg: &Argument, diagnostics: &mut Diagnostics) -> Response {
    if let Some(ArgumentValue::Type(ty)) = &arg.value {
        return Response::ByStatus(ty.clone());
    }
    let message =
        "`responses` expects an enum that `stackone::responses!` declares, as in `responses = ReportResponse`";
    diagnostics.at(arg, message);
    Response::Invalid
}

const PAGING: &str = "`paging` expects the word `link`, or a type that implements `stackone::page::Paging`";

fn paging(args: &mut Arguments, diagnostics: &mut Diagnostics) -> Option<Paging> {
    let arg = args.take("paging", diagnostics)?;
    let Some(ArgumentValue::Type(ty)) = &arg.value else {
        diagnostics.at(arg, PAGING);
        return None;
    };
    let word = match &**ty {
        syn::Type::Path(path) => path.path.get_ident(),
        _ => None,
    };
    match word {
        Some(word) if word == "link" => Some(Paging::Link(word.clone())),
        // The name of a type starts with an upper-case letter.
        Some(word) if word.to_string().starts_with(|c: char| c.is_ascii_lowercase()) => {
            let hint = match word.to_string().as_str() {
                "cursor" | "page" | "offset" => {
                    format!("mark the field of the {word} instead: `#[query({word})]`")
                }
                _ => PAGING.to_owned(),
            };
            diagnostics.at(ty, format!("`{word}` is not a way to find the next page\n{hint}"));
            None
        }
        _ => Some(Paging::Rule(ty.clone())),
    }
}

fn response_headers(args: &mut Arguments, diagnostics: &mut Diagnostics) -> Option<Box<syn::Type>> {
    let arg = args.take("response_headers", diagnostics)?;
    if let Some(ArgumentValue::Type(ty)) = &arg.value {
        return Some(ty.clone());
    }
    diagnostics.at(
        arg,
        "`response_headers` expects a type that `stackone::response_headers!` declares, as in `response_headers = ListHeaders`",
    );
    None
}

fn is_primitive(word: &str) -> bool {
    let numbers = ["8", "16", "32", "64", "128", "size"];
    let is_number = |prefix| word.strip_prefix(prefix).is_some_and(|rest| numbers.contains(&rest));
    is_number('i') || is_number('u') || matches!(word, "f32" | "f64" | "bool" | "char" | "str")
}

fn runtime(args: &mut Arguments, diagnostics: &mut Diagnostics) -> Option<Path> {
    let arg = args.take("crate", diagnostics)?;
    if let Some(ArgumentValue::Path(path)) = &arg.value {
        return Some(path.clone());
    }
    diagnostics.at(
        arg,
        "`crate` expects the path of the runtime without quotes: write `crate = stackone`, or the path of the re-export",
    );
    None
}

#[cfg(test)]
mod tests {
    use super::{default_id, snake_case};

    #[test]
    fn the_default_id_is_the_name_in_snake_case() {
        for (name, id) in [
            ("LmsCreateUserAssignmentRequest", "lms_create_user_assignment"),
            ("HRISListEmployees", "hris_list_employees"),
            ("Request", "request"),
            ("GetV2UserRequest", "get_v2_user"),
            ("r#GetIt", "get_it"),
        ] {
            assert_eq!(default_id(name), id);
        }
    }

    #[test]
    fn a_run_of_capitals_is_one_word() {
        for (name, expected) in [("userID", "user_id"), ("subResourceId", "sub_resource_id"), ("ID", "id"), ("x", "x")]
        {
            assert_eq!(snake_case(name), expected);
        }
    }
}
