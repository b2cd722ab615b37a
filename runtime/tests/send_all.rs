//! Many operations: their limit, their results, shared waits, and stopping.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use stackone::{Client, ErrorKind, futures_core::Stream, retry::Retry, stackone_operation};
use std::{
    collections::HashSet,
    convert::Infallible,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::{Instant, sleep};

#[stackone_operation(method = "POST", path = "/things/{id}", response = u32)]
#[derive(Debug, Clone, PartialEq)]
struct Complete {
    #[path]
    id: u32,
}

fn operations(ids: impl IntoIterator<Item = u32>) -> Vec<Complete> {
    ids.into_iter().map(|id| Complete::builder().id(id).build()).collect()
}

/// The requests: the id, and the time since the start in milliseconds.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Counts>>);

/// The requests, how many are open, and how many were open at once.
type Counts = (Vec<(u32, u128)>, usize, usize);

impl Log {
    fn sent(&self) -> Vec<(u32, u128)> {
        self.0.lock().unwrap().0.clone()
    }

    fn most_at_once(&self) -> usize {
        self.0.lock().unwrap().2
    }
}

/// A client whose server answers after `answer` milliseconds with a status and a `Retry-After`.
fn client(log: &Log, answer: impl Fn(u32, u128) -> (u64, u16, &'static str) + Send + Sync + 'static) -> Client {
    let (log, start, answer) = (log.clone(), Instant::now(), Arc::new(answer));
    let service = tower::service_fn(move |request: Request<Bytes>| {
        let (log, answer) = (log.clone(), Arc::clone(&answer));
        let id: u32 = request.uri().path().rsplit('/').next().unwrap().parse().unwrap();
        async move {
            let elapsed = start.elapsed().as_millis();
            {
                let mut log = log.0.lock().unwrap();
                log.0.push((id, elapsed));
                log.1 += 1;
                log.2 = log.2.max(log.1);
            }
            let (wait, status, retry_after) = answer(id, elapsed);
            sleep(Duration::from_millis(wait)).await;
            log.0.lock().unwrap().1 -= 1;
            let response = Response::builder().status(status).header("retry-after", retry_after);
            Ok::<_, Infallible>(response.body(Full::new(Bytes::from(id.to_string()))).unwrap())
        }
    });
    Client::builder().base_url("http://127.0.0.1:1").build_with(service).unwrap()
}

#[tokio::test(start_paused = true)]
async fn results_come_with_their_operation_as_they_complete() {
    let log = Log::default();
    let client = client(&log, |id, _| (u64::from(100 - id), 200, ""));
    let mut run = client.send_all(operations(0..10)).concurrency(4);
    let mut seen = Vec::new();
    while let Some(completed) = run.next().await {
        assert_eq!(completed.operation.id as usize, completed.index);
        assert_eq!(completed.result.unwrap().value, completed.operation.id);
        seen.push(completed.index);
    }
    assert_eq!(log.most_at_once(), 4);
    assert_eq!(seen[0], 3, "the fastest of the first four");
    assert_eq!(seen.iter().collect::<HashSet<_>>().len(), 10);
    assert_eq!((run.started(), run.next().await.is_none()), (10, true));
}

#[tokio::test(start_paused = true)]
async fn one_failure_fails_alone() {
    let log = Log::default();
    let client = client(&log, |id, _| (1, if id == 3 { 502 } else { 200 }, ""));
    let mut run = client.send_all(operations(0..20));
    let mut unknown = Vec::new();
    let mut succeeded = 0;
    while let Some(completed) = run.next().await {
        match completed.result {
            Ok(_) => succeeded += 1,
            Err(error) if error.outcome_unknown() => unknown.push(completed.operation),
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!((succeeded, unknown, log.sent().len()), (19, operations([3]), 20));
}

#[tokio::test(start_paused = true)]
async fn a_429_pauses_all_calls() {
    for retry in [Retry::default(), Retry::none()] {
        let log = Log::default();
        let limited = |id, elapsed| if id == 2 && elapsed < 30_000 { (0, 429, "30") } else { (10, 200, "") };
        let client = client(&log, limited).to_builder().retry(retry).build().unwrap();
        let mut run = client.send_all(operations(0..20)).concurrency(3);
        while run.next().await.is_some() {}
        let sent = log.sent();
        let early: HashSet<u32> = sent.iter().filter(|(_, at)| *at < 30_000).map(|(id, _)| *id).collect();
        assert_eq!(early, HashSet::from([0, 1, 2]), "{sent:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_429_pauses_the_retries_of_other_calls() {
    let log = Log::default();
    // The first call fails at once and would be sent again after a second at most. The other one is refused in the meantime.
    let limited = |id, elapsed| match (id, elapsed) {
        (0, 0) => (0, 429, ""),
        (1, 0) => (100, 429, "30"),
        _ => (0, 200, ""),
    };
    let client = client(&log, limited);
    let mut run = client.send_all(operations(0..2));
    while let Some(completed) = run.next().await {
        assert!(completed.result.is_ok(), "{completed:?}");
    }
    let retries: Vec<_> = log.sent().into_iter().filter(|(_, at)| *at > 0).collect();
    assert!(retries.len() == 2 && retries.iter().all(|(_, at)| *at >= 30_000), "{retries:?}");
}

#[tokio::test(start_paused = true)]
async fn a_pause_beyond_the_deadline_ends_the_call_with_its_error() {
    let log = Log::default();
    let limited = |id, elapsed| match (id, elapsed) {
        (0, 0) => (0, 429, ""),
        (1, 0) => (100, 429, "30"),
        _ => (0, 200, ""),
    };
    let client = client(&log, limited).to_builder().timeout(Duration::from_secs(5)).build().unwrap();
    let mut run = client.send_all(operations(0..2));
    while let Some(completed) = run.next().await {
        assert_eq!(completed.result.unwrap_err().api().unwrap().status(), 429);
    }
    assert_eq!(log.sent().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_stopped_run_goes_on_without_repeating_a_write() {
    let log = Log::default();
    let client = client(&log, |_, _| (10, 200, ""));
    let mut run = client.send_all(operations(0..10)).concurrency(3);
    let mut completed = vec![run.next().await.unwrap().index];
    run.stop();
    assert_eq!(run.running().count(), run.started() - 1);
    while let Some(next) = run.next().await {
        completed.push(next.index);
    }
    completed.sort_unstable();
    let started = run.started();
    assert!(started < 10, "{started}");
    assert_eq!(completed, (0..started).collect::<Vec<_>>(), "all that were started complete");
    assert_eq!(log.sent().len(), started);

    run.resume();
    assert_eq!(run.next().await.unwrap().index, started);
    run.stop();
    while run.next().await.is_some() {}
    let started = run.started();
    let remaining: Vec<_> = run.into_remaining().collect();
    assert_eq!(remaining, operations(u32::try_from(started).unwrap()..10));
    let mut rest = client.send_all(remaining);
    while rest.next().await.is_some() {}
    let ids: Vec<_> = log.sent().into_iter().map(|(id, _)| id).collect();
    assert_eq!((ids.len(), ids.into_iter().collect::<HashSet<_>>().len()), (10, 10), "each is sent once");
}

#[tokio::test(start_paused = true)]
async fn a_dropped_run_ends_its_calls() {
    let log = Log::default();
    let client = client(&log, |_, _| (3_600_000, 200, ""));
    let mut run = client.send_all(operations(0..10)).concurrency(2);
    let waited = tokio::time::timeout(Duration::from_secs(1), run.next()).await;
    assert!(waited.is_err());
    assert_eq!(run.running().map(|(index, _)| index).collect::<Vec<_>>(), [0, 1]);
    drop(run);
    sleep(Duration::from_secs(7_200)).await;
    assert_eq!((log.sent().len(), log.0.lock().unwrap().1), (2, 2), "no call was finished and none was started");
}

/// Operations that arrive every second.
struct Slow(Pin<Box<tokio::time::Sleep>>, Vec<Complete>);

impl Stream for Slow {
    type Item = Complete;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Complete>> {
        std::task::ready!(self.0.as_mut().poll(cx));
        let next = Instant::now() + Duration::from_secs(1);
        self.0.as_mut().reset(next);
        Poll::Ready(self.1.pop())
    }
}

#[tokio::test(start_paused = true)]
async fn operations_may_arrive_over_time() {
    let log = Log::default();
    let client = client(&log, |_, _| (1, 200, ""));
    let mut run = client.send_stream(Slow(Box::pin(sleep(Duration::ZERO)), operations(0..3)));
    let mut ids = Vec::new();
    while let Some(completed) = run.next().await {
        ids.push(completed.operation.id);
    }
    assert_eq!((ids, log.sent()), (vec![2, 1, 0], vec![(2, 0), (1, 1_000), (0, 2_000)]));
}

#[test]
fn outside_of_a_runtime_each_result_is_an_error() {
    let log = Log::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let client = runtime.block_on(async { client(&log, |_, _| (0, 200, "")) });
    let mut run = client.send_all(operations(0..1));
    let mut next = std::pin::pin!(run.next());
    let Poll::Ready(Some(completed)) = next.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop())) else {
        panic!("an operation that cannot be sent is complete")
    };
    assert_eq!((completed.result.unwrap_err().kind(), log.sent().len()), (ErrorKind::Config, 0));
}
