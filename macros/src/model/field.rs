//! One field: its name, its type and its kind.

use super::kind::Kind;
use crate::{
    Mistakes,
    attribute::{KINDS, meant_kind},
};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    Attribute, GenericArgument, Lit, LitStr, Meta, MetaList, PathArguments, Type, ext::IdentExt, spanned::Spanned,
};

pub(crate) struct Field<'a> {
    pub(crate) name: &'a Ident,
    /// The name without `r#`.
    pub(crate) word: String,
    pub(crate) ty: &'a Type,
    /// The `T` of an `Option<T>`.
    pub(crate) optional: Option<&'a Type>,
    pub(crate) kind: Kind,
    /// The name on the wire, if one is given.
    pub(crate) wire: Option<LitStr>,
    /// Its setter would be another method of the builder, which is a mistake; it is put out of the way.
    pub(crate) hidden: bool,
    /// What the setter takes over: docs and deprecation.
    pub(crate) attributes: Vec<&'a Attribute>,
}

impl<'a> Field<'a> {
    /// Reads the fields. The second of two with one name is the compiler's to report, and is left out.
    pub(crate) fn read_all(fields: Vec<&'a syn::Field>, mistakes: &mut Mistakes) -> Vec<Self> {
        let mut read: Vec<Self> = Vec::new();
        for field in fields {
            let Some(name) = &field.ident else { continue };
            let word = name.unraw().to_string();
            if read.iter().all(|other| other.word != word) {
                read.push(Self::read(field, name, word, mistakes));
            }
        }
        for index in 0..read.len() {
            let word = &read[index].word;
            let is_setter_of = |name: &str| read.iter().any(|field| field.optional.is_some() && field.word == name);
            read[index].hidden = word == "build" || word.strip_prefix("maybe_").is_some_and(is_setter_of);
        }
        read
    }

    fn read(field: &'a syn::Field, name: &'a Ident, word: String, mistakes: &mut Mistakes) -> Self {
        let optional = option_inner(&field.ty);
        let kinds = kinds(field, mistakes);
        let mut wire = None;
        let kind = if let Some(first) = kinds.first() {
            if let ("path", Some(_)) = (path_word(first).as_str(), optional) {
                mistakes.at(
                    &field.ty,
                    "a path value is always there: take the `Option` off, or declare a second operation without the segment",
                );
            }
            Kind::read(&path_word(first), first.tokens.clone(), (name, &word), &mut wire, mistakes)
        } else {
            let message = format!("`{name}` goes nowhere: mark it `#[path]`, `#[header]`, `#[query]` or `#[body]`");
            mistakes.at(name, message);
            Kind::Unknown
        };
        for again in kinds.iter().skip(1) {
            let (word, first) = (path_word(again), path_word(&kinds[0]));
            let message = if word == first {
                format!("`#[{word}]` is there twice: keep one")
            } else {
                format!("`{name}` is already `#[{first}]`: a value goes to one place, so keep one of the two")
            };
            mistakes.at(&again.path, message);
        }
        let taken_over =
            |attribute: &&Attribute| attribute.path().is_ident("doc") || attribute.path().is_ident("deprecated");
        let attributes = field.attrs.iter().filter(taken_over).collect();
        Self { name, word, ty: &field.ty, optional, kind, wire, hidden: false, attributes }
    }

    /// Whether a field can have the type; one of those without a size is reported.
    pub(crate) fn has_type_of_a_field(&self, mistakes: &mut Mistakes) -> bool {
        let (written, owned) = match self.optional.unwrap_or(self.ty) {
            Type::Slice(_) => ("a slice", "`Vec<...>`"),
            // The compiler reports it, and would do so at each use of the type.
            Type::ImplTrait(_) => return false,
            Type::TraitObject(_) => ("a `dyn` type", "`Box<dyn ...>`"),
            Type::Path(path) if path.path.is_ident("str") => ("`str`", "`String`"),
            _ => return true,
        };
        mistakes.at(
            self.ty,
            format!("{written} has no size of its own: write {owned}, or `&'a` before it in a request that borrows"),
        );
        false
    }

