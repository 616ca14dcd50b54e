//! Types as an Auto Scaling group has them: which hold every task, what all tasks cost at least on
//! one, and which one a group launches.
//!
//! A group's types must all hold every task of its provider, or tasks stay PROVISIONING: ECS
//! Developer Guide, managed scaling behavior.

use super::ground::Ground;
use crate::managed::tasks_on;
use crate::packing::Problem;
use crate::scenario::AutoScalingGroup;

/// How many instances are paid for where so many are needed; `None` where that cannot be.
pub(crate) type Paid<'p> = &'p dyn Fn(u64) -> Option<u64>;

/// A provider's tasks alone, by the place of each demand's provider, with all offers.
pub(crate) fn tasks_of(problem: &Problem, providers: &[usize], provider: usize) -> Problem {
    let demands = problem.demands.iter().zip(providers);
    let own = demands.filter(|(_, it)| **it == provider).map(|(demand, _)| demand.clone());
    Problem { demands: own.collect(), anti_affinity: Vec::new(), ..problem.clone() }
}

/// The type that a group launches for the tasks of a problem, as the places of its offers: of the
/// provider's types that hold every task, those in every zone if there are any, the first that the
/// group names, without a list the one on which they cost least. `None` where none holds all.
pub(crate) fn main_type(
    ground: &Ground<'_>,
    group: &AutoScalingGroup,
    provider: usize,
    own: &Problem,
) -> Option<Vec<usize>> {
    let types = types_of_provider(ground, provider, own).filter(|offers| unheld(own, offers) == 0);
    types.min_by_key(|offers| {
        let name = &ground.supply.instances[offers[0]].facts.name;
        let named = group.instance_types.iter().position(|it| it == name);
        let partly = !holds_all(own, offers);
        (partly, named.unwrap_or(usize::MAX), at_least(own, offers, &Some), offers[0])
    })
}

/// Of a provider's types the one that holds the tasks of most demands; of equal ones the one on
/// which all would cost least. `None` without types.
pub(crate) fn most_held(ground: &Ground<'_>, provider: usize, own: &Problem) -> Option<Vec<usize>> {
    types_of_provider(ground, provider, own)
        .min_by_key(|offers| (unheld(own, offers), at_least(own, offers, &Some), offers[0]))
}

/// How many demands a type holds nowhere.
fn unheld(own: &Problem, offers: &[usize]) -> usize {
    let holds = |demand| offers.iter().any(|it| tasks_on(demand, &own.offers[*it]) > 0);
    own.demands.iter().filter(|demand| !holds(demand)).count()
}

fn types_of_provider(
    ground: &Ground<'_>,
    provider: usize,
    own: &Problem,
) -> impl Iterator<Item = Vec<usize>> {
    let instances = &ground.supply.instances;
    let is_own = move |offers: &Vec<usize>| {
        instances[offers[0]].provider == provider && instances[offers[0]].admitted
    };
    types_of(ground, own).into_iter().filter(is_own)
}

/// The offers of a ground's problem, those of one type together.
pub(crate) fn types_of(ground: &Ground<'_>, problem: &Problem) -> Vec<Vec<usize>> {
    let mut types: Vec<Vec<usize>> = Vec::new();
    for offer in 0..problem.offers.len() {
        match types.last_mut() {
            Some(last) if ground.supply.first_alike(offer) == last[0] => last.push(offer),
            _ => types.push(vec![offer]),
        }
    }
    types
}

/// Whether a type stands in every zone and holds every task somewhere, those that are spread
/// everywhere.
pub(crate) fn holds_all(problem: &Problem, offers: &[usize]) -> bool {
    let stands = |zone: usize, held: &dyn Fn(usize) -> bool| {
        offers.iter().any(|it| problem.offers[*it].zones >> zone & 1 == 1 && held(*it))
    };
    let mut zones = 0..problem.zones.max(1);
    let everywhere = zones.clone().all(|zone| stands(zone, &|_| true));
    everywhere
        && problem.demands.iter().all(|demand| {
            let held = |offer: usize| tasks_on(demand, &problem.offers[offer]) > 0;
            let mut everywhere = zones.clone();
            if demand.spread {
                everywhere.all(|zone| stands(zone, &held))
            } else {
                zones.any(|zone| stands(zone, &held))
            }
        })
}

/// What all tasks cost at least on one type that holds them.
pub(crate) fn at_least(problem: &Problem, offers: &[usize], paid: Paid<'_>) -> Option<u128> {
    let facts = &problem.offers[*offers.first()?];
    let by_resource = facts.amounts.iter().enumerate().map(|(resource, have)| {
        let demands = problem.demands.iter();
        let needs =
            demands.map(|it| u128::from(it.amounts[resource]) * u128::from(it.count)).sum::<u128>();
        needs.div_ceil(u128::from(*have).max(1))
    });
    let needed = u64::try_from(by_resource.max().unwrap_or(0)).unwrap_or(u64::MAX);
    Some(u128::from(paid(needed)?) * u128::from(facts.price.0))
}
