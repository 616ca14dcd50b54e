//! Which types an Auto Scaling group should have: the best of one type, several to fall back on,
//! the same under other settings, and the types that do not do.

use crate::answer::mix_text;
use crate::format::{counted, mib, usd_month};
use crate::outlook::part_view::part_view;
use crate::outlook::proposal::{apply_button, changes_list};
use crate::workbench::{Workbench, use_workbench};
use eniac_catalog::NanoUsdPerHour;
use eniac_core::Part;
use eniac_core::report::{GroupOption, GroupReport, GroupVariant};
use eniac_core::scenario::MemoryModel;
use yew::prelude::*;

/// So many groups of one type are shown at once.
const MOST_SHOWN: usize = 5;

/// The choice; nothing but a sentence where the instances are not the user's own.
#[component]
pub fn GroupChoice() -> Html {
    let workbench = use_workbench();
    let group = workbench.foresight().outlook.group.as_ref();
    let nothing = "Nothing is placed yet, so there is no group to choose.";
    html! {
        <section aria-labelledby="group-choice" data-testid="group-choice">
            <h3 id="group-choice">{ "Which types the group should have" }</h3>
            { part_view(&workbench, Part::Group, group, nothing, |it| choice(&workbench, it)) }
        </section>
    }
}

fn choice(workbench: &Workbench, group: &GroupReport) -> Html {
    let (first, rest) = group.single.split_at(group.single.len().min(MOST_SHOWN));
    let least = group.lower_bound_nano_usd_per_hour.map(NanoUsdPerHour::micro_usd_per_month);
    html! {
        <>
            <p class="hint">
                { format!("Every type of a group must hold a task of every service. At a target capacity of {} %.", group.target_capacity) }
                if let Some(least) = least {
                    { format!(" No group of these types costs less than {} a month.", usd_month(least)) }
                }
            </p>
            { for group.cannot.iter().map(|cannot| html! {
                <p class="risk cannot"><strong>{ format!("{}: ", cannot.service) }</strong>{ &cannot.reason }</p>
            }) }
            <ul class="proposals">
                { for first.iter().map(|it| option(workbench, it)) }
                { for group.mixed.iter().map(|it| option(workbench, it)) }
            </ul>
            if !rest.is_empty() {
                <details class="folded">
                    <summary>{ counted(rest.len() as u64, "more type") }</summary>
                    <ul class="proposals">{ for rest.iter().map(|it| option(workbench, it)) }</ul>
                </details>
            }
            { variants(&group.variants) }
            if !group.unfit.is_empty() {
                <details class="folded">
                    <summary>{ format!("{} of the group not fit", if group.unfit.len() == 1 { "1 type is" } else { "Types are" }) }</summary>
                    <ul class="rejections">
                        { for group.unfit.iter().map(|it| html! {
                            <li><span>{ &it.instance_type }</span><code>{ &it.service }</code><span>{ &it.text }</span></li>
                        }) }
                    </ul>
                </details>
            }
        </>
    }
}

fn title(option: &GroupOption) -> String {
    match option.instance_types.as_slice() {
        [one] => format!("{} × {one}", option.instances),
        many => {
            format!("{}: {}", counted(u64::from(option.instances), "instance"), many.join(", "))
        }
    }
}

fn option(workbench: &Workbench, option: &GroupOption) -> Html {
    let spare = option.instances.saturating_sub(option.needed);
    let month = option.fleet.cost.total_micro_usd_per_month;
    let dearest = option.dearest.total_micro_usd_per_month;
    let name = title(option);
    html! {
        <li class="proposal" key={name.clone()} data-types={option.instance_types.join(" ")}>
            <div>
                <h4>{ &name }</h4>
                <p class="proposal-fleet">
                    { format!("{} with tasks", option.needed) }
                    if spare > 0 {
                        { format!(", {spare} to spare") }
                    }
                    if option.instance_types.len() > 1 {
                        { format!("; all of the first type: {}", mix_text(&option.fleet.mix)) }
                    }
                </p>
            </div>
            <div class="proposal-saving">
                <p><strong>{ usd_month(month) }</strong><span class="per">{ "/month" }</span></p>
                if dearest > month {
                    <p class="hint">{ format!("{} if only the dearest is to be had", usd_month(dearest)) }</p>
                }
            </div>
            { apply_button(workbench, Part::Group, &name, &option.changes) }
            <div class="proposal-more">
                if let Some(note) = &option.note {
                    <p class="risk">{ note }</p>
                }
                { changes_list(workbench, &option.changes) }
            </div>
        </li>
    }
}

fn model(model: MemoryModel) -> &'static str {
    match model {
        MemoryModel::Managed => "Managed Instances",
        MemoryModel::Bottlerocket => "Bottlerocket",
        MemoryModel::Al2023 => "AL2023",
        MemoryModel::Al2 => "AL2",
        MemoryModel::Advertised => "as advertised",
    }
}

fn variants(all: &[GroupVariant]) -> Html {
    if all.len() < 2 {
        return html! {};
    }
    html! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Other settings">
            <table class="data">
                <thead>
                    <tr>
                        <th scope="col">{ "AMI" }</th>
                        <th scope="col" class="number">{ "Reserved" }</th>
                        <th scope="col">{ "Trunk ENIs" }</th>
                        <th scope="col">{ "Best group of one type" }</th>
                        <th scope="col" class="number">{ "A month" }</th>
                    </tr>
                </thead>
                <tbody>
                    { for all.iter().map(|it| html! {
                        <tr class={it.now.then_some("now")}>
                            <th scope="row">
                                { model(it.memory_model) }
                                if it.now {
                                    <span class="tag">{ "now" }</span>
                                }
                            </th>
                            <td class="number">{ mib(u64::from(it.reserved_memory_mib)) }</td>
                            <td>{ if it.awsvpc_trunking { "yes" } else { "no" } }</td>
                            { match &it.best {
                                Some(best) => html! {
                                    <>
                                        <td>{ title(best) }</td>
                                        <td class="number">{ usd_month(best.fleet.cost.total_micro_usd_per_month) }</td>
                                    </>
                                },
                                None => html! { <td colspan="2" class="quiet">{ "no type holds every task" }</td> },
                            } }
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}
