//! `Retry-After` (RFC 9110, section 10.2.3).

use chrono::{DateTime, Datelike, Months, NaiveDateTime, TimeDelta, Utc};
use std::time::{Duration, SystemTime};

/// How long to wait: whole seconds, or until one of the three dates of HTTP (RFC 9110, section 5.6.7). A date that has
/// passed is no wait; what is neither is `None`, as is a date if the clock is beyond what dates can say.
pub(super) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // So many seconds that they do not fit are more than anyone waits.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let now = instant(now)?;
    // Whatever the weekday is: a server that is wrong about it still says when to come back.
    let (_weekday, date) = value.split_once(' ')?;
    let date = with_century(date).or_else(|| without_century(date, now))?;
    Some((date.and_utc() - now).to_std().unwrap_or_default())
}

/// `DateTime::from` panics where this is `None`.
fn instant(time: SystemTime) -> Option<DateTime<Utc>> {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => DateTime::UNIX_EPOCH.checked_add_signed(TimeDelta::from_std(since).ok()?),
        Err(error) => DateTime::UNIX_EPOCH.checked_sub_signed(TimeDelta::from_std(error.duration()).ok()?),
    }
}

/// A date of today's form or of asctime's.
fn with_century(date: &str) -> Option<NaiveDateTime> {
    let read = ["%d %b %Y %H:%M:%S GMT", "%b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(date, format).ok())?;
    // `%Y` reads years of any sign and length, and one of two digits says nothing about its century.
    (read.year() >= 1000 && !date.contains('+')).then_some(read)
}

/// A date of RFC 850's form. Its year is the latest of those with the same two digits that is not more than 50 years
/// ahead.
fn without_century(date: &str, now: DateTime<Utc>) -> Option<NaiveDateTime> {
    let read = NaiveDateTime::parse_from_str(date, "%d-%b-%y %H:%M:%S GMT").ok()?;
    let limit = now.checked_add_months(Months::new(50 * 12))?.naive_utc();
    let latest = limit.year() - (limit.year() - read.year()).rem_euclid(100);
    [latest, latest - 100].iter().filter_map(|year| read.with_year(*year)).find(|date| *date <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cases of StackOne's own client test vectors.
    #[test]
    fn every_form() {
        let cases = [
            ("zero", "0", Some(0)),
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
            assert_eq!(retry_after(header, now).map(|wait| wait.as_secs()), expected, "{id}");
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
            assert_eq!(retry_after(header, at(now)), Some(expected), "{header} in {now}");
        }
    }

    #[test]
    fn a_clock_that_no_date_can_say_leaves_seconds_alone() {
        for far in [1 << 50, 1 << 60].map(Duration::from_secs) {
            // Not every platform's clock goes that far.
            let ends = [SystemTime::UNIX_EPOCH.checked_add(far), SystemTime::UNIX_EPOCH.checked_sub(far)];
            for now in ends.into_iter().flatten() {
                assert_eq!(retry_after("Thu, 01 Oct 2026 12:01:00 GMT", now), None);
                assert_eq!(retry_after("Thursday, 01-Oct-26 12:01:00 GMT", now), None);
                assert_eq!(retry_after("7", now), Some(Duration::from_secs(7)));
            }
        }
    }
}
