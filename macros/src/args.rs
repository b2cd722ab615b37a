//! Attributes as spanned arguments: `"name"`, `flag`, `key = value`.

use crate::{
    Mistakes,
    nearest::{did_you_mean, nearest},
};
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Ident, Lit, LitBool, LitStr, Path, Token, Type,
    ext::IdentExt,
    parse::{ParseStream, Parser, discouraged::Speculative},
};

/// One argument. A name is an argument without a key.
pub(crate) struct Arg {
    pub(crate) key: Option<Ident>,
    pub(crate) value: Option<Value>,
}

/// What stands after `=`, or alone.
pub(crate) enum Value {
    Lit(Lit),
    Type(Box<Type>),
    Path(Path),
    /// Anything else. Whoever asks for the argument says what was expected.
    Other(TokenStream),
}

impl ToTokens for Value {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Lit(lit) => lit.to_tokens(tokens),
            Self::Type(ty) => ty.to_tokens(tokens),
            Self::Path(path) => path.to_tokens(tokens),
            Self::Other(other) => other.to_tokens(tokens),
        }
    }
}

impl ToTokens for Arg {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.key.to_tokens(tokens);
        if self.key.is_some() && self.value.is_some() {
            Token![=](Span::call_site()).to_tokens(tokens);
        }
        self.value.to_tokens(tokens);
    }
}

/// The arguments of one attribute, taken out by key; what is left at the end is a mistake.
pub(crate) struct Args {
    /// How the attribute is called in messages: `#[query]`.
    attribute: &'static str,
    args: Vec<Arg>,
}

