//! Which instance types are admitted, and for each one left out, the attribute that left it out.
//!
//! Attribute-based selection as EC2 defines it: different attributes are all required, of several
//! values of one attribute any will do, ranges include their ends. Around it stand what is no
//! attribute of the API: whether the region offers the type, whether there is a price, whether
//! Managed Instances support it. Sources: ECS API, `InstanceRequirementsRequest`; EC2 User Guide,
//! attribute-based instance type selection; ECS Developer Guide, Managed Instances instance types.

mod attribute;
mod filter;
mod price_protection;
mod validate;
mod wildcard;

pub use attribute::Attribute;
pub use filter::{Candidates, Selection, Step, select};
pub use price_protection::lowest_protected_price;
pub use validate::validate;
pub use wildcard::matches;

#[cfg(test)]
mod tests;
