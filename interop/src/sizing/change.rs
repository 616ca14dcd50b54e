//! Another size for a task, its containers in step: the task's own figure where it has one, else its
//! containers' together, as placement counts them. What ECS would refuse is no size.

use crate::usage::SizedResource;
use eniac_core::report::Change;
use eniac_core::scenario::{ContainerDefinition, Cpu, Memory, TaskDefinition, document};
use eniac_core::task::{Host, size};
use serde_json::Value as Json;

/// The least that a container can be given: ECS API, `ContainerDefinition.memory`.
const LEAST_CONTAINER_MEMORY: u64 = 6;

/// A definition, and what one task of it takes of a resource.
pub(super) struct Task<'a> {
    definition: &'a TaskDefinition,
    /// Where the service or daemon stands.
    path: &'a str,
    resource: SizedResource,
    reserved: u64,
}

impl<'a> Task<'a> {
    /// `None` where ECS would refuse the definition as it is, or where it reserves nothing.
    pub(super) fn of(
        definition: &'a TaskDefinition,
        path: &'a str,
        resource: SizedResource,
    ) -> Option<Self> {
        let reserved = reserved(definition, resource).filter(|amount| *amount > 0)?;
        Some(Self { definition, path, resource, reserved })
    }

    pub(super) fn reserved(&self) -> u64 {
        self.reserved
    }

    /// What makes a task of this size; empty where it has it already. `None` where no such
    /// definition would be taken.
    pub(super) fn changes(&self, wanted: u64, scenario: &Json) -> Option<Vec<Change>> {
        if wanted == self.reserved {
            return Some(Vec::new());
        }
        let mut definition = self.definition.clone();
        let mut changes = Changes { scenario, path: self.path, all: Vec::new() };
        let scaled = |amount: u64| {
            let scaled = u128::from(amount) * u128::from(wanted) / u128::from(self.reserved);
            u32::try_from(scaled).ok()
        };
        let wanted_amount = u32::try_from(wanted).ok()?;
        match self.resource {
            SizedResource::Cpu => {
                let amounts = definition.container_definitions.iter().map(|it| it.cpu);
                let mut amounts: Vec<Option<u32>> =
                    amounts.map(|cpu| cpu.and_then(|cpu| scaled(cpu.units().0))).collect();
                if definition.cpu.is_some() {
                    definition.cpu = Some(Cpu::new(wanted_amount)?);
                    changes.set("cpu", wanted_amount);
                } else {
                    give_rest(&mut amounts, wanted_amount);
                }
                let containers = definition.container_definitions.iter_mut();
                for (place, (container, amount)) in containers.zip(amounts).enumerate() {
                    if let Some(amount) = amount {
                        container.cpu = Some(Cpu::new(amount)?);
                        changes.set(&format!("containerDefinitions[{place}].cpu"), amount);
                    }
                }
            }
            SizedResource::Memory => {
                let has_own = definition.memory.is_some();
                if has_own {
                    definition.memory = Some(Memory::new(wanted_amount)?);
                    changes.set("memory", wanted_amount);
                }
                memory(
                    &mut definition.container_definitions,
                    &scaled,
                    (!has_own).then_some(wanted_amount),
                    &mut changes,
                )?;
            }
        }
        let is_taken = reserved(&definition, self.resource) == Some(wanted);
        is_taken.then_some(changes.all)
    }
}

/// What placement subtracts; `None` where ECS would refuse the definition.
fn reserved(definition: &TaskDefinition, resource: SizedResource) -> Option<u64> {
    let (demand, _) = size(definition, Host::ContainerInstances, "").ok()?;
    Some(match resource {
        SizedResource::Cpu => demand.cpu.0,
        SizedResource::Memory => demand.memory.0,
    })
}

/// Soft and hard limits in step; what placement counts of a container is the soft one, if it has it.
fn memory(
    containers: &mut [ContainerDefinition],
    scaled: &dyn Fn(u64) -> Option<u32>,
    sum: Option<u32>,
    changes: &mut Changes<'_>,
) -> Option<()> {
    let least = u32::try_from(LEAST_CONTAINER_MEMORY).ok()?;
    let amount = |memory: Option<Memory>| {
        memory.and_then(|it| scaled(it.mib().0)).map(|amount| amount.max(least))
    };
    let mut counted: Vec<Option<u32>> =
        containers.iter().map(|it| amount(it.memory_reservation.or(it.memory))).collect();
    if let Some(sum) = sum {
        give_rest(&mut counted, sum);
    }
    for (place, (container, counted)) in containers.iter_mut().zip(counted).enumerate() {
        let path = format!("containerDefinitions[{place}]");
        let Some(counted) = counted else { continue };
        if container.memory_reservation.is_some() {
            container.memory_reservation = Some(Memory::new(counted)?);
            changes.set(&format!("{path}.memoryReservation"), counted);
            if let Some(hard) = amount(container.memory) {
                let hard = hard.max(counted.saturating_add(1));
                container.memory = Some(Memory::new(hard)?);
                changes.set(&format!("{path}.memory"), hard);
            }
        } else {
            container.memory = Some(Memory::new(counted)?);
            changes.set(&format!("{path}.memory"), counted);
        }
    }
    Some(())
}

/// What rounding down has left goes to the largest, so that the sum is what is wanted.
fn give_rest(amounts: &mut [Option<u32>], wanted: u32) {
    let sum = amounts.iter().flatten().fold(0_u32, |sum, it| sum.saturating_add(*it));
    let largest = amounts.iter_mut().flatten().max_by_key(|amount| **amount);
    if let Some(largest) = largest {
        *largest =
            (*largest + wanted.saturating_sub(sum)).saturating_sub(sum.saturating_sub(wanted));
    }
}

/// Changes under way, with what stands now.
struct Changes<'a> {
    scenario: &'a Json,
    path: &'a str,
    all: Vec<Change>,
}

impl Changes<'_> {
    fn set(&mut self, field: &str, after: u32) {
        let path = format!("{}.taskDefinition.{field}", self.path);
        let before = document::get(self.scenario, &path).cloned().unwrap_or(Json::Null);
        self.all.push(Change { path, before, after: after.into() });
    }
}
