//! Placement strategies, read: which of the instances that may take a task gets it, rule by rule.
//!
//! Sources: ECS API, `PlacementStrategy` (`host` is `instanceId`; `random` uses no field) and
//! `CreateService.placementStrategy` (at most five rules); ECS Developer Guide, "Use strategies to
//! define Amazon ECS task placement". The API answers some fields in capitals, so that case does
//! not count. A service without a strategy is spread over the zones.

use super::query::unknown_attribute_hint;
use crate::diagnostic::Diagnostic;
use crate::scenario::{PlacementStrategy, PlacementStrategyType, Service};
use std::fmt;

/// ECS takes no more rules.
pub const MAX_RULES: usize = 5;

/// The attribute that holds an instance's zone.
pub const ZONE_ATTRIBUTE: &str = "ecs.availability-zone";

const PREFIX: &str = "attribute:";

/// One rule of a strategy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// Any instance that may take the task.
    Random,
    /// An instance of the group with the fewest tasks of the service.
    Spread(SpreadBy),
    /// The instance with the least left of a resource.
    Binpack(BinpackBy),
}

/// What the groups of a spread are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpreadBy {
    /// The zones.
    Zone,
    /// Each instance by itself.
    Instance,
    /// The values of another attribute, by its name.
    Attribute(String),
}

/// What is packed tightly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinpackBy {
    /// CPU units.
    Cpu,
    /// MiB.
    Memory,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Random => f.write_str("random"),
            Self::Spread(SpreadBy::Zone) => write!(f, "spread {PREFIX}{ZONE_ATTRIBUTE}"),
            Self::Spread(SpreadBy::Instance) => f.write_str("spread instanceId"),
            Self::Spread(SpreadBy::Attribute(name)) => write!(f, "spread {PREFIX}{name}"),
            Self::Binpack(BinpackBy::Cpu) => f.write_str("binpack cpu"),
            Self::Binpack(BinpackBy::Memory) => f.write_str("binpack memory"),
        }
    }
}

/// The rules by which a service's tasks are placed: its own, or ECS's default. `path` is where the
/// service stands; an error names what ECS would refuse.
pub fn rules(service: &Service, path: &str) -> Result<Vec<Rule>, Vec<Diagnostic>> {
    let strategy = &service.placement_strategy;
    let path = format!("{path}.placementStrategy");
    if strategy.is_empty() {
        let spread = service.availability_zone_spread.then_some(Rule::Spread(SpreadBy::Zone));
        return Ok(spread.into_iter().collect());
    }
    let mut wrong = Vec::new();
    if strategy.len() > MAX_RULES {
        let message = format!(
            "{} rules stand here: ECS takes at most {MAX_RULES}; this service is left out until it is mended",
            strategy.len()
        );
        wrong.push(Diagnostic::error("service.strategyTooLong", path.as_str(), message));
    }
    let mut rules = Vec::new();
    for (place, given) in strategy.iter().enumerate().take(MAX_RULES) {
        match rule(given) {
            Ok(rule) => rules.push(rule),
            Err(needed) => wrong.push(refused(given, &needed, &format!("{path}[{place}].field"))),
        }
    }
    if wrong.is_empty() { Ok(rules) } else { Err(wrong) }
}

/// Whether the first rule spreads over the zones: whatever else follows, zones come out even.
pub fn spreads_over_zones(rules: &[Rule]) -> bool {
    rules.first() == Some(&Rule::Spread(SpreadBy::Zone))
}

/// What ECS takes and what still may not be meant: a field that `random` does not use, an attribute
/// that no instance has.
pub fn remarks(service: &Service, path: &str) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for (place, given) in service.placement_strategy.iter().enumerate().take(MAX_RULES) {
        let Some(field) = given.field.as_deref() else { continue };
        let at = format!("{path}.placementStrategy[{place}].field");
        match given.kind {
            PlacementStrategyType::Random => told.push(
                Diagnostic::note("service.strategyFieldUnused", at, "random uses no field")
                    .with_value(shown(field)),
            ),
            PlacementStrategyType::Spread => {
                let name = field.trim().strip_prefix(PREFIX);
                if let Some((name, hint)) =
                    name.and_then(|name| Some((name, unknown_attribute_hint(name)?)))
                {
                    let message = format!(
                        "no attribute of ECS is called {}: {hint}; without such an attribute on \
                         the instances this rule tells none apart",
                        shown(name)
                    );
                    told.push(
                        Diagnostic::warning("service.strategyAttribute", at, message)
                            .with_value(shown(field)),
                    );
                }
            }
            PlacementStrategyType::Binpack => {}
        }
    }
    told
}

/// A rule as ECS reads it, or what would be right.
fn rule(given: &PlacementStrategy) -> Result<Rule, String> {
    let field = given.field.as_deref().map_or("", str::trim);
    let is = |word: &str| field.eq_ignore_ascii_case(word);
    match given.kind {
        PlacementStrategyType::Random => Ok(Rule::Random),
        PlacementStrategyType::Binpack if is("cpu") => Ok(Rule::Binpack(BinpackBy::Cpu)),
        PlacementStrategyType::Binpack if is("memory") => Ok(Rule::Binpack(BinpackBy::Memory)),
        PlacementStrategyType::Binpack => Err("binpack needs cpu or memory".to_owned()),
        PlacementStrategyType::Spread if is("instanceId") || is("host") => {
            Ok(Rule::Spread(SpreadBy::Instance))
        }
        PlacementStrategyType::Spread => match field.strip_prefix(PREFIX) {
            Some(ZONE_ATTRIBUTE) => Ok(Rule::Spread(SpreadBy::Zone)),
            Some(name) if is_name(name) => Ok(Rule::Spread(SpreadBy::Attribute(name.to_owned()))),
            Some(_) => {
                Err("an attribute's name has 1 to 128 letters, digits and . - _ / \\".into())
            }
            None => {
                let own = format!("{PREFIX}{field}");
                let meant = match unknown_attribute_hint(field) {
                    _ if super::query::BUILT_IN.contains(&field) => {
                        format!(": did you mean {own}?")
                    }
                    Some(hint) => format!(": {}", hint.replace("ecs.", "attribute:ecs.")),
                    None => String::new(),
                };
                Err(format!(
                    "spread needs instanceId, host or attribute:NAME, such as \
                     {PREFIX}{ZONE_ATTRIBUTE}{meant}"
                ))
            }
        },
    }
}

