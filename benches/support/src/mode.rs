//! The number of iterations.

use std::env;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The whole measurement.
    Full,
    /// One iteration of everything, to check that it runs and that results are equal. The figures mean nothing.
    Smoke,
}

impl Mode {
    #[must_use]
    pub fn from_args() -> Self {
        if env::args().any(|arg| arg == "--smoke") { Self::Smoke } else { Self::Full }
    }

    /// The number of iterations in this mode, if a full measurement needs `full` of them.
    #[must_use]
    pub fn times(self, full: usize) -> usize {
        match self {
            Self::Full => full,
            Self::Smoke => 1,
        }
    }
}
