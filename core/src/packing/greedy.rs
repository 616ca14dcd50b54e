//! A fleet at once: again and again the instance whose tasks are worth most for its price.

use super::fleet::{Load, Need, Tasks, value};
use super::reduce::{Choice, Model, fit, take};
use super::work::Meter;
use super::{Amounts, RESOURCES};

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
    let spread = model.is_spread();
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
    let shares = |kind: usize, units: &[f64; RESOURCES]| {
        let (mut sum, mut largest) = (0.0_f64, 0.0_f64);
        for (unit, size) in units.iter().zip(&model.kinds[kind].sizes) {
            let share = size * unit;
            sum += share;
            largest = if share > largest { share } else { largest };
        }
        let share = if style == Fill::Largest { largest } else { sum };
        if share > 1e-12 { share } else { 1e-12 }
    };
    let units = |room: &Amounts| room.map(|room| 1.0 / room.max(1) as f64);
    let mut density: Vec<f64> = vec![0.0; available.len()];
    let unit = units(&room);
    for &kind in &open {
        density[kind] = worth[kind] / shares(kind, &unit);
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
            open.remove(best);
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
            let unit = units(&room);
            for &kind in &open {
                density[kind] = worth[kind] / shares(kind, &unit);
            }
        } else {
            open.remove(best);
        }
        if !it.apart.is_empty() {
            open.retain(|other| it.apart.binary_search(other).is_err());
        }
    }
    held.sort_unstable();
    held
}

/// Places all that is needed. When `percent` of the budget are spent, what is left goes on
/// instances chosen at less expense.
pub(super) fn greedy(
    model: &Model,
    need: &mut Need,
    worth: &[f64],
    style: Fill,
    meter: &mut Meter,
    percent: u64,
) -> Vec<Load> {
    let mut loads = Vec::new();
    // The filling of each choice in each zone stays good while its tasks are still there.
    let mut fillings: Vec<Option<(f64, Tasks)>> = vec![None; model.zones * model.choices.len()];
    while !need.is_met() && !meter.is_past(percent) {
        let mut best: Option<(f64, usize, usize)> = None;
        for (zone, available, choices) in standings(model, need) {
            meter.spend(available.len() + choices.len() * 4);
            for at in choices {
                let choice = &model.choices[at];
                let filling = &mut fillings[zone * model.choices.len() + at];
                let stays = filling
                    .as_ref()
                    .is_some_and(|(_, tasks)| tasks.iter().all(|&(k, n)| available[k] >= n));
                if !stays {
                    let tasks = fill(model, choice, &available, worth, style, meter);
                    *filling = Some((value(worth, &tasks) / choice.weight, tasks));
                }
                if let Some((ratio, tasks)) = filling
                    && !tasks.is_empty()
                    && best.is_none_or(|(most, ..)| *ratio > most)
                {
                    best = Some((*ratio, zone, at));
                }
            }
        }
        let Some((_, zone, choice)) = best else { break };
        let Some((_, tasks)) = fillings[zone * model.choices.len() + choice].clone() else { break };
        let copies = need.times(model, &tasks, zone).max(1);
        need.place_all(model, &tasks, zone, copies);
        loads.push(Load { choice, zone, tasks, copies });
    }
    finish(model, need, worth, &mut loads, meter);
    loads
}

/// Places what is left without looking at more than one choice for an instance: the one where
/// the next kind's task is cheapest, filled with what else is there.
fn finish(model: &Model, need: &mut Need, worth: &[f64], loads: &mut Vec<Load>, meter: &mut Meter) {
    for zone in 0..model.zones {
        let mut available = availability(model, need, zone);
        for kind in 0..model.kinds.len() {
            let fitting = (0..model.choices.len()).filter(|&at| {
                model.choices[at].fits[kind] > 0 && model.choices[at].stands_in(zone)
            });
            let ratio =
                |at: usize| model.choices[at].weight / f64::from(model.choices[at].fits[kind]);
            let Some(choice) = fitting.min_by(|&a, &b| ratio(a).total_cmp(&ratio(b))) else {
                continue;
            };
            meter.spend(model.choices.len() * 4);
            while available[kind] > 0 {
                let here = &model.choices[choice];
                let tasks = fill(model, here, &available, worth, Fill::Left, meter);
                let copies = need.times(model, &tasks, zone).max(1);
                need.place_all(model, &tasks, zone, copies);
                for &(kind, _) in &tasks {
                    available[kind] = need.available(model, kind, zone);
                }
                loads.push(Load { choice, zone, tasks, copies });
            }
        }
    }
}

/// If the choice holds every kind: the fleet of this choice only; nothing if it costs `limit` or
/// more.
pub(super) fn uniform(
    model: &Model,
    at: usize,
    worth: &[f64],
    limit: u128,
    meter: &mut Meter,
) -> Option<Vec<Load>> {
    let choice = &model.choices[at];
    let everywhere = (0..model.zones).all(|zone| choice.stands_in(zone));
    let spread = model.is_spread();
    if choice.fits.contains(&0) || (spread && !everywhere) {
        return None;
    }
    let first = usize::try_from(choice.zones.trailing_zeros()).unwrap_or(0);
    let mut need = Need::all(model);
    let mut loads = Vec::new();
    let mut cost = 0_u128;
    while !need.is_met() {
        let before = loads.len();
        for zone in if spread { 0..model.zones } else { first..first + 1 } {
            let available = availability(model, &need, zone);
            let tasks = fill(model, choice, &available, worth, Fill::Left, meter);
            if !tasks.is_empty() {
                let copies = need.times(model, &tasks, zone).max(1);
                need.place_all(model, &tasks, zone, copies);
                cost += u128::from(choice.price) * u128::from(copies);
                loads.push(Load { choice: at, zone, tasks, copies });
            }
        }
        if loads.len() == before || cost >= limit {
            return None;
        }
    }
    Some(loads)
}
