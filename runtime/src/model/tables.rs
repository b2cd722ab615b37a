//! The macros that turn a table into implementations.

/// Implements reading, writing, `Debug` and `PartialEq` for a struct, from a table of its fields and their wire
/// names.
///
/// The struct has a field `unexpected` of the type [`Unexpected`](crate::model::Unexpected), and implements `Default`. With
/// `new(..)` it is a struct to send, which cannot be read without its required fields.
///
/// ```
/// #[derive(Clone)]
/// pub struct NewUser {
///     pub name: String,
///     pub manager: stackone::Patch<String>,
///     pub unexpected: stackone::model::Unexpected,
/// }
///
/// impl NewUser {
///     pub fn new(name: impl Into<String>) -> Self {
///         Self { name: name.into(), manager: stackone::Patch::Absent, unexpected: Default::default() }
///     }
/// }
///
/// stackone::model! { NewUser new(name: "name") { name: "name", manager: "manager" } }
///
/// assert_eq!(serde_json::to_string(&NewUser::new("Ada"))?, r#"{"name":"Ada"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// With `..map` after the fields, a `BTreeMap` has the fields that the table does not name, with the names of the document. They
/// are written beside the others. To write one with a name of the table is an error that names it, so that nothing is sent twice.
///
/// ```
/// use std::collections::BTreeMap;
///
/// #[derive(Clone, Default)]
/// pub struct Labels {
///     pub name: Option<String>,
///     pub more: BTreeMap<String, i64>,
///     pub unexpected: stackone::model::Unexpected,
/// }
///
/// stackone::model! { Labels { name: "name", ..more } }
///
/// let labels: Labels = serde_json::from_str(r#"{"size":1,"name":"a"}"#)?;
/// assert_eq!(labels.more["size"], 1);
/// assert_eq!(serde_json::to_string(&labels)?, r#"{"name":"a","size":1}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! model {
    ($name:ident $(<$parameter:ident>)? $(new($($required:ident: $required_wire:literal),* $(,)?))? {
        $($field:ident: $wire:literal),* $(,)? $(..$further:ident)?
    }) => {
        impl $(<$parameter: $crate::model::Value>)? $crate::model::Model for $name $(<$parameter>)? {
            fn names(&self) -> &'static [&'static $crate::__private::str] {
                &[$($wire),*]
            }

            fn slots(&self) -> $crate::model::Slots<'_> {
                $crate::model::slots(&[$(&self.$field,)* $(&self.$further)?])
            }

            fn unexpected(&self) -> &$crate::model::Unexpected {
                &self.unexpected
            }

            $(fn required(&self) -> $crate::__private::Option<&'static [&'static $crate::__private::str]> {
                $crate::__private::Some(&[$($required_wire),*])
            })?
        }

        impl $(<$parameter: $crate::model::Value>)? $crate::model::Value for $name $(<$parameter>)? {
            const SHAPE: $crate::model::Shape = $crate::model::Shape::Object;

            fn empty() -> Self {
                $crate::__model_empty!(($($field)* $($further)?) $(new($($required)*))?)
            }

            fn read_object(
                &mut self,
                entries: &mut dyn $crate::model::Objects,
            ) -> $crate::__private::Result<(), $crate::model::Failed> {
                $crate::model::Objects::fields(
                    entries,
                    $crate::model::Fields {
                        names: $crate::model::Model::names(self),
                        required: $crate::model::Model::required(self),
                        slots: &mut [$(&mut self.$field,)* $(&mut self.$further)?],
                        unexpected: &mut self.unexpected,
                    },
                )
            }

            fn node(&self) -> $crate::model::Node<'_> {
                $crate::model::Node::Model(self)
            }
        }

        impl $(<$parameter: $crate::model::Value>)? $crate::__private::Debug for $name $(<$parameter>)? {
            fn fmt(&self, f: &mut $crate::__private::Formatter<'_>) -> $crate::__private::fmt::Result {
                $crate::model::debug($crate::__private::core::stringify!($name), self, f)
            }
        }

        impl $(<$parameter: $crate::model::Value>)? $crate::__private::core::cmp::PartialEq for $name $(<$parameter>)? {
            fn eq(&self, other: &Self) -> $crate::__private::core::primitive::bool {
                $crate::model::same(self, other)
            }
        }

        $crate::__model_serde! { $name $(<$parameter>)? }
    };
}

/// A struct before it is read.
#[doc(hidden)]
#[macro_export]
macro_rules! __model_empty {
    ($fields:tt $(new())?) => { $crate::__private::core::default::Default::default() };
    (($($field:ident)*) new($($required:ident)+)) => {
        Self {
            $($field: $crate::model::Start::start(),)*
            unexpected: $crate::__private::core::default::Default::default(),
        }
    };
}

