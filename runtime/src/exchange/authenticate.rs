//! Credentials that may change: the source is asked before each attempt, and once more after a 401.

use super::{
    call_state::CallState,
    wait::{TimeLimit, Timer},
};
use crate::{
    Error, ErrorKind, TimeoutKind,
    credentials::{Credentials, CredentialsSetting, ErasedSource},
    error::{Cause, ExchangeReport},
};
use bytes::Bytes;
use http::{Request, StatusCode};
use std::{sync::Arc, time::Duration};

/// The source of a call, and what it returned.
pub(super) struct Authenticator {
    /// `None` if the credentials never change.
    source: Option<Arc<dyn ErasedSource>>,
    /// Credentials that the source returned after a 401, for the next attempt.
    renewed: Option<Credentials>,
    has_renewed: bool,
    /// Whether the request of the last attempt had the credentials. Otherwise it kept its own.
    is_applied: bool,
}

impl Authenticator {
    pub(super) fn new(call: &CallState) -> Self {
        let source = match &call.settings.credentials {
            CredentialsSetting::Source(source) if call.metadata.uses_credentials() => Some(source.clone()),
            _ => None,
        };
        Self { source, renewed: None, has_renewed: false, is_applied: false }
    }

    /// The request of the next attempt.
    pub(super) async fn request(
        &mut self,
        call: &mut CallState,
        request: &Request<Bytes>,
    ) -> Result<Request<Bytes>, Error> {
        let mut request = request.clone();
        let Some(source) = &self.source else { return Ok(request) };
        let credentials = match self.renewed.take() {
            Some(renewed) => renewed,
            None => ask(source.as_ref(), None, call).await?,
        };
        let applied = credentials.apply(&mut request);
        call.credentials = Some(credentials);
        self.is_applied = applied.map_err(|message| failed(Cause::Credentials(message.into()), call))?;
        Ok(request)
    }

    /// Whether the request is to be sent again with other credentials. This happens once in a call.
    pub(super) async fn renew(&mut self, call: &CallState, error: &Error) -> Result<bool, Error> {
        let (Some(source), Some(refused)) = (&self.source, &call.credentials) else { return Ok(false) };
        if self.has_renewed || !self.is_applied || !is_refused(call, error) {
            return Ok(false);
        }
        self.has_renewed = true;
        let credentials = ask(source.as_ref(), Some(refused), call).await?;
        if credentials.is_same(refused) {
            return Ok(false);
        }
        self.renewed = Some(credentials);
        Ok(true)
    }
}

/// Whether the server refused the credentials. A write is not sent again once the headers of a 2xx response have arrived.
fn is_refused(call: &CallState, error: &Error) -> bool {
    error.kind() == ErrorKind::Api
        && error.status() == Some(StatusCode::UNAUTHORIZED)
        && (!error.has_success_status() || call.metadata.method().is_safe())
}

/// Asks the source within the deadline of the call.
async fn ask(source: &dyn ErasedSource, refused: Option<&Credentials>, call: &CallState) -> Result<Credentials, Error> {
    let limit: TimeLimit = call.deadline.map(|deadline| (deadline, TimeoutKind::Overall));
    match Timer::new(limit).wait(source.ask(refused)).await {
        Ok(Ok(credentials)) => Ok(credentials),
        Ok(Err(error)) => Err(failed(Cause::Credentials(error), call)),
        Err(kind) => {
            let limit = call.settings.timeout.unwrap_or(Duration::ZERO);
            Err(failed(Cause::Timeout { kind, limit }, call))
        }
    }
}

fn failed(cause: Cause, call: &CallState) -> Error {
    call.error(cause, ExchangeReport::default())
}
