//! Files as people have them, in `tests/imports`: each folder is one import. What must come out of
//! them, and what must be said.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]

use eniac_core::scenario::document;
use eniac_interop::{ImportSettings, InputFile, import};
use serde_json::{Value as Json, json};
use std::path::Path;

/// Imports a folder: the paths have the values, and each part is in something that was said.
fn check(folder: &str, answers: &[(&str, &str)], values: &[(&str, Json)], parts: &[&str]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/imports").join(folder);
    let entries = std::fs::read_dir(&folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read(path).unwrap())
    };
    let read: Vec<(String, Vec<u8>)> = paths.iter().map(read).collect();
    let files: Vec<InputFile<'_>> =
        read.iter().map(|(name, bytes)| InputFile { name, bytes }).collect();
    let answers = answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let settings = ImportSettings { answers: answers.collect(), ..ImportSettings::default() };
    let made = import(&files, &settings);
    let note = |note: &eniac_interop::Note| {
        format!("{:?} {}:{:?} {}: {}", note.kind, note.file, note.line, note.subject, note.message)
    };
    let asked = made
        .questions
        .iter()
        .map(|it| format!("Asked {} for {}: {}", it.expression, it.needed_for, it.because));
    let said: Vec<String> = made.notes.iter().map(note).chain(asked).collect();
    for (path, value) in values {
        let got = document::get(&made.scenario, path).unwrap_or(&Json::Null);
        assert_eq!(got, value, "{path} in {:#}", made.scenario);
    }
    for part in parts {
        assert!(said.iter().any(|said| said.contains(part)), "{part} in {said:#?}");
    }
}

#[test]
fn a_template_of_cdk() {
    let values = [
        ("zones", json!(2)),
        ("capacity.autoScalingGroup.instanceTypes", json!(["m6i.xlarge"])),
        ("capacity.autoScalingGroup.maxSize", json!(12)),
        ("capacity.autoScalingGroup.managedScaling.targetCapacity", json!(90)),
        ("capacity.autoScalingGroup.storageConfiguration.storageSizeGiB", json!(60)),
        ("capacityProviders[0].name", json!("AsgCapacityProvider")),
        ("services[0].name", json!("ApiService")),
        (
            "services[0].capacityProviderStrategy",
            json!([{ "capacityProvider": "AsgCapacityProvider", "weight": 1 }]),
        ),
        ("services[0].autoScaling.maxCapacity", json!(24)),
        ("services[0].autoScaling.scalingPolicies[0].targetTracking.targetValue", json!(60)),
        ("services[0].desiredCount", json!(4)),
        ("services[0].loadBalancers[0].targetType", json!("instance")),
        ("services[0].placementStrategy[1].type", json!("binpack")),
        ("services[0].taskDefinition.containerDefinitions[0].memoryReservation", json!(768)),
        ("services[0].taskDefinition.containerDefinitions[1].cpu", json!(128)),
        ("services[1].name", json!("label-worker")),
        ("services[1].taskDefinition.memory", json!(2048)),
        ("services[2]", Json::Null),
    ];
    let parts = [
        "2 subnets: one in each zone is assumed",
        "desiredCount is not said: 4, its auto scaling's least",
        "6 resources without a say in capacity: AWS::CDK::Metadata",
    ];
    check("cdk-harbour-tracking", &[], &values, &parts);
}

#[test]
fn a_template_whose_conditions_nobody_has_decided() {
    let values = [
        ("name", json!("lending-prod")),
        ("region", json!("eu-west-2")),
        ("zones", json!(3)),
        ("capacity.managedInstances.instanceRequirements.vCpuCount", json!({"min": 2, "max": 16})),
        ("capacity.managedInstances.storageConfiguration.storageSizeGiB", json!(80)),
        ("services[0].name", json!("quote")),
        ("services[0].desiredCount", json!(6)),
        ("services[0].taskDefinition.memory", json!(3072)),
        ("services[1].taskDefinition.memory", json!("8 GB")),
        ("services[2].name", json!("scoring")),
    ];
    let parts = [
        "Asked HasProdScoring for ScoringTask: whether it exists",
        "Asked LedgerCount for LedgerService: desiredCount",
        "the nested stack is not fetched",
        "1 resource without a say in capacity: AWS::Logs::LogGroup",
    ];
    check("cloudformation-lumen-lending", &[], &values, &parts);
    let answers = [("ScoringEnabled", "no"), ("LedgerCount", "3"), ("Environment", "staging")];
    let values = [
        ("services[0].desiredCount", json!(1)),
        ("services[0].taskDefinition.cpu", json!(256)),
        ("services[1].desiredCount", json!(3)),
        ("services[2]", Json::Null),
    ];
    let parts = ["left out: its condition HasProdScoring does not hold"];
    check("cloudformation-lumen-lending", &answers, &values, &parts);
}

#[test]
fn answers_of_the_command_line() {
    let values = [
        ("name", json!("fjord")),
        ("region", json!("eu-north-1")),
        ("zones", json!(3)),
        ("containerInstances[2].instanceType", json!("m6i.large")),
        ("containerInstances[2].availabilityZone", json!("eu-north-1c")),
        ("daemons[0].name", json!("node-agent")),
        ("daemons[0].taskDefinition.containerDefinitions[0].memory", json!(128)),
        ("services[0].name", json!("booking")),
        ("services[0].launchType", json!("EC2")),
        ("services[0].desiredCount", json!(5)),
        ("services[0].taskDefinition.containerDefinitions[0].cpu", json!(512)),
        ("services[1]", Json::Null),
    ];
    let parts = [
        "service/fjord/timetable: ECS did not give this: MISSING",
        "which 3 tasks it runs is not among the files",
    ];
    check("describe-fjord-ferries", &[], &values, &parts);
}

#[test]
fn compose_files_laid_over_each_other() {
    let shop = |key: &str| format!("services[0].taskDefinition.containerDefinitions[0].{key}");
    let (cpu, memory, port) = (shop("cpu"), shop("memory"), shop("portMappings[0].hostPort"));
    let values = [
        ("services[0].desiredCount", json!(4)),
        (cpu.as_str(), json!(512)),
        (memory.as_str(), json!(640)),
        (port.as_str(), Json::Null),
        ("services[1].taskDefinition.runtimePlatform.cpuArchitecture", json!("ARM64")),
        ("services[2].placementConstraints[0].type", json!("distinctInstance")),
        (
            "services[2].taskDefinition.containerDefinitions[0].portMappings",
            json!([{ "containerPort": 53, "hostPort": 53, "protocol": "udp" }]),
        ),
        ("services[3]", Json::Null),
        ("daemons[0].name", json!("metrics")),
    ];
    let parts = [
        "Asked OVEN_MEMORY",
        "this is laid over what is there",
        "the published port 8080 is left to a load balancer",
        "its CPU limit is left out",
        "Compose runs it only where one of its profiles is asked for",
    ];
    check("compose-maple-bakery", &[], &values, &parts);
    let oven = "services[1].taskDefinition.containerDefinitions[0].memory";
    let answers = [("OVEN_MEMORY", "300m"), ("REPLICAS", "7")];
    let values = [(oven, json!(300)), ("services[0].desiredCount", json!(7))];
    check("compose-maple-bakery", &answers, &values, &[]);
}
