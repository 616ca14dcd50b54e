//! The catalogue as JavaScript, a module a region, so that a bundle holds the regions that it
//! imports and no other. Rows without names keep it small; `npm/catalog/rows.js` names them.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use eniac_catalog::{Architecture, Catalog, InstanceType, Offer, PriceBasis, RegionCatalog};
use serde_json::{Value, json};

/// Writes every region's module into a folder.
pub(super) fn write(folder: &Path) -> Result<()> {
    let catalog = Catalog::embedded()?;
    let names: Vec<String> = catalog.region_names().map(str::to_owned).collect();
    for name in names {
        let file = folder.join(format!("{name}.js"));
        let text = module(&catalog, &catalog.region(&name)?)?;
        std::fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

fn module(catalog: &Catalog, region: &RegionCatalog) -> Result<String> {
    let (name, zones) = (json!(region.name), json!(region.zones));
    let as_of = serde_json::to_string(catalog.as_of())?;
    let mut text = format!(
        "// Made by cargo xtask build from the catalogue.\n\
         import {{ instanceTypesOf }} from \"./rows.js\";\n\
         export const region = {name};\nexport const zones = {zones};\n\
         export const asOf = {as_of};\n\
         export const instanceTypes = /* @__PURE__ */ instanceTypesOf(zones, [\n"
    );
    let mut offers: Vec<(&InstanceType, &Offer)> =
        region.offers.iter().filter_map(|(id, offer)| Some((catalog.get(*id)?, offer))).collect();
    offers.sort_by(|one, other| one.0.name.cmp(&other.0.name));
    for (instance_type, offer) in offers {
        writeln!(text, "{},", row(instance_type, offer))?;
    }
    text.push_str("]);\n");
    Ok(text)
}

fn row(of: &InstanceType, offer: &Offer) -> Value {
    json!([
        of.name,
        of.vcpu,
        of.memory.0,
        runs(&of.architectures),
        of.max_enis,
        of.awsvpc_tasks,
        of.awsvpc_tasks_trunked,
        offer.on_demand.map(|price| price.per_hour.0),
        u8::from(offer.on_demand.is_some_and(|price| price.basis == PriceBasis::Listed)),
        offer.zones.0,
        offer.spot.map(|spot| spot.percent),
        offer.spot.map(|spot| spot.interruption_band),
    ])
}

/// A letter for the usual ones, as `rows.js` reads it; else the names.
fn runs(architectures: &[Architecture]) -> String {
    match architectures {
        [Architecture::Arm64] => "a".to_owned(),
        [Architecture::X86_64] => "x".to_owned(),
        [Architecture::I386, Architecture::X86_64] => "i".to_owned(),
        others => {
            let names: Vec<String> =
                others.iter().filter_map(|one| Some(json!(one).as_str()?.to_owned())).collect();
            names.join(" ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_has_a_row_for_each_type_that_it_offers() {
        let catalog = Catalog::embedded().unwrap();
        let region = catalog.region("us-east-1").unwrap();
        let text = module(&catalog, &region).unwrap();
        let rows = text.lines().filter(|line| line.starts_with("[\"")).count();
        assert_eq!(rows, region.offers.len());
        assert!(text.contains("[\"t4g.small\",2,2048,\"a\",3,"), "{}", &text[..200]);
    }

    #[test]
    fn rare_architectures_keep_their_names() {
        assert_eq!(runs(&[Architecture::Arm64Mac]), "arm64_mac");
        assert_eq!(runs(&[Architecture::I386, Architecture::X86_64]), "i");
    }
}
