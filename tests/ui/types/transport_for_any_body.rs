use stackone::{Client, http::{Request, Response}};
use std::{convert::Infallible, future::{Ready, ready}, task::{Context, Poll}};

#[derive(Clone)]
struct Router;

impl<B> tower::Service<Request<B>> for Router {
    type Response = Response<String>;
    type Error = Infallible;
    type Future = Ready<Result<Response<String>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<B>) -> Self::Future {
        ready(Ok(Response::new(String::new())))
    }
}

fn main() {
    let _ = Client::builder().build_with_router(Router);
    let _ = Client::builder().build_with(Router);
}
