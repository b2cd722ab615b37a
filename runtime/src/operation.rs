//! What the attribute implements: an operation, and what is known of it without a value.

mod declared;
mod plan;

pub(crate) use plan::Plan;

use crate::{
    Error,
    format::{Format, ResponseFormat},
};
use bytes::Bytes;
use http::{HeaderName, Method};
use std::{borrow::Cow, fmt};

/// One operation of a REST API: a request that knows how it is sent and what comes back.
///
/// [`#[stackone_operation]`](crate::stackone_operation) implements it; there is no reason to do so by hand.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an operation",
    label = "not an operation",
    note = "put `#[stackone_operation(method = \"...\", path = \"...\")]` on the struct; a builder becomes one by `build()`"
)]
pub trait Operation {
    /// How a successful answer is read: [`Json`](crate::format::Json) for `response = Type`,
    /// [`Ignored`](crate::format::Ignored) without it.
    type Response: Format;

    /// What the attribute read, in words of its own. An implementation without it has to have its `metadata()`; the compiler
    /// asks for that where it is first used.
    #[doc(hidden)]
    const DECLARED: &'static str =
        panic!("`Operation::metadata()` is missing: the attribute writes what it is read from");

    /// The method, path template, id and parameters of the operation, for routing, metrics and docs.
    #[must_use]
    fn metadata() -> &'static Metadata {
        declared::metadata(Self::DECLARED)
    }

    /// Builds the request and keeps the value: a relative URI, the headers and the whole body.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Build`](crate::ErrorKind::Build) if a value cannot be sent as it is; the error names the field.
    fn to_http_request(&self) -> Result<http::Request<Bytes>, Error>;
}

/// What is known of an operation without a value of it.
///
/// ```
/// use stackone::{Operation, operation::Location, stackone_operation};
///
/// #[stackone_operation(method = "GET", path = "/unified/lms/users/{id}")]
/// struct LmsGetUserRequest {
///     #[path] id: String,
///     #[query] fields: Option<String>,
/// }
///
/// let metadata = LmsGetUserRequest::metadata();
/// assert_eq!(metadata.id(), "lms_get_user");
/// assert_eq!(metadata.method(), "GET");
/// assert_eq!(metadata.path(), "/unified/lms/users/{id}");
/// assert_eq!(metadata.parameters()[1].name(), "fields");
/// assert_eq!(metadata.parameters()[1].location(), Location::Query);
/// ```
pub struct Metadata {
    id: &'static str,
    method: Method,
    path: &'static str,
    parameters: Box<[Parameter]>,
    body: Option<BodyMetadata>,
    response: ResponseFormat,
    idempotent: bool,
    passthrough: bool,
    plan: Plan,
}

impl Metadata {
    /// The operation's id, in errors, traces and metrics.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path template, placeholders in braces: what a metric wants as its route.
    #[must_use]
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// Path, query and header parameters in the order of their fields.
    #[must_use]
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The body's field and media type, or `None` for an operation without a body.
    #[must_use]
    pub fn body(&self) -> Option<&BodyMetadata> {
        self.body.as_ref()
    }

    /// How a successful answer is read.
    #[must_use]
    pub fn response(&self) -> ResponseFormat {
        self.response
    }

    /// Whether the operation may be sent twice: its method says so (RFC 9110, section 9.2.2), or its declaration.
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        self.idempotent || self.method.is_idempotent()
    }

    /// Whether a successful answer is the provider's own document, in which a `statusCode` and a `message` mean nothing.
    #[must_use]
    pub fn is_passthrough(&self) -> bool {
        self.passthrough
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Whether the operation declares the header, so that a policy may set it. The name is lower case.
    #[must_use]
    pub fn declares_header(&self, name: &str) -> bool {
        self.parameters.iter().any(|parameter| parameter.location == Location::Header && parameter.name == name)
    }

    /// Whether the operation declares that header to be a secret.
    #[cfg(feature = "client")]
    pub(crate) fn declares_secret(&self, name: &HeaderName) -> bool {
        let mut declared = self.plan.headers.iter().filter_map(|&index| self.parameters.get(index));
        declared.any(|parameter| parameter.sensitive && parameter.header() == Some(name))
    }
}

