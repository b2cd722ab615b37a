//! Parameters that several operations share.

use crate::request::ParameterValue;

/// Headers, query parameters and cookies that operations include as one field. [`#[stackone_parameters]`](crate::stackone_parameters)
/// implements it.
///
/// An operation includes the struct with `#[parameters]`, and one setter sets it. In the request and in the metadata its parameters are
/// those of the operation. A field without `Option` is required, with one error if it is not set; an `Option` of the
/// struct may be left out as a whole.
///
/// ```
/// use stackone::{stackone_operation, stackone_parameters};
///
/// #[stackone_parameters]
/// #[derive(Debug, Clone)]
/// struct Common {
///     #[header("x-account-id")]
///     account: String,
///     #[header("x-version")]
///     version: Option<u32>,
///     #[query]
///     locale: Option<String>,
/// }
///
/// #[stackone_operation(method = "GET", path = "/users/{id}")]
/// struct GetUserRequest {
///     #[path]
///     id: String,
///     #[parameters]
///     common: Common,
/// }
///
/// let common = Common { account: "acc_1".to_owned(), version: None, locale: Some("de".to_owned()) };
/// let request = GetUserRequest::builder().id("usr_1").common(common).build().into_http_request()?;
/// assert_eq!(request.uri(), "/users/usr_1?locale=de");
/// assert_eq!(request.headers()["x-account-id"], "acc_1");
/// # Ok::<(), stackone::Error>(())
/// ```
///
/// The fields have `#[header]`, `#[query]` or `#[cookie]`, with the same options as in an operation, apart from those for pages. A parameter that the
/// operation declares too does not compile.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a struct of shared parameters",
    label = "does not implement `stackone::Parameters`",
    note = "add `#[stackone_parameters]` to `{Self}`, with `#[header]`, `#[query]` or `#[cookie]` on each field"
)]
pub trait Parameters {
    /// The parameters, each on a line, as `descriptor.rs` parses them.
    #[doc(hidden)]
    const DESCRIPTOR: &'static str;

    /// The value of the parameter at an index. `None` after the last.
    #[doc(hidden)]
    fn value(&self, index: usize) -> Option<&dyn ParameterValue>;

    /// The values of a required field of an operation.
    #[doc(hidden)]
    fn required(field: &Self) -> SharedValues<'_>
    where
        Self: Sized,
    {
        SharedValues { values: Some(field), count: count(Self::DESCRIPTOR) }
    }

    /// The values of an optional field of an operation.
    #[doc(hidden)]
    fn optional(field: &Option<Self>) -> SharedValues<'_>
    where
        Self: Sized,
    {
        SharedValues { values: field.as_ref().map(|field| field as _), count: count(Self::DESCRIPTOR) }
    }
}

fn count(descriptor: &str) -> usize {
    descriptor.lines().count()
}

/// The parameters of a struct without its constants.
trait Values {
    fn at(&self, index: usize) -> Option<&dyn ParameterValue>;
}

impl<P: Parameters> Values for P {
    fn at(&self, index: usize) -> Option<&dyn ParameterValue> {
        self.value(index)
    }
}

/// The values of a field with shared parameters, among the values of an operation.
#[expect(missing_debug_implementations, reason = "the values may be secret")]
pub struct SharedValues<'a> {
    /// `None` for an optional field without a value.
    values: Option<&'a dyn Values>,
    count: usize,
}

impl SharedValues<'_> {
    /// All values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &dyn ParameterValue> {
        (0..self.count).map(|index| match self.values.and_then(|values| values.at(index)) {
            Some(value) => value,
            None => &None::<()> as &dyn ParameterValue,
        })
    }
}

