//! The type of a field, as tokens and as text.

use super::{is_punct, is_word};
use proc_macro2::{Delimiter, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};
use std::{fmt::Write as _, mem};

/// A type as it is written.
#[derive(Clone, Copy)]
pub(crate) struct FieldType<'a> {
    tokens: &'a [TokenTree],
    text: &'a str,
}

impl<'a> FieldType<'a> {
    pub(super) fn new(tokens: &'a [TokenTree], text: &'a str) -> Self {
        Self { tokens, text }
    }

    /// The type without the content of brackets, and with spaces only between words.
    pub(crate) fn text(self) -> &'a str {
        self.text
    }

    /// The span of the whole type, or of its start if the compiler cannot join spans.
    pub(crate) fn span(self) -> Span {
        let span = |token: Option<&TokenTree>| token.map_or_else(Span::call_site, TokenTree::span);
        let (first, last) = (span(self.tokens.first()), span(self.tokens.last()));
        first.join(last).unwrap_or(first)
    }

    /// The `T` of the standard `Option<T>`: written as `Option`, `option::Option`, or a full path in `std` or `core`.
    pub(crate) fn of_option(self) -> Option<Self> {
        let (path, text) = self.text.strip_suffix('>')?.split_once('<')?;
        let path = path.strip_suffix("::").unwrap_or(path);
        let path = path.strip_prefix("::").unwrap_or(path);
        if !matches!(path, "Option" | "option::Option" | "std::option::Option" | "core::option::Option") {
            return None;
        }
        let open = self.tokens.iter().position(|token| is_punct(token, '<'))?;
        let tokens = self.tokens.get(open + 1..self.tokens.len() - 1)?;
        let (tokens, text) = match (tokens, text.strip_suffix(',')) {
            ([tokens @ .., _], Some(text)) => (tokens, text),
            _ => (tokens, text),
        };
        let mut angles = Angles::default();
        let is_within = |token| !(angles.all_closed_after(token) && is_punct(token, ',')) && angles.depth >= 0;
        tokens.iter().all(is_within).then_some(Self { tokens, text })
    }

    /// Whether the type starts with the word and has more tokens.
    pub(crate) fn starts_with(self, word: &str) -> bool {
        self.tokens.len() > 1 && self.tokens.first().is_some_and(|token| is_word(token, word))
    }

    /// Whether the type is a primitive number or `bool`.
    pub(crate) fn is_primitive(self) -> bool {
        matches!(
            self.text,
            "bool"
                | "u8"
                | "u16"
                | "u32"
                | "u64"
                | "u128"
                | "usize"
                | "i8"
                | "i16"
                | "i32"
                | "i64"
                | "i128"
                | "isize"
                | "f32"
                | "f64"
        )
    }

    pub(crate) fn is_slice(self) -> bool {
        match self.tokens {
            [TokenTree::Group(group)] if group.delimiter() == Delimiter::Bracket => {
                !group.stream().into_iter().any(|token| is_punct(&token, ';'))
            }
            _ => false,
        }
    }

    /// Whether the type may contain `Self`. The content of brackets is not searched.
    pub(super) fn may_contain_self(self) -> bool {
        self.tokens.iter().any(|token| matches!(token, TokenTree::Group(_)) || is_word(token, "Self"))
    }
}

impl ToTokens for FieldType<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self.tokens {
            // The last token must not be joined to the token after it.
            [before @ .., TokenTree::Punct(last)] => {
                tokens.append_all(before);
                let mut end = Punct::new(last.as_char(), Spacing::Alone);
                end.set_span(last.span());
                tokens.append(end);
            }
            all => tokens.append_all(all),
        }
    }
}

pub(super) fn text(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    let mut after_word = false;
    for token in tokens {
        let is_word = matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
        if mem::replace(&mut after_word, is_word) && is_word {
            text.push(' ');
        }
        // Writing to a string does not fail.
        let _ = match token {
            TokenTree::Punct(punct) => text.write_char(punct.as_char()),
            TokenTree::Ident(word) => write!(text, "{word}"),
            TokenTree::Literal(literal) => write!(text, "{literal}"),
            TokenTree::Group(group) => text.write_str(match group.delimiter() {
                Delimiter::Parenthesis => "()",
                Delimiter::Bracket => "[]",
                Delimiter::Brace | Delimiter::None => "{}",
            }),
        };
    }
    text
}

/// Counts angle brackets, which are not a group of tokens.
#[derive(Default)]
pub(super) struct Angles {
    depth: isize,
    after_minus: bool,
}

impl Angles {
    /// Takes the next token. Returns whether every bracket is closed after it.
    pub(super) fn all_closed_after(&mut self, token: &TokenTree) -> bool {
        let after_minus = mem::take(&mut self.after_minus);
        if let TokenTree::Punct(punct) = token {
            match punct.as_char() {
                '<' => self.depth += 1,
                '>' if !after_minus => self.depth -= 1,
                '-' => self.after_minus = punct.spacing() == Spacing::Joint,
                _ => {}
            }
        }
        self.depth == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(ty: &str) -> (Vec<TokenTree>, String) {
        let tokens: Vec<TokenTree> = ty.parse::<TokenStream>().unwrap().into_iter().collect();
        let text = text(&tokens);
        (tokens, text)
    }

    #[test]
    fn only_the_standard_option_is_optional() {
        for (ty, expected) in [
            ("Option<String>", Some("String")),
            ("::std::option::Option<Vec<u8>>", Some("Vec<u8>")),
            ("Option::<Option<u8>>", Some("Option<u8>")),
            ("core::option::Option<u8>", Some("u8")),
            ("option::Option<u8>", Some("u8")),
            ("$crate::r#type::Option<u8>", None),
            ("my::Option<u8>", None),
            ("::my::option::Option<u8>", None),
            ("Option<fn(u8) -> u8>", Some("fn()->u8")),
            ("Option<HashMap<u8, u8>,>", Some("HashMap<u8,u8>")),
            ("Option<&'a dyn Trait>", Some("&'a dyn Trait")),
            ("String", None),
            ("Option", None),
            ("Maybe<u8>", None),
            ("&Option<u8>", None),
            ("dyn Option<u8>", None),
            ("Option<A>::Of<B>", None),
            ("<Option<A> as Of<B>>", None),
            ("Option<u8, u8>", None),
            ("Box<Option<u8>>", None),
            ("[Option<u8>; 2]", None),
        ] {
            let (tokens, text_of_all) = read(ty);
            let inner = FieldType::new(&tokens, &text_of_all).of_option();
            assert_eq!(inner.map(FieldType::text), expected, "{ty}");
            assert_eq!(inner.map(|inner| text(inner.tokens)).as_deref(), expected, "{ty}");
        }
    }

    #[test]
    fn types_with_self_are_found() {
        for (ty, expected) in [
            ("String", false),
            ("Option<u32>", false),
            ("std::vec::Vec<Option<chrono::DateTime<Utc>>>", false),
            ("Self", true),
            ("Self::Id", true),
            ("Option<Box<Self>>", true),
            ("&str", false),
            ("Vec<&'a str>", false),
            ("MySelf", false),
            ("[Self; 2]", true),
            ("(u8, &str)", true),
            ("Box<dyn Fn(&u8)>", true),
        ] {
            let (tokens, text) = read(ty);
            assert_eq!(FieldType::new(&tokens, &text).may_contain_self(), expected, "{ty}");
        }
    }
}
