//! The template as people would write it, and complete by the types' own words.

use super::*;
use crate::export::resources;
use crate::yaml;
use eniac_core::scenario;

fn printed(scenario: &str) -> String {
    print(&resources::resources(&scenario::read(scenario).unwrap().scenario))
}

const GROUP: &str = r#"{ "name": "shop", "region": "eu-west-1", "zones": 2, "services": [
    { "name": "web front", "desiredCount": 3, "taskDefinition": { "cpu": 256, "memory": 512, "networkMode": "awsvpc",
      "containerDefinitions": [{ "name": "app: \"x\"", "memory": 512 }] },
      "autoScaling": { "minCapacity": 1, "maxCapacity": 9, "scalingPolicies": [{ "targetTracking": { "targetValue": 60 } }] } }],
    "capacity": { "autoScalingGroup": { "instanceTypes": ["m6i.large", "m5.large"], "reservedMemory": 256 } } }"#;

const PROVIDERS: &str = r#"{ "region": "eu-west-1", "capacityProviders": [{ "name": "spot" }],
    "services": [{ "name": "web", "desiredCount": 3, "taskDefinition": { "cpu": 256, "memory": 512 },
      "loadBalancers": [{ "containerPort": 80 }], "autoScaling": { "minCapacity": 1, "maxCapacity": 9,
      "scalingPolicies": [{ "targetTracking": { "predefinedMetricType": "ALBRequestCountPerTarget", "targetValue": 60 } }] } },
    { "name": "api", "desiredCount": 3, "taskDefinition": { "cpu": 256, "memory": 512, "networkMode": "host" },
      "autoScaling": { "minCapacity": 1, "maxCapacity": 9, "scalingPolicies": [{ "targetTracking": {
      "predefinedMetricType": "ALBRequestCountPerTarget", "targetValue": 60 } }] } }] }"#;

#[test]
fn every_required_property_is_there() {
    for scenario in [GROUP, PROVIDERS, scenario::EXAMPLE] {
        let text = printed(scenario);
        let template = yaml::parse(&text, 0).unwrap().documents.swap_remove(0);
        for (id, resource) in template.get("Resources").and_then(Node::as_map).unwrap().iter() {
            let name = resource.get("Type").and_then(Node::as_text).unwrap();
            let kind = TYPES.iter().find(|kind| kind.name == name).unwrap();
            let properties = resource.get("Properties").and_then(Node::as_map).unwrap();
            let has = |key: &str| properties.get(key).is_some();
            for key in kind.required {
                let by_target = has("ScalingTargetId") && *key == "ResourceId";
                assert!(has(key) || by_target, "{id} needs {key} in\n{text}");
            }
            assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{id}");
        }
    }
}

#[test]
fn what_is_referred_to_is_there() {
    let text = printed(GROUP);
    let template = yaml::parse(&text, 0).unwrap().documents.swap_remove(0);
    for line in text.lines() {
        if let Some((_, name)) = line.split_once("!Ref ") {
            let name = name.trim_end_matches([']', ',']);
            let has = |section: &str| template.get(section).and_then(|it| it.get(name)).is_some();
            assert!(has("Parameters") || has("Resources"), "{name} in\n{text}");
        }
    }
    assert!(
        text.contains("Version: !GetAtt EniacUnnamedLaunchTemplate.LatestVersionNumber"),
        "{text}"
    );
    assert!(text.contains("DependsOn: WebFrontService"), "{text}");
    let association = "DependsOn: ShopProvidersClusterCapacityProviderAssociations";
    assert!(text.contains(association), "{text}");
    assert!(text.contains("      Fn::Base64: |\n") || text.contains("Fn::Base64: |\n"), "{text}");
}

#[test]
fn what_only_the_account_knows_is_a_parameter() {
    let text = printed(PROVIDERS);
    let check = |part: &str| assert!(text.contains(part), "{part} in\n{text}");
    check("DefaultCapacityProviderStrategy: []");
    check("NetworkMode: awsvpc");
    check("Subnets: !Ref SubnetIds");
    check("TargetType: ip");
    check("  Web1ScalingPolicyLoadBalancerName:\n    Type: String\n");
    check(r#"!Sub "${Web1ScalingPolicyLoadBalancerName}/${WebTargetGroup.TargetGroupFullName}""#);
    check("  Api1ScalingPolicyResourceLabel:\n    Type: String\n");
    check("ResourceLabel: !Ref Api1ScalingPolicyResourceLabel");
}
