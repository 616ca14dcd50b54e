//! What has been worked out of a cluster: its timeline and its placement, as far as they have
//! come, and whether they are those of the present scenario. Pure.

use crate::cluster::job::ClusterJob;
use crate::edit::capacity_kind;
use crate::tab::Tab;
use eniac_core::report::{ClusterSnapshot, PlacementReport, Timeline};
use serde_json::Value;
use std::rc::Rc;

/// What came from the worker.
#[derive(Debug, Clone)]
pub enum News {
    /// A timeline, most often with the cluster at one minute.
    Simulated(Rc<Timeline>),
    /// The cluster at another minute.
    Snapshot(Option<Rc<ClusterSnapshot>>),
    /// A placement.
    Placed(Rc<PlacementReport>),
    /// It came to nothing.
    Failed(String),
}

/// What is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClusterState {
    /// The timeline.
    pub timeline: Option<Rc<Timeline>>,
    /// Whether it is that of the present scenario.
    pub is_timeline_here: bool,
    /// The cluster at the minute that was looked at last.
    pub snapshot: Option<Rc<ClusterSnapshot>>,
    /// The placement.
    pub placement: Option<Rc<PlacementReport>>,
    /// Whether it is that of the present scenario.
    pub is_placement_here: bool,
    /// Why there is no more.
    pub trouble: Option<String>,
    /// The minute that is looked at.
    pub minute: u32,
}

impl ClusterState {
    /// Something came of the present scenario.
    pub fn came(&mut self, news: News) {
        match news {
            News::Simulated(timeline) => {
                self.minute = self.minute.min(timeline.minutes);
                self.snapshot = timeline.snapshot.clone().map(Rc::new);
                (self.timeline, self.is_timeline_here) = (Some(timeline), true);
                self.trouble = None;
            }
            News::Snapshot(snapshot) => self.snapshot = snapshot,
            News::Placed(placement) => {
                (self.placement, self.is_placement_here) = (Some(placement), true);
                self.trouble = None;
            }
            News::Failed(why) => self.trouble = Some(why),
        }
    }

    /// The scenario is another one: nothing that is here is its own.
    pub fn age(&mut self) {
        (self.is_timeline_here, self.is_placement_here) = (false, false);
        self.trouble = None;
    }

    /// What has to be worked out for the tab that is open; nothing where no instances are the
    /// user's own.
    pub fn missing(&self, tab: Tab, document: &Value) -> Option<ClusterJob> {
        if capacity_kind(document) != "autoScalingGroup" {
            return None;
        }
        match tab {
            Tab::Timeline => (!self.is_timeline_here).then_some(ClusterJob::Simulate(self.minute)),
            Tab::Placement => (!self.is_placement_here).then_some(ClusterJob::Place),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_is_looked_at_is_worked_out() {
        let group = json!({ "capacity": { "autoScalingGroup": {} } });
        let mut state = ClusterState { minute: 9, ..ClusterState::default() };
        for (tab, document, missing) in [
            (Tab::Timeline, &group, Some(ClusterJob::Simulate(9))),
            (Tab::Placement, &group, Some(ClusterJob::Place)),
            (Tab::Why, &group, None),
            (Tab::Timeline, &json!({}), None),
        ] {
            assert_eq!(state.missing(tab, document), missing, "{tab:?} {document}");
        }
        state.came(News::Simulated(Rc::new(Timeline { minutes: 5, ..Timeline::default() })));
        assert_eq!(state.missing(Tab::Timeline, &group), None);
        assert_eq!(state.minute, 5, "the timeline ends there");
        state.age();
        assert_eq!(state.missing(Tab::Timeline, &group), Some(ClusterJob::Simulate(5)));
        assert!(state.timeline.is_some(), "the old one stays until then");
    }
}
