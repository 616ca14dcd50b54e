//! Documents that are read, documents that are refused with a reason, and plans as data.

use super::{PackError, PackingAnswer, pack, read};
use crate::packing::Work;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::ops::ControlFlow;

fn small() -> Value {
    json!({
        "schema": 1, "name": "small", "azs": 3, "network": "awsvpc",
        "services": [
            { "id": "web", "count": 6, "cpu": 256, "mem": 512, "eni": 1, "gpu": 0,
              "arch": ["x86_64", "arm64"], "distinct": false, "spread": true },
            { "id": "jobs", "count": 2, "cpu": 2048.0, "mem": 4096, "arch": ["arm64"] },
        ],
        "anti_affinity": [[0, 1]],
        "types": [
            { "name": "m7g.large", "arch": "arm64", "cpu": 2048, "mem": 7577, "eni": 2, "gpu": 0,
              "price_micro": 81_600 },
            { "name": "m6i.large", "arch": "x86_64", "cpu": 2048, "mem": 7577, "eni": 2, "gpu": 0,
              "price_micro": 96_000 },
        ],
    })
}

/// `small` with one value replaced, or removed by a null.
fn with(path: &str, value: Value) -> String {
    let mut document = small();
    *document.pointer_mut(path).expect("a value to replace") = value;
    document.to_string()
}

fn packed(text: &str) -> Result<PackingAnswer, PackError> {
    let problem = read(text).expect("a problem");
    pack(&problem, Work::QUICK, &mut |_| ControlFlow::Continue(()))
}

#[test]
fn a_document_becomes_a_problem_and_a_plan() {
    let problem = read(&small().to_string()).expect("a problem");
    assert_eq!(problem.warnings, [] as [&str; 0]);
    assert_eq!(problem.services, ["web", "jobs"]);
    let (web, jobs) = (&problem.problem.demands[0], &problem.problem.demands[1]);
    assert_eq!((web.amounts, web.classes, web.spread), ([256, 512, 1, 0], 3, true));
    assert_eq!((jobs.amounts, jobs.classes, jobs.spread), ([2048, 4096, 0, 0], 2, false));
    let offer = &problem.problem.offers[0];
    assert_eq!((offer.class, offer.zones, offer.price.0), (2, 0b111, 81_600_000));

    let answer = packed(&small().to_string()).expect("a plan");
    // Two instances for the jobs, one in each zone for the web.
    assert_eq!((answer.cost_micro, answer.instances), (5 * 81_600, 5));
    assert!(answer.proven_optimal && answer.gap_millionths == 0);
    let told = serde_json::to_value(&answer).expect("JSON");
    assert_eq!(told["fleet"][0]["type"], "m7g.large");
    let tasks: u64 = told["fleet"].as_array().expect("patterns").iter().fold(0, |sum, pattern| {
        sum + pattern["tasks"]["web"].as_u64().unwrap_or(0)
            * pattern["copies"].as_u64().unwrap_or(0)
    });
    assert_eq!(tasks, 6);
    assert_eq!(told.get("warnings"), None);
}

/// `(where, what, parts of the error)`: each names the field, the value and what is needed.
#[test]
fn what_cannot_be_packed_is_refused_with_its_reason() {
    let long = "x".repeat(500);
    for (path, value, says) in [
        ("/schema", json!(2), &["schema: 2 stands here", "from 1 to 1"] as &[&str]),
        ("/schema", Value::Null, &["schema: is missing", "from 1 to 1"]),
        ("/azs", json!(0), &["azs: 0 stands here", "from 1 to 16"]),
        ("/azs", json!(17), &["azs: 17", "from 1 to 16"]),
        ("/azs", json!(1.5), &["azs: 1.5"]),
        ("/name", json!(7), &["name: 7 stands here: a text is needed"]),
        ("/services", json!({}), &["services: an object stands here: a list"]),
        ("/services/0", json!([]), &["services[0]: a list of 0", "an object with id, count"]),
        ("/services/0/id", json!(""), &["services[0].id", "not empty"]),
        (
            "/services/1/id",
            json!("web"),
            &["services[1].id: \"web\" is already that of services[0]"],
        ),
        ("/services/0/count", json!(-1), &["services[0].count: -1", "from 0 to 10000000 (tasks)"]),
        ("/services/0/count", json!(10_000_001), &["services[0].count: 10000001"]),
        ("/services/0/count", json!("6"), &["services[0].count: \"6\" stands here"]),
        ("/services/0/count", json!(1e300), &["services[0].count: 1e", "300"]),
        ("/services/0/cpu", Value::Null, &["services[0].cpu: is missing", "1024 is one vCPU"]),
        ("/services/0/cpu", json!(0.5), &["services[0].cpu: 0.5", "a whole number"]),
        ("/services/0/mem", json!(u64::MAX), &["services[0].mem: 18446744073709551615"]),
        (
            "/services/0/arch",
            json!([]),
            &["services[0].arch: a list of 0", "\"x86_64\" or \"arm64\""],
        ),
        ("/services/0/arch", json!("arm64"), &["services[0].arch: \"arm64\"", "a list of"]),
        ("/services/0/arch", json!(["arm"]), &["services[0].arch[0]: \"arm\"", "\"arm64\""]),
        ("/services/0/spread", json!(1), &["services[0].spread: 1", "true or false"]),
        ("/services/0/id", json!([long]), &["services[0].id: a list of 1"]),
        ("/types/1/name", json!("m7g.large"), &["types[1].name", "types[0]"]),
        ("/types/0/arch", json!(long), &["types[0].arch", "x…\""]),
        ("/types/0/price_micro", json!(-0.5), &["types[0].price_micro: -0.5"]),
        ("/types/0/price_micro", json!(1e13), &["types[0].price_micro", "9007199254740"]),
        ("/anti_affinity/0", json!([0, 2]), &["anti_affinity[0][1]: 2", "from 0 to 1"]),
        ("/anti_affinity/0", json!([-1, 0]), &["anti_affinity[0][0]: -1"]),
        ("/anti_affinity/0", json!([0]), &["anti_affinity[0]: a list of 1"]),
        ("/anti_affinity/0", json!([1, 1]), &["anti_affinity[0]: names service jobs (1) twice"]),
    ] {
        let error = read(&with(path, value)).expect_err(path).to_string();
        for part in says {
            assert!(error.contains(part), "{path}: {error:?} does not say {part:?}");
        }
        assert!(error.len() < 250, "{error}");
    }
    for (text, says) in [
        ("", "not JSON"),
        ("{\"schema\":1,\"azs\":NaN}", "not JSON"),
        ("[]", "a list of 0 stands here: an object"),
        ("null", "null stands here: an object"),
        ("{\"schema\":1}", "services: is missing"),
    ] {
        let error = read(text).expect_err(text).to_string();
        assert!(error.contains(says), "{text}: {error}");
    }
    let many: Vec<Value> = (0..1001).map(|_| json!({})).collect();
    let error = read(&with("/services", json!(many))).expect_err("too many").to_string();
    assert!(error.contains("services: has 1001 entries: at most 1000"), "{error}");
    let error = read(&" ".repeat(super::MAX_TEXT + 1)).expect_err("too long").to_string();
    assert!(error.contains("16777217 bytes; at most 16777216"), "{error}");
}

