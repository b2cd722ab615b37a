//! What the attribute makes of five declarations: the struct, and what the template of the runtime is to be filled with.
//! Kept in `tests/expand/` to be read in review.
//!
//! `STACKONE_BLESS=1 cargo test -p stackone-macros` writes them anew.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::{
    env,
    fmt::Write as _,
    fs, mem,
    path::{Path, PathBuf},
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

/// What becomes of the declaration.
fn expansion(source: &str) -> String {
    let (arguments, item) = split(source.parse().unwrap());
    let mut text = String::new();
    lay_out(crate::attribute::apply(&arguments, item), 0, &mut text);
    text
}

/// Each entry of braces on a line of its own.
fn lay_out(tokens: TokenStream, depth: usize, text: &mut String) {
    let indent = |depth| "    ".repeat(depth);
    let mut line = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && !group.stream().is_empty() => {
                writeln!(text, "{}{} {{", indent(depth), mem::take(&mut line)).unwrap();
                lay_out(group.stream(), depth + 1, text);
                writeln!(text, "{}}}", indent(depth)).unwrap();
            }
            TokenTree::Punct(end) if end.as_char() == ';' => {
                writeln!(text, "{}{};", indent(depth), mem::take(&mut line)).unwrap();
            }
            token => line.extend([token]),
        }
    }
    if !line.is_empty() {
        writeln!(text, "{}{line}", indent(depth)).unwrap();
    }
}

#[test]
fn expansions_are_as_reviewed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/expand");
    let mut sources: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    sources.retain(|path| path.extension().is_some_and(|extension| extension == "in"));
    assert_eq!(sources.len(), 5);
    for source in sources {
        let snapshot = source.with_extension("txt");
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
