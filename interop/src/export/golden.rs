//! For tests: reports of the scenarios in `tests/scenarios/`.

use eniac_catalog::Catalog;
use eniac_core::plan_text;
use eniac_core::report::Report;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios")
}

pub(super) fn report(name: &str) -> Report {
    let text = std::fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
    plan_text(&Catalog::embedded().unwrap(), &text).unwrap()
}

pub(super) fn reports() -> Vec<(String, Report)> {
    let names = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> =
        names.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), report(&name))).collect()
}
