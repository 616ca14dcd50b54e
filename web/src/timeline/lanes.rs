//! What the drawing shows, one lane above the other: load, tasks, instances, reservation. Pure.

use crate::format::thousands;
use crate::outlook::chart::Axis;
use crate::palette::{colour_class, pattern};
use crate::timeline::bands::{Plot, combined, less, stacked, sum};
use eniac_core::report::{GroupTimeline, Series, ServiceTimeline, Timeline};

/// How something looks in a lane and in its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// What it is.
    pub name: String,
    /// Its class.
    pub class: String,
    /// The pattern over its colour.
    pub pattern: Option<&'static str>,
}

impl Look {
    fn new(name: impl Into<String>, class: &str) -> Self {
        Self { name: name.into(), class: class.to_owned(), pattern: None }
    }

    fn patterned(self, pattern: &'static str) -> Self {
        Self { pattern: Some(pattern), ..self }
    }
}

/// A lane.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// Its word in ids.
    pub word: &'static str,
    /// What it shows.
    pub title: &'static str,
    /// Areas, each upon the ones before unless they overlap on purpose.
    pub bands: Vec<(Look, (Series, Series))>,
    /// Lines over them.
    pub lines: Vec<(Look, Series)>,
    /// Its axes.
    pub plot: Plot,
    /// Whether its figures are tenths of a percent.
    pub per_mille: bool,
}

impl Lane {
    /// A figure of its axis.
    pub fn figure(&self, value: u64) -> String {
        if self.per_mille { format!("{} %", thousands(value / 10)) } else { compact(value) }
    }
}

/// A number in few letters: `950`, `12k`, `1.5M`.
pub fn compact(value: u64) -> String {
    let (unit, letter) = match value {
        ..10_000 => return thousands(value),
        10_000..1_000_000 => (1000, "k"),
        _ => (1_000_000, "M"),
    };
    let tenths = value / (unit / 10);
    match tenths % 10 {
        0 => format!("{}{letter}", thousands(tenths / 10)),
        rest => format!("{}.{rest}{letter}", thousands(tenths / 10)),
    }
}

/// What is looked at of a timeline.
#[derive(Debug, Clone, Copy)]
pub struct Chosen<'a> {
    /// The timeline.
    pub timeline: &'a Timeline,
    /// The place of the one service; all where there is none.
    pub service: Option<u32>,
    /// Requests a minute that one task of each service serves, by its place.
    pub per_task: &'a [Option<u64>],
}

impl<'a> Chosen<'a> {
    /// The services that are looked at, with their places.
    pub fn services(&self) -> impl Iterator<Item = (usize, &'a ServiceTimeline)> {
        let only = self.service.map(|place| place as usize);
        let all = self.timeline.services.iter().enumerate();
        all.filter(move |(place, _)| only.is_none_or(|only| only == *place))
    }

