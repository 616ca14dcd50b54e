//! A task definition: CPU, memory, network mode, platform and containers, as far as they decide
//! where a task fits.

use super::draft::Draft;
use super::fields::Fields;
use crate::json;
use crate::node::{Node, Value};
use crate::resource::is_made_up;
use serde_json::Value as Json;

/// Fields of a definition that decide nothing here.
const NEUTRAL: [&str; 21] = [
    "taskRoleArn",
    "executionRoleArn",
    "volumes",
    "status",
    "requiresAttributes",
    "compatibilities",
    "requiresCompatibilities",
    "registeredAt",
    "registeredBy",
    "deregisteredAt",
    "tags",
    "pidMode",
    "ipcMode",
    "proxyConfiguration",
    "enableFaultInjection",
    "trackLatest",
    "skipDestroy",
    "arnWithoutRevision",
    "id",
    "arn",
    "region",
];

/// Fields of a container that decide nothing here.
const NEUTRAL_OF_CONTAINER: [&str; 36] = [
    "image",
    "essential",
    "environment",
    "environmentFiles",
    "secrets",
    "mountPoints",
    "volumesFrom",
    "logConfiguration",
    "healthCheck",
    "command",
    "entryPoint",
    "dependsOn",
    "links",
    "linuxParameters",
    "ulimits",
    "user",
    "workingDirectory",
    "readonlyRootFilesystem",
    "privileged",
    "systemControls",
    "dockerLabels",
    "dockerSecurityOptions",
    "stopTimeout",
    "startTimeout",
    "restartPolicy",
    "repositoryCredentials",
    "firelensConfiguration",
    "interactive",
    "pseudoTerminal",
    "hostname",
    "dnsServers",
    "dnsSearchDomains",
    "extraHosts",
    "disableNetworking",
    "credentialSpecs",
    "versionConsistency",
];

/// Writes the definition to `path`.
pub(super) fn write(draft: &mut Draft<'_>, mut fields: Fields<'_>, path: &str) {
    draft.scalar(&mut fields, "cpu", &format!("{path}.cpu"));
    draft.scalar(&mut fields, "memory", &format!("{path}.memory"));
    network_mode(draft, &mut fields, path);
    if let Some(node) = fields.take("runtimePlatform") {
        platform(draft, &fields, node, path);
    }
    if let Some(node) = fields.take("containerDefinitions") {
        containers(draft, &fields, node, path);
    }
    if let Some(node) = fields.take("placementConstraints") {
        constraints(draft, &fields, node, path);
    }
    if draft.get(path).is_none() {
        draft.set(path, serde_json::json!({}), fields.at().without_span());
    }
    fields.close(&NEUTRAL, draft.account);
}

/// The API's word in small letters; `default`, which Windows has, is no mode of a scenario.
fn network_mode(draft: &mut Draft<'_>, fields: &mut Fields<'_>, path: &str) {
    let Some(node) = fields.take("networkMode") else { return };
    if node.as_text().is_some_and(|mode| mode == "default") {
        let message = "networkMode default is left out: the usual mode of the platform is planned";
        draft.account.left_out(node.at, &fields.subject, message);
        return;
    }
    draft.set_scalar(node, &format!("{path}.networkMode"), &fields.subject);
}

fn platform(draft: &mut Draft<'_>, outer: &Fields<'_>, node: &Node, path: &str) {
    let Some(mut fields) = outer.within(node, "runtimePlatform") else { return };
    for key in ["cpuArchitecture", "operatingSystemFamily"] {
        draft.scalar(&mut fields, key, &format!("{path}.runtimePlatform.{key}"));
    }
    fields.close(&[], draft.account);
}

fn containers(draft: &mut Draft<'_>, outer: &Fields<'_>, node: &Node, path: &str) {
    let what = format!("{}: containerDefinitions", outer.subject);
    let Some(node) = draft.known(node, &what) else { return };
    let node = match read_from_text(&node) {
        Ok(Some(inner)) => inner,
        Ok(None) => node,
        Err(why) => {
            draft.account.problem(node.at, &what, format!("the text is not JSON: {why}"));
            return;
        }
    };
    let Some(list) = node.as_list() else {
        draft.account.problem(node.at, &what, "a list of containers is needed here");
        return;
    };
    if let [only] = list
        && says_nothing(only)
    {
        return;
    }
    for (index, node) in list.iter().enumerate() {
        let name = node.get("name").and_then(Node::scalar).unwrap_or_else(|| index.to_string());
        let Some(fields) = outer.within(node, &format!("container {name}")) else {
            draft.known(node, &what);
            continue;
        };
        container(draft, fields, &format!("{path}.containerDefinitions[{index}]"));
    }
}

