//! Attributes as spanned arguments: `"name"`, `flag`, `key = value`.

use crate::{Mistakes, nearest::did_you_mean};
use proc_macro2::{Delimiter, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Ident, Lit, LitBool, LitStr, Path, Token, Type,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser, discouraged::Speculative},
};

/// One argument. A name is an argument without a key.
pub(crate) struct Arg {
    pub(crate) key: Option<Ident>,
    pub(crate) value: Option<Value>,
    /// How it is written wrong, which matters only once the value turns out to be right.
    slip: Option<syn::Error>,
}

impl Arg {
    /// Reports how the argument is written, if what it says is right.
    pub(crate) fn check_spelling(&mut self, mistakes: &mut Mistakes) {
        self.slip.take().into_iter().for_each(|slip| mistakes.push(slip));
    }
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
        if matches!(&self.value, Some(Value::Other(nothing)) if nothing.is_empty()) {
            return;
        }
        if self.key.is_some() && self.value.is_some() {
            Token![=](Span::call_site()).to_tokens(tokens);
        }
        self.value.to_tokens(tokens);
    }
}

/// The arguments of one attribute, taken out by key; what is left at the end is a mistake.
pub(crate) struct Args {
    /// How the attribute is called, without brackets.
    attribute: &'static str,
    /// Whether a string without a key is its name on the wire.
    named: bool,
    left: Vec<Arg>,
}

