//! The events of a run, in order and with their times.

use std::{
    fmt::Write as _,
    hash::{DefaultHasher, Hasher as _},
    sync::{Arc, Mutex},
};
use tokio::time::Instant;

#[derive(Clone)]
pub(crate) struct Journal {
    start: Instant,
    lines: Arc<Mutex<String>>,
}

impl Journal {
    pub(crate) fn start() -> Self {
        Self { start: Instant::now(), lines: Arc::default() }
    }

    pub(crate) fn log(&self, event: impl FnOnce() -> String) {
        let time = self.start.elapsed().as_secs_f64();
        writeln!(self.lines.lock().unwrap(), "{time:10.3} {}", event()).unwrap();
    }

    pub(crate) fn text(&self) -> String {
        self.lines.lock().unwrap().clone()
    }

    /// Two runs with the same digest had the same events at the same times.
    pub(crate) fn digest(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        hasher.write(self.lines.lock().unwrap().as_bytes());
        hasher.finish()
    }
}
