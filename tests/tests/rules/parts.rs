//! Bodies with parts, as the crate `multer` reads them.

use super::{Built, refusal, request};
use multer::Multipart;
use proptest::{collection::vec, prelude::*};
use serde::Serialize;
use serde_json::{Value, json};
use stackone::{Operation, Part, bytes::Bytes, http::Request, stackone_operation};
use std::{collections::BTreeMap, convert::Infallible};

/// A part as a server reads it.
#[derive(Debug, Clone, PartialEq)]
struct Read {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    content: Vec<u8>,
}

fn part(name: &str, content: impl Into<Vec<u8>>) -> Read {
    Read { name: name.to_owned(), file_name: None, content_type: None, content: content.into() }
}

impl Read {
    fn of_type(self, content_type: &str) -> Self {
        Self { content_type: Some(content_type.to_owned()), ..self }
    }

    fn of_file(self, file_name: &str) -> Self {
        Self { file_name: Some(file_name.to_owned()), ..self }
    }
}

/// The parts that a server reads.
fn read(request: Request<Bytes>) -> Vec<Read> {
    let content_type = request.headers()["content-type"].to_str().unwrap();
    let boundary = multer::parse_boundary(content_type).unwrap();
    let body = request.into_body();
    let stream = futures_util::stream::iter([Ok::<_, Infallible>(body)]);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut multipart = Multipart::new(stream, boundary);
        let mut parts = Vec::new();
        while let Some(field) = multipart.next_field().await.unwrap() {
            let text = |header: &str| field.headers().get(header).map(|value| value.to_str().unwrap().to_owned());
            assert!(field.headers().len() == 1 + usize::from(text("content-type").is_some()), "{:?}", field.headers());
            parts.push(Read {
                name: field.name().unwrap().to_owned(),
                file_name: field.file_name().map(str::to_owned),
                content_type: text("content-type"),
                content: field.bytes().await.unwrap().to_vec(),
            });
        }
        parts
    })
}

fn sent(built: Built) -> Vec<Read> {
    read(built.unwrap_or_else(|error| panic!("{error}")))
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    FullReport,
}

#[derive(Serialize)]
struct Meta {
    name: &'static str,
    absent: stackone::Patch<u8>,
}

#[test]
fn a_body_is_written_as_the_rfc_shows() {
    let built = request!("POST" "/",
        #[part] title: String = "Report",
        #[part("file", content_type = "text/plain", file_name = "a.txt")] rows: Bytes = &b"...content..."[..],
    );
    let request = built.unwrap();
    assert_eq!(request.headers()["content-type"], "multipart/form-data; boundary=stackone-boundary-00000000");
    let expected = "--stackone-boundary-00000000\r\n\
        Content-Disposition: form-data; name=\"title\"\r\n\r\n\
        Report\r\n\
        --stackone-boundary-00000000\r\n\
        Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
        Content-Type: text/plain\r\n\r\n\
        ...content...\r\n\
        --stackone-boundary-00000000--\r\n";
    assert_eq!(request.body(), expected);
}

