//! The body of a response, with its course in time.

use super::answer::Scripted;
use crate::error::BoxError;
use bytes::Bytes;
use http_body::{Body, Frame};
use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::time::{Sleep, sleep};

/// How a body ends. The numbers count the bytes of the document that arrive.
#[derive(Clone, Copy)]
pub(super) enum End {
    Complete,
    Cut(usize),
    Stalled(usize),
}

pub(super) struct ScriptedBody {
    heartbeats: u32,
    interval: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    document: Option<Bytes>,
    end: End,
}

impl ScriptedBody {
    pub(super) fn new(response: &Scripted) -> Self {
        Self {
            heartbeats: response.heartbeats,
            interval: response.interval,
            timer: None,
            document: Some(response.received()).filter(|document| !document.is_empty()),
            end: response.end,
        }
    }
}

impl Body for ScriptedBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if self.heartbeats > 0 {
            let interval = self.interval;
            let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(interval)));
            ready!(timer.as_mut().poll(cx));
            self.timer = None;
            self.heartbeats -= 1;
            return Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"\n")))));
        }
        if let Some(document) = self.document.take() {
            return Poll::Ready(Some(Ok(Frame::data(document))));
        }
        match self.end {
            End::Complete => Poll::Ready(None),
            End::Cut(_) => Poll::Ready(Some(Err(connection_lost().into()))),
            End::Stalled(_) => Poll::Pending,
        }
    }
}

pub(super) fn connection_lost() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionReset, "the stand-in closed the connection")
}
