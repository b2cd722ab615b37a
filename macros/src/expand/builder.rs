//! The builder: a struct whose required fields carry their state in its type, and one setter for each field.

use crate::model::{Field, Kind, Operation, Style};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{GenericParam, Generics, Index, ext::IdentExt, spanned::Spanned};

/// ```text
/// pub mod RequestBuilderFields { pub struct id; }
/// pub struct RequestBuilder<S = (RequestBuilderFields::id,)> { required: S, optional: (Option<Prefer>,) }
/// impl<S0> RequestBuilder<(S0,)> {
///     pub fn id(self, value: impl Into<String>) -> RequestBuilder<(String,)> { .. }
///     pub fn build(self) -> Request where S0: IsSet<String> { .. }
/// }
/// impl<S> RequestBuilder<S> {
///     pub fn prefer(self, value: impl Into<Prefer>) -> Self { .. }
///     pub fn maybe_prefer(mut self, value: Option<Prefer>) -> Self { .. }
/// }
/// impl Request { pub fn builder() -> RequestBuilder { .. } }
/// ```
pub(super) fn expand(operation: &Operation<'_>) -> TokenStream {
    Builder::new(operation).expand()
}

struct Builder<'a> {
    operation: &'a Operation<'a>,
    name: Ident,
    /// The module of types that stand where a required field has no value yet, so that an error can name it.
    markers: Ident,
    required: Vec<&'a Field<'a>>,
    /// The type parameter of each required field.
    states: Vec<Ident>,
}

impl<'a> Builder<'a> {
    fn new(operation: &'a Operation<'a>) -> Self {
        let name = operation.name.unraw();
        let required: Vec<_> = operation.required().collect();
        Self {
            operation,
            name: format_ident!("{name}Builder", span = operation.name.span()),
            markers: format_ident!("{name}BuilderFields"),
            states: (0..required.len()).map(|index| format_ident!("__S{index}")).collect(),
            required,
        }
    }

