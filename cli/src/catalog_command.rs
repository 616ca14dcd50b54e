//! `eniac catalog TYPE`: what the catalogue knows of an instance type.

use crate::table;
use eniac_catalog::{Catalog, Entry, PriceBasis};

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
    let entry = catalog.entry(&arguments.instance_type, &arguments.region);
    let entry = entry.map_err(|error| error.to_string())?;
    if arguments.json {
        let json = serde_json::to_string_pretty(&entry).map_err(|error| error.to_string())?;
        return Ok(json + "\n");
    }
    Ok(table::facts(&rows(&entry)))
}

fn rows(entry: &Entry<'_>) -> Vec<(String, String)> {
    let unknown = || "not known".to_owned();
    let facts = entry.instance_type;
    let mut rows = vec![
        ("type", facts.name.clone()),
        ("vCPUs", facts.vcpu.to_string()),
        ("memory", format!("{} MiB", facts.memory.0)),
        (
            "memory seen by a guest",
            facts.visible_memory.map_or_else(unknown, |memory| format!("{} MiB", memory.0)),
        ),
        ("ENIs", facts.max_enis.to_string()),
        ("awsvpc tasks", facts.awsvpc_tasks.to_string()),
        (
            "awsvpc tasks, trunked",
            facts.awsvpc_tasks_trunked.map_or("cannot trunk".to_owned(), |tasks| tasks.to_string()),
        ),
        ("GPUs", facts.gpus().to_string()),
        (
            "Managed Instances",
            if facts.managed_instances_family { "supported" } else { "not supported" }.to_owned(),
        ),
        ("region", entry.region.clone()),
    ];
    match &entry.offer {
        None => rows.push(("offered there", "no".to_owned())),
        Some(offer) => {
            let price = match (offer.on_demand_nano_usd_per_hour, offer.basis) {
                (Some(price), Some(PriceBasis::Estimated)) => {
                    format!("{price} USD an hour, estimated")
                }
                (Some(price), _) => format!("{price} USD an hour, listed"),
                (None, _) => unknown(),
            };
            rows.push(("On-Demand", price));
            rows.push(("zones", offer.zones.join(", ")));
            let spot = offer.spot.map_or_else(unknown, |spot| format!("{} % less", spot.percent));
            rows.push(("Spot", spot));
        }
    }
    rows.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
