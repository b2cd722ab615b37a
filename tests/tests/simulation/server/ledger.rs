//! What happened to the requests of each call.

use crate::journal::Journal;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

/// One request of a call that arrived at the server.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival {
    /// Whether the server answered with 429, or refused the stream with `REFUSED_STREAM`.
    pub(crate) may_be_sent_again: bool,
}

/// What happened to the requests of one call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    pub(crate) arrivals: Vec<Arrival>,
    pub(crate) executions: Vec<u64>,
    /// Whether the headers of a 2xx response reached the client, and whether the client sent the request again after them.
    pub(crate) is_confirmed: bool,
    pub(crate) is_sent_after_confirmation: bool,
}

#[derive(Clone)]
pub(crate) struct Ledger {
    entries: Arc<Mutex<BTreeMap<u64, Entry>>>,
    executions: Arc<Mutex<u64>>,
    journal: Journal,
}

impl Ledger {
    pub(crate) fn new(journal: Journal) -> Self {
        Self { entries: Arc::default(), executions: Arc::default(), journal }
    }

    pub(crate) fn arrive(&self, call: u64, arrival: Arrival) {
        self.entries.lock().unwrap().entry(call).or_default().arrivals.push(arrival);
    }

    /// Executes the request of a call, and returns the number of the execution.
    pub(crate) fn execute(&self, call: u64) -> u64 {
        let number = {
            let mut executions = self.executions.lock().unwrap();
            *executions += 1;
            *executions
        };
        self.entries.lock().unwrap().entry(call).or_default().executions.push(number);
        self.journal.log(|| format!("server: call {call} is executed ({number})"));
        number
    }

    /// The client sends the request of a call.
    pub(crate) fn send(&self, call: u64) {
        let mut entries = self.entries.lock().unwrap();
        let entry = entries.entry(call).or_default();
        entry.is_sent_after_confirmation |= entry.is_confirmed;
    }

    /// The headers of a 2xx response reached the client.
    pub(crate) fn confirm(&self, call: u64) {
        self.entries.lock().unwrap().entry(call).or_default().is_confirmed = true;
    }

    pub(crate) fn entry(&self, call: u64) -> Entry {
        self.entries.lock().unwrap().get(&call).cloned().unwrap_or_default()
    }
}
