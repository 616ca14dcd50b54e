//! A scenario as a simulation's model: services, groups, and the instances that are there.

use super::service_settings::{deployment_plan, load, policies};
use super::standing::standing;
use super::templates::{self, Stock};
use crate::diagnostic::Diagnostic;
use crate::nearest::did_you_mean;
use crate::placement::Kind;
use crate::placement::query::Expression;
use crate::placement::strategy::rules;
use crate::plan::{Ground, Sized, amounts};
use crate::scaling::quotas::CONTAINER_INSTANCES;
use crate::scaling::{Extremes, ScalingSettings};
use crate::scenario::quantity::with_thousands;
use crate::scenario::{
    AutoScalingGroup, Capacity, GroupSize, PlacementConstraintType, PlacementTies, Reading, Service,
};
use crate::task::Demand;
use crate::timeline::{
    GroupModel, MOST_TASKS, Model, ScalingModel, ServiceModel, Share, TieRule, Timing,
};
use eniac_catalog::Catalog;

/// A model, and the names that belong to its places.
pub(super) struct Built<'c> {
    pub(super) ground: Ground<'c>,
    pub(super) model: Model,
    /// The zones' names, as `ecs.availability-zone` has them.
    pub(super) zones: Vec<String>,
    /// What each group can launch.
    pub(super) stocks: Vec<Stock>,
}

/// Builds the model of a scenario whose capacity is an Auto Scaling group; `None` for another.
pub(super) fn build<'c>(
    catalog: &'c Catalog,
    reading: &Reading,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Built<'c>> {
    let scenario = &reading.scenario;
    let ground = Ground::of(catalog, reading, diagnostics);
    if ground.supply.managed_instances {
        let message = "ECS Managed Instances place and scale by themselves: what ECS would launch \
                       is in the prediction; placement and the timeline are for Auto Scaling groups";
        diagnostics.push(Diagnostic::note("cluster.managedInstances", "capacity", message));
        return None;
    }
    let zones = crate::plan::zone_names(&ground.place);
    let simulation = &scenario.simulation;
    let mut model = Model {
        minutes: simulation.minutes.get(),
        zones: zones.len(),
        timing: Timing {
            launch: simulation.instance_launch_seconds.get(),
            start: simulation.task_start_seconds.get(),
            stop: simulation.task_stop_seconds.get(),
            provisioning: simulation.provisioning_timeout_minutes.get() * 60,
        },
        ties: match simulation.placement_ties {
            PlacementTies::FewestTasks => TieRule::FewestTasks,
            PlacementTies::InstanceId => TieRule::First,
            PlacementTies::Random => TieRule::Random,
        },
        seed: simulation.seed.get(),
        ..Model::default()
    };
    for (place, sized) in ground.workload.services.iter().enumerate() {
        let Some(service) = reading.service_in_row(sized.row) else { continue };
        add_service(&mut model, place, sized, service, &ground, diagnostics);
    }
    let mut stocks = Vec::new();
    for (place, (provider, _)) in ground.supply.providers.iter().enumerate() {
        let Capacity::AutoScalingGroup(group) = &provider.capacity else { continue };
        let stock = templates::stock(catalog, &ground, &zones, place, group, diagnostics);
        model.groups.push(group_model(group, &stock));
        stocks.push(stock);
    }
    model.standing = standing(catalog, reading, &ground, &zones, diagnostics);
    for (place, deployment) in simulation.deployments.iter().enumerate() {
        let name = deployment.service.trim();
        let services = &ground.workload.services;
        let Some(service) = services.iter().position(|it| it.name == name) else {
            let names = services.iter().map(|it| it.name.as_str());
            let path = format!("simulation.deployments[{place}].service");
            diagnostics.push(unknown_service(name, names, path));
            continue;
        };
        model.deployments.push((deployment.minute.get(), service));
    }
    model.deployments.sort_unstable();
    many_tasks(&model, diagnostics);
    // Who deploys in the simulation begins with the revision that is replaced.
    for service in 0..model.services.len() {
        if !model.deployments.iter().any(|(_, it)| *it == service) {
            model.services[service].kind = model.services[service].deployed_kind;
        }
    }
    Some(Built { ground, model, zones, stocks })
}

/// Says that not all tasks are simulated.
fn many_tasks(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let most = |service: &ServiceModel| {
        let scaled = service.scaling.as_ref().filter(|_| service.load.is_some());
        u64::from(scaled.map_or(0, |it| it.max).max(service.desired))
    };
    let wanted: u64 = model.services.iter().map(most).sum();
    if wanted > MOST_TASKS as u64 {
        let message = format!(
            "the services may want {} tasks together: {} at once are placed and simulated, the \
             others are taken as missing",
            with_thousands(wanted),
            with_thousands(MOST_TASKS as u64)
        );
        diagnostics.push(Diagnostic::warning("cluster.manyTasks", "services", message));
    }
}

pub(super) fn unknown_service<'n>(
    name: &str,
    names: impl Iterator<Item = &'n str> + Clone,
    path: String,
) -> Diagnostic {
    let shown: String = name.chars().take(40).collect();
    let hint = did_you_mean(name, names.clone())
        .unwrap_or_else(|| format!("known: {}", names.take(20).collect::<Vec<_>>().join(", ")));
    let message = format!("{shown} is no service that is planned here; {hint}");
    Diagnostic::error("cluster.unknownService", path, message).with_value(shown)
}

