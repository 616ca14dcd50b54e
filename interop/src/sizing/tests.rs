//! Sizes from usage in every form in which it comes.

use super::*;
use crate::import::{Format, Import, import};
use crate::input::InputFile;
use eniac_core::scenario::document;
use serde_json::json;

fn imported(files: &[(&str, String)]) -> Import {
    let files: Vec<InputFile<'_>> =
        files.iter().map(|(name, text)| InputFile { name, bytes: text.as_bytes() }).collect();
    import(&files, &ImportSettings::default())
}

fn scenario() -> (&'static str, String) {
    let service = |name: &str| json!({ "name": name, "desiredCount": 2, "taskDefinition": { "cpu": 1024, "memory": "2 GB" } });
    (
        "scenario.json",
        json!({ "version": 1, "services": [service("web"), service("web-admin")] }).to_string(),
    )
}

/// Of each suggestion: service, resource, statistic and size.
fn check(files: &[(&str, String)], expected: &[(&str, SizedResource, &str, u64)]) -> Import {
    let files = [&[scenario()], files].concat();
    let got = imported(&files);
    let sizes: Vec<(&str, SizedResource, &str, u64)> = got
        .suggestions
        .iter()
        .filter_map(|it| {
            Some((it.service.as_str(), it.resource, it.statistic.as_deref()?, it.suggested?))
        })
        .collect();
    assert_eq!(sizes, expected, "{:#?} {:#?}", got.suggestions, got.notes);
    let usage = got.files.iter().skip(1);
    assert!(usage.clone().all(|file| file.format == Some(Format::Usage)), "{:?}", got.files);
    got
}

use SizedResource::{Cpu, Memory};

fn event(minute: u64, cpu: f64, memory: u64) -> String {
    json!({
        "Version": "0", "Type": "Task", "TaskId": "0f1e", "ServiceName": "web",
        "ClusterName": "shop", "Timestamp": 1_767_225_600_000_u64 + minute * 60_000,
        "CpuUtilized": cpu, "CpuReserved": 1024.0, "MemoryUtilized": memory, "MemoryReserved": 2048,
    })
    .to_string()
}

#[test]
fn events_are_samples() {
    let mut lines: Vec<String> =
        (1..=100).map(|it| event(it, it as f64 * 2.0 + 0.5, 300 + it)).collect();
    lines.push(
        json!({ "Type": "Container", "CpuUtilized": 900.0, "ServiceName": "web" }).to_string(),
    );
    lines.push("{ cut".to_owned());
    let got = check(
        &[("events.log", lines.join("\n"))],
        &[("web", Cpu, "p95", 256), ("web", Memory, "maximum", 512)],
    );
    let cpu = &got.suggestions[0];
    // p95 is the 95th of 100 samples: 190.5, rounded up; with 20 % on top 229.2.
    let p95 = cpu.seen.iter().find(|it| it.statistic == "p95").unwrap();
    assert_eq!((p95.value, cpu.samples, cpu.reserved), (191, Some(100), 1024));
    assert_eq!(cpu.from.as_deref(), Some("2026-01-01T00:01Z"));
    assert_eq!(cpu.to.as_deref(), Some("2026-01-01T01:40Z"));
    let path = "services[0].taskDefinition.memory".to_owned();
    assert_eq!(
        got.suggestions[1].changes,
        [Change { path, before: json!("2 GB"), after: json!(512) }]
    );
    // Nothing is applied.
    assert_eq!(got.scenario["services"][0]["taskDefinition"]["cpu"], json!(1024));
    for part in ["1 events of containers", "1 events cannot be read"] {
        assert!(got.notes.iter().any(|it| it.message.contains(part)), "{:#?}", got.notes);
    }
    let list = format!("[{}]", lines[..100].join(","));
    check(&[("events.json", list)], &[("web", Cpu, "p95", 256), ("web", Memory, "maximum", 512)]);
    let as_messages: Vec<Json> = lines.iter().map(|it| json!({ "message": it })).collect();
    let answer = json!({ "events": as_messages, "searchedLogStreams": [] }).to_string();
    check(&[("answer.json", answer)], &[("web", Cpu, "p95", 256), ("web", Memory, "maximum", 512)]);
}

