//! hyper-util's pooled client and nothing around it: the floor.

use super::{Calls, Client, Employee, on_one_thread, runtime};
use bench_support::Result;
use bytes::Bytes;
use http::{HeaderValue, Request, Uri, header::AUTHORIZATION};
use http_body_util::{BodyExt as _, Empty};
use hyper_util::{
    client::legacy::{Client as Pooled, connect::HttpConnector},
    rt::TokioExecutor,
};
use std::net::SocketAddr;

pub(super) const CLIENT: Client = Client { name: "hyper-util", calls, download };

fn client() -> Pooled<HttpConnector, Empty<Bytes>> {
    let mut tcp = HttpConnector::new();
    tcp.set_nodelay(true);
    Pooled::builder(TokioExecutor::new()).build(tcp)
}

fn request(uri: Uri) -> Request<Empty<Bytes>> {
    let mut request = Request::new(Empty::new());
    *request.uri_mut() = uri;
    let headers = request.headers_mut();
    headers.insert(AUTHORIZATION, HeaderValue::from_static("Basic a2V5Og=="));
    headers.insert("x-account-id", HeaderValue::from_static("account-1"));
    request
}

fn calls(calls: Calls) -> Result<()> {
    let client = client();
    on_one_thread(calls, move || {
        let client = client.clone();
        async move {
            let uri = format!("http://{}/unified/hris/employees/employee-1", calls.address).try_into()?;
            let answer = client.request(request(uri)).await?;
            Ok(serde_json::from_slice::<Employee>(&answer.into_body().collect().await?.to_bytes())?)
        }
    })
}

fn download(address: SocketAddr, bytes: u64) -> Result<u64> {
    runtime()?.block_on(async {
        let uri = format!("http://{address}/download?bytes={bytes}").try_into()?;
        let mut body = client().request(request(uri)).await?.into_body();
        let mut received = 0;
        while let Some(frame) = body.frame().await {
            received += frame?.data_ref().map_or(0, |data| data.len() as u64);
        }
        Ok(received)
    })
}
