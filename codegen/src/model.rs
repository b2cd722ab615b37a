//! The operations and types of an API, with the names of the source.

mod operations;
mod schema;
mod shape;
mod usage;

pub(crate) use usage::Usage;

use crate::{Document, Error, Options, Warning, fixups::Shape};
use std::collections::BTreeSet;

/// Everything that is generated.
pub(crate) struct Api {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) digest: String,
    pub(crate) servers: Vec<String>,
    pub(crate) has_features: bool,
    pub(crate) operations: Vec<Operation>,
    pub(crate) types: Vec<TypeDef>,
    pub(crate) warnings: Vec<Warning>,
}

pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) module: String,
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) docs: Vec<String>,
    /// The code of a doc test.
    pub(crate) example: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) passthrough: bool,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) response: Response,
}

pub(crate) struct Parameter {
    pub(crate) field: String,
    pub(crate) name: String,
    pub(crate) location: Location,
    pub(crate) ty: Ty,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) docs: Vec<String>,
}

pub(crate) enum Location {
    Path,
    Header { sensitive: bool },
    Query { style: Style },
    Cursor,
}

/// The styles of a query that differ from OpenAPI's default.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Form,
    FormJoined,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Flatten,
}

pub(crate) struct Body {
    pub(crate) field: String,
    pub(crate) ty: Ty,
    pub(crate) required: bool,
    /// `None` for `application/json`.
    pub(crate) content_type: Option<String>,
    pub(crate) docs: Vec<String>,
}

#[derive(Clone, PartialEq)]
pub(crate) enum Response {
    Ignored,
    Json(Ty),
    /// JSON, or no body.
    OptionalJson(Ty),
    Text,
    Download,
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Ty {
    String,
    Bool,
    I32,
    I64,
    F64,
    Timestamp,
    Json,
    Object,
    Bytes,
    /// A type that the document names, by a fixup.
    Rust(String),
    List(Box<Ty>),
    Map(Box<Ty>),
    /// A type of the API, by its index.
    Named(usize),
    /// The parameter of a generic type.
    Parameter,
}

pub(crate) struct TypeDef {
    pub(crate) name: String,
    pub(crate) docs: Vec<String>,
    pub(crate) kind: Kind,
    pub(crate) usage: Usage,
    /// The modules whose operations use the type.
    pub(crate) modules: BTreeSet<String>,
}

pub(crate) enum Kind {
    /// Until it is resolved.
    Pending,
    Struct(Struct),
    Enum(Vec<(String, String)>),
    OneOf(OneOf),
    /// Another name of a type, without or with the argument of a generic type.
    Alias {
        target: Ty,
        argument: Option<Ty>,
    },
}

pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
    /// Whether it has the type parameter `T`.
    pub(crate) generic: bool,
    /// The fields of a page: the items and the cursor of the next page.
    pub(crate) page: Option<(String, String)>,
}

#[derive(Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of the document")]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) wire: String,
    pub(crate) ty: Ty,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    pub(crate) deprecated: bool,
    pub(crate) boxed: bool,
    pub(crate) docs: Vec<String>,
}

pub(crate) struct OneOf {
    pub(crate) tag: String,
    pub(crate) variants: Vec<Variant>,
}

pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) boxed: bool,
    pub(crate) tags: Vec<String>,
    /// Fields that no other variant has.
    pub(crate) only: Vec<String>,
}

/// Resolves a document.
pub(crate) fn resolve(document: &Document, shapes: &[Shape], options: &Options) -> Result<Api, Error> {
    let root = document.root();
    if root.get("paths").is_none() && root.get("openapi").is_none() {
        return Err(Error::new("the document has neither `openapi` nor `paths`; is it an OpenAPI 3 document?"));
    }
    let text = |name: &str| root.get("info").and_then(|info| info.get(name)?.to_text()).unwrap_or_default();
    let mut schemas = schema::Schemas::new(document, shapes);
    let operations = operations::read(document, &mut schemas, options);
    let (types, warnings) = schemas.finish();
    let mut api = Api {
        title: text("title"),
        version: text("version"),
        digest: document.digest().to_owned(),
        servers: root.list("servers").iter().filter_map(|server| server.text("url").map(str::to_owned)).collect(),
        has_features: options.feature_by.is_some(),
        operations,
        types,
        warnings,
    };
    usage::mark(&mut api);
    Ok(api)
}
