//! The attribute as users write it: on a struct it declares, on anything else it says what is wrong.
//!
//! Whatever is wrong, the item stays, without the field attributes: no derive could own `#[path]`, which is built in
//! (E0659). Only a derive, though, sees a struct as the configuration leaves it. So one that has `#[cfg]` or `#[cfg_attr]`
//! in it is handed over to a hidden derive, its field attributes renamed; to go that way with all would be two thirds more work.

use crate::{
    declare,
    item::{Attribute, HELPER, Item, OPERATION, TellsKind, is_punct, kinds_among, out_of_group},
};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{TokenStreamExt, quote, quote_spanned};
use syn::GenericParam;

/// What becomes of the attribute and the item under it.
pub(crate) fn apply(arguments: &TokenStream, item: TokenStream) -> TokenStream {
    let mut tokens = item.into_iter().collect::<Vec<_>>().into_iter();
    let (mut output, mut attributes) = (TokenStream::new(), Vec::new());
    while let Some(attribute) = Attribute::next(&mut tokens) {
        if attribute.is_called("stackone_operation") {
            output.extend(repetition(&attribute));
        } else {
            attributes.push(attribute);
        }
    }
    let tokens: Vec<TokenTree> = tokens.collect();
    match keyword(&tokens) {
        Some((keyword, _)) if keyword == "struct" => match Item::read(&tokens) {
            // Of what is not there nothing is wrong.
            read if attributes.iter().any(Attribute::is_condition) || read.as_ref().is_ok_and(is_conditional) => {
                output.extend(hand_over(arguments));
                output.append_all(attributes);
                output.append_all(rename(tokens));
            }
            // Wherever the compiler has lost its way, a kind must not be an attribute that it does not know.
            Ok(item) if item.is_garbled => {
                output.append_all(attributes);
                output.append_all(strip_kinds(tokens, "struct"));
            }
            Ok(item) => {
                output.append_all(attributes);
                output.append_all(&item.without_kinds);
                declare(&item, arguments, &mut output);
            }
            Err(error) => {
                output.extend(error.into_compile_error());
                output.append_all(attributes);
                output.append_all(strip_kinds(tokens, "struct"));
            }
        },
        other => {
            let (what, span) = other.unwrap_or_else(|| ("item".to_owned(), Span::call_site()));
            output.extend(no_struct(&what, span));
            output.append_all(attributes);
            output.append_all(strip_kinds(tokens, &what));
        }
    }
    output
}

