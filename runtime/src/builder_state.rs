//! The state of the required fields of a generated builder.

/// Whether a required field has its value, a `T`.
///
/// A builder holds the value once it is set. Before, it holds a marker type with the name of the field, which the
/// compiler's message shows.
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
