//! Laws of the codec: whatever a catalogue says comes back exactly; whatever the bytes say, in
//! parts whose checksums are right, opening ends without a panic.

use super::{Contents, RegionColumns, TypeColumns, pack};
use crate::{
    Architecture, Catalog, CpuManufacturer, Generation, InstanceType, MiB, NanoUsdPerHour, Offer,
    Price, PriceBasis, Provenance, RegionCatalog, SpotSaving, TypeId, ZoneSet,
};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;

fn instance_type() -> impl Strategy<Value = InstanceType> {
    let figures = (any::<u32>(), any::<u64>(), option::of(any::<u32>()), option::of(any::<u64>()));
    let lists = (vec(any::<u32>(), 0..4), option::of(any::<u16>()), any::<bool>());
    (figures, lists).prop_map(|((vcpu, memory, some_mbps, some_memory), (enis, ratio, flag))| {
        InstanceType {
            name: String::new(),
            vcpu,
            memory: MiB(memory),
            cpu_manufacturer: CpuManufacturer::Amd,
            architectures: vec![Architecture::X86_64],
            generation: Generation::Current,
            burstable: flag,
            bare_metal: false,
            hypervisor: None,
            local_storage: None,
            accelerators: Vec::new(),
            accelerator_memory: some_memory.map(MiB),
            network_baseline_mbps: some_mbps,
            network_peak_mbps: None,
            ebs_baseline_mbps: some_mbps,
            max_enis: vcpu,
            enis_per_card: enis,
            awsvpc_tasks: vcpu,
            awsvpc_tasks_trunked: some_mbps,
            visible_memory: some_memory.map(MiB),
            spot_supported: flag,
            managed_instances_family: !flag,
            reserved_1_year_per_mille: ratio,
            reserved_3_years_per_mille: ratio,
        }
    })
}

fn offer(zones: usize) -> impl Strategy<Value = Offer> {
    let amount = prop_oneof![0..=NanoUsdPerHour::MAX.0, (0..100_u64).prop_map(|n| n * 1000)];
    let basis = prop_oneof![Just(PriceBasis::Listed), Just(PriceBasis::Estimated)];
    let price =
        (amount, basis).prop_map(|(nano, basis)| Price { per_hour: NanoUsdPerHour(nano), basis });
    let spot = (0..=100_u8, 0..=4_u8)
        .prop_map(|(percent, interruption_band)| SpotSaving { percent, interruption_band });
    let zones = 0..=((1_u32 << zones) - 1);
    (option::of(price), zones, option::of(spot)).prop_map(|(on_demand, zones, spot)| Offer {
        on_demand,
        zones: ZoneSet(u16::try_from(zones).unwrap()),
        spot,
    })
}

fn region(types: u16) -> impl Strategy<Value = RegionCatalog> {
    (0..=16_usize)
        .prop_flat_map(move |zones| {
            let offers = btree_map((0..types).prop_map(TypeId), offer(zones), 0..8);
            (Just(zones), offers)
        })
        .prop_map(|(zones, offers)| RegionCatalog {
            name: String::new(),
            zones: (0..zones).map(|zone| format!("z{zone:02}")).collect(),
            offers,
            fargate: None,
        })
}

fn contents() -> impl Strategy<Value = Contents> {
    let names = btree_set("[a-c][1-3]g?\\.(large|xlarge|metal)", 1..12);
    names
        .prop_flat_map(|names| {
            let count = u16::try_from(names.len()).unwrap();
            let types = vec(instance_type(), names.len());
            let regions = btree_map("[a-z]{2}-[0-9]|us-east-1", region(count), 0..4);
            (Just(names), types, regions)
        })
        .prop_map(|(names, mut types, regions)| {
            for (each, name) in types.iter_mut().zip(names) {
                each.name = name;
            }
            let regions =
                regions.into_iter().map(|(name, region)| RegionCatalog { name, ..region });
            Contents {
                types,
                regions: regions.collect(),
                provenance: vec![Provenance {
                    part: "All".to_owned(),
                    as_of: "2026".to_owned(),
                    source: "made up".to_owned(),
                    licence: String::new(),
                }],
            }
        })
}

