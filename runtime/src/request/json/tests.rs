use super::*;
use crate::Patch;
use serde::{Serialize, Serializer};
use serde_json::json;
use std::{collections::BTreeMap, fmt::Display};

fn json<T: ?Sized + Serialize>(value: &T) -> Result<String, String> {
    let mut out = Vec::new();
    value.write(&mut out).map_err(|error| error.to_string())?;
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
fn every_value_is_written_as_serde_json_writes_it() {
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
fn absent_fields_are_left_out() {
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
    let error = json(&outer).unwrap_err();
    assert!(error.starts_with("(at .items[1].x) is not a finite number"), "{error}");
}

#[test]
fn the_text_of_a_display_is_escaped() {
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
    let error = json(&[Shown("", false)]).unwrap_err();
    assert!(error.starts_with("(at [0]) cannot be serialized"), "{error}");
}

/// The struct by which `serde_json` passes on a number of any precision, and raw JSON.
#[derive(Serialize)]
#[serde(rename = "$serde_json::private::Number")]
struct Precise<'a> {
    #[serde(rename = "$serde_json::private::Number")]
    text: &'a str,
}

#[test]
fn a_number_of_any_precision_is_not_changed() {
    let digits = "123456789012345678901234567890.12345";
    assert_eq!(json(&[Precise { text: digits }]).unwrap(), format!("[{digits}]"));
    assert_eq!(json(&BTreeMap::from([("k", Precise { text: "1e400" })])).unwrap(), r#"{"k":1e400}"#);
}

#[test]
fn every_string_is_escaped_as_serde_json_escapes_it() {
    // Miri is slow.
    let longest = if cfg!(miri) { 10 } else { 50 };
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
