//! Alarms worth having, with thresholds worked out for this cluster.
//!
//! Metrics and where they come from: ECS Developer Guide, CloudWatch metrics and cluster auto
//! scaling; CloudWatch User Guide, Container Insights metrics of Amazon ECS; EC2 Auto Scaling User
//! Guide, group metrics.

use super::base::Base;
use super::group_hints::Group;
use super::hints::hints;
use super::words::{instances, minutes, tenths, thousandths};
use crate::plan::Sized;
use crate::report::{Advice, AlarmProposal};
use crate::scaling::RollingLimits;
use crate::scenario::{
    DeploymentStrategy, Reading, ScalingPolicy, Service, ServiceMetric, Simulation,
};
use eniac_catalog::Catalog;

const INSIGHTS: &str = "ECS/ContainerInsights";

/// All of something, in thousandths of a percent.
const FULL: u64 = 100_000;

/// So many services are told of.
const MOST_SERVICES: usize = 50;

/// What there is to say of a scenario beside what happens in it.
pub(crate) struct Advised {
    /// Gravest first.
    pub(crate) advice: Vec<Advice>,
    /// Of groups first.
    pub(crate) alarms: Vec<AlarmProposal>,
}

/// Advice and alarms of a scenario.
pub(crate) fn advised(catalog: &Catalog, reading: &Reading) -> Advised {
    let base = Base::of(catalog, reading, &mut Vec::new());
    Advised { advice: hints(&base), alarms: alarms(&base) }
}

/// The alarms for the scenario's groups, then for its services.
pub(super) fn alarms(base: &Base<'_>) -> Vec<AlarmProposal> {
    let mut alarms = Vec::new();
    let simulation = &base.reading.scenario.simulation;
    let groups = Group::all(base);
    for group in &groups {
        alarms.extend(short_of_instances(group, simulation));
        alarms.extend(near_the_maximum(group));
        alarms.extend(no_room(group));
    }
    let services = base.ground.workload.services.iter().filter(|it| it.count > 0);
    for sized in services.take(MOST_SERVICES) {
        let Some(service) = base.reading.service_in_row(sized.row) else { continue };
        alarms.push(waiting(sized, simulation));
        alarms.extend(too_few(sized, service));
        alarms.extend(no_reserve(base, &groups, sized, service));
    }
    alarms
}

/// `Web API` as a part of a name: `web-api`.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "service".to_owned() } else { slug }
}

fn of_cluster(more: &[(&str, &str)]) -> Vec<String> {
    let more = more.iter().map(|(name, value)| format!("{name}={value}"));
    std::iter::once("ClusterName=$CLUSTER".to_owned()).chain(more).collect()
}

/// Minutes in a row that so many seconds are, and one more.
fn periods(seconds: u64) -> u32 {
    u32::try_from(seconds.div_ceil(60) + 1).unwrap_or(u32::MAX)
}

/// Work that managed scaling should have done by then.
fn short_of_instances(group: &Group<'_, '_>, simulation: &Simulation) -> Option<AlarmProposal> {
    let scaling = group.scaling()?;
    if group.through_provider().is_empty() {
        return None;
    }
    let target = scaling.target_capacity.get();
    let launch = u64::from(simulation.instance_launch_seconds.get());
    let warm_up = u64::from(scaling.instance_warmup_period.get());
    let provider = group.name.unwrap_or("$CAPACITY_PROVIDER");
    Some(AlarmProposal {
        name: format!("{}-short-of-instances", group.name.map_or("group".to_owned(), slug)),
        namespace: "AWS/ECS/ManagedScaling".to_owned(),
        metric_name: "CapacityProviderReservation".to_owned(),
        dimensions: of_cluster(&[("CapacityProviderName", provider)]),
        statistic: "Average".to_owned(),
        comparison_operator: "GreaterThanThreshold".to_owned(),
        threshold_thousandths: u64::from(target) * 1000,
        unit: "%".to_owned(),
        period_seconds: 60,
        evaluation_periods: periods(launch + warm_up),
        text: format!(
            "Above targetCapacity {target} ECS adds instances. After {launch} s for them to come \
             and {warm_up} s of warm-up it should be back; if it stays above, the group is at its \
             maximum, instances do not register, or EC2 has none."
        ),
        needs_container_insights: false,
    })
}

