//! The types of resources that decide capacity, and what their properties are called in the API.
//!
//! Source: `CloudFormation` template reference of each type. Properties are the API's, with capital
//! letters; the table has those that are called otherwise.

use crate::node::{Map, Node, Value};
use crate::read::ecs_json::{decode_user_data, lowered};
use crate::resource::Kind;

/// A type of resources.
pub(crate) struct Type {
    /// `AWS::ECS::Service`.
    pub(crate) name: &'static str,
    /// What it becomes; absent where it becomes part of another resource.
    pub(crate) kind: Option<Kind>,
    /// Properties that the API calls otherwise: the property in `camelCase`, and the API's name.
    pub(crate) renamed: &'static [(&'static str, &'static str)],
    /// Properties without which `CloudFormation` refuses the resource.
    #[cfg_attr(not(test), allow(dead_code, reason = "exports are held to it"))]
    pub(crate) required: &'static [&'static str],
}

const fn of(name: &'static str, kind: Kind) -> Type {
    Type { name, kind: Some(kind), renamed: &[], required: &[] }
}

/// The types.
pub(crate) const TYPES: [Type; 13] = [
    of("AWS::ECS::TaskDefinition", Kind::TaskDefinition),
    Type {
        renamed: &[("placementStrategies", "placementStrategy")],
        ..of("AWS::ECS::Service", Kind::Service)
    },
    Type {
        renamed: &[("clusterName", "cluster")],
        ..of("AWS::ECS::CapacityProvider", Kind::CapacityProvider)
    },
    of("AWS::ECS::Cluster", Kind::Cluster),
    Type {
        required: &["CapacityProviders", "Cluster", "DefaultCapacityProviderStrategy"],
        ..of("AWS::ECS::ClusterCapacityProviderAssociations", Kind::Cluster)
    },
    Type {
        required: &[
            "MaxCapacity",
            "MinCapacity",
            "ResourceId",
            "ScalableDimension",
            "ServiceNamespace",
        ],
        ..of("AWS::ApplicationAutoScaling::ScalableTarget", Kind::ScalableTarget)
    },
    Type {
        renamed: &[("scalingTargetId", "scalingTarget")],
        required: &["PolicyName", "PolicyType"],
        ..of("AWS::ApplicationAutoScaling::ScalingPolicy", Kind::ScalingPolicy)
    },
    Type {
        renamed: &[("cooldown", "defaultCooldown")],
        required: &["MaxSize", "MinSize"],
        ..of("AWS::AutoScaling::AutoScalingGroup", Kind::AutoScalingGroup)
    },
    Type {
        kind: None,
        required: &["ImageId", "InstanceType"],
        ..of("AWS::AutoScaling::LaunchConfiguration", Kind::AutoScalingGroup)
    },
    Type {
        required: &["LaunchTemplateData"],
        ..of("AWS::EC2::LaunchTemplate", Kind::LaunchTemplate)
    },
    Type {
        renamed: &[("name", "targetGroupName")],
        ..of("AWS::ElasticLoadBalancingV2::TargetGroup", Kind::TargetGroup)
    },
    Type {
        required: &["ComparisonOperator", "EvaluationPeriods"],
        ..of("AWS::CloudWatch::Alarm", Kind::MetricAlarm)
    },
    Type { kind: None, ..of("AWS::ECS::PrimaryTaskSet", Kind::Service) },
];

/// Types that do decide capacity, and that a scenario has nothing for: why.
pub(super) const UNPLANNED: [(&str, &str); 6] = [
    ("AWS::AutoScaling::ScalingPolicy", "it scales a group beside what ECS does"),
    ("AWS::AutoScaling::ScheduledAction", "it changes the sizes of a group at set times"),
    ("AWS::AutoScaling::WarmPool", "it keeps instances of a group ready"),
    ("AWS::ECS::TaskSet", "it is a part of a service that an external controller deploys"),
    (
        "AWS::EC2::Instance",
        "an instance of its own, which the cluster may have: `describe-container-instances` tells those",
    ),
    ("AWS::EC2::EC2Fleet", "a fleet of instances, which the cluster may have"),
];

/// Properties as a body of the API.
pub(crate) fn to_api(kind: &Type, properties: &Node) -> Map {
    let Value::Map(map) = lowered(properties).value else { return Map::default() };
    let rename = |key: String| {
        let renamed = kind.renamed.iter().find(|(name, _)| *name == key);
        renamed.map_or(key, |(_, name)| (*name).to_owned())
    };
    let entries = map.into_entries().into_iter().map(|entry| (rename(entry.key), entry.node));
    let mut body: Map = entries.collect();
    decode_user_data(&mut body);
    body
}
