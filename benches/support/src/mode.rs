//! How much is done.

use std::env;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The whole measurement.
    Full,
    /// One iteration of everything, to see that it runs and that results are equal. Its figures mean nothing.
    Smoke,
}

impl Mode {
    #[must_use]
    pub fn from_args() -> Self {
        if env::args().any(|arg| arg == "--smoke") { Self::Smoke } else { Self::Full }
    }

    /// How often, given how often it takes to be exact.
    #[must_use]
    pub fn times(self, full: usize) -> usize {
        match self {
            Self::Full => full,
            Self::Smoke => 1,
        }
    }
}
