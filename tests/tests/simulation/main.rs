//! The client on networks as they are: each seed is a run with other faults. In every run, a write is executed at most once,
//! and the client says the truth about it.
//!
//! ```sh
//! STACKONE_SIMULATION_SEEDS=100000 cargo test --release -p stackone-tests --test simulation every_seed -- --nocapture
//! STACKONE_SIMULATION_START=4711 STACKONE_SIMULATION_SEEDS=1 cargo test -p stackone-tests --test simulation every_seed
//! ```
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod checks;
mod client;
mod journal;
mod network;
mod random;
mod scenario;
mod server;

use checks::Summary;
use client::BrokenRule;
use stackone::{ErrorKind, TimeoutKind};

/// The most memory that a run may use, and that may be left after it, in bytes.
const MOST_MEMORY: u64 = 8 << 20;
const LEFT_MEMORY: i64 = 16 << 10;

/// The errors that a network and a server can cause.
const KINDS: [ErrorKind; 9] = [
    ErrorKind::Connect,
    ErrorKind::Timeout(TimeoutKind::Header),
    ErrorKind::Timeout(TimeoutKind::Idle),
    ErrorKind::Timeout(TimeoutKind::Overall),
    ErrorKind::Transport,
    ErrorKind::Truncated,
    ErrorKind::Api,
    ErrorKind::Decode,
    ErrorKind::BodyTooLarge,
];

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| value.parse().unwrap())
}

#[test]
fn every_seed_keeps_the_rules() {
    let start = setting("STACKONE_SIMULATION_START", 0);
    let count = setting("STACKONE_SIMULATION_SEEDS", 200);
    let mut total = Summary::default();
    let mut memory = (0, 0);
    for seed in start..start + count {
        let mut summary = Summary::default();
        let used = allocation_counter::measure(|| match scenario::run(seed, None) {
            Ok(run) => summary = run.summary,
            Err(violation) => panic!("seed {seed}: {}\n{}", violation.messages.join("\n"), violation.events),
        });
        // The first run also initializes what the process keeps.
        if seed > start {
            assert!(used.bytes_max < MOST_MEMORY, "seed {seed} used {} bytes at once", used.bytes_max);
            assert!(used.bytes_current < LEFT_MEMORY, "seed {seed} left {} bytes", used.bytes_current);
            memory = (memory.0.max(used.bytes_max), memory.1.max(used.bytes_current));
        }
        total += summary;
    }
    println!("{count} seeds from {start}: {total:?}; at most {} bytes in use, {} bytes left", memory.0, memory.1);
    // A simulation in which nothing happens would keep every rule.
    let enough =
        total.values > 100 && total.certain_errors > 100 && total.unknown_outcomes > 100 && total.cancelled > 50;
    assert!(count < 200 || enough, "{total:?}");
    assert!(count < 200 || KINDS.iter().all(|kind| total.kinds.contains(kind)), "{:?}", total.kinds);
}

/// Two causes make a run of a few seeds another one: the receivers of tokio's `watch` wake in a random order, and h2 forgets a stream that
/// was reset after a second of the real clock.
#[test]
fn most_seeds_are_the_same_run_each_time() {
    let digest = |seed| scenario::run(seed, None).map(|run| run.digest).unwrap();
    let digests: Vec<_> = (0..40).map(|seed| (digest(seed), digest(seed))).collect();
    let same = digests.iter().filter(|(first, second)| first == second).count();
    assert!(same >= 20, "{same} of 40");
    assert!(digests.windows(2).all(|pair| pair[0].0 != pair[1].0), "each seed is another run");
}

/// The messages of the first run in which the broken rule is found.
fn found(broken_rule: BrokenRule) -> String {
    let mut runs = (0..200).filter_map(|seed| Some((seed, scenario::run(seed, Some(broken_rule)).err()?)));
    let Some((seed, violation)) = runs.next() else { panic!("200 seeds did not find that the client {broken_rule:?}") };
    println!("{broken_rule:?} is found in seed {seed}");
    violation.messages.join("\n")
}

#[test]
fn a_policy_that_sends_lost_writes_again_is_found() {
    let messages = found(BrokenRule::ResendsLostWrites);
    assert!(messages.contains("sent the write again") || messages.contains("more than once"), "{messages}");
}

#[test]
fn a_transport_that_calls_lost_requests_unsent_is_found() {
    let messages = found(BrokenRule::CallsLostRequestsUnsent);
    assert!(messages.contains("sent the write again") || messages.contains("not executed"), "{messages}");
}

#[test]
fn calls_without_a_deadline_are_found() {
    let messages = found(BrokenRule::HasNoDeadline);
    assert!(messages.contains("outlived its deadline"), "{messages}");
}
