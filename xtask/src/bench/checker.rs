//! Whether a plan keeps every rule of a problem, from the two documents alone.
//!
//! It shares no code with the planner, whose own checker has accepted the plan before.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};

use super::instance::{Answer, Instance, Pattern, Service, Type};

/// The first rule that the plan breaks.
pub(super) fn check(instance: &Instance, answer: &Answer) -> Result<()> {
    let types: BTreeMap<&str, &Type> =
        instance.types.iter().map(|each| (each.name.as_str(), each)).collect();
    let services: BTreeMap<&str, &Service> =
        instance.services.iter().map(|each| (each.id.as_str(), each)).collect();
    // Tasks of a service in each zone.
    let mut placed: BTreeMap<&str, Vec<u64>> =
        services.keys().map(|id| (*id, vec![0; instance.azs])).collect();
    let (mut cost, mut instances) = (0_u128, 0);
    for (at, pattern) in answer.fleet.iter().enumerate() {
        let place = || format!("fleet[{at}]");
        let its_type = types
            .get(pattern.instance_type.as_str())
            .with_context(|| format!("there is no type {}", pattern.instance_type))
            .with_context(place)?;
        one_instance(instance, &services, its_type, pattern).with_context(place)?;
        for (id, count) in &pattern.tasks {
            if let Some(zones) = placed.get_mut(id.as_str()) {
                zones[pattern.zone] += count * pattern.copies;
            }
        }
        cost += u128::from(its_type.price_micro) * u128::from(pattern.copies);
        instances += pattern.copies;
    }
    for service in &instance.services {
        let zones = &placed[service.id.as_str()];
        let (sum, wanted) = (zones.iter().sum::<u64>(), service.count);
        ensure!(sum == wanted, "{sum} tasks of {} are placed, not {wanted}", service.id);
        let uneven = zones.iter().max().zip(zones.iter().min()).is_some_and(|(a, b)| a - b > 1);
        ensure!(!(service.spread && uneven), "{} is spread as {zones:?}", service.id);
    }
    let Answer { cost_micro, lower_bound_micro, .. } = *answer;
    ensure!(cost == u128::from(cost_micro), "the fleet costs {cost}, not {cost_micro}");
    ensure!(instances == answer.instances, "the fleet has {instances} instances");
    ensure!(
        lower_bound_micro <= cost_micro,
        "the bound {lower_bound_micro} is above the cost {cost}"
    );
    ensure!(
        answer.proven_optimal == (lower_bound_micro == cost_micro),
        "proven_optimal is {} with bound {lower_bound_micro} and cost {cost}",
        answer.proven_optimal
    );
    Ok(())
}

/// The rules that each instance keeps by itself.
fn one_instance(
    instance: &Instance,
    services: &BTreeMap<&str, &Service>,
    its_type: &Type,
    pattern: &Pattern,
) -> Result<()> {
    ensure!(pattern.zone < instance.azs, "zone {} does not exist", pattern.zone);
    ensure!(pattern.copies > 0, "no copies");
    ensure!(!pattern.tasks.is_empty(), "no tasks");
    let mut used = [0_u128; 4];
    for (id, &count) in &pattern.tasks {
        let service = services.get(id.as_str()).with_context(|| format!("no service {id}"))?;
        ensure!(count > 0, "no task of {id}");
        ensure!(service.arch.contains(&its_type.arch), "{id} does not run on {}", its_type.arch);
        ensure!(!service.distinct || count == 1, "{count} tasks of {id}, which is distinct");
        for (sum, (_, amount)) in used.iter_mut().zip(service.amounts.named()) {
            *sum += u128::from(amount) * u128::from(count);
        }
    }
    for (sum, (resource, amount)) in used.into_iter().zip(its_type.amounts.named()) {
        let enough = sum <= u128::from(amount);
        ensure!(enough, "{sum} {resource} on a {}, which has {amount}", its_type.name);
    }
    let holds = |place: usize| {
        instance.services.get(place).is_some_and(|service| pattern.tasks.contains_key(&service.id))
    };
    for &(one, other) in &instance.anti_affinity {
        ensure!(!(holds(one) && holds(other)), "services {one} and {other} share an instance");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn instance() -> Instance {
        serde_json::from_value(json!({
            "schema": 1, "name": "t", "azs": 3, "anti_affinity": [[0, 1]],
            "services": [
                {"id": "a", "count": 3, "cpu": 1, "mem": 1, "eni": 1, "gpu": 0, "arch": ["arm64"],
                 "distinct": false, "spread": true},
                {"id": "b", "count": 2, "cpu": 1, "mem": 1, "eni": 0, "gpu": 0,
                 "arch": ["arm64", "x86_64"], "distinct": true, "spread": false}],
            "types": [
                {"name": "x", "arch": "x86_64", "cpu": 2, "mem": 2, "eni": 1, "gpu": 0,
                 "price_micro": 9},
                {"name": "y", "arch": "arm64", "cpu": 2, "mem": 2, "eni": 2, "gpu": 0,
                 "price_micro": 10}]
        }))
        .unwrap()
    }

    fn sound() -> Value {
        json!({
            "cost_micro": 48, "lower_bound_micro": 40, "proven_optimal": false, "work": 1,
            "instances": 5, "milliseconds": 0.5,
            "fleet": [
                {"type": "y", "zone": 0, "tasks": {"a": 1}, "copies": 1},
                {"type": "y", "zone": 1, "tasks": {"a": 1}, "copies": 1},
                {"type": "y", "zone": 2, "tasks": {"a": 1}, "copies": 1},
                {"type": "x", "zone": 0, "tasks": {"b": 1}, "copies": 2}]
        })
    }

    #[track_caller]
    fn finds(path: &str, value: Value, says: &str) {
        let mut answer = sound();
        *answer.pointer_mut(path).unwrap() = value;
        let found = check(&instance(), &serde_json::from_value(answer).unwrap());
        let found = format!("{:#}", found.expect_err(path));
        assert!(found.contains(says), "{path}: {found}");
    }

    #[test]
    fn each_broken_rule_is_found() {
        check(&instance(), &serde_json::from_value(sound()).unwrap()).unwrap();
        finds("/fleet/0/type", json!("z"), "no type z");
        finds("/fleet/0/type", json!("x"), "a does not run on x86_64");
        finds("/fleet/0/zone", json!(3), "zone 3");
        finds("/fleet/0/zone", json!(1), "spread as [0, 2, 1]");
        finds("/fleet/0/copies", json!(0), "no copies");
        finds("/fleet/0/copies", json!(2), "4 tasks of a");
        finds("/fleet/0/tasks", json!({}), "no tasks");
        finds("/fleet/0/tasks", json!({"c": 1}), "no service c");
        finds("/fleet/0/tasks", json!({"a": 1, "b": 1}), "share an instance");
        finds("/fleet/0/tasks", json!({"a": 3}), "3 cpu on a y, which has 2");
        finds("/fleet/3/tasks", json!({"b": 2}), "2 tasks of b, which is distinct");
        finds("/cost_micro", json!(47), "costs 48, not 47");
        finds("/instances", json!(4), "5 instances");
        finds("/lower_bound_micro", json!(49), "bound 49");
        finds("/lower_bound_micro", json!(48), "proven_optimal");
    }
}
