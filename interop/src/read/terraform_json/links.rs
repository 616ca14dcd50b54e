//! What a plan does not know before it is applied, the ARN of a new definition for instance: the
//! plan's configuration still tells which resource is meant.

use super::Row;
use crate::node::{Map, Node, Reference, Value};
use crate::terraform::ResourceType;
use std::collections::BTreeMap;

/// So many modules and variables are followed from one expression.
const MAX_STEPS: usize = 30;

/// Arguments that name other resources, by type.
const LINKS: [(&str, &[&str]); 8] = [
    ("aws_ecs_service", &["task_definition", "cluster"]),
    ("aws_ecs_cluster_capacity_providers", &["cluster_name"]),
    ("aws_ecs_capacity_provider", &["cluster"]),
    ("aws_appautoscaling_target", &["resource_id"]),
    ("aws_appautoscaling_policy", &["resource_id"]),
    ("aws_autoscaling_group", &["launch_configuration"]),
    ("aws_cloudwatch_metric_alarm", &["alarm_actions"]),
    ("aws_launch_template", &[]),
];

/// The same in blocks: block, argument.
const NESTED: [(&str, &str, &str); 5] = [
    ("aws_ecs_capacity_provider", "auto_scaling_group_provider", "auto_scaling_group_arn"),
    ("aws_autoscaling_group", "launch_template", "id"),
    ("aws_autoscaling_group", "launch_template", "version"),
    ("aws_ecs_service", "load_balancer", "target_group_arn"),
    ("aws_ecs_service", "capacity_provider_strategy", "capacity_provider"),
];

/// Types that a link may lead to.
const ENDS: [&str; 8] = [
    "aws_ecs_service",
    "aws_ecs_task_definition",
    "aws_ecs_cluster",
    "aws_ecs_capacity_provider",
    "aws_appautoscaling_target",
    "aws_appautoscaling_policy",
    "aws_autoscaling_group",
    "aws_launch_",
];

/// The configuration of a plan.
#[derive(Default)]
pub(super) struct Links<'a> {
    root: Option<&'a Node>,
    /// Of each resource of the configuration, by its address without indexes, its expressions.
    expressions: BTreeMap<String, &'a Node>,
    /// Addresses without indexes, and the addresses of each.
    addresses: BTreeMap<String, Vec<String>>,
}

