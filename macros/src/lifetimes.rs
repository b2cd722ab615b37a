//! Lifetimes that a field's type leaves out, or names without their having been declared.
//!
//! The compiler reports each at the struct. In generated code the same type would be reported again and again, in words
//! that fit a function, so there `'static` stands in.

use crate::plain::is_plain;
use proc_macro2::{Delimiter, Group, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Data, DeriveInput, Lifetime, Type};

/// Fills in the lifetimes that the types of the item's fields are lacking.
pub(crate) fn fill_in(item: &mut DeriveInput) {
    let declared: Vec<String> =
        item.generics.lifetimes().map(|parameter| parameter.lifetime.ident.to_string()).collect();
    let Data::Struct(data) = &mut item.data else { return };
    for field in data.fields.iter_mut().filter(|field| !is_plain(&field.ty)) {
        let mut changed = false;
        let tokens = filled(field.ty.to_token_stream(), &declared, &mut changed);
        if let (true, Ok(ty)) = (changed, syn::parse2::<Type>(tokens)) {
            field.ty = ty;
        }
    }
}

fn filled(tokens: TokenStream, declared: &[String], changed: &mut bool) -> TokenStream {
    let binds = tokens.clone().into_iter().any(|token| is_ident(Some(&token), "for"));
    let mut filled = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    let mut before: Option<TokenTree> = None;
    while let Some(token) = tokens.next() {
        let next = tokens.peek();
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '&' && !is_quote(next) => {
                filled.extend([token.clone()]);
                fill(&mut filled, punct.span(), changed);
            }
            TokenTree::Punct(punct) if is_quote(Some(&token)) && !binds && !is_declared(next, declared) => {
                fill(&mut filled, punct.span(), changed);
                tokens.next();
            }
            // The one type whose lifetime is often forgotten that a macro can know.
            TokenTree::Punct(punct)
                if punct.as_char() == '<' && is_ident(before.as_ref(), "Cow") && !is_quote(next) =>
            {
                filled.extend([token.clone()]);
                fill(&mut filled, punct.span(), changed);
                filled.extend([TokenTree::Punct(Punct::new(',', Spacing::Alone))]);
            }
            // What a function takes has a lifetime without being given one.
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis && is_word(before.as_ref()) => {
                filled.extend([token.clone()]);
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), self::filled(group.stream(), declared, changed));
                inner.set_span(group.span());
                filled.extend([TokenTree::Group(inner)]);
            }
            _ => filled.extend([token.clone()]),
        }
        before = Some(token);
    }
    filled
}

fn fill(tokens: &mut TokenStream, span: Span, changed: &mut bool) {
    *changed = true;
    Lifetime::new("'static", span).to_tokens(tokens);
}

fn is_quote(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == '\'')
}

fn is_ident(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

fn is_declared(name: Option<&TokenTree>, declared: &[String]) -> bool {
    matches!(name, Some(TokenTree::Ident(name)) if name == "static" || declared.iter().any(|known| name == known))
}

fn is_word(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Ident(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_left_out_is_filled_in() {
        for (ty, expected) in [
            ("& str", Some("& 'static str")),
            ("Option < & [ & u8 ] >", Some("Option < & 'static [& 'static u8] >")),
            ("Cow < '_ , str >", Some("Cow < 'static , str >")),
            ("Option < Cow < str > >", Some("Option < Cow < 'static , str > >")),
            ("Cow < 'a , str >", None),
            ("(& u8 , u8)", Some("(& 'static u8 , u8)")),
            ("& 'b str", Some("& 'static str")),
            ("& 'a str", None),
            ("& 'static str", None),
            ("& 'a dyn for < 'b > Fn (& 'b u8)", None),
            ("fn (& u8) -> u8", None),
            ("Box < dyn Fn (& u8) >", None),
        ] {
            let mut changed = false;
            let tokens = filled(ty.parse().unwrap(), &["a".to_owned()], &mut changed).to_string();
            assert_eq!(changed.then_some(tokens.as_str()), expected, "{ty}");
        }
    }
}
