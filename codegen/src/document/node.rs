//! A value of a JSON or YAML document, in the order of the document.

use indexmap::IndexMap;
use serde::{
    Deserialize, Deserializer,
    de::{EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor},
};
use std::fmt;

/// The key of maps whose entries a YAML map has, too.
const MERGE: &str = "<<";

/// A value of a document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(IndexMap<String, Node>),
}

impl Node {
    /// Reads JSON or YAML. An error has its line, if it is known, and a message.
    pub(crate) fn parse(text: &str) -> Result<Self, (Option<usize>, String)> {
        let text = text.trim_start_matches('\u{feff}');
        let yaml = || {
            serde_yaml_ng::from_str(text)
                .map_err(|error| (error.location().map(|location| location.line()), error.to_string()))
        };
        if !text.trim_start().starts_with('{') {
            return yaml();
        }
        serde_json::from_str(text).or_else(|error| {
            // YAML may start with a brace, too.
            yaml().map_err(|_: (_, _)| (Some(error.line()).filter(|&line| line > 0), error.to_string()))
        })
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Map(map) => map.get(name),
            _ => None,
        }
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Self> {
        match self {
            Self::Map(map) => map.get_mut(name),
            _ => None,
        }
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_text()
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether the field is true. A text `true` counts.
    pub(crate) fn flag(&self, name: &str) -> bool {
        match self.get(name) {
            Some(Self::Bool(flag)) => *flag,
            Some(Self::Text(text)) => text == "true",
            _ => false,
        }
    }

    /// The items of a list field. Empty if there is none.
    pub(crate) fn list(&self, name: &str) -> &[Self] {
        match self.get(name) {
            Some(Self::List(items)) => items,
            _ => &[],
        }
    }

    /// The entries of a map field. Empty if there is none.
    pub(crate) fn entries<'a>(&'a self, name: &str) -> impl Iterator<Item = (&'a str, &'a Self)> + use<'a> {
        self.get(name).into_iter().flat_map(Self::pairs)
    }

    /// The entries of a map. Empty for every other value.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &Self)> {
        let map = match self {
            Self::Map(map) => Some(map),
            _ => None,
        };
        map.into_iter().flatten().map(|(name, value)| (&**name, value))
    }

    /// The entries of a map, to change their values. Empty for every other value.
    pub(crate) fn pairs_mut(&mut self) -> impl Iterator<Item = (&str, &mut Self)> {
        let map = match self {
            Self::Map(map) => Some(map),
            _ => None,
        };
        map.into_iter().flatten().map(|(name, value)| (&**name, value))
    }

    /// The text of a value that is only a reference.
    pub(super) fn as_reference(&self) -> Option<&str> {
        match self {
            Self::Map(map) if map.len() == 1 => self.text("$ref"),
            _ => None,
        }
    }

    /// A reference to a pointer of the same document.
    pub(super) fn reference(pointer: &str) -> Self {
        Self::Map(IndexMap::from([("$ref".to_owned(), Self::Text(fragment(pointer)))]))
    }

    /// Sets the value at a JSON pointer. Maps around it are made if they are missing. A value around it that is no map stays.
    pub(super) fn insert_at(&mut self, pointer: &str, value: Self) {
        let mut node = self;
        for step in pointer.split('/').skip(1) {
            let Self::Map(map) = node else { return };
            node = map.entry(unescape(step)).or_insert_with(|| Self::Map(IndexMap::new()));
        }
        *node = value;
    }

    /// An error that names a key of a map that is not one of these.
    pub(crate) fn check_keys(&self, keys: &[&str]) -> Result<(), String> {
        match self.pairs().find(|(key, _)| !keys.contains(key)) {
            None => Ok(()),
            Some((key, _)) => Err(format!("unknown key `{key}`; expected one of `{}`", keys.join("`, `"))),
        }
    }

    /// The value at a JSON pointer. The name of an anchor is no pointer.
    pub(crate) fn at(&self, pointer: &str) -> Option<&Self> {
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return None;
        }
        pointer.split('/').skip(1).try_fold(self, |node, step| {
            let step = unescape(step);
            match node {
                Self::Map(map) => map.get(&step),
                Self::List(items) => items.get(step.parse::<usize>().ok()?),
                _ => None,
            }
        })
    }

    /// A scalar as text.
    pub(crate) fn to_text(&self) -> Option<String> {
        match self {
            Self::Bool(value) => Some(value.to_string()),
            Self::Int(value) => Some(value.to_string()),
            // `1.0` keeps its zero, as in an enum of versions.
            Self::Float(value) => Some(format!("{value:?}")),
            Self::Text(text) => Some(text.clone()),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }
}

/// The reference to a pointer of the same document.
pub(super) fn fragment(pointer: &str) -> String {
    format!("#{}", pointer.replace('%', "%25"))
}

/// The name in one step of a JSON pointer.
pub(super) fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// One step of a JSON pointer.
pub(crate) fn escape(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// The text of a URI fragment. A malformed escape is left as it is.
pub(super) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).and_then(|digits| str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Node;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E>(self) -> Result<Node, E> {
                Ok(Node::Null)
            }

            // An empty YAML file.
            fn visit_none<E>(self) -> Result<Node, E> {
                Ok(Node::Null)
            }

            fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
                Ok(Node::Bool(value))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
                Ok(Node::Int(value))
            }

            #[expect(clippy::cast_precision_loss, reason = "only limits are that large, and they are not generated")]
            fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
                Ok(i64::try_from(value).map_or(Node::Float(value as f64), Node::Int))
            }

            // Only YAML has larger numbers.
            #[expect(clippy::cast_precision_loss, reason = "as above")]
            fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
                Ok(Node::Float(value as f64))
            }

            #[expect(clippy::cast_precision_loss, reason = "as above")]
            fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
                Ok(Node::Float(value as f64))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
                Ok(Node::Float(value))
            }

            fn visit_str<E>(self, value: &str) -> Result<Node, E> {
                Ok(Node::Text(value.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element()? {
                    items.push(item);
                }
                Ok(Node::List(items))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                let mut entries = IndexMap::new();
                let mut merged = Vec::new();
                // The keys of a YAML map may be numbers, as in `200: {}`.
                while let Some(key) = map.next_key::<Node>()? {
                    let (key, value) = (
                        if key == Node::Null { "null".to_owned() } else { key.to_text().unwrap_or_default() },
                        map.next_value()?,
                    );
                    match (&*key, value) {
                        (MERGE, value @ Node::Map(_)) => merged.push(value),
                        (MERGE, Node::List(all)) if all.iter().all(|node| matches!(node, Node::Map(_))) => {
                            merged.extend(all);
                        }
                        (_, value) => _ = entries.insert(key, value),
                    }
                }
                for (key, value) in merged.iter().flat_map(Node::pairs) {
                    entries.entry(key.to_owned()).or_insert_with(|| value.clone());
                }
                Ok(Node::Map(entries))
            }

            /// A value with a tag of YAML is the value.
            fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Node, A::Error> {
                let (_, value) = data.variant::<Node>()?;
                value.newtype_variant()
            }
        }

        deserializer.deserialize_any(Any)
    }
}
