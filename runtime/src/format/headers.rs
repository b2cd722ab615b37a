//! The headers of a response as a value.

mod field;

pub(crate) use field::FieldValues;

use super::{Format, ResponseFormat, sealed};
use crate::model::{Unexpected, escape};
use http::HeaderMap;
use serde::de::{self, DeserializeOwned};
use std::{borrow::Cow, error::Error, fmt, marker::PhantomData};

/// The headers of a response and its body, as `response_headers = H` makes it the value of an operation with a `response`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct WithHeaders<H, B> {
    /// The headers.
    pub headers: H,
    /// The value of the body, as it is without `response_headers`.
    pub body: B,
}

impl<H, B> WithHeaders<H, B> {
    /// The headers and the value of a body.
    pub const fn new(headers: H, body: B) -> Self {
        Self { headers, body }
    }
}

/// The headers of a response, without a body. The value is `H`.
#[derive(Debug)]
pub struct Headers<H>(PhantomData<fn() -> H>);

/// The headers of a response, and a body in the format `F`. The value is a [`WithHeaders`].
#[derive(Debug)]
pub struct HeadersAnd<H, F>(PhantomData<fn() -> (H, F)>);

impl<H: ResponseHeaders> sealed::Sealed for Headers<H> {}
impl<H: ResponseHeaders, F: Format> sealed::Sealed for HeadersAnd<H, F> {}

impl<H: ResponseHeaders> Format for Headers<H> {
    const FORMAT: ResponseFormat = ResponseFormat::Ignored;
}

impl<H: ResponseHeaders, F: Format> Format for HeadersAnd<H, F> {
    const FORMAT: ResponseFormat = F::FORMAT;
}

/// A struct that is read from the headers of a response. [`response_headers!`](crate::response_headers) declares one.
///
/// To read headers in another way, implement it by hand:
///
/// ```
/// use stackone::{format::{HeaderError, ResponseHeaders, response_header}, http::HeaderMap};
///
/// struct Position {
///     index: u64,
/// }
///
/// impl ResponseHeaders for Position {
///     fn from_headers(headers: &HeaderMap) -> Result<Self, HeaderError> {
///         let page: u64 = response_header(headers, "x-page")?;
///         let size: Option<u64> = response_header(headers, "x-page-size")?;
///         Ok(Self { index: page * size.unwrap_or(100) })
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not read from response headers",
    label = "does not implement `stackone::format::ResponseHeaders`",
    note = "declare it: `stackone::response_headers!(pub struct {Self} {{ pub total: u64 = \"x-total\" }});`"
)]
pub trait ResponseHeaders: Sized {
    /// Reads the struct.
    ///
    /// # Errors
    ///
    /// A header is missing, or its value is not of its type.
    fn from_headers(headers: &HeaderMap) -> Result<Self, HeaderError>;
}

/// A type that is read from a response header.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a response header",
    label = "does not implement `serde::Deserialize`",
    note = "strings, numbers, `bool`, unit enums, newtypes of these, lists of them and an `Option` can",
    note = "for your own type, add `#[derive(serde::Deserialize)]` to `{Self}`"
)]
pub trait HeaderField: DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> HeaderField for T {}

/// Reads one header of a response. `T` is any type that serde reads from a scalar, an `Option` for a header that may be
/// missing, or a list. A list has an item for each part between commas, and for each line of a header that is repeated.
///
/// # Errors
///
/// The header is missing, or its value is not of the type.
pub fn response_header<T: HeaderField>(headers: &HeaderMap, name: &'static str) -> Result<T, HeaderError> {
    let lines = lines(headers, name);
    // A cookie may contain a comma (RFC 9110, section 5.3).
    let splits = !name.eq_ignore_ascii_case("set-cookie");
    T::deserialize(FieldValues::new(&lines, splits)).map_err(|error| HeaderError { name, ..error })
}

