//! From the document to the problem. The first thing that is wrong ends the reading: a problem
//! without one of its services would be another problem.

use super::record::{Record, Unreadable, refused, short, whole};
use super::{
    MAX_AMOUNT, MAX_COUNT, MAX_PAIRS, MAX_SERVICES, MAX_TEXT, MAX_TYPES, MAX_ZONES, PackingProblem,
    SCHEMA,
};
use crate::packing::{Amounts, Demand, Offer, Problem};
use eniac_catalog::NanoUsdPerHour;
use serde_json::Value;
use std::collections::BTreeMap;

/// Nano-USD of a micro-USD: what prices are multiplied by.
pub(super) const NANO_PER_MICRO: u64 = 1000;

/// The architectures, each with its bit of [`Demand::classes`].
const ARCHITECTURES: [(&str, u32); 2] = [("x86_64", 1), ("arm64", 2)];
const ARCHITECTURE_NEEDED: &str = "\"x86_64\" or \"arm64\"";

const DOCUMENT: [&str; 7] =
    ["schema", "name", "azs", "network", "services", "anti_affinity", "types"];
const SERVICE: [&str; 9] =
    ["id", "count", "cpu", "mem", "eni", "gpu", "arch", "distinct", "spread"];
const TYPE: [&str; 7] = ["name", "arch", "cpu", "mem", "eni", "gpu", "price_micro"];

