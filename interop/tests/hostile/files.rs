//! Hostile files: what is given by mistake or out of malice, with what must be said of it.

use std::fmt::Write as _;

/// Files that are imported together, and what comes of them.
pub(crate) struct Case {
    pub(crate) title: &'static str,
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// A part of something that is said; empty where nothing need be.
    pub(crate) said: &'static str,
    /// How many services are in the scenario all the same.
    pub(crate) services: usize,
}

fn case(
    title: &'static str,
    name: &str,
    content: impl Into<Vec<u8>>,
    said: &'static str,
    services: usize,
) -> Case {
    Case { title, files: vec![(name.to_owned(), content.into())], said, services }
}

/// A service of the AWS command line's, with its definition.
fn service(name: &str, cpu: &str, count: &str) -> String {
    format!(
        r#"{{"serviceName": "{name}", "desiredCount": {count}, "taskDefinition":
           {{"cpu": {cpu}, "memory": 512, "containerDefinitions": [{{"name": "app"}}]}}}}"#
    )
}

fn answer(services: &[String]) -> String {
    format!("{{\"services\": [{}]}}", services.join(","))
}

/// Lists of nine references each to the list before: nine to the twelfth values.
fn bomb() -> String {
    let mut text = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (before, name) in ('a'..='k').zip('b'..='l') {
        let nine = vec![format!("*{before}"); 9].join(", ");
        let _ = writeln!(text, "{name}: &{name} [{nine}]");
    }
    text
}

fn locals(count: usize, value: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, at| {
        let _ = writeln!(text, "locals {{\n  v{at} = {}\n}}", value(at));
        text
    })
}

/// All of them.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = no_text();
    cases.extend(deep());
    cases.extend(numbers());
    cases.extend(large());
    cases
}

/// Files that are not text, or not the text that they seem to be.
fn no_text() -> Vec<Case> {
    vec![
        case("nothing", "a.json", "", "the file is empty", 0),
        case("a zip", "sheet.xlsx", &b"PK\x03\x04\x14\0\0\0"[..], "a zip archive", 0),
        case("gzip", "plan.json.gz", &b"\x1f\x8b\x08\0"[..], "compressed with gzip", 0),
        case(
            "no UTF-8",
            "a.tf",
            &b"resource \"x\" \"y\" {\n  name = \"\xe4\xff\"\n}\n"[..],
            "line 2",
            0,
        ),
        case("half of UTF-16", "a.csv", &b"\xff\xfe\x00\xd8n\0"[..], "begins as UTF-16", 0),
        case("zero bytes", "a.yaml", vec![0; 4096], "byte 0 is zero", 0),
        case("JSON cut off", "a.json", "{\"services\": [{\"serviceName\": \"a\"", "not JSON", 0),
        case(
            "prose",
            "a.txt",
            "Dear planner,\nplease run my services.\n",
            "none of the formats",
            0,
        ),
    ]
}

/// Values in values in values.
fn deep() -> Vec<Case> {
    let brackets = "[".repeat(200_000);
    let objects = "{\"services\":".repeat(100_000);
    let closed = format!("{}{}", "[".repeat(90), "]".repeat(90));
    vec![
        case("JSON 200,000 deep", "a.json", brackets.clone(), "more than 100 deep", 0),
        case("objects 100,000 deep", "a.json", objects, "more than 100 deep", 0),
        case("JSON 90 deep", "a.json", closed, "none of the formats", 0),
        case(
            "HCL 100,000 deep",
            "a.tf",
            format!("locals {{\n  a = {}\n}}\n", "[".repeat(100_000)),
            "",
            0,
        ),
        case(
            "HCL parentheses",
            "a.tf",
            format!("locals {{\n  a = {}1\n}}\n", "(".repeat(100_000)),
            "",
            0,
        ),
        case(
            "HCL signs",
            "a.tf",
            format!("locals {{\n  a = {}1\n}}\n", "!".repeat(100_000)),
            "",
            0,
        ),
        case("HCL blocks", "a.tf", "a {\n".repeat(50_000), "", 0),
        case("YAML 100,000 deep", "a.yaml", format!("Resources:\n  A: {brackets}\n"), "", 0),
        case("YAML indented", "a.yaml", indented(2_000), "", 0),
        case("YAML dashes", "a.yaml", format!("Resources: \n  {}\n", "- ".repeat(100_000)), "", 0),
        case(
            "an alias bomb",
            "a.yaml",
            format!("Resources:\n  {}\n", bomb().replace('\n', "\n  ")),
            "",
            0,
        ),
        case(
            "a Compose alias bomb",
            "compose.yaml",
            format!("{}services:\n  web: *l\n", bomb()),
            "",
            0,
        ),
        case(
            "texts that double",
            "a.tf",
            locals(60, |at| format!("\"${{local.v{}}}${{local.v{}}}\"", at + 1, at + 1)),
            "",
            0,
        ),
        case(
            "names in a ring",
            "a.tf",
            locals(2_000, |at| format!("local.v{}", (at + 1) % 2_000)),
            "",
            0,
        ),
    ]
}

