//! The input for the operation: its response format, its descriptor, its values and its body; and `impl Paginated`.

use super::{Declared, Runtime, own_type, punct};
use crate::{
    item::{FieldType, generated},
    model::{BodyEncoding, Field, Lists, Location, Operation, Response, Style},
};
use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote, quote_spanned};
use std::borrow::Cow;

/// The input for the implementation of the operation.
pub(super) fn expand(operation: &Operation<'_>, runtime: &Runtime) -> TokenStream {
    let response = format(operation, runtime);
    let descriptor = descriptor(operation);
    let parameters = operation.fields.iter().filter(|field| field.location.is_parameter());
    let values = parameters.map(|field| ParameterValue { field, runtime });
    let body = body(operation, runtime);
    quote!(operation (#response) #descriptor [#(#values),*] (#body))
}

/// The format of the response, as in `type Response = Json<User>;`.
fn format(operation: &Operation<'_>, runtime: &Runtime) -> TokenStream {
    let body = body_format(operation, runtime);
    let (mut first, _) = ends(&body);
    let Some(ty) = &operation.response_headers else { return quote_spanned!(first=> type Response = #body;) };
    // The error about a failing bound points to both types, and names the one that fails.
    let (first_of_headers, last) = ends(ty);
    let is_alone = matches!(operation.response, Response::Ignored | Response::Invalid);
    if !matches!(operation.response, Response::Json(_)) {
        first = first_of_headers;
    }
    let runtime: TokenStream = runtime.at(first).collect();
    let (format, close) = (quote!(format), punct('>', Spacing::Alone, last));
    if is_alone {
        return quote_spanned!(first=> type Response = #runtime::#format::Headers<#ty #close;);
    }
    quote_spanned!(first=> type Response = #runtime::#format::HeadersAnd<#ty, #body #close;)
}

/// The format of the body, as in `Json<User>`.
fn body_format(operation: &Operation<'_>, runtime: &Runtime) -> TokenStream {
    let format = match &operation.response {
        Response::Ignored | Response::Invalid => "Ignored",
        Response::Text => "Text",
        Response::Bytes => "Bytes",
        Response::Download => "Download",
        // The span is the type, where the error about a failing bound points.
        Response::Json(ty) => {
            let (first, last) = ends(ty);
            let runtime: TokenStream = runtime.at(first).collect();
            // `unused_qualifications` skips a path with a generated segment.
            let (format, close) = (quote!(format), punct('>', Spacing::Alone, last));
            return quote_spanned!(first=> #runtime::#format::Json<#ty #close);
        }
    };
    let format = Ident::new(format, Span::call_site());
    quote!(#runtime::format::#format)
}

/// The spans of the first and the last token. Tokens around them get these spans, so that an error underlines all of them.
/// Stable Rust cannot join spans.
fn ends(tokens: &impl ToTokens) -> (Span, Span) {
    let mut tokens = tokens.to_token_stream().into_iter();
    let Some(first) = tokens.next() else { return (Span::call_site(), Span::call_site()) };
    let last = tokens.last().unwrap_or_else(|| first.clone());
    (first.span(), last.span())
}

/// The text that `operation/descriptor.rs` of the runtime parses.
fn descriptor(operation: &Operation<'_>) -> String {
    let Operation { id, idempotent, passthrough, no_credentials, .. } = operation;
    let method = operation.method.name;
    let path = operation.path.as_ref().map_or_else(|| "/".to_owned(), |template| template.text.value());
    let response = match operation.response {
        Response::Ignored | Response::Invalid => "ignored",
        Response::Json(_) => "json",
        Response::Text => "text",
        Response::Bytes => "bytes",
        Response::Download => "download",
    };
    let mut text = format!("{id} {method} {path} {response}");
    let flags = [(" idempotent", *idempotent), (" passthrough", *passthrough), (" no_credentials", *no_credentials)];
    text.extend(flags.into_iter().filter_map(|(word, is_set)| is_set.then_some(word)));
    for field in &operation.fields {
        let Some((traits, name)) = traits_and_name(field) else { continue };
        let optional = if field.location.is_parameter() && field.optional.is_some() { ",optional" } else { "" };
        for piece in ["\n", &field.word, " ", traits, optional, " ", &name] {
            text.push_str(piece);
        }
    }
    text
}

/// The location and the traits of a field, and its name on the wire. The name of a body is its media type.
fn traits_and_name<'a>(field: &'a Field<'_>) -> Option<(&'static str, Cow<'a, str>)> {
    Some(match &field.location {
        Location::Path { name } => ("path", name.into()),
        Location::Header { name, sensitive: true } => ("header,sensitive", name.into()),
        Location::Header { name, sensitive: false } => ("header", name.into()),
        Location::Query(query) => {
            let traits = match query.style {
                Style::Form { explode: true } => "query",
                Style::Form { explode: false } => "query,joined",
                Style::SpaceDelimited { explode: false } => "query,spaceDelimited",
                Style::SpaceDelimited { explode: true } => "query,spaceDelimited,exploded",
                Style::PipeDelimited { explode: false } => "query,pipeDelimited",
                Style::PipeDelimited { explode: true } => "query,pipeDelimited,exploded",
                Style::DeepObject { lists: Lists::Repeat } => "query,deepObject",
                Style::DeepObject { lists: Lists::Brackets } => "query,deepObject,brackets",
                Style::DeepObject { lists: Lists::Indices } => "query,deepObject,indices",
                Style::Flatten => "query,flatten",
            };
            (traits, encode(&query.name))
        }
        Location::Body(encoding) => {
            let traits = match encoding {
                BodyEncoding::Form { lists: Some(Lists::Repeat), .. } => "body,deepObject",
                BodyEncoding::Form { lists: Some(Lists::Brackets), .. } => "body,deepObject,brackets",
                BodyEncoding::Form { lists: Some(Lists::Indices), .. } => "body,deepObject,indices",
                BodyEncoding::Json(_) | BodyEncoding::Form { lists: None, .. } | BodyEncoding::Bytes(_) => "body",
            };
            (traits, encoding.content_type().into())
        }
        Location::Unknown => return None,
    })
}

/// Percent-encodes a name (RFC 3986, section 2.3). The runtime decodes it: a round trip of every character is tested there.
fn encode(name: &str) -> Cow<'_, str> {
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    if name.bytes().all(is_unreserved) {
        return name.into();
    }
    let encode = |byte| if is_unreserved(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    name.bytes().map(encode).collect()
}

/// The value of a parameter, as a `&dyn ParameterValue`.
struct ParameterValue<'a> {
    field: &'a Field<'a>,
    runtime: &'a Runtime,
}

impl ToTokens for ParameterValue<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { field, runtime } = *self;
        if is_always_encodable(field.optional.unwrap_or(field.ty)) {
            tokens.append(Punct::new('&', Spacing::Alone));
            tokens.append(Ident::new("self", Span::call_site()));
            tokens.append(Punct::new('.', Spacing::Alone));
            generated(field.name).to_tokens(tokens);
        } else {
            call(runtime, "value", field).to_tokens(tokens);
        }
    }
}

/// Whether every value of the type is a parameter. There is then no bound that can fail, and no call is needed to give an
/// error its span. Each such call costs the compiler as much as half a function.
fn is_always_encodable(ty: FieldType<'_>) -> bool {
    ty.text() == "String" || ty.is_primitive()
}

/// The body. An optional body without a value is none.
fn body(operation: &Operation<'_>, runtime: &Runtime) -> TokenStream {
    let Some((field, encoding)) = operation.body() else {
        return quote!(#runtime::__private::RequestBody::None);
    };
    let function = match encoding {
        BodyEncoding::Json(_) => "json",
        BodyEncoding::Form { .. } => "form",
        BodyEncoding::Bytes(_) => "bytes",
    };
    call(runtime, function, field)
}

/// A call of a function of the runtime with a field, or of its variant for optional values. The call names the type without
/// its `Option`, so that an error about a failing bound underlines it.
fn call(runtime: &Runtime, function: &str, Field { name, ty, optional, .. }: &Field<'_>) -> TokenStream {
    let (ty, function) = match optional {
        Some(inner) => (inner, format!("optional_{function}")),
        None => (ty, function.to_owned()),
    };
    let function = Ident::new(&function, ty.span());
    // Outside `quote_spanned`, because `self` is hygienic and the type may come from a macro.
    let name = generated(name);
    let (value, module) = (quote!(&self.#name), quote!(__private));
    quote_spanned!(ty.span()=> #runtime::#module::#function::<#ty>(#value))
}

pub(super) fn paginated(operation: &Operation<'_>, runtime: &Runtime) -> Option<TokenStream> {
    let Operation { generics, allowed_lints, .. } = operation;
    let is_cursor = |field: &Field<'_>| matches!(&field.location, Location::Query(query) if query.cursor.is_some());
    let (field, inner) = operation.optional().find(|(field, _)| is_cursor(field))?;
    let (parameters, where_clause) = (Declared(generics), &generics.where_clause);
    let (own, cursor) = (own_type(operation), generated(field.name));
    let (argument, module) = (quote!(cursor), quote!(__private));
    let value = quote_spanned!(inner.span()=> #runtime::#module::cursor::<#inner>(#argument));
    Some(quote! {
        #[automatically_derived]
        #allowed_lints
        impl<#parameters> #runtime::Paginated for #own #where_clause {
            fn set_cursor(&mut self, cursor: #runtime::__private::String) {
                self.#cursor = #runtime::__private::Some(#value);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::{item::FieldAttribute, model::METHODS};
    use std::collections::BTreeSet;

    /// The runtime has the same test for the words that it knows.
    #[test]
    fn the_words_of_descriptors_are_those_of_the_table() {
        let declarations = [
            "response = Type, idempotent",
            "response = text, passthrough",
            "response = bytes, no_credentials",
            "response = download",
            "",
        ];
        let fields = "#[path] id: String, #[header] a: Option<u8>, #[header(sensitive)] b: u8, #[query] c: u8,
            #[query(explode = false)] d: u8, #[query(style = \"spaceDelimited\")] e: u8,
            #[query(style = \"spaceDelimited\", explode = true)] f: u8, #[query(style = \"pipeDelimited\")] g: u8,
            #[query(style = \"pipeDelimited\", explode = true)] h: u8, #[query(style = \"deepObject\")] i: u8,
            #[query(flatten)] j: u8, #[query(style = \"deepObject\", lists = \"brackets\")] l: u8,
            #[query(style = \"deepObject\", lists = \"indices\")] m: u8, #[body] k: u8";
        let mut words = BTreeSet::new();
        for method in METHODS {
            for keys in declarations {
                let descriptor = descriptor_of(&format!("method = {method:?}, path = \"/{{id}}\", {keys}"), fields);
                let mut lines = descriptor.split("\\n");
                let mut first = lines.next().unwrap().split(' ').skip(1);
                words.insert(format!("method {}", first.next().unwrap()));
                words.insert(format!("response {}", first.nth(1).unwrap()));
                words.extend(first.map(|flag| format!("flag {flag}")));
                for line in lines {
                    let mut traits = line.split(' ').nth(1).unwrap().split(',');
                    words.insert(format!("location {}", traits.next().unwrap()));
                    words.extend(traits.map(|word| format!("trait {word}")));
                }
            }
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/expand/descriptor_words.txt");
        let table: BTreeSet<String> = std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect();
        assert_eq!(words, table);
        for attribute in FieldAttribute::ALL {
            assert!(table.contains(&format!("location {}", attribute.name())), "{attribute:?}");
        }
    }

    /// The descriptor in the expansion of a struct, as it is written in the literal.
    fn descriptor_of(arguments: &str, fields: &str) -> String {
        let item = format!("struct Request {{ {fields} }}").parse().unwrap();
        let expansion = crate::attribute::apply(&arguments.parse().unwrap(), item).to_string();
        let start = expansion.find("\"request ").unwrap() + 1;
        expansion[start..start + expansion[start..].find('"').unwrap()].to_owned()
    }
}
