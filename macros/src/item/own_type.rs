//! `Self` in a field's type, which means another type in the builder.

use super::is_word;
use proc_macro2::{Group, TokenStream, TokenTree};

/// Names the struct where a type says `Self`.
pub(super) fn name(ty: TokenStream, own: &TokenStream) -> TokenStream {
    ty.into_iter()
        .flat_map(|token| match token {
            token if is_word(&token, "Self") => own.clone(),
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), name(group.stream(), own));
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
    fn only_self_is_named() {
        let own: TokenStream = "Node < 'a , T >".parse().unwrap();
        for (ty, expected) in [
            ("Option < Box < Self > >", "Option < Box < Node < 'a , T > > >"),
            ("& 'a T", "& 'a T"),
            ("[Self ; 2]", "[Node < 'a , T > ; 2]"),
        ] {
            assert_eq!(name(ty.parse().unwrap(), &own).to_string(), expected, "{ty}");
        }
    }
}
