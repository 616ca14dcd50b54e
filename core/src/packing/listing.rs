//! All fillings that a fleet cheaper than the best known can use.
//!
//! **Why these suffice.** Let no filling be worth more than its choice's price when a task of
//! kind `k` is worth `y[k]` (proven, see `bound`). A fleet then costs what its tasks are worth
//! plus, for each instance, its reduced cost `price - y * filling`, none of them below 0. All
//! tasks together are worth `L`; so a fleet that costs at most `U` has no instance with a reduced
//! cost above `U - L`. Often a hundred fillings are left, and an exact search over them
//! (`branching`) finds the cheapest fleet or proves that none is cheaper.
//!
//! Only maximal fillings are listed: a fleet stays valid if its instances may hold too much, since
//! what is too much can be left out.
//!
//! Integers decide: worths are rounded up and prices down, so that rather too many are listed.

use super::bound::PROVEN_BITS;
use super::columns::Column;
use super::fleet::Tasks;
use super::reduce::{Model, fit, take};
use super::relaxation::relaxation;
use super::work::Meter;
use super::{Amounts, RESOURCES};

/// Bits of the largest price after scaling: products with a multiplier then fit into 64 bits.
const BITS: u32 = 38;
/// Bits after the point of a resource's worth.
const FRACTION: u32 = 20;

/// The maximal fillings with a reduced cost of at most `slack` at the proven worths `worth`, both
/// with [`PROVEN_BITS`] after the point. `None` if there are more than `most`, or if finding them
/// takes more than `steps`.
pub(super) fn fillings(
    model: &Model,
    worth: &[u128],
    slack: u128,
    most: usize,
    steps: usize,
    meter: &mut Meter,
) -> Option<Vec<Column>> {
    let mut listed = Vec::new();
    let mut left = steps;
    for mut listing in listings(model, worth, slack) {
        let room = most.checked_sub(listed.len())?;
        let complete = listing.run(room, &mut left, meter);
        if !complete {
            return None;
        }
        listed.append(&mut listing.found);
    }
    Some(without_dominated(model, listed, meter))
}

/// Some of these fillings: of each choice at most `most` that are found within `steps`.
pub(super) fn some_fillings(
    model: &Model,
    worth: &[u128],
    slack: u128,
    most: usize,
    steps: usize,
    meter: &mut Meter,
) -> Vec<Column> {
    let mut listed = Vec::new();
    for mut listing in listings(model, worth, slack) {
        let mut left = steps;
        listing.run(most, &mut left, meter);
        listed.append(&mut listing.found);
    }
    listed
}

/// What is to be listed, choice by choice.
fn listings<'a>(
    model: &'a Model,
    worth: &[u128],
    slack: u128,
) -> impl Iterator<Item = Listing<'a>> + use<'a> {
    let largest = model.choices.iter().map(|choice| choice.price).max().unwrap_or(0);
    let bits = u64::BITS - largest.leading_zeros() + PROVEN_BITS;
    let shift = bits.saturating_sub(BITS);
    let up = |figure: u128| {
        u64::try_from((figure >> shift) + 1).unwrap_or(u64::MAX).min(1 << (BITS + 2))
    };
    let worth: Vec<u64> =
        worth.iter().map(|&worth| if worth > 0 { up(worth) } else { 0 }).collect();
    let scaled = move |price: u64| {
        u64::try_from((u128::from(price) << PROVEN_BITS) >> shift).unwrap_or(u64::MAX)
    };
    let slack = up(slack);
    (0..model.choices.len()).map(move |choice| {
        let least = scaled(model.choices[choice].price).saturating_sub(slack);
        Listing::of(model, choice, &worth, least)
    })
}

