//! Documents with odd constructs: each is read without a panic, warns with a place, a reason and a result, and has the reviewed source.
//! `tests/compiled.rs` compiles the sources. `STACKONE_BLESS=1` writes them; read the difference.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use stackone_codegen::{Document, Fixups, NamesFile, Options, Output, Warning, generate};
use std::{collections::BTreeSet, fmt::Write, fs, path::PathBuf};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/odd")
}

/// The documents, by their names.
fn documents() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            found.push((path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    found
}

fn output(name: &str, text: &str, options: &Options) -> Output {
    generate(Document::parse(name, text).unwrap(), &Fixups::default(), options).unwrap()
}

fn warnings(document: &Value) -> Vec<String> {
    let output = output("doc", &document.to_string(), &Options::default());
    output.warnings.iter().map(ToString::to_string).collect()
}

/// A document with one operation whose response has a schema.
fn received(schema: &Value, schemas: &Value) -> Value {
    json!({"openapi": "3.1.0", "components": {"schemas": schemas}, "paths": {"/a": {"get": {
        "operationId": "a", "responses": {"200": {"content": {"application/json": {"schema": schema}}}}
    }}}})
}

#[test]
fn the_source_of_each_document_is_the_reviewed_one() {
    let documents = documents();
    for (name, text) in &documents {
        let output = output(name, text, &Options::default());
        let folder = folder().join(name.split('.').next().unwrap());
        for (file, source) in &output.files {
            let mut source = source.clone();
            if file == "mod.rs" {
                for warning in &output.warnings {
                    writeln!(source, "\n// warning: {warning}").unwrap();
                }
            }
            if std::env::var_os("STACKONE_BLESS").is_some() {
                fs::create_dir_all(&folder).unwrap();
                fs::write(folder.join(file), &source).unwrap();
            }
            assert_eq!(source, fs::read_to_string(folder.join(file)).unwrap_or_default(), "{name}: {file}");
        }
    }
    // Each document is compiled.
    let compiled = fs::read_to_string(folder().with_file_name("compiled.rs")).unwrap();
    for (name, _) in &documents {
        let module = name.split('.').next().unwrap();
        assert!(compiled.contains(&format!("#[path = \"{module}/mod.rs\"]")), "{name}");
    }
}

#[test]
fn each_warning_has_a_place_a_reason_and_a_result() {
    let check = |name: &str, warning: &Warning| {
        assert!(warning.pointer.starts_with('/') && warning.line.is_some(), "{name}: {warning}");
        assert!(!warning.reason.is_empty() && !warning.result.is_empty(), "{name}: {warning}");
    };
    for (name, text) in documents() {
        let output = output(&name, &text, &Options::default());
        output.warnings.iter().for_each(|warning| check(&name, warning));
        let unique: BTreeSet<_> = output.warnings.iter().map(ToString::to_string).collect();
        assert_eq!(unique.len(), output.warnings.len(), "{name}");
    }
}

#[test]
fn the_names_of_each_document_stay() {
    for (name, text) in documents() {
        let first = output(&name, &text, &Options::default());
        let written = first.names.to_string();
        let names = NamesFile::parse("names.yaml", &written).unwrap();
        let second = output(&name, &text, &Options { names, ..Options::default() });
        assert_eq!(second.names.to_string(), written, "{name}");
        assert_eq!(second.files, first.files, "{name}");
        assert_eq!(second.warnings, first.warnings, "{name}");
    }
}

/// Values of each document are replaced by values of other kinds. `STACKONE_DAMAGE_STEP=1` replaces all of them, which takes minutes.
#[test]
fn no_damage_to_a_document_is_a_panic() {
    let step = std::env::var("STACKONE_DAMAGE_STEP").map_or(997, |step| step.parse::<usize>().unwrap());
    let damages = [
        json!(null),
        json!(true),
        json!([]),
        json!({}),
        json!("x"),
        json!(5),
        json!([null, {}, "a"]),
        json!({"$ref": "#/components/schemas/A"}),
        json!({"$ref": "#/paths"}),
    ];
    let mut count = 0;
    for (name, text) in documents() {
        let document: Value = serde_yaml_ng::from_str(&text).unwrap_or_default();
        let mut pointers = Vec::new();
        collect(&document, String::new(), &mut pointers);
        for (index, pointer) in pointers.iter().enumerate() {
            for (kind, damage) in damages.iter().enumerate() {
                if !(index * damages.len() + kind).is_multiple_of(step) {
                    continue;
                }
                let mut changed = document.clone();
                damage.clone_into(changed.pointer_mut(pointer).unwrap());
                // The document may no longer be one. A panic fails the test.
                _ = Document::parse(&name, &changed.to_string())
                    .and_then(|document| generate(document, &Fixups::default(), &Options::default()));
                count += 1;
            }
        }
    }
    assert!(count > 20, "{count}");
}

fn collect(value: &Value, pointer: String, found: &mut Vec<String>) {
    let child = |key: &str| format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| collect(value, child(key), found)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| collect(value, child(&index.to_string()), found));
        }
        _ => {}
    }
    found.push(pointer);
}