impl<'a> Links<'a> {
    pub(super) fn of(configuration: Option<&'a Node>, rows: &[Row<'_>]) -> Self {
        let mut addresses: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in rows {
            addresses.entry(bare(&row.address)).or_default().push(row.address.clone());
        }
        for several in addresses.values_mut() {
            several.sort();
        }
        let root = configuration.and_then(|it| it.get("root_module"));
        let mut links = Self { root, expressions: BTreeMap::new(), addresses };
        if let Some(root) = root {
            links.collect(root, "");
        }
        links
    }

    /// Recursion ends where the file does: JSON is not nested deeper than
    /// [`crate::node::MAX_DEPTH`].
    fn collect(&mut self, module: &'a Node, prefix: &str) {
        for resource in module.get("resources").and_then(Node::as_list).unwrap_or_default() {
            let address = resource.get("address").and_then(Node::as_text);
            if let Some((address, expressions)) = address.zip(resource.get("expressions")) {
                self.expressions.insert(format!("{prefix}{address}"), expressions);
            }
        }
        let calls = module.get("module_calls").and_then(Node::as_map);
        for (name, call) in calls.into_iter().flat_map(Map::iter) {
            if let Some(inner) = call.get("module") {
                self.collect(inner, &format!("{prefix}module.{name}."));
            }
        }
    }

    /// Adds to the values of a row the references that the plan leaves open.
    pub(super) fn add(&self, row: &Row<'_>, kind: &ResourceType, values: &mut Map) {
        let Some(expressions) = self.expressions.get(&bare(&row.address)) else { return };
        for (_, arguments) in LINKS.iter().filter(|(name, _)| *name == kind.name) {
            for argument in *arguments {
                if values.get(argument).is_none_or(Node::is_null)
                    && let Some(node) = expressions.get(argument).and_then(|it| self.link(row, it))
                {
                    let node = if *argument == "alarm_actions" {
                        Node::new(node.at, Value::List(vec![node]))
                    } else {
                        node
                    };
                    values.insert(*argument, node);
                }
            }
        }
        for (_, block, argument) in NESTED.iter().filter(|(name, ..)| *name == kind.name) {
            let Some(written) = expressions.get(block).and_then(Node::as_list) else { continue };
            let Some(node) = values.get(block) else { continue };
            let mut node = node.clone();
            let Value::List(blocks) = &mut node.value else { continue };
            for (inner, written) in blocks.iter_mut().zip(written) {
                let Value::Map(map) = &mut inner.value else { continue };
                if map.get(argument).is_none_or(Node::is_null)
                    && let Some(link) = written.get(argument).and_then(|it| self.link(row, it))
                {
                    map.insert(*argument, link);
                }
            }
            values.insert(*block, node);
        }
    }

    /// The module of a path: `module.shop.module.web.`.
    fn module(&self, path: &str) -> Option<&'a Node> {
        let names = path.split('.').filter(|part| !part.is_empty());
        let mut module = self.root?;
        for name in names.skip(1).step_by(2) {
            module = module.get("module_calls")?.get(name)?.get("module")?;
        }
        Some(module)
    }

    fn link(&self, row: &Row<'_>, expression: &Node) -> Option<Node> {
        let to = self.follow(&bare(&row.module), expression, MAX_STEPS)?;
        let candidates = self.addresses.get(&to)?;
        // The one with the same index in the same module, or the only one.
        let own = to.strip_prefix(&bare(&row.module)).unwrap_or(&to);
        let same = format!("{}{own}{}", row.module, row.index);
        let found = match candidates.as_slice() {
            [only] => only,
            several => several.get(several.binary_search(&same).ok()?)?,
        };
        let reference = Reference { to: found.clone(), attribute: "arn".to_owned() };
        Some(Node::new(expression.at.without_span(), Value::Reference(reference)))
    }

    /// The address without indexes that an expression's references lead to.
    fn follow(&self, module: &str, expression: &Node, steps: usize) -> Option<String> {
        let steps = steps.checked_sub(1)?;
        let references = expression.get("references")?.as_list()?;
        let names: Vec<&str> = references.iter().filter_map(Node::as_text).collect();
        // A resource id names the cluster, too: the service is what it is about.
        let service = names.iter().find(|name| name.starts_with("aws_ecs_service."));
        let own = service.or(names.iter().find(|name| ENDS.iter().any(|it| name.starts_with(it))));
        if let Some(name) = own {
            let mut parts = name.split('.');
            let (kind, name) = (parts.next()?, parts.next()?);
            return Some(format!("{module}{}", bare(&format!("{kind}.{name}"))));
        }
        names.iter().find_map(|name| {
            if let Some(variable) = name.strip_prefix("var.") {
                let (outer, call) = module.strip_suffix('.')?.rsplit_once("module.")?;
                let calls = self.module(outer)?.get("module_calls")?;
                let given =
                    calls.get(call)?.get("expressions")?.get(variable.split('.').next()?)?;
                return self.follow(outer, given, steps);
            }
            let mut parts = name.strip_prefix("module.")?.split('.');
            let inner = format!("{module}module.{}.", bare(parts.next()?));
            let output = self.module(&inner)?.get("outputs")?.get(parts.next()?)?;
            self.follow(&inner, output.get("expression")?, steps)
        })
    }
}

/// An address without its indexes: of `module.a["x.y"].b.c[0]`, `module.a.b.c`.
fn bare(address: &str) -> String {
    let (mut whole, mut in_index, mut in_text) = (String::new(), false, false);
    for letter in address.chars() {
        match letter {
            '"' if in_index => in_text = !in_text,
            '[' if !in_index => in_index = true,
            ']' if in_index && !in_text => in_index = false,
            _ if in_index => {}
            letter => whole.push(letter),
        }
    }
    whole
}
