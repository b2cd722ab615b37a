//! The generated code: the input for the template in the runtime (`__private/impl_operation.rs`), and `impl Paginated`.
//!
//! It is data and one-line calls: the descriptor as one text, and the values as a list of `&dyn`. The code that works on
//! them is compiled once, in the runtime.
//!
//! Entries are written into the stream at hand. To put one `TokenStream` into another is a round trip to the compiler.

mod builder;
mod operation;
mod setter_docs;

use crate::{item::generated, model::Operation};
use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};
use syn::{GenericParam, Generics};

pub(crate) fn expand(operation: &Operation<'_>, output: &mut TokenStream) {
    let runtime = Runtime::of(operation);
    let mut declaration = builder::expand(operation, &runtime);
    declaration.extend(operation::expand(operation, &runtime));
    output.append_all(&runtime.private);
    output.append(Ident::new("impl_operation", Span::call_site()));
    output.append(Punct::new('!', Spacing::Alone));
    output.append(Group::new(Delimiter::Brace, declaration));
    output.extend(operation::paginated(operation, &runtime));
    output.extend(operation::distinct_names(operation, &runtime));
}

/// The implementation for a struct of shared parameters.
pub(crate) fn expand_parameters(parameters: &Operation<'_>, output: &mut TokenStream) {
    output.extend(operation::parameters(parameters, &Runtime::of(parameters)));
}

/// The module of the runtime that generated code uses.
const PRIVATE: &str = "__private";

/// The path of the runtime in generated code.
struct Runtime {
    /// The path of `__private`, with the separator after it.
    private: Vec<TokenTree>,
    /// The number of tokens in `private` that are the path of the runtime.
    length: usize,
    /// Whether the user wrote the path. It may contain `$crate`, which needs its own hygiene.
    is_written: bool,
}

impl Runtime {
    fn of(operation: &Operation<'_>) -> Self {
        let separator = || [Spacing::Joint, Spacing::Alone].map(|spacing| TokenTree::Punct(Punct::new(':', spacing)));
        let name = |name| TokenTree::Ident(Ident::new(name, Span::call_site()));
        let mut private: Vec<TokenTree> = match &operation.runtime {
            Some(path) => path.to_token_stream().into_iter().collect(),
            None => separator().into_iter().chain([name("stackone")]).collect(),
        };
        let length = private.len();
        private.extend(separator());
        private.push(name(PRIVATE));
        private.extend(separator());
        Self { private, length, is_written: operation.runtime.is_some() }
    }

    /// The path with another span, where errors then point.
    fn at(&self, span: Span) -> impl Iterator<Item = TokenTree> {
        self.private_at(span).take(self.length)
    }

    /// `private` with another span.
    fn private_at(&self, span: Span) -> impl Iterator<Item = TokenTree> {
        self.private.iter().cloned().map(move |mut token| {
            token.set_span(match &token {
                // `unused_qualifications` skips a path with a generated segment.
                TokenTree::Ident(word) if word == PRIVATE => span.resolved_at(Span::call_site()),
                token if self.is_written => span.resolved_at(token.span()),
                _ => span,
            });
            token
        })
    }
}

impl ToTokens for Runtime {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(&self.private[..self.length]);
    }
}

fn punct(character: char, spacing: Spacing, span: Span) -> Punct {
    let mut punct = Punct::new(character, spacing);
    punct.set_span(span);
    punct
}

fn comma() -> Punct {
    Punct::new(',', Spacing::Alone)
}

/// The request as a type.
fn own_type(operation: &Operation<'_>) -> TokenStream {
    let (name, arguments) = (generated(operation.name), Arguments(operation.generics));
    if operation.generics.params.is_empty() { quote!(#name) } else { quote!(#name<#arguments>) }
}

/// The parameters as an `impl` declares them, without defaults. Each ends with a comma.
struct Declared<'a>(&'a Generics);

impl ToTokens for Declared<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for parameter in &self.0.params {
            match parameter.clone() {
                GenericParam::Type(mut parameter) => {
                    parameter.default = None;
                    parameter.to_tokens(tokens);
                }
                GenericParam::Const(mut parameter) => {
                    parameter.default = None;
                    parameter.to_tokens(tokens);
                }
                GenericParam::Lifetime(mut parameter) => {
                    // `single_use_lifetimes` skips a generated declaration.
                    parameter.lifetime.ident = generated(&parameter.lifetime.ident);
                    parameter.to_tokens(tokens);
                }
            }
            comma().to_tokens(tokens);
        }
    }
}

/// The parameters as a use of the type names them. Each ends with a comma.
#[derive(Clone, Copy)]
struct Arguments<'a>(&'a Generics);

impl ToTokens for Arguments<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for parameter in &self.0.params {
            match parameter {
                GenericParam::Type(parameter) => parameter.ident.to_tokens(tokens),
                GenericParam::Const(parameter) => parameter.ident.to_tokens(tokens),
                GenericParam::Lifetime(parameter) => parameter.lifetime.to_tokens(tokens),
            }
            comma().to_tokens(tokens);
        }
    }
}
