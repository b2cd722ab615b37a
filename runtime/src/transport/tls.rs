//! TLS by rustls, with ring and the roots of the platform.

use rustls::{ClientConfig, crypto::ring};
use rustls_platform_verifier::BuilderVerifierExt;
use std::sync::{Arc, OnceLock};

/// What TLS needs, read from the platform when it is first used: a client of plain HTTP can do without root
/// certificates.
#[derive(Default)]
pub(super) struct Tls(OnceLock<Result<Configs, rustls::Error>>);

#[derive(Clone)]
pub(super) struct Configs {
    /// For servers: HTTP/2 if they can.
    pub(super) server: Arc<ClientConfig>,
    /// For proxies, which are spoken to in HTTP/1.1.
    pub(super) proxy: Arc<ClientConfig>,
}

impl Tls {
    pub(super) fn configs(&self) -> Result<Configs, rustls::Error> {
        self.0.get_or_init(configs).clone()
    }

    /// With roots of a test's own.
    #[cfg(test)]
    pub(super) fn of(config: ClientConfig) -> Self {
        Self(OnceLock::from(Ok(Configs::of(config))))
    }
}

fn configs() -> Result<Configs, rustls::Error> {
    let proxy = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    Ok(Configs::of(proxy))
}

impl Configs {
    fn of(proxy: ClientConfig) -> Self {
        let mut server = proxy.clone();
        server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Self { server: Arc::new(server), proxy: Arc::new(proxy) }
    }
}
