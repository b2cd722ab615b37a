//! The variants of the catalogue. Each is the generated source of `stackone-api` with other ways to read and write its types.

use std::collections::HashMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    /// The source as it is.
    Tables,
    /// The operations alone, with JSON values for all types of the API.
    Operations,
    /// The types too, with their setters, and `Clone`. Nothing reads or writes them. The operations have JSON values.
    Bare,
    /// The same, with derived `Debug` and `PartialEq`, which the tables give.
    Floor,
    /// The types with serde's derives, `Debug` and `PartialEq`.
    Derived,
}

impl Variant {
    pub(crate) const ALL: [Self; 5] = [Self::Tables, Self::Operations, Self::Bare, Self::Floor, Self::Derived];

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Tables => "stackone-api",
            Self::Operations => "operations without types",
            Self::Bare => "types without serde",
            Self::Floor => "the same with `Debug` and `PartialEq`",
            Self::Derived => "serde's derives",
        }
    }

    /// The name of the crate.
    pub(crate) fn package(self) -> &'static str {
        match self {
            Self::Tables => "tables",
            Self::Operations => "operations",
            Self::Bare => "bare",
            Self::Floor => "floor",
            Self::Derived => "derived",
        }
    }

    /// Macros for the enums, in place of those of `stackone`.
    pub(crate) fn macros(self) -> String {
        let derives = match self {
            Self::Tables | Self::Operations => return String::new(),
            Self::Bare => "#[derive(Clone)]",
            Self::Floor => "#[derive(Debug, Clone, PartialEq)]",
            Self::Derived => {
                "#[derive(Debug, Clone, PartialEq, ::serde::Serialize, ::serde::Deserialize)] #[serde(untagged)]"
            }
        };
        let one_of = ONE_OF.replace("DERIVES", derives);
        if self == Self::Derived { one_of } else { one_of + &STRING_ENUM.replace("DERIVES", derives) }
    }

    /// A file of the generated source in this variant.
    pub(crate) fn rewrite(self, source: &str) -> String {
        match self {
            Self::Tables => source.to_owned(),
            Self::Operations => {
                let (header, items) = header_and_items(source);
                let operations = items.split("\n\n").filter(|item| item.contains(OPERATION));
                untyped(&format!("{header}\n\n{}\n", operations.collect::<Vec<_>>().join("\n\n")))
            }
            Self::Bare => untyped(&source_without_tables(source)),
            Self::Floor => untyped(&with_derives(&source_without_tables(source), "Debug, PartialEq")),
            Self::Derived => derived(source),
        }
    }
}

const OPERATION: &str = "#[::stackone::stackone_operation(";
const TABLE: &str = "::stackone::model! {";

