//! `stackone` with its default transport and default settings.

use super::{ACCOUNT_ID, AGENT, Calls, Client, Employee, on_one_thread, runtime};
use bench_support::Result;
use stackone::stackone_operation;
use std::net::SocketAddr;

pub(super) const CLIENT: Client = Client { name: "stackone", calls, download };

// The values are borrowed, as those of the peers.
#[stackone_operation(method = "GET", path = "/unified/hris/employees/{id}", response = Employee)]
struct GetEmployee<'a> {
    #[path]
    id: &'a str,
    #[header("x-account-id")]
    account: &'a str,
}

#[stackone_operation(method = "GET", path = "/download", response = download)]
struct Download {
    #[query]
    bytes: u64,
}

fn client(address: SocketAddr) -> Result<stackone::Client> {
    let base = format!("http://{address}");
    Ok(stackone::Client::builder().api_key("key").user_agent(AGENT).base_url(base).no_proxy().build()?)
}

fn calls(calls: Calls) -> Result<()> {
    let client = client(calls.address)?;
    on_one_thread(calls, move || {
        let call = client.send(GetEmployee::builder().id("employee-1").account(ACCOUNT_ID).build());
        async move { Ok(call.await?.value) }
    })
}

fn download(address: SocketAddr, bytes: u64) -> Result<u64> {
    let client = client(address)?;
    runtime()?.block_on(async {
        let mut body = client.send(Download::builder().bytes(bytes).build()).await?.value;
        let mut received = 0;
        while let Some(chunk) = body.try_next().await? {
            received += chunk.len() as u64;
        }
        Ok(received)
    })
}
