//! The descriptor of an operation: the text in which the attribute describes it to this crate.

use super::{BodyMetadata, CompiledPath, Lists, Location, Metadata, Parameter, Style, WireName};
use crate::format::ResponseFormat;
use http::{HeaderName, Method};
use std::{borrow::Cow, ptr, sync::OnceLock};

/// The metadata of a descriptor. It is parsed when it is first needed.
///
/// ```text
/// lms_list_users GET /unified/lms/users json
/// x_account_id header x-account-id
/// page_size query,optional page_size
/// filter query,deepObject,optional filter
/// ```
///
/// The first line has the id, the method, the path, the response format and the flags of the operation. Each further line
/// has a parameter: its field, its location with its traits, and its name; or the body with its media type. The names of
/// query parameters are percent-encoded, so that no name can end a line.
///
/// `shared` has the descriptors of the structs that the operation includes, in the order of their lines. They have no first line.
///
/// The descriptor is one string literal because a literal is cheap to compile. As constants it adds 17 lines to the
/// expansion of each operation, and 1.3 million instructions to its check, of 38 million (table 2 of
/// `benches/RESULTS.md`).
pub(super) fn metadata(descriptor: &'static str, shared: &'static [&'static str]) -> &'static Metadata {
    let mut entry = &PARSED[slot(descriptor)];
    loop {
        let parsed = entry.get_or_init(|| {
            Box::new(Parsed { descriptor, shared, metadata: parse(descriptor, shared), next: OnceLock::new() })
        });
        // The address identifies the operation. A crate that uses an operation of another crate may have its own copy of the
        // literal, which is then parsed again.
        // A generic operation has one descriptor, and may include another struct for each of its types.
        if ptr::eq(parsed.descriptor, descriptor) && parsed.shared == shared {
            return &parsed.metadata;
        }
        entry = &parsed.next;
    }
}

/// The parsed descriptors, found by their address without a lock. There is at most one entry for each operation and each
/// crate that uses it.
static PARSED: [Entry; SLOTS] = [const { Entry::new() }; SLOTS];

type Entry = OnceLock<Box<Parsed>>;

struct Parsed {
    descriptor: &'static str,
    shared: &'static [&'static str],
    metadata: Metadata,
    /// The next entry of the same slot.
    next: Entry,
}

const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 10;

/// Fibonacci hashing: the upper bits of the product with 2^64 divided by the golden ratio.
fn slot(descriptor: &'static str) -> usize {
    let address = descriptor.as_ptr().addr() as u64;
    (address.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - SLOT_BITS)) as usize
}

const METHODS: [(&str, Method); 7] = [
    ("GET", Method::GET),
    ("HEAD", Method::HEAD),
    ("POST", Method::POST),
    ("PUT", Method::PUT),
    ("PATCH", Method::PATCH),
    ("DELETE", Method::DELETE),
    ("OPTIONS", Method::OPTIONS),
];

const RESPONSES: [(&str, ResponseFormat); 5] = [
    ("json", ResponseFormat::Json),
    ("text", ResponseFormat::Text),
    ("bytes", ResponseFormat::Bytes),
    ("download", ResponseFormat::Download),
    ("ignored", ResponseFormat::Ignored),
];

/// Words with what each sets.
type Setters<T, const N: usize> = [(&'static str, fn(&mut T)); N];

const FLAGS: Setters<Metadata, 3> = [
    ("idempotent", |metadata| metadata.idempotent = true),
    ("passthrough", |metadata| metadata.passthrough = true),
    ("no_credentials", |metadata| metadata.no_credentials = true),
];

const LOCATIONS: [(&str, Location); 3] =
    [("path", Location::Path), ("query", Location::Query), ("header", Location::Header)];

const TRAITS: Setters<Parameter, 10> = [
    ("optional", |parameter| parameter.required = false),
    ("sensitive", |parameter| parameter.sensitive = true),
    ("exploded", |parameter| parameter.explode = true),
    ("joined", |parameter| parameter.explode = false),
    ("deepObject", |parameter| parameter.style = Style::DeepObject),
    ("brackets", |parameter| parameter.lists = Lists::Brackets),
    ("indices", |parameter| parameter.lists = Lists::Indices),
    ("flatten", |parameter| parameter.style = Style::Flatten),
    ("spaceDelimited", |parameter| (parameter.style, parameter.explode) = (Style::SpaceDelimited, false)),
    ("pipeDelimited", |parameter| (parameter.style, parameter.explode) = (Style::PipeDelimited, false)),
];

/// The traits of a form. A parameter has the same words.
const FORM_TRAITS: Setters<BodyMetadata, 3> = [
    ("deepObject", |body| body.style = Style::DeepObject),
    ("brackets", |body| body.lists = Lists::Brackets),
    ("indices", |body| body.lists = Lists::Indices),
];

fn find<'a, T>(table: &'a [(&str, T)], word: &str) -> Option<&'a T> {
    table.iter().find(|(known, _)| *known == word).map(|(_, value)| value)
}

