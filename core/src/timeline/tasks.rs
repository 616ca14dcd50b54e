//! Tasks: how they get an instance, start, and stop.

use super::queue::Event;
use super::record::Why;
use super::state::{State, Task, TaskState, few};
use crate::placement::Rejection;
use crate::report::EventKind;
use crate::scaling::quotas::PROVISIONING_TASKS;
use std::collections::{BTreeMap, BTreeSet};

/// More tasks are not simulated at once.
pub const MOST_TASKS: usize = 20_000;

/// What a task costs besides the instances that are looked at for it.
const WORK_OF_A_TASK: usize = 500;

impl State<'_> {
    /// Starts so many tasks of a service on a group; says how many could not be started at all.
    pub(super) fn start_tasks(&mut self, service: usize, group: Option<usize>, count: u32) -> u32 {
        let kind = self.services[service].kind;
        let mut candidates = self.cluster.candidates(kind, group);
        let (mut placed, mut waiting, mut refused) = (0, 0, 0);
        self.looked_at(self.cluster.instances().len());
        let room = MOST_TASKS.saturating_sub(self.all_tasks());
        for started in 0..count {
            if started as usize >= room {
                refused += count - started;
                break;
            }
            self.looked_at(candidates.len() + WORK_OF_A_TASK);
            let choice = self.cluster.choose(kind, &candidates, &mut self.ties, &mut |_, _| {});
            let instance = choice.map(|choice| choice.instance);
            let room_to_wait = group.is_some() && self.waiting_tasks() < PROVISIONING_TASKS;
            if instance.is_none() && !room_to_wait {
                // Nor is there room for those that would follow.
                refused += count - started;
                break;
            }
            let task = self.new_task(service, group);
            if let Some(instance) = instance {
                self.assign(task, instance);
                placed += 1;
                recheck(&self.cluster, &mut candidates, instance, kind, group);
            } else {
                self.services[service].waiting.push(task);
                waiting += 1;
            }
        }
        self.record.placed(self.now, service, placed);
        if waiting > 0 {
            self.looked_at(self.cluster.instances().len());
            let why = self.why_not(kind, group);
            self.record.happen(
                self.now,
                EventKind::TasksProvisioning,
                (Some(service), group),
                (None, waiting),
                why,
            );
        }
        refused
    }

    /// A task of a service that has no instance yet; says the task.
    pub(super) fn new_task(&mut self, service: usize, group: Option<usize>) -> usize {
        let task = self.tasks.len();
        let it = &mut self.services[service];
        self.tasks.push(Task {
            service,
            kind: it.kind,
            revision: it.revision,
            group,
            state: TaskState::Waiting,
            instance: None,
            since: self.now,
            doomed: false,
        });
        it.tasks.push(task);
        task
    }

    /// Why no instance takes a task: the reason of most instances.
    pub(super) fn why_not(&self, kind: usize, group: Option<usize>) -> Why {
        let mut reasons: BTreeMap<&'static str, (u32, Rejection)> = BTreeMap::new();
        for instance in 0..self.cluster.instances().len() {
            match self.cluster.takes(instance, kind, group) {
                Err(Rejection::NotActive | Rejection::OtherProvider) | Ok(()) => {}
                Err(why) => reasons.entry(why.reason()).or_insert((0, why)).0 += 1,
            }
        }
        let most = reasons.values().max_by_key(|(count, _)| *count);
        most.map_or(Why::NoInstance, |(instances, why)| Why::Rejected {
            rejection: *why,
            instances: *instances,
        })
    }

    pub(super) fn assign(&mut self, task: usize, instance: usize) {
        let now = self.now;
        let it = &mut self.tasks[task];
        it.instance = Some(instance);
        it.state = TaskState::Pending;
        let (service, kind, waited) = (it.service, it.kind, now - it.since);
        self.services[service].waited += u64::from(waited);
        self.record.waited(service, waited);
        self.cluster.put(instance, kind);
        self.queue.announce(now + self.model.timing.start, Event::Started(task));
    }

    /// Tries again for the tasks that wait, oldest first.
    pub(super) fn place_waiting(&mut self) {
        let mut waiting: Vec<(u32, usize)> = self
            .services
            .iter()
            .flat_map(|service| &service.waiting)
            .map(|task| (self.tasks[*task].since, *task))
            .collect();
        waiting.sort_unstable();
        let mut open: BTreeMap<(usize, Option<usize>), Vec<usize>> = BTreeMap::new();
        let mut placed: BTreeMap<usize, u32> = BTreeMap::new();
        let mut done = BTreeSet::new();
        for (_, task) in waiting {
            let Task { service, kind, group, .. } = self.tasks[task];
            let mut looked_at = 1;
            let candidates = open.entry((kind, group)).or_insert_with(|| {
                looked_at += self.cluster.instances().len();
                self.cluster.candidates(kind, group)
            });
            looked_at += 2 * candidates.len();
            self.work += looked_at as u64;
            // Another kind may have taken what was there.
            candidates.retain(|it| self.cluster.takes(*it, kind, group).is_ok());
            let choice = self.cluster.choose(kind, candidates, &mut self.ties, &mut |_, _| {});
            if let Some(choice) = choice {
                self.assign(task, choice.instance);
                done.insert(task);
                *placed.entry(service).or_insert(0) += 1;
            }
        }
        for (service, count) in placed {
            self.services[service].waiting.retain(|task| !done.contains(task));
            self.record.placed(self.now, service, count);
        }
    }

    /// A task serves.
    pub(super) fn started(&mut self, task: usize) {
        let it = &mut self.tasks[task];
        if it.state != TaskState::Pending {
            return;
        }
        it.state = TaskState::Running;
        let service = it.service;
        self.services[service].dirty = true;
        if let Some((moved, from)) = self.services[service].moving
            && moved == task
        {
            self.services[service].moving = None;
            self.relieve(service, from);
        }
    }

    /// Stops a task of a service in a zone that has too many.
    fn relieve(&mut self, service: usize, zone: usize) {
        let here = |task: &usize| {
            let it = &self.tasks[*task];
            it.state == TaskState::Running
                && it.instance.is_some_and(|instance| self.cluster.site(instance).zone == zone)
        };
        let last = self.services[service].tasks.iter().copied().rfind(here);
        if let Some(task) = last {
            self.stop(task);
            self.record.happen(
                self.now,
                EventKind::ZoneRebalanced,
                (Some(service), None),
                (None, 1),
                Why::Zone(zone),
            );
        }
    }

    /// Orders a task to stop. One that waits is gone at once.
    pub(super) fn stop(&mut self, task: usize) {
        let it = self.tasks[task];
        match (it.state, it.instance) {
            (TaskState::Waiting, _) => {
                self.services[it.service].waiting.retain(|other| *other != task);
                self.services[it.service].waited += u64::from(self.now - it.since);
                self.record.waited(it.service, self.now - it.since);
                self.gone(task);
            }
            (TaskState::Pending | TaskState::Running, Some(instance)) => {
                self.cluster.order_to_stop(instance, it.kind);
                self.tasks[task].state = TaskState::Stopping;
                match self.model.timing.stop {
                    0 => self.stopped(task),
                    seconds => self.queue.announce(self.now + seconds, Event::Stopped(task)),
                }
            }
            _ => {}
        }
        self.services[it.service].dirty = true;
    }

    /// A stopped task's resources are free.
    pub(super) fn stopped(&mut self, task: usize) {
        let it = self.tasks[task];
        if let (TaskState::Stopping, Some(instance)) = (it.state, it.instance) {
            self.cluster.release(instance, it.kind);
            self.gone(task);
            self.room = true;
            self.end_drained(instance);
        }
    }

    /// A task whose instance went from under it.
    pub(super) fn lost(&mut self, task: usize) {
        let it = self.tasks[task];
        if let Some(instance) = it.instance {
            if it.is_live() {
                self.cluster.order_to_stop(instance, it.kind);
            }
            self.cluster.release(instance, it.kind);
        }
        self.gone(task);
        self.services[it.service].dirty = true;
    }

    fn gone(&mut self, task: usize) {
        let service = self.tasks[task].service;
        self.tasks[task].state = TaskState::Gone;
        self.services[service].tasks.retain(|other| *other != task);
    }

    /// Stops so many of a service's tasks that `which` picks: those that wait and start first, then
    /// as the service's strategy says. Says how many it stopped.
    pub(super) fn stop_some(
        &mut self,
        service: usize,
        mut count: u32,
        which: impl Fn(&Task) -> bool,
    ) -> u32 {
        let before = count;
        let chosen: Vec<usize> = self.services[service].tasks.clone();
        let chosen: Vec<usize> = chosen
            .into_iter()
            .filter(|task| self.tasks[*task].is_live() && which(&self.tasks[*task]))
            .collect();
        for state in [TaskState::Waiting, TaskState::Pending] {
            for task in chosen.iter().rev().filter(|_| before > 0) {
                if count > 0 && self.tasks[*task].state == state {
                    self.stop(*task);
                    count -= 1;
                }
            }
        }
        let mut running: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for task in chosen {
            if let (TaskState::Running, Some(instance)) =
                (self.tasks[task].state, self.tasks[task].instance)
            {
                running.entry(instance).or_default().push(task);
            }
        }
        let kind = self.services[service].kind;
        while count > 0 && !running.is_empty() {
            let on: Vec<usize> = running.keys().copied().collect();
            let Some(choice) = self.cluster.choose_to_stop(kind, &on, &mut self.ties) else {
                break;
            };
            let here = running.entry(choice.instance).or_default();
            if let Some(task) = here.pop() {
                self.stop(task);
                count -= 1;
            }
            if running.get(&choice.instance).is_some_and(Vec::is_empty) {
                running.remove(&choice.instance);
            }
        }
        before - count
    }

    /// Gives up tasks that have waited too long; the service starts others.
    pub(super) fn time_out(&mut self) {
        let limit = self.model.timing.provisioning;
        for service in 0..self.services.len() {
            let waiting = self.services[service].waiting.clone();
            let late: Vec<usize> = waiting
                .into_iter()
                .filter(|task| limit > 0 && self.now - self.tasks[*task].since >= limit)
                .collect();
            if late.is_empty() {
                continue;
            }
            let count = few(late.len());
            for task in late {
                self.stop(task);
            }
            self.record.happen(
                self.now,
                EventKind::ProvisioningTimedOut,
                (Some(service), None),
                (None, count),
                Why::Seconds(limit),
            );
        }
    }
}

/// Takes an instance off the candidates if it does not take another task.
fn recheck(
    cluster: &crate::placement::Cluster,
    candidates: &mut Vec<usize>,
    instance: usize,
    kind: usize,
    group: Option<usize>,
) {
    if cluster.takes(instance, kind, group).is_err() {
        candidates.retain(|other| *other != instance);
    }
}
