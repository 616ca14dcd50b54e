//! From a good fleet and a good bound to the proven cheapest fleet, where that can be had.
//!
//! All fillings that a cheaper fleet can use are listed (`listing`) and searched (`branching`).
//! Where they are too many, those with a smaller reduced cost: a fleet with any other filling costs
//! at least so much more than the bound, and that is what is proven then. Where even these are too
//! many, the fillings that column generation found are searched: that proves nothing, but often
//! finds a cheaper fleet.

use super::best::Best;
use super::bound::PROVEN_BITS;
use super::branching::{Order, search};
use super::columns::{Column, Relaxed};
use super::fleet::value;
use super::listing::{fillings, some_fillings};
use super::work::Meter;

/// Kinds at most: the program's inverse is dense.
const MOST_KINDS: usize = 120;
/// Fillings at most: the program's pivots look at all of them.
const MOST: usize = 3000;
/// Steps of a listing at most, and how often a shorter list is tried.
const STEPS: usize = 200_000;
const TRIES: u32 = 6;
/// Fillings of column generation at most.
const POOL: usize = 600;
/// Fillings of each choice that are listed beside, and steps for them.
const EACH: usize = 10;
const EACH_STEPS: usize = 1000;
/// Nodes at most where nothing is proven.
const POOL_NODES: usize = 100;

/// Raises the bound and lowers the cost until they meet or `percent` of the budget are spent.
pub(super) fn settle(best: &mut Best, relaxed: &Relaxed, meter: &mut Meter, percent: u64) {
    let model = best.model;
    if model.kinds.len() > MOST_KINDS {
        return;
    }
    let mut worth = 0_u128;
    for (kind, proven) in model.kinds.iter().zip(&relaxed.proven) {
        worth = worth.saturating_add(proven.saturating_mul(u128::from(kind.count)));
    }
    let mut part = 0;
    for _ in 0..TRIES {
        if best.is_proven() || meter.is_past(percent) {
            return;
        }
        let below = best.cost().saturating_sub(model.divisor.into()) << PROVEN_BITS;
        let slack = below.saturating_sub(worth) >> part;
        let steps = STEPS.min(meter.left(percent) / (20 + 2 * model.kinds.len()) / 4);
        let listed = fillings(model, &relaxed.proven, slack, MOST, steps, meter);
        let Some(listed) = listed else {
            part += 1;
            continue;
        };
        let before = best.cost();
        let beyond = model.whole_cost(worth + slack, PROVEN_BITS);
        for by_zone in [false, true] {
            if (by_zone && !model.is_spread()) || best.is_proven() {
                continue;
            }
            let (prices, plunges, nodes) = (&relaxed.prices[..], 4, usize::MAX);
            let order =
                Order { listed: &listed, by_zone, prices, percent, seed: 0, plunges, nodes };
            let searched = search(best, &order, meter);
            best.prove(if part == 0 { searched } else { searched.min(beyond) }, meter);
        }
        if part == 0 || best.cost() == before {
            break;
        }
        part = 0;
    }
}

/// Searches the fillings that column generation and the good fleets used, and some more: that
/// proves nothing. Each `seed` goes another way.
pub(super) fn combine(
    best: &mut Best,
    relaxed: &Relaxed,
    seed: u64,
    meter: &mut Meter,
    percent: u64,
) {
    let model = best.model;
    if model.kinds.len() > MOST_KINDS || relaxed.pool.is_empty() {
        return;
    }
    let by_zone = model.is_spread();
    let reduced = |column: &Column| {
        model.choices[column.choice].weight - value(&relaxed.prices, &column.tasks)
    };
    let open = best.cost().saturating_sub(best.bound);
    let few = (open << PROVEN_BITS) >> 2;
    let some = some_fillings(model, &relaxed.proven, few, EACH, EACH_STEPS, meter);
    let mut listed = best.fillings();
    listed.truncate(POOL / 2);
    let mut more: Vec<(f64, &Column)> = relaxed
        .pool
        .iter()
        .chain(&some)
        .map(|column| (reduced(column), column))
        .filter(|it| it.0 <= open as f64)
        .collect();
    more.sort_by(|a, b| a.0.total_cmp(&b.0));
    let room = POOL - listed.len();
    listed.extend(more.into_iter().take(room).map(|it| it.1.clone()));
    listed.sort_unstable();
    listed.dedup();
    let (prices, plunges, nodes) = (&relaxed.prices[..], 6, POOL_NODES);
    let order = Order { listed: &listed, by_zone, prices, percent, seed, plunges, nodes };
    search(best, &order, meter);
}
