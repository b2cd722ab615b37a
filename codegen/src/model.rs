//! The operations and types of an API, with the names of the source.

mod operations;
mod schema;
mod shape;
mod usage;

pub(crate) use usage::Usage;

use crate::{Document, Error, NamesFile, Options, Progress, Warning, fixups::Shape};
use std::collections::BTreeSet;

/// Everything that is generated.
pub(crate) struct Api {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) digest: String,
    /// The date at which the document was read.
    pub(crate) date: Option<String>,
    pub(crate) servers: Vec<String>,
    pub(crate) has_features: bool,
    pub(crate) operations: Vec<Operation>,
    pub(crate) types: Vec<TypeDef>,
    pub(crate) warnings: Vec<Warning>,
}

#[expect(clippy::struct_excessive_bools, reason = "each is a fact of the document")]
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
    /// The document says that the operation needs no credentials.
    pub(crate) no_credentials: bool,
    /// The next page is in the `Link` header.
    pub(crate) has_link: bool,
    /// The media types of the successful response, if the default of the response does not ask for them.
    pub(crate) accept: Option<String>,
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
    Header {
        sensitive: bool,
    },
    Query {
        style: Style,
    },
    Cursor,
    /// The number of a page.
    Page {
        first: i64,
    },
    /// The number of items before a page.
    Offset,
    Cookie,
    /// A part of a multipart body, with its media type if the value does not decide it.
    Part {
        content_type: Option<String>,
    },
}

/// The styles of a query that differ from OpenAPI's default.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Form,
    FormJoined,
    SpaceDelimited,
    PipeDelimited,
    DeepObject { lists: bool },
    Flatten,
}

pub(crate) struct Body {
    pub(crate) field: String,
    pub(crate) ty: Ty,
    pub(crate) required: bool,
    /// `None` for `application/json`.
    pub(crate) content_type: Option<String>,
    /// A form with brackets, and whether it has lists.
    pub(crate) deep_object: Option<bool>,
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
    /// Bytes, as base64 text.
    Base64,
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

/// Resolves a document. The names of the run come with it.
pub(crate) fn resolve(
    document: &Document,
    shapes: &[Shape],
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Api, NamesFile), Error> {
    let root = document.root();
    if root.get("paths").is_none() && root.get("openapi").is_none() {
        return Err(document.text().error("", "neither `openapi` nor `paths` is there; is it an OpenAPI 3 document?"));
    }
    let mut kept = options.names.clone();
    let mut moves = Moves::default();
    let (operations, resolved) = loop {
        let mut schemas = schema::Schemas::new(document, shapes, kept.clone());
        let operations = operations::read(document, &mut schemas, options, progress);
        let resolved = schemas.finish()?;
        // A type has the kept name of any of its keys, but only the first key is known when it gets its name.
        if !moves.follow(&mut kept, resolved.type_names.iter().map(|(keys, _)| &**keys)) {
            break (operations, resolved);
        }
    };
    let text = |name: &str| root.get("info").and_then(|info| info.get(name)?.to_text()).unwrap_or_default();
    let mut api = Api {
        title: text("title"),
        version: text("version"),
        digest: document.digest().to_owned(),
        date: options.date.clone(),
        servers: root.list("servers").iter().filter_map(|server| server.text("url").map(str::to_owned)).collect(),
        has_features: options.feature_by.is_some(),
        operations,
        types: resolved.types,
        warnings: resolved.warnings,
    };
    usage::mark(&mut api);
    let mut given = NamesFile::default();
    given.operations.extend(resolved.operation_names);
    for ((keys, entry), of) in resolved.type_names.into_iter().zip(&api.types) {
        // The key of a name stays, too.
        if let Some(key) = moves.kept_key(&options.names, &keys).filter(|_| !of.modules.is_empty()) {
            given.types.insert(key, entry);
        }
    }
    Ok((api, given))
}

/// Types whose first key differs from the key of their kept name: the kept key, and the first key of this run. The keys of the
/// types inside of such a type start with its key.
#[derive(Default)]
struct Moves(Vec<(String, String)>);

impl Moves {
    /// Gives the kept names of moved types to their first keys. False if no further type has moved.
    fn follow<'a>(&mut self, kept: &mut NamesFile, types: impl Iterator<Item = &'a [String]>) -> bool {
        // Types inside of moved types may move in turn. More than a few levels of them are not worth the time.
        if self.0.len() > 10_000 {
            return false;
        }
        let mut moved = Vec::new();
        for keys in types {
            if let Some((first, rest)) = keys.split_first()
                && !kept.types.contains_key(first)
                && let Some(from) = rest.iter().find(|key| kept.types.contains_key(*key))
            {
                moved.push((from.clone(), first.clone()));
            }
        }
        for (from, to) in &moved {
            let inside: Vec<String> = kept.types.keys().filter(|key| suffix(key, from).is_some()).cloned().collect();
            for key in inside {
                let target = format!("{to}{}", suffix(&key, from).unwrap_or_default());
                if !kept.types.contains_key(&target) {
                    let entry = kept.types.remove(&key);
                    kept.types.extend(entry.map(|entry| (target, entry)));
                }
            }
        }
        self.0.extend(moved.iter().cloned());
        !moved.is_empty()
    }

    /// The key of a type in the names file, which stays: the first if the type is new.
    fn kept_key(&self, names: &NamesFile, keys: &[String]) -> Option<String> {
        let known = keys.iter().find(|key| names.types.contains_key(*key));
        if let Some(known) = known {
            return Some(known.clone());
        }
        let first = keys.first()?;
        let before =
            self.0.iter().rev().fold(first.clone(), |key, (from, to)| {
                suffix(&key, to).map(|rest| format!("{from}{rest}")).unwrap_or(key)
            });
        Some(if names.types.contains_key(&before) { before } else { first.clone() })
    }
}

/// The rest of a key that is `outer`, or that is of a type inside of `outer`.
fn suffix<'a>(key: &'a str, outer: &str) -> Option<&'a str> {
    key.strip_prefix(outer).filter(|rest| rest.is_empty() || rest.starts_with(' '))
}
