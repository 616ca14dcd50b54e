//! Terraform's own language: `.tf` and `.tfvars` files, put together by folder into modules, and
//! worked out as far as that goes without running or fetching anything.

mod bodies;
mod data;
mod functions;
mod instances;
mod location;
mod modules;
mod names;
mod operators;
mod paths;
mod registry;
mod root;
mod scope;
mod template;
mod types;
mod variables;
mod world;

use super::{Found, Source};
use crate::account::Account;
use crate::import::{Format, ImportSettings};
use crate::node::Place;
use modules::{File, modules};
pub use paths::named_paths;
use world::World;

const FILES: [&str; 2] = [".tf", ".tfvars"];

/// Names of files that templates and user data are read from.
const COMPANIONS: [&str; 6] = [".tftpl", ".tpl", ".sh", ".tmpl", ".json.tpl", ".bash"];

/// By its name, or by a line as only this language has.
pub(super) fn recognises(source: &Source) -> bool {
    let name = source.name.to_ascii_lowercase();
    is_own(source) || COMPANIONS.iter().any(|end| name.ends_with(end))
}

/// Whether it is part of a configuration itself, and not a file that one reads.
fn is_own(source: &Source) -> bool {
    let name = source.name.to_ascii_lowercase();
    let is = |endings: &[&str]| endings.iter().any(|end| name.ends_with(end));
    let has_blocks = || source.json.is_none() && source.text.lines().any(begins_block);
    is(&FILES) || (!is(&COMPANIONS) && has_blocks())
}

/// Takes the files that the configurations among `sources` read by `file("task.json")`, whatever
/// they would be by themselves: the expression says what they are for.
pub(super) fn claim(sources: &mut [Source]) {
    let own = |source: &&Source| source.format == Some(Format::Terraform) && is_own(source);
    let texts: Vec<&str> = sources.iter().filter(own).map(|source| source.text.as_str()).collect();
    let is_named = |source: &Source| {
        let (_, base) = modules::split(&source.name);
        ["/", "\""].iter().any(|before| {
            let path_end = format!("{before}{base}\"");
            texts.iter().any(|text| text.contains(&path_end))
        })
    };
    let claimed: Vec<usize> = (0..sources.len())
        .filter(|&place| {
            sources
                .get(place)
                .is_some_and(|it| it.format != Some(Format::Terraform) && is_named(it))
        })
        .collect();
    for place in claimed {
        if let Some(source) = sources.get_mut(place) {
            source.format = Some(Format::Terraform);
        }
    }
}

/// `resource "aws_ecs_service" "web" {`, and the like.
fn begins_block(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let Some(first) = words.next() else { return false };
    let (labels, end) = match first {
        "resource" | "data" => (2, "{"),
        "variable" | "module" | "provider" | "output" => (1, "{"),
        "locals" | "terraform" => (0, "{"),
        _ => return false,
    };
    let is_label = |word: &str| word.len() > 2 && word.starts_with('"') && word.ends_with('"');
    words.by_ref().take(labels).filter(|word| is_label(word)).count() == labels
        && words.next().is_some_and(|word| word.starts_with(end))
}

pub(super) fn read(
    sources: &[&Source],
    settings: &ImportSettings,
    found: &mut Found,
    account: &mut Account,
) {
    let (own, companions): (Vec<&Source>, Vec<&Source>) =
        sources.iter().copied().partition(|source| is_own(source));
    if own.is_empty() {
        for source in companions {
            let message = "a template or a script says nothing without the files that use it";
            account.problem(Place::file(source.file), "", message);
        }
        return;
    }
    let files: Vec<File<'_>> =
        own.into_iter().filter_map(|source| File::parse(source, account)).collect();
    let mut world = World::new(&files, modules(&files), companions, &settings.answers, account);
    let resources = root::resources(&mut world);
    if world.is_spent() {
        let message =
            "the files lead to more work than eniac does: what came after that is missing";
        world.account.problem(Place::file(0), "", message);
    }
    found.resources.extend(resources);
}

#[cfg(test)]
mod tests;
