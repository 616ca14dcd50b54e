//! The way from a problem to a solution.
//!
//! Drop what cannot matter (`reduce`); part what never meets (`parts`); bound and place each kind
//! by itself, exactly (`single`); plan greedily (`greedy`); solve the linear program over fillings
//! of instances (`columns`, with `master`, `sack` and `shortfall`), which gives the lower bound
//! (`bound`) and what a task of each kind should cost; round its fractions to instances
//! (`rounding`); pack a few instances at a time anew (`improve`); prove (`shares`, `settle`). While
//! something is open: repack, and combine the fillings of the good fleets seen. Each step has its
//! share of the budget, and the best fleet stays, on as few instances as it costs no more to use
//! (`consolidate`). README.md in this folder explains it.
//!
//! Where zones differ in what is offered, each zone's share goes the same way (`zoned`).
//!
//! Integers decide every fit, cost and bound. Floats guide only, by addition, multiplication,
//! division, square roots, rounding and comparison, which give the same bits natively and in
//! WebAssembly.

use std::ops::ControlFlow;

use super::best::Best;
use super::bound::Order;
use super::columns::{Column, Relaxed, generate};
use super::consolidate::consolidate;
use super::fleet::{Need, patterns, stated};
use super::greedy::{Fill, greedy, uniform, worth_alone};
use super::improve::{Guide, repack};
use super::parts::{parts, plan_parts};
use super::reduce::Model;
use super::rounding::{dive, round};
use super::settle::{combine, settle};
use super::shares::Exact;
use super::single::alone;
use super::work::{Meter, Watcher};
use super::zoned::Zoned;
use super::{Problem, Solution, Unpackable, Watch, Work};

/// Finds a cheap fleet for `problem`, and a proven lower bound on the cost of any.
///
/// The same problem and budget give the same solution on every machine. `budget` limits the
/// search, not the outcome: even with none a fleet that keeps every rule comes out. Of fleets
/// with equal cost the one with fewer instances is preferred, then the one with fewer different
/// offers, then the one whose offers stand first in the problem; the search meets this only among
/// the fleets it sees. A pair of `anti_affinity` with a place outside `demands` binds nothing, a
/// kind paired with itself is distinct, and `zones` 0 counts as 1.
pub fn solve(problem: &Problem, budget: Work) -> Result<Solution, Unpackable> {
    solve_watched(problem, budget, &mut |_| ControlFlow::Continue(()))
}

/// As [`solve`], with somebody who watches the progress and may end it: what then comes out is
/// the best so far, a fleet that keeps every rule and a bound that holds. As long as the watch
/// lets it go on, it changes nothing.
pub fn solve_watched(
    problem: &Problem,
    budget: Work,
    watch: Watch<'_>,
) -> Result<Solution, Unpackable> {
    let model = Model::of(problem)?;
    let watcher = Watcher::new(watch);
    let mut meter = Meter::new(budget, Some(&watcher));
    let mut best = match parts(problem, &model, &mut meter) {
        Some(parts) => plan_parts(&model, &parts, plan_part, &mut meter),
        None => plan_part(problem, &model, &mut meter),
    };
    let fewer = consolidate(&model, &best.loads, &mut meter);
    best.offer(fewer, &meter);
    Ok(Solution {
        cost: stated(best.cost()),
        lower_bound: stated(best.bound.min(best.cost())),
        patterns: patterns(problem, &model, best.loads),
        work: meter.spent(),
    })
}

/// Steps for each kind after which the program's fractions are first made a fleet.
const EARLY: usize = 300_000;

/// How often a fleet that is not proven is repacked and combined anew.
const ROUNDS: u64 = 20;

/// A fleet and a bound for kinds that meet each other.
fn plan_part<'m>(problem: &Problem, model: &'m Model, meter: &mut Meter) -> Best<'m> {
    match Zoned::of(problem, model) {
        Some(zoned) => plan_by_zone(model, &zoned, meter),
        None => plan(model, &[], meter),
    }
}

