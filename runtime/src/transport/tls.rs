//! TLS with rustls, ring and the root certificates of the platform.

use rustls::{ClientConfig, crypto::ring};
use rustls_platform_verifier::BuilderVerifierExt;
use std::sync::{Arc, OnceLock};

/// The TLS configuration. It is read from the platform when it is first used, because plain HTTP needs no root certificates.
#[derive(Default)]
pub(super) struct Tls(OnceLock<Result<Configs, rustls::Error>>);

#[derive(Clone)]
pub(super) struct Configs {
    /// For servers: HTTP/2, or else HTTP/1.1.
    pub(super) server: Arc<ClientConfig>,
    /// For proxies: HTTP/1.1.
    pub(super) proxy: Arc<ClientConfig>,
}

impl Tls {
    pub(super) fn configs(&self) -> Result<Configs, rustls::Error> {
        self.0.get_or_init(configs).clone()
    }

    /// With the root certificates of a test.
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
