//! Container instances with their tasks, drawn as the fleet is: equal ones once, with their
//! number.

use crate::drawing::Scale;
use crate::explain::type_of;
use crate::fleet_drawing::Instance;
use crate::format::{counted, mib, thousands};
use crate::swatch::swatch;
use crate::workbench::use_workbench;
use eniac_catalog::{CpuUnits, MiB, NanoUsdPerHour};
use eniac_core::report::{
    Cost, InstanceGroup, InstanceTypeReport, PlacedInstance, PriceSource, Report, TasksOfService,
    TasksOnInstance,
};
use eniac_core::scenario::OperatingSystemFamily;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::prelude::*;

/// So many kinds are drawn.
const MOST_KINDS: usize = 36;

/// Equal instances.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// One of them.
    pub sample: PlacedInstance,
    /// Their ids.
    pub ids: Vec<String>,
    /// How many are in each zone.
    pub zones: BTreeMap<String, u32>,
}

/// Instances with the same tasks and as much left, the most numerous first.
pub fn alike(instances: &[PlacedInstance]) -> Vec<Alike> {
    let mut found: Vec<Alike> = Vec::new();
    for instance in instances {
        let place = found.iter().position(|kind| is_same(&kind.sample, instance));
        let place = place.unwrap_or_else(|| {
            let (ids, zones) = (Vec::new(), BTreeMap::new());
            found.push(Alike { sample: instance.clone(), ids, zones });
            found.len() - 1
        });
        if let Some(kind) = found.get_mut(place) {
            kind.ids.push(instance.id.clone());
            *kind.zones.entry(instance.availability_zone.clone()).or_default() += 1;
        }
    }
    found.sort_by_key(|kind| std::cmp::Reverse(kind.ids.len()));
    found
}

fn is_same(one: &PlacedInstance, other: &PlacedInstance) -> bool {
    let facts = |it: &PlacedInstance| (it.active, it.registered, it.remaining);
    let tasks = |of: &TasksOnInstance| (of.service.clone(), of.count);
    one.instance_type == other.instance_type
        && one.provider == other.provider
        && facts(one) == facts(other)
        && one.tasks.iter().map(tasks).eq(other.tasks.iter().map(tasks))
}

impl Alike {
    fn used(&self) -> (u64, u64, u32) {
        let (all, left) = (self.sample.registered, self.sample.remaining);
        (
            all.cpu.saturating_sub(left.cpu),
            all.memory_mib.saturating_sub(left.memory_mib),
            all.enis.saturating_sub(left.enis),
        )
    }

    fn group(&self) -> InstanceGroup {
        let (used_cpu, used_memory_mib, used_enis) = self.used();
        let tasks = self.sample.tasks.iter().map(|tasks| TasksOfService {
            service: tasks.service.clone(),
            count: tasks.count,
            replaced: false,
        });
        InstanceGroup {
            instance_type: self.sample.instance_type.clone(),
            provider: self.sample.provider.clone(),
            operating_system: OperatingSystemFamily::Linux,
            count: u32::try_from(self.ids.len()).unwrap_or(u32::MAX),
            per_zone: self.zones.values().copied().collect(),
            tasks: tasks.collect(),
            used_cpu,
            used_memory_mib,
            used_enis,
            used_gpus: 0,
            binding: Vec::new(),
            each: Cost::default(),
        }
    }

    /// The facts of the type, with what these instances have registered.
    fn instance_type(&self, report: &Report) -> InstanceTypeReport {
        let registered = self.sample.registered;
        let known = type_of(report, &self.sample.instance_type).cloned();
        let mut facts = known.unwrap_or_else(|| bare(&self.sample));
        facts.allocatable_cpu = CpuUnits(registered.cpu);
        facts.allocatable_memory_mib = MiB(registered.memory_mib);
        facts.allocatable_enis = registered.enis;
        facts
    }

    fn state(&self) -> String {
        let left = self.sample.remaining;
        if !self.sample.active {
            return "draining".to_owned();
        }
        if self.sample.tasks.is_empty() {
            return "empty".to_owned();
        }
        format!("{} CPU, {} left", thousands(left.cpu), mib(left.memory_mib))
    }
}

/// A type that the report does not list: what is registered is all that is known.
fn bare(instance: &PlacedInstance) -> InstanceTypeReport {
    let (cpu, memory) = (CpuUnits(instance.registered.cpu), MiB(instance.registered.memory_mib));
    InstanceTypeReport {
        name: instance.instance_type.clone(),
        architecture: String::new(),
        cpu,
        memory_mib: memory,
        visible_memory_mib: memory,
        visible_memory_estimated: false,
        reserved_memory_mib: MiB(0),
        daemon_cpu: CpuUnits(0),
        daemon_memory_mib: MiB(0),
        allocatable_cpu: cpu,
        allocatable_memory_mib: memory,
        allocatable_enis: instance.registered.enis,
        trunked: false,
        gpus: instance.registered.gpus,
        burstable: false,
        on_demand_nano_usd_per_hour: NanoUsdPerHour(0),
        price_estimated: false,
        price_source: PriceSource::Listed,
        cost: Cost::default(),
    }
}

/// Which instances.
#[derive(Properties, PartialEq)]
pub struct ClusterDrawingProps {
    /// The instances.
    pub instances: Vec<PlacedInstance>,
}

