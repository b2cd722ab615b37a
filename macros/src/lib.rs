//! The attribute of the `stackone` crate; use it from there.
