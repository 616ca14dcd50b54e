//! A worth for a task of each kind, and the lower bound that follows from it.
//!
//! **The bound** (Farley's). Take any worth `y[k] >= 0` of a task of each kind, and for each
//! choice `j` a proven `upper[j]` on what a filling is worth. With `s = min(price[j] / upper[j])`
//! no filling is worth more than its price at worths `s * y`, so a fleet costs at least what all
//! its tasks are worth at `s * y`. It holds for any `y`, in every round: all figures are
//! integers, `s * y` is rounded down, and the result is rounded up to a multiple of the greatest
//! common divisor of the prices, since every cost is one.
//!
//! Most choices are far from worth their price, and the multipliers of an earlier round prove
//! that again at once. The few that limit the bound are searched longer, level by level; a level
//! that was in vain is not tried again before the choice has come nearer to its price.

use super::RESOURCES;
use super::master::Master;
use super::reduce::Model;
use super::sack::{Filled, Sack};
use super::work::Meter;

/// Bits that scaled prices have at least where the largest has as many: enough to tell a
/// nano-USD, few enough for the sacks to add in 64 bits.
const PRICE_BITS: u32 = 44;
/// States of a list of fillings for each part of a sack that is looked at first.
const STATES: usize = 600;
/// Bits after the point of the ratio `s`.
const RATIO_BITS: u32 = 40;
/// Bits after the point of proven worths.
pub(super) const PROVEN_BITS: u32 = 24;

/// What is to be covered, and how long it may take.
#[derive(Debug, Clone)]
pub(super) struct Order {
    /// Tasks of each kind.
    pub(super) wanted: Vec<u32>,
    /// Most tasks of each kind on an instance.
    pub(super) most: Vec<u32>,
    /// Rounds at most.
    pub(super) rounds: usize,
    /// Parts of a sack that are looked at first.
    pub(super) nodes: usize,
    /// How many times the search of the sacks that limit the bound may be raised.
    pub(super) effort: u32,
    /// Whether to begin from what the resources alone say.
    pub(super) from_resources: bool,
    /// Share of the budget at which to stop.
    pub(super) percent: u64,
}

impl Order {
    /// All tasks, as well as can be.
    pub(super) fn all(model: &Model, percent: u64) -> Self {
        Self {
            wanted: model.kinds.iter().map(|kind| kind.count).collect(),
            most: model.kinds.iter().map(|kind| kind.most).collect(),
            rounds: usize::MAX,
            nodes: 12,
            effort: 3,
            from_resources: true,
            percent,
        }
    }
}

/// The kinds that cost something: those that no free offer holds.
pub(super) fn priced_kinds(model: &Model) -> Vec<usize> {
    let free = |kind: usize| model.choices.iter().any(|c| c.price == 0 && c.fits[kind] > 0);
    (0..model.kinds.len()).filter(|&kind| !free(kind)).collect()
}

/// The worth of a task of each of `kinds`, 0 for others, if each resource had one price.
///
/// The resources' prices are the duals of the least cost of instances, in fractions, that have
/// together as much of each resource as the tasks need. No instance is worth more than it costs
/// at these prices, so the sum of what the tasks are worth bounds every fleet.
pub(super) fn worth_by_resources(
    model: &Model,
    order: &Order,
    kinds: &[usize],
    meter: &mut Meter,
) -> Vec<f64> {
    let wanted = |r: usize| -> f64 {
        let each =
            |&kind: &usize| model.kinds[kind].amounts[r] as f64 * f64::from(order.wanted[kind]);
        kinds.iter().map(each).sum()
    };
    let mut rows = Vec::new();
    let mut first = Vec::new();
    for r in (0..RESOURCES).filter(|&r| wanted(r) > 0.0) {
        let ratio = |at: &usize| model.choices[*at].weight / model.choices[*at].amounts[r] as f64;
        let having = (0..model.choices.len()).filter(|&at| model.choices[at].amounts[r] > 0);
        if let Some(at) = having.min_by(|a, b| ratio(a).total_cmp(&ratio(b))) {
            rows.push(r);
            first.push((model.choices[at].weight, model.choices[at].amounts[r] as f64));
        }
    }
    let mut master = Master::new(rows.iter().map(|&r| wanted(r)).collect(), &first);
    for choice in &model.choices {
        let entries = rows.iter().enumerate().map(|(row, &r)| (row, choice.amounts[r] as f64));
        master.add(choice.weight, entries.filter(|&(_, entry)| entry > 0.0).collect());
    }
    master.optimise(meter, 100);
    let prices = master.prices();
    let mut worth = vec![0.0; model.kinds.len()];
    for &kind in kinds {
        worth[kind] = rows
            .iter()
            .zip(&prices)
            .map(|(&r, price)| price.max(0.0) * model.kinds[kind].amounts[r] as f64)
            .sum();
    }
    worth
}

/// Every choice filled with the most worth.
pub(super) struct Swept {
    /// One for each choice.
    pub(super) fillings: Vec<Filled>,
    /// Choices with a filling worth almost their price, or more.
    pub(super) close: Vec<usize>,
    /// No fleet with the tasks wanted costs less, scaled: [`whole_cost`] makes it a cost.
    pub(super) bound: u128,
    /// At this worth of each kind's tasks, with [`PROVEN_BITS`] after the point, no filling is
    /// worth more than its price.
    pub(super) proven: Vec<u128>,
    /// Whether a longer search of the fillings could not raise the bound.
    pub(super) settled: bool,
}