    /// The sum of a series of all of them.
    pub fn total(&self, of: impl Fn(&'a ServiceTimeline) -> &'a Series) -> Series {
        sum(&self.services().map(|(_, service)| of(service)).collect::<Vec<_>>())
    }

    /// The sum of a series of all groups.
    pub fn groups(&self, of: impl Fn(&'a GroupTimeline) -> &'a Series) -> Series {
        sum(&self.timeline.groups.iter().map(of).collect::<Vec<_>>())
    }

    /// The sum of all of them at a minute.
    pub fn total_at(&self, minute: u32, of: impl Fn(&'a ServiceTimeline) -> &'a Series) -> u64 {
        self.services().map(|(_, service)| of(service).at(minute)).sum()
    }

    /// The sum of all groups at a minute.
    pub fn groups_at(&self, minute: u32, of: impl Fn(&'a GroupTimeline) -> &'a Series) -> u64 {
        self.timeline.groups.iter().map(|group| of(group).at(minute)).sum()
    }

    /// Requests a minute that the running tasks can serve, where it is known of every service.
    pub fn can_serve(&self) -> Option<Series> {
        let each: Option<Vec<Series>> = self
            .services()
            .filter(|(_, service)| !service.load.0.is_empty())
            .map(|(place, service)| {
                let per_task = self.per_task.get(place).copied().flatten()?;
                Some(combined(&[&service.running], |values| values[0].saturating_mul(per_task)))
            })
            .collect();
        each.map(|each| sum(&each.iter().collect::<Vec<_>>()))
    }

    fn plot(&self, axis: Axis, height: f64) -> Plot {
        Plot { minutes: self.timeline.minutes, axis, height }
    }

    /// All lanes, the topmost first.
    pub fn lanes(&self) -> Vec<Lane> {
        let load = self.load();
        load.into_iter().chain([self.tasks(), self.instances(), self.reservation()]).collect()
    }

    fn load(&self) -> Option<Lane> {
        let load = self.total(|service| &service.load);
        if load.most() == 0 {
            return None;
        }
        let unserved = self.total(|service| &service.unserved);
        let served = less(&load, &unserved);
        let can_serve = self.can_serve();
        // What could be served at quiet times may be many times the load: it need not all be seen.
        let most = can_serve.as_ref().map_or(0, Series::most).min(load.most().saturating_mul(2));
        let axis = Axis::from_zero([load.most(), most].into_iter());
        let layers = stacked(&[served, unserved]).into_iter();
        let looks = [Look::new("served", "load-served"), Look::new("lost", "load-lost")];
        let lines = can_serve
            .map(|it| (Look::new("what the running tasks can serve", "line can-serve"), it));
        Some(Lane {
            word: "load",
            title: "Requests a minute",
            bands: looks.into_iter().zip(layers).collect(),
            lines: lines.into_iter().collect(),
            plot: self.plot(axis, 72.0),
            per_mille: false,
        })
    }

    fn tasks(&self) -> Lane {
        let is_one = self.service.is_some();
        let mut looks = Vec::new();
        let mut layers = Vec::new();
        for (_, service) in self.services() {
            let (row, replaced) = (service.row as usize, &service.replaced);
            let colour = colour_class(row);
            let name = if is_one { "running".to_owned() } else { service.service.clone() };
            let look = Look { name, class: colour.clone(), pattern: pattern(row) };
            if is_one && replaced.most() > 0 {
                looks.push(Look::new("running, old revision", &format!("{colour} faint")));
                layers.push(replaced.clone());
                layers.push(less(&service.running, replaced));
            } else {
                layers.push(service.running.clone());
            }
            looks.push(look);
        }
        looks.push(Look::new("starting", "tasks-starting"));
        layers.push(self.total(|service| &service.pending));
        looks.push(
            Look::new("waiting for an instance", "tasks-waiting").patterned("url(#pattern-wait)"),
        );
        layers.push(self.total(|service| &service.waiting));
        let desired = self.total(|service| &service.desired);
        let stack = stacked(&layers);
        let top = stack.last().map_or(0, |(_, high)| high.most());
        let axis = Axis::from_zero([top, desired.most()].into_iter());
        Lane {
            word: "tasks",
            title: "Tasks",
            bands: looks.into_iter().zip(stack).collect(),
            lines: vec![(Look::new("desired", "line desired"), desired)],
            plot: self.plot(axis, 112.0),
            per_mille: false,
        }
    }

    fn instances(&self) -> Lane {
        let (registered, empty) =
            (self.groups(|group| &group.registered), self.groups(|group| &group.empty));
        let layers = [
            less(&registered, &empty),
            empty,
            self.groups(|group| &group.launching),
            self.groups(|group| &group.draining),
        ];
        let looks = [
            Look::new("with tasks", "instances-busy"),
            Look::new("empty", "instances-empty"),
            Look::new("launching", "instances-launching").patterned("url(#pattern-hatch)"),
            Look::new("draining", "instances-draining").patterned("url(#pattern-drain)"),
        ];
        let desired = self.groups(|group| &group.desired);
        let stack = stacked(&layers);
        let top = stack.last().map_or(0, |(_, high)| high.most());
        let axis = Axis::from_zero([top, desired.most()].into_iter());
        Lane {
            word: "instances",
            title: "Instances",
            bands: looks.into_iter().zip(stack).collect(),
            lines: vec![(Look::new("desired", "line desired"), desired)],
            plot: self.plot(axis, 96.0),
            per_mille: false,
        }
    }

    fn reservation(&self) -> Lane {
        const LINES: [&str; 3] = ["line reservation", "line reservation b", "line reservation c"];
        let groups = &self.timeline.groups;
        let of = |group: &GroupTimeline, what: &str| match &group.provider {
            Some(provider) if groups.len() > 1 => format!("{what}, {provider}"),
            _ => what.to_owned(),
        };
        let mut lines = Vec::new();
        for (place, group) in groups.iter().enumerate() {
            let target = Series(vec![(0, u64::from(group.target_capacity) * 10)]);
            let formula = group.slots_used_per_mille.clone();
            lines.push((
                Look::new(of(group, "tasks × 100 / slots, as often told"), "line formula"),
                formula,
            ));
            lines.push((Look::new(of(group, "target"), "line target"), target));
            let look = Look::new(
                of(group, "CapacityProviderReservation"),
                LINES.get(place).copied().unwrap_or(LINES[2]),
            );
            lines.push((look, group.reservation_per_mille.clone()));
        }
        // The told formula counts slots only where tasks share instances.
        lines.retain(|(_, series)| !series.0.is_empty());
        let axis = Axis::from_zero(lines.iter().map(|(_, series)| series.most()));
        Lane {
            word: "reservation",
            title: "Capacity in use",
            bands: Vec::new(),
            lines,
            plot: self.plot(axis, 96.0),
            per_mille: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        for (value, text) in [
            (950, "950"),
            (9_999, "9,999"),
            (12_000, "12k"),
            (12_500, "12.5k"),
            (1_500_000, "1.5M"),
        ] {
            assert_eq!(compact(value), text);
        }
    }

    fn service(name: &str, running: u64) -> ServiceTimeline {
        let constant = |value: u64| Series(vec![(0, value)]);
        ServiceTimeline {
            service: name.into(),
            running: constant(running),
            desired: constant(running + 1),
            load: constant(500),
            ..ServiceTimeline::default()
        }
    }

    #[test]
    fn one_service_or_all() {
        let services = vec![service("web", 2), service("api", 3)];
        let timeline = Timeline { minutes: 10, services, ..Timeline::default() };
        let per_task = [Some(100), None];
        let all = Chosen { timeline: &timeline, service: None, per_task: &per_task };
        assert_eq!(all.total(|service| &service.running).at(0), 5);
        assert_eq!(all.can_serve(), None, "nobody knows what a task of api serves");
        let one = Chosen { service: Some(0), ..all };
        assert_eq!(one.can_serve().map(|it| it.at(0)), Some(200));
        assert_eq!(one.lanes().len(), 4);
        let tasks = &one.lanes()[1];
        assert_eq!(tasks.bands[0].0.name, "running");
        assert_eq!(tasks.bands[2].1.1.at(5), 2);
    }
}
