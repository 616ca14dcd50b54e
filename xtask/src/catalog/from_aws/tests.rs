//! Saved answers in AWS's form, made up and small, against small tables of the same form.

use super::document::Document;
use super::saved_on::day;
use super::zone::{Place, place};
use super::{documents, refresh};
use crate::catalog::room;
use crate::catalog::tables::Tables;
use eniac_catalog::{Accelerator, AcceleratorKind, MiB, PriceBasis};
use std::path::{Path, PathBuf};

const MADE_UP_DAY: Option<&str> = Some("2026-11-19");

fn fixtures(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalog/fixtures").join(name)
}

fn small_tables() -> Tables {
    Tables::read(&fixtures("tables")).unwrap()
}

fn refreshed(name: &str) -> (Tables, Vec<String>) {
    let mut tables = small_tables();
    let said = refresh(&mut tables, &fixtures(name), MADE_UP_DAY).unwrap();
    (tables, said)
}

#[test]
fn says_what_each_file_held_and_what_changed() {
    let (_, said) = refreshed("refresh");
    let expected = [
        "ecs.json: left out: the price list of AmazonECS, not of AmazonEC2",
        "notes.txt: left out: not output of `aws ec2 describe-instance-types` or \
         `describe-instance-type-offerings`, or the AmazonEC2 price list in JSON",
        "pages_of_types.json: 2 instance types",
        "pages_of_types.json: 3 instance types",
        "prices.json: AmazonEC2 price list of 2026-11-20: 5 prices; left out: \
         1 in a Local or Wavelength Zone or an Outpost, 1 not Linux, 1 not an instance, \
         1 not priced in USD, 1 not shared tenancy, 1 priced at nothing, \
         1 reserved or unused capacity, or another operation, 1 with software installed, \
         1 with two different prices, 1 without a readable On-Demand rate",
        "regions.json: left out: JSON, but neither instance types, nor offerings, nor a price list",
        "zones.json: 6 offerings; 1 left out: not in a region's own zones",
        "z0.zero: left out: it has no vCPUs, no memory or no network interfaces",
        "instance types: 1 as before",
        "instance types: 1 changed: m5.large (awsvpcTasks 2 -> 3, maxEnis 3 -> 4, \
         networkPeakMbps 10000 -> 12500)",
        "instance types: 2 new: m5.3xlarge, x99.metal; AWS's answer does not say how many tasks \
         they run with ENI trunking nor what memory their guests see: add awsvpc_tasks_trunked \
         and visible_memory_mib to instance_types.csv once known",
        "eu-south-1: zones of 0 types as before, 1 changed, 1 new; \
         3 types in the table that the files do not offer, kept",
        "us-gov-west-1: zones of 0 types as before, 0 changed, 1 new; \
         0 types in the table that the files do not offer, kept",
        "eu-south-1: 1 prices as before, 1 changed, 1 new; \
         2 prices in the table that the files do not list, kept",
        "us-gov-west-1: 0 prices as before, 0 changed, 1 new; \
         0 prices in the table that the files do not list, kept",
        "left out, their shape being unknown: q1.huge; save the output of \
         `aws ec2 describe-instance-types` of a region that has them too",
    ];
    for (line, expected) in said.iter().zip(expected) {
        assert_eq!(line, expected);
    }
    assert_eq!(said.len(), expected.len());
}

#[test]
fn types_take_what_aws_says_and_keep_the_rest() {
    let before = small_tables();
    let (after, _) = refreshed("refresh");
    assert_eq!(after.types["t4g.small"], before.types["t4g.small"]);
    let mut large = before.types["m5.large"].clone();
    (large.max_enis, large.awsvpc_tasks, large.network_peak_mbps) = (4, 3, Some(12500));
    assert_eq!(after.types["m5.large"], large);

    let relative = &after.types["m5.3xlarge"];
    assert!(relative.managed_instances_family && !relative.spot_supported);
    assert_eq!((relative.awsvpc_tasks, relative.awsvpc_tasks_trunked), (7, None));
    assert_eq!((relative.network_peak_mbps, relative.visible_memory), (None, None));

    let stranger = &after.types["x99.metal"];
    assert!(!stranger.managed_instances_family && stranger.spot_supported && stranger.bare_metal);
    assert_eq!((stranger.max_enis, stranger.enis_per_card.as_slice()), (16, &[8, 8][..]));
    assert_eq!(stranger.local_storage.unwrap().gigabytes, 7600);
    assert_eq!(stranger.accelerator_memory, Some(MiB(66560)));
    let accelerator = |kind, manufacturer: &str, name: &str, count| Accelerator {
        kind,
        manufacturer: manufacturer.to_owned(),
        name: name.to_owned(),
        count,
    };
    assert_eq!(
        stranger.accelerators,
        [
            accelerator(AcceleratorKind::Gpu, "NVIDIA", "G1", 1),
            accelerator(AcceleratorKind::Neuron, "AWS", "Inferentia9", 2),
        ]
    );
    assert!(!after.types.contains_key("z0.zero"));
}

