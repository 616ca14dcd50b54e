//! What happens to a cluster over time: one drawing that is scrubbed through, its figures and
//! decisions at every minute, and what it all comes to.
//!
//! [`clock`], [`bands`], [`lanes`] and [`kinds`] are pure; the others draw.

pub mod alarms;
pub mod bands;
pub mod clock;
pub mod cluster_at;
pub mod drawing;
pub mod event_list;
pub mod kinds;
pub mod lanes;
pub mod panel;
pub mod readout;
pub mod scrubber;
pub mod settings;
pub mod stories;
pub mod table;
pub mod totals;
pub mod view;
