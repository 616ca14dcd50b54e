//! How many tasks of which revision should run now, and how a deployment goes on.
//!
//! A rolling deployment keeps between its two percentages; old tasks give way as new ones become
//! healthy, and before that where there is no room for new ones. The other strategies start a full
//! set, move traffic in steps, and stop the old set after the bake time. Tasks on an instance that
//! is being drained are replaced by the same rules. Sources: ECS API, `DeploymentConfiguration`;
//! ECS Developer Guide, deployment strategies and managed instance draining.

use super::model::DeploymentPlan;
use super::queue::Event;
use super::record::Why;
use super::state::{Deploying, Phase, State, Task, TaskState};
use crate::report::EventKind;
use crate::scaling::RollingLimits;

/// All traffic, in thousandths of a percent.
pub(super) const ALL: u32 = 100_000;

/// What a service should do now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Goal {
    /// Tasks to start.
    pub(super) start: u32,
    /// Tasks too many.
    pub(super) surplus: u32,
    /// Tasks to stop that others replace.
    pub(super) stop: u32,
    /// Whether tasks of other revisions are replaced now.
    pub(super) replaces_revision: bool,
    /// Whether it can go neither way.
    stuck: bool,
    /// Whether all that is desired runs, and nothing else.
    done: bool,
}

impl State<'_> {
    /// Whether a task is one of those that are to stay.
    pub(super) fn is_incoming(&self, service: usize, task: &Task) -> bool {
        task.is_live() && !task.doomed && task.revision == self.services[service].revision
    }

    /// What a service should do now.
    pub(super) fn goal(&self, service: usize) -> Goal {
        let it = &self.services[service];
        let desired = it.desired + u32::from(it.moving.is_some());
        let plan = self.model.services[service].deployment;
        let (minimum, maximum) = match plan {
            DeploymentPlan::Rolling { minimum, maximum } => (minimum, maximum),
            DeploymentPlan::Parallel { .. } => (100, 200),
        };
        let limits = RollingLimits::of(desired, minimum, maximum);
        let waits_for_traffic = it.deploying.is_some_and(|it| {
            matches!(plan, DeploymentPlan::Parallel { .. }) && it.phase != Phase::Stopping
        });
        let is_incoming = |task: &Task| self.is_incoming(service, task);
        let incoming = self.count(service, is_incoming);
        let incoming_running = self.count(service, |it| is_incoming(it) && is_running(it));
        // Of a parallel deployment the old set stays until all traffic has moved.
        let counts = |task: &Task| !waits_for_traffic || task.doomed || is_incoming(task);
        let outgoing = self.count(service, |it| it.is_live() && counts(it) && !is_incoming(it));
        let outgoing_running =
            self.count(service, |it| is_running(it) && counts(it) && !is_incoming(it));
        let surplus = incoming.saturating_sub(desired);
        let missing = desired.saturating_sub(incoming);
        let room = if outgoing == 0 {
            u32::MAX
        } else {
            limits.max_running.saturating_sub(incoming + outgoing)
        };
        let start = missing.min(room);
        let healthy = incoming_running + outgoing_running;
        let blocked = (missing > 0 && start == 0) || !it.waiting.is_empty();
        let floor = if blocked { limits.min_running } else { desired.max(limits.min_running) };
        let stop = outgoing_running.min(healthy.saturating_sub(floor));
        let settled = incoming == incoming_running;
        Goal {
            start,
            surplus,
            stop,
            replaces_revision: !waits_for_traffic,
            stuck: outgoing > 0 && missing > 0 && start == 0 && stop == 0 && settled,
            done: outgoing == 0 && missing == 0 && settled && surplus == 0,
        }
    }

    /// Begins a deployment.
    pub(super) fn deploy(&mut self, service: usize) {
        let plan = &self.model.services[service];
        let parallel = matches!(plan.deployment, DeploymentPlan::Parallel { .. });
        let deployed_kind = plan.deployed_kind;
        let it = &mut self.services[service];
        it.revision += 1;
        it.kind = deployed_kind;
        it.moving = None;
        it.deploying = Some(Deploying {
            shifted: parallel.then_some(0),
            phase: Phase::Starting,
            stuck: false,
        });
        it.dirty = true;
        let count = it.desired;
        let about = (Some(service), None);
        self.record.happen(self.now, EventKind::DeploymentStarted, about, (None, count), Why::None);
    }

    /// Takes a deployment to its next phase when the one before is over.
    pub(super) fn deployment_goes_on(&mut self, service: usize, goal: &Goal) {
        let Some(deploying) = self.services[service].deploying else { return };
        let about = (Some(service), None);
        let desired = self.services[service].desired;
        if goal.stuck && !deploying.stuck {
            self.set(service, Deploying { stuck: true, ..deploying });
            let kind = EventKind::DeploymentStuck;
            self.record.happen(self.now, kind, about, (None, desired), Why::None);
        }
        let plan = self.model.services[service].deployment;
        let incoming = self.count(service, |it| self.is_incoming(service, it) && is_running(it));
        match (plan, deploying.phase) {
            (DeploymentPlan::Parallel { first, .. }, Phase::Starting) if incoming >= desired => {
                self.set(service, Deploying { phase: Phase::Shifting, ..deploying });
                self.shift(service, first);
            }
            (DeploymentPlan::Rolling { .. }, _) | (_, Phase::Stopping) if goal.done => {
                let old = self.count(service, |it| {
                    it.is_live() && it.revision != self.services[service].revision
                });
                if old == 0 {
                    self.services[service].deploying = None;
                    let kind = EventKind::DeploymentCompleted;
                    self.record.happen(self.now, kind, about, (None, desired), Why::None);
                }
            }
            _ => {}
        }
    }

    /// Moves so much more traffic, and announces what follows.
    fn shift(&mut self, service: usize, by: u32) {
        let DeploymentPlan::Parallel { step_seconds, bake_seconds, .. } =
            self.model.services[service].deployment
        else {
            return;
        };
        let Some(deploying) = self.services[service].deploying else { return };
        let shifted = (deploying.shifted.unwrap_or(0) + by).min(ALL);
        let all = shifted == ALL;
        let phase = if all { Phase::Baking } else { Phase::Shifting };
        self.set(service, Deploying { shifted: Some(shifted), phase, ..deploying });
        let about = (Some(service), None);
        let kind = EventKind::TrafficShifted;
        self.record.happen(self.now, kind, about, (None, shifted / 1000), Why::None);
        let then = self.now + if all { bake_seconds } else { step_seconds };
        self.queue.announce(then, Event::TrafficStep(service));
    }

    /// The next step of a parallel deployment is due.
    pub(super) fn traffic_step(&mut self, service: usize) {
        let plan = self.model.services[service].deployment;
        let (DeploymentPlan::Parallel { step, .. }, Some(deploying)) =
            (plan, self.services[service].deploying)
        else {
            return;
        };
        match deploying.phase {
            Phase::Shifting => self.shift(service, step.max(1)),
            Phase::Baking => {
                self.set(service, Deploying { phase: Phase::Stopping, ..deploying });
                self.services[service].dirty = true;
            }
            Phase::Starting | Phase::Stopping => {}
        }
    }

    fn set(&mut self, service: usize, deploying: Deploying) {
        self.services[service].deploying = Some(deploying);
    }
}

pub(super) fn is_running(task: &Task) -> bool {
    task.state == TaskState::Running
}