/// serde's traits for a type of this crate's tables.
#[doc(hidden)]
#[macro_export]
macro_rules! __model_serde {
    ($name:ident $(<$parameter:ident>)?) => {
        impl<'de $(, $parameter: $crate::model::Value)?> $crate::__private::serde::Deserialize<'de>
            for $name $(<$parameter>)?
        {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::__private::Result<Self, D::Error> {
                $crate::model::read(deserializer)
            }
        }

        impl $(<$parameter: $crate::model::Value>)? $crate::__private::serde::Serialize for $name $(<$parameter>)? {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> $crate::__private::Result<S::Ok, S::Error> {
                $crate::model::write(&$crate::model::Value::node(self), serializer)
            }
        }
    };
}

/// Declares a string enum as [`open_enum!`](crate::open_enum) does. It can be the value of a field of a
/// [`model!`](macro@crate::model).
#[macro_export]
macro_rules! string_enum {
    ($(#[$attribute:meta])* $visibility:vis enum $name:ident { $($(#[$on:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $crate::open_enum! { $(#[$attribute])* $visibility enum $name { $($(#[$on])* $variant = $text),+ } }

        impl $crate::model::Value for $name {
            const SHAPE: $crate::model::Shape = $crate::model::Shape::Scalar("a string");

            fn empty() -> Self {
                Self::Other($crate::__private::String::new())
            }

            fn from_scalar(scalar: $crate::model::Scalar<'_>) -> $crate::__private::Option<Self> {
                match scalar {
                    $crate::model::Scalar::Text(text) => $crate::__private::Some($crate::__private::Into::into(text)),
                    _ => $crate::__private::None,
                }
            }

            fn node(&self) -> $crate::model::Node<'_> {
                $crate::model::Node::Text($crate::__private::Into::into(self.as_str()))
            }
        }
    };
}

/// Declares an enum for a value that has one of several types. A value of none of them is kept in the variant `Other`.
///
/// Each variant has its index, its type and the way to recognize it: see `oneOf` in the docs of `stackone-codegen`. `from` lists
/// the types that a variant is made from.
///
/// ```
/// stackone::one_of! {
///     /// A number, or its name.
///     pub enum Amount by "" {
///         0 Number(f64) Number [] [],
///         1 Name(String) Text [] [],
///     } from { Number: f64, Name: &str }
/// }
///
/// assert_eq!(Amount::from("ten"), Amount::Name("ten".to_owned()));
/// assert_eq!(serde_json::from_str::<Amount>("1.5")?, Amount::Number(1.5));
/// assert_eq!(serde_json::from_str::<Amount>("true")?, Amount::Other(true.into()));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! one_of {
    ($(#[$attribute:meta])* $visibility:vis enum $name:ident by $tag:literal {
        $($(#[$on:meta])* $index:literal $variant:ident($type:ty) $kind:ident [$($value:literal)*] [$($only:literal)*]),* $(,)?
    } $(from { $($case:ident: $source:ty),* $(,)? })?) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq)]
        #[allow(clippy::large_enum_variant)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$on])* $variant($type),)*
            /// A value of none of these types.
            Other($crate::model::Json),
        }

        impl $crate::model::Value for $name {
            const SHAPE: $crate::model::Shape = $crate::model::Shape::Any;

            fn empty() -> Self {
                Self::Other($crate::model::Json::Null)
            }

            fn from_json(
                json: $crate::model::Json,
            ) -> $crate::__private::Result<Self, $crate::model::Json> {
                const CASES: &[$crate::model::Case] = &[$($crate::model::Case {
                    kind: $crate::model::Kind::$kind,
                    tags: &[$($value),*],
                    only: &[$($only),*],
                }),*];
                if $crate::model::Json::is_null(&json) {
                    return $crate::__private::Result::Err(json);
                }
                for case in $crate::model::choose(&json, $tag, CASES) {
                    let found = match case {
                        $($index => $crate::model::read_case(&json).map(Self::$variant),)*
                        _ => $crate::__private::None,
                    };
                    if let $crate::__private::Some(found) = found {
                        return $crate::__private::Result::Ok(found);
                    }
                }
                $crate::__private::Result::Ok(Self::Other(json))
            }

            fn node(&self) -> $crate::model::Node<'_> {
                match self {
                    $(Self::$variant(value) => $crate::model::Value::node(value),)*
                    Self::Other(json) => $crate::model::Node::Json(json),
                }
            }
        }

        $($(impl $crate::__private::core::convert::From<$source> for $name {
            fn from(value: $source) -> Self {
                Self::$case($crate::__private::Into::into(value))
            }
        })*)?

        $crate::__model_serde! { $name }
    };
}
