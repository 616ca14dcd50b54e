//! `fargate.csv`: one row for each region whose Fargate rates are known.

use super::nano_usd;
use eniac_catalog::{FargateRates, NanoUsdPerHour, PriceBasis};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    region: String,
    x86_vcpu_usd_per_hour: String,
    x86_gb_usd_per_hour: String,
    arm_vcpu_usd_per_hour: String,
    arm_gb_usd_per_hour: String,
    arm_basis: PriceBasis,
    spot_x86_vcpu_usd_per_hour: String,
    spot_x86_gb_usd_per_hour: String,
    /// Empty where the Spot rates stand in the present list.
    spot_as_of_year: Option<u16>,
    ephemeral_gb_usd_per_hour: String,
    ephemeral_basis: PriceBasis,
}

pub(super) fn from_row(row: Row) -> anyhow::Result<(String, FargateRates)> {
    let rates = FargateRates {
        x86_vcpu: nano_usd(&row.x86_vcpu_usd_per_hour)?,
        x86_gb: nano_usd(&row.x86_gb_usd_per_hour)?,
        arm_vcpu: nano_usd(&row.arm_vcpu_usd_per_hour)?,
        arm_gb: nano_usd(&row.arm_gb_usd_per_hour)?,
        arm_basis: row.arm_basis,
        spot_x86_vcpu: nano_usd(&row.spot_x86_vcpu_usd_per_hour)?,
        spot_x86_gb: nano_usd(&row.spot_x86_gb_usd_per_hour)?,
        spot_as_of_year: row.spot_as_of_year.unwrap_or(0),
        ephemeral_gb: nano_usd(&row.ephemeral_gb_usd_per_hour)?,
        ephemeral_basis: row.ephemeral_basis,
    };
    Ok((row.region, rates))
}

pub(super) fn to_row(region: &str, rates: &FargateRates) -> Row {
    let usd = |amount: NanoUsdPerHour| amount.to_string();
    Row {
        region: region.to_owned(),
        x86_vcpu_usd_per_hour: usd(rates.x86_vcpu),
        x86_gb_usd_per_hour: usd(rates.x86_gb),
        arm_vcpu_usd_per_hour: usd(rates.arm_vcpu),
        arm_gb_usd_per_hour: usd(rates.arm_gb),
        arm_basis: rates.arm_basis,
        spot_x86_vcpu_usd_per_hour: usd(rates.spot_x86_vcpu),
        spot_x86_gb_usd_per_hour: usd(rates.spot_x86_gb),
        spot_as_of_year: Some(rates.spot_as_of_year).filter(|year| *year != 0),
        ephemeral_gb_usd_per_hour: usd(rates.ephemeral_gb),
        ephemeral_basis: rates.ephemeral_basis,
    }
}
