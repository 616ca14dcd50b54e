//! The EBS volumes of an instance. A scenario prices one for each instance, by its size: of several,
//! their sum.

use super::draft::Draft;
use crate::node::{Node, Place};

/// GiB of the volume that a scenario supposes for an instance of a group.
pub(super) const OF_GROUPS: u64 = 30;

/// The same for Managed Instances. Source: ECS API, `ManagedInstancesStorageConfiguration`: 80 GiB
/// unless it is set.
pub(super) const OF_MANAGED_INSTANCES: u64 = 80;

/// What the root volume is called by the images of ECS, of Ubuntu and of Windows.
const ROOTS: [&str; 2] = ["/dev/xvda", "/dev/sda1"];

/// Types that are priced by their GiB alone, as long as they stay within [`INCLUDED`].
const BY_SIZE: [&str; 2] = ["gp3", "gp2"];

/// What a gp3 volume has for nothing. Source: Amazon EBS pricing, "General Purpose SSD (gp3)".
const INCLUDED: [(&str, u64, &str); 2] =
    [("iops", 3_000, "IOPS beyond 3,000"), ("throughput", 125, "throughput beyond 125 MiB/s")];

/// Writes the size of the volumes of `blockDeviceMappings`.
pub(super) fn write(draft: &mut Draft<'_>, node: &Node, subject: &str, path: &str) {
    let what = format!("{subject}: blockDeviceMappings");
    let path = size_path(path);
    let Some(node) = draft.known(node, &what) else {
        draft.unknown.insert(path);
        return;
    };
    let (mut sizes, mut unsaid, mut has_root) = (Vec::new(), Vec::new(), false);
    for (name, ebs) in volumes(&node) {
        has_root |= name.as_deref().is_none_or(|name| ROOTS.contains(&name));
        tell_price(draft, ebs, subject);
        match ebs.get("volumeSize").filter(|node| !node.is_null()) {
            Some(size) => sizes.push(size),
            None => unsaid.push(name.unwrap_or_else(|| "a volume".to_owned())),
        }
    }
    let what = format!("{subject}: volumeSize");
    match sizes.as_slice() {
        [] => return,
        [only] => {
            draft.set_scalar(only, &path, &what);
        }
        several => sum(draft, several, node.at, subject, &path),
    }
    if draft.get(&path).is_none() {
        draft.unknown.insert(path);
        return;
    }
    if !unsaid.is_empty() {
        let message = format!(
            "{}: its size is that of its image or snapshot, which no file says: it is not priced",
            unsaid.join(", ")
        );
        draft.account.assumed(node.at, subject, &path, message);
    }
    if !has_root {
        let message =
            "the root volume of the image is not among the block device mappings: it is not priced";
        draft.account.assumed(node.at, subject, &path, message);
    }
}

/// Says which size is supposed where nothing has said one.
pub(super) fn or_default(draft: &mut Draft<'_>, at: Place, subject: &str, path: &str, gib: u64) {
    let path = size_path(path);
    if draft.get(&path).is_none() {
        let why = if draft.unknown.contains(&path) {
            "the size of the volume is not known"
        } else {
            "no size of a volume is said"
        };
        let message = format!("{why}: one of {gib} GiB is priced for each instance");
        draft.account.assumed(at, subject, &path, message);
    }
}

/// GiB of all volumes together, as far as they are known.
pub(super) fn total(node: &Node) -> Option<u64> {
    let sizes = volumes(node).filter_map(|(_, ebs)| gib(ebs.get("volumeSize")?));
    sizes.reduce(u64::saturating_add)
}

fn size_path(path: &str) -> String {
    format!("{path}.storageConfiguration.storageSizeGiB")
}

/// The EBS volumes with their devices: instance stores and what is kept from being attached aside.
fn volumes(node: &Node) -> impl Iterator<Item = (Option<String>, &Node)> {
    let devices = node.as_list().unwrap_or(std::slice::from_ref(node));
    devices.iter().filter_map(|device| {
        let suppressed = device.get("noDevice").filter(|node| !node.is_null());
        if suppressed.and_then(Node::scalar).is_some_and(|word| word != "false") {
            return None;
        }
        Some((device.get("deviceName").and_then(Node::scalar), device.get("ebs")?))
    })
}

fn sum(draft: &mut Draft<'_>, sizes: &[&Node], at: Place, subject: &str, path: &str) {
    let what = format!("{subject}: volumeSize");
    let mut known = Vec::new();
    for size in sizes {
        let Some(node) = draft.known(size, &what) else { continue };
        match gib(&node) {
            Some(gib) => known.push(gib),
            None => draft.account.problem(node.at, &what, "a whole number of GiB is needed here"),
        }
    }
    let Some(sum) = known.iter().copied().reduce(u64::saturating_add) else { return };
    draft.set(path, sum, at.without_span());
    let texts: Vec<String> = known.iter().map(u64::to_string).collect();
    let together = texts.join(" + ");
    let message = if known.len() < sizes.len() {
        format!("of its volumes only {together} GiB are known and priced, as one of {sum} GiB")
    } else {
        format!("its volumes of {together} GiB are priced together as one of {sum} GiB")
    };
    draft.account.assumed(at, subject, path, message);
}

fn gib(node: &Node) -> Option<u64> {
    node.scalar()?.parse().ok()
}

/// What AWS charges for beside the GiB.
fn tell_price(draft: &mut Draft<'_>, ebs: &Node, subject: &str) {
    let kind = ebs.get("volumeType").and_then(|node| Some((node.at, node.scalar()?)));
    let other = kind.filter(|(_, kind)| !kind.is_empty() && !BY_SIZE.contains(&kind.as_str()));
    if let Some((at, kind)) = &other {
        let message = format!(
            "volumeType {kind} is left out: AWS has prices of its own for it, and eniac prices the GiB \
             by pricing.diskUsdPerGibMonth"
        );
        draft.account.left_out(*at, subject, message);
    }
    for (key, included, beyond) in INCLUDED {
        let Some(node) = ebs.get(key) else { continue };
        let Some(number) = gib(node) else { continue };
        if number > included && other.is_none() {
            let message = format!(
                "{key} {number} is left out: AWS charges for {beyond}, and eniac prices the GiB only"
            );
            draft.account.left_out(node.at, subject, message);
        } else if number > 0 && other.is_some() {
            let message = format!("{key} {number} is left out: eniac prices the GiB only");
            draft.account.left_out(node.at, subject, message);
        }
    }
}
