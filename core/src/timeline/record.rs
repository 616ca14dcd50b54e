//! What is kept of a simulation: series, happenings, totals.

use super::model::Model;
use super::services::Experience;
use super::state::few;
use crate::placement::{Cluster, Rejection};
use crate::report::{EventKind, GroupTimeline, ServiceTimeline};
use crate::scaling::Reservation;
use std::collections::BTreeMap;

/// More happenings are counted, and not kept.
const MOST_HAPPENINGS: usize = 5000;

/// Series tell of so many minutes of services: of 60 services for a day, or of 10 for six days.
const MOST_POINTS: u32 = 87_000;

/// What a simulation came to.
#[derive(Debug, Clone)]
pub struct Run {
    /// How many minutes were simulated: fewer than asked for where that would have taken too long.
    pub minutes: u32,
    /// Series tell of each so many minutes.
    pub step: u32,
    /// The services' series; names are left empty.
    pub services: Vec<ServiceTimeline>,
    /// The groups' series; names and limits are left empty.
    pub groups: Vec<GroupTimeline>,
    /// What happened, in order; the first of very many.
    pub happenings: Vec<Happening>,
    /// How much happened.
    pub happened: u32,
    /// The cluster at the minute that was asked for.
    pub snapshot: Option<(u32, Cluster)>,
    /// The cluster at the end.
    pub end: Cluster,
    /// The desired counts at the end.
    pub desired: Vec<u32>,
    /// Minutes in which any service lost requests.
    pub unserved_minutes: u32,
    /// The most instances at once, those that start and go included.
    pub peak_instances: u32,
    /// The most tasks at once.
    pub peak_tasks: u32,
    /// Whether anything was still under way at the end.
    pub unsettled: bool,
}

/// Something that happened, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happening {
    /// When, in seconds.
    pub second: u32,
    /// What.
    pub kind: EventKind,
    /// The service.
    pub service: Option<usize>,
    /// The group.
    pub group: Option<usize>,
    /// How many before.
    pub before: Option<u32>,
    /// How many.
    pub count: u32,
    /// Why.
    pub why: Why,
}

/// Why something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Its kind says it.
    None,
    /// There is no instance at all.
    NoInstance,
    /// Most instances reject it for this reason.
    Rejected {
        /// The reason.
        rejection: Rejection,
        /// How many instances.
        instances: u32,
    },
    /// A policy of the service, by its metric in thousandths.
    Policy {
        /// Its place.
        policy: usize,
        /// Its metric.
        metric: u64,
        /// Tasks that ran.
        running: u32,
    },
    /// The group's metric.
    Reservation {
        /// The metric.
        metric: Reservation,
        /// Tasks that wait.
        waiting: u32,
    },
    /// So long.
    Seconds(u32),
    /// So many.
    Limit(u32),
    /// So many tasks.
    Tasks(u32),
    /// A zone.
    Zone(usize),
    /// So much load.
    Load(u64),
}

/// What was last said of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Blocked,
    AtMaximum,
    Incompatible,
}

/// A service's minute.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ServiceSample {
    pub(super) desired: u32,
    pub(super) running: u32,
    pub(super) pending: u32,
    pub(super) waiting: u32,
    pub(super) replaced: u32,
}

/// A group's minute. Shares in thousandths.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct GroupSample {
    pub(super) desired: u32,
    pub(super) registered: u32,
    pub(super) launching: u32,
    pub(super) draining: u32,
    pub(super) empty: u32,
    pub(super) needed: Option<u32>,
    pub(super) reservation: u64,
    pub(super) slots_used: u64,
    pub(super) cpu: u64,
    pub(super) memory: u64,
}

/// What is being kept.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) services: Vec<ServiceTimeline>,
    pub(super) groups: Vec<GroupTimeline>,
    pub(super) happenings: Vec<Happening>,
    pub(super) happened: usize,
    pub(super) unserved_minutes: u32,
    pub(super) peak_instances: u32,
    pub(super) peak_tasks: u32,
    minute: Minute,
    /// Series tell of each so many minutes, and of the last.
    step: u32,
    last: u32,
    /// When something that goes on was last said, by kind and service.
    said: BTreeMap<(EventKind, Option<usize>), u32>,
}

/// Sums of one minute over services and groups.
#[derive(Debug, Clone, Copy, Default)]
struct Minute {
    tasks: u32,
    instances: u32,
    unserved: bool,
}

type About = (Option<usize>, Option<usize>);

impl Record {
    pub(super) fn new(model: &Model) -> Self {
        Self {
            services: vec![ServiceTimeline::default(); model.services.len()],
            groups: vec![GroupTimeline::default(); model.groups.len()],
            step: (few(model.services.len()).saturating_mul(model.minutes) / MOST_POINTS) + 1,
            last: model.minutes,
            ..Self::default()
        }
    }

    /// Series tell of each so many minutes.
    pub(super) fn step(&self) -> u32 {
        self.step
    }

    /// Whether series tell of a minute.
    fn tells(&self, minute: u32) -> bool {
        minute.is_multiple_of(self.step) || minute == self.last
    }

    /// Keeps that something happened.
    pub(super) fn happen(
        &mut self,
        second: u32,
        kind: EventKind,
        (service, group): About,
        (before, count): (Option<u32>, u32),
        why: Why,
    ) {
        self.happened += 1;
        if self.happenings.len() < MOST_HAPPENINGS {
            self.happenings.push(Happening { second, kind, service, group, before, count, why });
        }
    }

