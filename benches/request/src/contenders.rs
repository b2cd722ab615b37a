//! The contenders. Each module has the declarations for its library and a function for each request.

mod bon;
mod hand;
mod ours;
mod progenitor;
mod reqwest;
mod ruma;
mod rustify;

use crate::{
    case::Case,
    inputs::{list, seed},
};

/// The pieces of work, each with its contenders. The requests of the others are compared with those of the first.
pub(crate) fn works() -> Vec<(&'static str, Vec<Case>)> {
    const SEED: &str = "POST with a full body";
    const LIST: &str = "GET with six query parameters";
    vec![
        (
            SEED,
            vec![
                Case::new(SEED, "stackone", ours::seed_inputs, ours::seed),
                Case::new(SEED, "hand-written", seed, hand::seed),
                Case::new(SEED, "bon + hand-written", seed, bon::seed),
                Case::new(SEED, "ruma", seed, ruma::seed),
                Case::new(SEED, "rustify", seed, rustify::seed),
                Case::new(SEED, "reqwest", seed, reqwest::seed()),
                Case::new(SEED, "progenitor", seed, progenitor::seed()),
            ],
        ),
        (
            LIST,
            vec![
                Case::new(LIST, "stackone", ours::list_inputs, ours::list),
                Case::new(LIST, "hand-written", list, hand::list),
                Case::new(LIST, "bon + hand-written", list, bon::list),
                Case::new(LIST, "ruma", list, ruma::list),
                Case::new(LIST, "rustify", list, rustify::list),
                Case::new(LIST, "reqwest", list, reqwest::list()),
                Case::new(LIST, "progenitor", list, progenitor::list()),
            ],
        ),
    ]
}
