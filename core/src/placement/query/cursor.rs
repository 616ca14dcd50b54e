//! Steps through the characters of an expression: words, operators, quoted texts, patterns.
//!
//! What ends a word depends on where it stands, so the parser asks for what it needs; there is no
//! list of tokens.

use super::error::{ParseError, Problem};

/// A place in the text.
pub(super) struct Cursor {
    text: Vec<char>,
    at: usize,
}

impl Cursor {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.chars().collect(), at: 0 }
    }

    /// Characters from the start.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn second(&self) -> Option<char> {
        self.text.get(self.at + 1).copied()
    }

    pub(super) fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// Takes a piece of the text if it stands here.
    pub(super) fn take(&mut self, piece: &str) -> bool {
        let length = piece.chars().count();
        let stands = self.text[self.at..].iter().copied().take(length).eq(piece.chars());
        if stands {
            self.at += length;
        }
        stands
    }

    /// Takes a word if it stands here, and whole: `not`, but no `nothing`.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let before = self.at;
        let stands = self.word() == word;
        if !stands {
            self.at = before;
        }
        stands
    }

    /// The word that stands here; empty where none does.
    pub(super) fn word(&mut self) -> String {
        self.run(in_word)
    }

    /// The operator that stands here: a run of operator characters, a word, or `!` and a word.
    pub(super) fn operator(&mut self) -> String {
        let mut operator = self.run(is_operator);
        if operator.is_empty() || operator == "!" {
            operator.push_str(&self.word());
        }
        operator
    }

    fn run(&mut self, belongs: fn(char) -> bool) -> String {
        let rest = &self.text[self.at..];
        let word: String = rest.iter().copied().take_while(|c| belongs(*c)).collect();
        self.at += word.chars().count();
        word
    }

    /// The quoted text that stands here, without its quotes.
    pub(super) fn quoted(&mut self) -> Result<Option<String>, ParseError> {
        let Some(quote @ ('\'' | '"')) = self.peek() else { return Ok(None) };
        let inside = &self.text[self.at + 1..];
        let Some(length) = inside.iter().position(|c| *c == quote) else {
            return Err(ParseError { at: self.at, problem: Problem::UnclosedQuote { quote } });
        };
        let text = inside[..length].iter().collect();
        self.at += length + 2;
        Ok(Some(text))
    }

    /// The bare pattern that stands here; empty where none does.
    pub(super) fn pattern(&mut self) -> String {
        let mut pattern = String::new();
        while let Some(character) = self.peek() {
            if !in_pattern(pattern.chars().next_back(), character, self.second()) {
                break;
            }
            pattern.push(character);
            self.at += 1;
        }
        pattern
    }

    /// What stands here, for an error: a word, an operator, or a single character.
    pub(super) fn found(&self) -> Option<String> {
        let first = self.peek()?;
        let rest = self.text[self.at..].iter().copied();
        Some(if in_word(first) {
            rest.take_while(|c| in_word(*c)).collect()
        } else if is_operator(first) {
            rest.take_while(|c| is_operator(*c)).collect()
        } else if matches!(first, '&' | '|') {
            rest.take_while(|c| *c == first).take(2).collect()
        } else {
            first.to_string()
        })
    }
}

fn is_operator(character: char) -> bool {
    matches!(character, '=' | '!' | '<' | '>' | '~')
}

/// Whether the character may stand in a bare word. What may not can stand in quotes.
pub(super) fn in_word(character: char) -> bool {
    !(character.is_whitespace()
        || is_operator(character)
        || matches!(character, '(' | ')' | '[' | ']' | ',' | '\'' | '"' | '&' | '|'))
}

/// Whether a bare pattern goes on. It begins with no operator, and a single `|` or `&` belongs to
/// it between two other characters only, so that `||` and `&&` still end it.
fn in_pattern(before: Option<char>, character: char, after: Option<char>) -> bool {
    let inner = |c: char| !(c.is_whitespace() || matches!(c, '(' | ')' | '\'' | '"' | '&' | '|'));
    match character {
        '&' | '|' => before.is_some_and(inner) && after.is_some_and(inner),
        _ if before.is_none() => inner(character) && !is_operator(character),
        _ => inner(character),
    }
}

/// Whether the text can stand as a bare word.
pub(super) fn is_bare(text: &str) -> bool {
    !text.is_empty() && text.chars().all(in_word)
}

/// Whether the text can stand as a bare pattern.
pub(super) fn is_bare_pattern(text: &str) -> bool {
    let mut cursor = Cursor::new(text);
    !text.is_empty() && cursor.pattern().len() == text.len()
}
