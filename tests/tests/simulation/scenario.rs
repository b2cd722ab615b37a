//! One run: what happens, drawn from a seed, and the run itself.

use crate::{
    checks::{self, Outcome, Summary},
    client::{self, BrokenRule, CallSettings, ClientSettings, Kind},
    journal::Journal,
    network::{
        Conditions, Fault, Network,
        connection::{Ending, Link, Side},
    },
    random::{pick, seconds},
    server::{Protocol, Server, ledger::Ledger},
};
use std::time::Duration;
use tokio::{
    runtime,
    time::{Instant, sleep, sleep_until, timeout},
};

/// The longest time for which a closed connection, or one that nothing answers on, stays open. A kernel gives up after 30
/// seconds in which bytes are not accepted, and the server may answer slowly before that.
const QUIET: Duration = Duration::from_secs(1000);

/// A run that kept the rules.
pub(crate) struct Run {
    pub(crate) digest: u64,
    pub(crate) summary: Summary,
}

/// A run that broke a rule.
#[derive(Debug)]
pub(crate) struct Violation {
    pub(crate) messages: Vec<String>,
    pub(crate) events: String,
}

struct Scenario {
    protocol: Protocol,
    conditions: Conditions,
    client: ClientSettings,
    calls: Vec<PlannedCall>,
    happenings: Vec<(Duration, Happening)>,
}

#[derive(Clone)]
struct PlannedCall {
    settings: CallSettings,
    start: Duration,
    cancelled_after: Option<Duration>,
}

#[derive(Clone, Copy)]
enum Happening {
    Fault(Fault),
    /// The server stops, and starts again after so many seconds.
    Restart(u64),
}

/// Runs a seed, with simulated time.
pub(crate) fn run(seed: u64, broken_rule: Option<BrokenRule>) -> Result<Run, Violation> {
    let runtime = runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let journal = Journal::start();
        let mut rng = fastrand::Rng::with_seed(seed);
        let scenario = Scenario::draw(&mut rng, broken_rule);
        let (messages, summary) = scenario.run(rng, &journal).await;
        if messages.is_empty() {
            Ok(Run { digest: journal.digest(), summary })
        } else {
            Err(Violation { messages, events: journal.text() })
        }
    })
}

impl Scenario {
    fn draw(rng: &mut fastrand::Rng, broken_rule: Option<BrokenRule>) -> Self {
        let http2 = rng.bool();
        let max_age = rng.bool().then(|| Duration::from_secs(rng.u64(1..120)));
        let protocol =
            Protocol { http2, max_streams: pick(rng, [1, 3, 100]), good: pick(rng, [0.0, 0.2, 0.8]), max_age };
        let client = ClientSettings { http2, broken_rule };
        let link = Link {
            delay: pick(rng, [(0, 0), (1, 3), (20, 80), (100, 900)]),
            lost: pick(rng, [0.0, 0.0, 0.01, 0.2]),
            duplicated: pick(rng, [0.0, 0.1]),
            segment: pick(rng, [24, 300, 1460, 1460, 65_536]),
            window: rng.usize(2000..=65_536),
            cut: None,
        };
        let cut = pick(rng, [0.0, 0.1, 0.5]);
        let (lost, refused, duplicated) = (pick(rng, [0.0, 0.1]), pick(rng, [0.0, 0.1]), pick(rng, [0.0, 0.1]));
        let conditions = Conditions { link, cut, lost, refused, duplicated };
        let span = pick(rng, [1, 20, 200]);
        let calls = (1..=rng.u64(2..12)).map(|number| PlannedCall::draw(rng, number, span)).collect();
        let mut happenings: Vec<_> =
            (0..rng.usize(0..6)).map(|_| (seconds(rng, span + 60), Happening::draw(rng))).collect();
        happenings.sort_by_key(|(time, _)| *time);
        Self { protocol, conditions, client, calls, happenings }
    }

