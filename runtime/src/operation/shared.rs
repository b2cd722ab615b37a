//! Parameters that several operations share.

use crate::request::ParameterValue;

/// Headers and query parameters that operations include as one field. [`#[stackone_parameters]`](crate::stackone_parameters)
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
/// The fields have `#[header]` or `#[query]`, with the same options as in an operation, apart from those for pages. A parameter that the
/// operation declares too does not compile.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a struct of shared parameters",
    label = "does not implement `stackone::Parameters`",
    note = "add `#[stackone_parameters]` to `{Self}`, with `#[header]` or `#[query]` on each field"
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

/// Checks that each header and each query parameter is declared once, in the operation and the structs that it includes.
/// `own` and `shared` are their descriptors.
///
/// It runs in the compiler, because the attribute does not see the included structs.
///
/// # Panics
///
/// A name is declared twice. The panic is a compile error.
#[must_use]
#[track_caller]
pub const fn distinct<const N: usize>(own: &str, shared: [&'static str; N]) -> [&'static str; N] {
    let mut index = 0;
    while index < N {
        let mut line = 0;
        while line < shared[index].len() {
            let key = Key::read(shared[index].as_bytes(), line);
            let mut is_repeated = key.is_in(own.as_bytes(), own.len());
            // The lines before, in the same struct, are checked where it is declared.
            let mut before = 0;
            while before < index {
                is_repeated |= key.is_in(shared[before].as_bytes(), shared[before].len());
                before += 1;
            }
            assert!(
                !is_repeated,
                "a header or a query parameter of the shared parameters is declared twice in this operation: remove one"
            );
            line = key.next;
        }
        index += 1;
    }
    shared
}

/// The location and the name in a line of a descriptor, as ranges of it.
struct Key<'a> {
    text: &'a [u8],
    location: usize,
    location_end: usize,
    name: usize,
    end: usize,
    /// The start of the next line.
    next: usize,
}

impl<'a> Key<'a> {
    const fn read(text: &'a [u8], start: usize) -> Self {
        let location = end_of(text, start, b' ', b' ') + 1;
        let location_end = end_of(text, location, b' ', b',');
        let name = end_of(text, location_end, b' ', b' ') + 1;
        let end = end_of(text, name, b'\n', b'\n');
        Self { text, location, location_end, name, end, next: end + 1 }
    }

    const fn is_in(&self, text: &[u8], length: usize) -> bool {
        let mut line = 0;
        while line < length {
            let other = Key::read(text, line);
            if same((self.text, self.location, self.location_end), (text, other.location, other.location_end))
                && same((self.text, self.name, self.end), (text, other.name, other.end))
                && !self.is_flat()
                && !other.is_flat()
            {
                return true;
            }
            line = other.next;
        }
        false
    }

    /// Whether the parameter has no name of its own: `query,flatten`.
    const fn is_flat(&self) -> bool {
        self.location_end + 1 < self.text.len()
            && self.text[self.location_end] == b','
            && self.text[self.location_end + 1] == b'f'
    }
}

/// The index of the next byte that is one of the two, or the length.
const fn end_of(text: &[u8], mut index: usize, one: u8, other: u8) -> usize {
    while index < text.len() && text[index] != one && text[index] != other {
        index += 1;
    }
    index
}

const fn same((a, a_start, a_end): (&[u8], usize, usize), (b, b_start, b_end): (&[u8], usize, usize)) -> bool {
    if a_end - a_start != b_end - b_start {
        return false;
    }
    let mut index = 0;
    while index < a_end - a_start {
        if a[a_start + index] != b[b_start + index] {
            return false;
        }
        index += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::distinct;
    use std::panic::catch_unwind;

    #[test]
    fn a_name_is_declared_once() {
        let own = "list GET /header/x json\nid path id\nx header x-id\nq query,optional q\nmore query,flatten m\nbody body text/csv";
        for shared in [
            ["", ""],
            ["a header q", "b query x-id"],
            ["a header,sensitive id", "b query,joined id"],
            ["a query,flatten q", "b query m\nc query,flatten m"],
        ] {
            assert_eq!(distinct(own, shared), shared);
        }
        for shared in
            [["a header x-id", ""], ["", "z query z\na query,deepObject,optional q"], ["a query z", "b query,joined z"]]
        {
            assert!(catch_unwind(|| distinct(own, shared)).is_err(), "{shared:?}");
        }
    }
}