/// A type of a header that may be missing: an `Option` or a list.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no value for a response header that is not of its type",
    label = "expected an `Option` or a `Vec`",
    note = "with `..unexpected`, such a header is kept as it arrived, and its field is empty"
)]
pub trait OptionalHeaderField: HeaderField + Default {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> OptionalHeaderField for Option<T> {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> OptionalHeaderField for Vec<T> {}

/// Reads one header of a response as [`response_header`] does. A value that is not of the type is put into `unexpected`.
pub fn optional_response_header<T: OptionalHeaderField>(
    headers: &HeaderMap,
    name: &'static str,
    unexpected: &mut Unexpected,
) -> T {
    response_header(headers, name).unwrap_or_else(|_| {
        unexpected.insert(format!("/{}", escape(name)), lines(headers, name).join(", ").into());
        T::default()
    })
}

fn lines<'a>(headers: &'a HeaderMap, name: &str) -> Vec<Cow<'a, str>> {
    headers.get_all(name).iter().map(|value| text(value.as_bytes())).collect()
}

/// The text of a header value, which is UTF-8 or else Latin-1.
fn text(value: &[u8]) -> Cow<'_, str> {
    str::from_utf8(value).map_or_else(|_| value.iter().map(|byte| char::from(*byte)).collect(), Cow::Borrowed)
}

/// Why headers are not those that the operation declares.
pub struct HeaderError {
    name: &'static str,
    /// The end of a sentence that starts with the name.
    reason: String,
}

impl HeaderError {
    /// An error about a header. `reason` is the end of a sentence that starts with its name.
    pub fn new(name: &'static str, reason: impl Into<String>) -> Self {
        Self { name, reason: reason.into() }
    }

    /// The end of a sentence that starts with the name.
    #[cfg(feature = "test")]
    pub(crate) fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the header `{}` {}", self.name, self.reason)
    }
}

impl fmt::Debug for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for HeaderError {}

impl de::Error for HeaderError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new("", format!("is not valid: {message}"))
    }
}

