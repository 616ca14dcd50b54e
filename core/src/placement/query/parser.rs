//! From text to a tree, by descent: `or` of `and` of terms.

use super::attribute::{BUILT_IN, MAX_NAME, may_hold, unknown_attribute_hint};
use super::cursor::Cursor;
use super::error::{ParseError, Problem};
use super::operand::needed;
use super::pattern::Pattern;
use super::tree::{Comparison, Node, Operator, Order, SUBJECTS, Subject, Test};
use super::{MAX_DEPTH, MAX_LENGTH};
use crate::nearest::did_you_mean;

type Parsed<T> = Result<T, ParseError>;

/// The tree, and whether `and` stands beside `or` without parentheses.
pub(super) fn parse(text: &str) -> Parsed<(Node, bool)> {
    let length = text.chars().count();
    if length > MAX_LENGTH {
        return Err(ParseError { at: MAX_LENGTH, problem: Problem::TooLong { length } });
    }
    let mut parser = Parser { cursor: Cursor::new(text), depth: 0, mixed: false };
    let root = parser.compound()?;
    Ok((root, parser.mixed))
}

#[derive(Clone, Copy)]
enum Joint {
    And,
    Or,
}

struct Parser {
    cursor: Cursor,
    depth: usize,
    mixed: bool,
}

impl Parser {
    /// Terms, up to the end of the text or the parenthesis that closes.
    fn compound(&mut self) -> Parsed<Node> {
        let mut any = Vec::new();
        let mut all = vec![self.term()?];
        let mut chained = false;
        while let Some(joint) = self.joint()? {
            let term = self.term()?;
            match joint {
                Joint::And => {
                    chained = true;
                    all.push(term);
                }
                Joint::Or => any.push(joined(std::mem::replace(&mut all, vec![term]), Node::All)),
            }
        }
        self.mixed |= chained && !any.is_empty();
        any.push(joined(all, Node::All));
        Ok(joined(any, Node::Any))
    }

    fn joint(&mut self) -> Parsed<Option<Joint>> {
        self.cursor.skip_space();
        if self.cursor.take("&&") {
            return Ok(Some(Joint::And));
        }
        if self.cursor.take("||") {
            return Ok(Some(Joint::Or));
        }
        if self.cursor.take_word("and") {
            return Ok(Some(Joint::And));
        }
        if self.cursor.take_word("or") {
            return Ok(Some(Joint::Or));
        }
        let (at, found) = (self.cursor.at(), self.cursor.found());
        let hint = match found.as_deref() {
            None if self.depth == 0 => return Ok(None),
            Some(")") if self.depth > 0 => return Ok(None),
            None => None,
            Some("&") => Some("did you mean &&?".to_owned()),
            Some("|") => Some("did you mean ||?".to_owned()),
            Some(",") => Some("a list stands in brackets".to_owned()),
            Some("(" | "[" | "]" | "'" | "\"") => {
                Some("a value with such signs stands in quotes".to_owned())
            }
            Some(word) => did_you_mean(word, ["and", "or"]),
        };
        let needed = if self.depth == 0 { "`and`, `or` or the end" } else { "`and`, `or` or `)`" };
        Err(unexpected(at, found, needed, hint))
    }

    fn term(&mut self) -> Parsed<Node> {
        self.cursor.skip_space();
        let negated = self.cursor.take("!") || self.cursor.take_word("not");
        self.cursor.skip_space();
        let at = self.cursor.at();
        let node = if self.cursor.take("(") {
            if self.depth == MAX_DEPTH {
                return Err(ParseError { at, problem: Problem::TooDeep });
            }
            self.depth += 1;
            let node = self.compound()?;
            // `compound` ends nowhere else, as long as a parenthesis is open.
            self.cursor.take(")");
            self.depth -= 1;
            node
        } else {
            Node::Comparison(self.comparison()?)
        };
        Ok(if negated { Node::Not(Box::new(node)) } else { node })
    }

    fn comparison(&mut self) -> Parsed<Comparison> {
        let subject = self.subject()?;
        self.cursor.skip_space();
        let at = self.cursor.at();
        let found = self.cursor.found();
        let written = self.cursor.operator();
        let known =
            |operator: &Operator| operator.symbol() == written || operator.word() == written;
        let Some(operator) = Operator::ALL.into_iter().find(known) else {
            let hint = operator_hint(&written);
            let found = if written.is_empty() { found } else { Some(written) };
            let needed = "an operator such as `==`, `in`, `=~` or `exists`";
            return Err(unexpected(at, found, needed, hint));
        };
        let takes = subject.operators();
        if !takes.contains(&operator) {
            let takes = takes.iter().map(|o| o.symbol()).collect::<Vec<_>>().join(", ");
            let problem = Problem::Operator { subject: subject.word(), operator: written, takes };
            return Err(ParseError { at, problem });
        }
        let (negated, test) = self.test(&subject, operator)?;
        Ok(Comparison { subject, negated, test })
    }

    fn subject(&mut self) -> Parsed<Subject> {
        let at = self.cursor.at();
        let found = self.cursor.found();
        let word = self.cursor.word();
        if let Some(name) = word.strip_prefix("attribute:") {
            return attribute(name, at + "attribute:".len());
        }
        if let Some((_, subject)) = SUBJECTS.into_iter().find(|(known, _)| *known == word) {
            return Ok(subject);
        }
        let needed = "a subject such as `attribute:ecs.instance-type` or `task:group`";
        Err(unexpected(at, found, needed, subject_hint(&word)))
    }

