//! What this plan assumes where AWS documents nothing or contradicts itself: only what bears on
//! the scenario at hand.

use super::attributes::zone_names;
use super::conditions::Condition;
use super::place::Place;
use super::supply::{Instance, Supply};
use super::workload::Workload;
use crate::report::{Assumption, Confidence, PriceSource};
use crate::scenario::{Capacity, MemoryModel, PurchaseOption, Scenario};
use std::collections::BTreeSet;

pub(super) fn of(
    scenario: &Scenario,
    place: &Place,
    workload: &Workload,
    supply: &Supply<'_>,
) -> Vec<Assumption> {
    let mut told = Vec::new();
    if workload.services.is_empty() || supply.instances.is_empty() {
        return told;
    }
    match &scenario.capacity {
        Capacity::ManagedInstances(managed) => {
            told.extend(managed_instances(managed));
            if workload.services.len() > 1 {
                told.push(assumption(
                    "managed.firstFitOrder",
                    "Packing begins with the task that takes most of a general-purpose xlarge (4 \
                     vCPUs, 16 GiB): how ECS compares tasks of several resources is not documented.",
                    "AWS Containers Blog, 2025-11, names first-fit decreasing and no measure",
                    Confidence::Inferred,
                    None,
                ));
            }
        }
        Capacity::AutoScalingGroup(group) if group.instance_requirements.is_some() => {
            told.push(assumption(
                "group.attributeDefaults",
                "Absent attributes of instanceRequirements take the EC2 API's defaults: burstable \
                 types and bare metal are left out unless included, and On-Demand types that cost \
                 more than 20 % (Spot: 100 %) above the cheapest are left out.",
                "EC2 API Reference, InstanceRequirementsRequest",
                Confidence::Documented,
                Some("capacity.autoScalingGroup.instanceRequirements"),
            ));
        }
        Capacity::AutoScalingGroup(_) => {}
    }
    if supply.providers.len() > 1 {
        told.push(assumption(
            "strategy.remainder",
            "Tasks that do not divide by weight go by the largest remainder, then in the order of \
             the strategy: give or take one. Each provider's share of a service is spread over the \
             zones by itself.",
            "ECS API, CapacityProviderStrategyItem, which states no rule",
            Confidence::Inferred,
            Some("capacityProviderStrategy"),
        ));
    }
    if supply.instances.iter().any(|instance| instance.facts.burstable) {
        told.push(assumption(
            "burstable.credits",
            "Burstable types give their vCPUs in full only while CPU credits last; beyond their \
             baseline (20 % of each vCPU for small and medium, 30 % for large, 40 % for xlarge) \
             unlimited mode costs extra, which is not counted.",
            "EC2 User Guide, burstable performance instances",
            Confidence::Inferred,
            None,
        ));
    }
    if supply.instances.iter().any(|instance| instance.allocatable.registered.estimated) {
        told.push(assumption(
            "memory.unmeasured",
            "For types that nobody has measured, the guest is taken to see 200 MiB and 6 % less \
             memory than is advertised; of 981 measured types one sees less.",
            "Measurements of guest-visible memory, Karpenter project, 2023",
            Confidence::Inferred,
            None,
        ));
    }
    if workload.conditions.iter().any(Condition::names_zone) {
        let named = zone_names(place).into_iter().zip(&place.zone_names);
        let named: Vec<String> = named.map(|(name, id)| format!("{name} ({id})")).collect();
        told.push(assumption(
            "zones.names",
            &format!(
                "Expressions call zones by name, and which zone has which letter differs between \
                 accounts: the zones in use are taken to be {}. An id in their place is \
                 understood too.",
                named.join(", ")
            ),
            "AWS RAM User Guide, Availability Zone IDs",
            Confidence::Inferred,
            None,
        ));
    }
    if !place.zones_known {
        told.push(assumption(
            "zones.unknown",
            "No source lists the region's zones: every type is taken to be offered in each.",
            "DescribeInstanceTypeOfferings, as far as it is public",
            Confidence::Inferred,
            Some("zones"),
        ));
    }
    told.extend(prices(scenario, supply));
    told
}

/// What prices rest on.
fn prices(scenario: &Scenario, supply: &Supply<'_>) -> Vec<Assumption> {
    let mut told = Vec::new();
    if supply.instances.iter().any(|instance| instance.price_estimated) {
        told.push(assumption(
            "price.estimated",
            "Where no list price is known, a type costs its us-east-1 price times its family's \
             usual ratio in the region; leaving out one family at a time, half the prices so made \
             are within 0.1 %, 95 % within 7.6 %.",
            "Comparison of list prices",
            Confidence::Measured,
            None,
        ));
    }
    told.extend(agreed(scenario, supply));
    if scenario.pricing.include_disks {
        told.push(assumption(
            "disk.gp3",
            "Each instance pays for one volume at the price of gp3 in us-east-1 unless set; other \
             regions differ by up to a fifth.",
            "Amazon EBS pricing",
            Confidence::Inferred,
            Some("pricing.diskUsdPerGibMonth"),
        ));
    }
    if matches!(
        scenario.pricing.purchase_option,
        PurchaseOption::Reserved1Year | PurchaseOption::Reserved3Years
    ) {
        told.push(assumption(
            "price.reservedRatio",
            "Reserved Instances cost the share of On-Demand that they cost in us-east-1.",
            "Standard Reserved Instances, all upfront, us-east-1",
            Confidence::Inferred,
            Some("pricing.purchaseOption"),
        ));
    }
    if scenario.pricing.purchase_option == PurchaseOption::Spot {
        told.push(assumption(
            "price.spotAdvisor",
            "Spot costs On-Demand less the average saving of the Spot advisor on its as-of date; \
             the price moves.",
            "EC2 Spot instance advisor",
            Confidence::Measured,
            Some("pricing.purchaseOption"),
        ));
    }
    told
}

