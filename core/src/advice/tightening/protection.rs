//! Price protection: the largest percentage above the cheapest C, M or R type that keeps the
//! dearest fleet within the tolerance.

use super::super::base::Base;
use super::field::{Field, Subset};
use super::{Found, times, usd};
use crate::requirements::lowest_protected_price;
use crate::scenario::PurchaseOption;
use serde_json::json;
use std::collections::BTreeSet;

pub(super) fn percentage(base: &Base<'_>, field: &Field<'_, '_>, target: u128) -> Found {
    if base.ground.supply.providers.len() > 1 {
        let note = "Price protection is set for On-Demand and for Spot apart: with several \
                    providers none is proposed.";
        return Found { fields: Vec::new(), note: Some(note.to_owned()) };
    }
    let bought = base.ground.supply.providers.first().map(|(it, _)| it.purchase_option);
    if bought == Some(PurchaseOption::Spot) {
        let note = "Spot prices move: a ceiling that fits today is none tomorrow, so none is \
                    proposed.";
        return Found { fields: Vec::new(), note: Some(note.to_owned()) };
    }
    let admitted = field.types.iter().map(|it| (it.facts, it.on_demand));
    let Some(lowest) = lowest_protected_price(&admitted) else {
        return Found { fields: Vec::new(), note: None };
    };
    let hundredths = u128::from(lowest.0);
    // The percentages at which one more type passes.
    let percents: BTreeSet<u128> = field
        .types
        .iter()
        .map(|it| {
            (u128::from(it.on_demand.0) * 100).div_ceil(hundredths.max(1)).saturating_sub(100)
        })
        .collect();
    let kept = |percent: u128| -> Subset {
        let passes = |price: u64| u128::from(price) * 100 <= hundredths * (100 + percent);
        field.types.iter().map(|it| passes(it.on_demand.0)).collect()
    };
    // More percent admit more types: more to fall back on, and never a cheaper dearest fleet.
    let percents: Vec<u128> = percents.into_iter().collect();
    let enough = percents.partition_point(|percent| !field.has_fallback(&kept(*percent)));
    let within = percents.partition_point(|percent| field.dearest(&kept(*percent)) <= target);
    // The widest within the tolerance, else the narrowest that leaves enough.
    let place = enough.max(within.saturating_sub(1));
    let Some(percent) = percents.get(place).copied() else {
        return Found { fields: Vec::new(), note: None };
    };
    let dearest = field.dearest(&kept(percent));
    let note = (dearest > target).then(|| {
        format!(
            "Price protection compares the price of an instance, not of a task, with the cheapest \
             C, M or R type ({} USD an hour): the dearest fleet is {} USD an hour, {}.",
            super::super::words::usd(lowest),
            usd(dearest),
            times(dearest, target)
        )
    });
    let field = "onDemandMaxPricePercentageOverLowestPrice".to_owned();
    let percent = u32::try_from(percent).unwrap_or(999_998).min(999_998);
    Found { fields: vec![(field, Some(json!(percent)))], note }
}
