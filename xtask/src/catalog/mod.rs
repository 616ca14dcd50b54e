//! `cargo xtask catalog`: from the source tables to the embedded catalogue.
//!
//! Writes `catalog/src/catalogue.bin` from `catalog/tables/`, the same bytes for the same tables;
//! with `--check` it only says whether that would change anything, and with `--from-aws` it first
//! brings the tables up to date with saved output of the AWS command line. It touches nothing else.

mod from_aws;
mod tables;

use anyhow::{Context, bail};
use eniac_catalog::{Catalog, Contents, Packed, pack};
use miniz_oxide::deflate::compress_to_vec;
use std::path::{Path, PathBuf};
use tables::Tables;

use crate::workspace::Workspace;

/// What gzip adds to a deflate stream.
const GZIP_FRAME_BYTES: usize = 18;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only say whether the blob is what the tables give; fail if it is not.
    #[arg(long, conflicts_with = "out")]
    check: bool,
    /// First bring the tables up to date with saved output of `aws ec2 describe-instance-types`,
    /// `aws ec2 describe-instance-type-offerings --location-type availability-zone-id`, and the
    /// `AmazonEC2` price list (JSON): all files in this folder, under any names.
    #[arg(long, value_name = "DIR", conflicts_with = "check")]
    from_aws: Option<PathBuf>,
    /// The day the saved files are as of (YYYY-MM-DD); otherwise the day each was written.
    #[arg(long, value_name = "DAY", requires = "from_aws", value_parser = day)]
    as_of: Option<String>,
    /// Write the blob here, and leave the project's own blob and tables as they are.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let room = room()?;
    let embedded = room.join("src/catalogue.bin");
    let mut tables = Tables::read(&room.join("tables"))?;
    if let Some(folder) = &arguments.from_aws {
        for line in from_aws::refresh(&mut tables, folder, arguments.as_of.as_deref())? {
            println!("{line}");
        }
    }
    let contents = tables.contents()?;
    let packed = pack(&contents)?;
    confirm(&contents, &packed)?;
    if arguments.check {
        let present = read(&embedded)?;
        if present != packed.bytes {
            bail!(
                "catalog/src/catalogue.bin is not what catalog/tables/ give: \
                 run `cargo xtask catalog` and commit the blob with the tables"
            );
        }
        println!("catalog/src/catalogue.bin is what catalog/tables/ give");
        return Ok(());
    }
    if arguments.from_aws.is_some() && arguments.out.is_none() {
        tables.write(&room.join("tables"))?;
    }
    let out = arguments.out.as_deref().unwrap_or(&embedded);
    std::fs::write(out, &packed.bytes)
        .with_context(|| format!("cannot write {}", out.display()))?;
    report(&contents, &packed, out);
    Ok(())
}

/// `catalog/`, which the working directory need not be near.
fn room() -> anyhow::Result<PathBuf> {
    Ok(Workspace::load()?.root().join("catalog"))
}

/// Accepts `2026-11-21`.
fn day(text: &str) -> Result<String, String> {
    let form = text.char_indices().all(|(place, c)| match place {
        4 | 7 => c == '-',
        _ => c.is_ascii_digit(),
    });
    if form && text.len() == 10 {
        Ok(text.to_owned())
    } else {
        Err("not a day as YYYY-MM-DD".to_owned())
    }
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Opens what was packed and compares all of it: a blob is only written if it says what the
/// tables say.
fn confirm(contents: &Contents, packed: &Packed) -> anyhow::Result<()> {
    let catalog = Catalog::from_bytes(&packed.bytes)?;
    if catalog.types() != contents.types || catalog.as_of() != contents.provenance {
        bail!("the packed types are not those of the tables: a fault of the codec, please report");
    }
    for region in &contents.regions {
        if catalog.region(&region.name)? != *region {
            bail!("{}: packed is not the table: a fault of the codec, please report", region.name);
        }
    }
    Ok(())
}

fn report(contents: &Contents, packed: &Packed, out: &Path) {
    println!("{:>16} {:>6} {:>6} {:>6} {:>8} {:>8}", "", "rows", "priced", "spot", "raw", "packed");
    for part in &packed.parts {
        let region = contents.regions.iter().find(|region| region.name == part.name);
        let (rows, priced, spot) = match (region, part.name.as_str()) {
            (Some(region), _) => {
                let priced = region.offers.values().filter(|o| o.on_demand.is_some()).count();
                let spot = region.offers.values().filter(|o| o.spot.is_some()).count();
                (region.offers.len(), priced.to_string(), spot.to_string())
            }
            (None, "directory") => (contents.provenance.len(), String::new(), String::new()),
            (None, _) => (contents.types.len(), String::new(), String::new()),
        };
        println!(
            "{:>16} {rows:>6} {priced:>6} {spot:>6} {:>8} {:>8}",
            part.name, part.raw_bytes, part.packed_bytes
        );
    }
    let offers: usize = contents.regions.iter().map(|region| region.offers.len()).sum();
    let fargate = contents.regions.iter().filter(|region| region.fargate.is_some()).count();
    println!(
        "{} types, {} regions, {offers} offers, Fargate in {fargate} regions",
        contents.types.len(),
        contents.regions.len(),
    );
    let gzipped = compress_to_vec(&packed.bytes, 10).len() + GZIP_FRAME_BYTES;
    println!("{}: {} bytes, {gzipped} gzipped", out.display(), packed.bytes.len());
}
