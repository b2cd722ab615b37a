//! The attribute of the `stackone` crate; use it from there, where it is documented.
//!
//! One way through: `attribute` renames what a derive may not own and hands the struct to the hidden derive;
//! `args` turns attributes into spanned arguments, `model` turns those into an operation in which impossible
//! combinations cannot be written, `check` looks across its fields, and `expand` writes it out for the runtime's template
//! to fill. `Mistakes` collects what is wrong on the way, so that all of it shows at once.

mod args;
mod attribute;
mod check;
mod expand;
mod header_name;
mod lifetimes;
mod mistakes;
mod model;
mod nearest;
mod own_type;
mod plain;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod survival;
mod template;

use mistakes::Mistakes;
use proc_macro::TokenStream;

/// Declares an operation.
#[proc_macro_attribute]
pub fn stackone_operation(arguments: TokenStream, item: TokenStream) -> TokenStream {
    attribute::hand_on(&arguments.into(), item.into()).into()
}

/// The derive behind the attribute.
#[doc(hidden)]
#[proc_macro_derive(
    Operation,
    attributes(__stackone, __stackone_path, __stackone_header, __stackone_query, __stackone_body)
)]
pub fn derive_operation(item: TokenStream) -> TokenStream {
    derive(item.into()).into()
}

fn derive(item: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let mut item = match syn::parse2::<syn::DeriveInput>(item) {
        Ok(item) => item,
        Err(error) => return error.to_compile_error(),
    };
    lifetimes::fill_in(&mut item);
    own_type::name(&mut item);
    let mut mistakes = Mistakes::default();
    let operation = model::Operation::read(&item, &mut mistakes);
    if let Some(operation) = &operation {
        check::check(operation, &mut mistakes);
    }
    let mut tokens = mistakes.into_compile_errors();
    tokens.extend(operation.as_ref().map(expand::expand));
    tokens
}