#[test]
fn an_unknown_field_is_passed_over_with_a_warning() {
    let mut document = small();
    document["services"][0]["memory"] = json!(512);
    document["coment"] = json!("what");
    let answer = packed(&document.to_string()).expect("a plan");
    assert_eq!(answer.warnings.len(), 2, "{:?}", answer.warnings);
    assert!(answer.warnings[1].starts_with("services[0].memory is no field here and is ignored"));
    document = small();
    let fields = document["services"][0].as_object_mut().expect("a service");
    fields.extend((0..100).map(|at| (format!("field {at}"), json!(0))));
    assert!(packed(&document.to_string()).expect("a plan").warnings.len() <= 20);
}

#[test]
fn what_has_no_plan_says_why() {
    let error = packed(&with("/services/1/cpu", json!(4096))).expect_err("too large");
    assert_eq!(error, PackError::Unpackable(vec!["jobs".to_owned()]));
    assert!(error.to_string().contains("no type holds even one task of jobs"), "{error}");
    let dear = with("/types/0/price_micro", json!(9_007_199_254_740_u64));
    assert_eq!(packed(&dear).expect_err("too dear"), PackError::TooDear);
}

#[test]
fn nothing_to_pack_is_a_plan() {
    let nothing = json!({ "schema": 1, "services": [], "types": [] }).to_string();
    let answer = packed(&nothing).expect("a plan");
    assert!(answer.proven_optimal && answer.fleet.is_empty() && answer.cost_micro == 0);
}

#[test]
fn a_watch_sees_the_progress_and_ends_the_search() {
    let text = with("/services/0/count", json!(77));
    let problem = read(&text).expect("a problem");
    let mut seen = Vec::new();
    let whole = pack(&problem, Work::QUICK, &mut |progress| {
        seen.push(progress);
        ControlFlow::Continue(())
    });
    let whole = whole.expect("a plan");
    let last = seen.last().expect("progress");
    assert!(last.cost_micro == Some(whole.cost_micro), "{last:?}");
    assert!(last.lower_bound_micro <= whole.lower_bound_micro);
    let mut asked = 0;
    let ended = pack(&problem, Work::QUICK, &mut |_| {
        asked += 1;
        ControlFlow::Break(())
    });
    let ended = ended.expect("a plan");
    assert_eq!(asked, 1);
    assert!(ended.lower_bound_micro <= whole.cost_micro && ended.cost_micro >= whole.cost_micro);
}

/// Places in `small` where anything may stand.
const PLACES: [&str; 14] = [
    "/schema",
    "/azs",
    "/services",
    "/services/0",
    "/services/0/count",
    "/services/0/cpu",
    "/services/0/eni",
    "/services/0/arch",
    "/services/1/id",
    "/anti_affinity",
    "/anti_affinity/0/0",
    "/types/0",
    "/types/0/mem",
    "/types/1/price_micro",
];

fn anything() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0..20_u64).prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::collection::vec(0..3_u64, 0..4).prop_map(Value::from),
        Just(json!({ "id": "web", "count": 1 })),
    ]
}

proptest! {
    /// Any document ends in a plan or in an error; none panics.
    #[test]
    fn any_document_ends_well(
        changes in prop::collection::vec((0..PLACES.len(), anything()), 1..4),
    ) {
        let mut document = small();
        for (place, value) in changes {
            if let Some(found) = document.pointer_mut(PLACES[place]) {
                *found = value;
            }
        }
        if let Ok(problem) = read(&document.to_string()) {
            let answer = pack(&problem, Work(100_000), &mut |_| ControlFlow::Continue(()));
            prop_assert!(!matches!(answer, Err(PackError::Unsound(_))), "{answer:?}");
        }
    }

    /// Any text does.
    #[test]
    fn any_text_ends_well(text in ".{0,40}") {
        prop_assert!(read(&text).is_err());
    }
}
