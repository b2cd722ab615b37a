//! Repairs of a document, as data with reasons.

use crate::{
    Document, Error,
    document::{Node, Text},
};

/// The key of an operation under which its example stands.
pub(crate) const EXAMPLE: &str = "x-rust-example";

/// Repairs of a document, and the shapes that become generic types.
///
/// ```
/// # let text = r#"
/// fixups:
/// - reason: The server reads an object, and the document has no style.
///   at: /paths/*/*/parameters/*
///   where: {in: query, schema/type: object, style: null}
///   set: {style: deepObject, explode: true}
///   count: 29
/// shapes:
/// - name: Page
///   docs: One page of a list.
///   parameter: data
///   cursor: next
///   required: [data, next]
///   optional: [raw]
/// examples:
/// - operation: list_users
///   code: |
///     let operation = users::ListUsersRequest::builder().page(2).build();
/// # "#;
/// # stackone_codegen::Fixups::parse("fixups.yaml", text)?;
/// # Ok::<(), stackone_codegen::Error>(())
/// ```
///
/// A fixup changes each place that it finds:
///
/// - `at`: a JSON pointer in which `*` stands for any step;
/// - `where`: values at pointers relative to the place. `null` means absent, and a list means one of its items. Default: any values;
/// - `set`, `remove`: the fields that the place gets and loses. Default: none;
/// - `count`: the number of places. Another number is an error, because the fixup then no longer fits the document.
///
/// `set` may also add what the generator reads beside OpenAPI: `x-rust-type` and `x-rust-name` of a schema, `x-sensitive` of a header,
/// and `x-passthrough`, `x-accept` (the value of the `Accept` header) and `x-response-headers` (the names of the response headers that
/// are part of the value) of an operation.
///
/// A shape is a generic type for all objects that have its `required` properties and no others than its `optional` ones. Its
/// parameter is the type of the property `parameter`. With `cursor`, the parameter is the type of an item, and the type is a page
/// whose next page has the cursor in this property.
///
/// An example is a doc test in the docs of its operation.
#[derive(Debug, Clone, Default)]
pub struct Fixups {
    repairs: Vec<Fixup>,
    shapes: Vec<Shape>,
    examples: Vec<Example>,
    text: Text,
    any_count: bool,
}

/// Rust code for the docs of an operation.
#[derive(Debug, Clone)]
struct Example {
    operation: String,
    code: Node,
}

#[derive(Debug, Clone)]
struct Fixup {
    reason: String,
    at: Vec<String>,
    conditions: Vec<(String, Node)>,
    set: Vec<(String, Node)>,
    remove: Vec<String>,
    count: usize,
}

/// A set of properties that many schemas share, apart from the type of one of them.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) parameter: String,
    pub(crate) required: Vec<String>,
    pub(crate) optional: Vec<String>,
    /// The property with the cursor of the next page.
    pub(crate) cursor: Option<String>,
}

impl Fixups {
    /// Reads fixups, in JSON or YAML.
    ///
    /// # Errors
    ///
    /// The text is neither JSON nor YAML, or a fixup or a shape lacks a field. The error has the line.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let (text, root) = Text::parse(name, text)?;
        root.check_keys(&["fixups", "shapes", "examples"]).map_err(|error| text.error("", error))?;
        let repairs =
            root.list("fixups").iter().enumerate().map(|(index, fixup)| {
                Fixup::read(fixup).map_err(|error| text.error(&format!("/fixups/{index}"), error))
            });
        let repairs = repairs.collect::<Result<_, _>>()?;
        let shapes =
            root.list("shapes").iter().enumerate().map(|(index, shape)| {
                Shape::read(shape).map_err(|error| text.error(&format!("/shapes/{index}"), error))
            });
        let shapes = shapes.collect::<Result<_, _>>()?;
        let examples = root.list("examples").iter().enumerate().map(|(index, example)| {
            Example::read(example).map_err(|error| text.error(&format!("/examples/{index}"), error))
        });
        let examples = examples.collect::<Result<_, _>>()?;
        Ok(Self { repairs, shapes, examples, text, any_count: false })
    }

    pub(crate) fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// The same fixups, which may apply to any number of places.
    pub(crate) fn for_any_document(mut self) -> Self {
        self.any_count = true;
        self
    }

    pub(crate) fn apply(&self, document: &mut Document) -> Result<(), Error> {
        for (index, fixup) in self.repairs.iter().enumerate() {
            let mut found = 0;
            fixup.visit(document.root_mut(), &fixup.at, &mut found);
            if found != fixup.count && !self.any_count {
                let message = format!(
                    "the fixup \"{}\" applies to {found} places and not to {}: read the document again, then change or \
                     remove the fixup",
                    fixup.reason, fixup.count
                );
                return Err(self.text.error(&format!("/fixups/{index}"), message));
            }
        }
        for (index, example) in self.examples.iter().enumerate() {
            if !example.apply(document.root_mut()) && !self.any_count {
                let message = format!("no operation has the id `{}`: change or remove the example", example.operation);
                return Err(self.text.error(&format!("/examples/{index}"), message));
            }
        }
        Ok(())
    }
}

