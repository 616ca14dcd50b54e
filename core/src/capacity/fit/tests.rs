//! How many tasks fit, row by row, and laws of counting.

use super::*;
use crate::capacity::{Platform, Rules, measure};
use crate::scenario::{MemoryModel, NetworkMode, OperatingSystemFamily, Protocol};
use eniac_catalog::{Catalog, CpuUnits, InstanceType, MiB};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn instance_type(name: &str) -> InstanceType {
    let catalog = Catalog::embedded().expect("the embedded catalogue");
    let id = catalog.find(name).expect("a type");
    catalog.get(id).expect("a type").clone()
}

fn demand(cpu: u64, memory: u64, mode: NetworkMode) -> Demand {
    Demand {
        cpu: CpuUnits(cpu),
        memory: MiB(memory),
        enis: u32::from(mode == NetworkMode::Awsvpc),
        gpus: 0,
        host_ports: BTreeSet::new(),
        architectures: Platform::ALL.map(|platform| platform.architecture).into(),
        operating_system: OperatingSystemFamily::Linux,
        network_mode: mode,
        network_mode_stated: true,
    }
}

fn allocatable(name: &str, memory_model: MemoryModel, trunking: bool) -> Allocatable {
    let instance = instance_type(name);
    let platform = Platform::ALL.into_iter().find(|p| p.runs_on(&instance)).expect("a platform");
    let reserved_memory = MiB(if memory_model == MemoryModel::Managed { 313 } else { 0 });
    let rules = Rules { memory_model, reserved_memory, trunking, daemons: Vec::new() };
    measure(&instance, platform, &rules)
}

use MemoryModel::{Al2, Al2023, Bottlerocket, Managed};
use NetworkMode::{Awsvpc, Bridge};
use Resource::{Cpu, Eni, Memory};

