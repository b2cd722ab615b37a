//! What changes for the users of generated source.

use crate::surface::{Item, ItemKind, Member, Surface};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{self, Write},
};

/// What an output adds, removes and changes for users, compared with an older output.
///
/// A change is breaking if code that compiled before may fail to compile. The code may name operations and types, build operations
/// with their builders and types with `new` and setters, read fields, and match variants. It does not construct operations with
/// struct literals, because the builder exists for this.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The changes: first those of operations, then those of types, each in alphabetical order.
    pub changes: Vec<Change>,
}

/// One change of a [`Report`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The name of the operation or the type.
    pub item: String,
    /// Whether the item is an operation.
    pub is_operation: bool,
    /// The kind of the change.
    pub kind: ChangeKind,
    /// The change in words.
    pub description: String,
    /// Whether code that compiled before may fail to compile.
    pub is_breaking: bool,
    /// The operations that use the type. Empty for an operation.
    pub operations: Vec<String>,
}

/// The kind of a [`Change`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChangeKind {
    /// The item is new.
    Added,
    /// The item is gone.
    Removed,
    /// The item is in both outputs, and differs.
    Changed,
}

impl Report {
    /// Compares two outputs: files by their names, as in [`Output::files`](crate::Output::files).
    #[must_use]
    pub fn between(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Self {
        let (old, new) = (Surface::read(old), Surface::read(new));
        let names: BTreeSet<&String> = old.items.keys().chain(new.items.keys()).collect();
        let mut report = Self::default();
        let users = (users(&old), users(&new));
        for name in names {
            let mut changes = Changes { item: name, of: Vec::new() };
            let (before, after) = (old.items.get(name), new.items.get(name));
            match (before, after) {
                (None, Some(item)) => changes.push(ChangeKind::Added, false, describe(item)),
                (Some(item), None) => changes.push(ChangeKind::Removed, true, describe(item)),
                (Some(before), Some(after)) => {
                    changes.item(before, after);
                    for module in missing(&old, &new, name) {
                        changes.changed(true, format!("it is no longer in the module `{module}`"));
                    }
                }
                (None, None) => {}
            }
            let is_operation = after.or(before).is_some_and(|item| item.kind == ItemKind::Operation);
            let users = if after.is_some() { &users.1 } else { &users.0 };
            for change in &mut changes.of {
                change.is_operation = is_operation;
                let used = users.get(&**name).filter(|_| !is_operation);
                change.operations = used.into_iter().flatten().map(|&name| name.to_owned()).collect();
            }
            report.changes.append(&mut changes.of);
        }
        report.changes.sort_by_key(|change| !change.is_operation);
        report
    }

    /// Whether a change is breaking.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.changes.iter().any(|change| change.is_breaking)
    }
}

/// Writes a list in Markdown: first the breaking changes, then the others.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.changes.is_empty() {
            return writeln!(f, "Nothing changes for users.");
        }
        let parts = [("Breaking", true, None)].into_iter().chain(
            [("Added", ChangeKind::Added), ("Removed", ChangeKind::Removed), ("Changed", ChangeKind::Changed)]
                .map(|(title, kind)| (title, false, Some(kind))),
        );
        for (title, is_breaking, kind) in parts {
            let is_part =
                |change: &&Change| change.is_breaking == is_breaking && kind.is_none_or(|kind| change.kind == kind);
            let changes: Vec<&Change> = self.changes.iter().filter(is_part).collect();
            if !changes.is_empty() {
                writeln!(f, "## {title}\n")?;
                changes.iter().try_for_each(|change| writeln!(f, "- {change}"))?;
                writeln!(f)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            ChangeKind::Added => "added: ",
            ChangeKind::Removed => "removed: ",
            ChangeKind::Changed => "",
        };
        write!(f, "`{}`: {kind}{}", self.item, self.description)?;
        match &*self.operations {
            [] => Ok(()),
            [one] => write!(f, " (used by `{one}`)"),
            [first, rest @ ..] => write!(f, " (used by `{first}` and {} more)", rest.len()),
        }
    }
}

/// The operations that use each item.
fn users(surface: &Surface) -> BTreeMap<&str, Vec<&str>> {
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, _) in surface.operations() {
        for used in surface.used_by(name) {
            users.entry(used).or_default().push(name);
        }
    }
    users
}

