//! The sizes of what is shipped, against a committed snapshot.
//!
//! Growth and shrinkage both fail, so that the snapshot is always true; the tolerance is for what
//! the optimisers of two machines may do differently. The module's README tells the snapshot's.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::Context;
use crate::tools::Tool;
use crate::workspace::Workspace;

const TOLERANCE_PERCENT: u64 = 2;
/// A gzip file's header and trailer around the deflated bytes.
const GZIP_FRAME: u64 = 18;
/// What the module's users fetch, as its README calls it.
const TOLD: [(&str, &str); 4] = [
    ("planner.wasm", "the planner, when it is first asked"),
    ("interop.wasm", "other tools' formats, when they are first used"),
    ("us-east-1.js", "the catalogue of a region as data, such as `eniac/catalog/us-east-1`"),
    ("terminal.wasm", "the terminal command, read by `npx eniac` only"),
];
const TABLE_BEGINS: &str = "<!-- Sizes, written by cargo xtask test sizes --bless. -->\n";
const TABLE_ENDS: &str = "<!-- End of sizes. -->\n";
const HEAD: &str = "\
# Bytes of what is shipped, plain and gzipped. `cargo xtask test sizes` fails when one is more than
# 2 % away; `cargo xtask test sizes --bless` writes what it measures.
";

/// One file's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Size {
    name: String,
    plain: u64,
    gzipped: u64,
}

pub(super) fn run(context: &Context) -> Result<()> {
    context.tools.path(Tool::WasmOpt).context("sizes are those of the optimised files")?;
    let measured = measure(&context.workspace)?;
    print!("{}", written(&measured));
    let snapshot = context.workspace.root().join("tests/sizes/sizes.txt");
    let readme = context.workspace.root().join("npm/README.md");
    let told = std::fs::read_to_string(&readme)
        .with_context(|| format!("cannot read {}", readme.display()))?;
    if context.bless {
        std::fs::create_dir_all(context.workspace.root().join("tests/sizes"))?;
        std::fs::write(&snapshot, written(&measured))
            .with_context(|| format!("cannot write {}", snapshot.display()))?;
        std::fs::write(&readme, with_table(&told, &measured)?)
            .with_context(|| format!("cannot write {}", readme.display()))?;
        println!("written to tests/sizes/sizes.txt and npm/README.md");
        return Ok(());
    }
    let expected = std::fs::read_to_string(&snapshot)
        .with_context(|| format!("cannot read {}", snapshot.display()))?;
    let expected = read(&expected)?;
    let mut complaints = compare(&expected, &measured);
    if with_table(&told, &expected)? != told {
        complaints.push("npm/README.md tells other sizes than the snapshot".to_owned());
    }
    if complaints.is_empty() {
        return Ok(());
    }
    bail!(
        "{}\nif this is meant, write the new sizes: cargo xtask test sizes --bless",
        complaints.join("\n")
    )
}

/// The README with the table of these sizes in the place of its own.
fn with_table(readme: &str, sizes: &[Size]) -> Result<String> {
    let parts = readme.split_once(TABLE_BEGINS).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(TABLE_ENDS)?;
        Some((before, after))
    });
    let (before, after) = parts.context("npm/README.md has no place for sizes")?;
    let mut table = "| what is fetched | KB | KB gzipped |\n|---|---:|---:|\n".to_owned();
    for (name, told) in TOLD {
        let size = sizes.iter().find(|size| size.name == name);
        let size = size.with_context(|| format!("{name} is not measured"))?;
        let kilobytes = |bytes: u64| bytes.div_ceil(1000);
        let (plain, gzipped) = (kilobytes(size.plain), kilobytes(size.gzipped));
        let _ = writeln!(table, "| {told} | {plain} | {gzipped} |");
    }
    Ok(format!("{before}{TABLE_BEGINS}{table}{TABLE_ENDS}{after}"))
}

fn measure(workspace: &Workspace) -> Result<Vec<Size>> {
    let site = workspace.dist().join("site");
    let package = workspace.dist().join("npm/eniac");
    let files: [(&str, PathBuf); 6] = [
        ("page.wasm", site.join("www/page/eniac_web_bg.wasm")),
        ("planner.wasm", site.join("www/planner/eniac_wasm_bg.wasm")),
        ("interop.wasm", site.join("www/interop/eniac_interop_wasm_bg.wasm")),
        ("terminal.wasm", package.join("terminal/eniac_terminal_wasm_bg.wasm")),
        ("us-east-1.js", package.join("catalog/us-east-1.js")),
        ("catalogue", workspace.root().join("catalog/src/catalogue.bin")),
    ];
    files.iter().map(|(name, file)| measure_one(name, file)).collect()
}

