//! Modules that are not among the files: they are never fetched, so what they make is not known.

use super::modules::In;
use super::root::Collected;
use super::world::World;
use hcl_edit::structure::Block;

/// Says that a module is left out.
pub(super) fn outside<'a>(
    world: &mut World<'a>,
    _instance: usize,
    address: &str,
    call: In<'a, Block>,
    source: &str,
    _collected: &mut Collected,
) {
    let at = world.block_line(call.0, call.1);
    let message = format!(
        "left out: its source, {source}, is not among the files and is not fetched; `terraform show -json` of a \
         plan has what it makes"
    );
    world.account.problem(at, address, message);
}
