//! The states of a generated builder's required fields.

use std::marker::PhantomData;

/// A required field that has no value yet. `F` carries its name into the compiler's message.
#[derive(Debug)]
pub struct Unset<F>(PhantomData<fn() -> F>);

impl<F> Unset<F> {
    /// The state in which a builder begins.
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<F> Default for Unset<F> {
    fn default() -> Self {
        Self::new()
    }
}

/// A required field's value.
#[derive(Debug)]
pub struct Set<T>(pub T);

/// Whether the required field `F` has its value, a `T`.
#[diagnostic::on_unimplemented(
    message = "the required field `{F}` is not set",
    label = "`{F}` has no value here",
    note = "call the setter of every field that is not an `Option` before `build()`"
)]
pub trait IsSet<F, T> {
    /// The value.
    fn into_value(self) -> T;
}

impl<F, T> IsSet<F, T> for Set<T> {
    fn into_value(self) -> T {
        self.0
    }
}
