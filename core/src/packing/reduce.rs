//! From a [`Problem`] to the smaller [`Model`] that the solver works on.
//!
//! Kinds with no task and offers that hold none are dropped, demands of equal amounts and rules
//! are one kind (`kinds`), amounts are capped at what the kinds can use, and offers that another
//! offer dominates are dropped. Every fleet of the problem
//! has one in the model that costs no more, so a bound on the model's cost bounds the problem's.

use super::kinds::{Equals, kinds};
use super::{Amounts, Problem, RESOURCES, Unpackable};

/// Zones that an offer's bits can name.
const NAMED_ZONES: usize = 16;

/// The problem without what cannot matter.
#[derive(Debug)]
pub(super) struct Model {
    /// Zones in which an instance can stand, as places from 0.
    pub(super) zones: usize,
    pub(super) kinds: Vec<Kind>,
    pub(super) choices: Vec<Choice>,
    /// The greatest common divisor of the choices' prices, at least 1: every cost is a multiple.
    pub(super) divisor: u64,
}

/// A kind of task with at least one task.
#[derive(Debug)]
pub(super) struct Kind {
    /// Its demands, at least one, as places in the problem's, and how many tasks each has.
    pub(super) demands: Vec<(usize, u32)>,
    pub(super) count: u32,
    pub(super) amounts: Amounts,
    /// The amounts for what floats guide.
    pub(super) sizes: [f64; RESOURCES],
    pub(super) spread: bool,
    /// Most tasks on one instance: 1 if distinct, a zone's share if spread, else all.
    pub(super) most: u32,
    /// If spread: tasks that each zone holds at least.
    pub(super) floor: u32,
    /// If spread: how many zones hold one more.
    pub(super) extras: u32,
    /// Kinds that may not stand beside it, in order.
    pub(super) apart: Vec<usize>,
}

impl Kind {
    /// The offered classes on which it runs, as bits: all its demands agree on these.
    pub(super) fn classes(&self, problem: &Problem) -> u32 {
        problem.demands[self.demands[0].0].classes
    }
}

/// An offer worth considering.
#[derive(Debug)]
pub(super) struct Choice {
    /// Place in the problem's offers.
    pub(super) offer: usize,
    /// What the kinds can use of it.
    pub(super) amounts: Amounts,
    pub(super) price: u64,
    /// The price as the search sees it: a trifle more, so that of two equal costs the one with
    /// fewer instances is sought. It decides nothing.
    pub(super) weight: f64,
    /// The zones it can stand in, as bits, only those that exist.
    pub(super) zones: u16,
    /// For each kind, how many of its tasks one instance holds if it holds nothing else.
    pub(super) fits: Vec<u32>,
}

impl Choice {
    pub(super) fn stands_in(&self, zone: usize) -> bool {
        self.zones & zone_bit(zone) != 0
    }
}

/// How many tasks of `amounts` fit into `room`, at most `most`.
pub(super) fn fit(room: &Amounts, amounts: &Amounts, most: u32) -> u32 {
    let mut fits = most;
    for (&room, &amount) in room.iter().zip(amounts) {
        // Divisions are slow, and mostly there is room for all.
        match (u32::try_from(room), u32::try_from(amount)) {
            (Ok(room), Ok(amount)) => {
                if u64::from(amount) * u64::from(fits) > u64::from(room) {
                    fits = room / amount;
                }
            }
            _ => {
                if let Some(times) = room.checked_div(amount) {
                    fits = u32::try_from(times).map_or(fits, |times| times.min(fits));
                }
            }
        }
    }
    fits
}

/// Takes `tasks` tasks of `amounts` from `room`; they must fit.
pub(super) fn take(room: &mut Amounts, amounts: &Amounts, tasks: u32) {
    for (room, amount) in room.iter_mut().zip(amounts) {
        // What fits into the room is no more than it, so no product wraps.
        *room = room.saturating_sub(amount.wrapping_mul(u64::from(tasks)));
    }
}

fn zone_bit(zone: usize) -> u16 {
    u32::try_from(zone).ok().and_then(|zone| 1_u16.checked_shl(zone)).unwrap_or(0)
}

impl Model {
    pub(super) fn of(problem: &Problem) -> Result<Self, Unpackable> {
        Self::with(problem, Equals::Joined)
    }

