//! Values that are more than text: versions, instants, numbers. Integers decide; nothing rounds.

use super::tree::Subject;
use std::cmp::Ordering;

/// Seconds since 1970 and billionths of a second.
type Instant = (i64, u32);

const DAY: i64 = 86_400;

/// How two values of a subject stand to each other, or `None` where they cannot be compared.
pub(super) fn compare(subject: &Subject, left: &str, right: &str) -> Option<Ordering> {
    match subject {
        Subject::AgentVersion => Some(compare_versions(&version(left)?, &version(right)?)),
        Subject::RegisteredAt => Some(instant(left)?.cmp(&instant(right)?)),
        Subject::RunningTasksCount => Some(count(left)?.cmp(&count(right)?)),
        Subject::AgentConnected
        | Subject::Ec2InstanceId
        | Subject::TaskGroup
        | Subject::Attribute(_) => Some(match (Number::read(left), Number::read(right)) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => left.cmp(right),
        }),
    }
}

/// Whether two values of a subject are the same. Attributes, ids and groups are the same where
/// their text is: ECS Developer Guide, "string equality".
pub(super) fn equal(subject: &Subject, left: &str, right: &str) -> bool {
    match subject {
        Subject::AgentVersion | Subject::RegisteredAt | Subject::RunningTasksCount => {
            compare(subject, left, right) == Some(Ordering::Equal)
        }
        _ => left == right,
    }
}

/// What a subject needs for a value, or `None` where `value` will do.
pub(super) fn needed(subject: &Subject, value: &str) -> Option<&'static str> {
    let (reads, needed) = match subject {
        Subject::AgentConnected => (matches!(value, "true" | "false"), "`true` or `false`"),
        Subject::AgentVersion => (version(value).is_some(), "a version such as 1.20.0"),
        Subject::RegisteredAt => (
            instant(value).is_some(),
            "a date such as 2018-06-18, or a time such as 2018-06-18T22:28:28Z",
        ),
        Subject::RunningTasksCount => (count(value).is_some(), "a whole number"),
        Subject::Ec2InstanceId | Subject::TaskGroup | Subject::Attribute(_) => return None,
    };
    (!reads).then_some(needed)
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn count(text: &str) -> Option<u64> {
    digits(text).then(|| text.parse().ok())?
}

fn version(text: &str) -> Option<Vec<u64>> {
    text.split('.').map(count).collect()
}

