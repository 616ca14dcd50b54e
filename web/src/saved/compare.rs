//! Two scenarios side by side: their plans, each made in a worker, and the values that differ.

use crate::format::counted;
use crate::interop::imported::Imported;
use crate::notice::Notice;
use crate::outlook::changes::Difference;
use crate::saved::comparison::{Line, lines};
use crate::saved::difference::differences;
use crate::saved::two_plans::{Planned, use_two_plans};
use crate::session::Happened;
use crate::unplanned::unplanned;
use crate::workbench::{Workbench, use_workbench};
use serde_json::Value;
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Which scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The one on the page.
    Now,
    /// One that is kept under this name.
    Kept(String),
}

impl Choice {
    /// What it is called.
    pub fn name(&self) -> &str {
        match self {
            Self::Now => "On the page now",
            Self::Kept(name) => name,
        }
    }

    fn scenario(&self, workbench: &Workbench) -> Rc<Value> {
        let session = workbench.session();
        let now = || session.document().clone();
        match self {
            Self::Now => now(),
            Self::Kept(name) => {
                session.shelf.get(name).map_or_else(now, |it| Rc::new(it.scenario.clone()))
            }
        }
    }
}

/// Which two.
#[derive(Properties, PartialEq)]
pub struct CompareProps {
    /// The first and the second.
    pub choices: [Choice; 2],
    /// Others are chosen.
    pub choose: Callback<[Choice; 2]>,
    /// Back to the list.
    pub back: Callback<()>,
}

/// The comparison.
#[component]
pub fn CompareTwo(props: &CompareProps) -> Html {
    let workbench = use_workbench();
    let CompareProps { choices, choose, back } = props;
    let [a, b] = choices;
    let scenarios = [a.scenario(&workbench), b.scenario(&workbench)];
    let plans = use_two_plans(scenarios.clone());
    let differing = use_memo(scenarios.clone(), |[a, b]| differences(a, b));
    let swap = {
        let (choose, a, b) = (choose.clone(), a.clone(), b.clone());
        Callback::from(move |_: MouseEvent| choose.emit([b.clone(), a.clone()]))
    };
    html! {
        <div class="compared" data-testid="compared">
            <div class="compare-tools">
                <button type="button" class="quiet-button" onclick={back.reform(|_: MouseEvent| ())}>
                    { "All saved scenarios" }
                </button>
                <button type="button" class="quiet-button" onclick={swap}>{ "Swap" }</button>
            </div>
            <div class="compare-choice">
                { chooser(&workbench, props, 0) }
                { chooser(&workbench, props, 1) }
            </div>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Two plans">
                <table class="data compare-table">
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col">{ "A" }<span class="column-name">{ a.name() }</span></th>
                            <th scope="col">{ "B" }<span class="column-name">{ b.name() }</span></th>
                            <th scope="col">{ "B against A" }</th>
                        </tr>
                    </thead>
                    { body(&plans.0, &scenarios) }
                    <tfoot>
                        <tr>
                            <td></td>
                            <td>{ open(&workbench, a) }</td>
                            <td>{ open(&workbench, b) }</td>
                            <td></td>
                        </tr>
                    </tfoot>
                </table>
            </div>
            { changes(&differing) }
        </div>
    }
}

fn chooser(workbench: &Workbench, props: &CompareProps, place: usize) -> Html {
    let name = if place == 0 { "First scenario" } else { "Second scenario" };
    let chosen = props.choices.get(place).cloned().unwrap_or(Choice::Now);
    let kept = workbench.session().shelf.newest_first();
    let kept = kept.into_iter().map(|(name, _)| Choice::Kept(name.to_owned()));
    let all: Vec<Choice> = std::iter::once(Choice::Now).chain(kept).collect();
    let onchange = {
        let (choices, choose, all) = (props.choices.clone(), props.choose.clone(), all.clone());
        Callback::from(move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let picked = usize::try_from(index).ok().and_then(|index| all.get(index));
            let mut choices = choices.clone();
            if let (Some(slot), Some(picked)) = (choices.get_mut(place), picked) {
                *slot = picked.clone();
                choose.emit(choices);
            }
        })
    };
    html! {
        <label class="field">
            <span>{ if place == 0 { "A" } else { "B" } }</span>
            <span class="control select">
                <select aria-label={name} {onchange}>
                    { for all.iter().map(|choice| html! {
                        <option selected={*choice == chosen}>{ choice.name() }</option>
                    }) }
                </select>
            </span>
        </label>
    }
}

