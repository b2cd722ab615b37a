//! Suggestions for misspelt words.

/// The candidate that is most similar to the word, if one is similar enough.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = fold(word);
    candidates
        .into_iter()
        .map(|candidate| (distance(&word, &fold(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.len().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The text `; did you mean `x`?`, or nothing.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).map(|candidate| format!("; did you mean `{candidate}`?")).unwrap_or_default()
}

/// Whether a word differs from another one in its case or in one typing error. A plural is one.
pub(crate) fn is_typo(word: &str, meant: &str) -> bool {
    let (folded, meant_folded) = (fold(word), fold(meant));
    folded.len() <= meant_folded.len() + 1 && distance(&folded, &meant_folded) <= 1
}

/// The word without its case and its separators.
fn fold(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// The number of characters to insert, delete, change or swap: the optimal string alignment distance.
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
    fn typing_errors_are_recognised() {
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
        assert!(is_typo("querry", "query") && is_typo("Path", "path") && is_typo("haeder", "header"));
        assert!(is_typo("cookies", "cookie"));
        assert!(!is_typo("patch", "header") && !is_typo("serde", "header"));
        assert_eq!(nearest("deep_object", ["form", "deepObject"]), Some("deepObject"));
    }
}
