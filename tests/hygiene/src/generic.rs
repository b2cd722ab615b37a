//! Lifetimes, type and const parameters, with bounds, defaults and where clauses.

use renamed::stackone_operation;
use serde::Serialize;
use std::{borrow::Cow, collections::BTreeMap, fmt};

/// A request that borrows everything.
#[stackone_operation(method = "PUT", path = "/borrow/{id}", crate = renamed)]
#[derive(Debug, Clone)]
pub struct Borrowing<'a, 'b: 'a> {
    /// The id.
    #[path]
    pub id: &'a str,
    /// An account.
    #[header]
    pub account: Option<Cow<'b, str>>,
    /// A list.
    #[query(explode = false)]
    pub fields: &'a [&'b str],
    /// An object.
    #[query(style = "deepObject")]
    pub filter: Option<&'a BTreeMap<&'b str, &'b str>>,
    /// The body.
    #[body(content_type = "text/csv")]
    pub body: &'a [u8],
}

/// Every kind of parameter, with the names that generated code uses for its own.
#[stackone_operation(method = "POST", path = "/generic/{id}", crate = renamed)]
#[derive(Debug)]
pub struct Generic<'a, T: Serialize + ?Sized, S = String, S0 = u8, const N: usize = 2>
where
    S: Serialize + Clone,
    S0: Serialize + fmt::Debug,
    [S0; N]: Serialize,
{
    /// The id.
    #[path]
    pub id: S,
    /// A list of fixed length.
    #[query]
    pub list: [S0; N],
    /// Optional.
    #[query]
    pub other: Option<S0>,
    /// The body.
    #[body]
    pub body: Option<&'a T>,
}

/// A parameter that only an optional field uses.
#[stackone_operation(method = "GET", path = "/optional", crate = renamed)]
#[derive(Debug)]
pub struct OnlyOptional<T: Serialize> {
    /// Optional.
    #[query]
    pub page: Option<T>,
}

/// A generic request as an operation, for which the bounds suffice.
///
/// # Errors
///
/// Those of the value.
pub fn uri_of<T: Serialize>(value: T) -> Result<String, renamed::Error> {
    let request = OnlyOptional::<T>::builder().page(value).build().into_http_request()?;
    Ok(request.uri().to_string())
}

#[cfg(test)]
mod tests {
    use super::{Borrowing, Generic};

    #[test]
    fn a_request_borrows_everything() {
        let (id, body) = (String::from("1"), vec![b'a']);
        let fields = ["a", "b"];
        let request = Borrowing::builder().id(&*id).fields(&fields[..]).body(&body[..]).account("x").build();
        let request = request.into_http_request().unwrap();
        assert_eq!(request.uri(), "/borrow/1?fields=a,b");
        assert_eq!(request.headers()["content-type"], "text/csv");
    }

    #[test]
    fn parameters_keep_their_bounds_and_defaults() {
        let request = Generic::<str>::builder().id("1").list([1, 2]).body("text").build();
        let request = request.into_http_request().unwrap();
        assert_eq!(request.uri(), "/generic/1?list=1&list=2");
        assert_eq!(request.body(), "\"text\"");
        assert_eq!(super::uri_of(3_u8).unwrap(), "/optional?page=3");
    }
}
