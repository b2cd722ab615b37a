//! Learning management: ready-made operations of StackOne's Unified API.

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
    /// The preferences, for example heartbeats for a provider that takes long.
    #[header]
    pub prefer: Option<Prefer>,
    /// The assignment.
    #[body]
    pub assignment: LmsCreateAssignmentRequestDto,
}

/// An assignment to create.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LmsCreateAssignmentRequestDto {
    /// The time of the assignment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned_at: Option<Timestamp>,
    /// The time at which the assignment is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_date: Option<Timestamp>,
    /// The external reference of the learning object. The API description deprecates this field in favour of
    /// [`learning_object_external_reference`](Self::learning_object_external_reference).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_reference: Option<String>,
    /// The external reference of the learning object.
    pub learning_object_external_reference: String,
    /// The id of the learning object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learning_object_id: Option<String>,
    /// Fields for the provider beyond the unified model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passthrough: Option<Map<String, Value>>,
    /// The progress of the user in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<f64>,
    /// The status of the assignment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<LmsAssignmentStatus>,
}

impl LmsCreateAssignmentRequestDto {
    /// An assignment with the required fields.
    pub fn new(learning_object_external_reference: impl Into<String>) -> Self {
        Self { learning_object_external_reference: learning_object_external_reference.into(), ..Self::default() }
    }
}

/// The status of an assignment, in the unified model and as the provider has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LmsAssignmentStatus {
    /// The value of the provider: any JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_value: Option<Value>,
    /// The unified value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<LmsAssignmentStatusValue>,
}

crate::open_enum! {
    /// The status of an assignment.
    pub enum LmsAssignmentStatusValue {
        /// Not begun.
        Pending = "pending",
        /// Begun.
        InProgress = "in_progress",
        /// Done.
        Completed = "completed",
    }
}

/// The result of a create operation.
///
/// Every field may be missing, so that a short result of a successful write is not an error.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct CreateResult {
    /// The status, which the body repeats.
    pub status_code: Option<u16>,
    /// A message for people.
    pub message: Option<String>,
    /// The time of the write.
    pub timestamp: Option<Timestamp>,
    /// The created object.
    pub data: Option<CreateResultData>,
}

/// The created object.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CreateResultData {
    /// Its id.
    pub id: Option<String>,
    /// Its id in the system of the provider.
    pub remote_id: Option<String>,
}
