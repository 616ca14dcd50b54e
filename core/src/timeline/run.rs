//! The order of things: full minutes, and what happens between them.

use super::model::Model;
use super::queue::Event;
use super::record::Run;
use super::state::{MachineState, State, TaskState, few};
use crate::scaling::{Waiting, instances_for};

/// A run ends when it has looked at so many instances and tasks: some seconds on any machine.
const MOST_WORK: u64 = 1_000_000_000;

/// Runs a simulation. The same model gives the same run. One that would take too long ends at an
/// earlier minute.
pub fn run(model: &Model) -> Run {
    let mut state = State::new(model);
    let snapshot = advance(&mut state);
    state.finish(snapshot)
}

/// All minutes; says the cluster at the minute that was asked for.
fn advance(state: &mut State<'_>) -> Option<(u32, crate::placement::Cluster)> {
    let model = state.model;
    state.begin();
    let mut snapshot = None;
    for minute in 0..=model.minutes {
        state.run_until(minute * 60);
        state.minute(minute);
        state.looked_at(state.machines.len() * (4 * state.groups.len() + 2) + state.all_tasks());
        if state.work > MOST_WORK {
            break;
        }
        if model.snapshot_at == Some(minute) {
            snapshot = Some((minute, state.cluster.clone()));
        }
    }
    snapshot
}