    /// What is asked, with the argument that the operator needs.
    fn test(&mut self, subject: &Subject, operator: Operator) -> Parsed<(bool, Test)> {
        let order = |order: Order, value: String| (false, Test::Order(order, value));
        Ok(match operator {
            Operator::Exists => (false, Test::Exists),
            Operator::NotExists => (true, Test::Exists),
            Operator::Equals => (false, Test::Equal(self.value(subject)?)),
            Operator::NotEquals => (true, Test::Equal(self.value(subject)?)),
            Operator::GreaterThan => order(Order::Greater, self.value(subject)?),
            Operator::GreaterThanEqual => order(Order::GreaterEqual, self.value(subject)?),
            Operator::LessThan => order(Order::Less, self.value(subject)?),
            Operator::LessThanEqual => order(Order::LessEqual, self.value(subject)?),
            Operator::In => (false, Test::In(self.list(subject)?)),
            Operator::NotIn => (true, Test::In(self.list(subject)?)),
            Operator::Matches => (false, Test::Matches(self.pattern()?)),
            Operator::NotMatches => (true, Test::Matches(self.pattern()?)),
        })
    }

    fn value(&mut self, subject: &Subject) -> Parsed<String> {
        self.cursor.skip_space();
        let at = self.cursor.at();
        let found = self.cursor.found();
        let value = match self.cursor.quoted()? {
            Some(value) => value,
            None => self.cursor.word(),
        };
        if self.cursor.at() == at {
            let hint = match found.as_deref() {
                None => None,
                Some("[") => Some("a list needs the operator `in` or `!in`"),
                Some(_) => Some("a value with such signs stands in quotes"),
            };
            return Err(unexpected(at, found, "a value", hint.map(str::to_owned)));
        }
        match needed(subject, &value) {
            Some(needed) => Err(unexpected(at, Some(value), needed, None)),
            None => Ok(value),
        }
    }

    fn list(&mut self, subject: &Subject) -> Parsed<Vec<String>> {
        self.cursor.skip_space();
        let (at, found) = (self.cursor.at(), self.cursor.found());
        if !self.cursor.take("[") {
            return Err(unexpected(at, found, "a list such as `[a, b]`", None));
        }
        let mut values = Vec::new();
        loop {
            values.push(self.value(subject)?);
            self.cursor.skip_space();
            let (at, found) = (self.cursor.at(), self.cursor.found());
            if self.cursor.take("]") {
                return Ok(values);
            }
            if !self.cursor.take(",") {
                return Err(unexpected(at, found, "`,` or `]`", None));
            }
        }
    }

    fn pattern(&mut self) -> Parsed<Pattern> {
        self.cursor.skip_space();
        let at = self.cursor.at();
        let found = self.cursor.found();
        let text = match self.cursor.quoted()? {
            Some(text) => text,
            None => self.cursor.pattern(),
        };
        if self.cursor.at() == at {
            let hint = found.is_some().then(|| "such a pattern stands in quotes".to_owned());
            return Err(unexpected(at, found, "a pattern such as `g2.*`", hint));
        }
        Pattern::read(&text).map_err(|reason| {
            let problem = Problem::Pattern { pattern: text, reason };
            ParseError { at, problem }
        })
    }
}

fn unexpected(
    at: usize,
    found: Option<String>,
    needed: impl Into<String>,
    hint: Option<String>,
) -> ParseError {
    ParseError { at, problem: Problem::Unexpected { found, needed: needed.into(), hint } }
}

/// One node stays as it is, several become one.
fn joined(mut nodes: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Node {
    match nodes.pop() {
        Some(node) if nodes.is_empty() => node,
        Some(node) => {
            nodes.push(node);
            join(nodes)
        }
        None => join(nodes),
    }
}

/// The attribute of a name that begins at `at`.
fn attribute(name: &str, at: usize) -> Parsed<Subject> {
    let needed = "a name of 1 to 128 letters, digits and `-_./\\`";
    let length = name.chars().count();
    if let Some(index) = name.chars().position(|character| !may_hold(character)) {
        let found = name.chars().nth(index).map(String::from);
        return Err(unexpected(at + index, found, needed, None));
    }
    if length == 0 || length > MAX_NAME {
        let found = (length > 0).then(|| name.to_owned());
        return Err(unexpected(at, found, needed, None));
    }
    Ok(Subject::Attribute(name.to_owned()))
}

fn subject_hint(word: &str) -> Option<String> {
    if BUILT_IN.contains(&word) {
        return Some(format!("did you mean attribute:{word}?"));
    }
    if let Some((head, name)) = word.split_once(':')
        && did_you_mean(head, ["attribute"]).is_some()
    {
        return Some(format!("did you mean attribute:{name}?"));
    }
    did_you_mean(word, SUBJECTS.map(|(known, _)| known))
        .or_else(|| unknown_attribute_hint(word).map(|hint| hint.replace("ecs.", "attribute:ecs.")))
}

fn operator_hint(text: &str) -> Option<String> {
    let meant = match text {
        "=" | "===" | "is" | "eq" => "==",
        "!==" | "<>" | "=!" | "!" => "!=",
        "=>" => ">=",
        "=<" => "<=",
        "~" | "~=" | "=~~" | "like" => "=~",
        "!=~" | "~!" | "!~=" => "!~",
        _ if text.starts_with('!') => return did_you_mean(text, ["!exists", "!in"]),
        _ => return did_you_mean(text, Operator::ALL.map(Operator::word)),
    };
    Some(format!("did you mean {meant}?"))
}
