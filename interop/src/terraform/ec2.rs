//! The arguments of `aws_autoscaling_group`, of `aws_launch_template` and its forerunner, and of
//! `aws_lb_target_group`.

use super::{Argument, ResourceType, Shape, any, block, blocks, computed, named, unread, value};
use crate::resource::Kind;

const RANGE: [Argument; 2] = [value("min"), value("max")];

const LEAST: [Argument; 2] = [value("min").required(), value("max")];

const fn range(name: &'static str, api: &'static str) -> Argument {
    block(name, api, &RANGE)
}

/// `instance_requirements`, the same wherever it stands.
pub(super) const REQUIREMENTS: [Argument; 24] = [
    block("vcpu_count", "vCpuCount", &LEAST).required(),
    block("memory_mib", "memoryMiB", &LEAST).required(),
    range("memory_gib_per_vcpu", "memoryGiBPerVCpu"),
    value("allowed_instance_types"),
    value("excluded_instance_types"),
    value("cpu_manufacturers"),
    value("instance_generations"),
    value("burstable_performance"),
    value("bare_metal"),
    value("local_storage"),
    value("local_storage_types"),
    value("require_hibernate_support"),
    range("network_interface_count", ""),
    range("network_bandwidth_gbps", ""),
    range("baseline_ebs_bandwidth_mbps", ""),
    range("total_local_storage_gb", "totalLocalStorageGB"),
    range("accelerator_count", ""),
    value("accelerator_manufacturers"),
    value("accelerator_names"),
    range("accelerator_total_memory_mib", "acceleratorTotalMemoryMiB"),
    value("accelerator_types"),
    value("max_spot_price_as_percentage_of_optimal_on_demand_price"),
    value("on_demand_max_price_percentage_over_lowest_price"),
    value("spot_max_price_percentage_over_lowest_price"),
];

const TEMPLATE: [Argument; 3] =
    [named("id", "launchTemplateId"), named("name", "launchTemplateName"), value("version")];

const SPECIFICATION: [Argument; 3] =
    [value("launch_template_id"), value("launch_template_name"), value("version")];

const OVERRIDE: [Argument; 4] = [
    value("instance_type"),
    block("instance_requirements", "", &REQUIREMENTS),
    block("launch_template_specification", "", &SPECIFICATION),
    value("weighted_capacity"),
];

const MIXED_TEMPLATE: [Argument; 2] = [
    block("launch_template_specification", "", &SPECIFICATION).required(),
    blocks("override", "overrides", &OVERRIDE),
];

const DISTRIBUTION: [Argument; 6] = [
    value("on_demand_base_capacity"),
    value("on_demand_percentage_above_base_capacity"),
    value("on_demand_allocation_strategy"),
    value("spot_allocation_strategy"),
    value("spot_instance_pools"),
    value("spot_max_price"),
];

const MIXED: [Argument; 2] = [
    block("launch_template", "", &MIXED_TEMPLATE).required(),
    block("instances_distribution", "", &DISTRIBUTION),
];

const TAG: [Argument; 3] =
    [value("key").required(), value("value").required(), value("propagate_at_launch").required()];

pub(super) static AUTO_SCALING_GROUP: ResourceType = ResourceType {
    name: "aws_autoscaling_group",
    kind: Some(Kind::AutoScalingGroup),
    arguments: &[
        named("name", "autoScalingGroupName"),
        value("min_size").required(),
        value("max_size").required(),
        value("desired_capacity"),
        value("default_cooldown"),
        named("protect_from_scale_in", "newInstancesProtectedFromScaleIn"),
        value("availability_zones"),
        value("vpc_zone_identifier"),
        block("launch_template", "", &TEMPLATE),
        block("mixed_instances_policy", "", &MIXED),
        blocks("tag", "tags", &TAG),
        any("launch_configuration"),
        any("name_prefix"),
        any("availability_zone_distribution"),
        any("capacity_rebalance"),
        any("capacity_reservation_specification"),
        any("context"),
        any("default_instance_warmup"),
        any("deletion_protection"),
        any("desired_capacity_type"),
        any("enabled_metrics"),
        any("force_delete"),
        any("force_delete_warm_pool"),
        any("health_check_grace_period"),
        any("health_check_type"),
        any("ignore_failed_scaling_activities"),
        Argument::new("initial_lifecycle_hook", "lifecycleHookSpecificationList", Shape::Any),
        any("instance_maintenance_policy"),
        any("instance_refresh"),
        Argument::new("load_balancers", "loadBalancerNames", Shape::Any),
        any("max_instance_lifetime"),
        any("metrics_granularity"),
        any("min_elb_capacity"),
        any("placement_group"),
        unread("region"),
        Argument::new("service_linked_role_arn", "serviceLinkedRoleARN", Shape::Any),
        any("suspended_processes"),
        any("tags"),
        Argument::new("target_group_arns", "targetGroupARNs", Shape::Any),
        any("termination_policies"),
        Argument::new("traffic_source", "trafficSources", Shape::Any),
        any("wait_for_capacity_timeout"),
        any("wait_for_elb_capacity"),
        any("warm_pool"),
        computed("arn", "autoScalingGroupARN"),
        unread("id"),
        unread("predicted_capacity"),
        unread("warm_pool_size"),
    ],
};

