//! Field names that generated code might use itself.

use renamed::stackone_operation;

/// Required fields with such names.
#[stackone_operation(method = "POST", path = "/{self_}/{type}", crate = renamed)]
#[derive(Debug)]
pub struct RequiredNames {
    /// A field.
    #[path]
    pub self_: String,
    /// A field.
    #[path]
    pub r#type: String,
    /// A field.
    #[query]
    pub builder: String,
    /// A field.
    #[query]
    pub request: String,
    /// A field.
    #[query]
    pub value: String,
    /// A field.
    #[query]
    pub parts: String,
    /// A field.
    #[query]
    pub e: String,
    /// A field.
    #[query]
    pub required: String,
    /// A field.
    #[query]
    pub optional: String,
    /// A field.
    #[query]
    pub marker: String,
    /// A field.
    #[query]
    pub metadata: String,
    /// A field.
    #[query]
    pub f: String,
    /// A field.
    #[query]
    pub fmt: String,
    /// A field.
    #[query]
    pub into_value: String,
    /// A field.
    #[query]
    pub into: String,
    /// A field.
    #[query]
    pub core: String,
    /// A field.
    #[query]
    pub std: String,
    /// A field.
    #[query]
    pub renamed: String,
    /// A field.
    #[query]
    pub into_http_request: String,
    /// A field.
    #[body]
    pub body: String,
}

/// Optional fields with such names.
#[stackone_operation(method = "GET", path = "/optional", crate = renamed, response = String)]
#[derive(Debug)]
pub struct OptionalNames {
    /// A field.
    #[query]
    pub self_: Option<String>,
    /// A field.
    #[query(cursor)]
    pub cursor: Option<String>,
    /// A field.
    #[query]
    pub r#type: Option<String>,
    /// A field.
    #[header]
    pub r#match: Option<String>,
    /// A field.
    #[query]
    pub builder: Option<String>,
    /// A field.
    #[query]
    pub value: Option<String>,
    /// A field.
    #[query]
    pub optional: Option<String>,
    /// A field.
    #[query]
    pub maybe: Option<String>,
    /// A field.
    #[query]
    _unused: Option<String>,
}

/// A raw name for the struct itself.
#[stackone_operation(method = "GET", path = "/raw", crate = renamed)]
#[derive(Debug, Clone, Copy)]
#[allow(non_camel_case_types)]
pub struct r#async {
    /// A field.
    #[query]
    pub r#fn: u8,
}

macro_rules! declared {
    ($name:ident, $path:literal, $ty:ty, $field:ident: $of:ty) => {
        /// Declared by a macro.
        #[stackone_operation(method = "GET", path = $path, response = $ty, crate = renamed)]
        #[derive(Debug)]
        pub struct $name {
            /// A field whose type comes from the macro.
            #[query]
            pub $field: $of,
            /// An optional field of such a type.
            #[query("other")]
            pub other: Option<$of>,
        }
    };
}

declared!(Declared, "/declared", Vec<String>, list: Vec<u8>);

macro_rules! passed_on {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$on:meta])* $field_vis:vis $field:ident: $ty:ty),* $(,)? }) => {
        $(#[$meta])*
        #[stackone_operation(method = "GET", path = "/passed/{userId}", crate = renamed)]
        #[derive(Debug)]
        $vis struct $name {
            $($(#[$on])* $field_vis $field: $ty,)*
        }
    };
}

passed_on!(
    /// Whose attributes come through a macro.
    pub struct PassedOn {
        /// The id.
        #[path("userId")]
        pub id: String,
        /// A page.
        #[query]
        pub page: Option<u8>,
        /// A field that is not always there.
        #[cfg_attr(all(), header("x-account"))]
        pub account: Option<String>,
    }
);

/// A struct that comes through a macro as a whole.
mod whole {
    use renamed::stackone_operation;

    macro_rules! whole {
        ($item:item) => {
            #[stackone_operation(method = "GET", path = "/item/{userId}", crate = renamed)]
            $item
        };
    }

    whole!(
        #[derive(Debug)]
        pub(super) struct Whole {
            #[path("userId")]
            pub(super) id: String,
        }
    );
}

passed_on!(
    /// The same without a condition.
    pub struct Unconditional {
        /// The id.
        #[path("userId")]
        pub id: String,
        /// An account.
        #[header("x-account")]
        pub account: Option<String>,
        /// A list.
        #[query(style = "pipeDelimited")]
        pub list: Vec<Option<u8>>,
    }
);

macro_rules! on_condition {
    ($on:meta) => {
        /// Whose field has an attribute that comes through a macro and under a condition.
        #[stackone_operation(method = "GET", path = "/condition", crate = renamed)]
        #[derive(Debug)]
        pub struct OnCondition {
            /// A page.
            #[cfg_attr(all(), $on)]
            pub page: Option<String>,
        }
    };
}

on_condition!(query("number"));

/// Uses it.
///
/// # Errors
///
/// None.
pub fn whole() -> Result<String, renamed::Error> {
    Ok(whole::Whole::builder().id("1").build().into_http_request()?.uri().to_string())
}

#[cfg(test)]
mod tests {
    use super::{Declared, OnCondition, OptionalNames, PassedOn, Unconditional, r#async};

    #[test]
    fn names_that_generated_code_might_use_are_free() {
        let request = OptionalNames::builder().self_("1").r#type("2").cursor("3").r#match("4").maybe("5").build();
        let request = request.into_http_request().unwrap();
        assert_eq!(request.uri(), "/optional?self_=1&cursor=3&type=2&maybe=5");
        assert_eq!(request.headers()["match"], "4");
        assert_eq!(r#async::builder().r#fn(1).build().into_http_request().unwrap().uri(), "/raw?fn=1");
        assert_eq!(
            Declared::builder().list([1, 2]).build().into_http_request().unwrap().uri(),
            "/declared?list=1&list=2"
        );
    }

    #[test]
    fn declarations_come_through_macros() {
        let request = PassedOn::builder().id("1").page(2).account("3").build().into_http_request().unwrap();
        assert_eq!(request.uri(), "/passed/1?page=2");
        assert_eq!(request.headers()["x-account"], "3");
        let request = Unconditional::builder().id("1").account("3").list([Some(2)]).build();
        let request = request.into_http_request().unwrap();
        assert_eq!(request.uri(), "/passed/1?list=2");
        assert_eq!(request.headers()["x-account"], "3");
        assert_eq!(super::whole().unwrap(), "/item/1");
        let request = OnCondition::builder().page("2").build().into_http_request().unwrap();
        assert_eq!(request.uri(), "/condition?number=2");
    }
}
