//! `place`: each service in turn, each task where ECS would put it, and why not elsewhere.

use super::assumptions::{Told, assumptions};
use super::build::{Built, build};
use super::steps::{step, stop_reason};
use super::{CLUSTER_VERSION, told};
use crate::placement::{Cluster, Rejection, Ties};
use crate::plan::{gravest_first, printable, region_report};
use crate::report::{
    PlacedService, PlacementDecision, PlacementReport, RejectedInstance, RejectionCount,
    ScaleInStep, UnplacedTask,
};
use crate::scenario::{Reading, Service};
use crate::timeline::{MOST_TASKS, Model, run, shared};
use eniac_catalog::Catalog;
use std::collections::BTreeMap;

/// More decisions are counted, and not told.
const MOST_DECISIONS: usize = 300;

/// Rejections of a task are told for so many instances.
const MOST_REJECTED: usize = 100;

/// So many stops are told for each service.
const MOST_STOPS: usize = 8;

/// Where ECS would put the tasks of each service, and why not elsewhere. Never fails: what cannot
/// be worked out is said in the diagnostics.
///
/// The instances are the scenario's `containerInstances`; without any, those that the groups begin
/// with.
pub fn place(catalog: &Catalog, reading: &Reading) -> PlacementReport {
    let mut diagnostics = reading.diagnostics.clone();
    let mut report = PlacementReport {
        version: CLUSTER_VERSION,
        name: printable(&reading.scenario.name),
        ..PlacementReport::default()
    };
    if let Some(built) = build(catalog, reading, &mut diagnostics) {
        report.region = region_report(catalog, &built.ground.place);
        report.assumptions = assumptions(reading, &built, Told::Placement);
        let mut placing = Placing::new(&built);
        for service in 0..built.model.services.len() {
            let told = placing.service(service, reading);
            report.services.push(told);
        }
        let before = &placing.before;
        report.container_instances =
            told::instances(&built, &placing.cluster, &|place, service| {
                before.get(&(place, service)).copied().unwrap_or(0)
            });
        report.decided = placing.decided;
        report.decisions = placing.decisions;
    }
    gravest_first(&mut diagnostics);
    report.diagnostics = diagnostics;
    report
}

struct Placing<'b, 'c> {
    built: &'b Built<'c>,
    cluster: Cluster,
    ties: Ties,
    /// Tasks that stood at first, by instance and service.
    before: BTreeMap<(usize, usize), u32>,
    decisions: Vec<PlacementDecision>,
    decided: u32,
    /// Tasks placed so far, of all services.
    placed: usize,
}

impl<'b, 'c> Placing<'b, 'c> {
    fn new(built: &'b Built<'c>) -> Self {
        let model = &built.model;
        // A simulation of no minutes says which instances there are, and what stands on them.
        let start = run(&Model { minutes: 0, deployments: Vec::new(), ..model.clone() }).end;
        let mut cluster = Cluster::new(model.zones, model.services.len(), model.kinds.clone());
        let mut before = BTreeMap::new();
        for (place, instance) in start.instances().iter().enumerate() {
            let Some(standing) = model.standing.get(place) else {
                let site = cluster.site_like(start.site(place).clone());
                cluster.add(instance.name.clone(), site);
                continue;
            };
            let added = standing.add_to(&mut cluster);
            for (service, count) in standing.tasks.iter().copied() {
                let kind = model.services[service].kind;
                for _ in 0..count {
                    if !cluster.has_room(added, kind) {
                        break;
                    }
                    cluster.put(added, kind);
                    *before.entry((added, service)).or_insert(0) += 1;
                }
            }
        }
        Self {
            built,
            cluster,
            ties: model.fresh_ties(),
            before,
            decisions: Vec::new(),
            decided: 0,
            placed: 0,
        }
    }

