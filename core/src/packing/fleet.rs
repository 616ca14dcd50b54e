//! Instances with tasks on them, what is still to be placed, and what a fleet costs.

use super::kinds::Deal;
use super::reduce::Model;
use super::{NanoUsdPerHour, Pattern, Problem, RESOURCES};

/// Tasks on one instance: `(kind, tasks)`, in order of kind, each at least 1.
pub(super) type Tasks = Vec<(usize, u32)>;

/// What the tasks are worth at the kinds' prices.
pub(super) fn value(prices: &[f64], tasks: &[(usize, u32)]) -> f64 {
    tasks.iter().map(|&(kind, n)| prices[kind] * f64::from(n)).sum()
}

/// Equal instances of the model.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Load {
    /// Place in the model's choices.
    pub(super) choice: usize,
    pub(super) zone: usize,
    pub(super) tasks: Tasks,
    pub(super) copies: u32,
}

/// What decides between fleets: cost, then instances, then kinds of instance, then the places of
/// the kinds. Less is better.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Merit {
    pub(super) cost: u128,
    instances: u64,
    offers: usize,
    places: Vec<usize>,
}

/// A fleet's merit.
pub(super) fn merit(model: &Model, loads: &[Load]) -> Merit {
    let mut places: Vec<usize> = loads.iter().map(|load| load.choice).collect();
    places.sort_unstable();
    places.dedup();
    Merit {
        cost: cost(model, loads),
        instances: loads.iter().map(|load| u64::from(load.copies)).sum(),
        offers: places.len(),
        places,
    }
}

/// What the loads cost.
pub(super) fn cost(model: &Model, loads: &[Load]) -> u128 {
    let each = |load: &Load| u128::from(load.copies) * u128::from(model.choices[load.choice].price);
    loads.iter().map(each).sum()
}

/// Joins equal instances and puts all in order.
pub(super) fn tidy(loads: &mut Vec<Load>) {
    loads.sort_unstable();
    loads.dedup_by(|next, kept| {
        let same = next.choice == kept.choice && next.zone == kept.zone && next.tasks == kept.tasks;
        let sum = kept.copies.checked_add(next.copies).filter(|_| same);
        if let Some(sum) = sum {
            kept.copies = sum;
        }
        sum.is_some()
    });
}

/// The tasks that stand on no instance yet.
#[derive(Debug, Clone)]
pub(super) struct Need {
    left: Vec<u32>,
    /// For a spread kind, the tasks in each zone; empty for others.
    placed: Vec<Vec<u32>>,
    /// For a spread kind, how many more zones may hold one above the floor.
    extras: Vec<u32>,
}

impl Need {
    /// Nothing is placed.
    pub(super) fn all(model: &Model) -> Self {
        Self {
            left: model.kinds.iter().map(|kind| kind.count).collect(),
            placed: model
                .kinds
                .iter()
                .map(|kind| if kind.spread { vec![0; model.zones] } else { Vec::new() })
                .collect(),
            extras: model.kinds.iter().map(|kind| kind.extras).collect(),
        }
    }

    pub(super) fn is_met(&self) -> bool {
        self.left.iter().all(|&left| left == 0)
    }

    /// How many tasks of the kind stand nowhere yet.
    pub(super) fn left(&self, kind: usize) -> u32 {
        self.left[kind]
    }

    /// How many tasks of the kind may still be placed in the zone.
    pub(super) fn available(&self, model: &Model, kind: usize, zone: usize) -> u32 {
        let it = &model.kinds[kind];
        if !it.spread {
            return self.left[kind];
        }
        let placed = self.placed[kind][zone];
        let extra = u32::from(self.extras[kind] > 0 && placed <= it.floor);
        it.floor.saturating_sub(placed) + extra
    }

    /// Places tasks of the kind in the zone, at most [`Self::available`].
    pub(super) fn place(&mut self, model: &Model, kind: usize, zone: usize, tasks: u32) {
        self.left[kind] = self.left[kind].saturating_sub(tasks);
        let it = &model.kinds[kind];
        if it.spread {
            self.placed[kind][zone] = self.placed[kind][zone].saturating_add(tasks);
            if tasks > 0 && self.placed[kind][zone] > it.floor {
                self.extras[kind] = self.extras[kind].saturating_sub(1);
            }
        }
    }

