//! A load curve, minute by minute, in whole numbers.

use crate::diagnostic::Diagnostic;
use crate::scenario::{DailyLoad, LoadCurve, LoadPoint, Requests};

/// Minutes of a day.
const DAY: u64 = 1440;

/// More bad lines of a CSV are counted, and not listed.
const MOST_LINES_SAID: usize = 5;

/// Requests of each minute from 0 to `minutes`. `path` is where the curve stands.
pub(super) fn per_minute(
    curve: &LoadCurve,
    minutes: u32,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<u32> {
    let all = 0..=minutes;
    match curve {
        LoadCurve::Constant(requests) => vec![requests.get()],
        LoadCurve::Steps(points) => {
            let points = sorted(points);
            all.map(|minute| before(&points, minute).or(points.first().copied()).map_or(0, value))
                .collect()
        }
        LoadCurve::Ramp(points) => {
            let points = sorted(points);
            all.map(|minute| between(&points, minute)).collect()
        }
        LoadCurve::Daily(day) => all.map(|minute| of_day(day, minute)).collect(),
        LoadCurve::Csv(text) => {
            let points = read_csv(text, &format!("{path}.csv"), diagnostics);
            let points = sorted(&points);
            all.map(|minute| before(&points, minute).or(points.first().copied()).map_or(0, value))
                .collect()
        }
    }
}

fn sorted(points: &[LoadPoint]) -> Vec<LoadPoint> {
    let mut points = points.to_vec();
    points.sort_by_key(|point| point.minute);
    points
}

fn value(point: LoadPoint) -> u32 {
    point.requests_per_minute.get()
}

/// The last point that is not after a minute.
fn before(points: &[LoadPoint], minute: u32) -> Option<LoadPoint> {
    let after = points.partition_point(|point| point.minute.get() <= minute);
    after.checked_sub(1).map(|place| points[place])
}

/// A straight line between the points around a minute.
fn between(points: &[LoadPoint], minute: u32) -> u32 {
    let after = points.partition_point(|point| point.minute.get() <= minute);
    let (Some(to), Some(from)) = (points.get(after), after.checked_sub(1).map(|it| &points[it]))
    else {
        return points.get(after).or(points.last()).copied().map_or(0, value);
    };
    let (a, b) = (i64::from(value(*from)), i64::from(value(*to)));
    let span = i64::from(to.minute.get() - from.minute.get()).max(1);
    let at = a + (b - a) * i64::from(minute - from.minute.get()) / span;
    u32::try_from(at).unwrap_or(0)
}

/// A smooth rise in the twelve hours before the peak and a smooth fall in those after it:
/// 3x^2 - 2x^3 of the distance from the peak.
fn of_day(day: &DailyLoad, minute: u32) -> u32 {
    let (at, peak) = (u64::from(minute) % DAY, u64::from(day.peak_minute.get()) % DAY);
    let distance = at.abs_diff(peak).min(DAY - at.abs_diff(peak));
    let half = DAY / 2;
    let (low, high) = (u64::from(day.low.get()), u64::from(day.high.get()));
    let (low, high) = (low.min(high), high.max(low));
    let part = distance * distance * (3 * half - 2 * distance);
    let less = u128::from(high - low) * u128::from(part) / u128::from(half * half * half);
    u32::try_from(u128::from(high).saturating_sub(less)).unwrap_or(u32::MAX)
}

/// `requests` a line, or `minute,requests`; of other first columns, such as times, the order of
/// lines counts. A first line without a number is a heading.
fn read_csv(text: &str, path: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<LoadPoint> {
    let mut points = Vec::new();
    let mut bad = 0;
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).enumerate();
    let mut row = 0;
    let mut first = true;
    for (place, line) in lines.filter(|(_, line)| !line.is_empty()) {
        let heading = std::mem::take(&mut first);
        match point(line, row) {
            Some(point) => {
                points.push(point);
                row += 1;
            }
            None if heading => {}
            None => {
                bad += 1;
                if bad <= MOST_LINES_SAID {
                    let shown: String = line.chars().take(40).collect();
                    let message = format!(
                        "line {}: {shown} is left out: requests a minute from 0 to {} are needed, \
                         or a minute from 0 to {} before them",
                        place + 1,
                        Requests::MAX,
                        crate::scenario::Minute::MAX
                    );
                    diagnostics
                        .push(Diagnostic::error("load.csvLine", path, message).with_value(shown));
                }
            }
        }
    }
    if bad > MOST_LINES_SAID {
        let message = format!("{bad} lines cannot be read; the first {MOST_LINES_SAID} are listed");
        diagnostics.push(Diagnostic::error("load.csvLines", path, message));
    }
    if points.is_empty() {
        let message = "there is no line with requests a minute: the load is taken to be 0";
        diagnostics.push(Diagnostic::error("load.csvEmpty", path, message));
    }
    points
}

fn point(line: &str, row: u32) -> Option<LoadPoint> {
    let separator = if line.contains(';') {
        ';'
    } else if line.contains('\t') {
        '\t'
    } else {
        ','
    };
    let mut cells = line.split(separator).map(|cell| cell.trim().trim_matches('"'));
    let (a, b) = (cells.next()?, cells.next());
    let requests = |cell: &str| whole(cell).and_then(Requests::new);
    let (minute, requests) = match b {
        None => (row, requests(a)?),
        Some(b) => (whole(a).unwrap_or(row), requests(b)?),
    };
    let minute = crate::scenario::Minute::new(minute)?;
    Some(LoadPoint { minute, requests_per_minute: requests })
}

/// A number without its decimals.
fn whole(cell: &str) -> Option<u32> {
    let (whole, decimals) = cell.split_once('.').unwrap_or((cell, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(decimals) {
        return None;
    }
    whole.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// `(curve, [(minute, requests)], what is said)`.
    #[track_caller]
    fn check(curve: &serde_json::Value, expected: &[(usize, u32)], said: &[&str]) {
        let curve: LoadCurve = serde_json::from_value(curve.clone()).expect("a curve");
        let mut diagnostics = Vec::new();
        let told = per_minute(&curve, 1440, "load", &mut diagnostics);
        for (minute, requests) in expected {
            let at = told[(*minute).min(told.len() - 1)];
            assert_eq!(at, *requests, "{curve:?} at {minute}");
        }
        let codes: Vec<&str> = diagnostics.iter().map(|it| it.code.as_str()).collect();
        assert_eq!(codes, said, "{diagnostics:?}");
    }

    #[test]
    fn curves_have_a_value_for_each_minute() {
        let points = json!([
            { "minute": 60, "requestsPerMinute": 600 },
            { "minute": 10, "requestsPerMinute": 100 },
        ]);
        check(&json!({ "constant": 7 }), &[(0, 7), (1440, 7)], &[]);
        check(&json!({ "steps": points }), &[(0, 100), (10, 100), (59, 100), (60, 600)], &[]);
        check(&json!({ "ramp": points }), &[(0, 100), (35, 350), (59, 590), (99, 600)], &[]);
        check(&json!({ "ramp": [] }), &[(5, 0)], &[]);
        let day = json!({ "daily": { "low": 100, "high": 900, "peakMinute": 840 } });
        check(&day, &[(840, 900), (120, 100), (480, 500), (1200, 500), (1440, 160)], &[]);
    }

    #[test]
    fn csv_is_read_as_it_is_pasted() {
        check(&json!({ "csv": "10\r\n20\r\n\r\n30" }), &[(0, 10), (1, 20), (2, 30), (9, 30)], &[]);
        let columns = "minute,requests\n0,10\n5,\"20.7\"\n";
        check(&json!({ "csv": columns }), &[(0, 10), (4, 10), (5, 20)], &[]);
        let times = "2026-07-01T09:00:00Z;10\n2026-07-01T09:01:00Z;20\n";
        check(&json!({ "csv": times }), &[(0, 10), (1, 20)], &[]);
        check(&json!({ "csv": "1\n-2\nmany\n3" }), &[(0, 1), (1, 3)], &["load.csvLine"; 2]);
        check(&json!({ "csv": "requests" }), &[(0, 0)], &["load.csvEmpty"]);
        let bad = "1\n".to_owned() + &"x\n".repeat(9);
        let said = [&["load.csvLine"; 5][..], &["load.csvLines"]].concat();
        check(&json!({ "csv": bad }), &[(0, 1)], &said);
    }
}
