//! Where ECS puts tasks on instances that the user runs.

pub mod query;
pub mod strategy;
