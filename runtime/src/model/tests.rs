use crate::{
    Base64, Patch, Timestamp,
    model::{Json, JsonObject, Unexpected},
};
use serde_json::{from_str, json, to_string};
use std::collections::BTreeMap;

#[derive(Clone, Default)]
struct Team {
    name: Option<String>,
    lead: Option<Box<Team>>,
    unexpected: Unexpected,
}

crate::model! { Team { name: "name", lead: "lead" } }

crate::string_enum! { enum Color { Red = "red", Blue = "blue" } }

#[derive(Clone, Default)]
struct User {
    id: Option<String>,
    hired_at: Option<Timestamp>,
    age: Option<i64>,
    score: Option<f64>,
    active: Option<bool>,
    tags: Option<Vec<String>>,
    teams: Option<Vec<Team>>,
    color: Option<Color>,
    raw: Option<Json>,
    custom: Option<JsonObject>,
    counts: Option<BTreeMap<String, i32>>,
    unexpected: Unexpected,
}

crate::model! { User {
    id: "id", hired_at: "hired_at", age: "age", score: "score", active: "active", tags: "tags", teams: "teams",
    color: "color", raw: "raw", custom: "custom", counts: "counts",
} }

#[derive(Clone)]
struct Change {
    name: String,
    manager: Patch<String>,
    tags: Option<Vec<String>>,
    unexpected: Unexpected,
}

crate::model! { Change new(name: "name") { name: "name", manager: "manager", tags: "tags" } }

crate::one_of! {
    enum Shape by "kind" {
        0 Team(Team) Object ["team"] ["lead"],
        1 User(User) Object ["user"] ["id"],
        2 Name(String) Text [] [],
        3 Names(Vec<String>) List [] [],
    }
}

const FULL: &str = r#"{"id":"1","hired_at":"2021-07-21T14:00:00.000Z","age":-3,"score":2.5,"active":true,"tags":["a","b"],"teams":[{"name":"x","lead":{"name":"y"}}],"color":"blue","raw":[1,null],"custom":{"k":{"l":null}},"counts":{"n":1}}"#;

#[test]
fn all_fields_are_read_and_written_back() {
    let user: User = from_str(FULL).unwrap();
    assert_eq!(user.teams.as_ref().unwrap()[0].lead.as_ref().unwrap().name.as_deref(), Some("y"));
    assert_eq!(user.color, Some(Color::Blue));
    assert!(user.unexpected.is_empty());
    assert_eq!(to_string(&user).unwrap(), FULL);
    assert_eq!(user, user.clone());
    assert_ne!(user, User { age: Some(4), ..user.clone() });
}

