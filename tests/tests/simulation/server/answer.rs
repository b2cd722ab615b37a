//! The answers of the server, drawn at random, and their bodies.

use super::ledger::Ledger;
use crate::random::pick;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use http_body::{Body, Frame};
use std::{
    collections::VecDeque,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::time::{Sleep, sleep};

/// What the server does with one request.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// The seconds before the status.
    pub(crate) delay: u64,
    /// Whether the request is executed, before the status or in the middle of the body.
    pub(crate) executes: Executes,
    pub(crate) status: u16,
    pub(crate) retry_after: Option<u64>,
    /// The heartbeats, and the seconds before each.
    pub(crate) heartbeats: (u32, u64),
    pub(crate) body: BodyKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Executes {
    Not,
    First,
    AfterHeartbeats,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyKind {
    /// The document of the execution.
    Document,
    /// The first bytes of the document, and then a lost stream or connection.
    Cut,
    /// An error document with this status.
    Error(u16),
    /// A document of another type, with this many chunks of 8 KiB.
    Other(u64),
    /// No JSON.
    Html,
    Empty,
    /// Nothing more, or heartbeats, for ever.
    Endless,
    /// No status: the server never answers.
    Hang,
    /// No status: the server refuses the stream, or closes the connection.
    Refused,
}

impl Answer {
    pub(crate) fn good() -> Self {
        let body = BodyKind::Document;
        Self { delay: 0, executes: Executes::First, status: 200, retry_after: None, heartbeats: (0, 0), body }
    }

    /// Draws an answer. An API says with most statuses below 500 that it did not execute the request, and with a complete
    /// response under 2xx without an error that it did.
    pub(crate) fn draw(rng: &mut fastrand::Rng, beats: bool) -> Self {
        let mut answer = Self::good();
        answer.delay = pick(rng, [0, 0, 1, 20, 70]);
        answer.status = pick(rng, [200, 201, 202]);
        if beats && rng.bool() {
            answer.heartbeats = (rng.u32(0..8), rng.u64(1..40));
        }
        let maybe = pick(rng, [Executes::Not, Executes::First, Executes::AfterHeartbeats]);
        let executed = if rng.bool() { Executes::First } else { Executes::AfterHeartbeats };
        let refuses = pick(rng, [400, 401, 403, 404, 409, 422, 304, 307, 308, 501]);
        let fails = pick(rng, [300, 301, 302, 303, 408, 500, 502, 503, 504]);
        let error = |status: u16| if status == 304 { BodyKind::Empty } else { BodyKind::Error(status) };
        match rng.u32(0..44) {
            0..14 => Self { executes: executed, ..answer },
            14..18 => {
                let retry_after = pick(rng, [None, Some(0), Some(2), Some(30), Some(90)]);
                let body = pick(rng, [BodyKind::Error(429), BodyKind::Empty]);
                Self { executes: Executes::Not, status: 429, retry_after, body, ..answer }
            }
            18..20 => Self { executes: Executes::Not, status: refuses, body: error(refuses), ..answer },
            20..23 => Self { executes: maybe, status: fails, body: error(fails), ..answer },
            23..25 => Self { executes: maybe, body: error(fails.max(408)), ..answer },
            25..28 => Self { executes: maybe, body: BodyKind::Cut, ..answer },
            28..30 => Self { executes: maybe, body: BodyKind::Hang, ..answer },
            30..32 => Self { executes: maybe, body: BodyKind::Endless, ..answer },
            32 => Self { executes: executed, body: BodyKind::Other(0), ..answer },
            33 => Self { executes: executed, body: BodyKind::Html, ..answer },
            34 => Self { executes: Executes::First, status: pick(rng, [200, 204]), body: BodyKind::Empty, ..answer },
            35 => Self { executes: executed, body: BodyKind::Other(37), ..answer },
            36..40 => Self { executes: Executes::Not, body: error(pick(rng, [429, refuses.max(400)])), ..answer },
            _ => Self { executes: Executes::Not, body: BodyKind::Refused, ..answer },
        }
    }

    pub(crate) fn response(self, ledger: Ledger, call: u64, execution: Option<u64>) -> Response<AnswerBody> {
        let mut response = Response::new(());
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(http::header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status / 100 == 3 {
            response.headers_mut().insert(http::header::LOCATION, HeaderValue::from_static("/elsewhere"));
        }
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), HeaderValue::from(call));
        response.map(|()| AnswerBody { steps: self.steps(), timer: None, ledger, call, execution })
    }

    fn steps(&self) -> VecDeque<Step> {
        let text = |text: String| Step::Data(text.into());
        let (count, every) = self.heartbeats;
        let mut steps = VecDeque::new();
        let has_body = !matches!(self.status, 204 | 304);
        if has_body {
            steps.extend((0..count).flat_map(|_| [Step::Wait(every), Step::Data(Bytes::from_static(b"\n"))]));
        }
        if self.executes == Executes::AfterHeartbeats {
            steps.push_back(Step::Execute);
        }
        match self.body {
            BodyKind::Document => steps.push_back(Step::Document),
            BodyKind::Cut => steps.extend([Step::Cut, Step::Fail]),
            BodyKind::Error(status) => {
                steps.push_back(text(format!(r#"{{"statusCode":{status},"message":"an error"}}"#)));
            }
            BodyKind::Other(0) => steps.push_back(text(r#"{"other":true}"#.to_owned())),
            BodyKind::Other(size) => {
                steps.extend([text(r#"{"other":""#.to_owned()), Step::Filler(size), text(r#""}"#.to_owned())]);
            }
            BodyKind::Html => steps.push_back(text("<!doctype html><p>Bad gateway".to_owned())),
            BodyKind::Endless if every == 0 => steps.push_back(Step::Hang),
            BodyKind::Endless => steps.push_back(Step::Beat { every }),
            BodyKind::Empty | BodyKind::Hang | BodyKind::Refused => {}
        }
        steps
    }
}

enum Step {
    Wait(u64),
    Data(Bytes),
    Execute,
    Document,
    /// The first bytes of the document, and then an error.
    Cut,
    Fail,
    Beat {
        every: u64,
    },
    /// So many chunks of 8 KiB.
    Filler(u64),
    Hang,
}

/// A body in steps.
pub(crate) struct AnswerBody {
    steps: VecDeque<Step>,
    timer: Option<Pin<Box<Sleep>>>,
    ledger: Ledger,
    call: u64,
    execution: Option<u64>,
}

impl AnswerBody {
    fn document(&self) -> String {
        format!(r#"{{"call":{},"execution":{}}}"#, self.call, self.execution.unwrap_or(0))
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        const FILLER: &[u8] = &[b'x'; 8192];
        loop {
            if let Some(timer) = &mut self.timer {
                ready!(timer.as_mut().poll(cx));
                self.timer = None;
            }
            let wait = |seconds| Some(Box::pin(sleep(Duration::from_secs(seconds))));
            let Some(step) = self.steps.pop_front() else { return Poll::Ready(None) };
            let data = match step {
                Step::Wait(seconds) => {
                    self.timer = wait(seconds);
                    continue;
                }
                Step::Execute => {
                    self.execution = Some(self.ledger.execute(self.call));
                    continue;
                }
                Step::Beat { every } => {
                    self.steps.extend([Step::Wait(every), Step::Data(Bytes::from_static(b"\n")), Step::Beat { every }]);
                    continue;
                }
                Step::Hang => {
                    self.steps.push_back(Step::Hang);
                    return Poll::Pending;
                }
                Step::Fail => return Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into()))),
                Step::Document => self.document().into(),
                Step::Cut => Bytes::from(self.document()).slice(..9),
                Step::Data(bytes) => bytes,
                Step::Filler(left) => {
                    if left > 1 {
                        self.steps.push_front(Step::Filler(left - 1));
                    }
                    Bytes::from_static(FILLER)
                }
            };
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
    }
}