/// Reads a document.
pub fn read(text: &str) -> Result<PackingProblem, Unreadable> {
    if text.len() > MAX_TEXT {
        let message = format!(
            "the problem has {} bytes; at most {MAX_TEXT} are read: leave out types that no \
             service can use",
            text.len()
        );
        return Err(Unreadable::new("", message));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value = serde_json::from_str(text)
        .map_err(|error| Unreadable::new("", format!("the problem is not JSON: {error}")))?;
    let mut warnings = Vec::new();
    let record = Record::new(String::new(), &value, &DOCUMENT, &mut warnings)?;
    record.whole("schema", (SCHEMA, SCHEMA), None, "the format that this eniac reads")?;

    let most_zones = MAX_ZONES as u64;
    let zones = record.whole("azs", (1, most_zones), Some(1), "Availability Zones")?;
    let zones = usize::try_from(zones).unwrap_or(MAX_ZONES);
    let name = match record.get("name") {
        Some(_) => record.text("name")?.to_owned(),
        None => String::new(),
    };
    let mut problem = Problem { zones, ..Problem::default() };

    let mut services = Names::new("id", "services");
    for (at, value) in record.list("services", MAX_SERVICES)?.iter().enumerate() {
        let service = Record::new(format!("services[{at}]"), value, &SERVICE, &mut warnings)?;
        services.add(&service)?;
        problem.demands.push(demand(&service)?);
    }
    let mut types = Names::new("name", "types");
    // Every zone offers every type.
    let everywhere = u16::MAX >> (MAX_ZONES - zones);
    for (at, value) in record.list("types", MAX_TYPES)?.iter().enumerate() {
        let row = Record::new(format!("types[{at}]"), value, &TYPE, &mut warnings)?;
        types.add(&row)?;
        problem.offers.push(Offer { zones: everywhere, ..offer(&row)? });
    }
    if record.get("anti_affinity").is_some() {
        let pairs = record.list("anti_affinity", MAX_PAIRS)?.iter().enumerate();
        let read = pairs.map(|(at, value)| pair(at, value, &services.in_order));
        problem.anti_affinity = read.collect::<Result<_, _>>()?;
    }
    let (services, types) = (services.in_order, types.in_order);
    Ok(PackingProblem { name, problem, services, types, warnings })
}

fn demand(service: &Record<'_>) -> Result<Demand, Unreadable> {
    let count = service.whole("count", (0, u64::from(MAX_COUNT)), None, "tasks")?;
    Ok(Demand {
        count: u32::try_from(count).unwrap_or(MAX_COUNT),
        amounts: amounts(service)?,
        classes: architectures(service)?,
        distinct: service.flag("distinct")?,
        spread: service.flag("spread")?,
    })
}

fn offer(row: &Record<'_>) -> Result<Offer, Unreadable> {
    let most = NanoUsdPerHour::MAX.0 / NANO_PER_MICRO;
    let price = row.whole("price_micro", (0, most), None, "10^-6 USD an hour")?;
    let class = row.get("arch").and_then(architecture);
    Ok(Offer {
        amounts: amounts(row)?,
        class: class.ok_or_else(|| row.refuse("arch", ARCHITECTURE_NEEDED))?,
        zones: 0,
        price: NanoUsdPerHour(price * NANO_PER_MICRO),
    })
}

fn amounts(record: &Record<'_>) -> Result<Amounts, Unreadable> {
    let amount = |name, default, unit| record.whole(name, (0, MAX_AMOUNT), default, unit);
    Ok([
        amount("cpu", None, "1024 is one vCPU")?,
        amount("mem", None, "MiB")?,
        amount("eni", Some(0), "network interfaces")?,
        amount("gpu", Some(0), "GPUs")?,
    ])
}

/// The bits of the architectures on which a service runs: at least one.
fn architectures(service: &Record<'_>) -> Result<u32, Unreadable> {
    let needed = format!("a list of {ARCHITECTURE_NEEDED} or both");
    let Some(Value::Array(list)) = service.get("arch") else {
        return Err(service.refuse("arch", &needed));
    };
    if list.is_empty() {
        return Err(service.refuse("arch", &needed));
    }
    list.iter().enumerate().try_fold(0, |bits, (at, value)| {
        let path = service.at(&format!("arch[{at}]"));
        let bit = architecture(value);
        Ok(bits | bit.ok_or_else(|| refused(&path, value, ARCHITECTURE_NEEDED))?)
    })
}

fn architecture(value: &Value) -> Option<u32> {
    let word = value.as_str()?;
    ARCHITECTURES.iter().find(|(name, _)| *name == word).map(|(_, bit)| *bit)
}

fn pair(at: usize, value: &Value, services: &[String]) -> Result<(usize, usize), Unreadable> {
    let path = format!("anti_affinity[{at}]");
    let needed = || match services.len() {
        0 | 1 => "no pair, as there are not two services,".to_owned(),
        count => format!("a pair of places in services, from 0 to {},", count - 1),
    };
    let place = |value: &Value| {
        let place = whole(value).and_then(|place| usize::try_from(place).ok());
        place.filter(|place| *place < services.len())
    };
    match value.as_array().map(Vec::as_slice) {
        Some([one, other]) => match (place(one), place(other)) {
            (Some(one), Some(other)) if one == other => {
                let message = format!(
                    "names service {} ({one}) twice: its tasks stand apart by \"distinct\"",
                    short(&services[one])
                );
                Err(Unreadable::new(path, message))
            }
            (Some(one), Some(other)) => Ok((one, other)),
            (None, _) => Err(refused(&format!("{path}[0]"), one, &needed())),
            (_, None) => Err(refused(&format!("{path}[1]"), other, &needed())),
        },
        _ => Err(refused(&path, value, &needed())),
    }
}

/// Names that must differ, since the plan is told in them.
struct Names {
    field: &'static str,
    list: &'static str,
    in_order: Vec<String>,
    place: BTreeMap<String, usize>,
}

impl Names {
    fn new(field: &'static str, list: &'static str) -> Self {
        Self { field, list, in_order: Vec::new(), place: BTreeMap::new() }
    }

    fn add(&mut self, record: &Record<'_>) -> Result<(), Unreadable> {
        let name = record.text(self.field)?;
        let path = record.at(self.field);
        if name.is_empty() {
            return Err(record.refuse(self.field, "a text that is not empty"));
        }
        if let Some(first) = self.place.insert(name.to_owned(), self.in_order.len()) {
            let (list, name) = (self.list, short(name));
            let message =
                format!("\"{name}\" is already that of {list}[{first}]: give each its own");
            return Err(Unreadable::new(path, message));
        }
        self.in_order.push(name.to_owned());
        Ok(())
    }
}