/// Checks that each header, query parameter and cookie is declared once, in the operation and the structs that it includes.
/// `own` and `shared` are their descriptors.
///
/// It runs in the compiler, because the attribute does not see the included structs.
///
/// # Panics
///
/// A name is declared twice, or two declarations exclude each other. The panic is a compile error.
#[must_use]
#[track_caller]
pub const fn distinct<const N: usize>(own: &str, shared: [&'static str; N]) -> [&'static str; N] {
    let mut index = 0;
    while index < N {
        let mut rest = shared[index].as_bytes();
        while !rest.is_empty() {
            let (line, next) = Line::read(rest);
            line.check(
                own.as_bytes(),
                "` is declared twice, in this operation and in its shared parameters: remove one",
            );
            // The lines before, in the same struct, are checked where it is declared.
            let mut before = 0;
            while before < index {
                let other = shared[before].as_bytes();
                line.check(other, "` is declared twice, in two structs of shared parameters: remove one");
                before += 1;
            }
            rest = next;
        }
        index += 1;
    }
    shared
}

/// A line of a descriptor.
struct Line<'a> {
    location: &'a [u8],
    traits: &'a [u8],
    name: &'a [u8],
}

impl<'a> Line<'a> {
    /// The first line, and the text after it. A constant header is a header.
    const fn read(text: &'a [u8]) -> (Self, &'a [u8]) {
        let (line, rest) = split(text, b'\n');
        let (field, words) = split(line, b' ');
        let (location, name) = split(words, b' ');
        let (location, traits) = split(location, b',');
        if same(location, b"constant") {
            return (Self { location: b"header", traits: b"", name: field }, rest);
        }
        (Self { location, traits, name }, rest)
    }

    /// Compares a line of shared parameters with another descriptor. `twice` is the end of the message for a name in both.
    #[track_caller]
    #[expect(clippy::panic, reason = "it runs in the compiler, and the panic is the compile error")]
    const fn check(&self, mut descriptor: &[u8], twice: &str) {
        let is_media_type = self.is_header(b"content-type");
        while !descriptor.is_empty() {
            let (other, rest) = Line::read(descriptor);
            let is_same = same(self.location, other.location) && same(self.name, other.name);
            if is_same && !self.is_flat() && !other.is_flat() {
                let message = Message::EMPTY.with(b"the ").with(self.what()).with(b" `").with(self.name);
                panic!("{}", message.with(twice.as_bytes()).text());
            }
            assert!(
                !(self.is_cookie() && other.is_header(b"cookie") || self.is_header(b"cookie") && other.is_cookie()),
                "this operation and its shared parameters have a `#[cookie]` and a header `cookie`, and a request has one `cookie` header: declare each cookie as a `#[cookie]`"
            );
            assert!(
                !(is_media_type && same(other.location, b"part")),
                "the `content-type` of a body with parts has the boundary between them, which follows from the values: remove it from the shared parameters"
            );
            descriptor = rest;
        }
    }

    const fn is_header(&self, name: &[u8]) -> bool {
        same(self.location, b"header") && same(self.name, name)
    }

    const fn is_cookie(&self) -> bool {
        same(self.location, b"cookie")
    }

    /// Whether the parameter has no name of its own.
    const fn is_flat(&self) -> bool {
        same(split(self.traits, b',').0, b"flatten")
    }

    /// The location in a message.
    const fn what(&self) -> &'static [u8] {
        if same(self.location, b"query") {
            b"query parameter"
        } else if self.is_cookie() {
            b"cookie"
        } else {
            b"header"
        }
    }
}

/// The text before the first `separator`, and the text after it.
const fn split(text: &[u8], separator: u8) -> (&[u8], &[u8]) {
    let mut index = 0;
    while index < text.len() {
        if text[index] == separator {
            let (before, after) = text.split_at(index);
            return (before, after.split_at(1).1);
        }
        index += 1;
    }
    (text, b"")
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut index = 0;
    while index < a.len() && index < b.len() && a[index] == b[index] {
        index += 1;
    }
    index == a.len() && index == b.len()
}

/// A text that the compiler puts together. The end of a longer one is missing.
struct Message {
    bytes: [u8; 256],
    length: usize,
}

impl Message {
    const EMPTY: Self = Self { bytes: [0; 256], length: 0 };

