//! A connection: two directions of bytes, as TCP delivers them.

use bytes::{Buf, Bytes};
use std::{
    collections::VecDeque,
    io, mem,
    sync::{Arc, Mutex},
    task::{Context, Waker},
    time::Duration,
};
use tokio::{io::ReadBuf, time::Instant};

/// How a connection carries its bytes.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    /// The shortest and the longest time that a segment travels, in milliseconds.
    pub(crate) delay: (u64, u64),
    /// The share of segments that are lost. The sender sends them again after 0.2 to 3 seconds.
    pub(crate) lost: f64,
    /// The share of segments that arrive a second time. The receiver drops the copy, and uses the earlier one.
    pub(crate) duplicated: f64,
    /// The longest segment.
    pub(crate) segment: usize,
    /// The number of bytes that one side can send and the other has not read.
    pub(crate) window: usize,
    /// What happens to the connection after so many bytes of one direction.
    pub(crate) cut: Option<Cut>,
}

#[derive(Debug, Clone)]
pub(crate) struct Cut {
    pub(crate) side: Side,
    pub(crate) after: usize,
    pub(crate) ending: Ending,
}

/// What happens to a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Both ends get an error.
    Reset,
    /// Nothing that this side sends arrives any more.
    SilentFrom(Side),
    /// Nothing arrives any more.
    Silent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Client,
    Server,
}

impl Side {
    fn other(self) -> Self {
        if self == Self::Client { Self::Server } else { Self::Client }
    }
}

/// A kernel gives up a connection whose bytes are not accepted for this time: the `TCP_USER_TIMEOUT` of the default transport.
const GIVE_UP: Duration = Duration::from_secs(30);

/// The bytes that one side sends.
#[derive(Debug)]
struct Direction {
    /// In the order of their bytes. An empty segment is the end.
    segments: VecDeque<(Instant, Bytes)>,
    last_arrival: Instant,
    /// The number of bytes that were written, and that were written and not read.
    written: usize,
    unread: usize,
    /// The time of the last read, or of the first write after everything was read.
    progress: Instant,
    is_silent: bool,
    is_closed: bool,
    reader_is_gone: bool,
    reader: Option<Waker>,
    writer: Option<Waker>,
}

/// A connection. Index 0 of each pair is the client's.
#[derive(Debug)]
pub(crate) struct Connection {
    link: Link,
    rng: fastrand::Rng,
    directions: [Direction; 2],
    /// When this end gets an error.
    reset: [Option<Instant>; 2],
}

impl Connection {
    pub(crate) fn new(link: Link, rng: fastrand::Rng) -> Arc<Mutex<Self>> {
        let now = Instant::now();
        let direction = || Direction {
            segments: VecDeque::new(),
            last_arrival: now,
            written: 0,
            unread: 0,
            progress: now,
            is_silent: false,
            is_closed: false,
            reader_is_gone: false,
            reader: None,
            writer: None,
        };
        Arc::new(Mutex::new(Self { link, rng, directions: [direction(), direction()], reset: [None; 2] }))
    }

    /// Ends the connection, or a direction of it.
    pub(crate) fn end(&mut self, ending: Ending) {
        match ending {
            Ending::Reset => [Side::Client, Side::Server].into_iter().for_each(|side| {
                let at = self.arrival();
                self.reset_at(side, at);
            }),
            Ending::SilentFrom(side) => self.directions[side as usize].is_silent = true,
            Ending::Silent => self.directions.iter_mut().for_each(|direction| direction.is_silent = true),
        }
        self.wake();
    }

    /// When a segment that is sent now arrives, if no earlier one is later.
    fn arrival(&mut self) -> Instant {
        let (shortest, longest) = self.link.delay;
        let travel = |rng: &mut fastrand::Rng, lost: f64| {
            let again = if rng.f64() < lost { rng.u64(200..3000) } else { 0 };
            again + rng.u64(shortest..=longest)
        };
        let mut delay = travel(&mut self.rng, self.link.lost);
        if self.rng.f64() < self.link.duplicated {
            delay = delay.min(travel(&mut self.rng, self.link.lost));
        }
        Instant::now() + Duration::from_millis(delay)
    }

    fn reset_at(&mut self, side: Side, at: Instant) {
        let reset = &mut self.reset[side as usize];
        *reset = Some(reset.map_or(at, |earlier| earlier.min(at)));
    }

    /// Sends a segment. The receiver's kernel keeps what arrives too early until the bytes before it have arrived.
    fn send(&mut self, side: Side, bytes: Bytes) {
        let arrival = self.arrival();
        let direction = &mut self.directions[side as usize];
        if direction.is_silent {
            return;
        }
        direction.last_arrival = direction.last_arrival.max(arrival);
        direction.segments.push_back((direction.last_arrival, bytes));
        direction.reader.take().into_iter().for_each(Waker::wake);
    }

