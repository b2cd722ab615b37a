//! Any values, in every location of a request, over a connection to a server that reads them with other libraries: paths with
//! `percent-encoding`, queries and forms with `serde_html_form` and `serde_qs`, cookies with `cookie`, parts with `multer`.
//!
//! The server answers with the values that it has read.

use super::{Inner, inner, key, read, text};
use cookie::Cookie;
use http_body_util::{BodyDataStream, BodyExt, Full};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use multer::Multipart;
use percent_encoding::percent_decode_str;
use proptest::{
    collection::{btree_map, vec},
    option,
    prelude::*,
    sample::select,
    test_runner::TestRunner,
};
use serde::{Deserialize, Serialize};
use stackone::{
    Client, Part,
    bytes::Bytes,
    http::{HeaderMap, Request, Response, request::Parts},
    stackone_operation, stackone_parameters,
};
use std::{collections::BTreeMap, convert::Infallible};
use tokio::net::TcpListener;

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum Color {
    #[serde(rename = "dark & red")]
    Red,
    Blue,
}

/// A number in the response. `serde_json` reads some numbers as their neighbours.
mod as_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub(super) fn serialize<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(number)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// Everything but the path and the body.
#[stackone_parameters]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Shared {
    #[query("text")]
    query_text: String,
    #[query("ü b&c[]=+")]
    query_named: Option<String>,
    #[query("color")]
    query_color: Color,
    #[query("number")]
    #[serde(with = "as_text")]
    query_number: f64,
    #[query("list")]
    query_list: Vec<String>,
    #[query("joined", explode = false)]
    query_joined: Vec<String>,
    #[query("deep", style = "deepObject", lists = "indices")]
    query_deep: Deep,
    #[header("x-text")]
    header_text: String,
    #[header("x-number")]
    header_number: Option<u64>,
    #[header("x-flag")]
    header_flag: bool,
    #[cookie("text")]
    cookie_text: String,
    #[cookie("number")]
    cookie_number: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Deep {
    name: String,
    #[serde(default)]
    map: BTreeMap<String, String>,
    #[serde(default)]
    items: Vec<Inner>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Path {
    text: String,
    number: i64,
    other: String,
}

/// A part with its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct ReadPart {
    name: String,
    file_name: Option<String>,
    media_type: Option<String>,
    content: Vec<u8>,
}

/// What the server reads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Everything {
    path: Path,
    shared: Shared,
    body: Body,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Body {
    Form(Deep),
    Parts(Vec<ReadPart>),
}

#[stackone_operation(method = "POST", path = "/form/{text}/{number}/x-{other}.json", response = Everything)]
struct FormRequest {
    #[path]
    text: String,
    #[path]
    number: i64,
    #[path]
    other: String,
    #[parameters]
    shared: Shared,
    #[body(content_type = "application/x-www-form-urlencoded", style = "deepObject", lists = "indices")]
    form: Deep,
}

#[stackone_operation(method = "POST", path = "/parts/{text}/{number}/x-{other}.json", response = Everything)]
struct PartsRequest {
    #[path]
    text: String,
    #[path]
    number: i64,
    #[path]
    other: String,
    #[parameters]
    shared: Shared,
    #[part]
    title: String,
    #[part]
    labels: Vec<String>,
    #[part(content_type = "text/csv", file_name = "rows.csv")]
    rows: Option<Bytes>,
    #[part]
    file: Part,
}

/// A segment may be anything but empty, `.` and `..`, which URL parsers resolve.
fn segment() -> impl Strategy<Value = String> {
    text().prop_filter("a segment", |text| !matches!(text.as_str(), "" | "." | ".."))
}

/// Visible characters of Latin-1, with blanks inside.
fn header_text() -> impl Strategy<Value = String> {
    "[ \t!-~\u{a0}-\u{ff}]{0,40}".prop_map(|text| text.trim_matches([' ', '\t']).to_owned())
}

