//! Small documents and their source, one construct each. `STACKONE_BLESS=1` writes the source; read the difference.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use stackone_codegen::{Document, Fixups, Options, generate};
use std::{fmt::Write, fs, path::PathBuf};

/// The source of a document, with its warnings as comments.
fn source(name: &str, text: &str) -> String {
    let output = generate(Document::parse(name, text).unwrap(), &Fixups::default(), &Options::default()).unwrap();
    let mut source = output.files["api.rs"].clone();
    for warning in &output.warnings {
        writeln!(source, "\n// warning: {warning}").unwrap();
    }
    syn::parse_file(&source).unwrap_or_else(|error| panic!("{name}: {error}"));
    source
}

#[test]
fn the_source_of_each_document_is_the_reviewed_one() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let mut count = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            let source = source(&path.file_name().unwrap().to_string_lossy(), &fs::read_to_string(&path).unwrap());
            let expected = path.with_extension("rs");
            if std::env::var_os("STACKONE_BLESS").is_some() {
                fs::write(&expected, &source).unwrap();
            }
            assert_eq!(source, fs::read_to_string(&expected).unwrap_or_default(), "{}", path.display());
            count += 1;
        }
    }
    assert_eq!(count, 12);
}

#[test]
fn a_document_that_cannot_be_read_is_an_error_with_its_place() {
    for (text, expected) in [
        ("{\"openapi\": ", "doc.json:1: EOF while parsing a value at line 1 column 12"),
        ("a: [", "doc.json:"),
        ("[]", "neither `openapi` nor `paths`"),
    ] {
        let error = Document::parse("doc.json", text)
            .and_then(|document| generate(document, &Fixups::default(), &Options::default()))
            .unwrap_err()
            .to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn an_example_is_a_doc_test_of_its_operation() {
    let document = || {
        let text =
            r#"{"openapi": "3.0.0", "paths": {"/a": {"get": {"operationId": "get_a", "description": "Gets it."}}}}"#;
        Document::parse("doc", text).unwrap()
    };
    let examples = |id: &str| {
        let text = format!("examples: [{{operation: {id}, code: \"let a = 1;\\n# drop(a);\\n\"}}]");
        Fixups::parse("fixups.yaml", &text).unwrap()
    };
    let output = generate(document(), &examples("get_a"), &Options::default()).unwrap();
    assert!(output.files["api.rs"].contains("///\n/// ```\n/// let a = 1;\n/// # drop(a);\n/// ```\n#["));
    let error = generate(document(), &examples("get_b"), &Options::default()).unwrap_err().to_string();
    assert!(error.contains("`get_b`"), "{error}");
}

#[test]
fn a_fixup_that_no_longer_applies_is_an_error() {
    let document = || Document::parse("doc", "{\"openapi\": \"3.0.0\", \"paths\": {\"/a\": {\"get\": {}}}}").unwrap();
    let fixups = |count| {
        let text = format!(
            "fixups: [{{reason: No id., at: /paths/*/get, where: {{operationId: null}}, set: {{operationId: x}}, count: {count}}}]"
        );
        Fixups::parse("fixups.yaml", &text).unwrap()
    };
    let output = generate(document(), &fixups(1), &Options::default()).unwrap();
    assert!(output.files["api.rs"].contains("pub struct XRequest"));
    let error = generate(document(), &fixups(2), &Options::default()).unwrap_err().to_string();
    assert!(error.contains("No id.") && error.contains("1 places and not to 2"), "{error}");
}

#[test]
fn a_fixup_that_cannot_be_read_is_an_error_with_its_line() {
    for (text, expected) in [
        ("fixups:\n- {at: /a, count: 1}", "fixups.yaml:2: /fixups/0: `reason` is missing"),
        ("fixups:\n- {reason: R., at: /a}", "fixups.yaml:2: /fixups/0: `count` is missing"),
        (
            "fixups:\n- {reason: R., at: /a, whre: {}, count: 1}",
            "fixups.yaml:2: /fixups/0: unknown key `whre`; expected one of `reason`, `at`, `where`, `set`, `remove`, `count`",
        ),
        ("shapes:\n\n- {name: Page}", "fixups.yaml:3: /shapes/0: `docs` is missing"),
    ] {
        assert_eq!(Fixups::parse("fixups.yaml", text).unwrap_err().to_string(), expected);
    }
}
