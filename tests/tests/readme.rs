//! The message in the README is the message of the compiler.

use std::{fs, path::Path};

#[test]
fn the_message_in_the_readme_is_the_message_of_the_compiler() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let message = fs::read_to_string(here.join("ui/readme/forgotten_id.stderr")).unwrap();
    let message = message.replace("ui/readme/forgotten_id.rs", "src/main.rs");
    let readme = fs::read_to_string(here.join("../README.md")).unwrap();
    assert!(readme.contains(&format!("```text\n{}\n```", message.trim_end())), "the README should quote:\n{message}");
}
