//! A timeline moment by moment: a row where something changed, or on the hour where that is too much.

use super::tenths;
use crate::figures::{clock, plain, to_the_right};
use eniac_core::report::{GroupTimeline, Series, ServiceTimeline, Timeline};

/// From so many groups on only the greatest percentages are shown.
const GROUPS_SIDE_BY_SIDE: usize = 3;

/// Minutes between two rows where not every change can be shown.
const STEPS: [u32; 12] = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

/// The figures of a minute: those of the tasks, of the instances, and of each group.
#[derive(PartialEq, Eq)]
struct Moment {
    counts: [u64; 8],
    reservation: Vec<u64>,
    slots: Vec<u64>,
}

/// The table; `most` rows of it at most.
pub(super) fn moments(timeline: &Timeline, most: usize) -> String {
    let mut chosen = Vec::new();
    let mut step = 1;
    for each in STEPS {
        step = each;
        chosen = changes(timeline, each);
        if chosen.len() <= most {
            break;
        }
    }
    let mut table = plain();
    let percent = if timeline.groups.len() > GROUPS_SIDE_BY_SIDE {
        ["greatest CPR %", "article's %"]
    } else {
        ["CPR %", "article's %"]
    };
    let counts = [
        "desired",
        "running",
        "starting",
        "waiting",
        "instances",
        "launching",
        "draining",
        "empty",
    ];
    table.set_header(["clock"].iter().chain(&counts).chain(&percent));
    for (minute, moment) in chosen {
        let mut row = vec![clock(timeline.starts_at_minute, minute)];
        row.extend(moment.counts.iter().map(u64::to_string));
        row.push(side_by_side(&moment.reservation));
        row.push(side_by_side(&moment.slots));
        table.add_row(row);
    }
    let columns: Vec<usize> = (1..=counts.len() + percent.len()).collect();
    to_the_right(&mut table, &columns);
    let which = if step == 1 {
        "Whenever something changed".to_owned()
    } else {
        format!("Every {step} minutes where something changed; --all shows every change")
    };
    format!("{which}\n{table}\n\n")
}

/// The minutes, of those that `step` divides, at which a figure is another than before.
fn changes(timeline: &Timeline, step: u32) -> Vec<(u32, Moment)> {
    let mut changes: Vec<(u32, Moment)> = Vec::new();
    for minute in (0..=timeline.minutes).step_by(step as usize) {
        let moment = Moment::of(timeline, minute);
        if changes.last().is_none_or(|(_, last)| *last != moment) {
            changes.push((minute, moment));
        }
    }
    changes
}

impl Moment {
    fn of(timeline: &Timeline, minute: u32) -> Self {
        let tasks = |series: fn(&ServiceTimeline) -> &Series| -> u64 {
            timeline.services.iter().map(|service| series(service).at(minute)).sum()
        };
        let instances = |series: fn(&GroupTimeline) -> &Series| -> u64 {
            timeline.groups.iter().map(|group| series(group).at(minute)).sum()
        };
        let percent = |series: fn(&GroupTimeline) -> &Series| -> Vec<u64> {
            timeline.groups.iter().map(|group| series(group).at(minute)).collect()
        };
        Self {
            counts: [
                tasks(|it| &it.desired),
                tasks(|it| &it.running),
                tasks(|it| &it.pending),
                tasks(|it| &it.waiting),
                instances(|it| &it.registered),
                instances(|it| &it.launching),
                instances(|it| &it.draining),
                instances(|it| &it.empty),
            ],
            reservation: percent(|it| &it.reservation_per_mille),
            slots: percent(|it| &it.slots_used_per_mille),
        }
    }
}

/// `100.0 / 66.7`, or the greatest of many.
fn side_by_side(per_mille: &[u64]) -> String {
    if per_mille.len() > GROUPS_SIDE_BY_SIDE {
        return tenths(per_mille.iter().copied().max().unwrap_or(0));
    }
    let each: Vec<String> = per_mille.iter().map(|figure| tenths(*figure)).collect();
    each.join(" / ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(most: usize) -> String {
        let every_minute = Series((0..=1440).map(|minute| (minute, u64::from(minute))).collect());
        let service = ServiceTimeline { desired: every_minute, ..ServiceTimeline::default() };
        let group = GroupTimeline {
            reservation_per_mille: Series(vec![(0, 1000)]),
            ..GroupTimeline::default()
        };
        let (services, groups) = (vec![service], vec![group]);
        moments(&Timeline { minutes: 1440, services, groups, ..Timeline::default() }, most)
    }

    #[test]
    fn a_day_of_changes_is_thinned_to_what_can_be_read() {
        for (most, lines, begins) in [
            (60, 49 + 3, "Every 30 minutes where"),
            (25, 25 + 3, "Every 60 minutes where"),
            (usize::MAX, 1441 + 3, "Whenever something changed\n"),
        ] {
            let text = told(most);
            assert!(text.starts_with(begins), "{text}");
            assert_eq!(text.lines().count(), lines, "{most}");
        }
        assert!(told(60).contains("00:00 +1d"));
    }
}
