//! The type of a field, as tokens and as text.

use super::{is_punct, is_word};
use proc_macro2::{Delimiter, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};
use std::{fmt::Write as _, mem};

/// A type as it is written.
#[derive(Clone, Copy)]
pub(crate) struct Type<'a> {
    tokens: &'a [TokenTree],
    text: &'a str,
}

impl<'a> Type<'a> {
    pub(super) fn new(tokens: &'a [TokenTree], text: &'a str) -> Self {
        Self { tokens, text }
    }

    /// The type without spaces, but between words, and without what is in brackets.
    pub(crate) fn text(self) -> &'a str {
        self.text
    }

    /// All of it, or where it begins if the compiler cannot say so.
    pub(crate) fn span(self) -> Span {
        let span = |token: Option<&TokenTree>| token.map_or_else(Span::call_site, TokenTree::span);
        let (first, last) = (span(self.tokens.first()), span(self.tokens.last()));
        first.join(last).unwrap_or(first)
    }

    /// The `T` of a type written as `Option<T>`.
    pub(crate) fn of_option(self) -> Option<Self> {
        let (path, text) = self.text.strip_suffix('>')?.split_once('<')?;
        let path = path.strip_suffix("::").unwrap_or(path);
        let is_of_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '$' | '#');
        if path.rsplit("::").next() != Some("Option") || !path.chars().all(is_of_path) {
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

    /// Whether the word stands before the rest of it.
    pub(crate) fn begins_with(self, word: &str) -> bool {
        self.tokens.len() > 1 && self.tokens.first().is_some_and(|token| is_word(token, word))
    }

    pub(crate) fn is_slice(self) -> bool {
        match self.tokens {
            [TokenTree::Group(group)] if group.delimiter() == Delimiter::Bracket => {
                !group.stream().into_iter().any(|token| is_punct(&token, ';'))
            }
            _ => false,
        }
    }

    /// Whether it may have `Self` in it, or a lifetime that is left out: what is in brackets may have either.
    pub(super) fn may_mean_another_elsewhere(self) -> bool {
        self.tokens.iter().any(|token| match token {
            TokenTree::Punct(punct) => matches!(punct.as_char(), '&' | '\''),
            TokenTree::Ident(_) | TokenTree::Literal(_) => false,
            TokenTree::Group(_) => true,
        }) || self.text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "Self" || word == "Cow")
    }
}

impl ToTokens for Type<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self.tokens {
            // It may have been joined to what was there after it, and is not to what comes now.
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
        // A string takes whatever is written into it.
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

/// What tells the tokens between angle brackets, which are no group, from others.
#[derive(Default)]
pub(super) struct Angles {
    depth: isize,
    after_minus: bool,
}

impl Angles {
    /// How many are open.
    pub(super) fn depth(&self) -> isize {
        self.depth
    }

    /// Takes the next token, and says whether none that was opened is open after it.
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
    fn an_option_is_told_by_how_it_is_written() {
        for (ty, expected) in [
            ("Option<String>", Some("String")),
            ("::std::option::Option<Vec<u8>>", Some("Vec<u8>")),
            ("Option::<Option<u8>>", Some("Option<u8>")),
            ("$crate::r#type::Option<u8>", Some("u8")),
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
            let inner = Type::new(&tokens, &text_of_all).of_option();
            assert_eq!(inner.map(Type::text), expected, "{ty}");
            assert_eq!(inner.map(|inner| text(inner.tokens)).as_deref(), expected, "{ty}");
        }
    }

    #[test]
    fn what_may_have_to_be_rewritten_is_told_from_names() {
        for (ty, expected) in [
            ("String", false),
            ("Option<u32>", false),
            ("std::vec::Vec<Option<chrono::DateTime<Utc>>>", false),
            ("Self", true),
            ("Self::Id", true),
            ("Option<Box<Self>>", true),
            ("&str", true),
            ("Vec<&'a str>", true),
            ("Cow<str>", true),
            ("Ref<'_, str>", true),
            ("[Self; 2]", true),
            ("(u8, &str)", true),
            ("Box<dyn Fn(&u8)>", true),
        ] {
            let (tokens, text) = read(ty);
            assert_eq!(Type::new(&tokens, &text).may_mean_another_elsewhere(), expected, "{ty}");
        }
    }
}
