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
    let bought = base.ground.supply.providers.first().map(|(it, _)| it.purchase_option);
    if bought == Some(PurchaseOption::Spot) {
        let note = "Spot prices move: a ceiling that fits today is none tomorrow, so none is \
                    proposed.";
        return Found { fields: Vec::new(), note: Some(note.to_owned()) };
    }
    let admitted = field.types.iter().map(|it| (it.facts, it.on_demand));
    let Some(lowest) = lowest_protected_price(admitted) else {
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
    let tried = percents.iter().rev().filter_map(|percent| {
        let subset = kept(*percent);
        let dearest = field.dearest(&subset);
        field.has_fallback(&subset).then_some((dearest, *percent))
    });
    let tried: Vec<(u128, u128)> = tried.collect();
    // The widest within the tolerance, else the one that comes nearest.
    let within = tried.iter().copied().find(|(dearest, _)| *dearest <= target);
    let Some((dearest, percent)) = within.or_else(|| tried.iter().copied().min()) else {
        return Found { fields: Vec::new(), note: None };
    };
    let note = (dearest > target).then(|| {
        format!(
            "Price protection compares the price of an instance, not of a task, with the cheapest \
             C, M or R type ({} USD an hour): the dearest fleet is {} USD an hour, {}.",
            super::super::risks::usd(lowest),
            usd(dearest),
            times(dearest, target)
        )
    });
    let field = "onDemandMaxPricePercentageOverLowestPrice".to_owned();
    let percent = u32::try_from(percent).unwrap_or(999_998).min(999_998);
    Found { fields: vec![(field, Some(json!(percent)))], note }
}
