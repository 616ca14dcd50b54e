//! The inputs of AWS command line calls, in the order in which they must be made: each is given to
//! its command with `--cli-input-json`. One document, which eniac reads back.
//!
//! What only the account knows stands in capitals: `ACCOUNT_ID`, `SUBNET_1`.

use super::resources::{
    NO_TARGET_GROUP, TARGET_GROUP_PATH, is_awsvpc, scaled_by_requests, target_group_of,
};
use crate::node::{Map, Node, Reference, Value};
use crate::resource::{Kind, Resource};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map as JsonMap, Value as Json, json};
use std::collections::BTreeMap;

/// The instance profile of container instances.
const PROFILE: &str = "arn:aws:iam::ACCOUNT_ID:instance-profile/ecsInstanceRole";

/// Writes the calls.
pub(crate) fn print(resources: &[Resource]) -> String {
    let location = resources.iter().find(|it| it.kind == Kind::Location);
    let of_location = |key: &str| {
        let node = location.and_then(|location| location.body.get(key));
        node.map_or(Json::Null, plain)
    };
    let region = of_location("region");
    let printer = Printer {
        resources,
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
    resources: &'a [Resource],
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
        let has_own_network = resource.kind == Kind::Service
            && is_awsvpc(resource, |address| self.by_address.get(address).copied());
        complete(resource, &mut input, self.zones, has_own_network);
        self.label(resource, &mut input);
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
        if to.attribute == TARGET_GROUP_PATH {
            return format!("targetgroup/{name}/TARGET_GROUP_ID");
        }
        let region = &self.region;
        let arn =
            |service: &str, rest: String| format!("arn:aws:{service}:{region}:ACCOUNT_ID:{rest}");
        match self.kind(to) {
            Some(Kind::AutoScalingGroup) => {
                arn("autoscaling", format!("autoScalingGroup:GROUP_ID:autoScalingGroupName/{name}"))
            }
            Some(Kind::ScalingPolicy) => {
                let id = self.of(to).and_then(|it| it.body.get("resourceId")?.scalar());
                let of = format!("resource/ecs/{}", id.unwrap_or_default());
                arn("autoscaling", format!("scalingPolicy:POLICY_ID:{of}:policyName/{name}"))
            }
            Some(Kind::TargetGroup) => {
                arn("elasticloadbalancing", format!("targetgroup/{name}/TARGET_GROUP_ID"))
            }
            _ => name,
        }
    }

    /// What a policy that scales by requests names the load balancer and the target group by.
    fn label(&self, policy: &Resource, input: &mut JsonMap<String, Json>) {
        let Some(service) = scaled_by_requests(policy) else { return };
        let group = target_group_of(self.resources, &service).map_or_else(
            || NO_TARGET_GROUP.to_owned(),
            |to| {
                let (to, attribute) = (to.to_owned(), TARGET_GROUP_PATH.to_owned());
                self.meant(&Reference { to, attribute })
            },
        );
        let metric = input
            .get_mut("TargetTrackingScalingPolicyConfiguration")
            .and_then(|it| it.get_mut("PredefinedMetricSpecification"));
        if let Some(Json::Object(metric)) = metric {
            let label = format!("app/LOAD_BALANCER/LOAD_BALANCER_ID/{group}");
            metric.insert("ResourceLabel".to_owned(), json!(label));
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
fn complete(
    resource: &Resource,
    input: &mut JsonMap<String, Json>,
    zones: usize,
    has_own_network: bool,
) {
    let subnets: Vec<String> = (1..=zones).map(|number| format!("SUBNET_{number}")).collect();
    let network = || json!({ "subnets": subnets, "securityGroups": ["SECURITY_GROUP"] });
    match resource.kind {
        Kind::Service if has_own_network => {
            let configuration = json!({ "awsvpcConfiguration": network() });
            input.insert("networkConfiguration".to_owned(), configuration);
        }
        Kind::AutoScalingGroup => {
            input.insert("VPCZoneIdentifier".to_owned(), json!(subnets.join(",")));
        }
        Kind::LaunchTemplate => {
            let Some(Json::Object(data)) = input.get_mut("LaunchTemplateData") else { return };
            let profile = json!({ "Arn": PROFILE });
            data.insert("IamInstanceProfile".to_owned(), profile);
            data.insert("SecurityGroupIds".to_owned(), json!(["SECURITY_GROUP"]));
        }
        Kind::CapacityProvider => {
            let Some(Json::Object(provider)) = input.get_mut("managedInstancesProvider") else {
                return;
            };
            let role = "arn:aws:iam::ACCOUNT_ID:role/ecsInfrastructureRole";
            provider.insert("infrastructureRoleArn".to_owned(), json!(role));
            let Some(Json::Object(template)) = provider.get_mut("instanceLaunchTemplate") else {
                return;
            };
            template.insert("ec2InstanceProfileArn".to_owned(), json!(PROFILE));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::resources;
    use eniac_core::scenario;

    /// What the input of a call has at a place; the call is named by its end, the first is meant.
    fn check(scenario: &str, call: &str, place: &str, expected: &Json) {
        let reading = scenario::read(scenario).unwrap();
        assert!(reading.diagnostics.is_empty(), "{:?}", reading.diagnostics);
        let document: Json =
            serde_json::from_str(&print(&resources::resources(&reading.scenario))).unwrap();
        let name = format!("aws {call} --cli-input-json");
        let calls = document["calls"].as_array().unwrap();
        let input = calls.iter().find(|it| it["command"] == json!(name)).map(|it| &it["input"]);
        let found = input.and_then(|it| it.pointer(place)).unwrap_or(&Json::Null);
        assert_eq!(found, expected, "{call} {place}: {input:#?}");
    }

    const MANAGED: &str = r#"{ "version": 1, "name": "shop", "region": "eu-west-1", "zones": 2,
        "capacityProviders": [{ "name": "ecs spot" }], "services": [{ "name": "web", "desiredCount": 1,
        "capacityProviderStrategy": [{ "capacityProvider": "ecs spot", "weight": 1 }],
        "taskDefinition": { "cpu": 256, "memory": 512 }, "loadBalancers": [{ "containerPort": 80 }],
        "autoScaling": { "minCapacity": 1, "maxCapacity": 3, "scalingPolicies": [{ "targetTracking":
        { "predefinedMetricType": "ALBRequestCountPerTarget", "targetValue": 5 } }] } }],
        "capacity": { "managedInstances": { "instanceRequirements": { "memoryMiB": { "max": 9000 } } } } }"#;

    const GROUP: &str = r#"{ "version": 1, "zones": 2, "services": [{ "name": "web", "desiredCount": 1,
        "taskDefinition": { "cpu": 256, "memory": 512, "runtimePlatform": { "operatingSystemFamily":
        "WINDOWS" } }, "loadBalancers": [{ "containerPort": 80 }], "autoScaling": { "minCapacity": 1,
        "maxCapacity": 3, "scalingPolicies": [{ "stepScaling": { "metric": "ALBRequestCountPerTarget",
        "threshold": 5, "adjustmentType": "ChangeInCapacity", "comparisonOperator":
        "GreaterThanThreshold", "stepAdjustments": [{ "scalingAdjustment": 1 }] } }] } }],
        "capacity": { "autoScalingGroup": { "instanceTypes": ["m5.large"] } } }"#;

    #[test]
    fn calls_have_what_the_api_needs() {
        let subnets = json!(["SUBNET_1", "SUBNET_2"]);
        let providers = "ecs put-cluster-capacity-providers";
        check(MANAGED, providers, "/defaultCapacityProviderStrategy", &json!([]));
        check(MANAGED, providers, "/capacityProviders", &json!(["capacity-ecs-spot"]));
        let provider = "ecs create-capacity-provider";
        let template = "/managedInstancesProvider/instanceLaunchTemplate";
        let requirements = format!("{template}/instanceRequirements");
        check(MANAGED, provider, &format!("{requirements}/memoryMiB/min"), &json!(0));
        check(MANAGED, provider, &format!("{requirements}/vCpuCount/min"), &json!(0));
        check(MANAGED, provider, &format!("{template}/networkConfiguration/subnets"), &subnets);
        check(MANAGED, "ecs register-task-definition", "/networkMode", &json!("awsvpc"));
        let service = "ecs create-service";
        let network = "/networkConfiguration/awsvpcConfiguration/subnets";
        check(MANAGED, service, network, &subnets);
        let strategy = "/capacityProviderStrategy/0/capacityProvider";
        check(MANAGED, service, strategy, &json!("capacity-ecs-spot"));
        let arn =
            "arn:aws:elasticloadbalancing:eu-west-1:ACCOUNT_ID:targetgroup/web/TARGET_GROUP_ID";
        check(MANAGED, service, "/loadBalancers/0/targetGroupArn", &json!(arn));
        check(MANAGED, "elbv2 create-target-group", "/TargetType", &json!("ip"));
        let label = "app/LOAD_BALANCER/LOAD_BALANCER_ID/targetgroup/web/TARGET_GROUP_ID";
        let metric = "/TargetTrackingScalingPolicyConfiguration/PredefinedMetricSpecification";
        let policy = "application-autoscaling put-scaling-policy";
        check(MANAGED, policy, &format!("{metric}/ResourceLabel"), &json!(label));

        check(GROUP, "ecs register-task-definition", "/networkMode", &Json::Null);
        let system = "/runtimePlatform/operatingSystemFamily";
        let release = json!("WINDOWS_SERVER_2022_CORE");
        check(GROUP, "ecs register-task-definition", system, &release);
        check(GROUP, service, "/networkConfiguration", &Json::Null);
        let template = "ec2 create-launch-template";
        let profile = "arn:aws:iam::ACCOUNT_ID:instance-profile/ecsInstanceRole";
        check(GROUP, template, "/LaunchTemplateData/IamInstanceProfile/Arn", &json!(profile));
        let security = "/LaunchTemplateData/SecurityGroupIds/0";
        check(GROUP, template, security, &json!("SECURITY_GROUP"));
        let group = "autoscaling create-auto-scaling-group";
        check(GROUP, group, "/VPCZoneIdentifier", &json!("SUBNET_1,SUBNET_2"));
        check(GROUP, "elbv2 create-target-group", "/TargetType", &Json::Null);
        let dimension =
            json!({ "Name": "TargetGroup", "Value": "targetgroup/web/TARGET_GROUP_ID" });
        check(GROUP, "cloudwatch put-metric-alarm", "/Dimensions/0", &dimension);
    }
}
