//! What a template says of its parameters beyond their defaults: which answers it takes, and which of
//! them `CloudFormation` would refuse.
//!
//! Source: `CloudFormation` user guide, "Parameters", properties `AllowedValues`, `MinValue` and
//! `MaxValue`.

use crate::account::Account;
use crate::node::{Map, Node};
use std::collections::BTreeMap;

/// Tells which answers the template takes, and of those given which it would refuse.
pub(super) fn tell(document: &Node, answers: &BTreeMap<String, String>, account: &mut Account) {
    for section in ["Parameters", "Conditions"] {
        let map = document.get(section).and_then(Node::as_map);
        for (name, _) in map.into_iter().flat_map(Map::iter) {
            account.takes(name);
        }
    }
    for name in answers.keys().filter(|name| name.starts_with("AWS::")) {
        account.takes(name);
    }
    for (name, answer) in answers {
        let parameter = document.get("Parameters").and_then(|it| it.get(name));
        if let Some((parameter, why)) = parameter.and_then(|it| Some((it, refused(it, answer)?))) {
            account.problem(parameter.at, name, why);
        }
    }
}

/// Why the parameter does not take the answer.
fn refused(parameter: &Node, answer: &str) -> Option<String> {
    let allowed = parameter.get("AllowedValues").and_then(Node::as_list).unwrap_or_default();
    let allowed: Vec<String> = allowed.iter().filter_map(Node::scalar).collect();
    if !allowed.is_empty() && !allowed.iter().any(|value| value == answer) {
        return Some(format!("{answer} is none of its allowed values: {}", allowed.join(", ")));
    }
    if parameter.get("Type").and_then(Node::as_text) != Some("Number") {
        return None;
    }
    let Ok(number) = answer.trim().parse::<f64>() else {
        return Some(format!("{answer} is no number, which the parameter is"));
    };
    let limit = |key: &str| parameter.get(key)?.scalar()?.parse::<f64>().ok();
    match (limit("MinValue"), limit("MaxValue")) {
        (Some(least), _) if number < least => {
            Some(format!("{answer} is below its least value, {least}"))
        }
        (_, Some(most)) if number > most => {
            Some(format!("{answer} is above its greatest value, {most}"))
        }
        _ => None,
    }
}
