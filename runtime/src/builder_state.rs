//! The states of the required fields of a generated builder.
//!
//! The type of a builder says which required fields have a value, so that `build()` compiles only once all of them do. A program does
//! not name these types. The page of a builder and the messages of the compiler do.
//!
//! ```compile_fail,E0277
//! # use stackone::stackone_operation;
//! #[stackone_operation(method = "GET", path = "/users/{id}")]
//! struct GetUserRequest {
//!     #[path] id: String,
//! }
//!
//! // error: the required field `id` is not set
//! let operation = GetUserRequest::builder().build();
//! ```

/// The state of a required field without a value.
#[derive(Debug, Clone, Copy)]
pub struct Unset;

/// Whether a required field has its value, a `T`.
///
/// A builder holds the value once it is set. Before, it holds [`Unset`]. `Field` is a marker type with the name of the field,
/// which the compiler's message shows.
#[diagnostic::on_unimplemented(
    message = "the required field `{Field}` is not set",
    label = "`{Field}` has no value here",
    note = "call the setter of every field that is not an `Option` before `build()`"
)]
pub trait IsSet<Field, T> {
    /// The value.
    fn into_value(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<Field, T> IsSet<Field, T> for T {
    fn into_value(self) -> T {
        self
    }
}
