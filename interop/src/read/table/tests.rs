//! Tables as people have them, and the law that what eniac writes it reads.

use crate::account::NoteKind;
use crate::export::{ExportFormat, export_scenario};
use crate::import::{Format, Import, ImportSettings, import};
use crate::input::InputFile;
use eniac_core::scenario::{self, Scenario};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn imported(text: &str) -> Import {
    import(
        &[InputFile { name: "services.csv", bytes: text.as_bytes() }],
        &ImportSettings::default(),
    )
}

/// Each service as name, count, CPU and memory.
fn check(text: &str, expected: &[(&str, Json, Json, Json)]) {
    let got = imported(text);
    assert_eq!(got.files[0].format, Some(Format::ServicesTable), "{text}");
    let services: Vec<(String, Json, Json, Json)> = got.scenario["services"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let task = &it["taskDefinition"];
            let name = it["name"].as_str().unwrap().to_owned();
            (name, it["desiredCount"].clone(), task["cpu"].clone(), task["memory"].clone())
        })
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(name, count, cpu, memory)| {
            ((*name).to_owned(), count.clone(), cpu.clone(), memory.clone())
        })
        .collect();
    assert_eq!(services, expected, "{text}");
}

#[test]
fn tables_are_read_as_people_write_them() {
    check(
        "name,cpu,memory,count\nweb,512,1024,24\napi,1024,3072,12\n",
        &[
            ("web", json!(24), json!(512), json!(1024)),
            ("api", json!(12), json!(1024), json!(3072)),
        ],
    );
    check(
        "Service;vCPU;Memory (GB);Replicas\r\nweb;0,5;1,5;1.200\r\n",
        &[("web", json!(1200), json!("0.5 vCPU"), json!("1.5 GB"))],
    );
    check(
        "Memory (MiB)\tCPU units\tService name\tOwner\n1,024\t256\t\"web, public\"\tteam-a\n",
        &[("web, public", json!(1), json!(256), json!(1024))],
    );
    check(
        "name,cpu,memory,count\na,256,512,2\nb,0.5,1.5,1\n",
        &[
            ("a", json!(2), json!(256), json!(512)),
            ("b", json!(1), json!("0.5 vCPU"), json!("1.5 GB")),
        ],
    );
    check(
        "Dienst;Anzahl;vCPU;Speicher (GB)\nweb;4;0,25;0,5\nworker;1.200;2;4,0\nSumme;1.204;2,5;5,5\n",
        &[
            ("web", json!(4), json!("0.25 vCPU"), json!("0.5 GB")),
            ("worker", json!(1200), json!("2 vCPU"), json!("4 GB")),
        ],
    );
    check(
        "name,cpu,memory,tasks\nweb,0.5 vCPU,1 GB,3\nworker,250 m,512 MiB,2\n",
        &[
            ("web", json!(3), json!("0.5 vCPU"), json!("1 GB")),
            ("worker", json!(2), json!("250 m"), json!("512 MiB")),
        ],
    );
    check(
        "name,cpu,memory,count\nweb,0.5,2,3\napi,4,16,1\n",
        &[
            ("web", json!(3), json!("0.5 vCPU"), json!("2 GB")),
            ("api", json!(1), json!("4 vCPU"), json!("16 GB")),
        ],
    );
    check(
        "web,512,1024,3\napi,256,512,1\n",
        &[("web", json!(3), json!(512), json!(1024)), ("api", json!(1), json!(256), json!(512))],
    );
}

#[test]
fn titles_sums_and_empty_rows_are_passed_over_and_told() {
    let text = "Our services,,,\n\nService,CPU units,Memory (MiB),Desired\nweb,512,1024,24\n,,,\n\
                api,256,512,2\nTotal,768,1536,26\n";
    check(
        text,
        &[("web", json!(24), json!(512), json!(1024)), ("api", json!(2), json!(256), json!(512))],
    );
    let notes = imported(text).notes;
    let told = |line: u32, part: &str| {
        notes.iter().any(|note| note.line == Some(line) && note.message.contains(part))
    };
    assert!(told(1, "above the names"), "{notes:?}");
    assert!(told(7, "row of sums"), "{notes:?}");
}

#[test]
fn what_is_supposed_or_wrong_is_told_with_its_line() {
    let told = |text: &str, kind: NoteKind, line: u32, part: &str| {
        let notes = imported(text).notes;
        let found = notes.iter().any(|note| {
            note.kind == kind && note.line == Some(line) && note.message.contains(part)
        });
        assert!(found, "{part}: {notes:#?}");
    };
    let header = "name,cpu,memory,count,owner";
    told("web,512,1024,3", NoteKind::Assumed, 1, "no row names the columns");
    told(&format!("{header}\nweb,512,1024,3,me"), NoteKind::LeftOut, 1, "owner");
    told(&format!("{header}\nweb,2,1024,3,me"), NoteKind::Assumed, 2, "vCPUs are assumed");
    told(&format!("{header}\nweb,512,1024,3\nweb,1,2,3"), NoteKind::Assumed, 3, "a row already");
    told(
        &format!("{header}\nweb,many,1024,3"),
        NoteKind::Problem,
        2,
        "many is not an amount of CPU",
    );
    told(&format!("{header}\n,512,1024,3"), NoteKind::Assumed, 2, "no name");
    told(
        "name;cpu;memory;count\nweb;512;\"1,024\";3",
        NoteKind::Assumed,
        2,
        "1,024 is read as 1024",
    );
    told("name,cpu,memory\nweb,512,1024", NoteKind::Assumed, 2, "desiredCount is not said");
}

