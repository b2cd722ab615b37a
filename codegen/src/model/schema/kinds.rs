//! The JSON types of a schema.

use crate::document::Node;

/// The types of JSON Schema, without null.
pub(super) const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];

/// A JSON type of a schema: `type`, or what its keywords imply.
pub(super) fn kinds(node: &Node) -> Vec<&str> {
    match node.get("type") {
        Some(Node::Text(kind)) => vec![kind.as_str()],
        Some(Node::List(kinds)) => kinds.iter().filter_map(Node::as_text).filter(|kind| *kind != "null").collect(),
        _ if node.get("properties").is_some() || node.get("additionalProperties").is_some() => vec!["object"],
        _ if node.get("items").is_some() => vec!["array"],
        _ => kind_of_values(node).into_iter().collect(),
    }
}

/// The JSON type of `const`, or of the numbers or booleans in `enum`.
fn kind_of_values(node: &Node) -> Option<&'static str> {
    let values = node.list("enum").iter().filter(|value| **value != Node::Null);
    let values: Vec<&Node> = node.get("const").into_iter().chain(values).collect();
    let are = |is: fn(&Node) -> bool| !values.is_empty() && values.iter().all(|value| is(value));
    if are(|value| matches!(value, Node::Text(_))) {
        // An enum of texts has its own type.
        return node.get("const").map(|_| "string");
    }
    match () {
        () if are(|value| matches!(value, Node::Int(_))) => Some("integer"),
        () if are(|value| matches!(value, Node::Int(_) | Node::Float(_))) => Some("number"),
        () if are(|value| matches!(value, Node::Bool(_))) => Some("boolean"),
        () => None,
    }
}

/// The JSON type for a word that stands for one in other languages.
pub(super) fn meant(kind: &str) -> Option<&'static str> {
    Some(match &*kind.to_lowercase() {
        "string" | "str" | "text" => "string",
        "integer" | "int" | "long" => "integer",
        "number" | "float" | "double" | "decimal" => "number",
        "boolean" | "bool" => "boolean",
        "array" | "list" => "array",
        "object" | "map" => "object",
        _ => return None,
    })
}

/// The texts of a choice whose branches are constants.
pub(super) fn constants(branches: &[Node]) -> Option<Vec<String>> {
    let branches = branches.iter().filter(|branch| branch.text("type") != Some("null"));
    let values: Option<Vec<String>> = branches.map(|branch| branch.text("const").map(str::to_owned)).collect();
    values.filter(|values| !values.is_empty())
}

/// Whether a part of `allOf` only describes or restricts the values of the other parts.
pub(super) fn is_annotation(part: &Node) -> bool {
    const TYPES: &[&str] = &[
        "$ref",
        "type",
        "enum",
        "const",
        "properties",
        "additionalProperties",
        "items",
        "allOf",
        "oneOf",
        "anyOf",
        "required",
        "x-rust-type",
    ];
    TYPES.iter().all(|key| part.get(key).is_none())
}

/// Whether null is a value of the schema.
pub(in crate::model) fn is_nullable(node: &Node) -> bool {
    let is_null = |schema: &Node| schema.text("type") == Some("null");
    node.flag("nullable")
        || matches!(node.get("type"), Some(Node::List(kinds)) if kinds.iter().any(|kind| kind.as_text() == Some("null") || *kind == Node::Null))
        || node.list("enum").contains(&Node::Null)
        || node.list("oneOf").iter().chain(node.list("anyOf")).any(is_null)
}
