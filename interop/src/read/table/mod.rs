//! A table of services with commas, semicolons or tabs, saved or copied from a spreadsheet: a row is
//! a service with its task definition.

mod columns;
mod number;
mod row;

use super::{Found, Source};
use crate::account::Account;
use crate::cells::{Cell, Cells, MAX_ROWS, Row};
use crate::import::ImportSettings;
use crate::node::Place;
use columns::{BY_POSITION, Column, CpuUnit, MemoryUnit};
pub(super) use number::written;
use row::Layout;
use std::collections::BTreeSet;

/// The names of columns stand in one of the first rows: titles may come before them.
const ROWS_BEFORE_NAMES: usize = 20;

/// What a row of sums is called.
const SUMS: [&str; 22] = [
    "total",
    "totals",
    "sum",
    "sums",
    "grand total",
    "subtotal",
    "sub-total",
    "overall",
    "summe",
    "summen",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "insgesamt",
    "somme",
    "total général",
    "sous-total",
    "suma",
    "totale",
    "totaal",
    "razem",
    "合計",
];

/// A number of vCPUs is below this, a number of CPU units is not: the least is 128.
const LEAST_UNITS: f64 = 64.0;

/// A task has no less MiB than this: a smaller number is one of GiB.
const LEAST_MIB: f64 = 6.0;

/// A number of GiB is up to this, where a column says no unit; a number of MiB is more.
const MOST_GIB: f64 = 128.0;

/// A table with a row of names, or one whose rows are a name and numbers.
pub(super) fn recognises(source: &Source) -> bool {
    const LONGEST_BEGINNING: usize = 16 << 10;
    if source.json.is_some() || source.text.trim_start().starts_with(['{', '[', '<']) {
        return false;
    }
    let mut end = source.text.len().min(LONGEST_BEGINNING);
    while !source.text.is_char_boundary(end) {
        end -= 1;
    }
    let beginning = source.text.get(..end).unwrap_or_default();
    let cells = Cells::of(beginning, source.file);
    names_at(&cells.rows).is_some() || looks_like_services(&cells)
}

fn names_at(rows: &[Row]) -> Option<usize> {
    rows.iter().take(ROWS_BEFORE_NAMES).position(columns::is_header)
}

/// Without names: each of the first rows begins with a text and goes on with three numbers, so that
/// neither prose nor another tool's language is taken for a table.
fn looks_like_services(cells: &Cells) -> bool {
    let with_semicolons = cells.separator == b';';
    let number = |cell: Option<&Cell>| {
        cell.is_some_and(|cell| written(&cell.text, with_semicolons).is_some())
    };
    let is_service = |row: &Row| {
        let is_name = row.cells.first().is_some_and(|cell| {
            !cell.text.is_empty() && written(&cell.text, with_semicolons).is_none()
        });
        is_name && (1..=3).all(|place| number(row.cells.get(place)))
    };
    // The last row of a beginning may be cut.
    let seen = cells.rows.len().min(ROWS_BEFORE_NAMES);
    seen > 0 && cells.rows.iter().take(seen.max(2) - usize::from(seen > 2)).all(is_service)
}

pub(crate) fn read(
    sources: &[&Source],
    _settings: &ImportSettings,
    found: &mut Found,
    account: &mut Account,
) {
    for source in sources {
        let cells = Cells::of(&source.text, source.file);
        let whole = Place::file(source.file);
        if cells.is_cut {
            let message =
                format!("more than {MAX_ROWS} rows, or 200 cells of a row: the rest is left out");
            account.problem(whole, "", message);
        }
        let layout = match names_at(&cells.rows) {
            Some(names) => by_names(&cells, names, account),
            None => by_position(&cells, account),
        };
        rows(&cells, &layout, source, found, account);
    }
}

fn by_names(cells: &Cells, names: usize, account: &mut Account) -> Layout {
    let mut layout = Layout { first: names + 1, ..Layout::new(cells.separator == b';') };
    for row in cells.rows.iter().take(names) {
        account.left_out(row.at, "", "left out: it stands above the names of the columns");
    }
    let mut taken = BTreeSet::new();
    let mut left_out = Vec::new();
    let Some(row) = cells.rows.get(names) else { return layout };
    for (place, cell) in row.cells.iter().enumerate() {
        let kind = |column: Column| std::mem::discriminant(&column);
        match columns::named(&cell.text) {
            Some(column) if taken.insert(format!("{:?}", kind(column))) => {
                layout.columns.push((place, column));
            }
            _ if cell.text.is_empty() => {}
            _ => left_out.push(cell.text.as_str()),
        }
    }
    if !left_out.is_empty() {
        let message = format!(
            "columns that a scenario has nothing for are left out: {}",
            left_out.join(", ")
        );
        account.left_out(row.at, "", message);
    }
    units(cells, &mut layout, account);
    layout
}

