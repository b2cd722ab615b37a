//! The builder: a struct whose required fields carry their state in its type, and one setter for each field.
//!
//! Setters are inlined, always: each call is a function of its own, for one type of argument in one state of the builder,
//! and left to LLVM they took 40 % of the release build of a crate that makes each of 292 requests once (7.4 s against
//! 4.4 s).

use super::{Runtime, Tokens, punct};
use crate::model::{Field, Kind, Operation, Style};
use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, GenericParam, Generics, Index, Type, ext::IdentExt};

/// ```text
/// pub mod RequestBuilderFields { pub struct id {} }
/// pub struct RequestBuilder<S = (RequestBuilderFields::id,)> { required: S, optional: (Option<Prefer>,) }
/// impl<S0> RequestBuilder<(S0,)> {
///     pub fn id(self, value: impl Into<String>) -> RequestBuilder<(String,)> { .. }
///     pub fn build(self) -> Request where S0: IsSet<String> { .. }
/// }
/// impl<S> RequestBuilder<S> {
///     pub fn prefer(mut self, value: impl Into<Prefer>) -> Self { .. }
///     pub fn maybe_prefer(mut self, value: Option<Prefer>) -> Self { .. }
/// }
/// impl Request { pub fn builder() -> RequestBuilder { .. } }
/// ```
pub(super) fn expand(operation: &Operation<'_>) -> TokenStream {
    let builder = Builder::new(operation);
    let mut tokens = builder.definition();
    tokens.extend([builder.required_setters(), builder.optional_setters(), builder.entry(), builder.debug()]);
    tokens
}

struct Builder<'a> {
    operation: &'a Operation<'a>,
    runtime: Runtime,
    name: Ident,
    /// The module of types that stand where a required field has no value yet, so that an error can name it.
    markers: Ident,
    required: Vec<&'a Field<'a>>,
    optional: Vec<(&'a Field<'a>, &'a Type)>,
    /// The type parameter of each required field.
    states: Vec<Ident>,
    /// What keeps the generic parameters in use while the fields that use them are not set.
    has_marker: bool,
}

impl<'a> Builder<'a> {
    fn new(operation: &'a Operation<'a>) -> Self {
        let name = operation.name.unraw();
        let required: Vec<_> = operation.required().collect();
        Self {
            operation,
            runtime: Runtime::of(operation),
            name: format_ident!("{name}Builder", span = operation.name.span()),
            markers: format_ident!("{name}BuilderFields"),
            states: (0..required.len()).map(|index| format_ident!("__S{index}")).collect(),
            required,
            optional: operation.optional().collect(),
            has_marker: !operation.generics.params.is_empty(),
        }
    }

