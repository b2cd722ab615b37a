//! Credentials: how each scheme looks on the wire, sources that are asked before each attempt, and 401.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use stackone::{
    Client, ClientBuilder, ErrorKind, Operation, TimeoutKind,
    credentials::{Credentials, CredentialsSource, Token, TokenSource},
    retry::RetryBudget,
    stackone_operation,
};
use std::{
    future::IntoFuture,
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};
use support::{BoxError, Get, Post, Reply, Server, THING, Thing, Things, piece};
use tokio::time::{Instant, sleep};

const SECOND: Duration = Duration::from_secs(1);

#[stackone_operation(method = "GET", path = "/search", response = Thing)]
#[derive(Debug, Default)]
struct Search {
    #[query]
    key: Option<String>,
    #[query]
    text: Option<String>,
    #[header(sensitive)]
    cookie: Option<String>,
}

/// A client of the server without the key that the other tests use.
fn client(server: &Server, settings: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
    settings(Client::builder().base_url("http://127.0.0.1:1")).build_with(server.clone()).unwrap()
}

/// A source that issues `token-0`, `token-1` and so on, each after `wait` and with a lifetime of an hour.
fn counting(wait: Duration) -> (TokenSource, Arc<AtomicUsize>) {
    let issued = Arc::new(AtomicUsize::new(0));
    let counter = issued.clone();
    let source = TokenSource::new(move || {
        let number = counter.fetch_add(1, SeqCst);
        async move {
            sleep(wait).await;
            Ok::<_, BoxError>(Token::bearer(format!("token-{number}")).expires_in(3600 * SECOND))
        }
    });
    (source, issued)
}

fn authorization(server: &Server, index: usize) -> String {
    server.request(index).headers()["authorization"].to_str().unwrap().to_owned()
}

fn authorizations(server: &Server) -> Vec<String> {
    (0..server.attempts()).map(|index| authorization(server, index)).collect()
}

