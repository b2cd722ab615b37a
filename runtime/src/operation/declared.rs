//! A declaration as generated code carries it, read into what requests are built from.

use super::{BodyMetadata, Location, Metadata, Parameter, Plan, Ready, Style};
use crate::format::ResponseFormat;
use http::{HeaderName, Method};
use std::{borrow::Cow, ptr, sync::OnceLock};

/// The metadata of a declaration, which is read when it is first asked for.
///
/// Generated code has it as one text, the macro's words for what it read:
///
/// ```text
/// lms_list_users GET /unified/lms/users json
/// x_account_id header x-account-id
/// page_size query,optional page_size
/// filter query,deepObject,optional filter
/// ```
///
/// First the id, the method, the path, the kind of answer and what else is true of the operation; then a line for each
/// parameter, and for the body with its media type, beginning with the field. A query's names are percent-encoded, so
/// that no name can end a line.
///
/// Why a text: a compiler checks and evaluates a value piece by piece, and this one is a single literal to it. Written out
/// as constants it is 17 lines more of each operation's expansion, and 1.3 million instructions more to check them. And
/// what is read once can be made ready for every request, the pieces of the path, the names of headers, the keys of a
/// query, which takes 3 % off one with a path to fill.
pub(super) fn metadata(text: &'static str) -> &'static Metadata {
    let mut entry = &READ[slot(text)];
    loop {
        let read = entry.get_or_init(|| Box::new(Read { text, metadata: read(text), next: OnceLock::new() }));
        // Where the text is, not what it says: each is a constant of one operation, and stays where it is. A crate that uses
        // an operation of another may have a copy of it, which is then read too.
        if ptr::eq(read.text, text) {
            return &read.metadata;
        }
        entry = &read.next;
    }
}

/// What has been read, found by where its text is. It only ever grows, by an entry for each operation and crate that use it,
/// so that to look something up takes no lock.
///
/// A static of its own in each operation would be found faster by a dozen instructions, and takes the compiler 0.8 million
/// to check and evaluate, which is 2 % of what an operation takes it as a whole.
static READ: [Entry; SLOTS] = [const { Entry::new() }; SLOTS];

type Entry = OnceLock<Box<Read>>;

struct Read {
    text: &'static str,
    metadata: Metadata,
    /// The next one in the same slot.
    next: Entry,
}

const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 10;

/// Fibonacci hashing: the upper bits of a product with 2^64 divided by the golden ratio.
fn slot(text: &'static str) -> usize {
    let address = text.as_ptr().addr() as u64;
    (address.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - SLOT_BITS)) as usize
}

/// Reads what the macro wrote; no word of it can be missing, as both are of one version.
#[cold]
fn read(text: &'static str) -> Metadata {
    let mut lines = text.split('\n');
    let mut words = lines.next().unwrap_or_default().split(' ');
    let mut next = || words.next().unwrap_or_default();
    let (id, method, path, response) = (next(), method(next()), next(), response(next()));
    let facts: Vec<&str> = words.collect();
    let mut body = None;
    let mut parameters = Vec::new();
    for line in lines {
        // A media type may have spaces in it.
        let mut words = line.splitn(3, ' ');
        let mut next = || words.next().unwrap_or_default();
        let (field, traits, name) = (next(), next(), next());
        if traits == "body" {
            body = Some(BodyMetadata { field, content_type: name });
        } else {
            parameters.push(parameter(field, traits, name));
        }
    }
    Metadata {
        id,
        method,
        path,
        plan: Plan::of(path, &parameters),
        parameters: parameters.into(),
        body,
        response,
        idempotent: facts.contains(&"idempotent"),
        passthrough: facts.contains(&"passthrough"),
    }
}

fn method(word: &str) -> Method {
    Method::from_bytes(word.as_bytes()).unwrap_or_default()
}

fn response(word: &str) -> ResponseFormat {
    match word {
        "json" => ResponseFormat::Json,
        "text" => ResponseFormat::Text,
        "bytes" => ResponseFormat::Bytes,
        "download" => ResponseFormat::Download,
        _ => ResponseFormat::Ignored,
    }
}

fn parameter(field: &'static str, traits: &str, name: &'static str) -> Parameter {
    let mut traits = traits.split(',');
    let (location, style, ready) = match traits.next() {
        Some("query") => (Location::Query, Style::Form, Ready::Query(format!("&{name}=").into())),
        Some("header") => (Location::Header, Style::Simple, Ready::Header(HeaderName::from_static(name))),
        _ => (Location::Path, Style::Simple, Ready::Path),
    };
    let name = if location == Location::Query { decoded(name) } else { Cow::Borrowed(name) };
    let explode = style == Style::Form;
    let mut parameter = Parameter { field, name, location, style, explode, required: true, sensitive: false, ready };
    for word in traits {
        match word {
            "optional" => parameter.required = false,
            "sensitive" => parameter.sensitive = true,
            "exploded" => parameter.explode = true,
            "joined" => parameter.explode = false,
            "deepObject" => parameter.style = Style::DeepObject,
            "flatten" => parameter.style = Style::Flatten,
            "spaceDelimited" => (parameter.style, parameter.explode) = (Style::SpaceDelimited, false),
            "pipeDelimited" => (parameter.style, parameter.explode) = (Style::PipeDelimited, false),
            _ => {}
        }
    }
    parameter
}

/// A name that the macro has percent-encoded.
fn decoded(name: &'static str) -> Cow<'static, str> {
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
    use super::{SLOTS, metadata};
    use std::{ptr, thread};

    #[test]
    fn each_declaration_is_read_once_and_found_again() {
        // One more than there are slots, so that two of them share one.
        let declared: Vec<&'static str> =
            (0..=SLOTS).map(|id| &*Box::leak(format!("{id} GET / ignored").into_boxed_str())).collect();
        let read = || declared.iter().map(|text| metadata(text)).collect::<Vec<_>>();
        let (first, again) = thread::scope(|scope| {
            let other = scope.spawn(read);
            (read(), other.join().unwrap())
        });
        for (id, (first, again)) in first.into_iter().zip(again).enumerate() {
            assert_eq!(first.id(), id.to_string());
            assert!(ptr::eq(first, again));
        }
    }
}
