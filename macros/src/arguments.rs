//! The arguments of an attribute with their spans: `"name"`, `flag`, `key = value`.

use crate::{Diagnostics, nearest::did_you_mean};
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};
use syn::{
    Ident, Lit, LitBool, LitInt, LitStr, Path, Token, Type,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser, discouraged::Speculative},
};

/// One argument. A name on the wire has no key.
pub(crate) struct Argument {
    pub(crate) key: Option<Ident>,
    pub(crate) value: Option<ArgumentValue>,
    /// The tokens of the argument, for the span of an error.
    tokens: TokenStream,
}

/// The value after `=`, or alone.
pub(crate) enum ArgumentValue {
    Literal(Lit),
    Type(Box<Type>),
    Path(Path),
    /// Any other tokens. The reader of the argument reports what it expects.
    Other,
}

impl ToTokens for Argument {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(self.tokens.clone());
    }
}

/// The arguments of one attribute. Readers take them by key. The rest at the end is an error.
pub(crate) struct Arguments {
    /// The name of the attribute.
    attribute: &'static str,
    left: Vec<Argument>,
}

impl Arguments {
    pub(crate) fn parse(attribute: &'static str, tokens: TokenStream, diagnostics: &mut Diagnostics) -> Self {
        if tokens.is_empty() {
            return Self { attribute, left: Vec::new() };
        }
        let parser = |input: ParseStream<'_>| {
            let mut arguments = Vec::new();
            while !input.is_empty() {
                arguments.push(parse_argument(input)?);
                if !input.is_empty() && input.parse::<Option<Token![,]>>()?.is_none() {
                    diagnostics.push(input.error("expected `,` before this token"));
                    skip_to_comma(input)?;
                    input.parse::<Option<Token![,]>>()?;
                }
            }
            Ok(arguments)
        };
        let left = parser.parse2(tokens).unwrap_or_else(|error: syn::Error| {
            diagnostics.push(error);
            Vec::new()
        });
        Self { attribute, left }
    }

    /// Whether there is a key for which the condition holds.
    pub(crate) fn has_key(&self, condition: impl Fn(&str) -> bool) -> bool {
        self.left.iter().filter_map(|argument| argument.key.as_ref()).any(|key| condition(&key.to_string()))
    }

    /// Takes the argument of a key. A second one is an error.
    pub(crate) fn take(&mut self, key: &str, diagnostics: &mut Diagnostics) -> Option<Argument> {
        let mut taken = self.left.extract_if(.., |argument| argument.key.as_ref().is_some_and(|k| k == key));
        let first = taken.next();
        for repeated in taken {
            diagnostics.at(repeated, format!("`{key}` is given twice: remove one"));
        }
        first
    }

    /// Takes the name on the wire: a string without a key.
    pub(crate) fn take_name(&mut self, diagnostics: &mut Diagnostics) -> Option<LitStr> {
        let attribute = self.attribute;
        let mut name = None;
        for argument in self.left.extract_if(.., |argument| argument.key.is_none()) {
            match &argument.value {
                Some(ArgumentValue::Literal(Lit::Str(text))) if name.is_none() => name = Some(text.clone()),
                Some(ArgumentValue::Literal(Lit::Str(_))) => {
                    diagnostics.at(&argument, "the name is given twice: remove one");
                }
                _ => {
                    diagnostics.at(&argument, format!("expected a name as a string, as in `#[{attribute}(\"name\")]`"));
                }
            }
        }
        name
    }

    /// Takes a string.
    pub(crate) fn take_string(&mut self, key: &str, example: &str, diagnostics: &mut Diagnostics) -> Option<LitStr> {
        let argument = self.take(key, diagnostics)?;
        if let Some(ArgumentValue::Literal(Lit::Str(text))) = &argument.value {
            return Some(text.clone());
        }
        diagnostics.at(argument, format!("`{key}` expects a string literal: write `{key} = \"{example}\"`"));
        None
    }

    /// Takes `key = true` or `key = false`.
    pub(crate) fn take_bool(&mut self, key: &str, diagnostics: &mut Diagnostics) -> Option<LitBool> {
        let argument = self.take(key, diagnostics)?;
        if let Some(ArgumentValue::Literal(Lit::Bool(value))) = &argument.value {
            return Some(value.clone());
        }
        diagnostics.at(argument, format!("`{key}` expects a boolean: write `{key} = true` or `{key} = false`"));
        None
    }

    /// Takes an integer, with its literal.
    pub(crate) fn take_integer(
        &mut self,
        key: &str,
        example: u64,
        diagnostics: &mut Diagnostics,
    ) -> Option<(LitInt, u64)> {
        let argument = self.take(key, diagnostics)?;
        if let Some(ArgumentValue::Literal(Lit::Int(literal))) = &argument.value
            && let Ok(value) = literal.base10_parse()
        {
            return Some((literal.clone(), value));
        }
        diagnostics.at(argument, format!("`{key}` expects an integer: write `{key} = {example}`"));
        None
    }

    /// Takes a key without a value.
    pub(crate) fn take_flag(&mut self, key: &str, diagnostics: &mut Diagnostics) -> Option<Ident> {
        let argument = self.take(key, diagnostics)?;
        if argument.value.is_some() {
            diagnostics.at(&argument, format!("`{key}` has no value: write `{key}`, or remove it"));
        }
        argument.key
    }

    /// Reports the rest. `allowed` are the keys of the attribute, and `hint` has the message for other known words.
    pub(crate) fn finish(
        self,
        allowed: &[&'static str],
        hint: impl Fn(&str) -> Option<String>,
        diagnostics: &mut Diagnostics,
    ) {
        let attribute = self.attribute;
        for argument in self.left {
            let Some(key) = &argument.key else {
                let message = format!("`#[{attribute}]` has no argument without a key{}", list_options(allowed));
                diagnostics.at(&argument, message);
                continue;
            };
            let word = key.to_string();
            let message = hint(&word).unwrap_or_else(|| {
                let suggestion = did_you_mean(&word, allowed.iter().copied());
                format!("`#[{attribute}]` has no option `{word}`{suggestion}{}", list_options(allowed))
            });
            diagnostics.at(key, message);
        }
    }
}

