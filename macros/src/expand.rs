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
use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};

pub(crate) fn expand(operation: &Operation<'_>, output: &mut TokenStream) {
    let runtime = Runtime::of(operation);
    let mut declaration = builder::expand(operation, &runtime);
    declaration.extend(operation::expand(operation, &runtime));
    output.append_all(&runtime.private);
    output.append(Ident::new("declare", Span::call_site()));
    output.append(Punct::new('!', Spacing::Alone));
    output.append(Group::new(Delimiter::Brace, declaration));
    output.extend(operation::paginated(operation, &runtime));
}

/// Where generated code finds the runtime.
struct Runtime {
    /// The path of what generated code names, up to the name.
    private: Vec<TokenTree>,
    /// How much of it is the path of the runtime.
    length: usize,
    /// A path that the user gave may say `$crate`, whose meaning is in where it was written.
    given: bool,
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
        private.push(name("__private"));
        private.extend(separator());
        Self { private, length, given: operation.runtime.is_some() }
    }

    /// The path with another span, so that an error about what is named there shows where it came from.
    fn at(&self, span: Span) -> impl Iterator<Item = TokenTree> {
        self.private_at(span).take(self.length)
    }

    /// `private` with another span.
    fn private_at(&self, span: Span) -> impl Iterator<Item = TokenTree> {
        self.private.iter().cloned().map(move |mut token| {
            token.set_span(if self.given { span.resolved_at(token.span()) } else { span });
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
