//! An outlook as text for a terminal.

use eniac_core::report::Outlook;

pub(crate) fn outlook(_outlook: &Outlook) -> String {
    String::new()
}
