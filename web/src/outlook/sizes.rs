//! Other sizes for the tasks of a service: what the fleet costs by memory and by CPU, how far a
//! task may grow for nothing, and at which size most is saved.

use crate::field::{Messages, TextField};
use crate::format::{capitalised, counted, memory, mib, thousands, usd_month, vcpus};
use crate::outlook::part_view::{nothing_said, part_view};
use crate::outlook::proposal::{ProposalNote, apply_button, saving_text};
use crate::outlook::size_chart::SizeChart;
use crate::swatch::swatch;
use crate::workbench::{Workbench, use_workbench};
use eniac_core::Part;
use eniac_core::report::{SizeCurve, TaskSizes};
use yew::prelude::*;

/// Which amount of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Amount {
    Memory,
    Cpu,
}

impl Amount {
    /// Its name, as a heading has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Memory => "Memory",
            Self::Cpu => "CPU",
        }
    }

    /// The unit of an axis.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Memory => "MiB",
            Self::Cpu => "CPU units",
        }
    }

    /// A size in words.
    pub fn text(self, size: u64) -> String {
        match self {
            Self::Memory => mib(size),
            Self::Cpu => format!("{} units", thousands(size)),
        }
    }

    /// The same in the larger unit.
    fn in_short(self, size: u64) -> String {
        match self {
            Self::Memory => memory(size),
            Self::Cpu => vcpus(size),
        }
    }
}

/// The panel.
#[component]
pub fn Sizes() -> Html {
    let workbench = use_workbench();
    let chosen = use_state(|| 0_usize);
    let all = workbench.foresight().outlook.task_sizes.as_deref();
    html! {
        <>
            <ProposalNote>
                { "What the predicted fleet would cost if the tasks of one service were larger or smaller." }
            </ProposalNote>
            <div class="wishes">
                <TextField
                    path="advice.shrinkPercent"
                    label="A task may shrink by"
                    placeholder="25"
                    unit="%"
                />
                <Messages path="advice.shrinkPercent" />
            </div>
            { part_view(&workbench, Part::TaskSizes, all, nothing_said(&workbench), |all| {
                let place = (*chosen).min(all.len().saturating_sub(1));
                html! {
                    <>
                        if all.len() > 1 {
                            <div class="service-choice" role="group" aria-label="Service">
                                { for all.iter().enumerate().map(|(at, sizes)| {
                                    let chosen = chosen.clone();
                                    let choose = Callback::from(move |_| chosen.set(at));
                                    choice(sizes, at == place, choose)
                                }) }
                            </div>
                        }
                        if let Some(sizes) = all.get(place) {
                            { of_service(&workbench, sizes) }
                        } else {
                            <p class="empty">{ "No service, no sizes." }</p>
                        }
                    </>
                }
            }) }
        </>
    }
}

fn choice(sizes: &TaskSizes, is_chosen: bool, choose: Callback<MouseEvent>) -> Html {
    let better = [&sizes.memory, &sizes.cpu].into_iter().filter_map(|it| it.better.as_ref());
    let saves = better.map(|it| it.saving.micro_usd_per_month).max().filter(|saves| *saves > 0);
    html! {
        <button type="button" class="choice" aria-pressed={is_chosen.to_string()} onclick={choose}>
            { swatch(sizes.row as usize) }
            { &sizes.service }
            if let Some(saves) = saves {
                <span class="choice-saving">{ format!("−{}", usd_month(saves.unsigned_abs())) }</span>
            }
        </button>
    }
}

fn of_service(workbench: &Workbench, sizes: &TaskSizes) -> Html {
    html! {
        <div class="size-charts" key={sizes.row} data-testid="sizes">
            { curve(workbench, &sizes.service, Amount::Memory, &sizes.memory) }
            { curve(workbench, &sizes.service, Amount::Cpu, &sizes.cpu) }
        </div>
    }
}

fn curve(workbench: &Workbench, service: &str, amount: Amount, curve: &SizeCurve) -> Html {
    if curve.steps.is_empty() {
        return html! {
            <section class="size-curve">
                <h3>{ amount.name() }</h3>
                <p class="empty">{ "No other size was looked at." }</p>
            </section>
        };
    }
    html! {
        <section class="size-curve" data-amount={amount.unit()}>
            <h3>{ format!("{} of a task of {service}", amount.name()) }</h3>
            <SizeChart {amount} curve={curve.clone()} />
            <p>{ free(amount, curve) }</p>
            { better(workbench, service, amount, curve) }
            <details class="arithmetic">
                <summary>{ "As a table" }</summary>
                { table(amount, curve) }
            </details>
        </section>
    }
}

/// How far a task may grow for nothing.
fn free(amount: Amount, curve: &SizeCurve) -> String {
    let now = format!("{} now", amount.text(curve.now));
    if curve.free_up_to > curve.now {
        let end = if curve.free_up_to >= curve.most { ", as far as was looked" } else { "" };
        format!(
            "{now}; up to {} ({} more{end}) the fleet costs no more.",
            amount.text(curve.free_up_to),
            amount.in_short(curve.free_up_to - curve.now)
        )
    } else {
        format!("{now}; any more costs more.")
    }
}

fn better(workbench: &Workbench, service: &str, amount: Amount, curve: &SizeCurve) -> Html {
    let Some(better) = &curve.better else {
        return html! { <p class="hint">{ "No smaller size within the limit saves anything." }</p> };
    };
    let size = amount.text(better.size);
    html! {
        <div class="better" data-testid="better-size">
            <p>
                <strong>{ format!("{size}: {}.", saving_text(&better.saving)) }</strong>
                { " " }
                { format!("{}.", capitalised(better.reason.trim_end_matches('.'))) }
            </p>
            if !better.sure {
                <p class="risk">{ "Not sure: if the platform keeps 100 MiB more, it does not save that." }</p>
            }
            { apply_button(workbench, Part::TaskSizes, &format!("{size} for {service}"), &better.changes) }
        </div>
    }
}

fn table(amount: Amount, curve: &SizeCurve) -> Html {
    let mut from = curve.least;
    html! {
        <table class="size-table">
            <thead>
                <tr>
                    <th scope="col">{ amount.unit() }</th>
                    <th scope="col">{ "Fleet" }</th>
                    <th scope="col">{ "A month" }</th>
                </tr>
            </thead>
            <tbody>
                { for curve.steps.iter().map(|step| {
                    let begins = from;
                    from = step.up_to.saturating_add(1);
                    let is_now = (begins..=step.up_to).contains(&curve.now);
                    html! {
                        <tr class={is_now.then_some("now")}>
                            <th scope="row">
                                { if begins >= step.up_to {
                                    thousands(step.up_to)
                                } else {
                                    format!("{} – {}", thousands(begins), thousands(step.up_to))
                                } }
                                if is_now {
                                    <span class="tag">{ "now" }</span>
                                }
                            </th>
                            <td>{ counted(u64::from(step.instances), "instance") }</td>
                            <td>{ usd_month(step.total_nano_usd_per_hour.micro_usd_per_month()) }</td>
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growing_for_nothing_is_told() {
        let curve =
            |free_up_to| SizeCurve { now: 1024, most: 2048, free_up_to, ..SizeCurve::default() };
        assert_eq!(
            free(Amount::Memory, &curve(1538)),
            "1,024 MiB now; up to 1,538 MiB (514 MiB more) the fleet costs no more."
        );
        assert_eq!(free(Amount::Cpu, &curve(1024)), "1,024 units now; any more costs more.");
    }
}
