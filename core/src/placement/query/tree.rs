//! An expression as a tree: what is compared with what, and how the answers are joined.
//!
//! Every walk over it may recurse: the parser keeps it at most [`super::MAX_DEPTH`] parentheses
//! deep, and chains of `and` and `or` lie flat.

use super::pattern::Pattern;
use std::cmp::Ordering;

/// A part of an expression with an answer of its own.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// `or`: two or more.
    Any(Vec<Node>),
    /// `and`: two or more.
    All(Vec<Node>),
    Not(Box<Node>),
    Comparison(Comparison),
}

impl Node {
    /// Each comparison, in the order of the text.
    pub(super) fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Comparison)) {
        match self {
            Self::Any(nodes) | Self::All(nodes) => {
                for node in nodes {
                    node.each(visit);
                }
            }
            Self::Not(node) => node.each(visit),
            Self::Comparison(comparison) => visit(comparison),
        }
    }
}

/// `subject operator [argument]`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    pub(super) subject: Subject,
    /// `!=`, `!exists`, `!in`, `!~`; never with [`Test::Order`].
    pub(super) negated: bool,
    pub(super) test: Test,
}

/// What is asked of the subject's value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    Exists,
    Equal(String),
    Order(Order, String),
    In(Vec<String>),
    Matches(Pattern),
}

/// Which side is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Greater,
    GreaterEqual,
    Less,
    LessEqual,
}

impl Order {
    pub(super) fn admits(self, ordering: Ordering) -> bool {
        match self {
            Self::Greater => ordering.is_gt(),
            Self::GreaterEqual => ordering.is_ge(),
            Self::Less => ordering.is_lt(),
            Self::LessEqual => ordering.is_le(),
        }
    }
}

/// What is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    AgentConnected,
    AgentVersion,
    Ec2InstanceId,
    RegisteredAt,
    RunningTasksCount,
    TaskGroup,
    Attribute(String),
}

/// The subjects that are one fixed word.
pub(super) const SUBJECTS: [(&str, Subject); 6] = [
    ("agentConnected", Subject::AgentConnected),
    ("agentVersion", Subject::AgentVersion),
    ("ec2InstanceId", Subject::Ec2InstanceId),
    ("registeredAt", Subject::RegisteredAt),
    ("runningTasksCount", Subject::RunningTasksCount),
    ("task:group", Subject::TaskGroup),
];

impl Subject {
    /// As it is written; an attribute without its name.
    pub(super) fn word(&self) -> &'static str {
        SUBJECTS.iter().find(|(_, subject)| subject == self).map_or("attribute:", |(word, _)| *word)
    }

    /// The operators that it takes: the lists of the Developer Guide. It has none for attributes
    /// and task groups; they take all.
    pub(super) fn operators(&self) -> &'static [Operator] {
        use Operator::{
            Equals, GreaterThan, GreaterThanEqual, In, LessThan, LessThanEqual, Matches, NotEquals,
            NotIn, NotMatches,
        };
        match self {
            Self::AgentConnected | Self::Ec2InstanceId => {
                &[Equals, NotEquals, In, NotIn, Matches, NotMatches]
            }
            Self::AgentVersion | Self::RegisteredAt | Self::RunningTasksCount => {
                &[Equals, NotEquals, GreaterThan, GreaterThanEqual, LessThan, LessThanEqual]
            }
            Self::TaskGroup | Self::Attribute(_) => &Operator::ALL,
        }
    }
}

/// An operator, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equals,
    NotEquals,
    GreaterThan,
    GreaterThanEqual,
    LessThan,
    LessThanEqual,
    Exists,
    NotExists,
    In,
    NotIn,
    Matches,
    NotMatches,
}

impl Operator {
    pub(super) const ALL: [Self; 12] = [
        Self::Equals,
        Self::NotEquals,
        Self::GreaterThan,
        Self::GreaterThanEqual,
        Self::LessThan,
        Self::LessThanEqual,
        Self::Exists,
        Self::NotExists,
        Self::In,
        Self::NotIn,
        Self::Matches,
        Self::NotMatches,
    ];

    /// The short form, which is printed.
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Equals => "==",
            Self::NotEquals => "!=",
            Self::GreaterThan => ">",
            Self::GreaterThanEqual => ">=",
            Self::LessThan => "<",
            Self::LessThanEqual => "<=",
            Self::Exists => "exists",
            Self::NotExists => "!exists",
            Self::In => "in",
            Self::NotIn => "!in",
            Self::Matches => "=~",
            Self::NotMatches => "!~",
        }
    }

    /// The long form.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Equals => "equals",
            Self::NotEquals => "not_equals",
            Self::GreaterThan => "greater_than",
            Self::GreaterThanEqual => "greater_than_equal",
            Self::LessThan => "less_than",
            Self::LessThanEqual => "less_than_equal",
            Self::Exists => "exists",
            Self::NotExists => "not_exists",
            Self::In => "in",
            Self::NotIn => "not_in",
            Self::Matches => "matches",
            Self::NotMatches => "not_matches",
        }
    }
}

impl Comparison {
    /// The operator that was read.
    pub(super) fn operator(&self) -> Operator {
        match (&self.test, self.negated) {
            (Test::Equal(_), false) => Operator::Equals,
            (Test::Equal(_), true) => Operator::NotEquals,
            (Test::Exists, false) => Operator::Exists,
            (Test::Exists, true) => Operator::NotExists,
            (Test::In(_), false) => Operator::In,
            (Test::In(_), true) => Operator::NotIn,
            (Test::Matches(_), false) => Operator::Matches,
            (Test::Matches(_), true) => Operator::NotMatches,
            (Test::Order(Order::Greater, _), _) => Operator::GreaterThan,
            (Test::Order(Order::GreaterEqual, _), _) => Operator::GreaterThanEqual,
            (Test::Order(Order::Less, _), _) => Operator::LessThan,
            (Test::Order(Order::LessEqual, _), _) => Operator::LessThanEqual,
        }
    }
}
