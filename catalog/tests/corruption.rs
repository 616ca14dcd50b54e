//! Bytes that are no catalogue, or no longer one: always an error, never a panic, a long wait or
//! a wrong figure.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use eniac_catalog::{Catalog, CatalogError, RegionError};
use proptest::prelude::*;
use std::sync::LazyLock;

static BLOB: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/catalogue.bin");
    std::fs::read(path).unwrap()
});

/// What stands before the directory: mark, version, the directory's two lengths and the checksum.
const HEADER_BYTES: usize = 18;

/// Opens all of it: an error, or the figures of the embedded catalogue.
fn error_or_unaltered(bytes: &[u8]) -> Result<(), CatalogError> {
    let catalog = Catalog::from_bytes(bytes)?;
    let original = Catalog::embedded().unwrap();
    assert_eq!(catalog.types(), original.types());
    assert_eq!(catalog.as_of(), original.as_of());
    for name in original.region_names() {
        match catalog.region(name) {
            Ok(region) => assert_eq!(region, original.region(name).unwrap()),
            Err(RegionError::Corrupt(error)) => return Err(error),
            Err(other) => panic!("{other}"),
        }
    }
    Ok(())
}

#[test]
fn messages() {
    let mut newer = BLOB.clone();
    newer[5] = 9;
    let mut altered = BLOB.clone();
    altered[HEADER_BYTES + 40] ^= 1;
    for (bytes, expected) in [
        (&b""[..], "not a catalogue: write one with `cargo xtask catalog --out FILE`"),
        (b"{}", "not a catalogue: write one with `cargo xtask catalog --out FILE`"),
        (
            &newer,
            "catalogue format 9, but only format 2 can be read: \
                  write it again with this version's `cargo xtask catalog --out FILE`",
        ),
        (
            &BLOB[..8],
            "corrupt catalogue: directory: cut short; \
                  write it again with `cargo xtask catalog --out FILE`",
        ),
        (
            &altered,
            "corrupt catalogue: directory: altered, by its checksum; \
                  write it again with `cargo xtask catalog --out FILE`",
        ),
    ] {
        assert_eq!(Catalog::from_bytes(bytes).unwrap_err().to_string(), expected);
    }
}

#[test]
fn its_own_bytes() {
    assert_eq!(error_or_unaltered(&BLOB), Ok(()));
}

#[test]
fn cut_short() {
    for length in (0..2000).chain((2000..BLOB.len()).step_by(173)) {
        assert!(Catalog::from_bytes(&BLOB[..length]).is_err(), "{length} bytes");
    }
}

#[test]
fn something_after_its_end() {
    let longer = [BLOB.as_slice(), b"\0"].concat();
    assert!(Catalog::from_bytes(&longer).is_err());
}

#[test]
fn a_length_beyond_memory() {
    for place in [6, 10] {
        let mut bytes = BLOB.clone();
        bytes[place..place + 4].fill(0xff);
        assert!(Catalog::from_bytes(&bytes).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    /// A single wrong bit is always found. That of each bit there is: `codec::laws`.
    #[test]
    fn a_wrong_bit(place in 0..BLOB.len(), bit in 0..8_u8) {
        let mut bytes = BLOB.clone();
        bytes[place] ^= 1 << bit;
        prop_assert!(error_or_unaltered(&bytes).is_err());
    }

    /// So is any burst of up to 32 wrong bits within a part.
    #[test]
    fn a_burst(place in HEADER_BYTES..BLOB.len() - 4, wrong in any::<[u8; 4]>()) {
        let mut bytes = BLOB.clone();
        for (byte, wrong) in bytes[place..].iter_mut().zip(wrong) {
            *byte ^= wrong;
        }
        prop_assert_eq!(error_or_unaltered(&bytes).is_err(), wrong != [0; 4]);
    }

    /// Whatever stands in the bytes, opening all of it ends.
    #[test]
    fn wrong_bytes(places in prop::collection::vec((0..BLOB.len(), any::<u8>()), 1..20)) {
        let mut bytes = BLOB.clone();
        for (place, byte) in places {
            bytes[place] = byte;
        }
        if let Ok(catalog) = Catalog::from_bytes(&bytes) {
            for name in catalog.region_names() {
                let _ = catalog.region(name);
            }
        }
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300), as_catalogue in any::<bool>()) {
        let bytes = if as_catalogue { [b"ENIAC\x02", bytes.as_slice()].concat() } else { bytes };
        prop_assert!(Catalog::from_bytes(&bytes).is_err());
    }
}