impl fmt::Debug for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, method, path, parameters, body, response, idempotent, passthrough, plan: _ } = self;
        f.debug_struct("Metadata")
            .field("id", id)
            .field("method", method)
            .field("path", path)
            .field("parameters", parameters)
            .field("body", body)
            .field("response", response)
            .field("idempotent", idempotent)
            .field("passthrough", passthrough)
            .finish()
    }
}

/// The body of an operation.
#[derive(Debug)]
pub struct BodyMetadata {
    field: &'static str,
    content_type: &'static str,
}

impl BodyMetadata {
    /// The name of the struct's field.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// The media type that `Content-Type` names.
    #[must_use]
    pub fn content_type(&self) -> &'static str {
        self.content_type
    }
}

/// One parameter of an operation.
pub struct Parameter {
    field: &'static str,
    name: Cow<'static, str>,
    location: Location,
    style: Style,
    explode: bool,
    required: bool,
    sensitive: bool,
    ready: Ready,
}

impl fmt::Debug for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, name, location, style, explode, required, sensitive, ready: _ } = self;
        f.debug_struct("Parameter")
            .field("field", field)
            .field("name", name)
            .field("location", location)
            .field("style", style)
            .field("explode", explode)
            .field("required", required)
            .field("sensitive", sensitive)
            .finish()
    }
}

/// The name as a request has it, made once for all requests.
enum Ready {
    /// The placeholder is found in the template.
    Path,
    /// What a pair begins with: `&`, the encoded name, and `=`.
    Query(Box<str>),
    Header(HeaderName),
}

impl Parameter {
    /// The name on the wire; a header's in lower case.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name of the struct's field.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// Where in the request the value goes.
    #[must_use]
    pub fn location(&self) -> Location {
        self.location
    }

    /// How lists and objects are written.
    #[must_use]
    pub fn style(&self) -> Style {
        self.style
    }

    /// Whether each item of a list, or key of an object, is a parameter of its own.
    #[must_use]
    pub fn explode(&self) -> bool {
        self.explode
    }

    /// Whether the parameter is always there: its type is not an `Option`.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.required
    }

    /// Whether the value is a secret.
    #[must_use]
    pub fn is_sensitive(&self) -> bool {
        self.sensitive
    }

    /// What a pair of a query begins with: `&`, the encoded name, and `=`.
    pub(crate) fn key(&self) -> &str {
        match &self.ready {
            Ready::Query(key) => key,
            Ready::Path | Ready::Header(_) => "",
        }
    }

    /// The name of a query parameter as it is in a URL.
    pub(crate) fn encoded_name(&self) -> &str {
        self.key().trim_start_matches('&').trim_end_matches('=')
    }

    /// The name of a header.
    pub(crate) fn header(&self) -> Option<&HeaderName> {
        match &self.ready {
            Ready::Header(name) => Some(name),
            Ready::Path | Ready::Query(_) => None,
        }
    }
}

/// Where a parameter goes: `OpenAPI`'s `in`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    /// A placeholder of the path template.
    Path,
    /// The query string.
    Query,
    /// A header field.
    Header,
}

/// How a list or an object is written: `OpenAPI`'s `style`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Style {
    /// `a,b` in a path or a header.
    Simple,
    /// `key=a&key=b`, or `key=a,b` if not exploded.
    Form,
    /// `key=a%20b`.
    SpaceDelimited,
    /// `key=a|b`.
    PipeDelimited,
    /// `key%5Bname%5D=a`, nested to any depth.
    DeepObject,
    /// The value's own keys are the parameters; what OpenAPI writes as an exploded form object.
    Flatten,
}
