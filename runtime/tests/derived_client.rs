//! Clients that share the transport of another client.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use allocation_counter::measure;
use http::{HeaderValue, Request};
use stackone::{
    Client, ErrorKind, TimeoutKind,
    hook::{CallInfo, Hook},
    retry::RetryBudget,
    stackone_operation,
    transport::RequestBody,
};
use std::{
    hint::black_box,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};
use support::{Get, Post, Reply, Server, Thing};
use tower::util::MapRequestLayer;

#[stackone_operation(method = "GET", path = "/accounts", response = Thing)]
struct GetForAccount {
    #[header("x-account-id")]
    account: String,
}

fn things(count: usize) -> Server {
    Server::new((0..count).map(|_| Reply::thing()))
}

fn header(server: &Server, index: usize, name: &str) -> Option<String> {
    Some(server.request(index).headers().get(name)?.to_str().unwrap().to_owned())
}

#[tokio::test(start_paused = true)]
async fn a_derived_client_has_another_account() {
    let server = things(4);
    let client = server.client();
    let other = client.to_builder().header("x-account-id", "acc_2").build().unwrap();
    let operation = GetForAccount { account: "acc_1".into() };
    other.send(&operation).await.unwrap();
    other.send(Get::default()).await.unwrap();
    other.send(Get::default()).header("x-account-id", "acc_3").await.unwrap();
    client.send(&operation).await.unwrap();
    let accounts: Vec<_> = (0..4).map(|index| header(&server, index, "x-account-id").unwrap()).collect();
    assert_eq!(accounts, ["acc_2", "acc_2", "acc_3", "acc_1"]);
}

#[tokio::test(start_paused = true)]
async fn a_default_header_of_a_derived_client_does_not_replace_a_field() {
    let server = things(2);
    let client = server.client_with(|builder| builder.default_header("x-team", "blue"));
    let other = client.to_builder().default_header("x-account-id", "acc_2").build().unwrap();
    other.send(GetForAccount { account: "acc_1".into() }).await.unwrap();
    other.send(Get::default()).await.unwrap();
    assert_eq!(header(&server, 0, "x-account-id").unwrap(), "acc_1");
    assert_eq!(header(&server, 1, "x-account-id").unwrap(), "acc_2");
    assert_eq!(header(&server, 1, "x-team").unwrap(), "blue");
}

#[tokio::test(start_paused = true)]
async fn a_derived_client_has_other_credentials() {
    let server = things(2);
    let client = server.client();
    let other = client.to_builder().bearer_token("tenant").build().unwrap();
    other.send(Get::default()).await.unwrap();
    client.send(Get::default()).await.unwrap();
    assert_eq!(header(&server, 0, "authorization").unwrap(), "Bearer tenant");
    assert!(header(&server, 1, "authorization").unwrap().starts_with("Basic "));
}

#[tokio::test(start_paused = true)]
async fn a_derived_client_has_other_time_limits_and_another_base_url() {
    let server = Server::new([Reply::Hang, Reply::thing()]);
    let client = server.client();
    let hasty = client.to_builder().timeout(Duration::from_secs(2)).base_url("http://127.0.0.1:2/v2").build().unwrap();
    drop(client.clone());
    let error = hasty.send(Post::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.elapsed().as_secs()), (ErrorKind::Timeout(TimeoutKind::Overall), 2));
    client.send(Get::default()).await.unwrap();
    assert_eq!(server.request(0).uri(), "http://127.0.0.1:2/v2/things");
    assert_eq!(server.request(1).uri(), "http://127.0.0.1:1/things");
}

#[derive(Default)]
struct Count(AtomicU32);

impl Hook for Count {
    fn call_started(&self, _: &CallInfo<'_>) {
        self.0.fetch_add(1, Relaxed);
    }
}

#[tokio::test(start_paused = true)]
async fn layers_hooks_and_the_retry_budget_are_shared() {
    let mark = |name: &'static str| {
        MapRequestLayer::new(move |mut request: Request<RequestBody>| {
            request.headers_mut().append("x-layers", HeaderValue::from_static(name));
            request
        })
    };
    let server = Server::new([Reply::new(429, ""), Reply::new(429, ""), Reply::thing()]);
    let (budget, hook) = (RetryBudget::new(5, 5), Arc::new(Count::default()));
    let client = server
        .client_with(|builder| builder.layer(mark("shared")).hook(Arc::clone(&hook)).retry_budget(budget.clone()));
    let other = client.to_builder().layer(mark("added")).build().unwrap();
    drop(client);
    let error = other.send(Post::default()).await.unwrap_err();
    assert_eq!((error.attempts(), budget.available(), hook.0.load(Relaxed)), (2, 0, 1));
    let names: Vec<_> = server.request(0).headers().get_all("x-layers").iter().cloned().collect();
    assert_eq!(names, ["added", "shared"]);
}

/// Only the innermost service decides that a request has reached the transport.
#[tokio::test(start_paused = true)]
async fn the_outcome_is_unknown_once_the_shared_transport_has_the_request() {
    let pass = || MapRequestLayer::new(|request: Request<RequestBody>| request);
    let server = Server::new([Reply::Hang]);
    let client = server.client_with(|builder| builder.layer(pass()));
    let other = client.to_builder().layer(pass()).build().unwrap();
    assert!(other.send(Post::default()).await.unwrap_err().outcome_unknown());
}

#[test]
fn an_invalid_setting_is_an_error_that_names_it() {
    let client = things(0).client();
    let cases = [
        (client.to_builder().header("x-account-id", "acc\n"), "setting `header`"),
        (client.to_builder().header("host", "example.com"), "`host` belongs to the transport"),
        (client.to_builder().base_url("nowhere"), "setting `base_url`"),
        (client.to_builder().bearer_token("a b\n"), "setting `bearer_token`"),
    ];
    for (builder, message) in cases {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[test]
fn a_header_that_is_set_again_does_not_pile_up() {
    let mut client = things(0).client();
    let derive = |client: &Client| client.to_builder().header("x-account-id", "acc_2").build().unwrap();
    client = derive(&client);
    let first = measure(|| drop(black_box(derive(&client)))).bytes_total;
    for _ in 0..100 {
        client = derive(&client);
    }
    assert_eq!(measure(|| drop(black_box(derive(&client)))).bytes_total, first);
}

/// The docs of `Client::to_builder` state the cost.
#[test]
fn a_derived_client_costs_a_few_allocations() {
    let client = things(0).client_with(|builder| builder.default_header("x-team", "blue"));
    let header = measure(|| {
        black_box(client.to_builder().header("x-account-id", "acc_2").build().unwrap());
    });
    let timeout = measure(|| {
        black_box(client.to_builder().timeout(Duration::from_secs(5)).build().unwrap());
    });
    println!("header: {header:?}, timeout: {timeout:?}");
    assert!(header.count_total <= 6 && header.bytes_total < 2_048, "{header:?}");
    assert!(timeout.count_total <= 3, "{timeout:?}");
}
