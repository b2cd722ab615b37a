//! The tasks of the default transport end with the client.
#![cfg(feature = "transport")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;
mod transport_support;

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
    time::Duration,
};
use support::Get;
use tokio::{
    runtime::Handle,
    time::{sleep, timeout},
};
use transport_support::builder;

/// The address of a server in a thread of its own, so that this runtime only has the client's tasks.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            request.extend(byte);
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{\"id\":\"t1\"}").unwrap();
        // It waits for the end of the connection.
        drop(stream.read(&mut [0]));
    });
    format!("http://{address}")
}

#[tokio::test]
async fn a_dropped_client_leaves_no_task() {
    let tasks = || Handle::current().metrics().num_alive_tasks();
    let client = builder().base_url(serve()).build().unwrap();
    client.send(Get::default()).await.unwrap();
    assert!(tasks() > 0, "an idle connection is kept");
    drop(client);
    let end = async {
        while tasks() > 0 {
            sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(Duration::from_secs(10), end).await.unwrap();
}