/// What the user has agreed with AWS, as it is understood.
fn agreed(scenario: &Scenario, supply: &Supply<'_>) -> Vec<Assumption> {
    let mut told = Vec::new();
    let is_own = |it: &&Instance<'_>| it.price_source == PriceSource::Yours;
    let own: BTreeSet<&str> =
        supply.instances.iter().filter(is_own).map(|it| it.facts.name.as_str()).collect();
    if !own.is_empty() {
        let few: Vec<&str> = own.iter().copied().take(5).collect();
        let more = if own.len() > few.len() { ", …" } else { "" };
        told.push(assumption(
            "price.yours",
            &format!(
                "Your own prices stand as they are, with nothing taken off: {}{more}. They decide \
                 what fleets cost and which is the cheapest; ECS goes by list prices when it \
                 chooses, and the Managed Instances fee is of the list price.",
                few.join(", ")
            ),
            "The scenario; ECS does not know what you pay",
            Confidence::Inferred,
            Some("pricing.instancePrices"),
        ));
    }
    let off = scenario.pricing.ec2_discount_percent;
    if !off.is_none() {
        told.push(assumption(
            "price.ec2Discount",
            &format!(
                "{off} % come off all that EC2 charges: instances, Spot too, after Savings Plans \
                 and reservations; the Managed Instances fee; volumes. What your agreement leaves \
                 out is not known here. ECS chooses as if there was none."
            ),
            "The scenario; bills apply such discounts after Savings Plans and reservations",
            Confidence::Inferred,
            Some("pricing.ec2DiscountPercent"),
        ));
    }
    let off = scenario.pricing.fargate_discount_percent;
    if !off.is_none() {
        told.push(assumption(
            "price.fargateDiscount",
            &format!(
                "{off} % come off what Fargate costs in all, Spot too; a service's own Fargate \
                 prices are list prices."
            ),
            "The scenario",
            Confidence::Inferred,
            Some("pricing.fargateDiscountPercent"),
        ));
    }
    told
}

fn managed_instances(managed: &crate::scenario::ManagedInstances) -> Vec<Assumption> {
    let mut told = vec![
        assumption(
            "managed.choice",
            "ECS spreads tasks over the zones, packs them first-fit decreasing within a zone and \
             launches the cheapest type that holds each bin; of equal prices, the smaller type. \
             What capacity EC2 has at that moment cannot be known.",
            "AWS Containers Blog, 2025-11; agrees with five published fleets",
            Confidence::Measured,
            None,
        ),
        assumption(
            "managed.attributeDefaults",
            "Absent attributes of instanceRequirements take the EC2 API's defaults: burstable \
             types and bare metal are left out unless included. Price protection is not applied \
             unless it is set.",
            "EC2 API Reference; ECS states no defaults",
            Confidence::Inferred,
            Some("capacity.managedInstances.instanceRequirements"),
        ),
    ];
    if managed.memory_model == MemoryModel::Managed {
        told.push(assumption(
            "memory.managedReserve",
            "The platform keeps 313 MiB of what the guest sees, unless set; it was read off one \
             t3.medium, and others bound it to within 100 MiB.",
            "Field report of 2026-03; AWS Containers Blog, 2025-11",
            Confidence::Measured,
            Some("capacity.managedInstances.reservedMemory"),
        ));
    }
    if managed.eni_trunking {
        told.push(assumption(
            "eni.managedTrunking",
            "Types that can have a trunk ENI have one and hold as many awsvpc tasks as the table \
             of trunked types says, give or take two; fleets seen in October 2025 looked as if \
             trunking was off.",
            "ECS Developer Guide, managed-instances-awsvpc-mode",
            Confidence::Contradicted,
            Some("capacity.managedInstances.eniTrunking"),
        ));
    }
    if managed.more_than_one_vcpu {
        told.push(assumption(
            "managed.moreThanOneVcpu",
            "Types with one vCPU are left out, as the list of supported types says; in November \
             2025 AWS showed a fleet of r7a.medium.",
            "ECS Developer Guide, managed-instances-instance-types",
            Confidence::Contradicted,
            Some("capacity.managedInstances.moreThanOneVcpu"),
        ));
    }
    told.push(assumption(
        "managed.fee",
        "The fee is 12 % of the On-Demand price, 7.8 % for G-series and 4.8 % for P-series and \
         Trainium; no purchase option lowers it. For Inferentia no rate is stated: 12 % is used.",
        "Pricing of ECS Managed Instances, July 2026",
        Confidence::Measured,
        None,
    ));
    told
}

pub(crate) fn assumption(
    code: &str,
    text: &str,
    source: &str,
    confidence: Confidence,
    setting: Option<&str>,
) -> Assumption {
    Assumption {
        code: code.to_owned(),
        text: text.to_owned(),
        source: source.to_owned(),
        confidence,
        setting: setting.map(str::to_owned),
    }
}
