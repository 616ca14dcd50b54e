//! The same services on Managed Instances, on an Auto Scaling group of one type, and on Fargate;
//! each figure with what it includes, and why a place cannot run them.

use super::base::Base;
use super::growth::{CostAt, crossovers, growth, scaled};
use super::single_type::Groups;
use crate::plan::fargate_quote;
use crate::report::{
    Cannot, CheapestFleet, ComparisonReport, ComparisonRow, Cost, FargateQuote, InstanceCount,
};
use crate::scenario::{Capacity, Pricing, PurchaseOption};
use eniac_catalog::NanoUsdPerHour;

/// A row, and what its place costs at other sizes.
struct Place<'a> {
    row: ComparisonRow,
    cost_at: CostAt<'a>,
}

/// The comparison; `cheapest` is the cheapest fleet of the scenario, if one was found.
pub(super) fn comparison(base: &Base<'_>, cheapest: Option<&CheapestFleet>) -> ComparisonReport {
    let counts: Vec<u32> = base.ground.workload.services.iter().map(|it| it.count).collect();
    let trunked = match &base.reading.scenario.capacity {
        Capacity::AutoScalingGroup(group) => group.awsvpc_trunking,
        Capacity::ManagedInstances(_) => false,
    };
    let groups = [Groups::of(base, trunked), Groups::of(base, true)];
    let mut places = Vec::new();
    if base.is_managed() {
        places.push(predicted(base));
    }
    places.extend(cheapest.map(|it| found(base, it)));
    let plain = single_type(base, &groups[0], "group.singleType", "Auto Scaling group of one type");
    let trunked = single_type(
        base,
        &groups[1],
        "group.singleTypeTrunked",
        "Auto Scaling group of one type, with awsvpcTrunking",
    );
    let differs = trunked.row.mix != plain.row.mix;
    places.push(plain);
    if differs {
        places.push(trunked);
    }
    places.extend(fargate(base));
    let costs: Vec<&CostAt<'_>> = places.iter().map(|place| &place.cost_at).collect();
    let at: Vec<CostAt<'_>> = costs.into_iter().map(|cost| Box::new(cost) as CostAt<'_>).collect();
    let growth = growth(&counts, &at);
    let codes: Vec<String> = places.iter().map(|place| place.row.code.clone()).collect();
    let crossovers = crossovers(&counts, &codes, &at, &growth);
    drop(at);
    ComparisonReport {
        rows: places.into_iter().map(|place| place.row).collect(),
        growth,
        crossovers,
    }
}

/// Services that are not planned on the scenario's own capacity.
fn unplanned(base: &Base<'_>) -> Vec<Cannot> {
    let services = base.ground.workload.services.iter().enumerate();
    let missing = services.filter(|(at, it)| {
        it.count > 0 && !base.ground.kinds.iter().any(|kind| kind.service == *at)
    });
    let cannot = missing.map(|(_, service)| Cannot {
        service: service.name.clone(),
        reason: "fits on no admitted type: see the diagnostics".to_owned(),
    });
    cannot.collect()
}

fn row(
    code: &str,
    title: &str,
    mix: Vec<InstanceCount>,
    cost: Option<Cost>,
    includes: Vec<String>,
    cannot: Vec<Cannot>,
) -> ComparisonRow {
    ComparisonRow { code: code.to_owned(), title: title.to_owned(), mix, cost, includes, cannot }
}

/// How instances are bought, in words.
fn bought(option: Option<PurchaseOption>, pricing: &Pricing) -> String {
    let plan = pricing.savings_plan_percent;
    let how = match option {
        Some(PurchaseOption::Spot) => "at Spot prices",
        Some(PurchaseOption::Reserved1Year) => "reserved for one year",
        Some(PurchaseOption::Reserved3Years) => "reserved for three years",
        Some(PurchaseOption::OnDemand) | None if !plan.is_none() => {
            return format!("instances, On-Demand less {plan} % of a Savings Plan");
        }
        Some(PurchaseOption::OnDemand) | None => "On-Demand",
    };
    format!("instances, {how}")
}

