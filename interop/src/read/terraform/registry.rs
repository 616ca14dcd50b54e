//! Modules that are not among the files: they are never fetched, so what they make is not known.
//!
//! One is so widely used, and its inputs are so near to the resources' own, that what a call says
//! literally is understood: the services of `terraform-aws-modules/ecs/aws`.
//! Source: that module's documented inputs and their defaults, version 6.

use super::instances::{Keys, placements};
use super::modules::In;
use super::names::unknown;
use super::root::{Collected, undecided};
use super::scope::Scope;
use super::world::{World, entries};
use crate::node::{Map, Node, Place, Reference, Value};
use crate::resource::{Kind, Resource};
use crate::terraform::{Given, resource_type, to_api};
use hcl_edit::structure::Block;

/// Arguments of a service that have the same names in the module and in the provider.
const OF_SERVICE: [&str; 8] = [
    "name",
    "desired_count",
    "scheduling_strategy",
    "availability_zone_rebalancing",
    "deployment_maximum_percent",
    "deployment_minimum_healthy_percent",
    "launch_type",
    "deployment_configuration",
];

/// Those that are maps in the module and blocks in the provider.
const BLOCKS: [&str; 4] = [
    "capacity_provider_strategy",
    "ordered_placement_strategy",
    "placement_constraints",
    "load_balancer",
];

const OF_DEFINITION: [&str; 4] = ["cpu", "memory", "network_mode", "requires_compatibilities"];

/// Where modules of the registry come from that make one thing each, and of these those that make
/// instances.
const REGISTRY: &str = "terraform-aws-modules/";
const OF_INSTANCES: [&str; 4] = ["ecs", "autoscaling", "ec2-instance", "batch"];

/// What the module supposes of a definition.
const SUPPOSED: [(&str, &str); 3] =
    [("cpu", "1024"), ("memory", "2048"), ("network_mode", "awsvpc")];

/// What the module supposes of a service.
const SUPPOSED_OF_SERVICE: [(&str, &str); 2] =
    [("desired_count", "1"), ("deployment_minimum_healthy_percent", "66")];

/// Understands the call of a module, or says that it is left out.
pub(super) fn outside<'a>(
    world: &mut World<'a>,
    instance: usize,
    address: &str,
    call: In<'a, Block>,
    source: &str,
    collected: &mut Collected,
) {
    let at = world.block_line(call.0, call.1);
    let is_ecs =
        source.contains("terraform-aws-modules/ecs/aws") || source.contains("terraform-aws-ecs");
    let part = source.split("//modules/").nth(1).map(|part| part.split('?').next().unwrap_or(part));
    if !is_ecs || !matches!(part, None | Some("service" | "cluster")) {
        tell_left_out(world, at, address, source);
        return;
    }
    let keys = world.keys_of_call(instance, call, address);
    if let Keys::Unknown(unknown) = &keys {
        undecided(world, at, address, unknown);
        return;
    }
    for (suffix, key) in placements(&keys) {
        let address = format!("{address}{suffix}");
        let scope = Scope::of_key(instance, call.0, key.as_ref());
        let inputs = world.body(&call.1.body, &scope, &address, 0);
        let mut made = Made { world: &mut *world, collected: &mut *collected, at };
        if part == Some("service") {
            made.service(&address, &inputs, None);
        } else {
            made.cluster(&address, &inputs);
        }
    }
}

fn tell_left_out(world: &mut World<'_>, at: Place, address: &str, source: &str) {
    if source.starts_with('.') {
        let message = format!(
            "left out: its source, the folder {source}, is not among the files: give its files too, with \
             their folders"
        );
        world.account.problem(at, address, message);
        return;
    }
    let of_registry = source.split(REGISTRY).nth(1).and_then(|rest| rest.split('/').next());
    if of_registry.is_some_and(|name| !OF_INSTANCES.contains(&name)) {
        let message = format!("left out: {source} makes neither services nor instances");
        world.account.left_out(at, address, message);
        return;
    }
    let message = format!(
        "left out: its source, {source}, is not among the files and is not fetched; `terraform show -json` \
         of a plan has what it makes"
    );
    world.account.problem(at, address, message);
}

struct Made<'w, 'a, 'c> {
    world: &'w mut World<'a>,
    collected: &'c mut Collected,
    at: Place,
}

