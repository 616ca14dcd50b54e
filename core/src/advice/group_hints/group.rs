//! An Auto Scaling group as the hints count it: its settings, one type of its instances, and how
//! many of those its tasks need, now and in a burst.
//!
//! Instances are counted as ECS estimates them: tasks packed on one type, zones not looked at.
//! Source: ECS Developer Guide, managed scaling behavior.

use super::super::base::Base;
use crate::capacity::{Fit, fit};
use crate::managed::{Market, tasks_on};
use crate::packing::{Pattern, Problem};
use crate::plan::{Instance, Sized, main_type, tasks_of};
use crate::scaling::RollingLimits;
use crate::scenario::{
    AutoScalingGroup, Capacity, DeploymentConfiguration, DeploymentStrategy, LaunchType,
    ManagedScaling, Service,
};

/// One capacity provider's group.
pub(in super::super) struct Group<'b, 'c> {
    pub(in super::super) base: &'b Base<'c>,
    pub(in super::super) settings: &'b AutoScalingGroup,
    /// The provider's name, where it has one.
    pub(in super::super) name: Option<&'b str>,
    /// Where its settings stand.
    pub(in super::super) path: &'b str,
    provider: usize,
    /// The kinds of tasks that run on it.
    pub(in super::super) kinds: Vec<usize>,
    /// The type that its instances are counted in: a place among the offers.
    offer: Option<usize>,
}

/// How many tasks may run while a service deploys, old and new ones together.
pub(in super::super) fn while_deploying(count: u32, it: DeploymentConfiguration) -> u32 {
    let twice = count.saturating_mul(2);
    if it.strategy != DeploymentStrategy::Rolling {
        return twice;
    }
    let (minimum, maximum) = (it.minimum_healthy_percent.get(), it.maximum_percent.get());
    RollingLimits::of(count, minimum.into(), maximum.into()).max_running.clamp(count, twice)
}

/// What a service may come to want: twice its tasks where it scales, within its bounds, else both
/// revisions of a deployment.
pub(in super::super) fn in_a_burst(count: u32, service: &Service) -> u32 {
    match &service.auto_scaling {
        Some(scaling) => {
            let base = count.max(scaling.min_capacity.get());
            base.saturating_mul(2).min(scaling.max_capacity.get()).max(count)
        }
        None => while_deploying(count, service.deployment_configuration),
    }
}

impl<'b, 'c> Group<'b, 'c> {
    /// The groups of the scenario; none where ECS Managed Instances choose.
    pub(in super::super) fn all(base: &'b Base<'c>) -> Vec<Self> {
        let providers = base.ground.supply.providers.iter().enumerate();
        let groups = providers.filter_map(|(provider, (it, _))| match &it.capacity {
            Capacity::AutoScalingGroup(settings) => {
                let kinds = base.ground.kinds.iter().enumerate();
                let kinds = kinds.filter(|(_, kind)| kind.provider == provider);
                let mut group = Self {
                    base,
                    settings,
                    name: it.name.as_deref(),
                    path: &it.path,
                    provider,
                    kinds: kinds.map(|(place, _)| place).collect(),
                    offer: None,
                };
                group.offer = group.main_offer();
                Some(group)
            }
            Capacity::ManagedInstances(_) => None,
        });
        groups.collect()
    }

    /// A field of its settings.
    pub(in super::super) fn field(&self, name: &str) -> String {
        format!("{}.{name}", self.path)
    }

    /// Its managed scaling, where that is on.
    pub(in super::super) fn scaling(&self) -> Option<ManagedScaling> {
        Some(self.settings.managed_scaling).filter(|it| it.status.is_enabled())
    }

    /// The types that it may launch.
    pub(in super::super) fn instances(&self) -> impl Iterator<Item = (usize, &'b Instance<'c>)> {
        let provider = self.provider;
        let all = self.base.ground.supply.instances.iter().enumerate();
        all.filter(move |(_, it)| it.admitted && it.provider == provider)
    }

    /// The type that instances are counted in.
    pub(in super::super) fn instance(&self) -> Option<&'b Instance<'c>> {
        self.base.ground.supply.instances.get(self.offer?)
    }

    /// The type that the group launches.
    fn main_offer(&self) -> Option<usize> {
        if self.kinds.is_empty() {
            return None;
        }
        let ground = &self.base.ground;
        let providers: Vec<usize> = ground.kinds.iter().map(|kind| kind.provider).collect();
        let own = tasks_of(&ground.problem, &providers, self.provider);
        main_type(ground, self.settings, self.provider, &own)?.first().copied()
    }

    /// A kind's service, as planned and as written.
    pub(in super::super) fn service(&self, kind: usize) -> Option<(&'b Sized, &'b Service)> {
        let sized = self.base.service_of(kind);
        Some((sized, self.base.reading.service_in_row(sized.row)?))
    }

    /// The kinds of tasks that are started through the provider: only those count for its scaling.
    pub(in super::super) fn through_provider(&self) -> Vec<(usize, &'b Sized, &'b Service)> {
        let kinds = self.kinds.iter().filter_map(|kind| {
            let (sized, service) = self.service(*kind)?;
            Some((*kind, sized, service))
        });
        kinds.filter(|(_, _, it)| it.launch_type != Some(LaunchType::Ec2)).collect()
    }

    /// How many tasks of a service one instance holds, and why no more.
    pub(in super::super) fn holds(&self, sized: &Sized) -> Option<Fit> {
        Some(fit(&self.instance()?.allocatable, &sized.demand, sized.distinct))
    }