#[test]
fn scalars_are_text_and_objects_are_json() {
    let built = request!("POST" "/",
        #[part] text: String = "a\r\n--b€",
        #[part] number: f64 = 1.5,
        #[part] byte: u8 = 7,
        #[part] flag: bool = false,
        #[part] kind: Kind = Kind::FullReport,
        #[part] meta: Meta = Meta { name: "é", absent: stackone::Patch::Absent },
        #[part] map: BTreeMap<String, u8> = [("k".to_owned(), 1)],
        #[part] raw: Value = json!("text"),
        #[part] null: Value = Value::Null,
    );
    assert_eq!(
        sent(built),
        [
            part("text", "a\r\n--b€"),
            part("number", "1.5"),
            part("byte", "7"),
            part("flag", "false"),
            part("kind", "full_report"),
            part("meta", r#"{"name":"é"}"#).of_type("application/json"),
            part("map", r#"{"k":1}"#).of_type("application/json"),
            part("raw", "text"),
        ]
    );
}

#[test]
fn each_item_of_a_list_is_a_part() {
    let built = request!("POST" "/",
        #[part("tag")] tags: Vec<String> = ["a".to_owned(), String::new()],
        #[part] metas: Vec<Option<Value>> = [Some(json!({"x": 1})), None, Some(json!([1, 2]))],
        #[part] none: Vec<String> = [],
        #[part(content_type = "text/csv", file_name = "rows.csv")] rows: Vec<Bytes> = [Bytes::from("1"), Bytes::from("2")],
        #[part] files: Vec<Part> = [Part::text("x").file_name("x.txt"), Part::bytes(vec![0, 255])],
    );
    let row = |content: &str| part("rows", content).of_type("text/csv").of_file("rows.csv");
    assert_eq!(
        sent(built),
        [
            part("tag", "a"),
            part("tag", ""),
            part("metas", r#"{"x":1}"#).of_type("application/json"),
            part("metas", "[1,2]").of_type("application/json"),
            row("1"),
            row("2"),
            part("files", "x").of_file("x.txt"),
            part("files", [0, 255]).of_type("application/octet-stream"),
        ]
    );
}

#[test]
fn a_declared_media_type_chooses_the_encoding() {
    let built = request!("POST" "/",
        #[part(content_type = "application/json")] list: Vec<u8> = [1, 2],
        #[part(content_type = "application/vnd.x+json", file_name = "t.json")] text: String = "t",
        #[part(content_type = "text/csv; charset=utf-8")] csv: String = "a,b",
        #[part(file_name = "x.bin")] bytes: Vec<u8> = [1, 2],
        #[part(content_type = "image/png")] slice: &'static [u8] = &b"png"[..],
    );
    assert_eq!(
        sent(built),
        [
            part("list", "[1,2]").of_type("application/json"),
            part("text", "\"t\"").of_type("application/vnd.x+json").of_file("t.json"),
            part("csv", "a,b").of_type("text/csv; charset=utf-8"),
            part("bytes", [1, 2]).of_type("application/octet-stream").of_file("x.bin"),
            part("slice", "png").of_type("image/png"),
        ]
    );
}

#[stackone_operation(method = "POST", path = "/")]
struct OptionalRequest {
    #[part]
    text: Option<String>,
    #[part(content_type = "application/json")]
    json: Option<u8>,
    #[part("file", content_type = "text/csv", file_name = "a b.csv")]
    bytes: Option<Vec<u8>>,
    #[part]
    files: Option<Vec<Part>>,
}

#[test]
fn without_a_part_there_is_no_body() {
    let request = OptionalRequest::builder().build().into_http_request().unwrap();
    assert!(request.body().is_empty() && !request.headers().contains_key("content-type"));
    let request = OptionalRequest::builder().files([]).build().into_http_request().unwrap();
    assert!(request.body().is_empty() && !request.headers().contains_key("content-type"));
    let built = OptionalRequest::builder().json(0).bytes([]).build().into_http_request();
    let expected =
        [part("json", "0").of_type("application/json"), part("file", "").of_type("text/csv").of_file("a b.csv")];
    assert_eq!(sent(built), expected);
}

#[test]
fn parts_are_in_the_metadata() {
    let metadata = OptionalRequest::metadata();
    let body = metadata.body().unwrap();
    assert_eq!((body.field(), body.content_type()), ("text", "multipart/form-data"));
    let parts: Vec<_> = metadata
        .parts()
        .iter()
        .map(|part| (part.field(), part.name(), part.content_type(), part.file_name(), part.is_required()))
        .collect();
    assert_eq!(
        parts,
        [
            ("text", "text", None, None, false),
            ("json", "json", Some("application/json"), None, false),
            ("bytes", "file", Some("text/csv"), Some("a b.csv"), false),
            ("files", "files", None, None, false),
        ]
    );
}

#[test]
fn a_part_of_an_enum_or_in_a_box_is_a_part() {
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Attachment {
        Id(String),
        File(Part),
    }
    let file = Part::json(&[1]);
    let built = request!("POST" "/",
        #[part] both: Vec<Attachment> = [Attachment::Id("1".to_owned()), Attachment::File("2".into())],
        #[part] boxed: Box<Part> = file,
    );
    let expected = [part("both", "1"), part("both", "2"), part("boxed", "[1]").of_type("application/json")];
    assert_eq!(sent(built), expected);
}

#[test]
fn a_file_name_is_escaped_as_browsers_do() {
    let file = |name: &str| request!("POST" "/", #[part] file: Part = Part::text("").file_name(name));
    for (name, escaped) in [
        ("a\"b\r\nc.txt", "a%22b%0D%0Ac.txt"),
        ("ünï €😀.txt", "ünï €😀.txt"),
        ("a%22b; filename=c", "a%22b; filename=c"),
        ("C:\\a\tb", "C:\\a\tb"),
        ("", ""),
    ] {
        let request = file(name).unwrap();
        let line = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{escaped}\"\r\n\r\n");
        assert!(String::from_utf8_lossy(request.body()).contains(&line), "{name:?}");
        assert_eq!(read(request)[0].file_name.as_deref(), Some(escaped), "{name:?}");
    }
    for name in ["a\0b", "a\u{7f}b", "a\u{1b}b"] {
        let refusal = refusal(file(name));
        assert!(refusal.contains("`file` (part) has a file name with a control character"), "{refusal}");
    }
}

#[test]
fn what_a_part_cannot_be_is_refused() {
    for content_type in ["", "csv", "text/csv\r\nx-a: b", "text/csv; name=é", "text/csv ", " text/csv"] {
        let built =
            request!("POST" "/", #[part("f")] file: Part = Part::text("").content_type(content_type.to_owned()));
        let refusal = refusal(built);
        assert!(refusal.contains("`file` (part `f`) has a `content_type` that is not a media type"), "{refusal}");
    }
    let not_finite = refusal(request!("POST" "/", #[part] file: Part = Part::json(&[f64::NAN])));
    assert!(not_finite.contains("not a finite number"), "{not_finite}");
    for built in [
        request!("POST" "/", #[part] list: [u8; 2] = [1, 2]),
        request!("POST" "/", #[part] list: &'static [u8] = &b"ab"[..]),
    ] {
        let refusal = refusal(built);
        assert!(refusal.contains("`list` (part, at `[0]`) is a list of `u8`, which is bytes"), "{refusal}");
    }
    for built in [
        request!("POST" "/", #[body] body: Part = "a"),
        request!("POST" "/", #[query] query: Part = "a"),
        request!("POST" "/", #[part] parts: Vec<Vec<Part>> = [vec![Part::text("a")]]),
    ] {
        let refusal = refusal(built);
        assert!(refusal.contains("a `Part` can only be a `#[part]`"), "{refusal}");
    }
}

#[test]
fn the_boundary_is_the_same_again_and_does_not_occur_in_the_content() {
    let build = |text: &str| request!("POST" "/", #[part] text: String = text).unwrap();
    let first = "a\r\n--stackone-boundary-00000000\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\nc";
    let request = build(first);
    assert_eq!(request.headers()["content-type"], "multipart/form-data; boundary=stackone-boundary-00000001");
    assert_eq!(read(request), [part("text", first)]);
    let again = build(first);
    assert_eq!((again.headers(), again.body()), (build(first).headers(), build(first).body()));
}

/// Any text, with much that has a meaning in a multipart body.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "(\r\n|--|-|stackone-boundary-|0000000|[0-3]|\"|:|;|=|name|\0|é){0,20}",]
}

/// Any file name that multer reads: it takes a backslash before the closing quote for an escape, which browsers do not write.
fn file_name() -> impl Strategy<Value = String> {
    "[^\0-\x08\x0B\x0C\x0E-\x1F\x7F]{0,20}"
        .prop_filter("a quote or a backslash at the end", |name| !name.ends_with('\\'))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_server_reads_the_same_values(
        first in text(),
        list in vec(text(), 0..4),
        bytes in vec(any::<u8>(), 0..100),
        object in text(),
        file in (file_name(), text()),
    ) {
        let (name, content) = file;
        let built = request!("POST" "/",
            #[part] first: String = first.clone(),
            #[part("li\"st")] list: Vec<String> = list.clone(),
            #[part(content_type = "image/png")] bytes: Vec<u8> = bytes.clone(),
            #[part] object: BTreeMap<String, String> = [("k".to_owned(), object.clone())],
            #[part] file: Part = Part::text(content.clone()).file_name(name.clone()),
        );
        let mut expected = vec![part("first", first)];
        expected.extend(list.into_iter().map(|item| part("li%22st", item)));
        expected.push(part("bytes", bytes).of_type("image/png"));
        expected.push(part("object", json!({"k": object}).to_string()).of_type("application/json"));
        let escaped = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        expected.push(part("file", content).of_file(&escaped));
        prop_assert_eq!(sent(built), expected);
    }
}
