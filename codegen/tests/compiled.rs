//! The source of each snapshot compiles. `tests/snapshots.rs` writes the sources.

#[allow(dead_code, deprecated, unreachable_pub, clippy::pedantic)]
#[rustfmt::skip]
#[path = "snapshots"]
mod compiled {
    #[path = "bodies.rs"]
    mod bodies;
    #[path = "choices.rs"]
    mod choices;
    #[path = "merged.rs"]
    mod merged;
    #[path = "names.rs"]
    mod names;
    #[path = "objects.rs"]
    mod objects;
    #[path = "parameters.rs"]
    mod parameters;
}

#[test]
fn the_sources_compile() {
    // The modules above are the test: without them this file does not compile.
}
