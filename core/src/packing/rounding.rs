//! From fractions of fillings to whole instances: round down, then place the rest greedily.

use super::bound::Order;
use super::columns::{Column, Relaxed, generate};
use super::fleet::{Load, Need, Tasks, value};
use super::greedy::{Fill, greedy};
use super::reduce::Model;
use super::work::Meter;

/// Places the whole part of the fractions, in zones as even as may be.
fn place_whole(model: &Model, relaxed: &Relaxed, need: &mut Need, loads: &mut Vec<Load>) {
    let spread = model.is_spread();
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
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
fn floor(x: f64) -> u32 {
    (x + 1e-6) as u32
}

/// A fleet from the fractions, the rest placed greedily.
pub(super) fn round(
    model: &Model,
    relaxed: &Relaxed,
    style: Fill,
    meter: &mut Meter,
    percent: u64,
) -> Vec<Load> {
    let mut need = Need::all(model);
    let mut loads = Vec::new();
    place_whole(model, relaxed, &mut need, &mut loads);
    loads.extend(greedy(model, &mut need, &relaxed.prices, style, meter, percent));
    loads
}

/// A fleet from the fractions: whole parts are placed, the program is solved again for what is
/// left, and when nothing is whole the largest fraction becomes one instance.
pub(super) fn dive(model: &Model, relaxed: &Relaxed, meter: &mut Meter, percent: u64) -> Vec<Load> {
    let mut need = Need::all(model);
    let mut loads = Vec::new();
    let mut prices = relaxed.prices.clone();
    place_whole(model, relaxed, &mut need, &mut loads);
    let mut known: Vec<Column> = relaxed.used.iter().map(|(column, _)| column.clone()).collect();
    while !need.is_met() && !meter.is_past(percent) {
        let kinds = 0..model.kinds.len();
        let most_in_a_zone = |kind: usize| {
            let zones = (0..model.zones).map(|zone| need.available(model, kind, zone));
            zones.max().unwrap_or(0).min(model.kinds[kind].most)
        };
        let order = Order {
            wanted: kinds.clone().map(|kind| need.left(kind)).collect(),
            most: kinds.map(most_in_a_zone).collect(),
            rounds: 8,
            nodes: 4,
            effort: 0,
            from_resources: false,
            percent,
        };
        let Some(part) = generate(model, &order, &known, meter) else { break };
        prices.clone_from(&part.prices);
        let before = loads.len();
        place_whole(model, &part, &mut need, &mut loads);
        if loads.len() == before && !place_largest(model, &part, &mut need, &mut loads) {
            break;
        }
        known = part.used.into_iter().map(|(column, _)| column).collect();
    }
    for (price, first) in prices.iter_mut().zip(&relaxed.prices) {
        *price = price.max(*first);
    }
    loads.extend(greedy(model, &mut need, &prices, Fill::Left, meter, percent + 3));
    loads
}

/// Places one instance of the most used column, as far as tasks are left for it.
fn place_largest(model: &Model, relaxed: &Relaxed, need: &mut Need, loads: &mut Vec<Load>) -> bool {
    let mut best: Option<(f64, Load)> = None;
    for (column, x) in &relaxed.used {
        let choice = &model.choices[column.choice];
        for zone in (0..model.zones).filter(|&zone| choice.stands_in(zone)) {
            let tasks: Tasks = column
                .tasks
                .iter()
                .map(|&(kind, n)| (kind, n.min(need.available(model, kind, zone))))
                .filter(|&(_, n)| n > 0)
                .collect();
            // What the zone cannot take of it counts against it.
            let score = x * value(&relaxed.prices, &tasks) / choice.weight;
            if !tasks.is_empty() && best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, Load { choice: column.choice, zone, tasks, copies: 1 }));
            }
        }
    }
    let Some((_, load)) = best else { return false };
    need.place_all(model, &load.tasks, load.zone, 1);
    loads.push(load);
    true
}
