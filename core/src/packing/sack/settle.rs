//! What is proven of a part of a sack: by multipliers at once, and by a list of all its fillings
//! that fall short of that by little (see `shortfall`).

use super::super::proof::{cost_narrow, fixed_narrow, proven_narrow, proven_wide};
use super::super::shortfall::{Nearest, Piece, nearest};
use super::super::work::Meter;
use super::super::{Amounts, RESOURCES};
use super::{Item, Node, Sack};

/// What multipliers prove of a part beyond its `least`, in 64 bits.
pub(super) struct Proof {
    room: Amounts,
    fixed: [u64; RESOURCES],
    /// With the sack's fraction after the point.
    sum: u64,
}

impl Sack<'_> {
    /// What multipliers for a unit of each resource prove no filling to exceed.
    pub(in super::super) fn proven_by(
        &self,
        multipliers: &[f64; RESOURCES],
        meter: &mut Meter,
    ) -> u128 {
        meter.spend(self.items.len() * 8);
        let proof = self.prove(multipliers, &self.room, &self.most);
        self.beyond(multipliers, &self.room, &self.most, proof.as_ref())
    }

    pub(super) fn prove(
        &self,
        multipliers: &[f64; RESOURCES],
        room: &Amounts,
        more: &[u32],
    ) -> Option<Proof> {
        let fraction = self.narrow?;
        let fixed = fixed_narrow(fraction, multipliers, room)?;
        let sum = proven_narrow(&self.items, fraction, &fixed, room, more);
        Some(Proof { room: *room, fixed, sum })
    }

    /// What no filling beyond the base can exceed, by these multipliers.
    pub(super) fn beyond(
        &self,
        multipliers: &[f64; RESOURCES],
        room: &Amounts,
        more: &[u32],
        proof: Option<&Proof>,
    ) -> u128 {
        match (proof, self.narrow) {
            (Some(proof), Some(fraction)) => u128::from(proof.sum >> fraction),
            _ => proven_wide(&self.items, multipliers, room, more),
        }
    }

    /// Looks through all fillings of a part that may be worth more than the best and `enough`;
    /// `false` if `states` do not suffice or the best of them holds kinds that stand apart.
    pub(super) fn list(
        &self,
        node: &mut Node,
        enough: u128,
        best: &mut (u128, Vec<u32>),
        states: &mut usize,
        meter: &mut Meter,
    ) -> bool {
        let (Some(proof), Some(fraction)) = (&node.proof, self.narrow) else { return false };
        let held = self.worth(&node.least);
        let beaten = best.0.max(enough);
        let beyond = beaten.checked_sub(held).and_then(|it| u64::try_from(it).ok());
        let Some(beyond) = beyond else { return false };
        let Some(allowance) = proof.sum.checked_sub(beyond << fraction) else { return false };
        let piece = |(item, &most): (&Item, &u32)| {
            let cost = if most > 0 { cost_narrow(item, &proof.fixed) } else { 0 };
            let worth = item.worth << fraction;
            let (taken, left) = (cost.saturating_sub(worth), worth.saturating_sub(cost));
            Piece { amounts: item.amounts, most, taken, left }
        };
        let pieces = self.items.iter().zip(&node.more).map(piece).collect();
        match nearest(&proof.room, &proof.fixed, pieces, allowance, states, meter) {
            Nearest::TooMany => false,
            Nearest::Beyond => {
                node.upper = node.upper.min(beaten);
                true
            }
            Nearest::Least(short, tasks) => {
                node.upper = held + u128::from((proof.sum - short) >> fraction);
                let n = tasks.len();
                let holds = |at: usize| node.least[at] + tasks[at] > 0;
                let mut pairs = (0..n).flat_map(|one| (one + 1..n).map(move |other| (one, other)));
                if pairs.any(|(a, b)| holds(a) && holds(b) && self.are_apart(a, b)) {
                    for (figure, &n) in node.relaxed.iter_mut().zip(&tasks) {
                        *figure = f64::from(n);
                    }
                    return false;
                }
                let tasks = node.least.iter().zip(&tasks).map(|(a, b)| a + b).collect();
                *best = (node.upper, tasks);
                true
            }
        }
    }
}
