//! The prelude's names, and those of the standard crates, mean something else.

use renamed::{open_enum, stackone_operation};

macro_rules! shadow {
    ($($name:ident)*) => {$(
        #[doc = "Not what it seems."]
        #[derive(Debug, Clone, Copy)]
        #[allow(non_camel_case_types)]
        pub struct $name;
    )*};
}

shadow! {
    Option Some None Ok Err Result String Vec Box Default Into From Clone_ Send_ Sync_ PhantomData Debug_ Formatter
    Method Metadata Parameter Style Kind Json Operation Request Response Body Value Payload Error IsSet Param
    bool str u8 u16 u32 u64 usize i32 f64 char
}

#[doc = "Not the crate."]
pub mod core {}
#[doc = "Not the crate."]
pub mod std {}
#[doc = "Not the crate."]
pub mod alloc {}
#[doc = "Not the crate."]
pub mod serde {}
#[doc = "Not the crate."]
pub mod http {}
#[doc = "Not the crate."]
pub mod stackone {}

macro_rules! shadow_macro {
    ($dollar:tt $($name:ident)*) => {$(
        #[allow(unused_macros)]
        macro_rules! $name {
            ($dollar($dollar any:tt)*) => {
                compile_error!("generated code uses a macro of the prelude");
            };
        }
    )*};
}

shadow_macro!($ panic concat unreachable matches format assert vec write);

/// Everything at once.
#[stackone_operation(
    method = "POST",
    path = "/shadowed/{id}",
    response = ::renamed::__private::String,
    crate = ::renamed,
    idempotent,
    passthrough,
    no_credentials,
    headers("accept" = "text/plain", "x-version" = "1")
)]
pub struct ShadowedRequest {
    /// The id.
    #[path]
    pub id: ::std::string::String,
    /// Optional, by the type's full name.
    #[query]
    pub page: ::core::option::Option<::std::string::String>,
    /// The cursor.
    #[query(cursor)]
    pub next: ::std::option::Option<::std::string::String>,
    /// A secret.
    #[header("x-token", sensitive)]
    pub token: ::std::option::Option<::std::string::String>,
    /// A cookie.
    #[cookie("sid")]
    pub session: ::std::option::Option<::std::string::String>,
    /// The body.
    #[body]
    pub body: ::std::vec::Vec<::std::primitive::u8>,
}

/// A body with parts.
#[stackone_operation(method = "POST", path = "/shadowed/parts", crate = ::renamed)]
pub struct ShadowedPartsRequest {
    /// A text.
    #[part]
    pub title: ::std::string::String,
    /// Optional JSON.
    #[part(content_type = "application/json")]
    pub labels: ::std::option::Option<::std::vec::Vec<::std::primitive::u8>>,
    /// Bytes.
    #[part("file", file_name = "a.bin")]
    pub content: ::std::vec::Vec<::std::primitive::u8>,
    /// Files.
    #[part]
    pub files: ::std::option::Option<::std::vec::Vec<::renamed::Part>>,
}

impl ::std::fmt::Debug for ShadowedPartsRequest {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str("ShadowedPartsRequest")
    }
}

/// Pages among shadowed names.
#[stackone_operation(
    method = "GET",
    path = "/shadowed",
    response = ::std::vec::Vec<::std::primitive::u8>,
    crate = ::renamed
)]
pub struct ShadowedPages {
    /// The number.
    #[query(page, first = 0)]
    pub number: ::std::option::Option<::std::primitive::u8>,
    /// A name.
    #[query]
    pub name: ::std::option::Option<::std::string::String>,
    /// The size.
    #[query(full_pages)]
    pub size: ::std::option::Option<::std::primitive::u8>,
}

/// Offsets among shadowed names.
#[stackone_operation(
    method = "GET",
    path = "/shadowed",
    response = ::std::vec::Vec<::std::primitive::u8>,
    crate = ::renamed
)]
pub struct ShadowedOffsets {
    /// The offset.
    #[query(offset)]
    pub number: ::std::option::Option<::std::primitive::u8>,
    /// A name.
    #[query]
    pub name: ::std::option::Option<::std::string::String>,
    /// The size.
    #[query(full_pages)]
    pub size: ::std::primitive::u8,
}

impl ::std::fmt::Debug for ShadowedPages {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str("ShadowedPages")
    }
}

