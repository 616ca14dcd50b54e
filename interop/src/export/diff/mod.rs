//! A changed scenario back into the files that it was imported from: each literal in its place, in its
//! own style, as a unified diff; and a list of what has no literal there.
//!
//! Nothing is claimed: the changed files are imported again, and what does not come out as it was
//! wanted is not written.

mod changes;
mod style;

use crate::import::{Format, Import, ImportSettings, Origin, import};
use crate::input::{self, InputFile};
use changes::{FieldChange, canonical, changes};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use similar::TextDiff;
use std::collections::{BTreeMap, BTreeSet};

/// When the files do not read back as a whole, literals are tried one by one, up to so many.
const MOST_TRIED: usize = 100;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// A changed scenario in the files that it came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct WriteBack {
    /// The files that change.
    pub files: Vec<ChangedFile>,
    /// The fields whose change is in them.
    pub written: Vec<String>,
    /// Changes that no literal of the files can carry: they are to be made by hand, or by adding
    /// resources.
    pub not_written: Vec<NotWritten>,
}

/// A file with changed literals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ChangedFile {
    /// Its name.
    pub name: String,
    /// What is in it then, with the byte order mark if it had one.
    pub text: String,
    /// What changes, as a unified diff.
    pub diff: String,
}

/// A change that the files do not carry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct NotWritten {
    /// The field of the changed scenario.
    pub path: String,
    /// Its value as the files have it.
    #[cfg_attr(feature = "typescript", tsify(type = "unknown"))]
    pub before: Json,
    /// Its value in the changed scenario.
    #[cfg_attr(feature = "typescript", tsify(type = "unknown"))]
    pub after: Json,
    /// The file nearest to it, if one says anything near.
    pub file: Option<String>,
    /// The line there.
    pub line: Option<u32>,
    /// Why.
    pub because: String,
}

/// A literal and what it becomes.
struct Exchange {
    file: usize,
    span: (u32, u32),
    text: String,
    changes: Vec<FieldChange>,
}

