//! From a fleet to a cheaper one.

use super::fleet::{Load, holds, tidy, used};
use super::reduce::Model;

/// Moves each instance's tasks to the cheapest choice that holds them in its zone.
pub(super) fn downsize(model: &Model, loads: &mut Vec<Load>) {
    for load in loads.iter_mut() {
        let used = used(model, &load.tasks);
        let mut least = model.choices[load.choice].price;
        for (at, choice) in model.choices.iter().enumerate() {
            if choice.price < least
                && choice.stands_in(load.zone)
                && holds(model, at, &load.tasks, &used)
            {
                least = choice.price;
                load.choice = at;
            }
        }
    }
    tidy(loads);
}
