//! Keeps the responses of GET requests in memory, for each account and URI.

use http_body_util::BodyExt;
use stackone::{
    Client,
    bytes::Bytes,
    http::{Method, Request, Response},
    stackone_operation,
    transport::{RequestBody, ResponseBody, TransportService},
};
use stackone_examples::{Options, StandIn, no_arguments, println};
use std::{collections::HashMap, error::Error, sync::Arc};
use tokio::sync::Mutex;
use tower::{ServiceExt, layer::layer_fn, service_fn};

#[stackone_operation(method = "GET", path = "/unified/lms/users/{id}", response = text)]
struct GetUserRequest {
    #[path]
    id: String,
    #[header("x-account-id")]
    x_account_id: String,
}

/// Answers from the cache, or sends the request and keeps the response.
async fn cached(
    request: Request<RequestBody>,
    inner: TransportService,
    cache: Arc<Mutex<HashMap<String, Bytes>>>,
) -> Result<Response<ResponseBody>, Box<dyn Error + Send + Sync>> {
    if request.method() != Method::GET {
        return inner.oneshot(request).await;
    }
    let key = format!("{:?} {}", request.headers().get("x-account-id"), request.uri());
    if let Some(bytes) = cache.lock().await.get(&key) {
        return Ok(Response::new(bytes.clone().into()));
    }
    let (head, body) = inner.oneshot(request).await?.into_parts();
    let bytes = body.collect().await?.to_bytes();
    if head.status.is_success() {
        cache.lock().await.insert(key, bytes.clone());
    }
    Ok(Response::from_parts(head, bytes.into()))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    no_arguments("Sends a GET twice. The second response is from memory.");
    let stand_in = StandIn::start(Options::default()).await?;
    let cache = Arc::default();
    let layer = layer_fn(move |inner: TransportService| {
        let cache = Arc::clone(&cache);
        service_fn(move |request| cached(request, inner.clone(), Arc::clone(&cache)))
    });
    let client = Client::builder().api_key(stand_in.api_key()).base_url(stand_in.base_url()).layer(layer).build()?;
    let operation = GetUserRequest::builder().id("usr_1").x_account_id(stand_in.account_id()).build();
    println!("{}", client.send(&operation).await?.value);
    println!("{} after {} request", client.send(&operation).await?.value, stand_in.received().len());
    Ok(())
}
