//! The client: workers that call without a pause, over the default transport.

use bench_support::Result;
use serde_json::Value;
use stackone::{Client, ErrorKind, Prefer, retry::Retry, stackone_operation};
use std::{
    fmt,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::{task::JoinHandle, time::timeout};

const WORKERS: u64 = 200;

#[stackone_operation(method = "POST", path = "/writes", response = Value)]
struct WriteRequest {
    #[header]
    prefer: Option<Prefer>,
    #[body]
    body: Value,
}

#[stackone_operation(method = "GET", path = "/reads", response = Value)]
struct ReadRequest {
    #[query]
    number: u64,
}

#[stackone_operation(method = "GET", path = "/files", response = download)]
struct FileRequest;

/// The ends of the calls.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    values: AtomicU64,
    errors: AtomicU64,
    unknown_outcomes: AtomicU64,
    cancelled: AtomicU64,
}

pub(crate) struct Load {
    counts: Arc<Counts>,
    is_over: Arc<AtomicBool>,
    workers: Vec<JoinHandle<()>>,
}

impl Load {
    pub(crate) fn start(server: SocketAddr) -> Result<Self> {
        let client = Client::builder()
            .api_key("key")
            .base_url(format!("http://{server}"))
            .no_proxy()
            // The server also sends what is larger.
            .max_body(100_000)
            .timeout(Duration::from_secs(1))
            .header_timeout(Duration::from_millis(300))
            .idle_timeout(Duration::from_millis(300))
            .retry(Retry::default().base_wait(Duration::from_millis(5)))
            .build()?;
        let (counts, is_over) = (Arc::<Counts>::default(), Arc::<AtomicBool>::default());
        let work = |number| tokio::spawn(work(client.clone(), number, Arc::clone(&counts), Arc::clone(&is_over)));
        let workers = (0..WORKERS).map(work).collect();
        Ok(Self { counts, is_over, workers })
    }

    /// Waits for the last calls, and drops the client.
    pub(crate) async fn stop(self) -> Result<Arc<Counts>> {
        self.is_over.store(true, Relaxed);
        for worker in self.workers {
            worker.await?;
        }
        let all = [&self.counts.values, &self.counts.errors, &self.counts.unknown_outcomes, &self.counts.cancelled];
        if all.iter().any(|count| count.load(Relaxed) == 0) {
            return Err(format!("some faults did not happen: {}", self.counts).into());
        }
        Ok(self.counts)
    }
}

async fn work(client: Client, worker: u64, counts: Arc<Counts>, is_over: Arc<AtomicBool>) {
    let mut number = worker;
    while !is_over.load(Relaxed) {
        // Each worker makes each kind of call.
        number += WORKERS + 1;
        // A few calls are dropped before they end.
        let limit = if number.is_multiple_of(23) { Duration::from_millis(number % 20) } else { Duration::from_mins(1) };
        let count = match timeout(limit, call(&client, number)).await {
            Err(_) => &counts.cancelled,
            Ok(Ok(())) => &counts.values,
            Ok(Err(error)) if error.outcome_unknown() => &counts.unknown_outcomes,
            Ok(Err(error)) => {
                // Without a server, nothing would be measured.
                if error.kind() == ErrorKind::Connect {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
                &counts.errors
            }
        };
        count.fetch_add(1, Relaxed);
    }
}

async fn call(client: &Client, number: u64) -> std::result::Result<(), stackone::Error> {
    match number % 8 {
        0 => {
            let mut file = client.send(FileRequest).await?.value;
            while file.try_next().await?.is_some() {}
        }
        1..4 => drop(client.send(ReadRequest { number }).await?),
        kind => {
            let prefer = (kind > 5).then(Prefer::heartbeat);
            let body = Value::from("x".repeat(usize::from(kind == 7) * 50_000));
            drop(client.send(WriteRequest { prefer, body }).await?);
        }
    }
    Ok(())
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { values, errors, unknown_outcomes, cancelled } = self;
        let [values, errors] = [values, errors].map(|count| count.load(Relaxed));
        let [unknown, cancelled] = [unknown_outcomes, cancelled].map(|count| count.load(Relaxed));
        write!(f, "calls: {values} values, {errors} errors, {unknown} unknown outcomes, {cancelled} cancelled")
    }
}
