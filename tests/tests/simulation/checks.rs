//! The rules that every run keeps.

use crate::{
    client::{CallSettings, Document, Kind},
    server::ledger::Entry,
};
use stackone::ErrorKind;
use std::{collections::HashSet, ops::AddAssign};

/// How a call ended for its caller.
#[derive(Debug)]
pub(crate) enum Outcome {
    Value(Option<Document>),
    Error { is_unknown: bool, kind: ErrorKind },
    Cancelled,
    Late,
}

/// A call ends in time, sends a write once, and says the truth about it.
pub(crate) fn truth(call: &CallSettings, outcome: &Outcome, entry: &Entry) -> Vec<String> {
    let mut messages = Vec::new();
    let mut expect = |holds: bool, message: &str| {
        if !holds {
            messages.push(format!("{call:?}: {message}: {outcome:?}, {entry:?}"));
        }
    };
    expect(!matches!(outcome, Outcome::Late), "the call outlived its deadline");
    if matches!(call.kind, Kind::Post | Kind::PostIgnored) {
        expect(entry.executions.len() <= 1, "the server executed the write more than once");
        let earlier = &entry.arrivals[..entry.arrivals.len().saturating_sub(1)];
        let may_be_sent_again = earlier.iter().all(|arrival| arrival.may_be_sent_again);
        expect(may_be_sent_again, "the client sent the write again, although the server may have executed it");
    }
    if call.kind != Kind::Get {
        expect(!entry.is_sent_after_confirmation, "the client sent the write again after the headers of its response");
    }
    match outcome {
        Outcome::Value(document) => {
            expect(!entry.executions.is_empty(), "the server did not execute the call that succeeded");
            if let Some(document) = document {
                expect(document.call == call.number, "the value is the answer of another call");
                expect(entry.executions.contains(&document.execution), "the value is not the answer of an execution");
            }
        }
        Outcome::Error { is_unknown: false, .. } if call.kind != Kind::Get => {
            expect(entry.executions.is_empty(), "the error says that the write was not executed");
        }
        Outcome::Error { .. } | Outcome::Cancelled | Outcome::Late => {}
    }
    messages
}

/// After the faults, the same client works.
pub(crate) fn recovery(outcome: &Outcome, entry: &Entry) -> Option<String> {
    let is_good = matches!(outcome, Outcome::Value(_)) && entry.executions.len() == 1 && entry.arrivals.len() == 1;
    (!is_good).then(|| format!("after the faults, a call did not succeed with one execution: {outcome:?}, {entry:?}"))
}

pub(crate) fn nothing_left(what: &str, count: usize) -> Option<String> {
    (count > 0).then(|| format!("{count} {what} are left after the client was dropped"))
}

/// The number of calls by their ends.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    pub(crate) values: u64,
    pub(crate) certain_errors: u64,
    pub(crate) unknown_outcomes: u64,
    pub(crate) cancelled: u64,
    /// The kinds of the errors.
    pub(crate) kinds: HashSet<ErrorKind>,
}

impl<'a> FromIterator<&'a Outcome> for Summary {
    fn from_iter<I: IntoIterator<Item = &'a Outcome>>(outcomes: I) -> Self {
        let mut summary = Self::default();
        for outcome in outcomes {
            if let Outcome::Error { kind, .. } = outcome {
                summary.kinds.insert(*kind);
            }
            match outcome {
                Outcome::Value(_) => summary.values += 1,
                Outcome::Error { is_unknown: false, .. } => summary.certain_errors += 1,
                Outcome::Error { is_unknown: true, .. } => summary.unknown_outcomes += 1,
                Outcome::Cancelled | Outcome::Late => summary.cancelled += 1,
            }
        }
        summary
    }
}

impl AddAssign for Summary {
    fn add_assign(&mut self, other: Self) {
        self.values += other.values;
        self.certain_errors += other.certain_errors;
        self.unknown_outcomes += other.unknown_outcomes;
        self.cancelled += other.cancelled;
        self.kinds.extend(other.kinds);
    }
}
