//! What golden scenarios look like in each format.

use super::{ExportFormat, export_scenario};
use eniac_core::scenario;

fn check(name: &str, format: ExportFormat) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/scenarios");
    let text = std::fs::read_to_string(format!("{folder}/{name}.json")).unwrap();
    let export = export_scenario(&scenario::read(&text).unwrap().scenario, format);
    let lost = export
        .not_carried
        .iter()
        .map(|it| format!("not carried: {} ({}): {}\n", it.path, it.count, it.because));
    let shown = export.text + "\n" + &lost.collect::<String>();
    insta::assert_snapshot!(format!("{name}.{}", export.file_name), shown);
}

#[test]
fn golden_exports_look_like_this() {
    check("managed-base-and-spot", ExportFormat::Cli);
    check("managed-base-and-spot", ExportFormat::Terraform);
    check("managed-base-and-spot", ExportFormat::CloudFormation);
    check("group-with-ports-and-containers", ExportFormat::Terraform);
    check("group-with-ports-and-containers", ExportFormat::ServicesCsv);
}
