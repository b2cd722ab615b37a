//! Values: the text of each type, in all locations.

use super::{Built, query, refusal, request, target};
use serde::{Serialize, Serializer};
use stackone::{
    JsonText, Patch, Timestamp,
    chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc},
};
use std::{borrow::Cow, collections::BTreeMap, net::Ipv4Addr};

/// The query of an operation with one parameter.
macro_rules! one {
    ($ty:ty = $value:expr) => {
        query(&request!("GET" "/", #[query] v: $ty = $value))
    };
}

#[test]
fn scalars_have_their_serde_form() {
    assert_eq!(one!(u64 = u64::MAX), "v=18446744073709551615");
    assert_eq!(one!(i64 = i64::MIN), "v=-9223372036854775808");
    assert_eq!(one!(u128 = u128::MAX), "v=340282366920938463463374607431768211455");
    assert_eq!(one!(i128 = i128::MIN), "v=-170141183460469231731687303715884105728");
    assert_eq!(one!(char = 'é'), "v=%C3%A9");
    assert_eq!(one!(bool = true), "v=true");
    assert_eq!(one!(Cow<'static, str> = "a b"), "v=a%20b");
    assert_eq!(one!(Box<str> = "a"), "v=a");
    assert_eq!(one!(Ipv4Addr = [127, 0, 0, 1]), "v=127.0.0.1");
    assert_eq!(one!(Option<Box<u8>> = Box::new(1)), "v=1");
    assert_eq!(one!(() = ()), "");
}

#[test]
fn floats_have_the_ecmascript_form() {
    for (value, expected) in [
        (1.0, "1"),
        (-0.0, "0"),
        (-0.5, "-0.5"),
        (12.5, "12.5"),
        (1e20, "100000000000000000000"),
        (1e21, "1e%2B21"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (9_007_199_254_740_991.0, "9007199254740991"),
        (f64::MAX, "1.7976931348623157e%2B308"),
        (5e-324, "5e-324"),
    ] {
        assert_eq!(one!(f64 = value), format!("v={expected}"));
    }
    assert_eq!(one!(f32 = 0.1_f32), "v=0.1");
    assert_eq!(one!(f32 = 16_777_216.0_f32), "v=16777216");
    assert_eq!(target(&request!("GET" "/{v}", #[path] v: f64 = 1e21)), "/1e%2B21");
    let header = request!("GET" "/", #[header] v: f64 = 1e21).unwrap();
    assert_eq!(header.headers()["v"], "1e+21");
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Sort {
    NameUp,
    #[serde(rename = "é")]
    Odd,
}

#[derive(Serialize)]
struct Newtype<T>(T);

#[derive(Serialize)]
#[serde(transparent)]
struct Transparent {
    inner: Sort,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Either {
    Number(i8),
    List(Vec<bool>),
}

#[test]
fn enums_have_their_serde_names_and_newtypes_their_content() {
    assert_eq!(one!(Sort = Sort::NameUp), "v=name-up");
    assert_eq!(one!(Newtype<Newtype<Sort>> = Newtype(Newtype(Sort::Odd))), "v=%C3%A9");
    assert_eq!(one!(Transparent = Transparent { inner: Sort::NameUp }), "v=name-up");
    assert_eq!(one!(Either = Either::Number(-1)), "v=-1");
    assert_eq!(one!(Either = Either::List(vec![true, false])), "v=true&v=false");
    assert_eq!(one!(BTreeMap<char, u8> = [('k', 1)]), "k=1");
}

#[test]
fn an_open_enum_sends_unknown_values_unchanged() {
    stackone::open_enum!(
        enum Status {
            Known = "known",
            // `FromStr` has a type of this name.
            Err = "err",
        }
    );
    assert_eq!(one!(Status = Status::Known), "v=known");
    assert_eq!("err".parse(), Ok(Status::Err));
    assert_eq!(one!(Status = "on hold"), "v=on%20hold");
}

#[test]
fn variants_with_data_and_bytes_are_refused() {
    #[derive(Serialize)]
    enum Shape {
        Newtype(u8),
        Tuple(u8, u8),
        Struct { a: u8 },
    }
    struct Raw;
    impl Serialize for Raw {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(b"x")
        }
    }
    for shape in [Shape::Newtype(1), Shape::Tuple(1, 2), Shape::Struct { a: 1 }] {
        assert!(refusal(request!("GET" "/", #[query] v: Shape = shape)).contains("`v` (query parameter) "));
    }
    assert!(refusal(request!("GET" "/", #[header] v: Raw = Raw)).contains("bytes"));
}

#[test]
fn a_patch_without_a_value_sends_no_parameter() {
    assert_eq!(one!(Patch<u8> = Patch::Absent), "");
    assert_eq!(one!(Patch<u8> = Patch::Null), "");
    assert_eq!(one!(Patch<u8> = 1), "v=1");
    assert_eq!(one!(Vec<Patch<u8>> = [Patch::Absent, Patch::Null, Patch::Value(1)]), "v=1");
    let deep = [("a", Patch::Absent), ("b", Patch::Value(1))];
    let built = request!("GET" "/", #[query(style = "deepObject")] v: BTreeMap<&'static str, Patch<u8>> = deep);
    assert_eq!(query(&built), "v%5Bb%5D=1");
}

#[test]
fn a_json_text_is_the_same_document_everywhere() {
    let document = BTreeMap::from([("a", vec!["é, \"b\"\n"]), ("c", vec![])]);
    let [path, query, header, body] = everywhere(&JsonText(document));
    assert_eq!(header, r#"{"a":["\u00e9, \"b\"\n"],"c":[]}"#);
    assert_eq!(path, "%7B%22a%22%3A%5B%22%5Cu00e9%2C%20%5C%22b%5C%22%5Cn%22%5D%2C%22c%22%3A%5B%5D%7D");
    assert_eq!(query, path);
    assert_eq!(serde_json::from_str::<String>(&format!("\"{body}\"")).unwrap(), header);

    assert_eq!(one!(JsonText<&'static str> = "a"), "v=%22a%22");
    assert_eq!(one!(JsonText<Option<u8>> = JsonText(None)), "v=null");
    assert_eq!(one!(Vec<JsonText<Vec<u8>>> = [JsonText(vec![1]), JsonText(vec![])]), "v=%5B1%5D&v=%5B%5D");
    let form = BTreeMap::from([("a", JsonText([1_u8]))]);
    let form = request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded")] v: BTreeMap<&'static str, JsonText<[u8; 1]>> = form);
    assert_eq!(form.unwrap().body(), "a=%5B1%5D");
    let cookie = request!("GET" "/", #[cookie] v: JsonText<u8> = 1);
    assert_eq!(cookie.unwrap().headers()["cookie"], "v=1");
    assert!(refusal(request!("GET" "/", #[cookie] v: JsonText<[u8; 2]> = [1, 2])).contains("a comma"));
    let refused = refusal(request!("GET" "/", #[header] v: JsonText<Vec<f32>> = vec![f32::INFINITY]));
    assert!(refused.contains("`v`") && refused.contains("(at [0]) is not a finite number"), "{refused}");
}

fn everywhere<T: Serialize + Clone>(value: &T) -> [String; 4] {
    #[stackone::stackone_operation(method = "POST", path = "/{p}")]
    struct Everywhere<T: Serialize> {
        #[path]
        p: T,
        #[query]
        q: T,
        #[header]
        h: T,
        #[body]
        b: T,
    }
    let text = |built: Built, name: &str| built.unwrap().headers()[name].to_str().unwrap().to_owned();
    let request =
        || Everywhere { p: value.clone(), q: value.clone(), h: value.clone(), b: value.clone() }.into_http_request();
    let body = String::from_utf8(request().unwrap().body().to_vec()).unwrap();
    let target = target(&request());
    let (path, query) = target.split_once('?').unwrap();
    [path[1..].to_owned(), query[2..].to_owned(), text(request(), "h"), body.trim_matches('"').to_owned()]
}

#[test]
fn timestamps_have_three_decimals_everywhere() {
    let instant = Utc.with_ymd_and_hms(2021, 7, 21, 14, 0, 0).unwrap();
    let [path, query, header, body] = everywhere(&Timestamp::from(instant));
    assert_eq!(path, "2021-07-21T14%3A00%3A00.000Z");
    assert_eq!(query, path);
    assert_eq!(header, "2021-07-21T14:00:00.000Z");
    assert_eq!(body, header);
    // A field of type `Timestamp` can be set to a `DateTime` of chrono.
    assert_eq!(one!(Timestamp = instant), "v=2021-07-21T14%3A00%3A00.000Z");
    assert!(refusal(request!("GET" "/", #[query] v: Timestamp = DateTime::<Utc>::MAX_UTC)).contains("0 and 9999"));
}

#[test]
fn other_times_have_the_format_of_chrono() {
    let instant = Utc.with_ymd_and_hms(2021, 7, 21, 14, 0, 0).unwrap();
    assert_eq!(everywhere(&instant)[2], "2021-07-21T14:00:00Z");
    let offset = DateTime::parse_from_rfc3339("2021-07-21T14:00:00.5+02:00").unwrap();
    assert_eq!(everywhere(&offset)[1], "2021-07-21T14%3A00%3A00.500%2B02%3A00");
    assert_eq!(one!(NaiveDate = NaiveDate::from_ymd_opt(2021, 7, 1).unwrap()), "v=2021-07-01");
    assert_eq!(one!(NaiveTime = NaiveTime::from_hms_opt(9, 5, 0).unwrap()), "v=09%3A05%3A00");
}

/// A request can borrow all of its values.
#[test]
fn values_can_be_borrowed() {
    #[stackone::stackone_operation(method = "POST", path = "/{id}")]
    struct Borrowed<'a> {
        #[path]
        id: &'a str,
        #[query]
        tags: &'a [&'a str],
        #[body]
        body: Cow<'a, str>,
    }
    let (id, tags) = ("a b".to_owned(), ["x"]);
    let request = Borrowed::builder().id(&*id).tags(&tags[..]).body("b").build().into_http_request().unwrap();
    assert_eq!(request.uri(), "/a%20b?tags=x");
}

/// While a value is serialized, it may build another request, or fail. Neither affects the next request.
#[test]
fn a_request_built_inside_another_does_not_affect_it() {
    struct Signed(bool);
    impl Serialize for Signed {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let inner =
                request!("POST" "/inner", #[query] q: u8 = 1, #[header] h: u8 = 2, #[body] b: &'static str = "x");
            if !self.0 {
                return Err(serde::ser::Error::custom("no key"));
            }
            serializer.serialize_str(&inner.map_err(serde::ser::Error::custom)?.uri().to_string())
        }
    }
    let built = |ok: bool| {
        request!("POST" "/{p}",
            #[path] p: Signed = Signed(true),
            #[query] q: Signed = Signed(true),
            #[header] h: Signed = Signed(ok),
            #[body] b: Signed = Signed(true),
        )
    };
    for _ in 0..2 {
        assert!(refusal(built(false)).contains("no key"));
        let request = built(true).unwrap();
        assert_eq!(request.uri(), "/%2Finner%3Fq%3D1?q=%2Finner%3Fq%3D1");
        assert_eq!(request.headers()["h"], "/inner?q=1");
        assert_eq!(request.body(), "\"/inner?q=1\"");
    }
}

/// `serde_json` serializes a number of any precision as a struct with this name.
#[test]
fn a_number_of_any_precision_is_sent_unchanged() {
    #[derive(Serialize)]
    #[serde(rename = "$serde_json::private::Number")]
    struct Precise {
        #[serde(rename = "$serde_json::private::Number")]
        text: &'static str,
    }
    let digits = "12345678901234567890.12345678901234567890";
    assert_eq!(one!(Vec<Precise> = [Precise { text: digits }]), format!("v={digits}"));
    let deep =
        request!("GET" "/", #[query(style = "deepObject")] v: BTreeMap<u8, Precise> = [(1, Precise { text: digits })]);
    assert_eq!(query(&deep), format!("v%5B1%5D={digits}"));
}