/// The attribute is there twice, and each would declare an operation.
fn repetition(attribute: &Attribute) -> TokenStream {
    let message = "`#[stackone_operation]` is there twice, and a struct declares one operation: take one out";
    quote_spanned!(attribute.span()=> ::core::compile_error!(#message);)
}

fn no_struct(what: &str, span: Span) -> TokenStream {
    let message = format!(
        "`#[stackone_operation]` declares a request as a struct with named fields, and this is {} `{what}`",
        if what.starts_with(['a', 'e', 'i']) { "an" } else { "a" },
    );
    quote_spanned!(span=> ::core::compile_error!(#message);)
}

/// The word that says what the item is.
fn keyword(item: &[TokenTree]) -> Option<(String, Span)> {
    const WORDS: [&str; 12] =
        ["struct", "enum", "union", "fn", "trait", "impl", "mod", "type", "const", "static", "use", "macro_rules"];
    item.iter().find_map(|token| match token {
        TokenTree::Ident(ident) => {
            let word = ident.to_string();
            WORDS.contains(&word.as_str()).then(|| (word, ident.span()))
        }
        _ => None,
    })
}

/// Whether something in the struct may be there or not. What is before a parameter of its own is hardly ever anything else
/// than a condition.
fn is_conditional(item: &Item) -> bool {
    let mut of_fields = item.fields.iter().flat_map(|field| &field.attributes);
    let of_parameters = item.generics.params.iter().any(|parameter| match parameter {
        GenericParam::Lifetime(parameter) => !parameter.attrs.is_empty(),
        GenericParam::Type(parameter) => !parameter.attrs.is_empty(),
        GenericParam::Const(parameter) => !parameter.attrs.is_empty(),
    });
    of_parameters || of_fields.any(Attribute::is_condition)
}

/// What hands the struct below to the derive.
fn hand_over(arguments: &TokenStream) -> TokenStream {
    let krate = crate_path(arguments).unwrap_or_else(|| quote!(::stackone));
    let operation = Ident::new(OPERATION, Span::call_site());
    quote!(#[derive(#krate::__private::Operation)] #[#operation(#arguments)])
}

/// The path after `crate =`, which says where the derive is.
fn crate_path(arguments: &TokenStream) -> Option<TokenStream> {
    let mut tokens = arguments.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let equals = tokens.peek().is_some_and(|next| is_punct(next, '='));
        if matches!(&token, TokenTree::Ident(ident) if ident == "crate") && equals {
            let path = tokens.skip(1).take_while(|token| !is_punct(token, ','));
            return Some(path.collect()).filter(is_path);
        }
    }
    None
}

/// Whether the tokens can stand before `::__private`; what cannot is reported by the derive, found at the default.
fn is_path(tokens: &TokenStream) -> bool {
    syn::parse::Parser::parse2(syn::Path::parse_mod_style, tokens.clone()).is_ok()
}

/// Renames the field attributes of a struct's fields, which stand directly in its braces.
fn rename(tokens: Vec<TokenTree>) -> impl Iterator<Item = TokenTree> {
    in_fields(tokens, |attribute, tells_kind| Some(changed(attribute, tells_kind, helper)))
}

/// Takes the field attributes out of an item that cannot have them, so that they are no errors of their own.
fn strip_kinds(tokens: Vec<TokenTree>, what: &str) -> Vec<TokenTree> {
    // Under a condition nothing can stand in its place but an attribute that does nothing.
    let remove = |attribute: Attribute, tells_kind: TellsKind| {
        (!attribute.is_kind(tells_kind)).then(|| changed(attribute, tells_kind, |_| quote!(allow())))
    };
    match what {
        "struct" | "union" | "fn" => in_fields(tokens, remove).collect(),
        // And one level further down: the fields of its variants.
        "enum" => {
            let variants = |group: &Group| in_fields(group.stream().into_iter().collect(), remove).collect();
            in_groups(in_fields(tokens, remove).collect(), variants).collect()
        }
        _ => tokens,
    }
}

/// The attribute, with `change` made to what [`with_kinds`] finds in it.
fn changed(attribute: Attribute, tells_kind: TellsKind, change: fn(&[TokenTree]) -> TokenStream) -> Attribute {
    match with_kinds(&attribute.content, tells_kind, change) {
        Some(content) => attribute.with(content),
        None => attribute,
    }
}

/// The content of an attribute with `change` made to it if it is a field attribute, or to those that it gives under a
/// condition. `None` if there can be none.
fn with_kinds(
    content: &[TokenTree],
    tells_kind: TellsKind,
    change: fn(&[TokenTree]) -> TokenStream,
) -> Option<TokenStream> {
    let Some(TokenTree::Ident(name)) = content.first() else { return None };
    let word = name.to_string();
    if tells_kind(&word, content) {
        return Some(change(content));
    }
    let [name, TokenTree::Group(conditional)] = content else { return None };
    (word == "cfg_attr").then(|| {
        let content = with_conditional_kinds(conditional.stream(), tells_kind, change);
        let mut group = Group::new(conditional.delimiter(), content);
        group.set_span(conditional.span());
        [name.clone(), group.into()].into_iter().collect()
    })
}

/// The same for what is in a `cfg_attr`: the condition, and the attributes after it.
fn with_conditional_kinds(
    content: TokenStream,
    tells_kind: TellsKind,
    change: fn(&[TokenTree]) -> TokenStream,
) -> TokenStream {
    let tokens: Vec<TokenTree> = content.into_iter().collect();
    let is_comma = |token: &TokenTree| is_punct(token, ',');
    let mut output = TokenStream::new();
    for (index, part) in tokens.split_inclusive(is_comma).enumerate() {
        let (content, comma) = match part.split_last() {
            Some((last, before)) if is_comma(last) => (before, Some(last)),
            _ => (part, None),
        };
        match with_kinds(&out_of_group(content.to_vec()), tells_kind, change).filter(|_| index > 0) {
            Some(changed) => output.extend(changed),
            None => output.append_all(content),
        }
        output.append_all(comma);
    }
    output
}

/// `path("x")` as `__stackone(path("x"))`, in which any tokens may be.
fn helper(content: &[TokenTree]) -> TokenStream {
    let span = content.first().map_or_else(Span::call_site, TokenTree::span);
    let helper = Ident::new(HELPER, span);
    quote_spanned!(span=> #helper(#(#content)*))
}

/// Puts each attribute of the item's fields through `change`, with what tells the kinds of its field.
fn in_fields(
    tokens: Vec<TokenTree>,
    change: impl Fn(Attribute, TellsKind) -> Option<Attribute>,
) -> impl Iterator<Item = TokenTree> {
    in_groups(tokens, move |group| {
        let mut tokens = group.stream().into_iter().collect::<Vec<_>>().into_iter();
        let mut changed = TokenStream::new();
        while !tokens.as_slice().is_empty() {
            let attributes = Attribute::all(&mut tokens);
            let tells_kind = kinds_among(&attributes);
            changed.append_all(attributes.into_iter().filter_map(|attribute| change(attribute, tells_kind)));
            changed.append_all(tokens.next());
        }
        changed
    })
}

/// Puts what is in braces or parentheses through `change`.
fn in_groups(tokens: Vec<TokenTree>, change: impl Fn(&Group) -> TokenStream) -> impl Iterator<Item = TokenTree> {
    tokens.into_iter().map(move |token| match token {
        TokenTree::Group(group) if matches!(group.delimiter(), Delimiter::Brace | Delimiter::Parenthesis) => {
            let mut changed = Group::new(group.delimiter(), change(&group));
            changed.set_span(group.span());
            changed.into()
        }
        token => token,
    })
}
