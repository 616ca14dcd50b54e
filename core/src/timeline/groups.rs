//! Each minute of a group: its metric, and what it makes of its size.

use super::record::{GroupSample, Said, Why};
use super::state::{MachineState, State, TaskState, few};
use crate::packing::{Amounts, RESOURCES};
use crate::report::EventKind;
use crate::scaling::{
    GroupDecision, GroupSettings, Reservation, Waiting, instances_for, reservation,
};
use std::collections::BTreeMap;

impl State<'_> {
    /// Takes one minute of each group.
    pub(super) fn scale_groups(&mut self) {
        for group in 0..self.groups.len() {
            let settings = &self.model.groups[group];
            if !settings.managed {
                continue;
            }
            let (metric, registered, waiting) = self.metric(group);
            let warming = self.machines.iter().any(|it| {
                it.group == group
                    && match it.state {
                        MachineState::Launching => true,
                        MachineState::Registered => it.warm > self.now,
                        MachineState::Draining | MachineState::Gone => false,
                    }
            });
            let limits = GroupSettings {
                target: settings.scaling.target,
                min_size: settings.min_size,
                max_size: settings.max_size,
            };
            let desired = self.groups[group].desired;
            let scaling = &mut self.groups[group].scaling;
            let decision = scaling.minute(self.now, metric, (registered, desired), warming, limits);
            self.follow(group, decision, metric, waiting);
        }
    }

    /// The metric of a group now, its registered instances, and the tasks that wait for it.
    pub(super) fn metric(&self, group: usize) -> (Reservation, u32, u32) {
        let settings = &self.model.groups[group];
        let registered = |it: &super::state::Machine| it.state == MachineState::Registered;
        let instances = few(self.machines_of(group, registered));
        let occupied = few(self.machines_of(group, |it| registered(it) && self.is_busy(it)));
        let mut waiting: BTreeMap<(Amounts, bool), u32> = BTreeMap::new();
        let mut all = 0;
        for task in self.services.iter().flat_map(|service| &service.waiting) {
            let task = &self.tasks[*task];
            if task.group == Some(group) && task.state == TaskState::Waiting {
                let kind = &self.cluster.kinds()[task.kind];
                *waiting.entry((kind.amounts, kind.one_per_instance())).or_insert(0) += 1;
                all += 1;
            }
        }
        let needs: Vec<Option<u32>> = waiting
            .into_iter()
            .map(|((amounts, one_per_instance), tasks)| {
                let waiting = Waiting { tasks, amounts, one_per_instance };
                settings.extremes.as_ref().and_then(|it| instances_for(&waiting, it))
            })
            .collect();
        (reservation(instances, occupied, &needs, settings.scaling), instances, all)
    }

    fn follow(&mut self, group: usize, decision: GroupDecision, metric: Reservation, waiting: u32) {
        let desired = self.groups[group].desired;
        let about = (None, Some(group));
        let why = Why::Reservation { metric, waiting };
        match decision {
            GroupDecision::Stay => {
                self.groups[group].said = None;
                if metric == Reservation::Incompatible {
                    self.say(group, Said::Incompatible, EventKind::ScaleOutBlocked, waiting, why);
                }
            }
            GroupDecision::ScaleOut { to } => {
                self.groups[group].said = None;
                let kind = EventKind::GroupScaledOut;
                self.record.happen(self.now, kind, about, (Some(desired), to), why);
                let launched = self.launch(group, to.saturating_sub(self.alive(group)), false);
                self.groups[group].desired = if launched == 0 { desired } else { to };
            }
            GroupDecision::Blocked { wanted } => {
                self.say(group, Said::Blocked, EventKind::ScaleOutBlocked, wanted, why);
            }
            GroupDecision::AtMaximum { wanted } => {
                self.say(group, Said::AtMaximum, EventKind::GroupAtMaximum, wanted, why);
            }
            GroupDecision::ScaleIn { to } => {
                let before = self.record.happenings.len();
                let taken = self.terminate(group, self.alive(group).saturating_sub(to));
                let left = self.alive(group);
                self.groups[group].desired = left.max(to);
                if taken > 0 {
                    let kind = EventKind::GroupScaledIn;
                    self.record.happen(self.now, kind, about, (Some(desired), left), why);
                    // The decision comes before what it brings about; of very many happenings the
                    // later ones are not kept.
                    if let Some([brought_about @ .., decision]) =
                        self.record.happenings.get_mut(before..)
                        && decision.kind == kind
                    {
                        for each in brought_about {
                            std::mem::swap(each, decision);
                        }
                    }
                }
            }
        }
    }

    /// Says something of a group that goes on for minutes, once.
    fn say(&mut self, group: usize, what: Said, kind: EventKind, count: u32, why: Why) {
        if self.groups[group].said != Some(what) {
            self.groups[group].said = Some(what);
            let before = Some(self.groups[group].desired);
            self.record.happen(self.now, kind, (None, Some(group)), (before, count), why);
        }
    }

    /// Notes one minute of each group.
    pub(super) fn sample_groups(&mut self, minute: u32) {
        for group in 0..self.groups.len() {
            let target = self.model.groups[group].scaling.target;
            let (metric, registered, _) = self.metric(group);
            let mut total = Amounts::default();
            let mut free = Amounts::default();
            let (mut tasks, mut slots, mut empty) = (0_u64, 0_u64, 0);
            let slot = self.slot_kind(group);
            for machine in self.machines.iter().filter(|it| it.group == group) {
                let (MachineState::Registered, Some(instance)) = (machine.state, machine.instance)
                else {
                    continue;
                };
                let it = &self.cluster.instances()[instance];
                for resource in 0..RESOURCES {
                    total[resource] += self.cluster.site(instance).amounts[resource];
                    free[resource] += it.free[resource];
                }
                let here = it.live;
                empty += u32::from(it.tasks == 0);
                tasks += u64::from(here);
                slots += u64::from(here) + slot.map_or(0, |kind| self.more_slots(instance, kind));
            }
            // In tenths of a percent, rounded to the nearest.
            let share =
                |part: u64, whole: u64| (part * 2000 + whole).checked_div(whole * 2).unwrap_or(0);
            let count = |state| few(self.machines_of(group, |it| it.state == state));
            let sample = GroupSample {
                desired: self.groups[group].desired,
                registered,
                launching: count(MachineState::Launching),
                draining: count(MachineState::Draining),
                empty,
                needed: metric.needed(),
                reservation: metric.per_mille(target),
                slots_used: share(tasks, slots),
                cpu: share(total[0] - free[0], total[0]),
                memory: share(total[1] - free[1], total[1]),
            };
            self.record.group_minute(minute, group, &sample);
        }
    }

    /// The kind by which slots are counted: that of the service with the most tasks on the group.
    fn slot_kind(&self, group: usize) -> Option<usize> {
        let runs_here = |service: &usize| {
            let strategy = &self.model.services[*service].strategy;
            strategy.is_empty() || strategy.iter().any(|it| it.group == group)
        };
        let services = (0..self.services.len()).filter(runs_here);
        let most = services.max_by_key(|it| (self.services[*it].desired, std::cmp::Reverse(*it)));
        most.map(|service| self.services[service].kind)
    }

    /// How many more tasks of a kind an instance holds.
    fn more_slots(&self, instance: usize, kind: usize) -> u64 {
        let (it, task) = (&self.cluster.instances()[instance], &self.cluster.kinds()[kind]);
        let fits = (0..RESOURCES).filter_map(|r| it.free[r].checked_div(task.amounts[r])).min();
        let one = task.one_per_instance();
        match fits.unwrap_or(0) {
            _ if one && it.counts[task.service] > 0 => 0,
            more if one => more.min(1),
            more => more,
        }
    }
}
