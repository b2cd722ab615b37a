//! How far the transport came with the request of an attempt.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::Waker,
};
use tokio::time::Instant;

/// The state of sending a request. It is one of the extensions of the request, and a transport that knows it reports to it.
#[derive(Debug, Clone, Default)]
pub(crate) struct SendState(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    progress: SendProgress,
    /// The task that waits for the response.
    waiting: Option<Waker>,
}

/// How much of a request was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(not(feature = "transport"), expect(dead_code, reason = "only the default transport reports"))]
pub(crate) enum SendProgress {
    /// The transport does not report. The server may have the request.
    #[default]
    Unknown,
    /// No connection has the request.
    Held,
    /// A connection has a part of the request, and took the last bytes at this time.
    Sending(Instant),
    /// A connection has had the whole request since this time.
    Sent(Instant),
}

impl SendState {
    pub(crate) fn progress(&self) -> SendProgress {
        self.lock().progress
    }

    /// The progress. While the request is being sent, the task is woken when it has been sent.
    pub(crate) fn poll_progress(&self, waker: &Waker) -> SendProgress {
        let mut state = self.lock();
        if matches!(state.progress, SendProgress::Sending(_)) {
            state.waiting = Some(waker.clone());
        }
        state.progress
    }

    #[cfg(feature = "transport")]
    pub(super) fn report(&self, progress: SendProgress) {
        let mut state = self.lock();
        state.progress = progress;
        if matches!(progress, SendProgress::Sent(_))
            && let Some(waker) = state.waiting.take()
        {
            drop(state);
            waker.wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
