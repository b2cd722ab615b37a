//! What the README quotes is what the compiler says.

use std::{fs, path::Path};

#[test]
fn the_message_about_a_forgotten_id_is_the_real_one() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let message = fs::read_to_string(here.join("ui/readme/forgotten_id.stderr")).unwrap();
    let message = message.replace("ui/readme/forgotten_id.rs", "src/main.rs");
    let readme = fs::read_to_string(here.join("../README.md")).unwrap();
    assert!(readme.contains(&format!("```text\n{}\n```", message.trim_end())), "the README should quote:\n{message}");
}
