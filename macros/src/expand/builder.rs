//! The builder: a struct whose required fields carry their state in its type, and one setter for each field.

use crate::model::{Field, Kind, Operation};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{GenericParam, Generics, ext::IdentExt, spanned::Spanned};

/// ```text
/// pub struct RequestBuilder<S0 = Unset<fields::id>> { id: S0, __optional: (Option<Prefer>,) }
/// impl<S0> RequestBuilder<S0> {
///     pub fn id(self, value: impl Into<String>) -> RequestBuilder<Set<String>> { .. }
///     pub fn prefer(mut self, value: impl Into<Prefer>) -> Self { .. }
///     pub fn maybe_prefer(mut self, value: Option<Prefer>) -> Self { .. }
///     pub fn build(self) -> Request where S0: IsSet<fields::id, String> { .. }
/// }
/// impl Request { pub fn builder() -> RequestBuilder { .. } }
/// ```
pub(super) fn expand(operation: &Operation<'_>) -> TokenStream {
    Builder::new(operation).expand()
}

struct Builder<'a> {
    operation: &'a Operation<'a>,
    name: Ident,
    /// The module of types that stand for the required fields, so that an error can name one.
    markers: Ident,
    required: Vec<(&'a Field<'a>, Ident)>,
}

impl<'a> Builder<'a> {
    fn new(operation: &'a Operation<'a>) -> Self {
        let name = operation.name.unraw();
        Self {
            operation,
            name: format_ident!("{name}Builder", span = operation.name.span()),
            markers: format_ident!("{name}Fields"),
            required: operation
                .required()
                .enumerate()
                .map(|(index, field)| (field, format_ident!("S{index}")))
                .collect(),
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

    fn markers(&self) -> TokenStream {
        let (visibility, module) = (&self.operation.visibility, &self.markers);
        let names = self.required.iter().map(|(field, _)| field.name);
        quote! {
            #[doc(hidden)]
            #[allow(non_snake_case)]
            #visibility mod #module {
                #(
                    #[allow(non_camel_case_types, unreachable_pub, missing_debug_implementations)]
                    pub struct #names;
                )*
            }
        }
    }

