//! `examples/forbidden.rs` compiles with every lint forbidden: those of rustc, and those of clippy where it is installed.
//!
//! A crate of its own is checked, because a lint on the command line applies to each target of a package.

use std::{fs, path::Path, process::Command};

/// Lints that the handwritten code of the example triggers, or that forbid each other.
const EXCEPT: [&str; 17] = [
    // Lints that only a nightly compiler knows.
    "unknown_lints",
    // The manifest of the test.
    "clippy::cargo_common_metadata",
    // Two lints of which each forbids what the other one asks for.
    "clippy::blanket_clippy_restriction_lints",
    "clippy::pub_with_shorthand",
    "clippy::pub_without_shorthand",
    "clippy::question_mark_used",
    "clippy::separated_literal_suffix",
    "clippy::unseparated_literal_suffix",
    "clippy::std_instead_of_core",
    "clippy::std_instead_of_alloc",
    // The path of the runtime before the type of a response. It has the type's span, where an error then points.
    "clippy::absolute_paths",
    // The signature of a setter. With a named type parameter it would be harder to read.
    "clippy::impl_trait_in_params",
    // The style of the example.
    "clippy::arbitrary_source_item_ordering",
    "clippy::implicit_return",
    "clippy::missing_trait_methods",
    "clippy::partial_pub_fields",
    "clippy::redundant_pub_crate",
];

fn run(command: &mut Command) -> Option<(bool, String)> {
    let output = command.output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    Some((output.status.success(), text.into_owned()))
}

/// The names of the lints that the driver lists, with `_` for `-`.
fn lints(driver: &str) -> Option<Vec<String>> {
    let (true, help) = run(Command::new(driver).args(["-W", "help"]))? else { return None };
    let levels = ["allow", "warn", "deny", "forbid"];
    let name = |line: &str| {
        let mut words = line.split_whitespace();
        let (name, level) = (words.next()?.replace('-', "_"), words.next()?);
        (levels.contains(&level) && !EXCEPT.contains(&name.as_str())).then_some(name)
    };
    Some(help.lines().filter_map(name).collect())
}

#[test]
fn declarations_compile_with_every_lint_forbidden() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("forbidden");
    fs::create_dir_all(&root).unwrap();
    let manifest = format!(
        "[package]\nname = \"forbidden\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [[bin]]\nname = \"forbidden\"\npath = {:?}\n\n\
         [dependencies]\nrenamed = {{ package = \"stackone\", path = {:?}, default-features = false }}\n\n[workspace]\n",
        here.join("examples/forbidden.rs"),
        here.join("../../runtime"),
    );
    fs::write(root.join("Cargo.toml"), manifest).unwrap();
    fs::copy(here.join("../../Cargo.lock"), root.join("Cargo.lock")).unwrap();

    let (command, lints) = match lints("clippy-driver") {
        Some(lints) => ("clippy", lints),
        None => ("rustc", lints("rustc").unwrap()),
    };
    assert!(lints.iter().any(|lint| lint == "deprecated"), "{lints:?}");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([command, "--quiet", "--offline", "--manifest-path"]).arg(root.join("Cargo.toml"));
    cargo.arg("--target-dir").arg(root.join("target")).arg("--").args(["-Aunknown_lints", "-Fwarnings"]);
    cargo.args(lints.iter().map(|lint| format!("-F{lint}")));
    let (success, messages) = run(&mut cargo).unwrap();
    assert!(success && messages.is_empty(), "{messages}");
}
