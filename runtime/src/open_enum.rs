//! String enums that keep unknown values.

/// Declares a string enum that keeps an unknown value and sends it back unchanged.
///
/// Most enums in the API description are open: a server may send new values at any time. A client that refuses them
/// stops working without a change of its own.
///
/// ```
/// stackone::open_enum!(pub enum Status { Pending = "pending", InProgress = "in_progress", Completed = "completed" });
///
/// let known: Status = serde_json::from_str(r#""in_progress""#)?;
/// assert_eq!(known, Status::InProgress);
///
/// let new: Status = serde_json::from_str(r#""on_hold""#)?;
/// assert_eq!(new, Status::Other("on_hold".to_owned()));
/// assert_eq!(serde_json::to_string(&new)?, r#""on_hold""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// The enum also has the variant `Other(String)`. It has `as_str` and implements `From<&str>`, `From<String>`, `FromStr`,
/// `Display`, `Serialize`, `Deserialize`, and the standard derives. It keeps the attributes and docs of the declaration.
#[macro_export]
macro_rules! open_enum {
    ($(#[$attribute:meta])* $visibility:vis enum $name:ident { $($(#[$on:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$on])* #[doc = $crate::__private::core::concat!("`", $text, "`")] $variant,)+
            /// A value that this version does not know.
            Other($crate::__private::String),
        }

        impl $name {
            /// The value as it is sent.
            #[must_use]
            $visibility fn as_str(&self) -> &$crate::__private::str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(other) => other,
                }
            }
        }

        impl $crate::__private::core::convert::From<$crate::__private::String> for $name {
            fn from(text: $crate::__private::String) -> Self {
                match &*text {
                    $($text => Self::$variant,)+
                    _ => Self::Other(text),
                }
            }
        }

        impl $crate::__private::core::convert::From<&$crate::__private::str> for $name {
            fn from(text: &$crate::__private::str) -> Self {
                $crate::__private::Into::into($crate::__private::core::borrow::ToOwned::to_owned(text))
            }
        }

        impl $crate::__private::core::str::FromStr for $name {
            type Err = $crate::__private::core::convert::Infallible;

            // A variant may be called `Err`, so that `Self::Err` has two meanings.
            fn from_str(
                text: &$crate::__private::str,
            ) -> $crate::__private::Result<Self, $crate::__private::core::convert::Infallible> {
                $crate::__private::Result::Ok($crate::__private::Into::into(text))
            }
        }

        impl $crate::__private::core::fmt::Display for $name {
            fn fmt(
                &self,
                f: &mut $crate::__private::core::fmt::Formatter<'_>,
            ) -> $crate::__private::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> $crate::__private::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::__private::Result<Self, D::Error> {
                <$crate::__private::String as $crate::__private::serde::Deserialize>::deserialize(deserializer)
                    .map($crate::__private::Into::into)
            }
        }
    };
}
