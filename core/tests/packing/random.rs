//! Random problems from a seed, the same on every machine: every rule of the seam, alone and
//! together with the others.

use eniac_catalog::NanoUsdPerHour;
use eniac_core::packing::{Amounts, Demand, Offer, Problem};

use super::dice::Dice;

/// How large a random problem becomes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) kinds: u64,
    pub(crate) offers: u64,
    /// Most tasks of a kind.
    pub(crate) count: u64,
    /// Most of a resource that a task needs.
    pub(crate) size: u64,
    /// Most zones.
    pub(crate) zones: u64,
}

/// How offers get their prices.
#[derive(Debug, Clone, Copy)]
enum Pricing {
    /// Without relation to what they hold.
    Unrelated,
    /// A thousand, and at most two more.
    NearlyEqual,
    /// By what they hold, as providers price.
    ByAmount,
    /// As `ByAmount`, with up to a fifth more.
    Uneven,
}

/// How often each rule occurs in one problem, in percent.
struct Habits {
    distinct: u64,
    spread: u64,
    apart: u64,
    one_class: u64,
    gpus: u64,
    free: u64,
    /// Offers that stand in some zones only.
    some_zones: u64,
    /// Resources that no task of the problem needs.
    unused: [bool; 4],
    pricing: Pricing,
}

impl Habits {
    fn of(dice: &mut Dice) -> Self {
        let mut often = |choices: &[u64]| dice.pick(choices);
        Self {
            distinct: often(&[0, 0, 20, 50]),
            spread: often(&[0, 30, 60, 100]),
            apart: often(&[0, 0, 20, 50]),
            one_class: often(&[0, 0, 30, 80]),
            gpus: often(&[0, 0, 20, 60]),
            free: often(&[0, 0, 0, 15]),
            some_zones: often(&[0, 0, 40]),
            unused: std::array::from_fn(|_| often(&[0, 0, 0, 0, 1]) == 1),
            pricing: dice.pick(&[
                Pricing::Unrelated,
                Pricing::NearlyEqual,
                Pricing::ByAmount,
                Pricing::Uneven,
            ]),
        }
    }
}

/// The problem of a seed.
pub(crate) fn problem(seed: u64, shape: &Shape) -> Problem {
    let mut dice = Dice::new(seed);
    let dice = &mut dice;
    let habits = Habits::of(dice);
    let zones = usize::try_from(dice.between(1, shape.zones)).unwrap();
    let kinds = dice.between(1, shape.kinds);
    let demands: Vec<Demand> = (0..kinds).map(|_| demand(dice, &habits, shape)).collect();
    let offers = dice.between(1, shape.offers);
    let offers = (0..offers).map(|_| offer(dice, &habits, shape)).collect();
    let mut anti_affinity = Vec::new();
    for one in 0..demands.len() {
        for other in one..demands.len() {
            // A kind apart from itself is distinct; that is rarer.
            let percent = if one == other { habits.apart / 5 } else { habits.apart };
            if dice.chance(percent) {
                anti_affinity.push(if dice.chance(50) { (one, other) } else { (other, one) });
            }
        }
    }
    Problem { zones, demands, offers, anti_affinity }
}

fn demand(dice: &mut Dice, habits: &Habits, shape: &Shape) -> Demand {
    let mut amounts: Amounts = [
        dice.between(0, shape.size),
        dice.between(0, shape.size),
        dice.between(0, 1),
        if dice.chance(habits.gpus) { dice.between(1, 2) } else { 0 },
    ];
    if amounts[..3] == [0; 3] {
        amounts[1] = 1;
    }
    for (amount, unused) in amounts.iter_mut().zip(habits.unused) {
        if unused {
            *amount = 0;
        }
    }
    let least = u64::from(dice.chance(95));
    Demand {
        count: u32::try_from(dice.between(least, shape.count)).unwrap(),
        amounts,
        classes: if dice.chance(habits.one_class) { dice.pick(&[1, 2]) } else { 3 },
        distinct: dice.chance(habits.distinct),
        spread: dice.chance(habits.spread),
    }
}

fn offer(dice: &mut Dice, habits: &Habits, shape: &Shape) -> Offer {
    let steps = [1, 2, 3, 4];
    let cpu = shape.size * dice.pick(&steps) - dice.between(0, 1);
    let memory = shape.size * dice.pick(&steps) - dice.between(0, 1);
    let enis = dice.between(1, 5);
    let gpus = if dice.chance(habits.gpus) { dice.between(1, 4) } else { 0 };
    let worth = 31 * cpu + 17 * memory + 300 * gpus;
    let price = match habits.pricing {
        Pricing::Unrelated => dice.between(1, 40),
        Pricing::NearlyEqual => 1_000 + dice.between(0, 2),
        Pricing::ByAmount => worth,
        Pricing::Uneven => worth + dice.between(0, worth / 5 + 1),
    };
    Offer {
        amounts: [cpu, memory, enis, gpus],
        class: dice.pick(&[1, 1, 2]),
        zones: if dice.chance(habits.some_zones) {
            u16::try_from(dice.between(0, 15)).unwrap()
        } else {
            u16::MAX
        },
        price: NanoUsdPerHour(if dice.chance(habits.free) { 0 } else { price }),
    }
}
