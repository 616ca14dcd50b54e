//! What the worker of clusters is asked for.

use crate::cluster::state::News;
use crate::job_link::{Job, read};
use crate::session::Happened;
use crate::worker::Answer;
use eniac_core::report::ClusterSnapshot;
use serde::Deserialize;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// A job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClusterJob {
    /// Where tasks go.
    Place,
    /// The timeline, with the cluster at this minute.
    Simulate(u32),
    /// Only the cluster at this minute.
    Snapshot(u32),
}

impl ClusterJob {
    /// Whether it asks for the cluster at some minute and for nothing else.
    pub fn is_snapshot(&self) -> bool {
        matches!(self, Self::Snapshot(_))
    }
}

/// All that is read of a timeline of which the rest is here already.
#[derive(Deserialize)]
struct WithSnapshot {
    snapshot: Option<ClusterSnapshot>,
}

impl Job for ClusterJob {
    fn fields(self) -> Vec<(&'static str, JsValue)> {
        match self {
            Self::Place => vec![("place", JsValue::TRUE)],
            Self::Simulate(minute) | Self::Snapshot(minute) => {
                vec![("simulate", JsValue::TRUE), ("snapshotAt", JsValue::from(minute))]
            }
        }
    }

    fn answered(self, answer: &Answer) -> Result<Happened, String> {
        Ok(Happened::Clustered(match self {
            Self::Place => News::Placed(Rc::new(read(answer, "placement")?)),
            Self::Simulate(_) => News::Simulated(Rc::new(read(answer, "timeline")?)),
            Self::Snapshot(_) => {
                let read: WithSnapshot = read(answer, "timeline")?;
                News::Snapshot(read.snapshot.map(Rc::new))
            }
        }))
    }

    fn failed(why: String) -> Happened {
        Happened::Clustered(News::Failed(why))
    }
}