/// Whether it is the container that exports make up for a task whose figures are all its own.
fn says_nothing(container: &Node) -> bool {
    let made_up = container.get("name").and_then(Node::as_text).is_some_and(is_made_up);
    let figures = ["cpu", "memory", "memoryReservation", "portMappings", "resourceRequirements"];
    made_up && figures.into_iter().all(|key| container.get(key).is_none())
}

/// Definitions are JSON in a text where a tool keeps them so; their places are the text's line.
fn read_from_text(node: &Node) -> Result<Option<Node>, String> {
    let Value::Text(text) = &node.value else { return Ok(None) };
    let mut inner = json::parse(text, node.at.file)?;
    inner.place_all(node.at.without_span());
    Ok(Some(inner))
}

fn container(draft: &mut Draft<'_>, mut fields: Fields<'_>, path: &str) {
    if fields.peek("name").and_then(Node::as_text).is_none_or(|name| !is_made_up(name)) {
        draft.scalar(&mut fields, "name", &format!("{path}.name"));
    }
    for key in ["cpu", "memory", "memoryReservation"] {
        // Tools write the API's "not said" as 0.
        let is_zero = |node: &Node| node.scalar().is_some_and(|text| text == "0");
        if fields.peek(key).is_some_and(is_zero) {
            fields.take(key);
        } else {
            draft.scalar(&mut fields, key, &format!("{path}.{key}"));
        }
    }
    let devices = fields.take("resourceRequirements").and_then(Node::as_list).unwrap_or_default();
    for node in devices {
        let Some(mut device) = fields.within(node, "resourceRequirements") else { continue };
        let at = format!("{path}.resourceRequirements");
        let index = draft.len(&at);
        match draft.text(&mut device, "type").as_deref() {
            Some("GPU") => {
                draft.scalar(&mut device, "value", &format!("{at}[{index}].value"));
                draft.set(&format!("{at}[{index}].type"), "GPU", node.at.without_span());
            }
            kind => {
                let kind = kind.unwrap_or("one of unknown type").to_owned();
                let message = format!("a device is left out: {kind}; eniac counts GPUs only");
                draft.account.left_out(node.at, &fields.subject, message);
            }
        }
    }
    let ports = fields.take("portMappings").and_then(Node::as_list).unwrap_or_default();
    for node in ports {
        port(draft, &fields, node, &format!("{path}.portMappings"));
    }
    if draft.get(path).is_none() {
        draft.set(path, Json::Object(serde_json::Map::new()), fields.at().without_span());
    }
    fields.close(&NEUTRAL_OF_CONTAINER, draft.account);
}

fn port(draft: &mut Draft<'_>, outer: &Fields<'_>, node: &Node, path: &str) {
    let Some(mut fields) = outer.within(node, "portMappings") else { return };
    if let Some(range) = fields.take("containerPortRange") {
        let message = "a range of ports is left out: eniac counts single ports";
        draft.account.left_out(range.at, &fields.subject, message);
        return;
    }
    let path = format!("{path}[{}]", draft.len(path));
    draft.scalar(&mut fields, "containerPort", &format!("{path}.containerPort"));
    if fields.peek("hostPort").and_then(Node::scalar).is_some_and(|port| port == "0") {
        fields.take("hostPort");
    } else {
        draft.scalar(&mut fields, "hostPort", &format!("{path}.hostPort"));
    }
    if let Some(protocol) = draft.text(&mut fields, "protocol")
        && protocol != "tcp"
    {
        draft.set(&format!("{path}.protocol"), protocol, node.at.without_span());
    }
    fields.close(&["name", "appProtocol"], draft.account);
}

/// Placement constraints, of a definition or of a service.
pub(super) fn constraints(draft: &mut Draft<'_>, outer: &Fields<'_>, node: &Node, path: &str) {
    for node in node.as_list().unwrap_or_default() {
        let Some(mut fields) = outer.within(node, "placementConstraints") else { continue };
        let list = format!("{path}.placementConstraints");
        let path = format!("{list}[{}]", draft.len(&list));
        draft.scalar(&mut fields, "type", &format!("{path}.type"));
        let is_empty = |node: &Node| node.as_text().is_some_and(str::is_empty);
        if fields.peek("expression").is_some_and(is_empty) {
            fields.take("expression");
        } else {
            draft.scalar(&mut fields, "expression", &format!("{path}.expression"));
        }
        fields.close(&[], draft.account);
    }
}
