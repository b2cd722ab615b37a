//! What a test expects.

use super::{
    answer::Answer,
    sent::{Received, Sent},
    stand_in::State,
};
use crate::operation::Metadata;
use std::{collections::VecDeque, fmt, marker::PhantomData, panic::Location, sync::Arc};

/// An expected operation. See [`StandIn::expect`](super::StandIn::expect).
pub struct Expectation<O> {
    state: Arc<State>,
    index: usize,
    operation: PhantomData<fn() -> O>,
}

impl<O: 'static> Expectation<O> {
    pub(super) fn new(state: Arc<State>, index: usize) -> Self {
        Self { state, index, operation: PhantomData }
    }

    /// Expects only requests that fulfil the condition. Several conditions all count.
    ///
    /// ```
    /// # use stackone::{stackone_operation, test::{Answer, StandIn}};
    /// # #[stackone_operation(method = "GET", path = "/users/{id}", response = String)]
    /// # struct GetUserRequest { #[path] id: String }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let stand_in = StandIn::new();
    /// stand_in.expect::<GetUserRequest>(Answer::json("Ada")).when(|sent| sent.path("id").as_deref() == Some("7"));
    /// stand_in.expect::<GetUserRequest>(Answer::error(404, "no such user"));
    ///
    /// let user = |id: &str| GetUserRequest::builder().id(id).build();
    /// let client = stand_in.client();
    /// assert_eq!(client.send(user("8")).await.unwrap_err().status().unwrap(), 404);
    /// assert_eq!(client.send(user("7")).await.unwrap().value, "Ada");
    /// # }
    /// ```
    #[expect(clippy::return_self_not_must_use, reason = "many tests do not read what was sent")]
    pub fn when(self, condition: impl Fn(&Sent<O>) -> bool + Send + Sync + 'static) -> Self {
        let condition = Arc::new(move |received: &Arc<Received>| condition(&Sent::new(Arc::clone(received))));
        self.state.add_condition(self.index, condition);
        self
    }

    /// The requests that this expectation answered, in their order. A retry is a request of its own.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent<O>> {
        self.state.sent_to(self.index).into_iter().map(Sent::new).collect()
    }
}

impl<O> fmt::Debug for Expectation<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expectation").field("index", &self.index).finish_non_exhaustive()
    }
}

pub(super) type Condition = Arc<dyn Fn(&Arc<Received>) -> bool + Send + Sync>;
pub(super) type AnswerEach = Arc<dyn Fn(Arc<Received>) -> Answer + Send + Sync>;

/// An expectation without its type.
pub(super) struct Expected {
    pub(super) metadata: &'static Metadata,
    /// The line of the test.
    pub(super) location: &'static Location<'static>,
    pub(super) conditions: Vec<Condition>,
    pub(super) answers: Answers,
}

pub(super) enum Answers {
    Sequence { left: VecDeque<Answer>, total: usize },
    Each(AnswerEach),
}

impl Expected {
    /// Whether the operation is the expected one. A crate that uses an operation of another crate may have its own copy of the
    /// metadata.
    pub(super) fn is_for(&self, metadata: &Metadata) -> bool {
        let key = |metadata: &Metadata| (metadata.id(), metadata.path());
        key(self.metadata) == key(metadata) && self.metadata.method() == metadata.method()
    }

    pub(super) fn has_answer(&self) -> bool {
        match &self.answers {
            Answers::Sequence { left, .. } => !left.is_empty(),
            Answers::Each(_) => true,
        }
    }

    pub(super) fn is_met(&self) -> bool {
        match &self.answers {
            Answers::Sequence { left, .. } => left.is_empty(),
            Answers::Each(_) => true,
        }
    }
}

/// The operation, and how much of the expectation is met.
impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { metadata, location, conditions, answers } = self;
        write!(f, "{}: {} {}", metadata.id(), metadata.method(), metadata.path())?;
        if !conditions.is_empty() {
            f.write_str(" with a condition")?;
        }
        match answers {
            Answers::Sequence { left, total } => write!(f, ", {} of {total} answers used", total - left.len())?,
            Answers::Each(_) => f.write_str(", any number of times")?,
        }
        write!(f, " ({location})")
    }
}
