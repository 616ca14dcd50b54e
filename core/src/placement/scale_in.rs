//! Which task of a service is stopped when it has one too many.
//!
//! Source: ECS Developer Guide, task placement strategies; ECS API, `PlacementStrategy`: binpack
//! stops the task that leaves the most of its field on the instance, spread keeps the balance of its
//! groups. Among equals the instance with the most tasks of the service, then the last: the mirror
//! of what [`super::Ties`] does when tasks start.

use super::choose::{Choice, Ties, place};
use super::cluster::Cluster;
use super::strategy::{Rule, SpreadBy};

impl Cluster {
    /// The instance on which a task of the kind is stopped, of those given; `None` if there are none.
    /// Kinds of other services are not looked at.
    pub fn choose_to_stop(&self, kind: usize, on: &[usize], ties: &mut Ties) -> Option<Choice> {
        let task = &self.kinds()[kind];
        let service = task.service;
        let mut left = on.to_vec();
        for rule in &task.rules {
            match rule {
                Rule::Random => {
                    if let Some(one) = ties.any(&left) {
                        left = vec![one];
                    }
                }
                Rule::Spread(SpreadBy::Zone) => {
                    let counts = self.per_zone(service);
                    keep_most(&mut left, |it| u64::from(counts[self.site(it).zone]));
                }
                Rule::Spread(SpreadBy::Instance) => {
                    keep_most(&mut left, |it| u64::from(self.instances()[it].counts[service]));
                }
                Rule::Spread(SpreadBy::Attribute(name)) => {
                    let counts = self.per_value(service, name);
                    keep_most(&mut left, |it| {
                        counts.get(&self.site(it).attributes.get(name)).copied().unwrap_or(0)
                    });
                }
                Rule::Binpack(by) => {
                    let resource = place(*by);
                    keep_most(&mut left, |it| self.instances()[it].free[resource]);
                }
            }
        }
        let instance = match ties {
            Ties::Random(_) => ties.any(&left),
            Ties::First => left.last().copied(),
            Ties::FewestTasks => {
                left.iter().copied().max_by_key(|it| (self.instances()[*it].counts[service], *it))
            }
        }?;
        Some(Choice { instance, tie: left.len() > 1 })
    }
}

fn keep_most(left: &mut Vec<usize>, measure: impl Fn(usize) -> u64) {
    if let Some(most) = left.iter().map(|it| measure(*it)).max() {
        left.retain(|it| measure(*it) == most);
    }
}
