//! Struct shapes, visibilities and the places a struct can stand in.

use crate::vendor;

/// A unit struct.
#[renamed::stackone_operation(method = "GET", path = "/unit", crate = renamed)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unit;

/// No fields in braces.
#[derive(Debug, Clone, Copy)]
#[renamed::stackone_operation(method = "GET", path = "/empty", crate = renamed, response = text)]
#[allow(clippy::empty_structs_with_brackets)]
pub struct Empty {}

/// Derives above and below, by a path that re-exports the runtime.
#[derive(Debug)]
#[renamed::stackone_operation(method = "GET", path = "/both/{id}", crate = vendor::runtime, response = bytes)]
#[derive(Clone, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Both {
    /// The id.
    #[path]
    pub id: String,
    /// Another derive's attribute beside ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[query("page_size")]
    pub page_size: Option<u32>,
}

/// Serde's attributes, which the request does not follow.
#[renamed::stackone_operation(method = "POST", path = "/stored/{id}", crate = renamed)]
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Stored {
    /// The same name.
    #[serde(rename = "id")]
    #[path]
    pub id: String,
    /// The same header.
    #[header]
    pub x_account_id: String,
    /// Not stored.
    #[serde(skip)]
    #[query]
    pub page_size: Option<u32>,
    /// Stored in another form.
    #[serde(serialize_with = "as_length")]
    #[query]
    pub name: String,
    /// Stored without a name.
    #[serde(flatten)]
    #[query(flatten)]
    pub filter_by: std::collections::BTreeMap<String, u8>,
    /// Another name for reading.
    #[serde(rename(deserialize = "users"))]
    #[query("group_of")]
    pub group_of: Option<u8>,
    /// A body has no name.
    #[serde(rename = "data")]
    #[body]
    pub new_user: String,
}

fn as_length<S: serde::Serializer>(name: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&name.len())
}

#[renamed::stackone_operation(method = "DELETE", path = "/private/{id}", crate = renamed)]
#[derive(Debug)]
struct Private {
    #[path]
    id: String,
    #[query]
    never_set: Option<u8>,
}

#[renamed::stackone_operation(method = "GET", path = "/crate/{kind}/{id}", crate = renamed, response = download)]
#[derive(Debug)]
pub(crate) struct Crate {
    #[path]
    pub(crate) id: String,
    #[path("gone")]
    #[cfg(any())]
    not_compiled: String,
    #[cfg_attr(all(), path)]
    kind: Hidden,
    #[cfg_attr(any(), query("never"))]
    #[cfg_attr(all(), query("always"), doc = "With docs.")]
    conditional: Option<String>,
    #[cfg_attr(all(), cfg_attr(all(), query, cfg_attr(any(), never)), doc = "Twice.")]
    twice: Option<String>,
}

/// A type that nobody else can name.
#[derive(Debug, serde::Serialize)]
struct Hidden(u8);

/// A public request with a private type in a private field.
#[renamed::stackone_operation(method = "GET", path = "/half", crate = renamed)]
#[derive(Debug)]
pub struct Half {
    #[query]
    hidden: Hidden,
    #[query(style = "deepObject")]
    optional: Option<Hidden>,
}

/// Fields that are going away.
#[renamed::stackone_operation(method = "GET", path = "/deprecated/{id}", crate = renamed, response = Vec<u8>)]
#[derive(Debug)]
pub struct Deprecated {
    /// The old id.
    #[deprecated(note = "there is a new one")]
    #[path]
    pub id: String,
    /// The old page.
    #[deprecated]
    #[query(cursor, next_header = "X-Next")]
    pub page: Option<String>,
}

/// An operation that is going away as a whole.
#[deprecated(since = "0.1.0", note = "use another")]
#[renamed::stackone_operation(method = "GET", path = "/going", crate = renamed)]
#[derive(Debug)]
pub struct Going {
    /// A page.
    #[query]
    pub page: Option<String>,
}

/// Uses what only this module can see.
///
/// # Errors
///
/// None.
pub fn private() -> Result<[String; 3], renamed::Error> {
    let conditional = Crate::builder().id("1").kind(Hidden(2)).conditional("3").twice("4").build();
    Ok([
        Private::builder().id("1").build().into_http_request()?.uri().to_string(),
        conditional.into_http_request()?.uri().to_string(),
        Half::builder().hidden(Hidden(1)).build().into_http_request()?.uri().to_string(),
    ])
}

#[cfg(test)]
mod tests {
    use super::{Both, Empty, Stored, Unit};
    use renamed::Operation;

    #[test]
    fn every_shape_becomes_a_request() {
        assert_eq!(Unit::builder().build(), Unit);
        assert_eq!(Unit.into_http_request().unwrap().uri(), "/unit");
        assert_eq!(Empty::builder().build().into_http_request().unwrap().uri(), "/empty");
        let both = Both::builder().id("1").page_size(2).build();
        assert_eq!(both.to_http_request().unwrap().uri(), "/both/1?page_size=2");
        assert_eq!(serde_json::to_string(&both).unwrap(), r#"{"id":"1","pageSize":2}"#);
        assert_eq!(super::private().unwrap(), ["/private/1", "/crate/2/1?always=3&twice=4", "/half?hidden=1"]);
    }

    #[test]
    fn a_request_does_not_follow_the_attributes_of_serde() {
        let request =
            Stored::builder().id("1").x_account_id("2").page_size(3).name("Ada").filter_by([("a".to_owned(), 4)]);
        let request = request.group_of(5).new_user("Grace").build();
        let stored = r#"{"id":"1","x-account-id":"2","name":"3","a":4,"group-of":5,"data":"Grace"}"#;
        assert_eq!(serde_json::to_string(&request).unwrap(), stored);
        let request = request.into_http_request().unwrap();
        assert_eq!(request.uri(), "/stored/1?page_size=3&name=Ada&a=4&group_of=5");
        assert_eq!(request.headers()["x-account-id"], "2");
        assert_eq!(request.body(), "\"Grace\"");
    }

    #[test]
    fn a_builder_shows_no_values() {
        assert_eq!(format!("{:?}", Both::builder().id("secret")), "BothBuilder { .. }");
    }
}
