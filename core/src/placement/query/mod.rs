//! The cluster query language of ECS: the expressions of `memberOf` placement constraints.
//!
//! Sources: ECS Developer Guide, "Create expressions to define container instances for Amazon ECS
//! tasks" (the cluster query language) and "container instance attributes"; ECS API Reference,
//! `PlacementConstraint` and `Attribute`. What they say:
//!
//! ```text
//! expression  := compound                                       at most 2000 characters
//! compound    := term { ("&&" | "and" | "||" | "or") term }
//! term        := ["!" | "not"] ( "(" compound ")" | comparison )
//! comparison  := subject operator [argument]
//! subject     := agentConnected | agentVersion | ec2InstanceId | registeredAt
//!              | runningTasksCount | "attribute:" name | "task:group"
//! operator    := == equals != not_equals > greater_than >= greater_than_equal
//!              | < less_than <= less_than_equal exists !exists not_exists
//!              | in !in not_in =~ matches !~ not_matches
//! argument    := value | "[" value { "," value } "]"
//! ```
//!
//! What they leave open, and what is assumed here:
//!
//! - `and` binds tighter than `or`. [`Expression::hints`] tells where it matters.
//! - Words are as the guide writes them: `AND` is no operator.
//! - `=~` and `!~` are Java regular expressions; the pattern has to match the whole value.
//! - A value is a bare word or stands in single or double quotes, in which a backslash is itself.
//!   Bare words end at white space, quotes, parentheses, brackets, commas and operators; bare
//!   patterns only at white space, quotes, parentheses, `&&` and `||`.
//! - An instance without the attribute fails each comparison, and so passes each negated one.
//! - `<`, `<=`, `>`, `>=` compare attributes as numbers where both are, else as text.
//! - `task:group` takes every operator: one task of such a group is enough, and the negated
//!   operators ask that there be none. The other subjects take those that the guide lists.

mod attribute;
mod cursor;
mod error;
mod evaluate;
mod hint;
mod operand;
mod parser;
mod pattern;
mod print;
mod tree;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

pub use attribute::{BUILT_IN, unknown_attribute_hint};
pub use error::{ParseError, Problem};

use std::collections::{BTreeMap, BTreeSet};
use tree::{Node, Subject};

/// At most so many characters: ECS API Reference, `PlacementConstraint`.
pub const MAX_LENGTH: usize = 2000;

/// At most so many parentheses within one another. ECS tells no limit; this one keeps the stack
/// small in a browser too.
pub const MAX_DEPTH: usize = 50;

/// What an expression can ask of a container instance.
#[derive(Debug, Clone, Copy)]
pub struct InstanceFacts<'a> {
    /// Attributes by their names, the built-in ones among them: `ecs.instance-type`.
    pub attributes: &'a BTreeMap<String, String>,
    /// Whether the agent is connected.
    pub agent_connected: bool,
    /// The agent's version: `1.20.0`.
    pub agent_version: &'a str,
    /// The EC2 instance's id: `i-abcd1234`.
    pub ec2_instance_id: &'a str,
    /// When the instance was registered: `2018-06-18T22:28:28Z`.
    pub registered_at: &'a str,
    /// How many tasks run on it.
    pub running_tasks_count: u32,
    /// The groups of the tasks that run on it: `service:production`.
    pub task_groups: &'a BTreeSet<String>,
}

/// An expression that was read. It prints as text that reads as the same expression again.
#[derive(Debug, Clone)]
pub struct Expression {
    root: Node,
    /// Whether `and` stands beside `or` without parentheses. This is of the text, not the meaning.
    mixed: bool,
}

/// Two expressions are equal where they ask the same in the same order, however it is written.
impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root
    }
}

impl Expression {
    /// Reads an expression.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let (root, mixed) = parser::parse(text)?;
        Ok(Self { root, mixed })
    }

    /// Whether the expression holds for an instance.
    pub fn matches(&self, facts: &InstanceFacts<'_>) -> bool {
        evaluate::holds(&self.root, facts)
    }

    /// Whether only attributes are asked: the answer never changes while an instance lives.
    pub fn is_static(&self) -> bool {
        let mut only_attributes = true;
        self.root.each(&mut |comparison| {
            only_attributes &= matches!(comparison.subject, Subject::Attribute(_));
        });
        only_attributes
    }

    /// The attributes that are asked, without `attribute:`.
    pub fn attribute_names(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        self.root.each(&mut |comparison| {
            if let Subject::Attribute(name) = &comparison.subject {
                names.insert(name.as_str());
            }
        });
        names
    }

    /// Sentences on what is legal and yet may not be what was meant.
    pub fn hints(&self) -> Vec<String> {
        hint::hints(&self.root, self.mixed)
    }
}
