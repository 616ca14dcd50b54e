//! Resources of any format into one scenario: definitions, services, providers and groups are found
//! together by reference, ARN or name; what is in a resource and not in the scenario is told.
//!
//! Defaults of a scenario that are the API's own are not written out.

mod agent;
mod draft;
mod fields;
mod group;
mod index;
mod launch_template;
mod location;
mod providers;
mod reasons;
mod requirements;
mod rows;
mod scaling;
mod service;
mod settings;
mod sides;
mod standing;
mod strategy;
mod task_definition;
mod volumes;

use crate::account::{Account, NoteKind};
use crate::import::{ImportSettings, Origin};
use crate::node::{Node, Place};
use crate::read::Found;
use crate::resource::{Kind, Resource, is_made_up};
use draft::Draft;
use eniac_core::Severity;
use fields::Fields;
use index::{Index, last_part, name_of};
use serde_json::{Value as Json, json};
use service::Written;
use std::collections::BTreeSet;

/// A scenario, and where its values come from.
pub(crate) struct Assembled {
    pub(crate) scenario: Json,
    pub(crate) origins: Vec<Origin>,
}

/// Makes the scenario.
pub(crate) fn assemble(
    found: Found,
    settings: &ImportSettings,
    account: &mut Account,
) -> Assembled {
    let resources = of_cluster(found.resources, settings, account);
    let index = Index::of(&resources);
    let mut draft = Draft::new(found.base, &settings.answers, account);
    if !resources.is_empty() {
        let before = draft.provider_names();
        location::write(&mut draft, &index);
        providers::write(&mut draft, &index);
        launch_template::tell_unused(&mut draft, &index);
        settings::write(&mut draft, &index);
        providers::default_strategy(&mut draft, &index);
        services(&mut draft, &index);
        architectures(&mut draft);
        standing::write(&mut draft, &index);
        strategy::forget_replaced(&mut draft, &before);
        name(&mut draft, &index);
    }
    refused(&mut draft);
    let (scenario, origins) = draft.close();
    Assembled { scenario, origins }
}

fn services(draft: &mut Draft<'_>, index: &Index<'_>) {
    let mut written = Written::beside(draft);
    for service in index.all(Kind::Service) {
        written.write(draft, index, service);
    }
    scaling::write(draft, index, &written);
    counts(draft, &written);
    let mut families = BTreeSet::new();
    let mut unused = Vec::new();
    for definition in index.all(Kind::TaskDefinition) {
        if !written.used.contains(definition.address.as_str()) {
            unused.push(definition);
        }
    }
    let has_services = index.all(Kind::Service).next().is_some();
    for definition in unused.into_iter().rev() {
        if has_services {
            let message = "left out: no service of the files runs it";
            draft.account.left_out(definition.at, &definition.address, message);
        } else if families.insert(name_of(definition, "family")) {
            alone(draft, &written, definition);
        } else {
            let message = "left out: a later revision of the same family is taken";
            draft.account.left_out(definition.at, &definition.address, message);
        }
    }
}

/// A definition that no service runs, as a service of one task: what people have who bring only
/// their definitions.
fn alone(draft: &mut Draft<'_>, written: &Written<'_>, definition: &Resource) {
    let name = name_of(definition, "family");
    let path = written.rows.path(draft, "services", &name);
    let at = definition.body.get("family").map_or(definition.at, |node| node.at);
    draft.set(&format!("{path}.name"), name.as_str(), at);
    let fields = Fields::of(&definition.body, definition.at, definition.address.as_str());
    task_definition::write(draft, fields, &format!("{path}.taskDefinition"));
    let count = format!("{path}.desiredCount");
    if draft.get(&count).is_none() {
        draft.set(&count, 1, definition.at.without_span());
        let message = "no service runs this definition in the files: one task of it is planned";
        draft.account.assumed(definition.at, &definition.address, &count, message);
    }
}

/// Services that do not say how many tasks run: as many as their auto scaling begins with, or one.
fn counts(draft: &mut Draft<'_>, written: &Written<'_>) {
    for (service, path) in &written.services {
        let count = format!("{path}.desiredCount");
        if draft.get(&count).is_some() {
            continue;
        }
        let least = draft.get(&format!("{path}.autoScaling.minCapacity")).cloned();
        let (value, message) = match least {
            Some(least) => {
                let message =
                    format!("desiredCount is not said: {least}, its auto scaling's least");
                (least, message)
            }
            None => (json!(1), "desiredCount is not said: 1 is assumed".to_owned()),
        };
        draft.set(&count, value, service.at.without_span());
        draft.account.assumed(service.at, &service.address, &count, message);
    }
}