impl State<'_> {
    /// The first instances and tasks. Everything that is there at the start runs and is warm.
    pub(super) fn begin(&mut self) {
        self.stand();
        for group in 0..self.groups.len() {
            let settings = &self.model.groups[group];
            let wanted = settings.initial.unwrap_or(settings.min_size);
            let wanted = wanted.clamp(settings.min_size, settings.max_size.max(settings.min_size));
            let missing = wanted.saturating_sub(self.alive(group));
            self.launch(group, missing, true);
        }
        self.reconcile();
        self.grow_to_fit();
        for group in 0..self.groups.len() {
            self.groups[group].desired = self.alive(group);
        }
        for task in 0..self.tasks.len() {
            if self.tasks[task].state == TaskState::Pending {
                self.tasks[task].state = TaskState::Running;
            }
        }
        self.record.forget();
        self.beginning = false;
        for service in &mut self.services {
            service.dirty = false;
            service.started = 0;
        }
    }

    /// Groups without a stated size begin with as many instances as hold the tasks.
    fn grow_to_fit(&mut self) {
        for group in 0..self.groups.len() {
            let settings = &self.model.groups[group];
            if settings.initial.is_some() || !self.model.standing.is_empty() {
                continue;
            }
            let waits = |it: &Self| {
                let mut waiting = it.services.iter().flat_map(|service| &service.waiting);
                waiting.any(|task| it.tasks[*task].group == Some(group))
            };
            while (waits(self) || self.lacks(group)) && self.alive(group) < settings.max_size {
                let before = self.waiting_tasks() + self.missing();
                let room = settings.max_size - self.alive(group);
                let needed = self.needed_at_least(group).clamp(1, room);
                if self.launch(group, needed, true) == 0 || self.work > MOST_WORK {
                    break;
                }
                self.place_waiting();
                self.retry_missing();
                // An instance that takes none of them: no other of its kind will.
                if self.waiting_tasks() + self.missing() == before && !self.other_zone_helps(group)
                {
                    break;
                }
            }
        }
    }

    /// So many instances at least are needed for the tasks of a group that have no place yet.
    fn needed_at_least(&self, group: usize) -> u32 {
        let Some(extremes) = &self.model.groups[group].extremes else { return 1 };
        let of_service = self.services.iter().filter_map(|service| {
            let here = |task: &&usize| self.tasks[**task].group == Some(group);
            let kind = &self.cluster.kinds()[service.kind];
            let waiting = Waiting {
                tasks: few(service.waiting.iter().filter(here).count()) + service.missing,
                amounts: kind.amounts,
                one_per_instance: kind.one_per_instance(),
            };
            instances_for(&waiting, extremes)
        });
        of_service.max().unwrap_or(1)
    }

    /// Whether the last instances of a group, one in each zone, were of use.
    fn other_zone_helps(&self, group: usize) -> bool {
        let zones = self.model.zones;
        let last = self.machines.iter().rev().filter(|it| it.group == group).take(zones);
        self.machines_of(group, |_| true) < zones || last.clone().any(|it| self.is_busy(it))
    }

    /// Whether tasks past all providers are missing; the first group is theirs.
    fn lacks(&self, group: usize) -> bool {
        group == 0 && self.missing() > 0
    }

    fn missing(&self) -> u32 {
        self.services.iter().map(|service| service.missing).fold(0, u32::saturating_add)
    }

    fn retry_missing(&mut self) {
        for service in &mut self.services {
            service.dirty |= service.missing > 0;
        }
        self.reconcile();
    }

    /// Everything up to a second.
    pub(super) fn run_until(&mut self, second: u32) {
        while let Some(next) = self.queue.next_second().filter(|next| *next <= second) {
            while let Some((now, event)) = self.queue.next(next) {
                self.now = now;
                match event {
                    Event::Registered(machine) => {
                        self.register(machine);
                        let group = self.machines[machine].group;
                        self.record.registered(now, group);
                    }
                    Event::Started(task) => self.started(task),
                    Event::Stopped(task) => self.stopped(task),
                    Event::TrafficStep(service) => self.traffic_step(service),
                }
            }
            self.settle();
        }
        self.now = second;
    }

    /// Acts on what has changed.
    fn settle(&mut self) {
        if std::mem::take(&mut self.room) {
            self.place_waiting();
        }
        self.reconcile();
    }

    /// One full minute.
    pub(super) fn minute(&mut self, minute: u32) {
        if minute > 0 {
            self.scale_groups();
        }
        let experiences = self.scale_services(minute);
        let deployments = self.model.deployments.iter().filter(|(at, _)| *at == minute);
        for (_, service) in deployments.copied() {
            self.deploy(service);
        }
        self.time_out();
        self.settle();
        self.rebalance();
        self.sample_services(minute, &experiences);
        self.sample_groups(minute);
        self.record.close_minute();
    }

    pub(super) fn finish(mut self, snapshot: Option<(u32, crate::placement::Cluster)>) -> Run {
        self.pay_the_rest();
        let unsettled = self.services.iter().any(|service| {
            service.deploying.is_some()
                || service.missing > 0
                || service.tasks.iter().any(|task| self.tasks[*task].state != TaskState::Running)
        }) || self.machines.iter().any(|machine| {
            matches!(machine.state, MachineState::Launching | MachineState::Draining)
                || (machine.state == MachineState::Registered && machine.warm > self.now)
        });
        for (service, timeline) in self.services.iter().zip(&mut self.record.services) {
            let still = service.waiting.iter().map(|task| self.now - self.tasks[*task].since);
            let longest = still.max().unwrap_or(0).max(timeline.longest_wait_seconds);
            timeline.longest_wait_seconds = longest;
        }
        for (group, timeline) in self.groups.iter().zip(&mut self.record.groups) {
            let cost = group.nano_usd_seconds.div_ceil(3600);
            timeline.cost_nano_usd = u64::try_from(cost).unwrap_or(u64::MAX);
            timeline.instance_minutes = group.seconds.div_ceil(60);
        }
        Run {
            minutes: self.now / 60,
            step: self.record.step(),
            desired: self.services.iter().map(|service| service.desired).collect(),
            happened: self.record.happened(),
            services: self.record.services,
            groups: self.record.groups,
            happenings: self.record.happenings,
            snapshot,
            end: self.cluster,
            unserved_minutes: self.record.unserved_minutes,
            peak_instances: self.record.peak_instances,
            peak_tasks: self.record.peak_tasks,
            unsettled,
        }
    }
}