/// The fillings without those that another holds for no higher price.
fn without_dominated(model: &Model, mut listed: Vec<Column>, meter: &mut Meter) -> Vec<Column> {
    let price = |column: &Column| model.choices[column.choice].price;
    // Whatever is dominated comes after what dominates it.
    let tasks = |column: &Column| column.tasks.iter().map(|&(_, n)| u64::from(n)).sum::<u64>();
    listed.sort_by_key(|column| (price(column), std::cmp::Reverse(tasks(column)), column.choice));
    let holds = |one: &Column, other: &Column| {
        let zones = model.choices[one.choice].zones;
        let mut own = one.tasks.iter();
        zones & model.choices[other.choice].zones == model.choices[other.choice].zones
            && other.tasks.iter().all(|&(kind, n)| own.any(|&(k, most)| k == kind && most >= n))
    };
    let mut kept: Vec<Column> = Vec::new();
    for column in listed {
        meter.spend(kept.len() * 2);
        if !kept.iter().any(|other| holds(other, &column)) {
            kept.push(column);
        }
    }
    kept
}

/// A kind that may be taken.
struct Item {
    kind: usize,
    amounts: Amounts,
    worth: u64,
    most: u32,
}

/// The fillings of one choice.
struct Listing<'a> {
    model: &'a Model,
    choice: usize,
    items: Vec<Item>,
    /// For each item, what one unit of each resource brings at most with this item and those
    /// after it, with [`FRACTION`] bits after the point, rounded up; the greatest number if some
    /// need none of it.
    density: Vec<[u64; RESOURCES]>,
    /// What one unit of each resource is worth where the resources are priced together, and what
    /// this item and those after it bring beyond it at most; with the same bits.
    multipliers: [u64; RESOURCES],
    beyond: Vec<u64>,
    /// No filling below it is sought.
    least: u64,
    /// Tasks of each item in the filling at hand.
    held: Vec<u32>,
    found: Vec<Column>,
    left: usize,
    most: usize,
}

/// The resources' prices in the linear relaxation, rounded up: any would do.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
fn multipliers(items: &[Item], room: &Amounts) -> [u64; RESOURCES] {
    let units = room.map(|room| 1.0 / room.max(1) as f64);
    let column = |item: &Item| {
        let mut column = [0.0; RESOURCES];
        for (entry, (&amount, unit)) in column.iter_mut().zip(item.amounts.iter().zip(&units)) {
            *entry = amount as f64 * unit;
        }
        column
    };
    let columns: Vec<[f64; RESOURCES]> = items.iter().map(column).collect();
    let worths: Vec<f64> = items.iter().map(|item| item.worth as f64).collect();
    let most: Vec<u32> = items.iter().map(|item| item.most).collect();
    let duals = relaxation(RESOURCES, &columns, &worths, &most).duals;
    let mut multipliers = [0; RESOURCES];
    for (multiplier, (dual, unit)) in multipliers.iter_mut().zip(duals.iter().zip(&units)) {
        *multiplier = (dual.max(0.0) * unit * (1_u64 << FRACTION) as f64) as u64 + 1;
    }
    multipliers
}

impl<'a> Listing<'a> {
    fn of(model: &'a Model, choice: usize, worth: &[u64], least: u64) -> Self {
        let at = choice;
        let choice = &model.choices[at];
        let mut items: Vec<Item> = Vec::new();
        for (kind, &most) in choice.fits.iter().enumerate() {
            if most > 0 {
                let amounts = model.kinds[kind].amounts;
                items.push(Item { kind, amounts, worth: worth[kind], most });
            }
        }
        // The largest first: what comes last fills the rest.
        items.sort_by_key(|item| (choice.fits[item.kind], item.kind));
        let mut density = vec![[0; RESOURCES]; items.len() + 1];
        for at in (0..items.len()).rev() {
            density[at] = density[at + 1];
            for (density, &amount) in density[at].iter_mut().zip(&items[at].amounts) {
                let own = (items[at].worth << FRACTION).checked_div(amount);
                let own = own.map_or(if items[at].worth > 0 { u64::MAX } else { 0 }, |own| own + 1);
                *density = own.max(*density);
            }
        }
        let multipliers = multipliers(&items, &choice.amounts);
        let mut beyond = vec![0_u64; items.len() + 1];
        for at in (0..items.len()).rev() {
            let item = &items[at];
            let mut price = 0_u64;
            for (multiplier, &amount) in multipliers.iter().zip(&item.amounts) {
                price = price.saturating_add(multiplier.saturating_mul(amount));
            }
            let gain = (item.worth << FRACTION).saturating_sub(price);
            let gain = gain.saturating_mul(u64::from(item.most));
            beyond[at] = beyond[at + 1].saturating_add(gain);
        }
        let held = vec![0; items.len()];
        let (found, left, most) = (Vec::new(), 0, 0);
        Self {
            model,
            choice: at,
            items,
            density,
            multipliers,
            beyond,
            least,
            held,
            found,
            left,
            most,
        }
    }

