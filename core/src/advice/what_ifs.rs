//! Other settings, each planned again: what it saves and what it costs in risk.

use super::base::{Base, Changed};
use super::risks::risks;
use crate::report::{Change, FleetSummary, Saving, WhatIf};
use crate::scenario::{Capacity, CpuArchitecture, Inclusion, ManagedInstances, PurchaseOption};
use serde_json::{Value, json};

const MANAGED: &str = "capacity.managedInstances";
const REQUIREMENTS: &str = "capacity.managedInstances.instanceRequirements";

/// A setting to try.
pub(super) struct Idea {
    pub(super) code: &'static str,
    title: String,
    changes: Vec<Change>,
}

/// Every other setting, most saving first; those that leave services out last.
pub(super) fn what_ifs(base: &Base<'_>) -> Vec<WhatIf> {
    let mut tried: Vec<WhatIf> = ideas(base)
        .into_iter()
        .filter_map(|idea| {
            let changed = base.with(&idea.changes)?;
            // A price that is not known of a running type would let that vanish.
            let stays = changed.ground.running.len() >= base.ground.running.len();
            let bought = idea.code.starts_with("purchase.");
            (stays || !bought).then(|| told(base, idea, &changed))
        })
        .collect();
    // Either architecture is worth a line of its own only where it is not one of the two alone.
    let alone = |it: &WhatIf| matches!(it.code.as_str(), "architecture.arm" | "architecture.x86");
    let fleets: Vec<FleetSummary> =
        tried.iter().filter(|it| alone(it)).map(|it| it.fleet.clone()).collect();
    tried.retain(|it| it.code != "architecture.either" || !fleets.contains(&it.fleet));
    // A stable sort: what saves the same stays in the order of ideas.
    tried.sort_by_key(|it| (!it.unplaced.is_empty(), -it.saving.nano_usd_per_hour));
    tried
}

fn told(base: &Base<'_>, idea: Idea, changed: &Changed<'_>) -> WhatIf {
    WhatIf {
        risks: risks(base, idea.code, changed),
        code: idea.code.to_owned(),
        title: idea.title,
        changes: idea.changes,
        fleet: changed.summary(),
        saving: if changed.unplaced.is_empty() {
            Saving::between(base.cost(), &changed.fleet.cost)
        } else {
            Saving::default()
        },
        unplaced: changed.unplaced.clone(),
    }
}

fn ideas(base: &Base<'_>) -> Vec<Idea> {
    let mut ideas = Vec::new();
    let idea = |code, title: &str, changes| Idea { code, title: title.to_owned(), changes };
    ideas.extend(architectures(base));
    if let Some(managed) = base.managed() {
        ideas.extend(burstables(base, managed));
        ideas.extend(types(base, managed));
        let trunking =
            |on: bool| vec![base.change(&format!("{MANAGED}.eniTrunking"), Some(on.into()))];
        ideas.push(if managed.eni_trunking {
            idea("trunking.off", "If instances had no trunk ENI", trunking(false))
        } else {
            idea("trunking.on", "With a trunk ENI where the type supports it", trunking(true))
        });
        let size = managed.storage_configuration.storage_size_gib.get();
        if size > 30 && base.reading.scenario.pricing.include_disks {
            let path = format!("{MANAGED}.storageConfiguration.storageSizeGiB");
            let title = format!("Data volumes of 30 GiB instead of {size}");
            ideas.push(idea("disk.smallest", &title, vec![base.change(&path, Some(json!(30)))]));
        }
    }
    ideas.extend(zones(base));
    ideas.extend(purchases(base));
    ideas
}

/// Tasks on the other architecture, or on either.
fn architectures(base: &Base<'_>) -> Vec<Idea> {
    use CpuArchitecture::{Arm64, X86_64};
    let services = &base.ground.workload.services;
    let linux = |it: &&crate::plan::Sized| {
        it.demand.operating_system == crate::scenario::OperatingSystemFamily::Linux
    };
    let tried = [
        ("architecture.arm", "Run on ARM (Graviton)", Some(Arm64)),
        ("architecture.x86", "Run on x86", Some(X86_64)),
        ("architecture.either", "Run on whichever architecture is cheaper", None),
    ];
    let mut ideas = Vec::new();
    for (code, title, wanted) in tried {
        let differs = |it: &&crate::plan::Sized| match wanted {
            Some(one) => it.demand.architectures.iter().any(|architecture| *architecture != one),
            None => it.demand.architectures.len() == 1,
        };
        let mut changes: Vec<Change> = services
            .iter()
            .filter(linux)
            .filter(differs)
            .map(|service| {
                let path = service.path() + ".taskDefinition.runtimePlatform.cpuArchitecture";
                base.change(&path, wanted.map(|it| Value::from(it.name())))
            })
            .collect();
        if changes.is_empty() {
            continue;
        }
        // Requirements that admit only the other makers' processors would leave nothing.
        let requirements = base.managed().and_then(|it| it.instance_requirements.as_ref());
        if requirements.is_some_and(|it| !it.cpu_manufacturers.is_empty()) {
            changes.push(base.change(&format!("{REQUIREMENTS}.cpuManufacturers"), None));
        }
        ideas.push(Idea { code, title: title.to_owned(), changes });
    }
    ideas
}

