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
///
/// For a service that takes any body, such as axum's `Router`,
/// [`build_with_router`](crate::ClientBuilder::build_with_router) chooses the [`RequestBody`](super::RequestBody) of this module.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the transport of a client",
    label = "not a cloneable service of HTTP",
    note = "a transport is a `tower::Service<http::Request<B>, Response = http::Response<R>> + Clone + Send + 'static`, where `B: From<bytes::Bytes>` and `R: http_body::Body`; its future is `Send`, and its error converts into a boxed error"
)]
pub trait IntoTransport<B, R> {
    /// Hides the type of a service.
    #[doc(hidden)]
    fn erase(self, _: sealed::Seal) -> Box<dyn HttpService>;
}

// The only implementation, and not one of a private supertrait: its name would be in the errors of a service that takes any body.
#[diagnostic::do_not_recommend]
impl<S, B, R> IntoTransport<B, R> for S
where
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send + 'static,
    S::Error: Into<BoxError>,
    B: From<Bytes> + Send + 'static,
    R: Body + Send + 'static,
    R::Error: Into<BoxError>,
{
    fn erase(self, _: sealed::Seal) -> Box<dyn HttpService> {
        Box::new(Erased { service: self, body: PhantomData::<fn() -> (B, R)> })
    }
}

mod sealed {
    /// It is private, so that no other crate can implement [`IntoTransport`](super::IntoTransport).
    #[derive(Debug)]
    pub struct Seal;
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
        Self { service: Arc::new(Mutex::new(service.erase(sealed::Seal))), has_layers: false }
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
