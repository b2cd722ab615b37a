//! The text of a page in HTML or XML.

use crate::error::one_line::OneLine;

/// The most useful text: the title, the first heading, an XML message, or else all text outside tags.
pub(crate) fn text(page: &str) -> String {
    // Lower case in ASCII keeps the byte offsets.
    let lower = page.to_ascii_lowercase();
    ["title", "h1", "message"]
        .iter()
        .find_map(|tag| element(page, &lower, tag).filter(|text| !text.is_empty()))
        .unwrap_or_else(|| without_tags(page))
}

/// The text of the first element with this tag.
fn element(page: &str, lower: &str, tag: &str) -> Option<String> {
    let start_tag = format!("<{tag}");
    let mut ends = lower.match_indices(&start_tag).map(|(at, name)| at + name.len());
    let name_end = ends.find(|at| lower[*at..].starts_with(|c: char| c == '>' || c.is_whitespace()))?;
    let start = name_end + lower[name_end..].find('>')? + 1;
    let end = start + lower[start..].find("</")?;
    Some(page[start..end].trim().to_owned())
}

fn without_tags(page: &str) -> String {
    let parts = page.split('<').filter(|part| !part.starts_with("style") && !part.starts_with("script"));
    let text = parts.filter_map(|part| Some(part.split_once('>')?.1));
    OneLine(text.collect::<Vec<_>>().join(" ")).to_string()
}