impl Made<'_, '_, '_> {
    /// The module that makes a cluster, and services where it is told of some.
    fn cluster(&mut self, address: &str, inputs: &Map) {
        let cluster = format!("{address}.aws_ecs_cluster.this");
        let name = inputs.get("cluster_name").or(inputs.get("name"));
        if let Some(name) = name {
            let body = [("clusterName".to_owned(), name.clone())].into_iter().collect();
            let resource =
                Resource { kind: Kind::Cluster, address: cluster.clone(), at: self.at, body };
            self.collected.resources.push(resource);
        }
        for (name, inner) in inputs.get("services").and_then(entries).into_iter().flatten() {
            let (name, Value::Map(mut inputs)) = (name.scalar().unwrap_or_default(), inner.value)
            else {
                continue;
            };
            if inputs.get("name").is_none() {
                inputs.insert("name", Node::text(inner.at, name.as_str()));
            }
            self.service(&format!("{address}.services[\"{name}\"]"), &inputs, Some(&cluster));
        }
        let providers = ["autoscaling_capacity_providers", "capacity_providers"];
        for key in providers.into_iter().filter(|key| inputs.get(key).is_some_and(is_said)) {
            let at = inputs.get(key).map_or(self.at, |node| node.at);
            let message = format!(
                "{key} is left out: the module is not among the files; `terraform show -json` of a plan has \
                 what it makes of them"
            );
            self.world.account.problem(at, address, message);
        }
    }

    fn service(&mut self, address: &str, inputs: &Map, cluster: Option<&str>) {
        let definition = format!("{address}.aws_ecs_task_definition.this");
        let reference = |to: &str, attribute: &str| {
            let reference = Reference { to: to.to_owned(), attribute: attribute.to_owned() };
            Node::new(self.at, Value::Reference(reference))
        };
        let mut service = chosen(inputs, &OF_SERVICE);
        service.insert("task_definition", reference(&definition, "arn"));
        let own = inputs.get("cluster_arn").cloned();
        if let Some(cluster) = own.or_else(|| cluster.map(|it| reference(it, "arn"))) {
            service.insert("cluster", cluster);
        }
        for key in BLOCKS {
            if let Some(all) = inputs.get(key).and_then(entries) {
                let list = all.into_iter().map(|(_, node)| node).collect();
                service.insert(key, Node::new(self.at, Value::List(list)));
            }
        }
        // The module takes FARGATE where neither a strategy nor a launch type is given.
        if service.get("launch_type").is_none()
            && service.get("capacity_provider_strategy").is_none()
        {
            service.insert("launch_type", Node::text(self.at, "FARGATE"));
        }
        self.suppose(address, &SUPPOSED_OF_SERVICE, &mut service);

        let mut task = chosen(inputs, &OF_DEFINITION);
        self.suppose(address, &SUPPOSED, &mut task);
        let family = inputs.get("family").or(inputs.get("name")).cloned();
        let family = family.unwrap_or_else(|| unknown(self.at, address, "it has no name"));
        task.insert("family", family);
        let platform = inputs.get("runtime_platform").cloned().unwrap_or_else(|| {
            let message = "the module's own runtime_platform is taken: LINUX on X86_64";
            self.world.account.assumed(self.at, address, "", message);
            let text = |text: &str| Node::text(self.at.without_span(), text);
            let platform = [
                ("cpu_architecture".to_owned(), text("X86_64")),
                ("operating_system_family".to_owned(), text("LINUX")),
            ];
            Node::new(self.at, Value::Map(platform.into_iter().collect()))
        });
        task.insert("runtime_platform", platform);
        if let Some(containers) = inputs.get("container_definitions") {
            task.insert("container_definitions", definitions(containers));
        }
        self.push("aws_ecs_task_definition", definition, task);
        let own = format!("{address}.aws_ecs_service.this");
        self.push("aws_ecs_service", own.clone(), service);
        self.scaling(address, &own, inputs);
        let message = "understood by its inputs alone: its code is not among the files";
        self.world.account.assumed(self.at, address, "", message);
    }

    /// The module scales unless it is told not to.
    fn scaling(&mut self, address: &str, service: &str, inputs: &Map) {
        let is_off =
            inputs.get("enable_autoscaling").is_some_and(|it| it.value == Value::Bool(false));
        let is_daemon = inputs.get("scheduling_strategy").and_then(Node::as_text) == Some("DAEMON");
        if is_off || is_daemon {
            return;
        }
        let at = self.at;
        let id = Reference { to: service.to_owned(), attribute: "name".to_owned() };
        let id = Node::new(at, Value::Reference(id));
        let mut target = Map::default();
        target.insert("resource_id", id.clone());
        for (key, input, supposed) in [
            ("min_capacity", "autoscaling_min_capacity", 1),
            ("max_capacity", "autoscaling_max_capacity", 10),
        ] {
            let given = inputs.get(input).cloned();
            target.insert(key, given.unwrap_or_else(|| Node::number(at, supposed)));
        }
        self.push(
            "aws_appautoscaling_target",
            format!("{address}.aws_appautoscaling_target.this"),
            target,
        );
        let policies = match inputs.get("autoscaling_policies").and_then(entries) {
            Some(all) => all,
            None => [("cpu", "CPU"), ("memory", "Memory")]
                .into_iter()
                .map(|(name, metric)| (Node::text(at, name), supposed_policy(at, metric)))
                .collect(),
        };
        for (name, node) in policies {
            let name = name.scalar().unwrap_or_default();
            let Value::Map(mut policy) = node.value else { continue };
            policy.insert("resource_id", id.clone());
            if policy.get("name").is_none() {
                policy.insert("name", Node::text(node.at, name.as_str()));
            }
            tracked(&mut policy, at);
            let own = format!("{address}.aws_appautoscaling_policy.this[\"{name}\"]");
            self.push("aws_appautoscaling_policy", own, policy);
        }
    }

    fn suppose(&mut self, address: &str, all: &[(&str, &str)], values: &mut Map) {
        for (key, value) in all {
            if values.get(key).is_none() {
                values.insert(*key, Node::text(self.at, *value));
                let message = format!("{key} is not said: {value}, the module's default");
                self.world.account.assumed(self.at, address, "", message);
            }
        }
    }

    fn push(&mut self, kind: &str, address: String, values: Map) {
        let Some(table) = resource_type(kind) else { return };
        let given = Given { address, at: self.at, values, names_all: false };
        let (_, resource) = to_api(table, given, self.world.account);
        self.collected.resources.push(resource);
    }
}

