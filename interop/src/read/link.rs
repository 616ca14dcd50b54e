//! A link that carries a scenario, in a text that was pasted or saved.

use super::{Found, Source, scenario};
use crate::account::Account;
use crate::import::ImportSettings;
use crate::link;
use crate::node::Place;

/// A text with a link in it, of any version; a scenario or another tool's file that mentions one is
/// JSON or longer.
pub(super) fn recognises(source: &Source) -> bool {
    const LONGEST_LETTER: usize = 4_000;
    let text = source.text.trim_start();
    let near = text.get(..LONGEST_LETTER).unwrap_or(text);
    source.json.is_none() && !text.starts_with(['{', '[']) && link::is_in(near)
}

pub(super) fn read(
    sources: &[&Source],
    _settings: &ImportSettings,
    found: &mut Found,
    account: &mut Account,
) {
    for source in sources {
        let whole = Place::file(source.file);
        match link::scenario_of(&source.text) {
            Ok(carried) => scenario::begin(carried, whole, found, account),
            Err(why) => account.problem(whole, "", why.to_string()),
        }
    }
}