#[test]
fn regions_take_zones_and_prices() {
    let before = small_tables();
    let (after, _) = refreshed("refresh");
    let row = |tables: &Tables, region: &str, name: &str| tables.regions[region][name].clone();
    let small = row(&after, "eu-south-1", "t4g.small");
    assert_eq!(small.zones, ["eus1-az1", "eus1-az3"]);
    assert_eq!(small.spot, row(&before, "eu-south-1", "t4g.small").spot);
    for (region, name, usd) in [
        ("eu-south-1", "t4g.small", "0.0192"),
        ("eu-south-1", "m5.large", "0.113"),
        ("eu-south-1", "m5.3xlarge", "0.672"),
        ("us-gov-west-1", "t4g.small", "0.02015"),
    ] {
        let price = row(&after, region, name).price.unwrap();
        assert_eq!(price.per_hour.to_string(), usd, "{region} {name}");
        assert_eq!(price.basis, PriceBasis::Listed);
    }
    assert_eq!(row(&after, "eu-south-1", "m5.xlarge"), row(&before, "eu-south-1", "m5.xlarge"));
    assert!(!after.regions["eu-south-1"].contains_key("q1.huge"));
    assert_eq!(after.regions["us-east-1"], before.regions["us-east-1"]);
    assert!(eniac_catalog::pack(&after.contents().unwrap()).is_ok());
}

#[test]
fn provenance_says_what_is_newer() {
    let (after, _) = refreshed("refresh");
    let newer = after.provenance.iter().filter(|each| each.part.ends_with("refreshed"));
    let newer: Vec<_> = newer.map(|each| (each.part.as_str(), each.as_of.as_str())).collect();
    assert_eq!(
        newer,
        [
            ("Instance types, refreshed", "2026-11-19"),
            ("Zones of eu-south-1, us-gov-west-1, refreshed", "2026-11-19"),
            ("On-Demand prices of eu-south-1, us-gov-west-1, refreshed", "2026-11-20"),
        ]
    );
}

#[test]
fn zone_names_do_not_stand_beside_zone_ids() {
    let (after, said) = refreshed("zone_names");
    assert_eq!(after.regions["eu-south-1"]["t4g.small"].zones, ["eu-south-1a", "eu-south-1b"]);
    assert!(after.regions["eu-south-1"]["m5.large"].zones.is_empty());
    assert!(after.regions["mx-central-1"]["t4g.small"].zones.is_empty());
    assert!(said.iter().any(|line| line.contains("zones now have your account's names")));
    let contents = after.contents().unwrap();
    let region = contents.regions.iter().find(|region| region.name == "eu-south-1").unwrap();
    assert_eq!(region.zones, ["eu-south-1a", "eu-south-1b"]);
    assert!(region.offers.values().all(|offer| offer.zones.len() == 2));
}

#[test]
fn a_second_refresh_changes_nothing() {
    let (mut tables, _) = refreshed("refresh");
    let once = tables.clone();
    refresh(&mut tables, &fixtures("refresh"), MADE_UP_DAY).unwrap();
    assert_eq!(tables, once);
}

