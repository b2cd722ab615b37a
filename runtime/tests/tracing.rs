//! The spans of calls and attempts.
#![cfg(feature = "tracing")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use stackone::transport::{RequestBody, TransportService};
use std::{
    collections::BTreeMap,
    fmt::Debug,
    sync::{Arc, Mutex},
    time::Duration,
};
use support::{Get, Post, Reply, Server, THING, Things, piece};
use tower::{ServiceExt, layer::layer_fn, service_fn};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
    subscriber::DefaultGuard,
};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
    registry::LookupSpan,
    util::SubscriberInitExt,
};

type Fields = BTreeMap<&'static str, String>;

/// A span, or an event with its level as its name.
#[derive(Debug, Clone, Default)]
struct Seen {
    name: &'static str,
    parent: Option<&'static str>,
    fields: Fields,
    is_closed: bool,
}

/// Keeps every span and every event, at every level.
#[derive(Clone, Default)]
struct Collector {
    spans: Arc<Mutex<Vec<(Id, Seen)>>>,
    events: Arc<Mutex<Vec<Seen>>>,
}

struct Visitor<'a>(&'a mut Fields);

impl Visit for Visitor<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    // An exporter takes any other integer for text.
    fn record_u64(&mut self, field: &Field, _: u64) {
        panic!("`{}` is not an i64", field.name());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl Collector {
    fn install() -> (Self, DefaultGuard) {
        let collector = Self::default();
        let guard = tracing_subscriber::registry().with(collector.clone()).set_default();
        (collector, guard)
    }

    fn spans(&self) -> Vec<Seen> {
        self.spans.lock().unwrap().iter().map(|(_, seen)| seen.clone()).collect()
    }

    fn change(&self, id: &Id, change: impl FnOnce(&mut Seen)) {
        let mut spans = self.spans.lock().unwrap();
        // The registry uses the id of a closed span again.
        if let Some((_, seen)) = spans.iter_mut().rev().find(|(known, _)| known == id) {
            change(seen);
        }
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Collector {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let span = context.span(id).unwrap();
        let parent = span.parent().map(|parent| parent.name());
        let mut seen = Seen { name: span.name(), parent, ..Seen::default() };
        attributes.record(&mut Visitor(&mut seen.fields));
        self.spans.lock().unwrap().push((id.clone(), seen));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        self.change(id, |seen| values.record(&mut Visitor(&mut seen.fields)));
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::new();
        event.record(&mut Visitor(&mut fields));
        let parent = context.event_span(event).map(|span| span.name());
        let name = event.metadata().level().as_str();
        self.events.lock().unwrap().push(Seen { name, parent, fields, is_closed: true });
    }

    fn on_close(&self, id: Id, _: Context<'_, S>) {
        self.change(&id, |seen| seen.is_closed = true);
    }
}

fn fields(list: &[(&'static str, &str)]) -> Fields {
    list.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

#[tokio::test(start_paused = true)]
async fn a_call_has_a_span_and_each_attempt_has_one_inside() {
    let (collector, _guard) = Collector::install();
    let server = Server::new([
        Reply::new(429, "{}").header("retry-after", "1"),
        Reply::pieces(201, vec![piece(1_000, "\n"), piece(1_000, "\n"), piece(0, THING)]).header("x-request-id", "r1"),
    ]);
    server.client().send(Post::default()).await.unwrap();
    let spans = collector.spans();
    assert_eq!(
        spans.iter().map(|span| (span.name, span.parent)).collect::<Vec<_>>(),
        [("call", None), ("attempt", Some("call")), ("attempt", Some("call")),]
    );
    assert!(spans.iter().all(|span| span.is_closed));
    let common = [
        ("http.request.method", "POST"),
        ("url.template", "/things"),
        ("server.address", "127.0.0.1"),
        ("server.port", "1"),
        ("stackone.operation.id", "create_thing"),
    ];
    let with = |more: &[(&'static str, &str)]| fields(&[&common[..], more].concat());
    assert_eq!(
        spans[0].fields,
        with(&[
            ("otel.name", "create_thing"),
            ("otel.kind", "internal"),
            ("http.response.status_code", "201"),
            ("stackone.request.id", "r1"),
            ("stackone.heartbeats", "2"),
            ("stackone.attempts", "2"),
        ])
    );
    assert_eq!(
        spans[1].fields,
        with(&[
            ("otel.name", "POST /things"),
            ("otel.kind", "client"),
            ("otel.status_code", "ERROR"),
            ("error.type", "429"),
            ("http.response.status_code", "429"),
            ("stackone.heartbeats", "0"),
        ])
    );
    assert_eq!(
        spans[2].fields,
        with(&[
            ("otel.name", "POST /things"),
            ("otel.kind", "client"),
            ("http.request.resend_count", "1"),
            ("http.response.status_code", "201"),
            ("stackone.request.id", "r1"),
            ("stackone.heartbeats", "2"),
        ])
    );
}

#[tokio::test(start_paused = true)]
async fn the_only_event_is_the_wait_before_a_retry() {
    let (collector, _guard) = Collector::install();
    let beats = (0..1_000).map(|_| piece(10, "\n")).chain([piece(0, THING)]).collect();
    let server = Server::new([Reply::new(429, "").header("retry-after", "2"), Reply::pieces(200, beats)]);
    let response = server.client().send(Post::default()).await.unwrap();
    assert_eq!(response.heartbeats(), 1_000);
    let events = collector.events.lock().unwrap();
    let [Seen { name: "DEBUG", parent: Some("call"), fields, .. }] = &events[..] else { panic!("{events:?}") };
    assert!(fields["wait_ms"].parse::<f64>().unwrap() >= 2_000.0, "{fields:?}");
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_closes_its_spans() {
    let (collector, _guard) = Collector::install();
    let server = Server::new([Reply::Hang]);
    let call = IntoFuture::into_future(server.client().send(Post::default()));
    assert!(tokio::time::timeout(Duration::from_secs(5), call).await.is_err());
    let spans = collector.spans();
    assert_eq!(spans.len(), 2);
    assert!(spans.iter().all(|span| span.is_closed && span.fields["error.type"] == "dropped"), "{spans:?}");
}

#[tokio::test(start_paused = true)]
async fn an_error_of_decoding_is_an_error_of_the_call() {
    let (collector, _guard) = Collector::install();
    server_error(&collector, Reply::new(200, r#"{"id":1}"#), "decode", None).await;
    server_error(&collector, Reply::Refused, "connect", Some("connect")).await;
    let envelope = Reply::new(200, r#"{"statusCode":404,"message":"m"}"#);
    server_error(&collector, envelope, "404", Some("404")).await;
}

async fn server_error(collector: &Collector, reply: Reply, of_call: &str, of_attempt: Option<&str>) {
    let before = collector.spans().len();
    Server::new([reply]).client().send(Get::default()).no_retry().await.unwrap_err();
    let spans = &collector.spans()[before..];
    assert_eq!(spans[0].fields["error.type"], of_call);
    assert_eq!(spans[1].fields.get("error.type").map(String::as_str), of_attempt);
}

/// A span of the caller is the parent, and a span of a layer is a child of the attempt.
#[tokio::test(start_paused = true)]
async fn spans_nest() {
    let (collector, _guard) = Collector::install();
    let layer = layer_fn(|inner: TransportService| {
        service_fn(move |request: http::Request<RequestBody>| {
            let _span = tracing::info_span!("layer").entered();
            inner.clone().oneshot(request)
        })
    });
    let server = Server::new([Reply::thing()]);
    let client = server.client_with(|builder| builder.layer(layer));
    let job = tracing::info_span!("job");
    tracing::Instrument::instrument(async { client.send(Get::default()).await.unwrap() }, job).await;
    let parents: Vec<_> = collector.spans().iter().map(|span| (span.name, span.parent)).collect();
    assert_eq!(parents, [("job", None), ("call", Some("job")), ("attempt", Some("call")), ("layer", Some("attempt"))]);
}

/// The next page is requested in a task, which has no span of its own.
#[tokio::test(start_paused = true)]
async fn the_calls_of_prefetched_pages_have_the_span_of_the_caller() {
    let (collector, _guard) = Collector::install();
    let page = |body: &'static str| Reply::new(200, body);
    let server = Server::new([page(r#"{"data":[{"id":"1"}],"next":"a"}"#), page(r#"{"data":[{"id":"2"}]}"#)]);
    let mut pages = server.client().pages(Things::default()).prefetch();
    let read = async { while pages.try_next().await.unwrap().is_some() {} };
    tracing::Instrument::instrument(read, tracing::info_span!("job")).await;
    let calls = collector.spans().into_iter().filter(|span| span.name == "call");
    assert_eq!(calls.map(|call| call.parent).collect::<Vec<_>>(), [Some("job"), Some("job")]);
}

#[tokio::test(start_paused = true)]
async fn no_span_and_no_event_contains_a_secret() {
    let (collector, _guard) = Collector::install();
    let secrets = ["key-secret", "a2V5LXNlY3JldD", "header-secret", "body-secret", "query-secret", "cookie-secret"];
    let repeats = || Reply::new(400, r#"{"message":"bad key key-secret header-secret body-secret query-secret"}"#);
    let server =
        Server::new([repeats().header("set-cookie", "a=cookie-secret"), repeats(), Reply::new(429, "key-secret")]);
    let client = server.client();
    let operation = Post { session_token: Some("header-secret".into()), ..Post::default() };
    client.send(&operation).await.unwrap_err();
    let in_query = client.to_builder().api_key_query("key", "query-secret").build().unwrap();
    in_query.send(&operation).await.unwrap_err();
    client.send(&operation).no_retry().await.unwrap_err();
    let all = format!("{:?} {:?}", collector.spans(), collector.events.lock().unwrap());
    assert!(all.contains("create_thing") && collector.spans().len() == 6);
    for secret in secrets {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
}
