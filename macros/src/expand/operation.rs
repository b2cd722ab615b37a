//! `impl Operation`: the metadata and the conversion.

use super::{Runtime, Tokens, punct};
use crate::model::{Encoding, Field, Kind, Operation, Response, Style};
use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::{Type, spanned::Spanned};

/// ```text
/// impl Operation for Request {
///     type Response = Json<Answer>;
///     const METADATA: &'static Metadata = {
///         use stackone::__private::*;
///         &Metadata { path: "/{id}", parameters: &[Parameter("id", "id", PATH)], .. }
///     };
///     #[inline(never)]
///     fn to_http_request(&self) -> Result<http::Request<Bytes>, Error> {
///         build(Self::METADATA, &[&self.id], json::<Body>(&self.body))
///     }
/// }
/// ```
///
/// Inlined into `into_http_request`, the list of values would be compiled twice for each operation, for one call less.
pub(super) fn expand(operation: &Operation<'_>) -> TokenStream {
    let Operation { name, generics, .. } = operation;
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let runtime = Runtime::of(operation);
    let format = format(operation, &runtime);
    let metadata = metadata(operation, &runtime);
    let values = operation.fields.iter().filter(|field| is_parameter(field)).map(|field| value(&runtime, field));
    let payload = payload(operation, &runtime);
    let paginated = paginated(operation, &runtime);
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unused_qualifications)]
        impl #impl_generics #runtime::Operation for #name #type_generics #where_clause {
            #format
            const METADATA: &'static #runtime::__private::Metadata = { #metadata };
            #[inline(never)]
            fn to_http_request(&self) -> #runtime::__private::Result {
                #runtime::__private::build(Self::METADATA, &[#(#values),*], #payload)
            }
        }
        #paginated
    }
}

fn is_parameter(field: &Field<'_>) -> bool {
    matches!(field.kind, Kind::Path { .. } | Kind::Header { .. } | Kind::Query(_))
}

/// `type Response = Json<Answer>;`
fn format(operation: &Operation<'_>, runtime: &Runtime) -> TokenStream {
    let format = match &operation.response {
        Response::Ignored | Response::Mistaken => "Ignored",
        Response::Text => "Text",
        Response::Binary => "Binary",
        Response::Download => "Download",
        // At the type, which is what a failing bound is about.
        Response::Json(ty) => {
            let (first, last) = super::ends(ty);
            let runtime = runtime.at(first);
            let close = punct('>', Spacing::Alone, last);
            return quote_spanned!(first=> type Response = #runtime::format::Json<#ty #close;);
        }
    };
    let format = Ident::new(format, Span::call_site());
    quote!(type Response = #runtime::format::#format;)
}

/// Written out as a value, as the compiler evaluates it and a call costs ten times a field.
fn metadata(operation: &Operation<'_>, runtime: &Runtime) -> TokenStream {
    let Operation { id, idempotent, passthrough, .. } = operation;
    let method = Ident::new(operation.method.name, operation.method.span);
    let path = operation.path.as_ref().map_or_else(|| "/".to_owned(), |template| template.text.value());
    let parameters = || operation.fields.iter().filter(|field| is_parameter(field));
    let fields = parameters().map(Field::word);
    let (texts, traits): (Vec<_>, Vec<_>) = parameters().map(text_and_traits).unzip();
    let body = operation.body().map(|(field, encoding)| {
        let (field, content_type) = (field.word(), encoding.content_type());
        quote!(Some(BodyMetadata { field: #field, content_type: #content_type }))
    });
    let body = body.unwrap_or_else(|| quote!(None));
    let kind = Ident::new(
        match operation.response {
            Response::Ignored | Response::Mistaken => "Ignored",
            Response::Json(_) => "Json",
            Response::Text => "Text",
            Response::Binary => "Binary",
            Response::Download => "Download",
        },
        Span::call_site(),
    );
    quote! {
        use #runtime::__private::*;
        &Metadata {
            id: #id,
            method: Method::#method,
            path: #path,
            parameters: &[#(Parameter(#fields, #texts, #traits)),*],
            body: #body,
            response: Kind::#kind,
            idempotent: #idempotent,
            passthrough: #passthrough,
        }
    }
}

/// A parameter's text, `&page_size=`, and a constant of the runtime: `QUERY.joined()`.
fn text_and_traits(field: &Field<'_>) -> (String, Tokens) {
    let required = field.optional.is_none();
    match &field.kind {
        Kind::Header { name, sensitive } => {
            let traits = if required { "REQUIRED_HEADER" } else { "HEADER" };
            (name.clone(), constant(traits, &[("sensitive", *sensitive)]))
        }
        Kind::Query(query) => {
            let name = &query.name;
            let encoded = encode(name);
            let escaped = encoded != *name;
            let text = if escaped { format!("&{encoded}={name}") } else { format!("&{encoded}=") };
            let (traits, explode) = match query.style {
                Style::Form { explode: false } => ("QUERY", Some("joined")),
                Style::Form { .. } => ("QUERY", None),
                Style::Space { explode } => ("SPACE_DELIMITED", explode.then_some("exploded")),
                Style::Pipe { explode } => ("PIPE_DELIMITED", explode.then_some("exploded")),
                Style::DeepObject => ("DEEP_OBJECT", None),
                Style::Flatten => ("FLATTEN", None),
            };
            let explode = (explode.unwrap_or_default(), explode.is_some());
            (text, constant(traits, &[explode, ("escaped", escaped), ("required", required)]))
        }
        Kind::Path { name } => (name.clone(), constant("PATH", &[])),
        Kind::Body(_) | Kind::Unknown => (String::new(), constant("PATH", &[])),
    }
}

/// A constant, with a call for each trait that it has besides.
fn constant(name: &str, traits: &[(&str, bool)]) -> Tokens {
    let span = Span::call_site();
    let mut tokens = vec![TokenTree::Ident(Ident::new(name, span))];
    for (name, _) in traits.iter().filter(|(_, has)| *has) {
        tokens.push(TokenTree::Punct(punct('.', Spacing::Alone, span)));
        tokens.push(TokenTree::Ident(Ident::new(name, span)));
        tokens.push(TokenTree::Group(Group::new(Delimiter::Parenthesis, TokenStream::new())));
    }
    Tokens(tokens)
}

/// Percent-encodes what does not stand for itself in a URL (RFC 3986, section 2.3). It is done here, and not by the
/// runtime's constant functions: evaluating those for each name took a sixth of the work of checking a declaration.
fn encode(name: &str) -> String {
    let stands = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    let encode = |byte| if stands(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    name.bytes().map(encode).collect()
}

/// A parameter's value, as the `&dyn Value` that it becomes.
fn value(runtime: &Runtime, field: &Field<'_>) -> TokenStream {
    if is_known(field.optional.unwrap_or(field.ty)) {
        let name = field.name;
        quote!(&self.#name)
    } else {
        call(runtime, "value", field)
    }
}

/// Whether the type is one that can surely be sent. There is no bound to fail then, and no call is needed that would show
/// where it does: each such call is as much work for the compiler as half a function.
fn is_known(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let word = path.path.get_ident().map(ToString::to_string);
    word.is_some_and(|word| {
        matches!(
            word.as_str(),
            "String" | "bool" | "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "isize"
        )
    })
}

/// What the body is made from; an optional one that is not there is none.
fn payload(operation: &Operation<'_>, runtime: &Runtime) -> TokenStream {
    let Some((field, encoding)) = operation.body() else {
        return quote!(#runtime::__private::Payload::None);
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

fn paginated(operation: &Operation<'_>, runtime: &Runtime) -> Option<TokenStream> {
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
