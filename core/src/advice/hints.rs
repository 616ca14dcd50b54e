//! What is risky, mistaken or easily misread in a scenario, with its figures, its reason and, where
//! there is one, what mends it.

use super::base::Base;
use super::credits::credits;
use super::deployment::Overlap;
use super::fit_hints::fit_hints;
use super::group_hints::group_hints;
use super::reasons::reason;

use super::sensitivity::sensitivity;
use super::words::{fine_usd, mix, usd, vcpus};
use crate::diagnostic::Severity;
use crate::managed::Fallback;
use crate::plan::fargate_quote;
use crate::report::{Advice, Change, FleetSummary};
use crate::scenario::{Capacity, PurchaseOption};
use eniac_catalog::NanoUsdPerHour;
use serde_json::json;

/// How much dearer than predicted a fleet may become before it is worth a word, in percent.
const EXPOSED_PERCENT: u128 = 150;

/// How much dearer a vCPU-hour must be to be worth a word, in tenths.
const WORTH_A_WORD: u128 = 15;

/// Everything that is worth saying, gravest first.
pub(super) fn hints(base: &Base<'_>) -> Vec<Advice> {
    let mut hints = group_hints(base);
    if !base.ground.kinds.is_empty() {
        hints.extend(of_fleets(base));
    }
    // A stable sort: of equal gravity, as they stand here.
    hints.sort_by_key(|hint| hint.severity);
    hints
}

/// What there is to say of the instances that tasks stand on.
fn of_fleets(base: &Base<'_>) -> Vec<Advice> {
    let mut hints = fit_hints(base);
    hints.extend(stuck(base));
    hints.extend(all_on_spot(base));
    if base.is_managed() {
        hints.extend(uncertain(base));
        hints.extend(exposed(base));
        hints.extend(burstable(base));
        hints.extend(fee_and_volumes(base));
        hints.push(advice(
            Severity::Note,
            "startup.time",
            "",
            "Tasks that need a new instance wait for it, about two minutes until they are healthy: \
             count that into scaling and deployments."
                .to_owned(),
        ));
    }
    hints.extend(volumes_left_out(base));
    hints.extend(fargate_sizes(base));
    hints.extend(fargate_cheaper(base));
    hints.extend(redeploy(base));
    hints
}

pub(super) fn advice(severity: Severity, code: &str, path: &str, text: String) -> Advice {
    let (reason, source) = reason(code);
    Advice {
        severity,
        code: code.to_owned(),
        path: path.to_owned(),
        text,
        reason: reason.to_owned(),
        source: source.to_owned(),
        changes: Vec::new(),
    }
}

fn mended(advice: Advice, change: Change) -> Advice {
    Advice { changes: vec![change], ..advice }
}

/// Deployments that can go neither way, with the desired count or with the least that auto scaling
/// leaves.
fn stuck(base: &Base<'_>) -> Vec<Advice> {
    let mut hints = Vec::new();
    for service in &base.ground.workload.services {
        let configuration = service.deployment;
        let row = base.reading.service_in_row(service.row);
        let least = row.and_then(|it| it.auto_scaling.as_ref()).map(|it| it.min_capacity.get());
        let counts = [(service.count, ""), (least.unwrap_or(0), ", the least of auto scaling,")];
        let hangs = |(tasks, _): &(u32, &str)| Overlap::of(*tasks, configuration).stuck;
        let Some((desired, which)) = counts.into_iter().find(hangs) else { continue };
        let (min, max) =
            (configuration.minimum_healthy_percent.get(), configuration.maximum_percent.get());
        let desired = u64::from(desired);
        let path = format!("{}.deploymentConfiguration.maximumPercent", service.path());
        // The least percentage that lets one more task start.
        let mends = ((desired + 1) * 100).div_ceil(desired).min(1000);
        let text = format!(
            "{}: a rolling deployment of {desired} tasks{which} hangs: at {max} % at most \
             {desired} may run, at {min} % at least {desired} must stay healthy. maximumPercent \
             {mends} lets one start.",
            service.name
        );
        let change = base.change(&path, Some(json!(mends)));
        hints.push(mended(advice(Severity::Warning, "deployment.stuck", &path, text), change));
    }
    hints
}

