//! The resources that ECS counts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A resource that a task takes of an instance, or a rule that acts like one.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Resource {
    /// CPU units.
    Cpu,
    /// MiB.
    Memory,
    /// Network interfaces of tasks in `awsvpc` mode.
    Eni,
    /// Whole GPUs.
    Gpu,
    /// A static port of the instance.
    Port,
    /// `distinctInstance`: one task of the service on an instance.
    DistinctInstance,
}

impl Resource {
    /// As people say it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cpu => "CPU",
            Self::Memory => "memory",
            Self::Eni => "ENI",
            Self::Gpu => "GPU",
            Self::Port => "port",
            Self::DistinctInstance => "distinctInstance",
        }
    }
}