    pub(super) fn with(problem: &Problem, equals: Equals) -> Result<Self, Unpackable> {
        let zones = problem.zones.clamp(1, NAMED_ZONES);
        let existing = (0..zones).fold(0, |bits, zone| bits | zone_bit(zone));
        let kinds = kinds(problem, equals);
        let mut choices: Vec<Choice> = Vec::new();
        // The zones in which a kind finds an offer.
        let mut reach = vec![0_u16; kinds.len()];
        let reaches: Vec<Reach> =
            classes(problem).into_iter().map(|class| Reach::of(problem, &kinds, class)).collect();
        let mut class_of = Vec::new();
        for (offer, it) in problem.offers.iter().enumerate() {
            let standing = it.zones & existing;
            let Some(class) = reaches.iter().position(|reach| reach.class == it.class) else {
                continue;
            };
            let mut held = false;
            for &kind in &reaches[class].kinds {
                if fit(&it.amounts, &kinds[kind].amounts, 1) == 1 {
                    reach[kind] |= standing;
                    held = true;
                }
            }
            if held && standing != 0 {
                class_of.push(class);
                choices.push(Choice {
                    offer,
                    amounts: reaches[class].cap(&it.amounts),
                    price: it.price.0,
                    weight: 0.0,
                    zones: standing,
                    fits: Vec::new(),
                });
            }
        }
        let mut unpackable: Vec<usize> = kinds
            .iter()
            .zip(&reach)
            .filter(|(kind, reach)| !packable(kind, **reach, problem.zones.max(1)))
            .flat_map(|(kind, _)| kind.demands.iter().map(|&(demand, _)| demand))
            .collect();
        unpackable.sort_unstable();
        if !unpackable.is_empty() {
            return Err(Unpackable { demands: unpackable });
        }
        let keep = undominated(&choices, &class_of, &reaches);
        let trifle = trifle(&choices);
        let mut kept = Vec::new();
        for ((mut choice, class), keep) in choices.into_iter().zip(class_of).zip(keep) {
            if keep {
                choice.weight = choice.price as f64 + trifle;
                choice.fits = vec![0; kinds.len()];
                for &kind in &reaches[class].kinds {
                    choice.fits[kind] =
                        fit(&choice.amounts, &kinds[kind].amounts, kinds[kind].most);
                }
                kept.push(choice);
            }
        }
        let prices = kept.iter().map(|choice| choice.price);
        let divisor = prices.fold(0, common_divisor).max(1);
        Ok(Self { zones, kinds, choices: kept, divisor })
    }

    /// Whether any kind is spread, so that zones count.
    pub(super) fn is_spread(&self) -> bool {
        self.kinds.iter().any(|kind| kind.spread)
    }

    /// A bound with `bits` after the point as a cost: rounded up to what a fleet can cost.
    pub(super) fn whole_cost(&self, scaled: u128, bits: u32) -> u128 {
        let divisor = u128::from(self.divisor);
        scaled.div_ceil(1 << bits).div_ceil(divisor).saturating_mul(divisor)
    }
}

/// What the search adds to each price.
fn trifle(choices: &[Choice]) -> f64 {
    let least = choices.iter().map(|choice| choice.price).filter(|&price| price > 0).min();
    least.map_or(1.0, |price| price as f64 * 1e-7)
}

/// Whether zones in `reach` suffice for the kind.
fn packable(kind: &Kind, reach: u16, zones: usize) -> bool {
    let reached = reach.count_ones();
    if kind.spread && kind.floor > 0 {
        usize::try_from(reached).is_ok_and(|reached| reached == zones)
    } else if kind.spread {
        reached >= kind.extras
    } else {
        reached > 0
    }
}

/// The distinct classes of the offers, in order.
fn classes(problem: &Problem) -> Vec<u32> {
    let mut classes: Vec<u32> = problem.offers.iter().map(|offer| offer.class).collect();
    classes.sort_unstable();
    classes.dedup();
    classes
}

