//! What every format is read into and every one is printed from: resources in the words of the AWS
//! API, `camelCase`, with references where the file refers.
//!
//! A reader turns its format's names into these; [`crate::assemble`] makes a scenario of them and
//! never sees a format; [`crate::export`] goes the other way.

use crate::node::{Map, Place};

/// A resource of a file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Resource {
    pub(crate) kind: Kind,
    /// What the file calls it, unique among its files: `aws_ecs_service.web`, a logical id, an ARN
    /// or a name. References name it.
    pub(crate) address: String,
    pub(crate) at: Place,
    pub(crate) body: Map,
}

/// The kinds of resources that a scenario is made of. Each body has the fields of the API call
/// named, in `camelCase` also where the API's own are `PascalCase` (`minSize`, `launchTemplateData`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// ECS `RegisterTaskDefinition`: `family`, `revision`, `taskDefinitionArn`, `cpu`, `memory`,
    /// `networkMode`, `runtimePlatform`, `containerDefinitions`, `placementConstraints`.
    TaskDefinition,
    /// ECS `CreateService`: `serviceName`, `cluster`, `taskDefinition` (a name, an ARN, a reference
    /// or the definition itself as a map), `desiredCount`, `launchType`, `capacityProviderStrategy`,
    /// `deploymentConfiguration`, `placementConstraints`, `placementStrategy`,
    /// `availabilityZoneRebalancing`, `schedulingStrategy`, `networkConfiguration`,
    /// `loadBalancers`.
    Service,
    /// ECS `CreateCapacityProvider`: `name`, `managedInstancesProvider`, `autoScalingGroupProvider`.
    CapacityProvider,
    /// ECS `PutClusterCapacityProviders`, or a cluster that names them: `cluster` or `clusterName`,
    /// `capacityProviders`, `defaultCapacityProviderStrategy`.
    Cluster,
    /// Application Auto Scaling `RegisterScalableTarget`: `resourceId`, `minCapacity`,
    /// `maxCapacity`.
    ScalableTarget,
    /// Application Auto Scaling `PutScalingPolicy`: `policyName`, `policyType`, `resourceId`,
    /// `targetTrackingScalingPolicyConfiguration`, `stepScalingPolicyConfiguration`; and
    /// `scalingTarget`, a reference, where a format has that instead of `resourceId`.
    ScalingPolicy,
    /// `CloudWatch` `PutMetricAlarm`: `namespace`, `metricName`, `threshold`, `comparisonOperator`,
    /// `evaluationPeriods`, `alarmActions`.
    MetricAlarm,
    /// EC2 Auto Scaling `CreateAutoScalingGroup`: `autoScalingGroupName`, `minSize`, `maxSize`,
    /// `desiredCapacity`, `availabilityZones`, `vpcZoneIdentifier`, `launchTemplate`,
    /// `mixedInstancesPolicy`, `newInstancesProtectedFromScaleIn`, `defaultCooldown`.
    AutoScalingGroup,
    /// EC2 `CreateLaunchTemplate`: `launchTemplateName`, `launchTemplateId`, `launchTemplateData`
    /// (`userData` decoded where the file encodes it in a known way).
    LaunchTemplate,
    /// ECS `DescribeContainerInstances`.
    ContainerInstance,
    /// Elastic Load Balancing `CreateTargetGroup`: `targetType`.
    TargetGroup,
    /// Where all of it is: `region`, `availabilityZones`, for which each format has its own way of
    /// saying it; and what the account has set there, by ECS `PutAccountSettingDefault`: `name`,
    /// `value`.
    Location,
}

/// What exports call what the API needs and a scenario leaves without a name: its cluster, its one
/// provider, the container of a task. It is read back as having none, so it must be no name that
/// anybody gives.
pub(crate) const UNNAMED: &str = "eniac-unnamed";

/// Whether a name is one that exports have made up: [`UNNAMED`], also with a number.
pub(crate) fn is_made_up(name: &str) -> bool {
    name.strip_prefix(UNNAMED).is_some_and(|rest| {
        let number = rest.strip_prefix('-').unwrap_or("");
        rest.is_empty() || !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// What launch templates name an image by that a public parameter has: ECS's own images, whose path
/// tells their system. Source: ECS Developer Guide, "Retrieving Amazon ECS-optimized Linux AMI
/// metadata".
pub(crate) const SSM_OF_IMAGES: &str = "resolve:ssm:/aws/service/";
