//! Names that stay, differences by operation, and reports for users.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use stackone_codegen::{Build, ChangeKind, Document, Fixups, NamesFile, Options, Output, Report, generate};
use std::{fs, path::PathBuf};

const USERS: &str = r##"
openapi: 3.1.0
paths:
  /users:
    get:
      operationId: list_users
      parameters:
      - {name: pageSize, in: query, schema: {type: integer}}
      - {name: state, in: query, schema: {type: string, enum: [on, off]}}
      responses: {200: {content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/User"}}}}}}
    post:
      operationId: create_user
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/User"}}}}
components:
  schemas:
    User:
      type: object
      properties:
        id: {type: string}
        a-b: {type: string}
        home: {type: object, properties: {city: {type: string}}}
"##;

fn output(text: &str, names: &str) -> Output {
    let names = NamesFile::parse("names.yaml", names).unwrap();
    generate(Document::parse("users.yaml", text).unwrap(), &Fixups::default(), &Options { names, ..Options::default() })
        .unwrap()
}

fn error(names: &str) -> String {
    let names = match NamesFile::parse("names.yaml", names) {
        Ok(names) => names,
        Err(error) => return error.to_string(),
    };
    let options = Options { names, ..Options::default() };
    generate(Document::parse("users.yaml", USERS).unwrap(), &Fixups::default(), &options).unwrap_err().to_string()
}

/// An empty directory with the document in it.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("users.yaml"), USERS).unwrap();
    folder
}

fn build(folder: &std::path::Path) -> Build {
    Build::new(folder.join("users.yaml"), folder.join("out")).names(folder.join("names.yaml"))
}

#[test]
fn names_stay_when_something_is_added_before_them() {
    let first = output(USERS, "");
    let names = first.names.to_string();
    let changed = USERS
        // Without the file, the new field would be `a_b`, and the old one `a_b_`.
        .replace("        a-b:", "        a_b: {type: string}\n        a-b:")
        // Without the file, the new schema would be `UserHome`.
        .replace("    User:\n", "    user_home: {type: object, properties: {x: {type: string}}}\n    User:\n")
        .replace("      operationId: create_user", "      operationId: create_user\n      responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/user_home'}}}}}")
        .replace("paths:\n", "paths:\n  /a: {get: {operationId: ListUsers}}\n");
    let second = output(&changed, &names);
    assert!(second.warnings.is_empty(), "{:?}", second.warnings);
    let source = &second.files["api.rs"];
    for expected in [
        "a_b: \"a-b\"",
        "a_b_: \"a_b\"",
        "pub struct UserHome {\n    /// `city`.",
        "pub struct UserHome2 {\n    /// `x`.",
        "path = \"/users\", response = ::std::vec::Vec<User>)]\n#[derive(Debug, Clone)]\npub struct ListUsersRequest {",
        "pub struct ListUsersRequest2;",
    ] {
        assert!(source.contains(expected), "{expected}\n{source}");
    }
    assert!(output(&changed, "").files["api.rs"].contains("a_b_: \"a-b\""));
}

#[test]
fn names_can_be_changed_in_the_file() {
    let names = "operations: {list_users: {name: AllUsers, fields: {query pageSize: limit}}}\n\
                 types: {/components/schemas/User: {name: Person, fields: {id: key}}, ListUsers state: {name: Light, variants: {on: Bright}}}";
    let output = output(USERS, names);
    let source = &output.files["api.rs"];
    for expected in [
        "pub struct AllUsers {",
        "#[query(\"pageSize\")]\n    pub limit:",
        "pub struct Person {",
        "{ key: \"id\"",
        "pub fn key(mut self",
        "pub enum Light {\n        Bright = \"on\",\n        Off = \"off\",",
    ] {
        assert!(source.contains(expected), "{expected}\n{source}");
    }
    let written = output.names.to_string();
    assert!(
        written.contains("list_users: {name: AllUsers, fields: {query pageSize: limit, query state}}"),
        "{written}"
    );
    assert!(written.contains("ListUsers state: {name: Light, variants: {\"on\": Bright, \"off\"}}"), "{written}");
}

#[test]
fn a_type_with_several_places_keeps_its_name_when_one_of_them_goes() {
    let shared =
        USERS.replace("        a-b:", "        work: {type: object, properties: {city: {type: string}}}\n        a-b:");
    let names = output(&shared, "").names.to_string();
    assert!(names.contains("User work: {name: UserWork,"), "{names}");
    // The first place is new: the type moved in the document, and its name stays.
    let moved =
        shared.replace("        work:", "        a: {type: object, properties: {city: {type: string}}}\n        work:");
    let moved = output(&moved, &names);
    assert!(moved.files["api.rs"].contains("pub struct UserWork {"));
    assert!(!moved.files["api.rs"].contains("pub struct UserA {"));
    assert_eq!(moved.names.to_string().matches("UserWork").count(), 1);
}

#[test]
fn names_stay_in_any_order_of_the_document() {
    let operation = |id: &str| {
        format!(
            "  /{id}: {{get: {{operationId: {id}, responses: {{200: {{content: {{application/json: {{schema: {{type: object, properties: \
             {{home: {{type: object, properties: {{state: {{type: string, enum: [on]}}, at: {{oneOf: [{{type: string}}, {{type: integer}}]}}}}}}}}}}}}}}}}}}}}}}\n"
        )
    };
    let document = |ids: [&str; 3]| format!("openapi: 3.1.0\npaths:\n{}", ids.map(operation).concat());
    let first = output(&document(["a", "b", "c"]), "");
    assert!(first.files["api.rs"].contains("pub enum AResponseHomeState {"));
    for ids in [["c", "b", "a"], ["b", "a", "c"], ["new", "b", "a"]] {
        let second = output(&document(ids), &first.names.to_string());
        let report = Report::between(&first.files, &second.files);
        assert!(report.changes.iter().all(|change| change.is_operation), "{report}");
        assert_eq!(second.names.to_string().matches("AResponseHomeState").count(), 1);
        assert!(!second.warnings.iter().any(|warning| warning.pointer.starts_with("/types")), "{:?}", second.warnings);
    }
}

#[test]
fn a_name_that_no_longer_applies_is_reported_and_kept() {
    let names =
        "operations:\n  gone: {name: GoneRequest}\ntypes:\n  /components/schemas/User: {name: User, fields: {gone}}\n";
    let output = output(USERS, names);
    let warnings: Vec<String> = output.warnings.iter().map(ToString::to_string).collect();
    let kept = "the name is kept for its return until you remove it from the file";
    assert_eq!(
        warnings,
        [
            format!("names.yaml:2: /operations/gone: the document no longer has what is called `GoneRequest`; {kept}"),
            format!(
                "names.yaml:4: /types/~1components~1schemas~1User/fields/gone: `User` no longer has what is called `gone`; {kept}"
            ),
        ]
    );
    assert!(output.names.to_string().contains("gone: {name: GoneRequest}"));
}

#[test]
fn a_name_that_cannot_be_used_is_an_error_with_its_line() {
    for (names, expected) in [
        (
            "types:\n  A: {name: X}\n  B: {name: X}",
            "names.yaml:3: /types/B/name: `X` is given twice, or is reserved; choose another name",
        ),
        ("types:\n  A: {name: self}", "names.yaml:2: /types/A/name: `self` cannot be a name in Rust"),
        ("types:\n  A: {}", "names.yaml:2: /types/A: `name` is missing"),
        ("type:\n  A: {}", "names.yaml: unknown key `type`; expected one of `operations`, `types`"),
        (
            "types:\n  A: {name: B, field: {a: b}}",
            "names.yaml:2: /types/A: unknown key `field`; expected one of `name`, `fields`, `variants`",
        ),
        (
            "operations:\n  list_users:\n    name: A\n    fields: {query state: build}",
            "names.yaml:4: /operations/list_users/fields/query state: the name or the setter of this name is given twice, or is \
             reserved; choose another name",
        ),
        (
            "types:\n  /components/schemas/User: {name: User, fields: {id: a, a-b: clear_a}}",
            "names.yaml:2: /types/~1components~1schemas~1User/fields/id: the name or the setter of this name is given twice, or is \
             reserved; choose another name",
        ),
    ] {
        assert_eq!(error(names), expected);
    }
}

#[test]
fn warnings_have_the_line_of_the_document() {
    let text = USERS.replace("in: query, schema: {type: string", "in: body, schema: {type: string");
    let output = output(&text, "");
    assert_eq!(
        output.warnings[0].to_string(),
        "users.yaml:9: /paths/~1users/get/parameters/1: `body` is no location of a parameter; the parameter is left out"
    );
}

#[test]
fn a_second_run_writes_the_same_files_and_removes_old_ones() {
    let folder = folder("second-run");
    build(&folder).run().unwrap();
    let out = folder.join("out");
    let names = fs::read_to_string(folder.join("names.yaml")).unwrap();
    // The header has the digest and the date of the document. The date stays while the document does.
    let header = fs::read_to_string(out.join("api.rs")).unwrap();
    let (line, date) = header.lines().nth(1).unwrap().split_once(", read on ").unwrap();
    assert!(line.starts_with("// sha256:") && date.len() == 10, "{line} {date}");
    for name in ["api.rs", "mod.rs"] {
        let source = fs::read_to_string(out.join(name)).unwrap().replace(date, "2001-02-03");
        fs::write(out.join(name), source).unwrap();
    }
    fs::write(out.join("old.rs"), "// Generated by stackone-codegen from \"x\" 1. Do not edit.\n").unwrap();
    fs::write(out.join("own.rs"), "// By hand.\n").unwrap();
    let output = build(&folder).generate(&mut |_| {}).unwrap();
    assert_eq!(build(&folder).difference(&output).unwrap(), "old.rs is no longer generated\n");
    build(&folder).write(&output).unwrap();
    assert_eq!(build(&folder).difference(&output).unwrap(), "");
    assert!(fs::read_to_string(out.join("api.rs")).unwrap().contains("2001-02-03"));
    assert!(!out.join("old.rs").exists() && out.join("own.rs").exists());
    assert_eq!(fs::read_to_string(folder.join("names.yaml")).unwrap(), names);
}

/// The document with a change of each kind.
fn changed() -> String {
    USERS
        .replace("      operationId: create_user", "      operationId: add_user")
        .replace("        id: {type: string}", "        id: {type: integer}\n        age: {type: integer}")
        .replace("[on, off]", "[on, off, dim]")
        .replace("in: query, schema: {type: integer}", "in: query, required: true, schema: {type: integer}")
}

#[test]
fn a_difference_is_shown_by_operation() {
    let folder = folder("difference");
    build(&folder).run().unwrap();
    fs::write(folder.join("users.yaml"), changed()).unwrap();
    let output = build(&folder).generate(&mut |_| {}).unwrap();
    let difference = build(&folder).difference(&output).unwrap();
    for expected in [
        "added operation `AddUserRequest`: POST /users\n",
        "removed operation `CreateUserRequest`: POST /users\n",
        "changed operation `ListUsersRequest`: GET /users\n",
        "  -     pub page_size: ::std::option::Option<i64>,\n",
        "  +     pub page_size: i64,\n",
        "changed type `ListUsersState`, which changes `ListUsersRequest`\n  +         Dim = \"dim\",\n",
        "changed type `User`, which changes `AddUserRequest`, `CreateUserRequest`, `ListUsersRequest`\n",
        "names.yaml differs: it lacks names of the output\n",
    ] {
        assert!(difference.contains(expected), "{expected}\n{difference}");
    }
}

#[test]
fn a_report_says_what_changes_for_users() {
    let folder = folder("report");
    build(&folder).run().unwrap();
    let old = folder.join("old.yaml");
    fs::rename(folder.join("users.yaml"), &old).unwrap();
    fs::write(folder.join("users.yaml"), changed()).unwrap();
    let output = build(&folder).generate(&mut |_| {}).unwrap();
    let report = build(&folder).report(&output).unwrap();
    assert_eq!(
        report.to_string(),
        "## Breaking\n\n\
         - `CreateUserRequest`: removed: POST /users\n\
         - `ListUsersRequest`: `page_size` is required and was optional\n\
         - `User`: `id` is `Option<i64>` and was `Option<String>` (used by `AddUserRequest` and 1 more)\n\n\
         ## Added\n\n\
         - `AddUserRequest`: added: POST /users\n\n\
         ## Changed\n\n\
         - `ListUsersState`: the variant `Dim` is added (used by `ListUsersRequest`)\n\
         - `User`: the field `age` is added (used by `AddUserRequest` and 1 more)\n\n"
    );
    assert!(report.is_breaking());
    assert!(report.changes.iter().any(|change| change.kind == ChangeKind::Added && change.is_operation));
    // The older document gives the same report as its output.
    assert_eq!(build(&folder).report_since(&old, &output).unwrap(), report);
    build(&folder).write(&output).unwrap();
    assert_eq!(build(&folder).report(&output).unwrap().to_string(), "Nothing changes for users.\n");
}

#[test]
fn a_report_says_that_another_type_of_a_response_is_breaking() {
    let report = |old: &str, new: &str| {
        let (old, new) = (USERS.replace("{200: {content", old), USERS.replace("{200: {content", new));
        let old = output(&old, "");
        Report::between(&old.files, &output(&new, &old.names.to_string()).files).to_string()
    };
    let plain = "{200: {content";
    let accepted = "{202: {content: {application/json: {schema: {type: string}}}}, 200: {content";
    let reset = "{205: {}, 202: {content: {application/json: {schema: {type: string}}}}, 200: {content";
    let total = "{200: {headers: {X-Total: {schema: {type: integer}}}, content";
    let text_total = "{200: {headers: {X-Total: {schema: {type: string}}}, content";
    assert_eq!(
        report(plain, accepted),
        "## Breaking\n\n- `ListUsersRequest`: the response is `ListUsersSuccess by status` and was `Vec<User>`\n\n\
         ## Added\n\n- `ListUsersSuccess`: added: an enum by status (used by `ListUsersRequest`)\n\n"
    );
    assert_eq!(
        report(accepted, reset),
        "## Changed\n\n- `ListUsersSuccess`: the variant `ResetContent` is added (used by `ListUsersRequest`)\n\n"
    );
    assert_eq!(
        report(reset, &accepted.replace("string", "integer")),
        "## Breaking\n\n\
         - `ListUsersSuccess`: `Accepted` is `i64 = 202` and was `String = 202` (used by `ListUsersRequest`)\n\
         - `ListUsersSuccess`: `ResetContent` is removed (used by `ListUsersRequest`)\n\n"
    );
    assert_eq!(
        report(plain, total),
        "## Breaking\n\n- `ListUsersRequest`: the struct of the response headers is `XTotalHeaders` and was absent\n\n\
         ## Added\n\n- `XTotalHeaders`: added: a struct (used by `ListUsersRequest`)\n\n"
    );
    assert_eq!(
        report(total, text_total),
        "## Breaking\n\n- `XTotalHeaders`: `x_total` is `Option<String> = \"X-Total\"` and was `Option<i64> = \"X-Total\"` \
         (used by `ListUsersRequest`)\n\n"
    );
}

#[test]
fn the_names_of_statuses_and_headers_can_be_changed_in_the_file() {
    let text = USERS.replace(
        "{200: {content",
        "{202: {headers: {X-Total: {schema: {type: integer}}}, content: {application/json: {schema: {type: string}}}}, 200: {content",
    );
    let names = "types: {ListUsers Success: {name: Found, variants: {\"202\": Later}}, ListUsers Headers: {name: Counts, fields: {X-Total: total}}}";
    let output = output(&text, names);
    let source = &output.files["api.rs"];
    for expected in [
        "responses = Found, response_headers = Counts",
        "pub enum Found {\n        Later(::std::string::String) = 202,\n        Ok(::std::vec::Vec<User>) = 200,",
        "pub struct Counts {\n        pub total: ::std::option::Option<i64> = \"X-Total\",",
    ] {
        assert!(source.contains(expected), "{expected}\n{source}");
    }
    let written = output.names.to_string();
    assert!(written.contains("ListUsers Success: {name: Found, variants: {\"202\": Later, \"200\": Ok}}"), "{written}");
    assert!(written.contains("ListUsers Headers: {name: Counts, fields: {X-Total: total}}"), "{written}");
    assert!(output.warnings.is_empty(), "{:?}", output.warnings);
}

#[test]
fn a_build_script_includes_one_file() {
    let folder = folder("build-script");
    build(&folder).run_for_cargo().unwrap();
    let include = fs::read_to_string(folder.join("out/include.rs")).unwrap();
    let module = folder.join("out/mod.rs").canonicalize().unwrap();
    assert_eq!(include, format!("#[path = {module:?}]\npub mod api;\n"));
    // Cargo compiles again what is newer, so equal files stay.
    let time = || fs::metadata(folder.join("out/api.rs")).unwrap().modified().unwrap();
    let before = time();
    build(&folder).run_for_cargo().unwrap();
    assert_eq!(time(), before);
}

#[test]
fn a_document_in_several_files_is_the_same_as_in_one() {
    let tests = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests");
    let source = |document: Document| {
        let output = generate(document, &Fixups::default(), &Options::default()).unwrap();
        let names = output.names.to_string();
        let lines = output.files["api.rs"].lines().filter(|line| !line.starts_with("//"));
        (lines.map(str::to_owned).collect::<Vec<_>>(), names)
    };
    let one = source(Document::read(tests.join("several_files.yaml")).unwrap());
    let several = source(Document::read(tests.join("several_files/openapi.yaml")).unwrap());
    assert_eq!(several, one);
}

#[test]
fn a_reference_to_another_file_that_leads_nowhere_is_a_warning_in_its_file() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/several_files");
    let document = Document::read(folder.join("openapi.yaml")).unwrap();
    let output = generate(document, &Fixups::default(), &Options::default()).unwrap();
    let mut warnings: Vec<String> = output.warnings.iter().map(ToString::to_string).collect();
    warnings.sort();
    let start = format!("{}/", folder.display());
    let missing = fs::metadata(folder.join("schemas/Gone.yaml")).unwrap_err().to_string();
    let short = |warning: &String| warning.replace(&start, "").replace(&missing, "missing");
    assert_eq!(
        warnings.iter().map(short).collect::<Vec<_>>(),
        [
            "openapi.yaml:25: /components/schemas/Local/properties/gone: the reference `schemas/Gone.yaml` leads to a file that cannot be read: missing; it is any JSON",
            "openapi.yaml:26: /components/schemas/Local/properties/far: the reference `https://a.test/x.yaml#/X` leads to another document, which is not read; it is any JSON",
            "openapi.yaml:27: /components/schemas/Local/properties/nowhere: the reference `common.json#/nope` leads nowhere; it is any JSON",
            "openapi.yaml:28: /components/schemas/Local/properties/wrong: the reference `schemas/wrong.yaml` leads to a file that cannot be read: schemas/wrong.yaml:2: did not find expected node content at line 2 column 1, while parsing a flow node; it is any JSON",
            "schemas/User.yaml:10: /properties/broken/properties/a: the reference `#/x` leads nowhere; it is any JSON",
        ]
    );

    let mut files: Vec<PathBuf> = output.documents.iter().map(|path| fs::canonicalize(path).unwrap()).collect();
    assert!(files[0].ends_with("openapi.yaml"));
    files.sort();
    files.dedup();
    let names: Vec<String> =
        files.iter().map(|path| path.strip_prefix(&folder).unwrap().display().to_string()).collect();
    assert_eq!(
        names,
        [
            "common.json",
            "openapi.yaml",
            "others/Team.yaml",
            "parameters/Limit.yaml",
            "parameters/all.yaml",
            "parameters/index.yaml",
            "paths/create_user.yaml",
            "paths/users.yaml",
            "schemas/Cat.yaml",
            "schemas/Team.yaml",
            "schemas/User.yaml",
        ]
    );
}

