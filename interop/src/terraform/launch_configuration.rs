//! Launch configurations, which came before launch templates: what they say becomes part of the
//! group that uses them, as if the group said it.

use crate::node::{Map, Node, Place, Value};
use crate::resource::{Kind, Resource};
use std::collections::BTreeMap;

/// Puts each configuration into the groups that name it.
pub(crate) fn into_groups(resources: &mut [Resource], configurations: &[Resource]) {
    let mut by_name: BTreeMap<&str, &Resource> = BTreeMap::new();
    for configuration in configurations {
        let name = configuration.body.get("name").and_then(Node::as_text);
        by_name.extend(name.map(|name| (name, configuration)));
        by_name.insert(&configuration.address, configuration);
    }
    for group in resources.iter_mut().filter(|it| it.kind == Kind::AutoScalingGroup) {
        let named = match group.body.get("launchConfiguration").map(|it| &it.value) {
            Some(Value::Reference(reference)) => reference.to.as_str(),
            Some(Value::Text(name)) => name.as_str(),
            _ => continue,
        };
        let Some(found) = by_name.get(named) else { continue };
        let body = std::mem::take(&mut group.body);
        let kept = body.into_entries().into_iter().filter(|it| it.key != "launchConfiguration");
        group.body = kept.map(|entry| (entry.key, entry.node)).collect();
        let mut devices = Vec::new();
        for (key, node) in found.body.iter() {
            match key {
                "imageId" | "instanceType" | "userData" => {
                    group.body.insert(key, node.clone());
                }
                "spotPrice" => {
                    let spot = Node::text(node.at.without_span(), "spot");
                    let market = single("marketType", spot, node.at);
                    group.body.insert("instanceMarketOptions", market);
                }
                "rootBlockDevice" => {
                    devices.push(single("ebs", node.clone(), node.at));
                }
                "ebsBlockDevice" => {
                    let several = node.as_list().map(<[Node]>::to_vec);
                    devices.extend(several.unwrap_or_else(|| vec![node.clone()]));
                }
                "placementTenancy" if node.as_text() == Some("dedicated") => {
                    group.body.insert("placement", single("tenancy", node.clone(), node.at));
                }
                _ => {}
            }
        }
        if let Some(at) = devices.first().map(|node| node.at.without_span()) {
            group.body.insert("blockDeviceMappings", Node::new(at, Value::List(devices)));
        }
    }
}

fn single(key: &str, node: Node, at: Place) -> Node {
    let map: Map = [(key.to_owned(), node)].into_iter().collect();
    Node::new(at.without_span(), Value::Map(map))
}
