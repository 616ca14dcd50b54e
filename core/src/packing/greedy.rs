//! A fleet at once: again and again the instance whose tasks are worth most for its price.

use super::fleet::{Load, Need, Tasks};
use super::reduce::{Choice, Model, fit, take};
use super::work::Meter;

/// How the next kind for an instance is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    /// Worth for the sum of shares of the instance, all that fit.
    Sum,
    /// Worth for the largest share of the instance, all that fit.
    Largest,
    /// Worth for the sum of shares of what is left of the instance, some at a time.
    Left,
}

/// What one task of each kind costs where it is cheapest by itself.
pub(super) fn worth_alone(model: &Model) -> Vec<f64> {
    (0..model.kinds.len())
        .map(|kind| {
            let each = |choice: &Choice| choice.weight / f64::from(choice.fits[kind]);
            let fitting = model.choices.iter().filter(|choice| choice.fits[kind] > 0);
            fitting.map(each).fold(f64::INFINITY, f64::min)
        })
        .collect()
}

/// How many tasks of each kind may be placed in the zone.
pub(super) fn availability(model: &Model, need: &Need, zone: usize) -> Vec<u32> {
    (0..model.kinds.len()).map(|kind| need.available(model, kind, zone)).collect()
}

/// The zones worth trying for each choice: all that differ in what may be placed in them.
pub(super) fn standings(model: &Model, need: &Need) -> Vec<(usize, Vec<u32>, Vec<usize>)> {
    let spread = model.kinds.iter().any(|kind| kind.spread);
    let mut standings: Vec<(usize, Vec<u32>, Vec<usize>)> = Vec::new();
    for zone in 0..model.zones {
        let here = |choice: &Choice| {
            let first = usize::try_from(choice.zones.trailing_zeros()).unwrap_or(0);
            if spread { choice.stands_in(zone) } else { first == zone }
        };
        let choices: Vec<usize> =
            (0..model.choices.len()).filter(|&at| here(&model.choices[at])).collect();
        let available = availability(model, need, zone);
        let seen = standings.iter().any(|(_, a, c)| *a == available && *c == choices);
        if !seen && !choices.is_empty() {
            standings.push((zone, available, choices));
        }
    }
    standings
}

/// Fills one instance of the choice from what is available.
pub(super) fn fill(
    model: &Model,
    choice: &Choice,
    available: &[u32],
    worth: &[f64],
    style: Fill,
    meter: &mut Meter,
) -> Tasks {
    let mut room = choice.amounts;
    let mut held: Tasks = Vec::new();
    let mut open: Vec<usize> =
        (0..available.len()).filter(|&k| available[k] > 0 && choice.fits[k] > 0).collect();
    let shares = |kind: usize, room: &super::Amounts| {
        let (mut sum, mut largest) = (0.0_f64, 0.0_f64);
        for (&room, &amount) in room.iter().zip(&model.kinds[kind].amounts) {
            if amount > 0 {
                let share = amount as f64 / room.max(1) as f64;
                sum += share;
                largest = largest.max(share);
            }
        }
        (if style == Fill::Largest { largest } else { sum }).max(1e-12)
    };
    let mut density: Vec<f64> = vec![0.0; available.len()];
    for &kind in &open {
        density[kind] = worth[kind] / shares(kind, &room);
    }
    while !open.is_empty() {
        meter.spend(open.len() * 8 + 8);
        let mut best = 0;
        for (at, &kind) in open.iter().enumerate() {
            if density[kind] > density[open[best]] {
                best = at;
            }
        }
        let kind = open[best];
        let it = &model.kinds[kind];
        let before = held.iter().find(|&&(other, _)| other == kind).map_or(0, |&(_, n)| n);
        let most = available[kind].min(it.most).saturating_sub(before);
        let fits = fit(&room, &it.amounts, most);
        if fits == 0 {
            open.swap_remove(best);
            open.sort_unstable();
            continue;
        }
        let tasks = if style == Fill::Left { fits.div_ceil(4) } else { fits };
        take(&mut room, &it.amounts, tasks);
        match held.iter_mut().find(|(other, _)| *other == kind) {
            Some((_, n)) => *n += tasks,
            None => held.push((kind, tasks)),
        }
        if style == Fill::Left {
            open.retain(|&other| fit(&room, &model.kinds[other].amounts, 1) == 1);
            for &kind in &open {
                density[kind] = worth[kind] / shares(kind, &room);
            }
        } else {
            open.remove(best);
        }
        open.retain(|other| it.apart.binary_search(other).is_err());
    }
    held.sort_unstable();
    held
}

/// Places all that is needed. `fill` gives the tasks for one instance of a choice.
pub(super) fn greedy(
    model: &Model,
    need: &mut Need,
    worth: &[f64],
    style: Fill,
    meter: &mut Meter,
) -> Vec<Load> {
    let mut loads = Vec::new();
    while !need.is_met() {
        let mut best: Option<(f64, Load)> = None;
        for (zone, available, choices) in standings(model, need) {
            for at in choices {
                let choice = &model.choices[at];
                let tasks = fill(model, choice, &available, worth, style, meter);
                let value: f64 =
                    tasks.iter().map(|&(kind, n)| worth[kind] * f64::from(n)).sum::<f64>();
                let ratio = value / choice.weight;
                if !tasks.is_empty() && best.as_ref().is_none_or(|(most, _)| ratio > *most) {
                    best = Some((ratio, Load { choice: at, zone, tasks, copies: 1 }));
                }
            }
        }
        // A kind that is packable always finds a place; were it not so, the checker would tell.
        let Some((_, mut load)) = best else { break };
        load.copies = need.times(model, &load.tasks, load.zone).max(1);
        need.place_all(model, &load.tasks, load.zone, load.copies);
        loads.push(load);
    }
    loads
}

/// For each choice that holds every kind: the fleet of this choice only.
pub(super) fn uniform(
    model: &Model,
    at: usize,
    worth: &[f64],
    meter: &mut Meter,
) -> Option<Vec<Load>> {
    let choice = &model.choices[at];
    let everywhere = (0..model.zones).all(|zone| choice.stands_in(zone));
    let spread = model.kinds.iter().any(|kind| kind.spread);
    if choice.fits.contains(&0) || (spread && !everywhere) {
        return None;
    }
    let first = usize::try_from(choice.zones.trailing_zeros()).unwrap_or(0);
    let mut need = Need::all(model);
    let mut loads = Vec::new();
    while !need.is_met() {
        let mut placed = false;
        for zone in if spread { 0..model.zones } else { first..first + 1 } {
            let available = availability(model, &need, zone);
            let tasks = fill(model, choice, &available, worth, Fill::Left, meter);
            if !tasks.is_empty() {
                let copies = need.times(model, &tasks, zone).max(1);
                need.place_all(model, &tasks, zone, copies);
                loads.push(Load { choice: at, zone, tasks, copies });
                placed = true;
            }
        }
        if !placed {
            return None;
        }
    }
    Some(loads)
}
