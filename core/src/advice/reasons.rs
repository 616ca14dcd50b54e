//! Why each piece of advice is so in general, and where that is documented or measured.

mod groups;
mod services;

/// `(code, reason, source)`.
type Reason = (&'static str, &'static str, &'static str);

const REASONS: [Reason; 17] = [
    (
        "fit.binds",
        "An instance holds as many tasks as its scarcest resource allows: CPU, memory, network \
         interfaces (ENIs), GPUs or ports. In awsvpc mode each task takes one ENI, and the primary \
         ENI is not for tasks. Which of them binds differs from size to size, so one explanation \
         does not serve a whole family.",
        "ECS Developer Guide, task networking and container instance ENIs",
    ),
    (
        "eni.binds",
        "Without a trunk ENI an instance holds one awsvpc task fewer than it has ENIs. Burstable \
         types never have a trunk; on instances of a group the account setting awsvpcTrunking must \
         be on before they start.",
        "ECS Developer Guide, container-instance-eni",
    ),
    (
        "eni.notTrunked",
        "ECS leaves some families out of ENI trunking though EC2 could trunk them (c5n, d3, g4dn, \
         i3, i3en, inf1, m5dn, m5n, m5zn, r5b, r5n, r5dn, z1d and others).",
        "ECS Developer Guide, eni-trunking-supported-instance-types",
    ),
    (
        "memory.advertised",
        "The hypervisor and the guest's kernel keep a part of the advertised memory, and on Managed \
         Instances the platform keeps some 313 MiB more. What consoles and articles call MB and GB \
         are MiB and GiB.",
        "Guest-visible memory measured by the Karpenter project; field report of 2026-03",
    ),
    (
        "memory.reserveForgotten",
        "The agent registers all the memory that the guest sees: what the agent, Docker and the \
         system take is not subtracted unless ECS_RESERVED_MEMORY says so, and containers are \
         killed when it runs out.",
        "ECS agent, ECS_RESERVED_MEMORY; ECS Developer Guide, memory management",
    ),
    (
        "prediction.uncertain",
        "How much memory the platform keeps is known of one type only, and how many ENIs a trunk \
         leaves for tasks is documented for another way of attaching it. Where a task fits by less \
         than that, ECS may launch something else.",
        "Field report of 2026-03 (313 MiB); AWS Containers Blog, 2025-11 (at most 369 MiB)",
    ),
    (
        "range.exposed",
        "When EC2 has no capacity of the cheapest type, ECS takes another type that the \
         requirements admit, whatever it costs. One user saw im4gn.large and is4gen.large beside \
         t4g.small for the same tasks, at four times the price.",
        "AWS Containers Blog, 2025-11; a published test of October 2025",
    ),
    (
        "burstable.overBaseline",
        "Burstable types give each vCPU in full only while CPU credits last. Beyond the baseline \
         (20 % of each vCPU for small and medium, 30 % for large, 40 % above) unlimited mode costs \
         0.05 USD a vCPU-hour, 0.04 on T4g.",
        "EC2 User Guide, burstable performance instances",
    ),
    (
        "cost.feeAndVolumes",
        "Each managed instance pays a fee of 12 % of its On-Demand price, which no discount lowers, \
         and a data volume: 80 GiB unless set. On small instances the volume costs half as much as \
         the instance.",
        "Pricing of ECS Managed Instances and of Amazon EBS",
    ),
    (
        "cost.volumesLeftOut",
        "Each instance has a volume, which is billed whether a plan counts it or not.",
        "Pricing of Amazon EBS",
    ),
    (
        "fargate.rounded",
        "Fargate has fixed sizes and refuses to register others; Managed Instances and EC2 take any \
         size. The next size that covers both figures is what the task would cost there.",
        "ECS Developer Guide, Fargate tasks and services",
    ),
    (
        "fargate.cheaper",
        "Fargate bills vCPU and memory of each task, without a fee and without a volume of its own; \
         small fleets and sizes that leave room on every instance are cheaper there.",
        "Pricing of AWS Fargate",
    ),
    (
        "startup.time",
        "A task that needs a new instance waits for it: some 70 seconds until it runs, some 110 \
         until it is healthy, were measured; with GPUs 195 to 232.",
        "Timings of third parties, 2026",
    ),
    (
        "strategy.redeploy",
        "A service keeps the strategy it was created with: a change takes effect with a new \
         deployment.",
        "ECS API, UpdateService",
    ),
    (
        "deployment.stuck",
        "A rolling deployment may run floor(desired x maximumPercent) tasks and must keep \
         ceil(desired x minimumHealthyPercent) healthy. Where both are the desired count, it can \
         neither start nor stop a task.",
        "ECS API, DeploymentConfiguration",
    ),
    (
        "interfaces.count",
        "networkInterfaceCount counts the ENIs that a type can have, not tasks: without a trunk one \
         fewer task fits, with one many more.",
        "EC2 API, InstanceRequirementsRequest; ECS Developer Guide, container-instance-eni",
    ),
    (
        "spot.base",
        "Spot capacity can be taken back all at once, with two minutes' notice and no fallback.",
        "EC2 User Guide, Spot Instances",
    ),
];

fn all() -> impl Iterator<Item = &'static Reason> {
    REASONS.iter().chain(&groups::REASONS).chain(&services::REASONS)
}

/// Why the advice of a code is so, and the source.
pub(super) fn reason(code: &str) -> (&'static str, &'static str) {
    let found = all().find(|(known, ..)| *known == code);
    found.map_or(("", ""), |(_, reason, source)| (reason, source))
}

#[cfg(test)]
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    all().map(|(code, ..)| *code)
}
