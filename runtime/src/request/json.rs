//! The JSON of a body.
//!
//! `serde_json` writes the strings and numbers; the shell around them is here for the two things it cannot do: leave
//! out an absent [`Patch`](crate::Patch) together with its key, and refuse a number that is not finite where it would
//! write `null`.

use super::{Problem, key::KeySerializer};
use crate::patch::ABSENT;
use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// The struct names by which `serde_json` passes a number or a text through unchanged, if its features
/// `arbitrary_precision` and `raw_value` are on.
const VERBATIM: [&str; 2] = ["$serde_json::private::Number", "$serde_json::private::RawValue"];

/// Whether the struct is a text to be written as it is.
pub(super) fn is_verbatim(name: &str) -> bool {
    VERBATIM.contains(&name)
}

/// A value on its way into a JSON body.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a JSON body",
    label = "does not implement `serde::Serialize`",
    note = "add `#[derive(serde::Serialize)]` to `{Self}`",
    note = "for a body that is not JSON, write `#[body(content_type = \"...\")]`"
)]
pub trait Body {
    /// Appends its JSON.
    fn write(&self, out: &mut Vec<u8>) -> Result<(), Problem>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> Body for T {
    fn write(&self, out: &mut Vec<u8>) -> Result<(), Problem> {
        self.serialize(JsonSerializer::new(out))
    }
}

/// Writes one value, and its key before it if it has one and is not absent.
pub(super) struct JsonSerializer<'a> {
    out: &'a mut Vec<u8>,
    key: Option<Key<'a>>,
}

/// A key that is written once its value turns out to be there.
struct Key<'a> {
    name: &'a str,
    frame: &'a mut Frame,
}

/// A list or an object being written.
pub(super) struct Frame {
    empty: bool,
    close: &'static [u8],
    index: usize,
}

impl Frame {
    pub(super) fn list(out: &mut Vec<u8>) -> Self {
        out.push(b'[');
        Self { empty: true, close: b"]", index: 0 }
    }

    pub(super) fn object(out: &mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { empty: true, close: b"}", index: 0 }
    }

    fn separate(&mut self, out: &mut Vec<u8>) {
        if !self.empty {
            out.push(b',');
        }
        self.empty = false;
    }

    pub(super) fn key(&mut self, out: &mut Vec<u8>, name: &str) -> Result<(), Problem> {
        self.separate(out);
        write(out, name)?;
        out.push(b':');
        Ok(())
    }

    pub(super) fn item<T: ?Sized + Serialize>(&mut self, out: &mut Vec<u8>, value: &T) -> Result<(), Problem> {
        self.separate(out);
        let index = self.index;
        self.index += 1;
        value.serialize(JsonSerializer::new(out)).map_err(|problem| problem.at(index))
    }

    pub(super) fn field<T: ?Sized + Serialize>(
        &mut self,
        out: &mut Vec<u8>,
        name: &str,
        value: &T,
    ) -> Result<(), Problem> {
        value.serialize(JsonSerializer { out, key: Some(Key { name, frame: self }) }).map_err(|p| p.under(name))
    }

    pub(super) fn close(self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.close);
    }
}

/// Writes a string or a number the way `serde_json` does.
fn write<T: ?Sized + Serialize>(out: &mut Vec<u8>, value: &T) -> Result<(), Problem> {
    serde_json::to_writer(out, value).map_err(|error| Problem::new(format!("cannot be written as JSON: {error}")))
}

