//! The links in Markdown files lead to files and headings that exist, and guides have the form that their readers expect.
//!
//! Links to items of a crate are those of rustdoc, which checks them itself. Links to other sites are not checked, because a test does
//! not depend on the network.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

fn markdown_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') && name != "target" {
            markdown_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
}

/// The lines outside of code blocks.
fn prose(text: &str) -> Vec<&str> {
    let mut is_code = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            lines.push(line);
        }
    }
    lines
}

/// The text without code spans.
fn without_code(text: &str) -> String {
    text.split('`').step_by(2).collect()
}

/// The targets of `[text](target)`.
fn targets(text: &str) -> Vec<String> {
    let prose = without_code(&prose(text).join("\n"));
    prose.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0.to_owned())).collect()
}

/// The anchor of a heading, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let lower = heading.trim_start_matches('#').trim().to_lowercase();
    lower
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// Why a target does not exist.
fn broken(file: &Path, target: &str) -> Option<String> {
    let is_of_rustdoc = target.contains("::") || target.starts_with("Self");
    if is_of_rustdoc || target.starts_with("https://") {
        return None;
    }
    let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
    let linked = if path.is_empty() { file.to_owned() } else { file.parent().unwrap().join(path) };
    if !linked.exists() {
        return Some(format!("{}: `{target}` does not exist", file.display()));
    }
    if fragment.is_empty() {
        return None;
    }
    let text = fs::read_to_string(&linked).unwrap();
    let has_heading = prose(&text).iter().any(|line| line.starts_with('#') && anchor(line) == fragment);
    (!has_heading).then(|| format!("{}: `{target}` has no such heading", file.display()))
}

#[test]
fn links_lead_to_files_and_headings() {
    let mut files = Vec::new();
    markdown_files(&root(), &mut files);
    let mut count = 0;
    let mut messages = Vec::new();
    for file in &files {
        for target in targets(&fs::read_to_string(file).unwrap()) {
            count += 1;
            messages.extend(broken(file, &target));
        }
    }
    assert!(count > 50, "only {count} links were found");
    assert!(messages.is_empty(), "{}", messages.join("\n"));
}

#[test]
fn a_broken_link_is_found() {
    let file = root().join("README.md");
    assert_eq!(targets("[a](b.md) `[c](d)` [e](#f)\n```\n[g](h)\n```"), ["b.md", "#f"]);
    assert!(broken(&file, "missing.md").is_some());
    assert!(broken(&file, "CONTRIBUTING.md#no-such-heading").is_some());
    assert_eq!(broken(&file, "CONTRIBUTING.md#the-code"), None);
    assert_eq!(anchor("## 4. Calls and downloads"), "4-calls-and-downloads");
}

#[test]
fn each_example_is_in_the_index_with_its_output() {
    let index = fs::read_to_string(root().join("examples/README.md")).unwrap();
    for entry in fs::read_dir(root().join("examples/examples")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let row = index.lines().find(|line| line.contains(&format!("(examples/{name})")));
        let row = row.unwrap_or_else(|| panic!("examples/README.md does not list {name}"));
        let output = row.trim_end_matches('|').rsplit('|').next().unwrap();
        assert!(!output.trim().is_empty(), "examples/README.md has no output of {name}");
    }
}

#[test]
fn each_direct_dependency_has_its_reason() {
    let manifest = fs::read_to_string(root().join("runtime/Cargo.toml")).unwrap();
    let table = fs::read_to_string(root().join("runtime/src/guide/compile_times.md")).unwrap();
    let (_, dependencies) = manifest.split_once("\n[dependencies]\n").unwrap();
    let lines = dependencies.lines().take_while(|line| !line.starts_with('['));
    let names: Vec<&str> = lines.filter(|line| line.starts_with(char::is_alphabetic)).collect();
    assert!(names.len() > 20, "{names:?}");
    for line in names {
        let name = line.split(['.', ' ']).next().unwrap();
        let has_reason = |row: &str| row.starts_with('|') && row.contains(&format!("`{name}`"));
        assert!(table.lines().any(has_reason), "the table of compile_times.md has no reason for {name}");
    }
}

#[test]
fn each_guide_begins_with_a_program_and_ends_with_what_can_go_wrong() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for folder in ["runtime/src/guide", "api/src/guide"] {
        let mut guides = Vec::new();
        markdown_files(&root().join(folder), &mut guides);
        assert!(!guides.is_empty(), "{folder} has no guides");
        for guide in guides {
            let text = fs::read_to_string(&guide).unwrap();
            let name = guide.file_name().unwrap().to_string_lossy();
            assert!(text.lines().nth(2).unwrap().starts_with("```"), "{name} does not begin with a program");
            let last = prose(&text).into_iter().rfind(|line| line.starts_with("# "));
            assert_eq!(last, Some("# What can go wrong"), "the end of {name}");
            assert!(readme.contains(&format!("{folder}/{name}")), "README.md does not link to {name}");
        }
    }
}
