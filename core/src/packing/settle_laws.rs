//! What holds for the listing of fillings, the program over them and its cuts.

use proptest::prelude::*;

use super::bound::PROVEN_BITS;
use super::columns::Column;
use super::cuts::cuts;
use super::fleet::Tasks;
use super::formulation::{FRACTION, Formulation};
use super::listing::fillings;
use super::program::{Outcome, Program};
use super::reduce::Model;
use super::work::Meter;
use super::{Demand, NanoUsdPerHour, Offer, Problem, Work};

fn meter() -> Meter<'static> {
    Meter::new(Work(u64::MAX), None)
}

/// Every filling of every choice, not only full ones.
fn every_filling(model: &Model) -> Vec<Column> {
    let mut all = Vec::new();
    for (choice, it) in model.choices.iter().enumerate() {
        let mut partial: Vec<Tasks> = vec![Vec::new()];
        for (kind, &most) in it.fits.iter().enumerate() {
            let with = |tasks: &Tasks, n: u32| {
                let own = (n > 0).then_some((kind, n));
                tasks.iter().copied().chain(own).collect::<Tasks>()
            };
            partial = partial.iter().flat_map(|t| (0..=most).map(move |n| with(t, n))).collect();
        }
        let stands = |tasks: &Tasks| {
            let fits = (0..it.amounts.len()).all(|r| {
                let used = tasks.iter().map(|&(k, n)| model.kinds[k].amounts[r] * u64::from(n));
                used.sum::<u64>() <= it.amounts[r]
            });
            let apart = |(k, _): &(usize, u32)| {
                tasks.iter().any(|(other, _)| model.kinds[*k].apart.contains(other))
            };
            fits && !tasks.iter().any(apart)
        };
        all.extend(partial.into_iter().filter(stands).map(|tasks| Column { choice, tasks }));
    }
    all
}

fn worth(column: &Column, each: &[u64]) -> u64 {
    column.tasks.iter().map(|&(kind, n)| each[kind] * u64::from(n)).sum()
}

prop_compose! {
    fn problems()(
        kinds in prop::collection::vec((1..6_u32, 0..5_u64, 1..5_u64, any::<bool>()), 2..4),
        offers in prop::collection::vec((2..9_u64, 2..9_u64, 5..40_u64), 1..4),
        apart in any::<bool>(),
    ) -> Problem {
        let demand = |&(count, cpu, memory, distinct): &(u32, u64, u64, bool)| Demand {
            count, amounts: [cpu, memory, 0, 0], classes: 1, distinct, spread: false,
        };
        let offer = |&(cpu, memory, price): &(u64, u64, u64)| Offer {
            amounts: [cpu, memory, 0, 0], class: 1, zones: 1, price: NanoUsdPerHour(price),
        };
        Problem {
            zones: 1,
            demands: kinds.iter().map(demand).collect(),
            offers: offers.iter().map(offer).collect(),
            anti_affinity: if apart { vec![(0, 1)] } else { Vec::new() },
        }
    }
}

