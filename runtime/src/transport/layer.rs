//! Layers around the transport.

use super::{
    BoxFuture, IntoTransport, NotSent, RequestBody, ResponseBody, SendState,
    erased::{HttpService, Transport},
};
use crate::error::BoxError;
use http::{Request, Response};
use std::{
    fmt,
    task::{Context, Poll},
};
use tower_layer::Layer;
use tower_service::Service;

/// The service that a layer of [`ClientBuilder::layer`](crate::ClientBuilder::layer) wraps: the transport, or the next layer.
pub struct TransportService {
    service: Box<dyn HttpService>,
    /// Whether the service is the transport.
    is_innermost: bool,
}

impl Transport {
    /// The same transport with a layer around it.
    pub(crate) fn layer<B, R, L>(&self, layer: &L) -> Self
    where
        L: Layer<TransportService>,
        L::Service: IntoTransport<B, R>,
    {
        let service = TransportService { service: self.service(), is_innermost: !self.has_layers() };
        Self::layered(layer.layer(service))
    }
}

impl Clone for TransportService {
    fn clone(&self) -> Self {
        Self { service: self.service.clone_boxed(), is_innermost: self.is_innermost }
    }
}

impl Service<Request<RequestBody>> for TransportService {
    type Response = Response<ResponseBody>;
    type Error = BoxError;
    type Future = BoxFuture<Response<ResponseBody>, BoxError>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.service.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<RequestBody>) -> Self::Future {
        if self.is_innermost && !SendState::enter_transport(request.extensions_mut()) {
            return Box::pin(async { Err(NotSent::new("the attempt ended while a layer had the request").into()) });
        }
        self.service.call(request.map(RequestBody::into_bytes))
    }
}

impl fmt::Debug for TransportService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportService").finish_non_exhaustive()
    }
}
