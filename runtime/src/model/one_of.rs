//! Values that have one of several types: `oneOf` and `anyOf`.

use super::{Json, read, value::Value};

/// A kind of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`
    Bool,
    /// A number.
    Number,
    /// Text.
    Text,
    /// A list.
    List,
    /// An object.
    Object,
    /// Any JSON.
    Any,
}

/// How one of the types is recognized.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// The kind of JSON.
    pub kind: Kind,
    /// The values of the discriminator. Empty if there is none.
    pub tags: &'static [&'static str],
    /// Fields that only this type has.
    pub only: &'static [&'static str],
}

/// The cases to try for a value, in order: the case of the discriminator, else the cases with a distinguishing field of the
/// object, else the cases of the same kind of JSON.
pub fn choose<'a>(json: &'a Json, tag: &'a str, cases: &'static [Case]) -> impl Iterator<Item = usize> + 'a {
    let tagged = json.get(tag).and_then(Json::as_str);
    let by_tag = move |case: &Case| tagged.is_some_and(|tag| case.tags.contains(&tag));
    let by_field = move |case: &Case| case.only.iter().any(|name| json.get(name).is_some());
    let by_kind = move |case: &Case| match case.kind {
        Kind::Bool => json.is_boolean(),
        Kind::Number => json.is_number(),
        Kind::Text => json.is_string(),
        Kind::List => json.is_array(),
        Kind::Object => json.is_object(),
        Kind::Any => true,
    };
    // A type whose own fields are all absent would drop the fields of the type that is recognized.
    let is_recognized = cases.iter().any(|case| by_tag(case) || by_kind(case) && by_field(case));
    let rank = move |case: &Case| match () {
        () if by_tag(case) => Some(0),
        () if !by_kind(case) || tagged.is_some() && !case.tags.is_empty() => None,
        () if by_field(case) => Some(1),
        () if is_recognized && !case.only.is_empty() => None,
        () => Some(2),
    };
    (0..3).flat_map(move |pass| {
        let at_pass = move |(_, case): &(usize, &Case)| rank(case) == Some(pass);
        cases.iter().enumerate().filter(at_pass).map(|(index, _)| index)
    })
}

/// Reads one of the types. `None` if the value is not of this type.
#[must_use]
pub fn read_case<T: Value>(json: &Json) -> Option<T> {
    read(json).ok()
}
