//! Which instance types an Auto Scaling group should have: the cheapest single ones, several to
//! fall back on, and what other settings would change.
//!
//! ECS scales a group by its types' smallest and largest vCPU, memory, ENIs, ports and GPUs, each
//! by itself, and a task that does not fit the smallest of all stays PROVISIONING: ECS Developer
//! Guide, managed scaling behavior. Where every type holds a task of every service, so do those
//! smallest figures. With a target below 100 the group keeps `100 x needed / target` instances.

mod unfit;

use super::base::Base;
use super::single_type::{Alone, Groups, NO_PROTECTION};
use crate::packing::{Problem, Work, solve};
use crate::report::{Cannot, Change, Cost, FleetSummary, GroupOption, GroupReport, GroupVariant};
use crate::report::{InstanceCount, UnfitType};
use crate::scenario::quantity::with_thousands;
use crate::scenario::{AutoScalingGroup, Capacity, MemoryModel, PurchaseOption, ReservedMemory};
use eniac_catalog::NanoUsdPerHour;
use serde_json::json;

/// So many groups of one type are told.
const TOLD: usize = 5;

/// More types than this a mixed instances policy does not name. Source: EC2 Auto Scaling quotas.
const MOST_TYPES: usize = 40;

/// A reserve that leaves room for the agent, the container runtime and daemons of the system, in
/// MiB: AWS recommends 32 and more, users keep 128 to 512.
const RESERVE: u16 = 256;

const PATH: &str = "capacity.autoScalingGroup";

/// The best groups for the services of a scenario on an Auto Scaling group.
pub(super) fn group_choice(base: &Base<'_>) -> GroupReport {
    let Capacity::AutoScalingGroup(group) = &base.reading.scenario.capacity else {
        return GroupReport::default();
    };
    let choice = Choice { base, size: Size::of(group) };
    let groups = Groups::under(base, |group| group);
    let fallback = usize::from(base.reading.scenario.advice.fallback_types.get()).min(MOST_TYPES);
    // Those to fall back on are of the first one's architecture: more are looked at.
    let ranked = choice.ranked(&groups, TOLD.max(fallback * 3));
    let mut cannot = groups.cannot.clone();
    if ranked.is_empty() && cannot.is_empty() && !groups.ground.problem.demands.is_empty() {
        cannot.push(Cannot {
            service: String::new(),
            reason: "no single type holds a task of every service in every zone: run the services \
                     on several groups, each behind a capacity provider of its own"
                .to_owned(),
        });
    }
    GroupReport {
        target_capacity: u32::try_from(choice.size.target).unwrap_or(100),
        single: ranked.iter().take(TOLD).map(|it| choice.option(&groups, &[it])).collect(),
        mixed: choice.mixed(&groups, &ranked, fallback),
        variants: choice.variants(group, &groups, ranked.first()),
        unfit: unfit::unfit(base),
        cannot,
        lower_bound_nano_usd_per_hour: lower_bound(&groups),
    }
}

/// What no group of types that hold every task costs less than, without spare instances.
fn lower_bound(groups: &Groups<'_>) -> Option<NanoUsdPerHour> {
    let problem = &groups.ground.problem;
    let offers: Vec<usize> = groups.holding(problem).into_iter().flatten().collect();
    if offers.is_empty() {
        return None;
    }
    let offers = offers.iter().map(|it| problem.offers[*it].clone()).collect();
    let solution = solve(&Problem { offers, ..problem.clone() }, Work::QUICK);
    solution.ok().map(|it| it.lower_bound)
}

/// How many instances a group has.
#[derive(Debug, Clone, Copy)]
struct Size {
    target: u64,
    least: u64,
    most: Option<u64>,
}

impl Size {
    fn of(group: &AutoScalingGroup) -> Self {
        let scaling = &group.managed_scaling;
        Self {
            // A group that ECS does not scale keeps nothing to spare.
            target: if scaling.status.is_enabled() {
                u64::from(scaling.target_capacity.get()).max(1)
            } else {
                100
            },
            least: group.min_size.get().into(),
            most: group.max_size.map(|it| it.get().into()),
        }
    }

    /// With the spare instances.
    fn wanted(self, needed: u64) -> u64 {
        needed.saturating_mul(100).div_ceil(self.target)
    }

    fn instances(self, needed: u64) -> u64 {
        self.wanted(needed).max(self.least).min(self.most.unwrap_or(u64::MAX))
    }

