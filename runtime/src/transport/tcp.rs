//! TCP: how sockets are connected, and how a dead connection is found.

use hyper_util::client::legacy::connect::HttpConnector;
use std::time::Duration;

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
