//! The exact cheapest fleet made of listed fillings: branch and bound over a linear program.
//!
//! Inequalities that whole fleets keep (`cuts`) raise the first bound, often to the best fleet's
//! cost. Then branching: on the instances of a choice first, which moves the bound more than
//! single fillings do. The best open node goes first; from it the search dives. What a node
//! proves is said in integers by `formulation`.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

use super::best::Best;
use super::columns::Column;
use super::cuts::cuts;
use super::fleet::{Load, Need};
use super::formulation::{Certificate, FRACTION, Formulation};
use super::greedy::{Fill, greedy};
use super::plunging::plunge;
use super::program::{Basis, Outcome};
use super::reduce::Model;
use super::work::Meter;

/// What counts as whole.
pub(super) const WHOLE: f64 = 1e-6;
/// How often inequalities are added, and how often to no good.
const CUT_ROUNDS: usize = 40;
const CUT_PATIENCE: usize = 4;
/// Open nodes at most: each keeps its bounds and basis.
const MOST_OPEN: usize = 10_000;

/// What to search.
pub(super) struct Order<'a> {
    pub(super) listed: &'a [Column],
    /// Whether zones count (see `formulation`).
    pub(super) by_zone: bool,
    /// What a task of each kind costs.
    pub(super) prices: &'a [f64],
    /// Share of the budget at which to stop.
    pub(super) percent: u64,
    /// Which chances to take.
    pub(super) seed: u64,
    /// Plunges before the search, and nodes at most in it.
    pub(super) plunges: usize,
    pub(super) nodes: usize,
}

/// Searches the fleets of listed fillings; what it finds goes to `best`. Gives what no such fleet
/// costs less than, or a cost that `best` has reached.
pub(super) fn search(best: &mut Best, order: &Order, meter: &mut Meter) -> u128 {
    let form = Formulation::new(best.model, order.listed, order.by_zone);
    let mut tree = Tree { best, order, form, nodes: 0, given_up: None };
    tree.run(meter)
}

/// A part of the fleets that is still to be searched.
struct Node {
    /// No fleet in it costs less, scaled.
    bound: i128,
    depth: usize,
    /// `(variable, lower, upper)`.
    bounds: Vec<(usize, f64, f64)>,
    basis: Rc<Basis>,
}

pub(super) struct Tree<'a, 'm> {
    pub(super) best: &'a mut Best<'m>,
    pub(super) order: &'a Order<'a>,
    pub(super) form: Formulation<'a>,
    nodes: usize,
    /// The lowest bound of what is left unsearched for good.
    given_up: Option<i128>,
}

impl Tree<'_, '_> {
    /// A node with a bound above it holds no cheaper fleet than the best.
    pub(super) fn limit(&self) -> i128 {
        let cost = i128::try_from(self.best.cost()).unwrap_or(i128::MAX >> FRACTION);
        (cost - i128::from(self.best.model.divisor)) << FRACTION
    }

    /// The limit as the program sees it.
    fn value_limit(&self) -> f64 {
        self.limit() as f64 / f64::from(1 << FRACTION) * self.form.unit * (1.0 + 1e-8)
    }

