//! The struct under the attribute.
//!
//! The compiler has parsed it already, so that its fields only have to be split. Parsing the types again took a third of
//! the attribute's work.

mod attribute;
mod field_reader;
mod field_type;
mod self_type;
mod serde_names;

pub(crate) use attribute::{Attribute, FieldAttribute, HELPER, IsFieldAttribute, OPERATION, field_attribute_test};
pub(crate) use field_type::FieldType;
pub(crate) use serde_names::{SerdeName, rule as serde_rule};

use field_reader::FieldReader;
use field_type::Angles;
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    Error, Generics, Result,
    parse::{ParseStream, Parser},
};

/// What a struct under one of the two attributes declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Operation,
    /// Parameters that several operations share.
    Parameters,
}

impl Kind {
    fn needs_named_fields(self) -> &'static str {
        match self {
            Self::Operation => {
                "`#[stackone_operation]` declares a request as a struct with named fields: write `struct Name { field: Type }`, or `struct Name;` for none"
            }
            Self::Parameters => {
                "`#[stackone_parameters]` declares parameters as a struct with named fields: write `struct Name { #[header] field: Type }`"
            }
        }
    }

    /// The attributes that a field can have, in a message.
    pub(crate) fn field_attributes(self) -> &'static str {
        match self {
            Self::Operation => {
                "`#[path]`, `#[header]`, `#[query]`, `#[cookie]`, `#[body]`, `#[part]` or `#[parameters]`"
            }
            Self::Parameters => "`#[header]`, `#[query]` or `#[cookie]`",
        }
    }
}

/// A struct with named fields, or with none.
pub(crate) struct Item {
    pub(crate) visibility: Vec<TokenTree>,
    pub(crate) name: Ident,
    pub(crate) generics: Generics,
    pub(crate) fields: Vec<Field>,
    /// The tokens of the struct without the field attributes.
    pub(crate) without_field_attributes: Vec<TokenTree>,
    /// Whether the fields are malformed. The compiler has reported it.
    pub(crate) is_malformed: bool,
}

/// One field.
pub(crate) struct Field {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) name: Ident,
    ty: Vec<TokenTree>,
    text_of_ty: String,
}

impl Item {
    /// Reads the tokens after the attributes of a struct.
    pub(crate) fn read(tokens: &[TokenTree], kind: Kind) -> Result<Self> {
        let message = kind.needs_named_fields();
        let not_a_struct = || Error::new_spanned(tokens.iter().cloned().collect::<TokenStream>(), message);
        let keyword = tokens.iter().position(|token| is_word(token, "struct")).ok_or_else(not_a_struct)?;
        let (visibility, rest) = tokens.split_at(keyword);
        let [_, TokenTree::Ident(name), rest @ ..] = rest else { return Err(not_a_struct()) };
        let (generics, braces) = generics_and_fields(rest, message)?;
        let generics = read_generics(generics)?;
        let mut without_field_attributes = tokens.to_vec();
        let (mut fields, mut is_malformed) = (Vec::new(), false);
        if let (Some(braces), Some(last)) = (braces, without_field_attributes.last_mut()) {
            let mut reader = FieldReader::new(braces);
            fields.extend(&mut reader);
            is_malformed = reader.is_malformed;
            let mut kept = Group::new(Delimiter::Brace, reader.kept.into_iter().collect());
            kept.set_span(braces.span());
            *last = kept.into();
        }
        name_self_type(&mut fields, name, &generics);
        let (visibility, name) = (visibility.to_vec(), name.clone());
        Ok(Self { visibility, name, generics, fields, without_field_attributes, is_malformed })
    }

