//! The document as a tree.

mod node;
mod text;

pub(crate) use node::{Node, escape};
pub(crate) use text::Text;

use crate::Error;
use node::percent_decode;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// An OpenAPI document, version 3.0 or 3.1.
#[derive(Debug, Clone)]
pub struct Document {
    root: Node,
    text: Text,
    digest: String,
}

impl Document {
    /// Reads a document. A text that starts with `{` is JSON, and any other text is YAML. Messages name the file by `name`.
    ///
    /// # Errors
    ///
    /// The text is neither JSON nor YAML. The error has the name, the line and the column.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let mut digest = "sha256:".to_owned();
        // Writing into a string does not fail.
        Sha256::digest(text).iter().for_each(|byte| _ = write!(digest, "{byte:02x}"));
        let (text, root) = Text::parse(name, text)?;
        Ok(Self { root, text, digest })
    }

    /// The SHA-256 digest of the text, as `sha256:` and 64 hexadecimal digits.
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
                return Err(format!("the reference `{reference}` leads to another document, which is not read"));
            };
            pointer = percent_decode(fragment);
            node = self.root.at(&pointer).ok_or_else(|| format!("the reference `{reference}` leads nowhere"))?;
        }
        Err(format!("the reference `{}` leads to itself", node.text("$ref").unwrap_or_default()))
    }
}
