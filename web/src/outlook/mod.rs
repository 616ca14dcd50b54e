//! What is foreseen of a scenario beside its plan: asked for part by part in a worker of its own,
//! and shown as a range, other settings, tighter requirements, sizes, a comparison and a
//! deployment.
//!
//! [`foresight`] is the state, and pure; [`part_job`] is what the worker is asked for; the others show
//! one part each, or what several draw with.

pub mod advice_list;
pub mod changes;
pub mod chart;
pub mod compare;
pub mod cost_axis;
pub mod deployment_panel;
pub mod foresight;
pub mod group_choice;
pub mod growth_chart;
pub mod part_job;
pub mod part_view;
pub mod proposal;
pub mod range_bars;
pub mod range_panel;
pub mod range_picture;
pub mod range_summary;
pub mod range_words;
pub mod size_chart;
pub mod sizes;
pub mod tightenings;
pub mod what_if;
