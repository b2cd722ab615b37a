//! The errors of connecting: one line that names the host, the port and the reason.

use super::{NotSent, chain};
use http::{Uri, uri::Scheme};
use rustls::{AlertDescription, Error as TlsError};
use std::{error::Error as StdError, fmt, io, time::Duration};
use tokio::time::error::Elapsed;

/// The error of a host that cannot be connected to. `limit` is the time limit to connect.
pub(super) fn connect_error(host: &Host, limit: Option<Duration>, error: &(dyn StdError + 'static)) -> NotSent {
    let io_errors = || chain(error).filter_map(|error| error.downcast_ref::<io::Error>());
    let kind = io_errors().next().map_or(io::ErrorKind::Other, io::Error::kind);
    // An `io::Error` skips the error that it wraps in the chain of sources.
    let inner = || io_errors().filter_map(io::Error::get_ref);
    if let (Some(limit), true) = (limit, inner().any(<dyn StdError + Send + Sync>::is::<Elapsed>)) {
        return NotSent::new(line(
            kind,
            host,
            &format_args!("not connected within {limit:?} (setting `connect_timeout`)"),
        ));
    }
    let Some(root) = chain(error).last() else { return NotSent::new(line(kind, host, &error)) };
    let reason = line(kind, host, &root);
    if inner().filter_map(|error| error.downcast_ref()).any(is_permanent) {
        NotSent::permanent(reason)
    } else {
        NotSent::new(reason)
    }
}

/// The error of a host that the client does not connect to. It stays the same.
pub(super) fn refusal(host: &Host, reason: &dyn fmt::Display) -> NotSent {
    NotSent::permanent(line(io::ErrorKind::Other, host, reason))
}

/// One error without sources: the message of a call has the text of the last source.
fn line(kind: io::ErrorKind, host: &Host, reason: &dyn fmt::Display) -> io::Error {
    io::Error::new(kind, format!("cannot connect to {host}: {reason}"))
}

/// Whether TLS fails in the same way in each attempt: one side does not accept the certificate or the versions of the other.
fn is_permanent(error: &TlsError) -> bool {
    use AlertDescription::{
        AccessDenied, BadCertificate, CertificateExpired, CertificateRequired, CertificateRevoked, CertificateUnknown,
        HandshakeFailure, InsufficientSecurity, NoApplicationProtocol, ProtocolVersion, UnknownCA, UnrecognisedName,
        UnsupportedCertificate,
    };
    match error {
        TlsError::InvalidCertificate(_)
        | TlsError::InvalidCertRevocationList(_)
        | TlsError::NoCertificatesPresented
        | TlsError::UnsupportedNameType
        | TlsError::PeerIncompatible(_)
        | TlsError::NoApplicationProtocol => true,
        TlsError::AlertReceived(alert) => matches!(
            alert,
            AccessDenied
                | BadCertificate
                | CertificateExpired
                | CertificateRequired
                | CertificateRevoked
                | CertificateUnknown
                | HandshakeFailure
                | InsufficientSecurity
                | NoApplicationProtocol
                | ProtocolVersion
                | UnknownCA
                | UnrecognisedName
                | UnsupportedCertificate
        ),
        _ => false,
    }
}

/// A host with its port, for messages.
pub(super) struct Host {
    name: String,
    port: u16,
    is_proxy: bool,
}

impl Host {
    pub(super) fn of(uri: &Uri) -> Self {
        let default_port = if uri.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
        let name = uri.host().unwrap_or_default().to_owned();
        Self { name, port: uri.port_u16().unwrap_or(default_port), is_proxy: false }
    }

    pub(super) fn of_proxy(uri: &Uri) -> Self {
        Self { is_proxy: true, ..Self::of(uri) }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let proxy = if self.is_proxy { "the proxy " } else { "" };
        write!(f, "{proxy}{}:{}", self.name, self.port)
    }
}
