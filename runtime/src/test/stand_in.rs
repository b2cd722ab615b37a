//! The stand-in: expectations on one side, a transport on the other.

use super::{
    answer::Answer,
    expectation::{Answers, Condition, Expectation, Expected},
    fail,
    mismatch::Mismatch,
    sent::{Received, Sent},
    transport::StandInTransport,
};
use crate::{Client, Operation, operation::Metadata};
use bytes::Bytes;
use http::Request;
use std::{
    collections::VecDeque,
    fmt,
    panic::Location,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};
use tokio::time::Instant;

/// A stand-in for an API, in the same process. The [module page](super) has a complete test.
///
/// When it is dropped, it panics if a call was not expected or an expectation was not met. [`check`](Self::check) returns the same as
/// an error.
pub struct StandIn {
    state: Arc<State>,
    is_checked: bool,
}

impl StandIn {
    /// A stand-in that expects nothing.
    #[must_use]
    pub fn new() -> Self {
        Self { state: Arc::default(), is_checked: false }
    }

    /// Expects an operation, with one answer or a sequence of answers. Each request gets the next answer. A retry is a request of its
    /// own.
    ///
    /// Several expectations of the same operation are used in the order in which they are added. The order of different operations does
    /// not matter; [`operations`](Self::operations) tells it. An empty sequence expects that the operation is not sent.
    ///
    /// ```
    /// # use stackone::{stackone_operation, test::{Answer, StandIn}};
    /// # #[stackone_operation(method = "GET", path = "/users", response = Vec<String>)]
    /// # struct ListUsersRequest;
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// let stand_in = StandIn::new();
    /// let list = stand_in.expect::<ListUsersRequest>([Answer::error(429, "slow down"), Answer::json(["Ada"])]);
    /// assert_eq!(stand_in.client().send(ListUsersRequest).await.unwrap().attempts(), 2);
    /// assert_eq!(list.sent()[1].attempt(), 2);
    /// # }
    /// ```
    #[track_caller]
    pub fn expect<O: Operation + 'static>(&self, answers: impl IntoIterator<Item = Answer>) -> Expectation<O> {
        let left: VecDeque<_> = answers.into_iter().collect();
        let total = left.len();
        self.add(Answers::Sequence { left, total })
    }

    /// Answers an operation any number of times, also never. The answer may depend on the request. Expectations of the same operation
    /// that are added before it come first.
    ///
    /// ```
    /// # use stackone::{stackone_operation, test::{Answer, StandIn}};
    /// # #[stackone_operation(method = "GET", path = "/users/{id}", response = String)]
    /// # struct GetUserRequest { #[path] id: String }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let stand_in = StandIn::new();
    /// stand_in.answer::<GetUserRequest>(|sent| Answer::json(format!("user {}", sent.path("id").unwrap())));
    /// let user = stand_in.client().send(GetUserRequest::builder().id("7").build()).await.unwrap();
    /// assert_eq!(user.value, "user 7");
    /// # }
    /// ```
    #[track_caller]
    pub fn answer<O: Operation + 'static>(
        &self,
        answer: impl Fn(&Sent<O>) -> Answer + Send + Sync + 'static,
    ) -> Expectation<O> {
        self.add(Answers::Each(Arc::new(move |received| answer(&Sent::new(received)))))
    }

    #[track_caller]
    fn add<O: Operation + 'static>(&self, answers: Answers) -> Expectation<O> {
        let (metadata, location) = (O::metadata(), Location::caller());
        let mut calls = self.state.lock();
        calls.expected.push(Expected { metadata, location, conditions: Vec::new(), answers });
        Expectation::new(Arc::clone(&self.state), calls.expected.len() - 1)
    }

    /// A client with default settings and without credentials.
    ///
    /// # Panics
    ///
    /// Never: the default settings are valid.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::builder().build_with(self.transport()).unwrap_or_else(|error| fail(error))
    }

    /// The transport for a client with your own settings.
    ///
    /// ```
    /// # fn example() -> Result<(), stackone::Error> {
    /// # use stackone::{Client, test::StandIn};
    /// let stand_in = StandIn::new();
    /// let client = Client::builder().api_key("key").build_with(stand_in.transport())?;
    /// # Ok(()) }
    /// # example().unwrap();
    /// ```
    #[must_use]
    pub fn transport(&self) -> StandInTransport {
        StandInTransport(Arc::clone(&self.state))
    }

    /// The ids of the operations that were sent, in their order. A retry is there again, and so is a call that was not expected.
    #[must_use]
    pub fn operations(&self) -> Vec<&'static str> {
        self.state.lock().received.iter().map(|(_, received)| received.metadata.id()).collect()
    }

    /// Compares the calls with the expectations, and ends the stand-in.
    ///
    /// # Errors
    ///
    /// The calls that were not expected, and the expectations that were not met.
    pub fn check(mut self) -> Result<(), Mismatch> {
        self.is_checked = true;
        self.state.lock().mismatch().map_or(Ok(()), Err)
    }
}