/// The modules that had an item and no longer have it.
fn missing<'a>(old: &'a Surface, new: &Surface, name: &str) -> Vec<&'a String> {
    let now = new.modules.get(name);
    let before = old.modules.get(name).into_iter().flatten();
    before.filter(|module| !now.is_some_and(|now| now.contains(*module))).collect()
}

fn describe(item: &Item) -> String {
    match (item.keys.get("method"), item.keys.get("path")) {
        (Some(method), Some(path)) => format!("{method} {path}"),
        _ => item.kind.describe().to_owned(),
    }
}

struct Changes<'a> {
    item: &'a str,
    of: Vec<Change>,
}

impl Changes<'_> {
    fn push(&mut self, kind: ChangeKind, is_breaking: bool, description: String) {
        let (item, is_operation, operations) = (self.item.to_owned(), false, Vec::new());
        self.of.push(Change { item, is_operation, kind, description, is_breaking, operations });
    }

    fn changed(&mut self, is_breaking: bool, description: String) {
        self.push(ChangeKind::Changed, is_breaking, description);
    }

    fn item(&mut self, before: &Item, after: &Item) {
        if before.kind != after.kind {
            let (now, then) = (after.kind.describe(), before.kind.describe());
            return self.changed(true, format!("it is {now} and was {then}"));
        }
        let keys: BTreeSet<&str> = before.keys.keys().chain(after.keys.keys()).copied().collect();
        for key in keys {
            self.key(key, before.keys.get(key), after.keys.get(key));
        }
        let names: BTreeSet<&String> = before.members.keys().chain(after.members.keys()).collect();
        for name in names {
            match (before.members.get(name), after.members.get(name)) {
                (None, Some(member)) => self.added(after.kind, name, member),
                (Some(_), None) => self.changed(true, format!("`{name}` is removed")),
                (Some(before), Some(now)) => self.member(after.kind, name, before, now),
                (None, None) => {}
            }
        }
        self.deprecated("it", before.is_deprecated, after.is_deprecated);
    }

    /// A change of the attribute, of `new` or of the target of an alias.
    fn key(&mut self, key: &str, before: Option<&String>, after: Option<&String>) {
        if before == after {
            return;
        }
        let show = |value: Option<&String>| match value.map(|value| short(value)) {
            None => "absent".to_owned(),
            Some(value) if value.is_empty() => "set".to_owned(),
            Some(value) => format!("`{value}`"),
        };
        let what = match key {
            "new" => "the parameters of `new` are",
            "target" => "the target is",
            "response" => "the response is",
            "response_headers" => "the struct of the response headers is",
            _ => return self.changed(false, format!("`{key}` is {} and was {}", show(after), show(before))),
        };
        self.changed(
            true,
            format!("{what} {} and {} {}", show(after), if key == "new" { "were" } else { "was" }, show(before)),
        );
    }

    fn added(&mut self, kind: ItemKind, name: &str, member: &Member) {
        let is_required = kind == ItemKind::Operation && !member.is_optional();
        let required = if is_required { "required " } else { "" };
        let what = if matches!(kind, ItemKind::Enum | ItemKind::Responses) { "variant" } else { "field" };
        self.changed(is_required, format!("the {required}{what} `{name}` is added"));
    }

    fn member(&mut self, kind: ItemKind, name: &str, before: &Member, after: &Member) {
        let is_operation = kind == ItemKind::Operation;
        if before.value != after.value {
            if is_operation && before.required() == after.required() {
                let now = if after.is_optional() { "optional and was required" } else { "required and was optional" };
                self.changed(!after.is_optional(), format!("`{name}` is {now}"));
            } else {
                let (now, then) = (short(&after.value), short(&before.value));
                self.changed(!now.starts_with('"'), format!("`{name}` is `{now}` and was `{then}`"));
            }
        }
        if before.attribute != after.attribute {
            let (now, then) = (&after.attribute, &before.attribute);
            self.changed(false, format!("`{name}` is sent as `{now}` and was sent as `{then}`"));
        }
        self.deprecated(&format!("`{name}`"), before.is_deprecated, after.is_deprecated);
    }

    fn deprecated(&mut self, what: &str, before: bool, after: bool) {
        match (before, after) {
            (false, true) => self.changed(false, format!("{what} is deprecated")),
            (true, false) => self.changed(false, format!("{what} is no longer deprecated")),
            _ => {}
        }
    }
}

