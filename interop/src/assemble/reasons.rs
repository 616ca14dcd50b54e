//! Why a field is left out that does decide something: what fits, where, or what it costs. By field,
//! and only where it says what the reason is about.

use crate::node::{Map, Node};

/// A field, what it says when the reason holds, and the reason.
type Reason = (&'static str, fn(&Node) -> bool, &'static str);

/// Sources: EC2 User Guide, "CPU options", "AMD SEV-SNP", "Dedicated Instances", "Placement groups",
/// "Burstable performance instances", "Nitro Enclaves"; EC2 Auto Scaling User Guide, "Instance
/// weights" and `DesiredCapacityType` of its API; ECS Developer Guide, "ECS task networking",
/// "Deploy using an external controller"; Application Auto Scaling API, `SuspendedState`.
const REASONS: [Reason; 17] = [
    (
        "essential",
        is_false,
        "a scenario has nothing for a container that may end: its CPU and memory count as those of \
         the others",
    ),
    (
        "cpuOptions",
        |node| says(node, "coreCount") || says(node, "threadsPerCore"),
        "an instance may have fewer vCPUs by it, and a scenario has nothing for that: each type is \
         planned with all of its vCPUs",
    ),
    (
        "cpuOptions",
        |node| is(node, "amdSevSnp", &["enabled"]),
        "AWS charges for AMD SEV-SNP by the hour, and eniac does not price it",
    ),
    (
        "placement",
        |node| is(node, "tenancy", &["dedicated", "host"]),
        "Dedicated Instances and Hosts have prices of their own: each type is priced as on shared \
         hardware",
    ),
    (
        "placement",
        |node| says(node, "groupName") || says(node, "groupId"),
        "a placement group decides where instances stand, and a scenario has nothing for it",
    ),
    (
        "placementGroup",
        is_said,
        "a placement group decides where instances stand, and a scenario has nothing for it",
    ),
    (
        "availabilityZoneDistribution",
        is_said,
        "it decides in which zones instances are launched, and a scenario has nothing for it",
    ),
    (
        "creditSpecification",
        |node| is(node, "cpuCredits", &["unlimited"]),
        "AWS charges for surplus CPU credits by use, and eniac does not price them",
    ),
    (
        "enclaveOptions",
        |node| is(node, "enabled", &["true"]),
        "an enclave takes vCPUs and memory away from its instance, and a scenario has nothing for it",
    ),
    (
        "networkInterfaces",
        |node| node.as_list().is_some_and(|list| list.len() > 1),
        "each network interface beyond the first leaves one less for tasks in awsvpc mode, and a \
         scenario has nothing for it",
    ),
    (
        "desiredCapacityType",
        |node| node.scalar().is_some_and(|it| it != "units"),
        "sizes of the group that count vCPUs or memory are planned as numbers of instances",
    ),
    (
        "weightedCapacity",
        |node| node.scalar().is_none_or(|it| it != "1"),
        "with weights the sizes of the group count units: they are planned as numbers of instances",
    ),
    ("suspendedProcesses", is_said, "what it suspends is planned as if it went on"),
    (
        "terminationPolicies",
        |node| {
            let is_default = |node: &Node| node.as_text() == Some("Default");
            node.as_list().is_none_or(|list| !list.iter().all(is_default))
        },
        "it decides which instance goes first when the group scales in, and a scenario has nothing \
         for it",
    ),
    (
        "suspendedState",
        |node| {
            let mut fields = node.as_map().into_iter().flat_map(Map::iter);
            fields.any(|(_, node)| is_true(node))
        },
        "the scaling that it suspends is planned as if it went on",
    ),
    (
        "deploymentController",
        |node| is(node, "type", &["EXTERNAL"]),
        "a scenario has nothing for task sets of an external controller: deployments are planned as \
         ECS's own",
    ),
    (
        "taskSets",
        is_said,
        "a scenario has nothing for task sets: the service is planned with its desiredCount and its \
         own task definition",
    ),
];

/// The reasons that hold for a field.
pub(super) fn of(field: &str, node: &Node) -> impl Iterator<Item = &'static str> {
    let holds = move |(name, holds, _): &&Reason| *name == field && holds(node);
    REASONS.iter().filter(holds).map(|(_, _, because)| *because)
}

fn is_said(node: &Node) -> bool {
    node.scalar().is_none_or(|text| !text.is_empty())
}

fn is_true(node: &Node) -> bool {
    node.scalar().is_some_and(|text| text == "true")
}

fn is_false(node: &Node) -> bool {
    node.scalar().is_some_and(|text| text == "false")
}

fn says(node: &Node, key: &str) -> bool {
    node.get(key).is_some_and(|node| !node.is_null() && is_said(node))
}

fn is(node: &Node, key: &str, words: &[&str]) -> bool {
    let word = node.get(key).and_then(Node::scalar);
    word.is_some_and(|word| words.contains(&word.as_str()))
}
