//! The service scheduler: starts and stops tasks until what runs is what is desired.
//!
//! Sources: ECS API, `DeploymentConfiguration` (how many may run and must stay healthy while tasks
//! are replaced); ECS quotas (500 tasks started a minute and service).

use super::deployment::Goal;
use super::model::shared;
use super::record::Why;
use super::state::{State, Task, TaskState};
use crate::report::EventKind;
use crate::scaling::quotas::{PROVISIONING_TASKS, STARTS_A_MINUTE};

impl State<'_> {
    /// Brings every service whose tasks may differ from what they should be nearer to it.
    pub(super) fn reconcile(&mut self) {
        for service in 0..self.services.len() {
            // A start or a stop may make room for the next: a few rounds are enough.
            for _ in 0..4 {
                if !std::mem::take(&mut self.services[service].dirty) {
                    break;
                }
                self.reconcile_service(service);
            }
            self.services[service].dirty = false;
        }
    }

    fn reconcile_service(&mut self, service: usize) {
        self.looked_at(8 * self.services[service].tasks.len());
        let goal = self.goal(service);
        if goal.surplus > 0 {
            self.stop_surplus(service, goal.surplus);
        }
        self.stop_outgoing(service, &goal);
        let rate = if self.beginning {
            u32::MAX
        } else {
            STARTS_A_MINUTE.saturating_sub(self.services[service].started)
        };
        let starts = goal.start.min(rate);
        // What the rate keeps back is missing as much as what finds no place.
        let refused = if starts > 0 { self.start(service, starts) } else { 0 };
        self.services[service].missing = refused + (goal.start - starts);
        self.deployment_goes_on(service, &goal);
    }

    /// Starts tasks where the strategy wants them; says how many could not be started.
    fn start(&mut self, service: usize, starts: u32) -> u32 {
        let started = &mut self.services[service].started;
        *started = started.saturating_add(starts);
        let mut refused = 0;
        let strategy = &self.model.services[service].strategy;
        if strategy.is_empty() {
            refused = self.start_tasks(service, None, starts);
            if refused > 0 {
                let why = self.why_not(self.services[service].kind, None);
                self.say_unplaced(service, refused, why);
            }
        } else {
            for (group, count) in self.deficits(service, starts) {
                refused += self.start_tasks(service, Some(group), count);
            }
            if refused > 0 {
                self.record.happen_once_a_minute(
                    self.now,
                    EventKind::ProvisioningLimit,
                    (Some(service), None),
                    refused,
                    Why::Limit(PROVISIONING_TASKS),
                );
            }
        }
        refused
    }

    fn say_unplaced(&mut self, service: usize, refused: u32, why: Why) {
        self.record.happen_once_a_minute(
            self.now,
            EventKind::TasksUnplaced,
            (Some(service), None),
            refused,
            why,
        );
    }

    /// How many of the tasks to start go to which group, so that the whole follows the strategy.
    fn deficits(&self, service: usize, starts: u32) -> Vec<(usize, u32)> {
        let strategy = &self.model.services[service].strategy;
        let incoming = |task: &Task| self.is_incoming(service, task);
        let here = |group| self.count(service, |task| incoming(task) && task.group == Some(group));
        let all: u32 = strategy.iter().map(|it| here(it.group)).sum();
        let wanted = shared(all + starts, strategy);
        let mut left = starts;
        let mut told = Vec::new();
        for (item, wanted) in strategy.iter().zip(&wanted) {
            let count = wanted.saturating_sub(here(item.group)).min(left);
            left -= count;
            told.push((item.group, count));
        }
        // What is left over by surplus elsewhere goes to the first with a weight.
        if left > 0
            && let Some(first) = strategy.iter().position(|it| it.weight > 0)
        {
            told[first].1 += left;
        }
        told.retain(|(_, count)| *count > 0);
        told
    }

    /// Stops tasks that are too many, in the groups that have more than their share.
    fn stop_surplus(&mut self, service: usize, surplus: u32) {
        let strategy = self.model.services[service].strategy.clone();
        let revision = self.services[service].revision;
        let mine = move |task: &Task| task.revision == revision && !task.doomed;
        let mut left = surplus;
        if strategy.len() > 1 {
            let here = |group| {
                self.count(service, |it| it.is_live() && mine(it) && it.group == Some(group))
            };
            let counts: Vec<u32> = strategy.iter().map(|it| here(it.group)).collect();
            let after = counts.iter().sum::<u32>().saturating_sub(surplus);
            let wanted = shared(after, &strategy);
            for (place, item) in strategy.iter().enumerate() {
                let many = counts[place].saturating_sub(wanted[place]).min(left);
                let group = item.group;
                left -= self.stop_some(service, many, |it| mine(it) && it.group == Some(group));
            }
        }
        let stopped = surplus - left + self.stop_some(service, left, mine);
        self.record.stopped(self.now, service, stopped);
    }

    /// Stops tasks that others replace, as far as enough stay healthy.
    fn stop_outgoing(&mut self, service: usize, goal: &Goal) {
        let revision = self.services[service].revision;
        let by_revision = goal.replaces_revision;
        let outgoing = move |task: &Task| task.doomed || (by_revision && task.revision != revision);
        let idle = self.count(service, |it| {
            outgoing(it) && matches!(it.state, TaskState::Waiting | TaskState::Pending)
        });
        let not_running = move |task: &Task| outgoing(task) && task.state != TaskState::Running;
        let mut stopped = if idle > 0 { self.stop_some(service, idle, not_running) } else { 0 };
        if goal.stop > 0 {
            stopped += self.stop_some(service, goal.stop, outgoing);
        }
        self.record.stopped(self.now, service, stopped);
    }

    /// Moves one task of each service whose zones have become uneven.
    pub(super) fn rebalance(&mut self) {
        let groups = 0..self.groups.len();
        let by_group: Vec<Vec<bool>> =
            groups.map(|group| self.cluster.open_zones(Some(group))).collect();
        let any = self.cluster.open_zones(None);
        for service in 0..self.services.len() {
            let it = &self.services[service];
            let at_rest = it.deploying.is_none()
                && it.moving.is_none()
                && it.waiting.is_empty()
                && it.missing == 0
                && self.model.services[service].rebalancing
                && it.tasks.iter().all(|task| {
                    self.tasks[*task].state == TaskState::Running && !self.tasks[*task].doomed
                });
            let kind = it.kind;
            if !at_rest || !self.cluster.can_rebalance(kind) {
                continue;
            }
            // Over several groups, within the group of most.
            let group = self.model.services[service].strategy.first().map(|it| it.group);
            let open = group.map_or(&any, |group| &by_group[group]);
            let Some(uneven) = self.cluster.imbalance(kind, open) else { continue };
            self.looked_at(self.cluster.instances().len());
            let candidates: Vec<usize> = self
                .cluster
                .candidates(kind, group)
                .into_iter()
                .filter(|instance| self.cluster.site(*instance).zone == uneven.to)
                .collect();
            let choice = self.cluster.choose(kind, &candidates, &mut self.ties, &mut |_, _| {});
            if let Some(choice) = choice {
                let task = self.new_task(service, group);
                self.assign(task, choice.instance);
                self.services[service].moving = Some((task, uneven.from));
            }
        }
    }
}
