//! Account settings of ECS: of all, a scenario has `awsvpcTrunking`.

use super::draft::Draft;
use super::index::Index;
use crate::node::{Node, Place};
use crate::resource::Kind;

const TRUNKING: &str = "awsvpcTrunking";

/// The attribute of an instance that has a trunk. Source: ECS Developer Guide, "Increasing Amazon ECS
/// Linux container instance network interfaces".
const TRUNK: &str = "ecs.awsvpc-trunk-id";

/// Writes whether instances of groups have trunks: as the account setting says, or the instances.
pub(super) fn write(draft: &mut Draft<'_>, index: &Index<'_>) {
    let (mut found, mut other): (Vec<(Place, String, String)>, Vec<String>) = <_>::default();
    let mut first_other = None;
    for resource in index.all(Kind::Location) {
        let text = |key: &str| resource.body.get(key).and_then(Node::scalar);
        match text("name") {
            Some(name) if name == TRUNKING => {
                let Some(value) = resource.body.get("value") else { continue };
                let what = format!("{}: awsvpcTrunking", resource.address);
                let known = draft.known(value, &what).and_then(|node| node.scalar());
                let Some(value) = known else { continue };
                if value == "enabled" || value == "on" {
                    found.push((resource.at, resource.address.clone(), "enabled".to_owned()));
                } else {
                    let message = "awsvpcTrunking is not on for this account";
                    draft.account.understood(resource.at, &resource.address, "", message);
                }
            }
            Some(name) => {
                first_other = first_other.or(Some((resource.at, resource.address.clone())));
                other.push(name);
            }
            None => {}
        }
    }
    if let Some((at, subject)) = first_other {
        let message = format!(
            "left out, since it decides neither what fits nor where: the account settings {}",
            other.join(", ")
        );
        draft.account.left_out(at, &subject, message);
    }
    let has_trunk = |node: &Node| node.get("name").and_then(Node::as_text) == Some(TRUNK);
    let instance = index.all(Kind::ContainerInstance).find(|it| {
        let attributes = it.body.get("attributes").and_then(Node::as_list).unwrap_or_default();
        attributes.iter().any(has_trunk)
    });
    found.extend(instance.map(|it| (it.at, it.address.clone(), format!("the attribute {TRUNK}"))));
    let Some((at, subject, why)) = found.into_iter().next() else { return };
    let mut groups = vec!["capacity.autoScalingGroup".to_owned()];
    let own = (0..draft.len("capacityProviders")).map(|it| format!("capacityProviders[{it}]"));
    groups.extend(own.map(|it| format!("{it}.autoScalingGroup")));
    groups.retain(|path| draft.get(path).is_some());
    let Some(first) = groups.first().cloned() else {
        let message = "awsvpcTrunking is left out: it counts for instances of Auto Scaling groups, and \
                       the scenario has none";
        draft.account.left_out(at, &subject, message);
        return;
    };
    for path in groups {
        draft.set(&format!("{path}.{TRUNKING}"), true, at.without_span());
    }
    let message = format!("awsvpcTrunking is on: {why}");
    draft.account.understood(at, &subject, &format!("{first}.{TRUNKING}"), message);
}
