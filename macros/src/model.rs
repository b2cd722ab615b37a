//! An operation as declared, in a form that cannot express impossible combinations.
//!
//! Reading never gives up on the first mistake: what cannot be understood is reported and replaced by the likeliest
//! meaning, so that the builder is there even for a declaration that does not compile.

mod field;
mod kind;

pub(crate) use field::Field;
pub(crate) use kind::{Encoding, Kind, Style};

use crate::{
    Mistakes,
    args::{Args, Value},
    item::{Item, Type},
    nearest::{did_you_mean, nearest},
    template::{self, Template},
};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::{Generics, Path};

const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// What the attribute knows.
const KEYS: [&str; 7] = ["method", "path", "response", "id", "idempotent", "passthrough", "crate"];

/// The key for which other libraries have this word.
fn synonym(word: &str) -> Option<&'static str> {
    Some(match word {
        "url" | "uri" | "route" | "endpoint" | "template" => "path",
        "verb" => "method",
        "returns" | "result" | "output" | "response_type" => "response",
        "name" | "operation_id" => "id",
        _ => return None,
    })
}

fn another_word(word: &str) -> Option<String> {
    synonym(word).map(|key| format!("`#[stackone_operation]` has no option `{word}`; did you mean `{key}`?"))
}

pub(crate) struct Operation<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) visibility: &'a [TokenTree],
    pub(crate) generics: &'a Generics,
    pub(crate) method: Method,
    pub(crate) path: Option<Template>,
    pub(crate) id: String,
    pub(crate) response: Response,
    pub(crate) idempotent: bool,
    pub(crate) passthrough: bool,
    /// Where the runtime is, if the attribute says so.
    pub(crate) runtime: Option<Path>,
    pub(crate) fields: Vec<Field<'a>>,
}

/// A constant of `http::Method`, at the string that named it.
pub(crate) struct Method {
    pub(crate) name: &'static str,
    pub(crate) span: Span,
}

pub(crate) enum Response {
    Ignored,
    /// Not understood, and reported; read as if it were not there.
    Mistaken,
    Json(Box<syn::Type>),
    Text,
    Bytes,
    Download,
}

impl<'a> Operation<'a> {
    /// Reads the struct under the attribute that has these arguments; `None` if it could have no builder.
    pub(crate) fn read(item: &'a Item, given: &TokenStream, mistakes: &mut Mistakes) -> Option<Self> {
        let mut args = Args::parse("stackone_operation", given.clone(), mistakes);
        args.supply_keys(keys_of, mistakes);
        let mut operation = Self {
            name: &item.name,
            visibility: &item.visibility,
            generics: &item.generics,
            method: method(&mut args, given, mistakes),
            path: path(&mut args, given, mistakes),
            id: id(&mut args, &item.name, mistakes),
            response: response(&mut args, mistakes),
            idempotent: args.take_flag("idempotent", mistakes).is_some(),
            passthrough: args.take_flag("passthrough", mistakes).is_some(),
            runtime: runtime(&mut args, mistakes),
            fields: Vec::new(),
        };
        args.finish(&KEYS, |word| another_word(word).or_else(|| kind::elsewhere("stackone_operation", word)), mistakes);
        operation.fields = Field::read_all(&item.fields, mistakes);
        // Nothing can be generated for a value that cannot be moved.
        operation.fields.iter().all(|field| field.has_type_of_a_field(mistakes)).then_some(operation)
    }

