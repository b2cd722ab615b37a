//! `Retry-After` (RFC 9110, section 10.2.3).

use chrono::{DateTime, Datelike, Months, NaiveDateTime, TimeDelta, Utc};
use http::{HeaderMap, header::RETRY_AFTER};
use std::time::{Duration, SystemTime};

/// The wait that the headers of a response ask for. `None` if there is no `Retry-After`, or if it is malformed.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    parse(headers.get(RETRY_AFTER)?.to_str().ok()?.trim(), now)
}

/// Parses whole seconds, or one of the three date formats of HTTP (RFC 9110, section 5.6.7). A date in the past is no
/// wait. `None` for another text, and for a date if `now` is beyond all dates.
fn parse(value: &str, now: SystemTime) -> Option<Duration> {
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let now = instant(now)?;
    // The weekday is not checked. A date with a wrong weekday is still a date.
    let (_weekday, date) = value.split_once(' ')?;
    let date = four_digit_year(date).or_else(|| two_digit_year(date, now))?;
    Some((date.and_utc() - now).to_std().unwrap_or_default())
}

/// The date of a time. `DateTime::from` panics where this returns `None`.
fn instant(time: SystemTime) -> Option<DateTime<Utc>> {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => DateTime::UNIX_EPOCH.checked_add_signed(TimeDelta::from_std(since).ok()?),
        Err(error) => DateTime::UNIX_EPOCH.checked_sub_signed(TimeDelta::from_std(error.duration()).ok()?),
    }
}

