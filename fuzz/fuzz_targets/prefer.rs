//! Any text as preferences: no panic, and what is parsed is written so that it parses as the same.
//!
//! The first zero byte separates two header lines.

#![no_main]

use http::{HeaderMap, HeaderName, HeaderValue};
use libfuzzer_sys::fuzz_target;
use stackone::Prefer;

fuzz_target!(|input: &[u8]| {
    let lines = input.splitn(2, |byte| *byte == 0);
    let mut headers = HeaderMap::new();
    let mut lenient = Prefer::default();
    for line in lines {
        let Ok(value) = HeaderValue::from_bytes(line) else { return };
        headers.append(HeaderName::from_static("preference-applied"), value);
        let mut alone = HeaderMap::new();
        alone.append(HeaderName::from_static("preference-applied"), HeaderValue::from_bytes(line).expect("a value"));
        lenient = lenient.and(Prefer::applied(&alone));
    }
    let applied = Prefer::applied(&headers);
    assert_eq!(applied, lenient, "two lines are one list");
    round_trip(&applied);

    let Ok(text) = str::from_utf8(input) else { return };
    let Ok(prefer) = text.parse::<Prefer>() else { return };
    round_trip(&prefer);
    // Beyond the name, a header and a text have one grammar.
    if headers.len() == 1 && text.is_ascii() {
        assert_eq!(applied, prefer, "a list without an error is read in the same way");
    }
});

fn round_trip(prefer: &Prefer) {
    let text = prefer.to_string();
    assert_eq!(text.parse::<Prefer>().as_ref(), Ok(prefer), "{text:?}");
    HeaderValue::from_str(&text).expect("the text is a header value");
    for preference in prefer {
        assert!(prefer.get(&preference.name().to_ascii_uppercase()) == Some(preference), "the case does not count");
    }
}
