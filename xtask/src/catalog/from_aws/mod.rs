//! `--from-aws DIR`: brings the tables up to date with what AWS's own command line and price list
//! say, from files that the user saved. No request is made here.
//!
//! Files are known by what they hold, not by their names. What they cover replaces what the
//! tables say; everything else stays. Each file's share, each change and all that was left out is
//! said.

mod apply;
mod document;
mod instance_types;
mod offerings;
mod price_list;
mod saved_on;
#[cfg(test)]
mod tests;
mod zone;

use super::tables::Tables;
use anyhow::{Context, bail};
use apply::Facts;
use document::Document;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Folders within folders are followed this far.
const DEEPEST_FOLDER: usize = 4;
const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";
const WANTED: &str = "output of `aws ec2 describe-instance-types` or \
                      `describe-instance-type-offerings`, or the AmazonEC2 price list in JSON";

/// Updates `tables`; returns what is to be said about it, line by line.
pub(super) fn refresh(
    tables: &mut Tables,
    folder: &Path,
    as_of: Option<&str>,
) -> anyhow::Result<Vec<String>> {
    let mut said = Vec::new();
    let mut facts = Facts::default();
    for path in files_in(folder, DEEPEST_FOLDER)? {
        let shown = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        for line in read_file(&path, as_of, &mut facts)? {
            said.push(format!("{shown}: {line}"));
        }
    }
    if facts.is_empty() {
        for line in said {
            eprintln!("{line}");
        }
        bail!("{}: nothing to read: save {WANTED} there", folder.display());
    }
    said.extend(facts.apply_to(tables));
    Ok(said)
}

/// All files, in name order.
fn files_in(folder: &Path, deeper: usize) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<_>>>()?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path);
        } else if deeper > 0 {
            files.extend(files_in(&path, deeper - 1)?);
        }
    }
    Ok(files)
}

/// Reads all documents of one file into `facts`.
fn read_file(path: &Path, as_of: Option<&str>, facts: &mut Facts) -> anyhow::Result<Vec<String>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let saved_on = match as_of {
        Some(day) => day.to_owned(),
        None => saved_on::day_of(&file).with_context(|| path.display().to_string())?,
    };
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let start = reader.fill_buf().with_context(|| format!("cannot read {}", path.display()))?;
    if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
        bail!(
            "{}: is UTF-16, as PowerShell's `>` writes it: save it as UTF-8 \
             (`| Out-File -Encoding utf8`)",
            path.display()
        );
    }
    if start.starts_with(UTF8_MARK) {
        reader.consume(UTF8_MARK.len());
    }
    let start = reader.fill_buf().unwrap_or_default();
    if start.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return Ok(vec![format!("left out: not {WANTED}")]);
    }
    let mut said = Vec::new();
    for document in documents(reader) {
        let document = document
            .with_context(|| format!("{}: cannot be read: save it again, whole", path.display()))?;
        said.push(facts.add(document, &saved_on));
    }
    Ok(said)
}

/// Pages that were saved into one file stand one after the other.
fn documents(reader: impl Read) -> impl Iterator<Item = serde_json::Result<Document>> {
    serde_json::Deserializer::from_reader(reader).into_iter()
}
