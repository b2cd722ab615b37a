//! The order of work of an operation's requests.

use super::{Location, Parameter};

/// Which parameters go where, by their indexes: worked out once, so that a request takes each of them in hand once and does
/// not read the template.
pub(crate) struct Plan {
    pub(crate) path: Box<[Piece]>,
    /// The path after the last piece.
    pub(crate) tail: &'static str,
    pub(crate) query: Box<[usize]>,
    pub(crate) headers: Box<[usize]>,
}

/// A placeholder of the path and the texts around it.
pub(crate) struct Piece {
    pub(crate) before: &'static str,
    /// Where in that text the placeholder's segment begins, unless it holds a placeholder already.
    pub(crate) segment: Option<usize>,
    pub(crate) parameter: usize,
    /// What follows within the segment.
    pub(crate) after: &'static str,
    /// Whether the segment ends there, and is whole.
    pub(crate) ends: bool,
}

impl Plan {
    pub(super) fn of(path: &'static str, parameters: &[Parameter]) -> Self {
        let all = |location| (0..).zip(parameters).filter(move |(_, parameter)| parameter.location == location);
        let indexes = |location| all(location).map(|(index, _)| index).collect();
        let mut pieces = Vec::new();
        let mut rest = path;
        while let Some((before, (name, after))) = placeholder(rest) {
            let Some((parameter, _)) = all(Location::Path).find(|(_, parameter)| parameter.name == name) else { break };
            let (after, tail) = after.split_at(after.find(['{', '/']).unwrap_or(after.len()));
            let segment = before.rfind('/').map(|slash| slash + 1);
            pieces.push(Piece { before, segment, parameter, after, ends: !tail.starts_with('{') });
            rest = tail;
        }
        Self { path: pieces.into(), tail: rest, query: indexes(Location::Query), headers: indexes(Location::Header) }
    }
}

/// Text before the first placeholder, its name, and what follows it.
fn placeholder(template: &str) -> Option<(&str, (&str, &str))> {
    let (before, rest) = template.split_once('{')?;
    Some((before, rest.split_once('}')?))
}

#[cfg(test)]
mod tests {
    use crate::operation::declared::metadata;

    #[test]
    fn a_path_is_cut_at_its_placeholders() {
        let declared = "id GET /a/{x}.{y}-z/b/{x2}/c ignored\nx path x\nq query q\ny path y\nx2 path x2\nh header h";
        let plan = metadata(declared).plan();
        let pieces: Vec<_> = plan
            .path
            .iter()
            .map(|piece| (piece.before, piece.segment, piece.parameter, piece.after, piece.ends))
            .collect();
        assert_eq!(pieces, [("/a/", Some(3), 0, ".", false), ("", None, 2, "-z", true), ("/b/", Some(3), 3, "", true)]);
        assert_eq!((plan.tail, &plan.query[..], &plan.headers[..]), ("/c", &[1][..], &[4][..]));
    }
}
