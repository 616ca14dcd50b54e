//! Every figure of the source tables is found, exactly, in the embedded catalogue. The tables are
//! read here a second time, as text, by code that the packing does not use.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use eniac_catalog::{
    AcceleratorKind, Architecture, Catalog, CpuManufacturer, Generation, Hypervisor, InstanceType,
    LocalStorageType, NanoUsdPerHour, PriceBasis, RegionCatalog,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The packed catalogue may take this much of a page.
const MOST_BYTES: usize = 90_000;

type Row = BTreeMap<String, String>;

fn tables() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tables")
}

fn rows(path: &Path) -> Vec<Row> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn list(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join("|")
}

/// Nano-USD of a decimal amount, by moving its point.
fn nano(usd: &str) -> u64 {
    let decimals = usd.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    usd.replace('.', "").parse::<u64>().unwrap() * 10_u64.pow(9 - u32::try_from(decimals).unwrap())
}

fn amount(value: NanoUsdPerHour, usd: &str) {
    assert_eq!(value.0, nano(usd), "{usd} USD");
}

fn basis(value: PriceBasis) -> &'static str {
    match value {
        PriceBasis::Listed => "listed",
        PriceBasis::Estimated => "estimated",
    }
}

fn type_as_row(each: &InstanceType) -> Vec<(&'static str, String)> {
    let flag = |value: bool| u8::from(value).to_string();
    vec![
        ("instance_type", each.name.clone()),
        ("vcpu", each.vcpu.to_string()),
        ("memory_mib", each.memory.0.to_string()),
        (
            "cpu_manufacturer",
            match each.cpu_manufacturer {
                CpuManufacturer::Intel => "intel",
                CpuManufacturer::Amd => "amd",
                CpuManufacturer::AmazonWebServices => "amazon-web-services",
                CpuManufacturer::Apple => "apple",
            }
            .to_owned(),
        ),
        (
            "architectures",
            list(each.architectures.iter().map(|architecture| {
                match architecture {
                    Architecture::I386 => "i386",
                    Architecture::X86_64 => "x86_64",
                    Architecture::Arm64 => "arm64",
                    Architecture::X86_64Mac => "x86_64_mac",
                    Architecture::Arm64Mac => "arm64_mac",
                }
                .to_owned()
            })),
        ),
        (
            "generation",
            match each.generation {
                Generation::Current => "current",
                Generation::Previous => "previous",
            }
            .to_owned(),
        ),
        ("burstable", flag(each.burstable)),
        ("bare_metal", flag(each.bare_metal)),
        (
            "hypervisor",
            text(each.hypervisor.map(|hypervisor| match hypervisor {
                Hypervisor::Nitro => "nitro",
                Hypervisor::Xen => "xen",
            })),
        ),
        ("local_storage_gb", text(each.local_storage.map(|storage| storage.gigabytes))),
        (
            "local_storage_type",
            text(each.local_storage.map(|storage| match storage.kind {
                LocalStorageType::Hdd => "hdd",
                LocalStorageType::Ssd => "ssd",
            })),
        ),
        (
            "accelerators",
            list(each.accelerators.iter().map(|accelerator| {
                let kind = match accelerator.kind {
                    AcceleratorKind::Gpu => "gpu",
                    AcceleratorKind::Fpga => "fpga",
                    AcceleratorKind::Inference => "inference",
                    AcceleratorKind::Media => "media",
                    AcceleratorKind::Neuron => "neuron",
                };
                let count = accelerator.count;
                format!("{kind}:{}:{}:{count}", accelerator.manufacturer, accelerator.name)
            })),
        ),
        ("accelerator_memory_mib", text(each.accelerator_memory.map(|memory| memory.0))),
        ("network_baseline_mbps", text(each.network_baseline_mbps)),
        ("network_peak_mbps", text(each.network_peak_mbps)),
        ("ebs_baseline_mbps", text(each.ebs_baseline_mbps)),
        ("max_enis", each.max_enis.to_string()),
        ("enis_per_card", list(each.enis_per_card.iter().map(u32::to_string))),
        ("awsvpc_tasks", each.awsvpc_tasks.to_string()),
        ("awsvpc_tasks_trunked", text(each.awsvpc_tasks_trunked)),
        ("visible_memory_mib", text(each.visible_memory.map(|memory| memory.0))),
        ("spot_supported", flag(each.spot_supported)),
        ("managed_instances_family", flag(each.managed_instances_family)),
        ("reserved_1_year_per_mille", text(each.reserved_1_year_per_mille)),
        ("reserved_3_years_per_mille", text(each.reserved_3_years_per_mille)),
    ]
}

#[test]
fn every_type() {
    let catalog = Catalog::embedded().unwrap();
    let rows = rows(&tables().join("instance_types.csv"));
    assert_eq!(rows.len(), 1395);
    assert_eq!(catalog.types().len(), rows.len());
    for row in rows {
        let id = catalog.find(&row["instance_type"]).unwrap();
        let found: Row =
            type_as_row(&catalog[id]).into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        assert_eq!(found, row);
    }
}