#[test]
fn tables_are_written_as_they_were_read() {
    let tables = Tables::read(&room().unwrap().join("tables")).unwrap();
    let folder = std::env::temp_dir().join(format!("eniac-tables-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("regions")).unwrap();
    tables.write(&folder).unwrap();
    for file in ["instance_types.csv", "fargate.csv", "as_of.json", "regions/eu-west-1.csv"] {
        let bytes = |folder: &Path| std::fs::read_to_string(folder.join(file)).unwrap();
        assert_eq!(bytes(&folder), bytes(&room().unwrap().join("tables")), "{file}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Expected is the document, or the start of the error.
#[test]
fn documents_are_known_by_what_they_hold() {
    for (text, expected) in [
        (r#"{"InstanceTypes": []}"#, "InstanceTypes([])"),
        (r#"{"NextToken": "a", "InstanceTypeOfferings": []}"#, "Offerings([])"),
        (r#"{"offerCode": "AmazonRDS"}"#, "OtherPriceList(\"AmazonRDS\")"),
        (r#"{"Error": {"Code": "ExpiredToken"}}"#, "Unknown"),
        (r#"{"InstanceTypes": [{}]}"#, "missing field `InstanceType` at line 1 column 21"),
        (r#"{"InstanceTypes": ["#, "EOF while parsing a list at line 1 column 19"),
        (
            r#"{"products": 7, "offerCode": "AmazonEC2"}"#,
            "invalid type: integer `7`, expected products by SKU",
        ),
    ] {
        let said = match documents(text.as_bytes()).next().unwrap() {
            Ok(document) => format!("{document:?}"),
            Err(error) => error.to_string(),
        };
        assert!(said.starts_with(expected), "{text}: {said}");
    }
    let terms_first = r#"{"offerCode": "AmazonEC2", "terms": {"OnDemand": {"A": {"A.B": {"priceDimensions": {"A.B.C": {"unit": "Hrs", "pricePerUnit": {"USD": "0.5"}}}}}}}, "products": {"A": {"productFamily": "Compute Instance", "attributes": {"regionCode": "us-east-1", "instanceType": "m5.large", "operatingSystem": "Linux", "tenancy": "Shared", "preInstalledSw": "NA", "capacitystatus": "Used", "operation": "RunInstances"}}}}"#;
    let document = documents(terms_first.as_bytes()).next().unwrap().unwrap();
    let Document::PriceList(mut list) = document else { panic!("{document:?}") };
    assert_eq!(list.prices()[0].per_hour.to_string(), "0.5");
}

#[test]
fn errors_say_what_to_do() {
    let folder = std::env::temp_dir().join(format!("eniac-from-aws-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("saved.json");
    let mut tables = small_tables();
    for (bytes, expected) in [
        (&b"\xff\xfe{\0"[..], "save it as UTF-8"),
        (b"{\"InstanceTypes\": [", "saved.json: cannot be read: save it again, whole: EOF"),
        (b"instance_type,vcpu", "nothing to read: save output of `aws ec2"),
        (b"\xef\xbb\xbf{\"InstanceTypes\": []}", "nothing to read"),
    ] {
        std::fs::write(&file, bytes).unwrap();
        let error = refresh(&mut tables, &folder, MADE_UP_DAY).unwrap_err();
        assert!(format!("{error:#}").contains(expected), "{error:#}");
    }
    let missing = refresh(&mut tables, &folder.join("nowhere"), None).unwrap_err();
    assert!(format!("{missing:#}").contains("cannot read the folder"), "{missing:#}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn places() {
    let id = |region: &str| Place::ZoneId { region: region.to_owned() };
    let name = |region: &str| Place::ZoneName { region: region.to_owned() };
    for (location, expected) in [
        ("us-east-1", Place::Region),
        ("us-gov-west-1", Place::Region),
        ("us-east-1a", name("us-east-1")),
        ("us-gov-east-1c", name("us-gov-east-1")),
        ("use1-az1", id("us-east-1")),
        ("apse7-az3", id("ap-southeast-7")),
        ("apne1-az4", id("ap-northeast-1")),
        ("ape2-az1", id("ap-east-2")),
        ("mxc1-az1", id("mx-central-1")),
        ("usgw1-az2", id("us-gov-west-1")),
        ("use1-bos1-az1", Place::Elsewhere),
        ("us-east-1-bos-1a", Place::Elsewhere),
        ("us-east-1-wl1-bos-wlz-1", Place::Elsewhere),
        ("arn:aws:outposts:us-east-1:1:outpost/op-1", Place::Elsewhere),
        ("", Place::Elsewhere),
        ("\u{e9}\u{e9}-az1", Place::Elsewhere),
    ] {
        assert_eq!(place(location), expected, "{location}");
    }
}

/// Each zone id of the tables leads to the region in which it stands.
#[test]
fn known_zones_lead_to_their_regions() {
    let tables = Tables::read(&room().unwrap().join("tables")).unwrap();
    for (region, rows) in &tables.regions {
        for zone in rows.values().flat_map(|row| &row.zones) {
            assert_eq!(place(zone), Place::ZoneId { region: region.clone() });
        }
    }
}

#[test]
fn days() {
    for (days, expected) in [
        (0, "1970-01-01"),
        (59, "1970-03-01"),
        (789, "1972-02-29"),
        (11_016, "2000-02-29"),
        (11_017, "2000-03-01"),
        (20_778, "2026-11-21"),
        (47_540, "2100-02-28"),
        (47_541, "2100-03-01"),
    ] {
        assert_eq!(day(days), expected);
    }
}
