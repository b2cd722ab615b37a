//! `impl Operation`: the metadata and the conversion.

use super::Runtime;
use crate::model::{Encoding, Field, Kind, Operation, Response, Style};
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

/// ```text
/// impl Operation for Request {
///     type Response = Json<Answer>;
///     fn metadata() -> &'static Metadata {
///         static METADATA: Metadata = Metadata::new("id", Method::POST, "/{id}", &[path("id", "id")], Kind::Json);
///         &METADATA
///     }
///     fn to_http_request(&self) -> Result<http::Request<Bytes>, Error> {
///         build(Self::metadata(), &[value::<String>(&self.id)], json::<Body>(&self.body))
///     }
/// }
/// ```
pub(super) fn expand(operation: &Operation<'_>) -> TokenStream {
    let Operation { name, generics, runtime, .. } = operation;
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let format = format(operation);
    let metadata = metadata(operation);
    let values =
        operation.fields.iter().filter(|field| is_parameter(field)).map(|field| call(operation, "value", field));
    let payload = payload(operation);
    let paginated = paginated(operation);
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unused_qualifications)]
        impl #impl_generics #runtime::Operation for #name #type_generics #where_clause {
            #format
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

/// `type Response = Json<Answer>;`
fn format(operation: &Operation<'_>) -> TokenStream {
    let runtime = &operation.runtime;
    let format = match &operation.response {
        Response::Ignored | Response::Mistaken => quote!(#runtime::format::Ignored),
        Response::Text => quote!(#runtime::format::Text),
        Response::Binary => quote!(#runtime::format::Binary),
        Response::Download => quote!(#runtime::format::Download),
        // At the type, which is what a failing bound is about.
        Response::Json(ty) => {
            let (first, last) = super::ends(ty);
            let runtime = Runtime::of(operation).at(first);
            let close = quote_spanned!(last=> >;);
            return quote_spanned!(first=> type Response = #runtime::format::Json<#ty #close);
        }
    };
    quote!(type Response = #format;)
}

fn metadata(operation: &Operation<'_>) -> TokenStream {
    let Operation { id, runtime, .. } = operation;
    let method = Ident::new(operation.method.name, operation.method.span);
    let path = operation.path.as_ref().map_or_else(|| "/".to_owned(), |template| template.text.value());
    let parameters = operation.fields.iter().filter_map(|field| parameter(operation, field));
    let kind = Ident::new(
        match operation.response {
            Response::Ignored | Response::Mistaken => "Ignored",
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

/// `query("page_size", "&page_size=").with_style(Style::Form, false)`
fn parameter(operation: &Operation<'_>, field: &Field<'_>) -> Option<TokenStream> {
    let runtime = &operation.runtime;
    let word = field.word();
    let required = field.optional.is_none().then(|| quote!(.required()));
    Some(match &field.kind {
        Kind::Path { name } => quote!(#runtime::__private::path(#word, #name)),
        Kind::Header { name, sensitive } => {
            let sensitive = sensitive.then(|| quote!(.sensitive()));
            quote!(#runtime::__private::header(#word, #name) #required #sensitive)
        }
        Kind::Query(query) => {
            let name = &query.name;
            let (function, style) = match query.style {
                Style::Form { explode: true } => (quote!(query), None),
                Style::Form { explode } => (quote!(query), Some(quote!(Form, #explode))),
                Style::Space { explode } => (quote!(query), Some(quote!(SpaceDelimited, #explode))),
                Style::Pipe { explode } => (quote!(query), Some(quote!(PipeDelimited, #explode))),
                Style::DeepObject => (quote!(deep_object), None),
                Style::Flatten => (quote!(flatten), None),
            };
            let style = style.map(|style| quote!(.with_style(#runtime::operation::Style::#style)));
            let encoded = encode(name);
            let (name, escaped) = if encoded == *name { ("", None) } else { (name.as_str(), Some(quote!(.escaped()))) };
            let key = format!("&{encoded}={name}");
            quote!(#runtime::__private::#function(#word, #key) #style #escaped #required)
        }
        Kind::Body(_) | Kind::Unknown => return None,
    })
}

/// Percent-encodes what does not stand for itself in a URL (RFC 3986, section 2.3). It is done here, and not by the
/// runtime's constant functions: evaluating those for each name took a sixth of the work of checking a declaration.
fn encode(name: &str) -> String {
    let stands = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    let encode = |byte| if stands(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    name.bytes().map(encode).collect()
}

/// What the body is made from; an optional one that is not there is none.
fn payload(operation: &Operation<'_>) -> TokenStream {
    let runtime = &operation.runtime;
    let Some((field, encoding)) = operation.body() else {
        return quote!(#runtime::__private::Payload::None);
    };
    let function = match encoding {
        Encoding::Json(_) => "json",
        Encoding::Form(_) => "form",
        Encoding::Bytes(_) => "bytes",
    };
    call(operation, function, field)
}

/// Passes a field to a function of the runtime, or to the one for an optional value of the same name. The type is
/// given, without what makes it optional, as it is what an error about a failing bound underlines.
fn call(operation: &Operation<'_>, function: &str, Field { name, ty, optional, .. }: &Field<'_>) -> TokenStream {
    let runtime = &operation.runtime;
    let (ty, function) = match optional {
        Some(inner) => (inner, format!("optional_{function}")),
        None => (ty, function.to_owned()),
    };
    let function = Ident::new(&function, ty.span());
    // Outside `quote_spanned`: `self` is hygienic, and the type may come from a macro.
    let value = quote!(&self.#name);
    quote_spanned!(ty.span()=> #runtime::__private::#function::<#ty>(#value))
}

fn paginated(operation: &Operation<'_>) -> Option<TokenStream> {
    let Operation { name, generics, runtime, .. } = operation;
    let is_cursor = |field: &Field<'_>| matches!(&field.kind, Kind::Query(query) if query.cursor.is_some());
    let (field, inner) = operation.optional().find(|(field, _)| is_cursor(field))?;
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let cursor = field.name;
    let argument = quote!(cursor);
    let value = quote_spanned!(inner.span()=> #runtime::__private::cursor::<#inner>(#argument));
    Some(quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #runtime::Paginated for #name #type_generics #where_clause {
            fn set_cursor(&mut self, cursor: #runtime::__private::String) {
                self.#cursor = #runtime::__private::Some(#value);
            }
        }
    })
}
