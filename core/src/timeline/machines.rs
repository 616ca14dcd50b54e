//! Instances: how they come, are drained, and go.

use super::queue::Event;
use super::state::{Machine, MachineState, State, TaskState, few};

impl State<'_> {
    /// Instances of a group that are there or coming.
    pub(super) fn alive(&self, group: usize) -> u32 {
        few(self.machines_of(group, Machine::is_alive))
    }

    /// The same by zone.
    fn alive_by_zone(&self, group: usize) -> Vec<u32> {
        let mut zones = vec![0; self.model.zones];
        for machine in self.machines.iter().filter(|it| it.group == group && it.is_alive()) {
            zones[machine.zone] += 1;
        }
        zones
    }

    /// Whether an instance holds any task, those that stop included.
    pub(super) fn is_busy(&self, machine: &Machine) -> bool {
        machine.instance.is_some_and(|it| self.cluster.instances()[it].tasks > 0)
    }

    pub(super) fn machines_of(&self, group: usize, which: impl Fn(&Machine) -> bool) -> usize {
        self.machines.iter().filter(|it| it.group == group && which(it)).count()
    }

    /// Launches so many instances of a group, in the zones with the fewest; says how many there
    /// were templates for. `at_once`: they are there, and warm.
    pub(super) fn launch(&mut self, group: usize, count: u32, at_once: bool) -> u32 {
        let mut in_zone = self.alive_by_zone(group);
        for launched in 0..count {
            let zones = (0..self.model.zones)
                .filter(|zone| !self.model.groups[group].templates[*zone].is_empty());
            let Some(zone) = zones.min_by_key(|zone| (in_zone[*zone], *zone)) else {
                return launched;
            };
            in_zone[zone] += 1;
            let machine = self.machines.len();
            self.machines.push(Machine {
                group,
                zone,
                state: MachineState::Launching,
                instance: None,
                launched: self.now,
                warm: 0,
                price: self.model.groups[group].templates[zone][0].price,
            });
            if at_once {
                self.register(machine);
            } else {
                let there = self.now + self.model.timing.launch;
                self.queue.announce(there, Event::Registered(machine));
            }
        }
        count
    }

    /// An instance registers: it takes tasks from now on.
    pub(super) fn register(&mut self, machine: usize) {
        let Machine { group, zone, .. } = self.machines[machine];
        let site = self.model.groups[group].templates[zone][0].site.clone();
        let site = self.cluster.site_like(site);
        let instance = self.cluster.add(format!("i-{:04}", machine + 1), site);
        self.machine_of.push(machine);
        let it = &mut self.machines[machine];
        it.instance = Some(instance);
        it.state = MachineState::Registered;
        it.warm = if self.now == 0 { 0 } else { self.now + self.model.groups[group].warmup };
        self.room = true;
    }

    /// Puts the instances there that stand at the start, with their tasks.
    pub(super) fn stand(&mut self) {
        for standing in &self.model.standing {
            let instance = standing.add_to(&mut self.cluster);
            self.machine_of.push(self.machines.len());
            self.machines.push(Machine {
                group: standing.template.site.group,
                zone: standing.template.site.zone,
                state: if standing.active {
                    MachineState::Registered
                } else {
                    MachineState::Draining
                },
                instance: Some(instance),
                launched: 0,
                warm: 0,
                price: standing.template.price,
            });
            for (service, count) in standing.tasks.iter().copied() {
                self.run_standing(service, instance, count, !standing.active);
            }
        }
    }

    /// Tasks that run on an instance from the start, as far as they fit.
    fn run_standing(&mut self, service: usize, instance: usize, count: u32, doomed: bool) {
        let kind = self.services[service].kind;
        let share = self.model.services[service].strategy.first();
        let group = share.map(|_| self.cluster.site(instance).group);
        for _ in 0..count {
            if !self.cluster.has_room(instance, kind) {
                break;
            }
            let task = self.new_task(service, group);
            let it = &mut self.tasks[task];
            it.state = TaskState::Running;
            it.instance = Some(instance);
            it.doomed = doomed;
            self.cluster.put(instance, kind);
        }
    }

    /// Takes so many instances out of a group; says how many it could.
    pub(super) fn terminate(&mut self, group: usize, count: u32) -> u32 {
        let settings = &self.model.groups[group];
        let (protected, draining) = (settings.protected, settings.draining);
        let mut in_zone = self.alive_by_zone(group);
        for taken in 0..count {
            let all = self.machines.iter().enumerate().filter(|(_, it)| {
                it.group == group
                    && it.state == MachineState::Registered
                    && !(protected && self.is_busy(it))
            });
            // The zone with the most, then the oldest: EC2 Auto Scaling's default policy as far as
            // it matters where all have the same launch template.
            let chosen =
                all.max_by_key(|(place, it)| (in_zone[it.zone], std::cmp::Reverse(*place)));
            let Some((machine, it)) = chosen else { return taken };
            in_zone[it.zone] -= 1;
            self.take_out(machine, draining);
        }
        count
    }

    fn take_out(&mut self, machine: usize, draining: bool) {
        let Some(instance) = self.machines[machine].instance else { return };
        self.cluster.set_active(instance, false);
        self.machines[machine].state = MachineState::Draining;
        let tasks: Vec<usize> = self.tasks_on(instance);
        if !draining {
            for task in &tasks {
                self.lost(*task);
            }
        }
        let left = self.tasks_on(instance);
        for task in &left {
            self.tasks[*task].doomed = true;
            let service = self.tasks[*task].service;
            self.services[service].dirty = true;
        }
        if !left.is_empty() {
            let group = self.machines[machine].group;
            self.record.draining(self.now, group, few(left.len()));
        }
        self.end_drained(instance);
    }

    fn tasks_on(&self, instance: usize) -> Vec<usize> {
        let services = self.services.iter().flat_map(|service| &service.tasks);
        services.copied().filter(|task| self.tasks[*task].instance == Some(instance)).collect()
    }

    /// Ends an instance that is being drained and has no task left.
    pub(super) fn end_drained(&mut self, instance: usize) {
        let machine = self.machine_of[instance];
        let it = &self.machines[machine];
        if it.state != MachineState::Draining || self.cluster.instances()[instance].tasks > 0 {
            return;
        }
        let (group, launched, price) = (it.group, it.launched, it.price);
        self.machines[machine].state = MachineState::Gone;
        self.pay(group, launched, price);
        self.record.terminated(self.now, group);
    }

    /// Pays for an instance from its launch until now. Source: EC2 bills by the second, a minute at
    /// least.
    pub(super) fn pay(&mut self, group: usize, launched: u32, price: u64) {
        let seconds = (self.now - launched).max(60);
        let it = &mut self.groups[group];
        it.seconds += u64::from(seconds);
        it.nano_usd_seconds += u128::from(seconds) * u128::from(price);
    }

    /// Pays for what still runs at the end.
    pub(super) fn pay_the_rest(&mut self) {
        for machine in 0..self.machines.len() {
            let Machine { group, launched, price, state, .. } = self.machines[machine];
            if state != MachineState::Gone {
                let seconds = self.now - launched;
                let it = &mut self.groups[group];
                it.seconds += u64::from(seconds);
                it.nano_usd_seconds += u128::from(seconds) * u128::from(price);
            }
        }
    }
}
