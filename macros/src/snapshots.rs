//! What three operations expand to, kept in `tests/expand/` to be read in review.
//!
//! `STACKONE_BLESS=1 cargo test -p stackone-macros` writes them anew.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The attribute's arguments and the item under it.
fn split(source: TokenStream) -> (TokenStream, TokenStream) {
    let mut tokens = source.into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Punct(hash)), Some(TokenTree::Group(attribute)))
            if hash.as_char() == '#' && attribute.delimiter() == Delimiter::Bracket =>
        {
            let arguments = attribute.stream().into_iter().find_map(|token| match token {
                TokenTree::Group(arguments) => Some(arguments.stream()),
                _ => None,
            });
            (arguments.unwrap_or_default(), tokens.collect())
        }
        _ => panic!("the file begins with the attribute"),
    }
}

/// What the attribute adds to the struct.
fn expansion(source: &str) -> String {
    let (arguments, item) = split(source.parse().unwrap());
    let added = crate::derive(crate::attribute::hand_on(&arguments, item));
    formatted(&added.to_string())
}

fn formatted(code: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustfmt is installed with the toolchain");
    rustfmt.stdin.take().unwrap().write_all(code.as_bytes()).unwrap();
    let output = rustfmt.wait_with_output().unwrap();
    assert!(output.status.success(), "{code}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn expansions_are_as_reviewed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/expand");
    let mut sources: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    sources.retain(|path| path.extension().is_some_and(|extension| extension == "in"));
    assert_eq!(sources.len(), 3);
    for source in sources {
        let snapshot = source.with_extension("rs");
        let expanded = expansion(&fs::read_to_string(&source).unwrap());
        if env::var_os("STACKONE_BLESS").is_some() {
            fs::write(&snapshot, &expanded).unwrap();
        }
        let reviewed = fs::read_to_string(&snapshot).unwrap_or_default();
        assert!(
            expanded == reviewed,
            "{} is not what the attribute makes of it now:\n{expanded}\nbless it with STACKONE_BLESS=1",
            snapshot.display(),
        );
    }
}
