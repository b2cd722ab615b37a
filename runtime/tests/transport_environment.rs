//! The variables of the environment that the default transport reads. Each client is built in a process of its own.
#![cfg(feature = "transport")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that cannot go on has failed")]

mod support;
mod transport_support;

use stackone::Client;
use std::process::Command;
use support::{Get, THING, raw::Raw};
use transport_support::{Certified, H2, Https, answer};

/// Builds a client and sends a request. The result is printed for the test that started the process.
#[tokio::test]
#[ignore = "runs in a process of its own"]
async fn call() {
    let Ok(url) = std::env::var("TEST_URL") else { return };
    let result = match Client::builder().base_url(url).build() {
        Ok(client) => client.send(Get::default()).no_retry().await.map(|_| ()),
        Err(error) => Err(error),
    };
    println!("result: {}", result.map_or_else(|error| error.to_string(), |()| "success".to_owned()));
}

/// Runs `call` in a process with only these variables.
async fn call_with(url: String, variables: &[(&str, String)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "call", "--nocapture"]).env_clear().env("TEST_URL", url);
    command.envs(variables.iter().map(|(name, value)| (*name, value)));
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    output.lines().find_map(|line| line.split_once("result: ")).unwrap().1.to_owned()
}

fn response() -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{THING}", THING.len())
}

#[tokio::test]
async fn a_proxy_is_used_unless_no_proxy_has_the_host() {
    let (server, proxy) = (Raw::answering(response()).await, Raw::answering(response()).await);
    for (no_proxy, through_proxy) in [("", 1), ("127.0.0.1", 1), ("*", 1), ("other.example", 2)] {
        let variables = [("HTTP_PROXY", format!(" {} ", proxy.url())), ("NO_PROXY", no_proxy.to_owned())];
        assert_eq!(call_with(server.url(), &variables).await, "success");
        assert_eq!(proxy.requests(), through_proxy, "{no_proxy:?}");
    }
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn a_proxy_that_cannot_be_used_is_an_error() {
    let server = Raw::answering(response()).await;
    for value in ["http://", "http://:1", "socks5://127.0.0.1:1", "ftp://127.0.0.1"] {
        let result = call_with(server.url(), &[("ALL_PROXY", value.to_owned())]).await;
        assert!(result.contains("`ALL_PROXY`") && result.contains("`no_proxy`"), "{result}");
    }
    assert_eq!(server.connections(), 0, "no request goes past the proxy");
}

/// Only the server's own certificate makes the client trust it.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn root_certificates_come_from_the_files_of_the_variables() {
    let server = Https::start(Certified::new(H2), |stream, _| async move {
        let mut connection = h2::server::handshake(stream).await.map_err(std::io::Error::other)?;
        while let Some(Ok((_, respond))) = connection.accept().await {
            answer(respond, THING).map_err(std::io::Error::other)?;
        }
        Ok(())
    })
    .await;
    let directory = std::env::temp_dir().join(format!("stackone-roots-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let file = directory.join("root.pem");
    std::fs::write(&file, &server.root).unwrap();
    let missing = directory.join("missing").display().to_string();
    let run = async |name, path: String| call_with(server.url(), &[(name, path)]).await;
    assert_eq!(run("SSL_CERT_FILE", file.display().to_string()).await, "success");
    assert_eq!(run("SSL_CERT_DIR", directory.display().to_string()).await, "success");
    for name in ["SSL_CERT_FILE", "SSL_CERT_DIR"] {
        let result = run(name, missing.clone()).await;
        assert!(result.contains(&format!("the environment variable `{name}`: `{missing}` cannot be read")), "{result}");
    }
    // A file without certificates takes the place of those of the platform.
    let empty = directory.join("empty");
    std::fs::create_dir(&empty).unwrap();
    let result = run("SSL_CERT_DIR", empty.display().to_string()).await;
    assert!(result.contains("No CA certificates") && result.contains("`SSL_CERT_FILE`"), "{result}");
    assert!(!result.contains("unexpected error"), "{result}");
    std::fs::remove_dir_all(directory).unwrap();
}
