//! TLS with rustls, ring and the root certificates of the platform.

use rustls::{
    ClientConfig, ConfigBuilder, WantsVerifier,
    client::WantsClientCert,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem, pem::PemObject},
};
use std::{
    env,
    ffi::OsString,
    fs::{self, File},
    path::Path,
    sync::{Arc, OnceLock},
};

/// The settings of TLS.
#[derive(Default)]
pub(crate) struct TlsSettings {
    /// Root certificates in addition to those of the platform.
    roots: Vec<CertificateDer<'static>>,
    /// The certificate chain of the client, and its key.
    client: Option<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)>,
}

impl TlsSettings {
    pub(crate) fn add_roots(&mut self, pem: &[u8]) -> Result<(), String> {
        self.roots.extend(certificates(pem)?);
        Ok(())
    }

    pub(crate) fn set_client(&mut self, chain: &[u8], key: &[u8]) -> Result<(), String> {
        // The error of a key could show a part of it.
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| "there is no private key in PEM".to_owned())?;
        self.client = Some((certificates(chain)?, key));
        Ok(())
    }
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let certificates: Result<Vec<_>, pem::Error> = CertificateDer::pem_slice_iter(pem).collect();
    match certificates {
        Err(error) => Err(format!("the PEM text is malformed: {error}")),
        Ok(none) if none.is_empty() => Err("there is no certificate in PEM".to_owned()),
        Ok(certificates) => Ok(certificates),
    }
}

/// The TLS configuration. It is read from the platform when it is first used, because plain HTTP needs no root certificates.
#[derive(Default)]
pub(super) struct Tls {
    settings: TlsSettings,
    configs: OnceLock<Result<Configs, String>>,
}

#[derive(Clone)]
pub(super) struct Configs {
    /// For servers: HTTP/2, or else HTTP/1.1.
    pub(super) server: Arc<ClientConfig>,
    /// For proxies: HTTP/1.1.
    pub(super) proxy: Arc<ClientConfig>,
}

impl Tls {
    pub(super) fn new(settings: TlsSettings) -> Self {
        Self { settings, configs: OnceLock::new() }
    }

    /// # Errors
    ///
    /// A message that names the setting or the variable of the environment.
    pub(super) fn configs(&self) -> Result<Configs, String> {
        self.configs.get_or_init(|| configs(&self.settings)).clone()
    }

    /// With the root certificates of a test.
    #[cfg(test)]
    pub(super) fn of(config: ClientConfig) -> Self {
        Self { settings: TlsSettings::default(), configs: OnceLock::from(Ok(Configs::of(config))) }
    }
}

fn configs(settings: &TlsSettings) -> Result<Configs, String> {
    if READS_VARIABLES {
        check_variables(|name| env::var_os(name))?;
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(message)?;
    let builder = with_verifier(builder, &settings.roots)?;
    let proxy = match &settings.client {
        Some((chain, key)) => builder
            .with_client_auth_cert(chain.clone(), key.clone_key())
            .map_err(|error| format!("setting `client_certificate`: {}", message(error)))?,
        None => builder.with_no_client_auth(),
    };
    Ok(Configs::of(proxy))
}

/// The message of an error, without the words that rustls puts before a text of others.
fn message(error: rustls::Error) -> String {
    match error {
        rustls::Error::General(text) => text,
        error => error.to_string(),
    }
}

/// Whether the platform's root certificates come from `SSL_CERT_FILE` and `SSL_CERT_DIR`, if they are set.
const READS_VARIABLES: bool = cfg!(all(unix, not(target_os = "android"), not(target_vendor = "apple")));

/// Checks that the files of the variables can be read. Otherwise they would be left out without an error.
fn check_variables(variable: impl Fn(&str) -> Option<OsString>) -> Result<(), String> {
    let error = |name, path: &Path, error| {
        format!("the environment variable `{name}`: `{}` cannot be read: {error}", path.display())
    };
    if let Some(file) = variable("SSL_CERT_FILE") {
        let opened = File::open(&file).and_then(|file| file.metadata());
        opened.map_err(|reason| error("SSL_CERT_FILE", Path::new(&file), reason))?;
    }
    let directories = variable("SSL_CERT_DIR").unwrap_or_default();
    for directory in env::split_paths(&directories).filter(|path| !path.as_os_str().is_empty()) {
        fs::read_dir(&directory).map_err(|reason| error("SSL_CERT_DIR", &directory, reason))?;
    }
    Ok(())
}

/// Verifies certificates as the platform does, with more root certificates.
#[cfg(not(target_os = "android"))]
fn with_verifier(
    builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    roots: &[CertificateDer<'static>],
) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, String> {
    let provider = Arc::clone(builder.crypto_provider());
    let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(roots.iter().cloned(), provider);
    let verifier = verifier.map_err(|error| match message(error) {
        message if !roots.is_empty() => format!("setting `root_certificates`: {message}"),
        message if READS_VARIABLES => format!(
            "TLS cannot be used: {message}: install them, as with the package `ca-certificates` of Linux, or name others in the environment variable \
             `SSL_CERT_FILE`"
        ),
        message => format!("TLS cannot be used: {message}"),
    })?;
    Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)))
}

/// The verifier of Android takes no root certificates of a program.
#[cfg(target_os = "android")]
fn with_verifier(
    builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    roots: &[CertificateDer<'static>],
) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, String> {
    use rustls_platform_verifier::BuilderVerifierExt;
    if roots.is_empty() {
        return builder.with_platform_verifier().map_err(|error| format!("TLS cannot be used: {}", message(error)));
    }
    Err("setting `root_certificates`: Android takes root certificates from its settings alone".to_owned())
}

impl Configs {
    fn of(proxy: ClientConfig) -> Self {
        let mut server = proxy.clone();
        server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Self { server: Arc::new(server), proxy: Arc::new(proxy) }
    }
}
