//! Exports the spans of a call and of its attempts with OpenTelemetry, here to stdout.

use opentelemetry::trace::TracerProvider;
use opentelemetry_sdk::trace::SdkTracerProvider;
use opentelemetry_stdout::SpanExporter;
use stackone_api::{
    lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest},
    stackone::{Client, Prefer},
};
use stackone_examples::{Options, StandIn};
use std::error::Error;
use tracing_subscriber::{Layer, filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let stand_in = StandIn::start(Options::default()).await?;
    // Replace the exporter by that of `opentelemetry-otlp` to send the spans to a collector.
    let provider = SdkTracerProvider::builder().with_simple_exporter(SpanExporter::default()).build();
    let spans = tracing_opentelemetry::layer().with_tracer(provider.tracer("stackone-examples"));
    let only_stackone = Targets::new().with_target("stackone", tracing::Level::INFO);
    tracing_subscriber::registry().with(spans.with_filter(only_stackone)).init();

    let client = Client::builder().api_key(stand_in.api_key()).base_url(stand_in.base_url()).build()?;
    for user in ["usr_1", "unknown"] {
        let operation = LmsCreateUserAssignmentRequest::builder()
            .id(user)
            .x_account_id(stand_in.account_id())
            .prefer(Prefer::heartbeat())
            .body(LmsCreateAssignmentRequestDto::new("course-42"))
            .build();
        // The spans show the error of the user who does not exist.
        let _ = client.send(operation).await;
    }
    provider.shutdown()?;
    Ok(())
}
