//! The source of each snapshot compiles. `tests/snapshots.rs` writes the sources.

#[allow(dead_code, deprecated, unreachable_pub, clippy::pedantic)]
#[rustfmt::skip]
#[path = "snapshots"]
mod compiled {
    #[path = "bodies.rs"]
    mod bodies;
    #[path = "choices.rs"]
    mod choices;
    #[path = "forms.rs"]
    mod forms;
    #[path = "merged.rs"]
    mod merged;
    #[path = "multipart.rs"]
    mod multipart;
    #[path = "names.rs"]
    mod names;
    #[path = "objects.rs"]
    mod objects;
    #[path = "parameters.rs"]
    mod parameters;
    #[path = "responses.rs"]
    mod responses;
    #[path = "statuses.rs"]
    mod statuses;
}

#[test]
fn the_sources_compile() {
    // The modules above are the test: without them this file does not compile.
}