fn own_includes(base: &Base<'_>) -> Vec<String> {
    let scenario = &base.reading.scenario;
    let pricing = &scenario.pricing;
    let (gib, is_managed) = match &scenario.capacity {
        Capacity::ManagedInstances(it) => (it.storage_configuration.storage_size_gib, true),
        Capacity::AutoScalingGroup(it) => (it.storage_configuration.storage_size_gib, false),
    };
    let mut includes: Vec<String> = base
        .ground
        .supply
        .providers
        .iter()
        .map(|(provider, _)| match &provider.name {
            Some(name) => format!("{name}: {}", bought(Some(provider.purchase_option), pricing)),
            None => bought(Some(provider.purchase_option), pricing),
        })
        .collect();
    includes.extend(is_managed.then(|| "the Managed Instances fee".to_owned()));
    includes.push(disk_text(pricing.include_disks, gib.get()));
    includes.extend(agreed(base));
    includes
}

/// What the user has agreed with AWS for instances.
fn agreed(base: &Base<'_>) -> Vec<String> {
    let off = base.reading.scenario.pricing.ec2_discount_percent;
    let own = base.ground.place.own_prices.len();
    let off = (!off.is_none()).then(|| format!("{off} % off by your agreement"));
    off.into_iter()
        .chain((own > 0).then(|| "your own prices where you have some".to_owned()))
        .collect()
}

fn disk_text(paid: bool, gib: u16) -> String {
    if paid { format!("a volume of {gib} GiB each") } else { "no volumes".to_owned() }
}

fn predicted<'a>(base: &'a Base<'_>) -> Place<'a> {
    let cannot = unplanned(base);
    let cost = cannot.is_empty().then_some(base.fleet.cost);
    let mix = base.fleet.mix.clone();
    let title = "Managed Instances, as predicted";
    let runs_all = cannot.is_empty();
    Place {
        row: row("managed.predicted", title, mix, cost, own_includes(base), cannot),
        cost_at: Box::new(move |percent| {
            if !runs_all {
                return None;
            }
            let mut problem = base.ground.problem.clone();
            for demand in &mut problem.demands {
                demand.count = scaled(demand.count, percent);
            }
            let prediction = base.market.predict(&problem, &base.ground.running);
            let costs = prediction.patterns.iter().map(|pattern| {
                let each = base.ground.supply.instances[pattern.offer].cost;
                each.total_nano_usd_per_hour.times(pattern.copies.into())
            });
            Some(costs.sum())
        }),
    }
}

fn found<'a>(base: &Base<'_>, cheapest: &CheapestFleet) -> Place<'a> {
    let cannot = unplanned(base);
    let cost = cannot.is_empty().then_some(cheapest.fleet.cost);
    let (code, title) = if base.is_managed() {
        ("managed.cheapest", "Managed Instances, the cheapest fleet found")
    } else {
        ("group.cheapest", "Auto Scaling group, the cheapest fleet found")
    };
    let mut includes = own_includes(base);
    includes.push(cheapest.proof.clone());
    let mix = cheapest.fleet.mix.clone();
    Place {
        row: row(code, title, mix, cost, includes, cannot),
        // Sought for the present numbers only.
        cost_at: Box::new(move |percent| {
            cost.filter(|_| percent == 100).map(|cost| cost.total_nano_usd_per_hour)
        }),
    }
}

fn single_type<'a>(
    base: &'a Base<'_>,
    groups: &'a Groups<'_>,
    code: &str,
    title: &str,
) -> Place<'a> {
    let best = groups.best(&|count| count);
    let mut cannot = groups.cannot.clone();
    if best.is_none() && cannot.is_empty() {
        cannot.push(Cannot {
            service: String::new(),
            reason: "no single type holds a task of every service in every zone".to_owned(),
        });
    }
    let pricing = &base.reading.scenario.pricing;
    let gib = match &base.reading.scenario.capacity {
        Capacity::AutoScalingGroup(group) => group.storage_configuration.storage_size_gib.get(),
        Capacity::ManagedInstances(_) => 30,
    };
    let mut includes = vec![
        bought(groups.purchase_option(), pricing),
        groups.types.clone(),
        disk_text(pricing.include_disks, gib),
        "no fee; patching, scaling and draining are yours".to_owned(),
        "no spare instance: target capacity 100, bin packing".to_owned(),
    ];
    includes.extend(agreed(base));
    let (mix, cost) = best.map_or((Vec::new(), None), |best| (best.mix, Some(best.cost)));
    Place {
        row: row(code, title, mix, cost, includes, cannot),
        cost_at: Box::new(move |percent| {
            let best = groups.best(&|count| scaled(count, percent))?;
            Some(best.cost.total_nano_usd_per_hour)
        }),
    }
}

