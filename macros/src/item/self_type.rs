//! `Self` in the type of a field.

use super::is_word;
use proc_macro2::{Group, TokenStream, TokenTree};

/// Replaces `Self` by the name of the struct.
pub(super) fn replace(ty: TokenStream, own: &TokenStream) -> TokenStream {
    ty.into_iter()
        .flat_map(|token| match token {
            token if is_word(&token, "Self") => own.clone(),
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), replace(group.stream(), own));
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

    #[test]
    fn only_self_is_replaced() {
        let own: TokenStream = "Node < 'a , T >".parse().unwrap();
        for (ty, expected) in [
            ("Option < Box < Self > >", "Option < Box < Node < 'a , T > > >"),
            ("& 'a T", "& 'a T"),
            ("[Self ; 2]", "[Node < 'a , T > ; 2]"),
        ] {
            assert_eq!(replace(ty.parse().unwrap(), &own).to_string(), expected, "{ty}");
        }
    }
}
