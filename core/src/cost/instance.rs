//! One instance by the hour: compute, management fee, volume.

use crate::report::Cost;
use crate::scenario::{Pricing, PurchaseOption, StorageGib};
use eniac_catalog::{InstanceType, NanoUsdPerHour, Offer, SpotSaving};

/// The Managed Instances fee of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeeRate {
    /// In thousandths of the On-Demand price.
    pub per_mille: u64,
    /// Whether AWS states the rate for this kind of type.
    pub stated: bool,
}

/// 12 % of the On-Demand price; since July 2026 7.8 % for G-series types and 4.8 % for P-series
/// and Trainium. For Inferentia nothing is stated. Source: AWS pricing page of ECS Managed
/// Instances and its announcement of July 2026.
pub fn fee_rate(instance: &InstanceType) -> FeeRate {
    let letters: String = instance.family().chars().take_while(char::is_ascii_alphabetic).collect();
    match letters.as_str() {
        "g" | "gr" => FeeRate { per_mille: 78, stated: true },
        "p" | "trn" => FeeRate { per_mille: 48, stated: true },
        "inf" => FeeRate { per_mille: 120, stated: false },
        _ => FeeRate { per_mille: 120, stated: true },
    }
}

/// On-Demand less Spot's saving, before any discount.
pub fn spot_price(on_demand: NanoUsdPerHour, saving: SpotSaving) -> NanoUsdPerHour {
    on_demand.per_mille(1000_u64.saturating_sub(u64::from(saving.percent) * 10))
}

/// What an instance costs without fee and volume; `None` where no price is known for the purchase
/// option. A Savings Plan's percentage lowers On-Demand only, the discount on EC2 every option.
/// `own` is the user's own price of the type: it stands as it is, but for Spot.
pub fn compute_price(
    instance: &InstanceType,
    offer: &Offer,
    purchase_option: PurchaseOption,
    pricing: &Pricing,
    own: Option<NanoUsdPerHour>,
) -> Option<NanoUsdPerHour> {
    if own.is_some() && purchase_option != PurchaseOption::Spot {
        return own;
    }
    let on_demand = offer.on_demand?.per_hour;
    let reserved = |per_mille: Option<u16>| Some(on_demand.per_mille(u64::from(per_mille?)));
    let paid = match purchase_option {
        PurchaseOption::OnDemand => pricing.savings_plan_percent.off(on_demand),
        PurchaseOption::Spot => spot_price(on_demand, offer.spot?),
        PurchaseOption::Reserved1Year => reserved(instance.reserved_1_year_per_mille)?,
        PurchaseOption::Reserved3Years => reserved(instance.reserved_3_years_per_mille)?,
    };
    Some(pricing.ec2_discount_percent.off(paid))
}

/// What one instance costs in all; `None` where no price is known for the purchase option.
pub fn instance_cost(
    instance: &InstanceType,
    offer: &Offer,
    pricing: &Pricing,
    own: Option<NanoUsdPerHour>,
    purchase_option: PurchaseOption,
    managed_instances: bool,
    volume: Option<StorageGib>,
) -> Option<Cost> {
    let on_demand = offer.on_demand?.per_hour;
    let compute = compute_price(instance, offer, purchase_option, pricing, own)?;
    let fee = if managed_instances {
        on_demand.per_mille(fee_rate(instance).per_mille)
    } else {
        NanoUsdPerHour(0)
    };
    let volume = volume.filter(|_| pricing.include_disks);
    let disk = volume.map_or(NanoUsdPerHour(0), |gib| pricing.disk_usd_per_gib_month.per_hour(gib));
    let discounted = |price| pricing.ec2_discount_percent.off(price);
    Some(Cost::new(compute, discounted(fee), discounted(disk)))
}
