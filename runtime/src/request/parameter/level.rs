//! The levels of a parameter: they decide how a scalar, a list and an object are written.

use crate::{
    operation::{BodyMetadata, Lists, Parameter, Style},
    request::EncodeError,
};

/// What is being written.
///
/// | level | scalar | list | object |
/// | --- | --- | --- | --- |
/// | `Simple`, `Joined` | a value, a pair | joined | joined keys and values, or with `explode` joined `SimpleEntry` |
/// | `SimpleEntry` | `key=value` | JSON in `key=value` | JSON in `key=value` |
/// | `Exploded` | a pair | a pair for each item | a pair for each entry, with its own key |
/// | `DeepObject` | an error | an error | one level deeper |
/// | `Deep`, `DeepField` | a pair | a pair for each item, or one level deeper with `indices` | one level deeper |
/// | `Flat` | an error | an error | a pair for each entry, with its own key |
/// | `Form` | a text is the whole form | an error | a pair for each entry, or `DeepField` |
/// | `Entry` | a pair | a pair for each item | JSON in a pair |
/// | `Repeated` | a pair | JSON in a pair | JSON in a pair |
/// | `Item` | an item | JSON in an item | JSON in an item |
/// | `Cookie` | a pair | a pair for each item | an error |
/// | `CookieItem` | a pair | an error | an error |
/// | `Part` | a part | a part for each item | JSON in a part |
/// | `PartItem` | a part | JSON in a part | JSON in a part |
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// A whole value outside a query: a path value or a header.
    Simple { explode: bool },
    /// An entry of an exploded object outside a query.
    SimpleEntry,
    /// A whole query parameter with joined parts.
    Joined(Delimiter),
    /// A whole query parameter whose parts are parameters.
    Exploded,
    /// A whole query parameter in the style `deepObject`.
    DeepObject(Lists),
    /// A value inside a `deepObject`. Its key is in brackets.
    Deep(Lists),
    /// A field of a form in the style `deepObject`. Its key is not in brackets.
    DeepField(Lists),
    /// A value whose keys become parameters.
    Flat,
    /// A whole form. With `Lists` in the style `deepObject`.
    Form(Option<Lists>),
    /// A value under its own key in an exploded object.
    Entry,
    /// An item of a list that repeats its key.
    Repeated,
    /// An item of a joined list. `in_query` if the first item starts a pair.
    Item { delimiter: Delimiter, in_query: bool },
    /// A whole cookie.
    Cookie,
    /// An item of a list that repeats the name of a cookie.
    CookieItem,
    /// A part of a multipart body.
    Part,
    /// An item of a list, each of which is a part.
    PartItem,
}

const NOT_A_COOKIE: &str = "contains an object or a nested list, which a cookie cannot contain; declare a field for each cookie, or encode the value as the API documents";

/// The level of the parts of a value, or JSON text where the style has no form for them.
pub(super) enum Parts {
    Level(Level),
    Json,
}

impl Level {
    /// The level of a whole query parameter.
    pub(super) fn of_query(parameter: &Parameter) -> Self {
        match parameter.style() {
            Style::DeepObject => Self::DeepObject(parameter.lists()),
            Style::Flatten => Self::Flat,
            _ if parameter.explode() => Self::Exploded,
            Style::Form | Style::Simple => Self::Joined(Delimiter::Comma),
            Style::SpaceDelimited => Self::Joined(Delimiter::Space),
            Style::PipeDelimited => Self::Joined(Delimiter::Pipe),
        }
    }

    /// The level of a whole form.
    pub(super) fn of_form(body: Option<&BodyMetadata>) -> Self {
        Self::Form(body.filter(|body| body.style() == Style::DeepObject).map(BodyMetadata::lists))
    }

    /// The items of a list at this level.
    pub(super) fn items(self) -> Result<Parts, EncodeError> {
        Ok(Parts::Level(match self {
            Self::Simple { .. } => Self::Item { delimiter: Delimiter::Comma, in_query: false },
            Self::Joined(delimiter) => Self::Item { delimiter, in_query: true },
            Self::Deep(lists @ Lists::Indices) | Self::DeepField(lists @ Lists::Indices) => Self::Deep(lists),
            Self::Exploded | Self::Deep(_) | Self::DeepField(_) | Self::Entry => Self::Repeated,
            Self::Repeated | Self::Item { .. } | Self::SimpleEntry | Self::PartItem => return Ok(Parts::Json),
            Self::Part => Self::PartItem,
            Self::Cookie => Self::CookieItem,
            Self::CookieItem => return Err(EncodeError::new(NOT_A_COOKIE)),
            Self::DeepObject(_) => {
                return Err(EncodeError::new("is a list, and `style = \"deepObject\"` can only write objects"));
            }
            Self::Flat | Self::Form(_) => {
                return Err(EncodeError::new("is a list: it has no keys that can become parameters"));
            }
        }))
    }

    /// The entries of an object at this level.
    pub(super) fn entries(self) -> Result<Parts, EncodeError> {
        Ok(Parts::Level(match self {
            Self::Simple { explode: true } => Self::SimpleEntry,
            Self::Simple { explode: false } => Self::Item { delimiter: Delimiter::Comma, in_query: false },
            Self::Joined(delimiter) => Self::Item { delimiter, in_query: true },
            Self::Exploded | Self::Flat | Self::Form(None) => Self::Entry,
            Self::Form(Some(lists)) => Self::DeepField(lists),
            Self::DeepObject(lists) | Self::Deep(lists) | Self::DeepField(lists) => Self::Deep(lists),
            Self::Entry | Self::Repeated | Self::Item { .. } | Self::SimpleEntry | Self::Part | Self::PartItem => {
                return Ok(Parts::Json);
            }
            Self::Cookie | Self::CookieItem => return Err(EncodeError::new(NOT_A_COOKIE)),
        }))
    }
}

/// What stands between the items of a joined list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Delimiter {
    Comma,
    Space,
    Pipe,
}

impl Delimiter {
    /// The encoded delimiter. OpenAPI 3.1.1 says that a raw `|` is not compliant with RFC 3986.
    pub(super) const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Comma => b",",
            Self::Space => b"%20",
            Self::Pipe => b"%7C",
        }
    }

    /// Refuses an item that contains the delimiter: no server can tell it from two items. A comma is encoded inside an item.
    pub(super) fn check(self, item: &str) -> Result<(), EncodeError> {
        let (character, message) = match self {
            Self::Comma => return Ok(()),
            Self::Space => (
                ' ',
                "contains a space, which is the delimiter of `spaceDelimited`; use another style, or an item without a space",
            ),
            Self::Pipe => (
                '|',
                "contains `|`, which is the delimiter of `pipeDelimited`; use another style, or an item without `|`",
            ),
        };
        if item.contains(character) { Err(EncodeError::new(message)) } else { Ok(()) }
    }
}