    fn definition(&self) -> TokenStream {
        let Operation { visibility, runtime, name: request, .. } = self.operation;
        let (name, module) = (&self.name, &self.markers);
        let parameters = self.operation.generics.params.iter();
        let states = self.required.iter().map(|(field, state)| {
            let marker = field.name;
            quote!(#state = #runtime::__private::Unset<#module::#marker>)
        });
        let where_clause = &self.operation.generics.where_clause;
        let required = self.required.iter().map(|(field, state)| {
            let name = field.name;
            quote!(#name: #state)
        });
        let optional = self.operation.optional().map(|(field, _)| field.ty);
        let marker = self.marker().map(|ty| quote!(__marker: #ty));
        let doc = format!("Builds a [`{request}`]: `build()` is there once every required field is set.");
        quote! {
            #[doc = #doc]
            #[must_use = "a builder does nothing before `build()`"]
            #[allow(clippy::type_complexity)]
            #visibility struct #name<#(#parameters,)* #(#states),*> #where_clause {
                #(#required,)*
                __optional: (#(#optional,)*),
                #marker
            }
        }
    }

    /// What keeps the generic parameters in use while the fields that use them are not set.
    fn marker(&self) -> Option<TokenStream> {
        let Operation { generics, runtime, name: request, .. } = self.operation;
        let (_, type_generics, _) = generics.split_for_impl();
        (!generics.params.is_empty())
            .then(|| quote!(#runtime::__private::core::marker::PhantomData<fn() -> #request #type_generics>))
    }

    /// The builder's type, with `state` in place of one of its states.
    fn with_state(&self, changed: &Ident, new: &TokenStream) -> TokenStream {
        let name = &self.name;
        let arguments = generic_arguments(self.operation.generics);
        let states = self.required.iter().map(|(_, state)| if state == changed { new.clone() } else { quote!(#state) });
        quote!(#name<#(#arguments,)* #(#states),*>)
    }

    fn setters(&self) -> TokenStream {
        let name = &self.name;
        let parameters = without_defaults(self.operation.generics);
        let arguments = generic_arguments(self.operation.generics);
        let states: Vec<&Ident> = self.required.iter().map(|(_, state)| state).collect();
        let where_clause = &self.operation.generics.where_clause;
        let required = self.required.iter().map(|(field, state)| self.required_setter(field, state));
        let optional = self
            .operation
            .optional()
            .enumerate()
            .map(|(index, (field, inner))| self.optional_setters(index, field, inner));
        let build = self.build();
        quote! {
            #[allow(deprecated, private_bounds, private_interfaces, clippy::type_complexity)]
            impl<#(#parameters,)* #(#states),*> #name<#(#arguments,)* #(#states),*> #where_clause {
                #(#required)*
                #(#optional)*
                #build
            }
        }
    }

    fn required_setter(&self, field: &Field<'_>, state: &Ident) -> TokenStream {
        let Operation { visibility, runtime, .. } = self.operation;
        let Field { name, ty, attributes, .. } = field;
        let builder = &self.name;
        let place = place(field);
        let set = quote_spanned!(ty.span()=> #runtime::__private::Set<#ty>);
        let next = self.with_state(state, &set);
        let others = self.required.iter().map(|(other, _)| other.name).filter(|other| other != name);
        let marker = self.marker().map(|_| quote!(__marker: self.__marker,));
        quote! {
            #(#attributes)*
            #[doc = #place]
            #visibility fn #name(self, value: impl #runtime::__private::core::convert::Into<#ty>) -> #next {
                #builder {
                    #name: #runtime::__private::Set(value.into()),
                    #(#others: self.#others,)*
                    __optional: self.__optional,
                    #marker
                }
            }
        }
    }

    fn optional_setters(&self, index: usize, field: &Field<'_>, inner: &syn::Type) -> TokenStream {
        let Operation { visibility, runtime, .. } = self.operation;
        let Field { name, ty, attributes, .. } = field;
        let place = place(field);
        let maybe = format_ident!("maybe_{}", name.unraw(), span = name.span());
        let maybe_doc = format!("[`{name}`](Self::{name}), or nothing for `None`.", name = name.unraw());
        let deprecated = attributes.iter().filter(|attribute| attribute.path().is_ident("deprecated"));
        let index = syn::Index::from(index);
        quote! {
            #(#attributes)*
            #[doc = #place]
            #visibility fn #name(mut self, value: impl #runtime::__private::core::convert::Into<#inner>) -> Self {
                self.__optional.#index = #runtime::__private::core::option::Option::Some(value.into());
                self
            }
            #(#deprecated)*
            #[doc = #maybe_doc]
            #visibility fn #maybe(mut self, value: #ty) -> Self {
                self.__optional.#index = value;
                self
            }
        }
    }

    fn build(&self) -> TokenStream {
        let Operation { visibility, runtime, generics, name: request, .. } = self.operation;
        let module = &self.markers;
        let (_, type_generics, _) = generics.split_for_impl();
        let bounds: Vec<TokenStream> = self
            .required
            .iter()
            .map(|(field, state)| {
                let Field { name, ty, .. } = field;
                // At the field, which is what the error about a missing value then shows.
                let runtime = super::runtime_at(self.operation, name.span());
                quote_spanned!(name.span()=> #state: #runtime::__private::IsSet<#module::#name, #ty>)
            })
            .collect();
        let where_clause = (!bounds.is_empty()).then(|| quote!(where #(#bounds),*));
        let mut optional = 0_usize;
        let fields = self.operation.fields.iter().map(|field| {
            let name = field.name;
            if field.optional.is_none() {
                return quote!(#name: self.#name.into_value());
            }
            let index = syn::Index::from(optional);
            optional += 1;
            quote!(#name: self.__optional.#index)
        });
        let import = (!bounds.is_empty()).then(|| quote!(use #runtime::__private::IsSet as _;));
        quote! {
            /// The request.
            #visibility fn build(self) -> #request #type_generics #where_clause {
                #import
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
        let states: Vec<&Ident> = self.required.iter().map(|(_, state)| state).collect();
        let where_clause = &generics.where_clause;
        quote! {
            #[automatically_derived]
            impl<#(#parameters,)* #(#states),*> #runtime::__private::core::fmt::Debug
                for #name<#(#arguments,)* #(#states),*> #where_clause
            {
                fn fmt(&self, f: &mut #runtime::__private::core::fmt::Formatter<'_>) -> #runtime::__private::core::fmt::Result {
                    #runtime::__private::debug(#text, f)
                }
            }
        }
    }

    /// The inherent methods of the request: the way into the builder, and out to HTTP.
    fn entry(&self) -> TokenStream {
        let Operation { visibility, runtime, generics, name: request, .. } = self.operation;
        let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
        let name = &self.name;
        let arguments = generic_arguments(generics);
        let start = if generics.params.is_empty() {
            quote!(#name)
        } else {
            let module = &self.markers;
            let states = self.required.iter().map(|(field, _)| {
                let marker = field.name;
                quote!(#runtime::__private::Unset<#module::#marker>)
            });
            quote!(#name<#(#arguments,)* #(#states),*>)
        };
        let required = self.required.iter().map(|(field, _)| field.name);
        let none = self.operation.optional().map(|_| quote!(#runtime::__private::core::option::Option::None));
        let marker = self.marker().map(|_| quote!(__marker: #runtime::__private::core::marker::PhantomData,));
        quote! {
            impl #impl_generics #request #type_generics #where_clause {
                /// A builder with nothing set.
                #visibility fn builder() -> #start {
                    #name {
                        #(#required: #runtime::__private::Unset::new(),)*
                        __optional: (#(#none,)*),
                        #marker
                    }
                }
                /// The request as HTTP: a relative URI, the headers and the whole body.
                ///
                /// # Errors
                ///
                /// A value that cannot be sent as it is; the error names the field.
                #visibility fn into_http_request(self) -> #runtime::__private::Result {
                    #runtime::Operation::to_http_request(&self)
                }
            }
        }
    }
}

/// Says where a setter's value goes.
fn place(field: &Field<'_>) -> String {
    let place = match &field.kind {
        Kind::Path { name } => format!("Path value `{name}`."),
        Kind::Header { name, .. } => format!("Header `{name}`."),
        Kind::Query(query) if query.style == "Flatten" => "Query parameters, one for each key.".to_owned(),
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
