//! The runtime of a blocking client.

use crate::Error;
use tokio::runtime::{self, Handle};

const INSIDE_A_RUNTIME: &str = "a blocking call cannot be made inside a tokio runtime, because it would stop the other tasks of \
                                its thread: use `stackone::Client` and `.await`, or a thread of `std::thread::spawn`";

/// A runtime with one thread, which runs the connections between the calls too: they answer pings, and notice when the server
/// closes them.
pub(super) struct Runtime(Option<runtime::Runtime>);

impl Runtime {
    pub(super) fn start() -> Result<Self, Error> {
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("stackone")
            .enable_all()
            .build()
            .map_err(|error| Error::config(format!("the thread of the client cannot be started: {error}")))?;
        Ok(Self(Some(runtime)))
    }

    /// Waits for a future on this thread.
    ///
    /// # Errors
    ///
    /// The thread runs another runtime. The future is dropped.
    pub(super) fn block_on<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        match &self.0 {
            // `block_on` panics inside a runtime.
            Some(runtime) if Handle::try_current().is_err() => Ok(runtime.block_on(future)),
            _ => Err(Error::config(INSIDE_A_RUNTIME)),
        }
    }
}

impl Drop for Runtime {
    /// Does not wait for tasks. Inside of another runtime, to wait would panic.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
