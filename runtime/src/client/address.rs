//! Where a request goes, and the headers that are not the operation's own: those of the call, then the client's.

use super::{
    context::{Context, Outgoing},
    defaults::{self, PREFER, as_declared, merge_prefer},
    receive::Answer,
};
use crate::{
    Error,
    error::{Cause, Exchange},
};
use bytes::Bytes;
use http::Request;
use std::{
    future::{Ready, ready},
    task::{self, Poll},
};
use tower_layer::Layer;
use tower_service::Service;

#[derive(Clone, Copy)]
pub(super) struct AddressLayer;

#[derive(Clone)]
pub(super) struct Address<S>(S);

impl<S> Layer<S> for AddressLayer {
    type Service = Address<S>;

    fn layer(&self, inner: S) -> Address<S> {
        Address(inner)
    }
}

impl<S> Service<Outgoing> for Address<S>
where
    S: Service<Outgoing, Response = Answer, Error = Error>,
{
    type Response = Answer;
    type Error = Error;
    type Future = Either<S::Future>;

    fn poll_ready(&mut self, cx: &mut task::Context<'_>) -> Poll<Result<(), Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, mut outgoing: Outgoing) -> Self::Future {
        match address(&mut outgoing.request, &outgoing.context) {
            Ok(()) => Either::Inner { future: self.0.call(outgoing) },
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
        Refused { #[pin] future: Ready<Result<Answer, Error>> },
    }
}

impl<F: Future<Output = Result<Answer, Error>>> Future for Either<F> {
    type Output = F::Output;

    fn poll(self: std::pin::Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<F::Output> {
        match self.project() {
            EitherProjection::Inner { future } => future.poll(cx),
            EitherProjection::Refused { future } => future.poll(cx),
        }
    }
}

fn address(request: &mut Request<Bytes>, context: &Context) -> Result<(), &'static str> {
    let uri = std::mem::take(request.uri_mut());
    *request.uri_mut() = context.options().base_url.join(uri)?;
    let headers = request.headers_mut();
    for (name, value) in &context.options().headers {
        let value = as_declared(context, name, value);
        if name == PREFER {
            merge_prefer(headers, &value);
        } else {
            headers.insert(name.clone(), value);
        }
    }
    defaults::add(headers, context);
    Ok(())
}
