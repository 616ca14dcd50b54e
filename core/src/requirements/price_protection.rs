//! Price protection: types that cost too much more than the cheapest that matches.
//!
//! The cheapest is the lowest-priced current-generation C, M or R type that meets everything
//! else, or the lowest-priced current-generation type if there is none, or the lowest-priced of
//! all. Source: EC2 API, `InstanceRequirementsRequest`. Spot's two settings use Spot prices; the
//! second compares them with the On-Demand price of the cheapest type.

use super::{Attribute, Candidates};
use crate::cost::spot_price;
use crate::scenario::{PercentAbove, PurchaseOption};
use eniac_catalog::{Generation, InstanceType, NanoUsdPerHour, TypeId};

/// The percentage that switches price protection off. Source: EC2 API.
const OFF: u32 = 999_999;

/// The highest price that passes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ceiling {
    /// In hundredths of a nano-USD, so that a percentage of a price is exact.
    hundredths: u128,
    spot: bool,
}

/// The ceiling that an attribute sets over the types `left`; `None` when the attribute is no
/// price protection, is not set, is switched off, or concerns another purchase option.
pub(super) fn ceiling(
    candidates: &Candidates<'_>,
    attribute: Attribute,
    left: &[TypeId],
) -> Option<Ceiling> {
    let requirements = candidates.requirements.as_ref()?;
    let spot = candidates.purchase_option == PurchaseOption::Spot;
    let (asked, above, prices_are_spot) = match attribute {
        Attribute::OnDemandMaxPricePercentageOverLowestPrice if !spot => {
            (requirements.on_demand_max_price_percentage_over_lowest_price, 100, false)
        }
        Attribute::SpotMaxPricePercentageOverLowestPrice if spot => {
            (requirements.spot_max_price_percentage_over_lowest_price, 100, true)
        }
        Attribute::MaxSpotPriceAsPercentageOfOptimalOnDemandPrice if spot => {
            (requirements.max_spot_price_as_percentage_of_optimal_on_demand_price, 0, false)
        }
        _ => return None,
    };
    let percent = asked.map(PercentAbove::get).filter(|percent| *percent != OFF)?;
    let lowest = lowest(candidates, left, prices_are_spot)?;
    let hundredths = u128::from(lowest.0) * u128::from(above + percent);
    Some(Ceiling { hundredths, spot })
}

/// Whether a type's price is not above the ceiling.
pub(super) fn keeps(candidates: &Candidates<'_>, ceiling: Ceiling, id: TypeId) -> bool {
    let price = price(candidates, id, ceiling.spot);
    price.is_some_and(|price| u128::from(price.0) * 100 <= ceiling.hundredths)
}

fn price(candidates: &Candidates<'_>, id: TypeId, spot: bool) -> Option<NanoUsdPerHour> {
    let offer = candidates.offer(id)?;
    let on_demand = offer.on_demand?.per_hour;
    if spot { Some(spot_price(on_demand, offer.spot?)) } else { Some(on_demand) }
}

fn lowest(candidates: &Candidates<'_>, left: &[TypeId], spot: bool) -> Option<NanoUsdPerHour> {
    let priced = left
        .iter()
        .filter_map(|id| Some((candidates.catalog.get(*id)?, price(candidates, *id, spot)?)));
    lowest_protected_price(&priced)
}

/// The price of the type that price protection compares others with: of the types that meet
/// everything else, each with its price.
pub fn lowest_protected_price<'t>(
    types: &(impl Iterator<Item = (&'t InstanceType, NanoUsdPerHour)> + Clone),
) -> Option<NanoUsdPerHour> {
    let lowest_of = |wanted: fn(&str, Generation) -> bool| {
        let wanted = types.clone().filter(|(it, _)| wanted(it.family(), it.generation));
        wanted.map(|(_, price)| price).min()
    };
    lowest_of(|family, generation| generation == Generation::Current && is_c_m_or_r(family))
        .or_else(|| lowest_of(|_, generation| generation == Generation::Current))
        .or_else(|| lowest_of(|_, _| true))
}

/// `c5`, `m7i-flex`, `r8gd`; not `mac2` or `gr6`.
fn is_c_m_or_r(family: &str) -> bool {
    let mut letters = family.bytes();
    matches!(letters.next(), Some(b'c' | b'm' | b'r'))
        && letters.next().is_some_and(|second| second.is_ascii_digit())
}
