//! What an expression answers for an instance.

use super::InstanceFacts;
use super::operand::{compare, equal};
use super::tree::{Comparison, Node, Subject, Test};

pub(super) fn holds(node: &Node, facts: &InstanceFacts<'_>) -> bool {
    match node {
        Node::Any(nodes) => nodes.iter().any(|node| holds(node, facts)),
        Node::All(nodes) => nodes.iter().all(|node| holds(node, facts)),
        Node::Not(node) => !holds(node, facts),
        Node::Comparison(comparison) => compares(comparison, facts),
    }
}

/// A subject has one value, or none, or as a task group several: one that passes is enough, and a
/// negated operator asks that none does.
fn compares(comparison: &Comparison, facts: &InstanceFacts<'_>) -> bool {
    let passes = |value: &str| passes(comparison, value);
    let some = match &comparison.subject {
        Subject::AgentConnected => passes(if facts.agent_connected { "true" } else { "false" }),
        Subject::AgentVersion => passes(facts.agent_version),
        Subject::Ec2InstanceId => passes(facts.ec2_instance_id),
        Subject::RegisteredAt => passes(facts.registered_at),
        Subject::RunningTasksCount => passes(&facts.running_tasks_count.to_string()),
        Subject::TaskGroup => facts.task_groups.iter().any(|group| passes(group)),
        Subject::Attribute(name) => facts.attributes.get(name).is_some_and(|value| passes(value)),
    };
    some != comparison.negated
}

fn passes(comparison: &Comparison, value: &str) -> bool {
    let subject = &comparison.subject;
    match &comparison.test {
        Test::Exists => true,
        Test::Equal(wanted) => equal(subject, value, wanted),
        Test::Order(order, wanted) => {
            compare(subject, value, wanted).is_some_and(|ordering| order.admits(ordering))
        }
        Test::In(wanted) => wanted.iter().any(|wanted| equal(subject, value, wanted)),
        Test::Matches(pattern) => pattern.matches(value),
    }
}