#[test]
fn long_chains_of_types_need_another_limit_of_the_compiler() {
    let chain = |length: usize| {
        let types = (0..length).map(|index| {
            let next = json!({"$ref": format!("#/components/schemas/T{}", index + 1)});
            (format!("T{index}"), json!({"properties": {"next": next}}))
        });
        let last = (format!("T{length}"), json!({"type": "string"}));
        Value::Object(types.chain([last]).collect())
    };
    let first = json!({"$ref": "#/components/schemas/T0"});
    let output = output("doc", &received(&first, &chain(100)).to_string(), &Options::default());
    assert!(output.warnings.is_empty(), "{:?}", output.warnings);
    // The layout of a type has a limit, too.
    assert_eq!(output.files["api.rs"].matches("Option<::std::boxed::Box<").count(), 3);
    assert_eq!(
        warnings(&received(&first, &chain(1000))),
        [
            "doc:1: /components/schemas/T0: `T0` contains types more than 120 levels deep; the crate needs `#![recursion_limit = \"1024\"]`"
        ]
    );
}

#[test]
fn long_chains_of_references_lead_to_their_end() {
    let names: serde_json::Map<String, Value> = (0..500)
        .map(|index| (format!("T{index}"), json!({"$ref": format!("#/components/schemas/T{}", index + 1)})))
        .chain([("T500".to_owned(), json!({"properties": {"end": {}}}))])
        .collect();
    let document = received(&json!({"$ref": "#/components/schemas/T0"}), &Value::Object(names));
    let output = output("doc", &document.to_string(), &Options::default());
    assert!(output.warnings.is_empty() && output.files["api.rs"].contains("response = T500)"));
}

/// Each response refers twice to the next one. Without a memory, this takes 2^40 steps.
#[test]
fn references_into_the_middle_of_a_document_are_resolved_once() {
    let next = |index: usize| json!({"$ref": format!("#/paths/~1p{}/get/responses/200/content/application~1json/schema", index + 1)});
    let paths: serde_json::Map<String, Value> = (0..=40)
        .map(|index| {
            let schema =
                if index < 40 { json!({"properties": {"a": next(index), "b": next(index)}}) } else { json!({}) };
            let responses = json!({"200": {"content": {"application/json": {"schema": schema}}}});
            (format!("/p{index}"), json!({"get": {"responses": responses}}))
        })
        .collect();
    let output = output("doc", &json!({"openapi": "3.1.0", "paths": paths}).to_string(), &Options::default());
    assert_eq!(output.operations, 41);
}

#[test]
fn deep_documents_are_any_json_or_an_error() {
    let nested = |levels: usize| (0..levels).fold(json!({}), |inner, _| json!({"type": "array", "items": inner}));
    let deep = warnings(&received(&nested(100), &json!({})));
    assert_eq!(deep.len(), 1);
    assert!(deep[0].ends_with("the schema is nested more than 60 levels deep; it is any JSON"), "{deep:?}");
    let error = Document::parse("doc.json", &received(&nested(1000), &json!({})).to_string()).unwrap_err();
    assert!(error.to_string().contains("recursion limit exceeded"), "{error}");
}

#[test]
fn modules_have_names_that_no_other_file_has() {
    let tags = ["mod", "shared", "include", "self", "type", "1st", "größe", "😀"];
    let paths: serde_json::Map<String, Value> = tags
        .iter()
        .map(|tag| (format!("/{tag}"), json!({"get": {"operationId": format!("get_{tag}"), "tags": [tag]}})))
        .collect();
    let options = Options { feature_by: Some("tag".to_owned()), ..Options::default() };
    let output = output("doc", &json!({"openapi": "3.1.0", "paths": paths}).to_string(), &options);
    let files: Vec<&str> = output.files.keys().map(String::as_str).collect();
    assert_eq!(
        files,
        ["größe.rs", "include_.rs", "mod.rs", "mod_.rs", "n1st.rs", "other.rs", "self_.rs", "shared_.rs", "type.rs"]
    );
    for module in ["größe", "include_", "mod_", "n1st", "other", "self_", "shared_", "r#type"] {
        assert!(output.files["mod.rs"].contains(&format!("pub mod {module};")), "{module}");
    }
}

#[test]
fn a_server_has_the_defaults_of_its_variables() {
    for (servers, expected) in [
        (
            json!([{"url": "https://{a}.b"}]),
            "doc:1: /servers/0: the variable `a` has no default; there is no constant `SERVER`",
        ),
        (
            json!([{"url": "https://{a}.b", "variables": {"a": {"default": 8443}}}]),
            "pub const SERVER: &str = \"https://8443.b\";",
        ),
        (json!([{"url": "/v1"}]), "relative to the address of the document.\npub const SERVER: &str = \"/v1\";"),
        (json!([{"url": ""}]), ""),
        (json!([]), ""),
    ] {
        let document = json!({"openapi": "3.1.0", "servers": servers, "paths": {}});
        let output = output("doc", &document.to_string(), &Options::default());
        let warnings: String = output.warnings.iter().map(ToString::to_string).collect();
        let found = format!("{}{warnings}", output.files["mod.rs"]);
        assert!(found.contains(expected) && (!expected.is_empty() || !found.contains("SERVER")), "{found}");
    }
}
