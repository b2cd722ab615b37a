//! What an answer means: a success to decode, or which error.

use super::{
    Arriving,
    coding::{Coding, Decoded, is_garbled},
    collect::{Collected, End, collect, collect_until},
    envelope::envelope,
    idle::Silent,
    outline::is_settled,
};
use crate::{
    Error, TimeoutKind,
    client::context::Context,
    error::{ApiError, BoxError, Cause, Exchange},
    format::ResponseFormat,
    heartbeat::{HeartbeatBody, TooManyHeartbeats},
};
use bytes::Bytes;
use http::{Method, StatusCode, response::Parts};
use http_body::Body;
use std::sync::Arc;
use tokio::time::Instant;

/// The error of an answer that is not a success. Whatever happens to its body, its status is told.
pub(super) async fn refusal(context: &Context, since: Instant, parts: &mut Parts, body: &mut Arriving<'_>) -> Error {
    let limit = context.options().max_error_body;
    let coding = Coding::of(&parts.headers);
    let mut body = coding.clone().unwrap_or(Coding::Identity).decode(body);
    // A call that is over still has to tell of its answer what came.
    let bytes = trimmed(&collect_until(&mut body, limit, context.deadline).await);
    // What cannot be read must not pass for a message.
    let api = ApiError::read(parts.status, if coding.is_ok() { &bytes } else { b"" });
    let exchange = Exchange {
        status: Some(parts.status),
        headers: std::mem::take(&mut parts.headers),
        body: bytes,
        elapsed: since.elapsed(),
        sent: true,
        ..Exchange::default()
    };
    context.error(Cause::Api(Box::new(api)), exchange)
}

/// The head of a success whose body is taken in.
pub(super) struct Reception<'a> {
    pub(super) context: &'a Arc<Context>,
    pub(super) since: Instant,
    pub(super) parts: &'a Parts,
}

