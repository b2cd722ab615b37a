//! The attribute of the `stackone` crate; use it from there, where it is documented.
//!
//! One way through: `attribute` takes the attribute and the struct, or hands both over to the derive here, and `item` takes
//! the struct apart; `args` turns attributes into spanned arguments, `model` turns those into an operation in which
//! impossible combinations cannot be written, `check` looks across its fields, and `expand` writes it out for the runtime's
//! template to fill. `Mistakes` collects what is wrong on the way, so that all of it shows at once.

mod args;
mod attribute;
mod check;
mod expand;
mod header_name;
mod item;
mod mistakes;
mod model;
mod nearest;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod survival;
mod template;

use item::{Attribute, Item, OPERATION};
use mistakes::Mistakes;
use proc_macro::TokenStream;

/// Declares an operation.
#[proc_macro_attribute]
pub fn stackone_operation(arguments: TokenStream, item: TokenStream) -> TokenStream {
    attribute::apply(&arguments.into(), item.into()).into()
}

/// The derive to which the attribute hands a struct that has conditions in it.
#[doc(hidden)]
#[proc_macro_derive(Operation, attributes(__stackone, __stackone_operation))]
pub fn derive_operation(item: TokenStream) -> TokenStream {
    derive(item.into()).into()
}

fn derive(item: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let mut tokens = item.into_iter().collect::<Vec<_>>().into_iter();
    let mut arguments = None;
    while let Some(attribute) = Attribute::next(&mut tokens) {
        arguments = arguments.or_else(|| attribute.held(OPERATION));
    }
    let mut output = proc_macro2::TokenStream::new();
    match Item::read(tokens.as_slice()) {
        Ok(item) => declare(&item, &arguments.unwrap_or_default(), &mut output),
        Err(error) => output.extend(error.into_compile_error()),
    }
    output
}

/// Adds what is declared by a struct under the attribute that has these arguments.
fn declare(item: &Item, arguments: &proc_macro2::TokenStream, output: &mut proc_macro2::TokenStream) {
    if item.is_garbled {
        return;
    }
    let mut mistakes = Mistakes::default();
    let operation = model::Operation::read(item, arguments, &mut mistakes);
    if let Some(operation) = &operation {
        check::check(operation, &mut mistakes);
    }
    mistakes.tell(output);
    if let Some(operation) = operation.filter(|_| !item.is_refused()) {
        expand::expand(&operation, output);
    }
}
