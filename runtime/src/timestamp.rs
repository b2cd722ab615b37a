//! Instants in the format of the API.

use chrono::{DateTime, Datelike, FixedOffset, ParseError, TimeDelta, Timelike, Utc};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
    ser,
};
use std::{fmt, str::FromStr, time::SystemTime};

/// An instant that is written as RFC 3339 in UTC with exactly three decimals, as in `2021-07-21T14:00:00.000Z`. The format is
/// the same in a path, a query, a header and a body.
///
/// Digits after the milliseconds are not written. Every RFC 3339 offset and precision is parsed.
///
/// ```
/// use stackone::{Timestamp, chrono::{TimeZone, Utc}};
///
/// let instant = Timestamp::from(Utc.with_ymd_and_hms(2021, 7, 21, 14, 0, 0).unwrap());
/// assert_eq!(instant.to_string(), "2021-07-21T14:00:00.000Z");
/// assert_eq!("2021-07-21T16:00:00+02:00".parse(), Ok(instant));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// The instant as a type of chrono.
    #[must_use]
    pub const fn to_datetime(self) -> DateTime<Utc> {
        self.0
    }

    /// The text. `None` for a year that RFC 3339 cannot write: before 0 or after 9999.
    fn to_text(self) -> Option<[u8; LENGTH]> {
        let utc = self.0.naive_utc();
        let (date, time) = (utc.date(), utc.time());
        let year = u32::try_from(date.year()).ok().filter(|&year| year <= 9999)?;
        // chrono keeps a leap second as the second before it, with more than a second of nanoseconds.
        let (leap_second, nanosecond) = match time.nanosecond().checked_sub(1_000_000_000) {
            Some(rest) => (1, rest),
            None => (0, time.nanosecond()),
        };
        let millisecond = nanosecond / 1_000_000;
        let mut text = *b"0000-00-00T00:00:00.000Z";
        for (at, number) in [
            (0, year / 100),
            (2, year % 100),
            (5, date.month()),
            (8, date.day()),
            (11, time.hour()),
            (14, time.minute()),
            (17, time.second() + leap_second),
            (20, millisecond / 10),
        ] {
            [text[at], text[at + 1]] = two_digits(number);
        }
        text[22] = two_digits(millisecond % 10)[1];
        Some(text)
    }
}

/// The length of `2021-07-21T14:00:00.000Z`.
const LENGTH: usize = 24;

/// The digits of a number below 100.
fn two_digits(number: u32) -> [u8; 2] {
    [number / 10, number % 10].map(|digit| b'0' + digit.to_le_bytes()[0])
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_text() {
            Some(text) => f.pad(str::from_utf8(&text).map_err(|_| fmt::Error)?),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text =
            self.to_text().ok_or_else(|| ser::Error::custom("the year of a timestamp must be between 0 and 9999"))?;
        serializer.serialize_str(str::from_utf8(&text).map_err(ser::Error::custom)?)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rfc3339;

        impl Visitor<'_> for Rfc3339 {
            type Value = Timestamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an RFC 3339 instant such as \"2021-07-21T14:00:00.000Z\"")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
                text.parse().map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_str(Rfc3339)
    }
}

impl FromStr for Timestamp {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        DateTime::parse_from_rfc3339(text).map(Self::from)
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(instant: DateTime<Utc>) -> Self {
        Self(instant)
    }
}

impl From<DateTime<FixedOffset>> for Timestamp {
    fn from(instant: DateTime<FixedOffset>) -> Self {
        Self(instant.to_utc())
    }
}

/// A time beyond the dates of chrono becomes the first or the last of them.
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let after = |since| DateTime::UNIX_EPOCH.checked_add_signed(TimeDelta::from_std(since).ok()?);
        let before = |until| DateTime::UNIX_EPOCH.checked_sub_signed(TimeDelta::from_std(until).ok()?);
        Self(match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => after(since).unwrap_or(DateTime::<Utc>::MAX_UTC),
            Err(error) => before(error.duration()).unwrap_or(DateTime::<Utc>::MIN_UTC),
        })
    }
}

impl From<Timestamp> for DateTime<Utc> {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn written(text: &str) -> String {
        serde_json::from_str::<Timestamp>(&format!("\"{text}\"")).unwrap().to_string()
    }

    #[test]
    fn every_offset_and_precision_is_written_in_utc_with_three_decimals() {
        for (read, expected) in [
            ("2021-07-21T14:00:00Z", "2021-07-21T14:00:00.000Z"),
            ("2021-07-21T14:00:00.1+02:00", "2021-07-21T12:00:00.100Z"),
            ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999Z"),
            ("2038-01-19T03:14:08.000Z", "2038-01-19T03:14:08.000Z"),
            ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z"),
            ("9999-12-31T23:59:59.9999Z", "9999-12-31T23:59:59.999Z"),
            ("2016-12-31T23:59:60.5Z", "2016-12-31T23:59:60.500Z"),
            ("2021-07-21t14:00:00z", "2021-07-21T14:00:00.000Z"),
            ("2021-07-21T14:00:00.123456789-11:30", "2021-07-22T01:30:00.123Z"),
            ("2021-03-01T00:30:00+01:00", "2021-02-28T23:30:00.000Z"),
            ("2021-07-21T14:00:00-00:00", "2021-07-21T14:00:00.000Z"),
        ] {
            assert_eq!(written(read), expected);
        }
    }

    #[test]
    fn a_year_beyond_rfc_3339_is_refused() {
        let far = Timestamp(DateTime::<Utc>::MAX_UTC);
        assert!(serde_json::to_string(&far).unwrap_err().to_string().contains("between 0 and 9999"));
    }

    #[test]
    fn an_invalid_timestamp_is_refused_with_an_example() {
        let error = serde_json::from_str::<Timestamp>("\"yesterday\"").unwrap_err().to_string();
        assert!(error.contains("2021-07-21T14:00:00.000Z"), "{error}");
    }

    #[test]
    fn a_system_time_becomes_a_timestamp() {
        let time = |seconds| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
        assert_eq!(Timestamp::from(time(1_626_876_000).unwrap()).to_string(), "2021-07-21T14:00:00.000Z");
        let before = SystemTime::UNIX_EPOCH - Duration::from_millis(1);
        assert_eq!(Timestamp::from(before).to_string(), "1969-12-31T23:59:59.999Z");
        // The clocks of some platforms do not go that far.
        if let Some(far) = time(1 << 60) {
            assert_eq!(Timestamp::from(far), Timestamp(DateTime::<Utc>::MAX_UTC));
        }
    }
}
