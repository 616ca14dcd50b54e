//! Reasons of the advice on Auto Scaling groups and how capacity providers scale them.

use super::Reason;

pub(super) const REASONS: [Reason; 20] = [
    (
        "group.runAway",
        "A target below 100 keeps empty instances to spare, and spreading puts tasks on just those. \
         Then all instances hold a task, the reservation is 100 again and above the target, and the \
         group scales out once more, until each instance holds one task. Tasks move with each \
         deployment and each scaling.",
        "ECS Developer Guide, cluster auto scaling: binpack has to rank above spread below 100",
    ),
    (
        "service.launchType",
        "A service with a launch type is started without capacity providers. Managed scaling counts \
         only tasks that a provider's strategy starts, and only those wait in PROVISIONING.",
        "ECS API, CreateService.launchType; ECS Developer Guide, capacity providers",
    ),
    (
        "service.launchTypeAndStrategy",
        "A service has either a launch type or a strategy of capacity providers, never both.",
        "ECS API, CreateService: if a capacityProviderStrategy is given, launchType must be omitted",
    ),
    (
        "group.typeTooSmall",
        "ECS sorts the types of a group by each parameter: vCPU, memory, ENIs, ports, GPUs. A task \
         that does not fit the smallest figure of one of them is taken to be incompatible and not \
         counted; where all are, the metric stays at its target.",
        "ECS Developer Guide, managed scaling behavior",
    ),
    (
        "scaling.stepLimit",
        "A scale-out adds as many instances as the waiting tasks need, at most \
         maximumScalingStepSize; the next waits until the instances have warmed up.",
        "ECS API, ManagedScaling; ECS Developer Guide, managed scaling behavior",
    ),
    (
        "scaling.rounds",
        "ECS groups waiting tasks by their needs and adds what the largest group needs: a lower \
         bound, not the sum. A group without instances goes to two first. What then still waits \
         has to wait for the warm-up of the instances that came.",
        "ECS Developer Guide, managed scaling behavior; AWS Containers Blog on cluster auto scaling",
    ),
    (
        "scaling.warmUp",
        "While an instance is within its warm-up, no further scale-out happens. The default is 300 \
         seconds; AWS advises more than 60.",
        "ECS Developer Guide, managed scaling behavior; ECS API, ManagedScaling",
    ),
    (
        "scaling.stepsCrossed",
        "The least number of instances that a scale-out adds cannot be above the greatest.",
        "ECS API, ManagedScaling",
    ),
    (
        "group.maximumTooSmall",
        "ECS never sets the desired capacity above the group's maximum: what finds no room then \
         stays PROVISIONING, and is stopped after 10 to 30 minutes.",
        "EC2 Auto Scaling, group sizes; ECS Developer Guide, cluster auto scaling",
    ),
    (
        "deployment.peak",
        "The tasks that a deployment starts beside the old ones need room of their own. With a \
         capacity provider they wait in PROVISIONING until instances have come, and a group does \
         not scale in for 15 minutes after it has scaled out. Only BLUE_GREEN, LINEAR and CANARY \
         keep both revisions complete until the bake time is over.",
        "ECS API, DeploymentConfiguration; ECS Developer Guide, managed scaling behavior",
    ),
    (
        "reservation.formula",
        "CapacityProviderReservation is instances needed / instances x 100. Without waiting tasks, \
         instances that hold at least one task are needed, however full they are; it exceeds 100 \
         only with tasks in PROVISIONING. The two figures agree where one task fills an instance.",
        "ECS Developer Guide, cluster auto scaling; AWS Containers Blog on cluster auto scaling",
    ),
    (
        "reservation.noSpare",
        "targetCapacity says which part of the instances may be in use: below 100, some stay empty. \
         It has nothing to do with how many tasks an instance holds.",
        "ECS API, ManagedScaling.targetCapacity; ECS Developer Guide, cluster auto scaling",
    ),
    (
        "fargate.compared",
        "What instances save over Fargate depends on how well the tasks fill them, on how many stay \
         empty, and on how they are bought: no one percentage holds for all.",
        "Pricing of Amazon EC2, Amazon EBS and AWS Fargate, worked out for this scenario",
    ),
    (
        "group.sizes",
        "The desired capacity of a group lies between its least and its greatest size.",
        "EC2 Auto Scaling API, CreateAutoScalingGroup",
    ),
    (
        "group.protectionRefused",
        "Managed termination protection keeps instances with tasks when the group scales in. It \
         needs managed scaling, and a group that protects new instances from scale-in.",
        "ECS API, AutoScalingGroupProvider.managedTerminationProtection",
    ),
    (
        "group.cooldownIgnored",
        "The default cooldown of a group holds for simple scaling policies. A capacity provider \
         makes a target tracking policy, which looks at the warm-up of instances instead.",
        "EC2 Auto Scaling User Guide, scaling cooldowns",
    ),
    (
        "group.image",
        "Container instances need an image with the ECS agent. Ids differ from region to region and \
         grow old; AWS publishes the current one as a parameter of Systems Manager, which launch \
         templates take as resolve:ssm:NAME.",
        "ECS Developer Guide, retrieve-ecs-optimized_AMI; EC2 User Guide, launch templates",
    ),
    (
        "quota.instances",
        "A cluster has at most 5,000 container instances unless the quota is raised.",
        "AWS General Reference, Amazon ECS quotas",
    ),
    (
        "quota.provisioning",
        "At most 500 tasks of a cluster wait in PROVISIONING at once; further ones are not started.",
        "AWS General Reference, Amazon ECS quotas: not adjustable",
    ),
    (
        "quota.providers",
        "A cluster has at most 20 capacity providers.",
        "AWS General Reference, Amazon ECS quotas",
    ),
];
