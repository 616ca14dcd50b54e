//! The capacity providers of a scenario, and which of a service's tasks run on which.
//!
//! Base and weight are split by [`scaling::shares`].

use crate::diagnostic::Diagnostic;
use crate::nearest::did_you_mean;
use crate::scaling;
use crate::scenario::{
    Capacity, CapacityOptionType, CapacityProvider, CapacityProviderStrategyItem, ManagedInstances,
    PurchaseOption, Reading,
};
use std::collections::BTreeSet;

/// As many providers as are planned with: one bit for each and platform.
const MOST_PROVIDERS: usize = 10;

/// One provider.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Provider {
    /// Its name; `None` for the only one of a scenario that names none.
    pub(crate) name: Option<String>,
    /// Where its instances are described.
    pub(crate) path: String,
    /// What its instances are like.
    pub(crate) capacity: Capacity,
    /// How they are bought.
    pub(crate) purchase_option: PurchaseOption,
}

/// The providers, at least one, and the cluster's default strategy.
pub(super) struct Providers {
    pub(super) all: Vec<Provider>,
    default: Vec<Item>,
}

/// An item of a strategy whose provider is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) provider: usize,
    pub(crate) base: u32,
    pub(crate) weight: u32,
}

impl Providers {
    pub(super) fn of(reading: &Reading, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let scenario = &reading.scenario;
        let bought = scenario.pricing.purchase_option;
        let capacity = &scenario.capacity;
        let path = capacity_path(capacity);
        let mut names = BTreeSet::new();
        let mut all = Vec::new();
        for (place, provider) in scenario.capacity_providers.iter().enumerate() {
            let at = format!("capacityProviders[{place}]");
            let name = super::workload::printable(provider.name.trim());
            let own = Own::of(provider);
            let refused = if all.len() == MOST_PROVIDERS {
                Some((
                    "capacityProviders.tooMany",
                    format!("{MOST_PROVIDERS} providers are planned at most: {name} is left out"),
                ))
            } else if name.is_empty() || !names.insert(name.clone()) {
                Some((
                    "capacityProviders.name",
                    "a provider needs a name that no other one has; it is left out".to_owned(),
                ))
            } else if own.is_mixed_with(capacity) {
                Some((
                    "capacityProviders.mixed",
                    format!(
                        "a strategy cannot mix Managed Instances with Auto Scaling groups: {name} is left out"
                    ),
                ))
            } else {
                None
            };
            if let Some((code, message)) = refused {
                diagnostics.push(Diagnostic::error(code, format!("{at}.name"), message));
                continue;
            }
            let first = all.is_empty();
            all.push(Provider {
                path: own.field.map_or(path.clone(), |field| format!("{at}.{field}")),
                capacity: match own.capacity {
                    Some(own) => own,
                    None if first => capacity.clone(),
                    // What runs already is the first one's.
                    None => without_running(capacity.clone()),
                },
                purchase_option: match (provider.capacity_option_type, bought) {
                    (CapacityOptionType::Spot, _) => PurchaseOption::Spot,
                    (CapacityOptionType::OnDemand, PurchaseOption::Spot) => {
                        PurchaseOption::OnDemand
                    }
                    (CapacityOptionType::OnDemand, bought) => bought,
                },
                name: Some(name),
            });
        }
        if all.is_empty() {
            all.push(Provider {
                name: None,
                path,
                capacity: capacity.clone(),
                purchase_option: bought,
            });
        }
        let mut providers = Self { all, default: Vec::new() };
        let cluster = &scenario.capacity_provider_strategy;
        let path = "capacityProviderStrategy";
        providers.default = providers.items(cluster, path, diagnostics);
        if providers.default.is_empty() {
            if providers.all.len() > 1 && cluster.is_empty() {
                let uncovered = |service: &crate::scenario::Service| {
                    service.capacity_provider_strategy.is_empty()
                };
                if scenario.services.iter().any(uncovered) {
                    let message = "there are several providers and no default strategy: services \
                                   without a strategy of their own run on the first";
                    diagnostics.push(Diagnostic::warning("strategy.none", path, message));
                }
            }
            providers.default = vec![Item { provider: 0, base: 0, weight: 1 }];
        }
        providers
    }

