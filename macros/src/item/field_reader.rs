//! Splitting the fields of a struct.

use super::{Attribute, Field, field_attribute_test, field_type::Angles, is_punct, out_of_group};
use proc_macro2::{Group, Ident, Spacing, TokenTree};
use std::vec::IntoIter;

/// Reads the fields in their order.
pub(super) struct FieldReader {
    tokens: IntoIter<TokenTree>,
    /// The tokens that were read, without the field attributes.
    pub(super) kept: Vec<TokenTree>,
    /// Whether a field is malformed.
    pub(super) is_malformed: bool,
}

impl FieldReader {
    pub(super) fn new(braces: &Group) -> Self {
        let tokens: Vec<TokenTree> = braces.stream().into_iter().collect();
        Self { tokens: tokens.into_iter(), kept: Vec::new(), is_malformed: false }
    }

    fn attributes(&mut self) -> Vec<Attribute> {
        let attributes = Attribute::all(&mut self.tokens);
        let test = field_attribute_test(&attributes);
        let others = attributes.iter().filter(|attribute| !attribute.is_field_attribute(test));
        self.kept.extend(others.flat_map(Attribute::trees));
        attributes
    }

    /// The name: the word before the colon. Only a visibility can stand before it.
    fn name(&mut self) -> Option<Ident> {
        let mut name: Option<Ident> = None;
        for token in self.tokens.by_ref() {
            let is_end = is_punct(&token, ':');
            if let TokenTree::Ident(word) = &token {
                self.is_malformed |= name.is_some_and(|before| before != "pub");
                name = Some(word.clone());
            }
            self.kept.push(token);
            if is_end {
                break;
            }
        }
        self.is_malformed |= name.as_ref().is_none_or(is_reserved);
        name
    }

    /// The type: the tokens before the comma.
    fn ty(&mut self) -> Vec<TokenTree> {
        let (mut angles, mut ty, mut after_colon) = (Angles::default(), Vec::new(), false);
        for token in self.tokens.by_ref() {
            self.kept.push(token.clone());
            let is_outside = angles.all_closed_after(&token);
            if is_outside && is_punct(&token, ',') {
                break;
            }
            self.is_malformed |= is_outside && ends_a_type(&token, after_colon);
            after_colon = is_punct(&token, ':');
            ty.push(token);
        }
        self.is_malformed |= ty.is_empty();
        out_of_group(ty)
    }
}

impl Iterator for FieldReader {
    type Item = Field;

    /// A field without a name ends the fields.
    fn next(&mut self) -> Option<Field> {
        if self.tokens.as_slice().is_empty() {
            return None;
        }
        let attributes = self.attributes();
        let (name, ty) = (self.name(), self.ty());
        Some(Field::new(attributes, name?, ty))
    }
}

/// Whether a type cannot contain the token, for example if a comma between two fields is missing.
fn ends_a_type(token: &TokenTree, after_colon: bool) -> bool {
    match token {
        TokenTree::Punct(punct) => match punct.as_char() {
            ';' | '=' | '#' => true,
            ':' => punct.spacing() == Spacing::Alone && !after_colon,
            _ => false,
        },
        _ => false,
    }
}

/// Whether the word is a keyword in an edition of Rust.
fn is_reserved(word: &Ident) -> bool {
    const WORDS: [&str; 48] = [
        "_", "abstract", "as", "become", "box", "break", "const", "continue", "crate", "do", "else", "enum", "extern",
        "false", "final", "fn", "for", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut",
        "override", "priv", "pub", "ref", "return", "self", "Self", "static", "struct", "super", "trait", "true",
        "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    WORDS.contains(&word.to_string().as_str())
}
