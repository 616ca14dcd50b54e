//! The arguments of `aws_ecs_*`.

use super::{
    Argument, ResourceType, Shape, any, block, blocks, computed, ec2, named, unread, value,
};
use crate::resource::Kind;

const CONSTRAINT: [Argument; 2] = [value("type").required(), value("expression")];

const PLATFORM: [Argument; 2] = [value("operating_system_family"), value("cpu_architecture")];

pub(super) static TASK_DEFINITION: ResourceType = ResourceType {
    name: "aws_ecs_task_definition",
    kind: Some(Kind::TaskDefinition),
    arguments: &[
        value("family").required(),
        value("cpu"),
        value("memory"),
        value("network_mode"),
        value("requires_compatibilities"),
        value("execution_role_arn"),
        value("task_role_arn"),
        Argument::new("container_definitions", "", Shape::Json).required(),
        block("runtime_platform", "", &PLATFORM),
        blocks("placement_constraints", "", &CONSTRAINT),
        Argument::new("volume", "volumes", Shape::Any),
        any("ephemeral_storage"),
        any("enable_fault_injection"),
        any("ipc_mode"),
        any("pid_mode"),
        any("proxy_configuration"),
        any("inference_accelerator"),
        any("skip_destroy"),
        any("track_latest"),
        unread("region"),
        any("tags"),
        computed("arn", "taskDefinitionArn"),
        computed("revision", ""),
        unread("arn_without_revision"),
        unread("id"),
        unread("tags_all"),
    ],
};

const STRATEGY: [Argument; 3] =
    [value("capacity_provider").required(), value("base"), value("weight")];

const RULE: [Argument; 2] = [value("type").required(), value("field")];

const NETWORK: [Argument; 3] = [
    value("subnets").required(),
    value("security_groups"),
    Argument::new("assign_public_ip", "", Shape::Switch),
];

const LOAD_BALANCER: [Argument; 5] = [
    value("target_group_arn"),
    value("container_name").required(),
    value("container_port").required(),
    named("elb_name", "loadBalancerName"),
    any("advanced_configuration"),
];

const LINEAR: [Argument; 2] = [value("step_percent"), value("step_bake_time_in_minutes")];

const CANARY: [Argument; 2] = [value("canary_percent"), value("canary_bake_time_in_minutes")];

const DEPLOYMENT: [Argument; 5] = [
    value("strategy"),
    value("bake_time_in_minutes"),
    block("linear_configuration", "", &LINEAR),
    block("canary_configuration", "", &CANARY),
    Argument::new("lifecycle_hook", "lifecycleHooks", Shape::Any),
];

const CONTROLLER: [Argument; 1] = [value("type")];

pub(super) static SERVICE: ResourceType = ResourceType {
    name: "aws_ecs_service",
    kind: Some(Kind::Service),
    arguments: &[
        named("name", "serviceName").required(),
        value("cluster"),
        value("task_definition"),
        value("desired_count"),
        value("launch_type"),
        value("scheduling_strategy"),
        value("availability_zone_rebalancing"),
        named(
            "deployment_minimum_healthy_percent",
            "deploymentConfiguration.minimumHealthyPercent",
        ),
        named("deployment_maximum_percent", "deploymentConfiguration.maximumPercent"),
        block("deployment_configuration", "deploymentConfiguration", &DEPLOYMENT),
        blocks("capacity_provider_strategy", "", &STRATEGY),
        blocks("ordered_placement_strategy", "placementStrategy", &RULE),
        blocks("placement_constraints", "", &CONSTRAINT),
        blocks("load_balancer", "loadBalancers", &LOAD_BALANCER),
        block("network_configuration", "networkConfiguration.awsvpcConfiguration", &NETWORK),
        Argument::new("alarms", "deploymentConfiguration.alarms", Shape::Any),
        Argument::new(
            "deployment_circuit_breaker",
            "deploymentConfiguration.deploymentCircuitBreaker",
            Shape::Any,
        ),
        block("deployment_controller", "", &CONTROLLER),
        Argument::new("enable_ecs_managed_tags", "enableECSManagedTags", Shape::Any),
        any("enable_execute_command"),
        any("force_delete"),
        any("force_new_deployment"),
        any("health_check_grace_period_seconds"),
        any("iam_role"),
        any("platform_version"),
        any("propagate_tags"),
        unread("region"),
        any("service_connect_configuration"),
        any("service_registries"),
        any("sigint_rollback"),
        any("tags"),
        any("triggers"),
        Argument::new("volume_configuration", "volumeConfigurations", Shape::Any),
        any("vpc_lattice_configurations"),
        any("wait_for_steady_state"),
        computed("arn", "serviceArn"),
        unread("id"),
        unread("tags_all"),
    ],
};