impl Reception<'_> {
    /// The document of the answer, and the number of beats before it.
    pub(super) async fn take_in(&self, body: &mut Arriving<'_>) -> Result<(Bytes, u64), Error> {
        let options = self.context.options();
        let kind = self.context.metadata.response();
        if self.is_bodiless() {
            return self.empty(kind, 0).map(|()| (Bytes::new(), 0));
        }
        let body = match Coding::of(&self.parts.headers) {
            Ok(coding) => coding.decode(body),
            // Nobody looks at it.
            Err(_) if kind == ResponseFormat::Ignored => Coding::Identity.decode(body),
            Err(error) => {
                let cause = Cause::Decode { path: None, source: error.into() };
                return Err(self.error(cause, &Bytes::new(), 0));
            }
        };
        match kind {
            ResponseFormat::Json | ResponseFormat::Ignored => {
                let (collected, beats) = self.without_beats(body, options.max_body).await;
                // What nobody sees may be of any length, unless it can be an envelope.
                let is_long = matches!(collected.end, End::TooLarge);
                if is_long
                    && kind == ResponseFormat::Ignored
                    && collected.bytes.first().is_some_and(|first| *first != b'{')
                {
                    return Ok((Bytes::new(), beats));
                }
                let bytes = self.complete(collected, beats, options.max_body)?;
                self.document(kind, &bytes, beats)?;
                Ok((bytes, beats))
            }
            ResponseFormat::Text | ResponseFormat::Bytes | ResponseFormat::Download => {
                let mut body = body;
                let collected = self.collect(&mut body, options.max_body).await;
                Ok((self.complete(collected, 0, options.max_body)?, 0))
            }
        }
    }

    /// Whether HTTP says that there is no body (RFC 9110, sections 9.3.2, 15.3.5 and 15.3.6).
    fn is_bodiless(&self) -> bool {
        matches!(self.parts.status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT)
            || self.context.metadata.method() == Method::HEAD
    }

    async fn without_beats(&self, body: Decoded<&mut Arriving<'_>>, limit: u64) -> (Collected, u64) {
        let watch = Arc::clone(self.context);
        let mut body = HeartbeatBody::since(body, self.since).limit(watch.options().max_heartbeats).watched(watch);
        let collected = self.collect(&mut body, limit).await;
        (collected, body.beats())
    }

    async fn collect<B>(&self, body: &mut B, limit: u64) -> Collected
    where
        B: Body<Data = Bytes, Error = BoxError> + Unpin,
    {
        if body.size_hint().lower() > limit {
            return Collected { bytes: Bytes::new(), end: End::TooLarge };
        }
        collect(body, limit).await
    }

    /// The bytes of a body that came to its end.
    fn complete(&self, Collected { bytes, end }: Collected, beats: u64, limit: u64) -> Result<Bytes, Error> {
        let options = self.context.options();
        let cause = match end {
            End::Complete => return Ok(bytes),
            End::TooLarge => Cause::BodyTooLarge { limit, what: "bytes (setting `max_body`)" },
            End::Broken(error) if error.is::<Silent>() => {
                return Err(self.context.timed_out(TimeoutKind::Idle, self.exchange(&bytes, beats)));
            }
            End::Broken(error) if error.is::<TooManyHeartbeats>() => {
                Cause::BodyTooLarge { limit: options.max_heartbeats, what: "heartbeats (setting `max_heartbeats`)" }
            }
            End::Broken(error) if is_garbled(&error) => Cause::Decode { path: None, source: error },
            End::Broken(error) => Cause::Truncated(Some(error)),
        };
        Err(self.error(cause, &bytes, beats))
    }

    /// A JSON document is whole and no error envelope. That it is JSON may be left to the decoder.
    fn document(&self, kind: ResponseFormat, bytes: &Bytes, beats: u64) -> Result<(), Error> {
        if bytes.is_empty() {
            return self.empty(kind, beats);
        }
        if is_settled(bytes) {
            return Ok(());
        }
        match envelope(bytes) {
            Ok(Some(status)) => self.envelope(status, bytes, beats),
            // What nobody sees matters only where it may be half an envelope.
            Err(error) if error.is_eof() && (kind == ResponseFormat::Json || bytes.starts_with(b"{")) => {
                Err(self.error(Cause::Truncated(None), bytes, beats))
            }
            // What is not JSON the decoder finds as well, and says where.
            Ok(None) | Err(_) => Ok(()),
        }
    }

    fn envelope(&self, status: StatusCode, bytes: &Bytes, beats: u64) -> Result<(), Error> {
        if self.context.metadata.is_passthrough() {
            return Ok(());
        }
        let api = ApiError::read(status, bytes);
        Err(self.error(Cause::Api(Box::new(api)), bytes, beats))
    }

    /// No document at all: a success if the response type has a value for that.
    fn empty(&self, kind: ResponseFormat, beats: u64) -> Result<(), Error> {
        if kind != ResponseFormat::Json || (self.context.accepts_empty)() {
            return Ok(());
        }
        let cause = if self.is_bodiless() {
            Cause::Decode { path: None, source: "there is no body, and the response type has no value for that".into() }
        } else {
            Cause::Truncated(None)
        };
        Err(self.error(cause, &Bytes::new(), beats))
    }

    fn error(&self, cause: Cause, bytes: &Bytes, beats: u64) -> Error {
        self.context.error(cause, self.exchange(bytes, beats))
    }

    fn exchange(&self, bytes: &Bytes, beats: u64) -> Exchange {
        Exchange {
            status: Some(self.parts.status),
            headers: self.parts.headers.clone(),
            body: bounded(bytes, self.context.options().max_error_body),
            beats,
            elapsed: self.since.elapsed(),
            sent: true,
            ..Exchange::default()
        }
    }
}

/// At most so much of a body, which must not keep the rest alive.
pub(crate) fn bounded(bytes: &Bytes, limit: u64) -> Bytes {
    match usize::try_from(limit) {
        Ok(limit) if limit < bytes.len() => Bytes::copy_from_slice(&bytes[..limit]),
        _ => bytes.clone(),
    }
}

fn trimmed(bytes: &Bytes) -> Bytes {
    bytes.slice_ref(bytes.trim_ascii())
}