/// Parses a descriptor. The attribute only writes words that are in the tables above: a test compares them with its own.
#[cold]
fn parse(descriptor: &'static str, shared: &[&'static str]) -> Metadata {
    let mut lines = descriptor.split('\n');
    let mut words = lines.next().unwrap_or_default().split(' ');
    let mut next = || words.next().unwrap_or_default();
    let (id, method, path, response) = (next(), next(), next(), next());
    let mut body = None;
    let mut parameters = Vec::new();
    let mut shared_structs = shared.iter();
    for line in lines {
        // A media type may contain spaces.
        let mut parts = line.splitn(3, ' ');
        let mut next = || parts.next().unwrap_or_default();
        let (field, traits, name) = (next(), next(), next());
        if traits.split(',').next() == Some("body") {
            body = Some(body_metadata(field, traits, name));
        } else if traits.split(',').next() == Some("parameters") {
            let is_optional = traits.ends_with(",optional");
            let lines = shared_structs.next().copied().unwrap_or_default().lines();
            parameters.extend(lines.map(|line| {
                let mut parts = line.splitn(3, ' ');
                let mut next = || parts.next().unwrap_or_default();
                let parameter = parameter(next(), next(), next());
                Parameter { required: parameter.required && !is_optional, ..parameter }
            }));
        } else {
            parameters.push(parameter(field, traits, name));
        }
    }
    let mut metadata = Metadata {
        id,
        method: find(&METHODS, method).cloned().unwrap_or_default(),
        path,
        compiled_path: CompiledPath::new(path, &parameters),
        header_count: parameters.iter().filter(|parameter| parameter.location == Location::Header).count(),
        parameters: parameters.into(),
        body,
        response: find(&RESPONSES, response).copied().unwrap_or(ResponseFormat::Ignored),
        idempotent: false,
        passthrough: false,
        no_credentials: false,
        shared_fields: shared.len(),
    };
    words.filter_map(|flag| find(&FLAGS, flag)).for_each(|set| set(&mut metadata));
    metadata
}

fn body_metadata(field: &'static str, traits: &str, content_type: &'static str) -> BodyMetadata {
    let mut body = BodyMetadata { field, content_type, style: Style::Form, lists: Lists::default() };
    traits.split(',').filter_map(|word| find(&FORM_TRAITS, word)).for_each(|set| set(&mut body));
    body
}

fn parameter(field: &'static str, traits: &str, name: &'static str) -> Parameter {
    let mut traits = traits.split(',');
    let location = traits.next().and_then(|word| find(&LOCATIONS, word)).copied().unwrap_or(Location::Path);
    let (style, wire_name) = match location {
        Location::Query => (Style::Form, WireName::Query(format!("&{name}=").into())),
        Location::Header => (Style::Simple, WireName::Header(HeaderName::from_static(name))),
        Location::Path => (Style::Simple, WireName::Path),
    };
    let name = if location == Location::Query { percent_decoded(name) } else { Cow::Borrowed(name) };
    let explode = style == Style::Form;
    let lists = Lists::default();
    let mut parameter =
        Parameter { field, name, location, style, lists, explode, required: true, sensitive: false, wire_name };
    traits.filter_map(|word| find(&TRAITS, word)).for_each(|set| set(&mut parameter));
    parameter
}

/// A name that the attribute has percent-encoded.
fn percent_decoded(name: &'static str) -> Cow<'static, str> {
    if !name.contains('%') {
        return Cow::Borrowed(name);
    }
    let mut pieces = name.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2).unwrap_or((piece, ""));
        bytes.extend(u8::from_str_radix(digits, 16));
        bytes.extend_from_slice(rest.as_bytes());
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::{FLAGS, LOCATIONS, METHODS, RESPONSES, SLOTS, TRAITS, metadata};
    use std::{collections::BTreeSet, ptr, thread};

    #[test]
    fn each_descriptor_is_parsed_once() {
        // One more than there are slots, so that two of them share a slot.
        let descriptors: Vec<&'static str> =
            (0..=SLOTS).map(|id| &*Box::leak(format!("{id} GET / ignored").into_boxed_str())).collect();
        let parse_all = || descriptors.iter().map(|text| metadata(text, &[])).collect::<Vec<_>>();
        let (first, again) = thread::scope(|scope| {
            let other = scope.spawn(parse_all);
            (parse_all(), other.join().unwrap())
        });
        for (id, (first, again)) in first.into_iter().zip(again).enumerate() {
            assert_eq!(first.id(), id.to_string());
            assert!(ptr::eq(first, again));
        }
    }

    /// The attribute has the same test for the words that it writes.
    #[test]
    fn the_known_words_are_those_of_the_table() {
        fn words<T>(kind: &str, table: &[(&str, T)]) -> Vec<String> {
            table.iter().map(|(word, _)| format!("{kind} {word}")).collect()
        }
        let known: BTreeSet<String> = [
            words("method", &METHODS),
            words("response", &RESPONSES),
            words("flag", &FLAGS),
            words("location", &LOCATIONS),
            vec!["location body".to_owned(), "location parameters".to_owned()],
            words("trait", &TRAITS),
        ]
        .concat()
        .into_iter()
        .collect();
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/expand/descriptor_words.txt");
        let table: BTreeSet<String> = std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect();
        assert_eq!(known, table);
    }
}
