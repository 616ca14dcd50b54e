//! What there is to run it on: the admitted types of each provider, measured and priced.

use super::classes::{Classes, Members, is_met};
use super::place::Place;
use super::providers::{Provider, Providers};
use super::terms::Terms;
use super::workload::{Sized, Workload};
use crate::capacity::{Allocatable, Platform, Rules, measure};
use crate::cost::{instance_cost, spot_price};
use crate::diagnostic::Diagnostic;
use crate::report::{Cost, FunnelStep, PriceSource, SelectionReport};
use crate::requirements::{Attribute, Candidates, Selection, matches, select, validate};
use crate::scenario::{Capacity, ExhaustedPools, InstanceRequirements, PurchaseOption, Scenario};
use eniac_catalog::{
    Catalog, Generation, InstanceType, MiB, NanoUsdPerHour, Offer, PriceBasis, TypeId,
};

/// The types that can be launched.
pub(crate) struct Supply<'c> {
    /// Whether ECS Managed Instances choose.
    pub(crate) managed_instances: bool,
    /// The providers, and what each one's selection left out, and why.
    pub(crate) providers: Vec<(Provider, Selection)>,
    /// Smaller types first: by vCPU, memory, generation, name. This is the order in which equal
    /// predicted fleets are preferred.
    pub(crate) instances: Vec<Instance<'c>>,
    /// What runs already: a place in `instances`, and how many.
    pub(crate) running: Vec<(usize, u32)>,
    /// Which instances take which tasks.
    pub(crate) classes: Classes,
}

/// One type on one platform of one provider, measured and priced.
pub(crate) struct Instance<'c> {
    pub(crate) id: TypeId,
    pub(crate) facts: &'c InstanceType,
    /// A place in [`Supply::providers`].
    pub(crate) provider: usize,
    pub(crate) platform: Platform,
    pub(crate) allocatable: Allocatable,
    /// The list price.
    pub(crate) on_demand: NanoUsdPerHour,
    pub(crate) price_estimated: bool,
    /// Where the price comes from that its cost rests on.
    pub(crate) price_source: PriceSource,
    /// The price by which ECS compares types: Spot's for Spot, else the list price, whatever
    /// reservations, Savings Plans and the user's own prices make of it afterwards.
    pub(crate) compared_price: NanoUsdPerHour,
    /// What one costs in this scenario.
    pub(crate) cost: Cost,
    /// The zones that offer it, as bits of the zones that are used.
    pub(crate) zones: u16,
    /// Those of them in which it can be launched.
    pub(crate) launched_in: u16,
    /// Whether the provider may launch it: it is admitted. Others run already.
    pub(crate) admitted: bool,
    /// Whether each of [`Workload::conditions`] holds for it. Where that differs between zones the
    /// type stands here several times, once for each part of its zones.
    pub(super) meets: Vec<bool>,
    /// Its class in the packing room, one bit.
    pub(crate) class: u32,
}

impl Instance<'_> {
    /// Whether it runs tasks of a service at all: by platform and by what they ask of instances,
    /// whatever their size.
    pub(crate) fn takes(&self, service: &Sized) -> bool {
        self.platform.runs(&service.demand) && is_met(&self.meets, service.condition)
    }

    /// Whether another is the same type of the same provider, in other zones.
    pub(crate) fn is_alike(&self, other: &Self) -> bool {
        (self.provider, self.id, self.platform) == (other.provider, other.id, other.platform)
    }
}

/// What instances of one provider are worked out from.
struct Shop<'a, 'c> {
    catalog: &'c Catalog,
    scenario: &'a Scenario,
    place: &'a Place,
    terms: &'a Terms<'a>,
    rules: &'a Rules,
    platforms: &'a [Platform],
    members: &'a Members<'a>,
    purchase_option: PurchaseOption,
    provider: usize,
}