proptest! {
    /// Whatever a filling within the slack holds, a listed one holds too, for no more.
    #[test]
    fn no_filling_within_the_slack_is_missed(
        problem in problems(), each in prop::collection::vec(0..9_u64, 4), slack in 0..30_u64,
    ) {
        let Ok(model) = Model::of(&problem) else { return Ok(()) };
        let every = every_filling(&model);
        let price = |column: &Column| model.choices[column.choice].price;
        // Worths at which no filling is worth more than its price.
        let sound = every.iter().all(|column| worth(column, &each) <= price(column));
        prop_assume!(sound);
        let scaled: Vec<u128> =
            each.iter().take(model.kinds.len()).map(|&it| u128::from(it) << PROVEN_BITS).collect();
        let slack_scaled = u128::from(slack) << PROVEN_BITS;
        let listed =
            fillings(&model, &scaled, slack_scaled, 10_000, 1_000_000, &mut meter()).unwrap();
        for column in &every {
            let spare = price(column) - worth(column, &each);
            let holds = |other: &Column| {
                price(other) <= price(column)
                    && column.tasks.iter().all(|&(kind, n)| {
                        other.tasks.iter().any(|&(k, most)| k == kind && most >= n)
                    })
            };
            prop_assert!(spare > slack || listed.iter().any(holds), "{column:?} is not listed");
        }
        for column in &listed {
            prop_assert!(every.contains(column), "{column:?} is no filling");
        }
    }

    /// Cuts hold for every whole point, and duals prove no more than the cheapest one costs.
    #[test]
    fn whole_points_keep_what_is_proven(
        columns in prop::collection::vec((prop::collection::vec(0..4_u32, 3), 1..30_u32), 1..5),
        wanted in prop::collection::vec(1..6_u32, 3),
    ) {
        let offers = columns.iter().map(|&(_, price)| Offer {
            amounts: [99, 0, 0, 0], class: 1, zones: 1, price: NanoUsdPerHour(u64::from(price)),
        });
        let demands = wanted.iter().zip(1..).map(|(&count, each)| Demand {
            count, amounts: [each, 0, 0, 0], classes: 1, ..Demand::default()
        });
        let problem = Problem {
            zones: 1, demands: demands.collect(), offers: offers.collect(), anti_affinity: vec![],
        };
        let Ok(mut model) = Model::of(&problem) else { return Ok(()) };
        // A choice for each column, dominated or not: only the prices matter here.
        let one = model.choices.remove(0);
        model.choices.clear();
        let mut listed = Vec::new();
        for (choice, (tasks, price)) in columns.iter().enumerate() {
            let amounts = one.amounts;
            let (fits, zones) = (one.fits.clone(), one.zones);
            let price = u64::from(*price);
            let weight = price as f64;
            model.choices.push(super::reduce::Choice {
                offer: choice, amounts, price, weight, zones, fits,
            });
            let tasks: Tasks =
                tasks.iter().copied().enumerate().filter(|&(_, n)| n > 0).collect();
            if !tasks.is_empty() {
                listed.push(Column { choice, tasks });
            }
        }
        prop_assume!((0..3).all(|kind| {
            listed.iter().any(|it| it.tasks.iter().any(|&(k, _)| k == kind))
        }));
        // All whole points within the bounds, and the cheapest cost.
        let mut points: Vec<(Vec<u32>, u32)> = vec![(Vec::new(), 0)];
        for column in &listed {
            let price = columns[column.choice].1;
            let more = |(point, cost): &(Vec<u32>, u32)| -> Vec<(Vec<u32>, u32)> {
                let with = |n| point.iter().copied().chain([n]).collect();
                (0..=5).map(|n| (with(n), cost + n * price)).collect()
            };
            points = points.iter().flat_map(more).collect();
        }
        points.retain(|(point, _)| (0..3).all(|kind| {
            let held = listed.iter().zip(point).map(|(column, n)| {
                n * column.tasks.iter().find(|it| it.0 == kind).map_or(0, |it| it.1)
            });
            held.sum::<u32>() >= wanted[kind]
        }));
        let cheapest = points.iter().map(|point| point.1).min().unwrap();

        let mut form = Formulation::new(&model, &listed, false);
        let variables = form.costs.len();
        for _ in 0..4 {
            prop_assert_eq!(form.program.solve(f64::INFINITY, &mut meter(), 100), Outcome::Optimal);
            let proven = form.certify(&form.program.duals()).unwrap().bound;
            prop_assert!(proven <= i128::from(cheapest) << FRACTION);
            let figures = form.program.figures();
            let (found, _) = cuts(&form.program, variables, &figures);
            for cut in &found {
                for (point, _) in &points {
                    // The variables after the fillings count the instances of each choice.
                    let value = |at: usize| {
                        let of = |choice: usize| -> u32 {
                            let own = listed.iter().zip(point);
                            own.filter(|(it, _)| it.choice == choice).map(|(_, n)| n).sum()
                        };
                        point.get(at).copied().unwrap_or_else(|| {
                            form.choice(at).map_or(0, of)
                        })
                    };
                    let held: u32 = cut.entries.iter().map(|&(at, n)| n * value(at)).sum();
                    prop_assert!(held >= cut.wanted, "{point:?} breaks a cut");
                }
            }
            for cut in found {
                let entries: Vec<(usize, f64)> =
                    cut.entries.iter().map(|&(at, n)| (at, f64::from(n))).collect();
                form.program.add_row(&entries, f64::from(cut.wanted));
            }
        }
    }

    /// After changes of bounds, from where it stood, the program finds the same as anew.
    #[test]
    fn bounds_change_as_if_anew(
        columns in prop::collection::vec((1..20_u32, prop::collection::vec(0..4_u32, 3)), 3..7),
        changes in prop::collection::vec((0..7_usize, 0..3_u32, 0..4_u32), 1..6),
    ) {
        let build = || {
            let mut program = Program::new(&[(5.0, false), (7.0, false), (3.0, false)]);
            for (cost, entries) in &columns {
                let entries = entries.iter().enumerate().filter(|(_, n)| **n > 0);
                let entries = entries.map(|(row, &n)| (row, f64::from(n))).collect();
                program.add(f64::from(*cost), entries, 9.0);
            }
            program.start();
            program
        };
        let mut program = build();
        program.solve(f64::INFINITY, &mut meter(), 100);
        let mut bounds = vec![(0.0, 9.0); columns.len()];
        for (at, lower, more) in changes {
            let at = at % columns.len();
            bounds[at] = (f64::from(lower), f64::from(lower + more));
            program.bind(at, bounds[at].0, bounds[at].1);
            prop_assert!(program.refresh());
            let outcome = program.solve(f64::INFINITY, &mut meter(), 100);
            let mut anew = build();
            for (at, &(lower, upper)) in bounds.iter().enumerate() {
                anew.bind(at, lower, upper);
            }
            anew.refresh();
            let expected = anew.solve(f64::INFINITY, &mut meter(), 100);
            let infeasible = |outcome| matches!(outcome, Outcome::Infeasible { .. });
            prop_assert_eq!(infeasible(outcome), infeasible(expected));
            if infeasible(outcome) {
                program = build();
                for (at, &(lower, upper)) in bounds.iter().enumerate() {
                    program.bind(at, lower, upper);
                }
                break;
            }
            prop_assert!((program.value() - anew.value()).abs() < 1e-5 * anew.value().max(1.0));
        }
    }
}
