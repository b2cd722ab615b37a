//! The headers that belong to the transport.

/// The headers that the transport writes. The attribute refuses the same names.
pub(crate) const TRANSPORT_HEADERS: [&str; 12] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// `macros/src/header_name.rs` has the same test.
    #[test]
    fn the_headers_of_the_transport_are_those_of_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/wire/transport_headers.txt");
        let table = std::fs::read_to_string(path).unwrap();
        assert_eq!(TRANSPORT_HEADERS.to_vec(), table.lines().collect::<Vec<_>>());
    }
}
