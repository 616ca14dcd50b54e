//! Why an expression cannot be read: where, what stands there, and what is needed there.

use super::{MAX_DEPTH, MAX_LENGTH};
use std::fmt;

/// Longer quotations of the text are cut.
const SHOWN: usize = 40;

/// Why an expression cannot be read. Prints as one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// Where: characters from the start, counted from 0; the text's length where it ends too soon.
    pub at: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// More than [`MAX_LENGTH`] characters.
    TooLong {
        /// How many there are.
        length: usize,
    },
    /// More than [`MAX_DEPTH`] parentheses within one another.
    TooDeep,
    /// A quote that no other closes.
    UnclosedQuote {
        /// Which one.
        quote: char,
    },
    /// Something else is needed.
    Unexpected {
        /// What stands there; `None` at the end of the text.
        found: Option<String>,
        /// What is needed there.
        needed: String,
        /// What may have been meant, or what to do.
        hint: Option<String>,
    },
    /// The subject does not take this operator.
    Operator {
        /// The subject.
        subject: &'static str,
        /// The operator.
        operator: String,
        /// The operators that it takes.
        takes: String,
    },
    /// A pattern that is none, or one that cannot be evaluated here.
    Pattern {
        /// The pattern.
        pattern: String,
        /// What in it is wrong.
        reason: String,
    },
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            0 => f.write_str("At the start: ")?,
            1 => f.write_str("After 1 character: ")?,
            at => write!(f, "After {at} characters: ")?,
        }
        match &self.problem {
            Problem::TooLong { length } => write!(
                f,
                "the expression goes on to {length} characters, but ECS takes at most \
                 {MAX_LENGTH}.",
            ),
            Problem::TooDeep => write!(
                f,
                "a parenthesis opens within {MAX_DEPTH} others, and no more than that are read."
            ),
            Problem::UnclosedQuote { quote } => {
                write!(f, "a quote opens here, and a second {quote} is needed to close it.")
            }
            Problem::Unexpected { found, needed, hint } => {
                match found {
                    Some(found) => write!(f, "{} stands here", shown(found))?,
                    None => f.write_str("the expression ends here")?,
                }
                write!(f, ", but {needed} is needed")?;
                match hint {
                    Some(hint) if hint.ends_with('?') => write!(f, ": {hint}"),
                    Some(hint) => write!(f, ": {hint}."),
                    None => f.write_str("."),
                }
            }
            Problem::Operator { subject, operator, takes } => {
                write!(f, "`{operator}` stands here, but {subject} takes only {takes}.")
            }
            Problem::Pattern { pattern, reason } => {
                write!(f, "the pattern {} cannot be evaluated: {reason}.", shown(pattern))
            }
        }
    }
}

impl std::error::Error for ParseError {}

/// A piece of the text in backticks, short and on one line.
pub(super) fn shown(text: &str) -> String {
    let mut short = String::from("`");
    for (index, character) in text.chars().enumerate() {
        if index == SHOWN {
            short.push('…');
            break;
        }
        if character.is_control() {
            short.extend(character.escape_default());
        } else {
            short.push(character);
        }
    }
    short.push('`');
    short
}
