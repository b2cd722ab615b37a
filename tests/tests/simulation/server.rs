//! The server: hyper's own, over HTTP/1.1 or HTTP/2. It counts what it executes.

pub(crate) mod answer;
pub(crate) mod ledger;

use crate::{
    journal::Journal,
    network::{Network, endpoint::Endpoint},
};
use answer::{Answer, AnswerBody, BodyKind, Executes};
use http::{Request, Response};
use http_body_util::BodyExt;
use hyper::{
    body::Incoming,
    server::conn::{http1, http2},
    service::service_fn,
};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use ledger::{Arrival, Ledger};
use std::{
    future::{Future, pending, poll_fn},
    pin::{Pin, pin},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
    time::Duration,
};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug, Clone)]
pub(crate) struct Protocol {
    pub(crate) http2: bool,
    pub(crate) max_streams: u32,
    /// The share of answers that are good, whatever happens.
    pub(crate) good: f64,
    /// The server closes a connection gracefully after this time, over HTTP/2 with a GOAWAY.
    pub(crate) max_age: Option<Duration>,
}

#[derive(Clone)]
pub(crate) struct Server {
    protocol: Protocol,
    network: Network,
    ledger: Ledger,
    rng: Arc<Mutex<fastrand::Rng>>,
    /// From now on, each answer is good.
    is_good: Arc<AtomicBool>,
    /// The tasks of a server's life end when this changes.
    lives: watch::Sender<u32>,
    journal: Journal,
}

impl Server {
    pub(crate) fn new(
        protocol: Protocol,
        network: Network,
        ledger: Ledger,
        rng: fastrand::Rng,
        journal: Journal,
    ) -> Self {
        let (rng, is_good) = (Arc::new(Mutex::new(rng)), Arc::default());
        Self { protocol, network, ledger, rng, is_good, lives: watch::Sender::new(0), journal }
    }

    pub(crate) fn be_good(&self) {
        self.is_good.store(true, Ordering::Relaxed);
    }

    /// Accepts connections until the server stops.
    pub(crate) fn start(&self) {
        self.journal.log(|| "server: started".to_owned());
        let mut connections = self.network.listen();
        let server = self.clone();
        self.spawn(async move {
            while let Some(connection) = connections.recv().await {
                server.spawn(server.clone().serve(connection));
            }
        });
    }

    /// Ends each task of the server, as if its process ended.
    pub(crate) fn stop(&self) {
        self.journal.log(|| "server: stopped".to_owned());
        self.network.stop_listening();
        self.lives.send_modify(|life| *life += 1);
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let lives = self.lives.subscribe();
        tokio::spawn(until_stopped(lives, task));
    }

    async fn serve(self, connection: Endpoint) {
        let io = TokioIo::new(connection);
        let age = self.protocol.max_age;
        let server = self.clone();
        let service = service_fn(move |request| server.clone().handle(request));
        // Errors of connections are expected. The date would make runs unequal.
        if self.protocol.http2 {
            let mut builder = http2::Builder::new(Executor(self.lives.clone()));
            builder.timer(TokioTimer::new()).auto_date_header(false);
            builder.max_concurrent_streams(self.protocol.max_streams);
            grow_old(builder.serve_connection(io, service), age, http2::Connection::graceful_shutdown).await;
        } else {
            let mut builder = http1::Builder::new();
            builder.timer(TokioTimer::new()).auto_date_header(false);
            grow_old(builder.serve_connection(io, service), age, http1::Connection::graceful_shutdown).await;
        }
    }

    async fn handle(self, request: Request<Incoming>) -> Result<Response<AnswerBody>, BoxError> {
        let header = |name| Some(request.headers().get(name)?.to_str().ok()?.to_owned());
        let call: u64 = header("x-call").ok_or("no call")?.parse()?;
        let beats = header("prefer").is_some();
        let answer = {
            let rng = &mut self.rng.lock().unwrap();
            let is_good = self.is_good.load(Ordering::Relaxed) || rng.f64() < self.protocol.good;
            if is_good { Answer::good() } else { Answer::draw(rng, beats) }
        };
        let is_refused = answer.body == BodyKind::Refused && self.protocol.http2;
        if !is_refused {
            // An API that can execute a request has read its body.
            let mut body = request.into_body();
            while body.frame().await.transpose()?.is_some() {}
        }
        self.journal.log(|| format!("server: call {call} arrives: {answer:?}"));
        self.ledger.arrive(call, Arrival { may_be_sent_again: answer.status == 429 || is_refused });
        if answer.body == BodyKind::Refused {
            return if is_refused {
                Err(h2::Error::from(h2::Reason::REFUSED_STREAM).into())
            } else {
                Err("refused".into())
            };
        }
        sleep(Duration::from_secs(answer.delay)).await;
        let execution = (answer.executes == Executes::First).then(|| self.ledger.execute(call));
        if answer.body == BodyKind::Hang {
            pending::<()>().await;
        }
        Ok(answer.response(self.ledger, call, execution))
    }
}

async fn until_stopped(mut lives: watch::Receiver<u32>, task: impl Future<Output = ()>) {
    let mut task = pin!(task);
    let mut stopped = pin!(lives.changed());
    poll_fn(|cx| if stopped.as_mut().poll(cx).is_ready() { Poll::Ready(()) } else { task.as_mut().poll(cx) }).await;
}

/// Drives a connection, and closes it gracefully at its age limit.
async fn grow_old<C: Future>(connection: C, age: Option<Duration>, close: fn(Pin<&mut C>)) {
    let mut connection = pin!(connection);
    if let Some(age) = age {
        if timeout(age, connection.as_mut()).await.is_ok() {
            return;
        }
        close(connection.as_mut());
    }
    connection.await;
}

/// The tasks of HTTP/2 streams end with the server.
#[derive(Clone)]
struct Executor(watch::Sender<u32>);

impl<F: Future<Output: Send> + Send + 'static> hyper::rt::Executor<F> for Executor {
    fn execute(&self, stream: F) {
        let task = async move { drop(stream.await) };
        TokioExecutor::new().execute(until_stopped(self.0.subscribe(), task));
    }
}
