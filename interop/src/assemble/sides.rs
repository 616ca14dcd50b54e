//! A cluster may have capacity providers of Managed Instances and of Auto Scaling groups, as long as
//! no strategy mixes them (ECS Developer Guide, "Capacity providers"). A scenario has one of the two
//! kinds: which one is kept, and what runs on the other.

use super::draft::Draft;
use super::index::{Index, name_of};
use crate::node::Node;
use crate::resource::{Kind, Resource};

/// What a provider's instances are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Managed,
    Group,
}

impl Sort {
    pub(super) fn of(provider: &Resource) -> Option<Self> {
        let is_empty = |node: &Node| node.as_list().is_some_and(<[Node]>::is_empty);
        let has = |key: &str| {
            provider.body.get(key).is_some_and(|node| !node.is_null() && !is_empty(node))
        };
        if has("managedInstancesProvider") {
            Some(Self::Managed)
        } else if has("autoScalingGroupProvider") {
            Some(Self::Group)
        } else {
            None
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Managed => "Managed Instances",
            Self::Group => "Auto Scaling groups",
        }
    }
}

/// The kind that is kept: that on which more services run, else that of the first provider. The other
/// one's providers are left out, and with them the services that run on nothing else. `None` without
/// providers.
pub(super) fn choose(
    draft: &mut Draft<'_>,
    index: &Index<'_>,
    providers: &[(Sort, &Resource)],
) -> Option<Sort> {
    let (first, _) = providers.first().copied()?;
    if providers.iter().all(|(sort, _)| *sort == first) {
        return Some(first);
    }
    let usual = usual(index);
    let services: Vec<(&Resource, Vec<Sort>)> =
        index.all(Kind::Service).map(|it| (it, sorts(index, it, &usual))).collect();
    let count = |sort: Sort| services.iter().filter(|(_, sorts)| sorts.contains(&sort)).count();
    let (managed, group) = (count(Sort::Managed), count(Sort::Group));
    let kept = match managed.cmp(&group) {
        std::cmp::Ordering::Greater => Sort::Managed,
        std::cmp::Ordering::Less => Sort::Group,
        std::cmp::Ordering::Equal => first,
    };
    let why =
        if managed == group { "the first in the files" } else { "on which more services run" };
    let names = providers.iter().filter(|(sort, _)| *sort == kept);
    let names: Vec<String> = names.map(|(_, it)| name_of(it, "name")).collect();
    let names = names.join(", ");
    for (_, provider) in providers.iter().filter(|(sort, _)| *sort != kept) {
        let message = format!(
            "left out: a scenario has either Managed Instances or Auto Scaling groups, and {}, {why}, are \
             kept; to plan this one and its services, import the files without {names}",
            kept.word()
        );
        draft.account.problem(provider.at, &provider.address, message);
    }
    for (service, sorts) in services {
        if !sorts.is_empty() && !sorts.contains(&kept) {
            let message = format!(
                "left out: it runs on capacity that is left out, and the scenario has {}; to plan it, \
                 import the files without {names}",
                kept.word()
            );
            draft.account.problem(service.at, &service.address, message);
            draft.elsewhere.insert(service.address.clone());
        }
    }
    Some(kept)
}

/// The kinds in the default strategy that a scenario takes: that of the first cluster with one.
fn usual(index: &Index<'_>) -> Vec<Sort> {
    let of = |it: &Resource| named(index, it.body.get("defaultCapacityProviderStrategy"));
    index.all(Kind::Cluster).map(of).find(|sorts| !sorts.is_empty()).unwrap_or_default()
}

/// The kinds on which a service runs; none where nothing says it, or where it runs on every instance.
fn sorts(index: &Index<'_>, service: &Resource, usual: &[Sort]) -> Vec<Sort> {
    let text = |key: &str| service.body.get(key).and_then(Node::as_text);
    if text("schedulingStrategy") == Some("DAEMON") {
        return Vec::new();
    }
    let strategy = service.body.get("capacityProviderStrategy");
    let has_own = strategy.and_then(Node::as_list).is_some_and(|list| !list.is_empty());
    match text("launchType") {
        _ if has_own => named(index, strategy),
        Some("EC2") => vec![Sort::Group],
        Some("MANAGED_INSTANCES") => vec![Sort::Managed],
        Some(_) => Vec::new(),
        None => usual.to_vec(),
    }
}

fn named(index: &Index<'_>, strategy: Option<&Node>) -> Vec<Sort> {
    let items = strategy.and_then(Node::as_list).unwrap_or_default();
    let of =
        |item: &Node| Sort::of(index.find(Kind::CapacityProvider, item.get("capacityProvider")?)?);
    let mut sorts: Vec<Sort> = items.iter().filter_map(of).collect();
    sorts.dedup();
    sorts
}
