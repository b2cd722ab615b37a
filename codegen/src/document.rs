//! The document as a tree.

mod files;
mod node;
mod text;

pub(crate) use node::{Node, escape};
pub(crate) use text::Text;

use crate::{Error, error::Place};
use files::Copied;
use node::percent_decode;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

/// An OpenAPI document, version 3.0 or 3.1.
#[derive(Debug, Clone)]
pub struct Document {
    root: Node,
    text: Text,
    /// The other files.
    files: Vec<Text>,
    /// The components whose values are from other files.
    copies: Vec<Copied>,
    /// Why references to other files were not followed, by their text.
    lost: HashMap<String, String>,
    digest: String,
}

impl Document {
    /// Reads a document. A text that starts with `{` is JSON, and any other text is YAML. Messages name the file by `name`.
    ///
    /// # Errors
    ///
    /// The text is neither JSON nor YAML. The error has the name, the line and the column.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let (text, root) = Text::parse(name, text)?;
        let digest = digest(&text, &[]);
        Ok(Self { root, text, files: Vec::new(), copies: Vec::new(), lost: HashMap::new(), digest })
    }

    /// Reads a document that may be spread over several files.
    ///
    /// References to other files (`$ref: schemas/User.yaml`) are followed, relative to the file with the reference. What they lead to
    /// becomes a component of the document: `User`, as if it were in `components`. A file that cannot be read is a
    /// [warning](crate::Warning) where it is needed. Nothing is downloaded.
    ///
    /// # Errors
    ///
    /// The file of the document cannot be read, or is neither JSON nor YAML. The error has the file, the line and the column.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let text = fs::read_to_string(path).map_err(|error| Error::io(path, &error))?;
        Self::parse(&path.display().to_string(), &text).map(|document| document.join(path))
    }

    /// Reads the other files to which the document at the path refers.
    pub(crate) fn join(self, path: &Path) -> Self {
        let files::Joined { root, files, copies, lost } = files::join(path, self.root);
        let digest = digest(&self.text, &files);
        Self { root, files, copies, lost, digest, ..self }
    }

    /// The files that were read, with the document first.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        std::iter::once(&self.text).chain(&self.files).map(|text| text.name().into()).collect()
    }

    /// The SHA-256 digest of the text, and of the texts of the other files after it, as `sha256:` and 64 hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    pub(crate) fn text(&self) -> &Text {
        &self.text
    }

    pub(crate) fn root(&self) -> &Node {
        &self.root
    }

    pub(crate) fn root_mut(&mut self) -> &mut Node {
        &mut self.root
    }

    /// The places in the files of values of the document.
    pub(crate) fn places<'a>(&self, pointers: impl IntoIterator<Item = &'a str>) -> HashMap<&'a str, Place> {
        let mut by_file: HashMap<Option<usize>, Vec<(&str, String)>> = HashMap::new();
        for pointer in pointers {
            let (file, own) = self.origin(pointer);
            by_file.entry(file).or_default().push((pointer, own));
        }
        let mut places = HashMap::new();
        for (file, pointers) in by_file {
            let text = file.and_then(|file| self.files.get(file)).unwrap_or(&self.text);
            let lines = text.lines(pointers.iter().map(|(_, own)| &**own));
            places.extend(pointers.into_iter().map(|(pointer, own)| {
                (pointer, Place { file: text.name().to_owned(), line: lines.get(&own).copied(), pointer: own })
            }));
        }
        places
    }

    /// The file that has a value, and the pointer in it.
    fn origin(&self, pointer: &str) -> (Option<usize>, String) {
        let inner = |copy: &Copied| {
            let rest = pointer.strip_prefix(&copy.component)?;
            (rest.is_empty() || rest.starts_with('/')).then(|| (Some(copy.file), format!("{}{rest}", copy.pointer)))
        };
        self.copies.iter().find_map(inner).unwrap_or_else(|| (None, pointer.to_owned()))
    }

    /// Follows `$ref` to the end. The pointer is the place of the result. `None` if a reference leads nowhere, to another
    /// document or to itself.
    pub(crate) fn follow<'a>(&'a self, node: &'a Node, pointer: &str) -> Option<(&'a Node, String)> {
        self.walk(node, pointer).ok()
    }

    /// Why a reference cannot be followed.
    pub(crate) fn lost(&self, node: &Node) -> String {
        self.walk(node, "").err().unwrap_or_default()
    }

    fn walk<'a>(&'a self, mut node: &'a Node, pointer: &str) -> Result<(&'a Node, String), String> {
        let mut pointer = pointer.to_owned();
        for _ in 0..1000 {
            let Some(reference) = node.text("$ref") else { return Ok((node, pointer)) };
            let Some(fragment) = reference.strip_prefix('#') else {
                let not_read = || format!("the reference `{reference}` leads to another document, which is not read");
                return Err(self.lost.get(reference).cloned().unwrap_or_else(not_read));
            };
            pointer = percent_decode(fragment);
            node = self.root.at(&pointer).ok_or_else(|| format!("the reference `{reference}` leads nowhere"))?;
        }
        Err(format!("the reference `{}` leads to itself", node.text("$ref").unwrap_or_default()))
    }
}

fn digest(text: &Text, others: &[Text]) -> String {
    let mut hash = Sha256::new();
    std::iter::once(text).chain(others).for_each(|text| hash.update(text.as_str()));
    let mut digest = "sha256:".to_owned();
    // Writing into a string does not fail.
    hash.finalize().iter().for_each(|byte| _ = write!(digest, "{byte:02x}"));
    digest
}
