//! The fields of a struct, told apart.

use super::{Attribute, Field, is_punct, kinds_among, out_of_group, ty::Angles};
use proc_macro2::{Group, Ident, Spacing, TokenTree};
use std::vec::IntoIter;

/// Reads one field after the other.
pub(super) struct Reader {
    tokens: IntoIter<TokenTree>,
    /// What was read, without the attributes that are kinds.
    pub(super) kept: Vec<TokenTree>,
    /// Something is not written as fields are.
    pub(super) is_garbled: bool,
}

impl Reader {
    pub(super) fn new(braces: &Group) -> Self {
        let tokens: Vec<TokenTree> = braces.stream().into_iter().collect();
        Self { tokens: tokens.into_iter(), kept: Vec::new(), is_garbled: false }
    }

    fn attributes(&mut self) -> Vec<Attribute> {
        let attributes = Attribute::all(&mut self.tokens);
        let tells_kind = kinds_among(&attributes);
        let others = attributes.iter().filter(|attribute| !attribute.is_kind(tells_kind));
        self.kept.extend(others.flat_map(Attribute::trees));
        attributes
    }

    /// The word before the colon; only a visibility stands before it.
    fn name(&mut self) -> Option<Ident> {
        let mut name: Option<Ident> = None;
        for token in self.tokens.by_ref() {
            let is_end = is_punct(&token, ':');
            if let TokenTree::Ident(word) = &token {
                self.is_garbled |= name.is_some_and(|before| before != "pub");
                name = Some(word.clone());
            }
            self.kept.push(token);
            if is_end {
                break;
            }
        }
        self.is_garbled |= name.as_ref().is_none_or(is_reserved);
        name
    }

    /// What stands before the comma.
    fn ty(&mut self) -> Vec<TokenTree> {
        let (mut angles, mut ty, mut after_colon) = (Angles::default(), Vec::new(), false);
        for token in self.tokens.by_ref() {
            self.kept.push(token.clone());
            let is_outside = angles.all_closed_after(&token);
            if is_outside && is_punct(&token, ',') {
                break;
            }
            self.is_garbled |= is_outside && ends_a_type(&token, after_colon);
            after_colon = is_punct(&token, ':');
            ty.push(token);
        }
        self.is_garbled |= ty.is_empty();
        out_of_group(ty)
    }
}

impl Iterator for Reader {
    type Item = Field;

    /// What has no name ends the fields, as nothing of it is known.
    fn next(&mut self) -> Option<Field> {
        if self.tokens.as_slice().is_empty() {
            return None;
        }
        let attributes = self.attributes();
        let (name, ty) = (self.name(), self.ty());
        Some(Field::new(attributes, name?, ty))
    }
}

/// Whether no type goes on with the token, as where a comma was forgotten between two fields.
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

/// Whether the word can name no field, in any edition of Rust.
fn is_reserved(word: &Ident) -> bool {
    const WORDS: [&str; 48] = [
        "_", "abstract", "as", "become", "box", "break", "const", "continue", "crate", "do", "else", "enum", "extern",
        "false", "final", "fn", "for", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut",
        "override", "priv", "pub", "ref", "return", "self", "Self", "static", "struct", "super", "trait", "true",
        "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    WORDS.contains(&word.to_string().as_str())
}
