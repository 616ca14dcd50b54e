//! A scenario of eniac's own, to which other files add.

use super::{Found, Source};
use crate::account::Account;
use crate::import::ImportSettings;
use crate::node::Place;
use serde_json::Value as Json;

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
        let read = eniac_core::scenario::read(&source.text).map_err(|why| why.to_string());
        match read.and_then(|_| serde_json::from_str(&source.text).map_err(|why| why.to_string())) {
            Ok(scenario) => begin(scenario, whole, found, account),
            Err(why) => account.problem(whole, "", why),
        }
    }
}

/// Begins with a scenario, unless another one came before.
pub(super) fn begin(scenario: Json, at: Place, found: &mut Found, account: &mut Account) {
    if found.base.is_some() {
        let why = "only one scenario can be the beginning: the first is taken, not this one";
        account.problem(at, "", why);
        return;
    }
    found.base = Some(scenario);
    account.understood(at, "", "", "a scenario; what other files say is added to it");
}
