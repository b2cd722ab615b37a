//! The docs of a field, as the docs of its setter.
//!
//! `Self` is the request in the docs of a field, and the builder in those of its setter. There, a link to a field leads to its
//! setter, and every other link is written with the name of the request. Examples run once, where the field is: a setter has
//! no docs while doc tests are collected.

use crate::item::{Attribute, is_punct};
use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};
use syn::{LitStr, parse::Parser};

/// The request, for links.
pub(super) struct Links<'a> {
    /// The name of the request.
    pub(super) request: &'a str,
    /// The names of the setters.
    pub(super) setters: &'a [&'a str],
}

/// The attributes of a setter: the docs and the deprecation of its field.
pub(super) fn setter_attributes(attributes: &[&Attribute], links: &Links<'_>, tokens: &mut TokenStream) {
    let mut docs = Vec::new();
    let mut may_have_examples = false;
    for attribute in attributes {
        match &attribute.content[..] {
            [_, equals, text @ ..] if attribute.word == "doc" && is_punct(equals, '=') => {
                let literal = match text {
                    [TokenTree::Literal(literal)] => Some((literal, literal.to_string())),
                    _ => None,
                };
                may_have_examples |= literal.as_ref().is_none_or(|(_, text)| may_have_code(text));
                let renamed = literal.and_then(|(literal, text)| with_links(literal, &text, links));
                docs.push(match renamed {
                    Some(text) => quote!(doc = #text),
                    None => attribute.content.iter().cloned().collect(),
                });
            }
            _ => attribute.to_tokens(tokens),
        }
    }
    if may_have_examples {
        tokens.append_all(quote!(#[cfg_attr(not(doctest), #(#docs),*)]));
    } else {
        tokens.append_all(docs.into_iter().map(|doc| quote!(#[#doc])));
    }
}

/// Whether the text can have a code block, which is fenced or indented.
fn may_have_code(text: &str) -> bool {
    ["```", "~~~", "    ", "\t", "\\t"].iter().any(|code| text.contains(code))
}

/// The docs with other links, if they have links with `Self`.
fn with_links(literal: &Literal, text: &str, links: &Links<'_>) -> Option<LitStr> {
    if !text.contains("Self") {
        return None;
    }
    let parse = |input: syn::parse::ParseStream<'_>| input.parse::<LitStr>();
    let text = parse.parse2(TokenTree::from(literal.clone()).into()).ok()?;
    Some(LitStr::new(&links.rewrite(&text.value()), text.span()))
}

impl Links<'_> {
    /// Writes links with `Self` so that they resolve on the builder.
    fn rewrite(&self, text: &str) -> String {
        let mut rewritten = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find("Self") {
            let (before, after) = (&rest[..at], &rest[at + 4..]);
            rewritten.push_str(before);
            rest = after;
            let is_link = rewritten.ends_with(['[', '`', '(', '<', '@']) || rewritten.ends_with("]: ");
            let ends =
                after.is_empty() || after.starts_with(['`', ']', ')', '>', ' ', '\n']) || after.starts_with("::");
            let member = after.strip_prefix("::").unwrap_or_default();
            let member =
                member.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '#')).next().unwrap_or_default();
            let is_setter = self.setters.contains(&member.trim_start_matches("r#"));
            if is_setter && rewritten.ends_with("field@") {
                rewritten.truncate(rewritten.len() - "field@".len());
                rewritten.push_str("method@");
            }
            rewritten.push_str(if is_link && ends && !is_setter { self.request } else { "Self" });
        }
        rewritten.push_str(rest);
        rewritten
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINKS: Links<'_> = Links { request: "Request", setters: &["page", "type"] };

    #[test]
    fn links_with_self_resolve_on_the_builder() {
        for (field, setter) in [
            ("See [`Self::new`] and [Self].", "See [`Request::new`] and [Request]."),
            ("[a](Self::new), [b](<Self>), [c][`Self`]", "[a](Request::new), [b](<Request>), [c][`Request`]"),
            ("[a]: Self::MAX", "[a]: Request::MAX"),
            ("[`struct@Self`]", "[`struct@Request`]"),
            ("[`Self::page`] and [`Self::r#type`]", "[`Self::page`] and [`Self::r#type`]"),
            ("[a](field@Self::page)", "[a](method@Self::page)"),
            ("[a](field@Self::other)", "[a](field@Request::other)"),
            ("Myself, MySelf and Selfie", "Myself, MySelf and Selfie"),
            ("[`Selfie`]", "[`Selfie`]"),
            ("é Self", "é Self"),
        ] {
            assert_eq!(LINKS.rewrite(field), setter);
        }
    }

    fn attributes_of_setter(attributes: &str) -> String {
        let tokens: TokenStream = attributes.parse().unwrap();
        let attributes = Attribute::all(&mut tokens.into_iter().collect::<Vec<_>>().into_iter());
        let mut output = TokenStream::new();
        setter_attributes(&attributes.iter().collect::<Vec<_>>(), &LINKS, &mut output);
        output.to_string()
    }

    #[test]
    fn docs_with_examples_are_absent_while_doc_tests_are_collected() {
        for (field, setter) in [
            ("/// A page.", r#"# [doc = " A page."]"#),
            (r#"#[doc(alias = "x")] #[deprecated]"#, r#"# [doc (alias = "x")] # [deprecated]"#),
            ("/// A\n/// ```\n", r#"# [cfg_attr (not (doctest) , doc = " A" , doc = " ```")]"#),
            ("///     code", r#"# [cfg_attr (not (doctest) , doc = "     code")]"#),
            (r#"#[doc = include_str!("x")]"#, r#"# [cfg_attr (not (doctest) , doc = include_str ! ("x"))]"#),
            ("/// [`Self::new`]", r#"# [doc = " [`Request::new`]"]"#),
        ] {
            assert_eq!(attributes_of_setter(field), setter);
        }
    }
}
