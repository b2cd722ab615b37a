//! A network in memory: connections between one client and one server, and the faults that happen to them.

pub(crate) mod connection;
pub(crate) mod endpoint;

use crate::{journal::Journal, random::pick};
use connection::{Connection, Cut, Ending, Link, Side};
use endpoint::Endpoint;
use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, Weak},
    time::Duration,
};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep},
};

/// What the network does to new connections.
#[derive(Debug, Clone)]
pub(crate) struct Conditions {
    pub(crate) link: Link,
    /// The share of new connections that are cut after an exact number of bytes.
    pub(crate) cut: f64,
    /// The share of connects that nothing answers.
    pub(crate) lost: f64,
    /// The share of connects that are refused.
    pub(crate) refused: f64,
    /// The share of connects that reach the server twice. The client uses one of the connections.
    pub(crate) duplicated: f64,
}

/// What happens to the network at a time.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// All connections, or one of them.
    End { ending: Ending, all: bool },
    /// Nothing answers to a connect, for so many seconds.
    LoseConnects(u64),
}

#[derive(Clone)]
pub(crate) struct Network(Arc<Mutex<State>>);

struct State {
    rng: fastrand::Rng,
    conditions: Conditions,
    connects_are_lost_until: Option<Instant>,
    server: Option<mpsc::UnboundedSender<Endpoint>>,
    connections: Vec<Weak<Mutex<Connection>>>,
    count: usize,
    open: usize,
    journal: Journal,
}

impl Network {
    pub(crate) fn new(conditions: Conditions, rng: fastrand::Rng, journal: Journal) -> Self {
        let (connects_are_lost_until, server, connections) = (None, None, Vec::new());
        let state = State { rng, conditions, connects_are_lost_until, server, connections, count: 0, open: 0, journal };
        Self(Arc::new(Mutex::new(state)))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// The connections that clients make from now on. Without a listener, the network refuses them.
    pub(crate) fn listen(&self) -> mpsc::UnboundedReceiver<Endpoint> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.state().server = Some(sender);
        receiver
    }

    pub(crate) fn stop_listening(&self) {
        self.state().server = None;
    }

    /// The number of connections that the client has open.
    pub(crate) fn open_connections(&self) -> usize {
        self.state().open
    }

    pub(crate) fn happen(&self, fault: Fault) {
        let mut state = self.state();
        state.journal.log(|| format!("network: {fault:?}"));
        state.connections.retain(|connection| connection.strong_count() > 0);
        match fault {
            Fault::LoseConnects(seconds) => {
                state.connects_are_lost_until = Some(Instant::now() + Duration::from_secs(seconds));
            }
            Fault::End { ending, all: true } => {
                let connections = state.connections.iter().filter_map(Weak::upgrade);
                connections.for_each(|connection| connection.lock().unwrap().end(ending));
            }
            Fault::End { ending, all: false } => {
                let count = state.connections.len().max(1);
                let index = state.rng.usize(0..count);
                let connection = state.connections.get(index).and_then(Weak::upgrade);
                if let Some(connection) = connection {
                    connection.lock().unwrap().end(ending);
                }
            }
        }
    }

    /// New connections have no faults from now on.
    pub(crate) fn heal(&self) {
        let mut state = self.state();
        state.journal.log(|| "network: no more faults".to_owned());
        state.connects_are_lost_until = None;
        let Conditions { cut, lost, refused, duplicated, link } = &mut state.conditions;
        (*cut, *lost, *refused, *duplicated, link.lost) = (0.0, 0.0, 0.0, 0.0, 0.0);
    }

    /// Connects to the server.
    pub(crate) async fn connect(&self) -> io::Result<Endpoint> {
        let (number, round_trip, is_lost, is_refused) = {
            let mut state = self.state();
            state.count += 1;
            let Conditions { link: Link { delay: (shortest, longest), .. }, lost, refused, .. } = state.conditions;
            let is_lost =
                state.rng.f64() < lost || state.connects_are_lost_until.is_some_and(|end| Instant::now() < end);
            (state.count, 2 * state.rng.u64(shortest..=longest), is_lost, state.rng.f64() < refused)
        };
        if is_lost {
            // The connect timeout of the default transport.
            sleep(Duration::from_secs(10)).await;
            self.log(|| format!("connection {number}: lost"));
            return Err(io::ErrorKind::TimedOut.into());
        }
        sleep(Duration::from_millis(round_trip)).await;
        if is_refused || self.state().server.as_ref().is_none_or(mpsc::UnboundedSender::is_closed) {
            self.log(|| format!("connection {number}: refused"));
            return Err(io::ErrorKind::ConnectionRefused.into());
        }
        let is_duplicated = {
            let mut state = self.state();
            let share = state.conditions.duplicated;
            state.rng.f64() < share
        };
        if is_duplicated {
            self.log(|| format!("connection {number}: duplicated"));
            drop(self.open(number));
        }
        Ok(self.open(number))
    }

    fn open(&self, number: usize) -> Endpoint {
        let mut state = self.state();
        let link = state.draw_link();
        state.journal.log(|| format!("connection {number}: open, {:?}", link.cut));
        let connection = Connection::new(link, state.rng.fork());
        state.connections.push(Arc::downgrade(&connection));
        state.open += 1;
        if let Some(server) = &state.server {
            // A server that stops drops it, and so closes it.
            let _ = server.send(Endpoint::new(Arc::clone(&connection), Side::Server, Box::new(|| ())));
        }
        let network = self.clone();
        let on_drop = move || {
            network.state().open -= 1;
            network.log(|| format!("connection {number}: closed by the client"));
        };
        Endpoint::new(connection, Side::Client, Box::new(on_drop))
    }

    fn log(&self, event: impl FnOnce() -> String) {
        self.state().journal.log(event);
    }
}

impl State {
    fn draw_link(&mut self) -> Link {
        let mut link = self.conditions.link.clone();
        if self.rng.f64() >= self.conditions.cut {
            return link;
        }
        let rng = &mut self.rng;
        let side = if rng.bool() { Side::Client } else { Side::Server };
        let most = pick(rng, [60, 300, 3000, 30_000]);
        let after = rng.usize(1..most);
        let ending = pick(rng, [Ending::Reset, Ending::Reset, Ending::SilentFrom(side), Ending::Silent]);
        link.cut = Some(Cut { side, after, ending });
        link
    }
}