impl Example {
    fn read(node: &Node) -> Result<Self, String> {
        node.check_keys(&["operation", "code"])?;
        let required = |name: &str| node.get(name).cloned().ok_or_else(|| format!("`{name}` is missing"));
        let operation = required("operation")?.to_text().ok_or("`operation` is no text")?;
        Ok(Self { operation, code: required("code")? })
    }

    /// Adds the example to its operation. Returns whether there is one.
    fn apply(&self, root: &mut Node) -> bool {
        let Node::Map(root) = root else { return false };
        let Some(Node::Map(paths)) = root.get_mut("paths") else { return false };
        for path in paths.values_mut() {
            let Node::Map(operations) = path else { continue };
            for operation in operations.values_mut() {
                if operation.text("operationId") == Some(&self.operation)
                    && let Node::Map(operation) = operation
                {
                    operation.insert(EXAMPLE.to_owned(), self.code.clone());
                    return true;
                }
            }
        }
        false
    }
}

impl Fixup {
    fn read(node: &Node) -> Result<Self, String> {
        node.check_keys(&["reason", "at", "where", "set", "remove", "count"])?;
        let required = |name: &str| node.text(name).map(str::to_owned).ok_or_else(|| format!("`{name}` is missing"));
        let pairs = |name: &str| node.entries(name).map(|(key, value)| (key.to_owned(), value.clone())).collect();
        let count = match node.get("count") {
            Some(Node::Int(count)) => usize::try_from(*count).map_err(|error| error.to_string())?,
            _ => return Err("`count` is missing".to_owned()),
        };
        Ok(Self {
            reason: required("reason")?,
            at: required("at")?.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect(),
            conditions: pairs("where"),
            set: pairs("set"),
            remove: node.list("remove").iter().filter_map(Node::to_text).collect(),
            count,
        })
    }

    fn visit(&self, node: &mut Node, steps: &[String], found: &mut usize) {
        let [step, rest @ ..] = steps else {
            if self.conditions.iter().all(|(at, expected)| matches(node.at(&format!("/{at}")), expected)) {
                *found += 1;
                self.change(node);
            }
            return;
        };
        match node {
            Node::Map(map) => {
                for (name, value) in map {
                    if step == "*" || step == name {
                        self.visit(value, rest, found);
                    }
                }
            }
            Node::List(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    if step == "*" || *step == index.to_string() {
                        self.visit(item, rest, found);
                    }
                }
            }
            _ => {}
        }
    }

    fn change(&self, node: &mut Node) {
        let Node::Map(map) = node else { return };
        for name in &self.remove {
            map.shift_remove(name);
        }
        for (name, value) in &self.set {
            map.insert(name.clone(), value.clone());
        }
    }
}

fn matches(found: Option<&Node>, expected: &Node) -> bool {
    match expected {
        Node::Null => found.is_none(),
        Node::List(any) => any.iter().any(|expected| matches(found, expected)),
        expected => found == Some(expected),
    }
}

impl Shape {
    fn read(node: &Node) -> Result<Self, String> {
        node.check_keys(&["name", "docs", "parameter", "cursor", "required", "optional"])?;
        let required = |name: &str| node.text(name).map(str::to_owned).ok_or_else(|| format!("`{name}` is missing"));
        let names = |name: &str| node.list(name).iter().filter_map(Node::to_text).collect();
        Ok(Self {
            name: required("name")?,
            docs: required("docs")?,
            parameter: required("parameter")?,
            required: names("required"),
            optional: names("optional"),
            cursor: node.text("cursor").map(str::to_owned),
        })
    }
}
