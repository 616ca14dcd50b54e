//! What to ask for instead: other settings, and tighter requirements as a difference.

use super::{changes, saving, value};
use crate::figures::{counted, mix, month, usd, usd_down};
use eniac_core::report::{FleetSummary, Tightening, TighteningKind, WhatIf};
use std::fmt::Write;

/// Other settings as they come: most saving first, those that leave services out last.
pub(super) fn what_ifs(what_ifs: &[WhatIf]) -> String {
    let complete = |it: &&WhatIf| it.unplaced.is_empty();
    let dearer = |it: &&WhatIf| it.saving.nano_usd_per_hour < 0;
    let mut text = "What if\n".to_owned();
    for it in what_ifs.iter().filter(complete).filter(|it| !dearer(it)) {
        text.push_str(&what_if(it, &saving(&it.saving)));
    }
    for (at, it) in what_ifs.iter().filter(complete).filter(dearer).enumerate() {
        if at == 0 {
            text.push_str("would cost more:\n");
        }
        text.push_str(&what_if(it, &saving(&it.saving)));
    }
    for (at, it) in what_ifs.iter().filter(|it| !complete(it)).enumerate() {
        if at == 0 {
            text.push_str("would not run everything:\n");
        }
        text.push_str(&what_if(it, &format!("leaves out {}", it.unplaced.join(", "))));
    }
    text + "\n"
}

fn what_if(it: &WhatIf, effect: &str) -> String {
    let mut text = format!("  {effect}: {}\n    {}\n", it.title, summary(&it.fleet));
    for risk in &it.risks {
        let _ = writeln!(text, "    risk: {}", risk.text);
    }
    text + &changes(&it.changes)
}

/// `10 x t4g.medium: 0.463991 USD an hour, 338.71 a month`.
pub(super) fn summary(fleet: &FleetSummary) -> String {
    let hour = usd(fleet.cost.total_nano_usd_per_hour.0);
    format!("{}: {hour} USD an hour, {} a month", mix(&fleet.mix), month(&fleet.cost))
}

pub(super) fn tightenings(tightenings: &[Tightening]) -> String {
    let mut text = "Tighter requirements\n".to_owned();
    for tightening in tightenings {
        text.push_str(&self::tightening(tightening));
    }
    text + "\n"
}

fn tightening(it: &Tightening) -> String {
    let kind = match it.kind {
        TighteningKind::AllowedInstanceTypes => "the shortest allowedInstanceTypes",
        TighteningKind::Attributes => "bounds of attributes",
        TighteningKind::PriceProtection => "a price protection percentage",
    };
    if it.changes.is_empty() {
        let note = it.note.as_deref().unwrap_or("nothing of this kind helps");
        return format!("  {kind}: no change\n    note: {note}\n");
    }
    let within = if it.within_tolerance { "within" } else { "not within" };
    let (admitted, fallback) = (counted(it.admitted_types, "type"), it.fallback_types);
    let mut text = format!(
        "  {kind}: {admitted} admitted, at least {fallback} to fall back on, {within} the tolerance\n"
    );
    for change in &it.changes {
        if !change.before.is_null() {
            let _ = writeln!(text, "    - {}: {}", change.path, value(&change.before));
        }
        if !change.after.is_null() {
            let _ = writeln!(text, "    + {}: {}", change.path, value(&change.after));
        }
    }
    let _ = writeln!(text, "    predicted {}", summary(&it.fleet));
    let _ = writeln!(
        text,
        "    dearest {} USD an hour, {} a month; no fleet costs less than {}",
        usd(it.dearest.total_nano_usd_per_hour.0),
        month(&it.dearest),
        usd_down(it.lower_bound_nano_usd_per_hour.0)
    );
    if let Some(note) = &it.note {
        let _ = writeln!(text, "    note: {note}");
    }
    text
}
