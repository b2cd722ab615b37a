//! Floating-point numbers as text.
//!
//! The form is ECMAScript's (`Number::toString`, also RFC 8785, section 3.2.2.3), which the API's own clients send:
//! the shortest digits that read back as the same number, with an exponent from 1e21 up and below 1e-6.

use super::EncodeError;
use serde::Serialize;

/// The longest form is a sign, `0.00000` and 17 digits, or 22 digits and a sign.
const LONGEST: usize = 32;

/// A finite number, written.
pub(super) struct Text {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Text {
    pub(super) fn as_str(&self) -> &str {
        str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }

    fn push(&mut self, bytes: &[u8]) {
        if let Some(room) = self.bytes.get_mut(self.len..self.len + bytes.len()) {
            room.copy_from_slice(bytes);
            self.len += bytes.len();
        }
    }
}

pub(super) fn double(value: f64) -> Result<Text, EncodeError> {
    format(value == 0.0, value.is_finite(), value)
}

/// Not by way of `f64`: the shortest digits of an `f32` are fewer.
pub(super) fn single(value: f32) -> Result<Text, EncodeError> {
    format(value == 0.0, value.is_finite(), value)
}

/// Lays out the digits that `serde_json` finds. Of two that are as short and as near it takes the even one, as ECMAScript
/// does; the standard library takes the greater.
fn format(zero: bool, finite: bool, value: impl Serialize) -> Result<Text, EncodeError> {
    let mut text = Text { bytes: [0; LONGEST], len: 0 };
    if !finite {
        return Err(EncodeError::not_finite());
    }
    if zero {
        text.push(b"0");
        return Ok(text);
    }
    let mut written = [0; LONGEST];
    let mut room = &mut written[..];
    // It fits: there are at most 24 bytes.
    let _ = serde_json::to_writer(&mut room, &value);
    let left = room.len();
    let mut number = &written[..LONGEST - left];
    if let Some(positive) = number.strip_prefix(b"-") {
        text.push(b"-");
        number = positive;
    }
    let Some(split) = number.iter().position(|&byte| byte == b'e') else {
        // It has an exponent from 1e16 up and below 1e-5; in between, the forms differ in this alone.
        text.push(number.strip_suffix(b".0").unwrap_or(number));
        return Ok(text);
    };
    let (mantissa, exponent) = number.split_at(split);
    let exponent: i32 =
        exponent.get(1..).and_then(|x| str::from_utf8(x).ok()).and_then(|x| x.parse().ok()).unwrap_or(0);
    let (first, fraction) = mantissa.split_at(1);
    let fraction = fraction.get(1..).unwrap_or_default();
    lay_out(&mut text, first, fraction, exponent);
    Ok(text)
}

fn lay_out(text: &mut Text, first: &[u8], fraction: &[u8], exponent: i32) {
    match usize::try_from(exponent) {
        Ok(exponent @ 0..21) => {
            text.push(first);
            let whole = exponent.min(fraction.len());
            text.push(&fraction[..whole]);
            text.push(&b"00000000000000000000"[..exponent - whole]);
            if whole < fraction.len() {
                text.push(b".");
                text.push(&fraction[whole..]);
            }
        }
        Err(_) if exponent >= -6 => {
            text.push(b"0.");
            text.push(&b"00000"[..usize::try_from(-exponent - 1).unwrap_or(0)]);
            text.push(first);
            text.push(fraction);
        }
        _ => {
            text.push(first);
            if !fraction.is_empty() {
                text.push(b".");
                text.push(fraction);
            }
            text.push(if exponent < 0 { b"e-" } else { b"e+" });
            text.push(itoa::Buffer::new().format(exponent.unsigned_abs()).as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: f64) -> String {
        double(value).map_or_else(|problem| problem.to_string(), |text| text.as_str().to_owned())
    }

    #[test]
    fn numbers_have_their_shortest_form() {
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
            // As near to ...36.3, which is not even.
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
    fn a_single_keeps_its_own_digits() {
        for (value, expected) in [
            (4.1, "4.1"),
            (476_001.62, "476001.62"),
            (1e7, "10000000"),
            (1.5e-7, "1.5e-7"),
            (f32::MAX, "3.4028235e+38"),
        ] {
            assert_eq!(single(value).unwrap().as_str(), expected);
        }
    }

    #[test]
    fn what_is_not_finite_is_refused() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(text(value).contains("finite"), "{}", text(value));
        }
    }
}
