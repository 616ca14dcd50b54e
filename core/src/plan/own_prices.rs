//! The user's own prices: which type each is of, and what looks wrong with them.

use crate::diagnostic::Diagnostic;
use crate::scenario::{PurchaseOption, Scenario};
use eniac_catalog::{Catalog, NanoUsdPerHour, Price, PriceBasis, RegionCatalog, TypeId};
use std::collections::BTreeMap;

/// What an hour of a type costs the user.
pub(crate) type OwnPrices = BTreeMap<TypeId, NanoUsdPerHour>;

const PATH: &str = "pricing.instancePrices";

/// More prices than this are not read: more than there are types, with room for a list of all
/// regions' names.
const MOST_PRICES: usize = 5000;

/// So many problems of a kind are told, the others counted.
const MOST_TOLD: usize = 20;

/// A price that is so many times the list price, or its share, is told: it may be a month's, or in
/// cents.
const FAR_FROM_LIST: u64 = 10;

/// Reads the table. Where the catalogue knows no list price of an offer, the user's stands in for
/// it, so that the type can be planned with at all; never for Spot, whose saving is of list prices.
pub(super) fn of(
    catalog: &Catalog,
    scenario: &Scenario,
    region: &mut RegionCatalog,
    diagnostics: &mut Vec<Diagnostic>,
) -> OwnPrices {
    let pricing = &scenario.pricing;
    let mut prices = OwnPrices::new();
    let (mut unknown, mut not_offered, mut far) = (0, Vec::new(), 0);
    for (name, price) in pricing.instance_prices.iter().take(MOST_PRICES) {
        let field = || format!("{PATH}.{}", name.chars().take(40).collect::<String>());
        let Some(id) = known(catalog, name) else {
            unknown += 1;
            // Finding the nearest names takes a while, of thousands.
            if unknown <= MOST_TOLD
                && let Err(error) = catalog.find(name)
            {
                let message = format!("the price is not used: {error}");
                let told = Diagnostic::error("pricing.unknownType", field(), message);
                diagnostics.push(told.with_value(error.name));
            }
            continue;
        };
        let price = price.per_hour();
        if prices.insert(id, price).is_some_and(|before| before != price) {
            let message = format!("has two prices here: {price} USD an hour is used");
            diagnostics.push(Diagnostic::warning("pricing.twice", field(), message));
        }
        let Some(offer) = region.offers.get_mut(&id) else {
            not_offered.push(name.trim());
            continue;
        };
        match offer.on_demand.map(|list| list.per_hour) {
            None => {
                offer.on_demand = Some(Price { per_hour: price, basis: PriceBasis::Listed });
                offer.spot = None;
            }
            Some(list) if is_far(price, list) => {
                far += 1;
                if far <= MOST_TOLD {
                    let message = format!(
                        "{price} USD an hour is far from the list price, {list}: is it the price \
                         of one hour, in USD?"
                    );
                    let told = Diagnostic::warning("pricing.farFromList", field(), message);
                    diagnostics.push(told.with_value(price.to_string()));
                }
            }
            Some(_) => {}
        }
    }
    let rest = pricing.instance_prices.len().saturating_sub(MOST_PRICES);
    let more_unknown = unknown.saturating_sub(MOST_TOLD);
    let more_far = far.saturating_sub(MOST_TOLD);
    let of_all: [(&str, usize, String); 3] = [
        (
            "pricing.tooMany",
            rest,
            format!("{MOST_PRICES} prices are read at most; {rest} are left out"),
        ),
        (
            "pricing.unknownType",
            more_unknown,
            format!("{more_unknown} more names are no instance types; their prices are not used"),
        ),
        (
            "pricing.farFromList",
            more_far,
            format!("{more_far} more prices are far from the list prices"),
        ),
    ];
    for (code, count, message) in of_all {
        if count > 0 {
            diagnostics.push(Diagnostic::warning(code, PATH, message));
        }
    }
    if !not_offered.is_empty() && !region.offers.is_empty() {
        let (few, all) = (not_offered.iter().take(5).copied(), not_offered.len());
        let few: Vec<&str> = few.collect();
        let more = if all > few.len() { ", …" } else { "" };
        let message = format!(
            "{} does not offer {all} of the types: {}{more}; their prices are not used",
            region.name,
            few.join(", ")
        );
        diagnostics.push(Diagnostic::note("pricing.notOffered", PATH, message));
    }
    let all_spot =
        pricing.purchase_option == PurchaseOption::Spot && scenario.capacity_providers.is_empty();
    if all_spot && !prices.is_empty() {
        let message = "your own prices have no effect: everything is bought as Spot";
        diagnostics.push(Diagnostic::note("pricing.noEffect", PATH, message));
    }
    prices
}

/// The type of a name, however it is spelt.
fn known(catalog: &Catalog, name: &str) -> Option<TypeId> {
    let name = name.trim().to_ascii_lowercase();
    let found = catalog.types().binary_search_by(|it| it.name.as_str().cmp(&name));
    found.ok().and_then(|place| u16::try_from(place).ok()).map(TypeId)
}

fn is_far(price: NanoUsdPerHour, list: NanoUsdPerHour) -> bool {
    price > list.times(FAR_FROM_LIST) || price.times(FAR_FROM_LIST) < list
}
