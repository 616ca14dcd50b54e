//! Figures that AWS's documentation and price lists state, checked in the catalogue.

use eniac_catalog::{Catalog, Generation, MiB, NanoUsdPerHour};

/// Tasks in `awsvpc` mode without and with trunking. Source: ECS Developer Guide,
/// eni-trunking-supported-instance-types and container-instance-eni.
#[test]
fn awsvpc_tasks() {
    let catalog = Catalog::embedded().unwrap();
    for (name, plain, trunked) in [
        ("c5.large", 2, Some(10)),
        ("m6i.8xlarge", 7, Some(90)),
        ("m5.8xlarge", 7, Some(60)),
        ("t3a.small", 1, None),
        ("t3.medium", 2, None),
        ("t4g.small", 2, None),
        ("t4g.xlarge", 3, None),
        ("g4dn.xlarge", 2, None),
        ("m7i-flex.large", 2, Some(4)),
        ("im4gn.large", 2, Some(10)),
        ("i4i.16xlarge", 14, Some(248)),
        ("i4i.32xlarge", 14, Some(498)),
        ("p5.48xlarge", 63, Some(242)),
        ("x2gd.medium", 1, Some(10)),
        ("r5n.large", 2, None),
        ("c5.metal", 14, None),
    ] {
        let each = &catalog[catalog.find(name).unwrap()];
        assert_eq!((each.awsvpc_tasks, each.awsvpc_tasks_trunked), (plain, trunked), "{name}");
        assert_eq!(each.awsvpc_tasks, each.max_enis - 1, "{name}");
    }
}

/// us-east-1, On-Demand, Linux.
#[test]
fn prices() {
    let catalog = Catalog::embedded().unwrap();
    let region = catalog.region("us-east-1").unwrap();
    for (name, usd) in [
        ("t3.small", "0.0208"),
        ("t3.medium", "0.0416"),
        ("t4g.small", "0.0168"),
        ("t4g.medium", "0.0336"),
        ("t4g.large", "0.0672"),
        ("t4g.xlarge", "0.1344"),
        ("c6g.large", "0.068"),
        ("c7g.large", "0.0725"),
        ("m6g.large", "0.077"),
        ("m7g.large", "0.0816"),
        ("m8g.large", "0.08976"),
        ("r6g.large", "0.1008"),
        ("r7g.large", "0.1071"),
        ("i4g.large", "0.15444"),
        ("im4gn.large", "0.1819"),
        ("is4gen.large", "0.28815"),
    ] {
        let price = region.offers[&catalog.find(name).unwrap()].on_demand.unwrap();
        assert_eq!(price.per_hour.to_string(), usd, "{name}");
    }
    let fargate = region.fargate.unwrap();
    assert_eq!(fargate.x86_vcpu, NanoUsdPerHour(40_480_000));
    assert_eq!(fargate.arm_gb, NanoUsdPerHour(3_560_000));
}

/// Memory that a Bottlerocket guest was measured to see.
#[test]
fn visible_memory() {
    let catalog = Catalog::embedded().unwrap();
    for (name, advertised, visible) in [
        ("t3.small", 2048, Some(1917)),
        ("t4g.small", 2048, Some(1851)),
        ("t4g.medium", 4096, Some(3840)),
        ("m5.large", 8192, Some(7633)),
        ("im4gn.large", 8192, Some(7772)),
        ("is4gen.large", 12288, Some(11720)),
        ("m8g.large", 8192, None),
    ] {
        let each = &catalog[catalog.find(name).unwrap()];
        assert_eq!(each.memory, MiB(advertised), "{name}");
        assert_eq!(each.visible_memory, visible.map(MiB), "{name}");
    }
}

#[test]
fn families_sizes_and_accelerators() {
    let catalog = Catalog::embedded().unwrap();
    let each = |name: &str| &catalog[catalog.find(name).unwrap()];
    assert_eq!(
        (each("c7i-flex.large").family(), each("c7i-flex.large").size()),
        ("c7i-flex", "large")
    );
    assert_eq!(each("g4dn.12xlarge").gpus(), 4);
    assert_eq!(each("inf2.xlarge").gpus(), 0);
    assert_eq!(each("m5.large").generation, Generation::Previous);
    assert_eq!(each("m5.metal").hypervisor, None);
    assert!(each("m5.large").enis_per_card.is_empty());
    assert_eq!(each("p5.48xlarge").enis_per_card, [2; 32]);
}

/// Regions with gaps open and say what they lack.
#[test]
fn regions_with_gaps() {
    let catalog = Catalog::embedded().unwrap();
    for name in ["ca-west-1", "ap-southeast-5"] {
        let region = catalog.region(name).unwrap();
        assert_eq!(region.zones.len(), 3, "{name}");
        assert!(region.offers.len() > 300, "{name}");
        assert!(region.offers.values().all(|offer| offer.on_demand.is_none()), "{name}");
        assert!(region.offers.values().all(|offer| !offer.zones.is_empty()), "{name}");
    }
    for name in ["us-gov-east-1", "us-gov-west-1"] {
        let region = catalog.region(name).unwrap();
        assert!(region.offers.is_empty() && region.zones.is_empty(), "{name}");
        assert!(region.fargate.is_some(), "{name}");
    }
}
