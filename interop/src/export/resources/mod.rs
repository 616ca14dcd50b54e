//! A scenario as resources in the words of the AWS API: what [`crate::assemble`] reads back.
//!
//! What the API needs and a scenario does not have is made up and called [`UNNAMED`], so that it is
//! known again when it is read: the cluster of a scenario without a name, the one provider, the
//! container of a task whose figures are all its own.

mod group;
mod providers;
mod service;

pub(super) use service::IMAGE;

use crate::node::{Map, Node, Place, Reference, Value};
use crate::resource::{Kind, Resource, UNNAMED};
use crate::taken::Taken;
use eniac_core::scenario::{Capacity, PurchaseOption, Scenario};
use serde::Serialize;
use serde_json::{Map as JsonMap, Value as Json, json};

/// The resources of a scenario, in the order in which they are created.
pub(crate) fn resources(scenario: &Scenario) -> Vec<Resource> {
    let made = Made::of(scenario);
    let mut resources = vec![made.location(), made.cluster()];
    resources.extend(providers::of(&made));
    resources.push(made.providers_of_cluster());
    for (daemon, name) in scenario.daemons.iter().zip(&made.daemons) {
        resources.extend(service::of_daemon(&made, name, daemon));
    }
    for (service, name) in scenario.services.iter().zip(&made.services) {
        resources.extend(service::of_service(&made, name, service));
    }
    resources
}

/// A scenario with the names that its resources have.
struct Made<'a> {
    scenario: &'a Scenario,
    cluster: String,
    /// The providers' names; at least one.
    providers: Vec<String>,
    daemons: Vec<String>,
    services: Vec<String>,
}

impl<'a> Made<'a> {
    fn of(scenario: &'a Scenario) -> Self {
        let cluster = named(&scenario.name);
        let mut providers = unique(scenario.capacity_providers.iter().map(|it| it.name.as_str()));
        if providers.is_empty() {
            providers.push(UNNAMED.to_owned());
        }
        let daemons = scenario.daemons.iter().map(|it| it.name.as_str());
        let services = scenario.services.iter().map(|it| it.name.as_str());
        let mut services = unique(daemons.chain(services));
        let daemons = services.drain(..scenario.daemons.len()).collect();
        Self { scenario, cluster, providers, daemons, services }
    }

    fn is_managed(&self) -> bool {
        matches!(self.scenario.capacity, Capacity::ManagedInstances(_))
    }

    /// Whether all that has no strategy of its own is Spot.
    fn is_spot(&self) -> bool {
        self.scenario.pricing.purchase_option == PurchaseOption::Spot
    }

    /// The zones by name: EC2 names them by the region and a letter.
    fn zones(&self) -> Vec<Json> {
        let letters = ["a", "b", "c", "d", "e", "f"].into_iter();
        let zones = letters.take(usize::from(self.scenario.zones.get()));
        zones.map(|letter| Json::from(format!("{}{letter}", self.scenario.region))).collect()
    }

    fn location(&self) -> Resource {
        let body = json!({ "region": self.scenario.region, "availabilityZones": self.zones() });
        resource(Kind::Location, "", body)
    }

    fn cluster(&self) -> Resource {
        resource(Kind::Cluster, &self.cluster, json!({ "clusterName": self.cluster }))
    }

    /// A reference to the cluster by its name.
    fn in_cluster(&self) -> Node {
        reference(Kind::Cluster, &self.cluster, "name")
    }

    /// A second resource, because providers that name their cluster come between the two.
    fn providers_of_cluster(&self) -> Resource {
        let strategy = json_of(&self.scenario.capacity_provider_strategy);
        let is_empty = strategy.as_array().is_none_or(Vec::is_empty);
        // The one provider must be named somewhere, or no service would run on it.
        let strategy = if is_empty && self.scenario.capacity_providers.is_empty() {
            json!([{ "capacityProvider": UNNAMED, "weight": 1 }])
        } else {
            without_zeros(strategy)
        };
        let body = object([
            ("capacityProviders", json!(self.providers)),
            ("defaultCapacityProviderStrategy", strategy),
        ]);
        let name = format!("{} providers", self.cluster);
        let mut resource = resource(Kind::Cluster, &name, body);
        resource.body.insert("cluster", self.in_cluster());
        resource
    }
}

/// A name as AWS takes them: letters, digits, `-` and `_`, at most 255 (of which some are left for a
/// number); other characters become `-`.
fn named(name: &str) -> String {
    let keep =
        |letter: char| if letter.is_ascii_alphanumeric() || letter == '_' { letter } else { '-' };
    let name: String = name.chars().take(248).map(keep).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { UNNAMED.to_owned() } else { name.to_owned() }
}

/// Names as AWS takes them, no two alike.
fn unique<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = Taken::default();
    names.map(|name| taken.name(&named(name), "-")).collect()
}

/// Defaults of a strategy's items are not said.
fn without_zeros(strategy: Json) -> Json {
    let Json::Array(items) = strategy else { return strategy };
    let items = items.into_iter().map(|item| match item {
        Json::Object(mut item) => {
            item.retain(|_, value| *value != json!(0));
            Json::Object(item)
        }
        other => other,
    });
    Json::Array(items.collect())
}

fn address(kind: Kind, name: &str) -> String {
    if name.is_empty() { format!("{kind:?}") } else { format!("{kind:?} {name}") }
}

fn resource(kind: Kind, name: &str, body: Json) -> Resource {
    let body = match node(body).value {
        Value::Map(map) => map,
        _ => Map::default(),
    };
    Resource { kind, address: address(kind, name), at: Place::file(0), body }
}

/// A reference to another resource of the export.
fn reference(kind: Kind, name: &str, attribute: &str) -> Node {
    let attribute = attribute.to_owned();
    let reference = Reference { to: address(kind, name), attribute };
    Node::new(Place::file(0), Value::Reference(reference))
}

fn node(json: Json) -> Node {
    let value = match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(value),
        Json::Number(number) => Value::Number(number.to_string()),
        Json::String(text) => Value::Text(text),
        Json::Array(list) => Value::List(list.into_iter().map(node).collect()),
        Json::Object(map) => {
            Value::Map(map.into_iter().map(|(key, value)| (key, node(value))).collect())
        }
    };
    Node::new(Place::file(0), value)
}

pub(super) fn json_of(value: &impl Serialize) -> Json {
    serde_json::to_value(value).unwrap_or(Json::Null)
}

/// An object without what says nothing.
fn object(entries: impl IntoIterator<Item = (&'static str, Json)>) -> Json {
    let says = |value: &Json| match value {
        Json::Null => false,
        Json::Array(list) => !list.is_empty(),
        Json::Object(map) => !map.is_empty(),
        _ => true,
    };
    let entries = entries.into_iter().filter(|(_, value)| says(value));
    let map: JsonMap<String, Json> = entries.map(|(key, it)| (key.to_owned(), it)).collect();
    Json::Object(map)
}
