//! The JSON of a body.
//!
//! `serde_json` writes the floats; the rest is here for the two things it cannot do: leave out an absent
//! [`Patch`](crate::Patch) together with its key, and refuse a number that is not finite where it would write `null`.

mod compound;
mod text;

use super::EncodeError;
use crate::patch::ABSENT;
use compound::Compound;
use serde::ser::{Serialize, Serializer};
use std::fmt::Display;

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
    note = "add `#[derive(serde::Serialize)]` to `{Self}`, or the bound `serde::Serialize` if it is a type parameter",
    note = "for a body that is not JSON, write `#[body(content_type = \"...\")]`"
)]
pub trait JsonBody {
    /// Appends its JSON.
    ///
    /// # Errors
    ///
    /// What JSON cannot say, or what the value's own `Serialize` refuses.
    fn write(&self, out: &mut Vec<u8>) -> Result<(), EncodeError>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> JsonBody for T {
    fn write(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
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
    const fn new(close: &'static [u8]) -> Self {
        Self { empty: true, close, index: 0 }
    }

    pub(super) fn list(out: &mut Vec<u8>) -> Self {
        out.push(b'[');
        Self::new(b"]")
    }

    pub(super) fn object(out: &mut Vec<u8>) -> Self {
        out.push(b'{');
        Self::new(b"}")
    }

    fn separate(&mut self, out: &mut Vec<u8>) {
        if !self.empty {
            out.push(b',');
        }
        self.empty = false;
    }

    pub(super) fn key(&mut self, out: &mut Vec<u8>, name: &str) {
        self.separate(out);
        text::write_key(out, name);
    }

    pub(super) fn item<T: ?Sized + Serialize>(&mut self, out: &mut Vec<u8>, value: &T) -> Result<(), EncodeError> {
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
    ) -> Result<(), EncodeError> {
        value.serialize(JsonSerializer { out, key: Some(Key { name, frame: self }) }).map_err(|p| p.under(name))
    }

    pub(super) fn close(self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.close);
    }
}

impl<'a> JsonSerializer<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, key: None }
    }

    /// The value is there: its key goes first.
    fn begin(self) -> &'a mut Vec<u8> {
        if let Some(Key { name, frame }) = self.key {
            frame.key(self.out, name);
        }
        self.out
    }

    #[expect(clippy::unnecessary_wraps, reason = "the end of every scalar's method")]
    fn raw(self, text: &[u8]) -> Result<(), EncodeError> {
        self.begin().extend_from_slice(text);
        Ok(())
    }

    fn float<T: Serialize>(self, value: T, finite: bool) -> Result<(), EncodeError> {
        if !finite {
            return Err(EncodeError::not_finite());
        }
        serde_json::to_writer(self.begin(), &value)
            .map_err(|error| EncodeError::new(format!("cannot be written as JSON: {error}")))
    }

    #[expect(clippy::unnecessary_wraps, reason = "the end of every compound's method")]
    fn compound(self, open: fn(&mut Vec<u8>) -> Frame) -> Result<Compound<'a>, EncodeError> {
        let out = self.begin();
        let frame = open(out);
        Ok(Compound { frame, out })
    }

    /// `{"Variant":` and what comes after it; serde's externally tagged form.
    fn variant(self, variant: &'static str) -> &'a mut Vec<u8> {
        let out = self.begin();
        Frame::object(out).key(out, variant);
        out
    }
}

macro_rules! integers {
    ($($method:ident($type:ty))*) => {$(
        fn $method(self, value: $type) -> Result<(), EncodeError> {
            self.raw(itoa::Buffer::new().format(value).as_bytes())
        }
    )*};
}

impl<'a> Serializer for JsonSerializer<'a> {
    type Ok = ();
    type Error = EncodeError;
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

    fn serialize_bool(self, value: bool) -> Result<(), EncodeError> {
        self.raw(if value { b"true" } else { b"false" })
    }

    fn serialize_f32(self, value: f32) -> Result<(), EncodeError> {
        self.float(value, value.is_finite())
    }

