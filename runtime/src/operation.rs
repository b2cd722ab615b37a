//! Operations, and what is known of them without a value.

mod compiled_path;
mod descriptor;
mod shared;

pub(crate) use compiled_path::CompiledPath;
pub use shared::Parameters;
#[doc(hidden)]
pub use shared::{SharedValues, distinct};

use crate::{
    __private::Declaration,
    Error,
    format::{Format, ResponseFormat},
};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method};
use std::{borrow::Cow, fmt};

/// One operation of a REST API: a request, with its metadata and the format of its response.
///
/// [`#[stackone_operation]`](crate::stackone_operation) implements it. The trait is sealed: nothing else can. `&O`, `Box<O>`
/// and `Arc<O>` are operations if `O` is one.
///
/// ```
/// use stackone::{Operation, stackone_operation};
///
/// #[stackone_operation(method = "GET", path = "/users/{id}")]
/// struct GetUserRequest {
///     #[path] id: String,
/// }
///
/// fn uri(operation: impl Operation) -> Result<String, stackone::Error> {
///     Ok(operation.to_http_request()?.uri().to_string())
/// }
/// let operation = GetUserRequest::builder().id("usr_1").build();
/// assert_eq!(uri(&operation)?, "/users/usr_1");
/// # Ok::<(), stackone::Error>(())
/// ```
///
/// A function that sends any operation names the format of its response too:
///
#[cfg_attr(feature = "test", doc = "```")]
#[cfg_attr(not(feature = "test"), doc = "```ignore")]
/// # use stackone::{stackone_operation, test::{Answer, StandIn}};
/// # #[stackone_operation(method = "GET", path = "/users/{id}", response = String)]
/// # struct GetUserRequest { #[path] id: String }
/// use stackone::{Client, Error, Operation, format::Json};
/// use serde::de::DeserializeOwned;
///
/// async fn send<O, T>(client: &Client, operation: O) -> Result<T, Error>
/// where
///     O: Operation<Response = Json<T>>,
///     T: DeserializeOwned,
/// {
///     println!("{}", O::metadata().id());
///     Ok(client.send(operation).await?.value)
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let stand_in = StandIn::new();
/// # stand_in.expect::<GetUserRequest>(Answer::json("Ada"));
/// # let client = stand_in.client();
/// let name = send(&client, GetUserRequest::builder().id("usr_1").build()).await?;
/// assert_eq!(name, "Ada");
/// # Ok(()) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an operation",
    label = "not an operation",
    note = "for a request struct, add `#[stackone_operation(method = \"...\", path = \"...\")]` to it; for a builder, call `build()`"
)]
pub trait Operation: sealed::Sealed {
    /// The format of a successful response: [`Json`](crate::format::Json) for `response = Type`,
    /// [`Ignored`](crate::format::Ignored) without it.
    type Response: Format;

    /// The method, the path template, the id and the parameters of the operation, for routing, metrics and docs.
    #[must_use]
    fn metadata() -> &'static Metadata;

    /// Builds the request from a reference: a relative URI, the headers and the whole body. It does no I/O.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Build`](crate::ErrorKind::Build) if a value cannot be sent. The error names the field.
    fn to_http_request(&self) -> Result<http::Request<Bytes>, Error>;
}

mod sealed {
    /// It is private, so that no other crate can implement [`Operation`](super::Operation).
    pub trait Sealed {}

    #[diagnostic::do_not_recommend]
    impl<D: crate::__private::Declaration + ?Sized> Sealed for D {}
}

#[diagnostic::do_not_recommend]
impl<D: Declaration + ?Sized> Operation for D {
    type Response = D::Response;

    fn metadata() -> &'static Metadata {
        descriptor::metadata(D::DESCRIPTOR, D::SHARED)
    }

    fn to_http_request(&self) -> Result<http::Request<Bytes>, Error> {
        self.build_request(Self::metadata())
    }
}