    /// How many tasks of a kind one instance holds.
    pub(in super::super) fn slots(&self, kind: usize) -> u32 {
        let problem = &self.base.ground.problem;
        self.offer.map_or(0, |offer| tasks_on(&problem.demands[kind], &problem.offers[offer]))
    }

    /// So many tasks of a kind as the scenario wants.
    pub(in super::super) fn count(&self, kind: usize) -> u32 {
        self.base.ground.problem.demands[kind].count
    }

    /// The kind's part of what a service comes to with another number of tasks.
    pub(in super::super) fn share(&self, kind: usize, tasks: u32) -> u32 {
        let (count, all) = (self.count(kind), self.base.service_of(kind).count);
        if all == 0 {
            return tasks;
        }
        let share = (u64::from(tasks) * u64::from(count)).div_ceil(u64::from(all));
        u32::try_from(share).unwrap_or(u32::MAX)
    }

    /// So many tasks of each kind packed on the group's type; beside instances that stand already.
    fn pack(&self, tasks: &dyn Fn(usize) -> u32, standing: &[Pattern]) -> Option<Packed> {
        let whole = &self.base.ground.problem;
        let mut offer = whole.offers[self.offer?].clone();
        offer.zones = 1;
        let mut one = Problem { zones: 1, offers: vec![offer], ..whole.clone() };
        for (kind, demand) in one.demands.iter_mut().enumerate() {
            demand.spread = false;
            demand.count = if self.kinds.contains(&kind) { tasks(kind) } else { 0 };
        }
        let prices = [one.offers[0].price];
        let prediction = Market::of(&one, &prices).predict(&one, standing);
        Some(Packed { all: prediction.patterns, launched: prediction.launched })
    }

    /// How many instances so many tasks of each kind need.
    pub(in super::super) fn needed_for(&self, tasks: &dyn Fn(usize) -> u32) -> Option<u32> {
        Some(copies(&self.pack(tasks, &[])?.all))
    }

    /// How many instances the desired tasks need.
    pub(in super::super) fn needed(&self) -> Option<u32> {
        self.needed_for(&|kind| self.count(kind))
    }

    /// With the spare instances that `targetCapacity` asks for.
    pub(in super::super) fn with_spare(&self, needed: u32) -> u32 {
        let target = self.scaling().map_or(100, |it| u64::from(it.target_capacity.get()));
        u32::try_from((u64::from(needed) * 100).div_ceil(target.max(1))).unwrap_or(u32::MAX)
    }

    /// Within the group's limits.
    pub(in super::super) fn clamped(&self, instances: u32) -> u32 {
        let most = self.settings.max_size.map_or(u32::MAX, crate::scenario::GroupSize::get);
        instances.max(self.settings.min_size.get()).min(most)
    }

    /// How many instances there are at first: the desired capacity, else what the tasks need.
    pub(in super::super) fn at_first(&self) -> Option<u32> {
        let needed = self.needed()?;
        let desired = self.settings.desired_capacity.map(crate::scenario::GroupSize::get);
        Some(desired.unwrap_or_else(|| self.clamped(self.with_spare(needed))))
    }

    /// What doubling the load, or deploying everything, asks of the group.
    pub(in super::super) fn burst(&self) -> Option<Burst> {
        let through = self.through_provider();
        let first = self.at_first()?;
        let standing = if first == 0 {
            Vec::new()
        } else {
            let mut standing = self.pack(&|kind| self.count(kind), &[])?.all;
            let empty = first.saturating_sub(copies(&standing));
            if empty > 0 {
                standing.push(Pattern { offer: 0, zone: 0, tasks: Vec::new(), copies: empty });
            }
            standing
        };
        let wanted = |kind: usize| {
            let found = through.iter().find(|(it, ..)| *it == kind);
            found
                .map_or(0, |(_, sized, service)| self.share(kind, in_a_burst(sized.count, service)))
        };
        let more = |kind: usize| {
            let stand = if first == 0 { 0 } else { self.count(kind) };
            wanted(kind).saturating_sub(stand)
        };
        let launched = self.pack(&more, &standing)?.launched;
        let tasks = |of: &dyn Fn(usize) -> u32| -> u64 {
            through.iter().map(|(kind, ..)| u64::from(of(*kind))).sum()
        };
        let waiting = launched.iter().map(|it| {
            let tasks: u64 = it.tasks.iter().map(|(_, tasks)| u64::from(*tasks)).sum();
            tasks * u64::from(it.copies)
        });
        Some(Burst {
            before: tasks(&|kind| if first == 0 { 0 } else { self.count(kind) }),
            after: tasks(&wanted),
            waiting: waiting.sum(),
            instances: first,
            launched,
        })
    }
}

/// Tasks on instances.
struct Packed {
    all: Vec<Pattern>,
    launched: Vec<Pattern>,
}

/// How many instances these are.
pub(in super::super) fn copies(patterns: &[Pattern]) -> u32 {
    patterns.iter().fold(0, |all, it| all.saturating_add(it.copies))
}

/// More tasks than the instances hold.
pub(in super::super) struct Burst {
    /// Tasks before.
    pub(in super::super) before: u64,
    /// Tasks that are wanted then.
    pub(in super::super) after: u64,
    /// Of those, tasks that find no room.
    pub(in super::super) waiting: u64,
    /// Instances before.
    pub(in super::super) instances: u32,
    /// Instances that hold what waits.
    pub(in super::super) launched: Vec<Pattern>,
}