    /// What says the name on the wire: the string, or else the field itself.
    pub(crate) fn named_at(&self) -> TokenStream {
        self.wire.as_ref().map_or_else(|| self.name.to_token_stream(), ToTokens::to_token_stream)
    }
}

fn path_word(list: &MetaList) -> String {
    list.path.get_ident().map(ToString::to_string).unwrap_or_default()
}

/// The field's kinds, which the attribute renamed, as `path(...)`.
fn kinds(field: &syn::Field, mistakes: &mut Mistakes) -> Vec<MetaList> {
    let mut kinds = Vec::new();
    for attribute in &field.attrs {
        let Some(helper) = attribute.path().get_ident() else { continue };
        let word = helper.to_string();
        let renamed = word.strip_prefix("__stackone_");
        if let Some(kind) = KINDS.into_iter().find(|kind| renamed == Some(kind)) {
            let tokens = match &attribute.meta {
                Meta::List(list) => list.tokens.clone(),
                Meta::Path(_) | Meta::NameValue(_) => TokenStream::new(),
            };
            kinds.push(kind_at(Ident::new(kind, helper.span()).into(), tokens));
            continue;
        }
        let Meta::List(list) = &attribute.meta else { continue };
        if word != "__stackone" {
            continue;
        }
        let (path, tokens) = match syn::parse2::<Meta>(list.tokens.clone()) {
            Ok(Meta::Path(path)) => (path, TokenStream::new()),
            Ok(Meta::List(list)) => (list.path, list.tokens),
            Ok(Meta::NameValue(pair)) => {
                let value = match &pair.value {
                    syn::Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) => text.clone(),
                    other => LitStr::new(&other.to_token_stream().to_string().replace(' ', ""), other.span()),
                };
                let (word, name) = (pair.path.to_token_stream(), value.value());
                if pair.path.is_ident("body") {
                    let message = format!("what `#[body]` takes has its key: write `#[body(content_type = {name:?})]`");
                    mistakes.at(&pair, message);
                    (pair.path, quote!(content_type = #value))
                } else {
                    mistakes.at(&pair, format!("the name goes in parentheses: write `#[{word}({name:?})]`"));
                    (pair.path, value.into_token_stream())
                }
            }
            Err(_) => {
                let Some((path, rest)) = without_parentheses(&list.tokens, mistakes) else { continue };
                (path, rest)
            }
        };
        kinds.push(kind_at(known_kind(path, mistakes), tokens));
    }
    kinds
}

fn kind_at(path: syn::Path, tokens: TokenStream) -> MetaList {
    MetaList { path, delimiter: syn::MacroDelimiter::Paren(syn::token::Paren::default()), tokens }
}

/// The kind and its options where these just follow it, as in `#[query flatten]`.
fn without_parentheses(tokens: &TokenStream, mistakes: &mut Mistakes) -> Option<(syn::Path, TokenStream)> {
    let mut rest = tokens.clone().into_iter();
    let Some(TokenTree::Ident(word)) = rest.next() else { return None };
    let is_separator =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ':'));
    let options: TokenStream = rest.skip_while(is_separator).collect();
    mistakes.at(tokens, format!("what `#[{word}]` takes goes in parentheses: write `#[{word}({options})]`"));
    Some((word.into(), options))
}

/// The kind, or the one that was meant by a word near it.
fn known_kind(path: syn::Path, mistakes: &mut Mistakes) -> syn::Path {
    let word = path.get_ident().map(ToString::to_string).unwrap_or_default();
    match meant_kind(&word).filter(|_| !KINDS.contains(&word.as_str())) {
        Some(meant) => {
            mistakes.at(&path, format!("`#[{word}]` is no kind of field; did you mean `#[{meant}]`?"));
            Ident::new(meant, path.span()).into()
        }
        None => path,
    }
}

/// The `T` of a type written as `Option<T>`, also by way of a macro's `$ty:ty`, which comes as a group.
fn option_inner(ty: &Type) -> Option<&Type> {
    let path = match ty {
        Type::Path(path) => path,
        Type::Group(group) => return option_inner(&group.elem),
        _ => return None,
    };
    let last = path.path.segments.last().filter(|last| last.ident == "Option" && path.qself.is_none())?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) if arguments.args.len() == 1 => match arguments.args.first() {
            Some(GenericArgument::Type(inner)) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}