    /// Keeps something that goes on, when it begins: not again within two minutes.
    pub(super) fn happen_once_a_minute(
        &mut self,
        second: u32,
        kind: EventKind,
        about: About,
        count: u32,
        why: Why,
    ) {
        let last = self.said.insert((kind, about.0), second);
        if last.is_none_or(|last| second - last > 120) {
            self.happen(second, kind, about, (None, count), why);
        }
    }

    /// Counts in with the last of the same kind, service and second, or keeps a new one.
    fn gather(&mut self, second: u32, kind: EventKind, (service, group): About, count: u32) {
        if count == 0 {
            return;
        }
        let recent = self.happenings.iter_mut().rev().take_while(|it| it.second == second);
        let mut same =
            recent.filter(|it| it.kind == kind && it.service == service && it.group == group);
        match same.next() {
            Some(same) => same.count += count,
            None => self.happen(second, kind, (service, group), (None, count), Why::None),
        }
    }

    pub(super) fn placed(&mut self, second: u32, service: usize, count: u32) {
        self.gather(second, EventKind::TasksPlaced, (Some(service), None), count);
    }

    pub(super) fn stopped(&mut self, second: u32, service: usize, count: u32) {
        self.gather(second, EventKind::TasksStopped, (Some(service), None), count);
    }

    pub(super) fn registered(&mut self, second: u32, group: usize) {
        self.gather(second, EventKind::InstancesRegistered, (None, Some(group)), 1);
    }

    /// An instance with so many tasks begins to be drained.
    pub(super) fn draining(&mut self, second: u32, group: usize, tasks: u32) {
        let kind = EventKind::InstancesDraining;
        self.gather(second, kind, (None, Some(group)), 1);
        let recent = self.happenings.iter_mut().rev().take_while(|it| it.second == second);
        let mut same = recent.filter(|it| it.kind == kind && it.group == Some(group));
        if let Some(same) = same.next() {
            let before = if let Why::Tasks(before) = same.why { before } else { 0 };
            same.why = Why::Tasks(before + tasks);
        }
    }

    pub(super) fn terminated(&mut self, second: u32, group: usize) {
        self.gather(second, EventKind::InstancesTerminated, (None, Some(group)), 1);
    }

    pub(super) fn waited(&mut self, service: usize, seconds: u32) {
        let longest = &mut self.services[service].longest_wait_seconds;
        *longest = (*longest).max(seconds);
    }

    pub(super) fn service_minute(
        &mut self,
        minute: u32,
        service: usize,
        sample: &ServiceSample,
        experience: &Experience,
    ) {
        let tells = self.tells(minute);
        let it = &mut self.services[service];
        it.waiting_task_minutes += u64::from(sample.waiting);
        self.minute.tasks += sample.running + sample.pending;
        if experience.unserved > 0 {
            it.unserved_minutes += 1;
            it.unserved_requests = it.unserved_requests.saturating_add(experience.unserved);
            self.minute.unserved = true;
        }
        if !tells {
            return;
        }
        it.desired.push(minute, sample.desired.into());
        it.running.push(minute, sample.running.into());
        it.pending.push(minute, sample.pending.into());
        it.waiting.push(minute, sample.waiting.into());
        it.replaced.push(minute, sample.replaced.into());
        if experience.load > 0 || !it.load.0.is_empty() {
            it.load.push(minute, experience.load);
            it.unserved.push(minute, experience.unserved);
            it.requests_per_task.push(minute, experience.requests.unwrap_or(0) / 1000);
        }
        if experience.cpu.is_some() || !it.cpu_per_mille.0.is_empty() {
            it.cpu_per_mille.push(minute, experience.cpu.unwrap_or(0) / 100);
            it.memory_per_mille.push(minute, experience.memory.unwrap_or(0) / 100);
        }
    }

    pub(super) fn group_minute(&mut self, minute: u32, group: usize, sample: &GroupSample) {
        self.minute.instances += sample.registered + sample.launching + sample.draining;
        if !self.tells(minute) {
            return;
        }
        let it = &mut self.groups[group];
        it.desired.push(minute, sample.desired.into());
        it.registered.push(minute, sample.registered.into());
        it.launching.push(minute, sample.launching.into());
        it.draining.push(minute, sample.draining.into());
        it.empty.push(minute, sample.empty.into());
        it.needed.push(minute, sample.needed.unwrap_or(sample.registered).into());
        it.reservation_per_mille.push(minute, sample.reservation);
        it.slots_used_per_mille.push(minute, sample.slots_used);
        it.cpu_reservation_per_mille.push(minute, sample.cpu);
        it.memory_reservation_per_mille.push(minute, sample.memory);
    }

    /// Closes a minute.
    pub(super) fn close_minute(&mut self) {
        let Minute { tasks, instances, unserved } = std::mem::take(&mut self.minute);
        self.peak_tasks = self.peak_tasks.max(tasks);
        self.peak_instances = self.peak_instances.max(instances);
        self.unserved_minutes += u32::from(unserved);
    }

    /// Forgets what happened before the start.
    pub(super) fn forget(&mut self) {
        self.happenings.clear();
        self.happened = 0;
        self.said.clear();
        for service in &mut self.services {
            service.longest_wait_seconds = 0;
        }
    }

    /// How much happened.
    pub(super) fn happened(&self) -> u32 {
        few(self.happened)
    }
}
