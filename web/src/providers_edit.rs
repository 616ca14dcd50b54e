//! Changes to the capacity providers: each comes with its item of the default strategy, and keeps
//! its name in every strategy that names it. Pure.

use crate::document;
use serde_json::{Value, json};

const PROVIDERS: &str = "capacityProviders";
const STRATEGY: &str = "capacityProviderStrategy";

/// A provider more. The first two are On-Demand for a base, and Spot for most of the rest.
pub fn add(document: &mut Value) {
    let count = document::len(document, PROVIDERS);
    if count == 0 {
        put(document, "on-demand", "ON_DEMAND", json!({ "base": 2, "weight": 1 }));
        put(document, "spot", "SPOT", json!({ "weight": 3 }));
        return;
    }
    let names: Vec<String> = (0..count).map(|at| name(document, at)).collect();
    let free = (count + 1..).map(|number| format!("provider-{number}"));
    let free = free.into_iter().find(|name| !names.contains(name)).unwrap_or_default();
    put(document, &free, "ON_DEMAND", json!({ "weight": 1 }));
}

fn put(document: &mut Value, name: &str, option: &str, item: Value) {
    let at = document::len(document, PROVIDERS);
    let provider = json!({ "name": name, "capacityOptionType": option });
    document::set(document, &format!("{PROVIDERS}[{at}]"), Some(provider));
    let at = document::len(document, STRATEGY);
    let mut item = item;
    document::set(&mut item, "capacityProvider", Some(Value::from(name)));
    document::set(document, &format!("{STRATEGY}[{at}]"), Some(item));
}

/// The provider at `at` is taken out, with its items in all strategies.
pub fn remove(document: &mut Value, at: usize) {
    let gone = name(document, at);
    take_out(document, PROVIDERS, |place, _| place == at);
    for path in strategies(document) {
        take_out(document, &path, |_, item| item["capacityProvider"] == gone.as_str());
    }
}

/// The provider at `at` is about to be called `to`: strategies follow.
pub fn rename(document: &mut Value, at: usize, to: &str) {
    let from = name(document, at);
    if from.is_empty() {
        return;
    }
    for path in strategies(document) {
        for item in 0..document::len(document, &path) {
            let field = format!("{path}[{item}].capacityProvider");
            if document::text(document, &field) == from {
                document::set(document, &field, Some(Value::from(to)));
            }
        }
    }
}

/// Where the default strategy says what the provider at `at` gets; where it would, if it does not.
pub fn item_path(document: &Value, at: usize) -> (String, bool) {
    let name = name(document, at);
    let count = document::len(document, STRATEGY);
    let is_named = |item: &usize| {
        document::text(document, &format!("{STRATEGY}[{item}].capacityProvider")) == name
    };
    let found = (0..count).find(is_named);
    (format!("{STRATEGY}[{}]", found.unwrap_or(count)), found.is_some())
}

fn name(document: &Value, at: usize) -> String {
    document::text(document, &format!("{PROVIDERS}[{at}].name"))
}

fn strategies(document: &Value) -> Vec<String> {
    let services = document::len(document, "services");
    let own = (0..services).map(|row| format!("services[{row}].{STRATEGY}"));
    std::iter::once(STRATEGY.to_owned()).chain(own).collect()
}

fn take_out(document: &mut Value, path: &str, which: impl Fn(usize, &Value) -> bool) {
    let Some(Value::Array(all)) = document::get(document, path).cloned() else { return };
    let kept: Vec<Value> = all
        .into_iter()
        .enumerate()
        .filter(|(place, element)| !which(*place, element))
        .map(|(_, element)| element)
        .collect();
    document::set(document, path, (!kept.is_empty()).then_some(Value::Array(kept)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_come_with_their_share_and_go_with_it() {
        let mut document = json!({ "services": [{ "name": "web", "capacityProviderStrategy": [
            { "capacityProvider": "spot", "weight": 1 },
        ] }] });
        add(&mut document);
        add(&mut document);
        let names = |document: &Value| (0..3).map(|at| name(document, at)).collect::<Vec<_>>();
        assert_eq!(names(&document), ["on-demand", "spot", "provider-3"]);
        assert_eq!(item_path(&document, 1), ("capacityProviderStrategy[1]".to_owned(), true));
        rename(&mut document, 1, "cheap");
        document::set(&mut document, "capacityProviders[1].name", Some(json!("cheap")));
        assert_eq!(
            document["services"][0]["capacityProviderStrategy"][0]["capacityProvider"],
            "cheap"
        );
        assert_eq!(item_path(&document, 1), ("capacityProviderStrategy[1]".to_owned(), true));
        remove(&mut document, 1);
        assert_eq!(names(&document), ["on-demand", "provider-3", ""]);
        assert_eq!(document::get(&document, "services[0].capacityProviderStrategy"), None);
        assert_eq!(document::len(&document, STRATEGY), 2);
        remove(&mut document, 0);
        remove(&mut document, 0);
        assert_eq!(document, json!({ "services": [{ "name": "web" }] }));
    }
}
