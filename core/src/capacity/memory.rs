//! How much memory an instance has for tasks.
//!
//! The hypervisor and the guest's kernel keep a part of what is advertised; the catalogue knows
//! what a Bottlerocket guest was measured to see, and the other systems differ from that by a
//! nearly constant amount. Sources: measurements of guest-visible memory by the Karpenter project
//! (Bottlerocket, 2023); ECS agent, `getHostMemoryInMiB`: the agent registers `MemTotal` less
//! `ECS_RESERVED_MEMORY`, which is 0 unless set.

use crate::scenario::MemoryModel;
use eniac_catalog::{InstanceType, MiB};

/// An Amazon Linux 2 guest sees this much more than a Bottlerocket one (t3.medium: 3879, 3843).
const AL2_ABOVE_BOTTLEROCKET: u64 = 36;
/// An Amazon Linux 2023 guest sees this much less (t3.medium: 3795, 3843).
const AL2023_BELOW_BOTTLEROCKET: u64 = 48;

/// The memory of one instance, from the advertised size down to what tasks can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// What the guest sees.
    pub visible: MiB,
    /// Whether `visible` was worked out because nobody measured the type.
    pub estimated: bool,
    /// What the platform or the agent keeps of it.
    pub reserved: MiB,
    /// What is left.
    pub usable: MiB,
}

/// The memory that an instance registers under a model, less `reserve`.
pub fn registered_memory(instance: &InstanceType, model: MemoryModel, reserve: MiB) -> Memory {
    let (visible, estimated) = visible(instance, model);
    less(visible, estimated, reserve)
}

/// The memory that a Windows instance registers: 8191 MiB of an m4.large's 8192. Source: ECS
/// Developer Guide, memory management.
pub(super) fn windows_memory(instance: &InstanceType, reserve: MiB) -> Memory {
    less(MiB(instance.memory.0.saturating_sub(1)), false, reserve)
}

fn less(visible: MiB, estimated: bool, reserve: MiB) -> Memory {
    Memory {
        visible,
        estimated,
        reserved: MiB(reserve.0.min(visible.0)),
        usable: MiB(visible.0.saturating_sub(reserve.0)),
    }
}

fn visible(instance: &InstanceType, model: MemoryModel) -> (MiB, bool) {
    let advertised = instance.memory;
    if model == MemoryModel::Advertised {
        return (advertised, false);
    }
    let (bottlerocket, estimated) = match instance.visible_memory {
        Some(measured) => (measured, false),
        None => (least_visible(advertised), true),
    };
    let visible = match model {
        MemoryModel::Al2 => (bottlerocket.0 + AL2_ABOVE_BOTTLEROCKET).min(advertised.0),
        MemoryModel::Al2023 => bottlerocket.0.saturating_sub(AL2023_BELOW_BOTTLEROCKET),
        MemoryModel::Managed | MemoryModel::Bottlerocket | MemoryModel::Advertised => {
            bottlerocket.0
        }
    };
    (MiB(visible), estimated)
}

/// A lower estimate of what a guest sees where nobody measured it: 200 MiB and 6 % below the
/// advertised size. Of 981 measured Nitro types, one (vt1.3xlarge) sees less.
fn least_visible(advertised: MiB) -> MiB {
    MiB(advertised.0.saturating_sub(200 + (advertised.0 * 6).div_ceil(100)))
}
