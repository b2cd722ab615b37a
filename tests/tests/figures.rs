//! The figures in the README and in the guides are those of the benchmarks.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{fs, path::Path};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
}

/// The first table after a text: its rows, each with the texts of its cells.
fn table(text: &str, after: &str) -> Vec<Vec<String>> {
    let (_, rest) = text.split_once(after).unwrap();
    let rows = rest.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// The number in the row and the column with these titles.
fn number(table: &[Vec<String>], row: &str, column: &str) -> f64 {
    let column = table[0].iter().position(|cell| cell == column).unwrap();
    let row = table.iter().find(|cells| cells[0] == row).unwrap();
    row[column].replace(',', "").parse().unwrap()
}

#[test]
fn the_guide_on_compile_times_has_the_figures_of_table_2() {
    let measured = table(&read("benches/RESULTS.md"), "## 2. Compiling");
    let guide = table(&read("runtime/src/guide/compile_times.md"), "# The figures");
    let names = [
        ("the structs without anything", "plain structs"),
        ("requests by hand, no builder", "hand-written, no builder"),
        ("this crate", "stackone"),
        ("derive_builder, requests by hand", "derive_builder + hand-written"),
        ("bon, requests by hand", "bon + hand-written"),
        ("typed-builder, requests by hand", "typed-builder + hand-written"),
    ];
    for (written, name) in names {
        for (title, column) in [("processor seconds of `cargo check`", "check"), ("of a release build", "release lib")]
        {
            let (written, measured) = (number(&guide, written, title), number(&measured, name, column));
            assert!(
                (written - measured).abs() <= 0.051,
                "{name}, {column}: {written} in the guide, measured {measured}"
            );
        }
    }
}

#[test]
fn the_readme_has_the_figures_of_tables_4_and_5() {
    let (readme, results) = (read("README.md"), read("benches/RESULTS.md"));
    let comparison = table(&readme, "## Comparison");
    let tree = table(&results, "## 5. The tree");
    for (title, name) in [("stackone", "stackone"), ("reqwest", "reqwest"), ("progenitor", "progenitor-client")] {
        let (written, measured) = (number(&comparison, "crates", title), number(&tree, name, "crates"));
        assert!((written - measured).abs() < 0.5, "{name}: {written} in the README, measured {measured}");
    }
    let calls = table(&results, "## 4. Calls and downloads");
    let column = "64 in flight: calls/s";
    let more = number(&calls, "the same by hand", column) / number(&calls, "stackone", column) * 100.0 - 100.0;
    assert!(readme.contains(&format!("are {more:.0} % more a second")), "by hand, there are {more:.1} % more calls");
}