/// Source: ECS API, `Attribute.name`.
fn is_name(name: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '\\');
    !name.is_empty() && name.chars().count() <= 128 && name.chars().all(allowed)
}

fn refused(given: &PlacementStrategy, needed: &str, path: &str) -> Diagnostic {
    let found = match given.field.as_deref() {
        None | Some("") => "no field stands here".to_owned(),
        Some(field) => format!("{} stands here", shown(field)),
    };
    // A sentence may end with a question.
    let stop = if needed.ends_with('?') { " This" } else { "; this" };
    let message = format!("{found}: {needed}{stop} service is left out until it is mended");
    let refused = Diagnostic::error("service.strategyField", path, message);
    match given.field.as_deref() {
        Some(field) => refused.with_value(shown(field)),
        None => refused,
    }
}

/// A user's word, short enough for a sentence.
fn shown(text: &str) -> String {
    let short = text.chars().take(40);
    short.map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn service(strategy: &Value) -> Service {
        let json = json!({ "name": "s", "desiredCount": 1, "taskDefinition": {},
                           "placementStrategy": strategy });
        serde_json::from_value(json).expect("a service")
    }

    #[test]
    fn rules_are_read_and_printed() {
        for (kind, field, printed) in [
            ("random", None, "random"),
            ("random", Some("cpu"), "random"),
            ("binpack", Some("cpu"), "binpack cpu"),
            ("binpack", Some("MEMORY"), "binpack memory"),
            ("spread", Some("instanceId"), "spread instanceId"),
            ("spread", Some("host"), "spread instanceId"),
            (
                "spread",
                Some("attribute:ecs.availability-zone"),
                "spread attribute:ecs.availability-zone",
            ),
            ("spread", Some("attribute:rack"), "spread attribute:rack"),
        ] {
            let mut rule = json!({ "type": kind });
            if let Some(field) = field {
                rule["field"] = field.into();
            }
            let read = rules(&service(&json!([rule])), "services[0]").expect("rules");
            assert_eq!(read.iter().map(Rule::to_string).collect::<Vec<_>>(), [printed]);
        }
    }

    #[test]
    fn the_default_spreads_over_the_zones() {
        let mut plain = service(&json!([]));
        let read = rules(&plain, "services[0]").expect("rules");
        assert!(spreads_over_zones(&read), "{read:?}");
        plain.availability_zone_spread = false;
        assert_eq!(rules(&plain, "services[0]"), Ok(Vec::new()));
        let packed = service(&json!([{ "type": "binpack", "field": "cpu" },
            { "type": "spread", "field": "attribute:ecs.availability-zone" }]));
        assert!(!spreads_over_zones(&rules(&packed, "services[0]").expect("rules")));
    }

    #[test]
    fn what_is_wrong_is_named_with_what_is_right() {
        for (kind, field, says) in [
            ("binpack", json!("disk"), "disk stands here: binpack needs cpu or memory; this"),
            ("binpack", Value::Null, "no field stands here: binpack needs cpu or memory"),
            (
                "spread",
                json!("zone"),
                "zone stands here: spread needs instanceId, host or attribute:",
            ),
            ("spread", json!("ecs.instance-type"), "did you mean attribute:ecs.instance-type?"),
            ("spread", json!("availability-zone"), "did you mean attribute:ecs.availability-zone?"),
            ("spread", json!("attribute:"), "an attribute's name has 1 to 128"),
            ("spread", json!("attribute:a b"), "an attribute's name has 1 to 128"),
        ] {
            let row = service(&json!([{ "type": "random" }, { "type": kind, "field": field }]));
            let wrong = rules(&row, "services[3]").expect_err("an error");
            assert_eq!(wrong.len(), 1);
            assert_eq!(wrong[0].path, "services[3].placementStrategy[1].field");
            assert!(wrong[0].message.contains(says), "{}", wrong[0].message);
        }
        let many = service(&json!(vec![json!({ "type": "random" }); 6]));
        let wrong = rules(&many, "services[0]").expect_err("an error");
        assert_eq!(wrong[0].code, "service.strategyTooLong");
    }

    #[test]
    fn what_may_not_be_meant_is_said() {
        let row = service(&json!([{ "type": "random", "field": "cpu" },
            { "type": "spread", "field": "attribute:instance-type" },
            { "type": "spread", "field": "attribute:rack" }]));
        let told: Vec<(String, String)> =
            remarks(&row, "services[0]").into_iter().map(|it| (it.code, it.path)).collect();
        assert_eq!(
            told,
            [
                (
                    "service.strategyFieldUnused".into(),
                    "services[0].placementStrategy[0].field".into()
                ),
                (
                    "service.strategyAttribute".into(),
                    "services[0].placementStrategy[1].field".into()
                ),
            ]
        );
    }
}
