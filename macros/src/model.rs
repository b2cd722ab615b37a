//! An operation as declared, in a form that cannot express impossible combinations.
//!
//! Reading never gives up on the first mistake: what cannot be understood is reported and replaced by the likeliest
//! meaning, so that the builder is there even for a declaration that does not compile.

mod field;

pub(crate) use field::{Encoding, Field, Kind};

use crate::{
    Mistakes,
    args::{Arg, Args, Value},
    nearest::did_you_mean,
    template::Template,
};
use proc_macro2::{Ident, Span};
use syn::{Attribute, Data, DeriveInput, Fields, Generics, LitStr, Meta, Path, Type, Visibility, parse_quote};

const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// What the attribute knows.
const KEYS: [&str; 7] = ["method", "path", "response", "id", "idempotent", "passthrough", "crate"];

pub(crate) struct Operation<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) visibility: &'a Visibility,
    pub(crate) generics: &'a Generics,
    pub(crate) method: Method,
    pub(crate) path: Option<Template>,
    pub(crate) id: String,
    pub(crate) response: Response,
    pub(crate) idempotent: bool,
    pub(crate) passthrough: bool,
    pub(crate) runtime: Path,
    pub(crate) fields: Vec<Field<'a>>,
}

/// A constant of `http::Method`, at the string that named it.
pub(crate) struct Method {
    pub(crate) name: &'static str,
    pub(crate) span: Span,
}

pub(crate) enum Response {
    Ignored,
    Json(Box<Type>),
    Text,
    Binary,
    Download,
}

impl<'a> Operation<'a> {
    /// Reads the struct; `None` if it is none that could have a builder.
    pub(crate) fn read(item: &'a DeriveInput, mistakes: &mut Mistakes) -> Option<Self> {
        let fields = match &item.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(fields) => Some(&fields.named),
                Fields::Unit => None,
                Fields::Unnamed(fields) => {
                    mistakes.at(
                        fields,
                        "a request's fields have names: write `struct Name { field: Type }`, or `struct Name;` for none",
                    );
                    return None;
                }
            },
            Data::Enum(data) => {
                mistakes.at(data.enum_token, "a request is a struct, and this is an enum");
                return None;
            }
            Data::Union(data) => {
                mistakes.at(data.union_token, "a request is a struct, and this is a union");
                return None;
            }
        };
        let mut args = arguments(&item.attrs, &item.ident, mistakes)?;
        let operation = Self {
            name: &item.ident,
            visibility: &item.vis,
            generics: &item.generics,
            method: method(&mut args, mistakes),
            path: path(&mut args, mistakes),
            id: id(&mut args, &item.ident, mistakes),
            response: response(&mut args, mistakes),
            idempotent: args.take_flag("idempotent", mistakes).is_some(),
            passthrough: args.take_flag("passthrough", mistakes).is_some(),
            runtime: runtime(&mut args, mistakes),
            fields: fields.into_iter().flatten().filter_map(|field| Field::read(field, mistakes)).collect(),
        };
        args.finish(&KEYS, |_| None, mistakes);
        Some(operation)
    }

    pub(crate) fn required(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| field.optional.is_none())
    }

    pub(crate) fn optional(&self) -> impl Iterator<Item = (&Field<'a>, &'a Type)> {
        self.fields.iter().filter_map(|field| field.optional.map(|inner| (field, inner)))
    }

    /// The body's field, and how it is written.
    pub(crate) fn body(&self) -> Option<(&Field<'a>, &Encoding)> {
        self.fields.iter().find_map(|field| match &field.kind {
            Kind::Body(encoding) => Some((field, encoding)),
            _ => None,
        })
    }
}

/// The attribute's arguments, which the attribute wrapped in `operation(...)`.
fn arguments(attributes: &[Attribute], name: &Ident, mistakes: &mut Mistakes) -> Option<Args> {
    let mut lists = attributes.iter().filter(|attribute| attribute.path().is_ident("__stackone"));
    let first = lists.next();
    for _ in lists {
        mistakes.at(name, "`#[stackone_operation]` is there twice: a struct declares one operation");
        return None;
    }
    let tokens = match &first?.meta {
        Meta::List(list) => syn::parse2::<syn::MetaList>(list.tokens.clone()).ok()?.tokens,
        _ => return None,
    };
    Some(Args::parse("#[stackone_operation]", tokens, mistakes))
}

