//! What is left of a room, in one 64-bit number.

use super::super::reduce::common_divisor;
use super::super::{Amounts, RESOURCES};
use super::{Piece, State};

/// How a rest of the room is kept in 64 bits: a field for each resource, in steps of what the
/// pieces' amounts are multiples of, the resource that matters most uppermost. Above each field
/// is a bit that a subtraction takes if the field is too small.
pub(super) struct Rows {
    /// Resource, its step, lowest bit and bits of its field, and its price per step; the
    /// uppermost first.
    pub(super) fields: Vec<Field>,
    guards: u64,
    pub(super) full: u64,
    /// The shortfall by what no piece can use.
    pub(super) lost: u64,
}

pub(super) struct Field {
    pub(super) resource: usize,
    pub(super) step: u64,
    pub(super) low: u32,
    pub(super) mask: u64,
    pub(super) price: u64,
}

impl Rows {
    pub(super) fn of(
        room: &Amounts,
        multipliers: &[u64; RESOURCES],
        pieces: &[Piece],
        order: &[usize],
    ) -> Option<Self> {
        let mut fields = Vec::new();
        let mut lost = 0;
        for resource in 0..RESOURCES {
            let mut step = 0;
            let mut wanted = 0_u64;
            for &at in order {
                let amount = pieces[at].amounts[resource];
                step = common_divisor(step, amount);
                wanted = wanted.saturating_add(amount.saturating_mul(u64::from(pieces[at].most)));
            }
            let price = multipliers[resource];
            if step == 0 {
                lost += price * room[resource];
                continue;
            }
            lost += price * (room[resource] % step);
            if wanted > room[resource] || price > 0 {
                fields.push(Field { resource, step, low: 0, mask: 0, price: price * step });
            }
        }
        fields.sort_by_key(|field| {
            (std::cmp::Reverse(field.price * (room[field.resource] / field.step)), field.resource)
        });
        let (mut low, mut guards, mut full) = (0, 0, 0);
        for field in fields.iter_mut().rev() {
            let steps = room[field.resource] / field.step;
            let bits = u64::BITS - steps.leading_zeros();
            if low + bits >= u64::BITS {
                return None;
            }
            (field.low, field.mask) = (low, (1 << bits) - 1);
            full |= steps << low;
            guards |= 1 << (low + bits);
            low += bits + 1;
        }
        Some(Self { fields, guards, full, lost })
    }

    /// The amounts of so many tasks as fields; they fit into the room.
    pub(super) fn key(&self, amounts: &Amounts, count: u32) -> u64 {
        let field =
            |field: &Field| (amounts[field.resource] / field.step * u64::from(count)) << field.low;
        self.fields.iter().map(field).sum()
    }

    /// The amounts in the fields' steps.
    pub(super) fn spread(&self, amounts: &Amounts) -> [u64; RESOURCES] {
        let mut spread = [0; RESOURCES];
        for (field, spread) in self.fields.iter().zip(&mut spread) {
            *spread = amounts[field.resource] / field.step;
        }
        spread
    }

    /// A rest in the fields' steps.
    pub(super) fn spread_rest(&self, rest: u64) -> [u64; RESOURCES] {
        let mut spread = [0; RESOURCES];
        for (field, spread) in self.fields.iter().zip(&mut spread) {
            *spread = rest >> field.low & field.mask;
        }
        spread
    }

    /// How many times the amounts can be halved, beyond what a rest within the allowance may
    /// differ by anyhow. With three resources hardly two rests are equal, and it does not matter.
    pub(super) fn evenness(&self, amounts: &Amounts, within: u64) -> u32 {
        let each = |field: &Field| {
            let steps = amounts[field.resource] / field.step;
            let slack = within.checked_div(field.price).unwrap_or(u64::MAX);
            steps.trailing_zeros().saturating_sub(u64::BITS - slack.leading_zeros())
        };
        if self.fields.len() > 2 { 0 } else { self.fields.iter().map(each).sum() }
    }

    /// The state with its rest rounded down to multiples of the fields, which loses what is
    /// beyond.
    pub(super) fn round(&self, state: &State, multiples: &[u64; RESOURCES]) -> State {
        let mut rounded = *state;
        for (field, &multiple) in self.fields.iter().zip(multiples) {
            let rest = state.rest >> field.low & field.mask;
            let lost = rest.checked_rem(multiple).unwrap_or(rest);
            rounded.rest -= lost << field.low;
            rounded.short += lost * field.price;
        }
        rounded
    }

    pub(super) fn fits(&self, rest: u64, key: u64) -> bool {
        (rest | self.guards).wrapping_sub(key) & self.guards == self.guards
    }

    /// What is lost with the rest.
    pub(super) fn worth(&self, rest: u64) -> u64 {
        self.fields.iter().map(|field| (rest >> field.low & field.mask) * field.price).sum()
    }

    /// How many tasks fit into the rest.
    pub(super) fn times(&self, rest: u64, key: u64, most: u32) -> u32 {
        let mut times = u64::from(most);
        for field in &self.fields {
            let (rest, need) = (rest >> field.low & field.mask, key >> field.low & field.mask);
            if need * times > rest {
                times = rest / need;
            }
        }
        u32::try_from(times).unwrap_or(most)
    }
}

/// States by falling rest: which of those that differ in the lowest field only are worth
/// keeping. Who comes later has less room, and must have fallen less short even if all of the
/// field is lost.
pub(super) struct Group {
    low: u32,
    mask: u64,
    price: u64,
    above: u64,
    least: u64,
}

impl Group {
    pub(super) fn new(rows: &Rows) -> Self {
        let lowest = rows.fields.last();
        let (low, mask, price) =
            lowest.map_or((0, 0, 0), |field| (field.low, field.mask, field.price));
        Self { low, mask, price, above: u64::MAX, least: u64::MAX }
    }

    pub(super) fn admits(&mut self, rest: u64, short: u64) -> bool {
        let above = rest & !(self.mask << self.low);
        if above != self.above {
            (self.above, self.least) = (above, u64::MAX);
        }
        let whole = short + (rest >> self.low & self.mask) * self.price;
        let better = whole < self.least;
        if better {
            self.least = whole;
        }
        better
    }
}
