//! What the template of the builder takes: the struct, and an entry for each of its fields.

use super::{Runtime, punct};
use crate::{
    item::Type,
    model::{Field, Kind, Operation, Style},
};
use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, format_ident, quote};
use syn::{GenericParam, Generics, Index, ext::IdentExt};

/// ```text
/// pub struct Request () () () () RequestBuilder "RequestBuilder" "Builds a [`Request`]." build self RequestBuilderFields
/// required { .. }
/// optional (<__S> RequestBuilder<__S>) { .. }
/// ```
pub(super) fn expand(operation: &Operation<'_>, runtime: &Runtime) -> TokenStream {
    let Operation { visibility, name: request, generics, .. } = operation;
    let (parameters, arguments, where_clause) = (Declared(generics), Arguments(generics), &generics.where_clause);
    let defaulted = &generics.params;
    let comma_after = (!defaulted.empty_or_trailing()).then(comma);
    let builder = format_ident!("{}Builder", request.unraw(), span = request.span());
    let name = builder.to_string();
    let about = format!("Builds a [`{request}`].");
    let build = Ident::new("build", request.span());
    // The module of types that stand where a required field has no value yet, so that an error can name it.
    let markers = format_ident!("{name}Fields");

    let required: Vec<_> = operation.required().collect();
    let states: Vec<_> = (0..required.len()).map(|index| format_ident!("__S{index}")).collect();
    let required = required.into_iter().enumerate().map(|(index, field)| Required {
        field,
        index,
        states: &states,
        arguments,
        runtime,
    });

    let entries = operation.optional().enumerate().map(|(index, (field, ty))| Optional { field, ty, index, runtime });
    let optional = operation
        .optional()
        .next()
        .map(|_| quote!(optional (<#parameters __S> #builder<#arguments __S> #where_clause) { #(#entries)* }));
    // Keeps the generic parameters in use while the fields that use them are not set.
    let marker = (!generics.params.is_empty())
        .then(|| quote!(marker (#runtime::__private::PhantomData<fn() -> #request<#arguments>>) PhantomData));
    quote! {
        #(#visibility)* struct #request (#defaulted #comma_after) (#parameters) (#arguments) (#where_clause)
        #builder #name #about #build self #markers
        required { #(#required)* }
        #optional
        #marker
    }
}

/// ```text
/// pub struct id {} id "Path value `id`." __S0 0, , __S1 1, () impl (::stackone::__private::) (String) >;
/// ```
struct Required<'a> {
    field: &'a Field<'a>,
    index: usize,
    states: &'a [Ident],
    arguments: Arguments<'a>,
    runtime: &'a Runtime,
}

impl ToTokens for Required<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { field, index, states, arguments, runtime } = *self;
        // At the field, which is where the error about a missing value then points. With braces, as each unit struct would
        // be a constant too for the compiler to keep.
        let span = field.name.span();
        let mut braces = Group::new(Delimiter::Brace, TokenStream::new());
        braces.set_span(span);
        tokens.append_all(["pub", "struct"].map(|word| Ident::new(word, span)));
        field.name.to_tokens(tokens);
        tokens.append(braces);

        setter(field, "").to_tokens(tokens);
        tokens.append_all(&field.attributes);
        place(field).to_tokens(tokens);

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
        bound(field, field.ty, runtime, tokens);
    }
}

/// ```text
/// prefer 0 None prefer "Header `prefer`." maybe_prefer "[`prefer`](Self::prefer), or .." impl (::stackone::__private::) (Prefer) >;
/// ```
struct Optional<'a> {
    field: &'a Field<'a>,
    /// The `T` of the `Option<T>`.
    ty: Type<'a>,
    index: usize,
    runtime: &'a Runtime,
}

impl ToTokens for Optional<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { field, ty, index, runtime } = *self;
        field.name.to_tokens(tokens);
        Index::from(index).to_tokens(tokens);
        tokens.append(Ident::new("None", Span::call_site()));
        setter(field, "").to_tokens(tokens);
        tokens.append_all(&field.attributes);
        place(field).to_tokens(tokens);
        setter(field, "maybe_").to_tokens(tokens);
        tokens.append_all(field.attributes.iter().filter(|attribute| attribute.word == "deprecated"));
        format!("[`{0}`](Self::{0}), or nothing for `None`.", field.word).to_tokens(tokens);
        bound(field, ty, runtime, tokens);
    }
}

/// `impl (::stackone::__private::) (Type) >;`: where the bounds of a field begin and end, and their type. At the field, which
/// is what an error about a missing value, or about one of another type, then shows.
fn bound(field: &Field<'_>, ty: Type<'_>, runtime: &Runtime, tokens: &mut TokenStream) {
    let span = field.name.span();
    tokens.append(Ident::new("impl", span));
    tokens.append(Group::new(Delimiter::Parenthesis, runtime.private_at(span).collect()));
    tokens.append(Group::new(Delimiter::Parenthesis, ty.to_token_stream()));
    tokens.append(punct('>', Spacing::Alone, span));
    tokens.append(Punct::new(';', Spacing::Alone));
}

/// The name of a setter; that of one which would be another method of the builder, which is a mistake, is out of the way.
fn setter(field: &Field<'_>, prefix: &str) -> Ident {
    match (field.hidden, prefix) {
        (false, "") => field.name.clone(),
        (hidden, _) => {
            format_ident!("{}{prefix}{}", if hidden { "__" } else { "" }, field.name.unraw(), span = field.name.span())
        }
    }
}

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
    let documented = field.attributes.iter().any(|attribute| attribute.word == "doc");
    if documented { format!("\n\n{place}") } else { place }
}

fn comma() -> Punct {
    Punct::new(',', Spacing::Alone)
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
            comma().to_tokens(tokens);
        }
    }
}

/// The parameters as a use of the type names them; each has its comma.
#[derive(Clone, Copy)]
struct Arguments<'a>(&'a Generics);

impl ToTokens for Arguments<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for parameter in &self.0.params {
            match parameter {
                GenericParam::Type(parameter) => parameter.ident.to_tokens(tokens),
                GenericParam::Const(parameter) => parameter.ident.to_tokens(tokens),
                GenericParam::Lifetime(parameter) => parameter.lifetime.to_tokens(tokens),
            }
            comma().to_tokens(tokens);
        }
    }
}