impl<'a> JsonSerializer<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, key: None }
    }

    /// The value is there: its key goes first.
    fn begin(self) -> Result<&'a mut Vec<u8>, Problem> {
        if let Some(Key { name, frame }) = self.key {
            frame.key(self.out, name)?;
        }
        Ok(self.out)
    }

    fn raw(self, text: &[u8]) -> Result<(), Problem> {
        self.begin()?.extend_from_slice(text);
        Ok(())
    }

    fn compound(self, open: fn(&mut Vec<u8>) -> Frame) -> Result<Compound<'a>, Problem> {
        let out = self.begin()?;
        let frame = open(out);
        Ok(Compound { frame, out, outer: b"" })
    }

    /// `{"Variant":` and then the list or object; `serde`'s externally tagged form.
    fn variant(self, variant: &'static str, open: fn(&mut Vec<u8>) -> Frame) -> Result<Compound<'a>, Problem> {
        let out = self.begin()?;
        Frame::object(out).key(out, variant)?;
        let frame = open(out);
        Ok(Compound { frame, out, outer: b"}" })
    }
}

macro_rules! integers {
    ($($method:ident($type:ty))*) => {$(
        fn $method(self, value: $type) -> Result<(), Problem> {
            self.raw(itoa::Buffer::new().format(value).as_bytes())
        }
    )*};
}

impl<'a> Serializer for JsonSerializer<'a> {
    type Ok = ();
    type Error = Problem;
    type SerializeSeq = Compound<'a>;
    type SerializeTuple = Compound<'a>;
    type SerializeTupleStruct = Compound<'a>;
    type SerializeTupleVariant = Compound<'a>;
    type SerializeMap = Compound<'a>;
    type SerializeStruct = Compound<'a>;
    type SerializeStructVariant = Compound<'a>;

    integers! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
    }

    fn serialize_bool(self, value: bool) -> Result<(), Problem> {
        self.raw(if value { b"true" } else { b"false" })
    }

    fn serialize_f32(self, value: f32) -> Result<(), Problem> {
        if !value.is_finite() {
            return Err(Problem::not_finite());
        }
        write(self.begin()?, &value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Problem> {
        if !value.is_finite() {
            return Err(Problem::not_finite());
        }
        write(self.begin()?, &value)
    }

    fn serialize_char(self, value: char) -> Result<(), Problem> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Problem> {
        write(self.begin()?, value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Problem> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), Problem> {
        self.raw(b"null")
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Problem> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Problem> {
        self.raw(b"null")
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<(), Problem> {
        match self.key {
            Some(_) if name == ABSENT => Ok(()),
            _ => self.raw(b"null"),
        }
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Problem> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<(), Problem> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Problem> {
        let mut object = self.compound(Frame::object)?;
        object.frame.field(object.out, variant, value)?;
        object.finish()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'a>, Problem> {
        self.compound(Frame::list)
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'a>, Problem> {
        self.compound(Frame::list)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound<'a>, Problem> {
        self.compound(Frame::list)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'a>, Problem> {
        self.variant(variant, Frame::list)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'a>, Problem> {
        self.compound(Frame::object)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Compound<'a>, Problem> {
        if is_verbatim(name) {
            self.compound(|_| Frame { empty: true, close: b"", index: 0 })
        } else {
            self.compound(Frame::object)
        }
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'a>, Problem> {
        self.variant(variant, Frame::object)
    }
}

/// A list or an object, and what closes the variant around it.
pub(super) struct Compound<'a> {
    frame: Frame,
    out: &'a mut Vec<u8>,
    outer: &'static [u8],
}

impl Compound<'_> {
    fn field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), Problem> {
        if is_verbatim(name) {
            return value.serialize(KeySerializer(&mut |text| self.out.extend_from_slice(text.as_bytes())));
        }
        self.frame.field(self.out, name, value)
    }

    #[expect(clippy::unnecessary_wraps, reason = "the end of every compound serializer")]
    fn finish(self) -> Result<(), Problem> {
        self.frame.close(self.out);
        self.out.extend_from_slice(self.outer);
        Ok(())
    }
}

macro_rules! lists {
    ($($trait:ident::$method:ident)*) => {$(
        impl $trait for Compound<'_> {
            type Ok = ();
            type Error = Problem;

            fn $method<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Problem> {
                self.frame.item(self.out, value)
            }

            fn end(self) -> Result<(), Problem> {
                self.finish()
            }
        }
    )*};
}

lists! {
    SerializeSeq::serialize_element
    SerializeTuple::serialize_element
    SerializeTupleStruct::serialize_field
    SerializeTupleVariant::serialize_field
}

macro_rules! objects {
    ($($trait:ident)*) => {$(
        impl $trait for Compound<'_> {
            type Ok = ();
            type Error = Problem;

            fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), Problem> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Problem> {
                self.finish()
            }
        }
    )*};
}

