//! Fills Prometheus histograms from a hook: the duration of each attempt and of each call.

use prometheus::{HistogramVec, IntGauge, Registry, TextEncoder};
use prometheus::{register_histogram_vec_with_registry, register_int_gauge_with_registry};
use stackone_api::lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest};
use stackone_api::stackone::Client;
use stackone_api::stackone::hook::{CallInfo, Hook, Outcome};
use stackone_examples::{Options, StandIn, no_arguments, println};
use std::error::Error;

struct Metrics {
    running: IntGauge,
    attempts: HistogramVec,
    calls: HistogramVec,
}

impl Hook for Metrics {
    fn call_started(&self, _: &CallInfo<'_>) {
        self.running.inc();
    }

    fn attempt_ended(&self, call: &CallInfo<'_>, _: u32, outcome: &Outcome<'_>) {
        let labels = [call.metadata().id(), &*outcome.error_type().unwrap_or_default()];
        self.attempts.with_label_values(&labels).observe(outcome.elapsed().as_secs_f64());
    }

    fn call_ended(&self, call: &CallInfo<'_>, outcome: &Outcome<'_>) {
        let labels = [call.metadata().id(), &*outcome.error_type().unwrap_or_default()];
        self.calls.with_label_values(&labels).observe(outcome.elapsed().as_secs_f64());
        self.running.dec();
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    no_arguments("Prints the metrics of three calls.");
    let stand_in = StandIn::start(Options::default()).await?;
    let registry = Registry::new();
    let histogram = |name| {
        register_histogram_vec_with_registry!(name, "Duration in seconds.", &["operation", "error_type"], registry)
    };
    let metrics = Metrics {
        running: register_int_gauge_with_registry!("stackone_calls_running", "Running calls.", registry)?,
        attempts: histogram("http_client_request_duration_seconds")?,
        calls: histogram("stackone_call_duration_seconds")?,
    };
    let client = Client::builder().api_key(stand_in.api_key()).base_url(stand_in.base_url()).hook(metrics).build()?;
    for user in ["usr_1", "usr_2", "unknown"] {
        let operation = LmsCreateUserAssignmentRequest::builder()
            .id(user)
            .x_account_id(stand_in.account_id())
            .body(LmsCreateAssignmentRequestDto::new("course-42"))
            .build();
        let _ = client.send(operation).await;
    }
    println!("{}", TextEncoder::new().encode_to_string(&registry.gather())?);
    Ok(())
}