    fn definition(&self) -> TokenStream {
        let Operation { visibility, name: request, generics, .. } = self.operation;
        let Self { runtime, name, markers, .. } = self;
        let where_clause = &generics.where_clause;
        let parameters = &generics.params;
        let comma = (!parameters.empty_or_trailing()).then(|| quote!(,));
        let required: Vec<_> = self.required.iter().map(|field| field.name).collect();
        let optional = self.optional.iter().map(|(field, _)| field.ty);
        let (_, type_generics, _) = generics.split_for_impl();
        let marker =
            self.has_marker.then(|| quote!(marker: #runtime::__private::PhantomData<fn() -> #request #type_generics>));
        let doc = format!("Builds a [`{request}`].");
        let module = self.module();
        quote! {
            #module
            #[doc = #doc]
            #[must_use = "call `build()`"]
            #[allow(deprecated, nonstandard_style, missing_copy_implementations, clippy::type_complexity)]
            #visibility struct #name<#parameters #comma __S = (#(#markers::#required,)*)> #where_clause {
                required: __S,
                optional: (#(#optional,)*),
                #marker
            }
        }
    }

    fn module(&self) -> Option<TokenStream> {
        let (visibility, markers) = (&self.operation.visibility, &self.markers);
        // At the fields, which is where the error about a missing value then points. With braces, as each unit struct would
        // be a constant too for the compiler to keep.
        let types = self.required.iter().map(|Field { name, .. }| {
            let keywords = ["pub", "struct"].map(|word| TokenTree::Ident(Ident::new(word, name.span())));
            let mut braces = Group::new(Delimiter::Brace, TokenStream::new());
            braces.set_span(name.span());
            Tokens(keywords.into_iter().chain([(*name).clone().into(), braces.into()]).collect())
        });
        (!self.required.is_empty()).then(|| {
            quote! {
                #[doc(hidden)]
                #[allow(dead_code, nonstandard_style, unreachable_pub, missing_debug_implementations, missing_copy_implementations)]
                #visibility mod #markers { #(#types)* }
            }
        })
    }

    /// The setters of required fields and `build()`, which know the state of each field.
    ///
    /// A value is converted before anything is moved: what unwinds then drops the builder whole, in half of the code.
    fn required_setters(&self) -> TokenStream {
        let Operation { visibility, generics, .. } = self.operation;
        let Self { name, states, .. } = self;
        let (parameters, arguments, where_clause) = (Declared(generics), Arguments(generics), &generics.where_clause);

        let setters = || self.required.iter().enumerate().filter(|(_, field)| !field.hidden);
        let attributes = setters().map(|(_, field)| &field.attributes);
        let places = setters().map(|(_, field)| place(field));
        let names = setters().map(|(_, field)| field.name);
        let types: Vec<_> = setters().map(|(_, field)| field.ty).collect();
        let bounds = setters().map(|(_, field)| self.bound(field, field.ty));
        let before = setters().map(|(index, _)| &states[..index]);
        let after = setters().map(|(index, _)| &states[index + 1..]);
        let kept_before = setters().map(|(index, _)| indexes(0..index));
        let kept_after = setters().map(|(index, _)| indexes(index + 1..states.len()));
        let marker = self.has_marker.then(|| quote!(marker: self.marker));

        let build = self.build();
        quote! {
            #[allow(
                deprecated,
                nonstandard_style,
                private_interfaces,
                single_use_lifetimes,
                unused_qualifications,
                clippy::type_complexity
            )]
            impl<#parameters #(#states),*> #name<#arguments (#(#states,)*)> #where_clause {
                #(
                    #(#attributes)*
                    #[doc = #places]
                    #[inline(always)]
                    #visibility fn #names(self, value: #bounds) -> #name<#arguments (#(#before,)* #types, #(#after,)*)> {
                        let value = value.into();
                        #name {
                            required: (#(self.required.#kept_before,)* value, #(self.required.#kept_after,)*),
                            optional: self.optional,
                            #marker
                        }
                    }
                )*
                #build
            }
        }
    }

    fn build(&self) -> TokenStream {
        let Operation { visibility, generics, name: request, .. } = self.operation;
        let Self { runtime, states, .. } = self;
        let required = self.required.iter().map(|field| field.name);
        let required_at = indexes(0..self.required.len());
        let optional = self.optional.iter().map(|(field, _)| field.name);
        let optional_at = indexes(0..self.optional.len());
        // At the fields, which is what the error about a missing value then shows.
        let is_set = self.required.iter().map(|field| runtime.private_at("IsSet", field.name.span()));
        let values = self.required.iter().map(|field| field.ty);
        let ends = self.required.iter().map(|field| punct('>', Spacing::Alone, field.name.span()));
        let (_, type_generics, _) = generics.split_for_impl();
        let keyword = (!states.is_empty()).then(|| Ident::new("where", Span::call_site()));
        let build = Ident::new("build", request.span());
        quote! {
            /// The request.
            #[inline(always)]
            #visibility fn #build(self) -> #request #type_generics #keyword #(#states: #is_set<#values #ends,)* {
                #request {
                    #(#required: self.required.#required_at.into_value(),)*
                    #(#optional: self.optional.#optional_at,)*
                }
            }
        }
    }

    /// The setters of optional fields. They know no states, which spares the compiler a sixth of the work of checking a
    /// crate that has hundreds of operations.
    fn optional_setters(&self) -> TokenStream {
        if self.optional.is_empty() {
            return TokenStream::new();
        }
        let Operation { visibility, generics, .. } = self.operation;
        let Self { runtime, name, .. } = self;
        let (parameters, arguments, where_clause) = (Declared(generics), Arguments(generics), &generics.where_clause);

        let setters = || self.optional.iter().enumerate().filter(|(_, (field, _))| !field.hidden);
        let attributes = setters().map(|(_, (field, _))| &field.attributes);
        let deprecated = setters().map(|(_, (field, _))| deprecations(field));
        let places = setters().map(|(_, (field, _))| place(field));
        let names = setters().map(|(_, (field, _))| field.name);
        let maybe = setters().map(|(_, (field, _))| maybe(field.name));
        let docs =
            setters().map(|(_, (field, _))| format!("[`{0}`](Self::{0}), or nothing for `None`.", field.name.unraw()));
        let bounds = setters().map(|(_, (field, inner))| self.bound(field, inner));
        let types = setters().map(|(_, (field, _))| field.ty);
        let at: Vec<_> = setters().map(|(index, _)| Index::from(index)).collect();
        quote! {
            #[allow(
                deprecated,
                nonstandard_style,
                private_interfaces,
                single_use_lifetimes,
                unused_qualifications,
                clippy::type_complexity
            )]
            impl<#parameters __S> #name<#arguments __S> #where_clause {
                #(
                    #(#attributes)*
                    #[doc = #places]
                    #[inline(always)]
                    #visibility fn #names(mut self, value: #bounds) -> Self {
                        self.optional.#at = #runtime::__private::Some(value.into());
                        self
                    }
                    #(#deprecated)*
                    #[doc = #docs]
                    #visibility fn #maybe(mut self, value: #types) -> Self {
                        self.optional.#at = value;
                        self
                    }
                )*
            }
        }
    }

    /// `impl Into<Type>` at the field, which is what the error about a value of another type then shows.
    fn bound<'b>(&self, field: &Field<'_>, ty: &'b Type) -> impl ToTokens + use<'b> {
        let span = field.name.span();
        IntoBound {
            keyword: Ident::new("impl", span),
            into: self.runtime.private_at("Into", span),
            brackets: ['<', '>'].map(|bracket| punct(bracket, Spacing::Alone, span)),
            ty,
        }
    }

    /// `Debug` without values: one of them may be a secret, and not every type has it.
    fn debug(&self) -> TokenStream {
        let generics = self.operation.generics;
        let Self { runtime, name, .. } = self;
        let text = name.to_string();
        let (parameters, arguments, where_clause) = (Declared(generics), Arguments(generics), &generics.where_clause);
        quote! {
            #[automatically_derived]
            impl<#parameters __S> #runtime::__private::Debug for #name<#arguments __S> #where_clause {
                fn fmt(&self, f: &mut #runtime::__private::Formatter<'_>) -> #runtime::__private::fmt::Result {
                    #runtime::__private::debug(#text, f)
                }
            }
        }
    }

    /// The inherent methods of the request: the way into the builder, and out to HTTP.
    fn entry(&self) -> TokenStream {
        let Operation { visibility, generics, name: request, .. } = self.operation;
        let Self { runtime, name, markers, .. } = self;
        let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
        let required: Vec<_> = self.required.iter().map(|field| field.name).collect();
        let arguments = Arguments(generics);
        let start = self.has_marker.then(|| quote!(<#arguments (#(#markers::#required,)*)>));
        let none = self.optional.iter().map(|_| Ident::new("None", Span::call_site()));
        let marker = self.has_marker.then(|| quote!(marker: #runtime::__private::PhantomData));
        quote! {
            #[allow(deprecated, clippy::missing_const_for_fn, clippy::missing_errors_doc)]
            impl #impl_generics #request #type_generics #where_clause {
                /// A builder with nothing set.
                #[inline(always)]
                #visibility fn builder() -> #name #start {
                    #name { required: (#(#markers::#required {},)*), optional: (#(#runtime::__private::#none,)*), #marker }
                }
                #[doc = #TO_HTTP]
                #visibility fn into_http_request(self) -> #runtime::__private::Result {
                    #runtime::Operation::to_http_request(&self)
                }
            }
        }
    }
}

