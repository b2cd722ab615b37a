//! Learning management: ready operations of StackOne's Unified API.

use crate::{Prefer, Timestamp, stackone_operation};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Assigns a learning object to a user: `lms_create_user_assignment`.
///
/// ```
/// use stackone::{Prefer, lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest}};
///
/// let operation = LmsCreateUserAssignmentRequest::builder()
///     .id("usr_1")
///     .x_account_id("acc_1")
///     .prefer(Prefer::heartbeat())
///     .assignment(LmsCreateAssignmentRequestDto::new("course-42"))
///     .build();
///
/// let request = operation.into_http_request()?;
/// assert_eq!(request.uri(), "/unified/lms/users/usr_1/assignments");
/// assert_eq!(request.headers()["prefer"], "heartbeat");
/// assert_eq!(request.body(), r#"{"learning_object_external_reference":"course-42"}"#);
/// # Ok::<(), stackone::Error>(())
/// ```
#[stackone_operation(
    method = "POST",
    path = "/unified/lms/users/{id}/assignments",
    response = CreateResult,
    crate = crate,
)]
#[derive(Debug, Clone, PartialEq)]
pub struct LmsCreateUserAssignmentRequest {
    /// The user.
    #[path]
    pub id: String,
    /// The linked account.
    #[header("x-account-id")]
    pub x_account_id: String,
    /// Ask for heartbeats where the provider may take long.
    #[header]
    pub prefer: Option<Prefer>,
    /// The assignment.
    #[body]
    pub assignment: LmsCreateAssignmentRequestDto,
}

/// An assignment to create.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LmsCreateAssignmentRequestDto {
    /// When the learning object was assigned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned_at: Option<Timestamp>,
    /// When the assignment is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_date: Option<Timestamp>,
    /// The learning object, by a reference outside of the system. The API calls this field deprecated in favour of
    /// [`learning_object_external_reference`](Self::learning_object_external_reference).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_reference: Option<String>,
    /// The learning object, by a reference outside of the system.
    pub learning_object_external_reference: String,
    /// The learning object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learning_object_id: Option<String>,
    /// What the provider takes beyond the unified model, as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passthrough: Option<Map<String, Value>>,
    /// How far the user has come, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<f64>,
    /// Where the assignment stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<LmsAssignmentStatus>,
}

impl LmsCreateAssignmentRequestDto {
    /// An assignment with nothing but what the API requires.
    pub fn new(learning_object_external_reference: impl Into<String>) -> Self {
        Self { learning_object_external_reference: learning_object_external_reference.into(), ..Self::default() }
    }
}

/// Where an assignment stands, in the unified model and in the provider's own words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LmsAssignmentStatus {
    /// The provider's value: any JSON type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_value: Option<Value>,
    /// The unified value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<LmsAssignmentStatusValue>,
}

crate::open_enum! {
    /// Where an assignment stands.
    pub enum LmsAssignmentStatusValue {
        /// Not begun.
        Pending = "pending",
        /// Begun.
        InProgress = "in_progress",
        /// Done.
        Completed = "completed",
    }
}

/// What the API says of something it created.
///
/// Every field may be missing: a write that has happened is not reported as an error because its report is short.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct CreateResult {
    /// The status as the body repeats it.
    pub status_code: Option<u16>,
    /// A sentence for people.
    pub message: Option<String>,
    /// When it was done.
    pub timestamp: Option<Timestamp>,
    /// What was created.
    pub data: Option<CreateResultData>,
}

/// What was created.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CreateResultData {
    /// Its id.
    pub id: Option<String>,
    /// Its id at the provider.
    pub remote_id: Option<String>,
}
