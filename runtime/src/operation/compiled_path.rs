//! The path template, split at its placeholders once for all requests.

use super::{Location, Parameter};

/// A path template. Each part has one placeholder.
pub(crate) struct CompiledPath {
    parts: Box<[PathPart]>,
    tail: &'static str,
}

/// A placeholder and the text around it.
pub(crate) struct PathPart {
    pub(crate) before: &'static str,
    /// Where in `before` the segment of the placeholder starts. `None` if the segment starts in an earlier part.
    pub(crate) segment: Option<usize>,
    /// The index of the parameter.
    pub(crate) parameter: usize,
    /// The text after the placeholder in the same segment.
    pub(crate) after: &'static str,
    /// Whether the segment ends after this part.
    pub(crate) ends_segment: bool,
}

impl CompiledPath {
    pub(super) fn new(template: &'static str, parameters: &[Parameter]) -> Self {
        let index_of = |name: &str| {
            parameters.iter().position(|parameter| parameter.location == Location::Path && parameter.name == name)
        };
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some((before, (name, after))) = split_placeholder(rest) {
            let Some(parameter) = index_of(name) else { break };
            let (after, tail) = after.split_at(after.find(['{', '/']).unwrap_or(after.len()));
            let segment = before.rfind('/').map(|slash| slash + 1);
            parts.push(PathPart { before, segment, parameter, after, ends_segment: !tail.starts_with('{') });
            rest = tail;
        }
        Self { parts: parts.into(), tail: rest }
    }

    pub(crate) fn parts(&self) -> &[PathPart] {
        &self.parts
    }

    /// The text after the last part.
    pub(crate) fn tail(&self) -> &'static str {
        self.tail
    }
}

/// The text before the first placeholder, its name, and the text after it.
fn split_placeholder(template: &str) -> Option<(&str, (&str, &str))> {
    let (before, rest) = template.split_once('{')?;
    Some((before, rest.split_once('}')?))
}

#[cfg(test)]
mod tests {
    use crate::operation::descriptor::metadata;

    #[test]
    fn a_path_is_split_at_its_placeholders() {
        let descriptor = "id GET /a/{x}.{y}-z/b/{x2}/c ignored\nx path x\nq query q\ny path y\nx2 path x2\nh header h";
        let path = metadata(descriptor, &[]).compiled_path();
        let parts: Vec<_> = path
            .parts()
            .iter()
            .map(|part| (part.before, part.segment, part.parameter, part.after, part.ends_segment))
            .collect();
        assert_eq!(parts, [("/a/", Some(3), 0, ".", false), ("", None, 2, "-z", true), ("/b/", Some(3), 3, "", true)]);
        assert_eq!(path.tail(), "/c");
    }
}
