//! The clients. Each runs in its own process.

mod by_hand;
mod hyper_util;
mod reqwest;
mod stackone;
mod ureq;

use bench_support::Result;
use serde::Deserialize;
use std::net::SocketAddr;

/// The headers of a call, the same for all clients. [`wire`](crate::wire) checks that all send them.
const AGENT: &str = "stackone-rust/0.1.0";
const JSON: &str = "application/json";
const KEY: &str = "Basic a2V5Og==";
const ACCOUNT_ID: &str = "account-1";

pub(crate) struct Client {
    pub(crate) name: &'static str,
    calls: fn(Calls) -> Result<()>,
    download: fn(SocketAddr, u64) -> Result<u64>,
}

/// A number of calls for each of several tasks at the same time.
#[derive(Clone, Copy)]
pub(crate) struct Calls {
    address: SocketAddr,
    each: usize,
    in_flight: usize,
}

pub(crate) const CLIENTS: [Client; 5] =
    [stackone::CLIENT, hyper_util::CLIENT, by_hand::CLIENT, reqwest::CLIENT, ureq::CLIENT];

pub(crate) fn find(name: &str) -> Result<&'static Client> {
    const ALL: &[Client] = &CLIENTS;
    ALL.iter().find(|client| client.name == name).ok_or_else(|| "no such client".into())
}

impl Calls {
    /// The start of every URI. Formatting an address takes as long as the rest of a URI, and a real program does it once.
    fn base(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Client {
    pub(crate) fn calls(&self, address: SocketAddr, calls: usize, in_flight: usize) -> Result<()> {
        (self.calls)(Calls { address, each: calls / in_flight, in_flight })
    }

    pub(crate) fn download(&self, address: SocketAddr, bytes: u64) -> Result<()> {
        let received = (self.download)(address, bytes)?;
        if received == bytes { Ok(()) } else { Err(format!("{received} of {bytes} bytes came").into()) }
    }
}

/// The body of the response.
#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub(crate) struct Employee {
    pub(crate) id: String,
    remote_id: String,
    first_name: String,
    last_name: String,
    work_email: String,
    job_title: Option<String>,
    hire_date: Option<String>,
    active: bool,
}

impl Employee {
    fn check(&self) -> Result<()> {
        if self.id == "employee-1" { Ok(()) } else { Err("another employee".into()) }
    }
}

/// Makes all calls on one thread.
fn on_one_thread<F>(calls: Calls, call: impl Fn() -> F + Clone + Send + Sync + 'static) -> Result<()>
where
    F: Future<Output = Result<Employee>> + Send + 'static,
{
    runtime()?.block_on(async move {
        let mut tasks = Vec::new();
        for _ in 0..calls.in_flight {
            let call = call.clone();
            tasks.push(tokio::spawn(async move {
                for _ in 0..calls.each {
                    call().await?.check()?;
                }
                Result::<()>::Ok(())
            }));
        }
        for task in tasks {
            task.await??;
        }
        Ok(())
    })
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}
