//! The same services on Fargate, one by one and together.

use super::place::Place;
use super::workload::Sized;
use crate::cost::{FargateTask, fargate_size, fargate_unsupported};
use crate::report::{Cost, FargateQuote, FargateReport, FargateSize, ServiceReport};
use crate::scenario::{CpuArchitecture, Pricing};
use eniac_catalog::{FargateRates, NanoUsdPerHour};

/// So many tasks of a service on Fargate, at list prices.
pub(crate) fn quote(sized: &Sized, count: u32, rates: Option<&FargateRates>) -> FargateQuote {
    let demand = &sized.demand;
    if let Some(why) = fargate_unsupported(demand) {
        return FargateQuote { unsupported: Some(why.to_owned()), ..FargateQuote::default() };
    }
    let Some(task) = fargate_size(demand.cpu, demand.memory) else {
        return FargateQuote::default();
    };
    let FargateTask { cpu, memory } = task;
    let count = u64::from(count);
    let on = |architecture| {
        let runs = demand.architectures.contains(&architecture);
        let rates = rates.filter(|_| runs)?;
        Some(task.on_demand(rates, architecture).times(count))
    };
    let runs_on_x86 = demand.architectures.contains(&CpuArchitecture::X86_64);
    let spot = rates.filter(|_| runs_on_x86).map(|rates| task.spot_x86(rates).times(count));
    FargateQuote {
        size: Some(FargateSize {
            cpu,
            memory_mib: memory,
            rounded_up: (cpu, memory) != (demand.cpu, demand.memory),
        }),
        unsupported: None,
        x86_nano_usd_per_hour: on(CpuArchitecture::X86_64),
        arm_nano_usd_per_hour: on(CpuArchitecture::Arm64),
        spot_x86_nano_usd_per_hour: spot,
    }
}

/// All services that Fargate can run, together, with the user's discounts. Compute Savings Plans
/// cover Fargate, so their percentage is taken off what is not Spot.
pub(super) fn total(services: &[ServiceReport], place: &Place, pricing: &Pricing) -> FargateReport {
    let supported: Vec<&FargateQuote> =
        services.iter().map(|s| &s.fargate).filter(|quote| quote.unsupported.is_none()).collect();
    let unsupported = services.iter().filter(|service| service.fargate.unsupported.is_some());
    let known = place.region.fargate.is_some() && !supported.is_empty();
    let sum = |price: fn(&FargateQuote) -> Option<NanoUsdPerHour>| {
        let prices: Option<Vec<NanoUsdPerHour>> = supported.iter().map(|q| price(q)).collect();
        prices.filter(|_| known).map(|prices| prices.into_iter().sum::<NanoUsdPerHour>())
    };
    let cost = |price: NanoUsdPerHour| Cost::new(price, NanoUsdPerHour(0), NanoUsdPerHour(0));
    let planned = |price: Option<NanoUsdPerHour>| price.map(|price| cost(pricing.fargate(price)));
    let spot = sum(|quote| quote.spot_x86_nano_usd_per_hour);
    FargateReport {
        known_region: place.region.fargate.is_some(),
        unsupported: unsupported.map(|service| service.name.clone()).collect(),
        x86: planned(sum(|quote| quote.x86_nano_usd_per_hour)),
        arm: planned(sum(|quote| quote.arm_nano_usd_per_hour)),
        spot_x86: spot.map(|price| cost(pricing.fargate_spot(price))),
        cheapest: planned(sum(|quote| {
            let both = [quote.x86_nano_usd_per_hour, quote.arm_nano_usd_per_hour];
            both.into_iter().flatten().min()
        })),
    }
}
