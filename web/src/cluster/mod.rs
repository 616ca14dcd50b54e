//! Clusters of Auto Scaling groups: how they are set up, where their tasks go, and what is known
//! of them over time.
//!
//! [`state`] is what has been worked out, and pure; [`job`] is what the worker is asked for. The
//! forms stand in the panels of services and capacity, the panel of placement behind its tab; the
//! timeline has a folder of its own.

pub mod decisions;
pub mod group_form;
pub mod instances;
pub mod job;
pub mod load_form;
pub mod placement_form;
pub mod placement_panel;
pub mod policies_form;
pub mod state;
pub mod strategy;