/// Everything on Spot, with no base.
fn all_on_spot(base: &Base<'_>) -> Option<Advice> {
    let providers = &base.ground.supply.providers;
    let spot = providers.iter().all(|(it, _)| it.purchase_option == PurchaseOption::Spot);
    (spot && !base.ground.kinds.is_empty()).then(|| {
        let text = "Everything runs on Spot: an On-Demand base of one task a service keeps it up \
                    when Spot is taken back (capacityProviders and a strategy with a base).";
        advice(Severity::Warning, "spot.base", "pricing.purchaseOption", text.to_owned())
    })
}

fn uncertain(base: &Base<'_>) -> Option<Advice> {
    let sensitivity = sensitivity(base);
    let other = sensitivity.outcomes.iter().find(|outcome| !outcome.same)?;
    let what = match other.what {
        crate::report::Uncertainty::MemoryReserve => {
            format!(
                "{} MiB {} for the platform",
                other.by.abs(),
                if other.by > 0 { "more" } else { "less" }
            )
        }
        crate::report::Uncertainty::EniLimit => {
            format!("{} ENIs {}", other.by.abs(), if other.by > 0 { "more" } else { "fewer" })
        }
    };
    let lost = if other.unplaced.is_empty() {
        String::new()
    } else {
        format!(", and {} would fit nowhere", other.unplaced.join(", "))
    };
    let text = format!(
        "Not sure: with {what} ECS would launch {} for {} USD an hour instead of {} for {}{lost}.",
        mix(&other.fleet),
        usd(other.fleet.cost.total_nano_usd_per_hour),
        mix(&FleetSummary::from(&base.fleet)),
        usd(base.cost().total_nano_usd_per_hour)
    );
    Some(advice(Severity::Warning, "prediction.uncertain", "", text))
}

fn exposed(base: &Base<'_>) -> Option<Advice> {
    let ground = &base.ground;
    let patterns = Fallback::of(&ground.problem, &base.market).fleet();
    let fleet = ground.fleet(&ground.kinds, &patterns);
    let total = |cost: NanoUsdPerHour| u128::from(cost.0);
    let (dearest, now) =
        (total(fleet.cost.total_nano_usd_per_hour), total(base.cost().total_nano_usd_per_hour));
    if now == 0 || dearest * 100 < now * EXPOSED_PERCENT {
        return None;
    }
    let facts = |name: &str| ground.supply.instances.iter().find(|it| it.facts.name == name);
    let first = |fleet: &crate::report::Fleet| fleet.mix.first().map(|it| it.instance_type.clone());
    let (far, near) = (first(&fleet)?, first(&base.fleet)?);
    let (a, b) = (facts(&far)?, facts(&near)?);
    // The price of a vCPU-hour, one against the other, in tenths.
    let times = total(a.on_demand) * u128::from(b.facts.vcpu) * 10
        / (total(b.on_demand) * u128::from(a.facts.vcpu)).max(1);
    let admitted = ground.supply.providers.first().map_or(0, |(_, it)| it.admitted.len());
    let mut text = format!(
        "The requirements admit {admitted} types: when the cheap ones run out, the fleet can cost \
         {} USD an hour instead of {}.",
        usd(NanoUsdPerHour(u64::try_from(dearest).unwrap_or(u64::MAX))),
        usd(base.cost().total_nano_usd_per_hour),
    );
    // Where vCPUs cost the same, it is the tasks that fit worse.
    if times >= WORTH_A_WORD {
        let times = format!("{}.{}", times / 10, times % 10);
        text = format!("{text} A vCPU-hour of {far} costs {times} times as much as one of {near}.");
    }
    text.push_str(" Tighter requirements bound that.");
    let path = "capacity.managedInstances.instanceRequirements";
    Some(advice(Severity::Warning, "range.exposed", path, text))
}

fn burstable(base: &Base<'_>) -> Option<Advice> {
    let lacking = credits(&base.fleet, &base.ground.supply);
    (lacking.instances > 0).then(|| {
        let text = format!(
            "{} burstable instances, most of them {}: their tasks reserve {} vCPUs, and the \
             instances give {} for good. Tasks that use all they reserve cost up to {} USD an hour \
             more in CPU credits.",
            lacking.instances,
            lacking.instance_type,
            vcpus(lacking.reserved),
            vcpus(lacking.baseline),
            usd(lacking.surcharge)
        );
        let path = "capacity.managedInstances.instanceRequirements.burstablePerformance";
        advice(Severity::Warning, "burstable.overBaseline", path, text)
    })
}

