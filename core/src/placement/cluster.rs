//! The state of a cluster: instances, what is left on each, and what runs there.

use super::query::{Expression, InstanceFacts};
use super::rejection::Rejection;
use super::strategy::Rule;
use crate::capacity::{Platform, Resource};
use crate::packing::{Amounts, RESOURCES};
use crate::task::HostPort;
use std::collections::{BTreeMap, BTreeSet};

/// One kind of task: a service's, of one revision.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// The service. Kinds of one service are its revisions: spread and `distinctInstance` count
    /// them together.
    pub service: usize,
    /// What one task takes.
    pub amounts: Amounts,
    /// Static ports of the instance that it takes.
    pub host_ports: BTreeSet<HostPort>,
    /// The platforms that it runs on.
    pub platforms: BTreeSet<Platform>,
    /// One task of the service on an instance.
    pub distinct: bool,
    /// `memberOf` expressions, all of which must hold.
    pub expressions: Vec<Expression>,
    /// The placement strategy.
    pub rules: Vec<Rule>,
    /// Its task group: `service:web`.
    pub task_group: String,
}

impl Kind {
    /// Whether an instance holds only one such task.
    pub fn one_per_instance(&self) -> bool {
        self.distinct || !self.host_ports.is_empty()
    }
}

/// What instances have in common: type, zone, group, attributes.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// The group, which is a capacity provider's.
    pub group: usize,
    /// The zone, by its place.
    pub zone: usize,
    /// What it runs.
    pub platform: Platform,
    /// What it gives to tasks.
    pub amounts: Amounts,
    /// Ports that tasks cannot have.
    pub taken_ports: BTreeSet<HostPort>,
    /// Built-in and custom attributes.
    pub attributes: BTreeMap<String, String>,
}

/// A container instance.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// Its id.
    pub name: String,
    /// A place in the cluster's sites.
    pub site: usize,
    /// Whether it takes tasks.
    pub active: bool,
    /// Whether its agent is connected.
    pub agent_connected: bool,
    /// Its agent's version.
    pub agent_version: String,
    /// When it registered.
    pub registered_at: String,
    /// What is left.
    pub free: Amounts,
    /// Ports that tasks hold.
    pub ports: BTreeSet<HostPort>,
    /// For each service, its tasks that are not to stop.
    pub counts: Vec<u32>,
    /// Its tasks that are not to stop, of all services.
    pub live: u32,
    /// Tasks that hold resources, those that stop included.
    pub tasks: u32,
}

/// Instances and the kinds of task that run on them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cluster {
    zones: usize,
    services: usize,
    kinds: Vec<Kind>,
    sites: Vec<Site>,
    instances: Vec<Instance>,
    /// The places of instances that take tasks, in order: those that went are many after a day.
    open: Vec<usize>,
    /// For each service and zone, its tasks that are not to stop.
    per_zone: Vec<Vec<u32>>,
    /// For each site and kind, whether platform and static expressions allow it.
    allowed: Vec<Vec<bool>>,
}

impl Cluster {
    /// An empty cluster.
    pub fn new(zones: usize, services: usize, kinds: Vec<Kind>) -> Self {
        let per_zone = vec![vec![0; zones]; services];
        Self { zones, services, kinds, per_zone, ..Self::default() }
    }

    /// The zones in use.
    pub fn zones(&self) -> usize {
        self.zones
    }

    /// The kinds of task.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The instances, those that went included.
    pub fn instances(&self) -> &[Instance] {
        &self.instances
    }

    /// What an instance has in common with others.
    pub fn site(&self, instance: usize) -> &Site {
        &self.sites[self.instances[instance].site]
    }

    /// A service's tasks that are not to stop, by zone.
    pub fn per_zone(&self, service: usize) -> &[u32] {
        &self.per_zone[service]
    }

    /// The place of a site, which is added if there is none like it.
    pub fn site_like(&mut self, site: Site) -> usize {
        if let Some(known) = self.sites.iter().position(|known| *known == site) {
            return known;
        }
        let allowed = self.kinds.iter().map(|kind| {
            let stat = kind.expressions.iter().filter(|it| it.is_static());
            kind.platforms.contains(&site.platform)
                && stat.clone().all(|it| it.matches(&facts_of_site(&site)))
        });
        self.allowed.push(allowed.collect());
        self.sites.push(site);
        self.sites.len() - 1
    }

    /// Adds an instance without tasks; says its place.
    pub fn add(&mut self, name: String, site: usize) -> usize {
        self.instances.push(Instance {
            name,
            site,
            active: true,
            agent_connected: true,
            agent_version: String::new(),
            registered_at: String::new(),
            free: self.sites[site].amounts,
            ports: BTreeSet::new(),
            counts: vec![0; self.services],
            live: 0,
            tasks: 0,
        });
        let place = self.instances.len() - 1;
        self.open.push(place);
        place
    }

    /// Changes what is known of an instance beside its resources.
    pub fn describe(&mut self, instance: usize, change: impl FnOnce(&mut Instance)) {
        change(&mut self.instances[instance]);
        self.set_active(instance, self.instances[instance].active);
    }

    /// Whether an instance takes new tasks, or not any more.
    pub fn set_active(&mut self, instance: usize, active: bool) {
        self.instances[instance].active = active;
        match (self.open.binary_search(&instance), active) {
            (Ok(place), false) => {
                self.open.remove(place);
            }
            (Err(place), true) => self.open.insert(place, instance),
            _ => {}
        }
    }

