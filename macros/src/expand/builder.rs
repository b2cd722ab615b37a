//! The input for the builder: the struct, and an entry for each field.

use super::{
    Arguments, Declared, Runtime, comma, own_type, punct,
    setter_docs::{Links, setter_attributes},
};
use crate::{
    item::{FieldType, generated},
    model::{Field, Location, Operation, Style},
};
use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, format_ident, quote};
use std::fmt::Write;
use syn::{Index, ext::IdentExt};

/// ```text
/// pub struct Request (Request) () () () () RequestBuilder "RequestBuilder" "Builds a [`Request`].." "The HTTP request.." build self () RequestBuilderFields pub struct {}
/// required { .. }
/// optional (impl <__State> RequestBuilder<__State>) { .. }
/// ```
pub(super) fn expand(operation: &Operation<'_>, runtime: &Runtime) -> TokenStream {
    let Operation { visibility, name: request, generics, allowed_lints, .. } = operation;
    let (parameters, arguments, where_clause) = (Declared(generics), Arguments(generics), &generics.where_clause);
    let defaulted = &generics.params;
    let comma_after = (!defaulted.empty_or_trailing()).then(comma);
    let builder = format_ident!("{}Builder", request.unraw(), span = request.span());
    let name = builder.to_string();
    let route = format!("`{} {}`", operation.method.name, operation.path_text());
    let about = about(operation, &route);
    let http_request = format!(
        "The HTTP request, {route}, with a relative URI, the headers and the whole body.\n\n\
         # Errors\n\nA value cannot be sent. The error names the field."
    );
    let build = Ident::new("build", request.span());
    // The module of the marker types, which stand for required fields without a value.
    let markers = format_ident!("{name}Fields");
    let (own, own_name) = (own_type(operation), generated(request));

    let setters: Vec<&str> = operation.fields.iter().map(|field| field.word.as_str()).collect();
    let links = Links { request: &request.to_string(), setters: &setters };
    let required: Vec<_> = operation.required().collect();
    // Messages and docs show these names.
    let states: Vec<_> = required.iter().map(|field| format_ident!("__{}", field.word)).collect();
    let required = required.into_iter().enumerate().map(|(index, field)| Required {
        field,
        index,
        states: &states,
        arguments,
        runtime,
        links: &links,
    });

    let entries = operation.optional().enumerate().map(|(index, (field, ty))| Optional {
        field,
        ty,
        index,
        runtime,
        links: &links,
    });
    let optional = operation
        .optional()
        .next()
        .map(|_| quote!(optional (#allowed_lints impl <#parameters __State> #builder<#arguments __State> #where_clause) { #(#entries)* }));
    // Keeps the generic parameters in use while their fields are not set.
    let marker = (!generics.params.is_empty())
        .then(|| quote!(marker (#runtime::__private::PhantomData<fn() -> #own>) PhantomData));
    quote! {
        #allowed_lints #(#visibility)* struct #own_name (#own) (#defaulted #comma_after) (#parameters) (#arguments) (#where_clause)
        #builder #name #about #http_request #build self () #markers pub struct {}
        required { #(#required)* }
        #optional
        #marker
    }
}

/// The docs of the builder. They say what the type parameters are, because its page shows them.
fn about(operation: &Operation<'_>, route: &str) -> String {
    let mut text = format!("Builds a [`{}`]: {route}.", operation.name);
    let required: Vec<_> = operation.required().map(|field| format!("[`{0}`](Self::{0})", field.word)).collect();
    if !required.is_empty() {
        let fields = required.join(", ");
        let _ = write!(text, "\n\nRequired: {fields}. The type of the builder says whether each of them has a value.");
    }
    text
}

/// ```text
/// id Unset id "Path value `id`." __id 0, , __name 1, () (impl ::stackone::__private::Into<) (::stackone::__private::) (String) > (>);
/// ```
struct Required<'a> {
    field: &'a Field<'a>,
    index: usize,
    states: &'a [Ident],
    arguments: Arguments<'a>,
    runtime: &'a Runtime,
    links: &'a Links<'a>,
}

impl ToTokens for Required<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { field, index, states, arguments, runtime, links } = *self;
        tokens.append(generated(field.name));
        tokens.append(Ident::new("Unset", Span::call_site()));
        setter(field, "").to_tokens(tokens);
        setter_attributes(&field.setter_attributes, links, tokens);
        location_doc(field).to_tokens(tokens);

        let state = |index: usize, tokens: &mut TokenStream| {
            states[index].to_tokens(tokens);
            Index::from(index).to_tokens(tokens);
        };
        state(index, tokens);
        comma().to_tokens(tokens);
        (0..index).for_each(|before| state(before, tokens));
        comma().to_tokens(tokens);
        (index + 1..states.len()).for_each(|after| state(after, tokens));
        comma().to_tokens(tokens);
        tokens.append(Group::new(Delimiter::Parenthesis, arguments.to_token_stream()));
        parameter_start(field, conversion(field.ty), runtime, tokens);
        // The span is the field, where the error about a missing value points.
        let span = field.name.span();
        tokens.append(Group::new(Delimiter::Parenthesis, runtime.private_at(span).collect()));
        tokens.append(Group::new(Delimiter::Parenthesis, field.ty.to_token_stream()));
        tokens.append(punct('>', Spacing::Alone, span));
        parameter_end(field, conversion(field.ty), tokens);
    }
}

/// ```text
/// prefer 0 None prefer "Header `prefer`." maybe_prefer "[`prefer`](Self::prefer), or .." (impl ::stackone::__private::Into<) (Prefer) (>);
/// ```
struct Optional<'a> {
    field: &'a Field<'a>,
    /// The `T` of the `Option<T>`.
    ty: FieldType<'a>,
    index: usize,
    runtime: &'a Runtime,
    links: &'a Links<'a>,
}

impl ToTokens for Optional<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { field, ty, index, runtime, links } = *self;
        tokens.append(generated(field.name));
        Index::from(index).to_tokens(tokens);
        tokens.append(Ident::new("None", Span::call_site()));
        setter(field, "").to_tokens(tokens);
        setter_attributes(&field.setter_attributes, links, tokens);
        location_doc(field).to_tokens(tokens);
        setter(field, "maybe_").to_tokens(tokens);
        tokens.append_all(field.setter_attributes.iter().filter(|attribute| attribute.word == "deprecated"));
        format!("[`{0}`](Self::{0}), or no value for `None`.", field.word).to_tokens(tokens);
        // `Is` is for literals, as with the type itself. Unlike that, an `Option` gets a message that names `maybe_`.
        let bound = conversion(ty).or(Some("Is"));
        parameter_start(field, bound, runtime, tokens);
        tokens.append(Group::new(Delimiter::Parenthesis, ty.to_token_stream()));
        parameter_end(field, bound, tokens);
    }
}

/// The trait that converts the argument of a setter. There is none for a number or a `bool`: `.id(1)` then compiles for every
/// integer type.
fn conversion(ty: FieldType<'_>) -> Option<&'static str> {
    (!ty.is_primitive()).then_some("Into")
}

/// `(impl ::stackone::__private::Into<)`: the tokens before the type of a setter's parameter. Without a bound there are none.
fn parameter_start(field: &Field<'_>, bound: Option<&str>, runtime: &Runtime, tokens: &mut TokenStream) {
    let mut start = TokenStream::new();
    if let Some(bound) = bound {
        let span = field.name.span();
        start.append(Ident::new("impl", generated(field.name).span()));
        start.append_all(runtime.private_at(span));
        start.append(Ident::new(bound, span));
        start.append(punct('<', Spacing::Alone, span));
    }
    tokens.append(Group::new(Delimiter::Parenthesis, start));
}

/// `(>);`: the tokens after the type of a setter's parameter.
fn parameter_end(field: &Field<'_>, bound: Option<&str>, tokens: &mut TokenStream) {
    let end = bound.map(|_| punct('>', Spacing::Alone, field.name.span()));
    tokens.append(Group::new(Delimiter::Parenthesis, end.into_token_stream()));
    tokens.append(Punct::new(';', Spacing::Alone));
}

/// The name of a setter. If it would hide another method of the builder, which is an error, it gets a prefix.
fn setter(field: &Field<'_>, prefix: &str) -> Ident {
    match (field.is_hidden, prefix) {
        (false, "") => field.name.clone(),
        (is_hidden, _) => {
            let hidden = if is_hidden { "__" } else { "" };
            // The lints for names skip a generated one: with a prefix, `_name` is no longer in snake case.
            let span = generated(field.name).span();
            format_ident!("{hidden}{prefix}{}", field.name.unraw(), span = span)
        }
    }
}

/// The line in the docs of a setter about the location of its value.
fn location_doc(field: &Field<'_>) -> String {
    let location = match &field.location {
        Location::Path { name, .. } => format!("Path value `{name}`."),
        Location::Header { name, .. } => format!("Header `{name}`."),
        Location::Query(query) if matches!(query.style, Style::Flatten) => {
            "Query parameters, one for each key.".to_owned()
        }
        Location::Query(query) => format!("Query parameter `{}`.", query.name),
        Location::Cookie { name } => format!("Cookie `{name}`."),
        Location::Body(encoding) => format!("The body, `{}`.", encoding.content_type()),
        Location::Part(part) => format!("Part `{}` of the body.", part.name),
        Location::Parameters => "Parameters that several operations share.".to_owned(),
        Location::Unknown => String::new(),
    };
    let is_documented = field.setter_attributes.iter().any(|attribute| attribute.word == "doc");
    if is_documented { format!("\n\n{location}") } else { location }
}
