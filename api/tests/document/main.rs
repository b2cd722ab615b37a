//! A server that knows the description answers every operation once, with a sample of its response. Each request is what the
//! description says, and each answer decodes without loss.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod operations;
#[path = "../support/sample.rs"]
mod sample;
mod server;

use http_body_util::Full;
use sample::{Sample, sample};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use server::{Described, FILE};
use stackone_api::stackone::{
    Client, Decode, DownloadBody, Error, Operation, Paginated,
    bytes::Bytes,
    http::{Request, Response, StatusCode},
    page::{Page, Paging},
};
use stackone_tests::compare;
use std::{
    cell::RefCell,
    collections::BTreeSet,
    convert::Infallible,
    future::IntoFuture,
    sync::{Arc, Mutex},
};
use tokio::runtime::Runtime;
use tower::service_fn;

/// The values of the fields of an operation.
pub(crate) struct Input {
    /// By their names in lower case, without `_` and `-`.
    values: Map<String, Value>,
    /// The query, by the names of the description.
    query: Map<String, Value>,
}

fn plain(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).collect::<String>().to_lowercase()
}

impl Input {
    /// A sample for each parameter and the body, or only for what is required.
    fn new(described: &Described, only_required: bool) -> Self {
        let mut input = Self { values: Map::new(), query: Map::new() };
        for parameter in described.parameters() {
            if only_required && parameter["required"] != true {
                continue;
            }
            let (name, location) = (parameter["name"].as_str().unwrap(), parameter["in"].as_str().unwrap());
            let value = match name {
                "Prefer" => json!("heartbeat"),
                "Accept" => json!("text/event-stream"),
                "x-account-id" => json!("acc_1"),
                _ => sample(&parameter["schema"], Sample::Full),
            };
            if location == "query" {
                input.query.insert(name.to_owned(), value.clone());
            }
            // An operation with one name in two locations has the second as `name_location`.
            let key = plain(name);
            let key = if input.values.contains_key(&key) { key + location } else { key };
            input.values.insert(key, value);
        }
        if let Some(schema) = described.body() {
            input.values.insert("body".to_owned(), sample(schema, Sample::Full));
        }
        input
    }

    pub(crate) fn read<T: DeserializeOwned>(&self, field: &str) -> T {
        let value = self.values.get(&plain(field)).unwrap_or(&Value::Null);
        T::deserialize(value).unwrap_or_else(|error| panic!("{field}: {error} in {value}"))
    }
}

type Answer = Arc<dyn Fn(&Described, &Request<Bytes>) -> Response<Bytes> + Send + Sync>;

/// Sends operations to the server, and keeps the ids of those that were answered.
pub(crate) struct Check {
    described: Arc<Vec<Described>>,
    runtime: Runtime,
    /// The ids of the operations that the server has answered.
    answered: Arc<Mutex<Vec<&'static str>>>,
    pages: usize,
    /// A client of another server, which then gets each operation instead.
    other: Option<Client>,
    /// What the other server does not accept, and what does not decode.
    errors: RefCell<Vec<String>>,
}

impl Check {
    fn new(other: Option<Client>) -> Self {
        Self {
            described: Arc::new(server::described()),
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
            answered: Arc::default(),
            pages: 0,
            other,
            errors: RefCell::default(),
        }
    }

    /// Sends an operation to the other server, with every parameter and with the required ones. Returns whether there is one.
    fn ask_other<O>(&self, build: impl Fn(&Input) -> O) -> bool
    where
        O: Operation<Response: Decode>,
    {
        let Some(client) = &self.other else { return false };
        let described = self.described::<O>();
        let id = described.id;
        for only_required in [false, true] {
            let call = client.send(build(&Input::new(described, only_required))).no_retry();
            match self.runtime.block_on(call.into_future()) {
                Ok(_) => self.answered.lock().unwrap().push(id),
                Err(error) => self.errors.borrow_mut().push(format!("{id}: {error} {:?}", error.raw_body())),
            }
        }
        true
    }

    fn described<O: Operation>(&self) -> &Described {
        let metadata = O::metadata();
        let found = self.described.iter().find(|described| described.id == metadata.id());
        let described = found.unwrap_or_else(|| panic!("{} is not in the description", metadata.id()));
        assert_eq!(metadata.method().as_str(), described.method, "{}", described.id);
        assert_eq!(metadata.path(), described.path, "{}", described.id);
        described
    }