fn by_position(cells: &Cells, account: &mut Account) -> Layout {
    let mut layout = Layout::new(cells.separator == b';');
    let most = cells.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    layout.columns = BY_POSITION.into_iter().enumerate().take(most).collect();
    let at = cells.rows.first().map_or(Place::file(0), |row| row.at);
    let message = "no row names the columns: name, CPU, memory, number of tasks, architecture are \
                   assumed, in this order";
    account.assumed(at, "", "services", message);
    units(cells, &mut layout, account);
    layout
}

/// Decides in what a column is that does not say it: by all of its numbers together.
fn units(cells: &Cells, layout: &mut Layout, account: &mut Account) {
    let with_semicolons = layout.with_semicolons;
    let first = layout.first;
    for (place, column) in &mut layout.columns {
        let texts = cells.rows.iter().skip(first).filter_map(|row| row.cells.get(*place));
        let mut numbers = Vec::new();
        for cell in texts {
            if let Some(it) = written(&cell.text, with_semicolons).filter(|it| it.unit.is_empty()) {
                numbers.extend(it.number.parse::<f64>().ok().filter(|it| *it > 0.0));
            }
        }
        let most = numbers.iter().copied().fold(0.0, f64::max);
        let at = cells.rows.get(first).map_or(Place::file(0), |row| row.at);
        let has_fraction = numbers.iter().any(|it| it.fract() != 0.0);
        match column {
            Column::Cpu(unit @ None) if !numbers.is_empty() => {
                let are_small = numbers.iter().any(|it| *it < LEAST_UNITS);
                let (decided, message) = match (are_small, most >= LEAST_UNITS) {
                    (true, true) => (
                        CpuUnit::ByCell,
                        "the column says no unit: numbers below 64 are taken for vCPUs, others for CPU \
                         units (1024 is a vCPU)",
                    ),
                    (true, false) => (
                        CpuUnit::Vcpus,
                        "the column says no unit: its numbers are small, so vCPUs are assumed",
                    ),
                    (false, _) => (
                        CpuUnit::Units,
                        "the column says no unit: CPU units are assumed (1024 is a vCPU)",
                    ),
                };
                *unit = Some(decided);
                account.assumed(at, "CPU", "services", message);
            }
            Column::Memory(unit @ None) if !numbers.is_empty() => {
                let (decided, message) = match (most <= MOST_GIB, has_fraction) {
                    (true, _) => (
                        MemoryUnit::Gib,
                        "the column says no unit: its numbers are small, so GB (1024 MiB) are assumed",
                    ),
                    (false, true) => (
                        MemoryUnit::ByCell,
                        "the column says no unit: numbers to 5 and with decimals are taken for GB (1024 \
                         MiB), others for MiB",
                    ),
                    (false, false) => (MemoryUnit::Mib, "the column says no unit: MiB are assumed"),
                };
                *unit = Some(decided);
                account.assumed(at, "memory", "services", message);
            }
            _ => {}
        }
    }
}

fn rows(cells: &Cells, layout: &Layout, source: &Source, found: &mut Found, account: &mut Account) {
    let mut names = BTreeSet::new();
    for row in cells.rows.iter().skip(layout.first) {
        if columns::is_header(row) && layout.first > 0 {
            account.left_out(row.at, "", "left out: the names of the columns again");
            continue;
        }
        let name = layout.text(row, Column::Name);
        let is_sum = name
            .is_some_and(|name| SUMS.contains(&name.to_lowercase().trim_end_matches(':')))
            && layout.text(row, Column::Architecture).is_none();
        if is_sum {
            let message = "left out: a row of sums. A service of this name needs an architecture";
            account.left_out(row.at, name.unwrap_or_default(), message);
            continue;
        }
        if let Some(name) = name
            && !names.insert(name.to_owned())
        {
            let message = format!("{name} has a row already: both are taken, as two services");
            account.assumed(row.at, name, "", message);
        }
        if let Some(resource) = layout.service(row, &source.name, account) {
            found.resources.push(resource);
        }
    }
}

#[cfg(test)]
mod tests;
