//! The fleet as a drawing: equal instances once, with their number; all at one scale.

use crate::drawing::{Drawing, EniMarks, Scale, Tile, draw, eni_marks};
use crate::explain::{binding_label, cpu_given, memory_given, sentences, type_of};
use crate::format::{counted, memory, mib, thousands, vcpus};
use crate::palette::{colour_class, pattern, tile_text};
use crate::swatch::swatch;
use eniac_core::capacity::Resource;
use eniac_core::report::{Fleet, InstanceGroup, InstanceTypeReport, Report};
use std::rc::Rc;
use yew::prelude::*;

/// So many kinds of instances are drawn; the table has all.
const MOST_GROUPS: usize = 24;

/// Which fleet.
#[derive(Properties, PartialEq)]
pub struct FleetDrawingProps {
    /// The report that has its types and services.
    pub answer: Rc<Report>,
    /// The fleet.
    pub fleet: Fleet,
}

/// The drawing.
#[component]
pub fn FleetDrawing(props: &FleetDrawingProps) -> Html {
    let FleetDrawingProps { answer, fleet } = props;
    let looked_at = use_state(|| 0_usize);
    let shown: Vec<&InstanceGroup> = fleet.groups.iter().take(MOST_GROUPS).collect();
    let types: Vec<&InstanceTypeReport> =
        shown.iter().filter_map(|group| type_of(answer, &group.instance_type)).collect();
    let scale = Scale::for_fleet(&types);
    let looked = (*looked_at).min(shown.len().saturating_sub(1));
    let left = fleet.groups.len().saturating_sub(MOST_GROUPS) as u64;
    html! {
        <>
            <div class="fleet-body">
            <ul class="instances">
                { for shown.iter().enumerate().map(|(place, group)| {
                    let look = {
                        let looked_at = looked_at.clone();
                        Callback::from(move |()| looked_at.set(place))
                    };
                    html! {
                        <Instance
                            key={place}
                            answer={answer.clone()}
                            group={(*group).clone()}
                            {scale}
                            looked_at={place == looked}
                            {look}
                        />
                    }
                }) }
            </ul>
            <div class="explanation" aria-live="polite">
                if let Some(group) = shown.get(looked) {
                    { explanation(answer, group) }
                }
            </div>
            </div>
            if left > 0 {
                <p class="hint">{ format!("{} more in the table.", counted(left, "kind")) }</p>
            }
            { legend(answer, fleet) }
        </>
    }
}

fn explanation(report: &Report, group: &InstanceGroup) -> Html {
    let Some(instance) = type_of(report, &group.instance_type) else { return html! {} };
    let free = |all: u64, used: u64| all.saturating_sub(used);
    let tasks = group.tasks.iter().map(|t| format!("{} × {}", t.count, t.service));
    html! {
        <>
            <p>
                <strong>{ format!("{} × {}", group.count, group.instance_type) }</strong>
                if let Some(provider) = &group.provider {
                    { format!(" · {provider}") }
                }
            </p>
            { for sentences(report, group).into_iter().map(|sentence| html! { <p>{ sentence }</p> }) }
            <dl class="figures">
                <dt>{ "Tasks on each" }</dt>
                <dd>{ tasks.collect::<Vec<_>>().join(", ") }</dd>
                <dt>{ "Memory" }</dt>
                <dd>
                    { format!(
                        "{} advertised; {}; {} taken, {} left",
                        mib(instance.memory_mib.0),
                        memory_given(instance),
                        thousands(group.used_memory_mib),
                        thousands(free(instance.allocatable_memory_mib.0, group.used_memory_mib)),
                    ) }
                </dd>
                <dt>{ "CPU" }</dt>
                <dd>
                    { format!(
                        "{}; {} taken, {} left",
                        cpu_given(instance),
                        thousands(group.used_cpu),
                        thousands(free(instance.allocatable_cpu.0, group.used_cpu)),
                    ) }
                </dd>
                <dt>{ "ENIs" }</dt>
                <dd>
                    { format!(
                        "{} of {}{} taken",
                        group.used_enis,
                        instance.allocatable_enis,
                        if instance.trunked { " on the trunk" } else { "" },
                    ) }
                </dd>
                if instance.burstable {
                    <dt>{ "Burstable" }</dt>
                    <dd>{ "its vCPUs are there in full only while CPU credits last" }</dd>
                }
            </dl>
        </>
    }
}

fn legend(report: &Report, fleet: &Fleet) -> Html {
    let is_there =
        |name: &str| fleet.groups.iter().any(|group| group.tasks.iter().any(|t| t.service == name));
    html! {
        <ul class="legend" aria-label="Legend">
            { for report.services.iter().filter(|service| is_there(&service.name)).map(|service| html! {
                <li>{ swatch(service.row as usize) }{ &service.name }</li>
            }) }
            <li><svg width="16" height="16" class="swatch" aria-hidden="true"><rect class="system" width="16" height="16" rx="3" /></svg>{ "system" }</li>
            <li><svg width="16" height="16" class="swatch" aria-hidden="true"><rect class="free-ground" width="16" height="16" rx="3" /><rect fill="url(#pattern-hatch)" width="16" height="16" rx="3" /></svg>{ "unusable" }</li>
            <li><svg width="16" height="16" class="swatch" aria-hidden="true"><circle class="eni taken" cx="4" cy="8" r="3" /><circle class="eni" cx="12" cy="8" r="3" /></svg>{ "ENI taken, free" }</li>
            <li><svg width="16" height="16" class="swatch" aria-hidden="true"><path class="binding-edge" d="M2 1V15" /></svg>{ "binds" }</li>
            <li class="quiet">{ "width: CPU, height: memory" }</li>
        </ul>
    }
}

