//! The attribute on an item. A struct is declared, and every other item is an error.
//!
//! The item is always kept, without the field attributes: `#[path]` is a built-in attribute, so that a derive cannot own it
//! (E0659). But only a derive sees a struct after `#[cfg]` and `#[cfg_attr]` are applied. Hence a struct with conditions
//! goes through a hidden derive, with renamed field attributes. For every struct this way would take two thirds more work.

use crate::{
    declare,
    item::{Attribute, HELPER, IsFieldAttribute, Item, Kind, OPERATION, field_attribute_test, is_punct, out_of_group},
};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{TokenStreamExt, quote, quote_spanned};
use syn::GenericParam;

/// Expands the attribute on an item.
pub(crate) fn apply(arguments: &TokenStream, item: TokenStream) -> TokenStream {
    let mut tokens = item.into_iter().collect::<Vec<_>>().into_iter();
    let (mut output, mut attributes) = (TokenStream::new(), Vec::new());
    while let Some(attribute) = Attribute::next(&mut tokens) {
        if attribute.is_named("stackone_operation") {
            output.extend(repeated(&attribute));
        } else {
            attributes.push(attribute);
        }
    }
    let tokens: Vec<TokenTree> = tokens.collect();
    match keyword(&tokens) {
        Some((keyword, _)) if keyword == "struct" => match Item::read(&tokens, Kind::Operation) {
            // Fields under `#[cfg]` are checked later, by the derive.
            read if attributes.iter().any(Attribute::needs_derive) || read.as_ref().is_ok_and(needs_derive) => {
                output.extend(derive_attributes("Operation", arguments));
                output.append_all(attributes);
                output.append_all(rename(tokens));
            }
            // The compiler reports the malformed fields. The field attributes must not be further errors.
            Ok(item) if item.is_malformed => {
                output.append_all(attributes);
                output.append_all(without_field_attributes(tokens, "struct"));
            }
            Ok(item) => {
                output.append_all(&attributes);
                output.append_all(&item.without_field_attributes);
                declare(&item, &attributes, arguments, &mut output);
            }
            Err(error) => {
                output.extend(error.into_compile_error());
                output.append_all(attributes);
                output.append_all(without_field_attributes(tokens, "struct"));
            }
        },
        other => {
            let (what, span) = other.unwrap_or_else(|| ("item".to_owned(), Span::call_site()));
            output.extend(not_a_struct(&what, span));
            output.append_all(attributes);
            output.append_all(without_field_attributes(tokens, &what));
        }
    }
    output
}

