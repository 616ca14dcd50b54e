//! The group's instances beside Fargate: how much cheaper or dearer, with this scenario's figures.

use super::super::hints::advice;
use super::super::words::{instances, usd};
use super::Group;
use crate::cost::{fargate_size, fargate_unsupported};
use crate::diagnostic::Severity;
use crate::report::Advice;
use crate::scenario::NetworkMode;
use crate::task::Demand;
use eniac_catalog::{FargateRates, NanoUsdPerHour};

pub(super) fn compared(group: &Group<'_, '_>) -> Option<Advice> {
    let ground = &group.base.ground;
    let rates = ground.place.region.fargate.as_ref()?;
    let instance = group.instance()?;
    let needed = group.needed()?;
    let number = group.clamped(group.with_spare(needed));
    // A group that may not hold all tasks compares with nothing.
    if number < needed {
        return None;
    }
    let cost = instance.cost.times(u64::from(number)).total_nano_usd_per_hour;
    let best = |kind: &usize| {
        let each = cheapest(&group.base.service_of(*kind).demand, rates)?;
        Some(each.times(u64::from(group.count(*kind))))
    };
    let costs: Option<Vec<NanoUsdPerHour>> = group.kinds.iter().map(best).collect();
    let list: NanoUsdPerHour = costs?.into_iter().sum();
    let fargate = group.base.reading.scenario.pricing.fargate(list);
    if fargate.0 == 0 || number == 0 {
        return None;
    }
    let percent = u128::from(cost.0.abs_diff(fargate.0)) * 100 / u128::from(fargate.0);
    let how = match cost.cmp(&fargate) {
        std::cmp::Ordering::Less => format!("{percent} % cheaper than"),
        std::cmp::Ordering::Greater => format!("{percent} % dearer than"),
        std::cmp::Ordering::Equal => "as dear as".to_owned(),
    };
    let text = format!(
        "{} of {} cost {} USD an hour, {how} the same tasks on Fargate ({} USD). The fuller the \
         instances, the better they compare.",
        instances(number),
        instance.facts.name,
        usd(cost),
        usd(fargate)
    );
    Some(advice(Severity::Note, "fargate.compared", &group.field("instanceTypes"), text))
}

/// A task on Fargate where it costs least; there it would run in awsvpc mode, whatever its mode is
/// here. `None` where Fargate cannot run it.
fn cheapest(demand: &Demand, rates: &FargateRates) -> Option<NanoUsdPerHour> {
    let there = Demand { network_mode: NetworkMode::Awsvpc, ..demand.clone() };
    let size = fargate_size(demand.cpu, demand.memory)?;
    let prices = there.architectures.iter().map(|on| size.on_demand(rates, *on));
    prices.min().filter(|_| fargate_unsupported(&there).is_none())
}
