//! Any `tower::Service` of HTTP behind one type, and an attempt over it as the end of the stack.

use super::{
    context::Outgoing,
    receive::{Answer, receive},
};
use crate::{Error, error::BoxError, transport::NotSent};
use bytes::{Buf, Bytes};
use http::{Request, Response};
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;
use std::{
    future::poll_fn,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    task::{Context, Poll, ready},
};
use tower_service::Service;

pub(crate) type ResponseBody = Pin<Box<dyn Body<Data = Bytes, Error = BoxError> + Send>>;
pub(crate) type BoxFuture<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

/// A transport, cheap to clone. The service's own readiness is awaited inside the attempt.
///
/// The type of the service is hidden around the whole attempt and not below it: one box holds all that an attempt
/// waits for, where the answer's head and its body would each take another.
#[derive(Clone)]
pub(crate) struct Transport(Arc<dyn Fn(Outgoing) -> BoxFuture<Answer, Error> + Send + Sync>);

impl Transport {
    pub(crate) fn new<S, B, R>(service: S) -> Self
    where
        S: Service<Request<B>, Response = Response<R>> + Clone + Send + Sync + 'static,
        S::Future: Send,
        S::Error: Into<BoxError>,
        B: From<Bytes> + Send + 'static,
        R: Body + Send + 'static,
        R::Error: Into<BoxError>,
    {
        Self(Arc::new(move |Outgoing { request, context }| {
            let service = service.clone();
            Box::pin(async move {
                let called = AtomicBool::new(false);
                let response = pin!(async {
                    // Here, as it is let go once there is a head: it may hold a place among so many.
                    let mut service = service;
                    // A service that never took the request cannot have sent it.
                    poll_fn(|cx| service.poll_ready(cx)).await.map_err(NotSent::new)?;
                    called.store(true, Relaxed);
                    let response = service.call(request.map(B::from)).await.map_err(Into::into)?;
                    let (parts, inner) = response.into_parts();
                    Ok((Box::new(parts), Erased { inner }))
                });
                receive(context, response, &called).await
            })
        }))
    }
}

/// The end of the stack: one attempt over the transport of the call's client, ready at any time.
#[derive(Clone, Copy)]
pub(super) struct Attempt;

impl Service<Outgoing> for Attempt {
    type Response = Answer;
    type Error = Error;
    type Future = BoxFuture<Answer, Error>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, outgoing: Outgoing) -> Self::Future {
        let transport = outgoing.context.transport().clone();
        (transport.0)(outgoing)
    }
}

pin_project! {
    struct Erased<B> {
        #[pin]
        inner: B,
    }
}

impl<B> Body for Erased<B>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(self.project().inner.poll_frame(cx));
        // No copy if the data are `Bytes` already.
        let frame = frame.map(|frame| frame.map_err(Into::into));
        Poll::Ready(
            frame.map(|frame| frame.map(|frame| frame.map_data(|mut data| data.copy_to_bytes(data.remaining())))),
        )
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
