//! The page on paper: drawn only while it is printed, in the place of the workbench, with all that
//! stands behind tabs on the screen.

pub mod inputs;
pub mod scenario;
pub mod sheet;
pub mod types;
