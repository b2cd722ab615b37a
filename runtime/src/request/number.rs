//! Floating-point numbers as text.
//!
//! The format is ECMAScript's (`Number::toString`; also RFC 8785, section 3.2.2.3), which the API's own clients send: the
//! shortest digits that parse as the same number, with an exponent from 1e21 up and below 1e-6.

use super::EncodeError;
use serde::Serialize;

pub(super) fn double(value: f64) -> Result<String, EncodeError> {
    format(value == 0.0, value.is_finite(), value)
}

/// The shortest digits of an `f32` are fewer than those of the same number as an `f64`.
pub(super) fn single(value: f32) -> Result<String, EncodeError> {
    format(value == 0.0, value.is_finite(), value)
}

/// Arranges the digits that `serde_json` finds. Of two shortest texts at the same distance it takes the even one, as
/// ECMAScript does; the standard library takes the greater one.
fn format(is_zero: bool, is_finite: bool, value: impl Serialize) -> Result<String, EncodeError> {
    if !is_finite {
        return Err(EncodeError::not_finite());
    }
    if is_zero {
        return Ok("0".to_owned());
    }
    let written = serde_json::to_string(&value).map_err(serde::ser::Error::custom)?;
    let (sign, number) = written.strip_prefix('-').map_or(("", &*written), |number| ("-", number));
    let Some((mantissa, exponent)) = number.split_once('e') else {
        // `serde_json` writes an exponent from 1e16 up and below 1e-5. Other numbers differ only in `.0`.
        return Ok([sign, number.strip_suffix(".0").unwrap_or(number)].concat());
    };
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let (first, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    Ok([sign, &arrange(first, fraction, exponent)].concat())
}

fn arrange(first: &str, fraction: &str, exponent: i32) -> String {
    match usize::try_from(exponent) {
        Ok(exponent @ 0..21) => {
            let (whole, rest) = fraction.split_at(exponent.min(fraction.len()));
            let zeros = "0".repeat(exponent - whole.len());
            let point = if rest.is_empty() { "" } else { "." };
            [first, whole, &zeros, point, rest].concat()
        }
        Err(_) if exponent >= -6 => {
            let zeros = "0".repeat(usize::try_from(-exponent - 1).unwrap_or_default());
            ["0.", &zeros, first, fraction].concat()
        }
        _ => {
            let point = if fraction.is_empty() { "" } else { "." };
            format!("{first}{point}{fraction}e{exponent:+}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: f64) -> String {
        double(value).unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn numbers_have_the_shortest_digits() {
        for (value, expected) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-0.5, "-0.5"),
            (12.5, "12.5"),
            (100.0, "100"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1.5e300, "1.5e+300"),
            (123_456_789.125, "123456789.125"),
            (1e-6, "0.000001"),
            (1.5e-6, "0.0000015"),
            (1e-7, "1e-7"),
            (-1.25e-9, "-1.25e-9"),
            (1e15, "1000000000000000"),
            (1e16, "10000000000000000"),
            (123_456_789_012_345_680.0, "123456789012345680"),
            (1.5e-5, "0.000015"),
            (9.5e-6, "0.0000095"),
            // At the same distance from ...36.3, which is odd.
            (2_194_608_497_467_136.0 + 0.25, "2194608497467136.2"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
            (-0.000_001_234_567_890_123_456_7, "-0.0000012345678901234567"),
        ] {
            assert_eq!(text(value), expected);
            assert_eq!(expected.parse::<f64>().unwrap().total_cmp(&(value + 0.0)), std::cmp::Ordering::Equal);
        }
    }

    #[test]
    fn an_f32_has_its_own_shortest_digits() {
        for (value, expected) in [
            (4.1, "4.1"),
            (476_001.62, "476001.62"),
            (1e7, "10000000"),
            (1.5e-7, "1.5e-7"),
            (f32::MAX, "3.4028235e+38"),
        ] {
            assert_eq!(single(value).unwrap(), expected);
        }
    }

    #[test]
    fn a_number_that_is_not_finite_is_refused() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(text(value).contains("finite"), "{}", text(value));
        }
    }
}
