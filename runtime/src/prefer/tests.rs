use super::*;
use http::{HeaderMap, HeaderName};

/// A preference's name, its value, and its parameters with theirs.
type Expected<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

fn headers(name: &'static str, values: &[&str]) -> HeaderMap {
    values.iter().map(|value| (HeaderName::from_static(name), value.parse().unwrap())).collect()
}

#[track_caller]
fn assert_preferences(prefer: &Prefer, expected: &[Expected<'_>]) {
    let found: Vec<_> =
        prefer.iter().map(|item| (item.name(), item.value(), item.parameters().collect::<Vec<_>>())).collect();
    let expected: Vec<_> = expected.iter().map(|(name, value, more)| (*name, *value, more.to_vec())).collect();
    assert_eq!(found, expected);
}

/// StackOne's own client test vectors, and the examples of RFC 7240.
#[test]
fn the_vectors_are_parsed() {
    assert_preferences(&"foo=\"\"; bar".parse().unwrap(), &[("foo", "", &[("bar", "")])]);
    assert_preferences(
        &"handling=lenient, wait=100, respond-async".parse().unwrap(),
        &[("handling", "lenient", &[]), ("wait", "100", &[]), ("respond-async", "", &[])],
    );
    let applied = Prefer::applied(&headers("preference-applied", &["return=representation"]));
    assert_preferences(&applied, &[("return", "representation", &[])]);
    let applied = Prefer::applied(&headers("preference-applied", &["heartbeat"]));
    assert_preferences(&applied, &[("heartbeat", "", &[])]);
}

#[test]
fn a_list_is_written_as_it_was_parsed() {
    for text in ["heartbeat", "heartbeat, wait=10; foo=\"b a r\"", "foo; bar=1; baz", r#"a="q\"uo\\te""#, "a=\"x,y;z\""]
    {
        assert_eq!(text.parse::<Prefer>().unwrap().to_string(), text);
        let json = serde_json::to_string(&text.parse::<Prefer>().unwrap()).unwrap();
        assert_eq!(serde_json::from_str::<Prefer>(&json).unwrap().to_string(), text);
    }
    let built = Prefer::heartbeat()
        .with(Preference::new("wait").unwrap().with_value("10").unwrap().with_parameter("foo", "b a r").unwrap());
    assert_eq!(built.to_string(), "heartbeat, wait=10; foo=\"b a r\"");
}

#[test]
fn no_preference_is_no_value() {
    assert_eq!(serde_json::to_string(&Prefer::default()).unwrap(), "null");
    for json in ["null", "\"\"", "\" , \""] {
        assert!(serde_json::from_str::<Prefer>(json).unwrap().is_empty(), "{json}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_parsed_list_is_written_and_parsed_again(text in "[aB=;, \"\\\\\t]{0,24}") {
        if let Ok(prefer) = text.parse::<Prefer>() {
            proptest::prop_assert_eq!(prefer.to_string().parse::<Prefer>().unwrap(), prefer);
        }
    }
}

#[test]
fn the_first_preference_of_a_name_counts() {
    let merged = Prefer::wait(Duration::from_secs(10)).and("heartbeat, WAIT=60, heartbeat=2".parse().unwrap());
    assert_eq!(merged.to_string(), "wait=10, heartbeat");
}

#[test]
fn a_preference_is_built_and_added() {
    let preference = Preference::new("c").unwrap().with_value("z").unwrap().with_parameter("x", "y").unwrap();
    let list: Prefer = "a=1, b".parse().unwrap();
    assert_eq!(list.clone().with(preference.clone()).to_string(), "a=1, b, c=z; x=y");
    assert_eq!(list.with(Preference::new("A").unwrap()).with(preference).to_string(), "a=1, b, c=z; x=y");
}

#[test]
fn a_long_list_is_parsed() {
    let names: Vec<String> = (0..20_000).map(|number| format!("p{number}")).collect();
    let value = names.join(", ");
    assert!(value.len() > 100_000);
    let applied = Prefer::applied(&headers("preference-applied", &[&value, &value]));
    assert!(applied.iter().map(Preference::name).eq(&names));
    assert!((&applied).into_iter().count() == names.len() && applied.contains("P19999"));
}

#[test]
fn empty_values_and_the_case_of_names_do_not_count() {
    let same: [Prefer; 4] =
        ["Foo; Bar", "foo=\"\"; bar=\"\"", "FOO ; bar=", " , foo;bar;, "].map(|text| text.parse().unwrap());
    assert!(same.iter().all(|prefer| *prefer == same[0]), "{same:?}");
    assert_ne!("foo=a".parse::<Prefer>(), "foo=A".parse());
}

#[test]
fn malformed_preferences_are_refused() {
    for text in ["=1", "a b", "a=\"x", "a=\"x\"y", "a=x y", "a\u{e9}", "a=\"\u{e9}\"", "a; =1"] {
        assert!(text.parse::<Prefer>().is_err(), "{text}");
    }
    assert!("".parse::<Prefer>().unwrap().is_empty());
    assert!(Prefer::new("a b").is_err());
    assert!(Preference::new("a").unwrap().with_value("x\r\ny").is_err());
    assert!(Preference::new("a").unwrap().with_parameter("", "x").is_err());
}

#[test]
fn preference_applied_is_parsed_in_every_form() {
    let applies = |values: &[&str]| Prefer::applied(&headers("preference-applied", values)).contains("heartbeat");
    assert!(applies(&["heartbeat"]));
    assert!(applies(&["HeartBeat"]));
    assert!(applies(&["wait=10, heartbeat"]));
    assert!(applies(&["heartbeat; interval=5"]));
    assert!(applies(&["wait=10", "respond-async, heartbeat"]));
    assert!(applies(&["this is nonsense, heartbeat"]));
    assert!(applies(&["note=\u{e9}, heartbeat"]));
    assert!(!applies(&[]));
    assert!(!applies(&["wait=10; heartbeat", "x=\"heartbeat, heartbeat\""]));
}
