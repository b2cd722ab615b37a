//! Responses whose type depends on the status.

use super::{Decodable, Format, ResponseFormat, sealed};
use std::marker::PhantomData;

/// A JSON document whose type depends on the status, decoded as the enum `T`.
#[derive(Debug)]
pub struct ByStatus<T>(PhantomData<fn() -> T>);

impl<T: Responses> sealed::Sealed for ByStatus<T> {}

impl<T: Responses> Format for ByStatus<T> {
    const FORMAT: ResponseFormat = ResponseFormat::Json;
}

/// An enum with a variant for each status. [`responses!`](crate::responses) declares it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no variants by status",
    label = "is not declared with `stackone::responses!`",
    note = "declare it: `stackone::responses!(pub enum {Self} {{ Done(Report) = 200, Accepted(Ticket) = 202 }});`",
    note = "for one type for every status, write `response = Type`"
)]
pub trait Responses: Sized {
    /// The statuses.
    const STATUSES: &'static [u16];

    /// Reads the document of a response with this status.
    ///
    /// # Errors
    ///
    /// The document is not of the type that the status has, or the status is not declared.
    #[doc(hidden)]
    fn read<R: DocumentReader>(status: u16, reader: R) -> Result<Self, R::Error>;
}

/// What reads the document of a response. It is a trait because the declaration side alone cannot decode responses.
#[doc(hidden)]
pub trait DocumentReader {
    /// Why there is no value.
    type Error;

    /// Reads a document.
    ///
    /// # Errors
    ///
    /// The document is not of the type.
    fn read<T: Decodable>(self) -> Result<T, Self::Error>;

    /// The error for a status that is not among the declared ones.
    fn undeclared_status(self, declared: &'static [u16]) -> Self::Error;
}

/// Declares an enum with a type for each status, for `responses = ..` of an operation.
///
/// ```
/// # #[derive(serde::Deserialize)] pub struct Report;
/// # #[derive(serde::Deserialize)] pub struct Ticket;
/// stackone::responses!(pub enum ReportResponse { Done(Report) = 200, Accepted(Ticket) = 202, Empty = 204 });
/// ```
///
/// A variant with a type has a JSON document. A variant without a type ignores the body. Several statuses may have one
/// variant: `Done(Report) = 200 | 201`. The statuses are those of a success, from 200 to 299. A response with any other
/// success status is an error of the kind [`Decode`](crate::ErrorKind::Decode) that names the status. The enum keeps the
/// attributes and docs of the declaration.
#[macro_export]
macro_rules! responses {
    ($(#[$attribute:meta])* $visibility:vis enum $name:ident {
        $($(#[$on:meta])* $variant:ident $(($type:ty))? = $($status:literal)|+),+ $(,)?
    }) => {
        $(#[$attribute])*
        $visibility enum $name {
            $(
                $(#[$on])*
                #[doc = $crate::__private::core::concat!("\n\nStatus ", $crate::__private::core::stringify!($($status)|+), ".")]
                $variant $(($type))?,
            )+
        }

        const _: () = $crate::__private::check_statuses(<$name as $crate::format::Responses>::STATUSES);

        impl $crate::format::Responses for $name {
            const STATUSES: &'static [$crate::__private::core::primitive::u16] = &[$($($status),+),+];

            fn read<R: $crate::__private::DocumentReader>(
                status: $crate::__private::core::primitive::u16,
                reader: R,
            ) -> $crate::__private::Result<Self, R::Error> {
                match status {
                    $($($status)|+ => $crate::responses!(@read reader $name $variant $(($type))?),)+
                    _ => $crate::__private::Result::Err(R::undeclared_status(reader, Self::STATUSES)),
                }
            }
        }
    };
    (@read $reader:ident $name:ident $variant:ident) => {
        $crate::__private::Result::Ok($name::$variant)
    };
    (@read $reader:ident $name:ident $variant:ident ($type:ty)) => {
        $crate::__private::DocumentReader::read::<$type>($reader).map($name::$variant)
    };
}

/// Checks the statuses in [`responses!`](crate::responses).
///
/// # Panics
///
/// At compile time, if a status is not that of a success, or is there twice.
pub const fn check_statuses(statuses: &[u16]) {
    let mut index = 0;
    while index < statuses.len() {
        assert!(
            statuses[index] >= 200 && statuses[index] < 300,
            "a status is not that of a success: write one from 200 to 299; other statuses are errors"
        );
        let mut other = 0;
        while other < index {
            assert!(statuses[other] != statuses[index], "a status is declared twice: remove one");
            other += 1;
        }
        index += 1;
    }
}
