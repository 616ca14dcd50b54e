//! What one instance gives to tasks, and how many of a task fit on it.
//!
//! [`Rules`] say how instances are run (memory model, trunking, daemons); [`measure`] turns an
//! instance type under those rules into an [`Allocatable`]; [`fit`] counts a [`Demand`] on it.
//! Prices and fleets are other rooms' business.

mod allocatable;
mod fit;
mod memory;
mod resource;

pub use allocatable::{Allocatable, Platform, Rules, measure};
pub use fit::{Fit, Limit, fit};
pub use memory::{Memory, registered_memory};
pub use resource::Resource;