    fn run(&mut self, meter: &mut Meter) -> u128 {
        let variables = self.form.costs.len();
        let mut open: BinaryHeap<(Reverse<i128>, usize, usize)> = BinaryHeap::new();
        let mut nodes: Vec<Option<Node>> = Vec::new();
        let mut base: Vec<(f64, f64)> =
            (0..variables).map(|at| self.form.program.bounds(at)).collect();
        let mut root: Option<Certificate> = None;
        let mut tightened = 0;
        let basis = Rc::new(self.form.program.basis());
        let mut at_hand = Some(Node { bound: 0, depth: 0, bounds: Vec::new(), basis });
        loop {
            let in_place = at_hand.is_some();
            let next = at_hand.take().or_else(|| open.pop().and_then(|(.., at)| nodes[at].take()));
            let Some(node) = next else { break };
            if node.bound > self.limit() {
                continue;
            }
            let enough = self.nodes >= self.order.nodes || open.len() >= MOST_OPEN;
            if enough || meter.is_past(self.order.percent) {
                self.give_up(node.bound);
                break;
            }
            self.nodes += 1;
            if !in_place && !self.bind(&node, &base) {
                continue;
            }
            let ready = in_place || self.go_to(&node.basis, meter);
            let Some(proven) = ready.then(|| self.solve(meter)).flatten() else {
                self.give_up(node.bound);
                continue;
            };
            let mut bound = node.bound.max(proven);
            if node.depth == 0 && bound <= self.limit() {
                bound = self.cut(bound, meter);
                root = self.form.certify(&self.form.program.duals());
                if bound <= self.limit() {
                    let basis = self.form.program.basis();
                    plunge(self, &basis, self.order.plunges, meter);
                }
            }
            if bound > self.limit() {
                continue;
            }
            let figures = self.form.program.figures();
            let split = self.split(&figures);
            if split.is_none() || self.nodes % 64 == 1 {
                self.round(&figures, meter);
            }
            let Some((at, figure)) = split else {
                self.give_up(bound);
                continue;
            };
            if let Some(root) = root.as_ref().filter(|_| self.limit() != tightened) {
                tightened = self.limit();
                tighten(root, tightened, &mut base);
            }
            let basis = Rc::new(self.form.program.basis());
            let (lower, upper) = self.form.program.bounds(at);
            let whole = f64::from(floor(figure));
            let (down, up) = ((at, lower, whole), (at, whole + 1.0, upper));
            let up_first = figure - whole > 0.5 || at < self.form.fillings.len();
            let (now, later) = if up_first { (up, down) } else { (down, up) };
            let child = |bind: (usize, f64, f64)| {
                let bounds = node.bounds.iter().copied().chain([bind]).collect();
                Node { bound, depth: node.depth + 1, bounds, basis: Rc::clone(&basis) }
            };
            open.push((Reverse(bound), node.depth + 1, nodes.len()));
            nodes.push(Some(child(later)));
            at_hand = Some(child(now));
            self.form.program.bind(now.0, now.1, now.2);
        }
        let left = open.iter().map(|&(Reverse(bound), ..)| bound).chain(self.given_up).min();
        let proven = left.unwrap_or(i128::MAX).min(self.limit() + 1);
        self.best.model.whole_cost(u128::try_from(proven).unwrap_or(0), FRACTION)
    }

    /// Adds inequalities as long as they raise the bound; gives it.
    fn cut(&mut self, mut bound: i128, meter: &mut Meter) -> i128 {
        let variables = self.form.costs.len();
        let mut stalled = 0;
        for _ in 0..CUT_ROUNDS {
            self.form.program.drop_loose(self.form.firm);
            let figures = self.form.program.figures();
            let cuts = cuts(&self.form.program, variables, &figures);
            meter.spend(cuts.1);
            let cuts = cuts.0;
            if cuts.is_empty() || meter.is_past(self.order.percent) {
                break;
            }
            for cut in cuts {
                let entries: Vec<(usize, f64)> =
                    cut.entries.iter().map(|&(at, entry)| (at, f64::from(entry))).collect();
                self.form.program.add_row(&entries, f64::from(cut.wanted));
            }
            let Some(proven) = self.solve(meter) else { break };
            let little = (self.limit() - bound) / 200;
            stalled = if proven > bound + little { 0 } else { stalled + 1 };
            bound = bound.max(proven);
            if bound > self.limit() || stalled == CUT_PATIENCE {
                break;
            }
        }
        bound
    }

    /// Leaves a part unsearched.
    fn give_up(&mut self, bound: i128) {
        self.given_up = Some(self.given_up.map_or(bound, |least| least.min(bound)));
    }

    /// Gives the program the node's bounds; `false` if they leave nothing.
    fn bind(&mut self, node: &Node, base: &[(f64, f64)]) -> bool {
        let program = &mut self.form.program;
        for (at, &(lower, upper)) in base.iter().enumerate() {
            program.bind(at, lower, upper);
        }
        for &(at, lower, upper) in &node.bounds {
            let own = program.bounds(at);
            program.bind(at, lower.max(own.0), upper.min(own.1));
        }
        (0..base.len()).all(|at| program.bounds(at).0 <= program.bounds(at).1)
    }

    /// Takes the program to a node's basis; `false` if it is of no use any more.
    pub(super) fn go_to(&mut self, basis: &Basis, meter: &mut Meter) -> bool {
        meter.spend(self.form.program.rows().pow(3) * 2);
        self.form.program.return_to(basis);
        self.form.program.refresh()
    }

    /// Solves the program within its bounds and gives what no fleet there costs less than.
    pub(super) fn solve(&mut self, meter: &mut Meter) -> Option<i128> {
        let limit = self.value_limit();
        let mut outcome = self.form.program.solve(limit, meter, self.order.percent);
        meter.spend(self.form.costs.len() * 20);
        if outcome == Outcome::Above {
            let proven = self.form.certify(&self.form.program.duals())?.bound;
            if proven > self.limit() {
                return Some(proven);
            }
            outcome = self.form.program.solve(f64::INFINITY, meter, self.order.percent);
        }
        let duals = self.form.program.duals();
        match outcome {
            Outcome::Optimal => self.form.certify(&duals).map(|it| it.bound),
            Outcome::Infeasible { row, below } => {
                let ray = self.form.program.ray(row);
                let sign = if below { -1.0 } else { 1.0 };
                [1.0, 32.0, 1024.0].into_iter().find_map(|far| {
                    let along = duals.iter().zip(ray).map(|(dual, ray)| dual + sign * far * ray);
                    let proven = self.form.certify(&along.collect::<Vec<f64>>())?.bound;
                    (proven > self.limit()).then_some(proven)
                })
            }
            Outcome::Above | Outcome::Lost => None,
        }
    }