#[tokio::test(start_paused = true)]
async fn each_scheme_is_one_line_of_the_builder() {
    /// The setting, the header with the credentials, and the target.
    type Scheme = (fn(ClientBuilder) -> ClientBuilder, Option<(&'static str, &'static str)>, &'static str);
    let schemes: [Scheme; 9] = [
        (|b| b, None, "/search"),
        (|b| b.api_key("key"), Some(("authorization", "Basic a2V5Og==")), "/search"),
        (
            |b| b.basic_auth("Aladdin", "open sesame"),
            Some(("authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")),
            "/search",
        ),
        (|b| b.bearer_token("t.o-k"), Some(("authorization", "Bearer t.o-k")), "/search"),
        (|b| b.api_key_header("x-api-key", "key"), Some(("x-api-key", "key")), "/search"),
        (|b| b.api_key_header("authorization", "Token key"), Some(("authorization", "Token key")), "/search"),
        (|b| b.api_key_cookie("session", "key"), Some(("cookie", "session=key")), "/search"),
        (|b| b.api_key_query("api key", "k&y"), None, "/search?api%20key=k%26y"),
        (|b| b.bearer_token("t").credentials(Credentials::none()), None, "/search"),
    ];
    for (scheme, header, target) in schemes {
        let server = Server::new([Reply::thing()]);
        client(&server, scheme).send(Search::default()).await.unwrap();
        let request = server.request(0);
        assert_eq!(request.uri().path_and_query().unwrap(), target);
        let sensitive: Vec<_> = request.headers().iter().filter(|(_, value)| value.is_sensitive()).collect();
        let sent: Vec<_> = sensitive.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
        assert_eq!(sent, Vec::from_iter(header));
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_joins_the_query_and_the_cookies_of_the_request() {
    let server = Server::new((0..4).map(|_| Reply::thing()));
    let in_query = client(&server, |builder| builder.api_key_query("key", "secret"));
    in_query.send(Search { text: Some("a".to_owned()), ..Search::default() }).await.unwrap();
    in_query.send(Search { key: Some("own".to_owned()), ..Search::default() }).await.unwrap();
    let in_cookie = client(&server, |builder| builder.api_key_cookie("sid", "secret"));
    in_cookie.send(Search { cookie: Some("theme=dark".to_owned()), ..Search::default() }).await.unwrap();
    in_cookie.send(Search { cookie: Some("theme=dark; sid=own".to_owned()), ..Search::default() }).await.unwrap();

    let targets = [0, 1].map(|index| server.request(index).uri().path_and_query().unwrap().to_string());
    assert_eq!(targets, ["/search?text=a&key=secret", "/search?key=own"]);
    let cookies = [2, 3].map(|index| server.request(index).headers()["cookie"].to_str().unwrap().to_owned());
    assert_eq!(cookies, ["theme=dark; sid=secret", "theme=dark; sid=own"]);
    assert_eq!(server.request(2).headers().get_all("cookie").iter().count(), 1);
}

#[test]
fn invalid_credentials_are_errors_of_the_builder() {
    type Setting = fn(ClientBuilder) -> ClientBuilder;
    let settings: [(Setting, &str); 7] = [
        (|b| b.basic_auth("secret:secret", ""), "`basic_auth`"),
        (|b| b.bearer_token("secret secret"), "`bearer_token`"),
        (|b| b.api_key_header("host", "secret"), "`api_key_header`"),
        (|b| b.api_key_query("", "secret"), "`api_key_query`"),
        (|b| b.api_key_cookie("sid", "secret;"), "`api_key_cookie`"),
        (|b| b.credentials(Credentials::bearer("secret\n")), "`credentials`"),
        (|b| b.default_header("authorization", "secret").credentials(counting(SECOND).0), "`default_header`"),
    ];
    for (setting, name) in settings {
        let error = setting(Client::builder()).build_with(Server::new([])).unwrap_err();
        let message = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(message.contains(name) && !message.contains("secret"), "{message}");
    }
}

/// Counts how often it is asked.
struct Counting(AtomicUsize);

impl CredentialsSource for Counting {
    async fn credentials(&self, _: Option<&Credentials>) -> Result<Credentials, BoxError> {
        Ok(Credentials::bearer(format!("token-{}", self.0.fetch_add(1, SeqCst))))
    }
}

#[tokio::test(start_paused = true)]
async fn a_source_is_asked_before_each_attempt() {
    let server = Server::new([Reply::Refused, Reply::new(503, ""), Reply::thing()]);
    let client = client(&server, |builder| builder.credentials(Counting(AtomicUsize::new(0))));
    client.send(Get::default()).await.unwrap();
    assert_eq!(authorizations(&server), ["Bearer token-0", "Bearer token-1", "Bearer token-2"]);
}

#[stackone_operation(method = "POST", path = "/oauth/token", response = Thing, no_credentials)]
struct CreateToken;

#[tokio::test(start_paused = true)]
async fn an_operation_can_go_without_credentials() {
    let settings: [fn(ClientBuilder) -> ClientBuilder; 3] = [
        |builder| builder.bearer_token("token"),
        |builder| builder.api_key_query("key", "secret"),
        |builder| builder.credentials(counting(SECOND).0),
    ];
    for setting in settings {
        let server = Server::new([Reply::thing(), Reply::new(401, "")]);
        let client = client(&server, setting);
        client.send(CreateToken).await.unwrap();
        let request = server.request(0);
        assert!(!request.headers().contains_key("authorization"));
        assert_eq!(request.uri().path_and_query().unwrap(), "/oauth/token");
        assert_eq!(client.send(CreateToken).await.unwrap_err().attempts(), 1, "no credentials can be refused");
    }
    assert!(!CreateToken::metadata().uses_credentials() && Get::metadata().uses_credentials());
}

#[tokio::test(start_paused = true)]
async fn a_call_can_have_its_own_credentials() {
    let server = Server::new([Reply::thing()]);
    let call = server.client().send(Get::default()).credentials(Credentials::bearer("of-the-call"));
    call.await.unwrap();
    assert_eq!(authorization(&server, 0), "Bearer of-the-call");
}

#[tokio::test(start_paused = true)]
async fn one_refresh_serves_all_waiting_calls() {
    let (source, issued) = counting(5 * SECOND);
    let server = Server::new((0..50).map(|_| Reply::thing()));
    let client = client(&server, |builder| builder.credentials(source));
    let calls: Vec<_> = (0..50).map(|_| tokio::spawn(client.send(Get::default()).into_future())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(issued.load(SeqCst), 1);
    assert!(authorizations(&server).iter().all(|value| value == "Bearer token-0"));
}

#[tokio::test(start_paused = true)]
async fn a_token_is_replaced_before_it_expires() {
    let (source, issued) = counting(Duration::ZERO);
    let server = Server::new((0..4).map(|_| Reply::thing()));
    let client = client(&server, |builder| builder.credentials(source.expiry_margin(100 * SECOND)));
    for (wait, expected) in [(0, 1), (3499, 1), (2, 2), (3400, 2)] {
        sleep(wait * SECOND).await;
        client.send(Get::default()).await.unwrap();
        assert_eq!(issued.load(SeqCst), expected, "after {wait} more seconds");
    }
}

#[tokio::test(start_paused = true)]
async fn a_lifetime_shorter_than_the_margin_is_used() {
    let issued = Arc::new(AtomicUsize::new(0));
    let counter = issued.clone();
    let source = TokenSource::new(move || {
        counter.fetch_add(1, SeqCst);
        async { Ok::<_, BoxError>(Token::bearer("token").expires_in(20 * SECOND)) }
    });
    let server = Server::new((0..3).map(|_| Reply::thing()));
    let client = client(&server, |builder| builder.credentials(source));
    for (wait, expected) in [(0, 1), (9, 1), (2, 2)] {
        sleep(wait * SECOND).await;
        client.send(Get::default()).await.unwrap();
        assert_eq!(issued.load(SeqCst), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refresh_outlives_the_call_that_started_it() {
    let (source, issued) = counting(10 * SECOND);
    let server = Server::new([Reply::thing(), Reply::thing()]);
    let client = client(&server, |builder| builder.credentials(source));
    let first = tokio::spawn(client.send(Get::default()).into_future());
    sleep(SECOND).await;
    let second = tokio::spawn(client.send(Get::default()).into_future());
    sleep(SECOND).await;
    first.abort();
    let error = client.send(Get::default()).timeout(SECOND).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Overall));
    assert_eq!((error.attempts(), error.outcome_unknown()), (0, false));
    second.await.unwrap().unwrap();
    client.send(Get::default()).await.unwrap();
    assert_eq!(issued.load(SeqCst), 1);
    assert_eq!(server.attempts(), 2);
}

#[test]
fn a_refresh_of_a_runtime_that_ended_is_started_again() {
    let (source, issued) = counting(10 * SECOND);
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let first = runtime();
    first.block_on(async {
        assert!(tokio::time::timeout(SECOND, source.credentials(None)).await.is_err());
    });
    drop(first);
    runtime().block_on(source.credentials(None)).unwrap();
    assert_eq!(issued.load(SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn the_error_of_a_refresh_goes_to_all_waiting_calls() {
    let issued = Arc::new(AtomicUsize::new(0));
    let counter = issued.clone();
    let source = TokenSource::new(move || {
        let number = counter.fetch_add(1, SeqCst);
        async move {
            sleep(SECOND).await;
            if number == 0 { Err(io::Error::other("login is down")) } else { Ok(Token::bearer("token")) }
        }
    });
    let server = Server::new([Reply::thing()]);
    let client = client(&server, |builder| builder.credentials(source));
    let calls: Vec<_> = (0..3).map(|_| tokio::spawn(client.send(Post::default()).into_future())).collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials);
        assert_eq!(error.to_string(), "create_thing: the source of credentials failed: login is down");
        assert_eq!((error.attempts(), error.outcome_unknown(), error.is_retryable()), (0, false, false));
    }
    client.send(Get::default()).await.unwrap();
    assert_eq!((issued.load(SeqCst), server.attempts()), (2, 1));
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_panics_is_an_error() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let source = TokenSource::new(|| async { panic!("in the closure") as Result<Token, BoxError> });
    let server = Server::new([]);
    let client = client(&server, |builder| builder.credentials(source));
    let errors = [client.send(Get::default()).await, client.send(Get::default()).await];
    std::panic::set_hook(hook);
    for error in errors {
        assert_eq!(error.unwrap_err().kind(), ErrorKind::Credentials);
    }
}

#[tokio::test(start_paused = true)]
async fn a_401_is_sent_again_once_with_another_token() {
    let (source, issued) = counting(Duration::ZERO);
    let server = Server::new([Reply::new(401, ""), Reply::thing()]);
    let budget = RetryBudget::new(10, 5);
    let client = client(&server, |builder| builder.credentials(source).retry_budget(budget.clone()));
    // A write, without retries: the server refused the first request.
    let response = client.send(Post::default()).no_retry().await.unwrap();
    assert_eq!(authorizations(&server), ["Bearer token-0", "Bearer token-1"]);
    assert_eq!(response.attempts(), 2);
    assert_eq!(server.waits(), [0.0]);
    assert_eq!((issued.load(SeqCst), budget.available()), (2, 10));
}

#[tokio::test(start_paused = true)]
async fn a_second_401_is_the_error() {
    let (source, issued) = counting(Duration::ZERO);
    let server = Server::new([401, 401].map(|status| Reply::new(status, r#"{"message":"revoked"}"#)));
    let error = client(&server, |builder| builder.credentials(source)).send(Post::default()).await.unwrap_err();
    assert_eq!(error.api().unwrap().message(), "revoked");
    assert_eq!((error.attempts(), error.outcome_unknown()), (2, false));
    assert_eq!((server.attempts(), issued.load(SeqCst)), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn one_renewal_is_all_even_with_retries_between() {
    let (source, issued) = counting(Duration::ZERO);
    let server = Server::new([401, 503, 401].map(|status| Reply::new(status, "")));
    let error = client(&server, |builder| builder.credentials(source)).send(Get::default()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!((server.attempts(), issued.load(SeqCst)), (3, 2));
}

#[tokio::test(start_paused = true)]
async fn the_retry_policy_still_has_all_its_retries_after_a_401() {
    let (source, _) = counting(Duration::ZERO);
    let replies = [503, 401, 503, 503].map(|status| Reply::new(status, ""));
    let server = Server::new(replies.into_iter().chain([Reply::thing()]));
    let response = client(&server, |builder| builder.credentials(source)).send(Get::default()).await.unwrap();
    assert_eq!(response.attempts(), 5);
    let waited: Vec<bool> = server.waits().iter().map(|wait| *wait > 0.0).collect();
    assert_eq!(waited, [true, false, true, true]);
}

#[tokio::test(start_paused = true)]
async fn a_burst_of_401_refreshes_once() {
    let (source, issued) = counting(SECOND);
    let late = || Reply::pieces(401, vec![piece(2000, "")]);
    let server = Server::new((0..20).map(|_| late()).chain((0..20).map(|_| Reply::thing())));
    let client = client(&server, |builder| builder.credentials(source));
    let calls: Vec<_> = (0..20).map(|_| tokio::spawn(client.send(Post::default()).into_future())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(issued.load(SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn credentials_that_do_not_change_are_not_sent_again() {
    let settings: [fn(ClientBuilder) -> ClientBuilder; 3] = [
        |builder| builder.bearer_token("token"),
        |builder| builder.credentials(Arc::new(Credentials::bearer("token"))),
        |builder| builder.credentials(TokenSource::new(|| async { Ok::<_, BoxError>(Token::bearer("token")) })),
    ];
    for setting in settings {
        let server = Server::new([Reply::new(401, "")]);
        let error = client(&server, setting).send(Get::default()).await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), server.attempts()), (401, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_with_its_own_authorization_is_not_sent_again() {
    let (source, _) = counting(Duration::ZERO);
    let server = Server::new([Reply::new(401, "")]);
    let client = client(&server, |builder| builder.credentials(source));
    let operation = Get { authorization: Some("Bearer own".to_owned()), ..Get::default() };
    client.send(operation).await.unwrap_err();
    assert_eq!(authorizations(&server), ["Bearer own"]);
}

#[tokio::test(start_paused = true)]
async fn after_a_success_status_only_reads_are_sent_again() {
    let envelope = r#"{"statusCode":401,"message":"expired on the way"}"#;
    let (source, _) = counting(Duration::ZERO);
    let server = Server::new([Reply::new(200, envelope), Reply::new(200, envelope), Reply::thing()]);
    let client = client(&server, |builder| builder.credentials(source));
    assert_eq!(client.send(Post::default()).await.unwrap_err().attempts(), 1);
    assert_eq!(client.send(Get::default()).await.unwrap().attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_failed_refresh_after_a_401_is_the_error() {
    let issued = AtomicUsize::new(0);
    let source = TokenSource::new(move || {
        let first = issued.fetch_add(1, SeqCst) == 0;
        async move { if first { Ok(Token::bearer("token")) } else { Err("the refresh token is revoked") } }
    });
    let server = Server::new([Reply::new(401, "")]);
    let error = client(&server, |builder| builder.credentials(source)).send(Post::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.to_string().contains("the refresh token is revoked"), "{error}");
    assert_eq!((error.attempts(), error.outcome_unknown()), (1, false));
}

#[tokio::test(start_paused = true)]
async fn an_unknown_outcome_stays_unknown_after_a_401() {
    let (source, _) = counting(Duration::ZERO);
    let server = Server::new([Reply::Lost, Reply::new(401, ""), Reply::new(404, "")]);
    let client = client(&server, |builder| builder.credentials(source));
    let policy = |failed: &stackone::retry::FailedAttempt<'_>| (failed.retries() == 0).then_some(SECOND);
    let error = client.send(Post::default()).retry(policy).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.outcome_unknown()), (404, true));
}

#[tokio::test(start_paused = true)]
async fn pages_ask_for_credentials_too() {
    let (source, _) = counting(Duration::ZERO);
    let page = |next: &str| Reply::new(200, format!(r#"{{"next":"{next}","data":[{THING}]}}"#));
    let server = Server::new([page("a"), Reply::new(401, ""), page("")]);
    let mut pages = client(&server, |builder| builder.credentials(source)).pages(Things::default());
    while pages.try_next().await.unwrap().is_some() {}
    assert_eq!(authorizations(&server), ["Bearer token-0", "Bearer token-0", "Bearer token-1"]);
}

#[tokio::test(start_paused = true)]
async fn invalid_credentials_of_a_source_are_an_error_without_the_secret() {
    struct Invalid;
    impl CredentialsSource for Invalid {
        async fn credentials(&self, _: Option<&Credentials>) -> Result<Credentials, BoxError> {
            Ok(Credentials::bearer("a secret"))
        }
    }
    let error = client(&Server::new([]), |b| b.credentials(Invalid)).send(Get::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
}

/// A transport whose error names the URL, as that of some libraries does.
#[derive(Clone)]
struct NamesUrl;

impl tower::Service<http::Request<bytes::Bytes>> for NamesUrl {
    type Response = http::Response<http_body_util::Empty<bytes::Bytes>>;
    type Error = io::Error;
    type Future = std::future::Ready<Result<Self::Response, io::Error>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), io::Error>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<bytes::Bytes>) -> Self::Future {
        std::future::ready(Err(io::Error::other(format!("cannot reach {}", request.uri()))))
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_is_in_no_error_even_if_others_repeat_it() {
    let key = "a+query/secret";
    let shown = |error: stackone::Error| {
        let inner = error.get_ref().map(|inner| format!("{inner} {inner:?}")).unwrap_or_default();
        let api = error.api().map(|api| format!("{api} {api:?} {}", api.message())).unwrap_or_default();
        format!("{error} {error:?} {inner} {api}")
    };
    let secrets = ["a+query/secret", "a%2Bquery%2Fsecret"];

    let builder = Client::builder().base_url("http://127.0.0.1:1").api_key_query("key", key);
    let error = builder.build_with(NamesUrl).unwrap().send(Get::default()).no_retry().await.unwrap_err();
    let text = shown(error);
    assert!(text.contains("cannot reach http://127.0.0.1:1/things?key=[redacted]"), "{text}");
    assert!(secrets.iter().all(|secret| !text.contains(secret)), "{text}");

    let body = r#"{"message":"GET /things?key=a%2Bquery%2Fsecret: the key a+query/secret is blocked"}"#;
    let settings: [fn(ClientBuilder) -> ClientBuilder; 4] = [
        |b| b.api_key_query("key", "a+query/secret"),
        |b| b.api_key_header("x-key", "a+query/secret"),
        |b| b.bearer_token("a+query/secret"),
        |b| {
            b.credentials(TokenSource::new(|| async {
                Ok::<_, BoxError>(Token::new(Credentials::query("key", "a+query/secret")))
            }))
        },
    ];
    for setting in settings {
        let server = Server::new([Reply::new(403, body)]);
        let client = client(&server, setting);
        let debug = format!("{client:?}");
        let error = client.send(Get::default()).await.unwrap_err();
        let text = format!("{} {debug}", shown(error));
        assert!(text.contains("the key [redacted] is blocked"), "{text}");
        assert!(!text.contains("a+query/secret"), "{text}");
    }
    let types = format!(
        "{:?} {:?} {:?} {:?}",
        Credentials::bearer("a+query/secret"),
        Token::bearer("a+query/secret"),
        TokenSource::new(|| async { Ok::<_, BoxError>(Token::bearer("a+query/secret")) }),
        Client::builder().bearer_token("a+query/secret"),
    );
    assert!(!types.contains("secret"), "{types}");
}

#[tokio::test(start_paused = true)]
async fn a_source_that_hangs_ends_at_the_deadline() {
    struct Hanging;
    impl CredentialsSource for Hanging {
        async fn credentials(&self, _: Option<&Credentials>) -> Result<Credentials, BoxError> {
            std::future::pending().await
        }
    }
    let started = Instant::now();
    let client = client(&Server::new([]), |builder| builder.credentials(Hanging).timeout(7 * SECOND));
    let error = client.send(Post::default()).await.unwrap_err();
    assert_eq!(started.elapsed(), 7 * SECOND);
    assert!(error.is_timeout() && !error.outcome_unknown());
}
