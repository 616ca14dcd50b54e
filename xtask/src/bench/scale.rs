//! The same problem with more tasks: what more work a solver has with 1,000,000 tasks than with
//! 100 shows whether it counts kinds or tasks.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::instance::{Case, load};

const TASKS: [u64; 3] = [100, 10_000, 1_000_000];

/// Each problem at each count, written below `folder`. Each service keeps its share, and at least
/// one task.
pub(super) fn scaled(cases: &[Case], folder: &Path) -> Result<Vec<Case>> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    for case in cases {
        let text = std::fs::read_to_string(&case.file)?;
        for tasks in TASKS {
            let mut document: Value = serde_json::from_str(&text)?;
            let name = format!("{}-{tasks:07}", case.instance.name);
            document["name"] = Value::from(name.as_str());
            let rows = document["services"].as_array_mut().context("services are a list")?;
            for (row, service) in rows.iter_mut().zip(&case.instance.services) {
                let share = service.count.saturating_mul(tasks) / case.tasks().max(1);
                row["count"] = Value::from(share.max(1));
            }
            std::fs::write(folder.join(format!("{name}.json")), document.to_string())?;
        }
    }
    load(folder, &folder.join("known.json"), "")
}
