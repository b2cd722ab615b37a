//! The part of a call that does not depend on its types.

use super::Client;
use crate::{
    Error,
    error::{Cause, ExchangeReport},
    exchange::{self, CallState},
    hook::CallObserver,
    operation::Metadata,
    raw_response::RawResponse,
};
use bytes::Bytes;
use http::{Request, StatusCode};

/// A response that is not decoded yet, and the call that ends when it is.
pub(super) type RawResult = Result<(RawResponse, CallObserver), Error>;

pub(super) const NO_RUNTIME: &str =
    "a call needs a tokio runtime: await it inside `#[tokio::main]` or `Runtime::block_on`";

/// Sends a request.
pub(super) async fn send(
    client: Client,
    request: Result<Request<Bytes>, Error>,
    rejected: Option<String>,
    metadata: &'static Metadata,
    accepts_empty: fn(StatusCode) -> bool,
) -> RawResult {
    let Client { transport, settings } = client;
    let mut observer = CallObserver::start(metadata, settings);
    let response = match check(request, rejected, metadata) {
        Ok(request) => {
            let (span, call) = (observer.span(), CallState::start(&observer, accepts_empty));
            span.instrument(exchange::send(call, &mut observer, &transport, request)).await
        }
        Err(error) => Err(error),
    };
    match response {
        Ok(response) => Ok((response, observer)),
        Err(error) => {
            observer.failed(&error);
            Err(error)
        }
    }
}

/// Reports what is wrong before anything is sent.
fn check(
    request: Result<Request<Bytes>, Error>,
    rejected: Option<String>,
    metadata: &'static Metadata,
) -> Result<Request<Bytes>, Error> {
    let request = request?;
    let config = |message| Error::failure(metadata, Cause::Config(message), ExchangeReport::default());
    if let Some(message) = rejected {
        return Err(config(message.into()));
    }
    if tokio::runtime::Handle::try_current().is_err() {
        return Err(config(NO_RUNTIME.into()));
    }
    Ok(request)
}
