//! The parts of an outlook, by the words that ask for them.

use std::fmt;
use std::str::FromStr;

/// A part of an outlook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The predicted and the cheapest fleet.
    Fleets,
    /// Between which limits.
    Range,
    /// How sure the prediction is.
    Sensitivity,
    /// What is risky or mistaken.
    Advice,
    /// Other settings.
    WhatIfs,
    /// Tighter requirements.
    Tightenings,
    /// The peak of a deployment.
    Deployment,
    /// The same services elsewhere.
    Comparison,
    /// The best Auto Scaling groups.
    Group,
    /// Other task sizes.
    TaskSizes,
}

impl Part {
    /// All of them, in the order in which they are worth waiting for.
    pub const ALL: [Self; 10] = [
        Self::Fleets,
        Self::Range,
        Self::Sensitivity,
        Self::Advice,
        Self::WhatIfs,
        Self::Tightenings,
        Self::Deployment,
        Self::Comparison,
        Self::Group,
        Self::TaskSizes,
    ];

    /// The word that asks for it: the name of its field in the outlook, but for `fleets`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fleets => "fleets",
            Self::Range => "range",
            Self::Sensitivity => "sensitivity",
            Self::Advice => "advice",
            Self::WhatIfs => "whatIfs",
            Self::Tightenings => "tightenings",
            Self::Deployment => "deployment",
            Self::Comparison => "comparison",
            Self::Group => "group",
            Self::TaskSizes => "taskSizes",
        }
    }
}

/// A word that asks for no part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoPart {
    word: String,
}

impl fmt::Display for NoPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = Part::ALL.iter().map(|part| part.word()).collect();
        write!(f, "parts: {} stands here: one of {} is needed", self.word, words.join(", "))
    }
}

impl std::error::Error for NoPart {}

impl FromStr for Part {
    type Err = NoPart;

    fn from_str(word: &str) -> Result<Self, NoPart> {
        let found = Self::ALL.into_iter().find(|part| part.word() == word);
        found.ok_or_else(|| NoPart { word: word.chars().take(40).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_ask_for_parts() {
        for part in Part::ALL {
            assert_eq!(part.word().parse(), Ok(part));
        }
        let error = "ranges".parse::<Part>().expect_err("no part").to_string();
        assert!(error.starts_with("parts: ranges stands here: one of fleets, range,"), "{error}");
    }
}
