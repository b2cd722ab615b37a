//! Operations in function bodies, two of them side by side.

use renamed::{open_enum, stackone_operation};

/// Two operations and an enum that live in a function.
///
/// # Errors
///
/// None.
pub fn both(id: &str) -> Result<[String; 2], renamed::Error> {
    #[stackone_operation(method = "GET", path = "/get/{id}", crate = renamed)]
    struct Get<'a> {
        #[path]
        id: &'a str,
        #[query]
        status: Option<Status>,
    }

    #[stackone_operation(method = "DELETE", path = "/delete/{id}", crate = renamed)]
    struct Delete {
        #[path]
        id: Id,
    }

    #[derive(serde::Serialize)]
    struct Id(String);

    open_enum!(
        enum Status {
            On = "on",
        }
    );

    let get = Get::builder().id(id).status("on").build().into_http_request()?;
    let delete = Delete::builder().id(Id(id.to_owned())).build().into_http_request()?;
    Ok([get.uri().to_string(), delete.uri().to_string()])
}

#[cfg(test)]
mod tests {
    #[test]
    fn operations_live_in_functions() {
        assert_eq!(super::both("1").unwrap(), ["/get/1?status=on", "/delete/1"]);
    }
}
