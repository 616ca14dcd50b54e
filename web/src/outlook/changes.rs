//! The changes of a proposal as people read them: which field, what it is, what it would be. Pure.

use eniac_core::report::Change;
use serde_json::Value;

/// One value that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its path.
    pub path: String,
    /// What it is; `None` where it is not set.
    pub before: Option<String>,
    /// What it would be.
    pub after: Option<String>,
}

/// Each value that `changes` make different, in their order: objects are taken apart.
pub fn differences(changes: &[Change]) -> Vec<Difference> {
    let mut all = Vec::new();
    for change in changes {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        leaves(&change.path, &change.before, &mut before);
        leaves(&change.path, &change.after, &mut after);
        let find = |leaves: &[(String, String)], path: &str| {
            leaves.iter().find(|(at, _)| at == path).map(|(_, value)| value.clone())
        };
        let news = after.iter().filter(|(path, _)| find(&before, path).is_none());
        let paths: Vec<String> = before.iter().chain(news).map(|(path, _)| path.clone()).collect();
        all.extend(paths.into_iter().filter_map(|path| {
            let (before, after) = (find(&before, &path), find(&after, &path));
            (before != after).then_some(Difference { path, before, after })
        }));
    }
    all
}

/// The values under `value` that are no objects, with their paths; nothing is no value.
pub(crate) fn leaves(path: &str, value: &Value, into: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Object(fields) if !fields.is_empty() => {
            for (name, value) in fields {
                leaves(&format!("{path}.{name}"), value, into);
            }
        }
        other => into.push((path.to_owned(), text(other))),
    }
}

/// A value in few letters.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(elements) => {
            let between = if elements.iter().any(Value::is_object) { "; " } else { ", " };
            let elements: Vec<String> = elements.iter().map(text).collect();
            if elements.is_empty() { "none".to_owned() } else { elements.join(between) }
        }
        Value::Object(fields) => {
            // What names it first: `spot: weight 3`.
            let name = ["name", "capacityProvider"].into_iter().find(|it| fields.contains_key(*it));
            let rest = fields.iter().filter(|(field, _)| Some(field.as_str()) != name);
            let rest: Vec<String> =
                rest.map(|(field, value)| format!("{field} {}", text(value))).collect();
            match name.and_then(|name| fields.get(name)) {
                Some(name) => format!("{}: {}", text(name), rest.join(", ")),
                None => format!("{{{}}}", rest.join(", ")),
            }
        }
        other => other.to_string(),
    }
}

/// The differences as a person lists them: with short names, and what is the same for several
/// services once. `names` are those of the services.
pub fn listed(changes: &[Change], names: &[String]) -> Vec<Difference> {
    let mut listed: Vec<(Vec<String>, Difference)> = Vec::new();
    for difference in differences(changes) {
        let (service, field) = of_service(&difference.path, names);
        let is_same = |(_, other): &&mut (Vec<String>, Difference)| {
            service.is_some()
                && other.path == field
                && (&other.before, &other.after) == (&difference.before, &difference.after)
        };
        match (listed.iter_mut().find(is_same), service) {
            (Some((services, _)), Some(service)) if !services.is_empty() => services.push(service),
            (_, service) => {
                let difference = Difference { path: field, ..difference };
                listed.push((service.into_iter().collect(), difference));
            }
        }
    }
    listed
        .into_iter()
        .map(|(services, difference)| match services.as_slice() {
            [] => difference,
            services => Difference {
                path: format!("{}: {}", services.join(", "), difference.path),
                ..difference
            },
        })
        .collect()
}

/// The service that `path` is of, by name, and the field in short.
fn of_service(path: &str, names: &[String]) -> (Option<String>, String) {
    let found = path.strip_prefix("services[").and_then(|rest| {
        let (row, field) = rest.split_once("].")?;
        let name = names.get(row.parse::<usize>().ok()?)?;
        Some((name.clone(), field.strip_prefix("taskDefinition.").unwrap_or(field)))
    });
    match found {
        Some((name, field)) => {
            (Some(name), field.strip_prefix("runtimePlatform.").unwrap_or(field).to_owned())
        }
        None => (None, short(path).to_owned()),
    }
}

/// `path` without what all fields of its kind have in common.
pub fn short(path: &str) -> &str {
    const BEGINNINGS: [&str; 4] = [
        "capacity.managedInstances.instanceRequirements.",
        "capacity.autoScalingGroup.instanceRequirements.",
        "capacity.managedInstances.",
        "capacity.autoScalingGroup.",
    ];
    BEGINNINGS.iter().find_map(|beginning| path.strip_prefix(beginning)).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(before: Value, after: Value, expected: &[(&str, Option<&str>, Option<&str>)]) {
        let changes = [Change { path: "a".into(), before, after }];
        let found = differences(&changes);
        let found: Vec<(&str, Option<&str>, Option<&str>)> = found
            .iter()
            .map(|it| (it.path.as_str(), it.before.as_deref(), it.after.as_deref()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn only_what_differs_is_told() {
        check(json!(1), json!("1 GB"), &[("a", Some("1"), Some("1 GB"))]);
        check(Value::Null, json!([]), &[("a", None, Some("none"))]);
        check(
            json!({ "b": 1, "c": ["x", "y"], "d": { "e": 2 } }),
            json!({ "b": 1, "c": ["x"], "f": true }),
            &[
                ("a.c", Some("x, y"), Some("x")),
                ("a.d.e", Some("2"), None),
                ("a.f", None, Some("true")),
            ],
        );
        check(json!({}), Value::Null, &[("a", Some("{}"), None)]);
        check(json!([]), json!([{ "b": "c" }]), &[("a", Some("none"), Some("{b c}"))]);
    }

    #[test]
    fn what_is_the_same_for_several_services_is_listed_once() {
        let path =
            |row: usize| format!("services[{row}].taskDefinition.runtimePlatform.cpuArchitecture");
        let change = |path: String, after: Value| Change { path, before: Value::Null, after };
        let providers = json!([{ "name": "spot", "capacityOptionType": "SPOT" }]);
        let changes = [
            change(path(0), json!("ARM64")),
            change("capacityProviders".into(), providers),
            change(path(1), json!("ARM64")),
            change(path(2), json!("X86_64")),
        ];
        let names = ["web", "api", "db"].map(str::to_owned);
        let listed = listed(&changes, &names).into_iter();
        let listed: Vec<String> =
            listed.map(|it| format!("{} {}", it.path, it.after.unwrap_or_default())).collect();
        assert_eq!(
            listed,
            [
                "web, api: cpuArchitecture ARM64",
                "capacityProviders spot: capacityOptionType SPOT",
                "db: cpuArchitecture X86_64",
            ]
        );
    }

    #[test]
    fn what_all_have_in_common_is_left_out() {
        for (path, said) in [
            ("capacity.managedInstances.instanceRequirements.vCpuCount.max", "vCpuCount.max"),
            ("capacity.managedInstances.eniTrunking", "eniTrunking"),
            ("services[0].taskDefinition.memory", "services[0].taskDefinition.memory"),
        ] {
            assert_eq!(short(path), said);
        }
    }
}
