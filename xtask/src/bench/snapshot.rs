//! `benches/snapshot.json`: what the solver found when somebody last looked, so that it does not
//! get worse unseen.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::instance::{Answer, Case};

/// For each problem what was found with the default budget. The same sources find the same; the
/// tolerance is for changes of the solver that give a little here and take a little there.
#[derive(Deserialize, Serialize)]
pub(super) struct Snapshot {
    /// A cost may be above, and a bound below, what stands here by so many millionths.
    tolerance_millionths: u64,
    problems: BTreeMap<String, Found>,
}

#[derive(Clone, Deserialize, Serialize)]
struct Found {
    digest: String,
    cost_micro: u64,
    lower_bound_micro: u64,
    work: u64,
}

impl Snapshot {
    pub(super) fn load(file: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        serde_json::from_str(&text).with_context(|| format!("{} is no snapshot", file.display()))
    }

    /// What is worse than the snapshot; nothing where it does not know the problem.
    pub(super) fn complaints(&self, case: &Case, answer: &Answer) -> Vec<String> {
        let known = self.problems.get(&case.instance.name);
        let Some(was) = known.filter(|was| was.digest == case.digest) else { return Vec::new() };
        let tolerance = u128::from(self.tolerance_millionths);
        let above = |is: u64, was: u64| {
            u128::from(is) * 1_000_000 > u128::from(was) * (1_000_000 + tolerance)
        };
        let below = |is: u64, was: u64| {
            u128::from(is) * 1_000_000 < u128::from(was) * (1_000_000 - tolerance.min(1_000_000))
        };
        let mut complaints = Vec::new();
        if above(answer.cost_micro, was.cost_micro) {
            complaints.push(format!(
                "cost {} is above the snapshot's {}",
                answer.cost_micro, was.cost_micro
            ));
        }
        if below(answer.lower_bound_micro, was.lower_bound_micro) {
            complaints.push(format!(
                "bound {} is below the snapshot's {}",
                answer.lower_bound_micro, was.lower_bound_micro
            ));
        }
        complaints
    }

    /// Takes what was found now; what stands here of other problems stays.
    pub(super) fn bless(&mut self, cases: &[Case], answers: &BTreeMap<String, Answer>) {
        for case in cases {
            let Some(answer) = answers.get(&case.instance.name) else { continue };
            let found = Found {
                digest: case.digest.clone(),
                cost_micro: answer.cost_micro,
                lower_bound_micro: answer.lower_bound_micro,
                work: answer.work,
            };
            self.problems.insert(case.instance.name.clone(), found);
        }
    }

    pub(super) fn write(&self, file: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self)? + "\n";
        std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_is_worse_than_the_tolerance_is_told() {
        let instance = json!({"name": "m1", "azs": 1, "services": [], "types": []});
        let case = |digest: &str| Case {
            file: "m1.json".into(),
            instance: serde_json::from_value(instance.clone()).unwrap(),
            digest: digest.to_owned(),
            known: None,
        };
        let answer = |cost: u64, bound: u64| -> Answer {
            serde_json::from_value(json!({
                "cost_micro": cost, "lower_bound_micro": bound, "proven_optimal": false, "work": 1,
                "instances": 0, "fleet": [], "milliseconds": 1
            }))
            .unwrap()
        };
        let mut snapshot = Snapshot { tolerance_millionths: 1000, problems: BTreeMap::new() };
        assert_eq!(snapshot.complaints(&case("a"), &answer(9, 1)), [""; 0]);
        snapshot.bless(&[case("a")], &[("m1".to_owned(), answer(1000, 1000))].into());
        for (cost, bound, complaints) in
            [(1001, 999, 0), (900, 1100, 0), (1002, 1000, 1), (1000, 998, 1), (1002, 998, 2)]
        {
            let found = snapshot.complaints(&case("a"), &answer(cost, bound));
            assert_eq!(found.len(), complaints, "{found:?}");
            assert_eq!(snapshot.complaints(&case("b"), &answer(cost, bound)), [""; 0]);
        }
    }
}
