//! Finding resources: by what a file refers to, by ARN, by name.

use crate::node::{Node, Value};
use crate::resource::{Kind, Resource};
use std::collections::BTreeMap;

/// The resources of all files.
pub(super) struct Index<'a> {
    resources: &'a [Resource],
    by_address: BTreeMap<&'a str, &'a Resource>,
    by_name: BTreeMap<(Kind, String), Vec<&'a Resource>>,
}

impl<'a> Index<'a> {
    pub(super) fn of(resources: &'a [Resource]) -> Self {
        let by_address = resources.iter().map(|it| (it.address.as_str(), it)).collect();
        let mut by_name: BTreeMap<(Kind, String), Vec<&Resource>> = BTreeMap::new();
        for resource in resources {
            for name in names(resource) {
                by_name.entry((resource.kind, name)).or_default().push(resource);
            }
        }
        Self { resources, by_address, by_name }
    }

    /// All of a kind, in the order of the files.
    pub(super) fn all(&self, kind: Kind) -> impl Iterator<Item = &'a Resource> + use<'a> {
        self.resources.iter().filter(move |resource| resource.kind == kind)
    }

    /// The resource of a kind that a value means: a reference, an ARN, a name.
    pub(super) fn find(&self, kind: Kind, node: &Node) -> Option<&'a Resource> {
        match &node.value {
            Value::Reference(reference) => self.at(kind, &reference.to),
            Value::Text(text) => self.at(kind, text).or_else(|| self.named(kind, text)),
            _ => None,
        }
    }

    /// All that a value means: several where they are versions of one resource.
    pub(super) fn find_all(&self, kind: Kind, node: &Node) -> Vec<&'a Resource> {
        let by_name = |text: &str| self.by_name.get(&(kind, text.to_owned()));
        match node.as_text().and_then(by_name) {
            Some(several) => several.clone(),
            None => self.find(kind, node).into_iter().collect(),
        }
    }

    fn at(&self, kind: Kind, address: &str) -> Option<&'a Resource> {
        self.by_address.get(address).copied().filter(|resource| resource.kind == kind)
    }

    /// By name; of several, such as revisions, the last.
    pub(super) fn named(&self, kind: Kind, name: &str) -> Option<&'a Resource> {
        let found = |name: &str| self.by_name.get(&(kind, name.to_owned()))?.last().copied();
        let of_arn = || match kind {
            // `…:targetgroup/web/6d0ecf831eec9f09`.
            Kind::TargetGroup => found(last_part(name.rsplit_once('/')?.0)),
            _ => None,
        };
        found(name).or_else(|| found(last_part(name))).or_else(of_arn)
    }
}

/// What a resource can be called by texts.
fn names(resource: &Resource) -> Vec<String> {
    let text = |key: &str| resource.body.get(key).and_then(Node::scalar);
    match resource.kind {
        Kind::TaskDefinition => {
            let family = text("family");
            let revision = text("revision");
            let exact = family.as_ref().zip(revision).map(|(name, it)| format!("{name}:{it}"));
            [text("taskDefinitionArn"), exact, family].into_iter().flatten().collect()
        }
        kind => {
            let keys: &[&str] = match kind {
                Kind::Service => &["serviceName", "serviceArn"],
                Kind::CapacityProvider => &["name", "capacityProviderArn"],
                Kind::Cluster => &["clusterName", "clusterArn"],
                Kind::AutoScalingGroup => &["autoScalingGroupName", "autoScalingGroupARN"],
                Kind::LaunchTemplate => &["launchTemplateName", "launchTemplateId"],
                Kind::TargetGroup => &["targetGroupName", "targetGroupArn", "name"],
                Kind::ScalableTarget => &["resourceId"],
                Kind::ScalingPolicy => &["policyName", "policyARN"],
                _ => &[],
            };
            keys.iter().filter_map(|key| text(key)).collect()
        }
    }
}

/// The name at the end of an ARN or a path: of
/// `arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7`, `web:7`.
pub(super) fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// What a resource is called in a scenario: its own name, or else the end of its address.
pub(super) fn name_of(resource: &Resource, key: &str) -> String {
    let own = resource.body.get(key).and_then(Node::scalar).filter(|name| !name.is_empty());
    let of_address = || last_part(&resource.address).rsplit('.').next().map(str::to_owned);
    own.or_else(of_address).unwrap_or_default()
}