impl Default for StandIn {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        // A second panic would abort the process and hide the first.
        if self.is_checked || thread::panicking() {
            return;
        }
        let mismatch = self.state.lock().mismatch();
        if let Some(mismatch) = mismatch {
            fail(mismatch);
        }
    }
}

impl fmt::Debug for StandIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StandIn").field("operations", &self.operations()).finish_non_exhaustive()
    }
}

/// What the stand-in and its transports share.
#[derive(Default)]
pub(super) struct State(Mutex<Calls>);

#[derive(Default)]
struct Calls {
    expected: Vec<Expected>,
    /// Each request, with the index of the expectation that answered it.
    received: Vec<(Option<usize>, Arc<Received>)>,
}

impl State {
    fn lock(&self) -> MutexGuard<'_, Calls> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add_condition(&self, index: usize, condition: Condition) {
        self.lock().expected[index].conditions.push(condition);
    }

    /// The requests that an expectation answered.
    pub(super) fn sent_to(&self, index: usize) -> Vec<Arc<Received>> {
        let calls = self.lock();
        let answered = calls.received.iter().filter(|(by, _)| *by == Some(index));
        answered.map(|(_, received)| Arc::clone(received)).collect()
    }

    /// The answer to a request.
    ///
    /// # Errors
    ///
    /// The request is not expected. The message says what is.
    pub(super) fn receive(&self, request: Request<Bytes>) -> Result<Answer, String> {
        let Some(&metadata) = request.extensions().get::<&'static Metadata>() else {
            return Err(
                "the stand-in answers only requests of a `stackone::Client`, and no layer may remove their extensions"
                    .into(),
            );
        };
        let at = Instant::now();
        let first_at = self.lock().received.first().map_or(at, |(_, first)| first.at);
        let received = Arc::new(Received { metadata, request, at, first_at });
        // A condition is code of the test. It runs without the lock, because it may use the stand-in.
        let candidates: Vec<_> = self.lock().candidates(metadata);
        let fulfils = |conditions: &[Condition]| conditions.iter().all(|condition| condition(&received));
        let fulfilled: Vec<_> =
            candidates.into_iter().filter(|(_, conditions)| fulfils(conditions)).map(|(index, _)| index).collect();
        let mut calls = self.lock();
        let index = fulfilled.into_iter().find(|index| calls.expected[*index].has_answer());
        calls.received.push((index, Arc::clone(&received)));
        let Some(index) = index else { return Err(calls.unexpected(&received)) };
        let each = match &mut calls.expected[index].answers {
            Answers::Each(each) => Arc::clone(each),
            Answers::Sequence { left, .. } => match left.pop_front() {
                Some(answer) => return Ok(answer),
                None => return Err(calls.unexpected(&received)),
            },
        };
        drop(calls);
        Ok(each(received))
    }
}

impl Calls {
    /// The expectations of an operation, with their conditions.
    fn candidates(&self, metadata: &Metadata) -> Vec<(usize, Vec<Condition>)> {
        let expected = self.expected.iter().enumerate().filter(|(_, expected)| expected.is_for(metadata));
        expected.map(|(index, expected)| (index, expected.conditions.clone())).collect()
    }

    /// The message of the error that an unexpected call returns. It is short: the operation's own expectations, or else the names of
    /// the others.
    fn unexpected(&self, received: &Received) -> String {
        let same: Vec<_> = self.expected.iter().filter(|expected| expected.is_for(received.metadata)).collect();
        let expected = if same.is_empty() {
            self.expected.iter().map(|expected| expected.metadata.id()).collect::<Vec<_>>().join(", ")
        } else {
            same.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        let expected = if expected.is_empty() { "nothing" } else { &expected };
        format!("the stand-in did not expect {}; it expects {expected}", received.describe())
    }

    fn mismatch(&self) -> Option<Mismatch> {
        let unexpected = self.received.iter().filter(|(by, _)| by.is_none()).map(|(_, received)| received.describe());
        let unexpected: Vec<_> = unexpected.collect();
        let unmet: Vec<_> =
            self.expected.iter().filter(|expected| !expected.is_met()).map(ToString::to_string).collect();
        if unexpected.is_empty() && unmet.is_empty() {
            return None;
        }
        let received = self.received.iter().map(|(_, received)| received.describe()).collect();
        Some(Mismatch {
            unexpected,
            unmet,
            received,
            expected: self.expected.iter().map(ToString::to_string).collect(),
        })
    }
}
