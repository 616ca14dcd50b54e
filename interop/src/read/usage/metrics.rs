//! Metrics as the command line of `CloudWatch` prints them: `get-metric-data`, joined with the
//! queries where their file is among those given, and `get-metric-statistics`.

use super::{Source, measure, scalar};
use crate::account::Account;
use crate::node::{Node, Place};
use crate::usage::{Measure, Statistic, Usage, Who, thousandths};
use std::collections::BTreeMap;

/// Statistics of `get-metric-statistics` that are not percentiles.
const PLAIN: [(&str, Statistic); 2] =
    [("Average", Statistic::Average), ("Maximum", Statistic::Maximum)];

/// An answer with values, or the queries of one.
pub(super) fn is_answer(json: &Node) -> bool {
    let has = |key: &str| json.get(key).is_some();
    has("MetricDataResults") || has("Datapoints") || queries(json).is_some()
}

fn queries(json: &Node) -> Option<&[Node]> {
    let list = json.as_list().or_else(|| json.get("MetricDataQueries").and_then(Node::as_list))?;
    let is_query =
        |node: &Node| node.get("MetricStat").is_some() || node.get("Expression").is_some();
    list.iter().any(is_query).then_some(list)
}

/// What a result says of itself, as far as it is known.
#[derive(Debug, Default, Clone)]
struct Asked {
    service: Option<String>,
    measure: Option<Measure>,
    statistic: Option<Statistic>,
    /// A statistic that says nothing of a single task: `Sum`.
    other_statistic: Option<String>,
}

/// The queries of all files, by their ids.
pub(super) struct Queries(BTreeMap<String, Asked>);

impl Queries {
    pub(super) fn of(sources: &[&Source]) -> Self {
        let lists = sources.iter().filter_map(|source| source.json.as_ref()).filter_map(queries);
        let of = |query: &Node| Some((scalar(query, "Id")?, asked(query)));
        Self(lists.flatten().filter_map(of).collect())
    }
}

fn asked(query: &Node) -> Asked {
    let mut asked = Asked::default();
    if let Some(stat) = query.get("MetricStat") {
        let metric = stat.get("Metric");
        asked.measure = metric.and_then(|it| scalar(it, "MetricName")).and_then(|it| measure(&it));
        let dimensions = metric.and_then(|it| it.get("Dimensions")).and_then(Node::as_list);
        asked.service = dimensions.unwrap_or_default().iter().find_map(|dimension| {
            let is_service = scalar(dimension, "Name").is_some_and(|name| name == "ServiceName");
            if is_service { scalar(dimension, "Value") } else { None }
        });
        if let Some(stat) = scalar(stat, "Stat") {
            asked.statistic = Statistic::named(&stat);
            asked.other_statistic = asked.statistic.is_none().then_some(stat);
        }
    }
    asked.or(&scalar(query, "Label").unwrap_or_default())
}

impl Asked {
    /// This, and what a label or an id says beside it: `web CpuUtilized p95`.
    fn or(mut self, text: &str) -> Self {
        let is_part = |c: char| c.is_whitespace() || matches!(c, '/' | ',' | ':' | '(' | ')' | '|');
        let (mut rest, mut says_metric) = (Vec::new(), false);
        for word in text.split(is_part).filter(|word| !word.is_empty()) {
            if let Some(measure) = measure(word) {
                self.measure = self.measure.or(Some(measure));
                says_metric = true;
            } else if let Some(statistic) = Statistic::named(word) {
                if self.other_statistic.is_none() {
                    self.statistic = self.statistic.or(Some(statistic));
                }
            } else {
                rest.push(word);
            }
        }
        // What is left over is the service only if the text has said a metric, too.
        if let [service] = rest.as_slice()
            && self.service.is_none()
            && says_metric
        {
            self.service = Some((*service).to_owned());
        }
        self
    }

    /// This, and what an id says: `web_CpuUtilized_p95`, which may hold no other signs.
    fn or_id(self, id: &str) -> Self {
        let words = id.replace("CpuUtilized", " CpuUtilized ");
        let words = words.replace("MemoryUtilized", " MemoryUtilized ");
        let words = words.replace("CPUUtilization", " CPUUtilization ");
        let words = words.replace("MemoryUtilization", " MemoryUtilization ");
        let words: Vec<&str> = words.split(' ').map(|word| word.trim_matches('_')).collect();
        self.or(&words.join(" "))
    }
}

