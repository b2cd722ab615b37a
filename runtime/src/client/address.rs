//! Where a request goes and who sends it: base URL, credentials, user agent, default and per-call headers.

use super::{
    context::{Context, Outgoing},
    receive::Answer,
};
use crate::{
    Error, Prefer,
    error::{Cause, Exchange},
    format::Kind,
    heartbeat::Heartbeats,
};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Request,
    header::{self, Entry},
};
use std::{
    future::{Ready, ready},
    sync::Arc,
    task::{self, Poll},
};
use tower_layer::Layer;
use tower_service::Service;

/// What every request of a client is sent with, unless it says something else itself.
#[derive(Clone)]
pub(super) struct AddressLayer(pub(super) Arc<HeaderMap>);

#[derive(Clone)]
pub(super) struct Address<S> {
    defaults: Arc<HeaderMap>,
    inner: S,
}

impl<S> Layer<S> for AddressLayer {
    type Service = Address<S>;

    fn layer(&self, inner: S) -> Address<S> {
        Address { defaults: Arc::clone(&self.0), inner }
    }
}

impl<S> Service<Outgoing> for Address<S>
where
    S: Service<Outgoing, Response = Box<Answer>, Error = Error>,
{
    type Response = Box<Answer>;
    type Error = Error;
    type Future = Either<S::Future>;

    fn poll_ready(&mut self, cx: &mut task::Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut outgoing: Outgoing) -> Self::Future {
        match address(&mut outgoing.request, &outgoing.context, &self.defaults) {
            Ok(()) => Either::Inner { future: self.inner.call(outgoing) },
            Err(message) => {
                let cause = Cause::Config(message.into());
                Either::Refused { future: ready(Err(outgoing.context.error(cause, Exchange::default()))) }
            }
        }
    }
}

pin_project_lite::pin_project! {
    #[project = EitherProjection]
    pub(super) enum Either<F> {
        Inner { #[pin] future: F },
        Refused { #[pin] future: Ready<Result<Box<Answer>, Error>> },
    }
}

impl<F: Future<Output = Result<Box<Answer>, Error>>> Future for Either<F> {
    type Output = F::Output;

    fn poll(self: std::pin::Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<F::Output> {
        match self.project() {
            EitherProjection::Inner { future } => future.poll(cx),
            EitherProjection::Refused { future } => future.poll(cx),
        }
    }
}

fn address(request: &mut Request<Bytes>, context: &Context, defaults: &HeaderMap) -> Result<(), &'static str> {
    let uri = std::mem::take(request.uri_mut());
    *request.uri_mut() = context.options.base_url.join(uri)?;
    let headers = request.headers_mut();
    for (name, value) in &context.options.headers {
        if name == PREFER {
            merge_prefer(headers, Prefer::from_value(value));
        } else {
            headers.insert(name.clone(), value.clone());
        }
    }
    let declares_prefer = context.metadata.declares_header(PREFER.as_str());
    for (name, value) in defaults {
        if name == PREFER {
            // Some operations refuse it, so what is meant for all goes to those that declare it.
            if declares_prefer {
                merge_prefer(headers, Prefer::from_value(value));
            }
        } else if let Entry::Vacant(vacant) = headers.entry(name) {
            vacant.insert(value.clone());
        }
    }
    let strips = matches!(context.metadata.response(), Kind::Json | Kind::Ignored);
    if context.options.heartbeats == Heartbeats::Always && strips && declares_prefer {
        merge_prefer(headers, Prefer::heartbeat());
    }
    // Beats inside a compressed stream stay in buffers on the way until there is enough of them.
    let may_prefer = declares_prefer || !context.options.headers.is_empty();
    if may_prefer
        && Prefer::from_headers(headers, &PREFER).contains("heartbeat")
        && !headers.contains_key(header::ACCEPT_ENCODING)
    {
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    }
    // Whoever set it: transports keep what is sensitive out of their logs and out of compression tables.
    if let Some(credentials) = headers.get_mut(header::AUTHORIZATION) {
        credentials.set_sensitive(true);
    }
    Ok(())
}

const PREFER: HeaderName = HeaderName::from_static("prefer");

/// Adds preferences to those that are there: what came first stands (RFC 7240, section 2).
fn merge_prefer(headers: &mut HeaderMap, more: Prefer) {
    let merged = Prefer::from_headers(headers, &PREFER).and(more);
    if let Ok(value) = HeaderValue::try_from(merged.to_string()) {
        headers.insert(PREFER, value);
    }
}
