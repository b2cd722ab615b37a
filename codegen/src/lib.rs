//! Turns an OpenAPI document into operations of the `stackone` crate and their types.
//!
//! The data flows in one direction: a [`document`](Document) is read, repaired by [fixups](Fixups), resolved into a model of
//! operations and types, and written as source. A part of the document that cannot be understood becomes a JSON value or is
//! left out, with a [`Warning`].
//!
//! ```
//! use stackone_codegen::{Document, Fixups, Options, generate};
//!
//! let text = r#"{"openapi": "3.1.0", "paths": {"/users/{id}": {"get": {
//!     "operationId": "get_user", "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}]
//! }}}}"#;
//! let document = Document::parse("users.json", text)?;
//! let output = generate(document, &Fixups::default(), &Options::default())?;
//! assert!(output.files["api.rs"].contains("pub struct GetUserRequest"));
//! # Ok::<(), stackone_codegen::Error>(())
//! ```

mod command;
mod document;
mod emit;
mod error;
mod fixups;
mod model;
mod names;

pub use command::Command;
pub use document::Document;
pub use error::{Error, Warning};
pub use fixups::Fixups;

use std::collections::BTreeMap;

/// How the source is divided and named.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The field of an operation that names its module and its feature, for example `x-category`; or `tag`, for the first tag.
    /// Without it there is one module, `api`.
    pub feature_by: Option<String>,
    /// Operations to generate, by id or by tag. Empty: all.
    pub only: Vec<String>,
}

/// The generated source.
#[derive(Debug)]
pub struct Output {
    /// The files by their path in the output directory.
    pub files: BTreeMap<String, String>,
    /// What the document says and the source does not.
    pub warnings: Vec<Warning>,
    /// The number of operations.
    pub operations: usize,
    /// The number of types.
    pub types: usize,
}

/// Generates the source for a document.
///
/// # Errors
///
/// A fixup no longer applies, or the document has no paths.
pub fn generate(mut document: Document, fixups: &Fixups, options: &Options) -> Result<Output, Error> {
    fixups.apply(&mut document)?;
    let api = model::resolve(&document, fixups.shapes(), options)?;
    Ok(emit::emit(api))
}
