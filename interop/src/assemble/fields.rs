//! The fields of a resource, read one by one: what nobody has read at the end is told.

use super::reasons;
use crate::account::Account;
use crate::node::{Map, Node, Place};
use std::collections::BTreeSet;

/// What a resource is called: notes name it by its address, so these are not told as left out.
const NAMES: [&str; 18] = [
    "autoScalingGroupARN",
    "autoScalingGroupName",
    "capacityProviderArn",
    "cluster",
    "clusterArn",
    "clusterName",
    "family",
    "launchTemplateId",
    "launchTemplateName",
    "name",
    "namePrefix",
    "policyARN",
    "policyName",
    "resourceId",
    "revision",
    "serviceArn",
    "serviceName",
    "taskDefinitionArn",
];

/// The fields of a resource or of an object in it.
pub(super) struct Fields<'a> {
    map: &'a Map,
    at: Place,
    /// What it is called in notes.
    pub(super) subject: String,
    taken: BTreeSet<&'a str>,
}

impl<'a> Fields<'a> {
    pub(super) fn of(map: &'a Map, at: Place, subject: impl Into<String>) -> Self {
        Self { map, at, subject: subject.into(), taken: BTreeSet::new() }
    }

    /// The fields of a nested object; `None` where the node is none.
    pub(super) fn within(&self, node: &'a Node, name: &str) -> Option<Self> {
        let subject = format!("{}: {name}", self.subject);
        node.as_map().map(|map| Self::of(map, node.at, subject))
    }

    pub(super) fn at(&self) -> Place {
        self.at
    }

    /// What stands under `key`; null is nothing.
    pub(super) fn take(&mut self, key: &str) -> Option<&'a Node> {
        let (key, node) = self.map.iter().find(|(name, _)| *name == key)?;
        self.taken.insert(key);
        (!node.is_null()).then_some(node)
    }

    /// What stands under `key`, which remains to be read.
    pub(super) fn peek(&self, key: &str) -> Option<&'a Node> {
        self.map.get(key)
    }

    /// Tells what was not read. `neutral` fields decide neither what fits nor where; they are told
    /// together, those that are not known or have a reason of their own one by one.
    pub(super) fn close(self, neutral: &[&str], account: &mut Account) {
        let mut told = Vec::new();
        for (key, node) in self.map.iter() {
            let says_nothing = node.is_null() || node.as_list().is_some_and(<[Node]>::is_empty);
            if self.taken.contains(key) || says_nothing || NAMES.contains(&key) {
                continue;
            }
            let mut reasons = reasons::of(key, node).peekable();
            if reasons.peek().is_some() {
                for because in reasons {
                    let message = format!("{key} is left out: {because}");
                    account.left_out(node.at, &self.subject, message);
                }
            } else if neutral.contains(&key) {
                told.push(key);
            } else {
                let message = format!("{key} is left out: a scenario has nothing for it");
                account.left_out(node.at, &self.subject, message);
            }
        }
        if !told.is_empty() {
            let told = told.join(", ");
            let message = format!("left out, since it decides neither what fits nor where: {told}");
            account.left_out(self.at, &self.subject, message);
        }
    }
}