impl Args {
    /// Reads what it can: an argument that makes no sense is reported and passed over.
    pub(crate) fn parse(attribute: &'static str, tokens: TokenStream, mistakes: &mut Mistakes) -> Self {
        let parser = |input: ParseStream<'_>| {
            let mut args = Vec::new();
            while !input.is_empty() {
                match parse_arg(input, mistakes) {
                    Ok(arg) => args.push(arg),
                    Err(error) => mistakes.push(error),
                }
                if !input.is_empty() && !input.peek(Token![,]) {
                    let skipped = skip_to_comma(input)?;
                    mistakes.at(skipped, "expected `,` before this");
                }
                input.parse::<Option<Token![,]>>()?;
            }
            Ok(args)
        };
        let args = parser.parse2(tokens);
        let args = args.unwrap_or_else(|error: syn::Error| {
            mistakes.push(error);
            Vec::new()
        });
        Self { attribute, args }
    }

    /// Whether the key, or a word that was probably meant to be it, is there.
    pub(crate) fn mentions(&self, key: &str, keys: &[&'static str]) -> bool {
        let means = |word: &Ident| word == key || nearest(&word.to_string(), keys.iter().copied()) == Some(key);
        self.args.iter().filter_map(|arg| arg.key.as_ref()).any(means)
    }

    /// Takes the argument of a key; a second one is a mistake.
    pub(crate) fn take(&mut self, key: &str, mistakes: &mut Mistakes) -> Option<Arg> {
        let (taken, rest): (Vec<Arg>, Vec<Arg>) =
            self.args.drain(..).partition(|arg| arg.key.as_ref().is_some_and(|k| k == key));
        self.args = rest;
        let mut taken = taken.into_iter();
        let first = taken.next();
        for again in taken {
            mistakes.at(again, format!("`{key}` is given twice; keep one"));
        }
        first
    }

    /// Takes the name: a string without a key.
    pub(crate) fn take_name(&mut self, mistakes: &mut Mistakes) -> Option<LitStr> {
        let (taken, rest): (Vec<Arg>, Vec<Arg>) = self.args.drain(..).partition(|arg| arg.key.is_none());
        self.args = rest;
        let mut name = None;
        for arg in taken {
            match arg.value {
                Some(Value::Lit(Lit::Str(text))) if name.is_none() => name = Some(text),
                Some(Value::Lit(Lit::Str(text))) => mistakes.at(text, "the name is given twice; keep one"),
                other => mistakes.at(other, "the name on the wire is a string: write it in double quotes"),
            }
        }
        name
    }

    /// Takes a string.
    pub(crate) fn take_str(&mut self, key: &str, example: &str, mistakes: &mut Mistakes) -> Option<LitStr> {
        let arg = self.take(key, mistakes)?;
        match arg.value {
            Some(Value::Lit(Lit::Str(text))) => Some(text),
            _ => {
                mistakes.at(arg, format!("`{key}` takes a string: `{key} = \"{example}\"`"));
                None
            }
        }
    }

    /// Takes `key = true` or `key = false`.
    pub(crate) fn take_bool(&mut self, key: &str, mistakes: &mut Mistakes) -> Option<LitBool> {
        let arg = self.take(key, mistakes)?;
        match arg.value {
            Some(Value::Lit(Lit::Bool(value))) => Some(value),
            _ => {
                mistakes.at(arg, format!("`{key}` is `{key} = true` or `{key} = false`"));
                None
            }
        }
    }

    /// Takes a word that stands alone.
    pub(crate) fn take_flag(&mut self, key: &str, mistakes: &mut Mistakes) -> Option<Ident> {
        let arg = self.take(key, mistakes)?;
        if arg.value.is_some() {
            mistakes.at(&arg, format!("`{key}` takes no value: write `{key}` alone, or leave it out"));
        }
        arg.key
    }

    /// Reports what nobody took. `allowed` is what this attribute knows; `elsewhere` says where a known option belongs.
    pub(crate) fn finish(
        self,
        allowed: &[&'static str],
        elsewhere: impl Fn(&str) -> Option<&'static str>,
        mistakes: &mut Mistakes,
    ) {
        let attribute = self.attribute;
        for arg in self.args {
            let Some(key) = &arg.key else {
                mistakes.at(&arg, format!("`{attribute}` takes no unnamed argument"));
                continue;
            };
            let word = key.to_string();
            let message = if let Some(place) = elsewhere(&word) {
                format!("`{word}` belongs to {place}, not to `{attribute}`")
            } else if allowed.is_empty() {
                format!("`{attribute}` has no option `{word}`")
            } else {
                let list = allowed.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
                let meant = did_you_mean(&word, allowed.iter().copied());
                format!("`{attribute}` has no option `{word}`{meant}\nits options are {list}")
            };
            mistakes.at(key, message);
        }
    }
}

fn parse_arg(input: ParseStream<'_>, mistakes: &mut Mistakes) -> syn::Result<Arg> {
    if input.peek(Lit) {
        return Ok(Arg { key: None, value: Some(Value::Lit(input.parse()?)) });
    }
    if !input.peek(Ident::peek_any) {
        let token: TokenTree = input.parse()?;
        return Err(syn::Error::new(token.span(), "expected `key = value`, a flag or a string"));
    }
    let key = Ident::parse_any(input)?;
    if input.parse::<Option<Token![=]>>()?.is_none() {
        return Ok(Arg { key: Some(key), value: None });
    }
    if input.is_empty() || input.peek(Token![,]) {
        mistakes.at(&key, format!("`{key} =` has no value"));
        return Ok(Arg { key: Some(key), value: None });
    }
    let value = match key.to_string().as_str() {
        "response" => parse_value(input).map(|ty| Value::Type(Box::new(ty))),
        "crate" => parse_value(input).map(Value::Path),
        _ => parse_value(input).map(Value::Lit),
    };
    let value = match value {
        Some(value) => value,
        None => Value::Other(skip_to_comma(input)?),
    };
    Ok(Arg { key: Some(key), value: Some(value) })
}

/// Parses a whole value, or stays where it is.
fn parse_value<T: syn::parse::Parse>(input: ParseStream<'_>) -> Option<T> {
    let ahead = input.fork();
    let value = ahead.parse().ok().filter(|_| ahead.is_empty() || ahead.peek(Token![,]))?;
    input.advance_to(&ahead);
    Some(value)
}

fn skip_to_comma(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut skipped = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        skipped.extend([input.parse::<TokenTree>()?]);
    }
    Ok(skipped)
}
