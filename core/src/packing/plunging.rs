//! Plunges into the program over listed fillings: whole fleets at once, without proof.
//!
//! From the first node down, the whole part of each filling is kept and one fraction, chosen with
//! some chance, becomes one instance more; the program is solved again until all is whole or no
//! cheaper fleet is left that way. Each plunge goes another way.

use super::branching::{Tree, WHOLE, floor};
use super::program::Basis;
use super::work::Meter;
use crate::chance::Chance;

/// How often a plunge that failed may go the other way.
const TURNS: usize = 6;

/// Plunges `times` from the basis within the program's bounds.
pub(super) fn plunge(tree: &mut Tree, basis: &Basis, times: usize, meter: &mut Meter) {
    let mut chance = Chance::new(tree.order.seed);
    let fillings = tree.form.fillings.len();
    let base: Vec<(f64, f64)> = (0..fillings).map(|at| tree.form.program.bounds(at)).collect();
    for _ in 0..times {
        if meter.is_past(tree.order.percent) || tree.best.is_proven() {
            break;
        }
        for (at, &(lower, upper)) in base.iter().enumerate() {
            tree.form.program.bind(at, lower, upper);
        }
        if !tree.go_to(basis, meter) {
            break;
        }
        once(tree, &mut chance, meter);
    }
    for (at, &(lower, upper)) in base.iter().enumerate() {
        tree.form.program.bind(at, lower, upper);
    }
    tree.go_to(basis, meter);
}

/// One plunge.
fn once(tree: &mut Tree, chance: &mut Chance, meter: &mut Meter) {
    let fillings = tree.form.fillings.len();
    let mut last: Option<(usize, f64, f64)> = None;
    let mut turns = 0;
    loop {
        let cheaper = tree.solve(meter).is_some_and(|bound| bound <= tree.limit());
        if !cheaper {
            // The other way from the last fork, if there is one.
            let Some((at, lower, whole)) = last.take().filter(|_| turns < TURNS) else { return };
            turns += 1;
            tree.form.program.bind(at, lower, whole);
            if !tree.form.program.refresh() {
                return;
            }
            continue;
        }
        let figures = tree.form.program.figures();
        let mut most: Option<(f64, usize)> = None;
        for (at, &figure) in figures.iter().enumerate().take(fillings) {
            let whole = f64::from(floor(figure + WHOLE));
            let part = figure - whole;
            if part > WHOLE {
                let score = part * (0.5 + chance.share());
                if most.is_none_or(|(score_of_most, _)| score > score_of_most) {
                    most = Some((score, at));
                }
            }
            let (lower, upper) = tree.form.program.bounds(at);
            if whole > lower {
                tree.form.program.bind(at, whole, upper);
            }
        }
        let Some((_, at)) = most else {
            tree.round(&figures, meter);
            return;
        };
        let (lower, upper) = tree.form.program.bounds(at);
        let whole = f64::from(floor(figures[at] + WHOLE));
        last = Some((at, lower, whole));
        tree.form.program.bind(at, whole + 1.0, upper);
    }
}
