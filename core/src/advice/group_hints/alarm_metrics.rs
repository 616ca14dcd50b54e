//! Alarms on metrics that do not exist, that are in another namespace, or that do not say what is
//! expected of them.
//!
//! Sources: ECS Developer Guide, CloudWatch metrics; CloudWatch User Guide, Container Insights
//! metrics of Amazon ECS; EC2 Auto Scaling User Guide, group metrics; the metrics of Application
//! Load Balancers.

use super::super::base::Base;
use super::super::hints::advice;
use super::Group;
use crate::diagnostic::Severity;
use crate::nearest::did_you_mean;
use crate::report::{Advice, Change};
use crate::scenario::Alarm;
use serde_json::json;

const ECS: &str = "AWS/ECS";
const INSIGHTS: &str = "ECS/ContainerInsights";
const SCALING: &str = "AWS/ECS/ManagedScaling";

/// Each namespace with its metrics.
const KNOWN: [(&str, &[&str]); 5] = [
    (
        ECS,
        &[
            "CPUReservation",
            "CPUUtilization",
            "MemoryReservation",
            "MemoryUtilization",
            "GPUReservation",
            "EBSFilesystemUtilization",
            "ActiveConnectionCount",
            "NewConnectionCount",
            "RequestCount",
            "RequestCountPerTarget",
            "TargetResponseTime",
            "HTTPCode_Target_2XX_Count",
            "HTTPCode_Target_3XX_Count",
            "HTTPCode_Target_4XX_Count",
            "HTTPCode_Target_5XX_Count",
        ],
    ),
    (SCALING, &["CapacityProviderReservation"]),
    (
        INSIGHTS,
        &[
            "ContainerInstanceCount",
            "CpuReserved",
            "CpuUtilized",
            "DeploymentCount",
            "DesiredTaskCount",
            "EphemeralStorageReserved",
            "EphemeralStorageUtilized",
            "MemoryReserved",
            "MemoryUtilized",
            "NetworkRxBytes",
            "NetworkTxBytes",
            "PendingTaskCount",
            "RestartCount",
            "RunningTaskCount",
            "ServiceCount",
            "StorageReadBytes",
            "StorageWriteBytes",
            "TaskCount",
            "TaskCpuUtilization",
            "TaskMemoryUtilization",
            "TaskSetCount",
            "instance_cpu_limit",
            "instance_cpu_reserved_capacity",
            "instance_cpu_usage_total",
            "instance_cpu_utilization",
            "instance_filesystem_utilization",
            "instance_memory_limit",
            "instance_memory_reserved_capacity",
            "instance_memory_utilization",
            "instance_memory_working_set",
            "instance_network_total_bytes",
            "instance_number_of_running_tasks",
        ],
    ),
    (
        "AWS/AutoScaling",
        &[
            "GroupDesiredCapacity",
            "GroupInServiceInstances",
            "GroupMaxSize",
            "GroupMinSize",
            "GroupPendingInstances",
            "GroupStandbyInstances",
            "GroupTerminatingInstances",
            "GroupTotalInstances",
        ],
    ),
    (
        "AWS/ApplicationELB",
        &[
            "HealthyHostCount",
            "UnHealthyHostCount",
            "RequestCount",
            "RequestCountPerTarget",
            "TargetResponseTime",
            "TargetConnectionErrorCount",
            "RejectedConnectionCount",
            "HTTPCode_ELB_5XX_Count",
            "HTTPCode_Target_5XX_Count",
        ],
    ),
];

/// Metrics that people name and that do not exist: what comes nearest, and why.
const MISTAKEN: [(&str, &str, &str); 3] = [
    (
        "FailedTaskCount",
        "RunningTaskCount",
        "ECS counts no failed tasks: an alarm on RunningTaskCount below what must run sees them, \
         and so do the events of stopped tasks",
    ),
    ("ActiveServicesCount", "ServiceCount", "activeServicesCount is a field of DescribeClusters"),
    (
        "RegisteredContainerInstancesCount",
        "ContainerInstanceCount",
        "registeredContainerInstancesCount is a field of DescribeClusters",
    ),
];

pub(super) fn metrics(base: &Base<'_>) -> Vec<Advice> {
    let alarms = base.reading.scenario.alarms.iter().enumerate();
    alarms.filter_map(|(place, alarm)| checked(base, place, alarm)).collect()
}

