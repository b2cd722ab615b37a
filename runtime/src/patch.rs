//! A field of a PATCH body: absent, null, or a value.

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
    ser,
};
use std::{fmt, marker::PhantomData};

/// The name of the newtype struct that is an absent field. The serializers of this crate know it.
pub(crate) const ABSENT: &str = "$stackone::Absent";

/// A field of a PATCH body, where leaving a field out and setting it to null mean different things (RFC 7396, JSON merge
/// patch).
///
/// The field needs no serde attribute. The `#[body]` of an operation leaves an absent field out, and refuses an absent item
/// of a list. In a path, a query or a header, absent and null are not sent.
///
/// Another serializer, such as `serde_json::to_value`, cannot leave a field out. It returns an error for an absent field,
/// because a null in its place would clear the field. Add `#[serde(skip_serializing_if = "Patch::is_absent")]` to the fields
/// of a struct that goes through one. To deserialize a struct with absent fields, add `#[serde(default)]` to the struct.
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
    /// Leaves the field unchanged: the body does not contain it.
    #[default]
    Absent,
    /// Clears the field: the body contains `null`.
    Null,
    /// Sets the field.
    Value(T),
}

impl<T> Patch<T> {
    /// Whether the body does not contain the field.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the body contains `null`.
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

    /// Takes the value, if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The patch with a value that is made from this one. Absent and null stay the same.
    ///
    /// ```
    /// use stackone::Patch;
    ///
    /// assert_eq!(Patch::Value(2).map(|number| number * 2), Patch::Value(4));
    /// assert_eq!(Patch::<u8>::Null.map(u16::from), Patch::Null);
    /// ```
    pub fn map<U>(self, map: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Self::Absent => Patch::Absent,
            Self::Null => Patch::Null,
            Self::Value(value) => Patch::Value(map(value)),
        }
    }

    /// The patch with a reference to the value. Absent and null stay the same.
    pub const fn as_ref(&self) -> Patch<&T> {
        match self {
            Self::Absent => Patch::Absent,
            Self::Null => Patch::Null,
            Self::Value(value) => Patch::Value(value),
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
            Self::Absent => serializer.serialize_newtype_struct(ABSENT, &Absent),
            Self::Null => serializer.serialize_none(),
            Self::Value(value) => serializer.serialize_some(value),
        }
    }
}

/// The content of an absent field. Serializers that do not know [`ABSENT`] serialize it.
struct Absent;

impl Serialize for Absent {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(ser::Error::custom(
            "an absent `Patch` can only be left out by the `#[body]` of an operation; for another serializer, add \
             `#[serde(skip_serializing_if = \"Patch::is_absent\")]` to the field",
        ))
    }
}

/// Deserialized as a newtype, because serde takes a missing field of type `Option` for null.
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
    fn absent_and_null_are_deserialized_differently() {
        let changes: Changes = serde_json::from_str(r#"{"b":null,"c":[1]}"#).unwrap();
        assert_eq!(changes, Changes { a: Patch::Absent, b: Patch::Null, c: Patch::Value(vec![1]) });
    }

    #[test]
    fn a_missing_field_without_a_default_is_an_error() {
        #[derive(Debug, Deserialize)]
        struct Strict {
            #[expect(dead_code, reason = "only deserialized")]
            a: Patch<u8>,
        }
        assert!(serde_json::from_str::<Strict>("{}").unwrap_err().to_string().contains("missing field `a`"));
    }

    #[test]
    fn another_serializer_refuses_an_absent_field() {
        let changes = Changes { a: Patch::Value(1), ..Changes::default() };
        let errors = [
            serde_json::to_value(&changes).unwrap_err().to_string(),
            serde_json::to_string(&changes).unwrap_err().to_string(),
            serde_json::to_value(Some(Patch::<u8>::Absent)).unwrap_err().to_string(),
            serde_json::to_value([Patch::<u8>::Absent]).unwrap_err().to_string(),
        ];
        for error in errors {
            assert!(error.contains("skip_serializing_if = \"Patch::is_absent\""), "{error}");
        }
        let set = Changes { a: Patch::Value(1), b: Patch::Null, c: Patch::Value(vec![]) };
        assert_eq!(serde_json::to_string(&set).unwrap(), r#"{"a":1,"b":null,"c":[]}"#);
    }

    #[test]
    fn a_reference_has_the_same_state() {
        assert_eq!(Patch::Value("a".to_owned()).as_ref().map(String::len), Patch::Value(1));
        assert!(Patch::<u8>::Null.as_ref().is_null() && Patch::<u8>::Absent.as_ref().is_absent());
    }
}
