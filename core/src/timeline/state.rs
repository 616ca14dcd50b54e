//! Everything that changes while a simulation runs.

use super::model::Model;
use super::queue::Queue;
use super::record::Record;
use crate::placement::{Cluster, Ties};
use crate::scaling::{Group, ServiceScaling};

/// A task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Task {
    pub(super) service: usize,
    pub(super) kind: usize,
    /// Which deployment it belongs to.
    pub(super) revision: u32,
    /// The provider through which it starts; `None`: past all.
    pub(super) group: Option<usize>,
    pub(super) state: TaskState,
    /// A place in the cluster's instances.
    pub(super) instance: Option<usize>,
    /// Since when it waits for an instance, in seconds.
    pub(super) since: u32,
    /// Whether its instance is being drained.
    pub(super) doomed: bool,
}

/// ECS's task states, as far as they matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TaskState {
    /// PROVISIONING: it waits for an instance.
    Waiting,
    /// Placed, and starts.
    Pending,
    /// Serves.
    Running,
    /// Ordered to stop; holds its resources.
    Stopping,
    /// Gone.
    Gone,
}

impl Task {
    /// Whether it is to run: it was not ordered to stop.
    pub(super) fn is_live(&self) -> bool {
        !matches!(self.state, TaskState::Stopping | TaskState::Gone)
    }
}

/// An instance with its life.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Machine {
    pub(super) group: usize,
    pub(super) zone: usize,
    pub(super) state: MachineState,
    /// A place in the cluster's instances, once it has registered.
    pub(super) instance: Option<usize>,
    pub(super) launched: u32,
    /// When its warm-up is over.
    pub(super) warm: u32,
    /// In nano-USD an hour.
    pub(super) price: u64,
}

impl Machine {
    /// Whether it is there or coming.
    pub(super) fn is_alive(&self) -> bool {
        matches!(self.state, MachineState::Launching | MachineState::Registered)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MachineState {
    Launching,
    Registered,
    Draining,
    Gone,
}

/// A service's state.
#[derive(Debug, Clone, Default)]
pub(super) struct Service {
    pub(super) desired: u32,
    pub(super) revision: u32,
    pub(super) kind: usize,
    /// Its tasks that are not gone, oldest first.
    pub(super) tasks: Vec<usize>,
    /// Those of them that wait for an instance, oldest first.
    pub(super) waiting: Vec<usize>,
    pub(super) scaling: Option<ServiceScaling>,
    pub(super) deploying: Option<Deploying>,
    /// Tasks started in this minute.
    pub(super) started: u32,
    /// Tasks that could not be started at the last attempt.
    pub(super) missing: u32,
    /// Since when some could not be started, in seconds.
    pub(super) missing_since: Option<u32>,
    /// A task that is being moved, and the zone that it relieves.
    pub(super) moving: Option<(usize, usize)>,
    /// Whether requests are being lost.
    pub(super) losing: bool,
    /// Whether what it runs may differ from what it should.
    pub(super) dirty: bool,
    /// Waiting that is over: task-seconds.
    pub(super) waited: u64,
}

/// A deployment that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Deploying {
    /// Traffic on the new revision, in thousandths of a percent; `None` where both share it.
    pub(super) shifted: Option<u32>,
    pub(super) phase: Phase,
    /// Whether it was said that it is stuck.
    pub(super) stuck: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// New tasks start; of a rolling deployment the only phase.
    Starting,
    /// Traffic moves.
    Shifting,
    /// All traffic has moved; both sets run.
    Baking,
    /// Old tasks stop.
    Stopping,
}

/// A group's state.
#[derive(Debug, Clone, Default)]
pub(super) struct GroupState {
    pub(super) scaling: Group,
    pub(super) desired: u32,
    /// What was last said of it, so that it is not said each minute.
    pub(super) said: Option<super::record::Said>,
    /// Cost so far, in nano-USD x seconds / hour.
    pub(super) nano_usd_seconds: u128,
    pub(super) seconds: u64,
}

/// The whole.
pub(super) struct State<'m> {
    pub(super) model: &'m Model,
    pub(super) now: u32,
    pub(super) cluster: Cluster,
    pub(super) machines: Vec<Machine>,
    /// For each of the cluster's instances, its machine.
    pub(super) machine_of: Vec<usize>,
    pub(super) tasks: Vec<Task>,
    pub(super) services: Vec<Service>,
    pub(super) groups: Vec<GroupState>,
    pub(super) queue: Queue,
    pub(super) ties: Ties,
    /// Whether there may be room that was not there before.
    pub(super) room: bool,
    /// Whether the first tasks are being placed, for which no rate holds.
    pub(super) beginning: bool,
    /// Instances and tasks looked at so far: whatever the model, a run ends.
    pub(super) work: u64,
    pub(super) record: Record,
}

impl<'m> State<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        let services = model.services.iter().map(|service| Service {
            desired: service.desired,
            kind: service.kind,
            scaling: service.scaling.as_ref().map(|it| {
                let policies = it.policies.iter().map(|(_, policy)| policy.clone()).collect();
                ServiceScaling::new(it.min, it.max, policies)
            }),
            dirty: true,
            ..Service::default()
        });
        Self {
            model,
            now: 0,
            cluster: Cluster::new(model.zones, model.services.len(), model.kinds.clone()),
            machines: Vec::new(),
            machine_of: Vec::new(),
            tasks: Vec::new(),
            services: services.collect(),
            groups: vec![GroupState::default(); model.groups.len()],
            queue: Queue::default(),
            ties: model.fresh_ties(),
            room: false,
            beginning: true,
            work: 0,
            record: Record::new(model),
        }
    }

    /// How many of a service's tasks are in a state, of those that `which` picks.
    pub(super) fn count(&self, service: usize, which: impl Fn(&Task) -> bool) -> u32 {
        let tasks = self.services[service].tasks.iter();
        few(tasks.filter(|task| which(&self.tasks[**task])).count())
    }

    /// Counts what is looked at.
    pub(super) fn looked_at(&mut self, count: usize) {
        self.work += count as u64;
    }

    /// Tasks that are not gone, of all services.
    pub(super) fn all_tasks(&self) -> usize {
        self.services.iter().map(|service| service.tasks.len()).sum()
    }

    /// Tasks in PROVISIONING, of all services.
    pub(super) fn waiting_tasks(&self) -> u32 {
        few(self.services.iter().map(|service| service.waiting.len()).sum())
    }
}

/// A count as the reports have it.
pub(super) fn few(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