    /// Takes placed tasks of the kind off the zone again.
    pub(super) fn free(&mut self, model: &Model, kind: usize, zone: usize, tasks: u32) {
        self.left[kind] = self.left[kind].saturating_add(tasks);
        let it = &model.kinds[kind];
        if it.spread {
            if tasks > 0 && self.placed[kind][zone] > it.floor {
                self.extras[kind] = self.extras[kind].saturating_add(1);
            }
            self.placed[kind][zone] = self.placed[kind][zone].saturating_sub(tasks);
        }
    }

    /// How many instances with these tasks can still be placed in the zone, each full.
    pub(super) fn times(&self, model: &Model, tasks: &[(usize, u32)], zone: usize) -> u32 {
        let each = |&(kind, tasks): &(usize, u32)| {
            self.available(model, kind, zone).checked_div(tasks).unwrap_or(0)
        };
        tasks.iter().map(each).min().unwrap_or(0)
    }

    /// Places `copies` instances with these tasks in the zone.
    pub(super) fn place_all(
        &mut self,
        model: &Model,
        tasks: &[(usize, u32)],
        zone: usize,
        copies: u32,
    ) {
        for &(kind, tasks) in tasks {
            self.place(model, kind, zone, tasks.saturating_mul(copies));
        }
    }
}

/// What tasks use: without a limit, so that too much is seen as too much.
pub(super) type Used = [u128; RESOURCES];

/// What the tasks use.
pub(super) fn used(model: &Model, tasks: &[(usize, u32)]) -> Used {
    let mut used = [0_u128; RESOURCES];
    for &(kind, tasks) in tasks {
        for (sum, &amount) in used.iter_mut().zip(&model.kinds[kind].amounts) {
            *sum = sum.saturating_add(u128::from(amount) * u128::from(tasks));
        }
    }
    used
}

/// Whether an instance of the choice holds the tasks.
pub(super) fn holds(model: &Model, choice: usize, tasks: &[(usize, u32)], used: &Used) -> bool {
    let choice = &model.choices[choice];
    tasks.iter().all(|&(kind, tasks)| choice.fits[kind] >= tasks)
        && choice.amounts.iter().zip(used).all(|(&room, &used)| u128::from(room) >= used)
}

/// The loads as the problem's patterns, on the first offer of equal price that serves as well.
pub(super) fn patterns(problem: &Problem, model: &Model, mut loads: Vec<Load>) -> Vec<Pattern> {
    tidy(&mut loads);
    let mut stand_in: Vec<Option<usize>> = vec![None; model.choices.len()];
    let mut deal = Deal::new(model);
    let mut patterns = Vec::new();
    for load in &loads {
        let offer = *stand_in[load.choice]
            .get_or_insert_with(|| first_equal(problem, model, load.choice, &loads));
        deal.patterns(load, offer, &mut patterns);
    }
    patterns.sort_unstable();
    patterns
}

/// The first offer with the choice's price that can take over all loads of the choice.
fn first_equal(problem: &Problem, model: &Model, choice: usize, loads: &[Load]) -> usize {
    let own = model.choices[choice].offer;
    let mine: Vec<(&Load, Used)> = loads
        .iter()
        .filter(|load| load.choice == choice)
        .map(|load| (load, used(model, &load.tasks)))
        .collect();
    let serves = |offer: usize| {
        let it = &problem.offers[offer];
        it.price.0 == problem.offers[own].price.0
            && mine.iter().all(|(load, used)| {
                u32::try_from(load.zone).is_ok_and(|zone| it.zones >> zone.min(15) & 1 == 1)
                    && it.amounts.iter().zip(used).all(|(&room, &used)| u128::from(room) >= used)
                    && load
                        .tasks
                        .iter()
                        .all(|&(kind, _)| model.kinds[kind].classes(problem) & it.class != 0)
            })
    };
    (0..own).find(|&offer| serves(offer)).unwrap_or(own)
}

/// A cost as the seam states it.
pub(super) fn stated(cost: u128) -> NanoUsdPerHour {
    NanoUsdPerHour(u64::try_from(cost).unwrap_or(u64::MAX).min(NanoUsdPerHour::MAX.0))
}