/// What earlier sweeps tell of a choice.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// Multipliers of its resources that proved something.
    multipliers: Option<[f64; RESOURCES]>,
    /// The level of search that settled it.
    level: u32,
    /// A level that was in vain, and what part of the price was left then.
    vain: Option<(u32, u128)>,
}

/// A choice in a sweep.
struct Found {
    filled: Filled,
    /// Price to proven worth.
    ratio: u128,
    level: u32,
    settled: bool,
}

/// Fills every choice at the worth of `kinds` (the kinds that cost something).
///
/// A few parts of each sack are looked at first; then, with each level of `effort`, more of the
/// choices that limit the bound and more parts of each. What is `known` of the choices spares
/// some of that.
pub(super) fn sweep(
    model: &Model,
    order: &Order,
    kinds: &[usize],
    worth: &[f64],
    effort: u32,
    known: &mut [Known],
    meter: &mut Meter,
) -> Swept {
    let shift = shift(model);
    let worth: Vec<u64> = worth.iter().map(|&worth| scaled(worth, shift)).collect();
    let search = |at: usize, level: u32, known: &mut Known, meter: &mut Meter| {
        let choice = &model.choices[at];
        let price = u128::from(choice.price) << shift;
        let sack = Sack::new(model, choice, &worth, |kind| order.most[kind]);
        let quick = known.multipliers.map(|multipliers| sack.proven_by(&multipliers, meter));
        let filled = match (quick, known.multipliers) {
            (Some(upper), Some(multipliers)) if upper <= price => {
                Filled::nothing(upper, multipliers)
            }
            _ => {
                let nodes = order.nodes << (3 * level);
                sack.fill(price, nodes, nodes * STATES, meter, order.percent)
            }
        };
        known.multipliers = Some(filled.multipliers);
        // Nothing limits the worth of what is empty: the greatest ratio.
        let ratio = (price << RATIO_BITS).checked_div(filled.upper).unwrap_or(u128::MAX);
        let settled = filled.upper <= price.max(filled.worth);
        if settled {
            (known.level, known.vain) = (level, None);
        } else if level > 0 {
            known.vain = Some((level, filled.upper - price));
        }
        Found { filled, ratio, level, settled }
    };
    let mut found: Vec<Found> =
        known.iter_mut().enumerate().map(|(at, known)| search(at, 0, known, meter)).collect();
    let mut again = if effort == 0 { 0 } else { 8 << effort };
    let mut given_up = vec![false; found.len()];
    while again > 0 && !meter.is_past(order.percent) {
        let limiting = (0..found.len())
            .filter(|&at| !given_up[at] && found[at].ratio < 1 << RATIO_BITS)
            .min_by_key(|&at| found[at].ratio);
        let Some(at) = limiting else { break };
        let mut level = (found[at].level + 1).max(known[at].level.min(effort));
        let price = u128::from(model.choices[at].price) << shift;
        let left = found[at].filled.upper - price;
        if let Some((vain, before)) = known[at].vain
            && left > before / 2
        {
            level = level.max(vain + 1);
        }
        if found[at].settled || level > effort {
            given_up[at] = true;
            continue;
        }
        found[at] = search(at, level, &mut known[at], meter);
        again -= 1;
    }
    let ratio = found.iter().map(|found| found.ratio).min().unwrap_or(0).min(1 << (RATIO_BITS + 4));
    let mut proven = vec![0; model.kinds.len()];
    let mut bound = 0;
    for &kind in kinds {
        let lowered = (u128::from(worth[kind]) * ratio) >> RATIO_BITS;
        proven[kind] = lowered << (PROVEN_BITS - shift);
        bound += lowered * u128::from(order.wanted[kind]);
    }
    let is_close = |at: &usize| {
        let price = u128::from(model.choices[*at].price) << shift;
        let filled = &found[*at].filled;
        // Where nothing was sought, what could be.
        let worth = if filled.tasks.is_empty() { filled.upper } else { filled.worth };
        worth >= price - (price >> 4)
    };
    let close = (0..found.len()).filter(is_close).collect();
    let settled = found.iter().all(|found| found.settled);
    let fillings = found.into_iter().map(|found| found.filled).collect();
    Swept { fillings, close, bound, proven, settled }
}

/// By how many bits prices are scaled, to have integers below one nano-USD.
fn shift(model: &Model) -> u32 {
    let largest = model.choices.iter().map(|choice| choice.price).max().unwrap_or(0);
    PRICE_BITS.saturating_sub(u64::BITS - largest.leading_zeros()).min(PROVEN_BITS)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
fn scaled(worth: f64, shift: u32) -> u64 {
    // Small enough for sums of products in 128 bits.
    ((worth.max(0.0) * (1_u64 << shift) as f64) as u64).min(1 << 62)
}

/// A scaled bound as a cost: rounded up to what a fleet can cost.
pub(super) fn whole_cost(model: &Model, scaled: u128) -> u128 {
    model.whole_cost(scaled, shift(model))
}
