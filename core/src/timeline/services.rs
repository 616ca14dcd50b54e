//! Each minute of a service: its load, its metrics, and what its policies make of them.

use super::deployment::ALL;
use super::model::{LoadModel, Metric};
use super::record::{ServiceSample, Why};
use super::state::{State, TaskState};
use crate::report::EventKind;
use crate::scaling::Metrics;

/// What a service's tasks experience in a minute. Percentages in thousandths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Experience {
    pub(super) load: u64,
    pub(super) unserved: u64,
    pub(super) cpu: Option<u64>,
    pub(super) memory: Option<u64>,
    pub(super) requests: Option<u64>,
}

impl State<'_> {
    /// Takes one minute of each service; says what its tasks experience.
    pub(super) fn scale_services(&mut self, minute: u32) -> Vec<Experience> {
        let mut all = Vec::with_capacity(self.services.len());
        for service in 0..self.services.len() {
            self.services[service].started = 0;
            let sample = self.sample(service);
            let experience = self.experience(service, minute, &sample);
            self.say_loss(service, &experience);
            if minute > 0 {
                self.scale_service(service, &experience, sample.running);
            }
            // What could not be started is tried again.
            if self.services[service].missing > 0 {
                self.services[service].dirty = true;
            }
            all.push(experience);
        }
        all
    }

    /// Notes one minute of each service, when all that it brings is done.
    pub(super) fn sample_services(&mut self, minute: u32, experiences: &[Experience]) {
        for (service, experience) in experiences.iter().enumerate() {
            let sample = self.sample(service);
            self.record.service_minute(minute, service, &sample, experience);
            let it = &mut self.services[service];
            let since = it.missing_since.unwrap_or(self.now);
            it.missing_since = (it.missing > 0).then_some(since);
            if it.missing > 0 {
                self.record.waited(service, self.now - since);
            }
        }
    }

    fn experience(&self, service: usize, minute: u32, sample: &ServiceSample) -> Experience {
        let Some(model) = &self.model.services[service].load else { return Experience::default() };
        let it = &self.services[service];
        let running = u64::from(sample.running);
        let old = u64::from(sample.replaced);
        let load = u64::from(model.at(minute));
        let per_task = u64::from(model.per_task);
        let unserved = match it.deploying.and_then(|it| it.shifted) {
            None => load.saturating_sub(running * per_task),
            Some(shifted) => {
                let to_new = load * u64::from(shifted) / u64::from(ALL);
                to_new.saturating_sub((running - old) * per_task)
                    + (load - to_new).saturating_sub(old * per_task)
            }
        };
        let measured = running > 0;
        let (cpu, memory) = used(model, load, running);
        Experience {
            load,
            unserved,
            cpu: measured.then_some(cpu),
            memory: measured.then_some(memory),
            requests: measured.then(|| load * 1000 / running.max(1)),
        }
    }

    fn say_loss(&mut self, service: usize, experience: &Experience) {
        let losing = experience.unserved > 0;
        if losing != self.services[service].losing {
            self.services[service].losing = losing;
            let kind = if losing { EventKind::LoadUnserved } else { EventKind::LoadServed };
            let lost = u32::try_from(experience.unserved).unwrap_or(u32::MAX);
            let why = Why::Load(experience.load);
            self.record.happen(self.now, kind, (Some(service), None), (None, lost), why);
        }
    }

    fn scale_service(&mut self, service: usize, experience: &Experience, running: u32) {
        let Some(model) = &self.model.services[service].scaling else { return };
        let values: Vec<Option<u64>> = model
            .policies
            .iter()
            .map(|(metric, _)| match metric {
                Metric::Cpu => experience.cpu,
                Metric::Memory => experience.memory,
                Metric::Requests => experience.requests,
            })
            .collect();
        let it = &mut self.services[service];
        let now = Metrics {
            second: self.now,
            running,
            desired: it.desired,
            deploying: it.deploying.is_some(),
        };
        let Some(scaling) = &mut it.scaling else { return };
        let Some(change) = scaling.minute(now, &values) else { return };
        let before = it.desired;
        it.desired = change.to;
        it.dirty = true;
        let kind = if change.to > before {
            EventKind::ServiceScaledOut
        } else {
            EventKind::ServiceScaledIn
        };
        let why = Why::Policy { policy: change.policy, metric: change.metric, running };
        self.record.happen(self.now, kind, (Some(service), None), (Some(before), change.to), why);
    }

    /// A service's tasks by their states.
    fn sample(&self, service: usize) -> ServiceSample {
        let it = &self.services[service];
        let mut sample =
            ServiceSample { desired: it.desired, waiting: it.missing, ..ServiceSample::default() };
        for task in it.tasks.iter().map(|task| &self.tasks[*task]) {
            match task.state {
                TaskState::Waiting => sample.waiting += 1,
                TaskState::Pending => sample.pending += 1,
                TaskState::Running => {
                    sample.running += 1;
                    sample.replaced += u32::from(task.revision != it.revision);
                }
                TaskState::Stopping | TaskState::Gone => {}
            }
        }
        sample
    }
}

/// CPU and memory used of what is reserved, in thousandths of a percent.
fn used(model: &LoadModel, load: u64, running: u64) -> (u64, u64) {
    let full = (running * u64::from(model.per_task)).max(1);
    // Thousandths of what all tasks can serve, as far as anybody counts.
    let share = (load * 1000 / full).min(100_000);
    let idle = u64::from(model.idle_cpu);
    let cpu = idle * 1000 + (100 - idle.min(100)) * share;
    let cpu = if model.hard_cpu { cpu.min(100_000) } else { cpu };
    let (low, high) = (u64::from(model.idle_memory), u64::from(model.full_memory));
    let memory = low * 1000 + high.saturating_sub(low) * share.min(1000);
    (cpu, memory)
}
