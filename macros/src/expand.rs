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

/// The path of the runtime with another span, so that an error about what is named there shows where it came from.
fn runtime_at(operation: &Operation<'_>, span: Span) -> TokenStream {
    let respan = |mut token: TokenTree| {
        token.set_span(span.resolved_at(token.span()));
        token
    };
    operation.runtime.to_token_stream().into_iter().map(respan).collect()
}
