//! The operation, written out: what the template in the runtime takes (`__private/declare.rs`), and `impl Paginated`.
//!
//! What is generated is data and one-line calls: the fields' names and places as one text, their values as a list of
//! `&dyn`. Everything that works on them is compiled once, in the runtime.
//!
//! Entries are written into the stream at hand, and hardly ever is one `TokenStream` put into another: each time that is a
//! round trip to the compiler.

mod builder;
mod operation;

use crate::model::Operation;
use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};

pub(crate) fn expand(operation: &Operation<'_>) -> TokenStream {
    let runtime = Runtime::of(operation);
    let builder = builder::expand(operation, &runtime);
    let conversion = operation::expand(operation, &runtime);
    let paginated = operation::paginated(operation, &runtime);
    quote! {
        #runtime::__private::declare! { #builder #conversion }
        #paginated
    }
}

/// The places where tokens begin and end. What stands around them in generated code goes there, so that an error about
/// the whole underlines just them; one span over all of them is not to be had in stable Rust.
fn ends(tokens: &impl ToTokens) -> (Span, Span) {
    let mut tokens = tokens.to_token_stream().into_iter();
    let Some(first) = tokens.next() else { return (Span::call_site(), Span::call_site()) };
    let last = tokens.last().unwrap_or_else(|| first.clone());
    (first.span(), last.span())
}

/// Where generated code finds the runtime.
struct Runtime {
    path: Vec<TokenTree>,
    /// A path that the user gave may say `$crate`, whose meaning is in where it was written.
    given: bool,
}

impl Runtime {
    fn of(operation: &Operation<'_>) -> Self {
        Self { path: operation.runtime.to_token_stream().into_iter().collect(), given: operation.renamed }
    }

    /// The path with another span, so that an error about what is named there shows where it came from.
    fn at(&self, span: Span) -> Self {
        let respan = |mut token: TokenTree| {
            token.set_span(if self.given { span.resolved_at(token.span()) } else { span });
            token
        };
        Self { path: self.path.iter().cloned().map(respan).collect(), given: self.given }
    }

    /// The path of what generated code names, up to the name, with another span.
    fn private_at(&self, span: Span) -> TokenStream {
        let separator = || [Spacing::Joint, Spacing::Alone].map(|spacing| TokenTree::Punct(punct(':', spacing, span)));
        let mut path = self.at(span).path;
        path.extend(separator());
        path.push(Ident::new("__private", span).into());
        path.extend(separator());
        path.into_iter().collect()
    }
}

impl ToTokens for Runtime {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(&self.path);
    }
}

fn punct(character: char, spacing: Spacing, span: Span) -> Punct {
    let mut punct = Punct::new(character, spacing);
    punct.set_span(span);
    punct
}
