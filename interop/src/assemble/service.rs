//! A service with its task definition: a row of the scenario, or a daemon.

use super::draft::Draft;
use super::fields::Fields;
use super::index::{Index, last_part, name_of};
use super::location;
use super::rows::Rows;
use super::strategy::{on_fargate, strategy};
use super::task_definition::{self, constraints};
use crate::node::{Node, Place, Value};
use crate::resource::{Kind, Resource};
use std::collections::{BTreeMap, BTreeSet};

const NEUTRAL: [&str; 34] = [
    "role",
    "roleArn",
    "iamRole",
    "tags",
    "propagateTags",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "healthCheckGracePeriodSeconds",
    "serviceRegistries",
    "serviceConnectConfiguration",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
    "platformVersion",
    "platformFamily",
    "status",
    "runningCount",
    "pendingCount",
    "createdAt",
    "createdBy",
    "deployments",
    "events",
    "taskSets",
    "deploymentController",
    "currentServiceDeployment",
    "currentServiceRevisions",
    "forceNewDeployment",
    "waitForSteadyState",
    "forceDelete",
    "clientToken",
    "triggers",
    "id",
    "arn",
    "region",
    "monitoring",
];

/// The rows that were written, by the service that each comes from.
pub(super) struct Written<'a> {
    /// Each service with its path in the scenario.
    pub(super) services: Vec<(&'a Resource, String)>,
    /// The place in `services` of each, by address and by name.
    by_address: BTreeMap<&'a str, usize>,
    by_name: BTreeMap<String, usize>,
    pub(super) rows: Rows,
    /// Definitions that a service runs, by address.
    pub(super) used: BTreeSet<&'a str>,
}

impl<'a> Written<'a> {
    /// Nothing yet, beside what the scenario has already.
    pub(super) fn beside(draft: &Draft<'_>) -> Self {
        Self {
            services: Vec::new(),
            by_address: BTreeMap::new(),
            by_name: BTreeMap::new(),
            rows: Rows::of(draft),
            used: BTreeSet::new(),
        }
    }

    /// The path of the row that a service became.
    pub(super) fn path(&self, service: &Resource) -> Option<&str> {
        self.at(self.by_address.get(service.address.as_str()))
    }

    /// The path of the row that the first service of this name became.
    pub(super) fn path_of_name(&self, name: &str) -> Option<&str> {
        self.at(self.by_name.get(name))
    }

    fn at(&self, place: Option<&usize>) -> Option<&str> {
        place.and_then(|place| self.services.get(*place)).map(|(_, path)| path.as_str())
    }

    /// Writes a service.
    pub(super) fn write(
        &mut self,
        draft: &mut Draft<'_>,
        index: &Index<'a>,
        resource: &'a Resource,
    ) {
        let mut fields = Fields::of(&resource.body, resource.at, resource.address.as_str());
        let strategy = draft.text(&mut fields, "schedulingStrategy");
        let is_daemon = strategy.as_deref() == Some("DAEMON");
        let launch_type = draft.text(&mut fields, "launchType");
        if launch_type.as_deref() == Some("EXTERNAL") {
            let message = "left out: it runs on external instances, which are not planned";
            draft.account.left_out(resource.at, &resource.address, message);
            self.leave_out(index, resource);
            return;
        }
        if draft.elsewhere.contains(&resource.address) {
            self.leave_out(index, resource);
            return;
        }
        let wanted = name_of(resource, "serviceName");
        let name = self.rows.name(&wanted);
        if name != wanted {
            let message = format!("a second service is called {wanted}: this one becomes {name}");
            draft.account.assumed(resource.at, &resource.address, "", message);
        }
        let list = if is_daemon { "daemons" } else { "services" };
        let path = self.rows.path(draft, list, &name);
        let at = resource.body.get("serviceName").map_or(resource.at, |node| node.at);
        draft.set(&format!("{path}.name"), name.as_str(), at);

        location::network(draft, &mut fields);
        let definition =
            self.definition(draft, index, &mut fields, &format!("{path}.taskDefinition"));
        if is_daemon {
            let unused = ["desiredCount", "deploymentConfiguration", "placementStrategy"];
            for key in unused.into_iter().chain(["placementConstraints", "loadBalancers"]) {
                fields.take(key);
            }
            let message = "a daemon: one task on every instance, taken off what services can use";
            draft.account.understood(resource.at, &resource.address, &path, message);
        } else {
            Self::details(draft, index, &mut fields, &path, launch_type.as_deref());
            let with = definition.map(|it| format!(" with {it}")).unwrap_or_default();
            let message = format!("the service {name}{with}");
            draft.account.understood(resource.at, &resource.address, &path, message);
            self.by_address.insert(&resource.address, self.services.len());
            self.by_name.entry(wanted).or_insert(self.services.len());
            self.services.push((resource, path));
        }
        fields.close(&NEUTRAL, draft.account);
    }

