//! Turns an OpenAPI document into operations of the `stackone` crate and their types.
//!
//! The data flows in one direction: a [`document`](Document) is read, repaired by [fixups](Fixups), resolved into a model of
//! operations and types, and written as source. A part of the document that cannot be understood becomes a JSON value or is
//! left out, with a [`Warning`].
//!
//! # Several files
//!
//! [`Build`], [`Document::read`] and the command follow references to other files. A value in another file becomes a component: it has the
//! name of the component that refers to it, else the last step of the reference (`common.yaml#/definitions/Team` is `Team`) or the name of
//! the file (`schemas/User.yaml` is `User`), with a number if another component has this name. [Fixups] and the names file have its pointer as
//! a component, such as `/components/schemas/User`. Warnings have the file and the pointer in it. Nothing is downloaded.
//!
//! # Responses
//!
//! The successful responses of an operation decide its value:
//!
//! - JSON of one type is this type, or an `Option` of it if another response has no body, as with 204.
//! - JSON of different types is an enum by status (`stackone::responses!`). Its variants have the names of the statuses: `Ok`, `Created`,
//!   `Accepted`. A response for `2XX` has the registered statuses that the document does not name.
//! - `*/*` with an object or a list is JSON in a document whose responses never name JSON. In any other document it is a download.
//! - The headers that the responses declare are a part of the value (`stackone::response_headers!`), unless they are about the exchange:
//!   `content-*`, `link`, caches, rate limits, ids of requests, versions, CORS and the like. Nor is the `location` of a 201 with a body, which is the new thing itself. A list `x-response-headers` of the operation
//!   names the headers instead; an empty list is no header. Each header may be missing. A number or a boolean that is
//!   none is kept in the field `unexpected`, as it arrived. An instant is text, because HTTP has another
//!   format for it than JSON.
//!
//! # In a build script
//!
//! A build script uses [`Build`], which reads and writes files. It needs no feature: with `default-features = false`, the feature
//! `cli` with the command is left out, and with it the crate `clap`. [`generate`] works without files:
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

mod build;
#[cfg(feature = "cli")]
mod command;
mod document;
mod emit;
mod error;
mod fixups;
mod model;
mod names;
mod names_file;
mod report;
mod surface;

pub use build::Build;
#[cfg(feature = "cli")]
pub use command::Command;
pub use document::Document;
pub use error::{Error, Warning};
pub use fixups::Fixups;
pub use names_file::NamesFile;
pub use report::{Change, ChangeKind, Report};

use std::{collections::BTreeMap, path::PathBuf};

/// How the source is divided and named. Default: one module with all operations, and names by the rules.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The field of an operation that names its module and its feature, for example `x-category`, or `tag` for the first tag.
    /// Default: one module, `api`, without a feature.
    pub feature_by: Option<String>,
    /// The operations to generate, by id or by tag. Default: all.
    pub only: Vec<String>,
    /// The names of earlier runs, which stay. Default: none.
    pub names: NamesFile,
    /// The date of the document for the header of each file, as `2026-01-31`. Default: no date.
    pub date: Option<String>,
}

/// The generated source.
#[derive(Debug)]
#[non_exhaustive]
pub struct Output {
    /// The files by their path in the output directory.
    pub files: BTreeMap<String, String>,
    /// The parts of the document that the source does not express, and the kept names that no longer apply.
    pub warnings: Vec<Warning>,
    /// The names of this run and of earlier runs.
    pub names: NamesFile,
    /// The files of the document, which comes first. [`Document::parse`] has no path, but the name that it got.
    pub documents: Vec<PathBuf>,
    /// The number of operations.
    pub operations: usize,
    /// The number of types.
    pub types: usize,
}

/// What the generator is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// The document is being parsed.
    Parsing {
        /// The size of the document in bytes.
        bytes: usize,
    },
    /// The operations and their types are being resolved. If types move in the document, this starts again.
    Operations {
        /// The number of operations that are complete.
        done: usize,
        /// The number of all operations.
        total: usize,
    },
    /// The source is being written.
    Writing,
}

/// Generates the source for a document.
///
/// # Errors
///
/// A fixup does not apply to as many places as it says, the document has no paths, or a kept name cannot be used. The error has
/// the file, the line and the JSON pointer.
pub fn generate(document: Document, fixups: &Fixups, options: &Options) -> Result<Output, Error> {
    generate_with(document, fixups, options, &mut |_| {})
}

/// [`generate`], with a function that is called as the work goes on.
///
/// # Errors
///
/// Those of [`generate`].
pub fn generate_with(
    mut document: Document,
    fixups: &Fixups,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<Output, Error> {
    fixups.apply(&mut document)?;
    let (mut api, given) = model::resolve(&document, fixups.shapes(), options, progress)?;
    let pointers: Vec<String> = api.warnings.iter().map(|warning| warning.pointer.clone()).collect();
    let places = document.places(pointers.iter().map(String::as_str));
    for warning in &mut api.warnings {
        if let Some(place) = places.get(&*warning.pointer).cloned() {
            (warning.file, warning.line, warning.pointer) = (place.file, place.line, place.pointer);
        }
    }
    // A part of the operations does not have all names.
    if options.only.is_empty() {
        api.warnings.extend(options.names.unused(&given));
    }
    let mut names = options.names.clone();
    names.add(given);
    progress(Progress::Writing);
    let output = emit::emit(api, names);
    Ok(Output { documents: document.files(), ..output })
}