/// Declares a struct of response headers, for `response_headers = ..` of an operation.
///
/// ```
/// stackone::response_headers! {
///     /// What a list says in its headers.
///     #[derive(Debug)]
///     pub struct ListHeaders {
///         pub total: u64 = "x-total",
///         pub etag: Option<String> = "etag",
///         pub vary: Vec<String> = "vary",
///     }
/// }
/// ```
///
/// A field has any type that serde reads from a scalar: text, numbers, `bool`, enums and newtypes of these. An `Option` is a
/// header that may be missing. A list has an item for each part between commas, and for each line of a header that is
/// repeated. The names are checked at compile time, and may be in any case.
///
/// A header whose value is not of the type of its field is an error. With `..unexpected` after the fields, which are then each an
/// `Option` or a list, it is not: the field is empty, and the value is kept in a public field of this name, as it arrived.
///
/// ```
/// use stackone::{format::ResponseHeaders, http::HeaderMap};
///
/// stackone::response_headers! {
///     pub struct ListHeaders {
///         pub total: Option<u64> = "x-total",
///         ..unexpected
///     }
/// }
///
/// let headers = HeaderMap::from_iter([("x-total".parse()?, "many".parse()?)]);
/// let headers = ListHeaders::from_headers(&headers)?;
/// assert_eq!(headers.total, None);
/// assert_eq!(headers.unexpected.get("/x-total").and_then(|value| value.as_str()), Some("many"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[macro_export]
macro_rules! response_headers {
    ($(#[$attribute:meta])* $visibility:vis struct $name:ident {
        $($(#[$on:meta])* $field_visibility:vis $field:ident: $type:ty = $header:literal),+ $(,)?
    }) => {
        $(#[$attribute])*
        $visibility struct $name {
            $($(#[$on])* #[doc = $crate::__private::core::concat!("\n\nHeader `", $header, "`.")] $field_visibility $field: $type,)+
        }

        const _: () = $crate::__private::check_header_names(&[$($header),+]);

        impl $crate::format::ResponseHeaders for $name {
            fn from_headers(
                headers: &$crate::http::HeaderMap,
            ) -> $crate::__private::Result<Self, $crate::format::HeaderError> {
                $crate::__private::Result::Ok(Self {
                    $($field: $crate::format::response_header::<$type>(headers, $header)?,)+
                })
            }
        }
    };
    ($(#[$attribute:meta])* $visibility:vis struct $name:ident {
        $($(#[$on:meta])* $field_visibility:vis $field:ident: $type:ty = $header:literal,)+ ..$unexpected:ident $(,)?
    }) => {
        $(#[$attribute])*
        $visibility struct $name {
            $($(#[$on])* #[doc = $crate::__private::core::concat!("\n\nHeader `", $header, "`.")] $field_visibility $field: $type,)+
            /// The headers that are not of the declared type, as they arrived. Each is found by a slash and its declared name.
            pub $unexpected: $crate::model::Unexpected,
        }

        const _: () = $crate::__private::check_header_names(&[$($header),+]);

        impl $crate::format::ResponseHeaders for $name {
            fn from_headers(
                headers: &$crate::http::HeaderMap,
            ) -> $crate::__private::Result<Self, $crate::format::HeaderError> {
                let mut unexpected = <$crate::model::Unexpected as $crate::__private::core::default::Default>::default();
                $crate::__private::Result::Ok(Self {
                    $($field: $crate::__private::optional_response_header::<$type>(headers, $header, &mut unexpected),)+
                    $unexpected: unexpected,
                })
            }
        }
    };
}

/// Checks the names in [`response_headers!`](crate::response_headers).
///
/// # Panics
///
/// At compile time, if a name is not a token (RFC 9110, section 5.6.2).
pub const fn check_header_names(names: &[&str]) {
    let mut index = 0;
    while index < names.len() {
        let bytes = names[index].as_bytes();
        assert!(!bytes.is_empty(), "a header name is empty");
        let mut at = 0;
        while at < bytes.len() {
            let is_token = bytes[at].is_ascii_alphanumeric()
                || matches!(
                    bytes[at],
                    b'!' | b'#'
                        | b'$'
                        | b'%'
                        | b'&'
                        | b'\''
                        | b'*'
                        | b'+'
                        | b'-'
                        | b'.'
                        | b'^'
                        | b'_'
                        | b'`'
                        | b'|'
                        | b'~'
                );
            assert!(
                is_token,
                "a header name contains a character that HTTP does not allow: use letters, digits and hyphens"
            );
            at += 1;
        }
        index += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;
    use http::{HeaderName, HeaderValue};
    use serde::Deserialize;

    fn headers(lines: &[(&'static str, &[u8])]) -> HeaderMap {
        lines
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_bytes(value).unwrap()))
            .collect()
    }

    fn read<T: DeserializeOwned>(lines: &[(&'static str, &[u8])]) -> Result<T, String> {
        response_header(&headers(lines), "X-H").map_err(|error| error.to_string())
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Color {
        Red,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Id(u8);

    #[test]
    fn a_scalar_is_read_as_its_type() {
        assert_eq!(read(&[("x-h", b"-7")]), Ok(-7_i64));
        assert_eq!(read(&[("x-h", b"1.5")]), Ok(1.5_f64));
        assert_eq!(read(&[("x-h", b"true")]), Ok(true));
        assert_eq!(read(&[("x-h", b"x")]), Ok('x'));
        assert_eq!(read(&[("x-h", b"red")]), Ok(Color::Red));
        assert_eq!(read(&[("x-h", b"7")]), Ok(Some(Id(7))));
        assert_eq!(read(&[("x-h", b"a, b")]), Ok("a, b".to_owned()));
        assert_eq!(read(&[("x-h", b"")]), Ok(String::new()));
        assert_eq!(read(&[("x-h", "é€".as_bytes())]), Ok("é€".to_owned()));
        assert_eq!(read(&[("x-h", b"\xe9")]), Ok("é".to_owned()));
        assert_eq!(read(&[("x-h", b"12")]), Ok(serde_json::Value::from("12")));
        let instant: Timestamp = read(&[("x-h", b"2021-07-21T14:00:00Z")]).unwrap();
        assert_eq!(instant.to_string(), "2021-07-21T14:00:00.000Z");
    }

    /// RFC 9110, section 5.3: the lines of a header are one value, joined by commas.
    #[test]
    fn a_repeated_header_is_one_text_or_a_list() {
        let lines: &[(&str, &[u8])] = &[("x-h", b"a, b"), ("x-h", b"\"c,d\\\"e\" ,")];
        assert_eq!(read(lines), Ok("a, b, \"c,d\\\"e\" ,".to_owned()));
        assert_eq!(read(lines), Ok(vec!["a".to_owned(), "b".to_owned(), "\"c,d\\\"e\"".to_owned()]));
        assert_eq!(read(&[("x-h", b"1,2"), ("x-h", b"3")]), Ok(vec![Id(1), Id(2), Id(3)]));
        assert_eq!(read(&[("x-h", b"1,2")]), Ok((1, 2)));
        let cookies = headers(&[("set-cookie", b"a=1; expires=Thu, 01"), ("set-cookie", b"b=2")]);
        let cookies: Vec<String> = response_header(&cookies, "set-cookie").unwrap();
        assert_eq!(cookies, ["a=1; expires=Thu, 01", "b=2"]);
    }

    /// The rule of the fields of bodies.
    #[test]
    fn an_odd_value_is_kept_if_the_struct_has_a_place_for_it() {
        crate::response_headers! {
            struct Odd {
                total: Option<u64> = "X-Total",
                last: Option<bool> = "x-last",
                sizes: Vec<u8> = "x-sizes",
                name: Option<String> = "x-name",
                ..unexpected
            }
        }
        let lines: &[(&str, &[u8])] =
            &[("x-total", b"10+"), ("x-last", b"true"), ("x-sizes", b"1"), ("x-sizes", b"many"), ("x-name", b"n")];
        let odd = Odd::from_headers(&headers(lines)).unwrap();
        assert_eq!((odd.total, odd.last, odd.sizes, odd.name.as_deref()), (None, Some(true), Vec::new(), Some("n")));
        let kept: Vec<_> = odd.unexpected.iter().collect();
        assert_eq!(kept, [("/X-Total", &"10+".into()), ("/x-sizes", &"1, many".into())]);
        let none = Odd::from_headers(&headers(&[])).unwrap();
        assert!(none.unexpected.is_empty() && none.total.is_none());
    }

    #[test]
    fn a_missing_header_is_none_or_an_empty_list_or_an_error() {
        assert_eq!(read::<Option<u8>>(&[]), Ok(None));
        assert_eq!(read::<Vec<u8>>(&[]), Ok(Vec::new()));
        assert_eq!(read::<u8>(&[]), Err("the header `X-H` is missing".to_owned()));
        assert_eq!(read::<String>(&[]), Err("the header `X-H` is missing".to_owned()));
    }

    #[test]
    fn another_value_is_an_error_that_names_the_header_and_the_type() {
        for (error, expected) in [
            (read::<u8>(&[("x-h", b"300")]).unwrap_err(), "is not a `u8`: number too large"),
            (read::<u64>(&[("x-h", b"1"), ("x-h", b"1")]).unwrap_err(), "is not a `u64`: invalid digit"),
            (read::<bool>(&[("x-h", b"yes")]).unwrap_err(), "is not a `bool`: "),
            (read::<Color>(&[("x-h", b"blue")]).unwrap_err(), "is not valid: unknown variant `blue`"),
            (read::<Vec<u8>>(&[("x-h", b"1,x")]).unwrap_err(), "is not a `u8`: invalid digit"),
            (read::<std::collections::BTreeMap<u8, u8>>(&[("x-h", b"x")]).unwrap_err(), "is not valid: invalid type"),
        ] {
            assert!(error.starts_with("the header `X-H` ") && error.contains(expected), "{error}");
        }
    }
}
