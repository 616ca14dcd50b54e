//! The services that a plan is without: which they are, and why, in few words. A cost that leaves a
//! service out must not be read as the cost of all. Pure but for the component.

use crate::document;
use crate::format::counted;
use crate::problems::go_to;
use crate::session::Happened;
use crate::tab::Tab;
use crate::workbench::{is_under, use_workbench};
use eniac_core::report::Report;
use eniac_core::{Diagnostic, Severity};
use serde_json::Value;
use yew::prelude::*;

/// More services than these are counted and not named.
const MOST_NAMED: usize = 4;

/// A service that is not in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplanned {
    /// Its place in the scenario.
    pub row: usize,
    /// What it is called.
    pub name: String,
    /// Why: `its memory is not known`.
    pub why: String,
    /// The field that decides it.
    pub path: String,
    /// Whether nothing but its memory is missing.
    pub lacks_memory: bool,
}

impl Unplanned {
    /// The service at `row`, by what is wrong with it.
    fn of(document: &Value, row: usize, wrong: &Diagnostic) -> Self {
        let name = document::text(document, &format!("services[{row}].name"));
        Self {
            row,
            name: if name.is_empty() { format!("service {}", row + 1) } else { name },
            why: why(wrong),
            // The row has a field for the memory of the whole task, whatever its containers say.
            path: if wrong.code == "task.noMemory" {
                format!("services[{row}].taskDefinition.memory")
            } else {
                wrong.path.clone()
            },
            lacks_memory: wrong.code == "task.noMemory",
        }
    }

    /// Whether it is the service in that place.
    pub fn is_row(&self, row: u32) -> bool {
        usize::try_from(row) == Ok(self.row)
    }
}

/// The services of `document` that `report` has not planned, in their order.
pub fn unplanned(document: &Value, report: &Report) -> Vec<Unplanned> {
    let is_planned = |row: usize| {
        report.services.iter().any(|it| it.planned && usize::try_from(it.row) == Ok(row))
    };
    let rows = (0..document::len(document, "services")).filter(|row| !is_planned(*row));
    rows.filter_map(|row| {
        let wrong = first_error(&report.diagnostics, row, |_| true)?;
        Some(Unplanned::of(document, row, wrong))
    })
    .collect()
}

/// The services of `document` of which a value is missing or cannot be read: they are in nothing
/// that is made of the scenario.
pub fn unreadable(document: &Value, problems: &[Diagnostic]) -> Vec<Unplanned> {
    const CODES: [&str; 4] =
        ["scenario.refused", "scenario.unknownWord", "scenario.missing", "task.noMemory"];
    let rows = 0..document::len(document, "services");
    rows.filter_map(|row| {
        let wrong = first_error(problems, row, |code| CODES.contains(&code))?;
        Some(Unplanned::of(document, row, wrong))
    })
    .collect()
}

fn first_error(
    problems: &[Diagnostic],
    row: usize,
    is_meant: impl Fn(&str) -> bool,
) -> Option<&Diagnostic> {
    let at = format!("services[{row}]");
    problems
        .iter()
        .find(|it| it.severity == Severity::Error && is_meant(&it.code) && is_under(&it.path, &at))
}

fn why(wrong: &Diagnostic) -> String {
    let field = wrong.path.rsplit('.').next().unwrap_or_default();
    let field = match field {
        "memory" => "memory",
        "cpu" => "CPU",
        "desiredCount" => "number of tasks",
        "cpuArchitecture" => "architecture",
        "networkMode" => "network mode",
        "name" => "name",
        _ => "",
    };
    let its = |rest: &str| match field {
        "" => format!("a value of it {rest}"),
        field => format!("its {field} {rest}"),
    };
    match wrong.code.as_str() {
        "task.noMemory" => "its memory is not known".to_owned(),
        "scenario.missing" => its("is not known"),
        "scenario.refused" | "scenario.unknownWord" => its("cannot be read"),
        "service.tooBig" => "it is larger than every admitted type".to_owned(),
        "service.noType" | "service.noTypeAllowed" => "no admitted type can run it".to_owned(),
        "service.notInEveryZone" => "its zones have no common type".to_owned(),
        _ => its("cannot be used"),
    }
}

/// `Without oven: its memory is not known.` Nothing where nothing is missing.
pub fn sentence(missing: &[Unplanned]) -> Option<String> {
    match missing {
        [] => None,
        [one] => Some(format!("Without {}: {}.", one.name, one.why)),
        all => {
            let mut named: Vec<String> =
                all.iter().take(MOST_NAMED).map(|it| format!("{}: {}", it.name, it.why)).collect();
            let rest = all.len().saturating_sub(MOST_NAMED);
            if rest > 0 {
                named.push(format!("and {rest} more"));
            }
            let count = counted(all.len() as u64, "service");
            Some(format!("Without {count}. {}.", named.join("; ")))
        }
    }
}

/// `without oven`; empty where nothing is missing.
pub fn without(missing: &[Unplanned]) -> String {
    match missing {
        [] => String::new(),
        [one] => format!("without {}", one.name),
        all => format!("without {}", counted(all.len() as u64, "service")),
    }
}