/// A line with the options, or nothing.
fn list_options(allowed: &[&str]) -> String {
    match allowed {
        [] => String::new(),
        [only] => format!("\nits only option is `{only}`"),
        _ => format!("\nits options are `{}`", allowed.join("`, `")),
    }
}

fn parse_argument(input: ParseStream<'_>) -> syn::Result<Argument> {
    let start = input.fork();
    let (key, value) = if input.peek(Ident::peek_any) {
        let key = Ident::parse_any(input)?;
        let value = match input.parse::<Option<Token![=]>>()? {
            Some(_) => Some(parse_value(&key, input)?),
            None => None,
        };
        (Some(key), value)
    } else if input.peek(Lit) {
        (None, Some(ArgumentValue::Literal(input.parse()?)))
    } else {
        return Err(input.error("expected an argument: `key = value`, a word, or a string"));
    };
    Ok(Argument { key, value, tokens: tokens_between(&start, input)? })
}

/// The tokens from one position to another.
fn tokens_between(start: ParseStream<'_>, end: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut tokens = TokenStream::new();
    while start.cursor() != end.cursor() {
        tokens.extend([start.parse::<TokenTree>()?]);
    }
    Ok(tokens)
}

/// Parses the value that a key expects. Other tokens are skipped.
fn parse_value(key: &Ident, input: ParseStream<'_>) -> syn::Result<ArgumentValue> {
    let value = match key.to_string().as_str() {
        "response" | "responses" | "response_headers" | "paging" => {
            complete(input, Type::parse).map(|ty| ArgumentValue::Type(Box::new(ty)))
        }
        "crate" => complete(input, Path::parse_mod_style).map(ArgumentValue::Path),
        _ => complete(input, Lit::parse).map(ArgumentValue::Literal),
    };
    match value {
        Some(value) => Ok(value),
        None => skip_to_comma(input).map(|()| ArgumentValue::Other),
    }
}

/// Parses a value that ends at the end or at a comma, or leaves the position as it is.
fn complete<T>(input: ParseStream<'_>, parse: fn(ParseStream<'_>) -> syn::Result<T>) -> Option<T> {
    let ahead = input.fork();
    let value = parse(&ahead).ok()?;
    // A word or a literal after the value is the next argument, and the comma before it is missing.
    let ends = ahead.is_empty() || ahead.peek(Token![,]) || ahead.peek(Ident::peek_any) || ahead.peek(Lit);
    ends.then(|| {
        input.advance_to(&ahead);
        value
    })
}

fn skip_to_comma(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}