/// Expands the attribute for shared parameters on an item. A struct always goes through a derive: there are few, and they need no
/// builder.
pub(crate) fn apply_parameters(arguments: &TokenStream, item: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = item.into_iter().collect();
    let (what, span) = keyword(&tokens).unwrap_or_else(|| ("item".to_owned(), Span::call_site()));
    let mut output = TokenStream::new();
    if what == "struct" {
        output.extend(derive_attributes("Parameters", arguments));
        output.append_all(rename(tokens));
    } else {
        let message = format!(
            "`#[stackone_parameters]` declares parameters as a struct with named fields, and this is {} `{what}`",
            article(&what)
        );
        output.extend(quote_spanned!(span=> ::core::compile_error!(#message);));
        output.append_all(without_field_attributes(tokens, &what));
    }
    output
}

/// The error of a second attribute.
fn repeated(attribute: &Attribute) -> TokenStream {
    let message = "`#[stackone_operation]` is given twice, and a struct declares one operation: remove one";
    quote_spanned!(attribute.span()=> ::core::compile_error!(#message);)
}

fn not_a_struct(what: &str, span: Span) -> TokenStream {
    let message = format!(
        "`#[stackone_operation]` declares a request as a struct with named fields, and this is {} `{what}`",
        article(what),
    );
    quote_spanned!(span=> ::core::compile_error!(#message);)
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i']) { "an" } else { "a" }
}

/// The keyword of the item.
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

/// Whether the fields or the generic parameters need the derive. An attribute of a generic parameter is taken for a condition.
fn needs_derive(item: &Item) -> bool {
    let mut of_fields = item.fields.iter().flat_map(|field| &field.attributes);
    let of_parameters = item.generics.params.iter().any(|parameter| match parameter {
        GenericParam::Lifetime(parameter) => !parameter.attrs.is_empty(),
        GenericParam::Type(parameter) => !parameter.attrs.is_empty(),
        GenericParam::Const(parameter) => !parameter.attrs.is_empty(),
    });
    of_parameters || of_fields.any(Attribute::needs_derive)
}

/// The attributes that pass the struct below them to the derive.
fn derive_attributes(derive: &str, arguments: &TokenStream) -> TokenStream {
    let krate = crate_path(arguments).unwrap_or_else(|| quote!(::stackone));
    let [derive, operation] = [derive, OPERATION].map(|word| Ident::new(word, Span::call_site()));
    quote!(#[derive(#krate::__private::#derive)] #[#operation(#arguments)])
}

/// The arguments, with this path of the runtime if they have none.
pub(crate) fn with_default_crate(arguments: TokenStream, path: &TokenStream) -> TokenStream {
    let is_crate = |token: TokenTree| matches!(token, TokenTree::Ident(ident) if ident == "crate");
    if arguments.clone().into_iter().any(is_crate) { arguments } else { quote!(crate = #path, #arguments) }
}

/// The path after `crate =`, where the derive is.
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

/// Whether the tokens can stand before `::__private`. The derive, at its default path, reports other tokens.
fn is_path(tokens: &TokenStream) -> bool {
    syn::parse::Parser::parse2(syn::Path::parse_mod_style, tokens.clone()).is_ok()
}

/// Renames the field attributes in the braces of a struct.
fn rename(tokens: Vec<TokenTree>) -> impl Iterator<Item = TokenTree> {
    in_fields(tokens, |attribute, test| Some(changed(attribute, test, helper)))
}

/// Removes the field attributes of an item that cannot have them, so that they are no further errors.
fn without_field_attributes(tokens: Vec<TokenTree>, what: &str) -> Vec<TokenTree> {
    // In a `cfg_attr`, an attribute without effect takes the place of a field attribute.
    let remove = |attribute: Attribute, test: IsFieldAttribute| {
        (!attribute.is_field_attribute(test)).then(|| changed(attribute, test, |_| quote!(allow())))
    };
    match what {
        "struct" | "union" | "fn" => in_fields(tokens, remove).collect(),
        // The fields of an enum are one level further down, in its variants.
        "enum" => {
            let variants = |group: &Group| in_fields(group.stream().into_iter().collect(), remove).collect();
            in_groups(in_fields(tokens, remove).collect(), variants).collect()
        }
        _ => tokens,
    }
}

/// The attribute with `change` applied to the field attributes in it.
fn changed(attribute: Attribute, test: IsFieldAttribute, change: fn(&[TokenTree]) -> TokenStream) -> Attribute {
    match with_changes(&attribute.content, test, change) {
        Some(content) => attribute.with(content),
        None => attribute,
    }
}

/// The content of an attribute, with `change` applied to it if it is a field attribute, or to those in a `cfg_attr`. `None`
/// if there are none.
fn with_changes(
    content: &[TokenTree],
    test: IsFieldAttribute,
    change: fn(&[TokenTree]) -> TokenStream,
) -> Option<TokenStream> {
    let Some(TokenTree::Ident(name)) = content.first() else { return None };
    let word = name.to_string();
    if test(&word, content) {
        return Some(change(content));
    }
    let [name, TokenTree::Group(conditional)] = content else { return None };
    (word == "cfg_attr").then(|| {
        let content = with_conditional_attributes(conditional.stream(), test, change);
        let mut group = Group::new(conditional.delimiter(), content);
        group.set_span(conditional.span());
        [name.clone(), group.into()].into_iter().collect()
    })
}

/// The content of a `cfg_attr`: the condition, and the attributes after it with `change` applied.
fn with_conditional_attributes(
    content: TokenStream,
    test: IsFieldAttribute,
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
        match with_changes(&out_of_group(content.to_vec()), test, change).filter(|_| index > 0) {
            Some(changed) => output.extend(changed),
            None => output.append_all(content),
        }
        output.append_all(comma);
    }
    output
}

/// `path("x")` as `__stackone(path("x"))`.
fn helper(content: &[TokenTree]) -> TokenStream {
    let span = content.first().map_or_else(Span::call_site, TokenTree::span);
    let helper = Ident::new(HELPER, span);
    quote_spanned!(span=> #helper(#(#content)*))
}

/// Applies `change` to each attribute of the item's fields, with the test for field attributes.
fn in_fields(
    tokens: Vec<TokenTree>,
    change: impl Fn(Attribute, IsFieldAttribute) -> Option<Attribute>,
) -> impl Iterator<Item = TokenTree> {
    in_groups(tokens, move |group| {
        let mut tokens = group.stream().into_iter().collect::<Vec<_>>().into_iter();
        let mut changed = TokenStream::new();
        while !tokens.as_slice().is_empty() {
            let attributes = Attribute::all(&mut tokens);
            let test = field_attribute_test(&attributes);
            changed.append_all(attributes.into_iter().filter_map(|attribute| change(attribute, test)));
            changed.append_all(tokens.next());
        }
        changed
    })
}

/// Applies `change` to the content of braces and parentheses.
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