/// A change of one requirement; where there are none, they begin with what they must have.
fn requirement(
    base: &Base<'_>,
    managed: &ManagedInstances,
    field: &str,
    value: Option<Value>,
) -> Vec<Change> {
    if managed.instance_requirements.is_some() {
        return vec![base.change(&format!("{REQUIREMENTS}.{field}"), value)];
    }
    let mut requirements = json!({ "vCpuCount": { "min": 1 }, "memoryMiB": { "min": 0 } });
    requirements[field] = value.unwrap_or_default();
    vec![base.change(REQUIREMENTS, Some(requirements))]
}

fn burstables(base: &Base<'_>, managed: &ManagedInstances) -> Vec<Idea> {
    let now = managed.instance_requirements.as_ref().and_then(|it| it.burstable_performance);
    let set = |word: &str| requirement(base, managed, "burstablePerformance", Some(word.into()));
    let include = ("burstable.included", "Admit burstable types (T3, T3a, T4g)", set("included"));
    let exclude = ("burstable.excluded", "Leave burstable types out", set("excluded"));
    let tried = match now.unwrap_or(Inclusion::Excluded) {
        Inclusion::Excluded => vec![include],
        Inclusion::Included => vec![exclude],
        Inclusion::Required => vec![exclude, include],
    };
    let idea = |(code, title, changes): (&'static str, &str, _)| Idea {
        code,
        title: title.to_owned(),
        changes,
    };
    tried.into_iter().map(idea).collect()
}

/// Which types at all.
fn types(base: &Base<'_>, managed: &ManagedInstances) -> Vec<Idea> {
    let mut ideas = Vec::new();
    let path = format!("{MANAGED}.moreThanOneVcpu");
    let (code, title) = if managed.more_than_one_vcpu {
        ("vcpu.one", "If types with one vCPU are selected too")
    } else {
        ("vcpu.moreThanOne", "If only types with more than one vCPU are selected")
    };
    let changes = vec![base.change(&path, Some((!managed.more_than_one_vcpu).into()))];
    ideas.push(Idea { code, title: title.to_owned(), changes });
    if managed.instance_requirements.is_some() {
        ideas.push(Idea {
            code: "requirements.none",
            title: "Let ECS choose, without requirements".to_owned(),
            changes: vec![base.change(REQUIREMENTS, None)],
        });
    }
    ideas
}

/// One zone against several.
fn zones(base: &Base<'_>) -> Vec<Idea> {
    let now = base.reading.scenario.zones.get();
    let tried = [(1_u8, "zones.one", "In one zone"), (3, "zones.three", "Over three zones")];
    let others = tried.into_iter().filter(|(zones, ..)| *zones != now);
    others
        .map(|(zones, code, title)| Idea {
            code,
            title: title.to_owned(),
            changes: vec![base.change("zones", Some(json!(zones)))],
        })
        .collect()
}

/// How instances are bought.
fn purchases(base: &Base<'_>) -> Vec<Idea> {
    let scenario = &base.reading.scenario;
    let bought = scenario.pricing.purchase_option;
    let path = "pricing.purchaseOption";
    let mut ideas = Vec::new();
    let named = !scenario.capacity_providers.is_empty();
    let mut buy = |option: PurchaseOption, code, title: &str| {
        if option != bought && !(named && option == PurchaseOption::Spot) {
            let word = serde_json::to_value(option).unwrap_or_default();
            let changes = vec![base.change(path, Some(word))];
            ideas.push(Idea { code, title: title.to_owned(), changes });
        }
    };
    buy(PurchaseOption::Spot, "purchase.spot", "Everything on Spot");
    buy(PurchaseOption::OnDemand, "purchase.onDemand", "Everything On-Demand");
    buy(PurchaseOption::Reserved1Year, "purchase.reserved1Year", "Reserved for one year");
    let one_managed = matches!(scenario.capacity, Capacity::ManagedInstances(_)) && !named;
    if one_managed && bought != PurchaseOption::Spot {
        let providers = json!([
            { "name": "on-demand", "capacityOptionType": "ON_DEMAND" },
            { "name": "spot", "capacityOptionType": "SPOT" }
        ]);
        let strategy = json!([
            { "capacityProvider": "on-demand", "base": 1, "weight": 1 },
            { "capacityProvider": "spot", "weight": 3 }
        ]);
        ideas.push(Idea {
            code: "purchase.mixed",
            title: "On-Demand base, three quarters of the rest on Spot".to_owned(),
            changes: vec![
                base.change("capacityProviders", Some(providers)),
                base.change("capacityProviderStrategy", Some(strategy)),
            ],
        });
    }
    ideas
}
