//! Which of the instances that can take a task gets it.
//!
//! The rules narrow the candidates down in their order. Source: ECS Developer Guide, task placement
//! strategies. Spread counts the tasks of the same service; binpack takes the instance with the
//! least left. Which of several instances gets a task that are equal by all rules is documented
//! nowhere: see [`Ties`].

use super::cluster::Cluster;
use super::strategy::{BinpackBy, Rule, SpreadBy};
use crate::chance::Chance;
use std::collections::BTreeMap;

/// Who decides among equals.
pub enum Ties {
    /// The instance with the fewest tasks that are not to stop, then the first.
    FewestTasks,
    /// The first.
    First,
    /// Chance.
    Random(Box<Chance>),
}

impl Ties {
    /// Chance with a seed.
    pub fn random(seed: u64) -> Self {
        Self::Random(Box::new(Chance::new(seed)))
    }

    /// One of several, by chance where chance decides, else the first.
    pub(super) fn any(&mut self, left: &[usize]) -> Option<usize> {
        match self {
            Self::Random(chance) => left.get(chance.below(left.len())).copied(),
            _ => left.first().copied(),
        }
    }
}

/// Where a task goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The instance.
    pub instance: usize,
    /// Whether others were equal by all rules.
    pub tie: bool,
}

impl Cluster {
    /// Chooses among candidates; `None` if there are none. `told` hears what each rule left.
    pub fn choose(
        &self,
        kind: usize,
        candidates: &[usize],
        ties: &mut Ties,
        told: &mut dyn FnMut(&Rule, &[usize]),
    ) -> Option<Choice> {
        let mut left = candidates.to_vec();
        for rule in &self.kinds()[kind].rules {
            self.narrow(kind, rule, &mut left, ties);
            told(rule, &left);
        }
        let instance = match ties {
            Ties::FewestTasks => {
                left.iter().copied().min_by_key(|it| (self.instances()[*it].live, *it))
            }
            ties => ties.any(&left),
        }?;
        Some(Choice { instance, tie: left.len() > 1 })
    }

    fn narrow(&self, kind: usize, rule: &Rule, left: &mut Vec<usize>, ties: &mut Ties) {
        let service = self.kinds()[kind].service;
        match rule {
            Rule::Random => {
                if let Some(one) = ties.any(left) {
                    *left = vec![one];
                }
            }
            Rule::Spread(SpreadBy::Zone) => {
                let counts = self.per_zone(service);
                keep_least(left, |it| u64::from(counts[self.site(it).zone]));
            }
            Rule::Spread(SpreadBy::Instance) => {
                keep_least(left, |it| u64::from(self.instances()[it].counts[service]));
            }
            Rule::Spread(SpreadBy::Attribute(name)) => {
                let counts = self.per_value(service, name);
                keep_least(left, |it| {
                    counts.get(&self.site(it).attributes.get(name)).copied().unwrap_or(0)
                });
            }
            Rule::Binpack(by) => {
                let resource = place(*by);
                keep_least(left, |it| self.instances()[it].free[resource]);
            }
        }
    }

    /// A service's tasks by the value of an attribute; instances without it are a group of their
    /// own.
    pub(super) fn per_value(&self, service: usize, name: &str) -> BTreeMap<Option<&String>, u64> {
        let mut counts = BTreeMap::new();
        for (place, instance) in self.instances().iter().enumerate() {
            let value = self.site(place).attributes.get(name);
            *counts.entry(value).or_insert(0) += u64::from(instance.counts[service]);
        }
        counts
    }
}

/// The place of a resource among amounts.
pub(super) fn place(by: BinpackBy) -> usize {
    match by {
        BinpackBy::Cpu => 0,
        BinpackBy::Memory => 1,
    }
}

fn keep_least(left: &mut Vec<usize>, measure: impl Fn(usize) -> u64) {
    if let Some(least) = left.iter().map(|it| measure(*it)).min() {
        left.retain(|it| measure(*it) == least);
    }
}

#[cfg(test)]
mod tests;
