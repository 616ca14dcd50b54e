//! Edits of the list of services: new ones, copies, and those of another scenario. Pure.

use crate::document;
use crate::edit::append;
use serde_json::{Value, json};

/// A small service; its platform and network mode are those of the row above, which are most
/// often the same.
pub(crate) fn new_service(document: &Value, name: &str, like: Option<usize>) -> Value {
    let mut service = json!({
        "name": name,
        "desiredCount": 2,
        "taskDefinition": { "cpu": 256, "memory": 512 }
    });
    let Some(like) = like else { return service };
    for field in ["taskDefinition.networkMode", "taskDefinition.runtimePlatform"] {
        if let Some(value) = document::get(document, &format!("services[{like}].{field}")) {
            document::set(&mut service, field, Some(value.clone()));
        }
    }
    service
}

/// They run where this scenario's own do: capacity providers that it does not have are not named.
pub(crate) fn add_services(document: &mut Value, services: &[Value]) {
    const STRATEGY: &str = "capacityProviderStrategy";
    let rows = 0..document::len(document, "capacityProviders");
    let known: Vec<String> = rows
        .map(|row| document::text(document, &format!("capacityProviders[{row}].name")))
        .collect();
    for service in services {
        let mut service = service.clone();
        let name = document::text(&service, "name");
        let name = free_name(document, "services", if name.is_empty() { "service" } else { &name });
        document::set(&mut service, "name", Some(Value::from(name)));
        let named = 0..document::len(&service, STRATEGY);
        let mut named =
            named.map(|at| document::text(&service, &format!("{STRATEGY}[{at}].capacityProvider")));
        if named.any(|provider| !known.contains(&provider)) {
            document::set(&mut service, STRATEGY, None);
        }
        append(document, "services", service);
    }
}

pub(crate) fn copy_service(document: &mut Value, row: usize) {
    let Some(service) = document::get(document, &format!("services[{row}]")) else { return };
    let mut copy = service.clone();
    let base = document::text(&copy, "name");
    let base = base.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
    let name = free_name(document, "services", if base.is_empty() { "service" } else { base });
    document::set(&mut copy, "name", Some(Value::from(name)));
    if let Some(Value::Array(services)) = document.get_mut("services") {
        services.insert((row + 1).min(services.len()), copy);
    }
}

/// `base`, or `base-2`, `base-3` and so on: the first that no row of `list` has.
pub(crate) fn free_name(document: &Value, list: &str, base: &str) -> String {
    let rows = document::len(document, list);
    let taken: Vec<String> =
        (0..rows).map(|row| document::text(document, &format!("{list}[{row}].name"))).collect();
    let names = std::iter::once(base.to_owned())
        .chain((2..rows + 3).map(|number| format!("{base}-{number}")));
    names.into_iter().find(|name| !taken.contains(name)).unwrap_or_else(|| base.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_of_another_scenario_get_free_names_and_this_capacity() {
        let mut document = json!({
            "capacityProviders": [{ "name": "spot" }],
            "services": [{ "name": "web" }],
        });
        let on = |name: &str, provider: &str| json!({ "name": name, "capacityProviderStrategy": [{ "capacityProvider": provider }] });
        add_services(&mut document, &[on("web", "spot"), on("api", "theirs"), json!({})]);
        let services = &document["services"];
        assert_eq!(services[1], on("web-2", "spot"));
        assert_eq!(services[2], json!({ "name": "api" }));
        assert_eq!(services[3]["name"], "service");
    }
}
