//! What can leave a type out, by the API's names, in the order in which it is applied.

/// One reason to leave a type out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "an attribute of the API is explained where it is a field")]
pub enum Attribute {
    /// The region does not offer it.
    Region,
    /// No zone that is used offers it.
    Zones,
    /// ECS runs no tasks on its processor.
    CpuArchitecture,
    /// Managed Instances do not list its family.
    ManagedInstancesFamily,
    /// Managed Instances list types with more than one vCPU.
    MoreThanOneVcpu,
    /// The Auto Scaling group does not name it.
    InstanceTypes,
    VCpuCount,
    MemoryMib,
    CpuManufacturers,
    MemoryGibPerVCpu,
    ExcludedInstanceTypes,
    AllowedInstanceTypes,
    InstanceGenerations,
    BareMetal,
    BurstablePerformance,
    NetworkInterfaceCount,
    LocalStorage,
    LocalStorageTypes,
    TotalLocalStorageGb,
    BaselineEbsBandwidthMbps,
    AcceleratorTypes,
    AcceleratorCount,
    AcceleratorManufacturers,
    AcceleratorNames,
    AcceleratorTotalMemoryMib,
    NetworkBandwidthGbps,
    /// The daemons or the system leave nothing for tasks.
    Daemons,
    /// No On-Demand price is known.
    Price,
    /// No Spot price is known, or it cannot be Spot.
    SpotPrice,
    /// No Reserved price is known.
    ReservedPrice,
    OnDemandMaxPricePercentageOverLowestPrice,
    SpotMaxPricePercentageOverLowestPrice,
    MaxSpotPriceAsPercentageOfOptimalOnDemandPrice,
}

impl Attribute {
    /// All of them, in the order in which they are applied: what is needed for the prices of
    /// price protection comes before it.
    pub const ALL: [Self; 33] = [
        Self::Region,
        Self::Zones,
        Self::CpuArchitecture,
        Self::ManagedInstancesFamily,
        Self::MoreThanOneVcpu,
        Self::InstanceTypes,
        Self::VCpuCount,
        Self::MemoryMib,
        Self::CpuManufacturers,
        Self::MemoryGibPerVCpu,
        Self::ExcludedInstanceTypes,
        Self::AllowedInstanceTypes,
        Self::InstanceGenerations,
        Self::BareMetal,
        Self::BurstablePerformance,
        Self::NetworkInterfaceCount,
        Self::LocalStorage,
        Self::LocalStorageTypes,
        Self::TotalLocalStorageGb,
        Self::BaselineEbsBandwidthMbps,
        Self::AcceleratorTypes,
        Self::AcceleratorCount,
        Self::AcceleratorManufacturers,
        Self::AcceleratorNames,
        Self::AcceleratorTotalMemoryMib,
        Self::NetworkBandwidthGbps,
        Self::Daemons,
        Self::Price,
        Self::SpotPrice,
        Self::ReservedPrice,
        Self::OnDemandMaxPricePercentageOverLowestPrice,
        Self::SpotMaxPricePercentageOverLowestPrice,
        Self::MaxSpotPriceAsPercentageOfOptimalOnDemandPrice,
    ];

    /// The attribute's name in the API, or eniac's own for what is none.
    pub fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Zones => "zones",
            Self::CpuArchitecture => "cpuArchitecture",
            Self::ManagedInstancesFamily => "managedInstancesFamily",
            Self::MoreThanOneVcpu => "moreThanOneVcpu",
            Self::InstanceTypes => "instanceTypes",
            Self::VCpuCount => "vCpuCount",
            Self::MemoryMib => "memoryMiB",
            Self::CpuManufacturers => "cpuManufacturers",
            Self::MemoryGibPerVCpu => "memoryGiBPerVCpu",
            Self::ExcludedInstanceTypes => "excludedInstanceTypes",
            Self::AllowedInstanceTypes => "allowedInstanceTypes",
            Self::InstanceGenerations => "instanceGenerations",
            Self::BareMetal => "bareMetal",
            Self::BurstablePerformance => "burstablePerformance",
            Self::NetworkInterfaceCount => "networkInterfaceCount",
            Self::LocalStorage => "localStorage",
            Self::LocalStorageTypes => "localStorageTypes",
            Self::TotalLocalStorageGb => "totalLocalStorageGB",
            Self::BaselineEbsBandwidthMbps => "baselineEbsBandwidthMbps",
            Self::AcceleratorTypes => "acceleratorTypes",
            Self::AcceleratorCount => "acceleratorCount",
            Self::AcceleratorManufacturers => "acceleratorManufacturers",
            Self::AcceleratorNames => "acceleratorNames",
            Self::AcceleratorTotalMemoryMib => "acceleratorTotalMemoryMiB",
            Self::NetworkBandwidthGbps => "networkBandwidthGbps",
            Self::Daemons => "daemons",
            Self::Price => "price",
            Self::SpotPrice => "spotPrice",
            Self::ReservedPrice => "reservedPrice",
            Self::OnDemandMaxPricePercentageOverLowestPrice => {
                "onDemandMaxPricePercentageOverLowestPrice"
            }
            Self::SpotMaxPricePercentageOverLowestPrice => "spotMaxPricePercentageOverLowestPrice",
            Self::MaxSpotPriceAsPercentageOfOptimalOnDemandPrice => {
                "maxSpotPriceAsPercentageOfOptimalOnDemandPrice"
            }
        }
    }
}
