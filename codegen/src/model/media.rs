//! Media types.

use crate::Document;

/// A media type without its parameters, in lower case.
pub(super) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether the media type is JSON, or a format that is written in JSON.
pub(super) fn is_json(media: &str) -> bool {
    let media = essence(media);
    media == "application/json" || media.ends_with("+json")
}

/// Whether a request can have the media type (RFC 9110, section 8.3.1).
pub(super) fn is_media_type(media: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(is_token);
    media.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        && media.trim() == media
        && essence(media).split_once('/').is_some_and(|(main, subtype)| is_word(main) && is_word(subtype))
}

/// Whether a byte can be part of a token, as in media types and names of headers (RFC 9110, section 5.6.2).
pub(super) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Whether any media type may be JSON: some frameworks write `*/*` in place of `application/json`, so that no success of the document is
/// declared as JSON.
pub(super) fn any_is_json(document: &Document) -> bool {
    let items = document.root().entries("paths").flat_map(|(_, item)| item.pairs());
    let responses = items.flat_map(|(_, operation)| operation.entries("responses"));
    let successes = responses.filter(|(status, _)| status.starts_with('2'));
    let mut nodes = successes.filter_map(|(_, node)| Some(document.follow(node, "")?.0));
    !nodes.any(|node| node.entries("content").any(|(media, _)| is_json(media)))
}
