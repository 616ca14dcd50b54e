//! `eniac`: the terminal command on a machine. What it does is in the library beside it.

mod native;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = std::env::args_os().skip(1);
    ExitCode::from(eniac_terminal::run(arguments, &mut native::Machine::new()))
}
