//! The input for the operation: its response format, its descriptor, its values and its body; and `impl Paginated`.

use super::{Declared, Runtime, own_type, punct};
use crate::{
    item::{FieldType, generated},
    model::{
        BodyEncoding, Field, Lists, Location, Operation, PagePosition, Paging, Part, PartEncoding, Response, Style,
    },
};
use proc_macro2::{Ident, Literal, Punct, Spacing, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote, quote_spanned};
use std::borrow::Cow;

/// The input for the implementation of the operation.
pub(super) fn expand(operation: &Operation<'_>, runtime: &Runtime) -> TokenStream {
    let response = format(operation, runtime);
    let descriptor = descriptor(operation);
    let parameters = operation.fields.iter().filter(|field| field.location.is_parameter());
    let values = parameters.map(|field| ParameterValue { field, runtime });
    let body = body(operation, runtime);
    let shared = shared(operation, runtime);
    quote!(operation (#response) #descriptor [#(#values),*] (#body) #shared)
}

/// `shared (&[<Common as Parameters>::DESCRIPTOR])`
///
/// The compiler compares the names in them with those of the operation. For a generic operation it does so where the operation is used.
fn shared(operation: &Operation<'_>, runtime: &Runtime) -> Option<TokenStream> {
    let descriptors = shared_descriptors(operation, runtime)?;
    Some(if operation.generics.params.is_empty() {
        quote!(shared (&#descriptors))
    } else {
        quote!(shared (&#runtime::__private::distinct(Self::DESCRIPTOR, #descriptors)))
    })
}

fn shared_descriptors(operation: &Operation<'_>, runtime: &Runtime) -> Option<TokenStream> {
    let fields = operation.fields.iter().filter(|field| matches!(field.location, Location::Parameters));
    let descriptors: Vec<TokenStream> =
        fields.map(|field| of_parameters(field.optional.unwrap_or(field.ty), "DESCRIPTOR", runtime)).collect();
    (!descriptors.is_empty()).then(|| quote!([#(#descriptors),*]))
}

/// `<Common as Parameters>::DESCRIPTOR`. The span is the type, and the errors of all such paths are the same, so that the compiler
/// shows one.
fn of_parameters(ty: FieldType<'_>, item: &str, runtime: &Runtime) -> TokenStream {
    let (module, item) = (quote!(__private), Ident::new(item, ty.span()));
    quote_spanned!(ty.span()=> <#ty as #runtime::#module::Parameters>::#item)
}

/// `const _: [&str; 1] = distinct(<Request as Declaration>::DESCRIPTOR, [<Common as Parameters>::DESCRIPTOR]);`
///
/// An operation with generic parameters has it in its implementation, because a constant has no generic parameters.
pub(super) fn distinct_names(operation: &Operation<'_>, runtime: &Runtime) -> Option<TokenStream> {
    let of_shared = |field: &&Field<'_>| matches!(field.location, Location::Parameters);
    let descriptors = shared_descriptors(operation, runtime).filter(|_| operation.generics.params.is_empty())?;
    let count = Literal::usize_unsuffixed(operation.fields.iter().filter(of_shared).count());
    // The error points to the field.
    let field = operation.fields.iter().find(of_shared)?;
    let (own, module) = (own_type(operation), quote!(__private));
    let runtime: TokenStream = runtime.at(field.name.span()).collect();
    Some(quote_spanned! {field.name.span()=>
        const _: [&#runtime::#module::str; #count] =
            #runtime::#module::distinct(<#own as #runtime::#module::Declaration>::DESCRIPTOR, #descriptors);
    })
}

/// The implementation for a struct of shared parameters.
///
/// ```text
/// impl Parameters for Common {
///     const DESCRIPTOR: &'static str = "account header x-account-id";
///     fn value(&self, index: usize) -> Option<&dyn ParameterValue> { nth(&[&self.account], index) }
/// }
/// ```
pub(super) fn parameters(operation: &Operation<'_>, runtime: &Runtime) -> TokenStream {
    let Operation { generics, allowed_lints, fields, .. } = operation;
    let lines = lines(operation);
    let descriptor = lines.trim_start_matches('\n');
    let values = fields.iter().map(|field| ParameterValue { field, runtime });
    let (parameters, where_clause, own) = (Declared(generics), &generics.where_clause, own_type(operation));
    quote! {
        #[automatically_derived]
        #allowed_lints
        impl<#parameters> #runtime::__private::Parameters for #own #where_clause {
            const DESCRIPTOR: &'static #runtime::__private::str = #descriptor;
            fn value(
                &self,
                index: #runtime::__private::core::primitive::usize,
            ) -> #runtime::__private::Option<&dyn #runtime::__private::ParameterValue> {
                #runtime::__private::nth(&[#(#values),*], index)
            }
        }
    }
}

/// The format of the response, as in `type Response = Json<User>;`.
fn format(operation: &Operation<'_>, runtime: &Runtime) -> TokenStream {
    let body = body_format(operation, runtime);
    let (mut first, _) = ends(&body);
    let Some(ty) = &operation.response_headers else { return quote_spanned!(first=> type Response = #body;) };
    // The error about a failing bound points to both types, and names the one that fails.
    let (first_of_headers, last) = ends(ty);
    let is_alone = matches!(operation.response, Response::Ignored | Response::Invalid);
    if !matches!(operation.response, Response::Json(_) | Response::ByStatus(_)) {
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
        Response::Json(ty) => return format_of(ty, "Json", runtime),
        Response::ByStatus(ty) => return format_of(ty, "ByStatus", runtime),
    };
    let format = Ident::new(format, Span::call_site());
    quote!(#runtime::format::#format)
}

/// The format with a type. The span is the type, where the error about a failing bound points.
fn format_of(ty: &syn::Type, name: &str, runtime: &Runtime) -> TokenStream {
    let (first, last) = ends(ty);
    let runtime: TokenStream = runtime.at(first).collect();
    // `unused_qualifications` skips a path with a generated segment.
    let (format, close) = (quote!(format), punct('>', Spacing::Alone, last));
    let name = Ident::new(name, first);
    quote_spanned!(first=> #runtime::#format::#name<#ty #close)
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
    let path = operation.path_text();
    let response = match operation.response {
        Response::Ignored | Response::Invalid => "ignored",
        Response::Json(_) | Response::ByStatus(_) => "json",
        Response::Text => "text",
        Response::Bytes => "bytes",
        Response::Download => "download",
    };
    let mut text = format!("{id} {method} {path} {response}");
    let flags = [(" idempotent", *idempotent), (" passthrough", *passthrough), (" no_credentials", *no_credentials)];
    text.extend(flags.into_iter().filter_map(|(word, is_set)| is_set.then_some(word)));
    for header in &operation.constant_headers {
        for piece in ["\n", &header.name, " constant ", &header.value] {
            text.push_str(piece);
        }
    }
    text.push_str(&lines(operation));
    text
}

/// A line for each field, with the line break before it.
fn lines(operation: &Operation<'_>) -> String {
    let mut text = String::new();
    for field in &operation.fields {
        let Some((traits, name)) = traits_and_name(field) else { continue };
        let is_body = matches!(field.location, Location::Body(_));
        let optional = if !is_body && field.optional.is_some() { ",optional" } else { "" };
        for piece in ["\n", &field.word, " ", traits, optional, " ", &name] {
            text.push_str(piece);
        }
    }
    text
}

/// The location and the traits of a field, and its name on the wire. The name of a body is its media type. That of a part has its media
/// type and its file name after it.
fn traits_and_name<'a>(field: &'a Field<'_>) -> Option<(&'static str, Cow<'a, str>)> {
    Some(match &field.location {
        Location::Path { name, explode } => (if *explode { "path,exploded" } else { "path" }, name.into()),
        Location::Header { name, sensitive, explode } => {
            let traits = match (sensitive, explode) {
                (false, false) => "header",
                (false, true) => "header,exploded",
                (true, false) => "header,sensitive",
                (true, true) => "header,sensitive,exploded",
            };
            (traits, name.into())
        }
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
        Location::Cookie { name } => ("cookie", name.into()),
        Location::Part(Part { name, encoding, file_name }) => {
            let words = [name, encoding.content_type(), file_name.as_deref().unwrap_or_default()].map(encode);
            ("part", words.join(" ").trim_end().to_owned().into())
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
        Location::Parameters => ("parameters", "".into()),
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
        if matches!(field.location, Location::Parameters) {
            let (ty, function) = field.optional.map_or((field.ty, "required"), |inner| (inner, "optional"));
            let (function, name) = (of_parameters(ty, function, runtime), generated(field.name));
            tokens.extend(quote!(&#function(&self.#name)));
        } else if is_always_encodable(field.optional.unwrap_or(field.ty)) {
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
        let mut parts = operation.parts().map(|(field, part)| part_call(field, part, runtime)).peekable();
        return if parts.peek().is_some() {
            quote!(#runtime::__private::RequestBody::Multipart(&[#(#parts),*]))
        } else {
            quote!(#runtime::__private::RequestBody::None)
        };
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

/// The value of a part.
fn part_call(field: &Field<'_>, part: &Part, runtime: &Runtime) -> TokenStream {
    let function = match part.encoding {
        PartEncoding::Value => "part",
        PartEncoding::Json(_) => "json_part",
        PartEncoding::Bytes(_) => "bytes_part",
    };
    call(runtime, function, field)
}

/// ```text
/// impl Paginated for Request {
///     type Paging = PageNumber;
///     fn seek(&mut self, position: &Position) -> Sought { count::<u32>().seek_page(&mut self.page, position) }
///     fn position(&self) -> Position { count::<u32>().page_position(&self.page, 1) }
///     fn full_page(&self) -> Option<u64> { count::<u32>().optional_full_page(&self.per_page) }
/// }
/// ```
///
/// A cursor has only the first function, and a link has none.
pub(super) fn paginated(operation: &Operation<'_>, runtime: &Runtime) -> Option<TokenStream> {
    let Operation { generics, allowed_lints, .. } = operation;
    let position = operation.position();
    let built_in = |name: &str| {
        let (page, name) = (quote!(page), Ident::new(name, Span::call_site()));
        quote!(#runtime::#page::#name)
    };
    let rule = match (&operation.paging, position) {
        (Some(Paging::Rule(ty)), _) => ty.to_token_stream(),
        (Some(Paging::Link(_)), _) => built_in("Link"),
        (None, Some((_, PagePosition::Cursor { next_header: None, .. }))) => built_in("BodyCursor"),
        (None, Some((_, PagePosition::Cursor { next_header: Some(_), .. }))) => built_in("HeaderCursor"),
        (None, Some((_, PagePosition::Number { .. }))) => built_in("PageNumber"),
        (None, Some((_, PagePosition::Offset { .. }))) => built_in("Offset"),
        (None, None) => return None,
    };
    let functions = position.and_then(|(field, position)| position_functions(field, position, runtime));
    let full_page = operation.full_pages().map(|(field, _)| {
        let (ty, function) = match field.optional {
            Some(inner) => (inner, "optional_full_page"),
            None => (field.ty, "full_page"),
        };
        let name = generated(field.name);
        let value = count(ty, function, &quote!(&self.#name), runtime);
        quote! {
            fn full_page(&self) -> #runtime::__private::Option<#runtime::__private::core::primitive::u64> { #value }
        }
    });
    let (parameters, where_clause, own) = (Declared(generics), &generics.where_clause, own_type(operation));
    Some(quote! {
        #[automatically_derived]
        #allowed_lints
        impl<#parameters> #runtime::Paginated for #own #where_clause {
            type Paging = #rule;
            #functions
            #full_page
        }
    })
}

/// The functions that set and read the position in a field.
fn position_functions(field: &Field<'_>, position: &PagePosition, runtime: &Runtime) -> Option<TokenStream> {
    let ty = field.optional?;
    // Outside `quote_spanned`, because `self` is hygienic and the type may come from a macro.
    let name = generated(field.name);
    let (written, read) = (quote!(&mut self.#name, position), quote!(&self.#name));
    let reads = |value| quote!(fn position(&self) -> #runtime::__private::Position { #value });
    let (seek, more) = match position {
        PagePosition::Cursor { next_header, .. } => {
            let header = next_header.as_ref().map(|name| name.value().to_ascii_lowercase());
            let header = header.map(|name| quote!(const CURSOR_HEADER: &'static #runtime::__private::str = #name;));
            let module = quote!(__private);
            (quote_spanned!(ty.span()=> #runtime::#module::seek_cursor::<#ty>(#written)), header)
        }
        PagePosition::Number { first, .. } => {
            let position = count(ty, "page_position", &quote!(#read, #first), runtime);
            (count(ty, "seek_page", &written, runtime), Some(reads(position)))
        }
        PagePosition::Offset { .. } => {
            let position = count(ty, "offset_position", &read, runtime);
            (count(ty, "seek_offset", &written, runtime), Some(reads(position)))
        }
    };
    Some(quote! {
        fn seek(&mut self, position: &#runtime::__private::Position) -> #runtime::__private::Sought { #seek }
        #more
    })
}

/// `count::<u32>().seek_page(&mut self.page, position)`
fn count(ty: FieldType<'_>, function: &str, arguments: &TokenStream, runtime: &Runtime) -> TokenStream {
    let (module, function) = (quote!(__private), Ident::new(function, Span::call_site()));
    quote_spanned!(ty.span()=> #runtime::#module::count::<#ty>().#function(#arguments))
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
            "headers(\"x-a\" = \"b c\")",
        ];
        let fields = "#[path] id: String, #[header] a: Option<u8>, #[header(sensitive)] b: u8, #[query] c: u8,
            #[query(explode = false)] d: u8, #[query(style = \"spaceDelimited\")] e: u8,
            #[query(style = \"spaceDelimited\", explode = true)] f: u8, #[query(style = \"pipeDelimited\")] g: u8,
            #[query(style = \"pipeDelimited\", explode = true)] h: u8, #[query(style = \"deepObject\")] i: u8,
            #[query(flatten)] j: u8, #[parameters] shared: P, #[query(style = \"deepObject\", lists = \"brackets\")] l: u8,
            #[query(style = \"deepObject\", lists = \"indices\")] m: u8, #[cookie] n: u8, #[body] k: u8, #[part] o: u8";
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
