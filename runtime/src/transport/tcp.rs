//! TCP: how sockets are connected, and how a dead connection is found.

use hyper_util::client::legacy::connect::HttpConnector;
use std::{io, time::Duration};
use tokio::net::TcpStream;

/// How long IPv6 has before IPv4 is tried as well. RFC 8305, section 5 recommends it. Default of hyper-util: 300 ms.
const HAPPY_EYEBALLS: Duration = Duration::from_millis(250);

/// A connector of TCP. `keepalive` is the setting `tcp_keepalive`.
pub(super) fn connector<R>(
    resolver: R,
    connect_timeout: Option<Duration>,
    keepalive: Option<Duration>,
) -> HttpConnector<R> {
    let mut tcp = HttpConnector::new_with_resolver(resolver);
    tcp.enforce_http(false);
    // A request is written at once. To wait for more data only delays it.
    tcp.set_nodelay(true);
    // Each address of a family has an equal share of the limit. One that drops packets does not use up all of it.
    tcp.set_connect_timeout(connect_timeout);
    tcp.set_happy_eyeballs_timeout(Some(HAPPY_EYEBALLS));
    tcp.set_keepalive(keepalive);
    tcp.set_keepalive_interval(keepalive);
    // Keep-alive asks only while nothing is sent. This is the limit for data that is sent and not acknowledged.
    #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
    tcp.set_tcp_user_timeout(keepalive.map(|keepalive| keepalive.saturating_mul(2)));
    tcp
}

/// The bytes that the system accepts and has not sent yet. Default of Linux: up to the buffer of the socket, 4 MiB and more.
/// Nobody could tell such bytes from bytes that the server has.
#[cfg(any(target_os = "android", target_os = "linux"))]
const MAX_UNSENT: u32 = 128 << 10;

/// Limits the bytes that the system accepts before it can send them.
pub(super) fn limit_unsent(stream: &TcpStream) -> io::Result<()> {
    #[cfg(any(target_os = "android", target_os = "linux"))]
    socket2::SockRef::from(stream).set_tcp_notsent_lowat(MAX_UNSENT)?;
    #[cfg(not(any(target_os = "android", target_os = "linux")))]
    let _ = stream;
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use hyper_util::client::legacy::connect::dns::Name;
    use std::{convert::Infallible, net::SocketAddr};
    use tokio::{
        net::{TcpListener, TcpSocket},
        time::{Instant, timeout},
    };
    use tower::{Service, service_fn};

    /// A listener that drops further packets: its queue is full.
    async fn silent(address: &str) -> io::Result<(TcpListener, Vec<TcpStream>)> {
        let address: SocketAddr = address.parse().unwrap();
        let socket = if address.is_ipv6() { TcpSocket::new_v6()? } else { TcpSocket::new_v4()? };
        socket.bind(address)?;
        let listener = socket.listen(1)?;
        let mut queue = Vec::new();
        let connect = || TcpStream::connect(listener.local_addr().unwrap());
        while let Ok(stream) = timeout(Duration::from_millis(100), connect()).await {
            queue.push(stream?);
        }
        Ok((listener, queue))
    }

    /// How long it takes to connect to a host with two addresses, of which the first is silent.
    async fn connect(first: &str, second: &str, limit: Duration) -> Option<Duration> {
        let (silent, _queue) = silent(first).await.ok()?;
        let first = silent.local_addr().unwrap();
        let second = SocketAddr::new(second.parse().unwrap(), first.port());
        let _server = TcpListener::bind(second).await.unwrap();
        let resolver = service_fn(move |_: Name| async move { Ok::<_, Infallible>(vec![first, second].into_iter()) });
        let started = Instant::now();
        let uri = format!("http://two.example:{}", first.port()).parse().unwrap();
        let connected = timeout(Duration::from_secs(8), connector(resolver, Some(limit), None).call(uri)).await;
        connected.unwrap().unwrap();
        Some(started.elapsed())
    }

    #[tokio::test]
    async fn each_address_has_a_share_of_the_limit() {
        let elapsed = connect("127.0.0.1:0", "127.0.0.2", Duration::from_secs(1)).await.unwrap();
        assert!(elapsed >= Duration::from_millis(500), "{elapsed:?}");
    }

    #[tokio::test]
    async fn ipv4_is_tried_while_ipv6_is_silent() {
        // The machine may have no IPv6.
        let Some(elapsed) = connect("[::1]:0", "127.0.0.1", Duration::from_secs(10)).await else { return };
        assert!((250..5000).contains(&elapsed.as_millis()), "{elapsed:?}");
    }
}