/// Writes a changed scenario into the files that gave it, under the same settings.
pub fn write_back(files: &[InputFile<'_>], settings: &ImportSettings, changed: &Json) -> WriteBack {
    let imported = import(files, settings);
    let texts: Vec<String> =
        files.iter().map(|file| input::text(file).unwrap_or_default()).collect();
    let mut back = WriteBack { files: Vec::new(), written: Vec::new(), not_written: Vec::new() };
    let exchanges = exchanges(&imported, &texts, changed, &mut back.not_written);
    let trial = Trial { files, settings, texts: &texts, before: &canonical(&imported.scenario) };
    let (exchanges, failed) = trial.what_holds(exchanges);
    for exchange in failed {
        for change in exchange.changes {
            let because = "the file would not be read back as wanted: its literal decides more than \
                           this field, or may not hold the value";
            back.not_written.push(not_written(&imported, change, because.to_owned()));
        }
    }
    let patched = trial.patched(&exchanges.iter().collect::<Vec<_>>());
    for ((file, before), after) in files.iter().zip(&texts).zip(patched) {
        if *before != after {
            back.files.push(changed_file(file, before, &after));
        }
    }
    let written = exchanges.into_iter().flat_map(|it| it.changes).map(|change| change.path);
    back.written = written.collect();
    back.written.sort();
    back.not_written.sort_by(|one, other| one.path.cmp(&other.path));
    back
}

/// Which literals are to be exchanged for what; what has none is told.
fn exchanges(
    imported: &Import,
    texts: &[String],
    changed: &Json,
    not: &mut Vec<NotWritten>,
) -> Vec<Exchange> {
    let mut fed: BTreeMap<(usize, (u32, u32)), Vec<&str>> = BTreeMap::new();
    let mut origins: BTreeMap<&str, &Origin> = BTreeMap::new();
    for origin in &imported.origins {
        origins.insert(&origin.path, origin);
        if let Some(span) = origin.span {
            fed.entry((origin.file, span)).or_default().push(&origin.path);
        }
    }
    let mut wanted: BTreeMap<(usize, (u32, u32)), Vec<FieldChange>> = BTreeMap::new();
    for change in changes(&canonical(&imported.scenario), &canonical(changed)) {
        let origin = origins.get(change.origin_path.as_str());
        match origin.and_then(|origin| Some((origin.file, origin.span?))) {
            Some(place) if !change.after.is_null() && !change.before.is_null() => {
                wanted.entry(place).or_default().push(change);
            }
            _ => {
                let because = why_no_literal(imported, origin.copied(), &change);
                not.push(not_written(imported, change, because));
            }
        }
    }
    let mut exchanges = Vec::new();
    for ((file, span), changes) in wanted {
        let all = fed.get(&(file, span)).map(Vec::as_slice).unwrap_or_default();
        let literal = literal(texts, file, span);
        match exchange(imported, literal, file, all, &changes) {
            Ok(text) => exchanges.push(Exchange { file, span, text, changes }),
            Err(because) => {
                let each = changes.into_iter();
                not.extend(each.map(|change| not_written(imported, change, because.clone())));
            }
        }
    }
    exchanges
}

fn literal(texts: &[String], file: usize, (start, end): (u32, u32)) -> Option<&str> {
    let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
    texts.get(file)?.get(start..end)
}

/// What a literal becomes, if all fields that it feeds agree.
fn exchange(
    imported: &Import,
    literal: Option<&str>,
    file: usize,
    fed: &[&str],
    changes: &[FieldChange],
) -> Result<String, String> {
    let Some((literal, first)) = literal.zip(changes.first()) else {
        return Err("the literal is not where it was".to_owned());
    };
    if let Some(other) = changes.iter().find(|change| change.after != first.after) {
        return Err(format!(
            "one literal feeds {} and {}, which are to become different",
            first.path, other.path
        ));
    }
    let changing: BTreeSet<&str> = changes.iter().map(|it| it.origin_path.as_str()).collect();
    if let Some(other) = fed.iter().find(|path| !changing.contains(**path)) {
        return Err(format!("its literal also feeds {other}, which is to stay as it is"));
    }
    let format = imported.files.get(file).and_then(|file| file.format);
    let is_table = format == Some(Format::ServicesTable);
    let raw = eniac_core::scenario::document::get(&imported.scenario, &first.origin_path);
    style::in_style_of(literal, &first.path, raw, &first.after, is_table)
        .ok_or_else(|| format!("{} cannot be written as {literal} is", first.after))
}

fn why_no_literal(imported: &Import, origin: Option<&Origin>, change: &FieldChange) -> String {
    if change.after.is_null() && change.before.is_object() {
        return "it is removed: take its resource out of the files".to_owned();
    }
    if origin.is_some() {
        return "the files work it out from several literals".to_owned();
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

/// `services[0]` of `services[0].taskDefinition.cpu`, `capacity` of `capacity.…`.
fn root(path: &str) -> &str {
    path.split('.').next().unwrap_or(path)
}

fn within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn not_written(imported: &Import, change: FieldChange, because: String) -> NotWritten {
    let near = imported
        .origins
        .iter()
        .filter(|origin| within(&origin.path, root(&change.origin_path)))
        .max_by_key(|origin| {
            // Of equally near ones, what stands on the same level says where to add it.
            let deep = origin.path.matches('.').count();
            (common(&origin.path, &change.origin_path), std::cmp::Reverse(deep))
        });
    NotWritten {
        file: near.and_then(|it| imported.files.get(it.file)).map(|file| file.name.clone()),
        line: near.map(|it| it.line),
        path: change.path,
        before: change.before,
        after: change.after,
        because,
    }
}

fn common(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count()
}

/// Changed files that are imported again.
struct Trial<'a> {
    files: &'a [InputFile<'a>],
    settings: &'a ImportSettings,
    texts: &'a [String],
    before: &'a Json,
}

impl Trial<'_> {
    /// The exchanges that come out as wanted when the files are read again, and those that do not.
    fn what_holds(&self, exchanges: Vec<Exchange>) -> (Vec<Exchange>, Vec<Exchange>) {
        if self.holds(&exchanges.iter().collect::<Vec<_>>()) {
            return (exchanges, Vec::new());
        }
        let (mut held, mut failed) = (Vec::new(), Vec::new());
        for (number, exchange) in exchanges.into_iter().enumerate() {
            if number < MOST_TRIED && self.holds(&[&exchange]) {
                held.push(exchange);
            } else {
                failed.push(exchange);
            }
        }
        if self.holds(&held.iter().collect::<Vec<_>>()) {
            return (held, failed);
        }
        failed.extend(held);
        (Vec::new(), failed)
    }

    fn holds(&self, exchanges: &[&Exchange]) -> bool {
        let texts = self.patched(exchanges);
        let files: Vec<InputFile<'_>> = self
            .files
            .iter()
            .zip(&texts)
            .zip(self.texts)
            .map(|((file, text), before)| {
                if text == before {
                    *file
                } else {
                    InputFile { name: file.name, bytes: text.as_bytes() }
                }
            })
            .collect();
        let after = canonical(&import(&files, self.settings).scenario);
        let mut came: Vec<(String, Json)> =
            changes(self.before, &after).into_iter().map(|it| (it.path, it.after)).collect();
        let mut wanted: Vec<(String, Json)> = exchanges
            .iter()
            .flat_map(|it| &it.changes)
            .map(|it| (it.origin_path.clone(), it.after.clone()))
            .collect();
        came.sort_by(|one, other| one.0.cmp(&other.0));
        wanted.sort_by(|one, other| one.0.cmp(&other.0));
        came == wanted
    }

    fn patched(&self, exchanges: &[&Exchange]) -> Vec<String> {
        let mut texts = self.texts.to_vec();
        let mut from_the_end: Vec<&&Exchange> = exchanges.iter().collect();
        from_the_end.sort_by_key(|it| std::cmp::Reverse(it.span));
        for exchange in from_the_end {
            let (start, end) = exchange.span;
            let (start, end) = (usize::try_from(start), usize::try_from(end));
            let (Ok(start), Ok(end)) = (start, end) else { continue };
            if let Some(text) = texts.get_mut(exchange.file)
                && text.get(start..end).is_some()
            {
                text.replace_range(start..end, &exchange.text);
            }
        }
        texts
    }
}

/// What changes in a text that is called `name`, as a unified diff; nothing where nothing does.
pub fn difference(name: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let (old, new) = (format!("a/{name}"), format!("b/{name}"));
    diff.unified_diff().context_radius(3).header(&old, &new).to_string()
}

fn changed_file(file: &InputFile<'_>, before: &str, after: &str) -> ChangedFile {
    let diff = difference(file.name, before, after);
    let had_mark = file.bytes.starts_with(b"\xef\xbb\xbf");
    let mark = if had_mark { BYTE_ORDER_MARK.to_string() } else { String::new() };
    ChangedFile { name: file.name.to_owned(), text: mark + after, diff }
}

#[cfg(test)]
mod tests;
