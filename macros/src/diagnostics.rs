//! The errors of a declaration.

use proc_macro2::TokenStream;
use quote::ToTokens;
use std::fmt::Display;

/// All errors so far. The compiler gets all of them at the end.
#[derive(Default)]
pub(crate) struct Diagnostics(Vec<syn::Error>);

impl Diagnostics {
    /// Adds an error at these tokens.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.0.push(syn::Error::new_spanned(tokens, message));
    }

    pub(crate) fn push(&mut self, error: syn::Error) {
        self.0.push(error);
    }

    pub(crate) fn emit(self, output: &mut TokenStream) {
        output.extend(self.0.into_iter().map(syn::Error::into_compile_error));
    }
}
