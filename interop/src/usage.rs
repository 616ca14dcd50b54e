//! What tasks were seen to use, whatever told it: samples and statistics by service, counted in
//! thousandths, so that integers decide.

use crate::node::Place;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// CPU or memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum SizedResource {
    /// CPU units.
    Cpu,
    /// MiB.
    Memory,
}

impl SizedResource {
    pub(crate) fn unit(self) -> &'static str {
        match self {
            Self::Cpu => "CPU units",
            Self::Memory => "MiB",
        }
    }
}

/// What was made of the samples of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Statistic {
    Average,
    /// In thousandths of a percent: 95,000 for p95.
    Percentile(u32),
    Maximum,
}

/// The percentiles that are worked out of samples.
const WORKED_OUT: [u32; 4] = [50_000, 90_000, 95_000, 99_000];

impl Statistic {
    /// `p95`, `p99.9`, `Maximum`, `max`, `avg`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "average" | "avg" | "mean" => return Some(Self::Average),
            "maximum" | "max" => return Some(Self::Maximum),
            _ => {}
        }
        let percent = name.strip_prefix('p').map(|rest| rest.replace('_', "."))?;
        let (whole, fraction) = percent.split_once('.').unwrap_or((&percent, ""));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 || fraction.len() > 3 || !is_number(fraction) {
            return None;
        }
        let thousandths: u32 = format!("{whole}{fraction:0<3}").parse().ok()?;
        (is_number(whole) && thousandths <= 100_000).then_some(Self::Percentile(thousandths))
    }

    pub(crate) fn name(self) -> String {
        match self {
            Self::Average => "average".to_owned(),
            Self::Maximum => "maximum".to_owned(),
            Self::Percentile(thousandths) => {
                let percent = format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000);
                format!("p{}", percent.trim_end_matches('0').trim_end_matches('.'))
            }
        }
    }
}

/// Whose usage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    /// A service by its name.
    Service(String),
    /// The answer does not say; the name of its file may.
    OfFile(String),
}

/// What is measured, and in what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Measure {
    pub(crate) resource: SizedResource,
    /// Percent of what is reserved, instead of CPU units and MiB.
    pub(crate) is_percent: bool,
}

/// What was seen of a service's tasks, in thousandths of the unit.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) at: Place,
    /// Single samples.
    samples: Vec<u64>,
    /// The highest of each statistic over the times that it was given for, and of how many times.
    statistics: BTreeMap<Statistic, (u64, u64)>,
    /// How many samples a source says there were.
    pub(crate) sample_count: Option<u64>,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

/// All that was seen.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    pub(crate) seen: BTreeMap<(Who, Measure), Seen>,
}

impl Usage {
    /// What is known so far of a service, to be added to.
    pub(crate) fn of(&mut self, who: Who, measure: Measure, at: Place) -> &mut Seen {
        self.seen.entry((who, measure)).or_insert_with(|| Seen {
            at,
            samples: Vec::new(),
            statistics: BTreeMap::new(),
            sample_count: None,
            from: None,
            to: None,
        })
    }
}

impl Seen {
    pub(crate) fn sample(&mut self, thousandths: u64) {
        self.samples.push(thousandths);
    }

    /// A statistic of some time.
    pub(crate) fn statistic(&mut self, statistic: Statistic, thousandths: u64) {
        let (highest, times) = self.statistics.entry(statistic).or_default();
        *highest = (*highest).max(thousandths);
        *times += 1;
    }

    /// Times as ISO texts, which sort as they follow each other.
    pub(crate) fn time(&mut self, time: &str) {
        if self.from.as_deref().is_none_or(|from| time < from) {
            self.from = Some(time.to_owned());
        }
        if self.to.as_deref().is_none_or(|to| time > to) {
            self.to = Some(time.to_owned());
        }
    }

    pub(crate) fn count(&mut self, samples: u64) {
        self.sample_count = Some(self.sample_count.unwrap_or_default().saturating_add(samples));
    }

    /// How many single samples there are; 0 where only statistics are known.
    pub(crate) fn single_samples(&self) -> usize {
        self.samples.len()
    }

    /// The statistics, those of single samples by nearest rank: of n samples, the p-th percentile is
    /// the one in place ⌈p·n⌉. With each, over how many times it is the highest.
    pub(crate) fn statistics(&self) -> BTreeMap<Statistic, (u64, u64)> {
        let mut all = self.statistics.clone();
        let mut sorted = self.samples.clone();
        sorted.sort_unstable();
        let mut add = |statistic: Statistic, value: Option<&u64>| {
            if let Some(value) = value {
                let (highest, times) = all.entry(statistic).or_default();
                *highest = (*highest).max(*value);
                *times += 1;
            }
        };
        for thousandths in WORKED_OUT {
            add(Statistic::Percentile(thousandths), nearest_rank(&sorted, thousandths));
        }
        add(Statistic::Maximum, sorted.last());
        all
    }
}

fn nearest_rank(sorted: &[u64], thousandths: u32) -> Option<&u64> {
    let rank = (sorted.len() as u128 * u128::from(thousandths)).div_ceil(100_000);
    sorted.get(usize::try_from(rank).ok()?.saturating_sub(1))
}

/// A number of a file in thousandths; nothing for what is none or below 0.
pub(crate) fn thousandths(text: &str) -> Option<u64> {
    const MOST: f64 = 1e12;
    let number: f64 = text.trim().parse().ok()?;
    if !(0.0..=MOST).contains(&number) {
        return None;
    }
    format!("{number:.3}").replace('.', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_nearest_rank() {
        let mut usage = Usage::default();
        let measure = Measure { resource: SizedResource::Cpu, is_percent: false };
        let seen = usage.of(Who::Service("web".to_owned()), measure, Place::file(0));
        for value in (1..=20).rev() {
            seen.sample(value * 1_000);
        }
        let got: Vec<(String, u64)> =
            seen.statistics().into_iter().map(|(it, (value, _))| (it.name(), value)).collect();
        let expected = [
            ("p50", 10_000),
            ("p90", 18_000),
            ("p95", 19_000),
            ("p99", 20_000),
            ("maximum", 20_000),
        ];
        assert_eq!(got, expected.map(|(name, value)| (name.to_owned(), value)));
    }

    #[test]
    fn statistics_have_names() {
        for (name, shown) in [
            ("p95", Some("p95")),
            ("p99.9", Some("p99.9")),
            ("p99_9", Some("p99.9")),
            ("P100", Some("p100")),
            ("Maximum", Some("maximum")),
            ("avg", Some("average")),
            ("p101", None),
            ("ports", None),
            ("p", None),
            ("Sum", None),
        ] {
            assert_eq!(Statistic::named(name).map(Statistic::name).as_deref(), shown, "{name}");
        }
    }

    #[test]
    fn numbers_are_thousandths() {
        for (text, expected) in [
            ("312.4567", Some(312_457)),
            ("0", Some(0)),
            ("1e-05", Some(0)),
            ("1.5e2", Some(150_000)),
            ("-1", None),
            ("NaN", None),
            ("inf", None),
            ("1e300", None),
            ("", None),
        ] {
            assert_eq!(thousandths(text), expected, "{text}");
        }
    }
}
