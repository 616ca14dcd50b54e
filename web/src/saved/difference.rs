//! What differs between two scenarios, value by value: services, daemons and capacity providers
//! are those of the same name, wherever they stand. Pure.

use crate::document;
use crate::outlook::changes::{Difference, leaves, short};
use eniac_core::scenario::read;
use serde_json::Value;
use std::collections::BTreeMap;

/// Lists whose elements are known by name.
const NAMED: [&str; 3] = ["services", "daemons", "capacityProviders"];

/// The values that `after` has and `before` has not, or otherwise. The scenario's own name is not
/// looked at.
pub fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let (before, after) = (tidy(before), tidy(after));
    let mut all = Vec::new();
    let rest = |scenario: &Value| {
        let mut scenario = scenario.clone();
        if let Some(fields) = scenario.as_object_mut() {
            fields.retain(|name, _| !NAMED.contains(&name.as_str()) && name != "name");
        }
        scenario
    };
    for list in NAMED {
        let (a, b) = (by_name(&before, list), by_name(&after, list));
        for (name, element) in &a {
            match b.get(name) {
                Some(other) => compare(name, element, other, &mut all),
                None => all.push(of_element(name, Some(element), None)),
            }
        }
        for (name, element) in b.iter().filter(|(name, _)| !a.contains_key(*name)) {
            all.push(of_element(name, None, Some(element)));
        }
    }
    compare("", &rest(&before), &rest(&after), &mut all);
    all
}

/// The scenario with its quantities in one unit, where all of it can be read.
fn tidy(scenario: &Value) -> Value {
    let reading = read(&scenario.to_string()).ok();
    let reading = reading.filter(|reading| reading.diagnostics.is_empty());
    reading
        .and_then(|reading| serde_json::to_value(&reading.scenario).ok())
        .unwrap_or_else(|| scenario.clone())
}

/// The elements of a list by their names; equal names are told apart by a number.
fn by_name(scenario: &Value, list: &str) -> BTreeMap<String, Value> {
    let mut named = BTreeMap::new();
    for element in document::get(scenario, list).and_then(Value::as_array).into_iter().flatten() {
        let base = document::text(element, "name");
        let mut name = base.clone();
        let mut number = 2;
        while named.contains_key(&name) {
            name = format!("{base} ({number})");
            number += 1;
        }
        named.insert(name, element.clone());
    }
    named
}

fn compare(of: &str, before: &Value, after: &Value, all: &mut Vec<Difference>) {
    let (mut a, mut b) = (Vec::new(), Vec::new());
    leaves("", before, &mut a);
    leaves("", after, &mut b);
    let (a, b): (BTreeMap<_, _>, BTreeMap<_, _>) =
        (a.into_iter().collect(), b.into_iter().collect());
    let news = b.keys().filter(|path| !a.contains_key(*path));
    for path in a.keys().chain(news) {
        if a.get(path) == b.get(path) {
            continue;
        }
        let field = path.trim_start_matches('.');
        let field = field.strip_prefix("taskDefinition.").unwrap_or(field);
        let name = if of.is_empty() { short(field).to_owned() } else { format!("{of}: {field}") };
        all.push(Difference {
            path: name,
            before: a.get(path).cloned(),
            after: b.get(path).cloned(),
        });
    }
}

/// An element that is only in one of the two.
fn of_element(name: &str, before: Option<&Value>, after: Option<&Value>) -> Difference {
    let said = |element: &Value| {
        let figures = [
            ("desiredCount", "tasks"),
            ("taskDefinition.cpu", "CPU units"),
            ("taskDefinition.memory", "MiB"),
        ];
        let figures = figures.into_iter().filter_map(|(path, unit)| {
            let text = document::text(element, path);
            (!text.is_empty()).then(|| format!("{text} {unit}"))
        });
        let figures: Vec<String> = figures.collect();
        if figures.is_empty() { "there".to_owned() } else { figures.join(", ") }
    };
    let there = |element: Option<&Value>| Some(element.map_or_else(|| "not there".into(), said));
    Difference { path: name.to_owned(), before: there(before), after: there(after) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn service(name: &str, cpu: &Value) -> Value {
        json!({ "name": name, "desiredCount": 2,
            "taskDefinition": { "cpu": cpu, "memory": 512 } })
    }

    fn check(before: &Value, after: &Value, expected: &[&str]) {
        let said = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
        let found: Vec<String> = differences(before, after)
            .iter()
            .map(|it| format!("{} {} > {}", it.path, said(&it.before), said(&it.after)))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn services_are_those_of_the_same_name() {
        let before = json!({ "name": "a", "services": [
            service("web", &json!(256)), service("api", &json!(512)), service("old", &json!(1024))] });
        let after = json!({ "name": "b", "zones": 2, "services": [
            service("new", &json!(128)), service("api", &json!(512)), service("web", &json!("0.5 vCPU"))] });
        check(
            &before,
            &after,
            &[
                "old 2 tasks, 1024 CPU units, 512 MiB > not there",
                "web: cpu 256 > 512",
                "new not there > 2 tasks, 128 CPU units, 512 MiB",
                "zones 3 > 2",
            ],
        );
        check(&before, &before, &[]);
    }

    #[test]
    fn the_same_in_another_unit_is_the_same() {
        let of = |cpu: Value| json!({ "services": [service("web", &cpu)] });
        check(&of(json!(512)), &of(json!("0.5 vCPU")), &[]);
    }

    #[test]
    fn what_cannot_be_read_is_compared_as_it_stands() {
        let of = |zones: Value| json!({ "zones": zones, "services": [{}, {}] });
        check(&of(json!("many")), &of(json!(3)), &["zones many > 3"]);
    }
}
