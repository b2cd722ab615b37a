//! One field: its name, its type and its kind.

use super::kind::Kind;
use crate::{
    Mistakes,
    item::{self, Attribute, HELPER, KINDS, Type, is_punct, kinds_among, meant_kind},
};
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Lit, LitStr, Meta, ext::IdentExt, spanned::Spanned};

pub(crate) struct Field<'a> {
    pub(crate) name: &'a Ident,
    /// The name without `r#`.
    pub(crate) word: String,
    pub(crate) ty: Type<'a>,
    /// The `T` of an `Option<T>`.
    pub(crate) optional: Option<Type<'a>>,
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
    pub(crate) fn read_all(fields: &'a [item::Field], mistakes: &mut Mistakes) -> Vec<Self> {
        let mut read: Vec<Self> = Vec::new();
        for field in fields {
            let word = field.name.unraw().to_string();
            if read.iter().all(|other| other.word != word) {
                read.push(Self::read(field, word, mistakes));
            }
        }
        for index in 0..read.len() {
            let word = &read[index].word;
            let is_setter_of = |name: &str| read.iter().any(|field| field.optional.is_some() && field.word == name);
            read[index].hidden = word == "build" || word.strip_prefix("maybe_").is_some_and(is_setter_of);
        }
        read
    }

    fn read(field: &'a item::Field, word: String, mistakes: &mut Mistakes) -> Self {
        let (name, ty) = (&field.name, field.ty());
        let optional = ty.of_option();
        let kinds = kinds(field, mistakes);
        let mut wire = None;
        let kind = if let Some(first) = kinds.first() {
            if let ("path", Some(_)) = (first.word.as_str(), optional) {
                mistakes.at(
                    ty,
                    "a path value is always there: take the `Option` off, or declare a second operation without the segment",
                );
            }
            Kind::read(&first.word, first.options.clone(), (name, &word), &mut wire, mistakes)
        } else {
            let message = format!("`{name}` goes nowhere: mark it `#[path]`, `#[header]`, `#[query]` or `#[body]`");
            mistakes.at(name, message);
            Kind::Unknown
        };
        for again in kinds.iter().skip(1) {
            let (word, first) = (&again.word, &kinds[0].word);
            let message = if word == first {
                format!("`#[{word}]` is there twice: keep one")
            } else {
                format!("`{name}` is already `#[{first}]`: a value goes to one place, so keep one of the two")
            };
            mistakes.at(&again.kind, message);
        }
        let attributes =
            field.attributes.iter().filter(|attribute| matches!(attribute.word.as_str(), "doc" | "deprecated"));
        Self { name, word, ty, optional, kind, wire, hidden: false, attributes: attributes.collect() }
    }

    /// Whether a field can have the type; one of those without a size is reported.
    pub(crate) fn has_type_of_a_field(&self, mistakes: &mut Mistakes) -> bool {
        let ty = self.optional.unwrap_or(self.ty);
        let (written, owned) = match ty.text() {
            // The compiler reports it, and would do so at each use of the type.
            _ if ty.begins_with("impl") => return false,
            _ if ty.begins_with("dyn") => ("a `dyn` type", "`Box<dyn ...>`"),
            "str" => ("`str`", "`String`"),
            _ if ty.is_slice() => ("a slice", "`Vec<...>`"),
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

/// A kind as it is written.
struct Given {
    kind: Ident,
    word: String,
    options: TokenStream,
}

/// The field's kinds.
fn kinds(field: &item::Field, mistakes: &mut Mistakes) -> Vec<Given> {
    let tells_kind = kinds_among(&field.attributes);
    let kinds = field.attributes.iter().filter(|attribute| attribute.is_kind(tells_kind));
    kinds
        .filter_map(|attribute| match attribute.held(HELPER) {
            Some(held) => kind(&held.into_iter().collect::<Vec<_>>(), mistakes),
            None => kind(&attribute.content, mistakes),
        })
        .collect()
}

fn kind(content: &[TokenTree], mistakes: &mut Mistakes) -> Option<Given> {
    let [TokenTree::Ident(kind), options @ ..] = content else { return None };
    let (kind, word) = known_kind(kind, mistakes);
    let options = match options {
        [] => TokenStream::new(),
        [TokenTree::Group(options)] if options.delimiter() == Delimiter::Parenthesis => options.stream(),
        _ => slip_of_options(content, &word, mistakes),
    };
    Some(Given { kind, word, options })
}

/// What a kind takes where that is not in parentheses, as in `#[path = "id"]` or `#[query flatten]`.
fn slip_of_options(content: &[TokenTree], kind: &str, mistakes: &mut Mistakes) -> TokenStream {
    let content: TokenStream = content.iter().cloned().collect();
    match syn::parse2::<Meta>(content.clone()) {
        Ok(Meta::List(list)) => list.tokens,
        Ok(Meta::NameValue(pair)) => {
            let value = match &pair.value {
                syn::Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) => text.clone(),
                other => LitStr::new(&other.to_token_stream().to_string().replace(' ', ""), other.span()),
            };
            let name = value.value();
            if kind == "body" {
                let message = format!("what `#[body]` takes has its key: write `#[body(content_type = {name:?})]`");
                mistakes.at(&pair, message);
                quote!(content_type = #value)
            } else {
                mistakes.at(&pair, format!("the name goes in parentheses: write `#[{kind}({name:?})]`"));
                value.into_token_stream()
            }
        }
        Ok(Meta::Path(_)) | Err(_) => {
            let is_separator = |token: &TokenTree| is_punct(token, ',') || is_punct(token, ':');
            let options: TokenStream = content.clone().into_iter().skip(1).skip_while(is_separator).collect();
            mistakes.at(content, format!("what `#[{kind}]` takes goes in parentheses: write `#[{kind}({options})]`"));
            options
        }
    }
}

/// The kind, or the one that was meant by a word near it.
fn known_kind(kind: &Ident, mistakes: &mut Mistakes) -> (Ident, String) {
    let word = kind.to_string();
    match meant_kind(&word).filter(|_| !KINDS.contains(&word.as_str())) {
        Some(meant) => {
            mistakes.at(kind, format!("`#[{word}]` is no kind of field; did you mean `#[{meant}]`?"));
            (Ident::new(meant, kind.span()), meant.to_owned())
        }
        None => (kind.clone(), word),
    }
}