fn cookie_text() -> impl Strategy<Value = String> {
    "[!#-+\\--:<-\\[\\]-~]{0,40}"
}

/// A file name that `multer` reads: it takes a backslash before the closing quote for an escape, which browsers do not write.
fn file_name() -> impl Strategy<Value = String> {
    "[^\0-\x1F\x7F\"]{0,20}".prop_filter("a backslash at the end", |name| !name.ends_with('\\'))
}

fn number() -> impl Strategy<Value = f64> {
    any::<f64>().prop_filter("a query has no other number", |number| number.is_finite())
}

fn deep() -> impl Strategy<Value = Deep> {
    (text(), btree_map(key(), text(), 0..3), vec(inner(), 0..3)).prop_map(|(name, map, items)| Deep {
        name,
        map,
        items,
    })
}

fn path() -> impl Strategy<Value = Path> {
    (segment(), any::<i64>(), text()).prop_map(|(text, number, other)| Path { text, number, other })
}

fn shared() -> impl Strategy<Value = Shared> {
    let lists = (vec(text(), 0..4), vec(text(), 0..4), deep());
    let query = (text(), option::of(text()), select(vec![Color::Red, Color::Blue]), number(), lists);
    let headers = (header_text(), option::of(any::<u64>()), any::<bool>());
    (query, headers, cookie_text(), option::of(any::<i32>())).prop_map(
        |(query, headers, cookie_text, cookie_number)| {
            let (query_text, query_named, query_color, query_number, (query_list, query_joined, query_deep)) = query;
            let (header_text, header_number, header_flag) = headers;
            Shared {
                query_text,
                query_named,
                query_color,
                query_number,
                query_list,
                query_joined,
                query_deep,
                header_text,
                header_number,
                header_flag,
                cookie_text,
                cookie_number,
            }
        },
    )
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

fn read_path(path: &str) -> Path {
    let segments: Vec<&str> = path.split('/').collect();
    let ["", _, text, number, other] = segments[..] else { panic!("{path}") };
    let other = other.strip_prefix("x-").and_then(|other| other.strip_suffix(".json")).unwrap();
    Path { text: decoded(text), number: number.parse().unwrap(), other: decoded(other) }
}

fn read_shared(head: &Parts) -> Shared {
    #[derive(Deserialize)]
    struct Flat {
        text: String,
        #[serde(rename = "ü b&c[]=+")]
        named: Option<String>,
        color: Color,
        number: f64,
        #[serde(default)]
        list: Vec<String>,
    }
    #[derive(Debug, Deserialize)]
    struct Nested {
        deep: Deep,
    }
    let query = head.uri.query().unwrap();
    let flat: Flat = serde_html_form::from_str(query).unwrap();
    let joined = query.split('&').find_map(|pair| pair.strip_prefix("joined="));
    // `serde_qs` refuses the brackets in the name of another parameter.
    let nested = query.split('&').filter(|pair| pair.starts_with("deep")).collect::<Vec<_>>().join("&");
    let cookies: BTreeMap<String, String> = Cookie::split_parse(latin1(&head.headers, "cookie").unwrap())
        .map(|cookie| cookie.map(|cookie| (cookie.name().to_owned(), cookie.value().to_owned())).unwrap())
        .collect();
    Shared {
        query_text: flat.text,
        query_named: flat.named,
        query_color: flat.color,
        query_number: flat.number,
        query_list: flat.list,
        query_joined: joined.map(|items| items.split(',').map(decoded).collect()).unwrap_or_default(),
        query_deep: read::<Nested>(&nested).unwrap().deep,
        header_text: latin1(&head.headers, "x-text").unwrap(),
        header_number: latin1(&head.headers, "x-number").map(|number| number.parse().unwrap()),
        header_flag: latin1(&head.headers, "x-flag").unwrap().parse().unwrap(),
        cookie_text: cookies["text"].clone(),
        cookie_number: cookies.get("number").map(|number| number.parse().unwrap()),
    }
}

/// The one value of a header.
fn latin1(headers: &HeaderMap, name: &str) -> Option<String> {
    let values: Vec<_> = headers.get_all(name).iter().collect();
    assert!(values.len() <= 1, "{name}: {values:?}");
    values.first().map(|value| value.as_bytes().iter().map(|byte| char::from(*byte)).collect())
}

async fn read_parts(boundary: String, body: Bytes) -> Vec<ReadPart> {
    let mut multipart = Multipart::new(BodyDataStream::new(Full::new(body)), boundary);
    let mut parts = Vec::new();
    while let Some(part) = multipart.next_field().await.unwrap() {
        let (name, file_name) = (part.name().unwrap().to_owned(), part.file_name().map(str::to_owned));
        let media_type = part.content_type().map(ToString::to_string);
        parts.push(ReadPart { name, file_name, media_type, content: part.bytes().await.unwrap().to_vec() });
    }
    parts
}

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let media_type = latin1(&head.headers, "content-type").unwrap();
    let body = if let Ok(boundary) = multer::parse_boundary(&media_type) {
        Body::Parts(read_parts(boundary, body).await)
    } else {
        assert_eq!(media_type, "application/x-www-form-urlencoded");
        Body::Form(read(str::from_utf8(&body).unwrap()).unwrap())
    };
    let everything = Everything { path: read_path(head.uri.path()), shared: read_shared(&head), body };
    Ok(Response::new(serde_json::to_vec(&everything).unwrap().into()))
}