    /// Where the limits change the number.
    fn note(self, needed: u64) -> Option<String> {
        let wanted = self.wanted(needed);
        let shown = with_thousands;
        match self.most {
            Some(most) if most < needed => Some(format!(
                "the group's maximum of {} is below the {} instances that its tasks need: some \
                 stay waiting; raise maxSize",
                shown(most),
                shown(needed)
            )),
            Some(most) if most < wanted => Some(format!(
                "the group's maximum of {} leaves no room for all of the {} spare instances that \
                 a target of {} % asks for",
                shown(most),
                shown(wanted - needed),
                self.target
            )),
            _ if self.least > wanted => Some(format!(
                "the group's minimum of {} keeps more than the {} instances that its tasks need",
                shown(self.least),
                shown(wanted)
            )),
            _ => None,
        }
    }
}

struct Choice<'b, 'c> {
    base: &'b Base<'c>,
    size: Size,
}

impl Choice<'_, '_> {
    /// The cheapest types; those that stay within the group's maximum, where there are any.
    fn ranked(&self, groups: &Groups<'_>, most: usize) -> Vec<Alone> {
        let problem = &groups.ground.problem;
        let within = |needed: u64| {
            let fits = self.size.most.is_none_or(|most| needed <= most);
            fits.then(|| self.size.instances(needed))
        };
        let ranked = groups.ranked(problem, most, &within);
        if ranked.is_empty() && self.size.most.is_some() {
            return groups.ranked(problem, most, &|needed| Some(self.size.instances(needed)));
        }
        ranked
    }

    /// A group of these types, cheapest first.
    fn option(&self, groups: &Groups<'_>, types: &[&Alone]) -> GroupOption {
        let few = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let cost = |it: &Alone| {
            groups.instance(it).map(|type_| type_.cost.times(it.paid)).unwrap_or_default()
        };
        let names: Vec<String> =
            types.iter().filter_map(|it| Some(groups.instance(it)?.facts.name.clone())).collect();
        let (needed, paid, first) = types
            .first()
            .map_or((0, 0, Cost::default()), |first| (first.needed, first.paid, cost(first)));
        let dearest = types.iter().map(|it| cost(it)).max_by_key(|it| it.total_nano_usd_per_hour);
        GroupOption {
            needed: few(needed),
            instances: few(paid),
            fleet: FleetSummary {
                instances: few(paid),
                mix: names
                    .first()
                    .map(|name| InstanceCount { instance_type: name.clone(), count: few(paid) })
                    .into_iter()
                    .collect(),
                cost: first,
            },
            dearest: dearest.unwrap_or_default(),
            note: joined(self.size.note(needed), self.pooled()),
            changes: self.changes(&names),
            instance_types: names,
        }
    }

    /// What one group for all says nothing of.
    fn pooled(&self) -> Option<String> {
        (self.base.ground.supply.providers.len() > 1).then(|| {
            "counted as one group for all services, bought as the pricing says, whatever \
             providers share them now"
                .to_owned()
        })
    }

    /// The first choice with the types that cost least when it is not to be had, of the same
    /// architecture: another one takes an AMI, and so a launch template, of its own.
    fn mixed(&self, groups: &Groups<'_>, ranked: &[Alone], wanted: usize) -> Option<GroupOption> {
        let platform = |it: &Alone| groups.instance(it).map(|it| it.platform);
        let first = platform(ranked.first()?);
        let alike = ranked.iter().filter(|it| platform(it) == first);
        let types: Vec<&Alone> = alike.take(wanted).collect();
        if types.len() < 2 {
            return None;
        }
        let mut option = self.option(groups, &types);
        if types.len() < wanted {
            let text =
                format!("{wanted} types are asked for; no others of this architecture come near");
            option.note = joined(option.note.take(), Some(text));
        }
        Some(option)
    }