    /// What a service runs that is left out is left out with it.
    fn leave_out(&mut self, index: &Index<'a>, service: &Resource) {
        let definition = service.body.get("taskDefinition");
        let definition = definition.and_then(|node| index.find(Kind::TaskDefinition, node));
        self.used.extend(definition.map(|it| it.address.as_str()));
    }

    /// Writes what the service runs, and gives its address.
    fn definition(
        &mut self,
        draft: &mut Draft<'_>,
        index: &Index<'a>,
        fields: &mut Fields<'a>,
        path: &str,
    ) -> Option<&'a str> {
        let problem = |draft: &mut Draft<'_>, at: Place, subject: &str, message: String| {
            draft.set(path, serde_json::json!({}), at.without_span());
            draft.account.problem(at, subject, message);
        };
        let subject = fields.subject.clone();
        let Some(node) = fields.take("taskDefinition") else {
            let message = "it names no task definition: CPU and memory of a task are missing";
            problem(draft, fields.at(), &subject, message.to_owned());
            return None;
        };
        if let Value::Map(map) = &node.value {
            let inline = Fields::of(map, node.at, format!("{subject}: taskDefinition"));
            task_definition::write(draft, inline, path);
            return None;
        }
        let found = match &node.value {
            Value::Unknown(_) => {
                let known = draft.known(node, &format!("{subject}: taskDefinition"));
                known.and_then(|node| index.find(Kind::TaskDefinition, &node))
            }
            _ => index.find(Kind::TaskDefinition, node),
        };
        let found = found.or_else(|| Self::of_the_family(draft, index, node, &subject));
        let Some(definition) = found else {
            let what = node.scalar().unwrap_or_else(|| "its task definition".to_owned());
            let message = format!(
                "{what} is not among the files: add it, or say CPU and memory of a task yourself"
            );
            problem(draft, node.at, &subject, message);
            return None;
        };
        self.used.insert(definition.address.as_str());
        let of = Fields::of(&definition.body, definition.at, definition.address.as_str());
        task_definition::write(draft, of, path);
        Some(&definition.address)
    }

    /// Another revision of the family that is named.
    fn of_the_family(
        draft: &mut Draft<'_>,
        index: &Index<'a>,
        node: &Node,
        subject: &str,
    ) -> Option<&'a Resource> {
        let name = node.as_text()?;
        let (family, _) = last_part(name).rsplit_once(':')?;
        let other = index.named(Kind::TaskDefinition, family)?;
        let message = format!("{name} is not among the files: {} is taken for it", other.address);
        draft.account.assumed(node.at, subject, "", message);
        Some(other)
    }

    fn details(
        draft: &mut Draft<'_>,
        index: &Index<'a>,
        fields: &mut Fields<'a>,
        path: &str,
        launch_type: Option<&str>,
    ) {
        draft.scalar(fields, "desiredCount", &format!("{path}.desiredCount"));
        if launch_type == Some("EC2") {
            draft.set(&format!("{path}.launchType"), "EC2", fields.at());
        }
        if launch_type == Some("FARGATE") {
            on_fargate(draft, fields, path);
        }
        if let Some(node) = fields.take("capacityProviderStrategy") {
            strategy(draft, index, fields, node, path);
        }
        if let Some(node) = fields.take("placementConstraints") {
            constraints(draft, fields, node, path);
        }
        if let Some(node) = fields.take("placementStrategy") {
            rules(draft, fields, node, path);
        }
        if let Some(node) = fields.take("availabilityZoneRebalancing") {
            // ENABLED is what a scenario supposes.
            if node.as_text() != Some("ENABLED") {
                let at = format!("{path}.availabilityZoneRebalancing");
                draft.set_scalar(
                    node,
                    &at,
                    &format!("{}: availabilityZoneRebalancing", fields.subject),
                );
            }
        }
        if let Some(node) = fields.take("deploymentConfiguration") {
            deployment(draft, fields, node, path);
        }
        by_code_deploy(draft, fields, path);
        if let Some(node) = fields.take("loadBalancers") {
            load_balancers(draft, index, fields, node, path);
        }
    }
}