/// The group's limit.
fn near_the_maximum(group: &Group<'_, '_>) -> Option<AlarmProposal> {
    let most = group.settings.max_size?.get();
    let first = group.at_first()?;
    if most == 0 {
        return None;
    }
    // A tenth before it, if that is not the normal state.
    let near = (most - most / 10).max(first.saturating_add(1)).min(most);
    let left = match most - near {
        0 => "nothing can be added".to_owned(),
        left => format!("{} can still come", instances(left)),
    };
    Some(AlarmProposal {
        name: format!("{}-near-its-maximum", group.name.map_or("group".to_owned(), slug)),
        namespace: "AWS/AutoScaling".to_owned(),
        metric_name: "GroupInServiceInstances".to_owned(),
        dimensions: vec!["AutoScalingGroupName=$AUTO_SCALING_GROUP".to_owned()],
        statistic: "Maximum".to_owned(),
        comparison_operator: "GreaterThanOrEqualToThreshold".to_owned(),
        threshold_thousandths: u64::from(near) * 1000,
        unit: "instances".to_owned(),
        period_seconds: 60,
        evaluation_periods: 5,
        text: format!(
            "maxSize is {most}, the group begins with {first}: at {near} instances, {left}, and \
             what finds no room stays PROVISIONING. The group's metrics have to be enabled \
             (enable-metrics-collection), which costs nothing."
        ),
        needs_container_insights: false,
    })
}

/// One more task of the largest service finds no room.
fn no_room(group: &Group<'_, '_>) -> Option<AlarmProposal> {
    let instance = group.instance()?;
    let given = &instance.allocatable;
    let number = u64::from(group.at_first()?).max(1);
    let mut best: Option<(u64, AlarmProposal)> = None;
    for (metric, of, all, free) in [
        ("CPUReservation", "CPU units", given.cpu.0 + given.daemon_cpu.0, given.cpu.0),
        ("MemoryReservation", "MiB", given.memory.0 + given.daemon_memory.0, given.memory.0),
    ] {
        let needs = |sized: &Sized| match metric {
            "CPUReservation" => sized.demand.cpu.0,
            _ => sized.demand.memory.0,
        };
        let services = || group.kinds.iter().map(|kind| (*kind, group.base.service_of(*kind)));
        let Some((_, largest)) = services().max_by_key(|(_, it)| needs(it)) else { continue };
        let need = needs(largest);
        if need == 0 || need > free || all == 0 {
            continue;
        }
        let reserved: u64 = services()
            .map(|(kind, it)| needs(it).saturating_mul(u64::from(group.count(kind))))
            .fold(number * (all - free), u64::saturating_add);
        let now = reserved.saturating_mul(FULL) / (all * number);
        // As much as may be taken on each instance with room for one more: by the pigeonhole
        // principle some instance has it then.
        let sure = (all - need) * FULL / all;
        // All slots taken.
        let slots = free / need;
        let full = (all - free + slots * need) * FULL / all;
        let (threshold, why) = if now <= sure {
            (sure, "up to there some instance has as much left for certain")
        } else if now < full {
            (full.saturating_sub(1), "there all instances are full of them")
        } else {
            continue;
        };
        let text = format!(
            "{} has {all} {of}, a task of {} takes {need}: {why}. Now it is {} %. It does not drive \
             the capacity provider; it says how full instances are.",
            instance.facts.name,
            largest.name,
            tenths(now / 100),
        );
        let proposal = AlarmProposal {
            name: format!(
                "{}-{}",
                group.name.map_or("group".to_owned(), slug),
                if metric == "CPUReservation" { "cpu-taken" } else { "memory-taken" }
            ),
            namespace: "AWS/ECS".to_owned(),
            metric_name: metric.to_owned(),
            dimensions: of_cluster(&[]),
            statistic: "Average".to_owned(),
            comparison_operator: "GreaterThanThreshold".to_owned(),
            threshold_thousandths: threshold,
            unit: "%".to_owned(),
            period_seconds: 60,
            evaluation_periods: 10,
            text,
            needs_container_insights: false,
        };
        // The resource that runs out first.
        let left = threshold.saturating_sub(now);
        if best.as_ref().is_none_or(|(known, _)| left < *known) {
            best = Some((left, proposal));
        }
    }
    best.map(|(_, proposal)| proposal)
}

fn of_service(sized: &Sized, what: &str) -> (String, Vec<String>) {
    let name = format!("{}-{what}", slug(&sized.name));
    (name, of_cluster(&[("ServiceName", &sized.name)]))
}

