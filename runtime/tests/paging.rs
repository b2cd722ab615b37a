//! Pages by number, offset, link, header and by a rule of the caller; positions, and prefetching.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use http::{Request, Response};
use http_body_util::Full;
use stackone::{
    Client, Error, ErrorKind, Paginated,
    page::{BodyCursor, List, Page, Paging, Position, PositionError, ReceivedPage},
    response_headers, responses, stackone_operation,
};
use std::{
    convert::Infallible,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Waker},
    time::Duration,
};
use support::{Reply, Server, Things, piece};
use tokio::time::{Instant, sleep};

#[stackone_operation(method = "GET", path = "/numbers", response = Vec<u32>)]
struct Numbers {
    #[query(page)]
    page: Option<u8>,
    #[query("per_page")]
    size: Option<u32>,
}

#[stackone_operation(method = "GET", path = "/numbers", response = Vec<u32>)]
struct FromZero {
    #[query("p", page, first = 0)]
    page: Option<i64>,
    #[query(full_pages)]
    size: u32,
}

#[stackone_operation(method = "GET", path = "/offsets", response = Vec<u32>)]
struct Offsets {
    #[query(offset)]
    offset: Option<u32>,
    #[query(full_pages)]
    limit: Option<u32>,
}

#[stackone_operation(method = "GET", path = "/header", response = Vec<u32>)]
struct InHeader {
    #[query(cursor, next_header = "X-Next")]
    after: Option<String>,
}

#[stackone_operation(method = "GET", path = "/repos/{owner}/issues", response = Vec<u32>, paging = link)]
struct Linked {
    #[path]
    owner: String,
    #[query]
    state: Option<String>,
}

fn linked() -> Linked {
    Linked::builder().owner("ada").state("open").build()
}

fn list(items: &[u32]) -> Reply {
    Reply::new(200, format!("{items:?}"))
}

fn next_link(items: &[u32], reference: &str) -> Reply {
    list(items).header("link", &format!("<https://elsewhere.test/>; rel=last, <{reference}>; rel=\"self next\""))
}

/// The targets of all requests.
fn targets(server: &Server) -> Vec<String> {
    (0..server.attempts()).map(|index| server.request(index).uri().path_and_query().unwrap().to_string()).collect()
}

