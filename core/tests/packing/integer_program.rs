//! The cheapest fleet by an integer program over every filling of every offer in every zone, which
//! `HiGHS` solves. It decides nothing by itself: its fleet is counted again in integers.

use std::collections::BTreeMap;

use eniac_core::packing::Problem;
use highs::{ColProblem, HighsModelStatus, Row, Sense};

use super::fillings::all;
use super::rules::{Tasks, stands_in, zones};

/// More fillings, or more of the search for an optimum, than these take too long.
const MOST_FILLINGS: usize = 3_000;
const MOST_NODES: i32 = 2_000;

/// What the program's best fleet costs, which is the least that any costs; `None` if there are too
/// many fillings or the search takes too long.
///
/// # Panics
///
/// If no fleet holds all tasks, or if the answer of `HiGHS` is none.
pub(crate) fn cheapest(problem: &Problem) -> Option<u64> {
    let mut fillings = Vec::new();
    for offer in 0..problem.offers.len() {
        // A fleet that holds more than all tasks is as good as one that holds just these: a task
        // can be left out of any filling. So the fillings that are part of no other are enough.
        fillings.push(whole(&all(problem, offer, MOST_FILLINGS)?));
    }
    let program = Program::of(problem, &fillings);
    let fleet = program.solve()?;
    assert!(program.serves(problem, &fleet), "the program's fleet leaves tasks out");
    Some(fleet.iter().zip(&program.columns).map(|(copies, it)| copies * it.price).sum())
}

/// The fillings without those that are part of another.
fn whole(fillings: &[Tasks]) -> Vec<Tasks> {
    let part = |one: &Tasks, other: &Tasks| {
        one != other && one.iter().zip(other).all(|(one, other)| one <= other)
    };
    fillings.iter().filter(|one| !fillings.iter().any(|other| part(one, other))).cloned().collect()
}

/// A filling of an offer in a zone.
struct Column {
    zone: usize,
    tasks: Tasks,
    price: u64,
}

struct Program {
    program: ColProblem,
    /// In the order of the program's first columns.
    columns: Vec<Column>,
}

impl Program {
    fn of(problem: &Problem, fillings: &[Vec<Tasks>]) -> Self {
        let mut program = ColProblem::new();
        let zones = zones(problem);
        // How many tasks of a kind stand at least: in all zones together, or if it is spread, in
        // each zone as many as its own column says.
        let mut held: BTreeMap<(usize, usize), Row> = BTreeMap::new();
        for (kind, demand) in problem.demands.iter().enumerate() {
            if demand.spread {
                held.extend((0..zones).map(|zone| ((kind, zone), program.add_row(0..))));
            } else {
                let row = program.add_row(f64::from(demand.count)..);
                held.extend((0..zones).map(|zone| ((kind, zone), row)));
            }
        }
        let mut columns = Vec::new();
        for zone in 0..zones {
            for (offer, fillings) in fillings.iter().enumerate() {
                if !stands_in(problem, offer, zone) {
                    continue;
                }
                let price = problem.offers[offer].price.0;
                for tasks in fillings {
                    let factors: Vec<(Row, f64)> = (0..tasks.len())
                        .filter(|&kind| tasks[kind] > 0)
                        .map(|kind| (held[&(kind, zone)], f64::from(tasks[kind])))
                        .collect();
                    // Prices of tests are small: the float is exact.
                    program.add_integer_column(price as f64, 0.., &factors);
                    columns.push(Column { zone, tasks: tasks.clone(), price });
                }
            }
        }
        for (kind, demand) in problem.demands.iter().enumerate().filter(|(_, it)| it.spread) {
            let all = program.add_row(f64::from(demand.count)..=f64::from(demand.count));
            let share = u32::try_from(zones).unwrap();
            let (least, most) = (demand.count / share, demand.count.div_ceil(share));
            for zone in 0..zones {
                program.add_integer_column(
                    0.0,
                    f64::from(least)..=f64::from(most),
                    [(held[&(kind, zone)], -1.0), (all, 1.0)],
                );
            }
        }
        Self { program, columns }
    }

    /// How many instances of each column; `None` if that takes too long to find out.
    fn solve(&self) -> Option<Vec<u64>> {
        if self.columns.is_empty() {
            return Some(Vec::new());
        }
        let mut model = self.program.clone().optimise(Sense::Minimise);
        model.make_quiet();
        model.set_option("threads", 1);
        model.set_option("mip_rel_gap", 0.0);
        model.set_option("mip_abs_gap", 0.0);
        model.set_option("mip_max_nodes", MOST_NODES);
        let solved = model.solve();
        match solved.status() {
            HighsModelStatus::Optimal => {}
            HighsModelStatus::ReachedSolutionLimit | HighsModelStatus::ReachedIterationLimit => {
                return None;
            }
            other => panic!("HiGHS ends with {other:?}"),
        }
        let solution = solved.get_solution();
        let values = &solution.columns()[..self.columns.len()];
        Some(values.iter().map(|&value| format!("{:.0}", value.abs()).parse().unwrap()).collect())
    }

    /// Whether so many instances of each column hold all tasks, those of spread kinds evenly.
    fn serves(&self, problem: &Problem, fleet: &[u64]) -> bool {
        let zones = zones(problem);
        problem.demands.iter().enumerate().all(|(kind, demand)| {
            let held = |zone: usize| -> u64 {
                fleet
                    .iter()
                    .zip(&self.columns)
                    .filter(|(_, it)| it.zone == zone)
                    .map(|(copies, it)| copies * u64::from(it.tasks[kind]))
                    .sum()
            };
            let held: Vec<u64> = (0..zones).map(held).collect();
            let share = u64::from(demand.count) / zones as u64;
            let extras = u64::from(demand.count) % zones as u64;
            if demand.spread {
                held.iter().all(|&held| held >= share)
                    && held.iter().filter(|&&held| held > share).count() as u64 >= extras
            } else {
                held.iter().sum::<u64>() >= u64::from(demand.count)
            }
        })
    }
}