const MANAGED_SCALING: [Argument; 5] = [
    value("instance_warmup_period"),
    value("maximum_scaling_step_size"),
    value("minimum_scaling_step_size"),
    value("status"),
    value("target_capacity"),
];

const GROUP_PROVIDER: [Argument; 4] = [
    value("auto_scaling_group_arn").required(),
    value("managed_draining"),
    value("managed_termination_protection"),
    block("managed_scaling", "", &MANAGED_SCALING),
];

const MANAGED_NETWORK: [Argument; 2] = [value("subnets").required(), value("security_groups")];

const STORAGE: [Argument; 1] = [named("storage_size_gib", "storageSizeGiB").required()];

const LAUNCH_TEMPLATE: [Argument; 7] = [
    value("ec2_instance_profile_arn").required(),
    value("capacity_option_type"),
    any("monitoring"),
    block("network_configuration", "", &MANAGED_NETWORK).required(),
    block("storage_configuration", "", &STORAGE),
    block("instance_requirements", "", &ec2::REQUIREMENTS),
    any("local_storage_configuration"),
];

const MANAGED_PROVIDER: [Argument; 4] = [
    value("infrastructure_role_arn").required(),
    value("propagate_tags"),
    block("instance_launch_template", "", &LAUNCH_TEMPLATE).required(),
    any("infrastructure_optimization"),
];

pub(super) static CAPACITY_PROVIDER: ResourceType = ResourceType {
    name: "aws_ecs_capacity_provider",
    kind: Some(Kind::CapacityProvider),
    arguments: &[
        value("name").required(),
        value("cluster"),
        block("auto_scaling_group_provider", "", &GROUP_PROVIDER),
        block("managed_instances_provider", "", &MANAGED_PROVIDER),
        unread("region"),
        any("tags"),
        computed("arn", "capacityProviderArn"),
        unread("id"),
        unread("tags_all"),
    ],
};

pub(super) static CLUSTER: ResourceType = ResourceType {
    name: "aws_ecs_cluster",
    kind: Some(Kind::Cluster),
    arguments: &[
        named("name", "clusterName").required(),
        any("configuration"),
        any("service_connect_defaults"),
        any("setting"),
        unread("region"),
        any("tags"),
        // Until version 4 of the provider.
        any("capacity_providers"),
        Argument::new("default_capacity_provider_strategy", "", Shape::Blocks(&STRATEGY)),
        computed("arn", "clusterArn"),
        unread("id"),
        unread("tags_all"),
    ],
};

pub(super) static CLUSTER_CAPACITY_PROVIDERS: ResourceType = ResourceType {
    name: "aws_ecs_cluster_capacity_providers",
    kind: Some(Kind::Cluster),
    arguments: &[
        named("cluster_name", "cluster").required(),
        value("capacity_providers"),
        blocks("default_capacity_provider_strategy", "", &STRATEGY),
        unread("region"),
        unread("id"),
    ],
};

const ACCOUNT_SETTING_ARGUMENTS: [Argument; 6] = [
    value("name").required(),
    value("value").required(),
    unread("region"),
    unread("id"),
    unread("principal_arn"),
    unread("prefix"),
];

pub(super) static ACCOUNT_SETTING_DEFAULT: ResourceType = ResourceType {
    name: "aws_ecs_account_setting_default",
    kind: Some(Kind::Location),
    arguments: &ACCOUNT_SETTING_ARGUMENTS,
};

/// The same of one user or role.
pub(super) static ACCOUNT_SETTING: ResourceType = ResourceType {
    name: "aws_ecs_account_setting",
    kind: Some(Kind::Location),
    arguments: &ACCOUNT_SETTING_ARGUMENTS,
};
