//! Compose files as people have them, as a scenario.

use super::amounts::{cpu_units, mebibytes};
use crate::{ImportSettings, InputFile, import};
use serde_json::{Value as Json, json};

fn check(text: &str, answers: &[(&str, &str)], values: &[(&str, Json)], parts: &[&str]) {
    let file = InputFile { name: "compose.yaml", bytes: text.as_bytes() };
    let answers = answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let settings = ImportSettings { answers: answers.collect(), ..ImportSettings::default() };
    let made = import(&[file], &settings);
    for (path, value) in values {
        let got = eniac_core::scenario::document::get(&made.scenario, path);
        assert_eq!(got.unwrap_or(&Json::Null), value, "{path} in {made:#?}");
    }
    let asked = made.questions.iter().map(|it| format!("Asked {}: {}", it.expression, it.because));
    let said: Vec<String> = made.notes.iter().map(|it| it.message.clone()).chain(asked).collect();
    for part in parts {
        assert!(said.iter().any(|said| said.contains(part)), "{part} in {said:#?}");
    }
}

#[test]
fn amounts_are_composes() {
    let check = |text: &str, cpu: Option<u64>, memory: Option<u64>| {
        assert_eq!((cpu_units(text), mebibytes(text)), (cpu, memory), "{text}");
    };
    check("0.50", Some(512), Some(0));
    check("2", Some(2048), Some(1));
    check(".25", Some(256), None);
    check("512m", None, Some(512));
    check("512MB", None, Some(512));
    check("1.5g", None, Some(1536));
    check("1073741825", None, Some(1025));
    check("many", None, None);
    check("99999999999999999999", None, None);
}

#[test]
fn ports_of_the_host_are_the_instances_own() {
    check(
        "services:\n  dns:\n    network_mode: host\n    mem_limit: 64m\n    ports: ['53:53/udp']\n",
        &[],
        &[("services[0].taskDefinition.networkMode", json!("host"))],
        &["the port is the instance's own"],
    );
}

const FILE: &str = "\
x-size: &size
  resources:
    limits: { cpus: '0.50', memory: 512M }
    reservations: { cpus: '0.25', memory: 256M }
services:
  web:
    image: shop/web:${TAG:-latest}
    ports: ['8080:80', '127.0.0.1:9000:9000/udp', '3000-3005']
    deploy:
      <<: *size
      replicas: ${WEB_REPLICAS}
  worker:
    build: .
    platform: linux/arm64
    cpus: 1.5
    mem_limit: 1g
    scale: 3
    depends_on: [web]
  agent:
    deploy: { mode: global, resources: { reservations: { memory: 64m } } }
  train:
    mem_reservation: 4g
    deploy:
      resources:
        reservations:
          devices: [{ driver: nvidia, count: 2, capabilities: [gpu] }]
  odd:
    mem_limit: plenty
";

#[test]
fn services_become_services() {
    check(
        FILE,
        &[("WEB_REPLICAS", "5")],
        &[
            ("services[0].name", json!("web")),
            ("services[0].desiredCount", json!(5)),
            ("services[0].taskDefinition.containerDefinitions[0].cpu", json!(256)),
            ("services[0].taskDefinition.containerDefinitions[0].memory", json!(512)),
            ("services[0].taskDefinition.containerDefinitions[0].memoryReservation", json!(256)),
            (
                "services[0].taskDefinition.containerDefinitions[0].portMappings",
                json!([{ "containerPort": 80 }, { "containerPort": 9000, "protocol": "udp" }]),
            ),
            ("services[1].desiredCount", json!(3)),
            ("services[1].taskDefinition.containerDefinitions[0].cpu", json!(1536)),
            ("services[1].taskDefinition.runtimePlatform.cpuArchitecture", json!("ARM64")),
            (
                "services[2].taskDefinition.containerDefinitions[0].resourceRequirements",
                json!([{ "type": "GPU", "value": 2 }]),
            ),
            ("services[2].desiredCount", json!(1)),
            ("daemons[0].name", json!("agent")),
        ],
        &["a range of ports", "memory: plenty is no amount", "its CPU limit is taken"],
    );
}

#[test]
fn variables_are_asked_for() {
    check(FILE, &[], &[("services[0].desiredCount", json!(1))], &["Asked WEB_REPLICAS"]);
}
