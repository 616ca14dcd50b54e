//! Mistakes entered into a group without any, and whether they are answered: with the code, the
//! figure, and a value that mends them.

use super::{Part, some};
use crate::diagnostic::Severity;
use crate::report::{Advice, Outlook};
use crate::scenario::document;
use serde_json::{Value, json};

/// A group without mistakes: 12 tasks, four on each m6i.large.
pub(super) fn group() -> Value {
    json!({
        "region": "us-east-1",
        "services": [{
            "name": "web",
            "desiredCount": 12,
            "placementStrategy": [{ "type": "binpack", "field": "memory" }],
            "availabilityZoneRebalancing": "DISABLED",
            "taskDefinition": {
                "cpu": 512,
                "memory": 1024,
                "networkMode": "awsvpc",
                "runtimePlatform": { "cpuArchitecture": "X86_64" },
                "containerDefinitions": [
                    { "name": "app", "portMappings": [{ "containerPort": 8080 }] }
                ]
            }
        }],
        "capacity": { "autoScalingGroup": {
            "instanceTypes": ["m6i.large"],
            "awsvpcTrunking": true,
            "reservedMemory": 256,
            "minSize": 2,
            "maxSize": 20,
            "managedScaling": { "targetCapacity": 80, "instanceWarmupPeriod": 90 }
        } }
    })
}

pub(super) fn changed(changes: &[(&str, Value)]) -> Value {
    let mut scenario = group();
    for (path, value) in changes {
        document::set(&mut scenario, path, Some(value.clone()));
    }
    scenario
}

pub(super) fn outlook(scenario: &Value) -> (Outlook, Vec<Advice>) {
    let mut outlook = some(scenario, &[Part::Advice]);
    let advice = outlook.advice.take().unwrap_or_default();
    (outlook, advice)
}

const TASK: &str = "services[0].taskDefinition";
const GROUP: &str = "capacity.autoScalingGroup";

/// The scenario entered, and what is said of it; a value that is named mends it.
fn answer(changes: &[(&str, Value)], code: &str, says: &[&str]) -> Result<(), String> {
    let paths: Vec<(String, Value)> = changes
        .iter()
        .map(|(path, value)| (path.replace("TASK", TASK).replace("GROUP", GROUP), value.clone()))
        .collect();
    let changes: Vec<(&str, Value)> =
        paths.iter().map(|(path, value)| (path.as_str(), value.clone())).collect();
    let mut scenario = changed(&changes);
    let (said, advice) = outlook(&scenario);
    let diagnostics = said.diagnostics.iter().map(|it| (it.code.as_str(), it.message.as_str()));
    let all: Vec<(&str, &str)> =
        diagnostics.chain(advice.iter().map(|it| (it.code.as_str(), it.text.as_str()))).collect();
    let found: Vec<&str> =
        all.iter().filter(|(it, _)| *it == code).map(|(_, text)| *text).collect();
    if found.is_empty() {
        return Err(format!("no {code} in {all:#?}"));
    }
    if let Some(missing) = says.iter().find(|it| !found.iter().any(|text| text.contains(**it))) {
        return Err(format!("{code}: no {missing} in {found:#?}"));
    }
    let Some(hint) = advice.iter().find(|it| it.code == code) else { return Ok(()) };
    if hint.reason.is_empty() || hint.source.is_empty() {
        return Err(format!("{code} has no reason"));
    }
    for change in &hint.changes {
        let after = Some(change.after.clone()).filter(|after| !after.is_null());
        document::set(&mut scenario, &change.path, after);
    }
    let (then, advice) = outlook(&scenario);
    let again = advice.iter().find(|it| it.code == code && it.path == hint.path);
    if again.is_some() && !hint.changes.is_empty() {
        return Err(format!("{again:#?} after {:?}", hint.changes));
    }
    let errors = |said: &Outlook| {
        said.diagnostics.iter().filter(|it| it.severity == Severity::Error).count()
    };
    if errors(&then) > errors(&said) {
        return Err(format!("{code}: {:#?}", then.diagnostics));
    }
    Ok(())
}

/// What is not answered, told all at once.
#[derive(Default)]
pub(super) struct Answers(Vec<String>);

impl Answers {
    pub(super) fn answered(&mut self, changes: &[(&str, Value)], code: &str, says: &[&str]) {
        self.0.extend(answer(changes, code, says).err());
    }

    pub(super) fn are_all_there(self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}
