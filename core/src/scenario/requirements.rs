//! `instanceRequirements`: attribute-based instance type selection, in the API's own words.
//!
//! Source: ECS API, `InstanceRequirementsRequest`. ECS states no defaults; absent attributes
//! take the defaults of the EC2 API for the same field.

use super::{Milli, PercentAbove, WholeNumber};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// From `min` to `max`, both included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Absent: no lower limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<WholeNumber>,
    /// Absent: no upper limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<WholeNumber>,
}

/// From `min` to `max`, both included, with up to three decimals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct MilliRange {
    /// Absent: no lower limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Milli>,
    /// Absent: no upper limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Milli>,
}

/// What instances must be like. Different attributes are all required; of several values of one
/// attribute, any will do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct InstanceRequirements {
    /// vCPUs. AWS requires `min`.
    #[serde(rename = "vCpuCount")]
    pub v_cpu_count: Range,
    /// Memory as advertised, in MiB. AWS requires `min`.
    #[serde(rename = "memoryMiB")]
    pub memory_mib: Range,
    /// Absent: any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cpu_manufacturers: Vec<CpuManufacturer>,
    /// GiB of memory for each vCPU.
    #[serde(rename = "memoryGiBPerVCpu", skip_serializing_if = "Option::is_none")]
    pub memory_gib_per_v_cpu: Option<MilliRange>,
    /// Types left out, `*` standing for any characters; not together with `allowedInstanceTypes`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excluded_instance_types: Vec<String>,
    /// The only types considered, `*` standing for any characters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed_instance_types: Vec<String>,
    /// Absent: both.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub instance_generations: Vec<InstanceGeneration>,
    /// Price protection for Spot: percent above the cheapest matching C, M or R type's Spot price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spot_max_price_percentage_over_lowest_price: Option<PercentAbove>,
    /// Price protection for On-Demand: percent above the cheapest matching current-generation C,
    /// M or R type. EC2's default of 20 is not applied: what users saw contradicts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_demand_max_price_percentage_over_lowest_price: Option<PercentAbove>,
    /// Price protection for Spot: percent of that type's On-Demand price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_spot_price_as_percentage_of_optimal_on_demand_price: Option<PercentAbove>,
    /// Absent: excluded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bare_metal: Option<Inclusion>,
    /// T2, T3, T3a, T4g. Absent: excluded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub burstable_performance: Option<Inclusion>,
    /// Kept, and not applied: the catalogue does not know which types can hibernate.
    #[serde(skip_serializing_if = "is_false")]
    pub require_hibernate_support: bool,
    /// Network interfaces (ENIs) that a type can have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_interface_count: Option<Range>,
    /// Instance store. Absent: included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_storage: Option<Inclusion>,
    /// Absent: both.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub local_storage_types: Vec<LocalStorageType>,
    /// GB of instance store.
    #[serde(rename = "totalLocalStorageGB", skip_serializing_if = "Option::is_none")]
    pub total_local_storage_gb: Option<MilliRange>,
    /// Mbps of EBS that a type always gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline_ebs_bandwidth_mbps: Option<Range>,
    /// Absent: any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accelerator_types: Vec<AcceleratorType>,
    /// Accelerators of a type; `max` 0 leaves out all that have any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accelerator_count: Option<Range>,
    /// Absent: any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accelerator_manufacturers: Vec<AcceleratorManufacturer>,
    /// Absent: any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accelerator_names: Vec<AcceleratorName>,
    /// MiB of memory of all accelerators together.
    #[serde(rename = "acceleratorTotalMemoryMiB", skip_serializing_if = "Option::is_none")]
    pub accelerator_total_memory_mib: Option<Range>,
    /// Gbps that the network always gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_bandwidth_gbps: Option<MilliRange>,
}

/// `included`, `required` or `excluded`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Inclusion {
    Included,
    Required,
    Excluded,
}

/// Who makes the processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum CpuManufacturer {
    Intel,
    Amd,
    AmazonWebServices,
}

/// `CurrentGeneration` of DescribeInstanceTypes, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum InstanceGeneration {
    Current,
    Previous,
}

/// What the instance store is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum LocalStorageType {
    Hdd,
    Ssd,
}

/// What an accelerator does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum AcceleratorType {
    Gpu,
    Fpga,
    Inference,
}

/// Who makes the accelerator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum AcceleratorManufacturer {
    AmazonWebServices,
    Amd,
    Nvidia,
    Xilinx,
    Habana,
}

/// The accelerators that the API can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum AcceleratorName {
    A100,
    Inferentia,
    K520,
    K80,
    M60,
    RadeonProV520,
    T4,
    Vu9p,
    V100,
    A10g,
    H100,
    T4g,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}
