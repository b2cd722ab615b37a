//! Parameters that several operations share.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use stackone::{
    ErrorKind, Operation, Parameters,
    operation::Location::{Header, Path, Query},
    stackone_operation, stackone_parameters,
};

/// The parameters of every operation of an API.
#[stackone_parameters]
#[derive(Debug, Clone, Default)]
struct Common {
    /// The account.
    #[header("x-account-id", sensitive)]
    account: String,
    #[header("x-version")]
    version: Option<u32>,
    #[query]
    locale: Option<String>,
    #[query("fields", explode = false)]
    fields: Vec<String>,
}

/// Parameters of lists.
#[stackone_parameters]
#[derive(Debug, Clone)]
struct Sorting<'a> {
    #[query("sort by")]
    by: &'a str,
}

#[stackone_operation(method = "GET", path = "/users/{id}")]
struct GetUserRequest {
    #[path]
    id: String,
    #[parameters]
    common: Common,
    #[header]
    prefer: Option<String>,
}

#[stackone_operation(method = "GET", path = "/users", response = Vec<u32>)]
struct ListUsersRequest<'a> {
    #[query(page)]
    page: Option<u32>,
    #[parameters]
    common: Common,
    #[parameters]
    sorting: Option<Sorting<'a>>,
    #[query]
    after: Option<u8>,
}

#[stackone_operation(method = "POST", path = "/users")]
struct CreateUserRequest {
    #[parameters]
    common: Common,
    #[body]
    user: serde_json::Value,
}

#[stackone_operation(method = "DELETE", path = "/users/{id}")]
struct DeleteUserRequest<P: Parameters> {
    #[parameters]
    shared: P,
    #[path]
    id: u64,
}

/// An operation that works without an account.
#[stackone_operation(method = "GET", path = "/status")]
struct StatusRequest {
    #[parameters]
    common: Option<Common>,
}

fn common() -> Common {
    Common {
        account: "acc_1".to_owned(),
        version: Some(3),
        locale: Some("de".to_owned()),
        fields: vec!["id".to_owned(), "name".to_owned()],
    }
}

/// The method, the target and the shared headers.
fn sent(operation: &impl Operation) -> (String, Option<String>, Option<String>) {
    let request = operation.to_http_request().unwrap();
    let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    (format!("{} {}", request.method(), request.uri()), header("x-account-id"), header("x-version"))
}

#[test]
fn five_operations_share_their_parameters() {
    let with_headers = |line: &str| (line.to_owned(), Some("acc_1".to_owned()), Some("3".to_owned()));
    let get = GetUserRequest::builder().common(common()).id("usr_1").build();
    assert_eq!(sent(&get), with_headers("GET /users/usr_1?locale=de&fields=id,name"));
    let list = ListUsersRequest::builder().page(2).common(common()).sorting(Sorting { by: "a b" }).after(1).build();
    assert_eq!(sent(&list), with_headers("GET /users?page=2&locale=de&fields=id,name&sort%20by=a%20b&after=1"));
    let create = CreateUserRequest::builder().common(common()).user(serde_json::json!({"id": 1})).build();
    assert_eq!(sent(&create), with_headers("POST /users?locale=de&fields=id,name"));
    assert_eq!(create.to_http_request().unwrap().body(), r#"{"id":1}"#);
    let delete = DeleteUserRequest::<Common>::builder().shared(common()).id(7).build();
    assert_eq!(sent(&delete), with_headers("DELETE /users/7?locale=de&fields=id,name"));
    let status = StatusRequest::builder().common(common()).build();
    assert_eq!(sent(&status), with_headers("GET /status?locale=de&fields=id,name"));
    assert!(status.to_http_request().unwrap().headers()["x-account-id"].is_sensitive());
}

#[test]
fn what_is_optional_may_be_left_out() {
    assert_eq!(sent(&StatusRequest::builder().build()), ("GET /status".to_owned(), None, None));
    let common = Common { account: "a".to_owned(), ..Common::default() };
    let list = ListUsersRequest::builder().common(common).after(1).build();
    assert_eq!(sent(&list), ("GET /users?after=1".to_owned(), Some("a".to_owned()), None));
}

#[test]
fn shared_parameters_are_parameters_of_the_operation() {
    let of = |parameters: &'static [stackone::operation::Parameter]| {
        parameters
            .iter()
            .map(|parameter| (parameter.name(), parameter.location(), parameter.is_required()))
            .collect::<Vec<_>>()
    };

    let expected = [
        ("id", Path, true),
        ("x-account-id", Header, true),
        ("x-version", Header, false),
        ("locale", Query, false),
        ("fields", Query, true),
        ("prefer", Header, false),
    ];
    assert_eq!(of(GetUserRequest::metadata().parameters()), expected);
    assert!(GetUserRequest::metadata().declares_header("x-account-id"));
    assert!(StatusRequest::metadata().parameters().iter().all(|parameter| !parameter.is_required()));
}

