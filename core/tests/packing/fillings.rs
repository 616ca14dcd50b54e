//! Every filling of an instance, found by trying.

use eniac_core::packing::Problem;

use super::rules::{Tasks, holds};

/// All that one instance of `offer` may hold but nothing, never more than there is of a kind.
/// `None` if these are more than `most`.
pub(crate) fn all(problem: &Problem, offer: usize, most: usize) -> Option<Vec<Tasks>> {
    fn from(
        problem: &Problem,
        offer: usize,
        kind: usize,
        tasks: &mut Tasks,
        most: usize,
        found: &mut Vec<Tasks>,
    ) -> bool {
        if found.len() > most {
            return false;
        }
        if kind == problem.demands.len() {
            found.push(tasks.clone());
            return true;
        }
        let mut whole = true;
        // Of a filling that is allowed, every part is allowed.
        while whole && holds(problem, offer, tasks) {
            whole = from(problem, offer, kind + 1, tasks, most, found);
            if tasks[kind] == problem.demands[kind].count {
                break;
            }
            tasks[kind] += 1;
        }
        tasks[kind] = 0;
        whole
    }
    let mut found = Vec::new();
    let mut tasks = vec![0; problem.demands.len()];
    let whole = from(problem, offer, 0, &mut tasks, most, &mut found);
    found.retain(|tasks| tasks.iter().any(|&tasks| tasks > 0));
    whole.then_some(found)
}