#[test]
fn other_columns_become_the_definition() {
    let text = "service,cpu units,memory mib,count,arch,os,network mode,gpu,ports\n\
                web,512,1024,3,Graviton,Linux,AWSVPC,1,\"8080, 53/udp 80:8081\"\n\
                api,512,1024,3,any,,-,0,n/a\n";
    let scenario = imported(text).scenario;
    assert_eq!(
        scenario["services"][0]["taskDefinition"],
        json!({
            "cpu": 512,
            "memory": 1024,
            "networkMode": "awsvpc",
            "runtimePlatform": { "cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX" },
            "containerDefinitions": [{
                "resourceRequirements": [{ "value": 1, "type": "GPU" }],
                "portMappings": [
                    { "containerPort": 8080 },
                    { "containerPort": 53, "protocol": "udp" },
                    { "containerPort": 8081, "hostPort": 80 }
                ]
            }]
        })
    );
    assert_eq!(scenario["services"][1]["taskDefinition"], json!({ "cpu": 512, "memory": 1024 }));
}

#[test]
fn prose_and_other_languages_are_no_tables() {
    for text in [
        "Dear all,\nplease look, it is 1, 2, 3.\n",
        "resource \"aws_ecs_service\" \"web\" {\n  cpu = 256\n  memory = 512\n}\n",
        "services:\n  web:\n    image: web\n    cpu: 256\n",
        "a,b\n1,2\n",
        "2024-01-01,12,13,14\nTotal",
    ] {
        assert_ne!(imported(text).files[0].format, Some(Format::ServicesTable), "{text}");
    }
}

fn services() -> impl Strategy<Value = Json> {
    let ports =
        prop::collection::vec((1_u32..65536, prop::option::of(1_u32..65536), any::<bool>()), 0..3);
    let architecture = prop::option::of(prop::sample::select(vec!["X86_64", "ARM64"]));
    let mode = prop::option::of(prop::sample::select(vec!["awsvpc", "bridge", "host"]));
    let name = "[a-zA-Z0-9=+@'\",; -]{1,12}|total|sum|cpu|n/a";
    (name, 0_u32..5000, 128_u32..4096, 6_u32..100_000, architecture, mode, 0_u32..5, ports)
        .prop_map(|(name, count, cpu, memory, architecture, mode, gpus, ports)| {
            let mut task = json!({ "cpu": cpu, "memory": memory });
            if let Some(architecture) = architecture {
                task["runtimePlatform"] = json!({ "cpuArchitecture": architecture });
            }
            if let Some(mode) = mode {
                task["networkMode"] = json!(mode);
            }
            let mut container = json!({});
            if gpus > 0 {
                container["resourceRequirements"] = json!([{ "type": "GPU", "value": gpus }]);
            }
            let mappings: Vec<Json> = ports
                .into_iter()
                .map(|(port, host, udp)| {
                    let mut mapping = json!({ "containerPort": port });
                    if let Some(host) = host {
                        mapping["hostPort"] = json!(host);
                    }
                    if udp {
                        mapping["protocol"] = json!("udp");
                    }
                    mapping
                })
                .collect();
            if !mappings.is_empty() {
                container["portMappings"] = json!(mappings);
            }
            if container != json!({}) {
                task["containerDefinitions"] = json!([container]);
            }
            json!({ "name": name, "desiredCount": count, "taskDefinition": task })
        })
}

fn typed(scenario: &Json) -> Scenario {
    scenario::read(&scenario.to_string()).unwrap().scenario
}

proptest! {
    #[test]
    fn what_is_written_is_read(rows in prop::collection::btree_map("[a-z]{1,3}", services(), 1..8)) {
        // Each name once: the key makes them differ.
        let rows: Vec<Json> = rows.into_iter().map(|(key, mut row)| {
            let name = row["name"].as_str().unwrap().to_owned();
            row["name"] = json!(if ["total", "sum"].contains(&name.as_str()) && key == "a" { name } else { format!("{name}{key}") });
            row
        }).collect();
        let scenario = typed(&json!({ "services": rows }));
        let written = export_scenario(&scenario, ExportFormat::ServicesCsv).text;
        let read = imported(&written);
        prop_assert_eq!(&read.files[0].format, &Some(Format::ServicesTable));
        prop_assert_eq!(typed(&read.scenario).services, scenario.services, "{}", written);
    }

    #[test]
    fn no_table_panics(text in "(name|cpu|memory|total|[0-9.,;\"'\t\n =-]|web){0,60}") {
        imported(&format!("name,cpu,memory\n{text}"));
        imported(&text);
    }
}
