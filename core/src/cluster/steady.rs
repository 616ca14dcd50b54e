//! The end of a simulation beside the packing plan of the same tasks: with as many instances to
//! spare as the settings ask for they agree, or it is said why not.

use super::build::Built;
use crate::packing::{self, Offer, Problem, Work};
use crate::report::{SteadyState, SteadyStateReason};
use crate::timeline::Run;
use eniac_catalog::NanoUsdPerHour;

/// Steps of the packing solver: enough for services of few kinds.
const WORK: Work = Work(300_000);

/// One group at the end.
struct End {
    instances: u32,
    empty: u32,
    packed: u32,
    with_spare: u32,
}

pub(super) fn steady_state(built: &Built<'_>, told: &Run) -> SteadyState {
    let minutes = built.model.minutes;
    let packed = packed(built, &told.desired);
    let ends: Vec<End> = (0..built.model.groups.len())
        .map(|group| {
            let settings = &built.model.groups[group];
            let packed = packed.get(group).copied().unwrap_or(0);
            let target = u64::from(settings.scaling.target.max(1));
            let spare = u32::try_from((u64::from(packed) * 100).div_ceil(target));
            let series = &told.groups[group];
            let at_end = |series: &crate::report::Series| {
                u32::try_from(series.at(minutes)).unwrap_or(u32::MAX)
            };
            End {
                instances: at_end(&series.registered),
                empty: at_end(&series.empty),
                packed,
                with_spare: spare
                    .unwrap_or(u32::MAX)
                    .clamp(settings.min_size, settings.max_size.max(settings.min_size)),
            }
        })
        .collect();
    // Where tasks wait, no number of instances is the plan's.
    let waiting: u64 = told.services.iter().map(|it| it.waiting.at(minutes)).sum();
    let agrees = waiting == 0
        && ends.iter().all(|end| {
            let least = end.packed.min(end.with_spare);
            (least..=end.with_spare).contains(&end.instances)
        });
    let sum = |of: fn(&End) -> u32| ends.iter().map(of).fold(0, u32::saturating_add);
    SteadyState {
        instances: sum(|it| it.instances),
        packed: sum(|it| it.packed),
        with_spare: sum(|it| it.with_spare),
        agrees,
        reasons: if agrees { Vec::new() } else { reasons(built, told, &ends, waiting) },
    }
}

/// The fewest instances of each group that hold the tasks that are desired at the end.
fn packed(built: &Built<'_>, desired: &[u32]) -> Vec<u32> {
    let ground = &built.ground;
    let mut problem =
        Problem { anti_affinity: ground.problem.anti_affinity.clone(), ..Problem::default() };
    problem.zones = ground.problem.zones;
    problem.demands.clone_from(&ground.problem.demands);
    let mut counted = vec![Vec::new(); built.model.services.len()];
    for (place, kind) in ground.kinds.iter().enumerate() {
        counted[kind.service].push(place);
    }
    for (service, kinds) in counted.iter().enumerate() {
        let items: Vec<(u32, u32)> = kinds
            .iter()
            .map(|kind| {
                let provider = ground.kinds[*kind].provider;
                let strategy = &built.model.services[service].strategy;
                let item = strategy.iter().find(|it| it.group == provider);
                item.map_or((0, 1), |it| (it.base, it.weight))
            })
            .collect();
        for (kind, tasks) in kinds.iter().zip(crate::scaling::shares(desired[service], &items)) {
            problem.demands[*kind].count = tasks;
        }
    }
    // Only what the groups launch counts, and each instance counts one.
    let launched = |place: &usize| {
        let instance = &ground.supply.instances[*place];
        let stock = built.stocks.get(instance.provider);
        instance.admitted && stock.is_some_and(|it| it.types.contains(&instance.facts.name))
    };
    let offers: Vec<usize> = (0..ground.problem.offers.len()).filter(launched).collect();
    problem.offers = offers
        .iter()
        .map(|place| Offer { price: NanoUsdPerHour(1), ..ground.problem.offers[*place].clone() })
        .collect();
    let mut groups = vec![0_u32; built.model.groups.len()];
    if let Ok(solution) = packing::solve(&problem, WORK) {
        for pattern in &solution.patterns {
            let provider = ground.supply.instances[offers[pattern.offer]].provider;
            groups[provider] = groups[provider].saturating_add(pattern.copies);
        }
    }
    groups
}

/// Reasons, each said once.
#[derive(Default)]
struct Reasons(Vec<SteadyStateReason>);

impl Reasons {
    fn say(&mut self, code: &str, text: String) {
        if !self.0.iter().any(|it| it.code == code) {
            self.0.push(SteadyStateReason { code: code.to_owned(), text });
        }
    }
}

fn reasons(built: &Built<'_>, told: &Run, ends: &[End], waiting: u64) -> Vec<SteadyStateReason> {
    let mut reasons = Reasons::default();
    if told.unsettled {
        let text = "At the end tasks or instances are still under way, or instances still warm up: \
                    simulate longer to see where it settles.";
        reasons.say("stillScaling", text.to_owned());
    }
    for (group, end) in ends.iter().enumerate() {
        let settings = &built.model.groups[group];
        if !settings.managed {
            let text = "Managed scaling is off: the group keeps its size.";
            reasons.say("managedScalingOff", text.to_owned());
        }
        if waiting > 0 {
            too_few(built, &mut reasons, (end.instances, settings.max_size), waiting);
        }
        if end.instances > end.with_spare {
            too_many(&mut reasons, end, settings.managed);
        }
    }
    if reasons.0.is_empty() {
        let text = "Tasks that were placed one by one stand less tightly than a plan of all at \
                    once would have them.";
        reasons.say("placedOneByOne", text.to_owned());
    }
    reasons.0
}

fn too_few(
    built: &Built<'_>,
    reasons: &mut Reasons,
    (instances, maximum): (u32, u32),
    waiting: u64,
) {
    let past_providers = built.model.services.iter().any(|it| it.strategy.is_empty());
    if instances >= maximum {
        let text = format!("The group is at its maximum of {maximum}, and {waiting} tasks wait.");
        reasons.say("maximum", text);
    } else if past_providers {
        let text = format!(
            "{waiting} tasks find no place, and start past the capacity provider: nothing scales out \
             for them."
        );
        reasons.say("launchType", text);
    } else {
        let text = format!(
            "{waiting} tasks wait: they do not fit the smallest values of the group's types, or what \
             rejects them is no resource."
        );
        reasons.say("tasksWaiting", text);
    }
}

fn too_many(reasons: &mut Reasons, end: &End, managed: bool) {
    let occupied = end.instances - end.empty.min(end.instances);
    if occupied > end.packed {
        let text = format!(
            "{occupied} instances run at least one task, where {} would hold all: the strategy does \
             not pack them, and ECS does not move tasks to empty instances. Each counts in full.",
            end.packed
        );
        reasons.say("spreadStrands", text);
    }
    if end.empty > 0 && managed {
        let empty = if end.empty == 1 {
            "1 instance is empty".to_owned()
        } else {
            format!("{} instances are empty", end.empty)
        };
        let text = format!(
            "{empty}: a scale-in takes 15 minutes below the target, and 15 minutes after a \
             scale-out."
        );
        reasons.say("scaleInPending", text);
    }
}
