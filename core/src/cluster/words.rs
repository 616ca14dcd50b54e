//! What happened, in sentences: the decision, its figures, and why.

use super::build::Built;
use crate::placement::Rejection;
use crate::report::EventKind;
use crate::scaling::{Policy, Reservation};
use crate::scenario::quantity::with_thousands;
use crate::timeline::{Happening, Metric, Why};

pub(super) struct Words<'b, 'c> {
    pub(super) built: &'b Built<'c>,
}

impl Words<'_, '_> {
    /// One happening.
    pub(super) fn sentence(&self, it: &Happening) -> String {
        let service =
            it.service.map_or("", |place| self.built.ground.workload.services[place].name.as_str());
        let count = it.count;
        let before = it.before.unwrap_or(0);
        let why = self.why(it);
        match it.kind {
            EventKind::ServiceScaledOut | EventKind::ServiceScaledIn => {
                format!("{service}: desired count {before} -> {count}: {why}")
            }
            EventKind::TasksPlaced => format!("{service}: {} placed", tasks(count)),
            EventKind::TasksProvisioning => {
                format!("{service}: {} in PROVISIONING: {why}", tasks(count))
            }
            EventKind::TasksUnplaced => format!(
                "{service}: unable to place {}: {why}. launchType starts tasks past the capacity \
                 provider: nothing scales out for them",
                tasks(count)
            ),
            EventKind::ProvisioningTimedOut => format!(
                "{service}: {} gave up after {why} in PROVISIONING; the service starts others",
                tasks(count)
            ),
            EventKind::ProvisioningLimit => format!(
                "{service}: {} cannot even wait: a cluster has at most {why} tasks in PROVISIONING",
                tasks(count)
            ),
            EventKind::TasksStopped => format!("{service}: {} stopped", tasks(count)),
            EventKind::GroupScaledOut | EventKind::GroupScaledIn => {
                format!("{}: desired capacity {before} -> {count}: {why}", self.group(it))
            }
            EventKind::ScaleOutBlocked => match it.why {
                Why::Reservation { metric: Reservation::Incompatible, waiting } => format!(
                    "{}: {} in PROVISIONING do not fit the smallest values of its types: the metric \
                     stays at the target, and nothing scales",
                    self.group(it),
                    tasks(waiting)
                ),
                _ => format!(
                    "{}: {count} instances are wanted: {why}; no scale-out while instances start or \
                     warm up",
                    self.group(it)
                ),
            },
            EventKind::GroupAtMaximum => format!(
                "{}: {count} instances are wanted, and {before} is its maximum: {why}",
                self.group(it)
            ),
            EventKind::InstancesRegistered => {
                format!("{}: {} registered", self.group(it), instances(count))
            }
            EventKind::InstancesDraining => {
                format!("{}: {} drained, with {why}", self.group(it), being(count))
            }
            EventKind::InstancesTerminated => {
                format!("{}: {} terminated", self.group(it), instances(count))
            }
            EventKind::DeploymentStarted => {
                format!("{service}: a deployment of {} begins", tasks(count))
            }
            EventKind::TrafficShifted => {
                format!("{service}: {count} % of the traffic on the new revision")
            }
            EventKind::DeploymentCompleted => format!("{service}: the deployment is complete"),
            EventKind::DeploymentStuck => self.stuck(it, service),
            EventKind::ZoneRebalanced => format!("{service}: a task moved out of {why}"),
            EventKind::LoadUnserved => {
                format!(
                    "{service}: {} requests a minute are lost of {why}",
                    with_thousands(count.into())
                )
            }
            EventKind::LoadServed => format!("{service}: all requests are served again"),
        }
    }

    fn group(&self, it: &Happening) -> &str {
        let providers = &self.built.ground.supply.providers;
        let named = it.group.and_then(|place| providers.get(place));
        named.and_then(|(it, _)| it.name.as_deref()).unwrap_or("group")
    }