/// What a class of offers can hold.
struct Reach {
    class: u32,
    /// The kinds that run on it, in order.
    kinds: Vec<usize>,
    /// All that these kinds need of each resource.
    total: Amounts,
    /// Of each resource, what all these kinds need multiples of; 0 if none needs any.
    steps: Amounts,
    /// `ratios[s][r] = (a, b)`: with all of resource `s` used up, at most `a / b` of `r` is used
    /// for each unit of `s`; `None` where a kind needs `r` and no `s`.
    ratios: [[Option<(u64, u64)>; RESOURCES]; RESOURCES],
}

impl Reach {
    fn of(problem: &Problem, kinds: &[Kind], class: u32) -> Self {
        let runs = |kind: &Kind| kind.classes(problem) & class != 0;
        let members: Vec<usize> = (0..kinds.len()).filter(|&kind| runs(&kinds[kind])).collect();
        let mut total = [0_u64; RESOURCES];
        for &kind in &members {
            let kind = &kinds[kind];
            for (sum, amount) in total.iter_mut().zip(&kind.amounts) {
                // A spread kind counts in full: fewer per instance is left to `fits`.
                *sum = sum.saturating_add(amount.saturating_mul(u64::from(kind.most)));
            }
        }
        let mut steps = [0_u64; RESOURCES];
        for &kind in &members {
            for (step, &amount) in steps.iter_mut().zip(&kinds[kind].amounts) {
                *step = common_divisor(*step, amount);
            }
        }
        let mut ratios = [[Some((0, 1)); RESOURCES]; RESOURCES];
        for &kind in &members {
            let amounts = &kinds[kind].amounts;
            for (by, row) in ratios.iter_mut().enumerate() {
                for (of, ratio) in row.iter_mut().enumerate() {
                    let (a, b) = (amounts[of], amounts[by]);
                    *ratio = match *ratio {
                        _ if a > 0 && b == 0 => None,
                        Some((x, y))
                            if u128::from(a) * u128::from(y) > u128::from(x) * u128::from(b) =>
                        {
                            Some((a, b))
                        }
                        same => same,
                    };
                }
            }
        }
        Self { class, kinds: members, total, steps, ratios }
    }

    /// The amounts of an instance that its tasks can use at most: no more than all tasks need,
    /// no more of one resource than another admits (3 ENIs for tasks of 1 vCPU on 2 vCPU are as
    /// good as 2), and only whole steps in which they need it.
    fn cap(&self, amounts: &Amounts) -> Amounts {
        let mut capped = *amounts;
        for (room, total) in capped.iter_mut().zip(&self.total) {
            *room = (*room).min(*total);
        }
        self.whole_steps(&mut capped);
        let held = capped;
        for (by, row) in self.ratios.iter().enumerate() {
            for (of, ratio) in row.iter().enumerate() {
                if let Some((a, b)) = *ratio {
                    let most = u128::from(held[by]) * u128::from(a) / u128::from(b);
                    capped[of] = capped[of].min(u64::try_from(most).unwrap_or(u64::MAX));
                }
            }
        }
        self.whole_steps(&mut capped);
        capped
    }

    fn whole_steps(&self, amounts: &mut Amounts) {
        for (room, &step) in amounts.iter_mut().zip(&self.steps) {
            *room -= room.checked_rem(step).unwrap_or(*room);
        }
    }
}

/// The greatest common divisor; 0 divides by everything.
pub(super) fn common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// For each choice whether no other holds all it can hold, wherever it can stand, at no higher
/// price. Of equal choices the first stays.
fn undominated(choices: &[Choice], class_of: &[usize], reaches: &[Reach]) -> Vec<bool> {
    // `wider[a][b]`: whatever runs on class `b` runs on class `a`.
    let wider: Vec<Vec<bool>> = reaches
        .iter()
        .map(|a| {
            let all = |b: &Reach| b.kinds.iter().all(|kind| a.kinds.binary_search(kind).is_ok());
            reaches.iter().map(all).collect()
        })
        .collect();
    let holds = |a: usize, b: usize| {
        let (one, other) = (&choices[a], &choices[b]);
        wider[class_of[a]][class_of[b]]
            && one.price <= other.price
            && one.zones & other.zones == other.zones
            && one.amounts.iter().zip(&other.amounts).all(|(a, b)| a >= b)
    };
    (0..choices.len())
        .map(|b| !(0..choices.len()).any(|a| a != b && holds(a, b) && (a < b || !holds(b, a))))
        .collect()
}
