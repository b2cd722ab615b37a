//! Media types.

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
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(super::operations::is_token);
    media.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        && media.trim() == media
        && essence(media).split_once('/').is_some_and(|(main, subtype)| is_word(main) && is_word(subtype))
}
