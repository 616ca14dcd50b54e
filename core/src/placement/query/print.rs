//! From a tree to text that reads as the same tree.
//!
//! The text is written with spaces, words and parentheses that make the order plain. Where that
//! is longer or deeper than ECS and the parser take, it is written as tightly as the language
//! allows, which is never longer or deeper than what was read.

use super::cursor::{is_bare, is_bare_pattern};
use super::tree::{Comparison, Node, Operator, Subject, Test};
use super::{Expression, MAX_DEPTH, MAX_LENGTH};
use std::fmt;

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = Printer::print(&self.root, false);
        if plain.deepest <= MAX_DEPTH && plain.text.chars().count() <= MAX_LENGTH {
            f.write_str(&plain.text)
        } else {
            f.write_str(&tight(&self.root))
        }
    }
}

/// The shortest text.
pub(super) fn tight(root: &Node) -> String {
    Printer::print(root, true).text
}

/// Words that ECS may take for more than a value where they stand bare.
fn is_kept(value: &str) -> bool {
    matches!(value, "and" | "or" | "not") || Operator::ALL.iter().any(|o| o.word() == value)
}

struct Printer {
    text: String,
    tight: bool,
    depth: usize,
    deepest: usize,
}

impl Printer {
    fn print(root: &Node, tight: bool) -> Self {
        let mut printer = Self { text: String::new(), tight, depth: 0, deepest: 0 };
        printer.node(root);
        printer
    }

    /// One of two ways to write the same.
    fn put(&mut self, plain: &str, tight: &str) {
        self.text.push_str(if self.tight { tight } else { plain });
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Any(nodes) => {
                // `and` within `or` needs none, but whoever reads it should not have to know.
                let tight = self.tight;
                self.chain(nodes, (" or ", "||"), |node| match node {
                    Node::Any(_) => true,
                    Node::All(_) => !tight,
                    _ => false,
                });
            }
            Node::All(nodes) => self
                .chain(nodes, (" and ", "&&"), |node| matches!(node, Node::Any(_) | Node::All(_))),
            Node::Not(node) => {
                self.put("not", "!");
                let bare = self.tight && matches!(**node, Node::Comparison(_));
                self.maybe_in_parentheses(node, !bare);
            }
            Node::Comparison(comparison) => self.comparison(comparison),
        }
    }

    fn chain(&mut self, nodes: &[Node], joint: (&str, &str), nested: impl Fn(&Node) -> bool) {
        for (index, node) in nodes.iter().enumerate() {
            if index > 0 {
                self.put(joint.0, joint.1);
            }
            self.maybe_in_parentheses(node, nested(node));
        }
    }

    fn maybe_in_parentheses(&mut self, node: &Node, parentheses: bool) {
        if !parentheses {
            return self.node(node);
        }
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        self.text.push('(');
        self.node(node);
        self.text.push(')');
        self.depth -= 1;
    }

    fn comparison(&mut self, comparison: &Comparison) {
        let subject = &comparison.subject;
        self.text.push_str(subject.word());
        if let Subject::Attribute(name) = subject {
            self.text.push_str(name);
        }
        let operator = comparison.operator().symbol();
        // Two words need a space between them.
        let word = operator.starts_with(char::is_alphabetic);
        self.put(" ", if word { " " } else { "" });
        self.text.push_str(operator);
        match &comparison.test {
            Test::Exists => {}
            Test::Equal(value) | Test::Order(_, value) => {
                self.put(" ", "");
                self.value(value);
            }
            Test::In(values) => {
                self.put(" ", "");
                self.text.push('[');
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        self.put(", ", ",");
                    }
                    self.value(value);
                }
                self.text.push(']');
            }
            Test::Matches(pattern) => {
                self.put(" ", "");
                self.quoted_unless(is_bare_pattern(pattern.text()), pattern.text());
            }
        }
    }

    fn value(&mut self, value: &str) {
        let bare = is_bare(value) && (self.tight || !is_kept(value));
        self.quoted_unless(bare, value);
    }

    /// No value holds both quotes: there is no way to write one.
    fn quoted_unless(&mut self, bare: bool, text: &str) {
        let quote = match (bare, text.contains('\'')) {
            (true, _) => "",
            (false, false) => "'",
            (false, true) => "\"",
        };
        self.text.push_str(quote);
        self.text.push_str(text);
        self.text.push_str(quote);
    }
}
