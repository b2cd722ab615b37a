//! Each key and option of a declaration, in the request and in the metadata.

use stackone::{
    Operation, Paginated, Patch,
    format::{self, Format, ResponseFormat},
    operation::{Location, Style},
    page::Position,
    stackone_operation,
};
use std::{borrow::Cow, collections::BTreeMap};

#[stackone_operation(method = "POST", path = "/files/{name}.{ext}:copy", idempotent, passthrough, id = "copy")]
struct CopyFileRequest<'a> {
    #[path]
    name: Cow<'a, str>,
    #[path("ext")]
    extension: &'a str,
    #[header("X-Token", sensitive)]
    token: Option<String>,
    #[query(explode = false)]
    fields: Option<Vec<u8>>,
    #[query(style = "pipeDelimited")]
    tags: Option<Vec<u8>>,
    #[query(style = "spaceDelimited", explode = true)]
    words: Option<Vec<u8>>,
    #[query(style = "deepObject")]
    filter: Option<BTreeMap<String, u8>>,
    #[query(flatten)]
    more: BTreeMap<String, u8>,
    #[query(flatten)]
    most: Option<BTreeMap<String, u8>>,
    #[body]
    body: Option<BTreeMap<String, u8>>,
}

fn copy() -> CopyFileRequest<'static> {
    CopyFileRequest::builder().name("a.b").extension("csv").more([("m".to_owned(), 1)]).build()
}

#[test]
fn optional_values_send_nothing() {
    let request = copy().into_http_request().unwrap();
    assert_eq!(request.uri(), "/files/a.b.csv:copy?m=1");
    assert!(request.body().is_empty() && !request.headers().contains_key("content-type"));
}

