//! What a what-if costs besides money, in figures of the fleet that it leads to.

use super::base::{Base, Changed};
use super::credits::credits;
use super::words::{usd, vcpus};
use crate::report::Risk;
use std::collections::BTreeSet;

/// The risks of a what-if, which has `changed` the scenario.
pub(super) fn risks(base: &Base<'_>, code: &str, changed: &Changed<'_>) -> Vec<Risk> {
    let mut risks = Vec::new();
    let mut risk = |code: &str, text: String| risks.push(Risk { code: code.to_owned(), text });
    let zone_names = &changed.ground.place.zone_names;
    match code {
        "architecture.arm" | "architecture.x86" => risk(
            "architecture.images",
            format!(
                "Every image must be built for {}.",
                if code == "architecture.arm" { "arm64" } else { "amd64" }
            ),
        ),
        "architecture.either" => risk(
            "architecture.images",
            "Every image must be built for amd64 and arm64: ECS may use either.".to_owned(),
        ),
        "trunking.off" | "trunking.on" => risk(
            "trunking.notYours",
            "Not a setting of Managed Instances: AWS documents that instances have a trunk ENI, \
             and fleets seen in October 2025 looked as if they had none."
                .to_owned(),
        ),
        "vcpu.one" | "vcpu.moreThanOne" => risk(
            "vcpu.notYours",
            "Not a setting of Managed Instances: the list of supported types names those with more \
             than one vCPU, and in November 2025 AWS showed a fleet of r7a.medium."
                .to_owned(),
        ),
        "requirements.none" => risk(
            "requirements.broad",
            format!(
                "ECS may use any of {} types; what it chooses changes with time.",
                changed.ground.supply.providers.first().map_or(0, |(_, it)| it.admitted.len())
            ),
        ),
        "disk.smallest" => risk(
            "disk.images",
            "The images and what containers write must fit into 30 GiB on each instance, all its \
             tasks together."
                .to_owned(),
        ),
        "zones.one" => risk(
            "zones.single",
            format!(
                "If {} fails, everything fails; and a type that runs out there is out.",
                zone_names.first().map_or("the zone", String::as_str)
            ),
        ),
        "zones.three" => risk(
            "zones.traffic",
            "Traffic between zones is paid for, and is not counted here.".to_owned(),
        ),
        "purchase.spot" | "purchase.mixed" => {
            let (text, worst) = interruptions(changed);
            risk("spot.interruptions", text);
            if code == "purchase.spot" && worst {
                risk(
                    "spot.all",
                    "With no On-Demand base, one sweep of a Spot pool can take every task."
                        .to_owned(),
                );
            }
            risk(
                "spot.consolidation",
                "ECS does not consolidate Spot instances, and the fee stays that of On-Demand."
                    .to_owned(),
            );
        }
        "purchase.reserved1Year" => risk(
            "reserved.commitment",
            "A year of these very types is paid for in advance, whatever ECS launches later."
                .to_owned(),
        ),
        _ => {}
    }
    let then = credits(&changed.fleet, &changed.ground.supply);
    let now = credits(&base.fleet, &base.ground.supply);
    if then.surcharge > now.surcharge {
        risk(
            "burstable.credits",
            format!(
                "{} burstable instances: their tasks reserve {} vCPUs, and the instances give {} for \
                 good; used in full, credits cost up to {} USD an hour more.",
                then.instances,
                vcpus(then.reserved),
                vcpus(then.baseline),
                usd(then.surcharge)
            ),
        );
    }
    risks
}

/// How often Spot takes instances of the fleet back, by the worst of its types; and whether that is
/// often.
fn interruptions(changed: &Changed<'_>) -> (String, bool) {
    const BANDS: [&str; 5] =
        ["less than 5 %", "5 to 10 %", "10 to 15 %", "15 to 20 %", "more than 20 %"];
    let names: BTreeSet<&str> = changed.fleet.mix.iter().map(|it| &*it.instance_type).collect();
    let instances = changed.ground.supply.instances.iter();
    let bands = instances.filter(|it| names.contains(it.facts.name.as_str())).filter_map(|it| {
        let spot = changed.ground.place.region.offers.get(&it.id)?.spot?;
        Some((spot.interruption_band, it.facts.name.as_str()))
    });
    match bands.max() {
        Some((band, name)) => {
            let band = usize::from(band).min(BANDS.len() - 1);
            let text = format!(
                "Two minutes' notice. Of {name}, {} of the instances were taken back within a \
                 month, says the Spot advisor.",
                BANDS[band]
            );
            (text, band > 0)
        }
        None => ("Two minutes' notice before an instance is taken back.".to_owned(), true),
    }
}
