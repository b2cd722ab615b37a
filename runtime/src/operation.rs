//! What the attribute implements: an operation, and what is known of it without a value.

use crate::{
    Error,
    format::{Format, Kind},
};
use bytes::Bytes;
use http::Method;

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

    /// What [`metadata()`](Operation::metadata) gives.
    #[doc(hidden)]
    const METADATA: &'static Metadata;

    /// The method, path template, id and parameters of the operation, for routing, metrics and docs.
    #[must_use]
    fn metadata() -> &'static Metadata {
        Self::METADATA
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
/// use stackone::{Operation, operation::Place, stackone_operation};
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
/// assert_eq!(metadata.parameters()[1].place(), Place::Query);
/// ```
#[derive(Debug)]
#[allow(clippy::manual_non_exhaustive, reason = "generated code writes it out")]
pub struct Metadata {
    #[doc(hidden)]
    pub id: &'static str,
    #[doc(hidden)]
    pub method: Method,
    #[doc(hidden)]
    pub path: &'static str,
    #[doc(hidden)]
    pub parameters: &'static [Parameter],
    #[doc(hidden)]
    pub body: Option<Body>,
    #[doc(hidden)]
    pub response: Kind,
    #[doc(hidden)]
    pub idempotent: bool,
    #[doc(hidden)]
    pub passthrough: bool,
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
    pub fn parameters(&self) -> &'static [Parameter] {
        self.parameters
    }

    /// The body's field and media type, or `None` for an operation without a body.
    #[must_use]
    pub fn body(&self) -> Option<&Body> {
        self.body.as_ref()
    }

    /// How a successful answer is read.
    #[must_use]
    pub fn response(&self) -> Kind {
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

    /// Whether the operation declares the header, so that a policy may set it. The name is lower case.
    #[must_use]
    pub fn declares_header(&self, name: &str) -> bool {
        self.parameters.iter().any(|parameter| parameter.place() == Place::Header && parameter.1 == name)
    }
}

/// The body of an operation.
#[derive(Debug)]
pub struct Body {
    #[doc(hidden)]
    pub field: &'static str,
    #[doc(hidden)]
    pub content_type: &'static str,
}

impl Body {
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
///
/// Generated code writes it out: the field, then the name on the wire, then the traits. In a query the name is what a pair
/// begins with, `&page_size=`, so that it is copied in one piece.
#[derive(Debug)]
pub struct Parameter(#[doc(hidden)] pub &'static str, #[doc(hidden)] pub &'static str, #[doc(hidden)] pub Traits);

/// What is known of a parameter besides its names.
///
/// Generated code names a constant: a chain of constant functions for each parameter was a tenth of what the compiler takes
/// for a declaration.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Traits {
    place: Place,
    style: Style,
    explode: bool,
    required: bool,
    sensitive: bool,
    /// Whether the name has something to encode in a URL. It then follows as it is: `&page%5Bsize%5D=page[size]`.
    escaped: bool,
}

impl Traits {
    pub(crate) const fn new(place: Place, style: Style) -> Self {
        let explode = matches!(style, Style::Form | Style::DeepObject | Style::Flatten);
        Self { place, style, explode, required: matches!(place, Place::Path), sensitive: false, escaped: false }
    }

    #[must_use]
    pub const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    #[must_use]
    pub const fn joined(mut self) -> Self {
        self.explode = false;
        self
    }

    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    #[must_use]
    pub const fn escaped(mut self) -> Self {
        self.escaped = true;
        self
    }
}

impl Parameter {
    /// The name on the wire; a header's in lower case.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self.2.place {
            Place::Query if self.2.escaped => self.1.split_once('=').map_or("", |(_, name)| name),
            Place::Query => self.encoded_name(),
            Place::Path | Place::Header => self.1,
        }
    }

    /// The name of the struct's field.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.0
    }

    /// Where in the request the value goes.
    #[must_use]
    pub fn place(&self) -> Place {
        self.2.place
    }

    /// How lists and objects are written.
    #[must_use]
    pub fn style(&self) -> Style {
        self.2.style
    }

    /// Whether each item of a list, or key of an object, is a parameter of its own.
    #[must_use]
    pub fn explode(&self) -> bool {
        self.2.explode
    }

    /// Whether the parameter is always there: its type is not an `Option`.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.2.required
    }

    /// What a pair of a query begins with: `&`, the encoded name, and `=`.
    pub(crate) fn key(&self) -> &'static str {
        if self.2.escaped { self.escaped_key() } else { self.1 }
    }

    /// Few names are escaped, and by itself this costs the others nothing: in its place it took 12 instructions of each.
    #[inline(never)]
    fn escaped_key(&self) -> &'static str {
        self.1.split_inclusive('=').next().unwrap_or_default()
    }

    /// The name of a query parameter as it is in a URL.
    pub(crate) fn encoded_name(&self) -> &'static str {
        self.key().trim_start_matches('&').trim_end_matches('=')
    }

    /// Whether the value is a secret.
    #[must_use]
    pub fn is_sensitive(&self) -> bool {
        self.2.sensitive
    }
}

/// Where a parameter goes: `OpenAPI`'s `in`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
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
