//! Section by section what a task definition comes to, and what ECS refuses.

use super::*;
use serde_json::{Value, json};

fn sized(host: Host, definition: &Value) -> Result<Demand, Vec<(String, String)>> {
    let text = json!({ "services": [
        { "name": "s", "desiredCount": 1, "taskDefinition": definition }
    ]});
    let reading = crate::scenario::read(&text.to_string()).expect("a scenario");
    assert_eq!(reading.diagnostics, [], "{definition}");
    let definition = &reading.scenario.services[0].task_definition;
    let found = |d: Diagnostic| (d.code, d.path);
    match size(definition, host, "task") {
        Ok((demand, _)) => Ok(demand),
        Err(diagnostics) => Err(diagnostics.into_iter().map(found).collect()),
    }
}

/// `(cpu, memory, enis, gpus, static ports)` on EC2 instances.
#[track_caller]
fn check(definition: &Value, expected: (u64, u64, u32, u32, &[u16])) {
    let demand = sized(Host::ContainerInstances, definition).expect("a demand");
    let ports: Vec<u16> = demand.host_ports.iter().map(|(_, port)| *port).collect();
    let (cpu, memory) = (demand.cpu.0, demand.memory.0);
    assert_eq!((cpu, memory, demand.enis, demand.gpus, ports.as_slice()), expected);
}

#[track_caller]
fn check_refused(host: Host, definition: &Value, code: &str, path: &str) {
    let refused = sized(host, definition).expect_err("a diagnostic");
    assert!(refused.contains(&(code.to_owned(), path.to_owned())), "{refused:?}");
}

#[test]
fn task_level_figures_win_over_containers() {
    check(&json!({ "cpu": 512, "memory": 1024 }), (512, 1024, 0, 0, &[]));
    check(&json!({ "cpu": "512", "memory": "1 GB" }), (512, 1024, 0, 0, &[]));
    check(
        &json!({ "cpu": 1024, "memory": 1536,
                 "containerDefinitions": [{ "cpu": 768, "memory": 1024 }] }),
        (1024, 1536, 0, 0, &[]),
    );
}

#[test]
fn containers_add_up_with_the_soft_limit_where_there_is_one() {
    check(
        &json!({ "containerDefinitions": [
            { "cpu": 256, "memory": 512 },
            { "cpu": 128, "memory": 1024, "memoryReservation": 256 },
            { "memoryReservation": 64 } ]}),
        (384, 832, 0, 0, &[]),
    );
}

#[test]
fn windows_counts_containers_only() {
    let windows = json!({ "cpu": 2048, "memory": 4096,
        "runtimePlatform": { "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE" },
        "containerDefinitions": [{ "cpu": 512, "memory": 2048 }] });
    check(&windows, (512, 2048, 0, 0, &[]));
    check_refused(
        Host::ManagedInstances,
        &windows,
        "task.windowsOnManagedInstances",
        "task.runtimePlatform.operatingSystemFamily",
    );
}

#[test]
fn gpus_of_all_containers_add_up() {
    let gpu = json!([{ "type": "GPU", "value": "1" }]);
    check(
        &json!({ "cpu": 512, "memory": 1024, "containerDefinitions": [
            { "resourceRequirements": gpu }, { "resourceRequirements": gpu } ]}),
        (512, 1024, 0, 2, &[]),
    );
}

#[test]
fn only_static_ports_count_and_only_where_the_instance_is_shared() {
    let with = |mode: &str, mapping: Value| {
        json!({ "cpu": 128, "memory": 64, "networkMode": mode,
                "containerDefinitions": [{ "portMappings": [mapping] }] })
    };
    let fixed = json!({ "containerPort": 5000, "hostPort": 5000 });
    check(&with("bridge", fixed.clone()), (128, 64, 0, 0, &[5000]));
    check(&with("bridge", json!({ "containerPort": 5000 })), (128, 64, 0, 0, &[]));
    check(&with("bridge", json!({ "containerPort": 80, "hostPort": 0 })), (128, 64, 0, 0, &[]));
    check(&with("host", json!({ "containerPort": 80 })), (128, 64, 0, 0, &[80]));
    check(&with("awsvpc", fixed.clone()), (128, 64, 1, 0, &[]));
    check(&with("none", fixed), (128, 64, 0, 0, &[]));
}

#[test]
fn network_mode_defaults_by_host() {
    let definition = json!({ "cpu": 512, "memory": 1024 });
    for (host, enis) in [(Host::ManagedInstances, 1), (Host::ContainerInstances, 0)] {
        assert_eq!(sized(host, &definition).expect("a demand").enis, enis);
    }
}

#[test]
fn what_ecs_would_refuse_is_named() {
    let ec2 = Host::ContainerInstances;
    for (host, definition, code, path) in [
        (ec2, json!({}), "task.noCpu", "task.cpu"),
        (ec2, json!({ "cpu": 512 }), "task.noMemory", "task.memory"),
        (ec2, json!({ "cpu": 0, "memory": 512 }), "task.cpuTooSmall", "task.cpu"),
        (ec2, json!({ "cpu": 2, "memory": 512 }), "task.cpuTooSmall", "task.cpu"),
        (ec2, json!({ "cpu": 512, "memory": 0 }), "task.memoryTooSmall", "task.memory"),
        (
            ec2,
            json!({ "cpu": 512, "containerDefinitions": [{ "cpu": 1 }] }),
            "task.noMemory",
            "task.containerDefinitions[0].memory",
        ),
        (
            ec2,
            json!({ "cpu": 512, "memory": 64, "containerDefinitions": [{ "memory": 65 }] }),
            "task.containersOverMemory",
            "task.memory",
        ),
        (
            ec2,
            json!({ "cpu": 512, "memory": 64, "containerDefinitions": [{ "cpu": 513 }] }),
            "task.containersOverCpu",
            "task.cpu",
        ),
        (
            ec2,
            json!({ "containerDefinitions": [{ "memory": 64, "memoryReservation": 64 }] }),
            "task.hardNotAboveSoft",
            "task.containerDefinitions[0].memory",
        ),
        (
            Host::ManagedInstances,
            json!({ "cpu": 512, "memory": 64, "networkMode": "bridge" }),
            "task.networkModeOnManagedInstances",
            "task.networkMode",
        ),
        (
            ec2,
            json!({ "cpu": 512, "memory": 64, "runtimePlatform": {
                "cpuArchitecture": "ARM64", "operatingSystemFamily": "WINDOWS" } }),
            "task.windowsOnArm",
            "task.runtimePlatform.cpuArchitecture",
        ),
    ] {
        check_refused(host, &definition, code, path);
    }
}