    /// The strategy that a service follows: its own, or the cluster's.
    pub(super) fn strategy(
        &self,
        own: &[CapacityProviderStrategyItem],
        path: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Item> {
        let own = self.items(own, path, diagnostics);
        if own.is_empty() { self.default.clone() } else { own }
    }

    /// How many of `count` tasks run on each provider, in the order of providers; none that runs
    /// no task.
    pub(super) fn shares(&self, count: u32, items: &[Item]) -> Vec<(usize, u32)> {
        let mut shares = vec![0; self.all.len()];
        let weighed: Vec<(u32, u32)> = items.iter().map(|it| (it.base, it.weight)).collect();
        for (item, tasks) in items.iter().zip(scaling::shares(count, &weighed)) {
            shares[item.provider] += tasks;
        }
        let first = items.first().map_or(0, |item| item.provider);
        if count == 0 {
            return vec![(first, 0)];
        }
        shares.into_iter().enumerate().filter(|(_, tasks)| *tasks > 0).collect()
    }

    /// The items that can be followed.
    fn items(
        &self,
        strategy: &[CapacityProviderStrategyItem],
        path: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for (place, item) in strategy.iter().enumerate() {
            let wanted = item.capacity_provider.trim();
            let names = || self.all.iter().filter_map(|provider| provider.name.as_deref());
            let Some(provider) = self.all.iter().position(|it| it.name.as_deref() == Some(wanted))
            else {
                let hint = did_you_mean(wanted, names()).map_or_else(
                    || format!("; known: {}", names().collect::<Vec<_>>().join(", ")),
                    |hint| format!("; {hint}"),
                );
                let shown: String = wanted.chars().take(40).collect();
                let message = format!("{shown} is no capacity provider here{hint}");
                let field = format!("{path}[{place}].capacityProvider");
                diagnostics.push(
                    Diagnostic::error("strategy.unknownProvider", field, message).with_value(shown),
                );
                continue;
            };
            let mut base = item.base.get();
            if base > 0 && items.iter().any(|item| item.base > 0) {
                let message = "only one item of a strategy may have a base: this one is taken as 0";
                let field = format!("{path}[{place}].base");
                diagnostics.push(Diagnostic::error("strategy.twoBases", field, message));
                base = 0;
            }
            items.push(Item { provider, base, weight: u32::from(item.weight.get()) });
        }
        if !items.is_empty() && items.iter().all(|item| item.weight == 0) {
            let message = "at least one item needs a weight above 0: tasks beyond the base are \
                           taken to run on the first; set its weight to 1";
            diagnostics.push(Diagnostic::error("strategy.noWeight", path, message));
            items[0].weight = 1;
        }
        items
    }
}

fn without_running(capacity: Capacity) -> Capacity {
    match capacity {
        Capacity::ManagedInstances(managed) => Capacity::ManagedInstances(ManagedInstances {
            running_instances: Vec::new(),
            ..managed
        }),
        group @ Capacity::AutoScalingGroup(_) => group,
    }
}

fn capacity_path(capacity: &Capacity) -> String {
    match capacity {
        Capacity::ManagedInstances(_) => "capacity.managedInstances".to_owned(),
        Capacity::AutoScalingGroup(_) => "capacity.autoScalingGroup".to_owned(),
    }
}

/// What a provider says of its own instances.
struct Own {
    field: Option<&'static str>,
    capacity: Option<Capacity>,
    both: bool,
}

impl Own {
    fn of(provider: &CapacityProvider) -> Self {
        let managed = provider.managed_instances.clone().map(Capacity::ManagedInstances);
        let group = provider.auto_scaling_group.clone().map(Capacity::AutoScalingGroup);
        let field = match (&managed, &group) {
            (Some(_), _) => Some("managedInstances"),
            (None, Some(_)) => Some("autoScalingGroup"),
            (None, None) => None,
        };
        let both = managed.is_some() && group.is_some();
        Self { field, capacity: managed.or(group), both }
    }

    /// Whether it is of another kind than the cluster's capacity, or of two.
    fn is_mixed_with(&self, capacity: &Capacity) -> bool {
        let managed = |it: &Capacity| matches!(it, Capacity::ManagedInstances(_));
        self.both || self.capacity.as_ref().is_some_and(|own| managed(own) != managed(capacity))
    }
}
