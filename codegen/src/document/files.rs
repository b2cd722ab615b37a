//! The other files to which a document refers.
//!
//! Each value that a reference to another file leads to becomes a component of the document, so that the model sees one document. A
//! component that is only such a reference is replaced by the value. Any other value gets a component with the last step of its
//! pointer as its name, or the name of its file.

use super::{
    Node, Text,
    node::{escape, fragment, percent_decode, unescape},
};
use indexmap::IndexMap;
use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    fs,
    path::{Path, PathBuf},
};

/// A document that was joined with the files to which it refers.
pub(super) struct Joined {
    pub(super) root: Node,
    /// The other files.
    pub(super) files: Vec<Text>,
    pub(super) copies: Vec<Copied>,
    /// Why references were not followed, by their text.
    pub(super) lost: HashMap<String, String>,
}

/// A value of another file that is a component of the document.
#[derive(Debug, Clone)]
pub(super) struct Copied {
    /// The pointer of the component.
    pub(super) component: String,
    /// The index of the file.
    pub(super) file: usize,
    /// The pointer of the value in its file.
    pub(super) pointer: String,
}

/// What a value is, which decides what its keys mean, and what happens to a reference in its place.
#[derive(Clone, Copy)]
enum Kind {
    /// An object for which OpenAPI allows references. What one leads to becomes a component of this section.
    Component(&'static str),
    /// A list of such objects, or a map of names to them.
    Components(&'static str),
    /// An object for which OpenAPI allows no reference, such as an operation.
    Object,
    /// A list of such objects, or a map of names to them.
    Objects,
    /// A value without references, such as an example.
    Data,
}

impl Kind {
    fn of_item(self) -> Self {
        match self {
            Self::Components(section) => Self::Component(section),
            Self::Objects => Self::Object,
            this => this,
        }
    }

    fn of_key(self, key: &str) -> Self {
        match (self, key) {
            (Self::Components(_) | Self::Objects, _) => self.of_item(),
            (Self::Component("callbacks"), _) => Self::Component("pathItems"),
            (Self::Data, _) | (_, "example" | "examples" | "default" | "enum" | "const") => Self::Data,
            (
                _,
                "schemas" | "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions" | "allOf"
                | "oneOf" | "anyOf" | "prefixItems",
            ) => Self::Components("schemas"),
            (Self::Component("schemas"), _) | (_, "schema") => Self::Component("schemas"),
            (_, "requestBody") => Self::Component("requestBodies"),
            (_, "parameters") => Self::Components("parameters"),
            (_, "responses") => Self::Components("responses"),
            (_, "requestBodies") => Self::Components("requestBodies"),
            (_, "headers") => Self::Components("headers"),
            (_, "securitySchemes") => Self::Components("securitySchemes"),
            (_, "callbacks") => Self::Components("callbacks"),
            (_, "links") => Self::Components("links"),
            (_, "paths" | "webhooks" | "pathItems") => Self::Components("pathItems"),
            (_, "content" | "encoding") => Self::Objects,
            _ => Self::Object,
        }
    }
}

/// Reads the files to which a document refers, and those to which they refer. The path is that of the document.
pub(super) fn join(path: &Path, mut root: Node) -> Joined {
    let mut joiner = Joiner::new(path, &root);
    joiner.name(&mut root);
    joiner.redirect(&mut root, None, Kind::Object);
    let mut done = 0;
    while let Some((copy, section)) = joiner.copies.get(done).cloned() {
        done += 1;
        let value = joiner.files[copy.file].tree.at(&copy.pointer).cloned();
        if let Some(mut value) = value {
            joiner.redirect(&mut value, Some(copy.file), Kind::Component(section));
            root.insert_at(&copy.component, value);
        }
    }
    Joined {
        root,
        files: joiner.files.into_iter().map(|file| file.text).collect(),
        copies: joiner.copies.into_iter().map(|(copy, _)| copy).collect(),
        lost: joiner.lost,
    }
}

struct File {
    path: PathBuf,
    text: Text,
    tree: Node,
}

struct Joiner {
    document: PathBuf,
    files: Vec<File>,
    /// The index of each file, by its path without links. `None` is the document itself.
    by_path: HashMap<PathBuf, Option<usize>>,
    /// The pointers of all components.
    taken: HashSet<String>,
    /// The pointers of the components that are copies, by the places of their values.
    components: HashMap<(usize, String), String>,
    /// The copies, each with the section of its component.
    copies: Vec<(Copied, &'static str)>,
    /// The values that are taking the places of references. One of them may contain itself.
    open: Vec<(usize, String)>,
    lost: HashMap<String, String>,
}

impl Joiner {
    fn new(document: &Path, root: &Node) -> Self {
        let sections = root.entries("components");
        let taken = sections.flat_map(|(section, components)| {
            components.pairs().map(move |(name, _)| component_pointer(section, name))
        });
        Self {
            document: document.to_owned(),
            files: Vec::new(),
            by_path: fs::canonicalize(document).into_iter().map(|path| (path, None)).collect(),
            taken: taken.collect(),
            components: HashMap::new(),
            copies: Vec::new(),
            open: Vec::new(),
            lost: HashMap::new(),
        }
    }

    /// Makes copies of the components that are in other files. They come first, so that each value has the name that the document
    /// gives it.
    fn name(&mut self, root: &mut Node) {
        let Some(sections) = root.get_mut("components") else { return };
        for (section, components) in sections.pairs_mut() {
            let Kind::Components(kind) = Kind::Object.of_key(section) else { continue };
            let whole = components.as_reference().and_then(|reference| self.find(None, reference));
            let Some((Some(file), pointer)) = whole else {
                for (name, component) in components.pairs_mut() {
                    let target = component.as_reference().and_then(|reference| self.find(None, reference));
                    if let Some((Some(file), pointer)) = target {
                        *component = self.copy(component_pointer(section, name), file, pointer, kind);
                    }
                }
                continue;
            };
            let entries = self.files[file].tree.at(&pointer).into_iter().flat_map(Node::pairs);
            let entries: Vec<_> =
                entries.map(|(name, entry)| (name.to_owned(), entry.as_reference().map(str::to_owned))).collect();
            let mut copies = IndexMap::new();
            for (name, reference) in entries {
                let (file, pointer) = match reference.and_then(|reference| self.find(Some(file), &reference)) {
                    Some((Some(file), pointer)) => (file, pointer),
                    _ => (file, format!("{pointer}/{}", escape(&name))),
                };
                let copy = self.copy(component_pointer(section, &name), file, pointer, kind);
                copies.insert(name, copy);
            }
            *components = Node::Map(copies);
        }
    }

    /// Makes a component a copy, which gets its value later. If the value has a component, this is a reference to it.
    fn copy(&mut self, component: String, file: usize, pointer: String, section: &'static str) -> Node {
        self.taken.insert(component.clone());
        match self.components.entry((file, pointer.clone())) {
            Entry::Occupied(known) => Node::reference(known.get()),
            Entry::Vacant(entry) => {
                entry.insert(component.clone());
                self.copies.push((Copied { component, file, pointer }, section));
                Node::Null
            }
        }
    }

    /// Makes each reference to another file one to a component. Where there can be no reference, the value takes its place.
    fn redirect(&mut self, node: &mut Node, file: Option<usize>, kind: Kind) {
        if let Kind::Components(_) | Kind::Object | Kind::Objects = kind
            && let Some((Some(file), pointer)) = node.as_reference().and_then(|reference| self.find(file, reference))
            && !self.open.contains(&(file, pointer.clone()))
            && let Some(mut value) = self.files[file].tree.at(&pointer).cloned()
        {
            self.open.push((file, pointer));
            self.redirect(&mut value, Some(file), kind);
            self.open.pop();
            *node = value;
            return;
        }
        match (node, kind) {
            (_, Kind::Data) => {}
            (Node::List(items), _) => items.iter_mut().for_each(|item| self.redirect(item, file, kind.of_item())),
            (Node::Map(map), _) => {
                for (key, value) in map {
                    match (value, kind) {
                        (Node::Text(reference), Kind::Component(section)) if key == "$ref" => {
                            self.redirect_text(reference, file, section);
                        }
                        // A value of `mapping` is a reference or the name of a component.
                        (Node::Map(discriminator), Kind::Component(section)) if key == "discriminator" => {
                            for (_, target) in discriminator.get_mut("mapping").into_iter().flat_map(Node::pairs_mut) {
                                match target {
                                    Node::Text(target) if target.contains(['.', '/', '#']) => {
                                        self.redirect_text(target, file, section);
                                    }
                                    _ => {}
                                }
                            }
                        }
                        (value, kind) => self.redirect(value, file, kind.of_key(key)),
                    }
                }
            }
            _ => {}
        }
    }

    fn redirect_text(&mut self, reference: &mut String, file: Option<usize>, section: &'static str) {
        let pointer = match self.find(file, reference) {
            None => return,
            Some((None, pointer)) => pointer,
            Some((Some(file), pointer)) => self.component(file, pointer, section),
        };
        *reference = fragment(&pointer);
    }

    /// The component for a value of another file.
    fn component(&mut self, file: usize, pointer: String, section: &'static str) -> String {
        if let Some(component) = self.components.get(&(file, pointer.clone())) {
            return component.clone();
        }
        let last = pointer.rsplit_once('/').map(|(_, last)| unescape(last));
        let stem = || self.files[file].path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let name = last.or_else(stem).unwrap_or_default();
        let names = std::iter::once(name.clone()).chain((2..).map(|number| format!("{name}{number}")));
        let mut pointers = names.map(|name| component_pointer(section, &name));
        let component = pointers.find(|pointer| !self.taken.contains(pointer)).unwrap_or_default();
        self.copy(component.clone(), file, pointer, section);
        component
    }

    /// The file and the pointer to which a reference leads. `None` if the reference stays as it is: it leads to a place in the document, or
    /// nowhere.
    fn find(&mut self, from: Option<usize>, reference: &str) -> Option<(Option<usize>, String)> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let pointer = percent_decode(fragment);
        let (file, is_own) = match (path, from) {
            ("", None) => return None,
            ("", Some(from)) => (Some(from), true),
            // Nothing is downloaded.
            _ if path.contains("://") => return None,
            _ => match self.read(from, &percent_decode(path)) {
                Ok(file) => (file, false),
                Err(reason) => {
                    self.lost.insert(
                        reference.to_owned(),
                        format!("the reference `{reference}` leads to a file that cannot be read: {reason}"),
                    );
                    return None;
                }
            },
        };
        match file {
            Some(index) if self.files[index].tree.at(&pointer).is_none() => {
                // Some tools write the parts of a document as files, and keep the pointers of the document in them.
                if !is_own {
                    self.lost.insert(reference.to_owned(), format!("the reference `{reference}` leads nowhere"));
                }
                None
            }
            file => Some((file, pointer)),
        }
    }

    /// The file at a path that is relative to the file with the reference.
    fn read(&mut self, from: Option<usize>, path: &str) -> Result<Option<usize>, String> {
        let from = from.map_or(&*self.document, |from| &self.files[from].path);
        let path = from.parent().unwrap_or(Path::new("")).join(path);
        let unique = fs::canonicalize(&path).map_err(|error| error.to_string())?;
        if let Some(known) = self.by_path.get(&unique) {
            return Ok(*known);
        }
        let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let (text, tree) = Text::parse(&path.display().to_string(), &text).map_err(|error| error.to_string())?;
        let index = self.files.len();
        self.files.push(File { path, text, tree });
        self.by_path.insert(unique, Some(index));
        Ok(Some(index))
    }
}

fn component_pointer(section: &str, name: &str) -> String {
    format!("/components/{}/{}", escape(section), escape(name))
}
