//! Files that are made to keep this busy, or to make it fall over.

use super::of;
use crate::ImportSettings;
use std::fmt::Write as _;

/// The smallest stack that this runs on: that of a web page.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(work).expect("a thread");
    assert!(thread.join().is_ok());
}

fn check(text: String, expected: &'static str) {
    on_a_small_stack(move || {
        let (_, said) = of(&[("hostile.tf", &text)], &ImportSettings::default());
        let found = said.iter().any(|line| line.contains(expected));
        assert!(found, "{expected}: {:#?}", said.iter().take(5).collect::<Vec<_>>());
    });
}

/// Two thousand local values, each made of the one before, and a service that needs the last.
fn chain(first: &str, next: &str, last: usize) -> String {
    let mut text = format!("locals {{\n  a0 = {first}\n");
    for at in 1..2_000 {
        let next = next.replace("LAST", &format!("local.a{}", at - 1));
        writeln!(text, "  a{at} = {next}").expect("a text grows");
    }
    let service = "resource \"aws_ecs_service\" \"a\" {\n  name = \"a\"\n";
    format!("{text}}}\n{service}  desired_count = length(local.a{last})\n}}\n")
}

#[test]
fn deep_files() {
    check(format!("locals {{ a = {}1{} }}", "[".repeat(5_000), "]".repeat(5_000)), "64 nested");
    check(format!("{}{}", "a {\n".repeat(5_000), "}\n".repeat(5_000)), "64 nested");
    check(format!("locals {{ a = {} 1 }}", "1 + ".repeat(100_000)), "128 chained");
    check("resource \"aws_ecs_service\" {".to_owned(), "not Terraform's language");
}

#[test]
fn values_that_grow_and_grow() {
    check(chain("1", "LAST + 1", 1_999), "lead to each other more than 150 deep");
    check(chain("[1, 1]", "[LAST, LAST]", 30), "more work than eniac does");
    check(chain("\"xxxxxxxxxxxxxxxx\"", "\"${LAST}${LAST}\"", 30), "longer than 1048576 bytes");
    let nested = "[for a in range(9999) : [for b in range(9999) : \"${a}-${b}\"]]";
    check(chain(nested, "LAST", 0), "more work than eniac does");
}

#[test]
fn too_many() {
    let service = "resource \"aws_ecs_service\" \"a\" {\n  name = \"a\"\n  count = 1000000\n}\n";
    check(service.to_owned(), "at most 10000 are made");
    let itself = "module \"a\" {\n  source = \"./\"\n}\nmodule \"b\" {\n  source = \"./\"\n}\n";
    check(itself.to_owned(), "modules call each other");
}
