//! Checks, before any measurement, that all clients send the same request line and the same headers. Order and case may
//! differ. An additional header would be more work for the client, the kernel and the server.

use crate::{clients::CLIENTS, pinned::Processor, server::ANSWER};
use bench_support::Result;
use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    thread,
};

const LINES: [&str; 6] = [
    "accept: application/json",
    "authorization: Basic a2V5Og==",
    "get /unified/hris/employees/employee-1 http/1.1",
    "host: ",
    "user-agent: stackone-rust/0.1.0",
    "x-account-id: account-1",
];

/// Makes one call with each client and compares the requests.
pub(crate) fn check() -> Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = listener.local_addr()?;
    let expected =
        LINES.map(|line| if line.starts_with("host") { format!("{line}{address}") } else { line.to_owned() });
    for client in CLIENTS {
        let arguments = ["calls", client.name, &address.to_string(), "1", "1"].map(str::to_owned);
        let mut process = Processor::Client.command(&arguments)?.spawn()?;
        let head = thread::scope(|scope| {
            let head = scope.spawn(|| answer(&listener));
            if !process.wait()?.success() {
                // A client that fails before its call never connects. This connection ends the wait.
                drop(TcpStream::connect(address));
                return Err(format!("{} did not understand the answer", client.name).into());
            }
            head.join().map_err(|_| "a thread panicked")?
        })?;
        if head != expected {
            return Err(format!("{} sent {head:#?}", client.name).into());
        }
    }
    Ok(())
}

/// Answers one request. Returns the lines of its head, sorted, with names in lower case.
fn answer(listener: &TcpListener) -> Result<Vec<String>> {
    let (stream, _) = listener.accept()?;
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        lines.push(match line.split_once(':') {
            Some((name, value)) => format!("{}:{value}", name.to_ascii_lowercase()),
            None => line.to_ascii_lowercase(),
        });
    }
    lines.sort();
    let length = ANSWER.len();
    write!(reader.get_mut(), "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n")?;
    reader.get_mut().write_all(&ANSWER)?;
    Ok(lines)
}
