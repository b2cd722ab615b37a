//! The transport of a client that is not built yet.

use super::Transport;

/// The client gets a transport of its own. See [`Client::builder`](crate::Client::builder).
#[derive(Default)]
#[expect(missing_debug_implementations, reason = "holds the private key of a client certificate")]
pub struct NewTransport {
    #[cfg(feature = "transport")]
    pub(crate) settings: super::Settings,
}

/// The client shares the transport of another client. See [`Client::to_builder`](crate::Client::to_builder).
#[derive(Debug, Clone)]
pub struct SharedTransport(pub(crate) Transport);