/// Services that say no architecture are planned on either: their images decide, which no file tells.
fn architectures(draft: &mut Draft<'_>) {
    let services = draft.get("services").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    let is_open = |row: &&Json| {
        let platform = row.pointer("/taskDefinition/runtimePlatform");
        let said = |key: &str| platform.and_then(|it| it.get(key)).and_then(Json::as_str);
        let is_windows = said("operatingSystemFamily").is_some_and(|it| it.starts_with("WINDOWS"));
        said("cpuArchitecture").is_none() && !is_windows
    };
    let open: Vec<&str> =
        services.iter().filter(is_open).filter_map(|row| row.get("name")?.as_str()).collect();
    let Some(first) = open.first() else { return };
    let which = match open.len() {
        1 => format!("{first} says"),
        open => format!("{first} and {} more say", open - 1),
    };
    let message = format!(
        "{which} no architecture: ARM is taken where it is cheaper; say cpuArchitecture where an image is \
         built for x86 alone"
    );
    draft.account.assumed(Place::file(0), "", "services", message);
}

/// The scenario's name, where it has none: the cluster's.
fn name(draft: &mut Draft<'_>, index: &Index<'_>) {
    let has_name = |it: &&Resource| {
        let name = it.body.get("clusterName").and_then(Node::as_text);
        name.is_some_and(|name| !is_made_up(name))
    };
    if draft.get("name").is_none()
        && let Some(cluster) = index.all(Kind::Cluster).find(has_name)
    {
        let at = cluster.body.get("clusterName").map_or(cluster.at, |node| node.at);
        draft.set("name", name_of(cluster, "clusterName"), at);
    }
}

/// What the planner will refuse is told with the place it comes from.
fn refused(draft: &mut Draft<'_>) {
    let text = draft.document().to_string();
    match eniac_core::scenario::read(&text) {
        Ok(reading) => {
            let errors = reading.diagnostics.into_iter();
            for error in errors.filter(|it| it.severity == Severity::Error) {
                let at = draft.origin(&error.path).unwrap_or(Place::file(0));
                let message = format!("{}: {}", error.path, error.message);
                draft.account.add(NoteKind::Problem, at, "", &error.path, message);
            }
        }
        Err(why) => draft.account.problem(Place::file(0), "", why.to_string()),
    }
}

/// Only what belongs to the cluster that was asked for. What names no cluster belongs to it.
fn of_cluster(
    resources: Vec<Resource>,
    settings: &ImportSettings,
    account: &mut Account,
) -> Vec<Resource> {
    let Some(wanted) = settings.cluster.as_deref() else { return resources };
    let address = {
        let index = Index::of(&resources);
        let found = index.named(Kind::Cluster, wanted);
        let is_it = |it: &&Resource| it.address == wanted;
        found.or_else(|| index.all(Kind::Cluster).find(is_it)).map(|it| it.address.clone())
    };
    let is_wanted = |resource: &Resource| match resource.kind {
        Kind::Cluster | Kind::Service => {
            cluster_of(resource).is_none_or(|node| names(node, wanted, address.as_deref()))
        }
        _ => true,
    };
    if address.is_none() && !resources.iter().any(|it| cluster_of(it).is_some() && is_wanted(it)) {
        let clusters = clusters(&resources).join(", ");
        let known = match clusters.as_str() {
            "" => "the files name no cluster".to_owned(),
            _ => format!("the files name {clusters}"),
        };
        account.problem(Place::file(0), wanted, format!("no cluster is called so: {known}"));
    }
    let elsewhere = only_elsewhere(&resources, is_wanted);
    let is_here = |it: &Resource| is_wanted(it) && !elsewhere.contains(&it.address);
    let (kept, other): (Vec<_>, Vec<_>) = resources.into_iter().partition(is_here);
    for resource in other {
        let message = format!("left out: it belongs to another cluster than {wanted}");
        account.left_out(resource.at, &resource.address, message);
    }
    kept
}

/// To which cluster a resource says that it belongs.
fn cluster_of(resource: &Resource) -> Option<&Node> {
    let keys: &[&str] = match resource.kind {
        Kind::Cluster => &["cluster", "clusterName"],
        Kind::Service => &["cluster", "clusterArn"],
        _ => &[],
    };
    keys.iter().find_map(|key| resource.body.get(key))
}

/// The clusters by name, each once.
fn clusters(resources: &[Resource]) -> Vec<String> {
    let named = resources.iter().filter_map(|it| cluster_of(it)?.scalar());
    let named: BTreeSet<String> = named.map(|name| last_part(&name).to_owned()).collect();
    named.into_iter().collect()
}

/// The task definitions that only services of other clusters run.
fn only_elsewhere(
    resources: &[Resource],
    is_wanted: impl Fn(&Resource) -> bool,
) -> BTreeSet<String> {
    let index = Index::of(resources);
    let (mut here, mut there) = (BTreeSet::new(), BTreeSet::new());
    for service in index.all(Kind::Service) {
        let definition = service.body.get("taskDefinition");
        if let Some(it) = definition.and_then(|node| index.find(Kind::TaskDefinition, node)) {
            let side = if is_wanted(service) { &mut here } else { &mut there };
            side.insert(it.address.clone());
        }
    }
    there.difference(&here).cloned().collect()
}

fn names(node: &Node, wanted: &str, address: Option<&str>) -> bool {
    match &node.value {
        crate::node::Value::Reference(reference) => Some(reference.to.as_str()) == address,
        crate::node::Value::Text(text) => {
            last_part(text) == wanted || Some(text.as_str()) == address
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests;
