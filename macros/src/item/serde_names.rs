//! The name that serde gives a field, from `#[serde(rename = "..")]` and `#[serde(rename_all = "..")]`.
//!
//! It does not apply to the request. A field that has another name for serde must therefore write its name.

use super::{Attribute, Field, is_punct, is_word};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::LitStr;

/// The name under which serde writes a field.
pub(crate) struct SerdeName {
    pub(crate) name: String,
    /// The tokens of the name, or the field if the struct renames it.
    pub(crate) tokens: TokenStream,
    /// Whether an attribute of the struct gives the name.
    pub(crate) is_by_rule: bool,
}

impl SerdeName {
    /// The name of a field, if its attributes or those of the struct change it.
    pub(crate) fn of(field: &Field, word: &str, rule: Option<&str>) -> Option<Self> {
        let words = ["skip", "skip_serializing", "flatten"];
        let has_no_name =
            |argument: &[TokenTree]| matches!(argument, [one] if words.iter().any(|word| is_word(one, word)));
        if arguments(&field.attributes).iter().any(|all| all.split(is_comma).any(has_no_name)) {
            return None;
        }
        if let Some(name) = renamed(&field.attributes, "rename") {
            return Some(Self { name: name.value(), tokens: name.into_token_stream(), is_by_rule: false });
        }
        Some(Self { name: apply_rule(rule?, word), tokens: field.name.to_token_stream(), is_by_rule: true })
    }
}

fn is_comma(token: &TokenTree) -> bool {
    is_punct(token, ',')
}

/// The arguments of each `#[serde(..)]`.
fn arguments(attributes: &[Attribute]) -> Vec<Vec<TokenTree>> {
    let of_serde = attributes.iter().filter(|attribute| attribute.word == "serde");
    let arguments = of_serde.filter_map(|attribute| match &attribute.content[..] {
        [_, TokenTree::Group(arguments)] => Some(arguments.stream().into_iter().collect()),
        _ => None,
    });
    arguments.collect()
}

/// The name for which serde serializes, as an attribute writes it.
fn renamed(attributes: &[Attribute], key: &str) -> Option<LitStr> {
    arguments(attributes).iter().find_map(|arguments| {
        arguments.split(is_comma).find_map(|argument| match argument {
            [word, TokenTree::Group(both)] if is_word(word, key) && both.delimiter() == Delimiter::Parenthesis => {
                let both: Vec<TokenTree> = both.stream().into_iter().collect();
                both.split(is_comma).find_map(|one| value_of(one, "serialize"))
            }
            argument => value_of(argument, key),
        })
    })
}

/// The rule for all fields of a struct with these attributes.
pub(crate) fn rule(attributes: &[Attribute]) -> Option<String> {
    renamed(attributes, "rename_all").map(|rule| rule.value())
}

/// The string after `key =`.
fn value_of(argument: &[TokenTree], key: &str) -> Option<LitStr> {
    match argument {
        [word, equals, value] if is_word(word, key) && is_punct(equals, '=') => {
            syn::parse2(TokenTree::clone(value).into()).ok()
        }
        _ => None,
    }
}

/// The name of a field under serde's `rename_all`. An unknown rule is an error of serde's derive.
fn apply_rule(rule: &str, field: &str) -> String {
    let capitalized = || {
        field.split('_').flat_map(|word| {
            let mut characters = word.chars();
            let first = characters.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(characters)
        })
    };
    match rule {
        "UPPERCASE" | "SCREAMING_SNAKE_CASE" => field.to_ascii_uppercase(),
        "PascalCase" => capitalized().collect(),
        "camelCase" => {
            let mut pascal = capitalized();
            pascal.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(pascal).collect()
        }
        "kebab-case" => field.replace('_', "-"),
        "SCREAMING-KEBAB-CASE" => field.to_ascii_uppercase().replace('_', "-"),
        _ => field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_for_serialization_is_read() {
        for (attribute, expected) in [
            (r#"#[serde(rename = "x")]"#, Some("x")),
            (r#"#[serde(default, rename = "x", skip)]"#, Some("x")),
            (r#"#[serde(rename(serialize = "x", deserialize = "y"))]"#, Some("x")),
            (r#"#[serde(rename(deserialize = "y"))]"#, None),
            (r#"#[serde(default)] #[serde(rename = "x")]"#, Some("x")),
            (r#"#[serde(alias = "x")]"#, None),
            (r#"#[doc(rename = "x")]"#, None),
            ("#[serde(rename = 1)]", None),
            ("#[serde(rename)]", None),
            ("#[serde]", None),
        ] {
            let tokens: TokenStream = attribute.parse().unwrap();
            let attributes = Attribute::all(&mut tokens.into_iter().collect::<Vec<_>>().into_iter());
            let name = renamed(&attributes, "rename").map(|name| name.value());
            assert_eq!(name.as_deref(), expected, "{attribute}");
        }
    }

    #[test]
    fn the_rules_are_those_of_serde() {
        for (rule, expected) in [
            ("lowercase", "page_size2"),
            ("UPPERCASE", "PAGE_SIZE2"),
            ("PascalCase", "PageSize2"),
            ("camelCase", "pageSize2"),
            ("snake_case", "page_size2"),
            ("SCREAMING_SNAKE_CASE", "PAGE_SIZE2"),
            ("kebab-case", "page-size2"),
            ("SCREAMING-KEBAB-CASE", "PAGE-SIZE2"),
        ] {
            assert_eq!(apply_rule(rule, "page_size2"), expected, "{rule}");
        }
    }
}
