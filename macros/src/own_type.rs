//! `Self` in a field's type, which means another type in the builder.

use crate::plain::is_plain;
use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput, Type};

/// Names the struct where the types of its fields say `Self`.
pub(crate) fn name(item: &mut DeriveInput) {
    let (ident, (_, arguments, _)) = (&item.ident, item.generics.split_for_impl());
    let Data::Struct(data) = &mut item.data else { return };
    for field in data.fields.iter_mut().filter(|field| !is_plain(&field.ty)) {
        let tokens = field.ty.to_token_stream();
        if let (true, Ok(ty)) =
            (says_self(tokens.clone()), syn::parse2::<Type>(named(tokens, &quote!(#ident #arguments))))
        {
            field.ty = ty;
        }
    }
}

fn says_self(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "Self",
        TokenTree::Group(group) => says_self(group.stream()),
        _ => false,
    })
}

fn named(tokens: TokenStream, own: &TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(ident) if ident == "Self" => own.clone(),
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), named(group.stream(), own));
                inner.set_span(group.span());
                TokenTree::Group(inner).into()
            }
            token => token.into(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    #[test]
    fn only_self_is_named() {
        let mut item: DeriveInput = parse_quote! {
            struct Node<'a, T: Clone> { a: Option<Box<Self>>, b: &'a T, c: [Self; 2] }
        };
        name(&mut item);
        let expected: DeriveInput = parse_quote! {
            struct Node<'a, T: Clone> { a: Option<Box<Node<'a, T>>>, b: &'a T, c: [Node<'a, T>; 2] }
        };
        assert_eq!(item.to_token_stream().to_string(), expected.to_token_stream().to_string());
    }
}
