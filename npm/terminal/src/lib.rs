//! The terminal command for Node: `npx eniac`. Conversion between the command's [`Host`] and an
//! object of JavaScript that reads files and writes, nothing else; the command is in `cli/`.

mod machine;

use machine::{Machine, NodeHost};
use wasm_bindgen::prelude::*;

/// Runs the command with its arguments, without the program's name, and returns the exit code.
#[wasm_bindgen]
#[must_use]
pub fn run(arguments: Vec<String>, host: NodeHost) -> u8 {
    eniac_terminal::run(arguments, &mut Machine::new(host))
}
