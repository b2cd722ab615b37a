//! The operation, written out.
//!
//! What is generated is data and one-line calls: the fields' names and places as a static, their values as a list of
//! `&dyn`. Everything that works on them is compiled once, in the runtime.

mod builder;
mod operation;

use crate::model::Operation;
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;

pub(crate) fn expand(operation: &Operation<'_>) -> TokenStream {
    let mut tokens = builder::expand(operation);
    tokens.extend(operation::expand(operation));
    tokens
}

/// The places where tokens begin and end. What stands around them in generated code goes there, so that an error about
/// the whole underlines just them; one span over all of them is not to be had in stable Rust.
fn ends(tokens: &impl ToTokens) -> (Span, Span) {
    let mut tokens = tokens.to_token_stream().into_iter();
    let Some(first) = tokens.next() else { return (Span::call_site(), Span::call_site()) };
    let last = tokens.last().unwrap_or_else(|| first.clone());
    (first.span(), last.span())
}

/// The path of the runtime with another span, so that an error about what is named there shows where it came from.
fn runtime_at(operation: &Operation<'_>, span: Span) -> TokenStream {
    let respan = |mut token: TokenTree| {
        // A path that the user gave may say `$crate`, whose meaning is in where it was written.
        token.set_span(if operation.renamed { span.resolved_at(token.span()) } else { span });
        token
    };
    operation.runtime.to_token_stream().into_iter().map(respan).collect()
}
