//! What AWS would refuse in `instanceRequirements`, or what will surprise.

use super::matches;
use crate::diagnostic::Diagnostic;
use crate::scenario::{
    InstanceRequirements, Milli, MilliRange, PurchaseOption, Range, WholeNumber,
};
use eniac_catalog::{Catalog, InstanceType};

/// At most so many patterns stand in one list. Source: EC2 API, `InstanceRequirementsRequest`.
const MAX_PATTERNS: usize = 400;
/// And each is at most so long.
const MAX_PATTERN_LENGTH: usize = 30;

/// Looks through requirements that stand at `path`.
pub fn validate(
    requirements: &InstanceRequirements,
    purchase_option: PurchaseOption,
    catalog: &Catalog,
    path: &str,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let at = |field: &str| format!("{path}.{field}");
    for (field, range) in
        [("vCpuCount", requirements.v_cpu_count), ("memoryMiB", requirements.memory_mib)]
    {
        if range.min.is_none() {
            let message = format!("AWS requires {field}.min; 0 is assumed");
            found.push(Diagnostic::warning(
                "requirements.minMissing",
                at(&format!("{field}.min")),
                message,
            ));
        }
    }
    found.extend(crossed_ranges(requirements, path));
    found.extend(patterns(
        &requirements.allowed_instance_types,
        catalog,
        &at("allowedInstanceTypes"),
    ));
    found.extend(patterns(
        &requirements.excluded_instance_types,
        catalog,
        &at("excludedInstanceTypes"),
    ));
    if !requirements.allowed_instance_types.is_empty()
        && !requirements.excluded_instance_types.is_empty()
    {
        found.push(Diagnostic::error(
            "requirements.allowedAndExcluded",
            at("excludedInstanceTypes"),
            "AWS takes allowedInstanceTypes or excludedInstanceTypes, not both: the excluded \
             types are not looked at; remove one of the lists",
        ));
    }
    if requirements.require_hibernate_support {
        found.push(Diagnostic::warning(
            "requirements.hibernationUnknown",
            at("requireHibernateSupport"),
            "the catalogue does not know which types can hibernate: the attribute is not applied, \
             and some admitted types may be refused by AWS",
        ));
    }
    found.extend(price_protection(requirements, purchase_option, path));
    found
}

fn price_protection(
    requirements: &InstanceRequirements,
    purchase_option: PurchaseOption,
    path: &str,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let over_lowest = requirements.spot_max_price_percentage_over_lowest_price;
    let of_optimal = requirements.max_spot_price_as_percentage_of_optimal_on_demand_price;
    if over_lowest.is_some() && of_optimal.is_some() {
        found.push(Diagnostic::error(
            "requirements.twoSpotCeilings",
            format!("{path}.spotMaxPricePercentageOverLowestPrice"),
            "AWS takes spotMaxPricePercentageOverLowestPrice or \
             maxSpotPriceAsPercentageOfOptimalOnDemandPrice, not both: remove one; both are \
             applied here",
        ));
    }
    let spot = purchase_option == PurchaseOption::Spot;
    let idle = [
        ("spotMaxPricePercentageOverLowestPrice", over_lowest.is_some() && !spot),
        ("maxSpotPriceAsPercentageOfOptimalOnDemandPrice", of_optimal.is_some() && !spot),
        (
            "onDemandMaxPricePercentageOverLowestPrice",
            requirements.on_demand_max_price_percentage_over_lowest_price.is_some() && spot,
        ),
    ];
    for (field, _) in idle.iter().filter(|(_, idle)| *idle) {
        let bought = if spot { "Spot" } else { "not Spot" };
        found.push(Diagnostic::note(
            "requirements.otherPurchaseOption",
            format!("{path}.{field}"),
            format!("has no effect: pricing.purchaseOption is {bought}"),
        ));
    }
    found
}

fn crossed_ranges(r: &InstanceRequirements, path: &str) -> Vec<Diagnostic> {
    let whole = |range: Range| (range.min.map(WholeNumber::get), range.max.map(WholeNumber::get));
    let milli =
        |range: MilliRange| (range.min.map(Milli::thousandths), range.max.map(Milli::thousandths));
    let ranges = [
        ("vCpuCount", Some(whole(r.v_cpu_count))),
        ("memoryMiB", Some(whole(r.memory_mib))),
        ("memoryGiBPerVCpu", r.memory_gib_per_v_cpu.map(milli)),
        ("networkInterfaceCount", r.network_interface_count.map(whole)),
        ("totalLocalStorageGB", r.total_local_storage_gb.map(milli)),
        ("baselineEbsBandwidthMbps", r.baseline_ebs_bandwidth_mbps.map(whole)),
        ("acceleratorCount", r.accelerator_count.map(whole)),
        ("acceleratorTotalMemoryMiB", r.accelerator_total_memory_mib.map(whole)),
        ("networkBandwidthGbps", r.network_bandwidth_gbps.map(milli)),
    ];
    let crossed = ranges.into_iter().filter_map(|(field, range)| match range {
        Some((Some(min), Some(max))) if min > max => Some(field),
        _ => None,
    });
    crossed
        .map(|field| {
            let message = format!("{field}.min is above {field}.max: no type can be admitted");
            Diagnostic::error("requirements.crossedRange", format!("{path}.{field}"), message)
        })
        .collect()
}

fn patterns(patterns: &[String], catalog: &Catalog, path: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if patterns.len() > MAX_PATTERNS {
        let message = format!("{} patterns: AWS takes at most {MAX_PATTERNS}", patterns.len());
        found.push(Diagnostic::error("requirements.tooManyPatterns", path, message));
    }
    for (place, pattern) in patterns.iter().enumerate().take(MAX_PATTERNS) {
        let at = format!("{path}[{place}]");
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '*' | '-');
        if pattern.is_empty() || pattern.len() > MAX_PATTERN_LENGTH || !pattern.chars().all(allowed)
        {
            let message = format!(
                "a pattern has 1 to {MAX_PATTERN_LENGTH} letters, digits, dots, hyphens and *"
            );
            let refused = Diagnostic::error("requirements.badPattern", at, message);
            found.push(refused.with_value(pattern.chars().take(40).collect::<String>()));
        } else if !catalog.types().iter().any(|t| matches(pattern, &t.name)) {
            found.push(no_such_type(pattern, catalog, at));
        }
    }
    found
}

fn no_such_type(pattern: &str, catalog: &Catalog, at: String) -> Diagnostic {
    let message = match catalog.find(pattern) {
        Err(unknown) if !pattern.contains('*') => unknown.to_string(),
        _ => {
            // Which family was meant: the nearest names of its first letters, as one type.
            let family = pattern.split('.').next().unwrap_or_default().replace('*', "");
            let mut families: Vec<&str> =
                catalog.types().iter().map(InstanceType::family).collect();
            families.dedup();
            let hint = crate::nearest::did_you_mean(&family, families)
                .map(|hint| format!("; {hint}"))
                .unwrap_or_default();
            format!("{pattern} matches no type{hint}")
        }
    };
    Diagnostic::error("requirements.unknownType", at, message).with_value(pattern)
}
