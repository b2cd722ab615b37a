//! Any `tower::Service` of HTTP behind one type.

use super::{BoxFuture, ResponseBody, SendState};
use crate::error::BoxError;
use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use std::{
    fmt,
    marker::PhantomData,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};
use tower_service::Service;

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
    use super::{BoxError, Bytes, Erased, HttpService, PhantomData, Request, Response, Service};
    use http_body::Body;

    /// Hides the type of a service.
    pub trait Erase<B, R> {
        fn erase(self) -> Box<dyn HttpService>;
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
        fn erase(self) -> Box<dyn HttpService> {
            Box::new(Erased { service: self, body: PhantomData::<fn() -> (B, R)> })
        }
    }
}

/// A transport, with the layers around it. It is cheap to clone and shares the service.
#[derive(Clone)]
pub(crate) struct Transport {
    /// The lock is there because a service need not be `Sync`.
    service: Arc<Mutex<Box<dyn HttpService>>>,
    has_layers: bool,
}

impl Transport {
    pub(crate) fn new<B, R>(service: impl IntoTransport<B, R>) -> Self {
        Self { service: Arc::new(Mutex::new(service.erase())), has_layers: false }
    }

    /// The same transport with one more layer around it.
    pub(super) fn layered<B, R>(service: impl IntoTransport<B, R>) -> Self {
        Self { has_layers: true, ..Self::new(service) }
    }

    pub(super) fn has_layers(&self) -> bool {
        self.has_layers
    }

    /// A clone of the service, for one request.
    pub(crate) fn service(&self) -> Box<dyn HttpService> {
        self.service.lock().unwrap_or_else(PoisonError::into_inner).clone_boxed()
    }

    /// Adds the state of the request to its extensions.
    pub(crate) fn track(&self, request: &mut Request<Bytes>) -> SendState {
        let extensions = request.extensions_mut();
        if self.has_layers { SendState::in_layers(extensions) } else { SendState::without_layers(extensions) }
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").finish_non_exhaustive()
    }
}

/// A service without its type.
pub trait HttpService: Send {
    fn clone_boxed(&self) -> Box<dyn HttpService>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>>;

    fn call(&mut self, request: Request<Bytes>) -> BoxFuture<Response<ResponseBody>, BoxError>;
}

struct Erased<S, F> {
    service: S,
    body: PhantomData<F>,
}

impl<S, B, R> HttpService for Erased<S, fn() -> (B, R)>
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
        Box::pin(async move { Ok(response.await.map_err(Into::into)?.map(ResponseBody::new)) })
    }
}