/// All items, and the error at the end.
macro_rules! all {
    ($items:expr) => {{
        let (mut items, mut all) = ($items, Vec::new());
        let error: Option<Error> = loop {
            match items.try_next().await {
                Ok(Some(item)) => all.push(item),
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        (all, error)
    }};
}

#[tokio::test(start_paused = true)]
async fn page_numbers_end_with_an_empty_page() {
    let server = Server::new([list(&[1, 2]), list(&[3]), list(&[4, 5]), list(&[])]);
    let (items, error) = all!(server.client().items(Numbers::builder().size(2).build()));
    assert_eq!((items, error.is_none()), (vec![1, 2, 3, 4, 5], true), "a short page is not the last");
    let pages = ["", "page=2&", "page=3&", "page=4&"].map(|page| format!("/numbers?{page}per_page=2"));
    assert_eq!(targets(&server), pages);
}

#[tokio::test(start_paused = true)]
async fn page_numbers_start_where_the_caller_says() {
    let server = Server::new([list(&[1]), list(&[])]);
    let _ = all!(server.client().items(Numbers::builder().page(7).build()));
    assert_eq!(targets(&server), ["/numbers?page=7", "/numbers?page=8"]);
}

#[tokio::test(start_paused = true)]
async fn a_short_page_is_the_last_if_the_declaration_says_so() {
    let server = Server::new([list(&[1, 2]), list(&[3, 4, 5]), list(&[6])]);
    let (items, error) = all!(server.client().items(FromZero::builder().size(2).build()));
    assert_eq!((items, error.is_none()), (vec![1, 2, 3, 4, 5, 6], true));
    assert_eq!(targets(&server), ["/numbers?size=2", "/numbers?p=1&size=2", "/numbers?p=2&size=2"]);
}

#[tokio::test(start_paused = true)]
async fn offsets_count_the_items() {
    let server = Server::new([list(&[1, 2, 3]), list(&[4]), list(&[])]);
    let (items, error) = all!(server.client().items(Offsets::builder().build()));
    assert_eq!((items, error.is_none()), (vec![1, 2, 3, 4], true));
    assert_eq!(targets(&server), ["/offsets", "/offsets?offset=3", "/offsets?offset=4"]);
    let server = Server::new([list(&[1, 2, 3]), list(&[4])]);
    let _ = all!(server.client().items(Offsets::builder().offset(10).limit(3).build()));
    assert_eq!(targets(&server), ["/offsets?offset=10&limit=3", "/offsets?offset=13&limit=3"]);
}

#[tokio::test(start_paused = true)]
async fn a_number_without_room_in_its_field_is_an_error() {
    let server = Server::new([list(&[1])]);
    let (items, error) = all!(server.client().items(Numbers::builder().page(255).build()));
    let error = error.unwrap();
    assert_eq!((items, error.kind()), (vec![1], ErrorKind::Pagination));
    assert!(error.to_string().contains("no room for 256"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_header_has_the_cursor() {
    for last in [list(&[2]), list(&[2]).header("x-next", "")] {
        let server = Server::new([list(&[1]).header("x-next", "a b"), list(&[]).header("x-next", "c"), last]);
        let (items, error) = all!(server.client().items(InHeader::builder().build()));
        assert_eq!((items, error.is_none()), (vec![1, 2], true), "an empty page with a cursor goes on");
        assert_eq!(targets(&server), ["/header", "/header?after=a%20b", "/header?after=c"]);
    }
}

#[tokio::test(start_paused = true)]
async fn links_are_followed_to_the_end() {
    let server = Server::new([
        next_link(&[1], "http://127.0.0.1:1/repositories/7/issues?page=2"),
        next_link(&[], "issues?page=3"),
        next_link(&[2], "?page=4#top"),
        list(&[3]).header("link", "</repos/ada/issues>; rel=first"),
    ]);
    let (items, error) = all!(server.client().send(linked()).header("x-call", "1").items());
    assert_eq!((items, error.is_none()), (vec![1, 2, 3], true));
    let expected = [
        "/repos/ada/issues?state=open",
        "/repositories/7/issues?page=2",
        "/repositories/7/issues?page=3",
        "/repositories/7/issues?page=4",
    ];
    assert_eq!(targets(&server), expected);
    assert!((0..4).all(|index| {
        let request = server.request(index);
        request.headers()["x-call"] == "1" && request.headers().contains_key("authorization")
    }));
}

#[tokio::test(start_paused = true)]
async fn a_link_is_resolved_against_the_whole_url() {
    let server = Server::new([next_link(&[1], "issues?page=2"), next_link(&[2], "/other?page=3"), list(&[3])]);
    let client = server.client_with(|builder| builder.base_url("http://127.0.0.1:1/api/v3"));
    let (items, error) = all!(client.items(linked()));
    assert_eq!((items, error.is_none()), (vec![1, 2, 3], true));
    let expected = ["/api/v3/repos/ada/issues?state=open", "/api/v3/repos/ada/issues?page=2", "/other?page=3"];
    assert_eq!(targets(&server), expected);
}

#[tokio::test(start_paused = true)]
async fn the_credentials_stay_at_their_origin() {
    for reference in ["https://127.0.0.1:1/x", "http://127.0.0.1:2/x", "//evil.test/x", "http://key@127.0.0.1:1/x"] {
        let server = Server::new([next_link(&[1, 2], reference)]);
        let mut items = server.client().items(linked());
        assert_eq!(items.try_next().await.unwrap(), Some(1));
        assert_eq!(items.try_next().await.unwrap(), Some(2));
        let error = items.try_next().await.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Pagination, Some("linked")));
        assert!(error.to_string().contains("another origin") && !error.to_string().contains("key@"), "{error}");
        assert!(items.try_next().await.unwrap().is_none(), "an error ends the stream");
        assert_eq!(server.attempts(), 1, "and nothing is sent there");
    }
}

#[tokio::test(start_paused = true)]
async fn a_malformed_link_header_is_an_error_and_not_the_end() {
    let server = Server::new([list(&[1]).header("link", "</x>; rel=\"next")]);
    let (items, error) = all!(server.client().items(linked()));
    assert_eq!((items, error.unwrap().kind()), (vec![1], ErrorKind::Pagination));
}

#[tokio::test(start_paused = true)]
async fn a_link_of_another_resource_is_not_followed() {
    let server = Server::new([
        list(&[1]).header("link", "</x>; rel=next; anchor=\"/other\", </y>; rel=next; anchor=\"#top\""),
        list(&[2]),
    ]);
    let _ = all!(server.client().items(linked()));
    assert_eq!(targets(&server)[1..], ["/y"]);
}

#[tokio::test(start_paused = true)]
async fn a_link_to_an_earlier_page_is_an_error() {
    let first = "/repos/ada/issues?state=open";
    let server = Server::new([next_link(&[1], "?page=2"), next_link(&[2], first)]);
    let (items, error) = all!(server.client().items(linked()));
    assert_eq!((items, error.unwrap().kind()), (vec![1, 2], ErrorKind::Pagination));
    assert_eq!(server.attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_position_does_not_contain_the_key_of_the_client() {
    let link = "/x?api%5Fkey=1&page=2&api_key=key-secret";
    let server = Server::new([next_link(&[1], link), list(&[2])]);
    let client = server.client_with(|builder| builder.api_key_query("api_key", "key-secret"));
    let mut pages = client.pages(linked());
    pages.try_next().await.unwrap();
    assert_eq!(pages.position().unwrap().to_string(), "link:/x?api%5Fkey=1&page=2");
    pages.try_next().await.unwrap();
    assert_eq!(targets(&server)[1], "/x?api%5Fkey=1&page=2&api_key=key-secret");
}

/// The ids of the items are the cursors. `x-remaining` counts the items that are left.
struct AfterLast;

impl Paging<Vec<u32>> for AfterLast {
    fn next(received: &ReceivedPage<'_, Vec<u32>>) -> Result<Option<Position>, PositionError> {
        let left = received.head().headers().get("x-remaining").ok_or(PositionError::new("no `x-remaining`"))?;
        Ok(received.page().last().filter(|_| left != "0").map(|id| Position::cursor(id.to_string())))
    }
}

#[stackone_operation(method = "GET", path = "/events", response = Vec<u32>, paging = AfterLast)]
struct Events {
    #[query(cursor)]
    after: Option<String>,
}

#[tokio::test(start_paused = true)]
async fn a_rule_sees_head_and_body() {
    let left = |items: &[u32], left| list(items).header("x-remaining", left);
    let server = Server::new([left(&[4, 7], "1"), left(&[9], "0"), list(&[1])]);
    let (items, error) = all!(server.client().items(Events::builder().build()));
    assert_eq!((items, error.is_none()), (vec![4, 7, 9], true));
    assert_eq!(targets(&server), ["/events", "/events?after=7"]);
    let (items, error) = all!(server.client().items(Events::builder().build()));
    assert_eq!(items, [1]);
    assert!(error.unwrap().to_string().contains("no `x-remaining`"));
}

/// The next page is a URL in the body.
#[derive(serde::Deserialize)]
struct Results {
    next: Option<String>,
    results: Vec<u32>,
}

impl Page for Results {
    type Item = u32;

    fn next_cursor(&self) -> Option<&str> {
        None
    }

    fn items(&self) -> &[u32] {
        &self.results
    }

    fn into_items(self) -> Vec<u32> {
        self.results
    }
}

struct NextUrl;

impl Paging<Results> for NextUrl {
    fn next(received: &ReceivedPage<'_, Results>) -> Result<Option<Position>, PositionError> {
        received.page().next.as_deref().map(|url| received.link(url)).transpose()
    }
}

#[stackone_operation(method = "GET", path = "/results/", response = Results, paging = NextUrl)]
struct ListResults;

#[tokio::test(start_paused = true)]
async fn a_rule_may_return_a_link() {
    let page = |next: &str, item| Reply::new(200, format!(r#"{{"next":{next},"results":[{item}]}}"#));
    let server = Server::new([
        page("\"http://127.0.0.1:1/results/?page=2\"", 1),
        page("null", 2),
        page("\"https://evil.test/results/?page=2\"", 3),
    ]);
    assert_eq!(all!(server.client().items(ListResults)).0, [1, 2]);
    assert_eq!(targets(&server), ["/results/", "/results/?page=2"]);
    let (items, error) = all!(server.client().items(ListResults));
    assert_eq!((items, error.unwrap().kind()), (vec![3], ErrorKind::Pagination));
}

#[derive(serde::Serialize)]
struct Search {
    start_cursor: Option<String>,
}

#[stackone_operation(method = "POST", path = "/search", response = List<u32>)]
struct SearchRequest {
    #[body]
    search: Search,
}

impl Paginated for SearchRequest {
    type Paging = BodyCursor;

    fn seek(&mut self, position: &Position) -> Result<(), PositionError> {
        self.search.start_cursor = Some(position.to_cursor()?.to_owned());
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn a_cursor_may_be_in_the_body_of_the_request() {
    let server = Server::new([Reply::new(200, r#"{"next":"a","data":[1]}"#), Reply::new(200, r#"{"data":[2]}"#)]);
    let search = SearchRequest::builder().search(Search { start_cursor: None }).build();
    assert_eq!(all!(server.client().items(search)).0, [1, 2]);
    assert_eq!(server.request(1).body(), r#"{"start_cursor":"a"}"#);
}

#[tokio::test(start_paused = true)]
async fn the_position_follows_the_pages() {
    let server = Server::new([list(&[1, 2]), list(&[3]), Reply::new(400, ""), list(&[4]), list(&[])]);
    let mut pages = server.client().pages(Numbers::builder().build());
    let text = |position: Option<Position>| position.map(|position| position.to_string());
    assert_eq!(text(pages.position()).as_deref(), Some("number:1"));
    pages.try_next().await.unwrap();
    assert_eq!(text(pages.position()).as_deref(), Some("number:2"));
    pages.try_next().await.unwrap();
    assert_eq!(text(pages.position()).as_deref(), Some("number:3"));
    pages.try_next().await.unwrap_err();
    assert_eq!(text(pages.position()).as_deref(), Some("number:3"), "the page that is missing");
    let stored = text(pages.position()).unwrap();
    let mut pages = server.client().pages(Numbers::builder().build()).start_at(stored.parse().unwrap());
    assert_eq!(pages.try_next().await.unwrap().unwrap().value, [4]);
    assert!(pages.try_next().await.unwrap().unwrap().value.is_empty());
    assert_eq!(pages.position(), None, "after the last page");
    assert_eq!(targets(&server)[2..], ["/numbers?page=3", "/numbers?page=3", "/numbers?page=4"]);
}

/// Whatever the number of items that a job has read before it is stopped, a stream from its position has exactly the rest.
#[tokio::test(start_paused = true)]
async fn a_stream_goes_on_after_the_item_of_its_position() {
    let pages = |skip| {
        let pages = [("\"a\"", "[1,2,3]"), ("\"b\"", "[]"), ("null", "[4,5]")].into_iter();
        pages.skip(skip).map(|(next, data)| Reply::new(200, format!(r#"{{"next":{next},"data":{data}}}"#)))
    };
    let operation = || SearchRequest::builder().search(Search { start_cursor: None }).build();
    for read in 0..=5 {
        let mut items = Server::new(pages(0)).client().items(operation());
        let mut all = Vec::new();
        for _ in 0..read {
            all.push(items.try_next().await.unwrap().unwrap());
        }
        let Some(position) = items.position() else {
            assert_eq!(read, 5, "no position means that there is no further item");
            continue;
        };
        let server = Server::new(pages(position.as_cursor().map_or(0, |cursor| if cursor == "a" { 1 } else { 2 })));
        let stored = position.to_string();
        let mut rest = server.client().items(operation()).start_at(stored.parse().unwrap());
        assert_eq!(rest.position(), Some(position));
        while let Some(item) = rest.try_next().await.unwrap() {
            all.push(item);
        }
        assert_eq!(all, [1, 2, 3, 4, 5], "from {stored}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_position_of_an_item_survives_errors() {
    let server = Server::new([list(&[1, 2]), Reply::new(400, ""), next_link(&[3, 4], "https://evil.test/")]);
    let mut items = server.client().items(Offsets::builder().build());
    items.try_next().await.unwrap();
    assert_eq!(items.position(), Some(Position::offset(1)));
    items.try_next().await.unwrap();
    items.try_next().await.unwrap_err();
    assert_eq!(items.position(), Some(Position::offset(2)));
    let mut items = server.client().items(linked());
    items.try_next().await.unwrap();
    assert_eq!(items.position().unwrap().to_string(), "start+1");
    items.try_next().await.unwrap();
    items.try_next().await.unwrap_err();
    assert_eq!(items.position().unwrap().to_string(), "start+2", "the end of the page whose link is refused");
}

#[tokio::test(start_paused = true)]
async fn a_position_of_another_operation_is_an_error() {
    let server = Server::new([]);
    let mut pages = server.client().pages(Things::default()).start_at(Position::number(2));
    let error = pages.try_next().await.unwrap_err();
    assert_eq!((error.kind(), error.operation(), error.attempts()), (ErrorKind::Pagination, Some("list_things"), 0));
    assert!(error.to_string().contains("needs a cursor, and the position is `number:2`"), "{error}");
    let mut items = server.client().items(linked()).start_at(Position::cursor("a"));
    let error = items.try_next().await.unwrap_err();
    assert!(error.to_string().contains("no field for the position `cursor:a`"), "{error}");
    assert_eq!(server.attempts(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_next_page_is_requested_ahead() {
    let slow = |text| Reply::pieces(200, vec![piece(2_000, text)]);
    for prefetch in [false, true] {
        let server = Server::new([slow("[1,2]"), slow("[3]"), slow("[]")]);
        let items = server.client().items(Numbers::builder().build());
        let mut items = if prefetch { items.prefetch() } else { items };
        let (start, mut all) = (Instant::now(), Vec::new());
        while let Some(item) = items.try_next().await.unwrap() {
            all.push(item);
            // The caller works on the item.
            sleep(Duration::from_secs(1)).await;
        }
        assert_eq!(all, [1, 2, 3]);
        let expected = if prefetch { 2 + 2 + 1 + 1 } else { 2 + 2 + 2 + 1 + 2 };
        assert_eq!(start.elapsed().as_secs(), expected, "prefetch: {prefetch}");
        assert_eq!(server.attempts(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_of_a_page_ahead_follows_the_items_before_it() {
    let server = Server::new([list(&[1, 2]), Reply::new(400, "")]);
    let mut items = server.client().items(Numbers::builder().build()).prefetch();
    assert_eq!(items.try_next().await.unwrap(), Some(1));
    sleep(Duration::from_secs(1)).await;
    assert_eq!((server.attempts(), items.position().unwrap().to_string()), (2, "number+1:1".to_owned()));
    assert_eq!(items.try_next().await.unwrap(), Some(2));
    assert_eq!(items.try_next().await.unwrap_err().status().unwrap(), 400);
    assert_eq!(items.position(), Some(Position::number(2)));
}

/// Counts itself while it lives.
struct Running(Arc<AtomicUsize>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[tokio::test(start_paused = true)]
async fn dropping_a_stream_ends_the_request_ahead() {
    let running = Arc::new(AtomicUsize::new(0));
    let counter = running.clone();
    let serve = tower::service_fn(move |request: Request<Full<bytes::Bytes>>| {
        counter.fetch_add(1, Ordering::SeqCst);
        let running = Running(counter.clone());
        async move {
            if request.uri().query().is_some() {
                std::future::pending::<()>().await;
            }
            drop(running);
            Ok::<_, Infallible>(Response::new(Full::new(bytes::Bytes::from_static(b"[1]"))))
        }
    });
    let client = Client::builder().base_url("http://127.0.0.1:1").build_with(serve).unwrap();
    let mut pages = client.pages(Numbers::builder().build()).prefetch();
    pages.try_next().await.unwrap();
    sleep(Duration::from_secs(1)).await;
    assert_eq!(running.load(Ordering::SeqCst), 1, "the second page is requested");
    drop(pages);
    sleep(Duration::from_secs(1)).await;
    assert_eq!(running.load(Ordering::SeqCst), 0);
}

#[test]
fn pages_outside_of_a_runtime_are_an_error() {
    let client = Server::new([]).client();
    let mut pages = client.pages(Numbers::builder().build()).prefetch();
    let mut next = pin!(pages.try_next());
    let poll = next.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    let std::task::Poll::Ready(Err(error)) = poll else { panic!("not an error at once") };
    assert_eq!(error.kind(), ErrorKind::Config);
}

response_headers! {
    struct ListHeaders {
        total: u64 = "x-total",
        etag: Option<String> = "etag",
    }
}

#[stackone_operation(method = "GET", path = "/things", response = List<u32>, response_headers = ListHeaders)]
struct WithTotal {
    #[query(cursor)]
    next: Option<String>,
}

#[stackone_operation(method = "GET", path = "/things", response = Vec<u32>, response_headers = ListHeaders, paging = link)]
struct LinkedWithTotal;

#[tokio::test(start_paused = true)]
async fn a_page_has_its_response_headers() {
    let first = || Reply::new(200, r#"{"next":"a","data":[1,2]}"#).header("x-total", "3").header("etag", "e");
    let last = || Reply::new(200, r#"{"data":[3]}"#).header("x-total", "4");
    let server = Server::new([first(), last()]);
    let mut pages = server.client().pages(WithTotal::builder().build());
    let page = pages.try_next().await.unwrap().unwrap();
    assert_eq!(
        (page.value.headers.total, page.value.headers.etag.as_deref(), &page.value.body.data[..]),
        (3, Some("e"), &[1, 2][..])
    );
    let page = pages.try_next().await.unwrap().unwrap();
    assert_eq!(
        (page.value.headers.total, page.value.headers.etag.as_deref(), &page.value.body.data[..]),
        (4, None, &[3][..])
    );
    assert!(pages.try_next().await.unwrap().is_none());
    assert_eq!(targets(&server), ["/things", "/things?next=a"]);

    let server = Server::new([first(), last()]);
    assert_eq!(all!(server.client().items(WithTotal::builder().build())).0, [1, 2, 3]);

    let server = Server::new([next_link(&[1], "/things?page=2").header("x-total", "2"), list(&[2])]);
    let (items, error) = all!(server.client().items(LinkedWithTotal));
    assert_eq!(items, [1], "the second page has no total");
    assert_eq!(error.map(|error| error.kind()), Some(ErrorKind::Decode));
}

responses! {
    #[derive(Debug)]
    enum UsersResponse {
        Part(List<u32>) = 200 | 206,
        Moved(Vec<u32>) = 203,
        Empty = 204,
    }
}

impl Page for UsersResponse {
    type Item = u32;

    fn next_cursor(&self) -> Option<&str> {
        match self {
            Self::Part(list) => list.next_cursor(),
            Self::Moved(_) => Some("moved"),
            Self::Empty => None,
        }
    }

    fn items(&self) -> &[u32] {
        match self {
            Self::Part(list) => &list.data,
            Self::Moved(items) => items,
            Self::Empty => &[],
        }
    }

    fn into_items(self) -> Vec<u32> {
        match self {
            Self::Part(list) => list.data,
            Self::Moved(items) => items,
            Self::Empty => Vec::new(),
        }
    }
}

#[stackone_operation(method = "GET", path = "/users", responses = UsersResponse)]
struct ByCursor {
    #[query(cursor)]
    next: Option<String>,
}

#[stackone_operation(method = "GET", path = "/users", responses = UsersResponse)]
struct ByNumber {
    #[query(page)]
    page: Option<u32>,
}

#[tokio::test(start_paused = true)]
async fn the_status_chooses_the_type_of_each_page() {
    let part = || Reply::new(206, r#"{"next":"a","data":[1,2]}"#);
    let server = Server::new([part(), Reply::new(203, "[3]"), Reply::new(204, "")]);
    let (items, error) = all!(server.client().items(ByCursor::builder().build()));
    assert_eq!((items, error.is_none()), (vec![1, 2, 3], true));
    assert_eq!(targets(&server), ["/users", "/users?next=a", "/users?next=moved"]);

    let server = Server::new([part(), Reply::new(204, "")]);
    let mut pages = server.client().pages(ByNumber::builder().build());
    assert!(
        matches!(&pages.try_next().await.unwrap().unwrap().value, UsersResponse::Part(list) if list.data == [1, 2])
    );
    let empty = pages.try_next().await.unwrap().unwrap();
    assert!(matches!(empty.value, UsersResponse::Empty) && empty.status() == 204);
    assert!(pages.try_next().await.unwrap().is_none(), "an empty page is the last");
    assert_eq!(targets(&server), ["/users", "/users?page=2"]);

    let server = Server::new([part(), Reply::new(202, "[]")]);
    let (items, error) = all!(server.client().items(ByNumber::builder().build()));
    assert_eq!((items, error.unwrap().kind()), (vec![1, 2], ErrorKind::Decode), "no variant has the status 202");
}