fn indented(levels: usize) -> String {
    let mut text = "Resources:\n".to_owned();
    for level in 1..=levels {
        let _ = writeln!(text, "{}a:", " ".repeat(level));
    }
    text
}

/// Numbers that nothing can hold.
fn numbers() -> Vec<Case> {
    let long = format!("1{}", "0".repeat(100_000));
    let twenty = "10000000000000000000";
    vec![
        case(
            "1e999999 CPU",
            "a.json",
            answer(&[service("a", "1e999999", "1")]),
            "services[0].taskDefinition.cpu",
            1,
        ),
        case(
            "100,000 digits",
            "a.json",
            answer(&[service("a", &long, "1")]),
            "services[0].taskDefinition.cpu",
            1,
        ),
        case(
            "20 digits of tasks",
            "a.json",
            answer(&[service("a", "256", twenty)]),
            "services[0].desiredCount",
            1,
        ),
        case(
            "-1 tasks",
            "a.json",
            answer(&[service("a", "256", "-1")]),
            "services[0].desiredCount",
            1,
        ),
        case(
            "a scenario of 1e999999 zones",
            "a.json",
            "{\"version\": 1, \"zones\": 1e999999, \"services\": []}",
            "",
            0,
        ),
        case(
            "a count of 10^18",
            "a.tf",
            "resource \"aws_ecs_service\" \"a\" {\n  count = 1000000000000000000\n  name = \"a\"\n}\n",
            "",
            0,
        ),
    ]
}

/// Much of everything.
fn large() -> Vec<Case> {
    let megabyte = "x".repeat(1_000_000);
    let many = |count: usize, name: &dyn Fn(usize) -> String| {
        answer(&(0..count).map(|at| service(&name(at), "256", "1")).collect::<Vec<_>>())
    };
    let padded = format!(
        "{{\"padding\": \"{}\", {}",
        "y".repeat(5_000_000),
        &many(1, &|_| "a".to_owned())[1..]
    );
    let thousand = (0..1_100).map(|at| {
        let name = format!("s{at}");
        (format!("{name}.json"), answer(&[service(&name, "256", "1")]).into_bytes())
    });
    vec![
        case("5 MB of JSON", "a.json", padded, "the service a", 1),
        case("a name of 1 MB", "a.json", many(1, &|_| megabyte.clone()), "the service", 1),
        case(
            "a line of 1 MB",
            "a.csv",
            format!("name,cpu,memory,count\n{megabyte},1,1,1\n"),
            "",
            1,
        ),
        case("5,000 services", "a.json", many(5_000, &|at| format!("s{at}")), "", 5_000),
        case("5,000 of one name", "a.json", many(5_000, &|_| "a".to_owned()), "", 1),
        case(
            "20,000 services",
            "a.json",
            many(20_000, &|at| format!("s{at}")),
            "only the first 10000 are taken",
            10_000,
        ),
        Case {
            title: "1,100 files",
            files: thousand.collect(),
            said: "only the first 1000 files are read",
            services: 1_000,
        },
    ]
}
