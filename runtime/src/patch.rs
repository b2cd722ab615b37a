//! A field of a PATCH body: absent, null, or a value.

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};
use std::{fmt, marker::PhantomData};

/// The name under which an absent field asks the body's serializer to leave it out.
pub(crate) const ABSENT: &str = "$stackone::Absent";

/// A field of a PATCH body, where leaving a field out and setting it to null are two different wishes
/// (RFC 7396, JSON merge patch).
///
/// It needs no attribute on the field: the `#[body]` serializer leaves an absent field out, and refuses an absent item
/// of a list, which it could not. In a path, query or header neither absent nor null sends anything. Any other serializer
/// writes absent as null, as serde gives a value no way to take back its key; use
/// `#[serde(skip_serializing_if = "Patch::is_absent")]` where the struct goes through one. To *read* a struct with
/// absent fields, put `#[serde(default)]` on the struct.
///
/// ```
/// use stackone::{Patch, stackone_operation};
///
/// #[derive(Default, serde::Serialize)]
/// struct Changes {
///     name: Patch<String>,
///     manager: Patch<String>,
///     phone: Patch<String>,
/// }
///
/// #[stackone_operation(method = "PATCH", path = "/employees/{id}")]
/// struct UpdateEmployeeRequest {
///     #[path] id: String,
///     #[body] changes: Changes,
/// }
///
/// let changes = Changes { name: "Ada".into(), manager: Patch::Null, ..Changes::default() };
/// let request = UpdateEmployeeRequest::builder().id("1").changes(changes).build().into_http_request()?;
/// assert_eq!(request.body(), r#"{"name":"Ada","manager":null}"#);
/// # Ok::<(), stackone::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Patch<T> {
    /// Leave the field as it is: the body does not mention it.
    #[default]
    Absent,
    /// Clear the field: the body says `null`.
    Null,
    /// Set the field.
    Value(T),
}

impl<T> Patch<T> {
    /// Whether the body leaves the field out.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the body says `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value, if there is one.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value itself, if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Patch<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => serializer.serialize_unit_struct(ABSENT),
            Self::Null => serializer.serialize_none(),
            Self::Value(value) => serializer.serialize_some(value),
        }
    }
}

/// Read by way of a newtype, not of an option: serde answers for a missing `Option` with null, and a missing field
/// must not become one.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Present<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Present<T> {
            type Value = Patch<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or null")
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Patch<T>, D::Error> {
                Ok(Option::deserialize(deserializer)?.map_or(Patch::Null, Patch::Value))
            }

            fn visit_none<E: Error>(self) -> Result<Patch<T>, E> {
                Ok(Patch::Null)
            }

            fn visit_unit<E: Error>(self) -> Result<Patch<T>, E> {
                Ok(Patch::Null)
            }
        }

        deserializer.deserialize_newtype_struct("Patch", Present(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize, Default)]
    #[serde(default)]
    struct Changes {
        a: Patch<u8>,
        b: Patch<u8>,
        c: Patch<Vec<u8>>,
    }

    #[test]
    fn reading_tells_absent_from_null() {
        let changes: Changes = serde_json::from_str(r#"{"b":null,"c":[1]}"#).unwrap();
        assert_eq!(changes, Changes { a: Patch::Absent, b: Patch::Null, c: Patch::Value(vec![1]) });
    }

    #[test]
    fn a_missing_field_without_a_default_is_an_error_and_not_a_null() {
        #[derive(Debug, Deserialize)]
        struct Strict {
            #[expect(dead_code, reason = "only read")]
            a: Patch<u8>,
        }
        assert!(serde_json::from_str::<Strict>("{}").unwrap_err().to_string().contains("missing field `a`"));
    }
}