fn body(plans: &[Planned; 2], scenarios: &[Rc<Value>; 2]) -> Html {
    let [Planned::Here(a), Planned::Here(b)] = plans else {
        let says = |plan: &Planned| match plan {
            Planned::UnderWay => "Being planned…".to_owned(),
            Planned::Here(_) => "Planned.".to_owned(),
            Planned::Failed(why) => format!("Cannot be planned: {why}"),
        };
        return html! {
            <tbody>
                <tr>
                    <th scope="row">{ "Plan" }</th>
                    { for plans.iter().map(|plan| html! { <td class="wrapping">{ says(plan) }</td> }) }
                    <td></td>
                </tr>
            </tbody>
        };
    };
    let [of_a, of_b] = scenarios;
    let missing = [unplanned(of_a, a), unplanned(of_b, b)];
    let is_whole = missing.iter().all(Vec::is_empty);
    let without = Line {
        what: "Not in the plan",
        of: missing.map(|missing| match missing.as_slice() {
            [] => vec!["–".to_owned()],
            all => all.iter().map(|it| it.name.clone()).collect(),
        }),
        difference: String::new(),
        is_better: None,
    };
    let without = (!is_whole).then_some(without);
    let lines = without.into_iter().chain(lines([a.as_ref(), b.as_ref()]));
    html! { <tbody data-here="true">{ for lines.map(line) }</tbody> }
}

fn line(line: Line) -> Html {
    let class = line.is_better.map(|is_better| if is_better { "better" } else { "worse" });
    let cell = |of: &Vec<String>| {
        html! {
            <td>{ for of.iter().map(|part| html! { <div>{ part }</div> }) }</td>
        }
    };
    html! {
        <tr>
            <th scope="row">{ line.what }</th>
            { for line.of.iter().map(cell) }
            <td class={classes!(class)}>{ line.difference }</td>
        </tr>
    }
}

fn open(workbench: &Workbench, choice: &Choice) -> Html {
    let Choice::Kept(name) = choice else {
        return html! { <span class="quiet">{ "is open" }</span> };
    };
    let onclick = {
        let (workbench, name) = (workbench.clone(), name.clone());
        Callback::from(move |_: MouseEvent| open_kept(&workbench, &name))
    };
    html! {
        <button type="button" class="quiet-button" aria-label={format!("Open {name}")} {onclick}>
            { "Open" }
        </button>
    }
}

/// Puts what is kept under `name` in the place of the scenario, which can be taken back.
pub fn open_kept(workbench: &Workbench, name: &str) {
    let Some(entry) = workbench.session().shelf.get(name) else { return };
    let imported = entry.imported.as_ref().and_then(Imported::restored).map(Rc::new);
    workbench.tell(Happened::Took(entry.scenario.clone(), imported));
    workbench.tell(Happened::ClosedSheet);
    workbench.tell(Happened::Told(Notice::replaced(format!("Opened “{name}”."))));
}

fn changes(differing: &[Difference]) -> Html {
    let not_set = || "not set".to_owned();
    html! {
        <section aria-labelledby="what-differs">
            <h3 id="what-differs">
                { match differing.len() {
                    0 => "The two scenarios say the same".to_owned(),
                    number => format!("What differs: {}", counted(number as u64, "value")),
                } }
            </h3>
            <ul class="changes" data-testid="differences">
                { for differing.iter().map(|it| html! {
                    <li>
                        <code>{ &it.path }</code>
                        <span class="before">{ it.before.clone().unwrap_or_else(not_set) }</span>
                        <span class="arrow">{ "→" }</span>
                        <span class="after">{ it.after.clone().unwrap_or_else(not_set) }</span>
                    </li>
                }) }
            </ul>
        </section>
    }
}