impl<'c> Shop<'_, 'c> {
    /// The instances of a type; none where no price is known.
    fn instances(&self, id: TypeId, admitted: bool) -> Vec<Instance<'c>> {
        let offer = self.place.region.offers.get(&id);
        let (Some(facts), Some(offer)) = (self.catalog.get(id), offer) else { return Vec::new() };
        let Some((price, cost)) = self.priced(id, facts, offer) else { return Vec::new() };
        let estimated = price.basis == PriceBasis::Estimated;
        let spot = offer.spot.filter(|_| self.purchase_option == PurchaseOption::Spot);
        let is_own = spot.is_none() && self.place.own_prices.contains_key(&id);
        let platforms = self.platforms.iter().copied().filter(|platform| platform.runs_on(facts));
        let offered = self.place.used_zones(offer.zones);
        let instance = |platform, allocatable: Allocatable, zones, meets| Instance {
            id,
            facts,
            provider: self.provider,
            platform,
            allocatable,
            on_demand: price.per_hour,
            price_estimated: estimated,
            price_source: match (is_own, estimated) {
                (true, _) => PriceSource::Yours,
                (false, true) => PriceSource::Estimated,
                (false, false) => PriceSource::Listed,
            },
            compared_price: spot
                .map_or(price.per_hour, |saving| spot_price(price.per_hour, saving)),
            cost,
            zones,
            launched_in: if admitted { zones } else { 0 },
            admitted,
            meets,
            class: 0,
        };
        let mut instances = Vec::new();
        for platform in platforms {
            let given = measure(facts, platform, self.rules);
            for (zones, meets) in self.members.by_zones(facts, platform, given.trunked, offered) {
                instances.push(instance(platform, given.clone(), zones, meets));
            }
        }
        instances
    }

    fn priced(
        &self,
        id: TypeId,
        facts: &InstanceType,
        offer: &Offer,
    ) -> Option<(eniac_catalog::Price, Cost)> {
        let (pricing, bought) = (&self.scenario.pricing, self.purchase_option);
        let own = self.place.own_prices.get(&id).copied();
        let (managed, storage) = (self.terms.managed_instances, Some(self.terms.storage));
        let cost = instance_cost(facts, offer, pricing, own, bought, managed, storage);
        Some((offer.on_demand?, cost?))
    }
}

impl<'c> Supply<'c> {
    pub(super) fn of(
        catalog: &'c Catalog,
        scenario: &Scenario,
        place: &Place,
        workload: &Workload,
        providers: Providers,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let managed = |it: &Provider| matches!(it.capacity, Capacity::ManagedInstances(_));
        let mut supply = Self {
            managed_instances: providers.all.iter().all(managed),
            providers: Vec::new(),
            instances: Vec::new(),
            running: Vec::new(),
            classes: Classes::default(),
        };
        for provider in providers.all {
            supply.stock(catalog, scenario, place, workload, provider, diagnostics);
        }
        supply.classes = Classes::of(&mut supply.instances, workload, diagnostics);
        supply
    }

    /// Adds what one provider has.
    fn stock(
        &mut self,
        catalog: &'c Catalog,
        scenario: &Scenario,
        place: &Place,
        workload: &Workload,
        provider: Provider,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let at = self.providers.len();
        let mut terms = Terms::of(&provider, catalog, diagnostics);
        let rules = Rules { daemons: workload.daemons.clone(), ..terms.rules.clone() };
        let purchase_option = provider.purchase_option;
        if let Some(requirements) = terms.said {
            let path = format!("{}.instanceRequirements", terms.path);
            diagnostics.extend(validate(requirements, purchase_option, catalog, &path));
        }
        let platforms: Vec<Platform> = Platform::ALL
            .into_iter()
            .filter(|platform| {
                let mut services = workload.services.iter();
                services.any(|it| platform.runs(&it.demand) || platform.runs(&it.replaced))
            })
            .collect();
        let candidates = Candidates {
            catalog,
            region: &place.region,
            zones: place.zones,
            managed_instances: terms.managed_instances,
            more_than_one_vcpu: terms.more_than_one_vcpu,
            named: terms.named.take(),
            requirements: match terms.requirements.take() {
                // Without requirements ECS selects by itself, and has not been seen to select
                // burstable types or bare metal: EC2's defaults for absent attributes.
                None if terms.managed_instances => Some(InstanceRequirements::default()),
                requirements => requirements,
            },
            purchase_option,
            own_prices: &place.own_prices,
            rules: &rules,
            platforms: &platforms,
        };
        let selection = select(&candidates);
        if selection.admitted.is_empty() && !place.region.offers.is_empty() {
            diagnostics.push(nothing_admitted(&selection, terms.path));
        }
        let members = Members::of(&workload.conditions, place, &provider.capacity);
        let shop = Shop {
            catalog,
            scenario,
            place,
            terms: &terms,
            rules: &rules,
            platforms: &platforms,
            members: &members,
            purchase_option,
            provider: at,
        };
        let first = self.instances.len();
        for id in &selection.admitted {
            self.instances.extend(shop.instances(*id, true));
        }
        for (at, pools) in terms.exhausted.iter().enumerate() {
            let path = format!("{}.exhaustedPools[{at}]", terms.path);
            exhaust(&mut self.instances[first..], pools, place, &path, diagnostics);
        }
        let mut runs = Vec::new();
        for (place, running) in terms.running.iter().enumerate() {
            let field = format!("{}.runningInstances[{place}].instanceType", terms.path);
            match catalog.find(&running.instance_type) {
                Ok(id) => {
                    if !self.instances[first..].iter().any(|instance| instance.id == id) {
                        self.instances.extend(shop.instances(id, false));
                    }
                    runs.push((id, running.count.get(), field));
                }
                Err(unknown) => {
                    let message = unknown.to_string();
                    diagnostics.push(
                        Diagnostic::error("capacity.unknownType", field, message)
                            .with_value(unknown.name),
                    );
                }
            }
        }
        self.instances[first..].sort_by(|a, b| order(a).cmp(&order(b)));
        for (id, count, field) in runs {
            let found = self.instances[first..].iter().position(|instance| instance.id == id);
            match found {
                Some(place) => self.running.push((first + place, count)),
                None => diagnostics.push(Diagnostic::error(
                    "capacity.cannotRun",
                    field,
                    "no service could run on it here, or the region does not offer it: it is left \
                     out",
                )),
            }
        }
        drop(candidates);
        self.providers.push((provider, selection));
    }

