//! Lines, comments and types as text.

use crate::model::{Api, Ty};

/// Adds a line. An empty line has no indentation.
pub(super) fn line(out: &mut String, depth: usize, text: &str) {
    if !text.is_empty() {
        out.push_str(&"    ".repeat(depth));
        out.push_str(text);
    }
    out.push('\n');
}

/// Adds a doc comment. Code in it is text, so that rustdoc does not run it.
pub(super) fn docs<S: AsRef<str>>(out: &mut String, depth: usize, lines: impl IntoIterator<Item = S>) {
    let mut in_code = false;
    for text in lines {
        let text: String = text.as_ref().chars().filter(|&character| is_text(character)).collect();
        let mut text = text.trim_end().to_owned();
        // Code in a list or a quotation would have to end there.
        let bare =
            text.trim_start_matches(|character: char| " \t>-*+.)".contains(character) || character.is_ascii_digit());
        if bare.starts_with("```") || bare.starts_with("~~~") {
            text.clear();
            text.push_str(if in_code { "```" } else { "```text" });
            in_code = !in_code;
        } else if !in_code {
            // Four spaces would be code.
            text = text.trim_start().to_owned();
        }
        line(out, depth, format!("/// {text}").trim_end());
    }
    if in_code {
        line(out, depth, "/// ```");
    }
}

/// Whether a comment can have the character. The compiler refuses those that change the direction of text.
pub(super) fn is_text(character: char) -> bool {
    (!character.is_control() || character == '\t')
        && !matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A type, with absolute paths.
pub(super) fn ty(api: &Api, ty: &Ty) -> String {
    match ty {
        Ty::String => "::std::string::String".to_owned(),
        Ty::Bool => "bool".to_owned(),
        Ty::I32 => "i32".to_owned(),
        Ty::I64 => "i64".to_owned(),
        Ty::F64 => "f64".to_owned(),
        Ty::Timestamp => "::stackone::Timestamp".to_owned(),
        Ty::Json => "::stackone::model::Json".to_owned(),
        Ty::Object => "::stackone::model::JsonObject".to_owned(),
        Ty::Bytes => "::stackone::bytes::Bytes".to_owned(),
        Ty::Base64 => "::stackone::Base64".to_owned(),
        Ty::Rust(path) => path.clone(),
        Ty::List(item) => format!("::std::vec::Vec<{}>", self::ty(api, item)),
        Ty::Map(value) => format!("::std::collections::BTreeMap<::std::string::String, {}>", self::ty(api, value)),
        Ty::Named(index) => api.types[*index].name.clone(),
        Ty::Parameter => "T".to_owned(),
    }
}

/// Whether a setter takes the type itself, so that literals need no conversion.
pub(super) fn is_plain(ty: &Ty) -> bool {
    matches!(ty, Ty::Bool | Ty::I32 | Ty::I64 | Ty::F64)
}
