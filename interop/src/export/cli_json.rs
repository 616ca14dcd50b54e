//! The inputs of AWS command line calls, in the order in which they must be made: each is given to
//! its command with `--cli-input-json`. One document, which eniac reads back.
//!
//! What only the account knows stands in capitals: `ACCOUNT_ID`, `SUBNET_1`.

use crate::node::{Map, Node, Reference, Value};
use crate::resource::{Kind, Resource};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map as JsonMap, Value as Json, json};
use std::collections::BTreeMap;

/// Writes the calls.
pub(crate) fn print(resources: &[Resource]) -> String {
    let location = resources.iter().find(|it| it.kind == Kind::Location);
    let of_location = |key: &str| {
        let node = location.and_then(|location| location.body.get(key));
        node.map_or(Json::Null, plain)
    };
    let region = of_location("region");
    let printer = Printer {
        by_address: resources.iter().map(|it| (it.address.as_str(), it)).collect(),
        region: region.as_str().unwrap_or_default().to_owned(),
        zones: location
            .and_then(|location| location.body.get("availabilityZones"))
            .and_then(Node::as_list)
            .map_or(3, <[Node]>::len),
    };
    let calls: Vec<Json> = resources.iter().filter_map(|resource| printer.call(resource)).collect();
    let document = json!({
        "region": region,
        "availabilityZones": of_location("availabilityZones"),
        "calls": calls,
    });
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

struct Printer<'a> {
    by_address: BTreeMap<&'a str, &'a Resource>,
    region: String,
    zones: usize,
}

impl Printer<'_> {
    fn call(&self, resource: &Resource) -> Option<Json> {
        let command = match resource.kind {
            Kind::TaskDefinition => "ecs register-task-definition",
            Kind::Service => "ecs create-service",
            Kind::CapacityProvider => "ecs create-capacity-provider",
            Kind::Cluster if resource.body.get("clusterName").is_some() => "ecs create-cluster",
            Kind::Cluster => "ecs put-cluster-capacity-providers",
            Kind::ScalableTarget => "application-autoscaling register-scalable-target",
            Kind::ScalingPolicy => "application-autoscaling put-scaling-policy",
            Kind::MetricAlarm => "cloudwatch put-metric-alarm",
            Kind::AutoScalingGroup => "autoscaling create-auto-scaling-group",
            Kind::LaunchTemplate => "ec2 create-launch-template",
            Kind::TargetGroup => "elbv2 create-target-group",
            Kind::ContainerInstance | Kind::Location => return None,
        };
        let is_ecs = command.starts_with("ecs ");
        let mut input = self.object(&resource.body, is_ecs);
        complete(resource, &mut input, self.zones);
        Some(json!({
            "command": format!("aws {command} --cli-input-json"),
            "input": input,
        }))
    }

    fn object(&self, map: &Map, is_ecs: bool) -> JsonMap<String, Json> {
        let mut object = JsonMap::new();
        for (key, node) in map.iter() {
            let (key, value) = match &node.value {
                Value::Reference(to) if key == "launchTemplateId" => {
                    ("launchTemplateName", Json::from(self.name(to)))
                }
                Value::Text(text) if key == "userData" => (key, Json::from(STANDARD.encode(text))),
                _ => (key, self.value(node, is_ecs)),
            };
            object.insert(if is_ecs { key.to_owned() } else { pascal(key) }, value);
        }
        object
    }

    fn value(&self, node: &Node, is_ecs: bool) -> Json {
        match &node.value {
            Value::Map(map) => Json::Object(self.object(map, is_ecs)),
            Value::List(list) => list.iter().map(|node| self.value(node, is_ecs)).collect(),
            Value::Reference(to) => Json::from(self.meant(to)),
            _ => plain(node),
        }
    }

    /// What a call names another resource by: a name, or an ARN where the API takes nothing else.
    fn meant(&self, to: &Reference) -> String {
        let name = self.name(to);
        let region = &self.region;
        let arn =
            |service: &str, rest: String| format!("arn:aws:{service}:{region}:ACCOUNT_ID:{rest}");
        match self.kind(to) {
            Some(Kind::AutoScalingGroup) => {
                arn("autoscaling", format!("autoScalingGroup:GROUP_ID:autoScalingGroupName/{name}"))
            }
            Some(Kind::ScalingPolicy) => arn(
                "autoscaling",
                format!("scalingPolicy:POLICY_ID:resource/ecs:policyName/{name}"),
            ),
            Some(Kind::TargetGroup) => arn("elasticloadbalancing", format!("targetgroup/{name}")),
            _ => name,
        }
    }

    fn of(&self, to: &Reference) -> Option<&Resource> {
        self.by_address.get(to.to.as_str()).copied()
    }

    fn kind(&self, to: &Reference) -> Option<Kind> {
        self.of(to).map(|resource| resource.kind)
    }

    fn name(&self, to: &Reference) -> String {
        let keys = [
            "clusterName",
            "family",
            "serviceName",
            "name",
            "autoScalingGroupName",
            "launchTemplateName",
            "policyName",
            "targetGroupName",
        ];
        let resource = self.of(to);
        let name = resource.and_then(|it| keys.iter().find_map(|key| it.body.get(key)?.scalar()));
        name.unwrap_or_else(|| to.to.clone())
    }
}

/// A value that holds no other by name.
fn plain(node: &Node) -> Json {
    match &node.value {
        Value::Bool(value) => Json::from(*value),
        Value::Number(text) => {
            text.parse().map_or_else(|_| Json::from(text.as_str()), Json::Number)
        }
        Value::Text(text) => Json::from(text.as_str()),
        Value::List(list) => list.iter().map(plain).collect(),
        Value::Unknown(unknown) => Json::from(unknown.expression.as_str()),
        Value::Reference(reference) => Json::from(reference.to.as_str()),
        Value::Null | Value::Map(_) => Json::Null,
    }
}

/// `minSize` as `MinSize`; the API has `VPCZoneIdentifier`.
fn pascal(key: &str) -> String {
    if key == "vpcZoneIdentifier" {
        return "VPCZoneIdentifier".to_owned();
    }
    let mut letters = key.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// What a call needs and only the account knows.
fn complete(resource: &Resource, input: &mut JsonMap<String, Json>, zones: usize) {
    let subnets = || -> Json { (1..=zones).map(|number| format!("SUBNET_{number}")).collect() };
    let network = || json!({ "subnets": subnets(), "securityGroups": ["SECURITY_GROUP"] });
    match resource.kind {
        Kind::CapacityProvider => {
            let Some(Json::Object(provider)) = input.get_mut("managedInstancesProvider") else {
                return;
            };
            let role = "arn:aws:iam::ACCOUNT_ID:role/ecsInfrastructureRole";
            provider.insert("infrastructureRoleArn".to_owned(), json!(role));
            let Some(Json::Object(template)) = provider.get_mut("instanceLaunchTemplate") else {
                return;
            };
            let profile = "arn:aws:iam::ACCOUNT_ID:instance-profile/ecsInstanceRole";
            template.insert("ec2InstanceProfileArn".to_owned(), json!(profile));
            template.insert("networkConfiguration".to_owned(), network());
        }
        Kind::TargetGroup => {
            let name = input.remove("TargetGroupName").unwrap_or(Json::Null);
            input.insert("Name".to_owned(), name);
            input.insert("Protocol".to_owned(), json!("HTTP"));
            input.insert("Port".to_owned(), json!(80));
            input.insert("VpcId".to_owned(), json!("VPC_ID"));
        }
        _ => {}
    }
}
