//! Stories of tasks and instances that scale one after the other.

use super::Story;

pub(super) const STORIES: &[Story] = &[
    Story {
        id: "traffic-spike",
        title: "A traffic spike at a quarter past nine",
        summary: "Two instances run four tasks. At 09:15 the traffic doubles: first the service asks \
                  for more tasks, then the group for more instances.",
        told: &[
            (
                0,
                [Some(2), Some(4), Some(0), Some(50)],
                "An ordinary morning: two instances with two tasks each, and half of the cluster \
                 is said to be free.",
            ),
            (
                15,
                [Some(2), Some(4), Some(0), None],
                "The spike begins. The tasks' CPU passes its target, and the service scales.",
            ),
            (
                16,
                [Some(2), Some(6), Some(2), Some(75)],
                "The service asks for eight tasks instead of four. Two more find room, two wait.",
            ),
            (
                17,
                [Some(2), Some(6), Some(2), None],
                "The cluster is more than 80 % full, so the capacity provider asks for four \
                 instances instead of two.",
            ),
            (
                18,
                [Some(2), Some(6), Some(2), None],
                "Two instances start while two tasks still wait.",
            ),
            (
                20,
                [Some(4), Some(6), Some(2), None],
                "The new instances join the cluster, and the tasks that waited are placed.",
            ),
            (
                21,
                [Some(4), Some(8), Some(0), Some(50)],
                "All is well: eight tasks on four instances, and half of the cluster is free again.",
            ),
        ],
        really: &[
            "A t3.medium has two vCPUs, so two tasks of one vCPU fill it. With four tasks on two \
             instances nothing is free: the told formula gives 100 %, not 50 %. \"Half free\" and \
             \"two more find room\" cannot both be true.",
            "ECS does not steer by places for tasks. Its metric is the instances that are needed, of \
             those that run: two of two are occupied, which is 100 % and above the target of 80. A \
             third instance starts in the first minute, long before the spike.",
            "It does not stay empty. Tasks are spread over the zones, and when the zones are uneven \
             one is moved: three of three are occupied, and a fourth instance starts. The spike finds \
             four instances, one of them empty.",
            "So all four new tasks find room at once, and none waits. Had one to wait, it would be \
             PROVISIONING: a PENDING task has its place and is starting.",
            "Target tracking wants to see three bad minutes before it scales out, and CPU beyond what \
             tasks have cannot be used: the desired count comes to eight in two steps, at 09:17 and \
             09:18, and requests are lost until then.",
            "It does not end at four instances. Eight tasks fit on four, but the spread puts them on \
             each new spare: at 09:27 there are seven. With binpack before the spread five are enough, \
             and then some tasks do wait for an instance.",
        ],
        scenario: include_str!("traffic-spike.json"),
    },
    Story {
        id: "cluster-capacity-formula",
        title: "What targetCapacity is a percentage of",
        summary: "Four instances have room for four tasks each. With 12 tasks nothing is said to \
                  happen at a target of 80, with 14 a scale-out.",
        told: &[
            (
                0,
                [Some(4), Some(12), Some(0), Some(75)],
                "12 tasks in 16 places are 75 %. The target is 80, so nothing has to scale.",
            ),
            (
                30,
                [Some(4), Some(14), Some(0), Some(88)],
                "14 tasks are 87.5 %, which is above 80: instances are added.",
            ),
        ],
        really: &[
            "CapacityProviderReservation counts instances, not places: M instances are needed of N \
             that run, 100 x M / N.",
            "Spread over four instances, 12 tasks occupy all four. That is 100 %, and at a target of \
             80 a fifth instance starts at once. Packed onto three, the same tasks would be 75 %.",
            "Two more tasks change the told figure from 75 to 87.5 %, but not the metric as long as \
             they find room on occupied instances. Here the spread puts them on the empty one, which \
             then no longer is, and the group asks for another spare.",
            "At a target of 100, 14 tasks in 16 places scale nothing. Only tasks that wait, and \
             instances that become empty, move the metric then.",
            "The two agree where just one task fits on each instance and none waits.",
        ],
        scenario: include_str!("cluster-capacity-formula.json"),
    },
    Story {
        id: "blue-green-distinct-instance",
        title: "A deployment with one task on each instance",
        summary: "distinctInstance, at least 100 % and at most 200 % of the tasks: each new task \
                  needs an instance of its own until the old ones are gone.",
        told: &[
            (0, [Some(2), Some(2), Some(0), Some(100)], "Two instances with one task each."),
            (
                10,
                [Some(2), Some(2), Some(2), Some(200)],
                "A deployment wants two new tasks beside the two old ones. The cluster is at 200 %, \
                 and the group scales to four instances.",
            ),
            (
                15,
                [Some(4), Some(4), Some(0), Some(100)],
                "New instances start the new tasks. Once these are healthy, the old tasks drain.",
            ),
            (
                20,
                [Some(2), Some(2), Some(0), Some(100)],
                "The old instances are terminated: two instances with two new tasks.",
            ),
        ],
        really: &[
            "With one task on each instance the told formula and the metric are the same, and 200 % \
             is right: four instances are needed of two that run.",
            "It is a rolling deployment with room for all tasks twice. ECS has a strategy BLUE_GREEN \
             of its own, with traffic that shifts and a time to bake.",
            "The old instances do not go when their tasks do. The group scales in after 15 minutes \
             in a row below the target, and not within 15 minutes of a scale-out, so four \
             instances are paid for much longer than the deployment takes.",
            "Each deployment takes as long as instances take to start, since no instance is spare at \
             a target of 100.",
        ],
        scenario: include_str!("blue-green-distinct-instance.json"),
    },
];
