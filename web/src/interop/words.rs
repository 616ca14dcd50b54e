//! What formats and kinds of notes are called. Pure.

use eniac_interop::{Format, NoteKind};

/// A format as people call it.
pub fn format_name(format: Format) -> &'static str {
    match format {
        Format::Scenario => "a scenario of eniac's",
        Format::Link => "a link of eniac's",
        Format::EcsJson => "ECS JSON",
        Format::Terraform => "Terraform",
        Format::TerraformJson => "terraform show -json",
        Format::CloudFormation => "CloudFormation",
        Format::Compose => "Compose",
        Format::ServicesTable => "a table of services",
        Format::Usage => "usage data",
        Format::Prices => "prices",
    }
}

/// What stands above the notes of a kind.
pub fn kind_title(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Problem => "Cannot be used as it is",
        NoteKind::Assumed => "Assumed",
        NoteKind::LeftOut => "Left out",
        NoteKind::Understood => "Understood",
    }
}

/// `main.tf:12`.
pub fn place(file: &str, line: Option<u32>) -> String {
    match line {
        Some(line) => format!("{file}:{line}"),
        None => file.to_owned(),
    }
}
