//! Resources of any format into one scenario: definitions, services, providers and groups are found
//! together by reference, ARN or name; what is in a resource and not in the scenario is told.

mod draft;

use crate::account::Account;
use crate::import::{ImportSettings, Origin};
use crate::read::Found;
use draft::Draft;
use serde_json::Value as Json;

/// A scenario, and where its values come from.
pub(crate) struct Assembled {
    pub(crate) scenario: Json,
    pub(crate) origins: Vec<Origin>,
}

/// Makes the scenario.
pub(crate) fn assemble(
    found: Found,
    _settings: &ImportSettings,
    _account: &mut Account,
) -> Assembled {
    let draft = Draft::new(found.base);
    draft.close()
}
