//! hyper-util's pooled client with the main features of a call of `stackone`, written for this one call: three timeouts, a size
//! limit, three retries, removal of heartbeats, and errors under a success status. It has no layers, no other operations, no
//! settings of a call, no count of heartbeats, and no detailed errors.

use super::{
    ACCOUNT_ID, Calls, Client, Employee,
    hyper_util::{Hyper, client, download, request},
    on_one_thread,
};
use bench_support::Result;
use bytes::{Bytes, BytesMut};
use http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Empty};
use serde::Deserialize;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout_at};

pub(super) const CLIENT: Client = Client { name: "the same by hand", calls, download };

const TIMEOUT: Duration = Duration::from_mins(10);
const HEADER_TIMEOUT: Duration = Duration::from_secs(75);
const IDLE_TIMEOUT: Duration = Duration::from_secs(75);
const MAX_BODY: usize = 32 << 20;

fn calls(calls: Calls) -> Result<()> {
    let client = client();
    let base = calls.base();
    on_one_thread(calls, move || {
        let (client, uri) = (client.clone(), format!("{base}/unified/hris/employees/employee-1"));
        async move { call(&client, &request(uri.try_into()?, ACCOUNT_ID)?).await }
    })
}

async fn call(client: &Hyper, request: &Request<Empty<Bytes>>) -> Result<Employee> {
    let deadline = Instant::now() + TIMEOUT;
    let mut retries = 0;
    loop {
        match attempt(client, request.clone(), deadline).await {
            Ok(bytes) => return Ok(serde_json::from_slice(bytes.trim_ascii_start())?),
            Err(error) if retries == 3 => return Err(error),
            Err(_) => sleep(Duration::from_secs(1 << retries)).await,
        }
        retries += 1;
    }
}

async fn attempt(client: &Hyper, request: Request<Empty<Bytes>>, deadline: Instant) -> Result<Bytes> {
    let answer = timeout_at(deadline.min(Instant::now() + HEADER_TIMEOUT), client.request(request)).await??;
    let status = answer.status();
    let mut body = answer.into_body();
    let mut bytes = Bytes::new();
    while let Some(frame) = timeout_at(deadline.min(Instant::now() + IDLE_TIMEOUT), body.frame()).await? {
        let Ok(data) = frame?.into_data() else { continue };
        if bytes.len() + data.len() > MAX_BODY {
            return Err("too large".into());
        }
        bytes = if bytes.is_empty() { data } else { joined(bytes, &data) };
    }
    match envelope(&bytes).unwrap_or(status) {
        status if status.is_success() => Ok(bytes),
        status => Err(status.as_str().into()),
    }
}

fn joined(bytes: Bytes, data: &[u8]) -> Bytes {
    let mut bytes = BytesMut::from(bytes);
    bytes.extend_from_slice(data);
    bytes.freeze()
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "statusCode")]
    status: u16,
}

/// The status in an error envelope. A body without the key is not parsed.
fn envelope(bytes: &[u8]) -> Option<StatusCode> {
    const KEY: &[u8] = b"\"statusCode\"";
    bytes.windows(KEY.len()).any(|window| window == KEY).then_some(())?;
    let envelope: Envelope = serde_json::from_slice(bytes.trim_ascii_start()).ok()?;
    StatusCode::from_u16(envelope.status).ok().filter(|status| status.as_u16() >= 400)
}
