//! The ids of calls and attempts.

use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

/// The id of a call. All attempts of a call have the same, and no two calls of a process have the same. It is not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallId(u64);

impl CallId {
    pub(crate) fn next() -> Self {
        static CALLS: AtomicU64 = AtomicU64::new(1);
        Self(CALLS.fetch_add(1, Relaxed))
    }
}

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An attempt of a call. It is one of the extensions of the request, for [layers](crate::transport#layers).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Attempt {
    pub(crate) call_id: CallId,
    pub(crate) number: u32,
}

impl Attempt {
    /// The id of the call to which the attempt belongs.
    #[must_use]
    pub fn call_id(self) -> CallId {
        self.call_id
    }

    /// The number of the attempt. The first attempt is 1.
    #[must_use]
    pub fn number(self) -> u32 {
        self.number
    }
}