fn add_service(
    model: &mut Model,
    place: usize,
    sized: &Sized,
    service: &Service,
    ground: &Ground<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let path = sized.path();
    let new = model.kinds.len();
    model.kinds.push(kind(place, sized, service, &sized.demand, ground));
    let mut old = new;
    if sized.replaced != sized.demand {
        old = model.kinds.len();
        model.kinds.push(kind(place, sized, service, &sized.replaced, ground));
    }
    model.services.push(ServiceModel {
        kind: old,
        deployed_kind: new,
        desired: sized.count,
        strategy: strategy(service, sized),
        scaling: service.auto_scaling.as_ref().map(|it| ScalingModel {
            min: it.min_capacity.get(),
            max: it.max_capacity.get(),
            policies: policies(it, &path, diagnostics),
        }),
        load: service
            .load
            .as_ref()
            .map(|it| load(it, service, model.minutes, &format!("{path}.load"), diagnostics)),
        deployment: deployment_plan(&sized.deployment),
        rebalancing: service.availability_zone_rebalancing.is_enabled()
            && sized.deployment.maximum_percent.get() > 100,
    });
    if service.auto_scaling.is_some() && service.load.is_none() {
        let message = format!(
            "{}: it scales by its metrics, and no load is given that moves them: its desired count \
             stays",
            sized.name
        );
        let path = format!("{path}.load");
        diagnostics.push(Diagnostic::note("service.noLoad", path, message));
    }
}

fn kind(
    place: usize,
    sized: &Sized,
    service: &Service,
    demand: &Demand,
    ground: &Ground<'_>,
) -> Kind {
    let constraints = &service.placement_constraints;
    let of_task = &service.task_definition.placement_constraints;
    let members = constraints
        .iter()
        .chain(of_task)
        .filter(|it| it.kind == PlacementConstraintType::MemberOf)
        .filter_map(|it| Expression::parse(&by_name(it.expression.as_deref()?, ground)).ok())
        .chain(apart_from(place, ground));
    Kind {
        service: place,
        amounts: amounts(demand),
        host_ports: demand.host_ports.clone(),
        platforms: crate::capacity::Platform::ALL
            .into_iter()
            .filter(|platform| platform.runs(demand))
            .collect(),
        distinct: sized.distinct,
        expressions: members.collect(),
        rules: rules(service, &sized.path()).unwrap_or_default(),
        task_group: format!("service:{}", sized.name),
    }
}

/// `apartFrom` as ECS would be asked for it: no instance that runs a task of the other service.
fn apart_from<'g>(place: usize, ground: &'g Ground<'_>) -> impl Iterator<Item = Expression> + 'g {
    let services = &ground.workload.services;
    let ports = move |a: usize, b: usize| {
        !services[a].demand.host_ports.is_disjoint(&services[b].demand.host_ports)
    };
    let others = ground.workload.apart.iter().filter_map(move |(a, b)| match place {
        // Ports in common keep them apart anyway.
        _ if ports(*a, *b) => None,
        place if place == *a => Some(*b),
        place if place == *b => Some(*a),
        _ => None,
    });
    others.filter_map(|other| {
        let name = &services[other].name;
        Expression::parse(&format!("not(task:group == \"service:{name}\")")).ok()
    })
}

/// An expression that calls zones by their names, whichever way the user does.
fn by_name(expression: &str, ground: &Ground<'_>) -> String {
    let names = crate::plan::zone_names(&ground.place);
    let ids = ground.place.zone_names.iter().zip(names);
    ids.fold(expression.to_owned(), |text, (id, name)| text.replace(id.as_str(), &name))
}

/// A service's strategy by the places of groups; empty past all providers.
fn strategy(service: &Service, sized: &Sized) -> Vec<Share> {
    if service.launch_type.is_some() {
        return Vec::new();
    }
    let items = sized.strategy.iter();
    items.map(|it| Share { group: it.provider, base: it.base, weight: it.weight }).collect()
}

fn group_model(group: &AutoScalingGroup, stock: &Stock) -> GroupModel {
    let scaling = &group.managed_scaling;
    let maximum_step = u32::from(scaling.maximum_scaling_step_size.get());
    GroupModel {
        templates: stock.templates.clone(),
        extremes: Extremes::of(stock.amounts.iter().copied()),
        scaling: ScalingSettings {
            target: scaling.target_capacity.get().into(),
            minimum_step: u32::from(scaling.minimum_scaling_step_size.get()).min(maximum_step),
            maximum_step,
        },
        min_size: group.min_size.get().min(CONTAINER_INSTANCES),
        max_size: group.max_size.map_or(CONTAINER_INSTANCES, |it| {
            it.get().max(group.min_size.get()).min(CONTAINER_INSTANCES)
        }),
        initial: group.desired_capacity.map(GroupSize::get),
        managed: scaling.status.is_enabled(),
        warmup: scaling.instance_warmup_period.get().into(),
        protected: group.managed_termination_protection.is_enabled(),
        draining: group.managed_draining.is_enabled(),
    }
}
