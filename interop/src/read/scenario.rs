//! A scenario of eniac's own, to which other files add.

use super::{Found, Source};
use crate::account::Account;
use crate::import::ImportSettings;
use crate::node::Place;

/// An object with a list of services and one of the scenario's own fields, none of which an answer
/// of the ECS API has.
pub(super) fn recognises(source: &Source) -> bool {
    let has = |key: &str| source.field(key).is_some();
    let own = ["version", "zones", "capacity", "pricing", "simulation"];
    has("services") && own.into_iter().any(has) && source.field("services").is_some_and(is_list)
}

fn is_list(node: &crate::node::Node) -> bool {
    node.as_list().is_some()
}

pub(super) fn read(
    sources: &[&Source],
    _settings: &ImportSettings,
    found: &mut Found,
    account: &mut Account,
) {
    for source in sources {
        let whole = Place::file(source.file);
        if found.base.is_some() {
            let why = "only one scenario can be the beginning: the first is taken, not this one";
            account.problem(whole, "", why);
            continue;
        }
        match eniac_core::scenario::read(&source.text) {
            Ok(_) => {
                found.base = serde_json::from_str(&source.text).ok();
                account.understood(
                    whole,
                    "",
                    "",
                    "a scenario; what other files say is added to it",
                );
            }
            Err(why) => account.problem(whole, "", why.to_string()),
        }
    }
}
