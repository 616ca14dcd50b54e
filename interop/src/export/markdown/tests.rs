//! What a pull request gets, over the golden scenarios.

use super::*;
use crate::export::golden;

#[test]
fn a_pull_request_reads_like_this() {
    let before = golden::report("managed-10-tasks-of-14000-mib");
    let after = golden::report("managed-10-tasks-of-3500-mib");
    insta::assert_snapshot!("compared", markdown(&after, Some(&before)));
    for name in
        ["managed-a-shop", "gpu-and-windows", "group-with-ports-and-containers", "no-services"]
    {
        insta::assert_snapshot!(name, markdown(&golden::report(name), None));
    }
}

/// Each line of a table has as many cells as its first one, whatever services are called.
#[test]
fn tables_stay_tables() {
    for (name, mut report) in golden::reports() {
        for service in &mut report.services {
            service.name = "a|b\n| c \\| <b>".to_owned();
        }
        let text = markdown(&report, Some(&report));
        let mut width = 0;
        for line in text.lines() {
            let cells = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
            if !line.starts_with('|') {
                width = 0;
            } else if width == 0 {
                width = cells;
            }
            assert!(!line.starts_with('|') || cells == width, "{name}: {line}");
        }
        assert!(!text.contains("<b>"), "{name}");
    }
}
