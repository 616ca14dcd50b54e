//! Numbers as spreadsheets of any language write them, into numbers as JSON writes them.

/// A number, its unit, and whether its separators could have meant something else.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// Digits with at most one point.
    pub(crate) number: String,
    /// What follows the number, as it is written.
    pub(crate) unit: String,
    pub(crate) is_unsure: bool,
}

/// Reads `1,024`, `1.024`, `0,5 vCPU`, `1 024`, `1'024`, `2GB`. In tables that are separated by
/// semicolons the comma is the decimal sign.
pub(crate) fn written(text: &str, with_semicolons: bool) -> Option<Written> {
    let is_part = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '.' | ',' | '\'' | '’' | '_' | ' ' | '\u{a0}' | '\u{202f}')
    };
    let end = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let number = number.trim_matches([' ', '\u{a0}', '\u{202f}']);
    if number.is_empty() || number.len() > 40 {
        return None;
    }
    let (number, is_unsure) = plain(number, with_semicolons)?;
    Some(Written { number, unit: unit.trim().to_owned(), is_unsure })
}

fn plain(number: &str, with_semicolons: bool) -> Option<(String, bool)> {
    let (point, comma) = (number.rfind('.'), number.rfind(','));
    let (decimal, is_unsure) = match (point, comma) {
        (Some(point), Some(comma)) => (Some(if point > comma { '.' } else { ',' }), false),
        (None, None) => (None, false),
        (Some(_), None) if !with_semicolons => {
            (Some('.').filter(|_| number.matches('.').count() == 1), false)
        }
        (None, Some(_))
            if with_semicolons && !number.starts_with("0,") && in_thousands(number, ',') =>
        {
            // `1,024` beside semicolons: nobody writes three decimals of a size.
            (None, true)
        }
        (None, Some(_)) if with_semicolons => (Some(','), false),
        (Some(_), None) => decimal_or_thousands(number, '.'),
        (None, Some(_)) => decimal_or_thousands(number, ','),
    };
    let (whole, fraction) = match decimal {
        Some(sign) => number.rsplit_once(sign)?,
        None => (number, ""),
    };
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) || !is_grouped(whole) {
        return None;
    }
    let whole = digits(whole);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.trim_end_matches('0');
    let number = if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") };
    Some((number, is_unsure))
}

/// Where only one kind of sign is there: thousands if it groups three digits each, which is unsure
/// for a single one.
fn decimal_or_thousands(number: &str, sign: char) -> (Option<char>, bool) {
    if in_thousands(number, sign) && !number.starts_with('0') {
        (None, number.matches(sign).count() == 1)
    } else {
        (Some(sign), false)
    }
}

fn in_thousands(number: &str, sign: char) -> bool {
    let mut groups = number.split(sign);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
}

/// Whether what stands before the decimal sign is digits, in groups of three where it has groups.
fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.split(|c: char| !c.is_ascii_digit());
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|it| it.len() == 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, with_semicolons: bool, expected: Option<(&str, &str, bool)>) {
        let got = written(text, with_semicolons);
        let got = got.as_ref().map(|it| (it.number.as_str(), it.unit.as_str(), it.is_unsure));
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn numbers_of_any_language_are_read() {
        check("512", false, Some(("512", "", false)));
        check("0.5 vCPU", false, Some(("0.5", "vCPU", false)));
        check("0,5 vCPU", true, Some(("0.5", "vCPU", false)));
        check("2GB", false, Some(("2", "GB", false)));
        check("1,024", false, Some(("1024", "", true)));
        check("1,024", true, Some(("1024", "", true)));
        check("1.024", true, Some(("1024", "", true)));
        check("1.024", false, Some(("1.024", "", false)));
        check("1,024.5", false, Some(("1024.5", "", false)));
        check("1.024,5", true, Some(("1024.5", "", false)));
        check("1,048,576", false, Some(("1048576", "", false)));
        check("1 024 MiB", false, Some(("1024", "MiB", false)));
        check("1'024", false, Some(("1024", "", false)));
        check("1\u{202f}024", false, Some(("1024", "", false)));
        check("0,125", true, Some(("0.125", "", false)));
        check("0,125", false, Some(("0.125", "", false)));
        check("1,5", false, Some(("1.5", "", false)));
        check("512.0", false, Some(("512", "", false)));
        check("007", false, Some(("7", "", false)));
        check("many", false, None);
        check("1,2,3", false, None);
        check("1 2", false, None);
        check("", false, None);
        check("-5", false, None);
    }
}