/// What is known of an operation without a value.
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
    parts: Box<[PartMetadata]>,
    response: ResponseFormat,
    idempotent: bool,
    passthrough: bool,
    no_credentials: bool,
    constant_headers: Box<[(HeaderName, HeaderValue)]>,
    compiled_path: CompiledPath,
    header_count: usize,
    /// The number of fields with shared parameters.
    shared_fields: usize,
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

    /// The path template, with placeholders in braces. Use it as the route in metrics.
    #[must_use]
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// The path, query, header and cookie parameters, in the order of their fields.
    #[must_use]
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The field and the media type of the body. `None` for an operation without a body. For a body with parts, the field is that
    /// of the first part.
    #[must_use]
    pub fn body(&self) -> Option<&BodyMetadata> {
        self.body.as_ref()
    }

    /// The parts of a `multipart/form-data` body, in the order of their fields. Empty for any other body.
    #[must_use]
    pub fn parts(&self) -> &[PartMetadata] {
        &self.parts
    }

    /// The format of a successful response.
    #[must_use]
    pub fn response(&self) -> ResponseFormat {
        self.response
    }

    /// Whether the operation may be sent twice: by its method (RFC 9110, section 9.2.2), or by its declaration.
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        self.idempotent || self.method.is_idempotent()
    }

    /// Whether a successful response is not checked for an error envelope.
    #[must_use]
    pub fn is_passthrough(&self) -> bool {
        self.passthrough
    }

    /// Whether the client adds its credentials. `false` for an operation that is declared with `no_credentials`.
    #[must_use]
    pub fn uses_credentials(&self) -> bool {
        !self.no_credentials
    }

    /// The headers that have the same value in every request. `authorization` and `cookie` are marked as sensitive.
    pub fn constant_headers(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.constant_headers.iter().map(|(name, value)| (name, value))
    }

    /// The number of headers that the operation declares.
    pub(crate) fn header_count(&self) -> usize {
        self.header_count
    }

    /// Whether some of the parameters are of shared structs.
    pub(crate) fn has_shared(&self) -> bool {
        self.shared_fields > 0
    }

    pub(crate) fn compiled_path(&self) -> &CompiledPath {
        &self.compiled_path
    }

    /// Whether the operation declares the header, as a field or as a constant. `name` is lower case.
    #[must_use]
    pub fn declares_header(&self, name: &str) -> bool {
        self.constant_headers.iter().any(|(constant, _)| constant == name)
            || self.parameters.iter().any(|parameter| parameter.location == Location::Header && parameter.name == name)
    }

    /// Whether the operation declares the header as `sensitive`.
    #[cfg(feature = "client")]
    pub(crate) fn declares_sensitive(&self, name: &HeaderName) -> bool {
        self.parameters.iter().any(|parameter| parameter.sensitive && parameter.header_name() == Some(name))
    }
}

impl fmt::Debug for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, method, path, parameters, body, response, idempotent, passthrough, no_credentials, .. } = self;
        let Self { parts, constant_headers, .. } = self;
        f.debug_struct("Metadata")
            .field("id", id)
            .field("method", method)
            .field("path", path)
            .field("parameters", parameters)
            .field("body", body)
            .field("parts", parts)
            .field("response", response)
            .field("idempotent", idempotent)
            .field("passthrough", passthrough)
            .field("no_credentials", no_credentials)
            .field("constant_headers", constant_headers)
            .finish()
    }
}

/// The body of an operation.
#[derive(Debug)]
pub struct BodyMetadata {
    field: &'static str,
    content_type: &'static str,
    /// The style of a form.
    style: Style,
    lists: Lists,
}

impl BodyMetadata {
    /// The name of the struct's field.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// The media type in `Content-Type`.
    #[must_use]
    pub fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// The style of the fields of a form: [`Style::Form`] or [`Style::DeepObject`]. `Style::Form` for any other body.
    #[must_use]
    pub fn style(&self) -> Style {
        self.style
    }

    /// How a list in a form with [`Style::DeepObject`] is written.
    #[must_use]
    pub fn lists(&self) -> Lists {
        self.lists
    }
}

/// One part of a `multipart/form-data` body.
#[derive(Debug)]
pub struct PartMetadata {
    field: &'static str,
    name: Cow<'static, str>,
    content_type: Option<Cow<'static, str>>,
    file_name: Option<Cow<'static, str>>,
    required: bool,
}

