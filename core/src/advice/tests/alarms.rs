//! The alarms of a cluster: metrics that exist, and thresholds that are its own.

use super::answers::{changed, group};
use crate::advice::alarms::advised;
use crate::plan::tests::{CATALOG, article};
use crate::report::AlarmProposal;
use crate::scenario::read;
use serde_json::{Value, json};

fn alarms(scenario: &Value) -> Vec<AlarmProposal> {
    let reading = read(&scenario.to_string()).expect("a scenario");
    advised(&CATALOG, &reading).alarms
}

#[track_caller]
fn check(alarms: &[AlarmProposal], name: &str, metric: &str, threshold: u64, periods: u32) {
    let found = alarms.iter().find(|it| it.name == name);
    let found = found.unwrap_or_else(|| panic!("{name} in {alarms:#?}"));
    assert_eq!(
        (found.metric_name.as_str(), found.threshold_thousandths, found.evaluation_periods),
        (metric, threshold, periods),
        "{found:#?}"
    );
    let insights = found.namespace == "ECS/ContainerInsights";
    assert_eq!(found.needs_container_insights, insights);
    assert!(found.text.len() > 40);
}

#[test]
fn thresholds_are_the_clusters_own() {
    let told = alarms(&group());
    // 180 s to launch, 90 s of warm-up: five minutes, and one more.
    check(&told, "group-short-of-instances", "CapacityProviderReservation", 80_000, 6);
    check(&told, "group-near-its-maximum", "GroupInServiceInstances", 18_000, 5);
    check(&told, "web-tasks-waiting", "PendingTaskCount", 0, 5);
    check(&told, "web-too-few-tasks", "RunningTaskCount", 12_000, 3);
    // Of 12 tasks in three zones 8 are left without one.
    check(&told, "web-no-reserve", "CPUUtilization", 66_666, 5);
    // Four tasks on an instance of 2,048 CPU units: below 75 % one has room for 512 more.
    check(&told, "group-cpu-taken", "CPUReservation", 75_000, 10);
    let names: std::collections::BTreeSet<&str> = told.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names.len(), told.len());
}

#[test]
fn a_target_above_the_reserve_is_told() {
    let scaling = json!({ "minCapacity": 4, "maxCapacity": 20, "scalingPolicies": [
        { "targetTracking": { "targetValue": 75 } }] });
    let told = alarms(&changed(&[("services[0].autoScaling", scaling)]));
    check(&told, "web-no-reserve", "CPUUtilization", 87_500, 5);
    check(&told, "web-too-few-tasks", "RunningTaskCount", 4_000, 3);
}

#[test]
fn managed_instances_have_the_services_alarms() {
    let told = alarms(&article(30, 512, 1024));
    assert!(told.iter().all(|it| !it.namespace.starts_with("AWS/ECS/")), "{told:#?}");
    assert_eq!(told.len(), 3);
    assert!(alarms(&json!({})).is_empty());
}
