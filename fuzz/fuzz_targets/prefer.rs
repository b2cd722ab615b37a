//! Any preferences: no panic, and what is parsed or built is written so that it parses as the same.

#![no_main]

use arbitrary::Arbitrary;
use http::{HeaderMap, HeaderName, HeaderValue};
use libfuzzer_sys::fuzz_target;
use stackone::{
    Prefer,
    prefer::{InvalidPrefer, Preference},
};

const NAME: HeaderName = HeaderName::from_static("preference-applied");

#[derive(Debug, Arbitrary)]
enum Input {
    /// The lines of a header.
    Lines(Vec<Vec<u8>>),
    Text(String),
    /// A preference with a value and a parameter.
    Built {
        name: String,
        value: String,
        parameter: (String, String),
    },
}

fuzz_target!(|input: Input| {
    match input {
        Input::Lines(lines) => {
            let values: Vec<_> = lines.iter().filter_map(|line| HeaderValue::from_bytes(line).ok()).collect();
            let all = Prefer::applied(&headers(&values));
            let apart = values.iter().map(|value| Prefer::applied(&headers([value]))).reduce(Prefer::and);
            assert_eq!(all, apart.unwrap_or_default(), "some lines are one list");
            round_trip(&all);
        }
        Input::Text(text) => {
            let Ok(prefer) = text.parse::<Prefer>() else { return };
            round_trip(&prefer);
        }
        Input::Built { name, value, parameter } => {
            let Ok(preference) = build(&name, &value, &parameter) else { return };
            assert_eq!((preference.name(), preference.value()), (name.as_str(), value.as_str()));
            round_trip(&Prefer::default().with(preference));
        }
    }
});

fn headers<'a>(values: impl IntoIterator<Item = &'a HeaderValue>) -> HeaderMap {
    values.into_iter().map(|value| (NAME, value.clone())).collect()
}

fn build(name: &str, value: &str, parameter: &(String, String)) -> Result<Preference, InvalidPrefer> {
    Preference::new(name)?.with_value(value)?.with_parameter(parameter.0.as_str(), parameter.1.as_str())
}

fn round_trip(prefer: &Prefer) {
    let text = prefer.to_string();
    assert_eq!(text.parse::<Prefer>().as_ref(), Ok(prefer), "{text:?}");
    let value = HeaderValue::from_str(&text).expect("the text is a header value");
    assert_eq!(Prefer::applied(&headers([&value])), *prefer, "a header is read as the text is: {text:?}");
    for preference in prefer {
        assert!(prefer.get(&preference.name().to_ascii_uppercase()) == Some(preference), "the case does not count");
    }
}
