//! Why a change has no literal in the files.

use super::Reading;
use super::changes::FieldChange;
use crate::import::{Format, Import, Origin};
use serde_json::Value as Json;

/// Of a list that is longer or shorter.
pub(super) const LIST: &str = "the files have no list of literals for it, or more than commas between them: \
                    change it there";

pub(super) fn why_no_literal(
    reading: &Reading<'_>,
    origin: Option<&Origin>,
    change: &FieldChange,
    is_made: bool,
) -> String {
    let imported = reading.imported;
    if is_made {
        return "a plan or a state only tells what Terraform has worked out: change the configuration, \
                and make it anew"
            .to_owned();
    }
    if change.after.is_null() && change.before.is_object() {
        return "it is removed: take its resource out of the files".to_owned();
    }
    if is_answered(reading, origin) {
        return "it was answered, not written: answer it anew".to_owned();
    }
    if origin.is_some() {
        let because = match &change.before {
            Json::Array(_) if change.after.is_null() => "it is removed: take it out of the files",
            Json::Array(_) => LIST,
            _ => "the files work it out from several literals",
        };
        return because.to_owned();
    }
    let of_files = imported.origins.iter().any(|it| within(&it.path, root(&change.origin_path)));
    match (of_files, change.before.is_null()) {
        (true, true) => "the files do not say it: add it there".to_owned(),
        (true, false) => "the files do not say it, or not in one literal".to_owned(),
        (false, _) if imported.files.iter().any(|it| it.format == Some(Format::Scenario)) => {
            "it is no other tool's: write the scenario itself".to_owned()
        }
        (false, _) => "the files have no resource for it: add one".to_owned(),
    }
}

/// Whether the field is another, or comes from elsewhere, when no question is answered.
fn is_answered(reading: &Reading<'_>, origin: Option<&Origin>) -> bool {
    let (Some(without), Some(origin)) = (&reading.unanswered, origin) else { return false };
    let value =
        |of: &Import| eniac_core::scenario::document::get(&of.scenario, &origin.path).cloned();
    let is_same = |it: &&Origin| it.path == origin.path && it.span == origin.span;
    origin.span.is_none()
        && (!without.origins.iter().any(|it| is_same(&it))
            || value(without) != value(reading.imported))
}

/// `services[0]` of `services[0].taskDefinition.cpu`, `capacity` of `capacity.…`.
pub(super) fn root(path: &str) -> &str {
    path.split('.').next().unwrap_or(path)
}

pub(super) fn within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
