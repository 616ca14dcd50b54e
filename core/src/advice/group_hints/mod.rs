//! What is risky, mistaken or easily misread in the settings of Auto Scaling groups and of the
//! services on them. Each file holds one idea; the reasons stand in `reasons.rs`.

mod alarm_metrics;
mod balancing;
mod containers;
mod deploying;
mod expressions;
mod fargate;
mod group;
mod launch_type;
mod load_balancers;
mod maximum;
mod network;
mod ports;
mod quotas;
mod reservation;
mod rounds;
mod run_away;
mod service_scaling;
mod settings;
mod small_types;

pub(super) use group::{Group, copies, while_deploying};

use super::base::Base;
use crate::plan::Sized;
use crate::report::Advice;
use crate::scenario::Service;
use std::collections::BTreeSet;

/// What there is to say of groups and of the services on them.
pub(super) fn group_hints(base: &Base<'_>) -> Vec<Advice> {
    let mut hints = Vec::new();
    for group in Group::all(base) {
        hints.extend(settings::settings(&group));
        hints.extend(small_types::small_types(&group));
        hints.extend(run_away::run_away(&group));
        hints.extend(rounds::rounds(&group));
        hints.extend(maximum::maximum(&group));
        hints.extend(ports::static_ports(&group));
        hints.extend(launch_type::past_the_provider(&group));
        hints.extend(deploying::peak(&group));
        hints.extend(reservation::reservation(&group));
        hints.extend(fargate::compared(&group));
        hints.extend(network::modes(&group));
        hints.extend(quotas::of_group(&group));
    }
    for (sized, service) in services(base) {
        if !base.is_managed() {
            hints.extend(load_balancers::load_balancers(base, sized, service));
            hints.extend(launch_type::with_strategy(base, sized, service));
            hints.extend(containers::differ(sized, service));
            hints.extend(balancing::balancing(base, sized, service));
        }
        hints.extend(service_scaling::service_scaling(base, sized, service));
        hints.extend(quotas::of_service(sized, service));
    }
    hints.extend(expressions::attributes(base));
    hints.extend(quotas::of_cluster(base));
    hints.extend(alarm_metrics::metrics(base));
    // Providers that share their settings would say the same of them again.
    let mut told = BTreeSet::new();
    hints.retain(|hint| told.insert((hint.code.clone(), hint.path.clone())));
    hints
}

/// The services that are planned, as planned and as written.
fn services<'b>(base: &'b Base<'_>) -> impl Iterator<Item = (&'b Sized, &'b Service)> {
    let services = base.ground.workload.services.iter();
    services.filter_map(|sized| Some((sized, base.reading.service_in_row(sized.row)?)))
}
