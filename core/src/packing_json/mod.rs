//! A packing problem as a JSON document, and its plan as another: the solver without the planner.
//!
//! For benches, for checkers written elsewhere, and for whoever packs things that ECS does not
//! know. The document says what one task needs and what tasks may use of an instance; nothing
//! here knows of the catalogue, overheads or fees. Format 1:
//!
//! ```json
//! { "schema": 1, "name": "two services", "azs": 3,
//!   "services": [{ "id": "web", "count": 30, "cpu": 256, "mem": 512, "eni": 1, "gpu": 0,
//!                  "arch": ["x86_64", "arm64"], "distinct": false, "spread": true },
//!                { "id": "jobs", "count": 4, "cpu": 4096, "mem": 8192, "arch": ["arm64"] }],
//!   "anti_affinity": [[0, 1]],
//!   "types": [{ "name": "c7g.2xlarge", "arch": "arm64", "cpu": 8192, "mem": 15155, "eni": 3,
//!               "gpu": 0, "price_micro": 290000 }] }
//! ```
//!
//! `cpu` counts 1/1024 of a vCPU, `mem` MiB, `price_micro` 10^-6 USD an hour. Every type can be
//! had in any number, in each of the `azs` zones, at the same price.

mod answer;
mod reading;
mod record;
#[cfg(test)]
mod tests;

pub use answer::{PackError, PackingAnswer, PackingPattern, PackingProgress, pack};
pub use reading::read;
pub use record::Unreadable;

use crate::packing::Problem;

/// The format that is read.
pub const SCHEMA: u64 = 1;
/// At most so many services.
pub const MAX_SERVICES: usize = 1000;
/// At most so many instance types.
pub const MAX_TYPES: usize = 10_000;
/// At most so many pairs of services that may not share an instance.
pub const MAX_PAIRS: usize = 10_000;
/// At most so many tasks of a service.
pub const MAX_COUNT: u32 = 10_000_000;
/// At most so many CPU units, MiB, ENIs, GPUs of a task or an instance.
pub const MAX_AMOUNT: u64 = 1_000_000_000_000;
/// At most so many zones: one bit each of an offer's zones.
pub const MAX_ZONES: usize = 16;
/// The document may be this long, in bytes.
pub const MAX_TEXT: usize = 16 << 20;

/// A document that was read: the problem in numbers, and the names of its indices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackingProblem {
    /// What the document calls itself; may be empty.
    pub name: String,
    /// The problem.
    pub problem: Problem,
    /// For each demand, the service's `id`.
    pub services: Vec<String>,
    /// For each offer, the type's `name`.
    pub types: Vec<String>,
    /// What was passed over, as sentences that name the field.
    pub warnings: Vec<String>,
}
