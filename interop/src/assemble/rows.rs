//! Which row of the scenario a name has: one that was there before, or a new one. Found without
//! going through the rows, since a file may have thousands.

use super::draft::Draft;
use crate::taken::Taken;
use std::collections::BTreeMap;

/// What files say of a service anew where the scenario that they add to has it already.
const OF_FILES: [&str; 9] = [
    "taskDefinition",
    "launchType",
    "capacityProviderStrategy",
    "placementConstraints",
    "placementStrategy",
    "availabilityZoneRebalancing",
    "deploymentConfiguration",
    "loadBalancers",
    "autoScaling",
];

/// The names that were given, and the rows that were there before.
pub(super) struct Rows {
    names: Taken,
    /// Paths by list and name; of several, the first.
    before: BTreeMap<(&'static str, String), String>,
}

impl Rows {
    /// Those of the scenario that files add to.
    pub(super) fn of(draft: &Draft<'_>) -> Self {
        let mut before = BTreeMap::new();
        for list in ["services", "daemons"] {
            let rows = draft.get(list).and_then(|it| it.as_array());
            for (number, row) in rows.into_iter().flatten().enumerate() {
                if let Some(name) = row.get("name").and_then(|it| it.as_str()) {
                    let path = format!("{list}[{number}]");
                    before.entry((list, name.to_owned())).or_insert(path);
                }
            }
        }
        Self { names: Taken::default(), before }
    }

    /// A name that no other service of the files has.
    pub(super) fn name(&mut self, wanted: &str) -> String {
        self.names.name(wanted, "-")
    }

    /// The path of the row of this name, emptied of what files say anew; or of a new one.
    pub(super) fn path(&self, draft: &mut Draft<'_>, list: &'static str, name: &str) -> String {
        let Some(path) = self.before.get(&(list, name.to_owned())) else {
            return format!("{list}[{}]", draft.len(list));
        };
        for key in OF_FILES {
            draft.remove(&format!("{path}.{key}"));
        }
        path.clone()
    }
}
