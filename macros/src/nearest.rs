//! What was probably meant.

/// The candidate that a typing slip away from `word` may have meant, if there is one.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = fold(word);
    candidates
        .into_iter()
        .map(|candidate| (distance(&word, &fold(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.len().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// `; did you mean `x`?`, or nothing.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).map(|candidate| format!("; did you mean `{candidate}`?")).unwrap_or_default()
}

/// Whether the word is another one in the wrong case or with one slip of the hand; a plural is a word of its own.
pub(crate) fn is_slip(word: &str, meant: &str) -> bool {
    let (folded, meant_folded) = (fold(word), fold(meant));
    // Every attribute of a field is asked whether it is a slip, and nearly all are longer words.
    folded.len() <= meant_folded.len() + 1
        && distance(&folded, &meant_folded) <= 1
        && word.strip_suffix('s') != Some(meant)
}

/// Case and separators are what people mix up, so they do not count.
fn fold(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// The number of characters to insert, delete, change or swap (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut cost = (above[j] + usize::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_hand_are_recognised() {
        let keys = ["method", "path", "response", "id", "idempotent", "crate"];
        for (word, meant) in [
            ("metod", Some("method")),
            ("ptah", Some("path")),
            ("Response", Some("response")),
            ("idempotnet", Some("idempotent")),
            ("url", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, keys), meant, "{word}");
        }
        assert!(is_slip("querry", "query") && is_slip("Path", "path") && is_slip("haeder", "header"));
        assert!(!is_slip("paths", "path") && !is_slip("patch", "header") && !is_slip("serde", "header"));
        assert_eq!(nearest("deep_object", ["form", "deepObject"]), Some("deepObject"));
    }
}
