//! A packing problem's document and a plan's, as the bench reads them: by itself, so that a fault
//! of the planner's own reader does not hide.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A problem.
#[derive(Clone, Deserialize)]
pub(super) struct Instance {
    pub(super) name: String,
    pub(super) azs: usize,
    pub(super) services: Vec<Service>,
    #[serde(default)]
    pub(super) anti_affinity: Vec<(usize, usize)>,
    pub(super) types: Vec<Type>,
}

#[derive(Clone, Deserialize)]
pub(super) struct Service {
    pub(super) id: String,
    pub(super) count: u64,
    #[serde(flatten)]
    pub(super) amounts: Amounts,
    pub(super) arch: Vec<String>,
    #[serde(default)]
    pub(super) distinct: bool,
    #[serde(default)]
    pub(super) spread: bool,
}

#[derive(Clone, Deserialize)]
pub(super) struct Type {
    pub(super) name: String,
    pub(super) arch: String,
    #[serde(flatten)]
    pub(super) amounts: Amounts,
    pub(super) price_micro: u64,
}

#[derive(Clone, Copy, Deserialize)]
pub(super) struct Amounts {
    pub(super) cpu: u64,
    pub(super) mem: u64,
    #[serde(default)]
    pub(super) eni: u64,
    #[serde(default)]
    pub(super) gpu: u64,
}

impl Amounts {
    pub(super) fn named(self) -> [(&'static str, u64); 4] {
        [("cpu", self.cpu), ("mem", self.mem), ("eni", self.eni), ("gpu", self.gpu)]
    }
}

/// A plan, as `eniac pack --json` and the npm module's `pack` tell it.
#[derive(Clone, Deserialize)]
pub(super) struct Answer {
    pub(super) cost_micro: u64,
    pub(super) lower_bound_micro: u64,
    pub(super) proven_optimal: bool,
    pub(super) work: u64,
    pub(super) instances: u64,
    pub(super) fleet: Vec<Pattern>,
    pub(super) milliseconds: f64,
    pub(super) peak_memory_bytes: Option<u64>,
    #[serde(default)]
    pub(super) trace: Vec<Moment>,
}

impl Answer {
    /// All but the times and the memory.
    pub(super) fn is_same_plan(&self, other: &Self) -> bool {
        let figures = |it: &Self| (it.cost_micro, it.lower_bound_micro, it.work, it.instances);
        figures(self) == figures(other) && self.fleet == other.fleet
    }
}

#[derive(Clone, PartialEq, Deserialize)]
pub(super) struct Pattern {
    #[serde(rename = "type")]
    pub(super) instance_type: String,
    pub(super) zone: usize,
    pub(super) tasks: BTreeMap<String, u64>,
    pub(super) copies: u64,
}

/// What was known at a time of the search.
#[derive(Clone, Copy, Deserialize)]
pub(super) struct Moment {
    pub(super) milliseconds: f64,
    pub(super) cost_micro: Option<u64>,
}

/// What others found.
#[derive(Clone, Copy, Deserialize)]
pub(super) struct Known {
    pub(super) lower_bound_micro: u64,
    pub(super) best_cost_micro: u64,
}

/// A problem with where it is and what is known of it.
pub(super) struct Case {
    pub(super) file: PathBuf,
    pub(super) instance: Instance,
    /// Of the document's data: the same name may stand for something else elsewhere.
    pub(super) digest: String,
    pub(super) known: Option<Known>,
}

impl Case {
    pub(super) fn tasks(&self) -> u64 {
        self.instance.services.iter().map(|service| service.count).sum()
    }

    pub(super) fn class(&self) -> Class {
        let mut letters = self.instance.name.chars();
        let first = letters.next().filter(|_| letters.next().is_some_and(char::is_numeric));
        match first {
            Some('s') => Class::Small,
            Some('m') => Class::Medium,
            Some('l') => Class::Large,
            _ => Class::of_services(self.instance.services.len()),
        }
    }
}

/// By names that begin with s, m or l, else by services: to 3, to 15, more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Class {
    Small,
    Medium,
    Large,
}

impl Class {
    fn of_services(services: usize) -> Self {
        match services {
            0..=3 => Self::Small,
            4..=15 => Self::Medium,
            _ => Self::Large,
        }
    }
}

/// The problems of a folder whose names begin with `prefix`: small ones first, then by name.
pub(super) fn load(folder: &Path, known: &Path, prefix: &str) -> Result<Vec<Case>> {
    let known: BTreeMap<String, Known> = match std::fs::read_to_string(known) {
        Ok(text) => serde_json::from_str(&text)
            .with_context(|| format!("{} is not what is known", known.display()))?,
        Err(_) => BTreeMap::new(),
    };
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".json") && name != "known.json" && name.starts_with(prefix)
    });
    files.sort();
    let mut cases = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let value: Value = serde_json::from_str(&text)
            .with_context(|| format!("{} is not JSON", file.display()))?;
        let instance: Instance = serde_json::from_value(value.clone())
            .with_context(|| format!("{} is no packing problem", file.display()))?;
        let known = known.get(&instance.name).copied();
        cases.push(Case { digest: digest(&value.to_string()), file, instance, known });
    }
    if cases.is_empty() {
        bail!("{} holds no problem whose name begins with \"{prefix}\"", folder.display());
    }
    cases.sort_by_key(Case::class);
    Ok(cases)
}

/// FNV-1a of 64 bits: against mix-ups, not against malice.
fn digest(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(name: &str, services: usize, class: Class) {
        let service = json!({"id": "a", "count": 1, "cpu": 1, "mem": 1, "arch": ["arm64"]});
        let document =
            json!({"name": name, "azs": 1, "types": [], "services": vec![service; services]});
        let instance = serde_json::from_value(document).unwrap();
        let case = Case { file: PathBuf::new(), instance, digest: String::new(), known: None };
        assert_eq!(case.class(), class, "{name} with {services}");
    }

    #[test]
    fn a_class_is_told_by_the_name_or_by_the_services() {
        check("s01", 50, Class::Small);
        check("l19-1000000", 1, Class::Large);
        check("m", 3, Class::Small);
        check("small shop", 4, Class::Medium);
        check("", 16, Class::Large);
    }
}
