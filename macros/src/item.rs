//! The struct under the attribute, taken apart.
//!
//! The compiler has parsed it before, so that its fields need only be told apart: to parse each type once more was a third
//! of the attribute's work.

mod attribute;
mod fields;
mod lifetimes;
mod own_type;
mod ty;

pub(crate) use attribute::{Attribute, HELPER, KINDS, OPERATION, TellsKind, kinds_among, meant_kind};
pub(crate) use ty::Type;

use fields::Reader;
use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    Error, Generics, Result,
    parse::{ParseStream, Parser},
};
use ty::Angles;

const NAMED_FIELDS: &str = "`#[stackone_operation]` declares a request as a struct with named fields: write `struct Name { field: Type }`, or `struct Name;` for none";

/// A struct with named fields, or with none.
pub(crate) struct Item {
    pub(crate) visibility: Vec<TokenTree>,
    pub(crate) name: Ident,
    pub(crate) generics: Generics,
    pub(crate) fields: Vec<Field>,
    /// The tokens that it was read from, without the attributes that are kinds.
    pub(crate) without_kinds: Vec<TokenTree>,
    /// Its fields are not written as fields are. The compiler has said so, and guesses at what was meant.
    pub(crate) is_garbled: bool,
}

/// One field as it is written.
pub(crate) struct Field {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) name: Ident,
    ty: Vec<TokenTree>,
    text_of_ty: String,
}

impl Item {
    /// Reads what follows the attributes of a struct.
    pub(crate) fn read(tokens: &[TokenTree]) -> Result<Self> {
        let no_struct = || Error::new_spanned(tokens.iter().cloned().collect::<TokenStream>(), NAMED_FIELDS);
        let keyword = tokens.iter().position(|token| is_word(token, "struct")).ok_or_else(no_struct)?;
        let (visibility, rest) = tokens.split_at(keyword);
        let [_, TokenTree::Ident(name), rest @ ..] = rest else { return Err(no_struct()) };
        let (generics, braces) = generics_and_fields(rest)?;
        let generics = read_generics(generics)?;
        let mut without_kinds = tokens.to_vec();
        let (mut fields, mut is_garbled) = (Vec::new(), false);
        if let (Some(braces), Some(last)) = (braces, without_kinds.last_mut()) {
            let mut reader = Reader::new(braces);
            fields.extend(&mut reader);
            is_garbled = reader.is_garbled;
            let mut kept = Group::new(Delimiter::Brace, reader.kept.into_iter().collect());
            kept.set_span(braces.span());
            *last = kept.into();
        }
        rewrite(&mut fields, name, &generics);
        Ok(Self { visibility: visibility.to_vec(), name: name.clone(), generics, fields, without_kinds, is_garbled })
    }

    /// Whether the compiler refuses the struct itself. What is made from it would be refused again, in more words.
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
        Self { attributes, name, text_of_ty: ty::text(&ty), ty }
    }

    pub(crate) fn ty(&self) -> Type<'_> {
        Type::new(&self.ty, &self.text_of_ty)
    }

    fn set_ty(&mut self, ty: Vec<TokenTree>) {
        self.text_of_ty = ty::text(&ty);
        self.ty = ty;
    }
}

/// Takes apart what stands after the name.
fn generics_and_fields(tokens: &[TokenTree]) -> Result<(&[TokenTree], Option<&Group>)> {
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
            return Err(Error::new_spanned(group, NAMED_FIELDS));
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

/// Makes the types mean outside of the struct what they mean in it.
fn rewrite(fields: &mut [Field], name: &Ident, generics: &Generics) {
    let mut fields = fields.iter_mut().filter(|field| field.ty().may_mean_another_elsewhere()).peekable();
    if fields.peek().is_none() {
        return;
    }
    let (_, arguments, _) = generics.split_for_impl();
    let own = quote!(#name #arguments);
    let declared: Vec<String> = generics.lifetimes().map(|parameter| parameter.lifetime.ident.to_string()).collect();
    for field in fields {
        let tokens = lifetimes::fill_in(field.ty().to_token_stream(), &declared);
        field.set_ty(own_type::name(tokens, &own).into_iter().collect());
    }
}

/// The tokens, out of the invisible group in which a `macro_rules` passes on what it has parsed.
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