/// Fargate's three prices.
fn fargate<'a>(base: &'a Base<'_>) -> Vec<Place<'a>> {
    type Price = fn(&FargateQuote) -> Option<NanoUsdPerHour>;
    let pricing = &base.reading.scenario.pricing;
    let off = pricing.fargate_discount_percent;
    let kinds: [(&'static str, &'static str, &'static str, Price); 3] = [
        ("fargate.x86", "Fargate, x86", "x86", |it| it.x86_nano_usd_per_hour),
        ("fargate.arm", "Fargate, ARM", "ARM", |it| it.arm_nano_usd_per_hour),
        ("fargate.spot", "Fargate Spot, x86", "x86", |it| it.spot_x86_nano_usd_per_hour),
    ];
    let rates = base.ground.place.region.fargate.as_ref();
    let services = || base.ground.workload.services.iter().filter(|it| it.count > 0);
    let place =
        |(code, title, runs_on, price): (&'static str, &'static str, &'static str, Price)| {
            let mut cannot = Vec::new();
            let mut rounded = Vec::new();
            for service in services() {
                let quote = fargate_quote(service, service.count, rates);
                let reason = match quote.unsupported.as_deref() {
                    Some("gpu") => "Fargate has no GPUs".to_owned(),
                    Some("windows") => "prices of Windows on Fargate are not known".to_owned(),
                    Some("networkMode") => {
                        "Fargate runs tasks in the network mode awsvpc only".to_owned()
                    }
                    Some(_) => "larger than any Fargate size".to_owned(),
                    None if rates.is_none() => {
                        "Fargate's rates in this region are not known".to_owned()
                    }
                    None if price(&quote).is_none() && code == "fargate.spot" => {
                        "its tasks run on ARM, whose rates on Fargate Spot are not known".to_owned()
                    }
                    None if price(&quote).is_none() => format!("its tasks do not run on {runs_on}"),
                    None => String::new(),
                };
                if !reason.is_empty() {
                    cannot.push(Cannot { service: service.name.clone(), reason });
                } else if let Some(size) = quote.size.filter(|size| size.rounded_up) {
                    rounded
                        .push(format!("{} as {}/{}", service.name, size.cpu.0, size.memory_mib.0));
                }
            }
            let mut includes = vec![
                "vCPU and memory of each task, no instances and no fee".to_owned(),
                "20 GB of disk a task".to_owned(),
            ];
            includes.extend((!off.is_none()).then(|| format!("{off} % off by your agreement")));
            if !rounded.is_empty() {
                includes.push(format!("rounded up to Fargate's sizes: {}", rounded.join(", ")));
            }
            let runs_all = cannot.is_empty();
            let total = move |percent: u32| {
                let costs = services().map(|service| {
                    price(&fargate_quote(service, scaled(service.count, percent), rates))
                });
                let costs: Option<Vec<NanoUsdPerHour>> = costs.collect();
                let sum: NanoUsdPerHour = costs.filter(|_| runs_all)?.into_iter().sum();
                let is_spot = code == "fargate.spot";
                Some(if is_spot { pricing.fargate_spot(sum) } else { pricing.fargate(sum) })
            };
            let zero = NanoUsdPerHour(0);
            let cost = total(100).map(|total| Cost::new(total, zero, zero));
            Place {
                row: row(code, title, Vec::new(), cost, includes, cannot),
                cost_at: Box::new(total),
            }
        };
    kinds.into_iter().map(place).collect()
}
