//! Operations of other APIs against a server on loopback, which reads forms with `serde_qs`: nested forms as Stripe has them,
//! files with response headers as S3 has them, and a report that may take longer.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use http_body_util::{BodyExt, Full};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::rt::TokioIo;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use stackone::{
    Base64, Client, ErrorKind,
    bytes::Bytes,
    http::{Request, Response},
    response_headers, responses, stackone_operation,
};
use std::{collections::BTreeMap, convert::Infallible};
use tokio::net::TcpListener;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Customer {
    name: String,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
    #[serde(default)]
    items: Vec<Item>,
    #[serde(default)]
    expand: Vec<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Item {
    price: String,
    quantity: u32,
}

#[stackone_operation(method = "POST", path = "/v1/customers", response = Value)]
struct CreateCustomerRequest {
    #[body(content_type = "application/x-www-form-urlencoded", style = "deepObject", lists = "indices")]
    customer: Customer,
}

#[derive(Serialize, Deserialize)]
struct Created {
    gte: u64,
}

#[stackone_operation(method = "GET", path = "/v1/charges", response = Value)]
struct ListChargesRequest {
    #[query("expand[]")]
    expand: Vec<String>,
    #[query(style = "deepObject", lists = "brackets")]
    created: Option<Created>,
}

response_headers! {
    struct ObjectHeaders {
        etag: String = "etag",
        size: Option<u64> = "x-object-size",
    }
}

#[stackone_operation(method = "PUT", path = "/bucket/{key}", response_headers = ObjectHeaders)]
struct PutObjectRequest {
    #[path]
    key: String,
    #[body(content_type = "application/octet-stream")]
    content: Bytes,
}

#[stackone_operation(method = "GET", path = "/bucket/{key}", response = bytes, response_headers = ObjectHeaders)]
struct GetObjectRequest {
    #[path]
    key: String,
}

#[derive(Serialize)]
struct File {
    name: String,
    content: Base64,
}

#[stackone_operation(method = "POST", path = "/files", response = Base64)]
struct UploadFileRequest {
    #[body]
    file: File,
}

responses!(
    #[derive(Debug, PartialEq)]
    enum ReportResponse {
        Done(BTreeMap<String, u64>) = 200,
        Accepted(String) = 202,
        Empty = 204,
    }
);

#[stackone_operation(method = "POST", path = "/reports/{status}", responses = ReportResponse)]
struct CreateReportRequest {
    #[path]
    status: u16,
}

/// What the server reads from a form or a query.
fn read<T: DeserializeOwned>(text: &[u8]) -> T {
    serde_qs::Config::new().use_form_encoding(true).deserialize_bytes(text).unwrap()
}

fn json(status: u16, value: &Value) -> Response<Full<Bytes>> {
    let response = Response::builder().status(status).header("content-type", "application/json");
    response.body(Bytes::from(value.to_string()).into()).unwrap()
}

/// Answers with what it reads. An object is the one that was put last, as its key.
async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Ok(match (head.method.as_str(), head.uri.path()) {
        ("POST", "/v1/customers") => {
            assert_eq!(head.headers["content-type"], "application/x-www-form-urlencoded");
            json(200, &serde_json::to_value(read::<Customer>(&body)).unwrap())
        }
        ("GET", "/v1/charges") => {
            #[derive(Serialize, Deserialize)]
            struct Query {
                expand: Vec<String>,
                created: Option<Created>,
            }
            json(200, &serde_json::to_value(read::<Query>(head.uri.query().unwrap().as_bytes())).unwrap())
        }
        ("PUT", "/bucket/a%20b") => {
            Response::builder().header("etag", format!("\"{}\"", body.len())).body(Full::default()).unwrap()
        }
        ("GET", "/bucket/a%20b") => {
            let response = Response::builder().header("etag", "\"e\"").header("x-object-size", "3");
            response.body(Bytes::from_static(b"\0\xFF\n").into()).unwrap()
        }
        ("POST", "/files") => json(200, &serde_json::from_slice::<Value>(&body).unwrap()["content"]),
        ("POST", "/reports/200") => json(200, &json!({"rows": 7})),
        ("POST", "/reports/202") => json(202, &json!("ticket")),
        ("POST", "/reports/204") => Response::builder().status(204).body(Full::default()).unwrap(),
        ("POST", "/reports/206") => json(206, &json!({"rows": 1})),
        other => panic!("{other:?}"),
    })
}

/// A client of a new server.
async fn client() -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let connection =
                hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(answer));
            tokio::spawn(connection);
        }
    });
    Client::builder().api_key("key").base_url(format!("http://{address}")).build().unwrap()
}

#[tokio::test]
async fn a_nested_form_arrives_as_it_is_sent() {
    let customer = || Customer {
        name: "Ada & Søn".to_owned(),
        metadata: BTreeMap::from([("order=1".to_owned(), "a+b c".to_owned()), ("x".to_owned(), String::new())]),
        items: vec![Item { price: "p".to_owned(), quantity: 1 }, Item { price: "q".to_owned(), quantity: 2 }],
        expand: vec!["tax".to_owned()],
    };
    let operation = CreateCustomerRequest::builder().customer(customer()).build();
    let read = client().await.send(operation).await.unwrap().value;
    assert_eq!(serde_json::from_value::<Customer>(read).unwrap(), customer());
}

#[tokio::test]
async fn a_query_with_brackets_arrives_as_it_is_sent() {
    let operation = ListChargesRequest::builder()
        .expand(["data.customer".to_owned(), "data.invoice".to_owned()])
        .created(Created { gte: 1_700_000_000 })
        .build();
    let read = client().await.send(operation).await.unwrap();
    assert_eq!(read.value, json!({"expand": ["data.customer", "data.invoice"], "created": {"gte": 1_700_000_000_u64}}));
}

#[tokio::test]
async fn an_object_has_its_headers() {
    let client = client().await;
    let put = PutObjectRequest::builder().key("a b").content(&b"12345"[..]).build();
    assert_eq!(client.send(put).await.unwrap().value.etag, "\"5\"");
    let object = client.send(GetObjectRequest::builder().key("a b").build()).await.unwrap().value;
    assert_eq!((&*object.headers.etag, object.headers.size), ("\"e\"", Some(3)));
    assert_eq!(object.body, &b"\0\xFF\n"[..]);
}

#[tokio::test]
async fn a_file_in_json_arrives_as_it_is_sent() {
    let content: Vec<u8> = (0..=255_u8).cycle().take(200_001).collect();
    let file = File { name: "a".to_owned(), content: content.clone().into() };
    let read = client().await.send(UploadFileRequest::builder().file(file).build()).await.unwrap();
    assert!(read.value[..] == content);
}

#[tokio::test]
async fn a_report_has_a_type_for_each_status() {
    let client = client().await;
    let send = async |status| {
        let operation = CreateReportRequest::builder().status(status).build();
        client.send(operation).await.map(stackone::Response::into_inner)
    };
    assert_eq!(send(200).await.unwrap(), ReportResponse::Done(BTreeMap::from([("rows".to_owned(), 7)])));
    assert_eq!(send(202).await.unwrap(), ReportResponse::Accepted("ticket".to_owned()));
    assert_eq!(send(204).await.unwrap(), ReportResponse::Empty);
    let error = send(206).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("the status 206 is not among"), "{error}");
}