pub(super) fn read(
    source: &Source,
    json: &Node,
    known: &Queries,
    usage: &mut Usage,
    account: &mut Account,
) {
    if let Some(points) = json.get("Datapoints").and_then(Node::as_list) {
        statistics(source, json, points, usage, account);
    }
    let results = json.get("MetricDataResults").and_then(Node::as_list).unwrap_or_default();
    for result in results {
        let id = scalar(result, "Id").unwrap_or_default();
        let label = scalar(result, "Label").unwrap_or_default();
        let asked = known.0.get(&id).cloned().unwrap_or_default().or(&label).or_id(&id);
        one(result, &id, asked, usage, account);
    }
    let is_partial =
        |node: &&Node| scalar(node, "StatusCode").is_some_and(|it| it == "PartialData");
    if results.iter().any(|node| is_partial(&node)) || json.get("NextToken").is_some() {
        let message = "the answer is partial: fetch the rest (NextToken) and give it as well";
        account.problem(Place::file(source.file), "", message);
    }
}

fn one(result: &Node, id: &str, asked: Asked, usage: &mut Usage, account: &mut Account) {
    let at = result.at.without_span();
    let problem = match &asked {
        Asked { other_statistic: Some(stat), .. } => {
            Some(format!("left out: {stat} says nothing of a single task; take p95 and Maximum"))
        }
        Asked { service: Some(_), measure: Some(_), statistic: Some(_), .. } => None,
        Asked { measure: None, .. } => {
            Some("it does not say which metric: add the file of its MetricDataQueries".to_owned())
        }
        Asked { service: None, .. } => {
            Some("it does not say which service: add the file of its MetricDataQueries".to_owned())
        }
        _ => Some("it does not say which statistic: add the file of its queries".to_owned()),
    };
    if let Some(problem) = problem {
        account.problem(at, id, problem);
        return;
    }
    let (Some(service), Some(measure), Some(statistic)) =
        (asked.service, asked.measure, asked.statistic)
    else {
        return;
    };
    let values = result.get("Values").and_then(Node::as_list).unwrap_or_default();
    if values.is_empty() {
        account.problem(at, id, "it has no values: was there no task in that time?");
        return;
    }
    let seen = usage.of(Who::Service(service), measure, at);
    for value in values.iter().filter_map(|node| thousandths(&node.scalar()?)) {
        seen.statistic(statistic, value);
    }
    let times = result.get("Timestamps").and_then(Node::as_list).unwrap_or_default();
    times.iter().filter_map(Node::as_text).for_each(|time| seen.time(time));
}

/// `get-metric-statistics` names the metric and not the service: its file's name may.
fn statistics(
    source: &Source,
    json: &Node,
    points: &[Node],
    usage: &mut Usage,
    account: &mut Account,
) {
    let whole = Place::file(source.file);
    let label = scalar(json, "Label").unwrap_or_default();
    let Some(measure) = measure(&label) else {
        let message = format!("left out: the metric {label} says nothing of CPU or memory");
        account.problem(whole, "", message);
        return;
    };
    let seen = usage.of(Who::OfFile(source.name.clone()), measure, whole);
    for point in points {
        let mut add = |statistic: Statistic, value: Option<String>| {
            if let Some(value) = value.and_then(|text| thousandths(&text)) {
                seen.statistic(statistic, value);
            }
        };
        for (name, statistic) in PLAIN {
            add(statistic, scalar(point, name));
        }
        let extended = point.get("ExtendedStatistics").and_then(Node::as_map);
        for (name, value) in extended.into_iter().flat_map(crate::node::Map::iter) {
            if let Some(statistic) = Statistic::named(name) {
                add(statistic, value.scalar());
            }
        }
        if let Some(time) = point.get("Timestamp").and_then(Node::as_text) {
            seen.time(time);
        }
        let count = scalar(point, "SampleCount").and_then(|text| thousandths(&text));
        if let Some(count) = count {
            seen.count(count / 1_000);
        }
    }
}