    /// Whether the compiler refuses the struct itself. It would refuse the generated code too, with further errors.
    pub(crate) fn is_refused(&self) -> bool {
        let is_in_a_type = |name: &Ident| self.fields.iter().any(|field| has_word(&field.ty, name));
        let is_another = |(index, field): (usize, &Field)| {
            let earlier = self.fields[..index].iter().find(|earlier| earlier.name == field.name);
            earlier.is_some_and(|earlier| earlier.text_of_ty != field.text_of_ty)
        };
        !self.generics.type_params().all(|parameter| is_in_a_type(&parameter.ident))
            || self.fields.iter().enumerate().any(is_another)
    }
}

impl Field {
    fn new(attributes: Vec<Attribute>, name: Ident, ty: Vec<TokenTree>) -> Self {
        Self { attributes, name, text_of_ty: field_type::text(&ty), ty }
    }

    pub(crate) fn ty(&self) -> FieldType<'_> {
        FieldType::new(&self.ty, &self.text_of_ty)
    }

    fn set_ty(&mut self, ty: Vec<TokenTree>) {
        self.text_of_ty = field_type::text(&ty);
        self.ty = ty;
    }
}

/// Splits the tokens after the name. `message` is the error for fields without names.
fn generics_and_fields<'a>(tokens: &'a [TokenTree], message: &str) -> Result<(&'a [TokenTree], Option<&'a Group>)> {
    let (generics, braces) = match tokens {
        [generics @ .., TokenTree::Group(braces)] if braces.delimiter() == Delimiter::Brace => (generics, Some(braces)),
        [generics @ .., end] if is_punct(end, ';') => (generics, None),
        all => (all, None),
    };
    let mut angles = Angles::default();
    for token in generics.iter().take_while(|token| !is_word(token, "where")) {
        let is_outside = angles.all_closed_after(token);
        if let TokenTree::Group(group) = token
            && is_outside
            && group.delimiter() == Delimiter::Parenthesis
        {
            return Err(Error::new_spanned(group, message));
        }
    }
    Ok((generics, braces))
}

fn read_generics(tokens: &[TokenTree]) -> Result<Generics> {
    if tokens.is_empty() {
        return Ok(Generics::default());
    }
    let parser = |input: ParseStream<'_>| {
        let mut generics: Generics = input.parse()?;
        generics.where_clause = input.parse()?;
        Ok(generics)
    };
    parser.parse2(tokens.iter().cloned().collect())
}

fn has_word(tokens: &[TokenTree], name: &Ident) -> bool {
    tokens.iter().any(|token| match token {
        TokenTree::Ident(word) => word == name,
        TokenTree::Group(group) => has_word(&group.stream().into_iter().collect::<Vec<_>>(), name),
        _ => false,
    })
}

/// Replaces `Self` in the types of the fields, because it means another type in the builder.
fn name_self_type(fields: &mut [Field], name: &Ident, generics: &Generics) {
    let (_, arguments, _) = generics.split_for_impl();
    let name = generated(name);
    for field in fields.iter_mut().filter(|field| field.ty().may_contain_self()) {
        let tokens = self_type::replace(field.ty().to_token_stream(), &quote!(#name #arguments));
        field.set_ty(tokens.into_iter().collect());
    }
}

/// The identifier as generated code, at its own place. Most lints skip generated code, and that of a derive may use deprecated
/// items. It has the edition of this crate, in which more words are keywords.
pub(crate) fn generated(ident: &Ident) -> Ident {
    const LATER_KEYWORDS: [&str; 5] = ["async", "await", "dyn", "gen", "try"];
    let span = ident.span().resolved_at(Span::call_site());
    let word = ident.to_string();
    if LATER_KEYWORDS.contains(&word.as_str()) {
        return Ident::new_raw(&word, span);
    }
    let mut ident = ident.clone();
    ident.set_span(span);
    ident
}

/// The tokens inside the invisible group in which a `macro_rules` passes on a fragment.
pub(crate) fn out_of_group(tokens: Vec<TokenTree>) -> Vec<TokenTree> {
    match &tokens[..] {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::None => {
            out_of_group(group.stream().into_iter().collect())
        }
        _ => tokens,
    }
}

pub(crate) fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}
