//! The catalogue, opened: all types, and its regions by name.

use crate::codec::{self, OpenedTypes, RegionPlace};
use crate::lookup;
use crate::{
    CatalogError, InstanceType, Provenance, RegionCatalog, RegionError, TypeId, UnknownName,
};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt;
use std::ops::Index;
use std::sync::Arc;

static EMBEDDED: &[u8] = include_bytes!("catalogue.bin");

/// The facts that eniac plans with. A clone shares them.
#[derive(Clone)]
pub struct Catalog(Arc<Opened>);

struct Opened {
    bytes: Cow<'static, [u8]>,
    types: OpenedTypes,
    regions: Vec<RegionPlace>,
    provenance: Vec<Provenance>,
}

/// What a region has, without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RegionSummary<'a> {
    /// `us-east-1`.
    pub name: &'a str,
    /// Zone ids in order; empty where no source lists them.
    pub zones: &'a [String],
    /// Types that can be launched there.
    pub offers: u16,
    /// Those of them with a price.
    pub priced: u16,
    /// Whether Fargate's rates are known.
    pub has_fargate: bool,
}

impl Catalog {
    /// The catalogue that is built in.
    pub fn embedded() -> Result<Self, CatalogError> {
        Self::open(Cow::Borrowed(EMBEDDED))
    }

    /// A catalogue that `cargo xtask catalog --out FILE` wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CatalogError> {
        // Opened before copied: bytes that are no catalogue, however long, cost nothing.
        let outline = codec::open(bytes)?;
        Ok(Self::from_outline(Cow::Owned(bytes.to_vec()), outline))
    }

    fn open(bytes: Cow<'static, [u8]>) -> Result<Self, CatalogError> {
        let outline = codec::open(&bytes)?;
        Ok(Self::from_outline(bytes, outline))
    }

    fn from_outline(bytes: Cow<'static, [u8]>, outline: codec::Outline) -> Self {
        let codec::Outline { provenance, types, regions } = outline;
        Self(Arc::new(Opened { bytes, types, regions, provenance }))
    }

    /// All types, in name order; a [`TypeId`] is a place in it.
    pub fn types(&self) -> &[InstanceType] {
        &self.0.types.types
    }

    /// The type at `id`, if the id is of this catalogue. Where it surely is, `catalog[id]` is
    /// shorter.
    pub fn get(&self, id: TypeId) -> Option<&InstanceType> {
        self.types().get(usize::from(id.0))
    }

    /// The type of that name. Letter case and surrounding space do not matter.
    pub fn find(&self, name: &str) -> Result<TypeId, UnknownName> {
        lookup::find_type(self.types(), name)
    }

    /// What each region has, in name order.
    pub fn regions(&self) -> impl ExactSizeIterator<Item = RegionSummary<'_>> {
        self.0.regions.iter().map(|place| RegionSummary {
            name: &place.entry.name,
            zones: &place.entry.zones,
            offers: place.entry.offers,
            priced: place.entry.priced,
            has_fargate: place.entry.has_fargate,
        })
    }

    /// The regions' names, in order. Some have offers without prices, some only Fargate's rates:
    /// see [`Catalog::regions`].
    pub fn region_names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.regions().map(|region| region.name)
    }

    /// Opens the region of that name. Letter case and surrounding space do not matter.
    pub fn region(&self, name: &str) -> Result<RegionCatalog, RegionError> {
        let regions = &self.0.regions;
        let place = lookup::find_region(&self.regions().collect::<Vec<_>>(), name)?;
        let Some(place) = regions.get(place) else {
            return Err(RegionError::Corrupt(codec::corrupt(name, "not there")));
        };
        codec::open_region(&self.0.bytes, place, &self.0.types).map_err(RegionError::Corrupt)
    }

    /// Where each part of the catalogue comes from, and as of when.
    pub fn as_of(&self) -> &[Provenance] {
        &self.0.provenance
    }
}

/// For ids of this catalogue: from [`Catalog::find`] or a region's offers.
impl Index<TypeId> for Catalog {
    type Output = InstanceType;

    fn index(&self, id: TypeId) -> &InstanceType {
        &self.types()[usize::from(id.0)]
    }
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalog")
            .field("types", &self.types().len())
            .field("regions", &self.region_names().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
