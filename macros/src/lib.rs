//! The attribute of the `stackone` crate. Use it from there, where it is documented.
//!
//! The way of a declaration:
//!
//! 1. `attribute`: the tokens of the attribute and of the struct. A struct with conditions goes through a derive.
//! 2. `item`: the struct, with its fields and their attributes.
//! 3. `arguments` and `path_template`: the arguments of an attribute and the path, with their spans.
//! 4. `model`: the operation, in a form that cannot express impossible combinations.
//! 5. `check`: rules across fields.
//! 6. `expand`: the input for the template in the runtime.
//!
//! `Diagnostics` collects the errors of all steps, so that the compiler shows them at once.

mod arguments;
mod attribute;
mod check;
mod diagnostics;
mod expand;
#[cfg(test)]
mod expansion_tests;
mod header_name;
mod item;
mod model;
mod nearest;
mod path_template;
#[cfg(test)]
mod recovery_tests;

use diagnostics::Diagnostics;
use item::{Attribute, Item, Kind, OPERATION};
use proc_macro::TokenStream;
use quote::quote;

/// Declares an operation.
#[proc_macro_attribute]
pub fn stackone_operation(arguments: TokenStream, item: TokenStream) -> TokenStream {
    attribute::apply(&arguments.into(), item.into()).into()
}

/// The attribute as `stackone-api` re-exports it. Its default for `crate` is the re-export, so that a crate with only
/// `stackone-api` among its dependencies can declare operations.
#[doc(hidden)]
#[proc_macro_attribute]
pub fn stackone_api_operation(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let arguments = attribute::with_default_crate(arguments.into(), &quote!(::stackone_api::stackone));
    attribute::apply(&arguments, item.into()).into()
}

/// The derive for a struct with conditions.
#[doc(hidden)]
#[proc_macro_derive(Operation, attributes(__stackone, __stackone_operation))]
pub fn derive_operation(item: TokenStream) -> TokenStream {
    derive(item.into()).into()
}

/// Declares parameters that several operations share.
#[proc_macro_attribute]
pub fn stackone_parameters(arguments: TokenStream, item: TokenStream) -> TokenStream {
    attribute::apply_parameters(&arguments.into(), item.into()).into()
}

/// The derive for a struct of shared parameters.
#[doc(hidden)]
#[proc_macro_derive(Parameters, attributes(__stackone, __stackone_operation))]
pub fn derive_parameters(item: TokenStream) -> TokenStream {
    let mut tokens = proc_macro2::TokenStream::from(item).into_iter().collect::<Vec<_>>().into_iter();
    let attributes = Attribute::all(&mut tokens);
    let mut output = proc_macro2::TokenStream::new();
    match Item::read(tokens.as_slice(), Kind::Parameters) {
        Ok(item) => {
            let mut diagnostics = Diagnostics::default();
            let mut parameters = model::Operation::read_parameters(&item, &attributes, &mut diagnostics);
            check::check_parameters(&parameters, &mut diagnostics);
            diagnostics.emit(&mut output);
            // The other fields have errors.
            parameters.fields.retain(|field| field.location.can_be_shared());
            expand::expand_parameters(&parameters, &mut output);
        }
        Err(error) => output.extend(error.into_compile_error()),
    }
    output.into()
}

fn derive(item: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let mut tokens = item.into_iter().collect::<Vec<_>>().into_iter();
    let attributes = Attribute::all(&mut tokens);
    let arguments = attributes.iter().find_map(|attribute| attribute.held(OPERATION));
    let mut output = proc_macro2::TokenStream::new();
    match Item::read(tokens.as_slice(), Kind::Operation) {
        Ok(item) => declare(&item, &attributes, &arguments.unwrap_or_default(), &mut output),
        Err(error) => output.extend(error.into_compile_error()),
    }
    output
}

/// Adds the declaration of a struct with these attributes, under an attribute with these arguments.
fn declare(
    item: &Item,
    attributes: &[Attribute],
    arguments: &proc_macro2::TokenStream,
    output: &mut proc_macro2::TokenStream,
) {
    if item.is_malformed {
        return;
    }
    let mut diagnostics = Diagnostics::default();
    let operation = model::Operation::read(item, attributes, arguments, &mut diagnostics);
    if let Some(operation) = &operation {
        check::check(operation, &mut diagnostics);
    }
    diagnostics.emit(output);
    if let Some(operation) = operation.filter(|_| !item.is_refused()) {
        expand::expand(&operation, output);
    }
}