/// `(type, memory model, trunking)`, memory for tasks, `(cpu, memory, mode)`, tasks, binding.
type Row =
    ((&'static str, MemoryModel, bool), u64, (u64, u64, NetworkMode), u32, &'static [Resource]);

#[track_caller]
fn check(((name, model, trunking), memory, (cpu, mib, mode), tasks, binding): Row) {
    let instance = allocatable(name, model, trunking);
    assert!(instance.memory.0.abs_diff(memory) <= 1, "{name}: {} MiB", instance.memory.0);
    let fit = fit(&instance, &demand(cpu, mib, mode), false);
    assert_eq!((fit.tasks, fit.binding().as_slice()), (tasks, binding), "{name} {cpu}/{mib}");
}

/// The published vectors of placement fit; figures of the catalogue are whole MiB, so memory may
/// differ by one.
#[test]
fn published_vectors() {
    let rows: [Row; 20] = [
        (("t3.medium", Al2023, false), 3795, (512, 1024, Bridge), 3, &[Memory]),
        (("t3.medium", Al2, false), 3879, (512, 1024, Awsvpc), 2, &[Eni]),
        (("t3.medium", Al2023, false), 3795, (1024, 1024, Bridge), 2, &[Cpu]),
        (("t3.small", Al2023, false), 1869, (1024, 1536, Bridge), 1, &[Memory]),
        (("m5.large", Bottlerocket, false), 7633, (256, 512, Awsvpc), 2, &[Eni]),
        (("m5.large", Bottlerocket, true), 7633, (256, 512, Awsvpc), 8, &[Cpu]),
        (("m5.large", Bottlerocket, true), 7633, (128, 700, Awsvpc), 10, &[Memory, Eni]),
        (("t4g.small", Managed, true), 1538, (512, 1024, Awsvpc), 1, &[Memory]),
        (("t4g.medium", Managed, true), 3527, (1000, 3500, Awsvpc), 1, &[Memory]),
        (("t4g.large", Managed, true), 7505, (1000, 3500, Awsvpc), 2, &[Cpu, Memory, Eni]),
        (("r6g.large", Managed, true), 15463, (1000, 14000, Awsvpc), 1, &[Memory]),
        // The article's 30 tasks, type by type.
        (("t4g.medium", Managed, true), 3527, (512, 1024, Awsvpc), 2, &[Eni]),
        (("t4g.large", Managed, true), 7505, (512, 1024, Awsvpc), 2, &[Eni]),
        (("t4g.xlarge", Managed, true), 15463, (512, 1024, Awsvpc), 3, &[Eni]),
        (("c6g.large", Managed, true), 3503, (512, 1024, Awsvpc), 3, &[Memory]),
        (("m6g.large", Managed, true), 7427, (512, 1024, Awsvpc), 4, &[Cpu]),
        (("r6g.large", Managed, true), 15463, (512, 1024, Awsvpc), 4, &[Cpu]),
        (("im4gn.large", Managed, true), 7459, (512, 1024, Awsvpc), 4, &[Cpu]),
        (("im4gn.large", Managed, false), 7459, (512, 1024, Awsvpc), 2, &[Eni]),
        (("is4gen.large", Managed, false), 11407, (512, 1024, Awsvpc), 2, &[Eni]),
    ];
    rows.into_iter().for_each(check);
}

#[test]
fn enis_with_and_without_trunking() {
    for (name, without, with) in [
        ("c5.large", 2, 10),
        ("m6i.8xlarge", 7, 90),
        ("m5.8xlarge", 7, 60),
        ("t3a.small", 1, 1),
        ("g4dn.xlarge", 2, 2),
        ("m7i-flex.large", 2, 4),
        ("im4gn.large", 2, 10),
        ("i4i.32xlarge", 14, 498),
        ("p5.48xlarge", 1, 242),
    ] {
        let enis = |trunking| allocatable(name, Bottlerocket, trunking).enis;
        assert_eq!((enis(false), enis(true)), (without, with), "{name}");
    }
}

#[test]
fn a_static_port_or_distinct_instance_allows_one() {
    let instance = allocatable("m5.2xlarge", Bottlerocket, false);
    let mut with_port = demand(256, 512, Bridge);
    with_port.host_ports.insert((Protocol::Tcp, 5000));
    let one = fit(&instance, &with_port, false);
    assert_eq!((one.tasks, one.binding()), (1, vec![Resource::Port]));
    let distinct = fit(&instance, &demand(256, 512, Bridge), true);
    assert_eq!((distinct.tasks, distinct.binding()), (1, vec![Resource::DistinctInstance]));
    with_port.host_ports.insert((Protocol::Tcp, 22));
    assert_eq!(fit(&instance, &with_port, false).tasks, 0, "the agent holds port 22");
}

#[test]
fn daemons_are_taken_off_first() {
    let instance = instance_type("t4g.medium");
    let rules = |daemons| Rules {
        memory_model: Managed,
        reserved_memory: MiB(313),
        trunking: true,
        daemons,
    };
    let platform = Platform::ALL[1];
    let with = |daemon: Demand| measure(&instance, platform, &rules(vec![daemon]));
    let left = with(demand(128, 256, Awsvpc));
    assert_eq!((left.cpu.0, left.memory.0, left.enis), (1920, 3527 - 256, 1));
    let too_big = with(demand(128, 4096, Bridge));
    assert!(!too_big.daemons_fit && too_big.cpu.0 == 0);
    assert_eq!(fit(&too_big, &demand(1, 6, Bridge), false).tasks, 0);
}

#[test]
fn unmeasured_types_are_marked_and_estimated_low() {
    let measured = allocatable("t4g.small", Bottlerocket, false).registered;
    assert_eq!((measured.visible, measured.estimated), (MiB(1851), false));
    let estimated = allocatable("m8g.large", Bottlerocket, false).registered;
    assert_eq!((estimated.visible, estimated.estimated), (MiB(8192 - 200 - 492), true));
}

proptest! {
    /// As many as fit have room, one more has not, and every slack is what is left.
    #[test]
    fn counts_are_exact(
        cpu in 0u64..300_000, memory in 0u64..2_000_000, enis in 0u32..500, gpus in 0u32..16,
        task_cpu in 0u64..5000, task_memory in 1u64..50_000, awsvpc: bool, task_gpus in 0u32..3,
        distinct: bool,
    ) {
        let mut instance = allocatable("m5.large", Bottlerocket, false);
        (instance.cpu, instance.memory) = (CpuUnits(cpu), MiB(memory));
        (instance.enis, instance.gpus) = (enis, gpus);
        let mode = if awsvpc { Awsvpc } else { Bridge };
        let task = Demand { gpus: task_gpus, ..demand(task_cpu, task_memory, mode) };
        let fit = fit(&instance, &task, distinct);
        let holds = |tasks: u64| {
            tasks * task_cpu <= cpu
                && tasks * task_memory <= memory
                && tasks * u64::from(task.enis) <= u64::from(enis)
                && tasks * u64::from(task.gpus) <= u64::from(gpus)
                && (!distinct || tasks <= 1)
        };
        prop_assert!(holds(fit.tasks.into()));
        prop_assert!(!holds(u64::from(fit.tasks) + 1));
        prop_assert!(!fit.binding().is_empty());
        if let Some(limit) = fit.limit(Memory) {
            prop_assert_eq!(limit.slack, memory - u64::from(fit.tasks) * task_memory);
        }
    }
}