/// Tasks that do not come to run.
fn waiting(sized: &Sized, simulation: &Simulation) -> AlarmProposal {
    let seconds = u64::from(simulation.instance_launch_seconds.get())
        + u64::from(simulation.task_start_seconds.get());
    let (name, dimensions) = of_service(sized, "tasks-waiting");
    AlarmProposal {
        name,
        namespace: INSIGHTS.to_owned(),
        metric_name: "PendingTaskCount".to_owned(),
        dimensions,
        statistic: "Minimum".to_owned(),
        comparison_operator: "GreaterThanThreshold".to_owned(),
        threshold_thousandths: 0,
        unit: "tasks".to_owned(),
        period_seconds: 60,
        evaluation_periods: periods(seconds),
        text: format!(
            "A new instance and the start of a task take {}: what waits longer waits for something \
             that does not come. Look at the service's events and at the capacity provider.",
            minutes(seconds)
        ),
        needs_container_insights: true,
    }
}

/// Fewer tasks than stay healthy in a deployment.
fn too_few(sized: &Sized, service: &Service) -> Option<AlarmProposal> {
    let least = service.auto_scaling.as_ref().map(|it| it.min_capacity.get());
    let count = least.filter(|least| *least > 0).unwrap_or(sized.count).min(sized.count);
    let it = service.deployment_configuration;
    let healthy = if it.strategy == DeploymentStrategy::Rolling {
        let (min, max) = (it.minimum_healthy_percent.get(), it.maximum_percent.get());
        RollingLimits::of(count, u32::from(min), u32::from(max)).min_running
    } else {
        count
    };
    let healthy = healthy.max(1).min(count);
    let (name, dimensions) = of_service(sized, "too-few-tasks");
    (healthy > 0).then(|| AlarmProposal {
        name,
        namespace: INSIGHTS.to_owned(),
        metric_name: "RunningTaskCount".to_owned(),
        dimensions,
        statistic: "Average".to_owned(),
        comparison_operator: "LessThanThreshold".to_owned(),
        threshold_thousandths: u64::from(healthy) * 1000,
        unit: "tasks".to_owned(),
        period_seconds: 60,
        evaluation_periods: 3,
        text: format!(
            "Even while it deploys, {healthy} of {count} tasks stay healthy \
             (minimumHealthyPercent {}): fewer are lost or fail to start.",
            it.minimum_healthy_percent.get()
        ),
        needs_container_insights: true,
    })
}

/// CPU that the rest could not carry after the loss of a zone, or of an instance.
fn no_reserve(
    base: &Base<'_>,
    groups: &[Group<'_, '_>],
    sized: &Sized,
    service: &Service,
) -> Option<AlarmProposal> {
    let zones = u32::try_from(base.ground.place.zone_names.len()).unwrap_or(1);
    let kind = base.ground.kinds.iter().position(|it| {
        base.ground.workload.services.get(it.service).is_some_and(|it| it.row == sized.row)
    })?;
    let (lost, what) = if zones > 1 && sized.spread {
        (sized.count.div_ceil(zones), "a zone")
    } else {
        let each = groups.iter().find(|it| it.kinds.contains(&kind)).map(|it| it.slots(kind));
        (each.unwrap_or(1).clamp(1, sized.count.max(1)), "an instance")
    };
    let left = sized.count.saturating_sub(lost);
    let carried = u64::from(left) * FULL / u64::from(sized.count.max(1));
    if carried == 0 {
        return None;
    }
    let target =
        service.auto_scaling.iter().flat_map(|it| &it.scaling_policies).find_map(|it| match it {
            ScalingPolicy::TargetTracking(it)
                if it.predefined_metric_type == ServiceMetric::Cpu =>
            {
                Some(it.target_value.thousandths())
            }
            _ => None,
        });
    let (threshold, beside) = match target.filter(|target| *target >= carried) {
        Some(target) if target < FULL => (
            u64::midpoint(target, FULL),
            format!(
                " Its own target of {} % lies above that: until it has scaled out, the rest is \
                 overloaded. The alarm is set between that target and 100 %.",
                thousandths(target)
            ),
        ),
        Some(_) => return None,
        None => (carried, String::new()),
    };
    let (name, dimensions) = of_service(sized, "no-reserve");
    Some(AlarmProposal {
        name,
        namespace: "AWS/ECS".to_owned(),
        metric_name: "CPUUtilization".to_owned(),
        dimensions,
        statistic: "Average".to_owned(),
        comparison_operator: "GreaterThanThreshold".to_owned(),
        threshold_thousandths: threshold,
        unit: "%".to_owned(),
        period_seconds: 60,
        evaluation_periods: 5,
        text: format!(
            "Without {what} {left} of {} tasks are left: they carry the load up to {} %.{beside}",
            sized.count,
            tenths(carried / 100),
        ),
        needs_container_insights: false,
    })
}
