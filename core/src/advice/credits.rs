//! CPU credits of burstable types: what they give for good, and what is paid beyond it.
//!
//! Baselines and the surcharge of unlimited mode are those of the EC2 User Guide, burstable
//! performance instances. Tasks are taken to use all the CPU that they reserve, which is the most
//! that the surcharge can be.

use crate::plan::Supply;
use crate::report::{Fleet, InstanceGroup};
use eniac_catalog::{CpuUnits, NanoUsdPerHour};

/// What a vCPU-hour beyond the baseline costs: x86, and T4g.
const SURCHARGE_X86: u64 = 50_000_000;
const SURCHARGE_ARM: u64 = 40_000_000;

/// How much of each vCPU a burstable size gives for good, in percent.
fn baseline_percent(size: &str) -> u64 {
    match size {
        "nano" => 5,
        "micro" => 10,
        "small" | "medium" => 20,
        "large" => 30,
        _ => 40,
    }
}

/// Burstable instances whose tasks reserve more CPU than the baseline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Credits {
    /// How many instances.
    pub(super) instances: u64,
    /// CPU units that their tasks reserve together.
    pub(super) reserved: u64,
    /// CPU units that they give for good.
    pub(super) baseline: u64,
    /// What is paid an hour if tasks use all they reserve.
    pub(super) surcharge: NanoUsdPerHour,
    /// The type of most of them.
    pub(super) instance_type: String,
}

/// What the burstable instances of a fleet lack.
pub(super) fn credits(fleet: &Fleet, supply: &Supply<'_>) -> Credits {
    let mut all = Credits::default();
    let mut most = 0;
    for group in &fleet.groups {
        let Some((baseline, each)) = over_baseline(group, supply) else { continue };
        let count = u64::from(group.count);
        all.instances += count;
        all.reserved += group.used_cpu * count;
        all.baseline += baseline * count;
        all.surcharge = all.surcharge.plus(each.times(count));
        if group.count > most {
            most = group.count;
            all.instance_type.clone_from(&group.instance_type);
        }
    }
    all
}

/// The baseline of one instance in CPU units, and the surcharge; `None` where it is enough.
fn over_baseline(group: &InstanceGroup, supply: &Supply<'_>) -> Option<(u64, NanoUsdPerHour)> {
    let mut instances = supply.instances.iter();
    let facts = instances.find(|it| it.facts.name == group.instance_type)?.facts;
    if !facts.burstable {
        return None;
    }
    let baseline = facts.cpu_units().0 * baseline_percent(facts.size()) / 100;
    let over = group.used_cpu.checked_sub(baseline).filter(|over| *over > 0)?;
    let rate = if facts.family() == "t4g" { SURCHARGE_ARM } else { SURCHARGE_X86 };
    Some((baseline, NanoUsdPerHour(over * rate / CpuUnits::PER_VCPU)))
}
