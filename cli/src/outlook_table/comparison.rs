//! The same services elsewhere, as they are and as they grow.

use crate::figures::{mix, month, plain, to_the_right, usd};
use eniac_core::report::{ComparisonReport, ComparisonRow, Cost};
use std::fmt::Write;

pub(super) fn comparison(report: &ComparisonReport) -> String {
    let mut text = format!("The same services elsewhere\n{}\n", rows(&report.rows));
    for row in &report.rows {
        if !row.includes.is_empty() {
            let _ = writeln!(text, "{} includes: {}", row.code, row.includes.join("; "));
        }
        for cannot in &row.cannot {
            let service = if cannot.service.is_empty() {
                String::new()
            } else {
                format!("{}: ", cannot.service)
            };
            let _ = writeln!(text, "{} cannot: {service}{}", row.code, cannot.reason);
        }
    }
    let places = grown(report);
    if !places.is_empty() {
        let growth = growth(report, &places);
        let _ = writeln!(text, "\nAs the numbers of tasks shrink and grow, USD an hour\n{growth}");
    }
    for crossing in &report.crossovers {
        let _ = writeln!(
            text,
            "From {} % of the tasks ({}) on {} is cheaper than {}.",
            crossing.percent, crossing.tasks, crossing.cheaper, crossing.dearer
        );
    }
    text + "\n"
}

fn rows(rows: &[ComparisonRow]) -> String {
    let predicted = rows.iter().find(|row| row.code == "managed.predicted");
    let predicted = predicted.and_then(|row| row.cost.as_ref());
    let mut table = plain();
    table.set_header(["", "", "USD an hour", "a month", "", ""]);
    for row in rows {
        let (hour, a_month) = row.cost.as_ref().map_or(("-".to_owned(), "-".to_owned()), |cost| {
            (usd(cost.total_nano_usd_per_hour.0), month(cost))
        });
        table.add_row([
            row.code.clone(),
            row.title.clone(),
            hour,
            a_month,
            predicted.zip(row.cost.as_ref()).map(difference).unwrap_or_default(),
            if row.mix.is_empty() { String::new() } else { mix(&row.mix) },
        ]);
    }
    to_the_right(&mut table, &[2, 3, 4]);
    table.to_string()
}

/// How much more or less than the first the second costs: `-7.6 %`.
fn difference((first, second): (&Cost, &Cost)) -> String {
    let nano = |cost: &Cost| i128::from(cost.total_nano_usd_per_hour.0);
    let (first, second) = (nano(first), nano(second));
    if first == 0 {
        return String::new();
    }
    let thousandths = ((second - first) * 2000 + first).div_euclid(first * 2);
    let sign = match thousandths {
        0 => "",
        1.. => "+",
        _ => "-",
    };
    let size = thousandths.unsigned_abs();
    format!("{sign}{}.{} %", size / 10, size % 10)
}

/// The rows with a figure at more than one size: the others have no line to follow.
fn grown(report: &ComparisonReport) -> Vec<usize> {
    let known = |at: &usize| {
        let costs = report.growth.iter().filter_map(|point| point.total_nano_usd_per_hour.get(*at));
        costs.flatten().count() > 1
    };
    (0..report.rows.len()).filter(known).collect()
}

fn growth(report: &ComparisonReport, places: &[usize]) -> String {
    let mut table = plain();
    let codes = places.iter().map(|place| report.rows[*place].code.clone());
    table.set_header(["of the tasks".to_owned(), "tasks".to_owned()].into_iter().chain(codes));
    for point in &report.growth {
        let costs = places.iter().map(|place| {
            let cost = point.total_nano_usd_per_hour.get(*place).copied().flatten();
            cost.map_or("-".to_owned(), |cost| usd(cost.0))
        });
        let first = [format!("{} %", point.percent), point.tasks.to_string()];
        table.add_row(first.into_iter().chain(costs));
    }
    let columns: Vec<usize> = (0..places.len() + 2).collect();
    to_the_right(&mut table, &columns);
    table.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use eniac_catalog::NanoUsdPerHour;

    #[test]
    fn differences_have_their_sign() {
        let cost = |nano| Cost { total_nano_usd_per_hour: NanoUsdPerHour(nano), ..Cost::default() };
        for (first, second, told) in
            [(1000, 924, "-7.6 %"), (1000, 1000, "0.0 %"), (1000, 3100, "+210.0 %"), (0, 1, "")]
        {
            assert_eq!(difference((&cost(first), &cost(second))), told);
        }
    }
}