/// The drawing.
#[component]
pub fn ClusterDrawing(props: &ClusterDrawingProps) -> Html {
    let workbench = use_workbench();
    let looked_at = use_state(|| 0_usize);
    let Some(report) = workbench.answer() else { return html! {} };
    let all = alike(&props.instances);
    let shown: Vec<(&Alike, InstanceTypeReport)> =
        all.iter().take(MOST_KINDS).map(|kind| (kind, kind.instance_type(report))).collect();
    let types: Vec<&InstanceTypeReport> = shown.iter().map(|(_, facts)| facts).collect();
    let scale = Scale::for_fleet(&types);
    let looked = (*looked_at).min(shown.len().saturating_sub(1));
    let left = all.len().saturating_sub(MOST_KINDS) as u64;
    html! {
        <>
            <ul class="instances">
                { for shown.iter().enumerate().map(|(place, (kind, facts))| {
                    let look = {
                        let looked_at = looked_at.clone();
                        Callback::from(move |()| looked_at.set(place))
                    };
                    html! {
                        <Instance
                            key={place}
                            answer={report.clone()}
                            group={kind.group()}
                            facts={Rc::new(facts.clone())}
                            state={Some(AttrValue::from(kind.state()))}
                            {scale}
                            looked_at={place == looked}
                            {look}
                        />
                    }
                }) }
            </ul>
            if let Some((kind, facts)) = shown.get(looked) {
                { explanation(kind, facts) }
            }
            if left > 0 {
                <p class="hint">{ format!("{} more are not drawn.", counted(left, "kind")) }</p>
            }
            { legend(report, &props.instances) }
        </>
    }
}

fn explanation(kind: &Alike, facts: &InstanceTypeReport) -> Html {
    let (cpu, memory, enis) = kind.used();
    let zones = kind.zones.iter().map(|(zone, count)| format!("{count} in {zone}"));
    let ids = kind.ids.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
    let more = kind.ids.len().saturating_sub(4);
    let attributes = kind.sample.attributes.iter();
    let attributes: Vec<String> =
        attributes.map(|(name, value)| format!("{name}={value}")).collect();
    html! {
        <div class="explanation instance-facts" aria-live="polite">
            <p>
                <strong>{ format!("{} × {}", kind.ids.len(), kind.sample.instance_type) }</strong>
                { format!(" · {}", zones.collect::<Vec<_>>().join(", ")) }
            </p>
            <dl class="figures">
                <dt>{ "CPU" }</dt>
                <dd>{ format!("{} of {} taken", thousands(cpu), thousands(facts.allocatable_cpu.0)) }</dd>
                <dt>{ "Memory" }</dt>
                <dd>{ format!("{} of {} taken", thousands(memory), mib(facts.allocatable_memory_mib.0)) }</dd>
                if facts.allocatable_enis > 0 {
                    <dt>{ "ENIs" }</dt>
                    <dd>{ format!("{enis} of {} taken", facts.allocatable_enis) }</dd>
                }
                <dt>{ "Instances" }</dt>
                <dd>{ ids }{ if more > 0 { format!(" and {more} more") } else { String::new() } }</dd>
                if !attributes.is_empty() {
                    <dt>{ "Attributes" }</dt>
                    <dd>{ attributes.join(", ") }</dd>
                }
            </dl>
        </div>
    }
}

fn legend(report: &Report, instances: &[PlacedInstance]) -> Html {
    let is_there =
        |name: &str| instances.iter().any(|it| it.tasks.iter().any(|of| of.service == name));
    html! {
        <ul class="legend" aria-label="Services">
            { for report.services.iter().filter(|service| is_there(&service.name)).map(|service| html! {
                <li>{ swatch(service.row as usize) }{ &service.name }</li>
            }) }
        </ul>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eniac_core::report::ResourceAmounts;

    fn instance(id: &str, zone: &str, tasks: u32) -> PlacedInstance {
        let amount = |cpu: u64| ResourceAmounts { cpu, memory_mib: cpu, enis: 2, gpus: 0 };
        let on = TasksOnInstance { service: "web".into(), count: tasks, before: 0 };
        PlacedInstance {
            id: id.into(),
            instance_type: "t3.medium".into(),
            availability_zone: zone.into(),
            provider: None,
            active: true,
            registered: amount(2048),
            remaining: amount(2048 - u64::from(tasks) * 512),
            tasks: if tasks == 0 { Vec::new() } else { vec![on] },
            attributes: BTreeMap::new(),
        }
    }

    #[test]
    fn equal_instances_are_drawn_once() {
        let all = [
            instance("i-1", "a", 0),
            instance("i-2", "a", 2),
            instance("i-3", "b", 2),
            instance("i-4", "a", 2),
        ];
        let kinds = alike(&all);
        assert_eq!(kinds.len(), 2);
        assert_eq!(kinds[0].ids, ["i-2", "i-3", "i-4"]);
        assert_eq!(kinds[0].group().per_zone, [2, 1]);
        assert_eq!(kinds[0].group().used_cpu, 1024);
        assert_eq!(kinds[0].state(), "1,024 CPU, 1,024 MiB left");
        assert_eq!(kinds[1].state(), "empty");
    }
}
