//! What a simulation is made from.

use crate::placement::{Cluster, Kind, Site, Ties};
use crate::scaling::{Extremes, Policy, ScalingSettings, shares};

/// A cluster with its services, its groups and what will happen to them.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// How many minutes are simulated.
    pub minutes: u32,
    /// The zones in use.
    pub zones: usize,
    /// The kinds of task.
    pub kinds: Vec<Kind>,
    /// The services; their places are those of [`Kind::service`].
    pub services: Vec<ServiceModel>,
    /// The groups; their places are those of [`Site::group`].
    pub groups: Vec<GroupModel>,
    /// Instances that are there at the start.
    pub standing: Vec<StandingInstance>,
    /// How long things take.
    pub timing: Timing,
    /// Who decides among instances that are equal by all rules.
    pub ties: TieRule,
    /// What chance begins with.
    pub seed: u64,
    /// Deployments: minute and service.
    pub deployments: Vec<(u32, usize)>,
    /// The minute at which the cluster is kept.
    pub snapshot_at: Option<u32>,
}

impl Model {
    /// Who decides among equals, from the beginning.
    pub fn fresh_ties(&self) -> Ties {
        match self.ties {
            TieRule::FewestTasks => Ties::FewestTasks,
            TieRule::First => Ties::First,
            TieRule::Random => Ties::random(self.seed),
        }
    }
}

/// A service.
#[derive(Debug, Clone, Default)]
pub struct ServiceModel {
    /// The kind of its tasks at the start.
    pub kind: usize,
    /// The kind of its tasks after a deployment.
    pub deployed_kind: usize,
    /// The desired count at the start.
    pub desired: u32,
    /// How its tasks are shared among groups; empty: past all providers (`launchType`).
    pub strategy: Vec<Share>,
    /// How the desired count follows metrics.
    pub scaling: Option<ScalingModel>,
    /// What arrives.
    pub load: Option<LoadModel>,
    /// How revisions replace each other.
    pub deployment: DeploymentPlan,
    /// Whether tasks are moved when zones have become uneven.
    pub rebalancing: bool,
}

/// An item of a capacity provider strategy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The group.
    pub group: usize,
    /// So many tasks first.
    pub base: u32,
    /// Its share of the rest.
    pub weight: u32,
}

/// A service's scaling.
#[derive(Debug, Clone)]
pub struct ScalingModel {
    /// The least count.
    pub min: u32,
    /// The greatest count.
    pub max: u32,
    /// Each policy with its metric.
    pub policies: Vec<(Metric, Policy)>,
}

/// A service's metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// CPU used of what is reserved, in thousandths of a percent.
    Cpu,
    /// Memory used of what is reserved, in thousandths of a percent.
    Memory,
    /// Requests a minute and task, in thousandths.
    Requests,
}

/// A service's load.
#[derive(Debug, Clone)]
pub struct LoadModel {
    /// Requests of each minute; the last value holds on.
    pub per_minute: Vec<u32>,
    /// What a task serves a minute.
    pub per_task: u32,
    /// CPU without requests, in percent.
    pub idle_cpu: u32,
    /// Memory without requests, in percent.
    pub idle_memory: u32,
    /// Memory at full load, in percent.
    pub full_memory: u32,
    /// Whether the task's CPU is a hard limit, so that the metric ends at 100 %.
    pub hard_cpu: bool,
}

impl LoadModel {
    /// What arrives in a minute.
    pub fn at(&self, minute: u32) -> u32 {
        let place = (minute as usize).min(self.per_minute.len().saturating_sub(1));
        self.per_minute.get(place).copied().unwrap_or(0)
    }
}

/// So many tasks, shared as a strategy says: a number for each item.
pub fn shared(count: u32, strategy: &[Share]) -> Vec<u32> {
    let items: Vec<(u32, u32)> = strategy.iter().map(|it| (it.base, it.weight)).collect();
    shares(count, &items)
}

/// How one revision replaces another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeploymentPlan {
    /// Task by task.
    Rolling {
        /// `minimumHealthyPercent`.
        minimum: u32,
        /// `maximumPercent`.
        maximum: u32,
    },
    /// A full set beside the old one; traffic moves in steps.
    Parallel {
        /// Traffic that moves first, and with each further step, in thousandths of a percent.
        first: u32,
        /// The same of further steps.
        step: u32,
        /// Seconds between steps.
        step_seconds: u32,
        /// Seconds after all traffic has moved.
        bake_seconds: u32,
    },
}

impl Default for DeploymentPlan {
    fn default() -> Self {
        Self::Rolling { minimum: 100, maximum: 200 }
    }
}

/// An Auto Scaling group behind a capacity provider.
#[derive(Debug, Clone)]
pub struct GroupModel {
    /// For each zone, the types that can be launched there, first choice first.
    pub templates: Vec<Vec<Template>>,
    /// What its metric is judged by; `None` without types.
    pub extremes: Option<Extremes>,
    /// Target and steps.
    pub scaling: ScalingSettings,
    /// Its least size.
    pub min_size: u32,
    /// Its greatest size.
    pub max_size: u32,
    /// Instances at the start; `None`: as many as the tasks need.
    pub initial: Option<u32>,
    /// Whether ECS scales it.
    pub managed: bool,
    /// Seconds of warm-up.
    pub warmup: u32,
    /// Whether only instances without tasks are released.
    pub protected: bool,
    /// Whether instances are drained before they go.
    pub draining: bool,
}

/// A type in a zone, ready to be launched.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// What its instances have in common.
    pub site: Site,
    /// What one costs, in nano-USD an hour.
    pub price: u64,
}

/// An instance that is there at the start.
#[derive(Debug, Clone)]
pub struct StandingInstance {
    /// Its id.
    pub name: String,
    /// Type, zone, group.
    pub template: Template,
    /// Whether it takes tasks.
    pub active: bool,
    /// Whether its agent is connected.
    pub agent_connected: bool,
    /// Its agent's version.
    pub agent_version: String,
    /// When it registered.
    pub registered_at: String,
    /// Tasks that run on it: service and number.
    pub tasks: Vec<(usize, u32)>,
}

impl StandingInstance {
    /// Adds it to a cluster, without its tasks; says its place.
    pub fn add_to(&self, cluster: &mut Cluster) -> usize {
        let site = cluster.site_like(self.template.site.clone());
        let instance = cluster.add(self.name.clone(), site);
        cluster.describe(instance, |it| {
            it.active = self.active;
            it.agent_connected = self.agent_connected;
            it.agent_version.clone_from(&self.agent_version);
            it.registered_at.clone_from(&self.registered_at);
        });
        instance
    }
}

/// How long things take, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// From launch to registration.
    pub launch: u32,
    /// From placement to service.
    pub start: u32,
    /// From the order to stop to free resources.
    pub stop: u32,
    /// How long a task stays PROVISIONING.
    pub provisioning: u32,
}

impl Default for Timing {
    fn default() -> Self {
        Self { launch: 180, start: 40, stop: 60, provisioning: 1800 }
    }
}

/// Who decides among equals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TieRule {
    /// The instance with the fewest tasks, then the first.
    #[default]
    FewestTasks,
    /// The first.
    First,
    /// Chance.
    Random,
}