#[test]
fn the_options_of_a_query_choose_its_style() {
    let map = || BTreeMap::from([("k".to_owned(), 1)]);
    let request = CopyFileRequest::builder()
        .name("n")
        .extension("e")
        .fields([1, 2])
        .tags([3, 4])
        .words([5, 6])
        .filter(map())
        .more([])
        .maybe_body(Some(map()))
        .maybe_token(None)
        .build()
        .into_http_request()
        .unwrap();
    assert_eq!(request.uri(), "/files/n.e:copy?fields=1,2&tags=3%7C4&words=5&words=6&filter%5Bk%5D=1");
    assert_eq!(request.body(), r#"{"k":1}"#);
}

#[test]
fn a_sensitive_value_is_marked_and_not_in_errors() {
    let mut request = copy();
    request.token = Some("secret".to_owned());
    assert!(request.to_http_request().unwrap().headers()["x-token"].is_sensitive());
    request.token = Some("hunter\n2".to_owned());
    let error = request.into_http_request().unwrap_err();
    assert_eq!(error.field(), Some("token"));
    assert!(!format!("{error} {error:?}").contains("hunter"), "{error}");
}

#[test]
fn the_metadata_is_available_without_a_value() {
    let metadata = CopyFileRequest::metadata();
    assert_eq!((metadata.id(), metadata.path()), ("copy", "/files/{name}.{ext}:copy"));
    assert!(metadata.is_idempotent() && metadata.is_passthrough() && metadata.declares_header("x-token"));
    assert_eq!(metadata.response(), ResponseFormat::Ignored);
    let body = metadata.body().unwrap();
    assert_eq!((body.field(), body.content_type()), ("body", "application/json"));
    let parameters: Vec<_> = metadata
        .parameters()
        .iter()
        .map(|p| (p.field(), p.name(), p.location(), p.style(), p.explode(), p.is_required(), p.is_sensitive()))
        .collect();
    assert_eq!(
        parameters,
        [
            ("name", "name", Location::Path, Style::Simple, false, true, false),
            ("extension", "ext", Location::Path, Style::Simple, false, true, false),
            ("token", "x-token", Location::Header, Style::Simple, false, false, true),
            ("fields", "fields", Location::Query, Style::Form, false, false, false),
            ("tags", "tags", Location::Query, Style::PipeDelimited, false, false, false),
            ("words", "words", Location::Query, Style::SpaceDelimited, true, false, false),
            ("filter", "filter", Location::Query, Style::DeepObject, true, false, false),
            ("more", "more", Location::Query, Style::Flatten, true, true, false),
            ("most", "most", Location::Query, Style::Flatten, true, false, false),
        ]
    );
}

#[test]
fn the_setter_of_a_required_number_decides_the_type_of_its_value() {
    #[stackone_operation(method = "GET", path = "/users/{id}")]
    struct UserRequest {
        #[path]
        id: u64,
        #[query]
        active: bool,
    }
    let operation = UserRequest::builder().id("5".parse().unwrap()).active(Default::default());
    assert_eq!(operation.build().into_http_request().unwrap().uri(), "/users/5?active=false");
}

#[test]
fn the_setter_of_an_optional_number_decides_the_type_of_a_literal() {
    #[stackone_operation(method = "GET", path = "/users")]
    struct UsersRequest {
        #[query]
        page: Option<u8>,
        #[query]
        size: Option<i64>,
        #[query]
        share: Option<f32>,
    }
    let operation = UsersRequest::builder().page(1 + 2).size(-5_000_000_000).share(0.5);
    assert_eq!(operation.build().into_http_request().unwrap().uri(), "/users?page=3&size=-5000000000&share=0.5");
}

#[test]
fn a_name_is_declared_unencoded() {
    #[stackone_operation(method = "GET", path = "/")]
    struct OddRequest {
        #[query("a=&[é]")]
        scalar: u8,
        #[query("=", explode = false)]
        list: Vec<u8>,
        #[query("&", style = "deepObject")]
        deep: BTreeMap<String, u8>,
    }
    let names = OddRequest::metadata().parameters().iter().map(stackone::operation::Parameter::name);
    assert_eq!(names.collect::<Vec<_>>(), ["a=&[é]", "=", "&"]);
    let operation = OddRequest::builder().scalar(1_u8).list([2, 3]).deep([("k".to_owned(), 4)]).build();
    assert_eq!(operation.into_http_request().unwrap().uri(), "/?a%3D%26%5B%C3%A9%5D=1&%3D=2,3&%26%5Bk%5D=4");
}

#[stackone_operation(method = "GET", path = "/text", response = text)]
struct TextRequest;
#[stackone_operation(method = "GET", path = "/bytes", response = bytes)]
struct BytesRequest;
#[stackone_operation(method = "GET", path = "/download", response = download)]
struct DownloadRequest;
#[stackone_operation(method = "OPTIONS", path = "/number", response = u8)]
struct NumberRequest;

#[test]
fn each_response_has_its_format() {
    fn format<O: Operation<Response = F>, F: Format>() -> ResponseFormat {
        assert_eq!(O::metadata().response(), F::FORMAT);
        F::FORMAT
    }
    assert_eq!(format::<TextRequest, format::Text>(), ResponseFormat::Text);
    assert_eq!(format::<BytesRequest, format::Bytes>(), ResponseFormat::Bytes);
    assert_eq!(format::<DownloadRequest, format::Download>(), ResponseFormat::Download);
    assert_eq!(format::<NumberRequest, format::Json<u8>>(), ResponseFormat::Json);
}

#[stackone_operation(method = "GET", path = "/pages", response = stackone::page::List<String>)]
struct PagesRequest {
    #[query("page_token", cursor)]
    next: Option<Box<str>>,
}

#[test]
fn pagination_sets_the_cursor() {
    let mut request = PagesRequest::builder().build();
    request.seek(&Position::cursor("a b")).unwrap();
    assert_eq!(request.into_http_request().unwrap().uri(), "/pages?page_token=a%20b");
}

#[derive(serde::Serialize, Default)]
struct Changes {
    name: Patch<String>,
    manager: Patch<String>,
}

#[stackone_operation(method = "PATCH", path = "/patch")]
struct PatchRequest {
    #[body(content_type = "application/merge-patch+json")]
    changes: Changes,
}

#[stackone_operation(method = "POST", path = "/form")]
struct FormRequest {
    #[body(content_type = "application/x-www-form-urlencoded")]
    form: Changes,
}

#[stackone_operation(method = "PUT", path = "/raw")]
struct RawRequest<'a> {
    #[body(content_type = "text/plain; charset=utf-8")]
    text: Option<&'a str>,
}

#[test]
fn the_content_type_chooses_the_encoding_of_the_body() {
    let changes = || Changes { name: "A b".into(), ..Changes::default() };
    let request = PatchRequest::builder().changes(changes()).build().into_http_request().unwrap();
    assert_eq!(request.headers()["content-type"], "application/merge-patch+json");
    assert_eq!(request.body(), r#"{"name":"A b"}"#);
    let request = FormRequest::builder().form(changes()).build().into_http_request().unwrap();
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
    assert!(request.body().starts_with(b"name=A"), "{request:?}");
    let request = RawRequest::builder().text("<x>").build().into_http_request().unwrap();
    assert_eq!(
        (&request.headers()["content-type"], &request.body()[..]),
        (&"text/plain; charset=utf-8".parse().unwrap(), &b"<x>"[..])
    );
}
