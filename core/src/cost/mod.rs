//! What instances and Fargate cost, in whole nano-USD an hour.
//!
//! An instance costs its compute, by the purchase option or the user's own price; on Managed
//! Instances a fee on the On-Demand price, which no purchase option lowers; and its volume. What
//! the user has agreed with AWS comes off all three, but off no price of their own. Public IPv4 addresses, NAT
//! gateways, load balancers, logs and data transfer are not counted.

mod fargate;
mod instance;

pub use fargate::{FargateTask, fargate_size, fargate_unsupported};
pub use instance::{FeeRate, compute_price, fee_rate, instance_cost, spot_price};

#[cfg(test)]
mod tests;
