//! What ECS allows at most. Source: AWS General Reference, Amazon ECS service quotas; all but the
//! first can be raised.

/// Tasks in PROVISIONING of a cluster; cannot be raised.
pub const PROVISIONING_TASKS: u32 = 500;
/// Tasks of a service.
pub const TASKS_OF_A_SERVICE: u32 = 5000;
/// Container instances of a cluster.
pub const CONTAINER_INSTANCES: u32 = 5000;
/// Tasks of a service that start in a minute.
pub const STARTS_A_MINUTE: u32 = 500;
