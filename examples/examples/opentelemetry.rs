//! Exports the spans of a call and of its attempts with OpenTelemetry, here to stdout.

use opentelemetry::trace::TracerProvider;
use opentelemetry_sdk::{
    error::OTelSdkResult,
    trace::{SdkTracerProvider, SpanData, SpanExporter},
};
use stackone_api::{
    lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest},
    stackone::{Client, Prefer},
};
use stackone_examples::{Options, StandIn, no_arguments, println};
use std::error::Error;
use tracing_subscriber::{Layer, filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

/// Prints the spans. Replace it by the exporter of `opentelemetry-otlp` to send them to a collector.
#[derive(Debug)]
struct Printer;

impl SpanExporter for Printer {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        for span in batch {
            println!("{}: {:?}", span.name, span.status);
            for attribute in span.attributes {
                println!("    {}: {}", attribute.key, attribute.value);
            }
        }
        Ok(())
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    no_arguments("Prints the spans of two calls.");
    let stand_in = StandIn::start(Options::default()).await?;
    let provider = SdkTracerProvider::builder().with_simple_exporter(Printer).build();
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