/// A type without the paths of the standard library and the runtime.
fn short(ty: &str) -> String {
    let paths =
        ["string", "option", "vec", "boxed", "collections", "convert"].map(|module| format!("::std::{module}::"));
    let paths = paths.iter().map(String::as_str).chain(["::stackone::model::", "::stackone::"]);
    paths.fold(ty.to_owned(), |ty, path| ty.replace(path, ""))
}

/// The differences between two outputs, by operation. Empty if they are equal.
pub(crate) fn difference(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> String {
    let mut text = String::new();
    if old == new {
        return text;
    }
    let (before, after) = (Surface::read(old), Surface::read(new));
    let names: BTreeSet<&String> = before.items.keys().chain(after.items.keys()).collect();
    let lines =
        |surface: &Surface, name: &str| surface.items.get(name).map(|item| item.lines.clone()).unwrap_or_default();
    let differs: BTreeSet<&str> =
        names.into_iter().map(String::as_str).filter(|name| lines(&before, name) != lines(&after, name)).collect();
    let operations: BTreeSet<&str> = before.operations().chain(after.operations()).map(|(name, _)| name).collect();
    let verb = |name: &str| match (before.items.contains_key(name), after.items.contains_key(name)) {
        (false, _) => "added",
        (_, false) => "removed",
        _ => "changed",
    };
    // Writing into a string does not fail.
    let mut write_item = |kind: &str, name: &str, about: &str| {
        let verb = verb(name);
        _ = writeln!(text, "{verb} {kind} `{name}`{about}");
        if verb == "changed" {
            write_lines(&mut text, &lines(&before, name), &lines(&after, name));
        }
    };
    for &name in operations.intersection(&differs) {
        let item = after.items.get(name).or(before.items.get(name));
        write_item("operation", name, &item.map(|item| format!(": {}", describe(item))).unwrap_or_default());
    }
    let users = (users(&before), users(&after));
    for &name in differs.difference(&operations) {
        let used: BTreeSet<&str> =
            [&users.0, &users.1].into_iter().filter_map(|users| users.get(name)).flatten().copied().collect();
        write_item("type", name, &listed(&used));
    }
    let files: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in files {
        match (old.get(name), new.get(name)) {
            (None, _) => _ = writeln!(text, "{name} is missing"),
            (_, None) => _ = writeln!(text, "{name} is no longer generated"),
            (Some(old), Some(new)) if old != new => {
                let equal = old.lines().zip(new.lines()).take_while(|(old, new)| old == new).count();
                _ = writeln!(text, "{name} differs, from line {}", equal + 1);
                if differs.is_empty() {
                    let lines = |source: &str| source.lines().map(str::to_owned).collect::<Vec<_>>();
                    write_lines(&mut text, &lines(old), &lines(new));
                }
            }
            _ => {}
        }
    }
    text
}

/// The operations that use a type, for a message. At most eight are named.
fn listed(operations: &BTreeSet<&str>) -> String {
    const LIMIT: usize = 8;
    let mut names: Vec<String> = operations.iter().take(LIMIT).map(|name| format!("`{name}`")).collect();
    if operations.len() > LIMIT {
        names.push(format!("{} more", operations.len() - LIMIT));
    }
    if names.is_empty() { String::new() } else { format!(", which changes {}", names.join(", ")) }
}

/// The lines that only one side has, in order. At most 20.
fn write_lines(text: &mut String, old: &[String], new: &[String]) {
    const LIMIT: usize = 20;
    let mut rest = new;
    let mut changes: Vec<(char, &String)> = Vec::new();
    for line in old {
        if let Some(at) = rest.iter().position(|new| new == line) {
            changes.extend(rest[..at].iter().map(|line| ('+', line)));
            rest = &rest[at + 1..];
        } else {
            changes.push(('-', line));
        }
    }
    changes.extend(rest.iter().map(|line| ('+', line)));
    for (sign, line) in changes.iter().take(LIMIT) {
        _ = writeln!(text, "  {sign} {line}");
    }
    if changes.len() > LIMIT {
        _ = writeln!(text, "  ({} more lines)", changes.len() - LIMIT);
    }
}
