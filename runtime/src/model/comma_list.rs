//! Lists that an API takes as one text.

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, SeqAccess, Visitor},
};
use std::fmt;

/// A list of names for a parameter that takes `id,name`. It is made from such a text, or from the names.
///
/// ```
/// use stackone::{model::CommaList, stackone_operation};
///
/// #[stackone_operation(method = "GET", path = "/users")]
/// struct ListUsersRequest {
///     #[query(explode = false)]
///     fields: Option<CommaList>,
/// }
///
/// let by_names = ListUsersRequest::builder().fields(["id", "name"]).build().into_http_request()?;
/// let by_text = ListUsersRequest::builder().fields("id,name").build().into_http_request()?;
/// assert_eq!(by_names.uri(), "/users?fields=id,name");
/// assert_eq!(by_text.uri(), by_names.uri());
/// # Ok::<(), stackone::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct CommaList(Vec<String>);

impl CommaList {
    /// The names in the list, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl From<&str> for CommaList {
    fn from(text: &str) -> Self {
        Self(text.split(',').map(str::to_owned).collect())
    }
}

impl From<String> for CommaList {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl<T: Into<String>> From<Vec<T>> for CommaList {
    fn from(names: Vec<T>) -> Self {
        names.into_iter().collect()
    }
}

impl<T: Into<String>, const N: usize> From<[T; N]> for CommaList {
    fn from(names: [T; N]) -> Self {
        names.into_iter().collect()
    }
}

impl<T: Into<String>> FromIterator<T> for CommaList {
    fn from_iter<I: IntoIterator<Item = T>>(names: I) -> Self {
        Self(names.into_iter().map(Into::into).collect())
    }
}

impl Serialize for CommaList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&self.0)
    }
}

/// From a text with commas, or from a list.
impl<'de> Deserialize<'de> for CommaList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;

        impl<'de> Visitor<'de> for Names {
            type Value = CommaList;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("names with commas between them, or a list of names")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<CommaList, E> {
                Ok(text.into())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<CommaList, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = list.next_element()? {
                    names.push(name);
                }
                Ok(CommaList(names))
            }
        }

        deserializer.deserialize_any(Names)
    }
}
