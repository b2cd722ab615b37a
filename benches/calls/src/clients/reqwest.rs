//! reqwest.

use super::{ACCOUNT_ID, AGENT, Calls, Client, Employee, JSON, on_one_thread, runtime};
use bench_support::Result;
use std::net::SocketAddr;

pub(super) const CLIENT: Client = Client { name: "reqwest", calls, download };

fn client() -> Result<reqwest::Client> {
    Ok(reqwest::Client::builder().no_proxy().user_agent(AGENT).build()?)
}

fn calls(calls: Calls) -> Result<()> {
    let client = client()?;
    let base = calls.base();
    on_one_thread(calls, move || {
        let request = client
            .get(format!("{base}/unified/hris/employees/employee-1"))
            .header("accept", JSON)
            .basic_auth("key", Some(""))
            .header("x-account-id", ACCOUNT_ID);
        async move { Ok(request.send().await?.error_for_status()?.json::<Employee>().await?) }
    })
}

fn download(address: SocketAddr, bytes: u64) -> Result<u64> {
    let client = client()?;
    runtime()?.block_on(async {
        let mut answer = client.get(format!("http://{address}/download?bytes={bytes}")).send().await?;
        let mut received = 0;
        while let Some(chunk) = answer.chunk().await? {
            received += chunk.len() as u64;
        }
        Ok(received)
    })
}
