//! What leaves the page: the scenario and its plan as files, and a link that carries the scenario.

pub mod arriving;
pub mod export_panel;
pub mod link_panel;
pub mod out_format;
pub mod written;
