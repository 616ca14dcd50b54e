//! Inequalities that whole fleets keep and fractions break, to raise the first bound.
//!
//! **Why they hold** (Chvátal and Gomory). Rows say `entries * x >= wanted`. Multiply each with a
//! figure of at least 0 and add them up; then round every entry of the sum up, which can only
//! help since no `x` is below 0. If all `x` are whole the left side is whole, so it is at least
//! what is wanted, rounded up. Multipliers come from the rows of the inverse where a whole
//! variable is not whole: they are guessed in floats, and from there on all is in integers.

use super::program::Program;

/// Bits after the point of a multiplier.
const FRACTION: u32 = 24;
/// How far from whole a figure must be.
const WHOLE: f64 = 1e-3;
/// With what a row of the inverse is multiplied.
const TIMES: [f64; 10] = [1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 4.0, -4.0, 5.0, -5.0];
/// Cuts in one round at most.
const MOST: usize = 12;

/// An inequality: `(variable, entry)` and what is wanted.
pub(super) struct Cut {
    pub(super) entries: Vec<(usize, u32)>,
    pub(super) wanted: u32,
    /// By how much the figures break it, for the length of its entries.
    depth: f64,
}

/// The deepest inequalities that the program's figures break, and how many steps it took to find
/// them.
pub(super) fn cuts(program: &Program, variables: usize, figures: &[f64]) -> (Vec<Cut>, usize) {
    let columns: Vec<Vec<(usize, i64)>> = (0..variables)
        .map(|at| program.entries(at).iter().map(|&(row, entry)| (row, whole(entry))).collect())
        .collect();
    let each = columns.iter().map(Vec::len).sum::<usize>() + variables;
    let mut found: Vec<Cut> = Vec::new();
    let mut steps = each;
    for row in 0..program.rows() {
        let Some(at) = program.determined(row).filter(|&at| at < variables) else { continue };
        let part = figures[at] - figures[at].floor();
        if !(WHOLE..=1.0 - WHOLE).contains(&part) {
            continue;
        }
        for times in TIMES {
            let multipliers: Vec<i64> =
                program.ray(row).iter().map(|entry| fraction(times * entry)).collect();
            let mut wanted = 0;
            for (row, &multiplier) in multipliers.iter().enumerate() {
                wanted += multiplier * whole(program.wanted(row));
            }
            // What rounding up adds is all that a cut can be deep.
            let Some(rounded) = up(wanted) else { continue };
            if (i64::from(rounded) << FRACTION) - wanted < 1 << (FRACTION - 6) {
                continue;
            }
            steps += each * 2;
            found.extend(round(&columns, figures, &multipliers, rounded));
        }
    }
    found.sort_by(|a, b| b.depth.total_cmp(&a.depth));
    found.dedup_by(|a, b| a.entries == b.entries && a.wanted == b.wanted);
    found.truncate(MOST);
    (found, steps)
}

/// The part after the point, a trifle less, so that a sum that should be whole is not above it.
#[expect(clippy::cast_possible_truncation, reason = "casts saturate")]
fn fraction(figure: f64) -> i64 {
    let part = figure - figure.floor();
    if !(1e-6..=1.0 - 1e-6).contains(&part) {
        return 0;
    }
    ((part - 1e-8) * (1_u64 << FRACTION) as f64) as i64
}

/// The inequality by these multipliers; `None` if the figures keep it.
fn round(
    columns: &[Vec<(usize, i64)>],
    figures: &[f64],
    multipliers: &[i64],
    wanted: u32,
) -> Option<Cut> {
    let mut entries = Vec::new();
    let (mut held, mut length) = (0.0, 0.0);
    for (at, (column, figure)) in columns.iter().zip(figures).enumerate() {
        let mut sum = 0;
        for &(row, entry) in column {
            sum += multipliers[row] * entry;
        }
        let entry = up(sum)?;
        if entry > 0 {
            entries.push((at, entry));
            held += f64::from(entry) * figure;
            length += f64::from(entry) * f64::from(entry);
        }
    }
    let depth = (f64::from(wanted) - held) / f64::sqrt(length.max(1.0));
    (depth > 1e-3).then_some(Cut { entries, wanted, depth })
}

/// Rounded up; 0 for what is below, which makes an inequality weaker, and never wrong.
fn up(sum: i64) -> Option<u32> {
    let whole = (sum + (1 << FRACTION) - 1) >> FRACTION;
    u32::try_from(whole.max(0)).ok().filter(|&it| it < 1 << 24)
}

#[expect(clippy::cast_possible_truncation, reason = "casts saturate")]
fn whole(figure: f64) -> i64 {
    figure as i64
}