#[test]
fn unknown_fields_and_nulls_are_skipped() {
    let user: User = from_str(r#"{"new":{"a":[1]},"age":7,"id":null,"teams":null,"raw":null,"zzz":0}"#).unwrap();
    assert_eq!(user, User { age: Some(7), ..User::default() });
    assert_eq!(to_string(&user).unwrap(), r#"{"age":7}"#);
}

#[test]
fn a_scalar_of_another_kind_is_kept_as_it_arrived() {
    let text = json!({
        "id": 5, "hired_at": "yesterday", "age": "7", "score": "2.5", "active": "true",
        "tags": [null, "a", 3, "b"], "teams": [null, {"name": 1}], "color": 4, "counts": {"a/b": "x", "n": 1},
    });
    let user: User = from_str(&text.to_string()).unwrap();
    assert_eq!(user.tags.as_deref(), Some(&["a".to_owned(), "b".to_owned()][..]));
    assert_eq!(user.id, None);
    for (pointer, value) in [
        ("/id", json!(5)),
        ("/hired_at", json!("yesterday")),
        ("/age", json!("7")),
        ("/score", json!("2.5")),
        ("/active", json!("true")),
        ("/tags/0", json!(null)),
        ("/tags/2", json!(3)),
        ("/teams/0", json!(null)),
        ("/color", json!(4)),
        ("/counts/a~1b", json!("x")),
    ] {
        assert_eq!(user.unexpected.get(pointer), Some(&value), "{pointer}");
    }
    assert_eq!(user.teams.as_ref().unwrap()[0].unexpected.get("/name"), Some(&json!(1)));
    assert_eq!(serde_json::to_value(&user).unwrap(), text);
}

#[test]
fn an_unknown_value_of_an_enum_is_kept() {
    let user: User = from_str(r#"{"color":"green"}"#).unwrap();
    assert_eq!(user.color, Some(Color::Other("green".to_owned())));
}

#[test]
fn a_whole_number_may_have_decimals() {
    let user: User = from_str(r#"{"age":7.0,"score":3}"#).unwrap();
    assert_eq!((user.age, user.score), (Some(7), Some(3.0)));
}

#[test]
fn another_shape_is_an_error() {
    for (text, expected) in [
        (r#"{"teams":["x"]}"#, "invalid type: string \"x\", expected an object at line 1 column 13"),
        (r#"{"teams":{}}"#, "invalid type: map, expected a list"),
        (r#"{"id":{}}"#, "invalid type: map, expected a string"),
        (r#"{"id":[]}"#, "invalid type: sequence, expected a string"),
        (r#"{"custom":1}"#, "invalid type: integer `1`, expected an object"),
        ("[]", "invalid type: sequence, expected an object"),
        ("null", "invalid type: null, expected an object"),
        (r#"{"id":"#, "EOF while parsing"),
    ] {
        let error = from_str::<User>(text).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}

#[test]
fn a_struct_to_send_has_its_required_fields_and_keeps_null() {
    for text in [
        r#"{"name":"Ada"}"#,
        r#"{"name":"Ada","manager":null}"#,
        r#"{"name":"Ada","manager":"m","tags":["a"]}"#,
        r#"{"name":"Ada","tags":null}"#,
        r#"{"name":5,"manager":6}"#,
    ] {
        assert_eq!(to_string(&from_str::<Change>(text).unwrap()).unwrap(), text);
    }
    assert!(from_str::<Change>("{}").unwrap_err().to_string().contains("missing field `name`"));
    let mut change: Change = from_str(r#"{"name":"Ada","tags":null,"manager":1}"#).unwrap();
    change.tags = Some(vec![]);
    change.manager = Patch::Null;
    assert_eq!(to_string(&change).unwrap(), r#"{"name":"Ada","manager":null,"tags":[]}"#);
}

#[test]
fn debug_shows_the_fields_that_are_set() {
    let user: User = from_str(r#"{"id":"1","tags":["a"],"age":"x"}"#).unwrap();
    assert_eq!(format!("{user:?}"), r#"User { id: "1", tags: ["a"], unexpected: {"/age": String("x")} }"#);
}

#[test]
fn one_of_is_chosen_by_discriminator_then_by_field_then_by_kind() {
    let read = |text: &str| from_str::<Shape>(text).unwrap();
    assert!(matches!(read(r#"{"kind":"user","name":"x"}"#), Shape::User(_)));
    assert!(matches!(read(r#"{"id":"1"}"#), Shape::User(_)));
    assert!(matches!(read(r#"{"lead":{}}"#), Shape::Team(_)));
    assert!(matches!(read("{}"), Shape::Team(_)));
    assert_eq!(read(r#""x""#), Shape::Name("x".to_owned()));
    assert_eq!(read(r#"["x"]"#), Shape::Names(vec!["x".to_owned()]));
    assert_eq!(read(r#"{"kind":"new","a":1}"#), Shape::Other(json!({"kind": "new", "a": 1})));
    assert_eq!(to_string(&read(r#"{"kind":"new"}"#)).unwrap(), r#"{"kind":"new"}"#);
    assert_eq!(read("7"), Shape::Other(json!(7)));
    // No other type gets the fields of a type that cannot be read.
    assert_eq!(read(r#"{"lead":"x"}"#), Shape::Other(json!({"lead": "x"})));
}

#[derive(Clone, Default)]
struct Upload {
    content: Option<Base64>,
    unexpected: Unexpected,
}

crate::model! { Upload { content: "content" } }

#[test]
fn bytes_are_base64_text() {
    let read: Upload = from_str(r#"{"content":"aGVsbG8="}"#).unwrap();
    assert_eq!(read.content.as_deref(), Some(&b"hello"[..]));
    assert_eq!(to_string(&read).unwrap(), r#"{"content":"aGVsbG8="}"#);
    assert_eq!(format!("{read:?}"), "Upload { content: Base64(5 bytes) }");
}

#[test]
fn text_that_is_not_the_base64_of_its_bytes_is_kept() {
    for text in ["aGVsbG8", "not base64"] {
        let document = json!({"content": text}).to_string();
        let read: Upload = from_str(&document).unwrap();
        assert_eq!(read.content, None);
        assert_eq!(read.unexpected.get("/content"), Some(&json!(text)));
        assert_eq!(to_string(&read).unwrap(), document);
    }
}

#[derive(Clone, Default)]
struct Labels {
    name: Option<String>,
    tags: Option<Vec<String>>,
    more: BTreeMap<String, Team>,
    unexpected: Unexpected,
}

crate::model! { Labels { name: "name", tags: "tags", ..more } }

#[derive(Clone)]
struct NewLabels {
    name: String,
    note: Patch<String>,
    more: BTreeMap<String, i64>,
    unexpected: Unexpected,
}

crate::model! { NewLabels new(name: "name") { name: "name", note: "note", ..more } }

#[derive(Clone, Default)]
struct Sizes {
    more: BTreeMap<String, Vec<i64>>,
    unexpected: Unexpected,
}

crate::model! { Sizes { ..more } }

#[test]
fn further_fields_are_read_into_the_map_and_written_beside_the_others() {
    let text = r#"{"name":"a","tags":["x"],"a/b":{"name":"slash"},"lead":{"name":"l"}}"#;
    let labels: Labels = from_str(r#"{"lead":{"name":"l"},"name":"a","a/b":{"name":"slash"},"tags":["x"]}"#).unwrap();
    assert_eq!(labels.name.as_deref(), Some("a"));
    assert_eq!(labels.more["lead"].name.as_deref(), Some("l"));
    assert_eq!(to_string(&labels).unwrap(), text);
    assert!(from_str::<Labels>(text).unwrap() == labels);
    let mut other = labels.clone();
    other.more.remove("lead");
    assert!(other != labels);
    assert_eq!(format!("{other:?}"), r#"Labels { name: "a", tags: ["x"], a/b: {"name": "slash"} }"#);
    assert_eq!(to_string(&Labels::default()).unwrap(), "{}");
}

#[test]
fn a_further_field_of_a_sent_struct_is_none_of_the_declared_ones() {
    let mut labels: NewLabels = from_str(r#"{"size":3,"note":null,"name":"a"}"#).unwrap();
    assert_eq!(to_string(&labels).unwrap(), r#"{"name":"a","note":null,"size":3}"#);
    // Also if the declared field is not sent.
    labels.note = Patch::Absent;
    labels.more.insert("note".to_owned(), 1);
    let error = to_string(&labels).unwrap_err().to_string();
    assert_eq!(
        error,
        "the further field `note` has the name of a declared field; set the declared field, and remove this one"
    );
    let error = from_str::<NewLabels>(r#"{"size":3}"#).unwrap_err().to_string();
    assert!(error.contains("missing field `name`"), "{error}");
}

#[test]
fn odd_further_fields_are_kept_and_written_back() {
    let text = r#"{"name":1,"more":{"name":2,"lead":{"name":3}},"none":null}"#;
    let labels: Labels = from_str(text).unwrap();
    assert_eq!(labels.more["more"].unexpected.get("/name"), Some(&json!(2)));
    assert_eq!(labels.unexpected.get("/none"), Some(&Json::Null));
    assert!(labels.more.contains_key("more") && !labels.more.contains_key("none"));
    assert_eq!(to_string(&labels).unwrap(), text);
    let counts: NewLabels = from_str(r#"{"name":"a","b/c":"many","n":1}"#).unwrap();
    assert_eq!(counts.unexpected.get("/b~1c"), Some(&json!("many")));
    assert_eq!(to_string(&counts).unwrap(), r#"{"name":"a","n":1,"b/c":"many"}"#);
    let mut counts = counts;
    counts.more.insert("b/c".to_owned(), 2);
    assert_eq!(to_string(&counts).unwrap(), r#"{"name":"a","b/c":2,"n":1}"#);
    let text = r#"{"sizes":[1,"two",3],"none":[null]}"#;
    let sizes: Sizes = from_str(text).unwrap();
    assert_eq!(sizes.more["sizes"], [1, 3]);
    assert_eq!(sizes.unexpected.get("/sizes/1"), Some(&json!("two")));
    assert_eq!(to_string(&sizes).unwrap(), r#"{"none":[null],"sizes":[1,"two",3]}"#);
    // Another shape is an error, as in a declared field.
    let error = from_str::<Labels>(r#"{"more":"text"}"#).unwrap_err().to_string();
    assert!(error.contains("expected an object"), "{error}");
}