    async fn run(self, mut rng: fastrand::Rng, journal: &Journal) -> (Vec<String>, Summary) {
        let Self { protocol, conditions, client: settings, calls, happenings } = self;
        journal.log(|| format!("{protocol:?}, {settings:?}, {conditions:?}"));
        let ledger = Ledger::new(journal.clone());
        let network = Network::new(conditions, rng.fork(), journal.clone());
        let server = Server::new(protocol, network.clone(), ledger.clone(), rng.fork(), journal.clone());
        let client = client::build(network.clone(), ledger.clone(), rng.fork(), settings);
        server.start();
        let happening = tokio::spawn(happen(happenings, network.clone(), server.clone()));
        let tasks: Vec<_> = calls
            .into_iter()
            .map(|call| tokio::spawn(call.send(client.clone(), settings.broken_rule, journal.clone())))
            .collect();
        let mut outcomes = Vec::new();
        for task in tasks {
            outcomes.push(task.await.unwrap());
        }
        happening.await.unwrap();

        network.heal();
        server.be_good();
        sleep(QUIET).await;
        let last = PlannedCall::last(outcomes.len() as u64 + 1);
        let (last, outcome) = last.send(client.clone(), None, journal.clone()).await;
        let mut messages: Vec<_> = checks::recovery(&outcome, &ledger.entry(last.number)).into_iter().collect();
        drop(client);
        sleep(QUIET).await;
        messages.extend(checks::nothing_left("connections of the client", network.open_connections()));
        server.stop();
        sleep(Duration::from_millis(1)).await;
        let tasks = runtime::Handle::current().metrics().num_alive_tasks();
        messages.extend(checks::nothing_left("tasks", tasks));
        for (call, outcome) in &outcomes {
            messages.extend(checks::truth(call, outcome, &ledger.entry(call.number)));
        }
        (messages, outcomes.iter().map(|(_, outcome)| outcome).collect())
    }
}

async fn happen(happenings: Vec<(Duration, Happening)>, network: Network, server: Server) {
    let start = Instant::now();
    for (time, happening) in happenings {
        sleep_until(start + time).await;
        match happening {
            Happening::Fault(fault) => network.happen(fault),
            Happening::Restart(seconds) => {
                server.stop();
                sleep(Duration::from_secs(seconds)).await;
                server.start();
            }
        }
    }
}

impl Happening {
    fn draw(rng: &mut fastrand::Rng) -> Self {
        let side = pick(rng, [Side::Client, Side::Server]);
        let ending = pick(rng, [Ending::Reset, Ending::Silent, Ending::SilentFrom(side)]);
        match rng.u32(0..6) {
            0 => Self::Restart(rng.u64(0..20)),
            1 => Self::Fault(Fault::LoseConnects(rng.u64(1..60))),
            kind => Self::Fault(Fault::End { ending, all: kind == 2 }),
        }
    }
}

impl PlannedCall {
    fn draw(rng: &mut fastrand::Rng, number: u64, span: u64) -> Self {
        let settings = CallSettings {
            number,
            kind: pick(rng, [Kind::Post, Kind::Post, Kind::PostIgnored, Kind::Put, Kind::Put, Kind::Get]),
            beats: rng.bool(),
            timeout: Duration::from_secs(pick(rng, [3, 30, 100, 600])),
            body: pick(rng, [0, 0, 500, 20_000]),
        };
        let cancelled_after = (rng.u32(0..6) == 0).then(|| seconds(rng, 40));
        Self { settings, start: seconds(rng, span), cancelled_after }
    }

    fn last(number: u64) -> Self {
        let timeout = Duration::from_secs(60);
        let settings = CallSettings { number, kind: Kind::Post, beats: false, timeout, body: 0 };
        Self { settings, start: Duration::ZERO, cancelled_after: None }
    }

    async fn send(
        self,
        client: stackone::Client,
        broken_rule: Option<BrokenRule>,
        journal: Journal,
    ) -> (CallSettings, Outcome) {
        let call = self.settings;
        sleep(self.start).await;
        journal.log(|| format!("client: {call:?}"));
        let start = Instant::now();
        // A call that outlives its deadline must not keep the run from its end.
        let limit = self.cancelled_after.unwrap_or(call.timeout + Duration::from_secs(1));
        let result = timeout(limit, client::send(&client, &call, broken_rule)).await;
        let outcome = match result {
            Err(_) if self.cancelled_after.is_some() => Outcome::Cancelled,
            Err(_) => Outcome::Late,
            // The clock of tokio has a resolution of a millisecond.
            Ok(_) if start.elapsed() > call.timeout + Duration::from_millis(1) => Outcome::Late,
            Ok(Ok(document)) => Outcome::Value(document),
            Ok(Err(error)) => {
                journal.log(|| format!("client: call {}: {error}", call.number));
                Outcome::Error { is_unknown: error.outcome_unknown(), kind: error.kind() }
            }
        };
        journal.log(|| format!("client: call {}: {outcome:?}", call.number));
        (call, outcome)
    }
}
