//! Declarations in a crate that forbids every lint. `tests/users.rs` compiles them so.

extern crate renamed as runtime;
extern crate std as standard;

use runtime::__private::serde::{Serialize, Serializer};
use runtime::stackone_operation;
use standard::{borrow::Cow, process::ExitCode};

/// A private type of a value.
#[derive(Debug)]
struct Hidden(u8);

impl Serialize for Hidden {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.0)
    }
}

/// A public operation with every location, whose setters are never called.
#[stackone_operation(method = "POST", path = "/full/{id}/{number}", response = Vec<u8>, crate = runtime)]
#[derive(Debug)]
#[non_exhaustive]
pub struct FullRequest {
    /// A string.
    #[path]
    pub id: String,
    /// A number.
    #[path]
    pub number: u64,
    /// A header.
    #[header("x-account-id", sensitive)]
    pub account: String,
    /// The cursor.
    #[query(cursor, next_header = "X-Next")]
    pub next: Option<String>,
    /// A list.
    #[query(style = "pipeDelimited")]
    pub list: Vec<Option<u8>>,
    /// A complex type.
    #[query]
    pub nested: Option<Vec<Option<Vec<u8>>>>,
    /// A field under a condition.
    #[cfg(not(any()))]
    #[query]
    pub conditional: Option<bool>,
    /// The body.
    #[body]
    pub body: Option<Vec<String>>,
}

/// A private operation with lifetimes, a type parameter and a field whose name starts with `_`.
#[stackone_operation(method = "PUT", path = "/borrowing/{id}", response = text, crate = self::runtime)]
#[derive(Debug)]
struct Borrowing<'id, 'rest, T: Serialize> {
    /// A reference.
    #[path]
    id: &'id str,
    /// A borrowed header.
    #[header]
    account: Option<Cow<'rest, str>>,
    /// A generic value.
    #[query]
    value: Option<T>,
    /// A private type.
    #[query]
    hidden: Hidden,
    /// A field that no code reads.
    #[query]
    _unused: Option<u8>,
    /// The bytes of the body.
    #[body(content_type = "text/csv")]
    body: &'rest [u8],
}

/// An operation whose builder could be `Copy`.
#[stackone_operation(method = "GET", path = "/copied/{id}", crate = runtime)]
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Copied {
    /// A number.
    #[path]
    pub id: u8,
}

/// No fields.
#[stackone_operation(method = "DELETE", path = "/unit", crate = runtime)]
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Unit;

/// Deprecated fields.
#[stackone_operation(method = "GET", path = "/fields/{id}", response = Vec<u8>, crate = runtime)]
#[derive(Debug)]
#[non_exhaustive]
pub struct DeprecatedFields {
    /// A required field.
    #[deprecated(since = "0.1.0", note = "there is another")]
    #[path]
    pub id: String,
    /// The cursor.
    #[deprecated(since = "0.1.0", note = "there is another")]
    #[query(cursor, next_header = "X-Next")]
    pub page: Option<String>,
    /// An encoded value.
    #[deprecated(since = "0.1.0", note = "there is another")]
    #[query]
    pub list: Option<Vec<u8>>,
}

/// Page numbers.
#[stackone_operation(method = "GET", path = "/numbers", response = Vec<u8>, crate = runtime)]
#[derive(Debug)]
#[non_exhaustive]
pub struct Numbers<'name, T: Serialize> {
    /// The number.
    #[query(page, first = 0)]
    pub page: Option<u8>,
    /// The size.
    #[query(full_pages)]
    pub size: u8,
    /// A value.
    #[query]
    pub name: &'name str,
    /// A complex type.
    #[query(flatten)]
    pub more: T,
}

/// Offsets in deprecated fields.
#[stackone_operation(method = "GET", path = "/offsets", response = Vec<u8>, crate = runtime)]
#[derive(Debug)]
#[non_exhaustive]
pub struct Offsets {
    /// The offset.
    #[deprecated(since = "0.1.0", note = "there is another")]
    #[query(offset)]
    pub offset: Option<u8>,
    /// The size.
    #[deprecated(since = "0.1.0", note = "there is another")]
    #[query(full_pages)]
    pub limit: Option<u8>,
}

/// Links.
#[stackone_operation(method = "GET", path = "/links", response = Vec<u8>, paging = link, crate = runtime)]
#[derive(Debug)]
#[non_exhaustive]
pub struct Linked;

/// Shared parameters.
#[runtime::stackone_parameters(crate = runtime)]
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Shared<'name, T: Serialize> {
    /// A header.
    #[header("x-name", sensitive)]
    pub name: &'name str,
    /// A deprecated value.
    #[deprecated(since = "0.1.0", note = "there is another")]
    #[query]
    pub list: Option<Vec<u8>>,
    /// A complex value.
    #[query(flatten)]
    pub more: T,
}

/// Shared parameters, twice.
#[stackone_operation(method = "GET", path = "/shared", crate = runtime)]
#[derive(Debug)]
#[non_exhaustive]
pub struct Sharing<'name, T: Serialize> {
    /// The parameters.
    #[parameters]
    pub shared: Shared<'name, T>,
    /// More parameters.
    #[parameters]
    pub more: Option<One>,
}

/// One shared parameter.
#[runtime::stackone_parameters(crate = runtime)]
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct One {
    /// A value.
    #[query]
    pub one: String,
}

/// Shared parameters without generic parameters.
#[stackone_operation(method = "GET", path = "/one", crate = runtime)]
#[derive(Debug)]
#[non_exhaustive]
pub struct SharingOne {
    /// The parameters.
    #[parameters]
    pub one: One,
}

/// A deprecated operation.
#[deprecated(since = "0.1.0", note = "there is another")]
#[stackone_operation(method = "POST", path = "/operation", response = Vec<u8>, crate = runtime)]
#[derive(Debug)]
#[non_exhaustive]
pub struct DeprecatedOperation<'name, T: Serialize> {
    /// The cursor.
    #[query(cursor, next_header = "X-Next")]
    pub page: Option<String>,
    /// A required value.
    #[query]
    pub name: &'name str,
    /// The body.
    #[body]
    pub body: T,
}

/// A private module.
mod module {
    use runtime::stackone_operation;

    /// An operation that its parent uses.
    #[stackone_operation(method = "GET", path = "/inner/{id}", crate = runtime)]
    #[derive(Debug)]
    pub(super) struct Inner {
        /// A value.
        #[path]
        id: String,
        /// An optional value.
        #[query]
        page: Option<u8>,
    }
}

fn main() -> ExitCode {
    let borrowing = Borrowing::<u8>::builder().id("1").hidden(Hidden(1)).body(&b"2"[..]).build();
    let inner = module::Inner::builder().id("1").page(2).build();
    if borrowing.into_http_request().is_ok() && inner.into_http_request().is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