    fn stuck(&self, it: &Happening, service: &str) -> String {
        let place = it.service.unwrap_or(0);
        let configuration = self.built.ground.workload.services[place].deployment;
        format!(
            "{service}: the deployment hangs: at minimumHealthyPercent {} and maximumPercent {} none \
             of {} can stop or start",
            configuration.minimum_healthy_percent.get(),
            configuration.maximum_percent.get(),
            tasks(it.count)
        )
    }

    fn why(&self, it: &Happening) -> String {
        match it.why {
            Why::None => String::new(),
            Why::NoInstance => "there is no instance".to_owned(),
            Why::Rejected { rejection, instances } => {
                let on = if instances == 1 {
                    "1 instance".to_owned()
                } else {
                    format!("{instances} instances")
                };
                let text = self.rejection(it, &rejection);
                format!("{} on {on}: {text}", rejection.reason())
            }
            Why::Policy { policy, metric, running } => self.policy(it, policy, metric, running),
            Why::Reservation { metric, waiting } => self.reservation(it, metric, waiting),
            Why::Seconds(seconds) => format!("{} minutes", seconds / 60),
            Why::Limit(limit) => limit.to_string(),
            Why::Tasks(count) => tasks(count),
            Why::Zone(zone) => self.built.zones.get(zone).map_or_else(
                || "its zone".to_owned(),
                |name| format!("{name}, which had more than others"),
            ),
            Why::Load(load) => with_thousands(load),
        }
    }

    fn rejection(&self, it: &Happening, rejection: &Rejection) -> String {
        let kind = it.service.map(|service| self.built.model.services[service].deployed_kind);
        match (rejection, kind) {
            (Rejection::MemberOf(place), Some(kind)) => {
                let expressions = &self.built.model.kinds[kind].expressions;
                let asked = expressions.get(*place).map(ToString::to_string);
                asked.map_or_else(
                    || rejection.to_string(),
                    |asked| format!("it does not meet {asked}"),
                )
            }
            _ => rejection.to_string(),
        }
    }

    fn policy(&self, it: &Happening, place: usize, value: u64, running: u32) -> String {
        let service = it.service.and_then(|place| self.built.model.services.get(place));
        let scaling = service.and_then(|it| it.scaling.as_ref());
        let Some((metric, policy)) = scaling.and_then(|it| it.policies.get(place)) else {
            return String::new();
        };
        let name = match metric {
            Metric::Cpu => "CPU",
            Metric::Memory => "memory",
            Metric::Requests => "requests a minute and task",
        };
        let shown = |value: u64| match metric {
            Metric::Requests => with_thousands(value / 1000),
            _ => format!("{}.{} %", value / 1000, value % 1000 / 100),
        };
        match policy {
            Policy::Target(policy) => format!(
                "{name} at {} against a target of {} with {} running",
                shown(value),
                shown(policy.target),
                tasks(running)
            ),
            Policy::Step(policy) => format!(
                "{name} at {} against a threshold of {}",
                shown(value),
                shown(policy.threshold)
            ),
        }
    }

    fn reservation(&self, it: &Happening, metric: Reservation, waiting: u32) -> String {
        let target = it.group.map_or(100, |group| self.built.model.groups[group].scaling.target);
        let figures = match metric {
            Reservation::Idle => "no instance, no task".to_owned(),
            Reservation::FromZero => {
                "CapacityProviderReservation 200 %, as always from no instance".to_owned()
            }
            Reservation::Incompatible => format!("CapacityProviderReservation {target} %"),
            Reservation::Ratio { needed, instances } => {
                let value = metric.per_mille(target);
                format!(
                    "CapacityProviderReservation {needed} / {instances} = {}.{} %",
                    value / 10,
                    value % 10
                )
            }
        };
        let waits = match waiting {
            0 => String::new(),
            count => format!(", {} in PROVISIONING", tasks(count)),
        };
        format!("{figures} against a target of {target} %{waits}")
    }
}

fn tasks(count: u32) -> String {
    if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") }
}

fn instances(count: u32) -> String {
    if count == 1 { "1 instance".to_owned() } else { format!("{count} instances") }
}

fn being(count: u32) -> String {
    if count == 1 { "1 instance is".to_owned() } else { format!("{count} instances are") }
}
