//! From fractions of fillings to whole instances: round down, then place the rest greedily.

use super::columns::Relaxed;
use super::fleet::{Load, Need};
use super::greedy::{Fill, greedy};
use super::reduce::Model;
use super::work::Meter;

/// The whole part of the fractions, in zones as even as may be, and what is left.
pub(super) fn whole_part(model: &Model, relaxed: &Relaxed) -> (Vec<Load>, Need) {
    let spread = model.kinds.iter().any(|kind| kind.spread);
    let mut need = Need::all(model);
    let mut loads = Vec::new();
    for (column, x) in &relaxed.used {
        let choice = &model.choices[column.choice];
        let zones: Vec<usize> = (0..model.zones).filter(|&zone| choice.stands_in(zone)).collect();
        let zones = if spread { &zones[..] } else { &zones[..1] };
        let share = x / f64::from(u16::try_from(zones.len()).unwrap_or(1));
        for &zone in zones {
            let copies = floor(share).min(need.times(model, &column.tasks, zone));
            if copies > 0 {
                need.place_all(model, &column.tasks, zone, copies);
                let (choice, tasks) = (column.choice, column.tasks.clone());
                loads.push(Load { choice, zone, tasks, copies });
            }
        }
    }
    (loads, need)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
fn floor(x: f64) -> u32 {
    (x + 1e-6) as u32
}

/// A fleet from the fractions.
pub(super) fn round(model: &Model, relaxed: &Relaxed, style: Fill, meter: &mut Meter) -> Vec<Load> {
    let (mut loads, mut need) = whole_part(model, relaxed);
    loads.extend(greedy(model, &mut need, &relaxed.prices, style, meter));
    loads
}
