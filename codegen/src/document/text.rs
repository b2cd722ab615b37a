//! The text of a file, and the lines of its values.

use super::{Node, escape};
use crate::{Error, error::Place};
use saphyr_parser::{Event, Parser};
use std::collections::{HashMap, HashSet};

/// The text of a file in JSON or YAML, with the name of the file for messages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    name: String,
    text: String,
}

impl Text {
    /// Keeps the text and parses it.
    pub(crate) fn parse(name: &str, text: &str) -> Result<(Self, Node), Error> {
        let this = Self { name: name.to_owned(), text: text.to_owned() };
        match Node::parse(text) {
            Ok(node) => Ok((this, node)),
            Err((line, message)) => Err(Error::at(Place { file: this.name, line, pointer: String::new() }, message)),
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn error(&self, pointer: &str, message: impl Into<String>) -> Error {
        let line = self.lines([pointer]).remove(pointer);
        Error::at(Place { file: self.name.clone(), line, pointer: pointer.to_owned() }, message)
    }

    /// The lines of values, by their pointers. A value that is not in the text, because a fixup added it, has the line of the
    /// nearest value around it.
    pub(crate) fn lines<'a>(&self, pointers: impl IntoIterator<Item = &'a str>) -> HashMap<String, usize> {
        let pointers: HashSet<&str> = pointers.into_iter().collect();
        let mut wanted = HashSet::new();
        for pointer in &pointers {
            wanted.extend(around(pointer).map(str::to_owned));
        }
        if wanted.is_empty() {
            return HashMap::new();
        }
        let found = find(&self.text, &wanted);
        let line = |pointer: &str| around(pointer).find_map(|at| found.get(at).copied());
        pointers.into_iter().filter_map(|pointer| Some((pointer.to_owned(), line(pointer)?))).collect()
    }
}

/// A pointer, and the pointers of the values around it, from the inside to the outside. The whole text is not among them.
fn around(pointer: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(pointer), |at| at.rsplit_once('/').map(|(parent, _)| parent)).filter(|at| !at.is_empty())
}

enum Level {
    List(usize),
    /// The key whose value comes next, with its line.
    Map(Option<(String, usize)>),
}

/// The line of each wanted pointer. JSON is YAML here. A text with an error has lines up to the error.
fn find(text: &str, wanted: &HashSet<String>) -> HashMap<String, usize> {
    let mut found = HashMap::new();
    let mut pointer = String::new();
    let mut levels: Vec<(Level, usize)> = Vec::new();
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { break };
        let line = span.start.line();
        match &event {
            Event::SequenceEnd | Event::MappingEnd => {
                levels.pop();
                if let Some((_, length)) = levels.last() {
                    pointer.truncate(*length);
                }
                continue;
            }
            Event::Scalar(..) | Event::Alias(_) | Event::SequenceStart(..) | Event::MappingStart(..) => {}
            _ => continue,
        }
        let length = pointer.len();
        match levels.last_mut().map(|(level, _)| level) {
            None => {}
            Some(Level::List(index)) => {
                pointer.push('/');
                pointer.push_str(&index.to_string());
                *index += 1;
                record(&mut found, wanted, &pointer, line);
            }
            Some(Level::Map(key @ None)) if let Event::Scalar(text, ..) = &event => {
                *key = Some((text.to_string(), line));
                continue;
            }
            Some(Level::Map(key)) => {
                if let Some((name, line)) = key.take() {
                    pointer.push('/');
                    pointer.push_str(&escape(&name));
                    record(&mut found, wanted, &pointer, line);
                }
            }
        }
        match event {
            Event::SequenceStart(..) => levels.push((Level::List(0), pointer.len())),
            Event::MappingStart(..) => levels.push((Level::Map(None), pointer.len())),
            _ => pointer.truncate(length),
        }
    }
    found
}

fn record(found: &mut HashMap<String, usize>, wanted: &HashSet<String>, pointer: &str, line: usize) {
    if wanted.contains(pointer) {
        found.insert(pointer.to_owned(), line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_their_lines() {
        let json = "{\n  \"a\": {\n    \"b/c\": [1,\n      {\"d\": 2}]\n  },\n  \"e\": 3\n}";
        let yaml = "a:\n  b/c:\n  - 1\n  - {d: 2}\ne: 3\n";
        for (text, expected) in [(json, [2, 3, 3, 4, 4, 6]), (yaml, [1, 2, 3, 4, 4, 5])] {
            let text = Text { name: "file".to_owned(), text: text.to_owned() };
            let pointers = ["/a", "/a/b~1c", "/a/b~1c/0", "/a/b~1c/1", "/a/b~1c/1/d", "/e"];
            let lines = text.lines(pointers);
            assert_eq!(pointers.map(|pointer| lines[pointer]), expected);
            // A value that is not in the text has the line of the value around it.
            let added = "/a/b~1c/1/x/y";
            assert_eq!(text.lines([added])[added], expected[4]);
        }
    }
}
