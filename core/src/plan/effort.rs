//! How much a plan may look for the cheapest fleet: a word or a number of steps.

use crate::packing::Work;
use std::fmt;
use std::str::FromStr;

/// How much work the search for the cheapest fleet may take. Everything else in a plan takes little.
///
/// As text it is `quick`, `thorough`, or a number of the solver's own steps, of which a machine
/// does some 10^8 to 10^9 a second. The same effort gives the same report on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Effort(pub Work);

impl Effort {
    /// Enough for an answer while somebody types: what a plan takes unless it is told otherwise.
    pub const QUICK: Self = Self(Work::QUICK);
    /// Some seconds, for a better fleet or a better proof.
    pub const THOROUGH: Self = Self(Work::THOROUGH);
    /// The most steps that can be asked for: above it a number of JavaScript is not exact.
    pub const MOST_STEPS: u64 = (1 << 53) - 1;
    /// How many times as much is tried next.
    const STEP: u64 = 5;
    /// Beyond this [`Self::more`] offers nothing: some minutes.
    const MOST_OFFERED: u64 = Self::STEP * Self::STEP * Work::THOROUGH.0;

    /// How many steps.
    #[must_use]
    pub fn steps(self) -> u64 {
        self.0.0
    }

    /// What to try when this was not enough; `None` when that would take longer than anybody
    /// waits.
    #[must_use]
    pub fn more(self) -> Option<Self> {
        if self < Self::THOROUGH {
            return Some(Self::THOROUGH);
        }
        let steps = self.steps().checked_mul(Self::STEP)?;
        (steps <= Self::MOST_OFFERED).then_some(Self(Work(steps)))
    }
}

impl Default for Effort {
    fn default() -> Self {
        Self::QUICK
    }
}

/// A text that is no effort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoEffort {
    text: String,
}

impl fmt::Display for NoEffort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "work: {} stands here: quick, thorough or a whole number of steps from 0 to {} is needed",
            self.text,
            Effort::MOST_STEPS
        )
    }
}

impl std::error::Error for NoEffort {}

impl FromStr for Effort {
    type Err = NoEffort;

    fn from_str(text: &str) -> Result<Self, NoEffort> {
        match text {
            "quick" => Ok(Self::QUICK),
            "thorough" => Ok(Self::THOROUGH),
            digits => match digits.parse::<u64>() {
                Ok(steps) if steps <= Self::MOST_STEPS => Ok(Self(Work(steps))),
                _ => Err(NoEffort { text: digits.chars().take(40).collect() }),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_are_read() {
        for (text, steps) in [
            ("quick", Some(Work::QUICK.0)),
            ("thorough", Some(Work::THOROUGH.0)),
            ("0", Some(0)),
            ("250000000", Some(250_000_000)),
            ("9007199254740991", Some(Effort::MOST_STEPS)),
            ("9007199254740992", None),
            ("99999999999999999999", None),
            ("-1", None),
            ("1e9", None),
            ("Quick", None),
            ("", None),
        ] {
            let read = text.parse::<Effort>();
            assert_eq!(read.as_ref().ok().map(|effort| effort.steps()), steps, "{text}");
            if let Err(error) = read {
                let says = format!("work: {text} stands here: quick, thorough or");
                assert!(error.to_string().starts_with(&says), "{error}");
            }
        }
    }

    #[test]
    fn more_is_more_and_ends() {
        let mut efforts = vec![Effort::default()];
        while let Some(more) = efforts.last().and_then(|effort| effort.more()) {
            efforts.push(more);
            assert!(efforts.len() < 10, "no end");
        }
        assert!(efforts.is_sorted_by(|a, b| a < b));
        assert_eq!(efforts.get(1), Some(&Effort::THOROUGH));
        assert_eq!(Effort(Work(u64::MAX)).more(), None);
    }
}
