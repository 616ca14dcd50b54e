//! Stories of settings: of speeds, of the launch type, and of a spare that is never spare.

use super::Story;

pub(super) const STORIES: &[Story] = &[
    Story {
        id: "slow-instances",
        title: "Instances slower than tasks",
        summary: "Tasks may be added each minute, instances one by one with ten minutes of warm-up: \
                  tasks pile up without a place.",
        told: &[(
            10,
            [None; 4],
            "Load grows for twenty minutes. The service follows each minute, the group does not: \
             tasks wait.",
        )],
        really: &[
            "That is right, and for two reasons at once: one instance a step, and no further step \
             while an instance is within its instanceWarmupPeriod.",
            "A task that waits is not lost, but its requests are. After the time-out ECS gives it up \
             and starts another, which waits again.",
        ],
        scenario: include_str!("slow-instances.json"),
    },
    Story {
        id: "fast-instances",
        title: "Instances as fast as tasks",
        summary: "The same load with two instances a step at least, ten at most, and a warm-up of a \
                  minute.",
        told: &[(
            10,
            [None; 4],
            "Instances come two at a time and without a cooldown of the group: no tasks pile up.",
        )],
        really: &[
            "The step sizes and the short warm-up do it. The group's cooldown of 0 does nothing: \
             cooldowns are for simple scaling, and a capacity provider scales by target tracking.",
            "An instance still takes its minutes to start. Only instances that are spare before the \
             load comes save those: a target below 100, with binpack before spread.",
        ],
        scenario: include_str!("fast-instances.json"),
    },
    Story {
        id: "launch-type-ec2",
        title: "A web application past its capacity provider",
        summary: "Everything is set up for scaling in two dimensions, but the service is created \
                  with the launch type EC2.",
        told: &[
            (
                0,
                [Some(2), Some(4), Some(0), None],
                "The service runs four tasks behind a load balancer; the group begins with two \
                 instances and may grow to ten.",
            ),
            (
                30,
                [None; 4],
                "Traffic grows, the service adds tasks, and the capacity provider is to add the \
                 instances that they need.",
            ),
        ],
        really: &[
            "A service with a launch type goes past all capacity providers: its tasks never wait in \
             PROVISIONING, and nothing scales out because they find no place. A \
             capacityProviderStrategy, or none and a default strategy of the cluster, mends it.",
            "The group grows all the same, but by chance: its instances have tasks, all of them, and \
             a target of 80 wants a spare one. The service takes the spare, and so on: an instance or \
             two each seven or eight minutes, whatever the load, until there are spares enough.",
            "hostPort 5000 is one task on each instance, whatever else would fit: four tasks need \
             four instances. hostPort 0, or none at all, lets the port be chosen.",
            "The load balancer is told of the container web-app and its port 8080; the task \
             definition has web-app-container and 5000. And a target group of type ip needs awsvpc; \
             in bridge mode it has to be instance.",
            "PendingTaskCount is a metric of Container Insights, FailedTaskCount and \
             ActiveServicesCount are none, and RegisteredContainerInstancesCount is a field of the \
             API: alarms on these stay silent.",
            "CPUReservation is what tasks reserve of all registered CPU. It can be watched, but the \
             capacity provider does not steer by it.",
        ],
        scenario: include_str!("launch-type-ec2.json"),
    },
    Story {
        id: "run-away",
        title: "Instances that breed",
        summary: "12 tasks on four instances, a target of 80, ECS's default spread over the zones, \
                  and a deployment every two hours.",
        told: &[(
            0,
            [Some(4), Some(12), Some(0), Some(38)],
            "12 tasks in 32 places: far below the target of 80, so nothing has to scale.",
        )],
        really: &[
            "A target below 100 keeps empty instances to spare. All four instances have tasks, so \
             a fifth is started.",
            "Nothing moves there until tasks start. The next deployment's tasks go where the fewest \
             are, which is the spare: now five are occupied, and 5 / 0.8 asks for seven.",
            "So it goes on with each deployment: 4, 5, 7, 9, 12, 15 instances, where two would hold \
             all tasks. It ends with one task on each of twelve, and three to spare.",
        ],
        scenario: include_str!("run-away.json"),
    },
    Story {
        id: "run-away-mended",
        title: "Instances that breed, mended",
        summary: "The same tasks, target and deployments, with binpack before the spread.",
        told: &[],
        really: &[
            "With binpack first, tasks go to instances that have tasks already, and what is spare \
             stays empty: two instances hold all tasks, and the group settles at three.",
            "While a deployment runs all three have tasks, so a fourth comes for a quarter of an hour. \
             Then it goes again, which it never does above.",
            "AWS asks for binpack before spread wherever the target is below 100. What it costs is \
             an even spread over the zones.",
        ],
        scenario: include_str!("run-away-mended.json"),
    },
];
