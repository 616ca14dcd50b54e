//! The printed page as a whole: what it is of, the answer, the fleet, what runs, which types fit,
//! what it rests on.

use crate::answer::Answer;
use crate::attributes::label;
use crate::document;
use crate::fleet_drawing::FleetDrawing;
use crate::fleet_table::FleetTable;
use crate::format::{counted, thousands};
use crate::print::inputs::InputsOnPaper;
use crate::print::scenario::ServicesOnPaper;
use crate::print::types::TypesOnPaper;
use crate::problems::severity_word;
use crate::why::assumption;
use crate::workbench::{Workbench, use_workbench};
use eniac_core::report::{Fleet, FunnelStep, ProviderReport, Report, SelectionReport};
use gloo::events::EventListener;
use std::rc::Rc;
use yew::prelude::*;

/// The printed page; nothing while the page is on the screen.
#[component]
pub fn PrintSheet() -> Html {
    let workbench = use_workbench();
    let is_printing = use_state(|| false);
    use_effect_with((), {
        let is_printing = is_printing.clone();
        move |()| {
            let window = gloo::utils::window();
            let listeners = [("beforeprint", true), ("afterprint", false)].map(|(event, is)| {
                let is_printing = is_printing.clone();
                EventListener::new(&window, event, move |_| is_printing.set(is))
            });
            move || drop(listeners)
        }
    });
    if !*is_printing {
        return html! {};
    }
    let Some(report) = workbench.answer() else {
        return html! { <main class="paper"><p>{ "There is no plan yet." }</p></main> };
    };
    html! {
        <main class="paper" data-testid="paper">
            { head(&workbench, report) }
            <Answer />
            { fleets(report) }
            <ServicesOnPaper report={report.clone()} />
            <InputsOnPaper />
            { requirements(report) }
            <TypesOnPaper report={report.clone()} />
            { problems(&workbench) }
            { rests_on(report) }
        </main>
    }
}

fn head(workbench: &Workbench, report: &Report) -> Html {
    let name = document::text(workbench.document(), "name");
    let name = if name.is_empty() { "Unnamed scenario".to_owned() } else { name };
    let zones = counted(report.region.zones.len() as u64, "zone");
    let printed = js_sys::Date::new_0();
    let printed = format!(
        "{}-{:02}-{:02}",
        printed.get_full_year(),
        printed.get_month() + 1,
        printed.get_date()
    );
    let prices = report.region.as_of.iter().find(|part| part.part.starts_with("On-Demand prices"));
    let prices = prices.map(|part| format!(" · prices of {}", part.as_of));
    html! {
        <header>
            <h1>{ name }</h1>
            <p class="quiet">
                { format!(
                    "{} · {zones}{} · printed {printed} · eniac: ECS capacity, planned",
                    report.region.name,
                    prices.unwrap_or_default(),
                ) }
            </p>
        </header>
    }
}

fn fleets(report: &Rc<Report>) -> Html {
    let predicted =
        report.predicted.as_ref().map(|it| ("The fleet that ECS would launch", &it.fleet));
    let cheapest = report.cheapest.as_ref();
    let cheapest = cheapest.map(|it| {
        let title = if it.proven_optimal {
            "The cheapest fleet possible"
        } else {
            "The cheapest fleet found"
        };
        (title, &it.fleet)
    });
    let has_any = |(_, fleet): &(&str, &Fleet)| fleet.instances > 0;
    // The same fleet twice says nothing.
    let is_other = |(_, fleet): &(&str, &Fleet)| {
        predicted.is_none_or(|(_, predicted)| predicted.mix != fleet.mix)
    };
    let shown = predicted.into_iter().chain(cheapest.filter(is_other)).filter(has_any);
    html! {
        { for shown.enumerate().map(|(place, (title, fleet))| html! {
            <section class="panel fleet">
                <h2>{ title }</h2>
                if place == 0 {
                    <FleetDrawing answer={report.clone()} fleet={fleet.clone()} />
                }
                <FleetTable answer={report.clone()} fleet={fleet.clone()} />
            </section>
        }) }
    }
}

/// The way to the admitted types, for each capacity provider where there are several.
fn requirements(report: &Report) -> Html {
    let several = |provider: &ProviderReport| (provider.name.clone(), provider.selection.clone());
    let mut selections: Vec<(String, SelectionReport)> =
        report.providers.iter().map(several).collect();
    if selections.is_empty() {
        selections.push((String::new(), report.selection.clone()));
    }
    html! {
        <section class="panel">
            <h2>{ "Which types are admitted" }</h2>
            { for selections.into_iter().map(|(name, selection)| html! {
                <>
                    if !name.is_empty() {
                        <h3>{ name }</h3>
                    }
                    <table class="data">
                        <thead>
                            <tr>
                                <th scope="col">{ "Requirement" }</th>
                                <th scope="col" class="number">{ "Leaves out" }</th>
                                <th scope="col" class="number">{ "Leaves" }</th>
                            </tr>
                        </thead>
                        <tbody>
                            <tr>
                                <th scope="row">{ "Known types" }</th>
                                <td></td>
                                <td class="number">{ thousands(u64::from(selection.considered)) }</td>
                            </tr>
                            { for selection.funnel.iter().map(step) }
                        </tbody>
                    </table>
                </>
            }) }
        </section>
    }
}

fn step(step: &FunnelStep) -> Html {
    html! {
        <tr>
            <th scope="row">{ label(&step.attribute) }</th>
            <td class="number">{ thousands(step.left_out.len() as u64) }</td>
            <td class="number">{ thousands(u64::from(step.left)) }</td>
        </tr>
    }
}

fn problems(workbench: &Workbench) -> Html {
    let problems = workbench.problems();
    if problems.is_empty() {
        return html! {};
    }
    html! {
        <section class="panel">
            <h2>{ "What is wrong or worth knowing" }</h2>
            <ul class="paper-list">
                { for problems.iter().map(|problem| html! {
                    <li>
                        <strong>{ severity_word(problem.severity) }</strong>
                        { format!(": {}", problem.message) }
                        if !problem.path.is_empty() {
                            <>{ " " }<code>{ &problem.path }</code></>
                        }
                    </li>
                }) }
            </ul>
        </section>
    }
}

fn rests_on(report: &Report) -> Html {
    html! {
        <section class="panel why">
            <h2>{ "What is assumed" }</h2>
            <ul class="assumptions">{ for report.assumptions.iter().map(assumption) }</ul>
            <h3>{ "How old the figures are" }</h3>
            <ul class="dates">
                { for report.region.as_of.iter().map(|part| html! {
                    <li><span>{ &part.part }</span><span class="figure">{ &part.as_of }</span></li>
                }) }
            </ul>
        </section>
    }
}
