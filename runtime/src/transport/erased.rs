//! Any `tower::Service` of HTTP behind one type.

use crate::error::BoxError;
use bytes::{Buf, Bytes};
use http::{Request, Response};
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;
use std::{
    fmt,
    marker::PhantomData,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
};
use tower_service::Service;

pub(crate) type BoxFuture<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

/// The body of a response, from any transport.
pub(crate) type ResponseBody = Pin<Box<dyn Body<Data = Bytes, Error = BoxError> + Send>>;

/// A service that can be the transport of a client.
///
/// It is implemented for every `tower::Service<http::Request<B>, Response = http::Response<R>>` that is `Clone + Send`,
/// whose request body `B` is made from [`Bytes`] and whose response body `R` is an [`http_body::Body`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the transport of a client",
    label = "not a cloneable service of HTTP",
    note = "a transport is a `tower::Service<http::Request<B>, Response = http::Response<R>> + Clone + Send + 'static`, where `B: From<bytes::Bytes>` and `R: http_body::Body`; its future is `Send`, and its error converts into a boxed error"
)]
pub trait IntoTransport<B, R>: sealed::Erase<B, R> {}

#[diagnostic::do_not_recommend]
impl<S: sealed::Erase<B, R>, B, R> IntoTransport<B, R> for S {}

mod sealed {
    use super::{BoxError, Bytes, Erased, ErasedBody, Mutex, PhantomData, Request, Response, Service, Transport};
    use http_body::Body;
    use std::sync::Arc;

    /// Hides the type of a service.
    pub trait Erase<B, R> {
        fn erase(self) -> Transport;
    }

    #[diagnostic::do_not_recommend]
    impl<S, B, R> Erase<B, R> for S
    where
        S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
        S::Future: Send + 'static,
        S::Error: Into<BoxError>,
        B: From<Bytes> + Send + 'static,
        R: Body + Send + 'static,
        R::Error: Into<BoxError>,
    {
        fn erase(self) -> Transport {
            let service = Erased { service: self, body: PhantomData::<fn() -> (B, ErasedBody<R>)> };
            Transport(Arc::new(Mutex::new(Box::new(service))))
        }
    }
}

/// A transport. It is cheap to clone and shares the service.
#[derive(Clone)]
pub struct Transport(Arc<Mutex<Box<dyn HttpService>>>);

impl Transport {
    pub(crate) fn new<B, R>(service: impl IntoTransport<B, R>) -> Self {
        service.erase()
    }

    /// A clone of the service, for one request. The lock is there because a service need not be `Sync`.
    pub(crate) fn service(&self) -> Box<dyn HttpService> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone_boxed()
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").finish_non_exhaustive()
    }
}

/// A service without its type.
pub(crate) trait HttpService: Send {
    fn clone_boxed(&self) -> Box<dyn HttpService>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>>;

    fn call(&mut self, request: Request<Bytes>) -> BoxFuture<Response<ResponseBody>, BoxError>;
}

struct Erased<S, F> {
    service: S,
    body: PhantomData<F>,
}

impl<S, B, R> HttpService for Erased<S, fn() -> (B, ErasedBody<R>)>
where
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send + 'static,
    S::Error: Into<BoxError>,
    B: From<Bytes> + Send + 'static,
    R: Body + Send + 'static,
    R::Error: Into<BoxError>,
{
    fn clone_boxed(&self) -> Box<dyn HttpService> {
        Box::new(Self { service: self.service.clone(), body: PhantomData })
    }

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.service.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, request: Request<Bytes>) -> BoxFuture<Response<ResponseBody>, BoxError> {
        let response = self.service.call(request.map(B::from));
        Box::pin(async move {
            let response = response.await.map_err(Into::into)?;
            Ok(response.map(|body| Box::pin(ErasedBody { body }) as ResponseBody))
        })
    }
}

pin_project! {
    /// A body whose data are `Bytes` and whose error is boxed.
    pub struct ErasedBody<B> {
        #[pin]
        body: B,
    }
}

impl<B> Body for ErasedBody<B>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(self.project().body.poll_frame(cx));
        // `copy_to_bytes` does not copy data that are `Bytes`.
        let to_bytes = |frame: Frame<B::Data>| frame.map_data(|mut data| data.copy_to_bytes(data.remaining()));
        Poll::Ready(frame.map(|frame| frame.map(to_bytes).map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
