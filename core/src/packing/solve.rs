//! The way from a problem to a solution: reduce, plan, improve, bound.

use super::columns::{Column, Order, generate};
use super::fleet::{Load, Need, cost, merit, patterns, stated};
use super::greedy::{Fill, greedy, uniform, worth_alone};
use super::improve::{Guide, downsize, repack};
use super::reduce::Model;
use super::rounding::{dive, round};
use super::single::alone;
use super::work::Meter;
use super::{Problem, Solution, Unpackable, Work};

/// Finds a cheap fleet for `problem`, and a proven lower bound on the cost of any.
///
/// The same problem and budget give the same solution on every machine. `budget` limits the
/// search, not the outcome: even with none a fleet that keeps every rule comes out. Of fleets
/// with equal cost the one with fewer instances is preferred, then the one with fewer different
/// offers, then the one whose offers stand first in the problem; the search meets this only among
/// the fleets it sees. A pair of `anti_affinity` with a place outside `demands` binds nothing, a
/// kind paired with itself is distinct, and `zones` 0 counts as 1.
pub fn solve(problem: &Problem, budget: Work) -> Result<Solution, Unpackable> {
    let model = Model::of(problem)?;
    let mut meter = Meter::new(budget);
    let (loads, bound) = plan(&model, &mut meter);
    let total = cost(&model, &loads);
    Ok(Solution {
        patterns: patterns(problem, &model, loads),
        cost: stated(total),
        lower_bound: stated(bound.min(total)),
        work: meter.spent(),
    })
}

fn plan(model: &Model, meter: &mut Meter) -> (Vec<Load>, u128) {
    let mut bound = 0;
    let mut need = Need::all(model);
    let mut best = Vec::new();
    for kind in 0..model.kinds.len() {
        bound = bound.max(alone(model, &mut need, kind, &mut best, meter));
    }
    if model.kinds.len() < 2 {
        return (best, bound);
    }
    let worth = worth_alone(model);
    for style in [Fill::Left, Fill::Sum, Fill::Largest] {
        if !meter.is_past(10) {
            let loads = greedy(model, &mut Need::all(model), &worth, style, meter);
            keep_better(model, &mut best, loads);
        }
    }
    for choice in 0..model.choices.len() {
        if !meter.is_past(15)
            && let Some(loads) = uniform(model, choice, &worth, meter)
        {
            keep_better(model, &mut best, loads);
        }
    }
    let known: Vec<Column> =
        best.iter().map(|load| Column { choice: load.choice, tasks: load.tasks.clone() }).collect();
    if let Some(relaxed) = generate(model, &Order::all(model, 50), &known, meter) {
        bound = bound.max(relaxed.bound);
        for style in [Fill::Left, Fill::Sum, Fill::Largest] {
            let loads = round(model, &relaxed, style, meter);
            keep_better(model, &mut best, loads);
        }
        let loads = dive(model, &relaxed, meter, 75);
        keep_better(model, &mut best, loads);
        let guide = Guide {
            prices: &relaxed.prices,
            choices: &relaxed.close,
            bound,
            percent: 100,
            patience: 400,
        };
        let mut loads = best.clone();
        repack(model, &mut loads, &guide, meter);
        keep_better(model, &mut best, loads);
    }
    (best, bound)
}

fn keep_better(model: &Model, best: &mut Vec<Load>, mut loads: Vec<Load>) {
    downsize(model, &mut loads);
    if merit(model, &loads) < merit(model, best) {
        *best = loads;
    }
}