/// Runs a test with a client of a new server, for many values.
fn check<S: Strategy>(values: &S, test: &impl AsyncFn(&Client, S::Value) -> Result<(), TestCaseError>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(answer)));
            }
        });
        Client::builder().api_key("key").base_url(format!("http://{address}")).build().unwrap()
    });
    let config = ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() };
    let result = TestRunner::new(config).run(values, |value| runtime.block_on(test(&client, value)));
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn a_request_with_a_form_is_read_as_it_is_declared() {
    check(&(path(), shared(), deep()), &async |client, (path, shared, form)| {
        let operation = FormRequest {
            text: path.text.clone(),
            number: path.number,
            other: path.other.clone(),
            shared: shared.clone(),
            form: form.clone(),
        };
        let read = client.send(operation).await.map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
        prop_assert_eq!(&read.value, &Everything { path, shared, body: Body::Form(form) });
        Ok(())
    });
}

#[test]
fn a_request_with_parts_is_read_as_it_is_declared() {
    let bytes = || vec(any::<u8>(), 0..100);
    let parts = (text(), vec(text(), 0..3), option::of(bytes()), bytes(), file_name());
    check(&(path(), shared(), parts), &async |client, (path, shared, (title, labels, rows, file, file_name))| {
        let operation = PartsRequest {
            text: path.text.clone(),
            number: path.number,
            other: path.other.clone(),
            shared: shared.clone(),
            title: title.clone(),
            labels: labels.clone(),
            rows: rows.clone().map(Bytes::from),
            file: Part::bytes(file.clone()).file_name(file_name.clone()).content_type("image/png"),
        };
        let read = client.send(operation).await.map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
        let part = |name: &str, file: Option<(&str, &str)>, content: Vec<u8>| ReadPart {
            name: name.to_owned(),
            file_name: file.map(|(file_name, _)| file_name.to_owned()),
            media_type: file.map(|(_, media_type)| media_type.to_owned()),
            content,
        };
        let mut expected = vec![part("title", None, title.into_bytes())];
        expected.extend(labels.into_iter().map(|label| part("labels", None, label.into_bytes())));
        expected.extend(rows.map(|rows| part("rows", Some(("rows.csv", "text/csv")), rows)));
        expected.push(part("file", Some((file_name.as_str(), "image/png")), file));
        prop_assert_eq!(&read.value, &Everything { path, shared, body: Body::Parts(expected) });
        Ok(())
    });
}