impl PartMetadata {
    /// The name of the struct's field.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// The name on the wire.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The declared media type. `None` if the value decides.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The declared file name.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// Whether the part is required: its type is not an `Option`.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.required
    }
}

/// One parameter of an operation.
pub struct Parameter {
    field: &'static str,
    name: Cow<'static, str>,
    location: Location,
    style: Style,
    lists: Lists,
    explode: bool,
    required: bool,
    sensitive: bool,
    wire_name: WireName,
}

impl fmt::Debug for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, name, location, style, lists, explode, required, sensitive, wire_name: _ } = self;
        f.debug_struct("Parameter")
            .field("field", field)
            .field("name", name)
            .field("location", location)
            .field("style", style)
            .field("lists", lists)
            .field("explode", explode)
            .field("required", required)
            .field("sensitive", sensitive)
            .finish()
    }
}

/// The name as it is written into requests, prepared once.
enum WireName {
    /// The compiled path has the placeholder.
    Path,
    /// The start of a pair: `&`, the encoded name, and `=`.
    Query(Box<str>),
    /// The start of a pair: `; `, the name, and `=`.
    Cookie(Box<str>),
    Header(HeaderName),
}

impl Parameter {
    /// The name on the wire. The name of a header is lower case.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name of the struct's field.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// The part of the request that has the value.
    #[must_use]
    pub fn location(&self) -> Location {
        self.location
    }

    /// The style of lists and objects.
    #[must_use]
    pub fn style(&self) -> Style {
        self.style
    }

    /// How a list inside a [`Style::DeepObject`] is written.
    #[must_use]
    pub fn lists(&self) -> Lists {
        self.lists
    }

    /// Whether each item of a list and each entry of an object is a separate parameter.
    #[must_use]
    pub fn explode(&self) -> bool {
        self.explode
    }

    /// Whether the parameter is required: its type is not an `Option`.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.required
    }

    /// Whether the value is sensitive. It is then kept out of messages and logs.
    #[must_use]
    pub fn is_sensitive(&self) -> bool {
        self.sensitive
    }

    /// The start of a pair: `&`, the encoded name, and `=` in a query; `; `, the name, and `=` in cookies.
    pub(crate) fn key(&self) -> &str {
        match &self.wire_name {
            WireName::Query(key) | WireName::Cookie(key) => key,
            WireName::Path | WireName::Header(_) => "",
        }
    }

    /// The encoded name of a query parameter.
    pub(crate) fn encoded_name(&self) -> &str {
        self.key().trim_start_matches('&').trim_end_matches('=')
    }

    /// The name of a header.
    pub(crate) fn header_name(&self) -> Option<&HeaderName> {
        match &self.wire_name {
            WireName::Header(name) => Some(name),
            WireName::Path | WireName::Query(_) | WireName::Cookie(_) => None,
        }
    }
}

/// The part of a request that has a parameter: OpenAPI's `in`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Location {
    /// A placeholder of the path template.
    Path,
    /// The query string.
    Query,
    /// A header field.
    Header,
    /// A pair in the `Cookie` header. It is always sensitive.
    Cookie,
}

/// How a list or an object is written: OpenAPI's `style`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Style {
    /// `a,b` in a path or a header.
    Simple,
    /// `key=a&key=b`, or `key=a,b` if not exploded.
    Form,
    /// `key=a%20b`.
    SpaceDelimited,
    /// `key=a%7Cb`.
    PipeDelimited,
    /// `key%5Bname%5D=a`, nested to any depth.
    DeepObject,
    /// The keys of the value are the parameters: OpenAPI's exploded form object.
    Flatten,
}

/// How a list inside a [`Style::DeepObject`] is written. OpenAPI does not say it, and servers differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Lists {
    /// `key=a&key=b`. An object or a list inside the list is JSON text.
    #[default]
    Repeat,
    /// `key[]=a&key[]=b`, with encoded brackets. An object or a list inside the list is JSON text.
    Brackets,
    /// `key[0]=a&key[1]=b`, with encoded brackets. An object inside the list is `key[0][name]=a`.
    Indices,
}
