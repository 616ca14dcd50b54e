//! `eniac completions SHELL`: a script for the shell, made from the arguments themselves.

use clap::Command;
use clap_complete::{Shell, generate};

/// Where each shell looks.
const EXAMPLES: &str = r"Examples:
  bash:        eniac completions bash > ~/.local/share/bash-completion/completions/eniac
  zsh:         eniac completions zsh > ~/.zfunc/_eniac    (with fpath+=~/.zfunc before compinit)
  fish:        eniac completions fish > ~/.config/fish/completions/eniac.fish
  PowerShell:  eniac completions powershell >> $PROFILE
  elvish:      eniac completions elvish >> ~/.config/elvish/rc.elv";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments, mut command: Command) -> Result<String, String> {
    let mut script = Vec::new();
    generate(arguments.shell, &mut command, "eniac", &mut script);
    String::from_utf8(script).map_err(|error| error.to_string())
}