/// What is drawn of equal instances.
#[derive(Properties, PartialEq)]
pub struct InstanceProps {
    /// The report that has the services.
    pub answer: Rc<Report>,
    /// The instances.
    pub group: InstanceGroup,
    /// The facts of their type, where they are not the report's.
    #[prop_or_default]
    pub facts: Option<Rc<InstanceTypeReport>>,
    /// What is said in the place of what binds.
    #[prop_or_default]
    pub state: Option<AttrValue>,
    /// The scale of the whole drawing.
    pub scale: Scale,
    /// Whether they are looked at.
    pub looked_at: bool,
    /// Told when the user does.
    pub look: Callback<()>,
}

/// Space around the rectangle: edges, ENIs.
const MARGIN: f64 = 8.0;
/// The height of a row of ENI dots.
const DOT: f64 = 8.0;

/// Equal instances.
#[component]
pub fn Instance(props: &InstanceProps) -> Html {
    let InstanceProps { answer, group, facts, state, scale, looked_at, look } = props;
    let known = || type_of(answer, &group.instance_type);
    let Some(instance) = facts.as_deref().or_else(known) else { return html! {} };
    let demand = |name: &str| {
        let service = answer.services.iter().find(|service| service.name == name);
        service.map_or((0, 0), |s| (s.demand.cpu.0, s.demand.memory_mib.0))
    };
    let row = |name: &str| {
        let service = answer.services.iter().find(|service| service.name == name);
        service.map_or(0, |service| service.row as usize)
    };
    let drawing = draw(instance, group, demand, *scale);
    let enis = eni_marks(instance, group);
    let dots = dot_rows(enis, drawing.width);
    let top = MARGIN + dots.0;
    let (width, height) = (drawing.width.max(dots.1) + 2.0 * MARGIN, drawing.height + top + MARGIN);
    let binds = |resource| group.binding.contains(&resource);
    html! {
        <li>
            <button
                type="button"
                class={classes!("instance", looked_at.then_some("looked-at"))}
                aria-pressed={looked_at.to_string()}
                onmouseenter={look.reform(|_| ())}
                onfocus={look.reform(|_| ())}
                onclick={look.reform(|_| ())}
            >
                <span class="instance-name">
                    <strong>{ format!("{} ×", thousands(u64::from(group.count))) }</strong>
                    { format!(" {}", group.instance_type) }
                </span>
                <span class="instance-size">
                    { format!("{} · {}", vcpus(instance.cpu.0), memory(instance.memory_mib.0)) }
                    if let Some(provider) = &group.provider {
                        { format!(" · {provider}") }
                    }
                </span>
                <span class="instance-note">{ note(group, state.as_ref(), enis) }</span>
                <svg
                    width={format!("{width:.0}")}
                    height={format!("{height:.0}")}
                    viewBox={format!("0 0 {width:.1} {height:.1}")}
                    aria-hidden="true"
                >
                    { eni_dots(enis, drawing.width, binds(Resource::Eni)) }
                    <g transform={format!("translate({MARGIN} {top})")}>
                        { inside(&drawing, &row, group.binding.is_empty()) }
                        { edges(&drawing, binds(Resource::Memory), binds(Resource::Cpu)) }
                    </g>
                </svg>
                <span class="visually-hidden">{ spoken(answer, instance, group, state.as_ref()) }</span>
            </button>
        </li>
    }
}

/// What a screen reader says beside the caption, in place of the drawing.
fn spoken(
    report: &Report,
    instance: &InstanceTypeReport,
    group: &InstanceGroup,
    state: Option<&AttrValue>,
) -> String {
    let tasks: Vec<String> = group
        .tasks
        .iter()
        .map(|tasks| format!("{} of {}", counted(u64::from(tasks.count), "task"), tasks.service))
        .collect();
    format!(
        "{}; {} of {}, {} of {}. {}",
        tasks.join(", "),
        vcpus(group.used_cpu),
        vcpus(instance.allocatable_cpu.0),
        mib(group.used_memory_mib),
        mib(instance.allocatable_memory_mib.0),
        state.map_or_else(|| sentences(report, group).join(" "), ToString::to_string)
    )
}