fn offers_of(catalog: &Catalog, region: &RegionCatalog, rows: &[Row]) {
    assert_eq!(region.offers.len(), rows.len(), "{}", region.name);
    assert!(region.zones.is_sorted());
    for row in rows {
        let name = &row["instance_type"];
        let offer = region.offers[&catalog.find(name).unwrap()];
        let zones = region.zones.iter().enumerate();
        let zones = zones.filter(|(place, _)| offer.zones.contains(*place));
        assert_eq!(list(zones.map(|(_, zone)| zone.clone())), row["zones"], "{name}");
        match offer.on_demand {
            Some(price) => {
                amount(price.per_hour, &row["usd_per_hour"]);
                assert_eq!(basis(price.basis), row["basis"], "{name}");
            }
            None => assert_eq!(format!("{}{}", row["usd_per_hour"], row["basis"]), "", "{name}"),
        }
        assert_eq!(text(offer.spot.map(|s| s.percent)), row["spot_saving_percent"], "{name}");
        assert_eq!(text(offer.spot.map(|s| s.interruption_band)), row["interruption_band"]);
    }
}

#[test]
fn every_offer() {
    let catalog = Catalog::embedded().unwrap();
    let mut priced_regions = 0;
    let mut offers = 0;
    let mut prices = 0;
    for summary in catalog.regions() {
        let region = catalog.region(summary.name).unwrap();
        let rows = rows(&tables().join("regions").join(format!("{}.csv", summary.name)));
        offers_of(&catalog, &region, &rows);
        assert_eq!(summary.zones, region.zones);
        assert_eq!(usize::from(summary.offers), rows.len());
        let with_price = rows.iter().filter(|row| !row["usd_per_hour"].is_empty()).count();
        assert_eq!(usize::from(summary.priced), with_price);
        assert_eq!(summary.has_fargate, region.fargate.is_some());
        priced_regions += usize::from(with_price > 0);
        offers += rows.len();
        prices += with_price;
    }
    let tables = std::fs::read_dir(tables().join("regions")).unwrap().count();
    assert_eq!(catalog.region_names().len(), tables);
    assert_eq!((tables, priced_regions, offers, prices), (32, 28, 21_255, 20_128));
}

#[test]
fn every_fargate_rate() {
    let catalog = Catalog::embedded().unwrap();
    let rows = rows(&tables().join("fargate.csv"));
    assert_eq!(rows.len(), 22);
    assert_eq!(catalog.regions().filter(|region| region.has_fargate).count(), rows.len());
    for row in rows {
        let rates = catalog.region(&row["region"]).unwrap().fargate.unwrap();
        amount(rates.x86_vcpu, &row["x86_vcpu_usd_per_hour"]);
        amount(rates.x86_gb, &row["x86_gb_usd_per_hour"]);
        amount(rates.arm_vcpu, &row["arm_vcpu_usd_per_hour"]);
        amount(rates.arm_gb, &row["arm_gb_usd_per_hour"]);
        assert_eq!(basis(rates.arm_basis), row["arm_basis"]);
        amount(rates.spot_x86_vcpu, &row["spot_x86_vcpu_usd_per_hour"]);
        amount(rates.spot_x86_gb, &row["spot_x86_gb_usd_per_hour"]);
        let year = Some(rates.spot_as_of_year).filter(|year| *year != 0);
        assert_eq!(text(year), row["spot_as_of_year"]);
        amount(rates.ephemeral_gb, &row["ephemeral_gb_usd_per_hour"]);
        assert_eq!(basis(rates.ephemeral_basis), row["ephemeral_basis"]);
    }
}

#[test]
fn every_provenance() {
    let catalog = Catalog::embedded().unwrap();
    let table = std::fs::read_to_string(tables().join("as_of.json")).unwrap();
    let table: serde_json::Value = serde_json::from_str(&table).unwrap();
    assert_eq!(serde_json::to_value(catalog.as_of()).unwrap(), table);
}

#[test]
fn readme_gives_the_same_provenance() {
    let catalog = Catalog::embedded().unwrap();
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    for each in catalog.as_of() {
        let row =
            format!("| {} | {} | {} | {} |", each.part, each.as_of, each.source, each.licence);
        assert!(readme.contains(&row), "README.md lacks: {row}");
    }
}

/// The blob is nearly incompressible, so that what gzip makes of it is its own size.
#[test]
fn small_enough_to_embed() {
    let blob = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalogue.bin");
    let blob = std::fs::read(blob).unwrap();
    let compressed = miniz_oxide::deflate::compress_to_vec(&blob, 10).len();
    assert!(compressed <= MOST_BYTES, "{compressed} bytes compressed");
    assert!(blob.len() <= MOST_BYTES, "{} bytes", blob.len());
}