#[test]
fn too_little_gives_no_size() {
    let few: Vec<String> = (1..=5).map(|it| event(it, 10.0, 100)).collect();
    let got = check(&[("events.log", few.join("\n"))], &[]);
    assert!(got.suggestions.iter().all(|it| it.text.contains("5 samples are too few")));
    let rows = "ServiceName,avg(CpuUtilized),avg(MemoryUtilized),\"pct(MemoryUtilized, 90)\"\nweb,20,300,400\n";
    let got = check(&[("insights.csv", rows.to_owned())], &[]);
    assert!(got.suggestions[0].text.contains("an average says nothing of the peaks"));
    assert!(got.suggestions[1].text.contains("the maximum or p99 is needed"));
    let got =
        check(&[("insights.csv", "ServiceName,max(CpuUtilized)\nnobody,20\n".to_owned())], &[]);
    assert!(got.notes.iter().any(|it| it.message.contains("no service of the scenario")));
    let alone = imported(&[("insights.csv", "ServiceName,max(CpuUtilized)\nweb,20\n".to_owned())]);
    assert!(alone.notes.iter().any(|it| it.message.contains("there are no services")));
}

#[test]
fn results_of_logs_insights_are_statistics() {
    let rows = "bin(1h),ServiceName,\"pct(CpuUtilized, 95)\",max(MemoryUtilized),count(*)\n\
                2026-01-01 00:00:00.000,web,200.4,900,60\n2026-01-01 01:00:00.000,web,400.2,700,60\n";
    let sizes = [("web", Cpu, "p95", 512), ("web", Memory, "maximum", 1088)];
    let got = check(&[("insights.csv", rows.to_owned())], &sizes);
    assert!(
        got.suggestions[0].text.contains("the highest of 2 times"),
        "{}",
        got.suggestions[0].text
    );
    assert_eq!(got.suggestions[0].samples, Some(120));
    let field = |name: &str, value: &str| json!({ "field": name, "value": value });
    let results = json!({ "status": "Complete", "results": [[
        field("ServiceName", "web"), field("cpu_p95", "400.2"), field("memory_max", "900"),
    ]] });
    check(&[("insights.json", results.to_string())], &sizes);
}

#[test]
fn metrics_are_joined_with_their_queries() {
    let query = |id: &str, namespace: &str, metric: &str, stat: &str| {
        json!({ "Id": id, "MetricStat": {
            "Metric": { "Namespace": namespace, "MetricName": metric, "Dimensions": [
                { "Name": "ClusterName", "Value": "shop" }, { "Name": "ServiceName", "Value": "web" }] },
            "Period": 300, "Stat": stat } })
    };
    let queries = json!({ "MetricDataQueries": [
        query("m1", "AWS/ECS", "CPUUtilization", "p95"), query("m2", "AWS/ECS", "MemoryUtilization", "Maximum"),
        query("m3", "AWS/ECS", "MemoryUtilization", "Sum")] });
    let result = |id: &str, label: &str, values: &[f64]| {
        json!({ "Id": id, "Label": label, "StatusCode": "Complete", "Values": values,
            "Timestamps": ["2026-01-01T00:05:00+00:00", "2026-01-01T00:00:00+00:00"] })
    };
    let answer = json!({ "MetricDataResults": [
        result("m1", "CPUUtilization", &[30.0, 41.5]), result("m2", "MemoryUtilization", &[50.0, 20.0]),
        result("m3", "MemoryUtilization", &[500.0])] });
    // 41.5 % of 1024 is 425; half of 2048 MiB is 1024.
    let sizes = [("web", Cpu, "p95", 512), ("web", Memory, "maximum", 1280)];
    let files = [("data.json", answer.to_string()), ("queries.json", queries.to_string())];
    let got = check(&files, &sizes);
    assert_eq!(got.suggestions[0].from.as_deref(), Some("2026-01-01T00:00:00+00:00"));
    assert!(got.notes.iter().any(|it| it.message.contains("Sum says nothing")), "{:#?}", got.notes);
    let got = check(&files[..1], &[]);
    assert!(
        got.notes.iter().any(|it| it.message.contains("add the file of its MetricDataQueries"))
    );
    let labelled = json!({ "MetricDataResults": [
        result("a", "web CpuUtilized p95", &[425.0]), result("b", "web MemoryUtilized Maximum", &[1024.0])] });
    check(&[("data.json", labelled.to_string())], &sizes);
}