    /// Whether each zone has instances of a group that take tasks; `None`: of any group.
    pub fn open_zones(&self, group: Option<usize>) -> Vec<bool> {
        let mut zones = vec![false; self.zones];
        for place in self.open.iter().copied() {
            let site = self.site(place);
            zones[site.zone] |= group.is_none_or(|group| group == site.group)
                && self.instances[place].agent_connected;
        }
        zones
    }

    /// Puts a task on an instance. It must fit.
    pub fn put(&mut self, instance: usize, kind: usize) {
        let task = &self.kinds[kind];
        let zone = self.sites[self.instances[instance].site].zone;
        let it = &mut self.instances[instance];
        for resource in 0..RESOURCES {
            it.free[resource] = it.free[resource].saturating_sub(task.amounts[resource]);
        }
        it.ports.extend(task.host_ports.iter().copied());
        it.counts[task.service] += 1;
        it.live += 1;
        it.tasks += 1;
        self.per_zone[task.service][zone] += 1;
    }

    /// Whether an instance has as much left as a task takes, whatever the rules say.
    pub fn has_room(&self, instance: usize, kind: usize) -> bool {
        let free = self.instances[instance].free;
        free.iter().zip(self.kinds[kind].amounts).all(|(free, need)| need <= *free)
    }

    /// A task is ordered to stop: rules do not count it any more, its resources it still holds.
    pub fn order_to_stop(&mut self, instance: usize, kind: usize) {
        let service = self.kinds[kind].service;
        let zone = self.sites[self.instances[instance].site].zone;
        let it = &mut self.instances[instance];
        it.counts[service] = it.counts[service].saturating_sub(1);
        it.live = it.live.saturating_sub(1);
        let there = &mut self.per_zone[service][zone];
        *there = there.saturating_sub(1);
    }

    /// A task that was ordered to stop is gone.
    pub fn release(&mut self, instance: usize, kind: usize) {
        let task = &self.kinds[kind];
        let it = &mut self.instances[instance];
        for resource in 0..RESOURCES {
            it.free[resource] += task.amounts[resource];
        }
        for port in &task.host_ports {
            it.ports.remove(port);
        }
        it.tasks = it.tasks.saturating_sub(1);
    }

    /// Whether an instance can take one more task, and if not, why not. `group`: the provider
    /// through which it starts; `None`: past all providers.
    pub fn takes(
        &self,
        instance: usize,
        kind: usize,
        group: Option<usize>,
    ) -> Result<(), Rejection> {
        let it = &self.instances[instance];
        let (site, task) = (&self.sites[it.site], &self.kinds[kind]);
        if !it.active {
            return Err(Rejection::NotActive);
        }
        if group.is_some_and(|group| group != site.group) {
            return Err(Rejection::OtherProvider);
        }
        if !it.agent_connected {
            return Err(Rejection::Agent);
        }
        let allowed = self.allowed[it.site][kind];
        if !allowed && !task.platforms.contains(&site.platform) {
            return Err(Rejection::Platform(site.platform));
        }
        let resources = [Resource::Cpu, Resource::Memory, Resource::Eni, Resource::Gpu];
        for (place, resource) in resources.into_iter().enumerate() {
            let (need, have) = (task.amounts[place], it.free[place]);
            if need > have {
                return Err(Rejection::Resource { resource, need, have });
            }
        }
        let held = |port: &&HostPort| site.taken_ports.contains(port) || it.ports.contains(port);
        if let Some(port) = task.host_ports.iter().find(held) {
            return Err(Rejection::Port(*port));
        }
        if task.distinct && it.counts[task.service] > 0 {
            return Err(Rejection::DistinctInstance);
        }
        if !allowed {
            let unmet = task.expressions.iter().position(|it| !it.matches(&facts_of_site(site)));
            return Err(Rejection::MemberOf(unmet.unwrap_or(0)));
        }
        let mut dynamic = task.expressions.iter().enumerate().filter(|(_, it)| !it.is_static());
        match dynamic.find(|(_, expression)| !self.meets(instance, expression)) {
            Some((place, _)) => Err(Rejection::MemberOf(place)),
            None => Ok(()),
        }
    }

    /// The instances that can take one more task, in order.
    pub fn candidates(&self, kind: usize, group: Option<usize>) -> Vec<usize> {
        let open = self.open.iter().copied();
        open.filter(|instance| self.takes(*instance, kind, group).is_ok()).collect()
    }

    /// Whether an instance meets an expression as it is now.
    fn meets(&self, instance: usize, expression: &Expression) -> bool {
        let it = &self.instances[instance];
        let running = self.kinds.iter().filter(|kind| it.counts[kind.service] > 0);
        let task_groups = running.map(|kind| kind.task_group.clone()).collect();
        expression.matches(&InstanceFacts {
            attributes: &self.sites[it.site].attributes,
            agent_connected: it.agent_connected,
            agent_version: &it.agent_version,
            ec2_instance_id: &it.name,
            registered_at: &it.registered_at,
            running_tasks_count: it.tasks,
            task_groups: &task_groups,
        })
    }
}

/// What static expressions read.
fn facts_of_site(site: &Site) -> InstanceFacts<'_> {
    static NO_GROUPS: BTreeSet<String> = BTreeSet::new();
    InstanceFacts {
        attributes: &site.attributes,
        agent_connected: true,
        agent_version: "",
        ec2_instance_id: "",
        registered_at: "",
        running_tasks_count: 0,
        task_groups: &NO_GROUPS,
    }
}
