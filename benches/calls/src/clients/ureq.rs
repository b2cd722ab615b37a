//! ureq, which blocks: a thread for each call in flight.

use super::{Calls, Client, Employee};
use bench_support::Result;
use std::{io, net::SocketAddr, thread};

pub(super) const CLIENT: Client = Client { name: "ureq", calls, download };

fn agent(connections: usize) -> ureq::Agent {
    ureq::Agent::config_builder()
        .max_idle_connections(connections)
        .max_idle_connections_per_host(connections)
        .no_delay(true)
        .proxy(None)
        .build()
        .into()
}

fn calls(calls: Calls) -> Result<()> {
    let agent = agent(calls.in_flight);
    let one = || -> Result<()> {
        let uri = format!("http://{}/unified/hris/employees/employee-1", calls.address);
        for _ in 0..calls.each {
            let mut answer =
                agent.get(&uri).header("authorization", "Basic a2V5Og==").header("x-account-id", "account-1").call()?;
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
