//! Attributes, and which of them are field attributes.

use super::{is_punct, out_of_group};
use crate::nearest::is_typo;
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};
use std::{iter, vec::IntoIter};

/// The attributes of a field that say where its value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldAttribute {
    Path,
    Header,
    Query,
    Body,
    Parameters,
}

impl FieldAttribute {
    pub(crate) const ALL: [Self; 5] = [Self::Path, Self::Header, Self::Query, Self::Body, Self::Parameters];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Header => "header",
            Self::Query => "query",
            Self::Body => "body",
            Self::Parameters => "parameters",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|attribute| attribute.name() == word)
    }

    /// The attribute with this name, or with a similar one.
    pub(crate) fn similar_to(word: &str) -> Option<Self> {
        Self::named(word).or_else(|| Self::ALL.into_iter().find(|attribute| is_typo(word, attribute.name())))
    }
}

/// The attribute that holds a field attribute for the derive.
pub(crate) const HELPER: &str = "__stackone";

/// The attribute that holds the arguments of `#[stackone_operation]` for the derive.
pub(crate) const OPERATION: &str = "__stackone_operation";

/// Whether an attribute with this first word and content is a field attribute.
pub(crate) type IsFieldAttribute = fn(word: &str, content: &[TokenTree]) -> bool;

/// The test for the attributes of one field. If one has the exact name of a field attribute, a similar name belongs to
/// another macro, as in `#[path] #[patch(skip)]`.
pub(crate) fn field_attribute_test(attributes: &[Attribute]) -> IsFieldAttribute {
    if attributes.iter().any(|attribute| attribute.is_field_attribute(has_exact_name)) {
        has_exact_name
    } else {
        has_similar_name
    }
}

fn has_exact_name(word: &str, content: &[TokenTree]) -> bool {
    (word == HELPER || FieldAttribute::named(word).is_some()) && !is_path(content)
}

fn has_similar_name(word: &str, content: &[TokenTree]) -> bool {
    (word == HELPER || FieldAttribute::similar_to(word).is_some()) && !is_path(content)
}

/// Whether the first word is the start of a path, and so no field attribute.
fn is_path(content: &[TokenTree]) -> bool {
    matches!(content, [_, first, second, ..] if is_punct(first, ':') && is_punct(second, ':'))
}

/// An attribute.
pub(crate) struct Attribute {
    hash: TokenTree,
    brackets: Group,
    /// The tokens in the brackets.
    pub(crate) content: Vec<TokenTree>,
    /// The first word of the content.
    pub(crate) word: String,
}

impl Attribute {
    /// Takes the next attribute, if there is one.
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

    /// Takes all attributes up to the next other token.
    pub(crate) fn all(tokens: &mut IntoIter<TokenTree>) -> Vec<Self> {
        iter::from_fn(|| Self::next(tokens)).collect()
    }

    pub(crate) fn span(&self) -> Span {
        self.brackets.span()
    }

    pub(crate) fn trees(&self) -> [TokenTree; 2] {
        [self.hash.clone(), self.brackets.clone().into()]
    }

    pub(crate) fn is_field_attribute(&self, test: IsFieldAttribute) -> bool {
        test(&self.word, &self.content)
    }

    /// Whether the attribute can remove its item, or itself.
    pub(crate) fn is_condition(&self) -> bool {
        matches!(self.word.as_str(), "cfg" | "cfg_attr")
    }

    /// Whether the derive has to see the struct: the attribute is a condition, or it deprecates an item. Only code of a derive
    /// may use a deprecated item without a warning.
    pub(crate) fn needs_derive(&self) -> bool {
        self.is_condition() || self.word == "deprecated"
    }

    /// Whether the path of the attribute ends with this word.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        let path = self.content.iter().take_while(|token| !matches!(token, TokenTree::Group(_)));
        matches!(path.last(), Some(TokenTree::Ident(last)) if last == name)
    }

    /// The tokens that a helper attribute with this name holds.
    pub(crate) fn held(&self, helper: &str) -> Option<TokenStream> {
        match &self.content[..] {
            [_, TokenTree::Group(held)] if self.word == helper => Some(held.stream()),
            _ => None,
        }
    }

    /// The attribute for generated code, if it allows lints. An `expect` would not be fulfilled there.
    pub(crate) fn allowed_lints(&self) -> Option<TokenStream> {
        let [_, TokenTree::Group(lints)] = &self.content[..] else { return None };
        matches!(self.word.as_str(), "allow" | "expect").then(|| quote!(#[allow #lints]))
    }

    /// The same attribute with other content.
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
