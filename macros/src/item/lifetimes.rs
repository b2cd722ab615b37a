//! Lifetimes that a field's type leaves out, or names without their having been declared.
//!
//! The compiler reports each at the struct. In generated code the same type would be reported again and again, in words
//! that fit a function, so there `'static` stands in.

use super::{is_punct, is_word, ty::Angles};
use proc_macro2::{Delimiter, Group, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};
use syn::Lifetime;

/// Fills in the lifetimes that a type lacks; the item declares some.
pub(super) fn fill_in(ty: TokenStream, declared: &[String]) -> TokenStream {
    let binds = ty.clone().into_iter().any(|token| is_word(&token, "for"));
    let mut filled = TokenStream::new();
    let mut tokens = ty.into_iter().peekable();
    let mut before: Option<TokenTree> = None;
    let mut returned = Returned::default();
    while let Some(token) = tokens.next() {
        let next = tokens.peek();
        let is_returned = returned.holds(&token, before.as_ref());
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '&' && !is_quote(next) && !is_returned => {
                filled.append(token.clone());
                fill(&mut filled, punct.span());
            }
            TokenTree::Punct(punct) if is_quote(Some(&token)) && !binds && !is_declared(next, declared) => {
                fill(&mut filled, punct.span());
                tokens.next();
            }
            // The one type whose lifetime is often forgotten that a macro can know.
            TokenTree::Punct(punct)
                if punct.as_char() == '<'
                    && before.as_ref().is_some_and(|word| is_word(word, "Cow"))
                    && !is_quote(next)
                    && !is_returned =>
            {
                filled.append(token.clone());
                fill(&mut filled, punct.span());
                filled.append(Punct::new(',', Spacing::Alone));
            }
            // What a function takes has a lifetime without being given one.
            TokenTree::Group(group)
                if group.delimiter() == Delimiter::Parenthesis && matches!(before, Some(TokenTree::Ident(_))) =>
            {
                filled.append(token.clone());
            }
            TokenTree::Group(group) if group.delimiter() != Delimiter::Brace && !is_returned => {
                let mut inner = Group::new(group.delimiter(), fill_in_before_length(group.stream(), declared));
                inner.set_span(group.span());
                filled.append(inner);
            }
            _ => filled.append(token.clone()),
        }
        before = Some(token);
    }
    filled
}

/// Fills in what a group lacks: a type, or an array's, whose length is an expression and no type.
fn fill_in_before_length(content: TokenStream, declared: &[String]) -> TokenStream {
    let tokens: Vec<TokenTree> = content.into_iter().collect();
    let length = tokens.iter().position(|token| is_punct(token, ';')).unwrap_or(tokens.len());
    let (ty, length) = tokens.split_at(length);
    let mut filled = fill_in(ty.iter().cloned().collect(), declared);
    filled.append_all(length);
    filled
}

/// What a function type returns: a lifetime that is left out there is that of an argument.
#[derive(Default)]
struct Returned {
    angles: Angles,
    /// How many angle brackets were open before the arrow.
    since: Option<isize>,
}

impl Returned {
    /// Takes the next token, and says whether it is of a type that is returned.
    fn holds(&mut self, token: &TokenTree, before: Option<&TokenTree>) -> bool {
        let is_arrow = is_punct(token, '>') && before.is_some_and(|before| is_punct(before, '-'));
        self.angles.all_closed_after(token);
        let depth = self.angles.depth();
        if is_arrow {
            self.since.get_or_insert(depth);
        } else if self.since.is_some_and(|since| depth < since || (depth == since && is_punct(token, ','))) {
            self.since = None;
        }
        self.since.is_some()
    }
}

fn fill(tokens: &mut TokenStream, span: Span) {
    Lifetime::new("'static", span).to_tokens(tokens);
}

fn is_quote(token: Option<&TokenTree>) -> bool {
    token.is_some_and(|token| is_punct(token, '\''))
}

fn is_declared(name: Option<&TokenTree>, declared: &[String]) -> bool {
    matches!(name, Some(TokenTree::Ident(name)) if name == "static" || declared.iter().any(|known| name == known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_left_out_is_filled_in() {
        for (ty, expected) in [
            ("& str", "& 'static str"),
            ("Option < & [ & u8 ] >", "Option < & 'static [& 'static u8] >"),
            ("Cow < '_ , str >", "Cow < 'static , str >"),
            ("Option < Cow < str > >", "Option < Cow < 'static , str > >"),
            ("(& u8 , u8)", "(& 'static u8 , u8)"),
            ("& 'b str", "& 'static str"),
            ("[& u8 ; 6 & 3]", "[& 'static u8 ; 6 & 3]"),
            ("(fn (& u8) -> & u8 , & u8)", "(fn (& u8) -> & u8 , & 'static u8)"),
        ] {
            assert_eq!(fill_in(ty.parse().unwrap(), &["a".to_owned()]).to_string(), expected, "{ty}");
        }
        for ty in [
            "Cow < 'a , str >",
            "& 'a str",
            "& 'static str",
            "& 'a dyn for < 'b > Fn (& 'b u8)",
            "fn (& u8) -> u8",
            "Box < dyn Fn (& u8) >",
            "P < fn (& u8) -> & u8 >",
            "Box < dyn Fn (& u8) -> Option < Cow < str > > >",
            "fn (& u8) -> (& u8 , u8)",
            "Sized < { & X } >",
            "[u8 ; { & [1 , 2] } . len ()]",
        ] {
            assert_eq!(fill_in(ty.parse().unwrap(), &["a".to_owned()]).to_string(), ty);
        }
    }
}
