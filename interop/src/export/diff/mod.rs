//! A changed scenario back into the files that it was imported from: each literal in its place, in its
//! own style, as a unified diff; and a list of what has no literal there.
//!
//! Nothing is claimed: the changed files are imported again, and what does not come out as it was
//! wanted is not written.

mod changes;
mod list;
mod reasons;
mod style;

use crate::import::{Format, Import, ImportSettings, Origin, import};
use crate::input::{self, InputFile};
use changes::{FieldChange, canonical, changes};
use list::Elements;
use reasons::{LIST, root, why_no_literal, within};
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

/// The bytes of a literal, and the file that they are in.
type Literal = (usize, (u32, u32));

/// What was read of the files: under the settings, and with no question answered where some are.
struct Reading<'a> {
    imported: &'a Import,
    unanswered: Option<Import>,
    texts: &'a [String],
}

/// Writes a changed scenario into the files that gave it, under the same settings.
pub fn write_back(files: &[InputFile<'_>], settings: &ImportSettings, changed: &Json) -> WriteBack {
    let imported = import(files, settings);
    let texts: Vec<String> =
        files.iter().map(|file| input::text(file).unwrap_or_default()).collect();
    let mut back = WriteBack { files: Vec::new(), written: Vec::new(), not_written: Vec::new() };
    let unanswered = (!settings.answers.is_empty())
        .then(|| import(files, &ImportSettings { answers: BTreeMap::new(), ..settings.clone() }));
    let reading = Reading { imported: &imported, unanswered, texts: &texts };
    let exchanges = exchanges(&reading, changed, &mut back.not_written);
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
fn exchanges(reading: &Reading<'_>, changed: &Json, not: &mut Vec<NotWritten>) -> Vec<Exchange> {
    let Reading { imported, texts, .. } = *reading;
    let mut fed: BTreeMap<Literal, Vec<&str>> = BTreeMap::new();
    let mut origins: BTreeMap<&str, &Origin> = BTreeMap::new();
    for origin in &imported.origins {
        origins.insert(&origin.path, origin);
        if let Some(span) = origin.span {
            fed.entry((origin.file, span)).or_default().push(&origin.path);
        }
    }
    let mut wanted: BTreeMap<Literal, Vec<FieldChange>> = BTreeMap::new();
    let mut lists: BTreeMap<Literal, Elements> = BTreeMap::new();
    for change in changes(&canonical(&imported.scenario), &canonical(changed)) {
        let origin = origins.get(change.origin_path.as_str()).copied();
        let place = origin.and_then(|origin| Some((origin.file, origin.span?)));
        let place = place.or_else(|| {
            let elements =
                Elements::of(&origins, &change.origin_path, change.before.as_array()?.len())?;
            let place = (elements.file, elements.span()?);
            lists.insert(place, elements);
            Some(place)
        });
        let is_made = place.is_some_and(|(file, _)| is_made_by_terraform(imported, file));
        match place {
            Some(place) if !is_made && !change.after.is_null() && !change.before.is_null() => {
                wanted.entry(place).or_default().push(change);
            }
            _ => {
                let because = why_no_literal(reading, origin, &change, is_made);
                not.push(not_written(imported, change, because));
            }
        }
    }
    let mut exchanges = Vec::new();
    for ((file, span), changes) in wanted {
        let feeds = |span: (u32, u32)| fed.get(&(file, span)).into_iter().flatten().copied();
        let elements = lists.get(&(file, span));
        let made = match elements {
            Some(elements) => {
                let all: Vec<&str> = elements.spans().flat_map(feeds).map(list_of).collect();
                agreed(&all, &changes).and_then(|first| {
                    let text = texts.get(file).map_or("", String::as_str);
                    let after = first.after.as_array().map_or(&[][..], Vec::as_slice);
                    let written = elements.written(text, &first.path, after);
                    written.ok_or_else(|| LIST.to_owned())
                })
            }
            None => agreed(&feeds(span).collect::<Vec<_>>(), &changes)
                .and_then(|first| exchange(imported, literal(texts, file, span), file, first)),
        };
        match made {
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

/// The list of an element's path, any other path as it is.
fn list_of(path: &str) -> &str {
    let number = path.strip_suffix(']').and_then(|it| it.rsplit_once('['));
    number.map_or(path, |(list, _)| list)
}

/// Plans and states are written by Terraform, which reads none of it back from there.
fn is_made_by_terraform(imported: &Import, file: usize) -> bool {
    let format = imported.files.get(file).and_then(|file| file.format);
    format == Some(Format::TerraformJson)
}

/// One of the changes, which stands for all, if all fields that their literal feeds agree.
fn agreed<'a>(fed: &[&str], changes: &'a [FieldChange]) -> Result<&'a FieldChange, String> {
    let Some(first) = changes.first() else { return Err("nothing changes".to_owned()) };
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
    Ok(first)
}

/// What a literal becomes.
fn exchange(
    imported: &Import,
    literal: Option<&str>,
    file: usize,
    change: &FieldChange,
) -> Result<String, String> {
    let Some(literal) = literal else { return Err("the literal is not where it was".to_owned()) };
    let format = imported.files.get(file).and_then(|file| file.format);
    let is_table = format == Some(Format::ServicesTable);
    let raw = eniac_core::scenario::document::get(&imported.scenario, &change.origin_path);
    // Compose has vCPUs without a unit.
    let cores = Json::from("1 vCPU");
    let is_cores = format == Some(Format::Compose) && change.path.rsplit('.').next() == Some("cpu");
    let raw = if is_cores { Some(&cores) } else { raw };
    style::in_style_of(literal, &change.path, raw, &change.after, is_table)
        .ok_or_else(|| format!("{} cannot be written as {literal} is", change.after))
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
