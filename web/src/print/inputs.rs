//! What decides a plan beside its services, on paper: where the tasks may run, with the values of
//! each requirement, and how it is paid; and what was supposed when it was imported.

use crate::attributes::label;
use crate::document;
use crate::format::{capitalised, counted};
use crate::outlook::changes::leaves;
use crate::workbench::use_workbench;
use serde_json::Value;
use yew::prelude::*;

/// More of a list than this tells nothing new.
const MOST_LINES: usize = 60;

/// The tables.
#[component]
pub fn InputsOnPaper() -> Html {
    let workbench = use_workbench();
    let document = workbench.document();
    let assumed = workbench.session().imported().map(|it| it.assumed.clone()).unwrap_or_default();
    html! {
        <>
            <section class="panel">
                <h2>{ "Where it may run, and how it is paid" }</h2>
                <table class="data inputs-on-paper">
                    <tbody>
                        { for lines(document).into_iter().map(|(name, value)| html! {
                            <tr>
                                <th scope="row">{ name }</th>
                                <td class="wrapping">{ value }</td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            </section>
            if !assumed.is_empty() {
                <section class="panel why">
                    <h2>{ "What the import supposed" }</h2>
                    <ul class="paper-list">
                        { for assumed.iter().take(MOST_LINES).map(|line| html! { <li>{ line }</li> }) }
                    </ul>
                    if assumed.len() > MOST_LINES {
                        <p class="hint">
                            { format!("{} more.", counted((assumed.len() - MOST_LINES) as u64, "line")) }
                        </p>
                    }
                </section>
            }
        </>
    }
}

/// Each setting with its value: names as the form has them.
fn lines(document: &Value) -> Vec<(String, String)> {
    let mut lines = vec![("Bought".to_owned(), bought(document))];
    for (field, name) in [
        ("pricing.savingsPlanPercent", "Savings Plan, % off"),
        ("pricing.ec2DiscountPercent", "Discount on EC2, % off"),
        ("pricing.fargateDiscountPercent", "Discount on Fargate, % off"),
        ("pricing.diskUsdPerGibMonth", "Volumes, $/GiB-month"),
    ] {
        let value = document::text(document, field);
        if !value.is_empty() {
            lines.push((name.to_owned(), value));
        }
    }
    if !document::flag(document, "pricing.includeDisks", true) {
        lines.push(("Volumes".to_owned(), "not counted".to_owned()));
    }
    if let Some(Value::Object(prices)) = document::get(document, "pricing.instancePrices") {
        let prices = prices.iter().map(|(name, price)| match price {
            Value::String(price) => format!("{name} {price}"),
            other => format!("{name} {other}"),
        });
        let mut shown: Vec<String> = prices.clone().take(MOST_LINES).collect();
        let rest = prices.count().saturating_sub(MOST_LINES) as u64;
        if rest > 0 {
            shown.push(counted(rest, "more type"));
        }
        lines.push(("Own prices, USD an hour".to_owned(), shown.join(", ")));
    }
    for list in ["capacity", "capacityProviders", "cluster", "daemons"] {
        let mut found = Vec::new();
        match document::get(document, list) {
            Some(Value::Array(elements)) => {
                for (at, element) in elements.iter().enumerate() {
                    let name = document::text(element, "name");
                    let name = if name.is_empty() { (at + 1).to_string() } else { name };
                    leaves(&name, element, &mut found);
                }
            }
            Some(other) => leaves("", other, &mut found),
            None => {}
        }
        lines.extend(found.into_iter().filter_map(named));
    }
    lines
}

fn bought(document: &Value) -> String {
    match document::text(document, "pricing.purchaseOption").as_str() {
        "" | "ON_DEMAND" => "On-Demand".to_owned(),
        "SPOT" => "Spot".to_owned(),
        "RESERVED_1_YEAR" => "Reserved, 1 year".to_owned(),
        "RESERVED_3_YEARS" => "Reserved, 3 years".to_owned(),
        other => other.to_owned(),
    }
}

/// `vCPUs, min`: without what every requirement stands under.
fn named((path, value): (String, String)) -> Option<(String, String)> {
    let parts = path.split('.').filter(|part| !part.is_empty());
    let mut parts: Vec<&str> = parts.filter(|part| *part != "instanceRequirements").collect();
    // The name of an element is its heading.
    if parts.len() == 2 && parts.last() == Some(&"name") {
        return None;
    }
    let first = match parts.first().copied() {
        Some("managedInstances") => Some("Managed Instances"),
        Some("autoScalingGroup") => Some("Auto Scaling group"),
        Some("fargate") => Some("Fargate"),
        _ => None,
    };
    if first.is_some() && parts.len() > 1 {
        parts.remove(0);
    }
    let words: Vec<&str> = match (first, parts.as_slice()) {
        (Some(first), [_]) if path.matches('.').count() <= 1 => vec![first],
        _ => parts.iter().map(|part| label(part)).collect(),
    };
    // An empty object is a choice: its name says it.
    let value = if value == "{}" { "yes".to_owned() } else { value };
    let name = words.join(", ");
    // A unit keeps its letters.
    let name = if name.starts_with("vCPU") { name } else { capitalised(&name) };
    Some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_decides_is_listed_by_the_names_of_the_form() {
        let document = json!({
            "capacity": { "managedInstances": { "instanceRequirements": {
                "vCpuCount": { "min": 2, "max": 4 }, "bareMetal": "excluded" } } },
            "pricing": { "purchaseOption": "SPOT", "savingsPlanPercent": 20,
                "instancePrices": { "m7g.large": "0.06" } },
            "services": [{ "name": "web" }],
        });
        let lines = lines(&document);
        let value =
            |name: &str| lines.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str());
        assert_eq!(value("Bought"), Some("Spot"));
        assert_eq!(value("Savings Plan, % off"), Some("20"));
        assert_eq!(value("Own prices, USD an hour"), Some("m7g.large 0.06"));
        assert_eq!(value("vCPUs, max"), Some("4"), "{lines:?}");
        assert!(lines.iter().all(|(name, _)| !name.contains("web")));
    }

    #[test]
    fn nothing_set_is_a_choice_too() {
        let lines = lines(&json!({ "capacity": { "managedInstances": {} } }));
        let expected = [("Bought", "On-Demand"), ("Managed Instances", "yes")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(lines, expected);
    }
}
