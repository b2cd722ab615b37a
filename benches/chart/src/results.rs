//! Reads one column of a table in Markdown.

/// A contender and its figure.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) figure: f64,
    /// The figure as it is written in the table.
    pub(crate) text: String,
}

/// The rows of the first table after the line `after`.
pub(crate) fn rows(text: &str, after: &str, column: &str, without: &[&str]) -> Result<Vec<Row>, String> {
    let mut lines = text
        .lines()
        .skip_while(|line| !line.starts_with(after))
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .map(cells);
    let header = lines.next().ok_or_else(|| format!("RESULTS.md has no table after `{after}`"))?;
    let index = header
        .iter()
        .position(|cell| *cell == column)
        .ok_or_else(|| format!("the table after `{after}` has no column `{column}`"))?;
    let read = |cells: Vec<&str>| {
        let text = cells.get(index).copied().unwrap_or_default();
        let figure = text.replace(',', "").parse();
        let figure = figure.map_err(|_| format!("`{text}` in `{column}` after `{after}` is not a number"))?;
        Ok(Row { name: cells[0].to_owned(), figure, text: text.to_owned() })
    };
    // The line below the header has dashes only.
    lines.skip(1).filter(|cells| !without.contains(&cells[0])).map(read).collect()
}

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}
