//! The operation, written out.
//!
//! What is generated is data and one-line calls: the fields' names and places as a static, their values as a list of
//! `&dyn`. Everything that works on them is compiled once, in the runtime.

mod builder;
mod operation;

use crate::model::Operation;
use proc_macro2::TokenStream;

pub(crate) fn expand(operation: &Operation<'_>) -> TokenStream {
    let mut tokens = builder::expand(operation);
    tokens.extend(operation::expand(operation));
    tokens
}