    /// A client whose transport is the server. The server answers what the description does not allow with 400.
    fn client(&self, answer: Answer) -> Client {
        let (all, answered) = (Arc::clone(&self.described), Arc::clone(&self.answered));
        let transport = service_fn(move |request: Request<Full<Bytes>>| {
            let (all, answered, answer) = (Arc::clone(&all), Arc::clone(&answered), Arc::clone(&answer));
            async move {
                let (head, body) = request.into_parts();
                let body =
                    http_body_util::BodyExt::collect(body).await.unwrap_or_else(|never| match never {}).to_bytes();
                let request = Request::from_parts(head, body);
                let checked = server::operation_of(&all, &request)
                    .and_then(|described| server::check(described, &request).map(|()| described));
                Ok::<_, Infallible>(match checked {
                    Ok(described) => {
                        answered.lock().unwrap().push(described.id);
                        answer(described, &request).map(Full::new)
                    }
                    Err(message) => {
                        let mut response = Response::new(Full::from(json!({ "message": message }).to_string()));
                        *response.status_mut() = StatusCode::BAD_REQUEST;
                        response
                    }
                })
            }
        });
        Client::builder().api_key("key").build_with(transport).unwrap()
    }

    fn send<O>(&self, operation: O, answer: Answer) -> Result<(StatusCode, <O::Response as Decode>::Value), Error>
    where
        O: Operation<Response: Decode>,
    {
        let call = self.client(answer).send(operation);
        let response = self.runtime.block_on(call.into_future())?;
        Ok((response.status(), response.value))
    }

    /// Sends an operation with every parameter and with the required ones, and returns the value of each response.
    fn values<O>(&self, build: impl Fn(&Input) -> O) -> [<O::Response as Decode>::Value; 2]
    where
        O: Operation<Response: Decode>,
    {
        let described = self.described::<O>();
        [false, true].map(|only_required| {
            let input = Input::new(described, only_required);
            let operation = build(&input);
            Self::compare(described, &input, &operation);
            let (status, value) = self
                .send(operation, Arc::new(server::answer))
                .unwrap_or_else(|error| panic!("{}: {error}", described.id));
            assert_eq!(status, described.success().0, "{}", described.id);
            value
        })
    }

    /// Compares a request with the input. The wire rules give the query.
    fn compare<O: Operation>(described: &Described, input: &Input, operation: &O) {
        let id = described.id;
        let request = operation.to_http_request().unwrap_or_else(|error| panic!("{id}: {error}"));
        let query = compare::by_key(compare::pairs(&request.uri().to_string()).unwrap());
        assert_eq!(query, compare::by_key(compare::pairs_by_the_rules(&input.query)), "{id}");
        if let Some(body) = input.values.get("body") {
            assert_eq!(compare::json(request.body()).unwrap(), compare::with_floats(body.clone()), "{id}");
        }
        for parameter in described.parameters().iter().filter(|parameter| parameter["in"] == "header") {
            let name = parameter["name"].as_str().unwrap();
            let sent = request.headers().get(name).map(|value| value.to_str().unwrap());
            assert_eq!(sent, input.values.get(&plain(name)).and_then(Value::as_str), "{id}: {name}");
        }
    }

    /// An operation with a JSON response.
    pub(crate) fn json<O, T>(&mut self, build: impl Fn(&Input) -> O)
    where
        O: Operation<Response: Decode<Value = T>>,
        T: Serialize,
    {
        if self.ask_other(&build) {
            return;
        }
        let described = self.described::<O>();
        let schema = described.success().1.unwrap_or_else(|| panic!("{} has no JSON", described.id));
        let sent = compare::with_floats(sample(schema, Sample::Full));
        for value in self.values(&build) {
            assert_eq!(compare::with_floats(serde_json::to_value(value).unwrap()), sent, "{}", described.id);
        }
        if described.may_be_empty() {
            let no_content: Answer = Arc::new(|_, _| {
                let mut response = Response::new(Bytes::new());
                *response.status_mut() = StatusCode::NO_CONTENT;
                response
            });
            let (_, value) = self.send(build(&Input::new(described, true)), no_content).unwrap();
            assert_eq!(serde_json::to_value(value).unwrap(), Value::Null, "{}", described.id);
        }
    }

