//! The progress of a download.

/// How much of a download has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    pub(super) received: u64,
    pub(super) total: Option<u64>,
}

pub(super) type OnProgress = Box<dyn FnMut(Progress) + Send>;

impl Progress {
    /// The number of bytes that have arrived.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.received
    }

    /// The number of bytes of the whole body, if the server declared it.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }
}
