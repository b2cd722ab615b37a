//! The examples as crates of users: each is a package of its own, because lints and flags apply to a whole package.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The lints that are not forbidden.
const EXCEPT: [&str; 9] = [
    // Lints that only a nightly compiler knows.
    "unknown_lints",
    // Lints about the example and its manifest.
    "clippy::arbitrary_source_item_ordering",
    "clippy::blanket_clippy_restriction_lints",
    "clippy::cargo_common_metadata",
    "clippy::implicit_return",
    "clippy::pub_with_shorthand",
    "clippy::redundant_pub_crate",
    // The path of the runtime before the type of a response. It has the type's span, where an error then points.
    "clippy::absolute_paths",
    // The signature of a setter. With a named type parameter it would be harder to read.
    "clippy::impl_trait_in_params",
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

/// Writes the package of an example, which is a `[lib]` or a `[[bin]]`, and returns its manifest.
fn package(target: &str, example: &str) -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(example);
    fs::create_dir_all(&root).unwrap();
    let manifest = format!(
        "[package]\nname = {example:?}\nversion = \"0.0.0\"\nedition = \"2021\"\n\n\
         {target}\nname = {example:?}\npath = {:?}\n\n\
         [dependencies]\nrenamed = {{ package = \"stackone\", path = {:?}, default-features = false }}\n\n[workspace]\n",
        here.join(format!("examples/{example}.rs")),
        here.join("../../runtime"),
    );
    fs::write(root.join("Cargo.toml"), manifest).unwrap();
    fs::copy(here.join("../../Cargo.lock"), root.join("Cargo.lock")).unwrap();
    root.join("Cargo.toml")
}

/// Runs cargo for an example, with arguments for the compiler. Returns whether it succeeds, and its messages.
fn cargo(command: &str, (target, example): (&str, &str), arguments: &[String]) -> (bool, String) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([command, "--quiet", "--offline", "--manifest-path"]).arg(package(target, example));
    cargo.arg("--target-dir").arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("users"));
    run(cargo.arg("--").args(arguments)).unwrap()
}

/// `examples/forbidden.rs` compiles with the lints of rustc, and with those of clippy where it is installed.
#[test]
fn declarations_compile_with_every_lint_forbidden() {
    let (command, lints) = match lints("clippy-driver") {
        Some(lints) => ("clippy", lints),
        None => ("rustc", lints("rustc").unwrap()),
    };
    assert!(lints.iter().any(|lint| lint == "deprecated"), "{lints:?}");
    let mut arguments = ["-Aunknown_lints", "-Fwarnings"].map(str::to_owned).to_vec();
    arguments.extend(lints.iter().map(|lint| format!("-F{lint}")));
    let (success, messages) = cargo(command, ("[[bin]]", "forbidden"), &arguments);
    assert!(success && messages.is_empty(), "{messages}");
}

#[test]
fn the_docs_of_setters_have_working_links_and_no_examples_of_their_own() {
    let package = ("[lib]", "documented");
    let (success, messages) = cargo("rustdoc", package, &["-Dwarnings".to_owned()]);
    assert!(success && messages.is_empty(), "{messages}");

    let page = "users/doc/documented/struct.ListUsersRequestBuilder.html";
    let page = fs::read_to_string(Path::new(env!("CARGO_TARGET_TMPDIR")).join(page)).unwrap();
    let setters = ["#method.page", "#method.size", "struct.ListUsersRequest.html", "#associatedconstant.GROUPS"];
    for link in setters.into_iter().chain(["#method.first", "field: group", "field: page", "field: hidden"]) {
        assert!(page.contains(link), "{link} is missing");
    }

    let list = ["--test", "--test-args", "--list"].map(str::to_owned);
    let (success, examples) = cargo("rustdoc", package, &list);
    assert!(success && examples.matches(": test").count() == 3, "{examples}");
}