    /// The variable to branch on and its figure; `None` if all instances are whole.
    fn split(&self, figures: &[f64]) -> Option<(usize, f64)> {
        let part = |at: usize| figures[at] - f64::from(floor(figures[at]));
        let fractional = |at: &usize| part(*at) > WHOLE && part(*at) < 1.0 - WHOLE;
        let fillings = self.form.fillings.len();
        let counts = fillings..fillings + self.form.counted.len();
        let weight = |at: &usize| {
            let choice = self.form.choice(*at).map_or(0.0, |it| self.best.model.choices[it].weight);
            part(*at).min(1.0 - part(*at)) * choice
        };
        let heaviest = |range: std::ops::Range<usize>| {
            range.filter(fractional).max_by(|a, b| weight(a).total_cmp(&weight(b)).then(b.cmp(a)))
        };
        let at = heaviest(counts).or_else(|| heaviest(0..fillings))?;
        Some((at, figures[at]))
    }

    /// A fleet from the figures: the whole part of each filling, the rest greedily.
    pub(super) fn round(&mut self, figures: &[f64], meter: &mut Meter) {
        let model = self.best.model;
        let mut need = Need::all(model);
        let mut loads = Vec::new();
        for (&(column, zone), &figure) in self.form.fillings.iter().zip(figures) {
            let copies = floor(figure + WHOLE);
            if copies > 0 {
                stand(model, column, zone, copies, &mut need, &mut loads);
            }
        }
        let percent = self.order.percent;
        let prices = self.order.prices;
        loads.extend(greedy(model, &mut need, prices, Fill::Left, meter, percent));
        self.best.offer(loads, meter);
    }
}

/// Narrows the bounds of variables where a step more would cost more than the limit.
fn tighten(root: &Certificate, limit: i128, base: &mut [(f64, f64)]) {
    let slack = i64::try_from((limit - root.bound).max(0)).unwrap_or(i64::MAX);
    for (&reduced, (lower, upper)) in root.reduced.iter().zip(base) {
        match slack.checked_div(reduced.saturating_abs()).map(|steps| steps as f64) {
            Some(steps) if reduced > 0 => *upper = upper.min(*lower + steps),
            Some(steps) => *lower = lower.max(*upper - steps),
            None => {}
        }
    }
}

/// Places copies of the column in the zone, or over all its zones, each with what is still needed
/// of it.
fn stand(
    model: &Model,
    column: &Column,
    zone: Option<usize>,
    copies: u32,
    need: &mut Need,
    loads: &mut Vec<Load>,
) {
    let choice = column.choice;
    let stands =
        |at: &usize| zone.is_none_or(|zone| zone == *at) && model.choices[choice].stands_in(*at);
    let zones: Vec<usize> = (0..model.zones).filter(stands).collect();
    let mut left = copies;
    for (at, &zone) in zones.iter().enumerate() {
        let share = left / u32::try_from(zones.len() - at).unwrap_or(1);
        let full = share.min(need.times(model, &column.tasks, zone));
        if full > 0 {
            need.place_all(model, &column.tasks, zone, full);
            loads.push(Load { choice, zone, tasks: column.tasks.clone(), copies: full });
            left -= full;
        }
    }
    while left > 0 {
        let trimmed = |&zone: &usize| {
            let each = |&(kind, n): &(usize, u32)| (kind, n.min(need.available(model, kind, zone)));
            let tasks: Vec<(usize, u32)> =
                column.tasks.iter().map(each).filter(|&(_, n)| n > 0).collect();
            (tasks.iter().map(|&(_, n)| u64::from(n)).sum::<u64>(), Reverse(zone), tasks)
        };
        let Some((held, Reverse(zone), tasks)) = zones.iter().map(trimmed).max() else { break };
        if held == 0 {
            break;
        }
        let times = need.times(model, &tasks, zone).clamp(1, left);
        need.place_all(model, &tasks, zone, times);
        loads.push(Load { choice, zone, tasks, copies: times });
        left -= times;
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
pub(super) fn floor(figure: f64) -> u32 {
    figure.max(0.0) as u32
}
