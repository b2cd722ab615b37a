//! Attributes, told apart by the word that they begin with.

use super::{is_punct, out_of_group};
use crate::nearest::is_slip;
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};
use std::{iter, vec::IntoIter};

/// The field attributes.
pub(crate) const KINDS: [&str; 4] = ["path", "header", "query", "body"];

/// What holds a field attribute behind the derive.
pub(crate) const HELPER: &str = "__stackone";

/// What holds the arguments of the attribute behind the derive.
pub(crate) const OPERATION: &str = "__stackone_operation";

/// The kind a word names, or was probably meant to name.
pub(crate) fn meant_kind(word: &str) -> Option<&'static str> {
    KINDS.into_iter().find(|kind| *kind == word).or_else(|| KINDS.into_iter().find(|kind| is_slip(word, kind)))
}

/// Tells whether what begins with a word says what its field is.
pub(crate) type TellsKind = fn(word: &str, content: &[TokenTree]) -> bool;

/// What tells the kinds among the attributes of one field. Beside a kind, what is spelt almost like one belongs to another
/// macro, as in `#[path] #[patch(skip)]`.
pub(crate) fn kinds_among(attributes: &[Attribute]) -> TellsKind {
    if attributes.iter().any(|attribute| attribute.is_kind(names_kind)) { names_kind } else { is_kind }
}

fn names_kind(word: &str, content: &[TokenTree]) -> bool {
    (word == HELPER || KINDS.contains(&word)) && !is_path(content)
}

/// Whether it is a kind, or was meant to be one.
fn is_kind(word: &str, content: &[TokenTree]) -> bool {
    // The two that most fields have are asked for first, as it takes long to say that a word is no slip.
    !matches!(word, "doc" | "serde") && !is_path(content) && (word == HELPER || meant_kind(word).is_some())
}

/// A path is the name of something else.
fn is_path(content: &[TokenTree]) -> bool {
    matches!(content, [_, first, second, ..] if is_punct(first, ':') && is_punct(second, ':'))
}

/// An attribute as it is written.
pub(crate) struct Attribute {
    hash: TokenTree,
    brackets: Group,
    /// What is in the brackets.
    pub(crate) content: Vec<TokenTree>,
    /// The word that the content begins with.
    pub(crate) word: String,
}

impl Attribute {
    /// Takes the attribute that comes next, if one does.
    pub(crate) fn next(tokens: &mut IntoIter<TokenTree>) -> Option<Self> {
        match tokens.as_slice() {
            [hash, TokenTree::Group(brackets), ..]
                if is_punct(hash, '#') && brackets.delimiter() == Delimiter::Bracket => {}
            _ => return None,
        }
        let (Some(hash), Some(TokenTree::Group(brackets))) = (tokens.next(), tokens.next()) else { return None };
        let content = out_of_group(brackets.stream().into_iter().collect());
        let word = match content.first() {
            Some(TokenTree::Ident(word)) => word.to_string(),
            _ => String::new(),
        };
        Some(Self { hash, brackets, content, word })
    }

    /// Takes all that come next.
    pub(crate) fn all(tokens: &mut IntoIter<TokenTree>) -> Vec<Self> {
        iter::from_fn(|| Self::next(tokens)).collect()
    }

    pub(crate) fn span(&self) -> Span {
        self.brackets.span()
    }

    pub(crate) fn trees(&self) -> [TokenTree; 2] {
        [self.hash.clone(), self.brackets.clone().into()]
    }

    /// Whether it says what its field is.
    pub(crate) fn is_kind(&self, tells_kind: TellsKind) -> bool {
        tells_kind(&self.word, &self.content)
    }

    /// Whether it may take away what it stands at, or be taken away itself.
    pub(crate) fn is_condition(&self) -> bool {
        matches!(self.word.as_str(), "cfg" | "cfg_attr")
    }

    /// Whether its path ends with the word.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let path = self.content.iter().take_while(|token| !matches!(token, TokenTree::Group(_)));
        matches!(path.last(), Some(TokenTree::Ident(last)) if last == name)
    }

    /// What the derive is given in an attribute of this name.
    pub(crate) fn held(&self, helper: &str) -> Option<TokenStream> {
        match &self.content[..] {
            [_, TokenTree::Group(held)] if self.word == helper => Some(held.stream()),
            _ => None,
        }
    }

    /// With other content.
    pub(crate) fn with(self, content: TokenStream) -> Self {
        let mut brackets = Group::new(Delimiter::Bracket, content);
        brackets.set_span(self.span());
        Self { brackets, ..self }
    }
}

impl ToTokens for Attribute {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(self.trees());
    }
}