/// A fleet and a bound; `known` columns are a good start.
fn plan<'m>(model: &'m Model, known: &[Column], meter: &mut Meter) -> Best<'m> {
    let mut best = first(model, meter);
    if model.kinds.len() < 2 {
        return best;
    }
    let Some(relaxed) = relax(&mut best, known, meter) else {
        // Every kind has a free offer.
        return best;
    };
    for (style, percent) in [(Fill::Left, 66), (Fill::Sum, 68), (Fill::Largest, 70)] {
        if !meter.is_past(percent) {
            let loads = round(model, &relaxed, style, meter, percent);
            best.offer(loads, meter);
        }
    }
    if !meter.is_past(82) {
        let loads = dive(model, &relaxed, meter, 82);
        best.offer(loads, meter);
    }
    improve(&mut best, &relaxed.prices, &relaxed.close, (0, 1, 85), meter);
    prove(&mut best, &relaxed, meter);
    for seed in 1..=ROUNDS {
        if best.is_close() || meter.is_past(100) {
            break;
        }
        improve(&mut best, &relaxed.prices, &relaxed.close, (seed, 4, 100), meter);
        if seed % 4 == 1 {
            combine(&mut best, &relaxed, seed, meter, 100);
        }
    }
    best
}

/// The linear program's prices and bound, and on the way there a good fleet early.
fn relax(best: &mut Best, known: &[Column], meter: &mut Meter) -> Option<Relaxed> {
    let model = best.model;
    let order = if known.is_empty() {
        Order::all(model, 55)
    } else {
        // Where columns are known a bound is too; only what they lack is sought.
        Order { from_resources: false, effort: 0, rounds: 10, ..Order::all(model, 40) }
    };
    let planned = best.loads.iter().map(Column::of);
    let mut known: Vec<Column> = known.iter().cloned().chain(planned).collect();
    let percent = meter.percent_of(EARLY * model.kinds.len()).min(20);
    let early = Order { effort: 0, percent, ..order.clone() };
    if !meter.is_past(early.percent) {
        let relaxed = generate(model, &early, &known, meter)?;
        best.prove(relaxed.bound, meter);
        let percent = early.percent + 4;
        best.offer(round(model, &relaxed, Fill::Left, meter, percent), meter);
        if best.is_proven() {
            return Some(relaxed);
        }
        known.extend(relaxed.pool);
    }
    let relaxed = generate(model, &order, &known, meter)?;
    best.prove(relaxed.bound, meter);
    Some(relaxed)
}

/// The exact searches: small fleets by what is left in each zone (`shares`), others by the
/// fillings that a cheaper fleet could use (`settle`). Where zones count the first goes first.
fn prove(best: &mut Best, relaxed: &Relaxed, meter: &mut Meter) {
    let model = best.model;
    for by_shares in [model.is_spread(), !model.is_spread()] {
        if best.is_proven() {
            break;
        }
        let percent = if best.is_close() { meter.share() + 10 } else { 100 }.min(95);
        if by_shares {
            let worth = |kind: usize, _: usize| relaxed.proven[kind];
            if let Some(mut exact) = Exact::of(model, worth, best.cost(), meter) {
                exact.run(best, meter, percent);
            }
        } else {
            settle(best, relaxed, meter, percent);
        }
    }
}

/// What can be had at once: each kind by itself, then greedy fleets, then fleets of one offer.
fn first<'m>(model: &'m Model, meter: &mut Meter) -> Best<'m> {
    let mut need = Need::all(model);
    let mut loads = Vec::new();
    let mut bound = 0;
    for kind in 0..model.kinds.len() {
        bound = bound.max(alone(model, &mut need, kind, &mut loads, meter));
    }
    let mut best = Best::new(model, loads, bound, meter);
    if model.kinds.len() < 2 {
        return best;
    }
    let worth = worth_alone(model);
    for (style, percent) in [(Fill::Left, 8), (Fill::Sum, 10), (Fill::Largest, 12)] {
        if !meter.is_past(percent) || style == Fill::Left {
            let loads = greedy(model, &mut Need::all(model), &worth, style, meter, percent);
            best.offer(loads, meter);
        }
    }
    for choice in 0..model.choices.len() {
        if meter.is_past(15) {
            break;
        }
        if let Some(loads) = uniform(model, choice, &worth, best.cost(), meter) {
            best.offer(loads, meter);
        }
    }
    best
}

