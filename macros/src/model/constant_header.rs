//! Headers with the same value in every request: `headers("accept" = "text/csv")`.

use crate::{
    Diagnostics,
    arguments::{ArgumentValue, Arguments},
    header_name,
};
use proc_macro2::{TokenStream, TokenTree};
use syn::{
    LitStr, Token,
    parse::{ParseStream, Parser},
};

pub(crate) struct ConstantHeader {
    /// The name in lower case.
    pub(crate) name: String,
    pub(crate) value: String,
    /// The name as it is written.
    pub(crate) name_text: LitStr,
    value_text: LitStr,
}

const EXPECTED: &str =
    "`headers` expects names and values in parentheses: write `headers(\"x-api-version\" = \"2022-11-28\")`";

const EXPECTED_PAIR: &str = "expected a header as two strings: write `\"x-api-version\" = \"2022-11-28\"`";

/// Takes the headers. One without a valid name or value is reported, and kept if it has both.
pub(super) fn read_all(args: &mut Arguments, diagnostics: &mut Diagnostics) -> Vec<ConstantHeader> {
    let Some(argument) = args.take("headers", diagnostics) else { return Vec::new() };
    let pairs = match &argument.value {
        Some(ArgumentValue::Pairs(pairs)) if !pairs.stream().is_empty() => pairs.stream(),
        _ => {
            diagnostics.at(argument, EXPECTED);
            return Vec::new();
        }
    };
    let mut headers: Vec<ConstantHeader> = Vec::new();
    for header in parse(pairs, diagnostics) {
        let ConstantHeader { name, value, name_text, value_text } = &header;
        if let Err(message) = header_name::check(name) {
            diagnostics.at(name_text, message);
        } else if headers.iter().any(|other| other.name == *name) {
            diagnostics
                .at(name_text, format!("the header `{name}` is given twice (header names ignore case): remove one"));
        } else {
            if let Err(message) = header_name::check_value(name, value) {
                diagnostics.at(value_text, message);
            }
            headers.push(header);
        }
    }
    headers
}

/// Parses the pairs. After an error the next pair is read.
fn parse(pairs: TokenStream, diagnostics: &mut Diagnostics) -> Vec<ConstantHeader> {
    let parser = |input: ParseStream<'_>| {
        let mut headers = Vec::new();
        while !input.is_empty() {
            match pair(input) {
                Ok(header) => headers.push(header),
                Err(error) => {
                    diagnostics.push(error);
                    while !input.is_empty() && !input.peek(Token![,]) {
                        input.parse::<TokenTree>()?;
                    }
                }
            }
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(headers)
    };
    parser.parse2(pairs).unwrap_or_else(|error: syn::Error| {
        diagnostics.push(error);
        Vec::new()
    })
}

/// `"name" = "value"`.
fn pair(input: ParseStream<'_>) -> syn::Result<ConstantHeader> {
    // A literal of another kind must stay, so that the error is at the literal.
    let text = || if input.peek(LitStr) { input.parse::<LitStr>() } else { Err(input.error(EXPECTED_PAIR)) };
    let name_text = text()?;
    input.parse::<Token![=]>().map_err(|_| input.error(EXPECTED_PAIR))?;
    let value_text = text()?;
    if !input.is_empty() && !input.peek(Token![,]) {
        return Err(input.error("expected `,` before this token"));
    }
    Ok(ConstantHeader {
        name: name_text.value().to_ascii_lowercase(),
        value: value_text.value(),
        name_text,
        value_text,
    })
}