    pub(crate) fn required(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| field.optional.is_none())
    }

    pub(crate) fn optional(&self) -> impl Iterator<Item = (&Field<'a>, Type<'a>)> {
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

/// The keys that a text without its own was meant for: a method, a path, or both.
fn keys_of(text: &str) -> Option<Vec<(&'static str, String)>> {
    let is_path = |path: &str| path.contains(['/', '{']);
    let path = |path: &str| ("path", template::beginning_with_a_slash(path));
    let is_method = |word: &str| METHODS.contains(&word);
    let (first, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    let method = first.to_ascii_uppercase();
    match rest.trim() {
        "" if is_method(&method) => Some(vec![("method", method)]),
        rest if is_method(&method) && is_path(rest) => Some(vec![("method", method), path(rest)]),
        "" if is_path(first) => Some(vec![path(first)]),
        _ => None,
    }
}

fn method(args: &mut Args, given: &TokenStream, mistakes: &mut Mistakes) -> Method {
    let fallback = Method { name: "POST", span: Span::call_site() };
    require(args, given, "method", "GET", mistakes);
    let Some(text) = args.take_str("method", "GET", |word| METHODS.contains(&word), mistakes) else { return fallback };
    let name = text.value();
    if let Some(name) = METHODS.iter().find(|method| **method == name) {
        return Method { name, span: text.span() };
    }
    let meant = did_you_mean(&name, METHODS);
    let known = METHODS.join(", ");
    // CONNECT and TRACE (RFC 9110, section 9.3) are for proxies.
    let is_for_proxies = matches!(name.as_str(), "CONNECT" | "TRACE");
    let what = if is_for_proxies { "is no method of an API".to_owned() } else { format!("is no HTTP method{meant}") };
    mistakes.at(&text, format!("{name:?} {what}\nthe methods are {known}"));
    Method { span: text.span(), ..fallback }
}

fn path(args: &mut Args, given: &TokenStream, mistakes: &mut Mistakes) -> Option<Template> {
    let example = "/users/{id}";
    require(args, given, "path", example, mistakes);
    let text = args.take_str("path", example, |text| text.starts_with('/'), mistakes)?;
    Some(Template::read(text, mistakes))
}

/// Reports a key that is missing, at the arguments that are there.
fn require(args: &Args, given: &TokenStream, key: &str, example: &str, mistakes: &mut Mistakes) {
    if !args.mentions(|word| word == key || nearest(word, KEYS) == Some(key) || synonym(word) == Some(key)) {
        mistakes.at(given, format!("`#[stackone_operation]` needs `{key}`: add `{key} = \"{example}\"`"));
    }
}

fn id(args: &mut Args, name: &Ident, mistakes: &mut Mistakes) -> String {
    let default = snake_case(&name.to_string());
    let is_word = |text: &str| text.starts_with(|c: char| c.is_alphabetic());
    let Some(text) = args.take_str("id", &default, is_word, mistakes) else { return default };
    let id = text.value();
    if id.is_empty() || id.contains(|c: char| c.is_whitespace() || c.is_control()) {
        mistakes.at(
            &text,
            format!("an operation's id is one word: write `id = \"{default}\"`, or leave it out for the same"),
        );
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

const RESPONSES: &str = "`response` takes the type that JSON is decoded to, as in `response = CreateResult`, or one of `text`, `bytes` and `download`";

fn response(args: &mut Args, mistakes: &mut Mistakes) -> Response {
    let Some(mut arg) = args.take("response", mistakes) else { return Response::Ignored };
    let Some(Value::Type(ty)) = &arg.value else {
        mistakes.at(arg, RESPONSES);
        return Response::Mistaken;
    };
    let ty = ty.clone();
    arg.check_spelling(mistakes);
    let word = match &*ty {
        syn::Type::Path(path) => path.path.get_ident().map(ToString::to_string).unwrap_or_default(),
        _ => String::new(),
    };
    match word.as_str() {
        "text" => Response::Text,
        "bytes" => Response::Bytes,
        "download" => Response::Download,
        // A type's name begins with an upper-case letter, unless it is one of Rust's own.
        word if word.starts_with(|c: char| c.is_ascii_lowercase()) && !is_primitive(word) => {
            let meant = did_you_mean(word, FORMATS);
            mistakes.at(&ty, format!("`{word}` is no response format{meant}\n{RESPONSES}"));
            Response::Mistaken
        }
        _ => Response::Json(ty),
    }
}

fn is_primitive(word: &str) -> bool {
    let numbers = ["8", "16", "32", "64", "128", "size"];
    let is_number = |prefix| word.strip_prefix(prefix).is_some_and(|rest| numbers.contains(&rest));
    is_number('i') || is_number('u') || matches!(word, "f32" | "f64" | "bool" | "char" | "str")
}

fn runtime(args: &mut Args, mistakes: &mut Mistakes) -> Option<Path> {
    let mut arg = args.take("crate", mistakes)?;
    if let Some(Value::Path(path)) = &arg.value {
        let path = path.clone();
        arg.check_spelling(mistakes);
        return Some(path);
    }
    mistakes.at(
        arg,
        "`crate` takes the path of the runtime, without quotes: write `crate = stackone`, or where it is re-exported",
    );
    None
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