    fn serialize_f64(self, value: f64) -> Result<(), EncodeError> {
        self.float(value, value.is_finite())
    }

    fn serialize_char(self, value: char) -> Result<(), EncodeError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), EncodeError> {
        text::write(self.begin(), value);
        Ok(())
    }

    fn collect_str<T: ?Sized + Display>(self, value: &T) -> Result<(), EncodeError> {
        text::display(self.begin(), format_args!("{value}"))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), EncodeError> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), EncodeError> {
        self.raw(b"null")
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), EncodeError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), EncodeError> {
        self.raw(b"null")
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<(), EncodeError> {
        match self.key {
            _ if name != ABSENT => self.raw(b"null"),
            Some(_) => Ok(()),
            None => Err(EncodeError::new(
                "is an absent `Patch`, and only the field of an object can be left out; for null there is `Patch::Null`",
            )),
        }
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), EncodeError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<(), EncodeError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        let out = self.variant(variant);
        value.serialize(JsonSerializer::new(out)).map_err(|problem| problem.under(variant))?;
        out.push(b'}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'a>, EncodeError> {
        self.compound(Frame::list)
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'a>, EncodeError> {
        self.compound(Frame::list)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound<'a>, EncodeError> {
        self.compound(Frame::list)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'a>, EncodeError> {
        let out = self.variant(variant);
        out.push(b'[');
        Ok(Compound { frame: Frame::new(b"]}"), out })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'a>, EncodeError> {
        self.compound(Frame::object)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Compound<'a>, EncodeError> {
        if is_verbatim(name) {
            return Ok(Compound { frame: Frame::new(b""), out: self.begin() });
        }
        self.compound(Frame::object)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'a>, EncodeError> {
        let out = self.variant(variant);
        out.push(b'{');
        Ok(Compound { frame: Frame::new(b"}}"), out })
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

    #[test]
    fn what_display_writes_is_escaped_piece_by_piece() {
        struct Shown<'a>(&'a str, bool);
        impl Display for Shown<'_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "<{}>\ta longer piece of text", self.0)?;
                if self.1 { Ok(()) } else { Err(std::fmt::Error) }
            }
        }
        impl Serialize for Shown<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        let shown = BTreeMap::from([("k", Shown("\"quoted\"", true))]);
        assert_eq!(json(&shown).unwrap(), serde_json::to_string(&shown).unwrap());
        let problem = json(&[Shown("", false)]).unwrap_err();
        assert!(problem.starts_with("(at [0]) cannot be serialized"), "{problem}");
    }

    /// What `serde_json` hands over for a number of any precision, and for raw JSON.
    #[derive(Serialize)]
    #[serde(rename = "$serde_json::private::Number")]
    struct Precise<'a> {
        #[serde(rename = "$serde_json::private::Number")]
        text: &'a str,
    }

    #[test]
    fn a_number_of_any_precision_is_written_as_it_is() {
        let digits = "123456789012345678901234567890.12345";
        assert_eq!(json(&[Precise { text: digits }]).unwrap(), format!("[{digits}]"));
        assert_eq!(json(&BTreeMap::from([("k", Precise { text: "1e400" })])).unwrap(), r#"{"k":1e400}"#);
    }

    #[test]
    fn strings_of_every_length_and_byte_are_written_as_serde_json_does() {
        // Blocks are of 8 and 16 bytes; Miri is given time for no more than one of each.
        let longest = if cfg!(miri) { 18 } else { 50 };
        for length in 0..longest {
            for at in 0..length {
                for special in ["\"", "\\", "\0", "\u{1f}", "\n", "\u{7f}", "é"] {
                    let mut text = "x".repeat(length);
                    text.replace_range(at..=at, special);
                    assert_eq!(json(&text).unwrap(), serde_json::to_string(&text).unwrap());
                }
            }
        }
        let controls: String = ('\0'..=' ').collect();
        assert_eq!(json(&controls).unwrap(), serde_json::to_string(&controls).unwrap());
    }
}
