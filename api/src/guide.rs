//! Guides to the operations of StackOne. The [guides of the crate `stackone`](https://docs.rs/stackone/latest/stackone/guide/index.html) explain the client.
//!
//! | guide | answers |
//! | --- | --- |
//! | [`catalogue`] | How do I find and send an operation? What do its types promise? |
//! | [`from_typescript`] | How do I write what I know from the official TypeScript client? |
//!
//! The programs are compiled with the tests of the crate. This module has documentation only.

#[doc = include_str!("guide/catalogue.md")]
pub mod catalogue {}

#[doc = include_str!("guide/from_typescript.md")]
pub mod from_typescript {}