fn checked(base: &Base<'_>, place: usize, alarm: &Alarm) -> Option<Advice> {
    let metric = alarm.metric_name.trim();
    let named = alarm.namespace.as_deref().map(str::trim).filter(|it| !it.is_empty());
    let homes: Vec<&str> = KNOWN
        .iter()
        .filter(|(_, metrics)| metrics.contains(&metric))
        .map(|(namespace, _)| *namespace)
        .collect();
    let shown: String = metric.chars().take(60).collect();
    let path = |field: &str| format!("alarms[{place}].{field}");
    let Some(home) = homes.first().copied() else {
        return unknown(base, &shown, named, &path);
    };
    if let Some(named) = named.filter(|named| !homes.contains(named)) {
        let named: String = named.chars().take(60).collect();
        let at = path("namespace");
        let text = format!(
            "{named} has no metric {shown}: it is one of {home}{}. An alarm on what does not exist \
             stays in INSUFFICIENT_DATA.",
            needs(home)
        );
        let mut hint = advice(Severity::Warning, "alarm.otherNamespace", &at, text);
        hint.changes = vec![base.change(&at, Some(json!(home)))];
        return Some(hint);
    }
    if home == INSIGHTS {
        let text = format!(
            "{shown} is a metric of Container Insights ({INSIGHTS}): it is there only where \
             Container Insights is on, which costs extra."
        );
        return Some(advice(Severity::Note, "alarm.insights", &path("metricName"), text));
    }
    let scales = Group::all(base).iter().any(|group| group.scaling().is_some());
    (scales && home == ECS && metric.ends_with("Reservation")).then(|| {
        let text = format!(
            "{shown} does not drive the capacity provider: that scales by \
             CapacityProviderReservation ({SCALING}), which counts instances. {shown} says how \
             full they are."
        );
        let at = path("metricName");
        let mut hint = advice(Severity::Note, "alarm.reservation", &at, text);
        hint.changes = renamed(base, &path, "CapacityProviderReservation", SCALING, named);
        hint
    })
}

/// A metric that no namespace has.
fn unknown(
    base: &Base<'_>,
    shown: &str,
    named: Option<&str>,
    path: &dyn Fn(&str) -> String,
) -> Option<Advice> {
    let mistaken = MISTAKEN.iter().find(|(name, ..)| name.eq_ignore_ascii_case(shown));
    let all = || KNOWN.iter().flat_map(|(_, metrics)| metrics.iter().copied());
    // Namespaces of one's own may have any metric.
    if mistaken.is_none() && named.is_some_and(|it| KNOWN.iter().all(|(known, _)| *known != it)) {
        return None;
    }
    let (meant, why) = if let Some((_, meant, why)) = mistaken {
        (Some(*meant), format!("{why}; did you mean {meant}?"))
    } else {
        let hint = did_you_mean(shown, all());
        let first = hint.as_deref().and_then(|it| {
            it.trim_start_matches("did you mean ").split([',', '?']).next().map(str::to_owned)
        });
        let meant = first.and_then(|first| all().find(|known| *known == first));
        (meant, hint.unwrap_or_else(|| "it is no metric of ECS or Auto Scaling.".to_owned()))
    };
    let home = meant.and_then(|meant| {
        KNOWN.iter().find(|(_, metrics)| metrics.contains(&meant)).map(|(namespace, _)| *namespace)
    });
    let told =
        home.map_or_else(String::new, |home| format!(" That is one of {home}{}.", needs(home)));
    let text = format!(
        "There is no metric {shown}: {why}{told} An alarm on what does not exist stays in \
         INSUFFICIENT_DATA."
    );
    let at = path("metricName");
    let mut hint = advice(Severity::Warning, "alarm.unknownMetric", &at, text);
    if let (Some(meant), Some(home)) = (meant, home) {
        hint.changes = renamed(base, path, meant, home, named);
    }
    Some(hint)
}

fn needs(namespace: &str) -> &'static str {
    match namespace {
        INSIGHTS => ", with Container Insights on",
        "AWS/AutoScaling" => ", with group metrics enabled",
        _ => "",
    }
}

fn renamed(
    base: &Base<'_>,
    path: &dyn Fn(&str) -> String,
    metric: &str,
    home: &str,
    named: Option<&str>,
) -> Vec<Change> {
    let mut changes = vec![base.change(&path("metricName"), Some(json!(metric)))];
    if named.is_some_and(|named| named != home) {
        changes.push(base.change(&path("namespace"), Some(json!(home))));
    }
    changes
}