    fn service(&mut self, service: usize, reading: &Reading) -> PlacedService {
        let built = self.built;
        let sized = &built.ground.workload.services[service];
        let kind = built.model.services[service].deployed_kind;
        let before: u32 =
            self.before.iter().filter(|((_, it), _)| *it == service).map(|(_, n)| *n).sum();
        let mut placed = 0;
        for (group, tasks) in self.wanted(service) {
            let mut candidates = self.cluster.candidates(kind, group);
            for _ in 0..tasks {
                // Where one finds no place, no other through this provider does.
                let room = self.placed < MOST_TASKS;
                if !room || !self.task(service, kind, group, before + placed + 1, &mut candidates) {
                    break;
                }
                placed += 1;
                self.placed += 1;
            }
        }
        let unplaced = sized.count.saturating_sub(before + placed);
        let words = reading.service_in_row(sized.row);
        let rules = &built.model.kinds[kind].rules;
        PlacedService {
            service: sized.name.clone(),
            row: u32::try_from(sized.row).unwrap_or(u32::MAX),
            desired: sized.count,
            before,
            placed,
            unplaced,
            waiting: if built.model.services[service].strategy.is_empty() {
                UnplacedTask::Fails
            } else {
                UnplacedTask::Provisioning
            },
            strategy: rules.iter().map(ToString::to_string).collect(),
            strategy_is_default: words.is_some_and(|it| it.placement_strategy.is_empty()),
            constraints: constraints(words, built, kind),
            per_zone: self.cluster.per_zone(service).to_vec(),
            rejections: self.rejections(service, kind),
            could_take_more: self.could_take(service, kind),
            scale_in: self.scale_in(service, kind),
        }
    }

    /// How many tasks are to be placed through which provider.
    fn wanted(&self, service: usize) -> Vec<(Option<usize>, u32)> {
        let desired = self.built.model.services[service].desired;
        let strategy = &self.built.model.services[service].strategy;
        let stood = |group: Option<usize>| -> u32 {
            let here = self.before.iter().filter(|((place, it), _)| {
                *it == service && group.is_none_or(|group| group == self.cluster.site(*place).group)
            });
            here.map(|(_, count)| *count).sum()
        };
        if strategy.is_empty() {
            return vec![(None, desired.saturating_sub(stood(None)))];
        }
        let wanted = strategy.iter().zip(shared(desired, strategy));
        wanted
            .map(|(it, tasks)| (Some(it.group), tasks.saturating_sub(stood(Some(it.group)))))
            .collect()
    }

    /// Places one task; whether it found a place.
    fn task(
        &mut self,
        service: usize,
        kind: usize,
        group: Option<usize>,
        task: u32,
        candidates: &mut Vec<usize>,
    ) -> bool {
        let tells = self.decisions.len() < MOST_DECISIONS;
        let mut steps = Vec::new();
        let (cluster, zones) = (&self.cluster, &self.built.zones);
        let choice = cluster.choose(kind, candidates, &mut self.ties, &mut |rule, left| {
            if tells && !candidates.is_empty() {
                steps.push(step(cluster, zones, kind, rule, left));
            }
        });
        self.decided += 1;
        if tells || choice.is_none() {
            let rejected = if choice.is_none() { self.rejected(kind, group) } else { Vec::new() };
            self.decisions.push(PlacementDecision {
                service: self.built.ground.workload.services[service].name.clone(),
                task,
                instance: choice.map(|it| self.cluster.instances()[it.instance].name.clone()),
                candidates: u32::try_from(candidates.len()).unwrap_or(u32::MAX),
                steps,
                tie: choice.is_some_and(|it| it.tie),
                rejected,
            });
        }
        if let Some(choice) = choice {
            self.cluster.put(choice.instance, kind);
            if self.cluster.takes(choice.instance, kind, group).is_err() {
                candidates.retain(|it| *it != choice.instance);
            }
        }
        choice.is_some()
    }

    fn rejected(&self, kind: usize, group: Option<usize>) -> Vec<RejectedInstance> {
        let all = 0..self.cluster.instances().len();
        let told = all.filter_map(|place| {
            let why = self.cluster.takes(place, kind, group).err()?;
            Some(RejectedInstance {
                instance: self.cluster.instances()[place].name.clone(),
                reason: why.reason().to_owned(),
                text: self.sentence(kind, &why),
            })
        });
        told.take(MOST_REJECTED).collect()
    }

