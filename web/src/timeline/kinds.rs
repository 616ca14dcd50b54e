//! The kinds of events: what each is called, and the mark that it has on the axis. Pure.

use eniac_core::report::{EventKind, TimelineEvent};

/// The mark of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// More of something.
    Up,
    /// Less of something.
    Down,
    /// Something went wrong, or could not be done.
    Trouble,
    /// A deployment.
    Deployment,
    /// Anything else.
    Plain,
}

impl Mark {
    /// Its class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Up => "mark-up",
            Self::Down => "mark-down",
            Self::Trouble => "mark-trouble",
            Self::Deployment => "mark-deployment",
            Self::Plain => "mark-plain",
        }
    }

    /// Its shape, around its place.
    pub fn shape(self) -> &'static str {
        match self {
            Self::Up => "M0-4.5L4.5 3.5H-4.5z",
            Self::Down => "M0 4.5L4.5-3.5H-4.5z",
            Self::Trouble => "M-3.5-3.5L3.5 3.5M3.5-3.5L-3.5 3.5",
            Self::Deployment => "M0-4.5L4.5 0L0 4.5L-4.5 0z",
            Self::Plain => "M-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0z",
        }
    }
}

/// The mark of a kind.
pub fn mark(kind: EventKind) -> Mark {
    match kind {
        EventKind::ServiceScaledOut | EventKind::GroupScaledOut => Mark::Up,
        EventKind::ServiceScaledIn | EventKind::GroupScaledIn => Mark::Down,
        EventKind::TasksProvisioning
        | EventKind::TasksUnplaced
        | EventKind::ProvisioningTimedOut
        | EventKind::ProvisioningLimit
        | EventKind::ScaleOutBlocked
        | EventKind::GroupAtMaximum
        | EventKind::DeploymentStuck
        | EventKind::LoadUnserved => Mark::Trouble,
        EventKind::DeploymentStarted
        | EventKind::TrafficShifted
        | EventKind::DeploymentCompleted => Mark::Deployment,
        EventKind::TasksPlaced
        | EventKind::TasksStopped
        | EventKind::InstancesRegistered
        | EventKind::InstancesDraining
        | EventKind::InstancesTerminated
        | EventKind::ZoneRebalanced
        | EventKind::LoadServed => Mark::Plain,
    }
}

/// What an event of this kind is called.
pub fn title(kind: EventKind) -> &'static str {
    match kind {
        EventKind::ServiceScaledOut => "Service scales out",
        EventKind::ServiceScaledIn => "Service scales in",
        EventKind::TasksPlaced => "Tasks placed",
        EventKind::TasksProvisioning => "Tasks wait: PROVISIONING",
        EventKind::TasksUnplaced => "Tasks cannot be placed",
        EventKind::ProvisioningTimedOut => "Tasks gave up waiting",
        EventKind::ProvisioningLimit => "Too many tasks wait",
        EventKind::TasksStopped => "Tasks stopped",
        EventKind::GroupScaledOut => "Group scales out",
        EventKind::ScaleOutBlocked => "Scale-out waits for the warm-up",
        EventKind::GroupAtMaximum => "Group at its maximum",
        EventKind::GroupScaledIn => "Group scales in",
        EventKind::InstancesRegistered => "Instances registered",
        EventKind::InstancesDraining => "Instances drain",
        EventKind::InstancesTerminated => "Instances terminated",
        EventKind::DeploymentStarted => "Deployment begins",
        EventKind::TrafficShifted => "Traffic shifts",
        EventKind::DeploymentCompleted => "Deployment done",
        EventKind::DeploymentStuck => "Deployment stuck",
        EventKind::ZoneRebalanced => "Task moved to another zone",
        EventKind::LoadUnserved => "Requests are lost",
        EventKind::LoadServed => "All requests served again",
    }
}

/// The minute of an event.
pub fn minute(event: &TimelineEvent) -> u32 {
    event.second / 60
}

/// Whether `event` is told when only the service at `chosen` is looked at.
pub fn is_about(event: &TimelineEvent, chosen: Option<u32>) -> bool {
    chosen.is_none() || event.service.is_none() || event.service == chosen
}