/// Where the zones differ: the plan of all zones together against the zones' own plans.
fn plan_by_zone<'m>(model: &'m Model, zoned: &Zoned, meter: &mut Meter) -> Best<'m> {
    let mut own = meter.part(5);
    let mut best = plan(model, &[], &mut own);
    meter.add(&own);
    if best.is_proven() {
        return best;
    }
    let Some(prices) = zoned.prices(meter, 15) else { return best };
    best.prove(prices.bound, meter);
    let worth = |kind: usize, zone: usize| prices.proven[kind][zoned.group_of(zone)];
    let mut exact = Exact::of(model, worth, best.cost(), meter);
    if let Some(exact) = &mut exact {
        exact.run(&mut best, meter, 45);
        if best.is_proven() {
            return best;
        }
    }
    if let Some((loads, proven)) = zoned.plan(&prices, plan, meter, 75) {
        best.prove(proven, meter);
        best.offer(loads, meter);
    }
    improve(&mut best, &prices.mean, &prices.close, (0, 1, 100), meter);
    if let Some(exact) = &mut exact {
        exact.run(&mut best, meter, 100);
    }
    best
}

/// Repacks a few instances at a time, led by the kinds' `prices` and the choices that are `close`
/// to worth theirs. `limits` say which chances to take, with how much patience, and at which share
/// of the budget to stop.
fn improve(
    best: &mut Best,
    prices: &[f64],
    close: &[usize],
    limits: (u64, u32, u64),
    meter: &mut Meter,
) {
    let (seed, times, percent) = limits;
    let kinds = u32::try_from(best.model.kinds.len()).unwrap_or(100);
    let patience = times * 300 + 10 * kinds;
    let guide = Guide { prices, choices: close, bound: best.bound, percent, seed, patience };
    let mut loads = best.loads.clone();
    repack(best.model, &mut loads, &guide, meter);
    best.offer(loads, meter);
}

#[cfg(test)]
mod tests {
    use super::super::{Demand, NanoUsdPerHour, Offer, check};
    use super::*;

    fn demand(count: u32, cpu: u64, memory: u64) -> Demand {
        Demand { count, amounts: [cpu, memory, 1, 0], classes: 1, ..Demand::default() }
    }

    fn offer(cpu: u64, memory: u64, enis: u64, price: u64) -> Offer {
        let price = NanoUsdPerHour(price);
        Offer { amounts: [cpu, memory, enis, 0], class: 1, zones: 0b111, price }
    }

    fn problem(demands: Vec<Demand>, offers: Vec<Offer>) -> Problem {
        Problem { zones: 3, demands, offers, anti_affinity: Vec::new() }
    }

    fn spread(mut demand: Demand) -> Demand {
        demand.spread = true;
        demand
    }

    fn distinct(mut demand: Demand) -> Demand {
        demand.distinct = true;
        demand
    }

