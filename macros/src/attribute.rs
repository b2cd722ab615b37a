//! The thin attribute: it renames the field attributes and hands the struct to the derive.
//!
//! A derive cannot own `#[path]`, which is built in (E0659), but only a derive sees a struct after `#[cfg]` and leaves
//! it alive when something in it is wrong. So the attribute renames `#[path]`, `#[header]`, `#[query]` and `#[body]` to
//! helpers of the derive, token by token: it parses nothing, so that nothing is lost.

use crate::nearest::is_slip;
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

/// The field attributes.
pub(crate) const KINDS: [&str; 4] = ["path", "header", "query", "body"];

/// The kind a word names, or was probably meant to name.
pub(crate) fn meant_kind(word: &str) -> Option<&'static str> {
    KINDS.into_iter().find(|kind| *kind == word).or_else(|| KINDS.into_iter().find(|kind| is_slip(word, kind)))
}

pub(crate) fn hand_on(arguments: &TokenStream, item: TokenStream) -> TokenStream {
    let krate = crate_path(arguments).unwrap_or_else(|| quote!(::stackone));
    let (item, again) = without_repetition(item);
    match keyword(&item) {
        Some((keyword, _)) if keyword == "struct" => {
            let item = rename(item);
            quote! {
                #again
                #[derive(#krate::__private::Operation)]
                #[__stackone(operation(#arguments))]
                #item
            }
        }
        other => {
            let (what, span) = other.unwrap_or_else(|| ("item".to_owned(), Span::call_site()));
            let message = format!(
                "`#[stackone_operation]` declares a request as a struct with named fields, and this is {} `{what}`",
                if what.starts_with(['a', 'e', 'i']) { "an" } else { "a" },
            );
            let error = quote_spanned!(span=> ::core::compile_error!(#message););
            let item = without_kinds(item, &what);
            quote!(#error #item)
        }
    }
}

/// Takes this attribute out of those of the item, where it would declare another operation, and reports it.
fn without_repetition(item: TokenStream) -> (TokenStream, TokenStream) {
    let (mut kept, mut errors) = (TokenStream::new(), TokenStream::new());
    let mut tokens = item.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_hash = is_hash(&token);
        match tokens.next_if(|next| is_hash && matches!(next, TokenTree::Group(group) if is_this(group))) {
            Some(attribute) => {
                let message =
                    "`#[stackone_operation]` is there twice, and a struct declares one operation: take one out";
                errors.extend(quote_spanned!(attribute.span()=> ::core::compile_error!(#message);));
            }
            None => kept.extend([token]),
        }
    }
    (kept, errors)
}

fn is_this(attribute: &Group) -> bool {
    let path = content(attribute).into_iter().take_while(|token| !matches!(token, TokenTree::Group(_)));
    attribute.delimiter() == Delimiter::Bracket
        && matches!(path.last(), Some(TokenTree::Ident(name)) if name == "stackone_operation")
}

/// The path after `crate =`, which says where the derive is.
fn crate_path(arguments: &TokenStream) -> Option<TokenStream> {
    let mut tokens = arguments.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let equals = matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=');
        if matches!(&token, TokenTree::Ident(ident) if ident == "crate") && equals {
            let path = tokens.skip(1).take_while(|t| !matches!(t, TokenTree::Punct(punct) if punct.as_char() == ','));
            return Some(path.collect()).filter(|path: &TokenStream| is_path(path));
        }
    }
    None
}

/// Whether the tokens can stand before `::__private`; what cannot is reported by the derive, found at the default.
fn is_path(tokens: &TokenStream) -> bool {
    syn::parse::Parser::parse2(syn::Path::parse_mod_style, tokens.clone()).is_ok()
}

/// The word that says what the item is.
fn keyword(item: &TokenStream) -> Option<(String, Span)> {
    const WORDS: [&str; 12] =
        ["struct", "enum", "union", "fn", "trait", "impl", "mod", "type", "const", "static", "use", "macro_rules"];
    item.clone().into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) if WORDS.iter().any(|word| ident == word) => Some((ident.to_string(), ident.span())),
        _ => None,
    })
}

/// Renames the field attributes of a struct's fields, which stand directly in its braces or parentheses.
fn rename(item: TokenStream) -> TokenStream {
    in_fields(item, &|content| match content {
        [TokenTree::Ident(name), ..] if is_kind(name) => Change::To(helper(content, name.span())),
        [TokenTree::Ident(name), TokenTree::Group(conditional)] if name == "cfg_attr" => {
            let mut group = Group::new(conditional.delimiter(), conditional_kinds(conditional.stream()));
            group.set_span(conditional.span());
            Change::To([TokenTree::Ident(name.clone()), TokenTree::Group(group)].into_iter().collect())
        }
        _ => Change::None,
    })
}

/// Takes the field attributes out of an item that cannot have them, so that they are no errors of their own.
fn without_kinds(item: TokenStream, what: &str) -> TokenStream {
    let remove = |content: &[TokenTree]| match content {
        [TokenTree::Ident(name), ..] if is_kind(name) => Change::Remove,
        _ => Change::None,
    };
    match what {
        "union" | "fn" => in_fields(item, &remove),
        // One level further down: the fields of its variants.
        "enum" => in_groups(item, &|group| {
            let mut variants = Group::new(group.delimiter(), in_fields(group.stream(), &remove));
            variants.set_span(group.span());
            variants
        }),
        _ => item,
    }
}

/// The tokens of an attribute, out of the invisible group in which a `macro_rules` passes on a `$meta`.
fn content(attribute: &Group) -> Vec<TokenTree> {
    let tokens: Vec<TokenTree> = attribute.stream().into_iter().collect();
    match &tokens[..] {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::None => content(group),
        _ => tokens,
    }
}

fn is_kind(name: &Ident) -> bool {
    meant_kind(&name.to_string()).is_some()
}

/// `path("x")` as `__stackone_path("x")`, and what is written otherwise as `__stackone(path = "x")`, in which any tokens may be.
fn helper(content: &[TokenTree], span: Span) -> TokenStream {
    match content {
        [TokenTree::Ident(kind), options @ ..] if is_well_written(kind, options) => {
            let helper = Ident::new(&format!("__stackone_{kind}"), span);
            [TokenTree::Ident(helper)].into_iter().chain(options.iter().cloned()).collect()
        }
        _ => {
            let content: TokenStream = content.iter().cloned().collect();
            quote_spanned!(span=> __stackone(#content))
        }
    }
}

/// Whether it is a kind alone, or with options in parentheses.
fn is_well_written(kind: &Ident, options: &[TokenTree]) -> bool {
    let in_parentheses = |options: &TokenTree| matches!(options, TokenTree::Group(options) if options.delimiter() == Delimiter::Parenthesis);
    KINDS.iter().any(|known| kind == known) && options.len() <= 1 && options.iter().all(in_parentheses)
}

/// The attributes after the condition of a `cfg_attr`.
fn conditional_kinds(content: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = content.into_iter().collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    tokens
        .split_inclusive(is_comma)
        .enumerate()
        .flat_map(|(index, part)| {
            let (content, comma) = match part.split_last() {
                Some((last, before)) if is_comma(last) => (before, Some(last.clone())),
                _ => (part, None),
            };
            let renamed = match content.first() {
                Some(TokenTree::Ident(name)) if index > 0 && is_kind(name) => helper(content, name.span()),
                _ => content.iter().cloned().collect(),
            };
            renamed.into_iter().chain(comma)
        })
        .collect()
}

/// What becomes of an attribute.
enum Change {
    None,
    Remove,
    To(TokenStream),
}

/// Puts each attribute of the item's fields through `change`.
fn in_fields(item: TokenStream, change: &impl Fn(&[TokenTree]) -> Change) -> TokenStream {
    in_groups(item, &|group| in_group(group, change))
}

/// Puts what is in braces or parentheses through `change`.
fn in_groups(item: TokenStream, change: &impl Fn(&Group) -> Group) -> TokenStream {
    let mut after_hash = false;
    let changed = item.into_iter().map(|token| {
        let is_attribute_of_the_item = std::mem::replace(&mut after_hash, is_hash(&token));
        match token {
            TokenTree::Group(group) if group.delimiter() != Delimiter::Bracket && !is_attribute_of_the_item => {
                TokenTree::Group(change(&group))
            }
            token => token,
        }
    });
    changed.collect()
}

fn in_group(group: &Group, change: &impl Fn(&[TokenTree]) -> Change) -> Group {
    let mut tokens = group.stream().into_iter().peekable();
    let mut changed = Vec::new();
    while let Some(token) = tokens.next() {
        let is_attribute =
            |next: &TokenTree| matches!(next, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket);
        let attribute = if is_hash(&token) { tokens.next_if(is_attribute) } else { None };
        match attribute {
            Some(TokenTree::Group(attribute)) => match change(&content(&attribute)) {
                Change::None => changed.extend([token, attribute.into()]),
                Change::Remove => {}
                Change::To(content) => {
                    let mut brackets = Group::new(Delimiter::Bracket, content);
                    brackets.set_span(attribute.span());
                    changed.extend([token, brackets.into()]);
                }
            },
            _ => changed.push(token),
        }
    }
    let mut group_changed = Group::new(group.delimiter(), changed.into_iter().collect());
    group_changed.set_span(group.span());
    group_changed
}

fn is_hash(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == '#')
}
