//! `impl Operation`: the metadata and the conversion.

use crate::model::{Encoding, Field, Kind, Operation, Response};
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

/// ```text
/// impl Operation for Request {
///     type Response = Json<Answer>;
///     fn metadata() -> &'static Metadata {
///         static METADATA: Metadata = Metadata::new("id", Method::POST, "/{id}", &[Parameter::path("id", "id")], Json::<Answer>::KIND);
///         &METADATA
///     }
///     fn to_http_request(&self) -> Result<http::Request<Bytes>, Error> {
///         build(Self::metadata(), &[value::<String>(&self.id)], Payload::Json(&self.body))
///     }
/// }
/// ```
pub(super) fn expand(operation: &Operation<'_>) -> TokenStream {
    let Operation { name, generics, runtime, .. } = operation;
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let format = format(operation);
    let metadata = metadata(operation);
    let values = operation
        .fields
        .iter()
        .filter(|field| is_parameter(field))
        .map(|Field { name, ty, .. }| quote_spanned!(ty.span()=> #runtime::__private::value::<#ty>(&self.#name)));
    let payload = payload(operation);
    let paginated = paginated(operation);
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #runtime::Operation for #name #type_generics #where_clause {
            type Response = #format;
            fn metadata() -> &'static #runtime::__private::Metadata {
                static METADATA: #runtime::__private::Metadata = #metadata;
                &METADATA
            }
            fn to_http_request(&self) -> #runtime::__private::Result {
                #runtime::__private::build(Self::metadata(), &[#(#values),*], #payload)
            }
        }
        #paginated
    }
}

fn is_parameter(field: &Field<'_>) -> bool {
    matches!(field.kind, Kind::Path { .. } | Kind::Header { .. } | Kind::Query(_))
}

fn format(operation: &Operation<'_>) -> TokenStream {
    let runtime = &operation.runtime;
    match &operation.response {
        Response::Ignored => quote!(#runtime::format::Ignored),
        Response::Text => quote!(#runtime::format::Text),
        Response::Binary => quote!(#runtime::format::Binary),
        Response::Download => quote!(#runtime::format::Download),
        // At the type, which is what a failing bound is about.
        Response::Json(ty) => {
            let runtime = super::runtime_at(operation, ty.span());
            quote_spanned!(ty.span()=> #runtime::format::Json<#ty>)
        }
    }
}

fn metadata(operation: &Operation<'_>) -> TokenStream {
    let Operation { id, runtime, .. } = operation;
    let method = Ident::new(operation.method.name, operation.method.span);
    let path = operation.path.as_ref().map_or_else(|| "/".to_owned(), |template| template.text.value());
    let parameters = operation.fields.iter().filter_map(|field| parameter(operation, field));
    let kind = Ident::new(
        match operation.response {
            Response::Ignored => "Ignored",
            Response::Json(_) => "Json",
            Response::Text => "Text",
            Response::Binary => "Binary",
            Response::Download => "Download",
        },
        proc_macro2::Span::call_site(),
    );
    let body = operation.body().map(|(field, encoding)| {
        let (field, content_type) = (field.word(), encoding.content_type());
        quote!(.with_body(#field, #content_type))
    });
    let idempotent = operation.idempotent.then(|| quote!(.idempotent()));
    let passthrough = operation.passthrough.then(|| quote!(.passthrough()));
    quote! {
        #runtime::__private::Metadata::new(
            #id,
            #runtime::__private::Method::#method,
            #path,
            &[#(#parameters),*],
            #runtime::format::Kind::#kind
        ) #body #idempotent #passthrough
    }
}

/// `Parameter::query("page_size", "page_size", Style::Form, true)`
fn parameter(operation: &Operation<'_>, field: &Field<'_>) -> Option<TokenStream> {
    let runtime = &operation.runtime;
    let word = field.word();
    let constructor = match &field.kind {
        Kind::Path { name } => quote!(path(#word, #name)),
        Kind::Header { name, sensitive } => {
            let sensitive = sensitive.then(|| quote!(.sensitive()));
            quote!(header(#word, #name) #sensitive)
        }
        Kind::Query(query) => {
            let (name, explode) = (&query.name, query.explode);
            let style = Ident::new(query.style, proc_macro2::Span::call_site());
            quote!(query(#word, #name, #runtime::__private::Style::#style, #explode))
        }
        Kind::Body(_) | Kind::Unknown => return None,
    };
    let required = field.optional.is_none().then(|| quote!(.required()));
    Some(quote!(#runtime::__private::Parameter::#constructor #required))
}

/// What the body is made from; an optional one that is not there is none.
fn payload(operation: &Operation<'_>) -> TokenStream {
    let runtime = &operation.runtime;
    let Some((Field { name, ty, optional, .. }, encoding)) = operation.body() else {
        return quote!(#runtime::__private::Payload::None);
    };
    let function = match encoding {
        Encoding::Json(_) => "json",
        Encoding::Form(_) => "form",
        Encoding::Bytes(_) => "bytes",
    };
    match optional {
        Some(inner) => {
            let function = Ident::new(&format!("optional_{function}"), inner.span());
            quote_spanned!(inner.span()=> #runtime::__private::#function::<#inner>(&self.#name))
        }
        None => {
            let function = Ident::new(function, ty.span());
            quote_spanned!(ty.span()=> #runtime::__private::#function::<#ty>(&self.#name))
        }
    }
}

fn paginated(operation: &Operation<'_>) -> Option<TokenStream> {
    let Operation { name, generics, runtime, .. } = operation;
    let field =
        operation.fields.iter().find(|field| matches!(&field.kind, Kind::Query(query) if query.cursor.is_some()))?;
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let cursor = field.name;
    Some(quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #runtime::Paginated for #name #type_generics #where_clause {
            fn set_cursor(&mut self, cursor: #runtime::__private::String) {
                self.#cursor = #runtime::__private::core::option::Option::Some(
                    #runtime::__private::core::convert::Into::into(cursor)
                );
            }
        }
    })
}
