//! A scenario as resources in the words of the AWS API: what [`crate::assemble`] reads back.
//!
//! What the API needs and a scenario does not have is made up and called [`UNNAMED`], so that it is
//! known again when it is read: the cluster of a scenario without a name, the one provider, the
//! container of a task whose figures are all its own.

mod group;
mod names;
mod providers;
mod service;

pub(super) use service::{IMAGE, NO_TARGET_GROUP, TARGET_GROUP_PATH};

use crate::node::{Map, Node, Place, Reference, Value};
use crate::resource::{Kind, Resource, UNNAMED};
use crate::taken::Taken;
use eniac_core::scenario::{
    Capacity, CapacityProviderStrategyItem, LoadBalancer, NetworkMode, PurchaseOption, Scenario,
    Service, TargetType, TaskDefinition,
};
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
    let groups = made.services.iter().zip(&made.target_groups);
    for (service, (name, groups)) in scenario.services.iter().zip(groups) {
        resources.extend(service::of_service(&made, name, groups, service));
    }
    resources
}

/// A scenario with the names that its resources have.
struct Made<'a> {
    scenario: &'a Scenario,
    cluster: String,
    /// The providers' names; at least one.
    providers: Vec<String>,
    /// The launch templates' names, one for each provider.
    templates: Vec<String>,
    daemons: Vec<String>,
    services: Vec<String>,
    /// Of each service, the names of its target groups, one for each load balancer.
    target_groups: Vec<Vec<String>>,
}

impl<'a> Made<'a> {
    fn of(scenario: &'a Scenario) -> Self {
        let cluster = names::named(&scenario.name);
        let mut providers = names::unique(
            scenario.capacity_providers.iter().map(|it| names::of_provider(&it.name)),
        );
        if providers.is_empty() {
            providers.push(UNNAMED.to_owned());
        }
        let templates = names::unique(providers.iter().map(|name| names::of_template(name)));
        let daemons = scenario.daemons.iter().map(|it| names::named(&it.name));
        let services = scenario.services.iter().map(|it| names::named(&it.name));
        let mut services = names::unique(daemons.chain(services));
        let daemons = services.drain(..scenario.daemons.len()).collect();
        let mut taken = Taken::default();
        let mut target_groups = |(service, name): (&Service, &String)| {
            let wanted = names::of_target_group(name);
            service.load_balancers.iter().map(|_| taken.name(&wanted, "-")).collect()
        };
        let target_groups =
            scenario.services.iter().zip(&services).map(&mut target_groups).collect();
        Self { scenario, cluster, providers, templates, daemons, services, target_groups }
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

    /// A strategy with the names that the providers have here.
    fn strategy(&self, items: &[CapacityProviderStrategyItem]) -> Json {
        let of_scenario = &self.scenario.capacity_providers;
        let named = items.iter().map(|item| {
            let place = of_scenario.iter().position(|it| it.name == item.capacity_provider);
            let name = place.and_then(|place| self.providers.get(place));
            let mut json = json_of(item);
            json["capacityProvider"] = json!(name.unwrap_or(&item.capacity_provider));
            json
        });
        without_zeros(named.collect())
    }

    /// A second resource, because providers that name their cluster come between the two. Its
    /// strategy is said also where it is empty: both the API and `CloudFormation` need it.
    fn providers_of_cluster(&self) -> Resource {
        let mut strategy = self.strategy(&self.scenario.capacity_provider_strategy);
        let is_empty = strategy.as_array().is_none_or(Vec::is_empty);
        // The one provider must be named somewhere, or no service would run on it.
        if is_empty && self.scenario.capacity_providers.is_empty() {
            strategy = json!([{ "capacityProvider": UNNAMED, "weight": 1 }]);
        }
        let body = json!({
            "capacityProviders": self.providers,
            "defaultCapacityProviderStrategy": strategy,
        });
        let name = format!("{} providers", self.cluster);
        let mut resource = resource(Kind::Cluster, &name, body);
        resource.body.insert("cluster", self.in_cluster());
        resource
    }
}

/// The mode in which the task runs: where the definition says none and the plan is for another mode
/// than the API's own default, the plan's.
/// Source: ECS API, `RegisterTaskDefinition`, `networkMode`: `bridge` if it is not given; ECS Developer
/// Guide, "Amazon ECS Managed Instances", considerations: `awsvpc` and `host` only.
pub(super) fn network_mode(definition: &TaskDefinition, is_managed: bool) -> Option<NetworkMode> {
    definition.network_mode.or(is_managed.then_some(NetworkMode::Awsvpc))
}

/// The type of a load balancer's target group: where it is not said, the one that goes with the tasks.
/// Source: ECS API, `LoadBalancer`, `targetGroupArn`: `ip` for tasks in the mode `awsvpc`; Elastic Load
/// Balancing API, `CreateTargetGroup`, `TargetType`: `instance` if it is not given.
pub(super) fn target_type(
    balancer: &LoadBalancer,
    mode: Option<NetworkMode>,
) -> Option<TargetType> {
    balancer.target_type.or((mode == Some(NetworkMode::Awsvpc)).then_some(TargetType::Ip))
}

/// Whether the tasks of a service have network interfaces of their own, which need subnets.
pub(super) fn is_awsvpc<'a>(
    service: &Resource,
    find: impl Fn(&str) -> Option<&'a Resource>,
) -> bool {
    let definition = match service.body.get("taskDefinition").map(|node| &node.value) {
        Some(Value::Reference(to)) => find(&to.to),
        _ => None,
    };
    let mode = definition.and_then(|it| it.body.get("networkMode")).and_then(Node::as_text);
    mode == Some("awsvpc")
}

/// Whether it is the call that gives a cluster its providers, which must come before its services.
pub(super) fn gives_providers(resource: &Resource) -> bool {
    resource.kind == Kind::Cluster && resource.body.get("capacityProviders").is_some()
}

/// Of a policy that scales by a load balancer's requests, the service's name. Such a policy must name
/// the load balancer and the target group, of which a scenario knows the second at most.
/// Source: Application Auto Scaling API, `PredefinedMetricSpecification`, `ResourceLabel`.
pub(super) fn scaled_by_requests(policy: &Resource) -> Option<String> {
    let tracking = policy.body.get("targetTrackingScalingPolicyConfiguration")?;
    let metric = tracking.get("predefinedMetricSpecification")?;
    let by_requests =
        metric.get("predefinedMetricType")?.as_text() == Some("ALBRequestCountPerTarget");
    let id = policy.body.get("resourceId").filter(|_| by_requests)?.as_text()?;
    id.rsplit('/').next().map(str::to_owned)
}

/// The address of the first target group of the service of this name.
pub(super) fn target_group_of<'a>(resources: &'a [Resource], service: &str) -> Option<&'a str> {
    let is_it = |it: &&Resource| {
        it.kind == Kind::Service
            && it.body.get("serviceName").and_then(Node::as_text) == Some(service)
    };
    let balancers = resources.iter().find(is_it)?.body.get("loadBalancers")?.as_list()?;
    match &balancers.first()?.get("targetGroupArn")?.value {
        Value::Reference(to) => Some(&to.to),
        _ => None,
    }
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
