//! Own operations beside those of the catalogue, with `stackone-api` as the only dependency.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test fails by panicking"))]

use stackone_api::{
    lms::LmsCreateAssignmentRequestDto,
    stackone::{Patch, Prefer, model::JsonObject, open_enum, page::List, stackone_operation},
};

/// An operation with types of the catalogue.
#[stackone_operation(method = "POST", path = "/custom/users/{id}/assignments", response = List<JsonObject>)]
#[derive(Debug, Clone)]
pub struct AssignRequest<'a> {
    /// The user.
    #[path]
    pub id: &'a str,
    /// The preferences.
    #[header]
    pub prefer: Option<Prefer>,
    /// The cursor.
    #[query(cursor)]
    pub next: Option<String>,
    /// The assignment.
    #[body]
    pub body: LmsCreateAssignmentRequestDto,
}

/// An operation with a field under a condition.
#[stackone_operation(method = "PATCH", path = "/custom/users")]
#[derive(Debug)]
pub struct RenameRequest {
    /// The new status.
    #[query]
    pub status: Status,
    /// A field of tests.
    #[cfg(test)]
    #[query]
    pub page: Option<u32>,
    /// The new name.
    #[body]
    pub name: Patch<String>,
}

/// An operation that names the path of the runtime.
#[stackone_operation(method = "GET", path = "/custom", crate = stackone_api::stackone)]
#[derive(Debug)]
pub struct NamedPathRequest;

open_enum! {
    /// The status of a user.
    pub enum Status {
        /// Working.
        Active = "active",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_operations_need_no_further_dependency() {
        let assign = AssignRequest::builder().id("usr 1").body(LmsCreateAssignmentRequestDto::new("course-42")).build();
        let request = assign.into_http_request().unwrap();
        assert_eq!(request.uri(), "/custom/users/usr%201/assignments");
        assert_eq!(request.body(), r#"{"learning_object_external_reference":"course-42"}"#);

        let rename = RenameRequest::builder().status(Status::Active).page(2).name(Patch::Null).build();
        let request = rename.into_http_request().unwrap();
        assert_eq!(request.uri(), "/custom/users?status=active&page=2");
        assert_eq!(request.body(), "null");

        assert_eq!(NamedPathRequest::builder().build().into_http_request().unwrap().uri(), "/custom");
    }
}