    /// What makes a group of these types; nothing where providers have groups of their own, which
    /// one list cannot describe.
    fn changes(&self, names: &[String]) -> Vec<Change> {
        let scenario = &self.base.reading.scenario;
        if scenario.capacity_providers.iter().any(|it| it.auto_scaling_group.is_some()) {
            return Vec::new();
        }
        let types = self.base.change(&format!("{PATH}.instanceTypes"), Some(json!(names)));
        let mut changes = vec![types];
        let is_admitted = |changes: &[Change]| {
            self.base.with(changes).is_some_and(|changed| {
                let instances = &changed.ground.supply.instances;
                names.iter().all(|it| instances.iter().any(|of| of.facts.name == *it))
            })
        };
        let Capacity::AutoScalingGroup(AutoScalingGroup {
            instance_requirements: Some(requirements),
            ..
        }) = &scenario.capacity
        else {
            return changes;
        };
        if is_admitted(&changes) {
            return changes;
        }
        // What costs more than the cheapest by a certain share is left out of named types, too.
        let requirement = |field: &str| format!("{PATH}.instanceRequirements.{field}");
        let off = Some(json!(NO_PROTECTION));
        let switches = if scenario.pricing.purchase_option == PurchaseOption::Spot {
            if requirements.max_spot_price_as_percentage_of_optimal_on_demand_price.is_some() {
                let field = requirement("maxSpotPriceAsPercentageOfOptimalOnDemandPrice");
                changes.push(self.base.change(&field, None));
            }
            "spotMaxPricePercentageOverLowestPrice"
        } else {
            "onDemandMaxPricePercentageOverLowestPrice"
        };
        changes.push(self.base.change(&requirement(switches), off));
        changes
    }

    /// The best type under other settings, one setting at a time, where it or its number is
    /// another; the present settings first.
    fn variants(
        &self,
        group: &AutoScalingGroup,
        groups: &Groups<'_>,
        present: Option<&Alone>,
    ) -> Vec<GroupVariant> {
        let now = Settings {
            memory_model: group.memory_model,
            reserved_memory: group.reserved_memory,
            awsvpc_trunking: group.awsvpc_trunking,
        };
        let best = present.map(|it| self.option(groups, &[it]));
        let told = |option: &Option<GroupOption>| {
            option.as_ref().map(|it| (it.instance_types.clone(), it.needed))
        };
        let known = told(&best);
        let mut variants = vec![now.variant(true, best)];
        for settings in now.others() {
            let groups = Groups::under(self.base, |group| settings.of(group));
            let mut best = self.ranked(&groups, 1).first().map(|it| self.option(&groups, &[it]));
            if told(&best) == known {
                continue;
            }
            if let Some(best) = best.as_mut().filter(|it| !it.changes.is_empty()) {
                best.changes.extend(settings.changes(self.base, now));
            }
            variants.push(settings.variant(false, best));
        }
        variants
    }
}

/// Both notes as one.
fn joined(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) => Some(format!("{one}; {other}")),
        (one, other) => one.or(other),
    }
}

/// What decides how much instances of a group hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Settings {
    memory_model: MemoryModel,
    reserved_memory: ReservedMemory,
    awsvpc_trunking: bool,
}

impl Settings {
    /// With one of them another.
    fn others(self) -> Vec<Self> {
        let reserves = [Some(ReservedMemory::default()), ReservedMemory::new(RESERVE)];
        let reserves = reserves.into_iter().flatten();
        let models = [MemoryModel::Al2023, MemoryModel::Al2, MemoryModel::Bottlerocket];
        let mut others: Vec<Self> = Vec::new();
        others.extend(reserves.map(|reserved_memory| Self { reserved_memory, ..self }));
        others.extend(models.map(|memory_model| Self { memory_model, ..self }));
        others.push(Self { awsvpc_trunking: !self.awsvpc_trunking, ..self });
        others.retain(|it| *it != self);
        others
    }

    fn of(self, group: AutoScalingGroup) -> AutoScalingGroup {
        let Self { memory_model, reserved_memory, awsvpc_trunking } = self;
        AutoScalingGroup { awsvpc_trunking, memory_model, reserved_memory, ..group }
    }

    fn changes(self, base: &Base<'_>, now: Self) -> Vec<Change> {
        let change = |field: &str, value| base.change(&format!("{PATH}.{field}"), Some(value));
        let mut changes = Vec::new();
        if self.memory_model != now.memory_model {
            changes.push(change("memoryModel", json!(self.memory_model)));
        }
        if self.reserved_memory != now.reserved_memory {
            changes.push(change("reservedMemory", json!(self.reserved_memory)));
        }
        if self.awsvpc_trunking != now.awsvpc_trunking {
            changes.push(change("awsvpcTrunking", json!(self.awsvpc_trunking)));
        }
        changes
    }

    fn variant(self, now: bool, best: Option<GroupOption>) -> GroupVariant {
        GroupVariant {
            memory_model: self.memory_model,
            reserved_memory_mib: self.reserved_memory.get().into(),
            awsvpc_trunking: self.awsvpc_trunking,
            now,
            best,
        }
    }
}

#[cfg(test)]
mod tests;