fn fee_and_volumes(base: &Base<'_>) -> Option<Advice> {
    let cost = base.cost();
    let beside = cost.fee_nano_usd_per_hour.plus(cost.disk_nano_usd_per_hour);
    let percent = beside.0 * 100 / cost.compute_nano_usd_per_hour.0.max(1);
    (percent > 0).then(|| {
        let text = format!(
            "Fee and volumes add {percent} % to the instances' price: {} USD an hour for instances, \
             {} fee, {} for {} volumes.",
            usd(cost.compute_nano_usd_per_hour),
            usd(cost.fee_nano_usd_per_hour),
            usd(cost.disk_nano_usd_per_hour),
            base.fleet.instances
        );
        let path = "capacity.managedInstances.storageConfiguration.storageSizeGiB";
        advice(Severity::Note, "cost.feeAndVolumes", path, text)
    })
}

fn volumes_left_out(base: &Base<'_>) -> Option<Advice> {
    let scenario = &base.reading.scenario;
    let gib = match &scenario.capacity {
        Capacity::ManagedInstances(it) => it.storage_configuration.storage_size_gib,
        Capacity::AutoScalingGroup(it) => it.storage_configuration.storage_size_gib,
    };
    (!scenario.pricing.include_disks).then(|| {
        let each = scenario.pricing.disk_usd_per_gib_month.per_hour(gib);
        let text = format!(
            "The volumes are left out: each of {} GiB costs {} USD an hour more.",
            gib.get(),
            usd(each)
        );
        let path = "pricing.includeDisks";
        let change = base.change(path, Some(json!(true)));
        mended(advice(Severity::Warning, "cost.volumesLeftOut", path, text), change)
    })
}

fn fargate_sizes(base: &Base<'_>) -> Vec<Advice> {
    let rates = base.ground.place.region.fargate.as_ref();
    let mut hints = Vec::new();
    for service in &base.ground.workload.services {
        let quote = fargate_quote(service, 1, rates);
        let Some(size) = quote.size.filter(|size| size.rounded_up) else { continue };
        let prices = [("x86", quote.x86_nano_usd_per_hour), ("ARM", quote.arm_nano_usd_per_hour)];
        let prices: Vec<String> = prices
            .iter()
            .filter_map(|(on, price)| Some(format!("{} USD on {on}", fine_usd((*price)?))))
            .collect();
        if prices.is_empty() {
            continue;
        }
        let text = format!(
            "{}: {} CPU units with {} MiB is no Fargate size; the least that covers it is {}/{}, at \
             {} a task and hour. Elsewhere the size is fine.",
            service.name,
            service.demand.cpu.0,
            service.demand.memory.0,
            size.cpu.0,
            size.memory_mib.0,
            prices.join(", ")
        );
        let path = format!("{}.taskDefinition", service.path());
        hints.push(advice(Severity::Note, "fargate.rounded", &path, text));
    }
    hints
}

fn fargate_cheaper(base: &Base<'_>) -> Option<Advice> {
    let rates = base.ground.place.region.fargate.as_ref();
    let services = base.ground.workload.services.iter().filter(|it| it.count > 0);
    let best = |service| {
        let quote = fargate_quote(service, service.count, rates);
        let both = [quote.x86_nano_usd_per_hour, quote.arm_nano_usd_per_hour];
        both.into_iter().flatten().min()
    };
    let costs: Option<Vec<NanoUsdPerHour>> = services.map(best).collect();
    let all: NanoUsdPerHour = costs?.into_iter().sum();
    let all = base.reading.scenario.pricing.fargate(all);
    let now = base.cost().total_nano_usd_per_hour;
    (base.is_managed() && all < now && !base.ground.kinds.is_empty()).then(|| {
        let text = format!(
            "Fargate On-Demand runs the same tasks for {} USD an hour, {} less than the predicted \
             fleet.",
            usd(all),
            usd(NanoUsdPerHour(now.0 - all.0))
        );
        advice(Severity::Note, "fargate.cheaper", "capacity", text)
    })
}

fn redeploy(base: &Base<'_>) -> Option<Advice> {
    let scenario = &base.reading.scenario;
    let used = !scenario.capacity_provider_strategy.is_empty()
        || scenario.services.iter().any(|it| !it.capacity_provider_strategy.is_empty());
    used.then(|| {
        let text = "Changing a strategy takes a new deployment of the services: \
                    `update-service --force-new-deployment`.";
        advice(Severity::Note, "strategy.redeploy", "capacityProviderStrategy", text.to_owned())
    })
}
