//! The transport of a client that talks to a stand-in.

use super::{
    answer::{Answer, Reaction},
    scripted_body::{ScriptedBody, connection_lost},
    stand_in::State,
};
use crate::{
    error::BoxError,
    transport::{NotSent, ResponseBody},
};
use bytes::Bytes;
use http::{Request, Response};
use std::{
    fmt, io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};
use tokio::time::sleep;
use tower_service::Service;

/// The transport to a [`StandIn`](super::StandIn). Clients and tasks share it by cloning.
#[derive(Clone)]
pub struct StandInTransport(pub(super) Arc<State>);

impl Service<Request<Bytes>> for StandInTransport {
    type Response = Response<ResponseBody>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<ResponseBody>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let answer = self.0.receive(request);
        Box::pin(async move {
            // Another attempt would be unexpected too.
            let Answer { delay, reaction } = answer.map_err(NotSent::permanent)?;
            if !delay.is_zero() {
                sleep(delay).await;
            }
            match reaction {
                Reaction::Respond(scripted) => {
                    let mut response = Response::new(ResponseBody::new(ScriptedBody::new(&scripted)));
                    *response.status_mut() = scripted.status;
                    *response.headers_mut() = scripted.headers;
                    Ok(response)
                }
                Reaction::NotSent => Err(NotSent::new(connection_refused()).into()),
                Reaction::Lost => Err(connection_lost().into()),
                Reaction::Never => std::future::pending().await,
            }
        })
    }
}

pub(super) fn connection_refused() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionRefused, "the stand-in refused the connection")
}

impl fmt::Debug for StandInTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StandInTransport").finish_non_exhaustive()
    }
}
