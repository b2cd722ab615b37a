//! One end of a connection, which hyper reads and writes.

use super::connection::{Connection, Side};
use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard},
    task::{Context, Poll},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep_until},
};

/// One end of a connection.
pub(crate) struct Endpoint {
    connection: Arc<Mutex<Connection>>,
    side: Side,
    timer: Option<Pin<Box<Sleep>>>,
    on_drop: Option<Box<dyn FnOnce() + Send>>,
}

impl Endpoint {
    pub(crate) fn new(connection: Arc<Mutex<Connection>>, side: Side, on_drop: Box<dyn FnOnce() + Send>) -> Self {
        Self { connection, side, timer: None, on_drop: Some(on_drop) }
    }

    /// Wakes the task at the next event. True if that is now.
    fn poll_event(timer: &mut Option<Pin<Box<Sleep>>>, at: Option<Instant>, cx: &mut Context<'_>) -> bool {
        let Some(at) = at else { return false };
        let timer = timer.get_or_insert_with(|| Box::pin(sleep_until(at)));
        if timer.deadline() != at {
            timer.as_mut().reset(at);
        }
        timer.as_mut().poll(cx).is_ready()
    }
}

fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap()
}

impl AsyncRead for Endpoint {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let mut connection = lock(&this.connection);
        loop {
            let now = Instant::now();
            connection.check(this.side, now)?;
            if connection.read(this.side, buf, now) {
                return Poll::Ready(Ok(()));
            }
            if !Self::poll_event(&mut this.timer, connection.next_event(this.side, now), cx) {
                connection.on_readable(this.side, cx);
                return Poll::Pending;
            }
        }
    }
}

impl AsyncWrite for Endpoint {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        let mut connection = lock(&this.connection);
        loop {
            let now = Instant::now();
            connection.check(this.side, now)?;
            if connection.is_closed(this.side) {
                return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
            }
            let written = connection.write(this.side, buf, now);
            if written > 0 || buf.is_empty() {
                return Poll::Ready(Ok(written));
            }
            if !Self::poll_event(&mut this.timer, connection.next_event(this.side, now), cx) {
                connection.on_writable(this.side, cx);
                return Poll::Pending;
            }
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        lock(&self.connection).close(self.side);
        Poll::Ready(Ok(()))
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        lock(&self.connection).drop_end(self.side);
        if let Some(on_drop) = self.on_drop.take() {
            on_drop();
        }
    }
}
