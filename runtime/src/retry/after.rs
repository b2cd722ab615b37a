//! `Retry-After` (RFC 9110, section 10.2.3).

use chrono::{DateTime, NaiveDateTime, Utc};
use std::time::Duration;

/// How long to wait: whole seconds, or until one of the three dates of HTTP (RFC 9110, section 5.6.7). A date that has
/// passed is no wait; what is neither is `None`.
pub(super) fn retry_after(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // So many seconds that they do not fit are more than anyone waits.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(value, format).ok())?;
    Some((date.and_utc() - now).to_std().unwrap_or_default())
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
            ("wrong-weekday", "Mon, 01 Oct 2026 12:01:00 GMT", None),
            ("other-zone", "Thu, 01 Oct 2026 12:01:00 CET", None),
            ("fraction", "1.5", None),
            ("plus", "+1", None),
            ("huge", "99999999999999999999999", Some(u64::MAX)),
        ];
        let now = "2026-10-01T12:00:00Z".parse().unwrap();
        for (id, header, expected) in cases {
            assert_eq!(retry_after(header, now).map(|wait| wait.as_secs()), expected, "{id}");
        }
    }
}
