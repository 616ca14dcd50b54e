//! Reasons of the advice on services that run on instances, on their scaling and on alarms.

use super::Reason;

pub(super) const REASONS: [Reason; 20] = [
    (
        "ports.static",
        "Two tasks cannot have the same port of an instance. In bridge mode a host port of 0, or \
         none, lets ECS choose a free one, and a target group of type instance learns of it.",
        "ECS API, PortMapping.hostPort",
    ),
    (
        "network.mode",
        "awsvpc gives each task an ENI and security groups of its own, on EC2 as on Fargate; the \
         instance's ENIs then limit the tasks. Bridge shares the instance's address and needs no \
         host port.",
        "ECS Developer Guide, task networking",
    ),
    (
        "task.containersDiffer",
        "Where a task definition states cpu and memory for the task, the agent takes those off the \
         instance. The figures of containers divide them among themselves.",
        "ECS agent, Task.ToHostResources; ECS API, RegisterTaskDefinition",
    ),
    (
        "loadBalancer.targetType",
        "Tasks in awsvpc mode are targets by address (ip), those in bridge and host mode by \
         instance and port (instance).",
        "ECS API, CreateService.loadBalancers",
    ),
    (
        "loadBalancer.container",
        "A target group names a container of the task definition and a port that it maps.",
        "ECS API, LoadBalancer.containerName",
    ),
    (
        "loadBalancer.port",
        "The port of a target group must be a containerPort of the task definition's mappings.",
        "ECS API, LoadBalancer.containerPort",
    ),
    (
        "zones.notRebalanced",
        "ECS rebalances zones by starting tasks before it stops others. That needs maximumPercent \
         above 100, a strategy that is empty or begins with a spread over the zones, and no \
         constraint on the zone.",
        "ECS Developer Guide, service rebalancing",
    ),
    (
        "placement.attribute",
        "The attributes that ECS sets by itself begin with ecs. (ecs.instance-type). Another name \
         holds only where instances were given it.",
        "ECS Developer Guide, container instance attributes",
    ),
    (
        "quota.tasks",
        "A service runs at most 5,000 tasks unless the quota is raised, 1,000 with Cloud Map.",
        "AWS General Reference, Amazon ECS quotas",
    ),
    (
        "quota.launchRate",
        "ECS starts at most 500 tasks of a service a minute, whatever room there is.",
        "AWS General Reference, Amazon ECS quotas",
    ),
    (
        "quota.service",
        "A task definition has at most 10 containers and 64 KB, a service at most 5 target groups.",
        "AWS General Reference, Amazon ECS quotas",
    ),
    (
        "autoScaling.bounds",
        "The desired count stays between minCapacity and maxCapacity.",
        "Application Auto Scaling API, RegisterScalableTarget",
    ),
    (
        "autoScaling.desiredOutside",
        "A desired count outside of the bounds is brought within them by the next scaling activity.",
        "Application Auto Scaling User Guide, target tracking",
    ),
    (
        "autoScaling.neverExceeded",
        "A policy scales out while its metric is above the target. Utilization is what tasks use of \
         what they reserve; with cpu and memory of the task both are hard limits, and the metric \
         ends at 100 %.",
        "Application Auto Scaling User Guide, target tracking; ECS Developer Guide, task CPU",
    ),
    (
        "autoScaling.ratio",
        "Target tracking sets the count to count x metric / target. A metric that ends at 100 % \
         makes it grow by 100 / target at most in a round, however great the load; the next round \
         waits for the cooldown.",
        "Application Auto Scaling User Guide, target tracking",
    ),
    (
        "autoScaling.quickScaleIn",
        "Scaling in is meant to be the slower of the two: a scale-in that was wrong costs \
         availability, a scale-out some money.",
        "Application Auto Scaling User Guide, cooldown periods",
    ),
    (
        "alarm.unknownMetric",
        "CloudWatch makes an alarm on any name, and keeps it in INSUFFICIENT_DATA where no such \
         metric comes.",
        "ECS Developer Guide, CloudWatch metrics; CloudWatch User Guide, Container Insights metrics",
    ),
    (
        "alarm.otherNamespace",
        "A metric is known by its namespace and its name; the same name elsewhere is another one.",
        "ECS Developer Guide, CloudWatch metrics; CloudWatch User Guide, Container Insights metrics",
    ),
    (
        "alarm.insights",
        "ECS itself publishes CPU and memory, reserved and used. Counts of tasks and instances come \
         with Container Insights only, which is billed by metric.",
        "CloudWatch User Guide, Container Insights metrics for Amazon ECS",
    ),
    (
        "alarm.reservation",
        "CPUReservation and MemoryReservation are what tasks reserve of what instances register. \
         The capacity provider looks at neither.",
        "ECS Developer Guide, CloudWatch metrics and cluster auto scaling",
    ),
];
