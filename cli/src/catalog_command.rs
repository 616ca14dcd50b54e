//! `eniac catalog TYPE`: what the catalogue knows of an instance type.

use crate::table;
use eniac_catalog::{Catalog, InstanceType, Offer, PriceBasis, RegionCatalog};
use serde_json::{Value, json};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The type, such as t4g.small.
    instance_type: String,
    /// The region for price, zones and Spot.
    #[arg(long, default_value = "us-east-1")]
    region: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, catalog: &Catalog) -> Result<String, String> {
    let id = catalog.find(&arguments.instance_type).map_err(|error| error.to_string())?;
    let region = catalog.region(&arguments.region).map_err(|error| error.to_string())?;
    let facts = catalog.get(id).ok_or("the catalogue is inconsistent")?;
    let offer = region.offers.get(&id);
    if arguments.json {
        let told = as_json(catalog, facts, &region, offer);
        let json = serde_json::to_string_pretty(&told).map_err(|error| error.to_string())?;
        return Ok(json + "\n");
    }
    Ok(table::facts(&rows(facts, &region, offer)))
}

fn zones(region: &RegionCatalog, offer: &Offer) -> Vec<String> {
    let zones = region.zones.iter().enumerate();
    zones.filter(|(zone, _)| offer.zones.contains(*zone)).map(|(_, id)| id.clone()).collect()
}

fn as_json(
    catalog: &Catalog,
    facts: &InstanceType,
    region: &RegionCatalog,
    offer: Option<&Offer>,
) -> Value {
    let offered = offer.map(|offer| {
        json!({
            "onDemandNanoUsdPerHour": offer.on_demand.map(|price| price.per_hour),
            "basis": offer.on_demand.map(|price| price.basis),
            "zones": zones(region, offer),
            "spot": offer.spot,
        })
    });
    json!({
        "instanceType": facts,
        "region": region.name,
        "offer": offered,
        "asOf": catalog.as_of(),
    })
}

fn rows(
    facts: &InstanceType,
    region: &RegionCatalog,
    offer: Option<&Offer>,
) -> Vec<(String, String)> {
    let unknown = || "not known".to_owned();
    let mut rows = vec![
        ("type", facts.name.clone()),
        ("vCPUs", facts.vcpu.to_string()),
        ("memory", format!("{} MiB", facts.memory.0)),
        ("memory seen by a guest", {
            facts.visible_memory.map_or_else(unknown, |memory| format!("{} MiB", memory.0))
        }),
        ("ENIs", facts.max_enis.to_string()),
        ("awsvpc tasks", facts.awsvpc_tasks.to_string()),
        ("awsvpc tasks, trunked", {
            let none = || "cannot trunk".to_owned();
            facts.awsvpc_tasks_trunked.map_or_else(none, |tasks| tasks.to_string())
        }),
        ("GPUs", facts.gpus().to_string()),
        ("Managed Instances", yes_or_no(facts.managed_instances_family)),
        ("region", region.name.clone()),
    ];
    match offer {
        None => rows.push(("offered there", "no".to_owned())),
        Some(offer) => {
            let price = offer.on_demand.map_or_else(unknown, |price| {
                let basis = match price.basis {
                    PriceBasis::Listed => "listed",
                    PriceBasis::Estimated => "estimated",
                };
                format!("{} USD an hour, {basis}", price.per_hour)
            });
            rows.push(("On-Demand", price));
            rows.push(("zones", zones(region, offer).join(", ")));
            let spot = offer.spot.map_or_else(unknown, |s| format!("{} % less", s.percent));
            rows.push(("Spot", spot));
        }
    }
    rows.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn yes_or_no(value: bool) -> String {
    if value { "supported" } else { "not supported" }.to_owned()
}
