//! hyper-util's pooled client alone: the lower limit for every client that is built on it.

use super::{ACCOUNT_ID, AGENT, Calls, Client, Employee, JSON, KEY, on_one_thread, runtime};
use bench_support::Result;
use bytes::Bytes;
use http::{
    HeaderValue, Request, Uri,
    header::{ACCEPT, AUTHORIZATION, USER_AGENT},
};
use http_body_util::{BodyExt as _, Empty};
use hyper_util::{
    client::legacy::{Client as Pooled, connect::HttpConnector},
    rt::TokioExecutor,
};
use std::net::SocketAddr;

pub(super) const CLIENT: Client = Client { name: "hyper-util", calls, download };

pub(super) type Hyper = Pooled<HttpConnector, Empty<Bytes>>;

pub(super) fn client() -> Hyper {
    let mut tcp = HttpConnector::new();
    tcp.set_nodelay(true);
    Pooled::builder(TokioExecutor::new()).build(tcp)
}

/// The account header is made for each call, because the account may differ.
pub(super) fn request(uri: Uri, account: &str) -> Result<Request<Empty<Bytes>>> {
    let mut request = Request::new(Empty::new());
    *request.uri_mut() = uri;
    let headers = request.headers_mut();
    headers.reserve(4);
    headers.insert(ACCEPT, HeaderValue::from_static(JSON));
    headers.insert("x-account-id", HeaderValue::from_str(account)?);
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    headers.insert(AUTHORIZATION, HeaderValue::from_static(KEY));
    Ok(request)
}

fn calls(calls: Calls) -> Result<()> {
    let client = client();
    let base = calls.base();
    on_one_thread(calls, move || {
        let (client, uri) = (client.clone(), format!("{base}/unified/hris/employees/employee-1"));
        async move {
            let answer = client.request(request(uri.try_into()?, ACCOUNT_ID)?).await?;
            if !answer.status().is_success() {
                return Err(answer.status().as_str().into());
            }
            Ok(serde_json::from_slice::<Employee>(&answer.into_body().collect().await?.to_bytes())?)
        }
    })
}

pub(super) fn download(address: SocketAddr, bytes: u64) -> Result<u64> {
    runtime()?.block_on(async {
        let uri = format!("http://{address}/download?bytes={bytes}").try_into()?;
        let mut body = client().request(request(uri, ACCOUNT_ID)?).await?.into_body();
        let mut received = 0;
        while let Some(frame) = body.frame().await {
            received += frame?.data_ref().map_or(0, |data| data.len() as u64);
        }
        Ok(received)
    })
}
