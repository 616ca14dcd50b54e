//! Compose's amounts: CPUs, bytes, ports.

use crate::node::{Map, Node, Value};

/// `0.50` CPUs in CPU units, to the nearest.
pub(super) fn cpu_units(text: &str) -> Option<u64> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let nano: u64 = format!("{fraction:0<9}").parse().ok()?;
    let nano = whole.checked_mul(1_000_000_000)?.checked_add(nano)?;
    Some(nano.checked_mul(1024)?.checked_add(500_000_000)? / 1_000_000_000)
}

/// `512m`, `1.5gb`, `1073741824` in MiB, upwards.
pub(super) fn mebibytes(text: &str) -> Option<u64> {
    let text = text.trim().to_ascii_lowercase();
    let end = text.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let bytes_per_unit: u64 = match unit {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        "t" | "tb" | "tib" => 1 << 40,
        _ => return None,
    };
    let (whole, fraction) = number.trim().split_once('.').unwrap_or((number.trim(), ""));
    if fraction.len() > 6 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let millionths: u64 = format!("{fraction:0<6}").parse().ok()?;
    let millionths = whole.parse::<u64>().ok()?.checked_mul(1_000_000)?.checked_add(millionths)?;
    let bytes = u128::from(millionths) * u128::from(bytes_per_unit) / 1_000_000;
    u64::try_from(bytes.div_ceil(1 << 20)).ok()
}

/// `8080:80`, `127.0.0.1:8080:80/udp`, `80`, or `{target, published, protocol}` as ECS has it, and
/// the published port that tasks do not take on their instance: only `mode: host` means that, what
/// is published otherwise (`ingress`, the default) is balanced over the tasks.
pub(super) fn port(node: &Node) -> Result<(Node, Option<String>), String> {
    let mut is_of_host = false;
    let (container, host, protocol) = if let Value::Map(map) = &node.value {
        let text = |key: &str| map.get(key).and_then(Node::scalar);
        is_of_host = text("mode").as_deref() == Some("host");
        (text("target").unwrap_or_default(), text("published"), text("protocol"))
    } else {
        let text = node.scalar().ok_or("a port that is not known is left out")?;
        let (mapping, protocol) = match text.split_once('/') {
            Some((mapping, protocol)) => (mapping.to_owned(), Some(protocol.to_owned())),
            None => (text, None),
        };
        let mut parts = mapping.rsplit(':').map(str::to_owned);
        let container = parts.next().unwrap_or_default();
        (container, parts.next().filter(|host| !host.is_empty()), protocol)
    };
    let is_number = |text: &String| text.parse::<u16>().is_ok();
    if !is_number(&container) || host.as_ref().is_some_and(|host| !is_number(host)) {
        return Err("a range of ports, or none, is left out: eniac counts single ports".to_owned());
    }
    let at = node.at.without_span();
    let mut map = Map::from_iter([("containerPort".to_owned(), Node::number(at, container))]);
    let mut published = host;
    if is_of_host && let Some(host) = published.take() {
        map.insert("hostPort", Node::number(at, host));
    }
    if let Some(protocol) = protocol {
        map.insert("protocol", Node::text(at, protocol));
    }
    Ok((Node::new(at, Value::Map(map)), published))
}
