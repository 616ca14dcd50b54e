//! How instances are paid for.

use crate::field::{CheckField, Messages, SelectField, TextField};
use crate::own_prices::OwnPrices;
use crate::workbench::field_id;
use yew::prelude::*;

/// The form.
#[component]
pub fn PricingForm() -> Html {
    let options: Vec<(AttrValue, AttrValue)> = [
        ("", "On-Demand"),
        ("SPOT", "Spot"),
        ("RESERVED_1_YEAR", "Reserved, 1 year"),
        ("RESERVED_3_YEARS", "Reserved, 3 years"),
    ]
    .into_iter()
    .map(|(word, name)| (word.into(), name.into()))
    .collect();
    html! {
        <section class="panel" aria-labelledby="pricing" id={field_id("pricing")} tabindex="-1">
            <div class="panel-head">
                <h2 id="pricing">{ "How it is paid" }</h2>
            </div>
            <div class="settings">
                <div class="settings-grid">
                    <SelectField path="pricing.purchaseOption" label="Bought" {options} />
                    <TextField
                        path="pricing.savingsPlanPercent"
                        label="Savings Plan"
                        placeholder="0"
                        unit="% off"
                    />
                    <TextField
                        path="pricing.ec2DiscountPercent"
                        label="Discount on EC2"
                        placeholder="0"
                        unit="% off"
                    />
                    <TextField
                        path="pricing.fargateDiscountPercent"
                        label="Discount on Fargate"
                        placeholder="0"
                        unit="% off"
                    />
                    <TextField
                        path="pricing.diskUsdPerGibMonth"
                        label="Volumes"
                        placeholder="0.08"
                        unit="$/GiB-month"
                    />
                </div>
                <CheckField path="pricing.includeDisks" label="Count each instance's volume" absent=true />
                <Messages path="pricing" except={vec!["pricing.instancePrices".into()]} />
                <OwnPrices />
            </div>
        </section>
    }
}
