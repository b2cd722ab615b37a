//! Table 1: building a request, from owned values through the builder to the request.
//!
//! `cargo run --release -p request`. The option `--smoke` runs one iteration.

mod case;
mod contenders;
mod inputs;
mod plain;

use bench_support::{
    Mode, Result, Table,
    callgrind::{self, Counts},
    table::{or_dash, thousands},
};
use case::Case;

fn main() -> Result<()> {
    let mode = Mode::from_args();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [command, index] = &arguments[..]
        && command == "count"
    {
        let index: usize = index.parse()?;
        let (_, case) = all().nth(index).ok_or("no such case")?;
        (case.count)();
        return Ok(());
    }
    for (title, cases) in contenders::works() {
        assert_equal(&cases);
        println!("\n{title}\n\n{}", table(mode, &cases)?);
    }
    Ok(())
}

/// Every case with its title.
fn all() -> impl Iterator<Item = (&'static str, Case)> {
    contenders::works().into_iter().flat_map(|(title, cases)| cases.into_iter().map(move |case| (title, case)))
}

/// Asserts that all contenders build the same request. Otherwise the comparison would mean nothing.
fn assert_equal(cases: &[Case]) {
    let Some((first, rest)) = cases.split_first() else { return };
    let expected = (first.plain)();
    for case in rest {
        assert_eq!((case.plain)(), expected, "{} sends another request than {}", case.contender, first.contender);
    }
}

fn table(mode: Mode, cases: &[Case]) -> Result<Table> {
    let mut table = Table::new(["", "instructions", "allocations", "ns"]);
    for case in cases {
        let counts = if mode == Mode::Full { net(case)? } else { None };
        table.row([
            case.contender.to_owned(),
            or_dash(counts.map(|counts| thousands(counts.instructions))),
            or_dash(counts.map(|counts| counts.allocations.to_string())),
            format!("{:.0}", (case.time)(mode)),
        ]);
    }
    Ok(table)
}

/// The cost of building and dropping a request, without the cost of dropping its values. A contender that moves the values into
/// the request also drops them with it.
fn net(case: &Case) -> Result<Option<Counts>> {
    let index = all().position(|(title, other)| title == case.title && other.contender == case.contender);
    let index = index.ok_or("no such case")?.to_string();
    let Some(counts) = callgrind::count(&["count", &index])? else { return Ok(None) };
    let [.., values, request] = counts[..] else { return Err("the work was not counted".into()) };
    Ok(Some(Counts {
        instructions: request.instructions - values.instructions,
        allocations: request.allocations - values.allocations,
    }))
}
