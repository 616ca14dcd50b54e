//! Capacity provider strategies, of services and of clusters: which names a scenario can have in them.

use super::draft::Draft;
use super::fields::Fields;
use super::index::{Index, last_part, name_of};
use crate::node::{Node, Place};
use crate::resource::{Kind, UNNAMED};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// The providers that are ECS's own. A scenario has none of them: it compares with Fargate anyway.
pub(super) const FARGATE_PROVIDERS: [&str; 2] = ["FARGATE", "FARGATE_SPOT"];

pub(super) fn on_fargate(draft: &mut Draft<'_>, fields: &Fields<'_>, path: &str) {
    let message = "it runs on Fargate: here it is planned on the instances that the scenario describes, \
                   and compared with Fargate";
    draft.account.assumed(fields.at(), &fields.subject, path, message);
}

/// A strategy of a service or of a cluster.
pub(super) fn strategy(
    draft: &mut Draft<'_>,
    index: &Index<'_>,
    outer: &Fields<'_>,
    node: &Node,
    path: &str,
) {
    let list = if path.is_empty() {
        "capacityProviderStrategy".to_owned()
    } else {
        format!("{path}.capacityProviderStrategy")
    };
    for node in node.as_list().unwrap_or_default() {
        let Some(mut fields) = outer.within(node, "capacityProviderStrategy") else { continue };
        let Some(named) = fields.take("capacityProvider") else { continue };
        let provider = match index.find(Kind::CapacityProvider, named) {
            Some(provider) => name_of(provider, "name"),
            None => match draft.known(named, &format!("{}: capacityProvider", fields.subject)) {
                Some(node) => last_part(&node.scalar().unwrap_or_default()).to_owned(),
                None => continue,
            },
        };
        if provider == UNNAMED {
            continue;
        }
        if FARGATE_PROVIDERS.contains(&provider.as_str()) {
            on_fargate(draft, &fields, path);
            continue;
        }
        if !draft.has_provider(&provider) {
            let message = if index.named(Kind::CapacityProvider, &provider).is_some() {
                format!("{provider} is left out of the strategy: the scenario does not have it")
            } else {
                format!(
                    "{provider} is left out of the strategy: it is not among the files. Add it; until \
                     then the tasks run on the capacity that the scenario has"
                )
            };
            draft.account.problem(named.at, &fields.subject, message);
            continue;
        }
        let path = format!("{list}[{}]", draft.len(&list));
        draft.set(&format!("{path}.capacityProvider"), provider, named.at);
        for key in ["base", "weight"] {
            draft.scalar(&mut fields, key, &format!("{path}.{key}"));
        }
        fields.close(&[], draft.account);
    }
}

/// Takes out of what a scenario had before the names of providers that files have replaced.
pub(super) fn forget_replaced(draft: &mut Draft<'_>, before: &BTreeSet<String>) {
    let now = draft.provider_names();
    let gone: Vec<&String> = before.difference(&now).collect();
    if gone.is_empty() {
        return;
    }
    let is_gone = |it: &Json, key: &str| {
        it.get(key).and_then(Json::as_str).is_some_and(|name| gone.iter().any(|it| *it == name))
    };
    for number in 0..draft.len("services") {
        let path = format!("services[{number}].capacityProviderStrategy");
        let Some(items) = draft.get(&path).and_then(Json::as_array) else { continue };
        let kept: Vec<Json> =
            items.iter().filter(|it| !is_gone(it, "capacityProvider")).cloned().collect();
        if kept.len() == items.len() {
            continue;
        }
        if kept.is_empty() {
            draft.remove(&path);
        } else {
            draft.set(&path, kept, Place::file(0));
        }
        let message = format!(
            "services[{number}]: its strategy names a capacity provider that the files have replaced: \
             its tasks are planned on what the files have"
        );
        draft.account.assumed(Place::file(0), "", &path, message);
    }
    for number in 0..draft.len("containerInstances") {
        let path = format!("containerInstances[{number}]");
        if draft.get(&path).is_some_and(|it| is_gone(it, "capacityProvider")) {
            let message = format!(
                "{path}: its capacity provider is one that the files have replaced: it is taken for an \
                 instance of the first one"
            );
            draft.account.assumed(Place::file(0), "", &path, message);
            draft.remove(&format!("{path}.capacityProvider"));
        }
    }
}