const EBS: [Argument; 8] = [
    value("volume_size"),
    value("volume_type"),
    value("iops"),
    value("throughput"),
    value("encrypted"),
    value("delete_on_termination"),
    any("kms_key_id"),
    any("snapshot_id"),
];

const DEVICE: [Argument; 4] =
    [value("device_name"), block("ebs", "", &EBS), any("no_device"), any("virtual_name")];

const MARKET: [Argument; 2] = [value("market_type"), any("spot_options")];

const CPU: [Argument; 4] = [
    value("core_count"),
    value("threads_per_core"),
    value("amd_sev_snp"),
    value("nested_virtualization"),
];

const CREDITS: [Argument; 1] = [value("cpu_credits")];

const ENCLAVE: [Argument; 1] = [value("enabled")];

const PLACEMENT: [Argument; 9] = [
    value("affinity"),
    value("availability_zone"),
    value("group_id"),
    value("group_name"),
    value("host_id"),
    value("host_resource_group_arn"),
    value("partition_number"),
    value("spread_domain"),
    value("tenancy"),
];

const PROFILE: [Argument; 2] = [value("arn"), value("name")];

const fn data(name: &'static str, api: &'static str) -> Argument {
    Argument::new(name, api, Shape::Any)
}

pub(super) static LAUNCH_TEMPLATE: ResourceType = ResourceType {
    name: "aws_launch_template",
    kind: Some(Kind::LaunchTemplate),
    arguments: &[
        named("name", "launchTemplateName"),
        named("image_id", "launchTemplateData.imageId"),
        named("instance_type", "launchTemplateData.instanceType"),
        named("vpc_security_group_ids", "launchTemplateData.securityGroupIds"),
        Argument::new("user_data", "launchTemplateData.userData", Shape::Base64),
        block("iam_instance_profile", "launchTemplateData.iamInstanceProfile", &PROFILE),
        block("instance_market_options", "launchTemplateData.instanceMarketOptions", &MARKET),
        block("instance_requirements", "launchTemplateData.instanceRequirements", &REQUIREMENTS),
        blocks("block_device_mappings", "launchTemplateData.blockDeviceMappings", &DEVICE),
        any("name_prefix"),
        data(
            "capacity_reservation_specification",
            "launchTemplateData.capacityReservationSpecification",
        ),
        block("cpu_options", "launchTemplateData.cpuOptions", &CPU),
        block("credit_specification", "launchTemplateData.creditSpecification", &CREDITS),
        any("default_version"),
        any("description"),
        data("disable_api_stop", "launchTemplateData.disableApiStop"),
        data("disable_api_termination", "launchTemplateData.disableApiTermination"),
        data("ebs_optimized", "launchTemplateData.ebsOptimized"),
        data("elastic_gpu_specifications", "launchTemplateData.elasticGpuSpecifications"),
        data("elastic_inference_accelerator", "launchTemplateData.elasticInferenceAccelerators"),
        block("enclave_options", "launchTemplateData.enclaveOptions", &ENCLAVE),
        data("hibernation_options", "launchTemplateData.hibernationOptions"),
        data(
            "instance_initiated_shutdown_behavior",
            "launchTemplateData.instanceInitiatedShutdownBehavior",
        ),
        data("kernel_id", "launchTemplateData.kernelId"),
        data("key_name", "launchTemplateData.keyName"),
        data("license_specification", "launchTemplateData.licenseSpecifications"),
        data("maintenance_options", "launchTemplateData.maintenanceOptions"),
        data("metadata_options", "launchTemplateData.metadataOptions"),
        data("monitoring", "launchTemplateData.monitoring"),
        data("network_interfaces", "launchTemplateData.networkInterfaces"),
        data("network_performance_options", "launchTemplateData.networkPerformanceOptions"),
        block("placement", "launchTemplateData.placement", &PLACEMENT),
        data("private_dns_name_options", "launchTemplateData.privateDnsNameOptions"),
        data("ram_disk_id", "launchTemplateData.ramDiskId"),
        data("secondary_interfaces", "launchTemplateData.secondaryInterfaces"),
        data("security_group_names", "launchTemplateData.securityGroups"),
        data("tag_specifications", "launchTemplateData.tagSpecifications"),
        unread("region"),
        any("tags"),
        any("update_default_version"),
        computed("id", "launchTemplateId"),
        unread("arn"),
        computed("latest_version", ""),
        unread("tags_all"),
    ],
};