    /// A list: a JSON response, and three pages.
    pub(crate) fn page<O, T>(&mut self, build: impl Fn(&Input) -> O)
    where
        O: Paginated<Paging: Paging<T>, Response: Decode<Value = T>>,
        T: Serialize + Page<Item: Serialize>,
    {
        self.json(&build);
        if self.other.is_some() {
            return;
        }
        let described = self.described::<O>();
        let id = described.id;
        let answer: Answer = Arc::new(|described, request| {
            let pairs = compare::pairs(&request.uri().to_string()).unwrap();
            let cursor = pairs.iter().find(|(key, _)| key == "next").map(|(_, cursor)| &**cursor);
            Response::new(server::page(described, cursor).to_string().into())
        });
        let client = self.client(answer);
        let list = || build(&Input::new(described, true));
        let (mut items, mut pages) = (Vec::new(), 0);
        self.runtime.block_on(async {
            let mut stream = client.items(list());
            while let Some(item) = stream.try_next().await.unwrap_or_else(|error| panic!("{id}: {error}")) {
                items.push(serde_json::to_value(item).unwrap());
            }
            let mut stream = client.pages(list());
            while stream.try_next().await.unwrap_or_else(|error| panic!("{id}: {error}")).is_some() {
                pages += 1;
            }
        });
        let sent = compare::with_floats(server::page(described, None)["data"].take());
        assert_eq!(compare::with_floats(Value::Array(items)), sent, "{id}");
        assert_eq!((pages, sent.as_array().map(Vec::len)), (3, Some(2)), "{id}");
        self.pages += 1;
    }

    /// An operation whose response is bytes.
    pub(crate) fn download<O>(&mut self, build: impl Fn(&Input) -> O)
    where
        O: Operation<Response: Decode<Value = DownloadBody>>,
    {
        if self.ask_other(&build) {
            return;
        }
        for mut body in self.values(build) {
            let mut content = Vec::new();
            self.runtime.block_on(async {
                while let Some(chunk) = body.try_next().await.unwrap() {
                    content.extend_from_slice(&chunk);
                }
            });
            assert_eq!(content, FILE, "{}", O::metadata().id());
        }
    }

    /// An operation without a response type.
    pub(crate) fn ignored<O>(&mut self, build: impl Fn(&Input) -> O)
    where
        O: Operation<Response: Decode<Value = ()>>,
    {
        if !self.ask_other(&build) {
            self.values(build);
        }
    }
}

#[test]
fn every_operation_is_answered_and_its_answer_decodes() {
    let mut check = Check::new(None);
    operations::check_all(&mut check);
    let answered: BTreeSet<&str> = check.answered.lock().unwrap().iter().copied().collect();
    let described: BTreeSet<&str> = check.described.iter().map(|described| described.id).collect();
    assert_eq!(answered, described);
    assert_eq!(answered.len(), 292);
    assert!(check.pages >= 103, "{}", check.pages);
}

/// `api/check-with-prism` runs it.
#[test]
#[ignore = "it needs a server that checks requests against the description, at STACKONE_SERVER"]
fn another_server_accepts_every_operation() {
    let address = std::env::var("STACKONE_SERVER").unwrap();
    let client = Client::builder().api_key("key").base_url(address).build().unwrap();
    let mut check = Check::new(Some(client));
    operations::check_all(&mut check);
    let errors = check.errors.take();
    assert!(errors.is_empty(), "{} errors:\n{}", errors.len(), errors.join("\n"));
    assert_eq!(check.answered.lock().unwrap().len(), 2 * 292);
}

/// Otherwise the test of every operation could not fail.
#[test]
fn the_server_refuses_what_the_description_does_not_allow() {
    let all = server::described();
    let refusal = |method: &str, target: &str, account: bool, body: &'static str| {
        let mut request = Request::builder().method(method).uri(format!("http://x{target}"));
        request = request.header("accept", "application/json");
        if account {
            request = request.header("x-account-id", "acc_1");
        }
        if !body.is_empty() {
            request = request.header("content-type", "application/json");
        }
        let request = request.body(Bytes::from_static(body.as_bytes())).unwrap();
        server::operation_of(&all, &request).and_then(|described| server::check(described, &request)).err()
    };
    assert_eq!(refusal("GET", "/unified/hris/employees?next=a&filter%5Bemail%5D=b", true, ""), None);
    assert_eq!(refusal("POST", "/unified/ats/applications", true, "{}"), None);
    let is = |refusal: Option<String>, message: &str| assert_eq!(refusal.as_deref(), Some(message));
    is(refusal("GET", "/unified/hris/employees", false, ""), "x-account-id is required");
    is(refusal("GET", "/unified/hris/employees?cursor=a", true, ""), "cursor is not in the description");
    is(refusal("PUT", "/unified/hris/employees", true, ""), "no operation for PUT http://x/unified/hris/employees");
    is(refusal("GET", "/unified/hris/employees/", false, ""), "x-account-id is required");
    is(refusal("GET", "/unified/hris/employees", true, "{}"), "there is a body");
    is(refusal("POST", "/unified/ats/applications", true, ""), "the body is not JSON");
}
