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

/// StackOne's own client test vectors and RFC 7240 examples.
#[test]
fn vectors() {
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
fn goes_out_as_it_came_in() {
    for text in ["heartbeat", "heartbeat, wait=10; foo=\"b a r\"", "foo; bar=1; baz", r#"a="q\"uo\\te""#, "a=\"x,y;z\""]
    {
        assert_eq!(text.parse::<Prefer>().unwrap().to_string(), text);
        let json = serde_json::to_string(&text.parse::<Prefer>().unwrap()).unwrap();
        assert_eq!(serde_json::from_str::<Prefer>(&json).unwrap().to_string(), text);
    }
    let built = Prefer::heartbeat().and(Prefer::wait(Duration::from_secs(10)).parameter("foo", "b a r").unwrap());
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
    fn what_can_be_read_goes_out_and_in_again(text in "[aB=;, \"\\\\\t]{0,24}") {
        if let Ok(prefer) = text.parse::<Prefer>() {
            proptest::prop_assert_eq!(prefer.to_string().parse::<Prefer>().unwrap(), prefer);
        }
    }
}

#[test]
fn the_first_of_a_name_counts() {
    let merged = Prefer::wait(Duration::from_secs(10)).and("heartbeat, WAIT=60, heartbeat=2".parse().unwrap());
    assert_eq!(merged.to_string(), "wait=10, heartbeat");
}

#[test]
fn a_value_without_its_preference_is_refused() {
    let list: Prefer = "a=1, b".parse().unwrap();
    let duplicate = || "A=2".parse::<Prefer>().unwrap();
    let without = [
        Prefer::default(),
        list.clone().and(duplicate()),
        list.clone().and(duplicate()).and(Prefer::default()),
        Prefer::heartbeat().and(list.clone().and(duplicate())),
        "a=1, b, A=2".parse().unwrap(),
    ];
    for prefer in without {
        assert!(prefer.clone().value("z").is_err(), "{prefer}");
        assert!(prefer.clone().parameter("x", "y").is_err(), "{prefer}");
    }
    let again = list.and(duplicate()).and(Prefer::new("c").unwrap()).and(Prefer::default());
    assert_eq!(again.value("z").unwrap().parameter("x", "y").unwrap().to_string(), "a=1, b, c=z; x=y");
}

#[test]
fn empty_values_and_cases_do_not_matter() {
    let same: [Prefer; 4] =
        ["Foo; Bar", "foo=\"\"; bar=\"\"", "FOO ; bar=", " , foo;bar;, "].map(|text| text.parse().unwrap());
    assert!(same.iter().all(|prefer| *prefer == same[0]), "{same:?}");
    assert_ne!("foo=a".parse::<Prefer>(), "foo=A".parse());
}

#[test]
fn what_is_no_preference_is_refused() {
    for text in ["=1", "a b", "a=\"x", "a=\"x\"y", "a=x y", "a\u{e9}", "a=\"\u{e9}\"", "a; =1"] {
        assert!(text.parse::<Prefer>().is_err(), "{text}");
    }
    assert!("".parse::<Prefer>().unwrap().is_empty());
    assert!(Prefer::new("a b").is_err());
    assert!(Prefer::new("a").unwrap().value("x\r\ny").is_err());
    assert!(Prefer::new("a").unwrap().parameter("", "x").is_err());
}

#[test]
fn applied_is_read_in_every_form() {
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