    fn expand(&self) -> TokenStream {
        let markers = self.markers();
        let definition = self.definition();
        let setters = self.setters();
        let entry = self.entry();
        let debug = self.debug();
        quote!(#markers #definition #setters #entry #debug)
    }

    fn markers(&self) -> Option<TokenStream> {
        let (visibility, module) = (&self.operation.visibility, &self.markers);
        // At the field, where the error about a missing value then points.
        let types = self.required.iter().map(|Field { name, .. }| quote_spanned!(name.span()=> pub struct #name;));
        (!self.required.is_empty()).then(|| {
            quote! {
                #[doc(hidden)]
                #[allow(dead_code, nonstandard_style, unreachable_pub, missing_debug_implementations, missing_copy_implementations)]
                #visibility mod #module { #(#types)* }
            }
        })
    }

    fn definition(&self) -> TokenStream {
        let Operation { visibility, name: request, .. } = self.operation;
        let (name, module) = (&self.name, &self.markers);
        let parameters = self.operation.generics.params.iter();
        let where_clause = &self.operation.generics.where_clause;
        let required = self.required.iter().map(|field| field.name);
        let optional = self.operation.optional().map(|(field, _)| field.ty);
        let marker = self.marker().map(|ty| quote!(marker: #ty));
        let doc = format!("Builds a [`{request}`].");
        quote! {
            #[doc = #doc]
            #[must_use = "call `build()`"]
            #[allow(deprecated, nonstandard_style, missing_copy_implementations, clippy::type_complexity)]
            #visibility struct #name<#(#parameters,)* __S = (#(#module::#required,)*)> #where_clause {
                required: __S,
                optional: (#(#optional,)*),
                #marker
            }
        }
    }

    /// What keeps the generic parameters in use while the fields that use them are not set.
    fn marker(&self) -> Option<TokenStream> {
        let Operation { generics, runtime, name: request, .. } = self.operation;
        let (_, type_generics, _) = generics.split_for_impl();
        (!generics.params.is_empty()).then(|| quote!(#runtime::__private::PhantomData<fn() -> #request #type_generics>))
    }

    /// The builder's type with these states.
    fn with_states(&self, states: impl Iterator<Item = TokenStream>) -> TokenStream {
        let name = &self.name;
        let arguments = generic_arguments(self.operation.generics);
        quote!(#name<#(#arguments,)* (#(#states,)*)>)
    }

    /// The setters of required fields and `build()` know the state of each field. Those of optional fields do not, which
    /// spares the compiler a sixth of the work of checking a crate that has hundreds of operations.
    fn setters(&self) -> TokenStream {
        let Operation { generics, .. } = self.operation;
        let (name, states, where_clause) = (&self.name, &self.states, &generics.where_clause);
        let parameters: Vec<TokenStream> = without_defaults(generics).collect();
        let arguments = generic_arguments(generics);
        let builder = self.with_states(states.iter().map(ToTokens::to_token_stream));
        let required = self.required.iter().enumerate().map(|(index, field)| self.required_setter(index, field));
        let optional = self.operation.optional().enumerate();
        let optional = optional.map(|(index, (field, inner))| self.optional_setters(index, field, inner));
        let build = self.build();
        let allow = quote! {
            #[allow(
                deprecated,
                nonstandard_style,
                private_interfaces,
                single_use_lifetimes,
                unused_qualifications,
                clippy::type_complexity
            )]
        };
        let has_optional = self.operation.optional().next().is_some();
        let optional = has_optional.then(|| {
            quote! {
                #allow
                impl<#(#parameters,)* __S> #name<#(#arguments,)* __S> #where_clause { #(#optional)* }
            }
        });
        quote! {
            #allow
            impl<#(#parameters,)* #(#states),*> #builder #where_clause {
                #(#required)*
                #build
            }
            #optional
        }
    }

    fn required_setter(&self, index: usize, field: &Field<'_>) -> Option<TokenStream> {
        let Operation { visibility, .. } = self.operation;
        let Field { name, ty, attributes, .. } = field;
        let builder = &self.name;
        let place = place(field);
        let states = self.states.iter().enumerate();
        let states = states.map(|(other, state)| if other == index { quote!(#ty) } else { quote!(#state) });
        let next = self.with_states(states);
        let values = (0..self.required.len()).map(|other| {
            let place = Index::from(other);
            if other == index { quote!(value.into()) } else { quote!(self.required.#place) }
        });
        let marker = self.marker().map(|_| quote!(marker: self.marker));
        let into = self.into(field, ty);
        (!field.hidden).then(|| {
            quote! {
                #(#attributes)*
                #[doc = #place]
                #visibility fn #name(self, value: #into) -> #next {
                    #builder { required: (#(#values,)*), optional: self.optional, #marker }
                }
            }
        })
    }

    fn optional_setters(&self, index: usize, field: &Field<'_>, inner: &syn::Type) -> Option<TokenStream> {
        let Operation { visibility, runtime, .. } = self.operation;
        let Field { name, ty, attributes, .. } = field;
        let place = place(field);
        let maybe = format_ident!("maybe_{}", name.unraw(), span = name.span());
        let maybe_doc = format!("[`{name}`](Self::{name}), or nothing for `None`.", name = name.unraw());
        let deprecated = attributes.iter().filter(|attribute| attribute.path().is_ident("deprecated"));
        let index = Index::from(index);
        let into = self.into(field, inner);
        (!field.hidden).then(|| {
            quote! {
                #(#attributes)*
                #[doc = #place]
                #visibility fn #name(self, value: #into) -> Self {
                    self.#maybe(#runtime::__private::Some(value.into()))
                }
                #(#deprecated)*
                #[doc = #maybe_doc]
                #visibility fn #maybe(mut self, value: #ty) -> Self {
                    self.optional.#index = value;
                    self
                }
            }
        })
    }

    /// `impl Into<Type>` at the field, which is what the error about a value of another type then shows.
    fn into(&self, field: &Field<'_>, ty: &syn::Type) -> TokenStream {
        let runtime = super::runtime_at(self.operation, field.name.span());
        quote_spanned!(field.name.span()=> impl #runtime::__private::Into<#ty>)
    }

    fn build(&self) -> TokenStream {
        let Operation { visibility, generics, name: request, .. } = self.operation;
        let (_, type_generics, _) = generics.split_for_impl();
        let bounds = self.required.iter().zip(&self.states).map(|(field, state)| {
            let Field { name, ty, .. } = field;
            // At the field, which is what the error about a missing value then shows.
            let runtime = super::runtime_at(self.operation, name.span());
            quote_spanned!(name.span()=> #state: #runtime::__private::IsSet<#ty>)
        });
        let where_clause = (!self.required.is_empty()).then(|| quote!(where #(#bounds),*));
        let (mut required, mut optional) = ((0..).map(Index::from), (0..).map(Index::from));
        let fields = self.operation.fields.iter().map(|Field { name, optional: inner, .. }| {
            if inner.is_none() {
                let index = required.next();
                quote!(#name: self.required.#index.into_value())
            } else {
                let index = optional.next();
                quote!(#name: self.optional.#index)
            }
        });
        let build = Ident::new("build", request.span());
        quote! {
            /// The request.
            #visibility fn #build(self) -> #request #type_generics #where_clause {
                #request { #(#fields),* }
            }
        }
    }

    /// `Debug` without values: one of them may be a secret, and not every type has it.
    fn debug(&self) -> TokenStream {
        let Operation { runtime, generics, .. } = self.operation;
        let name = &self.name;
        let text = name.to_string();
        let parameters = without_defaults(generics);
        let arguments = generic_arguments(generics);
        let where_clause = &generics.where_clause;
        quote! {
            #[automatically_derived]
            impl<#(#parameters,)* __S> #runtime::__private::Debug for #name<#(#arguments,)* __S> #where_clause {
                fn fmt(&self, f: &mut #runtime::__private::Formatter<'_>) -> #runtime::__private::fmt::Result {
                    #runtime::__private::debug(#text, f)
                }
            }
        }
    }

    /// The inherent methods of the request: the way into the builder, and out to HTTP.
    fn entry(&self) -> TokenStream {
        let Operation { visibility, runtime, generics, name: request, .. } = self.operation;
        let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
        let (name, module) = (&self.name, &self.markers);
        let start = if generics.params.is_empty() {
            name.to_token_stream()
        } else {
            let names = self.required.iter().map(|field| field.name);
            self.with_states(names.map(|name| quote!(#module::#name)))
        };
        let unset = self.required.iter().map(|field| field.name);
        let none = self.operation.optional().map(|_| quote!(#runtime::__private::None));
        let marker = self.marker().map(|_| quote!(marker: #runtime::__private::PhantomData));
        quote! {
            #[allow(deprecated, clippy::missing_errors_doc)]
            impl #impl_generics #request #type_generics #where_clause {
                /// A builder with nothing set.
                #visibility const fn builder() -> #start {
                    #name { required: (#(#module::#unset,)*), optional: (#(#none,)*), #marker }
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

/// The parameters as an `impl` declares them: without defaults.
fn without_defaults(generics: &Generics) -> impl Iterator<Item = TokenStream> {
    generics.params.iter().map(|parameter| match parameter.clone() {
        GenericParam::Type(mut parameter) => {
            parameter.default = None;
            parameter.into_token_stream()
        }
        GenericParam::Const(mut parameter) => {
            parameter.default = None;
            parameter.into_token_stream()
        }
        GenericParam::Lifetime(parameter) => parameter.into_token_stream(),
    })
}

/// The parameters as a use of the type names them.
fn generic_arguments(generics: &Generics) -> Vec<TokenStream> {
    generics
        .params
        .iter()
        .map(|parameter| match parameter {
            GenericParam::Type(parameter) => parameter.ident.to_token_stream(),
            GenericParam::Const(parameter) => parameter.ident.to_token_stream(),
            GenericParam::Lifetime(parameter) => parameter.lifetime.to_token_stream(),
        })
        .collect()
}