    /// The first place of an instance's type on its provider and platform.
    pub(crate) fn first_alike(&self, instance: usize) -> usize {
        let here = &self.instances[instance];
        let before = self.instances[..instance].iter().rev();
        instance - before.take_while(|it| it.is_alike(here)).count()
    }

    /// What each provider's selection leaves; of the first where several are not told apart.
    pub(super) fn selection_report(&self, catalog: &Catalog, provider: usize) -> SelectionReport {
        let Some((_, selection)) = self.providers.get(provider) else {
            return SelectionReport::default();
        };
        let count = |types: usize| u32::try_from(types).unwrap_or(u32::MAX);
        let name = |id: &TypeId| catalog.get(*id).map(|t| t.name.clone());
        let steps = selection.steps.iter();
        let told = steps.filter(|step| step.set || !step.left_out.is_empty());
        SelectionReport {
            considered: count(catalog.types().len()),
            admitted: count(selection.admitted.len()),
            funnel: told
                .map(|step| FunnelStep {
                    attribute: step.attribute.name().to_owned(),
                    left: count(step.left),
                    left_out: step.left_out.iter().filter_map(name).collect(),
                })
                .collect(),
        }
    }
}

fn order<'a>(instance: &'a Instance<'_>) -> (u32, MiB, Generation, &'a str, Platform) {
    let facts = instance.facts;
    (facts.vcpu, facts.memory, facts.generation, &facts.name, instance.platform)
}

/// Takes zones without capacity from the instances; what runs there already goes on.
fn exhaust(
    instances: &mut [Instance<'_>],
    pools: &ExhaustedPools,
    place: &Place,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (zones, unknown) = place.zones_named(&pools.zones);
    if !unknown.is_empty() {
        let message = format!(
            "{} is no zone in use here; in use: {}",
            unknown.join(", "),
            place.zone_names.join(", ")
        );
        diagnostics.push(Diagnostic::error(
            "capacity.unknownZone",
            format!("{path}.zones"),
            message,
        ));
    }
    let is_meant = |instance: &&mut Instance<'_>| {
        pools.instance_types.iter().any(|pattern| matches(pattern, &instance.facts.name))
    };
    let mut meant = 0;
    for instance in instances.iter_mut().filter(is_meant) {
        instance.launched_in &= !zones;
        meant += 1;
    }
    if meant == 0 && !instances.is_empty() {
        let message = "no admitted type matches: nothing is exhausted by this";
        let field = format!("{path}.instanceTypes");
        diagnostics.push(Diagnostic::note("capacity.nothingExhausted", field, message));
    }
}

fn nothing_admitted(selection: &Selection, path: &str) -> Diagnostic {
    let last = selection.steps.iter().rev().find(|step| !step.left_out.is_empty());
    let (attribute, count) =
        last.map_or((Attribute::Region, 0), |s| (s.attribute, s.left_out.len()));
    if attribute == Attribute::Daemons {
        let message = format!(
            "no instance type is admitted: on the last {count}, what the daemons take leaves \
             nothing for tasks; lower the daemons' figures or admit larger types"
        );
        return Diagnostic::error("capacity.daemonsTooBig", "daemons", message);
    }
    let message = format!(
        "no instance type is admitted: {} left out the last {count}; the funnel shows what each \
         requirement takes away",
        attribute.name()
    );
    Diagnostic::error("capacity.nothingAdmitted", path, message)
}
