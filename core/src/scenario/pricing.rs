//! How instances and Fargate are paid for: purchase option, the user's discounts and own prices.

use super::{DiscountPercent, UsdPerGibMonth, UsdPerHour};
use eniac_catalog::NanoUsdPerHour;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How instances are paid for.
///
/// What ECS chooses never hangs on it, but for Spot: ECS knows list prices, not what the user has
/// agreed with AWS. What a fleet costs does, and with it which fleet is the cheapest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Pricing {
    /// How instances are bought.
    pub purchase_option: PurchaseOption,
    /// What a Savings Plan takes off the On-Demand price of instances and of Fargate, in percent.
    /// eniac knows no rates of Savings Plans: the figure is the user's.
    pub savings_plan_percent: DiscountPercent,
    /// What an agreement with AWS (EDP, private pricing) takes off all that EC2 charges, in
    /// percent: instances under any purchase option, after a Savings Plan, the Managed Instances
    /// fee, and volumes.
    #[serde(skip_serializing_if = "DiscountPercent::is_none")]
    pub ec2_discount_percent: DiscountPercent,
    /// What an agreement with AWS takes off Fargate, in percent: On-Demand, after a Savings Plan,
    /// and Spot.
    #[serde(skip_serializing_if = "DiscountPercent::is_none")]
    pub fargate_discount_percent: DiscountPercent,
    /// What an hour of an instance costs the user, by type: `{ "m7g.large": 0.0612 }`. Such a price
    /// stands as it is, whatever the purchase option but for Spot: no discount, no Savings Plan and
    /// no reservation is taken off. The Managed Instances fee goes by the list price; where none is
    /// known, by this one.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, number>"))]
    pub instance_prices: BTreeMap<String, UsdPerHour>,
    /// Whether each instance's volume is paid for.
    pub include_disks: bool,
    /// What a GiB of volume costs a month, in USD, before `ec2DiscountPercent`: gp3 in us-east-1
    /// unless set.
    pub disk_usd_per_gib_month: UsdPerGibMonth,
}

impl Pricing {
    /// What the user pays for Fargate On-Demand at a list price.
    pub fn fargate(&self, list: NanoUsdPerHour) -> NanoUsdPerHour {
        self.fargate_spot(self.savings_plan_percent.off(list))
    }

    /// What the user pays for Fargate Spot: no Savings Plan covers it.
    pub fn fargate_spot(&self, spot: NanoUsdPerHour) -> NanoUsdPerHour {
        self.fargate_discount_percent.off(spot)
    }
}

impl Default for Pricing {
    fn default() -> Self {
        Self {
            purchase_option: PurchaseOption::OnDemand,
            savings_plan_percent: DiscountPercent::default(),
            ec2_discount_percent: DiscountPercent::default(),
            fargate_discount_percent: DiscountPercent::default(),
            instance_prices: BTreeMap::new(),
            include_disks: true,
            disk_usd_per_gib_month: UsdPerGibMonth::from_micro_usd(80_000),
        }
    }
}

/// How instances are bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PurchaseOption {
    /// By the second, at the list price.
    OnDemand,
    /// Spare capacity that EC2 can take back.
    Spot,
    /// Standard Reserved Instances, 1 year, all upfront, spread over the hours.
    #[serde(rename = "RESERVED_1_YEAR")]
    Reserved1Year,
    /// Standard Reserved Instances, 3 years, all upfront, spread over the hours.
    #[serde(rename = "RESERVED_3_YEARS")]
    Reserved3Years,
}