fn method(args: &mut Args, mistakes: &mut Mistakes) -> Method {
    let fallback = Method { name: "POST", span: Span::call_site() };
    let Some(text) = required_str(args, "method", "POST", mistakes) else { return fallback };
    let name = text.value();
    if let Some(name) = METHODS.iter().find(|method| **method == name) {
        return Method { name, span: text.span() };
    }
    let meant = did_you_mean(&name, METHODS);
    mistakes.at(&text, format!("`{name}` is no HTTP method{meant}\nthe methods are {}", METHODS.join(", ")));
    Method { span: text.span(), ..fallback }
}

fn path(args: &mut Args, mistakes: &mut Mistakes) -> Option<Template> {
    let text = required_str(args, "path", "/unified/lms/users/{id}", mistakes)?;
    Some(Template::read(text, mistakes))
}

fn required_str(args: &mut Args, key: &str, example: &str, mistakes: &mut Mistakes) -> Option<LitStr> {
    let missing = !args.mentions(key, &KEYS);
    let text = args.take_str(key, example, mistakes);
    if missing {
        let message = format!("`#[stackone_operation]` needs `{key}`: add `{key} = \"{example}\"`");
        mistakes.push(syn::Error::new(Span::call_site(), message));
    }
    text
}

fn id(args: &mut Args, name: &Ident, mistakes: &mut Mistakes) -> String {
    let default = snake_case(&name.to_string());
    let Some(text) = args.take_str("id", &default, mistakes) else { return default };
    let id = text.value();
    if id.is_empty() || id.contains(|c: char| c.is_whitespace() || c.is_control()) {
        mistakes.at(&text, format!("an operation id is one word, such as `{default}`"));
    }
    id
}

/// `LmsGetUserRequest` as `lms_get_user`.
fn snake_case(name: &str) -> String {
    let name = name.strip_prefix("r#").unwrap_or(name);
    let name = name.strip_suffix("Request").filter(|rest| !rest.is_empty()).unwrap_or(name);
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

/// The formats that are no types.
const FORMATS: [&str; 3] = ["text", "bytes", "download"];

fn response(args: &mut Args, mistakes: &mut Mistakes) -> Response {
    let Some(arg) = args.take("response", mistakes) else { return Response::Ignored };
    let Some(Value::Type(ty)) = arg.value else {
        let formats = FORMATS.map(|format| format!("`{format}`")).join(", ");
        mistakes.at(arg, format!("`response` takes a type, as in `response = CreateResult`, or {formats}"));
        return Response::Ignored;
    };
    let word = match &*ty {
        Type::Path(path) => path.path.get_ident().map(ToString::to_string).unwrap_or_default(),
        _ => String::new(),
    };
    match word.as_str() {
        "text" => Response::Text,
        "bytes" => Response::Binary,
        "download" => Response::Download,
        // A type's name begins with an upper-case letter, unless it is one of Rust's own.
        word if word.starts_with(|c: char| c.is_ascii_lowercase()) && !is_primitive(word) => {
            let meant = did_you_mean(word, FORMATS);
            mistakes.at(
                &ty,
                format!("`{word}` is no type and no response format{meant}\nthe formats are {}", FORMATS.join(", ")),
            );
            Response::Ignored
        }
        _ => Response::Json(ty),
    }
}

fn is_primitive(word: &str) -> bool {
    let numbers = ["8", "16", "32", "64", "128", "size"];
    let is_number = |prefix| word.strip_prefix(prefix).is_some_and(|rest| numbers.contains(&rest));
    is_number('i') || is_number('u') || matches!(word, "f32" | "f64" | "bool" | "char" | "str")
}

fn runtime(args: &mut Args, mistakes: &mut Mistakes) -> Path {
    match args.take("crate", mistakes) {
        Some(Arg { value: Some(Value::Path(path)), .. }) => path,
        Some(arg) => {
            mistakes.at(arg, "`crate` takes the path of the runtime: `crate = my_crate::stackone`");
            parse_quote!(::stackone)
        }
        None => parse_quote!(::stackone),
    }
}

#[cfg(test)]
mod tests {
    use super::snake_case;

    #[test]
    fn the_id_follows_from_the_name() {
        for (name, id) in [
            ("LmsCreateUserAssignmentRequest", "lms_create_user_assignment"),
            ("HRISListEmployees", "hris_list_employees"),
            ("Request", "request"),
            ("GetV2UserRequest", "get_v2_user"),
            ("r#GetIt", "get_it"),
        ] {
            assert_eq!(snake_case(name), id);
        }
    }
}