fn is_said(node: &Node) -> bool {
    let is_empty =
        node.as_map().is_some_and(Map::is_empty) || node.as_list().is_some_and(<[Node]>::is_empty);
    !node.is_null() && !is_empty
}

/// The inputs of these names that say something.
fn chosen(inputs: &Map, names: &[&str]) -> Map {
    let said = names.iter().filter_map(|name| {
        let node = inputs.get(name).filter(|node| !node.is_null())?;
        Some(((*name).to_owned(), node.clone()))
    });
    said.collect()
}

/// What the module does where it is told of no policies.
fn supposed_policy(at: Place, metric: &str) -> Node {
    let map = |key: &str, node: Node| {
        Node::new(at, Value::Map([(key.to_owned(), node)].into_iter().collect()))
    };
    let metric = format!("ECSServiceAverage{metric}Utilization");
    let metric = map("predefined_metric_type", Node::text(at, metric));
    let tracking = map("predefined_metric_specification", metric);
    map("target_tracking_scaling_policy_configuration", tracking)
}

/// The target and the cooldowns that the module supposes.
fn tracked(policy: &mut Map, at: Place) {
    let tracking = policy.get_mut("target_tracking_scaling_policy_configuration");
    let Some(Value::Map(tracking)) = tracking.map(|node| &mut node.value) else { return };
    for (key, supposed) in
        [("target_value", 75), ("scale_in_cooldown", 300), ("scale_out_cooldown", 60)]
    {
        if tracking.get(key).is_none_or(Node::is_null) {
            tracking.insert(key, Node::number(at, supposed));
        }
    }
}

/// A map of containers by name, with names as version 5 of the module had them, too.
fn definitions(containers: &Node) -> Node {
    let Some(all) = entries(containers) else { return containers.clone() };
    let one = |(name, node): (Node, Node)| {
        let Node { at, value: Value::Map(map) } = node else { return node };
        let entries = map.into_entries().into_iter();
        let mut map: Map =
            entries.map(|it| (crate::terraform::camel_case(&it.key), it.node)).collect();
        if map.get("name").is_none_or(Node::is_null) {
            map.insert("name", name);
        }
        Node::new(at, Value::Map(map))
    };
    let list = all
        .into_iter()
        .map(one)
        .filter(|node| node.get("create").is_none_or(|create| create.value != Value::Bool(false)));
    Node::new(containers.at, Value::List(list.collect()))
}
