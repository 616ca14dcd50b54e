//! The attributes of `instanceRequirements` as the form has them: API name, words, editor. In the
//! order in which the planner applies them, so that the numbers beside them fall.

/// How an attribute is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Editor {
    /// No attribute of the API: only its effect is shown.
    Effect,
    /// `min` and `max`, with a unit.
    Range(&'static str),
    /// Some of these words.
    Words(&'static [(&'static str, &'static str)]),
    /// Included, required or excluded; the word is what is meant when absent.
    Inclusion(&'static str),
    /// Names of types, `*` allowed; what is meant without any, and an example.
    TypeNames(&'static str),
    /// Percent above a price.
    Percent,
}

/// One line of the funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute {
    /// Its API name, or the planner's name for what is no attribute of the API.
    pub name: &'static str,
    /// What it is called here.
    pub label: &'static str,
    /// How it is edited.
    pub editor: Editor,
    /// Whether it is shown even when it is not set.
    pub common: bool,
}

const fn effect(name: &'static str, label: &'static str) -> Attribute {
    Attribute { name, label, editor: Editor::Effect, common: false }
}

const fn common(name: &'static str, label: &'static str, editor: Editor) -> Attribute {
    Attribute { name, label, editor, common: true }
}

const fn rare(name: &'static str, label: &'static str, editor: Editor) -> Attribute {
    Attribute { name, label, editor, common: false }
}

/// Every line, in the planner's order.
pub const ATTRIBUTES: [Attribute; 34] = [
    effect("region", "Sold in the region"),
    effect("zones", "Sold in enough zones"),
    effect("cpuArchitecture", "Architecture of a service"),
    effect("managedInstancesFamily", "Supported by Managed Instances"),
    effect("moreThanOneVcpu", "More than one vCPU"),
    effect("instanceTypes", "Types of the group"),
    effect("memory", "Memory left for tasks"),
    common("vCpuCount", "vCPUs", Editor::Range("")),
    common("memoryMiB", "Memory", Editor::Range("MiB")),
    common(
        "cpuManufacturers",
        "CPU maker",
        Editor::Words(&[("amazon-web-services", "AWS"), ("amd", "AMD"), ("intel", "Intel")]),
    ),
    rare("memoryGiBPerVCpu", "Memory per vCPU", Editor::Range("GiB")),
    common("excludedInstanceTypes", "Excluded types", Editor::TypeNames("none, or m5*, *.metal")),
    common("allowedInstanceTypes", "Allowed types", Editor::TypeNames("any, or m7g.*, *.large")),
    common(
        "instanceGenerations",
        "Generations",
        Editor::Words(&[("current", "current"), ("previous", "previous")]),
    ),
    common("bareMetal", "Bare metal", Editor::Inclusion("excluded")),
    common("burstablePerformance", "Burstable", Editor::Inclusion("excluded")),
    rare("networkInterfaceCount", "Network interfaces", Editor::Range("")),
    rare("localStorage", "Local storage", Editor::Inclusion("included")),
    rare(
        "localStorageTypes",
        "Local storage kind",
        Editor::Words(&[("ssd", "SSD"), ("hdd", "HDD")]),
    ),
    rare("totalLocalStorageGB", "Local storage size", Editor::Range("GB")),
    rare("baselineEbsBandwidthMbps", "EBS bandwidth", Editor::Range("Mbps")),
    rare(
        "acceleratorTypes",
        "Accelerator kind",
        Editor::Words(&[("gpu", "GPU"), ("fpga", "FPGA"), ("inference", "inference")]),
    ),
    rare("acceleratorCount", "Accelerators", Editor::Range("")),
    rare(
        "acceleratorManufacturers",
        "Accelerator maker",
        Editor::Words(&[
            ("amazon-web-services", "AWS"),
            ("amd", "AMD"),
            ("nvidia", "NVIDIA"),
            ("xilinx", "Xilinx"),
            ("habana", "Habana"),
        ]),
    ),
    rare(
        "acceleratorNames",
        "Accelerator",
        Editor::Words(&[
            ("a100", "A100"),
            ("inferentia", "Inferentia"),
            ("k520", "K520"),
            ("k80", "K80"),
            ("m60", "M60"),
            ("radeon-pro-v520", "Radeon Pro V520"),
            ("t4", "T4"),
            ("vu9p", "VU9P"),
            ("v100", "V100"),
            ("a10g", "A10G"),
            ("h100", "H100"),
            ("t4g", "T4G"),
        ]),
    ),
    rare("acceleratorTotalMemoryMiB", "Accelerator memory", Editor::Range("MiB")),
    rare("networkBandwidthGbps", "Network bandwidth", Editor::Range("Gbps")),
    effect("daemons", "Room for the daemons"),
    effect("price", "Known price"),
    effect("spotPrice", "Known Spot price"),
    effect("reservedPrice", "Known reserved price"),
    rare(
        "onDemandMaxPricePercentageOverLowestPrice",
        "On-Demand price protection",
        Editor::Percent,
    ),
    rare("spotMaxPricePercentageOverLowestPrice", "Spot price protection", Editor::Percent),
    rare(
        "maxSpotPriceAsPercentageOfOptimalOnDemandPrice",
        "Spot of On-Demand price",
        Editor::Percent,
    ),
];

/// What a step of the funnel is called; its own name where the form does not know it.
pub fn label(name: &str) -> &str {
    let known = ATTRIBUTES.iter().find(|attribute| attribute.name == name);
    known.map_or(name, |attribute| attribute.label)
}

/// The types of `names` by family, each with its sizes, in the order in which they come.
pub fn by_family(names: &[String]) -> Vec<(String, Vec<String>)> {
    let mut families: Vec<(String, Vec<String>)> = Vec::new();
    for name in names {
        let (family, size) = name.split_once('.').unwrap_or((name, ""));
        match families.iter_mut().find(|(known, _)| known == family) {
            Some((_, sizes)) => sizes.push(size.to_owned()),
            None => families.push((family.to_owned(), vec![size.to_owned()])),
        }
    }
    families
}

#[cfg(test)]
mod tests {
    use super::*;
    use eniac_core::scenario::InstanceRequirements;
    use serde_json::{Value, json};

    #[test]
    fn every_attribute_is_one_of_the_scenario() {
        for attribute in ATTRIBUTES {
            let value = match attribute.editor {
                Editor::Effect => continue,
                Editor::Range(_) => json!({ "min": 1, "max": 2 }),
                Editor::Words(words) => words.iter().map(|(word, _)| Value::from(*word)).collect(),
                Editor::Inclusion(word) => json!(word),
                Editor::TypeNames(_) => json!(["m5*"]),
                Editor::Percent => json!(20),
            };
            let read: Result<InstanceRequirements, _> =
                serde_json::from_value(json!({ attribute.name: value }));
            assert!(read.is_ok(), "{}: {read:?}", attribute.name);
        }
    }

    #[test]
    fn families_gather_their_sizes() {
        let names: Vec<String> = ["c5.large", "m5.large", "c5.xlarge"].map(str::to_owned).into();
        assert_eq!(
            by_family(&names),
            [
                ("c5".to_owned(), vec!["large".to_owned(), "xlarge".to_owned()]),
                ("m5".to_owned(), vec!["large".to_owned()]),
            ]
        );
    }
}