const ROOT_DEVICE: [Argument; 6] = [
    value("volume_size"),
    value("volume_type"),
    value("iops"),
    value("throughput"),
    value("encrypted"),
    value("delete_on_termination"),
];

const FURTHER_DEVICE: [Argument; 9] = [
    value("device_name"),
    named("volume_size", "ebs.volumeSize"),
    named("volume_type", "ebs.volumeType"),
    named("iops", "ebs.iops"),
    named("throughput", "ebs.throughput"),
    named("encrypted", "ebs.encrypted"),
    named("delete_on_termination", "ebs.deleteOnTermination"),
    named("snapshot_id", "ebs.snapshotId"),
    value("no_device"),
];

/// What came before launch templates: read into the group that uses it.
pub(super) static LAUNCH_CONFIGURATION: ResourceType = ResourceType {
    name: "aws_launch_configuration",
    kind: None,
    arguments: &[
        value("image_id").required(),
        value("instance_type").required(),
        value("user_data"),
        Argument::new("user_data_base64", "userData", Shape::Base64),
        value("spot_price"),
        block("root_block_device", "rootBlockDevice", &ROOT_DEVICE),
        any("name"),
        any("name_prefix"),
        any("associate_public_ip_address"),
        blocks("ebs_block_device", "", &FURTHER_DEVICE),
        any("ebs_optimized"),
        any("enable_monitoring"),
        any("ephemeral_block_device"),
        any("iam_instance_profile"),
        any("key_name"),
        any("metadata_options"),
        any("placement_tenancy"),
        unread("region"),
        any("security_groups"),
        unread("arn"),
        unread("id"),
    ],
};

const TARGET_GROUP_ARGUMENTS: [Argument; 30] = [
    named("name", "targetGroupName"),
    value("target_type"),
    value("port"),
    value("protocol"),
    value("vpc_id"),
    any("name_prefix"),
    any("connection_termination"),
    any("deregistration_delay"),
    any("health_check"),
    any("ip_address_type"),
    any("lambda_multi_value_headers_enabled"),
    any("load_balancing_algorithm_type"),
    any("load_balancing_anomaly_mitigation"),
    any("load_balancing_cross_zone_enabled"),
    any("preserve_client_ip"),
    any("protocol_version"),
    any("proxy_protocol_v2"),
    unread("region"),
    any("slow_start"),
    any("stickiness"),
    any("tags"),
    any("target_control_port"),
    any("target_failover"),
    any("target_group_health"),
    any("target_health_state"),
    computed("arn", "targetGroupArn"),
    unread("arn_suffix"),
    unread("id"),
    unread("load_balancer_arns"),
    unread("tags_all"),
];

pub(super) static TARGET_GROUP: ResourceType = ResourceType {
    name: "aws_lb_target_group",
    kind: Some(Kind::TargetGroup),
    arguments: &TARGET_GROUP_ARGUMENTS,
};

/// The same under its older name.
pub(super) static ALB_TARGET_GROUP: ResourceType = ResourceType {
    name: "aws_alb_target_group",
    kind: Some(Kind::TargetGroup),
    arguments: &TARGET_GROUP_ARGUMENTS,
};
