//! Problems made to be hard, each with what its cheapest fleet costs where that is plain.

use eniac_catalog::NanoUsdPerHour;
use eniac_core::packing::{Amounts, Demand, Offer, Problem};

use super::dice::Dice;

/// A hard problem.
pub(crate) struct Adversary {
    pub(crate) name: &'static str,
    pub(crate) problem: Problem,
    /// What the cheapest fleet costs, if that is plain without search.
    pub(crate) optimum: Option<u64>,
}

pub(crate) fn demand(count: u32, amounts: Amounts) -> Demand {
    Demand { count, amounts, classes: 1, ..Demand::default() }
}

pub(crate) fn offer(amounts: Amounts, price: u64) -> Offer {
    Offer { amounts, class: 1, zones: u16::MAX, price: NanoUsdPerHour(price) }
}

fn problem(zones: usize, demands: Vec<Demand>, offers: Vec<Offer>) -> Problem {
    Problem { zones, demands, offers, anti_affinity: Vec::new() }
}

/// Instances as providers sell them: three families, each size twice the one before.
pub(crate) fn families(sizes: u32) -> Vec<Offer> {
    let mut offers = Vec::new();
    for (memory, price) in [(2_048, 42_500_000), (4_096, 48_000_000), (8_192, 63_000_000)] {
        for size in 0..sizes {
            let times = 1_u64 << size;
            let usable = memory * 2 * times - (memory * 2 * times / 13).max(255);
            let enis = [2, 3, 3, 7, 7, 14, 14, 14][size.min(7) as usize];
            offers.push(offer([2_048 * times, usable, enis, 0], price * 2 * times));
        }
    }
    offers
}

/// Services as people define them, `each` tasks of every kind.
pub(crate) fn services(kinds: u32, each: u32, eni: u64) -> Vec<Demand> {
    let mut dice = Dice::new(u64::from(kinds));
    (0..kinds)
        .map(|_| {
            let cpu = dice.pick(&[128, 256, 384, 512, 1_024, 2_048]);
            let memory = dice.pick(&[256, 512, 1_024, 1_500, 2_048, 3_000, 4_096]);
            demand(each, [cpu, memory, eni, 0])
        })
        .collect()
}

fn one_dimension_binds() -> Adversary {
    let sizes = [701, 743, 787, 811, 853, 907, 941, 983, 1_009, 1_051, 1_103, 1_151];
    let demands = sizes.iter().map(|&memory| demand(150, [0, memory, 0, 0])).collect();
    let offers = (2..9_u64).map(|at| offer([9, 1_000 * at - at, 9, 9], 997 * at + 13)).collect();
    Adversary { name: "one dimension binds", problem: problem(1, demands, offers), optimum: None }
}

fn nearly_equal_types() -> Adversary {
    let offers = (0..1_300_u64)
        .map(|at| offer([8_192 + at % 11, 16_384 + at % 37, 9, 0], 400_000_000 + 3 * at % 1_301))
        .collect();
    Adversary {
        name: "1,300 types nearly equal",
        problem: problem(1, services(20, 40, 1), offers),
        optimum: None,
    }
}

fn all_of_size_one() -> Adversary {
    let demands = vec![demand(37, [1, 1, 1, 0]); 50];
    let offers = vec![offer([100, 100, 100, 0], 1_000), offer([10, 10, 10, 0], 101)];
    // 1,850 tasks: eighteen hundreds, and five tens.
    let optimum = Some(18 * 1_000 + 5 * 101);
    Adversary { name: "50 services of size 1", problem: problem(1, demands, offers), optimum }
}

fn exact_fit() -> Adversary {
    let whole = [4_096, 15_155, 3, 0];
    let demands =
        vec![demand(7, whole), demand(12, [2_048, 7_577, 1, 0]), demand(8, [4_096, 1, 3, 0])];
    let mut offers = vec![offer(whole, 192_000_000), offer([4_095, 99_999, 9, 0], 1)];
    offers.push(offer([4_096, 15_154, 3, 0], 191_999_999));
    // Of the instance for a nano-dollar, a CPU unit too small for two, each of the twelve gets one.
    let optimum = Some(7 * 192_000_000 + 12 + 8 * 191_999_999);
    Adversary { name: "tasks that fit exactly", problem: problem(1, demands, offers), optimum }
}

fn nothing_needed() -> Adversary {
    let zero = [0; 4];
    let demands = vec![
        demand(1_000, zero),
        Demand { distinct: true, ..demand(30, zero) },
        Demand { spread: true, ..demand(11, [0, 5, 0, 0]) },
        demand(40, [0, 0, 1, 0]),
    ];
    let offers = vec![offer([0, 0, 0, 0], 7), offer([0, 10, 2, 0], 9), offer([3, 3, 3, 3], 10)];
    // Thirty instances for the distinct kind, and forty ENIs: each beyond none costs 1 at least,
    // as on twenty instances of two, which hold the spread kind too.
    let optimum = Some(20 * 9 + 10 * 7);
    Adversary { name: "zero-sized resources", problem: problem(2, demands, offers), optimum }
}