impl Args {
    /// Reads what it can: an argument that makes no sense is reported and passed over.
    pub(crate) fn parse(attribute: &'static str, tokens: TokenStream, mistakes: &mut Mistakes) -> Self {
        if tokens.is_empty() {
            return Self { attribute, named: false, left: Vec::new() };
        }
        let parser = |input: ParseStream<'_>| {
            let mut args = Vec::new();
            while !input.is_empty() {
                if let Some(comma) = input.parse::<Option<Token![,]>>()? {
                    mistakes.at(comma, "there is no argument before this `,`: take it out");
                    continue;
                }
                args.push(parse_arg(input)?);
                if let Some(semicolon) = input.parse::<Option<Token![;]>>()? {
                    mistakes.at(semicolon, "a `,` stands between arguments: write it for this `;`");
                } else if !input.is_empty() && input.parse::<Option<Token![,]>>()?.is_none() {
                    mistakes.push(input.error("a `,` is missing before this"));
                }
            }
            Ok(args)
        };
        let args = parser.parse2(tokens);
        let args = args.unwrap_or_else(|error: syn::Error| {
            mistakes.push(error);
            Vec::new()
        });
        Self { attribute, named: false, left: args }
    }

    /// Whether a key is there that satisfies the condition.
    pub(crate) fn mentions(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        self.left.iter().filter_map(|arg| arg.key.as_ref()).any(|key| is_meant(&key.to_string()))
    }

    /// Gives words that stand without the right key the keys they were meant for. `keys_of` knows those of a text.
    pub(crate) fn supply_keys(
        &mut self,
        keys_of: impl Fn(&str) -> Option<Vec<(&'static str, String)>>,
        mistakes: &mut Mistakes,
    ) {
        let mut supplied = Vec::new();
        self.left.retain(|arg| {
            let text = match (&arg.key, &arg.value) {
                (None, Some(Value::Lit(Lit::Str(text)))) => text.value(),
                (Some(key), None) => key.to_string(),
                (Some(key), Some(Value::Lit(Lit::Str(text)))) => format!("{key} {}", text.value()),
                _ => return true,
            };
            let Some(keys) = keys_of(&text) else { return true };
            let write: Vec<String> = keys.iter().map(|(key, text)| format!("{key} = {text:?}")).collect();
            mistakes.at(arg, format!("each value has its key: write `{}`", write.join(", ")));
            supplied.extend(keys.into_iter().map(|(key, text)| (key, text, first_span(arg))));
            false
        });
        self.left.extend(supplied.into_iter().map(|(key, text, span)| Arg {
            key: Some(Ident::new(key, span)),
            value: Some(Value::Lit(Lit::Str(LitStr::new(&text, span)))),
            slip: None,
        }));
    }

    /// Takes the argument of a key; a second one is a mistake.
    pub(crate) fn take(&mut self, key: &str, mistakes: &mut Mistakes) -> Option<Arg> {
        // As nearly always, and `extract_if` is much to do for nothing.
        if self.left.is_empty() {
            return None;
        }
        let mut taken = self.left.extract_if(.., |arg| arg.key.as_ref().is_some_and(|k| k == key));
        let first = taken.next();
        for again in taken {
            mistakes.at(again, format!("`{key}` is given twice: keep one"));
        }
        first
    }

    /// Takes the name: a string without a key. `is_name` knows the words that could only be meant as one.
    pub(crate) fn take_name(&mut self, is_name: impl Fn(&str) -> bool, mistakes: &mut Mistakes) -> Option<LitStr> {
        self.named = self.attribute != "body";
        if self.left.is_empty() {
            return None;
        }
        let (attribute, named) = (self.attribute, self.named);
        let is_string = |arg: &Arg| matches!(arg.value, Some(Value::Lit(Lit::Str(_))));
        let is_word = |arg: &Arg| arg.value.is_none() && arg.key.as_ref().is_some_and(|key| is_name(&key.to_string()));
        let may_name = |arg: &mut Arg| is_word(arg) || (arg.key.is_none() && (named || is_string(arg)));
        let mut name = None;
        for arg in self.left.extract_if(.., may_name).collect::<Vec<_>>() {
            if let (Some(Value::Lit(Lit::Str(text))), None) = (&arg.value, &name) {
                name = Some(text.clone());
            } else if is_string(&arg) {
                mistakes.at(&arg, "the name is given twice: keep one");
            } else {
                let word = arg.key.as_ref().map(ToString::to_string).or_else(|| plain(arg.value.as_ref()));
                let text = word.as_deref().unwrap_or("name");
                mistakes.at(&arg, format!("the name on the wire is a string: write `#[{attribute}({text:?})]`"));
                name = name.or_else(|| word.map(|word| LitStr::new(&word, first_span(&arg))));
            }
        }
        let keys = NAME_KEYS.iter().filter(|_| named);
        for arg in keys.filter_map(|key| self.take(key, mistakes)).collect::<Vec<_>>() {
            if name.is_some() {
                mistakes.at(&arg, "the name is given twice: keep one");
                continue;
            }
            let text = plain(arg.value.as_ref()).unwrap_or_else(|| "name".to_owned());
            mistakes.at(&arg, format!("the name stands without a key: write `#[{attribute}(\"{text}\")]`"));
            if let Some(Value::Lit(Lit::Str(text))) = arg.value {
                name = Some(text);
            }
        }
        name
    }

    /// Takes a string. `plausible` knows what it could have been without its quotes.
    pub(crate) fn take_str(
        &mut self,
        key: &str,
        example: &str,
        plausible: impl Fn(&str) -> bool,
        mistakes: &mut Mistakes,
    ) -> Option<LitStr> {
        let mut arg = self.take(key, mistakes)?;
        if let Some(Value::Lit(Lit::Str(text))) = &arg.value {
            let text = text.clone();
            arg.check_spelling(mistakes);
            return Some(text);
        }
        let written = plain(arg.value.as_ref()).filter(|written| plausible(written));
        let late = match &arg.value {
            Some(Value::Other(other)) if written.is_none() && is_name_of_a_value(other) => {
                "\nthe attribute reads it before constants and macros have their values"
            }
            _ => "",
        };
        let text = written.as_deref().unwrap_or(example);
        mistakes.at(arg, format!("`{key}` takes a string literal: write `{key} = \"{text}\"`{late}"));
        None
    }

    /// Takes `key = true` or `key = false`.
    pub(crate) fn take_bool(&mut self, key: &str, mistakes: &mut Mistakes) -> Option<LitBool> {
        let mut arg = self.take(key, mistakes)?;
        if let Some(Value::Lit(Lit::Bool(value))) = &arg.value {
            let value = value.clone();
            arg.check_spelling(mistakes);
            return Some(value);
        }
        mistakes.at(arg, format!("`{key}` takes a boolean: write `{key} = true` or `{key} = false`"));
        None
    }

    /// Takes a word that stands alone.
    pub(crate) fn take_flag(&mut self, key: &str, mistakes: &mut Mistakes) -> Option<Ident> {
        let arg = self.take(key, mistakes)?;
        if arg.value.is_some() {
            mistakes.at(&arg, format!("`{key}` takes no value: write `{key}` alone, or leave it out"));
        }
        arg.key
    }

    /// Reports what nobody took. `allowed` is what this attribute knows; `hint` knows what was meant by other words.
    pub(crate) fn finish(
        self,
        allowed: &[&'static str],
        hint: impl Fn(&str) -> Option<String>,
        mistakes: &mut Mistakes,
    ) {
        let attribute = self.attribute;
        for arg in self.left {
            let Some(key) = &arg.key else {
                mistakes
                    .at(&arg, format!("`#[{attribute}]` takes no argument without a key{}", known_options(allowed)));
                continue;
            };
            let word = key.to_string();
            if let Some(hint) = hint(&word) {
                mistakes.at(key, hint);
                continue;
            }
            let meant = did_you_mean(&word, allowed.iter().copied());
            let known = known_options(allowed);
            let name = if self.named && meant.is_empty() && arg.value.is_none() {
                format!("\na name on the wire is a string: `#[{attribute}(\"{word}\")]`")
            } else {
                String::new()
            };
            let message = format!("`#[{attribute}]` has no option `{word}`{meant}{known}{name}");
            mistakes.at(key, message);
        }
    }
}

/// A line that lists them, or nothing.
fn known_options(allowed: &[&str]) -> String {
    match allowed {
        [] => String::new(),
        [only] => format!("\nits only option is `{only}`"),
        _ => format!("\nits options are `{}`", allowed.join("`, `")),
    }
}

/// The keys that others use for the name on the wire.
const NAME_KEYS: [&str; 4] = ["name", "rename", "key", "wire"];

fn first_span(tokens: &impl ToTokens) -> Span {
    tokens.to_token_stream().into_iter().next().map_or_else(Span::call_site, |token| token.span())
}

/// What was written, if it would make sense in quotes.
fn plain(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::Lit(Lit::Str(text)) => return Some(text.value()),
        value => value.to_token_stream().to_string().replace(' ', ""),
    };
    let is_plain = |c: char| c.is_alphanumeric() || "-_./;=+{}".contains(c);
    (!text.is_empty() && text.chars().all(is_plain)).then_some(text)
}