#[test]
fn a_change_in_any_file_changes_the_digest() {
    let folder = folder("several_files");
    fs::write(folder.join("paths.yaml"), "/a: {get: {operationId: a}}").unwrap();
    fs::write(folder.join("users.yaml"), "{openapi: 3.1.0, paths: {$ref: paths.yaml}}").unwrap();
    let read = || Document::read(folder.join("users.yaml")).unwrap();
    let first = read();
    assert!(
        generate(first.clone(), &Fixups::default(), &Options::default()).unwrap().files["api.rs"].contains("\"/a\"")
    );
    fs::write(folder.join("paths.yaml"), "/b: {get: {operationId: a}}").unwrap();
    assert_ne!(read().digest(), first.digest());
}

#[test]
fn paths_that_are_a_reference_to_nowhere_are_a_warning() {
    let folder = folder("lost_paths");
    fs::write(folder.join("loop.yaml"), "{$ref: loop.yaml}").unwrap();
    for (reference, reason) in [
        ("gone.yaml", "leads to a file that cannot be read"),
        ("loop.yaml", "leads to another document, which is not read"),
        ("'#/gone'", "leads nowhere"),
    ] {
        fs::write(folder.join("users.yaml"), format!("{{openapi: 3.1.0, paths: {{$ref: {reference}}}}}")).unwrap();
        let document = Document::read(folder.join("users.yaml")).unwrap();
        let output = generate(document, &Fixups::default(), &Options::default()).unwrap();
        let [warning] = &output.warnings[..] else { panic!("{reference}: {:?}", output.warnings) };
        assert!(warning.reason.contains(reason) && warning.pointer == "/paths", "{warning}");
        assert_eq!(warning.result, "all paths are left out");
    }
}