    /// Whether this end got an error, or gives up.
    pub(super) fn check(&mut self, side: Side, now: Instant) -> io::Result<()> {
        let out = &self.directions[side as usize];
        if out.unread > 0 && now >= out.progress + GIVE_UP {
            self.reset_at(side, now);
        }
        match self.reset[side as usize] {
            Some(at) if at <= now => Err(io::ErrorKind::ConnectionReset.into()),
            _ => Ok(()),
        }
    }

    /// When this end has to look again.
    pub(super) fn next_event(&self, side: Side, now: Instant) -> Option<Instant> {
        let (out, incoming) = (&self.directions[side as usize], &self.directions[side.other() as usize]);
        let give_up = (out.unread > 0).then(|| out.progress + GIVE_UP);
        let arrival = incoming.segments.front().map(|(at, _)| *at).filter(|at| *at > now);
        [give_up, arrival, self.reset[side as usize]].into_iter().flatten().min()
    }

    fn wake(&mut self) {
        for direction in &mut self.directions {
            direction.reader.take().into_iter().chain(direction.writer.take()).for_each(Waker::wake);
        }
    }

    /// False if nothing has arrived. An empty read is the end.
    pub(super) fn read(&mut self, side: Side, buf: &mut ReadBuf<'_>, now: Instant) -> bool {
        let acknowledges = !self.directions[side as usize].is_silent;
        let direction = &mut self.directions[side.other() as usize];
        let Some((_, bytes)) = direction.segments.front_mut().filter(|(at, _)| *at <= now) else { return false };
        if bytes.is_empty() {
            return true;
        }
        let length = bytes.len().min(buf.remaining());
        buf.put_slice(&bytes[..length]);
        bytes.advance(length);
        if bytes.is_empty() {
            direction.segments.pop_front();
        }
        if acknowledges {
            direction.unread -= length;
            direction.progress = now;
            direction.writer.take().into_iter().for_each(Waker::wake);
        }
        true
    }

    /// The number of bytes that were sent. 0 if the window is full.
    pub(super) fn write(&mut self, side: Side, buf: &[u8], now: Instant) -> usize {
        let mut room = self.link.window.saturating_sub(self.directions[side as usize].unread).min(buf.len());
        if room == 0 {
            return 0;
        }
        let written = self.directions[side as usize].written;
        let cut = self.link.cut.clone().filter(|cut| cut.side == side && written + room >= cut.after);
        if let Some(cut) = &cut {
            room = cut.after.saturating_sub(written).clamp(1, room);
            self.link.cut = None;
        }
        let mut rest = Bytes::copy_from_slice(&buf[..room]);
        while !rest.is_empty() {
            let length = self.rng.usize(1..=self.link.segment).min(rest.len());
            let segment = rest.split_to(length);
            self.send(side, segment);
        }
        let direction = &mut self.directions[side as usize];
        if direction.unread == 0 {
            direction.progress = now;
        }
        direction.written += room;
        direction.unread += room;
        if direction.reader_is_gone {
            // The kernel of the other side answers with a reset.
            let at = self.arrival();
            if !self.directions.iter().any(|direction| direction.is_silent) {
                self.reset_at(side, at);
                self.wake();
            }
        }
        if let Some(cut) = cut {
            self.end(cut.ending);
        }
        room
    }

    pub(super) fn is_closed(&self, side: Side) -> bool {
        self.directions[side as usize].is_closed
    }

    /// Sends the end, unless it was sent.
    pub(super) fn close(&mut self, side: Side) {
        if !mem::replace(&mut self.directions[side as usize].is_closed, true) {
            self.send(side, Bytes::new());
        }
    }

    /// Nobody reads on this side any more. If something was not read, the kernel resets the connection.
    pub(super) fn drop_end(&mut self, side: Side) {
        let incoming = &mut self.directions[side.other() as usize];
        incoming.reader_is_gone = true;
        let is_unread = incoming.segments.iter().any(|(_, bytes)| !bytes.is_empty());
        if is_unread && !self.directions[side as usize].is_silent {
            self.directions[side as usize].is_closed = true;
            let at = self.arrival();
            self.reset_at(side.other(), at);
        } else {
            self.close(side);
        }
        self.wake();
    }

    /// Wakes the task once there is something to read.
    pub(super) fn on_readable(&mut self, side: Side, cx: &Context<'_>) {
        self.directions[side.other() as usize].reader = Some(cx.waker().clone());
    }

    /// Wakes the task once there is room to write.
    pub(super) fn on_writable(&mut self, side: Side, cx: &Context<'_>) {
        self.directions[side as usize].writer = Some(cx.waker().clone());
    }
}