/// One string, as each line of a doc comment is an attribute for the compiler to carry.
const TO_HTTP: &str = "The request as HTTP: a relative URI, the headers and the whole body.\n\n# Errors\n\n\
                       A value that cannot be sent as it is; the error names the field.";

/// Says where a setter's value goes.
fn place(field: &Field<'_>) -> String {
    let place = match &field.kind {
        Kind::Path { name } => format!("Path value `{name}`."),
        Kind::Header { name, .. } => format!("Header `{name}`."),
        Kind::Query(query) if matches!(query.style, Style::Flatten) => "Query parameters, one for each key.".to_owned(),
        Kind::Query(query) => format!("Query parameter `{}`.", query.name),
        Kind::Body(encoding) => format!("The body, `{}`.", encoding.content_type()),
        Kind::Unknown => String::new(),
    };
    let documented = field.attributes.iter().any(|attribute| attribute.path().is_ident("doc"));
    if documented { format!("\n\n{place}") } else { place }
}

fn deprecations<'a>(field: &Field<'a>) -> Vec<&'a Attribute> {
    field.attributes.iter().copied().filter(|attribute| attribute.path().is_ident("deprecated")).collect()
}

/// The name of the setter that takes an `Option`.
fn maybe(name: &Ident) -> Ident {
    format_ident!("maybe_{}", name.unraw(), span = name.span())
}

fn indexes(range: std::ops::Range<usize>) -> Vec<Index> {
    range.map(Index::from).collect()
}

struct IntoBound<'a> {
    keyword: Ident,
    into: Tokens,
    brackets: [proc_macro2::Punct; 2],
    ty: &'a Type,
}

impl ToTokens for IntoBound<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.keyword.to_tokens(tokens);
        self.into.to_tokens(tokens);
        self.brackets[0].to_tokens(tokens);
        self.ty.to_tokens(tokens);
        self.brackets[1].to_tokens(tokens);
    }
}

/// The parameters as an `impl` declares them, without defaults; each has its comma.
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
                GenericParam::Lifetime(parameter) => parameter.to_tokens(tokens),
            }
            punct(',', Spacing::Alone, Span::call_site()).to_tokens(tokens);
        }
    }
}

/// The parameters as a use of the type names them; each has its comma.
struct Arguments<'a>(&'a Generics);

impl ToTokens for Arguments<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for parameter in &self.0.params {
            match parameter {
                GenericParam::Type(parameter) => parameter.ident.to_tokens(tokens),
                GenericParam::Const(parameter) => parameter.ident.to_tokens(tokens),
                GenericParam::Lifetime(parameter) => parameter.lifetime.to_tokens(tokens),
            }
            punct(',', Spacing::Alone, Span::call_site()).to_tokens(tokens);
        }
    }
}
