//! One contender at one piece of work, without its types.

use crate::plain::Plain;
use bench_support::{Mode, callgrind, time};
use std::hint::black_box;

pub(crate) struct Case {
    pub(crate) title: &'static str,
    pub(crate) contender: &'static str,
    /// The request in a form that can be compared.
    pub(crate) plain: Box<dyn Fn() -> Plain>,
    /// The work for callgrind: drops the values, then builds and drops a request from equal values.
    pub(crate) count: Box<dyn Fn()>,
    /// The nanoseconds of one request.
    pub(crate) time: Box<dyn Fn(Mode) -> f64>,
}

impl Case {
    pub(crate) fn new<I, O>(
        title: &'static str,
        contender: &'static str,
        inputs: fn() -> I,
        build: impl Fn(I) -> O + Copy + 'static,
    ) -> Self
    where
        I: 'static,
        O: Into<Plain> + 'static,
    {
        Self {
            title,
            contender,
            plain: Box::new(move || build(inputs()).into()),
            count: Box::new(move || {
                // The first round warms up: it includes work that is done once in a process.
                for _ in 0..2 {
                    let values = black_box(inputs());
                    callgrind::marked(|| drop(black_box(values)));
                    let values = black_box(inputs());
                    callgrind::marked(|| drop(black_box(build(values))));
                }
            }),
            time: Box::new(move |mode| time::per_call(mode, inputs, build)),
        }
    }
}