impl ::std::fmt::Debug for ShadowedOffsets {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str("ShadowedOffsets")
    }
}

impl ::std::fmt::Debug for ShadowedRequest {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str("ShadowedRequest")
    }
}

open_enum!(
    /// An open enum among shadowed names.
    pub enum Status {
        /// Waiting.
        Pending = "pending",
        Ready = "ready",
    }
);

::renamed::response_headers!(
    /// Response headers among shadowed names.
    pub struct ListHeaders {
        pub(crate) total: ::std::primitive::u64 = "x-total",
        /// Optional.
        pub etag: ::std::option::Option<::std::string::String> = "etag",
    }
);

::renamed::response_headers!(
    /// Response headers that may be odd.
    pub struct OddHeaders {
        pub total: ::std::option::Option<::std::primitive::u64> = "x-total",
        ..unexpected
    }
);

/// A struct with a map of further fields.
#[derive(::std::clone::Clone, ::std::default::Default)]
pub struct Labels {
    /// A name.
    pub name: ::std::option::Option<::std::string::String>,
    /// The others.
    pub more: ::std::collections::BTreeMap<::std::string::String, ::std::primitive::i64>,
    /// Odd values.
    pub unexpected: ::renamed::model::Unexpected,
}

::renamed::model! { Labels { name: "name", ..more } }

::renamed::responses!(
    /// Responses among shadowed names.
    pub enum Responses {
        Done(::std::string::String) = 200 | 201,
        /// Nothing.
        Nothing = 204,
    }
);

/// An operation with them.
#[stackone_operation(method = "GET", path = "/responses", crate = renamed, responses = Responses, response_headers = ListHeaders)]
#[derive(::std::fmt::Debug, ::std::clone::Clone, ::std::marker::Copy)]
pub struct ResponsesRequest;

open_enum!(
    pub(crate) enum Inner {
        One = "one",
    }
);

/// Uses what only the crate can see.
#[must_use]
pub fn inner() -> ::std::string::String {
    ::std::string::ToString::to_string(&Inner::One)
}

/// A module without even the prelude.
pub mod no_prelude {
    #![no_implicit_prelude]

    /// The same, with nothing in scope.
    #[::renamed::stackone_operation(method = "GET", path = "/bare/{id}", crate = ::renamed)]
    #[derive(::std::fmt::Debug, ::std::clone::Clone)]
    pub struct NoPreludeRequest {
        /// The id.
        #[path]
        pub id: ::std::string::String,
        /// Optional.
        #[query]
        pub page: ::std::option::Option<::std::primitive::u8>,
    }

    ::renamed::response_headers!(
        /// Response headers with nothing in scope.
        pub struct ListHeaders {
            pub total: ::std::primitive::u64 = "x-total",
        }
    );

    ::renamed::response_headers!(
        /// Response headers that may be odd.
        pub struct OddHeaders {
            pub total: ::std::option::Option<::std::primitive::u64> = "x-total",
            ..unexpected
        }
    );

    ::renamed::responses!(
        /// Responses with nothing in scope.
        pub enum Responses {
            Done(::std::string::String) = 200,
            Nothing = 204,
        }
    );

    ::renamed::open_enum!(
        /// An open enum with nothing in scope.
        pub enum Status {
            Pending = "pending",
        }
    );
}

#[cfg(test)]
mod tests {
    use super::{ShadowedRequest, Status, no_prelude};

    #[test]
    fn a_field_with_the_full_name_of_option_is_optional() {
        let request = ShadowedRequest::builder().id("1").body([1, 2]).token("t").build();
        let request = request.into_http_request().unwrap();
        assert_eq!(request.uri(), "/shadowed/1");
        assert_eq!(request.headers()["x-token"], "t");
        assert_eq!(&request.body()[..], b"[1,2]");
        assert_eq!(
            no_prelude::NoPreludeRequest::builder().id("1").page(2).build().into_http_request().unwrap().uri(),
            "/bare/1?page=2"
        );
    }

    #[test]
    fn an_open_enum_keeps_what_it_does_not_know() {
        assert_eq!(Status::from("ready"), Status::Ready);
        assert_eq!(Status::from("new").as_str(), "new");
        assert_eq!(super::inner(), "one");
        assert_eq!(no_prelude::Status::Pending.to_string(), "pending");
    }
}