/// Whether the tokens name a constant or call a macro.
fn is_name_of_a_value(tokens: &TokenStream) -> bool {
    let mut is_constant = false;
    tokens.clone().into_iter().all(|token| match token {
        TokenTree::Ident(word) => {
            is_constant |= word.to_string().chars().all(|c| !c.is_lowercase());
            true
        }
        TokenTree::Punct(punct) => {
            is_constant |= punct.as_char() == '!';
            matches!(punct.as_char(), ':' | '!' | '.')
        }
        TokenTree::Group(_) => is_constant,
        TokenTree::Literal(_) => false,
    }) && is_constant
}

fn parse_arg(input: ParseStream<'_>) -> syn::Result<Arg> {
    if input.peek(Lit) {
        return Ok(Arg { key: None, value: Some(Value::Lit(input.parse()?)), slip: None });
    }
    if !starts_with_key(input) {
        return Ok(Arg { key: None, value: Some(Value::Other(skip_to_comma(input)?)), slip: None });
    }
    let key = Ident::parse_any(input)?;
    let mut slip = None;
    let takes = |value: &Value| format!("`{key}` takes `=`: write `{key} = {}`", compact(value));
    let value = if input.parse::<Option<Token![=]>>()?.is_some() {
        Some(parse_value(&key, input)?)
    } else if let Some(colon) = input.parse::<Option<Token![:]>>()? {
        let value = parse_value(&key, input)?;
        slip = Some(syn::Error::new_spanned(colon, takes(&value)));
        Some(value)
    } else if input.peek(syn::token::Paren) {
        let content;
        let parentheses = syn::parenthesized!(content in input);
        let value = parse_value(&key, &content)?;
        skip_all(&content)?;
        slip = Some(syn::Error::new(parentheses.span.join(), takes(&value)));
        Some(value)
    } else {
        None
    };
    Ok(Arg { key: Some(key), value, slip })
}

/// The tokens as a person writes them: a stream puts spaces around each.
fn compact(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    [(" <", "<"), ("< ", "<"), (" >", ">"), (" ::", "::"), (":: ", "::"), (" ,", ","), ("& ", "&")]
        .iter()
        .fold(text, |text, (wide, narrow)| text.replace(wide, narrow))
}

/// Whether a key comes next: a word that nothing but its value, another argument or the end follows.
fn starts_with_key(input: ParseStream<'_>) -> bool {
    let Some((_, rest)) = input.cursor().ident() else { return false };
    match rest.token_tree() {
        None | Some((TokenTree::Ident(_) | TokenTree::Literal(_), _)) => true,
        Some((TokenTree::Group(group), _)) => group.delimiter() == Delimiter::Parenthesis,
        Some((TokenTree::Punct(punct), _)) => match punct.as_char() {
            '=' | ',' | ';' => true,
            ':' => punct.spacing() == Spacing::Alone,
            _ => false,
        },
    }
}

/// Parses a value as what its key takes, or keeps its tokens.
fn parse_value(key: &Ident, input: ParseStream<'_>) -> syn::Result<Value> {
    let value = match key.to_string().as_str() {
        "response" => whole(input).map(|ty| Value::Type(Box::new(ty))),
        "crate" => whole_with(input, Path::parse_mod_style).map(Value::Path),
        _ => whole(input).map(Value::Lit),
    };
    value.map_or_else(|| skip_to_comma(input).map(Value::Other), Ok)
}

/// Parses a whole value, or stays where it is.
fn whole<T: Parse>(input: ParseStream<'_>) -> Option<T> {
    whole_with(input, T::parse)
}

fn whole_with<T>(input: ParseStream<'_>, parse: fn(ParseStream<'_>) -> syn::Result<T>) -> Option<T> {
    let ahead = input.fork();
    let value = parse(&ahead).ok()?;
    // Where the next argument follows at once it is a comma that is missing, not the value that is wrong.
    let ends = ahead.is_empty() || ahead.peek(Token![,]) || ahead.peek(Token![;]) || starts_with_key(&ahead);
    ends.then(|| {
        input.advance_to(&ahead);
        value
    })
}

fn skip_to_comma(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut skipped = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) && !input.peek(Token![;]) {
        skipped.extend([input.parse::<TokenTree>()?]);
    }
    Ok(skipped)
}

fn skip_all(input: ParseStream<'_>) -> syn::Result<()> {
    input.parse::<TokenStream>().map(drop)
}
