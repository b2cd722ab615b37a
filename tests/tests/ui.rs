//! The message of the compiler for each error: `tests/ui/<subject>/<error>.rs`, with the message beside it.
//!
//! `TRYBUILD=overwrite cargo test -p stackone-tests --test ui` writes the messages. Read them as a user would.

use std::process::Command;

/// The version of the compiler whose messages are expected.
const RUSTC: &str = "rustc 1.95.";

#[test]
fn each_error_has_its_message() {
    let version = Command::new("rustc").arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    if !version.starts_with(RUSTC.as_bytes()) {
        eprintln!("not checked: the messages are those of {RUSTC}x");
        return;
    }
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}
