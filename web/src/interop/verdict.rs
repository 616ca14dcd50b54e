//! What can be made of an import: a scenario, services to add, or nothing. Pure.

use crate::document;
use crate::format::counted;
use eniac_interop::{Format, Import};
use serde_json::{Map, Value};

/// What an import offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// What is in it, in few words.
    pub says: String,
    /// Whether there is anything to take.
    pub has_any: bool,
    /// Its services, to be added to others.
    pub services: Vec<Value>,
}

/// Looks what `import` offers.
pub fn verdict(import: &Import) -> Verdict {
    let scenario = &import.scenario;
    let count = |list: &str, one: &str| {
        let number = document::len(scenario, list) as u64;
        (number > 0).then(|| counted(number, one))
    };
    let mut says: Vec<String> = [
        count("services", "service"),
        count("daemons", "daemon"),
        count("capacityProviders", "capacity provider"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if document::get(scenario, "pricing").is_some() {
        says.push("prices".to_owned());
    }
    let fields = scenario.as_object().map_or(0, Map::len);
    // A version and a name are no scenario.
    let has_any = !says.is_empty() || fields > 2;
    let services = document::get(scenario, "services").and_then(Value::as_array);
    Verdict {
        says: match says.split_last() {
            None if has_any => "settings only".to_owned(),
            None => "nothing that decides capacity".to_owned(),
            Some((one, [])) => one.clone(),
            Some((last, others)) => format!("{} and {last}", others.join(", ")),
        },
        has_any,
        services: services.cloned().unwrap_or_default(),
    }
}

/// What files say of a scenario that is elsewhere: prices of how many types, sizes of which
/// services.
pub fn says_of_page(import: &Import) -> String {
    const MOST_NAMED: usize = 4;
    let is_there = |format| import.files.iter().any(|file| file.format == Some(format));
    let mut says = Vec::new();
    if is_there(Format::Prices) {
        let prices = document::get(&import.scenario, "pricing.instancePrices");
        let types = prices.and_then(Value::as_object).map_or(0, Map::len) as u64;
        says.push(format!("prices of {}", counted(types, "instance type")));
    }
    let mut names: Vec<&str> = Vec::new();
    for suggestion in &import.suggestions {
        if !names.contains(&suggestion.service.as_str()) {
            names.push(&suggestion.service);
        }
    }
    if names.len() > MOST_NAMED {
        says.push(format!("sizes for {}", counted(names.len() as u64, "service")));
    } else if !names.is_empty() {
        says.push(format!("sizes for {}", names.join(", ")));
    } else if is_there(Format::Usage) {
        says.push("usage of no service on the page".to_owned());
    }
    if says.is_empty() {
        "nothing of the scenario on the page".to_owned()
    } else {
        says.join(" and ")
    }
}

/// Whether the files only say something of a scenario that is elsewhere: usage, prices.
pub fn needs_scenario(import: &Import) -> bool {
    let mut formats = import.files.iter().filter_map(|file| file.format).peekable();
    formats.peek().is_some()
        && formats.all(|format| matches!(format, Format::Usage | Format::Prices))
}

#[cfg(test)]
mod tests {
    use super::*;
    use eniac_interop::FileRead;
    use serde_json::json;

    fn import(scenario: Value, formats: &[Option<Format>]) -> Import {
        let file = |format: &Option<Format>| FileRead {
            name: String::new(),
            format: *format,
            resources: 0,
        };
        Import { scenario, files: formats.iter().map(file).collect(), ..empty() }
    }

    fn empty() -> Import {
        let empty = json!({ "scenario": {}, "files": [], "notes": [], "unlistedNotes": 0,
            "questions": [], "origins": [] });
        serde_json::from_value(empty).unwrap()
    }

    #[test]
    fn what_is_in_it_is_said() {
        for (scenario, says, has_any) in [
            (json!({}), "nothing that decides capacity", false),
            (json!({ "version": 1, "name": "a" }), "nothing that decides capacity", false),
            (json!({ "services": [{}, {}] }), "2 services", true),
            (
                json!({ "services": [{}], "daemons": [{}], "pricing": {} }),
                "1 service, 1 daemon and prices",
                true,
            ),
            (json!({ "version": 1, "region": "eu-west-1", "zones": 2 }), "settings only", true),
        ] {
            let verdict = verdict(&import(scenario, &[]));
            assert_eq!((verdict.says.as_str(), verdict.has_any), (says, has_any));
        }
    }

    #[test]
    fn usage_alone_is_of_the_scenario_on_the_page() {
        use Format::{Prices, Terraform, Usage};
        for (formats, expected) in [
            (vec![], false),
            (vec![None], false),
            (vec![Some(Usage), None], true),
            (vec![Some(Prices), Some(Usage)], true),
            (vec![Some(Terraform), Some(Usage)], false),
        ] {
            assert_eq!(needs_scenario(&import(json!({}), &formats)), expected, "{formats:?}");
        }
    }
}