#[test]
fn statistics_without_a_service_take_it_from_the_file() {
    let points = json!({ "Label": "MemoryUtilization", "Datapoints": [
        { "Timestamp": "2026-01-01T00:00:00Z", "Maximum": 50.0, "Unit": "Percent" },
        { "Timestamp": "2026-01-01T01:00:00Z", "ExtendedStatistics": { "p99": 40.0 }, "Unit": "Percent" }] });
    check(
        &[("web-admin-memory.json", points.to_string())],
        &[("web-admin", Memory, "maximum", 1280)],
    );
    let got = check(&[("memory.json", points.to_string())], &[]);
    assert!(got.notes.iter().any(|it| it.message.contains("call the file by its service")));
}

/// Whatever its containers say, the changed definition takes what was suggested, and is one that ECS
/// takes.
#[test]
fn containers_stay_in_step() {
    let check = |definition: Json, expected: &[(&str, u64)]| {
        let document = json!({ "version": 1, "services": [
            { "name": "web", "desiredCount": 1, "taskDefinition": definition }] });
        let rows = "ServiceName,\"pct(CpuUtilized, 95)\",max(MemoryUtilized)\nweb,200,400\n";
        let got =
            imported(&[("scenario.json", document.to_string()), ("usage.csv", rows.to_owned())]);
        let changes: Vec<(String, u64)> = got
            .suggestions
            .iter()
            .flat_map(|it| &it.changes)
            .map(|it| {
                (it.path.replace("services[0].taskDefinition.", ""), it.after.as_u64().unwrap())
            })
            .collect();
        let expected: Vec<(String, u64)> =
            expected.iter().map(|(path, after)| ((*path).to_owned(), *after)).collect();
        assert_eq!(changes, expected, "{:#?}", got.suggestions);
        let mut resized = document;
        for change in got.suggestions.iter().flat_map(|it| &it.changes) {
            document::set(&mut resized, &change.path, Some(change.after.clone()));
        }
        let task = scenario::read(&resized.to_string()).unwrap().scenario.services[0]
            .task_definition
            .clone();
        let (demand, _) =
            eniac_core::task::size(&task, eniac_core::task::Host::ContainerInstances, "").unwrap();
        assert_eq!((demand.cpu.0, demand.memory.0), (256, 512));
    };
    check(json!({ "cpu": 1024, "memory": 2048 }), &[("cpu", 256), ("memory", 512)]);
    check(json!({ "cpu": 256, "memory": 512 }), &[]);
    check(
        json!({ "cpu": 1024, "memory": 2048, "containerDefinitions": [
            { "name": "app", "cpu": 900, "memory": 1800, "memoryReservation": 1500 },
            { "name": "proxy", "cpu": 124, "memory": 248 }] }),
        &[
            ("cpu", 256),
            ("containerDefinitions[0].cpu", 225),
            ("containerDefinitions[1].cpu", 31),
            ("memory", 512),
            ("containerDefinitions[0].memoryReservation", 375),
            ("containerDefinitions[0].memory", 450),
            ("containerDefinitions[1].memory", 62),
        ],
    );
    check(
        json!({ "containerDefinitions": [
            { "name": "app", "cpu": 100, "memoryReservation": 100 }, { "name": "proxy", "cpu": 33, "memory": 33 }] }),
        &[
            ("containerDefinitions[0].cpu", 193),
            ("containerDefinitions[1].cpu", 63),
            ("containerDefinitions[0].memoryReservation", 385),
            ("containerDefinitions[1].memory", 127),
        ],
    );
}
