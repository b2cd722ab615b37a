//! `impl Operation`: the declaration and the conversion; `impl Paginated`.

use super::{Runtime, punct};
use crate::{
    item::Type,
    model::{Encoding, Field, Kind, Operation, Response, Style},
};
use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote, quote_spanned};
use std::borrow::Cow;

/// The part of the declaration that `impl Operation` is made from.
pub(super) fn expand(operation: &Operation<'_>, runtime: &Runtime) -> TokenStream {
    let response = format(operation, runtime);
    let declared = declared(operation);
    let values = operation.fields.iter().filter(|field| is_parameter(field)).map(|field| Value { field, runtime });
    let payload = payload(operation, runtime);
    quote!(operation (#response) #declared [#(#values),*] (#payload))
}

fn is_parameter(field: &Field<'_>) -> bool {
    matches!(field.kind, Kind::Path { .. } | Kind::Header { .. } | Kind::Query(_))
}

/// How a response is read: `type Response = Json<Answer>;`.
fn format(operation: &Operation<'_>, runtime: &Runtime) -> TokenStream {
    let format = match &operation.response {
        Response::Ignored | Response::Mistaken => "Ignored",
        Response::Text => "Text",
        Response::Bytes => "Bytes",
        Response::Download => "Download",
        // At the type, which is what a failing bound is about.
        Response::Json(ty) => {
            let (first, last) = ends(ty);
            let runtime: TokenStream = runtime.at(first).collect();
            let close = punct('>', Spacing::Alone, last);
            return quote_spanned!(first=> type Response = #runtime::format::Json<#ty #close;);
        }
    };
    let format = Ident::new(format, Span::call_site());
    quote!(type Response = #runtime::format::#format;)
}

/// The places where tokens begin and end. What stands around them in generated code goes there, so that an error about
/// the whole underlines just them; one span over all of them is not to be had in stable Rust.
fn ends(tokens: &impl ToTokens) -> (Span, Span) {
    let mut tokens = tokens.to_token_stream().into_iter();
    let Some(first) = tokens.next() else { return (Span::call_site(), Span::call_site()) };
    let last = tokens.last().unwrap_or_else(|| first.clone());
    (first.span(), last.span())
}

/// What the runtime reads: see its `operation/declared.rs`.
fn declared(operation: &Operation<'_>) -> String {
    let Operation { id, idempotent, passthrough, .. } = operation;
    let method = operation.method.name;
    let path = operation.path.as_ref().map_or_else(|| "/".to_owned(), |template| template.text.value());
    let response = match operation.response {
        Response::Ignored | Response::Mistaken => "ignored",
        Response::Json(_) => "json",
        Response::Text => "text",
        Response::Bytes => "bytes",
        Response::Download => "download",
    };
    let mut text = format!("{id} {method} {path} {response}");
    let facts = [(" idempotent", *idempotent), (" passthrough", *passthrough)];
    text.extend(facts.into_iter().filter_map(|(word, holds)| holds.then_some(word)));
    for field in &operation.fields {
        let Some((traits, name)) = traits_and_name(field) else { continue };
        let optional = if is_parameter(field) && field.optional.is_some() { ",optional" } else { "" };
        for piece in ["\n", &field.word, " ", traits, optional, " ", &name] {
            text.push_str(piece);
        }
    }
    text
}

/// Where a field goes and how, and its name there; the body's is its media type.
fn traits_and_name<'a>(field: &'a Field<'_>) -> Option<(&'static str, Cow<'a, str>)> {
    Some(match &field.kind {
        Kind::Path { name } => ("path", name.into()),
        Kind::Header { name, sensitive: true } => ("header,sensitive", name.into()),
        Kind::Header { name, sensitive: false } => ("header", name.into()),
        Kind::Query(query) => {
            let traits = match query.style {
                Style::Form { explode: true } => "query",
                Style::Form { explode: false } => "query,joined",
                Style::Space { explode: false } => "query,spaceDelimited",
                Style::Space { explode: true } => "query,spaceDelimited,exploded",
                Style::Pipe { explode: false } => "query,pipeDelimited",
                Style::Pipe { explode: true } => "query,pipeDelimited,exploded",
                Style::DeepObject => "query,deepObject",
                Style::Flatten => "query,flatten",
            };
            (traits, encode(&query.name))
        }
        Kind::Body(encoding) => ("body", encoding.content_type().into()),
        Kind::Unknown => return None,
    })
}

/// Percent-encodes what does not stand for itself in a URL (RFC 3986, section 2.3).
fn encode(name: &str) -> Cow<'_, str> {
    let stands = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    if name.bytes().all(stands) {
        return name.into();
    }
    let encode = |byte| if stands(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    name.bytes().map(encode).collect()
}

/// A parameter's value, as the `&dyn Value` that it becomes.
struct Value<'a> {
    field: &'a Field<'a>,
    runtime: &'a Runtime,
}

impl ToTokens for Value<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { field, runtime } = *self;
        if is_known(field.optional.unwrap_or(field.ty)) {
            tokens.append(Punct::new('&', Spacing::Alone));
            tokens.append(Ident::new("self", Span::call_site()));
            tokens.append(Punct::new('.', Spacing::Alone));
            field.name.to_tokens(tokens);
        } else {
            call(runtime, "value", field).to_tokens(tokens);
        }
    }
}

/// Whether the type is one that can surely be sent. There is no bound to fail then, and no call is needed that would show
/// where it does: each such call is as much work for the compiler as half a function.
fn is_known(ty: Type<'_>) -> bool {
    matches!(
        ty.text(),
        "String" | "bool" | "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "isize"
    )
}

/// What the body is made from; an optional one that is not there is none.
fn payload(operation: &Operation<'_>, runtime: &Runtime) -> TokenStream {
    let Some((field, encoding)) = operation.body() else {
        return quote!(#runtime::__private::RequestBody::None);
    };
    let function = match encoding {
        Encoding::Json(_) => "json",
        Encoding::Form(_) => "form",
        Encoding::Bytes(_) => "bytes",
    };
    call(runtime, function, field)
}

/// Passes a field to a function of the runtime, or to the one for an optional value of the same name. The type is
/// given, without what makes it optional, as it is what an error about a failing bound underlines.
fn call(runtime: &Runtime, function: &str, Field { name, ty, optional, .. }: &Field<'_>) -> TokenStream {
    let (ty, function) = match optional {
        Some(inner) => (inner, format!("optional_{function}")),
        None => (ty, function.to_owned()),
    };
    let function = Ident::new(&function, ty.span());
    // Outside `quote_spanned`: `self` is hygienic, and the type may come from a macro.
    let value = quote!(&self.#name);
    quote_spanned!(ty.span()=> #runtime::__private::#function::<#ty>(#value))
}

pub(super) fn paginated(operation: &Operation<'_>, runtime: &Runtime) -> Option<TokenStream> {
    let Operation { name, generics, .. } = operation;
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