fn measure_one(name: &str, file: &Path) -> Result<Size> {
    let bytes =
        std::fs::read(file).with_context(|| format!("cannot measure {}", file.display()))?;
    let deflated = miniz_oxide::deflate::compress_to_vec(&bytes, 9);
    Ok(Size {
        name: name.to_owned(),
        plain: bytes.len() as u64,
        gzipped: deflated.len() as u64 + GZIP_FRAME,
    })
}

fn written(sizes: &[Size]) -> String {
    let mut text = HEAD.to_owned();
    for Size { name, plain, gzipped } in sizes {
        let _ = writeln!(text, "{name:<14}{plain:>10}{gzipped:>10}");
    }
    text
}

fn read(text: &str) -> Result<Vec<Size>> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let wrong = || format!("tests/sizes/sizes.txt: {line:?} is not NAME BYTES GZIPPED");
            let mut words = line.split_whitespace();
            let name = words.next().with_context(wrong)?.to_owned();
            let mut figure = || words.next().and_then(|word| word.parse().ok());
            let plain = figure().with_context(wrong)?;
            let gzipped = figure().with_context(wrong)?;
            Ok(Size { name, plain, gzipped })
        })
        .collect()
}

/// A sentence for each file that is missing, new, or out of tolerance.
fn compare(expected: &[Size], measured: &[Size]) -> Vec<String> {
    let mut complaints = Vec::new();
    for size in expected {
        let Some(now) = measured.iter().find(|now| now.name == size.name) else {
            complaints.push(format!("{} is in the snapshot and no longer built", size.name));
            continue;
        };
        for (what, was, is) in
            [("bytes", size.plain, now.plain), ("bytes gzipped", size.gzipped, now.gzipped)]
        {
            if was.abs_diff(is) * 100 > was * TOLERANCE_PERCENT {
                complaints.push(format!(
                    "{}: {is} {what}, {was} in the snapshot (more than {TOLERANCE_PERCENT} % away)",
                    size.name
                ));
            }
        }
    }
    for now in measured {
        if !expected.iter().any(|size| size.name == now.name) {
            complaints.push(format!("{} is not in the snapshot", now.name));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(name: &str, plain: u64, gzipped: u64) -> Size {
        Size { name: name.to_owned(), plain, gzipped }
    }

    #[track_caller]
    fn check(expected: &[Size], measured: &[Size], complaints: &[&str]) {
        let found = compare(expected, measured);
        assert_eq!(found.len(), complaints.len(), "{found:?}");
        for (found, part) in found.iter().zip(complaints) {
            assert!(found.contains(part), "{found} does not say {part}");
        }
    }

    #[test]
    fn sizes_hold_within_two_percent_both_ways() {
        let snapshot = [size("a", 1000, 500)];
        check(&snapshot, &[size("a", 1000, 500)], &[]);
        check(&snapshot, &[size("a", 1020, 490)], &[]);
        check(&snapshot, &[size("a", 1021, 500)], &["a: 1021 bytes, 1000"]);
        check(&snapshot, &[size("a", 979, 500)], &["a: 979 bytes, 1000"]);
        check(&snapshot, &[size("a", 1000, 511)], &["511 bytes gzipped"]);
        check(&snapshot, &[], &["no longer built"]);
        check(&[], &snapshot, &["not in the snapshot"]);
        check(&[size("a", 0, 0)], &[size("a", 1, 0)], &["a: 1 bytes"]);
    }

    #[test]
    fn a_readme_tells_the_sizes() {
        let sizes: Vec<Size> = TOLD.map(|(name, _)| size(name, 12_345, 6_000)).into();
        let readme = format!("# eniac\n{TABLE_BEGINS}old\n{TABLE_ENDS}\nMore.\n");
        let told = with_table(&readme, &sizes).unwrap();
        assert!(told.contains("when it is first asked | 13 | 6 |\n"), "{told}");
        assert!(told.starts_with("# eniac\n") && told.ends_with("\nMore.\n"), "{told}");
        assert_eq!(with_table(&told, &sizes).unwrap(), told);
        assert!(with_table("# eniac\n", &sizes).is_err());
        assert!(with_table(&readme, &sizes[1..]).is_err());
    }

    #[test]
    fn a_snapshot_reads_back_as_written() {
        let sizes = [size("page.wasm", 200_000, 80_000), size("catalogue", 61_000, 60_000)];
        assert_eq!(read(&written(&sizes)).unwrap(), sizes);
        assert!(read("page.wasm 12").is_err());
        assert!(read("page.wasm 12 -3").is_err());
    }
}