objects! { SerializeStruct SerializeStructVariant }

impl SerializeMap for Compound<'_> {
    type Ok = ();
    type Error = Problem;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Problem> {
        let mut written = Ok(());
        key.serialize(KeySerializer(&mut |name| written = self.frame.key(self.out, name)))?;
        written
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Problem> {
        value.serialize(JsonSerializer::new(self.out))
    }

    /// The whole entry at once: an absent value takes its key with it, and a problem names the key.
    fn serialize_entry<K: ?Sized + Serialize, V: ?Sized + Serialize>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), Problem> {
        let mut written = Ok(());
        let (out, frame) = (&mut *self.out, &mut self.frame);
        key.serialize(KeySerializer(&mut |name| written = frame.field(out, name, value)))?;
        written
    }

    fn end(self) -> Result<(), Problem> {
        self.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Patch;
    use serde::Serialize;
    use serde_json::json;
    use std::collections::BTreeMap;

    fn json<T: ?Sized + Serialize>(value: &T) -> Result<String, String> {
        let mut out = Vec::new();
        value.write(&mut out).map_err(|problem| problem.to_string())?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[derive(Serialize)]
    enum Shape {
        Unit,
        Newtype(u8),
        Tuple(u8, char),
        Struct { a: u8, b: Option<bool> },
    }

    #[derive(Serialize)]
    struct Everything<'a> {
        text: &'a str,
        number: f64,
        small: f32,
        big: u128,
        unit: (),
        shapes: Vec<Shape>,
        map: BTreeMap<i8, (u8, bool)>,
        value: serde_json::Value,
        #[serde(flatten)]
        more: BTreeMap<&'a str, u8>,
    }

    #[test]
    fn every_kind_of_value_is_written_as_serde_json_does() {
        let value = Everything {
            text: "a\"\\\n\u{1}é😀",
            number: 2.5,
            small: 0.1,
            big: u128::MAX,
            unit: (),
            shapes: vec![Shape::Unit, Shape::Newtype(1), Shape::Tuple(2, 'x'), Shape::Struct { a: 3, b: None }],
            map: BTreeMap::from([(-1, (1, true)), (2, (3, false))]),
            value: json!({"deep": [null, 1e21, {"x": []}], "empty": {}}),
            more: BTreeMap::from([("k", 1)]),
        };
        assert_eq!(json(&value).unwrap(), serde_json::to_string(&value).unwrap());
    }

    #[test]
    fn absent_fields_leave_no_trace() {
        #[derive(Serialize)]
        struct Changes {
            a: Patch<u8>,
            b: Patch<u8>,
            c: Patch<u8>,
            d: BTreeMap<&'static str, Patch<u8>>,
        }
        let d = BTreeMap::from([("x", Patch::Absent), ("y", Patch::Null)]);
        let changes = Changes { a: Patch::Absent, b: Patch::Null, c: Patch::Value(1), d };
        assert_eq!(json(&changes).unwrap(), r#"{"b":null,"c":1,"d":{"y":null}}"#);
    }

    #[test]
    fn a_number_that_is_not_finite_is_refused_with_its_path() {
        #[derive(Serialize)]
        struct Outer {
            items: Vec<BTreeMap<&'static str, f64>>,
        }
        let outer = Outer { items: vec![BTreeMap::new(), BTreeMap::from([("x", f64::NAN)])] };
        let problem = json(&outer).unwrap_err();
        assert!(problem.starts_with("(at .items[1].x) is not a finite number"), "{problem}");
    }
}