/// A date in the current format or in the format of `asctime`.
fn four_digit_year(date: &str) -> Option<NaiveDateTime> {
    let read = ["%d %b %Y %H:%M:%S GMT", "%b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(date, format).ok())?;
    // `%Y` parses years of any sign and length.
    (read.year() >= 1000 && !date.contains('+')).then_some(read)
}

/// A date in the format of RFC 850. Its two digits mean the latest year that is not more than 50 years ahead.
fn two_digit_year(date: &str, now: DateTime<Utc>) -> Option<NaiveDateTime> {
    let read = NaiveDateTime::parse_from_str(date, "%d-%b-%y %H:%M:%S GMT").ok()?;
    let limit = now.checked_add_months(Months::new(50 * 12))?.naive_utc();
    let latest = limit.year() - (limit.year() - read.year()).rem_euclid(100);
    [latest, latest - 100].iter().filter_map(|year| read.with_year(*year)).find(|date| *date <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_parsed() {
        let cases = [
            ("zero", "0", Some(0)),
            ("imf-20", "Thu, 01 Oct 2026 12:00:20 GMT", Some(20)),
            ("asctime-25", "Thu Oct  1 12:00:25 2026", Some(25)),
            ("rfc850-10", "Thursday, 01-Oct-26 12:00:10 GMT", Some(10)),
            ("rfc850-wrong-weekday", "Friday, 01-Oct-26 12:00:15 GMT", Some(15)),
            ("leading-zeros", "005", Some(5)),
            ("cap-boundary", "31", Some(31)),
            ("rfc850-past", "Sunday, 06-Nov-94 08:49:37 GMT", Some(0)),
            ("day-32", "Thu, 32 Oct 2026 12:00:00 GMT", None),
            ("negative", "-1", None),
            ("iso-date", "2026-10-01", None),
            ("empty", "", None),
            ("spaces", "   ", None),
            ("asctime", "Thu Oct  1 12:00:45 2026", Some(45)),
            ("rfc850-year-60", "Friday, 01-Oct-60 12:00:00 GMT", Some(1_073_001_600)),
            ("feb-30", "Mon, 30 Feb 2026 12:00:00 GMT", None),
            ("imf", "Thu, 01 Oct 2026 12:01:00 GMT", Some(60)),
            ("imf-past", "Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
            ("wrong-weekday", "Mon, 01 Oct 2026 12:01:00 GMT", Some(60)),
            ("wrong-weekday-rfc850", "Monday, 01-Oct-26 12:01:00 GMT", Some(60)),
            ("wrong-weekday-asctime", "Mon Oct  1 12:01:00 2026", Some(60)),
            ("no-weekday", "01 Oct 2026 12:01:00 GMT", None),
            ("imf-two-digits", "Thu, 01 Oct 26 12:01:00 GMT", None),
            ("asctime-two-digits", "Thu Oct  1 12:01:00 26", None),
            ("rfc850-four-digits", "Thursday, 01-Oct-2026 12:01:00 GMT", None),
            ("signed-year", "Thu, 01 Oct +2026 12:01:00 GMT", None),
            ("negative-year", "Thu, 01 Oct -2026 12:01:00 GMT", None),
            ("other-zone", "Thu, 01 Oct 2026 12:01:00 CET", None),
            ("fraction", "1.5", None),
            ("plus", "+1", None),
            ("huge", "99999999999999999999999", Some(u64::MAX)),
        ];
        let now = at("2026-10-01T12:00:00Z");
        for (id, header, expected) in cases {
            assert_eq!(parse(header, now).map(|wait| wait.as_secs()), expected, "{id}");
        }
    }

    /// The cases of `tests/wire/retry.json`, each with its own clock.
    #[test]
    fn the_conformance_cases_are_parsed() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/wire/retry.json");
        let file: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let cases = file["retry_after"].as_array().unwrap();
        assert!(cases.len() > 10);
        for case in cases {
            let wait = parse(case["header"].as_str().unwrap().trim(), at(case["now"].as_str().unwrap()));
            assert_eq!(wait.map(|wait| wait.as_secs()), case["expected_seconds"].as_u64(), "{}", case["id"]);
        }
    }

    fn at(now: &str) -> SystemTime {
        now.parse::<DateTime<Utc>>().unwrap().into()
    }

    #[test]
    fn two_digits_of_a_year_are_at_most_fifty_years_ahead() {
        let cases = [
            ("2026-10-01T12:00:00Z", "Thursday, 01-Oct-76 12:00:00 GMT", Some("2076-10-01T12:00:00Z")),
            ("2026-10-01T12:00:00Z", "Thursday, 01-Oct-76 12:00:01 GMT", None),
            ("2069-12-31T23:59:00Z", "Wednesday, 01-Jan-70 00:00:00 GMT", Some("2070-01-01T00:00:00Z")),
            ("2099-12-31T23:59:00Z", "Friday, 01-Jan-00 00:00:00 GMT", Some("2100-01-01T00:00:00Z")),
            ("2096-02-28T12:00:00Z", "Wednesday, 29-Feb-96 12:00:00 GMT", Some("2096-02-29T12:00:00Z")),
            ("1999-12-31T23:59:00Z", "Saturday, 01-Jan-00 00:00:00 GMT", Some("2000-01-01T00:00:00Z")),
            // 2100 has no such day.
            ("2060-01-01T00:00:00Z", "Tuesday, 29-Feb-00 12:00:00 GMT", None),
        ];
        for (now, header, until) in cases {
            let expected = until.map_or(Duration::ZERO, |until| at(until).duration_since(at(now)).unwrap());
            assert_eq!(parse(header, at(now)), Some(expected), "{header} in {now}");
        }
    }

    #[test]
    fn seconds_are_parsed_with_a_clock_beyond_all_dates() {
        for far in [1 << 50, 1 << 60].map(Duration::from_secs) {
            // The clocks of some platforms do not go that far.
            let ends = [SystemTime::UNIX_EPOCH.checked_add(far), SystemTime::UNIX_EPOCH.checked_sub(far)];
            for now in ends.into_iter().flatten() {
                assert_eq!(parse("Thu, 01 Oct 2026 12:01:00 GMT", now), None);
                assert_eq!(parse("Thursday, 01-Oct-26 12:01:00 GMT", now), None);
                assert_eq!(parse("7", now), Some(Duration::from_secs(7)));
            }
        }
    }
}
