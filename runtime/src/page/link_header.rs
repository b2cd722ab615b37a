//! The `Link` header (RFC 8288, section 3).

use http::{HeaderMap, header::LINK};

/// A link: its target, and those of its parameters that matter here.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct LinkValue {
    pub(super) target: Vec<u8>,
    rel: Option<Vec<u8>>,
    pub(super) anchor: Option<Vec<u8>>,
}

impl LinkValue {
    /// Whether the link has this relation, in any case (RFC 8288, section 2.1.1).
    pub(super) fn has_relation(&self, relation: &str) -> bool {
        let relations = self.rel.as_deref().unwrap_or_default().split(u8::is_ascii_whitespace);
        relations.into_iter().any(|other| other.eq_ignore_ascii_case(relation.as_bytes()))
    }
}

/// The links of all `Link` headers, in their order. `None` if a header is malformed.
pub(super) fn links(headers: &HeaderMap) -> Option<Vec<LinkValue>> {
    let mut links = Vec::new();
    for value in headers.get_all(LINK) {
        let mut input = Input(value.as_bytes());
        // A list may have empty elements (RFC 9110, section 5.6.1).
        while !input.skip_all(b" \t,").is_empty() {
            links.push(link(&mut input)?);
        }
    }
    Some(links)
}

/// `<target>; name=value; name="value"`, up to a comma or the end.
fn link(input: &mut Input<'_>) -> Option<LinkValue> {
    let mut link = LinkValue::default();
    input.take(b'<').then_some(())?;
    link.target = input.take_until(b">").to_vec();
    input.take(b'>').then_some(())?;
    while !matches!(input.skip_all(b" \t").first(), None | Some(b',')) {
        input.take(b';').then_some(())?;
        input.skip_all(b" \t");
        let name = input.take_until(b" \t=;,");
        input.skip_all(b" \t");
        let value = if input.take(b'=') { parameter_value(input)? } else { Vec::new() };
        // The first `rel` counts (RFC 8288, section 3.3).
        if name.eq_ignore_ascii_case(b"rel") {
            link.rel.get_or_insert(value);
        } else if name.eq_ignore_ascii_case(b"anchor") {
            link.anchor.get_or_insert(value);
        }
    }
    Some(link)
}

/// A token or a quoted string (RFC 9110, section 5.6.4).
fn parameter_value(input: &mut Input<'_>) -> Option<Vec<u8>> {
    if !matches!(input.skip_all(b" \t"), [b'"', ..]) {
        return Some(input.take_until(b";,").trim_ascii_end().to_vec());
    }
    input.take(b'"');
    let mut value = Vec::new();
    loop {
        value.extend_from_slice(input.take_until(b"\"\\"));
        if input.take(b'"') {
            return Some(value);
        }
        // An escaped character, or the end, which must not come before the closing quote.
        input.take(b'\\').then_some(())?;
        let (escaped, rest) = input.0.split_first()?;
        value.push(*escaped);
        input.0 = rest;
    }
}

/// The bytes that are not read yet.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, byte: u8) -> bool {
        let rest = self.0.strip_prefix(&[byte]);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// The bytes before the next one of these, or before the end.
    fn take_until(&mut self, ends: &[u8]) -> &'a [u8] {
        let at = self.0.iter().position(|byte| ends.contains(byte)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(at);
        self.0 = rest;
        taken
    }

    /// Skips all of these bytes, and returns the rest.
    fn skip_all(&mut self, skipped: &[u8]) -> &'a [u8] {
        let at = self.0.iter().position(|byte| !skipped.contains(byte)).unwrap_or(self.0.len());
        self.0 = &self.0[at..];
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    /// The targets of the links with the relation `next`.
    fn next(values: &[&str]) -> Option<Vec<String>> {
        let values = values.iter().map(|value| (LINK, HeaderValue::from_bytes(value.as_bytes()).unwrap()));
        let headers: HeaderMap = values.collect();
        let next = links(&headers)?.into_iter().filter(|link| link.has_relation("next"));
        Some(next.map(|link| String::from_utf8(link.target).unwrap()).collect())
    }

    #[test]
    fn links_are_found_by_their_relation() {
        let cases: &[(&[&str], &[&str])] = &[
            (&[], &[]),
            (&["", " , ,"], &[]),
            (&["<a>; rel=\"next\""], &["a"]),
            (&["<a>;rel=next"], &["a"]),
            (&["<a> ; REL = Next ; title=x"], &["a"]),
            (&["<p>; rel=\"prev\", <a>; rel=\"next\", <z>; rel=\"last\""], &["a"]),
            (&["<p>; rel=prev", "<a>; rel=next"], &["a"]),
            (&["<a>; rel=\"last\tnext  self\""], &["a"]),
            (&["<a>; rel=\"nextish\", <b>; rel=next-archive, <c>"], &[]),
            // The first `rel` counts, and `rev` is another parameter.
            (&["<a>; rel=prev; rel=next, <b>; rev=next"], &[]),
            // Delimiters in a target and in quotes.
            (&["<a,b;c=\"d>; rel=next"], &["a,b;c=\"d"]),
            (&["<x>; title=\"; rel=next, <y>; \\\"\\\\\"; rel=prev, <a>; rel=next"], &["a"]),
            (&["<x>; title=\"rel=next\""], &[]),
            (&["<a>; rel=ne\\xt, <b>; rel=\"ne\\xt\""], &["b"]),
            (&["<a>;;; rel=next;"], &["a"]),
            (&["<a>; flag; rel=next"], &["a"]),
            (&["<>; rel=next"], &[""]),
            (&["<a>; title*=UTF-8''%e2%82%ac; rel=next"], &["a"]),
            (&["<a>; title=\"é\"; rel=next"], &["a"]),
            (&["<a>; rel=next,"], &["a"]),
        ];
        for (values, targets) in cases {
            assert_eq!(next(values).unwrap(), *targets, "{values:?}");
        }
    }

    #[test]
    fn a_malformed_header_is_not_one_without_links() {
        for value in [
            "a; rel=next",
            "<a; rel=next",
            "<a> rel=next",
            "<a>; rel=\"next",
            "<a>; rel=\"next\\",
            "<a>x",
            "<a>; rel=\"next\"x",
        ] {
            assert_eq!(next(&[value]), None, "{value}");
        }
    }

    #[test]
    fn the_anchor_is_kept() {
        let headers: HeaderMap =
            [(LINK, HeaderValue::from_static("<a>; anchor=\"#x\"; rel=next"))].into_iter().collect();
        assert_eq!(links(&headers).unwrap()[0].anchor.as_deref(), Some(&b"#x"[..]));
    }
}
