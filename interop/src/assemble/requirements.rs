//! `instanceRequirements`, of a Managed Instances provider, a group or a launch template.

use super::draft::Draft;
use super::fields::Fields;
use crate::node::{Node, Value};
use serde_json::json;

const RANGES: [&str; 9] = [
    "vCpuCount",
    "memoryMiB",
    "memoryGiBPerVCpu",
    "networkInterfaceCount",
    "totalLocalStorageGB",
    "baselineEbsBandwidthMbps",
    "acceleratorCount",
    "acceleratorTotalMemoryMiB",
    "networkBandwidthGbps",
];
const LISTS: [&str; 8] = [
    "cpuManufacturers",
    "excludedInstanceTypes",
    "allowedInstanceTypes",
    "instanceGenerations",
    "localStorageTypes",
    "acceleratorTypes",
    "acceleratorManufacturers",
    "acceleratorNames",
];
const SCALARS: [&str; 7] = [
    "spotMaxPricePercentageOverLowestPrice",
    "onDemandMaxPricePercentageOverLowestPrice",
    "maxSpotPriceAsPercentageOfOptimalOnDemandPrice",
    "bareMetal",
    "burstablePerformance",
    "requireHibernateSupport",
    "localStorage",
];

/// Writes the requirements to `path`.
pub(super) fn write(draft: &mut Draft<'_>, outer: &Fields<'_>, node: &Node, path: &str) {
    if let Value::Unknown(_) | Value::Reference(_) = node.value {
        draft.known(node, &format!("{}: instanceRequirements", outer.subject));
        return;
    }
    let Some(mut fields) = outer.within(node, "instanceRequirements") else { return };
    draft.set(path, json!({}), node.at.without_span());
    for key in RANGES {
        let Some(node) = fields.take(key) else { continue };
        let Some(mut range) = fields.within(node, key) else {
            draft.known(node, &format!("{}: {key}", fields.subject));
            continue;
        };
        if ["min", "max"].iter().all(|end| range.peek(end).is_none_or(Node::is_null)) {
            // A reader has taken away the 0 that Terraform needs to say that there is no least.
            let message = format!("{key} has neither a least nor a greatest: it admits every type");
            draft.account.understood(node.at, &fields.subject, path, message);
        }
        for end in ["min", "max"] {
            // Source: EC2 API, `VCpuCountRangeRequest` and `MemoryMiBRequest`: 0 is no least.
            let is_zero = range.peek(end).and_then(Node::scalar).is_some_and(|text| text == "0");
            if is_zero && end == "min" && ["vCpuCount", "memoryMiB"].contains(&key) {
                range.take(end);
                continue;
            }
            draft.scalar(&mut range, end, &format!("{path}.{key}.{end}"));
        }
        range.close(&[], draft.account);
    }
    for key in LISTS {
        draft.texts(&mut fields, key, &format!("{path}.{key}"));
    }
    for key in SCALARS {
        if key == "requireHibernateSupport" {
            // False is what a scenario supposes.
            if draft.truth(&mut fields, key) == Some(true) {
                draft.set(&format!("{path}.{key}"), true, node.at.without_span());
            }
        } else {
            draft.scalar(&mut fields, key, &format!("{path}.{key}"));
        }
    }
    fields.close(&[], draft.account);
}
