//! Limits as people type them: `500`, `$1,000.50`, `10%`. Whole numbers inside, no rounding; what
//! can be read in two ways is refused.

use std::fmt;
use std::str::FromStr;

/// More than any bill, and far below what the arithmetic holds.
const MOST_DOLLARS: u64 = 1_000_000_000;

/// More than any growth that anybody would limit.
const MOST_PERCENT: u64 = 1_000_000;

/// US dollars, to a millionth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Dollars {
    pub(crate) micro: u64,
}

/// A percentage, to a ten-thousandth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Percent {
    /// Millionths of the whole: 10 % are 100 000.
    pub(crate) millionths: u64,
}

/// A text that is no limit, and what is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoLimit {
    text: String,
    needed: &'static str,
}

impl std::error::Error for NoLimit {}

impl fmt::Display for NoLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: String = self.text.chars().take(40).collect();
        write!(f, "{shown} stands here: {}", self.needed)
    }
}

impl FromStr for Dollars {
    type Err = NoLimit;

    fn from_str(text: &str) -> Result<Self, NoLimit> {
        let refused = |needed| NoLimit { text: text.to_owned(), needed };
        let bare = text.trim();
        if bare.ends_with('%') {
            return Err(refused(
                "USD a month are needed, such as 500; --max-increase takes percent",
            ));
        }
        let bare = bare.strip_prefix('$').unwrap_or(bare);
        let bare = bare.strip_suffix("USD").unwrap_or(bare).trim();
        let micro = decimal(bare, 6, MOST_DOLLARS).map_err(|why| {
            refused(match why {
                NoDecimal::Negative => "USD a month are needed, 0 or more",
                NoDecimal::Commas => {
                    "a point is needed before decimals (500.50), commas between thousands (1,000)"
                }
                NoDecimal::TooExact => "USD a month with at most 6 decimals are needed",
                NoDecimal::TooMuch => "at most 1,000,000,000 USD a month are understood",
                NoDecimal::NoNumber => "USD a month are needed, such as 500 or 1,000.50",
            })
        })?;
        Ok(Self { micro })
    }
}

impl FromStr for Percent {
    type Err = NoLimit;

    fn from_str(text: &str) -> Result<Self, NoLimit> {
        let refused = |needed| NoLimit { text: text.to_owned(), needed };
        let Some(bare) = text.trim().strip_suffix('%') else {
            return Err(refused("a percentage is needed, with its sign: 10%"));
        };
        let millionths = decimal(bare.trim(), 4, MOST_PERCENT).map_err(|why| {
            refused(match why {
                NoDecimal::Negative => "an increase is needed, 0% or more",
                NoDecimal::Commas => {
                    "a point is needed before decimals (0.5%), commas between thousands (1,000%)"
                }
                NoDecimal::TooExact => "a percentage with at most 4 decimals is needed",
                NoDecimal::TooMuch => "at most 1,000,000% are understood",
                NoDecimal::NoNumber => "a percentage is needed, such as 10% or 0.5%",
            })
        })?;
        Ok(Self { millionths })
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.millionths / 10_000, self.millionths % 10_000);
        if rest == 0 {
            return write!(f, "{whole} %");
        }
        write!(f, "{whole}.{} %", format!("{rest:04}").trim_end_matches('0'))
    }
}

/// Why a text is no number that is understood.
enum NoDecimal {
    Negative,
    /// A comma that does not separate thousands: `1,5`.
    Commas,
    TooExact,
    TooMuch,
    NoNumber,
}

/// A number from 0 to `most`, in units of 10^-`places`.
fn decimal(text: &str, places: usize, most: u64) -> Result<u64, NoDecimal> {
    if text.starts_with(['-', '\u{2212}']) {
        return Err(NoDecimal::Negative);
    }
    let (whole, fraction) = match text.split_once('.') {
        Some((_, "")) => return Err(NoDecimal::NoNumber),
        Some(parts) => parts,
        None => (text, ""),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(&whole.replace(',', "")) || !digits(fraction) {
        return Err(NoDecimal::NoNumber);
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default().len();
    let grouped = whole.contains(',');
    if grouped && !((1..=3).contains(&first) && groups.all(|group| group.len() == 3)) {
        return Err(NoDecimal::Commas);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > places {
        return Err(NoDecimal::TooExact);
    }
    let all = format!("{}{fraction:0<places$}", whole.replace(',', ""));
    let unit =
        u64::try_from(places).ok().and_then(|it| 10_u64.checked_pow(u32::try_from(it).ok()?));
    let most = unit.and_then(|unit| most.checked_mul(unit)).ok_or(NoDecimal::TooMuch)?;
    all.parse().ok().filter(|value| *value <= most).ok_or(NoDecimal::TooMuch)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: FromStr<Err = NoLimit>>(
        text: &str,
        inside: fn(&T) -> u64,
        expected: Result<u64, &str>,
    ) {
        match (text.parse::<T>(), expected) {
            (Ok(got), Ok(expected)) => assert_eq!(inside(&got), expected, "{text}"),
            (Err(error), Err(part)) => {
                let said = error.to_string();
                assert!(said.contains(part) && said.contains(text), "{text}: {said}");
            }
            (got, _) => assert_eq!(got.is_ok(), expected.is_ok(), "{text}"),
        }
    }

    #[test]
    fn dollars_are_read_or_refused() {
        for (text, expected) in [
            ("500", Ok(500_000_000)),
            ("500.5", Ok(500_500_000)),
            ("1,000", Ok(1_000_000_000)),
            ("12,345,678.90", Ok(12_345_678_900_000)),
            ("$500", Ok(500_000_000)),
            ("500 USD", Ok(500_000_000)),
            ("0", Ok(0)),
            ("0.000001", Ok(1)),
            ("1.50000000", Ok(1_500_000)),
            ("-5", Err("0 or more")),
            ("10%", Err("--max-increase takes percent")),
            ("1,5", Err("a point is needed")),
            ("1,0000", Err("a point is needed")),
            (",100", Err("a point is needed")),
            ("1.0000001", Err("at most 6 decimals")),
            ("1000000000.1", Err("at most 1,000,000,000")),
            ("99999999999999999999999", Err("at most 1,000,000,000")),
            ("", Err("such as 500")),
            ("5.", Err("such as 500")),
            (".5", Err("such as 500")),
            ("5e2", Err("such as 500")),
            ("five", Err("such as 500")),
            ("1 000", Err("such as 500")),
            ("+5", Err("such as 500")),
        ] {
            check::<Dollars>(text, |it| it.micro, expected);
        }
    }

    #[test]
    fn percentages_are_read_or_refused() {
        for (text, expected) in [
            ("10%", Ok(100_000)),
            ("10 %", Ok(100_000)),
            ("0.5%", Ok(5_000)),
            ("0%", Ok(0)),
            ("0.0001%", Ok(1)),
            ("1,000%", Ok(10_000_000)),
            ("10", Err("with its sign: 10%")),
            ("-5", Err("with its sign: 10%")),
            ("-5%", Err("0% or more")),
            ("0,5%", Err("a point is needed")),
            ("0.00001%", Err("at most 4 decimals")),
            ("2,000,000%", Err("at most 1,000,000%")),
            ("%", Err("such as 10%")),
            ("ten%", Err("such as 10%")),
        ] {
            check::<Percent>(text, |it| it.millionths, expected);
        }
    }

    #[test]
    fn percentages_are_shown_as_they_are() {
        for (millionths, shown) in [(100_000, "10 %"), (5_000, "0.5 %"), (1, "0.0001 %")] {
            assert_eq!(Percent { millionths }.to_string(), shown);
        }
    }
}