/// `CodeDeploy` runs a full set of new tasks beside the old ones, however it moves the traffic.
/// Source: ECS Developer Guide, "`CodeDeploy` blue/green deployments".
fn by_code_deploy(draft: &mut Draft<'_>, fields: &mut Fields<'_>, path: &str) {
    let controller = fields.peek("deploymentController").and_then(|node| node.get("type"));
    let Some(node) = controller.filter(|node| node.as_text() == Some("CODE_DEPLOY")) else {
        return;
    };
    fields.take("deploymentController");
    let path = format!("{path}.deploymentConfiguration.strategy");
    draft.set(&path, "BLUE_GREEN", node.at.without_span());
    let message = "CODE_DEPLOY is planned as ECS's own blue/green deployment: a full set of new tasks \
                   beside the old ones";
    draft.account.assumed(node.at, &fields.subject, &path, message);
}

fn rules(draft: &mut Draft<'_>, outer: &Fields<'_>, node: &Node, path: &str) {
    for node in node.as_list().unwrap_or_default() {
        let Some(mut fields) = outer.within(node, "placementStrategy") else { continue };
        let list = format!("{path}.placementStrategy");
        let path = format!("{list}[{}]", draft.len(&list));
        draft.scalar(&mut fields, "type", &format!("{path}.type"));
        let is_empty = |node: &Node| node.as_text().is_some_and(str::is_empty);
        if fields.peek("field").is_some_and(is_empty) {
            fields.take("field");
        } else {
            draft.scalar(&mut fields, "field", &format!("{path}.field"));
        }
        fields.close(&[], draft.account);
    }
}

fn deployment(draft: &mut Draft<'_>, outer: &Fields<'_>, node: &Node, path: &str) {
    let Some(mut fields) = outer.within(node, "deploymentConfiguration") else { return };
    let path = format!("{path}.deploymentConfiguration");
    let defaults =
        [("minimumHealthyPercent", "100"), ("maximumPercent", "200"), ("strategy", "ROLLING")];
    let usual = |node: Option<&Node>, usual: &str| {
        node.and_then(Node::scalar).is_some_and(|value| value == usual)
    };
    for (key, default) in defaults {
        if usual(fields.peek(key), default) {
            fields.take(key);
        } else {
            draft.scalar(&mut fields, key, &format!("{path}.{key}"));
        }
    }
    for key in ["bakeTimeInMinutes"] {
        if usual(fields.peek(key), "0") {
            fields.take(key);
        } else {
            draft.scalar(&mut fields, key, &format!("{path}.{key}"));
        }
    }
    let inner = [
        ("linearConfiguration", ["stepPercent", "stepBakeTimeInMinutes"]),
        ("canaryConfiguration", ["canaryPercent", "canaryBakeTimeInMinutes"]),
    ];
    for (key, keys) in inner {
        let within = fields.take(key).and_then(|node| fields.within(node, key));
        let Some(mut within) = within else { continue };
        for inner in keys {
            draft.scalar(&mut within, inner, &format!("{path}.{key}.{inner}"));
        }
        within.close(&[], draft.account);
    }
    let neutral = ["deploymentCircuitBreaker", "alarms", "lifecycleHooks"];
    fields.close(&neutral, draft.account);
}

fn load_balancers(
    draft: &mut Draft<'_>,
    index: &Index<'_>,
    outer: &Fields<'_>,
    node: &Node,
    path: &str,
) {
    for node in node.as_list().unwrap_or_default() {
        let Some(mut fields) = outer.within(node, "loadBalancers") else { continue };
        let list = format!("{path}.loadBalancers");
        let path = format!("{list}[{}]", draft.len(&list));
        for key in ["containerName", "containerPort"] {
            draft.scalar(&mut fields, key, &format!("{path}.{key}"));
        }
        let group = fields.take("targetGroupArn");
        let group = group.and_then(|node| index.find(Kind::TargetGroup, node));
        let target = group.and_then(|group| group.body.get("targetType"));
        if let Some(target) = target {
            draft.set_scalar(target, &format!("{path}.targetType"), "targetType");
        }
        fields.close(&["loadBalancerName", "advancedConfiguration"], draft.account);
    }
}