/// Puts other bytes into a part's raw bytes.
fn alter(raw: &mut [u8], places: &[(usize, u8)]) {
    for (place, byte) in places {
        let place = place % raw.len();
        raw[place] = *byte;
    }
}

fn raw_region(catalog: &Catalog, name: &str) -> Vec<u8> {
    let opened = catalog.region(name).unwrap();
    let contents = Contents {
        types: catalog.types().to_vec(),
        regions: vec![opened.clone()],
        provenance: Vec::new(),
    };
    let references = super::region::reference_prices(&contents).unwrap();
    let columns = RegionColumns::from_region(&opened, catalog.types(), &references).unwrap();
    postcard::to_allocvec(&columns).unwrap()
}

/// Each wrong bit of the embedded catalogue is found where it stands: in the header and directory
/// at once, in a section when that is opened.
#[test]
fn each_wrong_bit_is_found() {
    let mut bytes = include_bytes!("../catalogue.bin").to_vec();
    let super::Outline { types, regions, .. } = super::open(&bytes).unwrap();
    let starts = regions.iter().map(|place| (place.start, Some(place)));
    let (_, directory) = super::read_header(&bytes).unwrap();
    let mut parts = vec![(0, None), (super::end(super::HEADER_BYTES, directory), None)];
    parts.extend(starts);
    let ends = parts.iter().skip(1).map(|(start, _)| *start).chain([bytes.len()]);
    for ((start, region), end) in parts.clone().into_iter().zip(ends.collect::<Vec<_>>()) {
        for place in start..end {
            for bit in 0..8 {
                bytes[place] ^= 1 << bit;
                let found = match region {
                    Some(region) => super::open_region(&bytes, region, &types).err(),
                    None => super::open(&bytes).err(),
                };
                assert!(found.is_some(), "byte {place}, bit {bit}");
                bytes[place] ^= 1 << bit;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_is_packed_is_opened(contents in contents()) {
        let packed = pack(&contents).unwrap();
        prop_assert_eq!(&packed, &pack(&contents).unwrap());
        let catalog = Catalog::from_bytes(&packed.bytes).unwrap();
        prop_assert_eq!(catalog.types(), contents.types.as_slice());
        prop_assert_eq!(catalog.as_of(), contents.provenance.as_slice());
        for region in &contents.regions {
            prop_assert_eq!(&catalog.region(&region.name).unwrap(), region);
        }
    }

    #[test]
    fn altered_types_are_refused_or_read(places in vec((any::<usize>(), any::<u8>()), 1..9)) {
        let catalog = Catalog::embedded().unwrap();
        let types = &catalog.types()[..200];
        let references = vec![Some(NanoUsdPerHour(41_600_000)); types.len()];
        let mut raw = postcard::to_allocvec(&TypeColumns::from_types(types, &references)).unwrap();
        alter(&mut raw, &places);
        if let Ok((columns, _)) = postcard::take_from_bytes::<TypeColumns>(&raw)
            && let Ok(opened) = columns.into_types()
        {
            prop_assert!(opened.types.is_sorted_by(|a, b| a.name < b.name));
        }
    }

    #[test]
    fn an_altered_region_is_refused_or_read(places in vec((any::<usize>(), any::<u8>()), 1..9)) {
        let catalog = Catalog::embedded().unwrap();
        let mut raw = raw_region(&catalog, "il-central-1");
        alter(&mut raw, &places);
        let columns = TypeColumns::from_types(catalog.types(), &vec![None; catalog.types().len()]);
        let mut types = columns.into_types().unwrap();
        types.references.fill(Some(NanoUsdPerHour(41_600_000)));
        let zones = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
        if let Ok((columns, _)) = postcard::take_from_bytes::<RegionColumns>(&raw)
            && let Ok(region) = columns.into_region("il-central-1", &zones, &types)
        {
            prop_assert!(region.offers.keys().all(|id| catalog.get(*id).is_some()));
        }
    }
}