/// Part by part, as numbers: 1.9.0 is before 1.20.0. A part that is missing counts as 0.
fn compare_versions(left: &[u64], right: &[u64]) -> Ordering {
    let part = |version: &[u64], index: usize| version.get(index).copied().unwrap_or(0);
    (0..left.len().max(right.len()))
        .map(|index| part(left, index).cmp(&part(right, index)))
        .find(|ordering| ordering.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// Reads the four forms of the Developer Guide: `2018-06-18T22:28:28+00:00`,
/// `2018-06-18T22:28:28Z`, `2018-06-18T22:28:28`, `2018-06-18`. Times without a zone are taken as
/// UTC, days as their first second. Parts of a second are read too, as the API tells them.
fn instant(text: &str) -> Option<Instant> {
    let Some((date, time)) = text.split_once('T') else { return Some((day(text)? * DAY, 0)) };
    let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at_checked(zone)?;
    let offset = match zone.split_at_checked(1) {
        None | Some(("Z", "")) => 0,
        Some((sign @ ("+" | "-"), offset)) => {
            let (hours, minutes) = offset.split_once(':')?;
            let minutes = two_digits(hours, 23)? * 60 + two_digits(minutes, 59)?;
            if sign == "-" { -minutes * 60 } else { minutes * 60 }
        }
        Some(_) => return None,
    };
    let (clock, fraction) = match clock.split_once('.') {
        Some((clock, fraction)) => (clock, billionths(fraction)?),
        None => (clock, 0),
    };
    let mut parts = clock.split(':');
    let hours = two_digits(parts.next()?, 23)?;
    let minutes = two_digits(parts.next()?, 59)?;
    let seconds = two_digits(parts.next()?, 59)?;
    if parts.next().is_some() {
        return None;
    }
    Some((day(date)? * DAY + hours * 3600 + minutes * 60 + seconds - offset, fraction))
}

fn billionths(fraction: &str) -> Option<u32> {
    if fraction.len() > 9 || !digits(fraction) {
        return None;
    }
    format!("{fraction:0<9}").parse().ok()
}

fn two_digits(text: &str, most: i64) -> Option<i64> {
    let number = (text.len() == 2 && digits(text)).then(|| text.parse().ok())??;
    (number <= most).then_some(number)
}

/// Days since 1970-01-01 in the Gregorian calendar.
fn day(date: &str) -> Option<i64> {
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || !digits(year) {
        return None;
    }
    let year: i64 = year.parse().ok()?;
    let month = two_digits(month, 12)?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        0 => return None,
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let day = two_digits(day, length).filter(|day| *day > 0)?;
    // The year begins in March, so that the leap day is its last.
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let in_year = (153 * month + 2) / 5 + day - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // 1970-01-01 is day 719 468 when counted from the March of the year 0.
    Some(year * 365 + leap_days + in_year - 719_468)
}

/// A decimal number of any length: `-12.50`.
#[derive(Debug, PartialEq, Eq)]
struct Number<'a> {
    negative: bool,
    /// Without zeros in front.
    whole: &'a str,
    /// Without zeros at the end.
    fraction: &'a str,
}

impl<'a> Number<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (minus, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        if !digits(whole) || !digits(fraction) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let zero = whole.is_empty() && fraction.is_empty();
        Some(Self { negative: minus && !zero, whole, fraction })
    }

    fn cmp(&self, other: &Self) -> Ordering {
        let sizes = || {
            (self.whole.len(), self.whole, self.fraction).cmp(&(
                other.whole.len(),
                other.whole,
                other.fraction,
            ))
        };
        match (self.negative, other.negative) {
            (false, false) => sizes(),
            (true, true) => sizes().reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Ordering::{Equal, Greater, Less};

    #[track_caller]
    fn check(subject: &Subject, left: &str, right: &str, expected: Option<Ordering>) {
        assert_eq!(compare(subject, left, right), expected, "{left} {right}");
        assert_eq!(compare(subject, right, left), expected.map(Ordering::reverse));
        let readable = |text| needed(subject, text).is_none();
        assert!(expected.is_none() || (readable(left) && readable(right)), "{left} {right}");
    }

    #[test]
    fn values_are_compared_as_what_they_are() {
        let attribute = Subject::Attribute("a".to_owned());
        for (subject, cases) in [
            (
                Subject::AgentVersion,
                &[
                    ("1.9.0", "1.20.0", Some(Less)),
                    ("1.20", "1.20.0", Some(Equal)),
                    ("1.20.0.1", "1.20.0", Some(Greater)),
                    ("2", "1.99.99", Some(Greater)),
                    ("1.20.x", "1.20.0", None),
                    ("1..0", "1.20.0", None),
                    ("99999999999999999999", "1", None),
                ] as &[_],
            ),
            (
                Subject::RegisteredAt,
                &[
                    ("2018-06-18", "2018-06-18T00:00:00Z", Some(Equal)),
                    ("2018-06-18T22:28:28", "2018-06-18T22:28:28+00:00", Some(Equal)),
                    ("2018-06-18T22:28:28+02:00", "2018-06-18T20:28:28Z", Some(Equal)),
                    ("2018-06-18T22:28:28-02:30", "2018-06-19T00:58:28Z", Some(Equal)),
                    ("2018-06-18T22:28:28.5Z", "2018-06-18T22:28:28.25Z", Some(Greater)),
                    ("2018-02-28T23:59:59Z", "2018-03-01", Some(Less)),
                    ("1970-01-01", "1969-12-31T23:59:59Z", Some(Greater)),
                    ("2000-02-29", "2000-03-01", Some(Less)),
                    ("0000-01-01", "9999-12-31", Some(Less)),
                    ("1900-02-29", "1900-03-01", None),
                    ("2018-13-01", "2018-01-01", None),
                    ("2018-00-01", "2018-01-01", None),
                    ("2018-01-00", "2018-01-01", None),
                    ("2018-1-1", "2018-01-01", None),
                    ("2018-01-01T24:00:00Z", "2018-01-01", None),
                    ("2018-01-01T10:00Z", "2018-01-01", None),
                    ("2018-01-01T10:00:00é", "2018-01-01", None),
                    ("2018-01-01T10:00:00+0200", "2018-01-01", None),
                    ("yesterday", "2018-01-01", None),
                ],
            ),
            (
                Subject::RunningTasksCount,
                &[("9", "10", Some(Less)), ("007", "7", Some(Equal)), ("-1", "1", None)],
            ),
            (
                attribute,
                &[
                    ("9", "10", Some(Less)),
                    ("-9", "-10", Some(Greater)),
                    ("-0.0", "0", Some(Equal)),
                    ("1.50", "1.5", Some(Equal)),
                    ("1.05", "1.5", Some(Less)),
                    ("1", "99999999999999999999999999", Some(Less)),
                    ("9x", "10x", Some(Greater)),
                    ("9", "10x", Some(Greater)),
                    ("1e3", "2", Some(Less)),
                    ("", "0", Some(Less)),
                ],
            ),
        ] {
            for (left, right, expected) in cases {
                check(&subject, left, right, *expected);
            }
        }
    }

    #[test]
    fn days_follow_each_other() {
        assert_eq!(instant("1970-01-01"), Some((0, 0)));
        assert_eq!(instant("2018-06-18T22:28:28Z"), Some((1_529_360_908, 0)));
        let mut last = day("1999-12-31").expect("a day");
        for year in 2000..2101 {
            for month in 1..13 {
                for date in 1..32 {
                    if let Some(day) = day(&format!("{year}-{month:02}-{date:02}")) {
                        assert_eq!(day, last + 1, "{year}-{month}-{date}");
                        last = day;
                    }
                }
            }
        }
    }
}
