//! Whether the request may be sent again, and whether it may have been processed.

use super::{Error, TimeoutKind, failure::Cause};
#[cfg(feature = "client")]
use crate::transport::is_permanent;
use http::StatusCode;

impl Error {
    /// Whether sending the same request again is safe and may succeed. The default retry policy uses it.
    ///
    /// | error | retryable |
    /// | --- | --- |
    /// | no connection, a transport that was not ready in time, status 429 | always |
    /// | status 408, 502, 503 or 504, a connection lost before the response, the header timeout | if the operation is idempotent |
    /// | an error after a 2xx status line: a truncated response, the idle timeout, one of these statuses or 429 in an error envelope | if the operation is safe (only reads) |
    /// | every other error | never |
    ///
    /// These statuses are the default of [`ErrorFormat::retry_statuses`](crate::ErrorFormat::retry_statuses).
    ///
    /// An error that another attempt cannot change, such as an untrusted certificate or a response head above the limit of
    /// the transport, is never retryable.
    ///
    /// A write is never sent again once the headers of a 2xx response have arrived.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let Some(failure) = self.as_failure() else { return false };
        let status = failure.report.status;
        let confirmed = status.is_some_and(|status| status.is_success());
        let may_repeat = failure
            .metadata
            .is_some_and(|metadata| metadata.is_idempotent() && (!confirmed || metadata.method().is_safe()));
        match &failure.cause {
            Cause::Connect(error) => !is_permanent(error.as_ref()),
            Cause::Api(api) if status == Some(StatusCode::TOO_MANY_REQUESTS) => api.has_retry_status(),
            Cause::Api(api) => may_repeat && api.has_retry_status(),
            Cause::Transport(error) => may_repeat && !is_permanent(error.as_ref()),
            Cause::Truncated { .. } => may_repeat,
            Cause::Timeout { kind, .. } => (may_repeat || !failure.report.sent) && *kind != TimeoutKind::Overall,
            Cause::Config(_)
            | Cause::Credentials(_)
            | Cause::Decode { .. }
            | Cause::BodyTooLarge { .. }
            | Cause::Pagination(_) => false,
        }
    }

    /// Whether a write may have been processed although the call failed. Check before you send it again.
    ///
    /// It is `false` for an operation that only reads, for a request that was not sent, and for a status that says that
    /// the server refused the request: 4xx except 408, 501, 304, 307 and 308. It is `true` if the response was lost, late,
    /// truncated or undecodable, and for every other status. If an earlier attempt may have been processed, it stays
    /// `true`: a 404 for a second `DELETE` does not say what the first one did.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        let Some(failure) = self.as_failure() else { return false };
        if failure.metadata.is_none_or(|metadata| metadata.method().is_safe()) {
            return false;
        }
        if failure.report.earlier_outcome_unknown {
            return true;
        }
        match &failure.cause {
            Cause::Config(_) | Cause::Credentials(_) | Cause::Connect(_) => false,
            Cause::Api(api) => match api.status().as_u16() {
                408 => true,
                304 | 307 | 308 | 400..=499 | 501 => false,
                _ => true,
            },
            _ => failure.report.sent,
        }
    }
}

/// Whether another attempt would fail in the same way. Without a client there are no attempts.
#[cfg(not(feature = "client"))]
fn is_permanent(_: &(dyn std::error::Error + 'static)) -> bool {
    true
}
