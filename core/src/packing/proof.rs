//! What multipliers prove of a sack (see `sack`), in integers.
//!
//! Sums are in 64 bits where none can overflow, which is checked once for a sack and once for the
//! multipliers; else in 128, many times slower in WebAssembly.

use super::sack::Item;
use super::{Amounts, RESOURCES};

/// Bits after the point of a multiplier, at most.
const FRACTION: u32 = 40;
/// Bits that the rounding of multipliers may cost.
const ROUNDING_BITS: u32 = 12;

/// The multipliers as integers with `fraction` bits after the point. `None` if sums of 64 bits
/// might not hold what follows: of every resource the room, and so a task that fits, must cost
/// less than `2^61`, and there are four.
pub(super) fn fixed_narrow(
    fraction: u32,
    multipliers: &[f64; RESOURCES],
    room: &Amounts,
) -> Option<[u64; RESOURCES]> {
    let mut fixed = [0_u64; RESOURCES];
    for ((fixed, multiplier), &room) in fixed.iter_mut().zip(multipliers).zip(room) {
        *fixed = u64::try_from(fixed_point(*multiplier, fraction)).ok()?;
        if fixed.leading_zeros() + room.leading_zeros() < u64::BITS + 3 {
            return None;
        }
    }
    Some(fixed)
}

/// What a task of the item costs at multipliers that [`fixed_narrow`] gave.
pub(super) fn cost_narrow(item: &Item, fixed: &[u64; RESOURCES]) -> u64 {
    fixed.iter().zip(&item.amounts).map(|(fixed, amount)| fixed * amount).sum()
}

/// What no filling can exceed at multipliers that [`fixed_narrow`] gave, with `fraction` bits
/// after the point.
///
/// Nothing overflows: an item's gain is at most its worth, and all items' worths together have
/// `fraction + 1` bits to spare ([`narrow`]).
pub(super) fn proven_narrow(
    items: &[Item],
    fraction: u32,
    fixed: &[u64; RESOURCES],
    room: &Amounts,
    more: &[u32],
) -> u64 {
    let mut sum: u64 = fixed.iter().zip(room).map(|(fixed, room)| fixed * room).sum();
    for (item, &more) in items.iter().zip(more).filter(|&(_, &more)| more > 0) {
        let price = cost_narrow(item, fixed);
        sum += (item.worth << fraction).saturating_sub(price) * u64::from(more);
    }
    sum
}

/// What no filling can exceed, in 128 bits.
pub(super) fn proven_wide(
    items: &[Item],
    multipliers: &[f64; RESOURCES],
    room: &Amounts,
    more: &[u32],
) -> u128 {
    let fixed = multipliers.map(|multiplier| fixed_point(multiplier, FRACTION));
    let mut sum = 0_u128;
    for (fixed, &room) in fixed.iter().zip(room) {
        sum = sum.saturating_add(fixed.saturating_mul(u128::from(room)));
    }
    for (item, &more) in items.iter().zip(more) {
        let mut price = 0_u128;
        for (fixed, &amount) in fixed.iter().zip(&item.amounts) {
            price = price.saturating_add(fixed.saturating_mul(u128::from(amount)));
        }
        let gain = (u128::from(item.worth) << FRACTION).saturating_sub(price);
        sum = sum.saturating_add(gain.saturating_mul(u128::from(more)));
    }
    if sum == u128::MAX { u128::MAX } else { sum >> FRACTION }
}

/// A multiplier with `fraction` bits after the point, rounded up.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
fn fixed_point(multiplier: f64, fraction: u32) -> u128 {
    let scaled = multiplier.max(0.0) * (1_u64 << fraction.min(FRACTION)) as f64;
    if scaled < (1_u64 << 52) as f64 {
        // In 64 bits, which WebAssembly has.
        u128::from(if scaled > 0.0 { scaled as u64 + 1 } else { 0 })
    } else {
        (scaled as u128).saturating_add(1)
    }
}

/// How many bits after the point a multiplier may have for 64-bit sums: all items together are
/// then worth less than `2^63`. `None` if multipliers would be too coarse.
pub(super) fn narrow(items: &[Item], room: &Amounts) -> Option<u32> {
    let mut total = 0_u64;
    for item in items {
        total = total.checked_add(item.worth.checked_mul(u64::from(item.most))?)?;
    }
    let fraction = total.leading_zeros().checked_sub(1)?.min(FRACTION);
    let largest = room.iter().map(|room| u64::BITS - room.leading_zeros()).max()?;
    (largest <= fraction + ROUNDING_BITS).then_some(fraction)
}
