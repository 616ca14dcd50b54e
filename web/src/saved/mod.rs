//! Saved scenarios: kept in the browser under their names, opened, renamed, deleted, and compared
//! two at a time.
//!
//! [`entry`], [`shelf`] and [`difference`] are pure; [`shelving`] is where they meet the browser's
//! storage; the others show them.

pub mod compare;
pub mod comparison;
pub mod difference;
pub mod entry;
pub mod list;
pub mod panel;
pub mod shelf;
pub mod shelving;
pub mod two_plans;