    fn sentence(&self, kind: usize, why: &Rejection) -> String {
        match why {
            Rejection::MemberOf(place) => {
                let expressions = &self.cluster.kinds()[kind].expressions;
                expressions
                    .get(*place)
                    .map_or_else(|| why.to_string(), |it| format!("it does not meet {it}"))
            }
            why => why.to_string(),
        }
    }

    /// Whether an instance can take one more task of a service through any of its providers.
    fn takes(&self, place: usize, service: usize, kind: usize) -> Result<(), Rejection> {
        let strategy = &self.built.model.services[service].strategy;
        let here = self.cluster.site(place).group;
        if !strategy.is_empty() && strategy.iter().all(|it| it.group != here) {
            return Err(Rejection::OtherProvider);
        }
        self.cluster.takes(place, kind, None)
    }

    fn could_take(&self, service: usize, kind: usize) -> u32 {
        let all = 0..self.cluster.instances().len();
        let can = all.filter(|place| self.takes(*place, service, kind).is_ok());
        u32::try_from(can.count()).unwrap_or(u32::MAX)
    }

    /// Why instances cannot take one more task of a service, by reason, most first.
    fn rejections(&self, service: usize, kind: usize) -> Vec<RejectionCount> {
        let mut reasons: BTreeMap<&'static str, (u32, Rejection)> = BTreeMap::new();
        for place in 0..self.cluster.instances().len() {
            if let Err(why) = self.takes(place, service, kind) {
                reasons.entry(why.reason()).or_insert((0, why)).0 += 1;
            }
        }
        let mut told: Vec<RejectionCount> = reasons
            .into_iter()
            .map(|(reason, (instances, why))| RejectionCount {
                reason: reason.to_owned(),
                instances,
                text: self.sentence(kind, &why),
            })
            .collect();
        told.sort_by_key(|it| std::cmp::Reverse(it.instances));
        told
    }

    /// Where tasks would be stopped one by one.
    fn scale_in(&mut self, service: usize, kind: usize) -> Vec<ScaleInStep> {
        let mut stopped = Vec::new();
        let cluster = &mut self.cluster;
        let mut ties = self.built.model.fresh_ties();
        let mut told = Vec::new();
        while told.len() < MOST_STOPS {
            let all = 0..cluster.instances().len();
            let on: Vec<usize> =
                all.filter(|it| cluster.instances()[*it].counts[service] > 0).collect();
            let Some(choice) = cluster.choose_to_stop(kind, &on, &mut ties) else { break };
            let rules = &cluster.kinds()[kind].rules;
            let why: Vec<String> = rules
                .iter()
                .map(|rule| stop_reason(cluster, &self.built.zones, kind, rule, choice.instance))
                .collect();
            told.push(ScaleInStep {
                instance: cluster.instances()[choice.instance].name.clone(),
                text: match why.as_slice() {
                    [] => "no rule: the instance with most of its tasks".to_owned(),
                    why => why.join("; "),
                },
            });
            cluster.order_to_stop(choice.instance, kind);
            cluster.release(choice.instance, kind);
            stopped.push(choice.instance);
        }
        // It was a question only.
        for instance in stopped {
            self.cluster.put(instance, kind);
        }
        told
    }
}

fn constraints(service: Option<&Service>, built: &Built<'_>, kind: usize) -> Vec<String> {
    let kind = &built.model.kinds[kind];
    let distinct = kind.distinct.then(|| "distinctInstance".to_owned());
    let ports = service.filter(|_| !kind.host_ports.is_empty()).map(|_| {
        let ports: Vec<String> = kind.host_ports.iter().map(|(_, port)| port.to_string()).collect();
        format!("host port {}", ports.join(", "))
    });
    let members = kind.expressions.iter().map(ToString::to_string);
    distinct.into_iter().chain(ports).chain(members).collect()
}
