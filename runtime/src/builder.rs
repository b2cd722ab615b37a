//! The state of a generated builder's required fields.

/// Whether a required field has its value, a `T`.
///
/// A builder holds the value itself once it is there, and before that a type called like the field, which makes the
/// compiler's message.
#[diagnostic::on_unimplemented(
    message = "the required field `{Self}` is not set",
    label = "`{Self}` has no value here",
    note = "call the setter of every field that is not an `Option` before `build()`"
)]
pub trait IsSet<T> {
    /// The value.
    fn into_value(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T> IsSet<T> for T {
    fn into_value(self) -> T {
        self
    }
}