fn note(group: &InstanceGroup, state: Option<&AttrValue>, enis: EniMarks) -> Html {
    let tasks: u64 = group.tasks.iter().map(|tasks| u64::from(tasks.count)).sum();
    let zones: Vec<String> = group.per_zone.iter().map(ToString::to_string).collect();
    let number = match enis {
        EniMarks::Number { taken, all } => format!(" · {taken} of {all} ENIs"),
        EniMarks::Dots { .. } => String::new(),
    };
    html! {
        <>
            <span>{ format!("{} each", counted(tasks, "task")) }{ number }</span>
            <span class={classes!("binding", group.binding.is_empty().then_some("quiet"))}>
                { state.map_or_else(|| binding_label(&group.binding), ToString::to_string) }
            </span>
            if zones.len() > 1 {
                <span class="quiet" title="in each zone">{ format!("zones {}", zones.join(" · ")) }</span>
            }
        </>
    }
}

fn inside(drawing: &Drawing, row: &dyn Fn(&str) -> usize, room_left: bool) -> Html {
    let rect = |at: &crate::drawing::Rect, class: Classes| {
        html! {
            <rect
                {class}
                x={format!("{:.2}", at.x)}
                y={format!("{:.2}", at.y)}
                width={format!("{:.2}", at.width.max(0.0))}
                height={format!("{:.2}", at.height.max(0.0))}
            />
        }
    };
    let tile = |tile: &Tile| {
        let place = row(&tile.service);
        let at = tile.tile;
        let (width, height) = ((at.width - 1.0).max(1.0), (at.height - 1.0).max(1.0));
        let text = match tile.tasks {
            0 | 1 => tile_text(&tile.service, width),
            tasks => format!("×{tasks}"),
        };
        html! {
            <>
                { rect(&tile.row, classes!("row-tint", colour_class(place))) }
                <rect
                    class={classes!("tile", colour_class(place))}
                    x={format!("{:.2}", at.x + 0.5)}
                    y={format!("{:.2}", at.y + 0.5)}
                    width={format!("{width:.2}")}
                    height={format!("{height:.2}")}
                />
                if let Some(pattern) = pattern(place) {
                    <rect
                        fill={pattern}
                        x={format!("{:.2}", at.x + 0.5)}
                        y={format!("{:.2}", at.y + 0.5)}
                        width={format!("{width:.2}")}
                        height={format!("{height:.2}")}
                    />
                }
                if width >= 24.0 && height >= 16.0 {
                    <text
                        class={classes!("tile-text", colour_class(place))}
                        x={format!("{:.1}", at.x + at.width / 2.0)}
                        y={format!("{:.1}", at.y + at.height / 2.0)}
                        text-anchor="middle"
                        dominant-baseline="central"
                    >
                        { text }
                    </text>
                }
            </>
        }
    };
    html! {
        <>
            <rect
                class="ground"
                width={format!("{:.2}", drawing.width)}
                height={format!("{:.2}", drawing.height)}
            />
            { for drawing.free.iter().map(|free| rect(free, classes!("free-ground"))) }
            if !room_left {
                { for drawing.free.iter().map(|free| html! {
                    <rect
                        fill="url(#pattern-hatch)"
                        x={format!("{:.2}", free.x)}
                        y={format!("{:.2}", free.y)}
                        width={format!("{:.2}", free.width)}
                        height={format!("{:.2}", free.height)}
                    />
                }) }
            }
            { for drawing.system.iter().map(|system| rect(system, classes!("system"))) }
            { for drawing.tiles.iter().map(tile) }
            <rect
                class="outline"
                width={format!("{:.2}", drawing.width)}
                height={format!("{:.2}", drawing.height)}
            />
        </>
    }
}

/// The axis of a resource that binds: memory on the left, CPU at the bottom.
fn edges(drawing: &Drawing, memory: bool, cpu: bool) -> Html {
    let (left, bottom) = (drawing.memory_edge, drawing.cpu_edge);
    html! {
        <>
            if memory {
                <path class="binding-edge" d={format!("M-3 {:.1}V{:.1}", left.y, left.y + left.height)} />
            }
            if cpu {
                <path class="binding-edge" d={format!("M0 {:.1}H{:.1}", bottom.y + 3.0, bottom.width)} />
            }
        </>
    }
}

/// Height and width that the dots of a drawing need.
fn dot_rows(enis: EniMarks, width: f64) -> (f64, f64) {
    let EniMarks::Dots { all, .. } = enis else { return (0.0, 0.0) };
    if all == 0 {
        return (0.0, 0.0);
    }
    let per_row = (width / DOT).floor().max(6.0);
    let rows = (f64::from(all) / per_row).ceil();
    (rows * DOT + 4.0, per_row.min(f64::from(all)) * DOT)
}

fn eni_dots(enis: EniMarks, width: f64, binds: bool) -> Html {
    let EniMarks::Dots { taken, all } = enis else { return html! {} };
    let per_row = (width / DOT).floor().max(6.0);
    html! {
        <g transform={format!("translate({MARGIN} 0)")} class={classes!("enis", binds.then_some("binds"))}>
            { for (0..all).map(|place| {
                let row = (f64::from(place) / per_row).floor();
                let column = f64::from(place) - row * per_row;
                html! {
                    <circle
                        class={classes!("eni", (place < taken).then_some("taken"))}
                        cx={format!("{:.1}", column * DOT + 3.5)}
                        cy={format!("{:.1}", row * DOT + 4.0)}
                        r="2.6"
                    />
                }
            }) }
        </g>
    }
}
