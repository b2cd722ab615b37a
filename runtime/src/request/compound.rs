//! Lists and objects on their way into a parameter.

use super::{
    EncodeError,
    encoder::{Encoder, Level},
    json::{Frame, JsonSerializer},
    key::KeySerializer,
    output::Output,
    percent,
};
use crate::operation::Parameter;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct};
use std::mem;

/// A list or an object being written.
#[expect(missing_debug_implementations, reason = "holds values, which may be secret")]
pub struct Compound<'a>(pub(super) State<'a>);

/// What it becomes.
pub(super) enum State<'a> {
    List {
        out: &'a mut Output,
        name: Option<&'a Parameter>,
        level: Level,
        index: usize,
    },
    /// `prefix` is how much of [`Output::key`] belongs to the objects around.
    Object {
        out: &'a mut Output,
        name: Option<&'a Parameter>,
        level: Level,
        prefix: usize,
    },
    /// What the style has no form for, as JSON text.
    Json {
        frame: Frame,
        json: Vec<u8>,
        encoder: Encoder<'a>,
    },
    /// A struct that is a text to be written as it is.
    Verbatim(Option<Encoder<'a>>),
}

impl State<'_> {
    fn item<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), EncodeError> {
        match self {
            Self::List { out, name, level, index } => {
                let at = *index;
                *index += 1;
                value.serialize(Encoder { out, name: *name, level: *level }).map_err(|problem| problem.at(at))
            }
            Self::Json { frame, json, .. } => frame.item(json, value),
            Self::Object { .. } | Self::Verbatim(_) => Ok(()),
        }
    }

    /// Takes the key of the next entry.
    fn key(&mut self, key: &str) {
        match self {
            Self::Object { out, level, prefix, .. } => {
                out.key.truncate(*prefix);
                match level {
                    Level::Deep { .. } => {
                        out.key.extend_from_slice(b"%5B");
                        percent::encode(&mut out.key, key.as_bytes());
                        out.key.extend_from_slice(b"%5D");
                    }
                    Level::Entry => percent::encode(&mut out.key, key.as_bytes()),
                    _ => out.key.extend_from_slice(key.as_bytes()),
                }
            }
            Self::Json { frame, json, .. } => frame.key(json, key),
            Self::List { .. } | Self::Verbatim(_) => {}
        }
    }

    /// Writes the value of the entry whose key was taken.
    fn value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), EncodeError> {
        match self {
            Self::Object { out, name, level: level @ Level::Item { .. }, .. } => {
                joined_entry(out, *name, *level, value)
            }
            Self::Object { out, level, .. } => value.serialize(Encoder { out, name: None, level: *level }),
            Self::Json { json, .. } => value.serialize(JsonSerializer::new(json)),
            Self::List { .. } | Self::Verbatim(_) => Ok(()),
        }
    }

    fn field<T: ?Sized + Serialize>(&mut self, key: &str, value: &T) -> Result<(), EncodeError> {
        match self {
            Self::Verbatim(encoder) => match encoder.take() {
                Some(encoder) => value.serialize(encoder),
                None => Ok(()),
            },
            Self::Json { frame, json, .. } => frame.field(json, key, value),
            Self::List { .. } | Self::Object { .. } => {
                self.key(key);
                self.value(value).map_err(|problem| problem.under(key))
            }
        }
    }

    fn finish(self) -> Result<(), EncodeError> {
        match self {
            Self::Json { frame, mut json, encoder } => {
                frame.close(&mut json);
                // In a header's list it is not quoted: what reads it reads JSON.
                encoder.write(&String::from_utf8_lossy(&json), Output::text)
            }
            Self::Object { out, prefix, .. } => {
                out.key.truncate(prefix);
                Ok(())
            }
            Self::List { .. } | Self::Verbatim(_) => Ok(()),
        }
    }
}

/// A key and its value as two items of one list, or neither if there is no value.
fn joined_entry<T: ?Sized + Serialize>(
    out: &mut Output,
    name: Option<&Parameter>,
    level: Level,
    value: &T,
) -> Result<(), EncodeError> {
    let before = out.mark();
    let key = mem::take(&mut out.key);
    Encoder { out: &mut *out, name, level }.scalar(&String::from_utf8_lossy(&key))?;
    out.key = key;
    let with_key = out.items;
    value.serialize(Encoder { out: &mut *out, name, level })?;
    if out.items == with_key {
        out.rewind(before);
    }
    Ok(())
}

macro_rules! lists {
    ($($trait:ident::$method:ident)*) => {$(
        impl $trait for Compound<'_> {
            type Ok = ();
            type Error = EncodeError;

            fn $method<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), EncodeError> {
                self.0.item(value)
            }

            fn end(self) -> Result<(), EncodeError> {
                self.0.finish()
            }
        }
    )*};
}

lists! {
    SerializeSeq::serialize_element
    SerializeTuple::serialize_element
    SerializeTupleStruct::serialize_field
}

impl SerializeStruct for Compound<'_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, key: &'static str, value: &T) -> Result<(), EncodeError> {
        self.0.field(key, value)
    }

    fn end(self) -> Result<(), EncodeError> {
        self.0.finish()
    }
}

impl SerializeMap for Compound<'_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), EncodeError> {
        key.serialize(KeySerializer(&mut |key| {
            self.0.key(key);
            Ok(())
        }))
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), EncodeError> {
        self.0.value(value)
    }

    /// The whole entry at once, so that a problem names the key.
    fn serialize_entry<K: ?Sized + Serialize, V: ?Sized + Serialize>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), EncodeError> {
        key.serialize(KeySerializer(&mut |key| self.0.field(key, value)))
    }

    fn end(self) -> Result<(), EncodeError> {
        self.0.finish()
    }
}