    /// Adds a text. Percent-encoded bytes are decoded, because the names in a descriptor are encoded.
    const fn with(mut self, text: &[u8]) -> Self {
        let mut index = 0;
        while index < text.len() && self.length < self.bytes.len() {
            let is_encoded = text[index] == b'%' && index + 2 < text.len();
            self.bytes[self.length] =
                if is_encoded { digit(text[index + 1]) << 4 | digit(text[index + 2]) } else { text[index] };
            self.length += 1;
            index += if is_encoded { 3 } else { 1 };
        }
        self
    }

    const fn text(&self) -> &str {
        match str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            // The text ends within a character.
            Err(_) => "a name is declared twice, in this operation and its shared parameters: remove one",
        }
    }
}

/// The value of a hexadecimal digit in upper case.
const fn digit(byte: u8) -> u8 {
    if byte.is_ascii_digit() { byte - b'0' } else { byte.wrapping_sub(b'A' - 10) & 0xF }
}

#[cfg(test)]
mod tests {
    use super::distinct;
    use std::panic::catch_unwind;

    const OWN: &str = "list GET /header/x json\naccept constant text/csv\nid path id\nx header x-id\nq query,optional q\nsid cookie sid\nfilter query,deepObject filter%5B%C3%A4%5D\nmore query,flatten m\nbody body text/csv";

    fn message<const N: usize>(own: &str, shared: [&'static str; N]) -> String {
        let own = own.to_owned();
        let panic = catch_unwind(|| distinct(&own, shared)).unwrap_err();
        *panic
            .downcast::<String>()
            .or_else(|panic| panic.downcast::<&str>().map(|text| Box::new((*text).to_owned())))
            .unwrap()
    }

    #[test]
    fn a_name_is_declared_once() {
        for shared in [
            ["", ""],
            ["a header q", "b query x-id"],
            ["a header,sensitive id", "b query,joined id"],
            ["a query,flatten q", "b query m\nc query,flatten m"],
            ["a cookie q", "b cookie x-id\nc cookie,optional y"],
            ["a header content-type", "b header csv"],
        ] {
            assert_eq!(distinct(OWN, shared), shared);
        }
    }

    #[test]
    fn the_message_has_the_name_and_where_it_is() {
        const IN_OPERATION: &str = "is declared twice, in this operation and in its shared parameters: remove one";
        const IN_STRUCTS: &str = "is declared twice, in two structs of shared parameters: remove one";
        for (shared, expected) in [
            (["a header x-id", ""], format!("the header `x-id` {IN_OPERATION}")),
            (["", "z query z\na query,deepObject,optional q"], format!("the query parameter `q` {IN_OPERATION}")),
            (["a query z", "b query,joined z"], format!("the query parameter `z` {IN_STRUCTS}")),
            (["a cookie,optional sid", ""], format!("the cookie `sid` {IN_OPERATION}")),
            (["a header,sensitive accept", ""], format!("the header `accept` {IN_OPERATION}")),
            (["f query filter%5B%C3%A4%5D", ""], format!("the query parameter `filter[ä]` {IN_OPERATION}")),
        ] {
            assert_eq!(message(OWN, shared), expected);
        }
        let long: &'static str = format!("a query {}%C3%A4%C3%A4", "b".repeat(234)).leak();
        assert!(message("", [long, long]).starts_with("a name is declared twice"));
    }

    #[test]
    fn some_declarations_exclude_each_other() {
        for (own, shared) in [
            ("x GET / json\na cookie a", "b header cookie"),
            ("x GET / json\na header,sensitive cookie", "b cookie b"),
            ("x GET / json\ncookie constant a=1", "b cookie b"),
        ] {
            assert!(message(own, [shared]).ends_with("declare each cookie as a `#[cookie]`"), "{own}");
        }
        let own = "x POST / json\nfile part file";
        assert!(message(own, ["a header,optional content-type"]).ends_with("remove it from the shared parameters"));
    }
}
