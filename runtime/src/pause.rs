//! A pause that several calls share, because a server with a rate limit asks one of them to wait.

use crate::Error;
use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// When the pause ends. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct Pause(Arc<Mutex<Option<Instant>>>);

impl Pause {
    /// Extends the pause if the server refuses requests for a time: 429 or 503 with `Retry-After`. Other statuses with
    /// `Retry-After` concern one request.
    pub(crate) fn observe(&self, error: &Error) {
        let refuses = error.api().is_some_and(|api| matches!(api.status().as_u16(), 429 | 503));
        let end = error.retry_after().filter(|_| refuses).and_then(|wait| Instant::now().checked_add(wait));
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *current = (*current).max(end);
    }

    /// The end of the pause, if it is in the future.
    pub(crate) fn end(&self) -> Option<Instant> {
        let end = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        end.filter(|end| *end > Instant::now())
    }

    /// The time until the end.
    pub(crate) fn remaining(&self) -> Duration {
        self.end().map_or(Duration::ZERO, |end| end.saturating_duration_since(Instant::now()))
    }
}

impl fmt::Debug for Pause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pause").field(&self.remaining()).finish()
    }
}