    /// A name, a problem, and the `(cost, instances, offers used)` that must be proven optimal.
    type Row = (&'static str, Problem, (u64, u32, &'static [usize]));

    fn proves(name: &str, problem: &Problem, expected: (u64, u32, &[usize])) {
        let solution = solve(problem, Work::QUICK).unwrap();
        assert_eq!(check(problem, &solution), Ok(()), "{name}");
        let instances = solution.patterns.iter().map(|pattern| pattern.copies).sum();
        let mut offers: Vec<usize> = solution.patterns.iter().map(|it| it.offer).collect();
        offers.sort_unstable();
        offers.dedup();
        assert_eq!((solution.cost.0, instances, &offers[..]), expected, "{name}");
        assert_eq!(solution.lower_bound, solution.cost, "{name}: not proven");
    }

    #[test]
    fn proves_small_problems() {
        // The figures of t4g.small and t4g.medium: 512 CPU units and 1024 MiB on 2 vCPU.
        let small = offer(2048, 1536, 2, 16_800_000);
        let medium = offer(2048, 3584, 2, 33_600_000);
        let web = demand(30, 512, 1024);
        let huge = u64::MAX;
        let rows: [Row; 14] = [
            ("nothing", Problem::default(), (0, 0, &[])),
            ("no task", problem(vec![demand(0, 9, 9)], vec![]), (0, 0, &[])),
            // Equal cost: half as many instances.
            (
                "tied types",
                problem(vec![web.clone()], vec![small.clone(), medium.clone()]),
                (504_000_000, 15, &[1]),
            ),
            // Equal offers: the first.
            (
                "equal offers",
                problem(vec![web.clone()], vec![small.clone(), small.clone()]),
                (504_000_000, 30, &[0]),
            ),
            // Equal price: the first that serves, though another holds more.
            (
                "equal price",
                problem(vec![web.clone()], vec![offer(512, 1024, 1, 7), offer(600, 1100, 1, 7)]),
                (210, 30, &[0]),
            ),
            // 3 * 5 + 1 of 7 tasks: a large instance and two small ones beat two large ones.
            (
                "mixed sizes",
                problem(vec![demand(7, 1, 1)], vec![offer(5, 5, 5, 40), offer(1, 1, 1, 9)]),
                (58, 3, &[0, 1]),
            ),
            (
                "many tasks",
                problem(vec![demand(100_000, 1, 1)], vec![offer(7, 7, 7, 10), offer(3, 3, 3, 5)]),
                (142_860, 14_286, &[0]),
            ),
            (
                "distinct",
                problem(vec![distinct(demand(5, 1, 1))], vec![offer(9, 9, 9, 10)]),
                (50, 5, &[0]),
            ),
            (
                "spread",
                problem(
                    vec![spread(demand(7, 1, 1))],
                    vec![offer(2, 2, 2, 10), offer(4, 4, 4, 15)],
                ),
                (35, 3, &[0, 1]),
            ),
            (
                "two kinds share",
                problem(vec![demand(10, 3, 1), demand(10, 1, 3)], vec![offer(4, 4, 4, 10)]),
                (100, 10, &[0]),
            ),
            (
                "apart",
                Problem {
                    anti_affinity: vec![(0, 1), (7, 0)],
                    ..problem(vec![demand(10, 3, 1), demand(10, 1, 3)], vec![offer(4, 4, 4, 10)])
                },
                (200, 20, &[0]),
            ),
            (
                "free",
                problem(
                    vec![demand(9, 1, 1), demand(3, 2, 1)],
                    vec![offer(2, 2, 2, 0), offer(9, 9, 9, 1)],
                ),
                (0, 8, &[0]),
            ),
            (
                "huge amounts",
                problem(vec![demand(2, huge, huge)], vec![offer(huge, huge, huge, 3)]),
                (6, 2, &[0]),
            ),
            // Sums stop at the greatest amount of money.
            (
                "dear",
                problem(vec![demand(100_000, 1, 1)], vec![offer(1, 1, 1, (1 << 53) - 1)]),
                ((1 << 53) - 1, 100_000, &[0]),
            ),
        ];
        for (name, problem, expected) in rows {
            proves(name, &problem, expected);
        }
    }

    #[test]
    fn names_what_cannot_be_packed() {
        let here = |zones| Offer { zones, ..offer(4, 4, 4, 1) };
        let other_class = Demand { classes: 2, ..demand(1, 1, 1) };
        let rows: [(&str, Problem, &[usize]); 6] = [
            ("no offers", problem(vec![demand(1, 1, 1)], vec![]), &[0]),
            ("too big", problem(vec![demand(1, 1, 1), demand(1, 5, 1)], vec![here(7)]), &[1]),
            ("other class", problem(vec![other_class], vec![here(7)]), &[0]),
            ("no zone", problem(vec![demand(1, 1, 1)], vec![here(0b1000)]), &[0]),
            ("a zone lacks", problem(vec![spread(demand(3, 1, 1))], vec![here(0b011)]), &[0]),
            ("none", problem(vec![spread(demand(2, 1, 1))], vec![here(0b011)]), &[]),
        ];
        for (name, problem, expected) in rows {
            let found = solve(&problem, Work::QUICK).map_or_else(|out| out.demands, |_| Vec::new());
            assert_eq!(found, expected, "{name}");
        }
    }
}
