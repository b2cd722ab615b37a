//! ureq. It blocks, so that each call in flight has its own thread.

use super::{ACCOUNT_ID, AGENT, Calls, Client, Employee, JSON, KEY};
use bench_support::Result;
use std::{io, net::SocketAddr, thread};

pub(super) const CLIENT: Client = Client { name: "ureq", calls, download };

fn agent(connections: usize) -> ureq::Agent {
    ureq::Agent::config_builder()
        .max_idle_connections(connections)
        .max_idle_connections_per_host(connections)
        .no_delay(true)
        .user_agent(AGENT)
        .accept(JSON)
        .proxy(None)
        .build()
        .into()
}

fn calls(calls: Calls) -> Result<()> {
    let agent = agent(calls.in_flight);
    let base = calls.base();
    let one = || -> Result<()> {
        for _ in 0..calls.each {
            let uri = format!("{base}/unified/hris/employees/employee-1");
            let mut answer = agent.get(uri).header("authorization", KEY).header("x-account-id", ACCOUNT_ID).call()?;
            answer.body_mut().read_json::<Employee>()?.check()?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..calls.in_flight).map(|_| scope.spawn(one)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a thread panicked")?)
    })
}

fn download(address: SocketAddr, bytes: u64) -> Result<u64> {
    let mut answer = agent(1).get(format!("http://{address}/download?bytes={bytes}")).call()?;
    Ok(io::copy(&mut answer.body_mut().as_reader(), &mut io::sink())?)
}