/// The same behind a heading.
pub fn aside(missing: &[Unplanned]) -> String {
    if missing.is_empty() { String::new() } else { format!(", {}", without(missing)) }
}

/// Why there is no fleet, where services are missing from it.
pub fn nothing_left(missing: &[Unplanned]) -> Option<String> {
    match missing {
        [] => None,
        [one] if one.lacks_memory => Some(format!("{} has no memory yet.", one.name)),
        [one] => Some(format!("{} cannot be planned: {}.", one.name, one.why)),
        all => Some(format!("None of {} can be planned.", counted(all.len() as u64, "service"))),
    }
}

/// What the answer is without, with the way to it.
#[component]
pub fn WithoutLine() -> Html {
    let workbench = use_workbench();
    let Some(report) = workbench.answer() else { return html! {} };
    let missing = unplanned(workbench.document(), report);
    let Some(sentence) = sentence(&missing) else { return html! {} };
    let way = match missing.as_slice() {
        [one] => {
            let path = one.path.clone();
            html! {
                <button type="button" class="link-button" onclick={Callback::from(move |_| go_to(&path))}>
                    { format!("Go to {}", one.name) }
                </button>
            }
        }
        _ => html! {
            <button type="button" class="link-button" onclick={workbench.on(Happened::Opened(Tab::Problems))}>
                { "See Problems" }
            </button>
        },
    };
    html! {
        <p class="without" role="status" data-testid="without">
            <strong>{ sentence }</strong>
            { " " }
            { way }
        </p>
    }
}

/// What of the scenario nothing that leaves the page can use: said before it is sent.
#[component]
pub fn LeftOutLine() -> Html {
    let workbench = use_workbench();
    let missing = unreadable(workbench.document(), workbench.problems());
    let Some(said) = left_out(&missing) else { return html! {} };
    html! { <p class="without" data-testid="left-out">{ said }</p> }
}

/// `web is left out: its memory cannot be read.`
fn left_out(missing: &[Unplanned]) -> Option<String> {
    let rest = missing.len().saturating_sub(MOST_NAMED);
    let mut said: Vec<String> = missing
        .iter()
        .take(MOST_NAMED)
        .map(|it| format!("{} is left out of every plan: {}.", it.name, it.why))
        .collect();
    if rest > 0 {
        said.push(format!("So {} {rest} more.", if rest == 1 { "is" } else { "are" }));
    }
    (!said.is_empty()).then(|| said.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn report(diagnostics: &Value, planned: bool) -> Report {
        let example = include_str!("../tests/example-report.json");
        let mut report: Report = serde_json::from_str(example).unwrap();
        report.diagnostics = serde_json::from_value(diagnostics.clone()).unwrap();
        report.services.truncate(1);
        report.services[0].planned = planned;
        report
    }

    fn error(code: &str, path: &str) -> Value {
        json!({ "severity": "error", "code": code, "path": path, "message": "no" })
    }

    #[test]
    fn what_is_missing_is_named_with_the_reason() {
        let document = json!({ "services": [{ "name": "web" }, { "name": "oven" }, {}] });
        let memory = error("task.noMemory", "services[1].taskDefinition.memory");
        let count = error("scenario.missing", "services[2].desiredCount");
        let big = error("service.tooBig", "services[0].taskDefinition.cpu");
        for (diagnostics, planned, expected) in [
            (json!([]), true, None),
            // A setting of a service that is planned all the same.
            (json!([big]), true, None),
            (json!([big]), false, Some("Without web: it is larger than every admitted type.")),
            (json!([memory]), true, Some("Without oven: its memory is not known.")),
            (
                json!([count, memory]),
                true,
                Some(
                    "Without 2 services. oven: its memory is not known; \
                     service 3: its number of tasks is not known.",
                ),
            ),
        ] {
            let missing = unplanned(&document, &report(&diagnostics, planned));
            assert_eq!(sentence(&missing).as_deref(), expected);
        }
        let missing = unplanned(&document, &report(&json!([memory]), true));
        assert_eq!(aside(&missing), ", without oven");
        assert_eq!(nothing_left(&missing).as_deref(), Some("oven has no memory yet."));
        assert_eq!(missing[0].path, "services[1].taskDefinition.memory");
    }

    #[test]
    fn many_are_counted() {
        let services: Vec<Value> = (0..9).map(|at| json!({ "name": format!("s{at}") })).collect();
        let document = json!({ "services": services });
        let refused = |at| error("scenario.refused", &format!("services[{at}].taskDefinition.cpu"));
        let diagnostics: Vec<Value> = (1..9).map(refused).collect();
        let missing = unplanned(&document, &report(&json!(diagnostics), true));
        let said = sentence(&missing).unwrap_or_default();
        assert!(said.starts_with("Without 8 services. s1: its CPU cannot be read; "), "{said}");
        assert!(said.ends_with("; and 4 more."), "{said}");
        let found = unreadable(&document, &report(&json!(diagnostics), true).diagnostics);
        let said = left_out(&found).unwrap_or_default();
        assert!(
            said.starts_with("s1 is left out of every plan: its CPU cannot be read."),
            "{said}"
        );
        assert!(said.ends_with(" So are 4 more."), "{said}");
    }
}