    /// Lists at most `most`, in at most `steps`, from which it takes its own; `false` if there are more.
    fn run(&mut self, most: usize, steps: &mut usize, meter: &mut Meter) -> bool {
        (self.left, self.most) = (*steps, most);
        let complete = self.descend(0, self.model.choices[self.choice].amounts, 0);
        meter.spend((*steps - self.left) * (8 + self.items.len()));
        *steps = self.left;
        complete
    }

    /// What the items from `at` on are worth at most in the room.
    fn rest(&self, at: usize, room: &Amounts) -> u64 {
        let each = self.density[at].iter().zip(room);
        let by_resource = each
            .filter(|&(&density, _)| density < u64::MAX)
            .map(|(&density, &room)| density.saturating_mul(room));
        let mut together = self.beyond[at];
        for (&multiplier, &room) in self.multipliers.iter().zip(room) {
            together = together.saturating_add(multiplier.saturating_mul(room));
        }
        (by_resource.min().unwrap_or(u64::MAX).min(together) >> FRACTION) + 1
    }

    /// Decides the items from `at` on; `false` if there were too many.
    fn descend(&mut self, at: usize, room: Amounts, worth: u64) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        if worth.saturating_add(self.rest(at, &room)) < self.least {
            return true;
        }
        let Some(item) = self.items.get(at) else {
            return worth < self.least || !self.is_maximal(&room) || self.keep();
        };
        let most = if self.is_barred(at) { 0 } else { fit(&room, &item.amounts, item.most) };
        // The last item is taken as often as it fits; fewer is not maximal.
        let fewest = if at + 1 == self.items.len() { most } else { 0 };
        for n in (fewest..=most).rev() {
            let mut room = room;
            take(&mut room, &self.items[at].amounts, n);
            let worth = worth + self.items[at].worth * u64::from(n);
            self.held[at] = n;
            let complete = self.descend(at + 1, room, worth);
            self.held[at] = 0;
            if !complete {
                return false;
            }
        }
        true
    }

    /// Whether something held may not stand beside the item.
    fn is_barred(&self, at: usize) -> bool {
        let apart = &self.model.kinds[self.items[at].kind].apart;
        !apart.is_empty()
            && self
                .items
                .iter()
                .zip(&self.held)
                .any(|(other, &n)| n > 0 && apart.binary_search(&other.kind).is_ok())
    }

    /// Whether nothing can be added.
    fn is_maximal(&self, room: &Amounts) -> bool {
        (0..self.items.len()).all(|at| {
            let item = &self.items[at];
            self.held[at] >= item.most || fit(room, &item.amounts, 1) == 0 || self.is_barred(at)
        })
    }

    fn keep(&mut self) -> bool {
        if self.found.len() == self.most {
            return false;
        }
        let mut tasks: Tasks = Vec::new();
        for (item, &n) in self.items.iter().zip(&self.held) {
            if n > 0 {
                tasks.push((item.kind, n));
            }
        }
        tasks.sort_unstable();
        self.found.push(Column { choice: self.choice, tasks });
        true
    }
}
