//! Bars, in two columns of panels.

use crate::results::Row;
use std::fmt::Write;

/// One table in the picture.
pub(crate) struct Panel {
    pub(crate) title: &'static str,
    pub(crate) is_better: &'static str,
    /// The line before the table.
    pub(crate) after: &'static str,
    pub(crate) column: &'static str,
    pub(crate) without: &'static [&'static str],
}

const PANEL_WIDTH: usize = 440;
const ROW_HEIGHT: usize = 24;
const HEAD: usize = 52;
/// The space for names, and the longest bar.
const NAME: usize = 200;
const BAR: f64 = 150.0;

/// The page may be light or dark, and rustdoc has a theme of its own.
const STYLE: &str = r#"<style>
.stackone-bench { --ink: #1f2328; --muted: #59636e; --bar: #afb8c1; --ours: #0969da; max-width: 100%; height: auto; font: 13px system-ui, sans-serif }
@media (prefers-color-scheme: dark) { .stackone-bench { --ink: #f0f6fc; --muted: #9198a1; --bar: #525a64; --ours: #4493f8 } }
[data-theme="light"] .stackone-bench { --ink: #1f2328; --muted: #59636e; --bar: #afb8c1; --ours: #0969da }
[data-theme="dark"] .stackone-bench, [data-theme="ayu"] .stackone-bench { --ink: #f0f6fc; --muted: #9198a1; --bar: #525a64; --ours: #4493f8 }
.stackone-bench text { fill: var(--ink) }
.stackone-bench .title { font-size: 15px; font-weight: 600 }
.stackone-bench .muted { fill: var(--muted) }
.stackone-bench .name { text-anchor: end }
.stackone-bench rect { fill: var(--bar) }
.stackone-bench .ours { fill: var(--ours) }
</style>
"#;

/// Draws the panels.
pub(crate) fn draw(panels: &[(&Panel, Vec<Row>)]) -> String {
    let mut body = String::new();
    let mut top = 0;
    for pair in panels.chunks(2) {
        let rows = pair.iter().map(|(_, rows)| rows.len()).max().unwrap_or_default();
        for (column, (panel, rows)) in pair.iter().enumerate() {
            draw_panel(&mut body, column * (PANEL_WIDTH + 20), top, panel, rows);
        }
        top += HEAD + rows * ROW_HEIGHT + 24;
    }
    let (width, height) = (2 * PANEL_WIDTH + 20, top);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"stackone-bench\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         role=\"img\" aria-label=\"Benchmarks of stackone and its peers\">\n{STYLE}{body}</svg>\n"
    )
}

fn draw_panel(body: &mut String, left: usize, top: usize, panel: &Panel, rows: &[Row]) {
    let longest = rows.iter().map(|row| row.figure).fold(0.0, f64::max);
    let (title, is_better) = (panel.title, panel.is_better);
    // Writing to a `String` never fails.
    let _ = writeln!(body, "<text class=\"title\" x=\"{left}\" y=\"{}\">{title}</text>", top + 18);
    let _ = writeln!(body, "<text class=\"muted\" x=\"{left}\" y=\"{}\">{is_better}</text>", top + 38);
    for (index, row) in rows.iter().enumerate() {
        let (y, x) = (top + HEAD + index * ROW_HEIGHT, left + NAME);
        let width = row.figure / longest * BAR;
        let class = if row.name.starts_with("stackone") { " class=\"ours\"" } else { "" };
        let _ = writeln!(
            body,
            "<text class=\"name\" x=\"{}\" y=\"{}\">{}</text>",
            x - 8,
            y + 13,
            row.name.replace('`', "")
        );
        let _ = writeln!(body, "<rect{class} x=\"{x}\" y=\"{y}\" width=\"{width:.1}\" height=\"17\" rx=\"2\"/>");
        let _ = writeln!(
            body,
            "<text class=\"muted\" x=\"{:.1}\" y=\"{}\">{}</text>",
            x as f64 + width + 6.0,
            y + 13,
            row.text
        );
    }
}
