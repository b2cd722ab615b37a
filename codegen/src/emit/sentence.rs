//! The first sentence of an operation that the document does not describe.

use crate::names::snake;

/// Verbs of operation ids, with what the operation does, and whether its object is one new thing.
const VERBS: &[(&str, &str, bool)] = &[
    ("add", "Adds", true),
    ("apply", "Applies", false),
    ("approve", "Approves", false),
    ("archive", "Archives", false),
    ("assign", "Assigns", false),
    ("attach", "Attaches", false),
    ("cancel", "Cancels", false),
    ("check", "Checks", false),
    ("close", "Closes", false),
    ("complete", "Completes", false),
    ("copy", "Copies", false),
    ("count", "Counts", false),
    ("create", "Creates", true),
    ("delete", "Deletes", false),
    ("describe", "Describes", false),
    ("disable", "Disables", false),
    ("download", "Downloads", false),
    ("edit", "Changes", false),
    ("enable", "Enables", false),
    ("execute", "Executes", false),
    ("export", "Exports", false),
    ("fetch", "Returns", false),
    ("find", "Finds", false),
    ("get", "Returns", false),
    ("import", "Imports", false),
    ("insert", "Adds", true),
    ("invite", "Invites", false),
    ("list", "Lists", false),
    ("lock", "Locks", false),
    ("merge", "Merges", false),
    ("modify", "Changes", false),
    ("move", "Moves", false),
    ("order", "Orders", false),
    ("patch", "Changes", false),
    ("post", "Posts", true),
    ("publish", "Publishes", false),
    ("put", "Replaces", false),
    ("query", "Queries", false),
    ("read", "Reads", false),
    ("refresh", "Refreshes", false),
    ("reject", "Rejects", false),
    ("remove", "Removes", false),
    ("replace", "Replaces", false),
    ("reset", "Resets", false),
    ("restart", "Restarts", false),
    ("restore", "Restores", false),
    ("retrieve", "Returns", false),
    ("revoke", "Revokes", false),
    ("run", "Runs", false),
    ("search", "Searches", false),
    ("send", "Sends", true),
    ("set", "Sets", false),
    ("show", "Returns", false),
    ("start", "Starts", false),
    ("stop", "Stops", false),
    ("submit", "Submits", true),
    ("tag", "Tags", false),
    ("transfer", "Transfers", false),
    ("trigger", "Triggers", false),
    ("unassign", "Unassigns", false),
    ("unlock", "Unlocks", false),
    ("untag", "Untags", false),
    ("update", "Updates", false),
    ("upload", "Uploads", true),
    ("upsert", "Creates or updates", true),
    ("validate", "Validates", false),
    ("verify", "Verifies", false),
];

/// Words that are written in capitals.
const ACRONYMS: &[&str] =
    &["api", "html", "id", "ip", "json", "mcp", "pdf", "rpc", "sms", "ssh", "ssl", "uri", "url", "xml"];

/// A sentence with the verb and the noun of an operation id. An id without a known verb is a title.
pub(super) fn of(id: &str, module: &str) -> String {
    let name = snake(id, "operation");
    let name = name.strip_prefix(&format!("{module}_")).unwrap_or(&name).trim_start_matches("r#");
    let mut words: Vec<&str> = name.split('_').filter(|word| !word.is_empty()).collect();
    let is_batch = words.len() > 2 && words[0] == "batch";
    if is_batch {
        words.remove(0);
    }
    let batch = if is_batch { " in a batch" } else { "" };
    let verb = words.first().and_then(|first| VERBS.iter().find(|(verb, ..)| verb == first));
    match (verb, &words[..]) {
        (Some((_, verb, is_new)), [_, noun @ ..]) if !noun.is_empty() => {
            let article = if *is_new { article(noun) } else { "the " };
            format!("{verb} {article}{}{batch}.", phrase(noun))
        }
        _ => {
            let title = phrase(&words);
            let mut letters = title.chars();
            let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
            format!("{first}{}{batch}.", letters.as_str())
        }
    }
}

/// The article of one new thing. A plural and an uncountable noun have none.
fn article(noun: &[&str]) -> &'static str {
    const UNCOUNTABLE: &[&str] = &["access", "content", "data", "feedback", "information", "metadata", "time"];
    let (first, last) = (noun.first().copied().unwrap_or_default(), noun.last().copied().unwrap_or_default());
    let is_plural = last.ends_with('s') && !last.ends_with("ss") && !last.ends_with("us") && !last.ends_with("is");
    if is_plural || UNCOUNTABLE.contains(&last) {
        return "";
    }
    let sounds_like_a_consonant = first.starts_with("user") || first.starts_with("uni") || first.starts_with("url");
    let is_vowel = first.starts_with(['a', 'e', 'i', 'o', 'u']) && !sounds_like_a_consonant;
    if is_vowel { "an " } else { "a " }
}

fn phrase(words: &[&str]) -> String {
    let word = |word: &&str| if ACRONYMS.contains(word) { word.to_uppercase() } else { (*word).to_owned() };
    words.iter().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_sentence_has_the_verb_and_the_noun_of_the_id() {
        for (id, module, expected) in [
            ("hris_list_employees", "hris", "Lists the employees."),
            ("hris_get_employee", "hris", "Returns the employee."),
            ("hris_create_employee", "hris", "Creates an employee."),
            ("ats_create_offer", "ats", "Creates an offer."),
            ("lms_batch_upsert_content", "lms", "Creates or updates content in a batch."),
            ("createUser", "api", "Creates a user."),
            ("createUsers", "api", "Creates users."),
            ("stackone_mcp_post", "stackone", "MCP post."),
            ("list", "api", "List."),
            ("get_/users", "api", "Returns the users."),
        ] {
            assert_eq!(of(id, module), expected, "{id}");
        }
    }
}