const ONE_OF: &str = r"
macro_rules! one_of {
    ($(#[$attribute:meta])* $visibility:vis enum $name:ident by $tag:literal {
        $($(#[$on:meta])* $index:literal $variant:ident($type:ty) $kind:ident [$($value:literal)*] [$($only:literal)*]),* $(,)?
    } $(from { $($case:ident: $source:ty),* $(,)? })?) => {
        $(#[$attribute])* DERIVES #[non_exhaustive]
        $visibility enum $name { $($(#[$on])* $variant($type),)* Other(::stackone::model::Json) }
        $($(impl ::std::convert::From<$source> for $name {
            fn from(value: $source) -> Self { Self::$case(::std::convert::Into::into(value)) }
        })*)?
    };
}
";

const STRING_ENUM: &str = r"
macro_rules! string_enum {
    ($(#[$attribute:meta])* $visibility:vis enum $name:ident { $($(#[$on:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$attribute])* DERIVES #[non_exhaustive]
        $visibility enum $name { $($(#[$on])* $variant,)+ Other(::std::string::String) }
        impl $name {
            $visibility fn as_str(&self) -> &str {
                match self { $(Self::$variant => $text,)+ Self::Other(other) => other }
            }
        }
        impl ::std::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                match &*text { $($text => Self::$variant,)+ _ => Self::Other(text) }
            }
        }
        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self { ::std::convert::Into::into(::std::borrow::ToOwned::to_owned(text)) }
        }
    };
}
";

/// The inner docs and the imports of a file, and the rest.
fn header_and_items(source: &str) -> (&str, &str) {
    let end = source.find("\n\n///").unwrap_or(source.len());
    (&source[..end], source[end..].trim_start())
}

fn source_without_tables(source: &str) -> String {
    let lines: String =
        source.lines().filter(|line| !line.trim_start().starts_with(TABLE)).map(|line| format!("{line}\n")).collect();
    lines.replace("::stackone::string_enum!", "string_enum!").replace("::stackone::one_of!", "one_of!")
}

/// Adds derives to the types. Operations have `#[derive(Debug, Clone)]` and stay as they are.
fn with_derives(source: &str, derives: &str) -> String {
    source.replace("#[derive(Clone", &format!("#[derive({derives}, Clone"))
}

/// The operations with JSON values in place of the types of the API.
fn untyped(source: &str) -> String {
    let mut inside = false;
    let line = |line: &str| {
        inside |= line.starts_with(OPERATION);
        let line = match line.split_once("response = ") {
            Some((before, after)) if line.starts_with(OPERATION) => {
                let end = response_end(after);
                let untyped = matches!(&after[..end], "download" | "text" | "bytes");
                let response = if untyped { &after[..end] } else { "::stackone::model::Json" };
                format!("{before}response = {response}{}", &after[end..])
            }
            // A JSON value is no page, so the parameter is no cursor.
            _ if inside && line.trim() == "#[query(cursor)]" => "    #[query]".to_owned(),
            _ if inside && line.starts_with("    pub ") => untyped_field(line),
            _ => line.to_owned(),
        };
        inside &= line != "}";
        line + "\n"
    };
    source.lines().map(line).collect()
}

/// The length of a type in the arguments of the attribute.
fn response_end(text: &str) -> usize {
    let mut depth = 0_u32;
    for (index, character) in text.char_indices() {
        match character {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            ',' | ')' if depth == 0 => return index,
            _ => {}
        }
    }
    text.len()
}

/// A field with JSON in place of each type of the API. Types of the API have no `::` before them.
fn untyped_field(line: &str) -> String {
    let Some((name, declared)) = line.split_once(": ") else { return line.to_owned() };
    let mut untyped = String::new();
    let mut rest = declared;
    while let Some(begin) = rest.find(|character: char| character.is_ascii_alphanumeric()) {
        let (before, word) = rest.split_at(begin);
        let end = word.find(|character: char| !character.is_ascii_alphanumeric() && character != '_');
        let (word, after) = word.split_at(end.unwrap_or(word.len()));
        untyped.push_str(before);
        let own = word.starts_with(|first: char| first.is_ascii_uppercase()) && !before.ends_with("::");
        untyped.push_str(if own { "::stackone::model::Json" } else { word });
        rest = after;
    }
    format!("{name}: {untyped}{rest}")
}

/// The types with serde's derives, as people write them.
fn derived(source: &str) -> String {
    let renamed = renamed_fields(source);
    let mut name = "";
    let mut operation = false;
    let mut text = String::new();
    for line in source.lines().filter(|line| !line.trim_start().starts_with(TABLE)) {
        let code = line.trim_start();
        operation |= line.starts_with(OPERATION);
        if let Some(rest) = code.strip_prefix("pub struct ") {
            name = rest.split([' ', '<']).next().unwrap_or_default();
        } else if let Some((field, declared)) =
            code.strip_prefix("pub ").and_then(|field| field.split_once(": ")).filter(|_| !operation)
        {
            text.push_str(&attributes(field, declared, renamed.get(&(name, field)).copied()));
        }
        operation &= line != "}";
        text.push_str(line);
        text.push('\n');
    }
    let text =
        text.replace("::stackone::string_enum!", "::stackone::open_enum!").replace("::stackone::one_of!", "one_of!");
    with_derives(&text, "Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize")
}

/// Serde's attributes of a field.
fn attributes(field: &str, declared: &str, wire: Option<&str>) -> String {
    let rename = wire.map(|wire| format!("#[serde(rename = \"{wire}\")]\n")).unwrap_or_default();
    let rest = if field == "unexpected" {
        "#[serde(skip)]\n".to_owned()
    } else if declared.starts_with("::std::option::Option<") {
        // Without `default`, which a generic struct would demand of its parameter: an absent `Option` is `None` anyway.
        "#[serde(skip_serializing_if = \"::std::option::Option::is_none\")]\n".to_owned()
    } else if declared.starts_with("::stackone::Patch<") {
        "#[serde(default, skip_serializing_if = \"::stackone::Patch::is_absent\")]\n".to_owned()
    } else {
        String::new()
    };
    rename + &rest
}

/// The wire names that differ from those of the fields, by struct and field, from the tables.
fn renamed_fields(source: &str) -> HashMap<(&str, &str), &str> {
    let mut renamed = HashMap::new();
    for table in source.lines().filter_map(|line| line.trim_start().strip_prefix(TABLE)) {
        let name = table.trim_start().split([' ', '<']).next().unwrap_or_default();
        let fields = table.split_once('{').map_or("", |(_, fields)| fields);
        for entry in fields.trim_end_matches([' ', '}']).split(", ") {
            let Some((field, wire)) = entry.trim().split_once(": ") else { continue };
            let wire = wire.trim_matches('"');
            if field.trim_start_matches("r#") != wire {
                renamed.insert((name, field), wire);
            }
        }
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "//! Docs.\n\n/// Sends a user.\n#[::stackone::stackone_operation(method = \"POST\", path = \"/a\", \
        response = ::std::option::Option<Pair<A, B>>, passthrough)]\n#[derive(Debug, Clone)]\npub struct Send {\n    \
        #[query(cursor)]\n    pub next: ::std::option::Option<Filter>,\n}\n\n/// A user.\n#[derive(Clone, Default)]\n\
        pub struct User {\n    pub id: ::std::option::Option<u8>,\n    pub two: u8,\n}\n\n\
        ::stackone::model! { User new(two: \"2\") { id: \"id\", two: \"2\" } }\n";

    #[test]
    fn operations_alone_have_json_values() {
        let text = Variant::Operations.rewrite(SOURCE);
        assert!(text.contains("response = ::stackone::model::Json, passthrough)]"), "{text}");
        assert!(text.contains("    #[query]\n    pub next: ::std::option::Option<::stackone::model::Json>,"), "{text}");
        assert!(!text.contains("User"), "{text}");
    }

    #[test]
    fn types_without_serde_have_no_table() {
        let text = Variant::Floor.rewrite(SOURCE);
        assert!(text.contains("#[derive(Debug, PartialEq, Clone, Default)]\npub struct User"), "{text}");
        assert!(!text.contains("model!"), "{text}");
    }

    #[test]
    fn derives_have_the_names_of_the_table() {
        let text = Variant::Derived.rewrite(SOURCE);
        assert!(text.contains("#[serde(rename = \"2\")]\n    pub two: u8"), "{text}");
        assert!(text.contains("skip_serializing_if = \"::std::option::Option::is_none\")]\n    pub id"), "{text}");
        assert!(text.contains("    #[query(cursor)]\n    pub next: ::std::option::Option<Filter>,"), "{text}");
    }
}
