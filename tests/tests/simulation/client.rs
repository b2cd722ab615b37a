//! The client: `stackone` with its default transport, which connects into the simulated network.

use crate::{network::Network, server::ledger::Ledger};
use http::{Request, Response};
use serde::{Deserialize, Serialize};
use stackone::{
    Client, Error, Prefer,
    retry::{FailedAttempt, Retry, RetryPolicy},
    stackone_operation,
    transport::{NotSent, RequestBody, ResponseBody, TransportService},
};
use std::{
    pin::Pin,
    sync::Mutex,
    task::{Context, Poll},
    time::Duration,
};
use tower::{Service, layer::layer_fn};

/// A rule that the client breaks on purpose, through the public API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BrokenRule {
    /// A retry policy sends every failed write again.
    ResendsLostWrites,
    /// A transport calls every lost request unsent.
    CallsLostRequestsUnsent,
    /// The calls have no time limit.
    HasNoDeadline,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct ClientSettings {
    pub(crate) http2: bool,
    pub(crate) broken_rule: Option<BrokenRule>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A write that is not idempotent.
    Post,
    /// The same, of which the caller does not see the response.
    PostIgnored,
    /// A write that is idempotent.
    Put,
    Get,
}

#[derive(Debug, Clone)]
pub(crate) struct CallSettings {
    pub(crate) number: u64,
    pub(crate) kind: Kind,
    pub(crate) beats: bool,
    pub(crate) timeout: Duration,
    /// The number of bytes that the body has at least.
    pub(crate) body: usize,
}

/// The document that the server answers with.
#[derive(Debug, Deserialize)]
pub(crate) struct Document {
    pub(crate) call: u64,
    pub(crate) execution: u64,
}

#[derive(Debug, Clone, Serialize)]
struct Padding {
    padding: String,
}

#[stackone_operation(method = "POST", path = "/writes", response = Document)]
struct PostRequest {
    #[header("x-call")]
    call: u64,
    #[header]
    prefer: Option<Prefer>,
    #[body]
    body: Padding,
}

#[stackone_operation(method = "POST", path = "/writes")]
struct PostIgnoredRequest {
    #[header("x-call")]
    call: u64,
    #[header]
    prefer: Option<Prefer>,
    #[body]
    body: Padding,
}

#[stackone_operation(method = "PUT", path = "/writes", response = Document)]
struct PutRequest {
    #[header("x-call")]
    call: u64,
    #[header]
    prefer: Option<Prefer>,
    #[body]
    body: Padding,
}

#[stackone_operation(method = "GET", path = "/reads", response = Document)]
struct GetRequest {
    #[header("x-call")]
    call: u64,
    #[header]
    prefer: Option<Prefer>,
}

pub(crate) fn build(network: Network, ledger: Ledger, rng: fastrand::Rng, settings: ClientSettings) -> Client {
    let is_unsent = settings.broken_rule == Some(BrokenRule::CallsLostRequestsUnsent);
    let resends_all = settings.broken_rule == Some(BrokenRule::ResendsLostWrites);
    let builder = Client::builder().api_key("key").base_url("http://server").max_body(100_000).max_heartbeats(1000);
    let builder = if settings.http2 { builder.http2_prior_knowledge() } else { builder };
    builder
        .retry(Seeded { rng: Mutex::new(rng), resends_all })
        .connector(move |_| {
            let network = network.clone();
            async move { network.connect().await }
        })
        .layer(layer_fn(move |transport| Watched { transport, is_unsent, ledger: ledger.clone() }))
        .build()
        .unwrap()
}

pub(crate) async fn send(
    client: &Client,
    call: &CallSettings,
    broken_rule: Option<BrokenRule>,
) -> Result<Option<Document>, Error> {
    let prefer = call.beats.then(Prefer::heartbeat);
    let body = Padding { padding: "x".repeat(call.body) };
    let limit = (broken_rule != Some(BrokenRule::HasNoDeadline)).then_some(call.timeout);
    macro_rules! send {
        ($operation:expr) => {{
            let call = client.send($operation).timeout(limit);
            let call = if limit.is_none() { call.header_timeout(None).idle_timeout(None) } else { call };
            call.await?.value
        }};
    }
    let number = call.number;
    match call.kind {
        Kind::Post => Ok(Some(send!(PostRequest { call: number, prefer, body }))),
        Kind::PostIgnored => {
            let () = send!(PostIgnoredRequest { call: number, prefer, body });
            Ok(None)
        }
        Kind::Put => Ok(Some(send!(PutRequest { call: number, prefer, body }))),
        Kind::Get => Ok(Some(send!(GetRequest { call: number, prefer }))),
    }
}

/// The default policy, with waits from the seed.
struct Seeded {
    rng: Mutex<fastrand::Rng>,
    resends_all: bool,
}

impl RetryPolicy for Seeded {
    fn wait(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
        let wait = Retry::default().wait(failed);
        if wait.is_none() && !(self.resends_all && failed.retries() < 3) {
            return None;
        }
        let random = self.rng.lock().unwrap().u64(0..1000);
        Some(match failed.error().retry_after() {
            Some(asked) if asked.is_zero() => asked,
            Some(asked) => asked + Duration::from_millis(random),
            None => Duration::from_millis((500 + random / 2) << failed.retries()),
        })
    }
}

/// A layer that writes each attempt into the ledger.
#[derive(Clone)]
struct Watched {
    transport: TransportService,
    is_unsent: bool,
    ledger: Ledger,
}

impl Service<Request<RequestBody>> for Watched {
    type Response = Response<ResponseBody>;
    type Error = Box<dyn std::error::Error + Send + Sync>;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.transport.poll_ready(cx)
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let call = request.headers()["x-call"].to_str().unwrap().parse().unwrap();
        self.ledger.send(call);
        let (response, is_unsent, ledger) = (self.transport.call(request), self.is_unsent, self.ledger.clone());
        Box::pin(async move {
            let response = response.await;
            if response.as_ref().is_ok_and(|response| response.status().is_success()) {
                ledger.confirm(call);
            }
            response.map_err(|error| if is_unsent { NotSent::new(error).into() } else { error })
        })
    }
}
