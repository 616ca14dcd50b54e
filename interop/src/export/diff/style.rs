//! A new value in the style of the literal that it replaces: its quotes, its unit, its decimal sign.

use crate::cells;
use serde_json::Value as Json;

/// What a unit of the base figure (CPU units, MiB) makes.
const UNITS: [(&str, u64); 13] = [
    ("vcpu", 1024),
    ("vcpus", 1024),
    ("cpu", 1024),
    ("cores", 1024),
    ("gb", 1024),
    ("gib", 1024),
    ("g", 1024),
    ("gi", 1024),
    ("mb", 1),
    ("mib", 1),
    ("mi", 1),
    ("units", 1),
    ("cpu units", 1),
];

/// The text that takes the literal's place. `raw` is the value as it was imported, which may have a
/// unit that the literal has not, by the name of a column. `None` where it cannot be done.
pub(super) fn in_style_of(
    literal: &str,
    path: &str,
    raw: Option<&Json>,
    after: &Json,
    is_table: bool,
) -> Option<String> {
    let quote = literal.chars().next().filter(|first| matches!(first, '"' | '\''));
    let inner = match quote {
        Some(quote) => literal.strip_prefix(quote)?.strip_suffix(quote)?,
        None => literal,
    };
    let new = match after {
        Json::Bool(value) => value.to_string(),
        Json::Number(number) => match number.as_u64().filter(|_| is_sized(path)) {
            Some(amount) => sized(inner, path, raw, amount)?,
            None => number.to_string(),
        },
        Json::String(text) => text.clone(),
        _ => return None,
    };
    match (quote, is_table) {
        (_, true) => {
            let cell = cells::cell(&new);
            let quoted = format!("\"{}\"", new.replace('"', "\"\""));
            Some(if quote == Some('"') && !cell.starts_with('"') { quoted } else { cell })
        }
        (Some('\''), false) => Some(format!("'{}'", new.replace('\'', "''"))),
        (Some(_), false) => {
            // Terraform would take these for the beginning of a template.
            let has_template = new.contains("${") || new.contains("%{");
            let quoted = serde_json::to_string(&new).ok()?;
            (!has_template).then_some(quoted)
        }
        (None, false) => {
            let is_plain =
                |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/');
            let is_plain = !new.is_empty() && new.chars().all(is_plain);
            Some(if is_plain { new } else { serde_json::to_string(&new).ok()? })
        }
    }
}

fn is_sized(path: &str) -> bool {
    let field = path.rsplit('.').next().unwrap_or(path);
    ["cpu", "memory", "memoryReservation"].contains(&field)
}

/// An amount of CPU units or MiB in the unit of the literal.
fn sized(inner: &str, path: &str, raw: Option<&Json>, amount: u64) -> Option<String> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let end = inner.find(|c: char| !is_number(c)).unwrap_or(inner.len());
    let (number, own_unit) = inner.split_at(end);
    if number.is_empty() {
        return None;
    }
    // `0.5 vCPU` of a cell that holds `0.5`: the unit is the column's.
    let raw_unit = raw
        .and_then(Json::as_str)
        .map(|text| text.trim_start_matches(|c: char| is_number(c)).trim().to_lowercase());
    let unit = own_unit.trim().to_lowercase();
    let unit = if unit.is_empty() { raw_unit.unwrap_or_default() } else { unit };
    let per_unit = match unit.as_str() {
        // `0.5` without a unit is vCPUs, or GiB.
        "" if number.contains('.') => 1024,
        "" => 1,
        // Of memory a mebibyte; of processors a thousandth, which no unit of ECS's is.
        "m" if !path.ends_with("cpu") => 1,
        unit => UNITS.iter().find(|(name, _)| *name == unit).map(|(_, per)| *per)?,
    };
    let mut text = decimal(amount, per_unit);
    if own_unit.trim().is_empty() && unit.is_empty() && per_unit > 1 && !text.contains('.') {
        // Without its point the number would be CPU units, or MiB.
        text = amount.to_string();
    }
    if number.contains(',') && !number.contains('.') && text.contains('.') {
        text = text.replace('.', ",");
    }
    Some(text + own_unit)
}

/// `amount / per_unit`, exactly: the divisor is a power of two.
fn decimal(amount: u64, per_unit: u64) -> String {
    let whole = amount / per_unit;
    let mut rest = u128::from(amount % per_unit);
    let mut digits = String::new();
    while rest > 0 && digits.len() < 12 {
        rest *= 10;
        digits.push_str(&(rest / u128::from(per_unit)).to_string());
        rest %= u128::from(per_unit);
    }
    if digits.is_empty() { whole.to_string() } else { format!("{whole}.{digits}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_take_the_style_of_the_literal() {
        let check = |literal: &str,
                     path: &str,
                     raw: Json,
                     after: Json,
                     table: bool,
                     expected: Option<&str>| {
            let got = in_style_of(literal, path, Some(&raw), &after, table);
            assert_eq!(got.as_deref(), expected, "{literal} {after}");
        };
        check("512", "a.cpu", json!(512), json!(1024), false, Some("1024"));
        check("\"512\"", "a.cpu", json!(512), json!(1024), false, Some("\"1024\""));
        check("'512'", "a.cpu", json!(512), json!(1024), false, Some("'1024'"));
        check("\"0.5 vCPU\"", "a.cpu", json!("0.5 vCPU"), json!(1024), false, Some("\"1 vCPU\""));
        check("\"1 GB\"", "a.memory", json!("1 GB"), json!(1536), false, Some("\"1.5 GB\""));
        check("0.5", "a.cpu", json!("0.5 vCPU"), json!(2048), true, Some("2"));
        check("0.5", "a.cpu", json!(0.5), json!(2048), false, Some("2048"));
        check("0.5", "a.cpu", json!(0.5), json!(256), false, Some("0.25"));
        check("0,5", "a.cpu", json!("0.5 vCPU"), json!(256), true, Some("\"0,25\""));
        check("512M", "a.memory", json!(512), json!(2048), false, Some("2048M"));
        check("500m", "a.cpu", json!("500m"), json!(256), false, None);
        check("3", "a.desiredCount", json!(3), json!(5), false, Some("5"));
        check("web", "a.name", json!("web"), json!("a b"), false, Some("\"a b\""));
        check("web", "a.name", json!("web"), json!("=a"), true, Some("'=a"));
        check("\"web\"", "a.name", json!("web"), json!("${x}"), false, None);
        check("true", "a.b", json!(true), json!(false), false, Some("false"));
        check("x", "a.b", json!("x"), json!([1]), false, None);
    }
}
