//! Files of every format, cut off, changed and made of nothing but bytes: each import ends.

use crate::files::cases;
use eniac_core::scenario;
use eniac_interop::{ExportFormat, ImportSettings, InputFile, export_scenario, import};
use proptest::prelude::*;
use proptest::sample::Index;
use std::path::Path;
use std::sync::LazyLock;

/// Longer ones take time and break no other way.
const LONGEST: usize = 40_000;

const FORMATS: [ExportFormat; 3] =
    [ExportFormat::Cli, ExportFormat::Terraform, ExportFormat::ServicesCsv];

/// Names and contents: what is in the folders, what is exported of golden scenarios, small hostile
/// files.
static FIXTURES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut fixtures = Vec::new();
    for folder in ["tests/links", "../tests/imports", "../tests/scenarios"] {
        collect(&here.join(folder), &mut fixtures);
    }
    let read =
        |(_, bytes): &(String, Vec<u8>)| scenario::read(std::str::from_utf8(bytes).ok()?).ok();
    let scenarios: Vec<_> = fixtures.iter().filter_map(read).collect();
    for reading in scenarios {
        for format in FORMATS {
            let export = export_scenario(&reading.scenario, format);
            fixtures.push((export.file_name, export.text.into_bytes()));
        }
    }
    fixtures.extend(cases().into_iter().flat_map(|case| case.files).take(60));
    fixtures.retain(|(_, bytes)| bytes.len() <= LONGEST);
    fixtures
});

fn collect(folder: &Path, fixtures: &mut Vec<(String, Vec<u8>)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, fixtures);
        } else if let Ok(bytes) = std::fs::read(&path) {
            fixtures.push((path.display().to_string(), bytes));
        }
    }
}

fn ends(files: &[InputFile<'_>]) -> Result<(), TestCaseError> {
    let import = import(files, &ImportSettings::default());
    prop_assert_eq!(import.files.len(), files.len());
    prop_assert!(import.scenario.is_object());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_file_cut_off_anywhere(which in any::<Index>(), place in any::<Index>()) {
        let (name, bytes) = which.get(&FIXTURES);
        ends(&[InputFile { name, bytes: &bytes[..place.index(bytes.len() + 1)] }])?;
    }

    #[test]
    fn a_file_with_a_byte_changed(
        which in any::<Index>(),
        place in any::<Index>(),
        byte in prop_oneof![any::<u8>(), prop::sample::select(&b"{}[]()\"'$%:,-\n*&!"[..])],
    ) {
        let (name, bytes) = which.get(&FIXTURES);
        let mut bytes = bytes.clone();
        if !bytes.is_empty() {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        ends(&[InputFile { name, bytes: &bytes }])?;
    }

    #[test]
    fn files_that_do_not_belong_together(which in any::<[Index; 3]>()) {
        let files = which.map(|it| it.get(&FIXTURES));
        ends(&files.map(|(name, bytes)| InputFile { name, bytes }))?;
    }

    #[test]
    fn any_bytes(name in "[a-z]{1,3}\\.(tf|json|csv|yaml|tfvars|txt)", bytes in any::<Vec<u8>>()) {
        ends(&[InputFile { name: &name, bytes: &bytes }])?;
    }

    #[test]
    fn any_text(name in "[a-z]{1,3}\\.(tf|json|csv|yaml|tfvars|txt)", text in any::<String>()) {
        ends(&[InputFile { name: &name, bytes: text.as_bytes() }])?;
    }
}