fn one_nano_dollar() -> Adversary {
    let offers = (0..40_u64)
        .map(|at| offer([16_384 + 64 * (at % 5), 65_536 - 128 * (at % 7), 15, 0], 768_000_000 + at))
        .collect();
    Adversary {
        name: "prices one nano-dollar apart",
        problem: problem(3, services(12, 90, 1), offers),
        optimum: None,
    }
}

fn greatest_amounts() -> Adversary {
    let most = u64::MAX;
    let demands = vec![
        demand(5, [most; 4]),
        demand(6, [most / 2, 1, 0, 0]),
        demand(u32::MAX, [0, 0, 0, 0]),
        Demand { spread: true, ..demand(4, [1, most / 3, 1, most]) },
    ];
    let offers = vec![
        offer([most; 4], (1 << 53) - 1),
        offer([most, most, 1, most], 3),
        offer([most - 1; 4], 2),
    ];
    Adversary { name: "greatest amounts", problem: problem(3, demands, offers), optimum: None }
}

fn many_tasks(name: &'static str, each: u32) -> Adversary {
    Adversary { name, problem: problem(1, services(40, each, 1), families(8)), optimum: None }
}

/// Many small tasks on large instances, where an instance has countless fillings.
fn small_tasks_on_large_instances() -> Adversary {
    let demands =
        (0..40).map(|at| demand(500, [100 + 7 * at, 300 + 37 * (at % 9), 0, 0])).collect();
    Adversary {
        name: "small tasks on large instances",
        problem: problem(3, demands, families(7)),
        optimum: None,
    }
}

fn all_apart() -> Adversary {
    let demands: Vec<Demand> = (1..=30).map(|at| demand(10 * at, [512, 900, 1, 0])).collect();
    let pairs = (0..30).flat_map(|one| (0..one).map(move |other| (one, other)));
    let offers = vec![offer([2_048, 3_600, 9, 0], 40), offer([512, 900, 1, 0], 11)];
    // Each kind by itself: four on an instance, and what is left on small ones while that pays.
    let alone = |count: u64| count / 4 * 40 + (count % 4 * 11).min(40);
    let optimum = Some((1..=30).map(|at| alone(10 * at)).sum());
    let problem = Problem { anti_affinity: pairs.collect(), ..problem(1, demands, offers) };
    Adversary { name: "all apart", problem, optimum }
}

fn all_distinct_and_spread() -> Adversary {
    let demands: Vec<Demand> = (0..20)
        .map(|at| Demand { distinct: true, spread: true, ..demand(16 + at, [64, 64, 1, 0]) })
        .collect();
    // An instance holds one of each kind: as many as the largest kind has tasks.
    let offers = vec![offer([1_280, 1_280, 20, 0], 50), offer([640, 640, 10, 0], 30)];
    Adversary {
        name: "all distinct and spread over 16 zones",
        problem: problem(16, demands, offers),
        optimum: None,
    }
}

fn hundreds_of_kinds() -> Adversary {
    let mut dice = Dice::new(7);
    let demands = (0..400)
        .map(|_| demand(5, [dice.between(50, 4_000), dice.between(100, 9_000), 1, 0]))
        .collect();
    let pairs = (0..60).map(|at| (at, 399 - at)).collect();
    let problem = Problem { anti_affinity: pairs, ..problem(1, demands, families(8)) };
    Adversary { name: "hundreds of kinds", problem, optimum: None }
}

fn lonely_zones() -> Adversary {
    let mut dice = Dice::new(9);
    let offers = (0..120)
        .map(|at| {
            let times = 1 << (at % 4);
            let price = 90 * times + dice.between(0, 20);
            Offer {
                zones: 1 << (at % 6),
                ..offer([2_048 * times, 7_000 * times, 4 * times, 0], price)
            }
        })
        .collect();
    let spread = |it| Demand { spread: dice.chance(50), ..it };
    let demands = services(12, 31, 1).into_iter().map(spread).collect();
    Adversary {
        name: "offers in one zone each",
        problem: problem(6, demands, offers),
        optimum: None,
    }
}

fn graphics_hosts() -> Adversary {
    let mut offers = families(5);
    for (gpus, price) in [(1, 526_000_000), (4, 3_912_000_000), (8, 7_824_000_000)] {
        offers.push(offer([4_096 * gpus, 15_000 * gpus, 3 + gpus, gpus], price));
    }
    let mut demands = services(8, 25, 1);
    demands.push(demand(13, [1_024, 4_096, 1, 1]));
    demands.push(Demand { spread: true, ..demand(5, [8_192, 20_000, 1, 3]) });
    demands.push(Demand { distinct: true, ..demand(3, [2_048, 9_000, 1, 2]) });
    Adversary {
        name: "hosts of graphics cards",
        problem: problem(3, demands, offers),
        optimum: None,
    }
}

pub(crate) fn all() -> Vec<Adversary> {
    vec![
        one_dimension_binds(),
        nearly_equal_types(),
        all_of_size_one(),
        exact_fit(),
        nothing_needed(),
        one_nano_dollar(),
        greatest_amounts(),
        many_tasks("100,000 tasks", 2_500),
        many_tasks("1,000,000 tasks", 25_000),
        small_tasks_on_large_instances(),
        all_apart(),
        all_distinct_and_spread(),
        hundreds_of_kinds(),
        lonely_zones(),
        graphics_hosts(),
    ]
}