#[test]
fn a_generic_operation_has_the_parameters_of_its_type() {
    let with_sorting = DeleteUserRequest::<Sorting<'_>>::builder().shared(Sorting { by: "x" }).id(7).build();
    let with_common = DeleteUserRequest::<Common>::builder().shared(common()).id(7).build();
    assert_eq!(sent(&with_sorting).0, "DELETE /users/7?sort%20by=x");
    assert_eq!(sent(&with_common).0, "DELETE /users/7?locale=de&fields=id,name");
    assert_eq!(sent(&with_sorting).0, "DELETE /users/7?sort%20by=x");
}

#[test]
fn an_error_names_the_field() {
    let list = ListUsersRequest::builder().common(Common { fields: vec!["a,b".to_owned()], ..common() }).build();
    let uri = list.to_http_request().unwrap().uri().to_string();
    assert_eq!(uri, "/users?locale=de&fields=a%2Cb");
    let get = GetUserRequest::builder().id("1").common(Common { account: "secret\n".to_owned(), ..common() }).build();
    let error = get.to_http_request().unwrap_err();
    assert_eq!((error.kind(), error.field(), error.operation()), (ErrorKind::Build, Some("account"), Some("get_user")));
    assert!(error.to_string().contains("x-account-id") && !error.to_string().contains("secret"), "{error}");
}

#[stackone_parameters]
#[derive(Debug, Clone)]
struct Session {
    #[cookie("sid")]
    id: String,
    #[cookie]
    theme: Option<String>,
}

#[stackone_operation(method = "GET", path = "/cart")]
struct GetCartRequest {
    #[cookie]
    currency: Option<String>,
    #[parameters]
    session: Option<Session>,
}

#[test]
fn shared_cookies_are_in_the_one_cookie_header() {
    let session = Session { id: "31d4".to_owned(), theme: Some("dark".to_owned()) };
    let cookies = |cart: GetCartRequest| {
        let request = cart.into_http_request().unwrap();
        let values: Vec<_> = request.headers().get_all("cookie").iter().cloned().collect();
        assert!(values.len() <= 1 && values.iter().all(http::HeaderValue::is_sensitive));
        values.first().map(|value| value.to_str().unwrap().to_owned())
    };
    let cart = GetCartRequest::builder().currency("EUR").session(session.clone());
    assert_eq!(cookies(cart.build()).as_deref(), Some("currency=EUR; sid=31d4; theme=dark"));
    let session = Session { theme: None, ..session };
    assert_eq!(cookies(GetCartRequest::builder().session(session.clone()).build()).as_deref(), Some("sid=31d4"));
    assert_eq!(cookies(GetCartRequest::builder().build()), None);

    let refused = GetCartRequest::builder().session(Session { id: "secret;".to_owned(), ..session }).build();
    let error = refused.into_http_request().unwrap_err();
    assert_eq!(error.field(), Some("id"));
    assert!(!error.to_string().contains("secret"), "{error}");
}
