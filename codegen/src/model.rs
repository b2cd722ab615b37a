//! The operations and types of an API, with the names of the source.

mod bodies;
mod content;
mod media;
mod operations;
mod parameters;
mod path;
mod responses;
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
    pub(crate) server: Option<Server>,
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
    /// The server of this operation, if it has one of its own.
    pub(crate) server: Option<String>,
    /// The next page is in the `Link` header.
    pub(crate) has_link: bool,
    /// The media types of the successful response, if the default of the response does not ask for them.
    pub(crate) accept: Option<String>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) response: Response,
    /// The headers that are part of the value, beside the body if there is one.
    pub(crate) headers: Option<Ty>,
}

pub(crate) struct Parameter {
    pub(crate) field: String,
    pub(crate) name: String,
    pub(crate) location: Location,
    pub(crate) ty: Ty,
    /// Whether the value is written as a JSON document, which the location alone does not do.
    pub(crate) is_json_text: bool,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) docs: Vec<String>,
}

pub(crate) enum Location {
    /// A placeholder of the path. The prefix is part of the path.
    Path {
        prefix: String,
        explode: bool,
    },
    Header {
        sensitive: bool,
        explode: bool,
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
    /// JSON whose type depends on the status.
    ByStatus(Ty),
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
    /// A type for each status of a response.
    ByStatus(Vec<StatusVariant>),
    /// The headers of a response.
    Headers(Vec<Header>),
    /// Another name of a type, without or with the argument of a generic type.
    Alias {
        target: Ty,
        argument: Option<Ty>,
    },
}

pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
    /// The map of the properties that the schema allows beside those of the fields.
    pub(crate) further: Option<Field>,
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

/// The first server of the document.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) has_variables: bool,
}

pub(crate) struct StatusVariant {
    pub(crate) name: String,
    /// `None` if the body is ignored.
    pub(crate) ty: Option<Ty>,
    pub(crate) statuses: Vec<u16>,
    pub(crate) docs: Vec<String>,
}

pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) wire: String,
    pub(crate) ty: Ty,
    pub(crate) deprecated: bool,
    pub(crate) docs: Vec<String>,
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
    let (operations, mut resolved) = loop {
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
        server: server(document, &mut resolved.warnings),
        has_features: options.feature_by.is_some(),
        operations,
        types: resolved.types,
        warnings: resolved.warnings,
    };
    usage::mark(&mut api);
    usage::drop_unsent_maps(&mut api);
    if let Some(index) = usage::too_deep(&api) {
        let reason = format!("`{}` contains types more than {} levels deep", api.types[index].name, usage::DEPTH);
        let result = "the crate needs `#![recursion_limit = \"1024\"]`".to_owned();
        let place = resolved.type_names[index].0.iter().find(|key| key.starts_with('/'));
        api.warnings.push(warning(document, place.map_or("", String::as_str), reason, result));
    }
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

fn warning(document: &Document, pointer: &str, reason: String, result: String) -> Warning {
    Warning { file: document.text().name().to_owned(), line: None, pointer: pointer.to_owned(), reason, result }
}

/// The first server, with the defaults of its variables.
fn server(document: &Document, warnings: &mut Vec<Warning>) -> Option<Server> {
    let server = document.root().list("servers").first()?;
    let mut url = String::new();
    let mut rest = server.text("url").filter(|url| !url.is_empty())?;
    while let Some((text, (name, tail))) =
        rest.split_once('{').and_then(|(text, tail)| Some((text, tail.split_once('}')?)))
    {
        let variable = server.get("variables").and_then(|variables| variables.get(name));
        let value = variable.and_then(|of| of.get("default").or_else(|| of.list("enum").first())?.to_text());
        let Some(value) = value else {
            let reason = format!("the variable `{name}` has no default");
            warnings.push(warning(document, "/servers/0", reason, "there is no constant `SERVER`".to_owned()));
            return None;
        };
        url.push_str(text);
        url.push_str(&value);
        rest = tail;
    }
    let has_variables = !url.is_empty();
    url.push_str(rest);
    Some(Server { url, has_variables })
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
