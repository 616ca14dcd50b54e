//! Packages of the system: installed only as root or where `sudo` asks for no password.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use super::program;
use crate::process;

const LIMIT: Duration = Duration::from_mins(15);

/// A package manager, and how it installs without asking.
struct Manager {
    program: &'static str,
    refresh: Option<&'static [&'static str]>,
    install: &'static [&'static str],
}

const MANAGERS: [Manager; 4] = [
    Manager {
        program: "apt-get",
        refresh: Some(&["update"]),
        install: &["install", "-y", "--no-install-recommends"],
    },
    Manager { program: "dnf", refresh: None, install: &["install", "-y"] },
    Manager { program: "pacman", refresh: None, install: &["-S", "--needed", "--noconfirm"] },
    Manager { program: "apk", refresh: None, install: &["add"] },
];

/// What a tool needs of the system.
pub(super) struct Packages {
    /// In words, with who needs it.
    pub(super) what: &'static str,
    pub(super) needed_by: &'static str,
    /// How much is downloaded.
    pub(super) megabytes: u32,
    /// By apt-get, dnf, pacman and apk.
    pub(super) names: [&'static [&'static str]; MANAGERS.len()],
    /// What to do where they cannot be installed from here.
    pub(super) by_hand: &'static str,
}

impl Packages {
    pub(super) fn install(&self, step: &str) -> Result<()> {
        let Self { what, needed_by, megabytes, by_hand, .. } = self;
        let Some((manager, names, path)) = MANAGERS
            .iter()
            .zip(self.names)
            .find_map(|(it, names)| program::on_path(it.program).map(|path| (it, names, path)))
        else {
            bail!("{needed_by} need {what}: {by_hand}");
        };
        let Some(prefix) = as_root() else {
            bail!("{needed_by} need {what}, and {} needs root: {by_hand}", manager.program);
        };
        let run = |arguments: &[&str], what: &str| {
            let mut words = prefix.clone();
            words.push(path.clone());
            let mut command = Command::new(words.remove(0));
            command.args(words).args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
            process::watched(&mut command, LIMIT, super::progress(step, what))
        };
        if let Some(refresh) = manager.refresh {
            run(refresh, &format!("asking {} what there is", manager.program))?;
        }
        let told = format!("installing {what} with {} ({megabytes} MB)", manager.program);
        run(&[manager.install, names].concat(), &told)
            .map_err(|error| anyhow::anyhow!("{error:#}\n{by_hand}"))
    }
}

/// The words before a command that make it root's: none as root, sudo if it asks nothing.
fn as_root() -> Option<Vec<PathBuf>> {
    let id = program::answer(&program::on_path("id")?, &["-u"])?;
    if id.trim() == "0" {
        return Some(Vec::new());
    }
    let sudo = program::on_path("sudo")?;
    program::answer(&sudo, &["-n", "true"])?;
    Some(vec![sudo, PathBuf::from("-n")])
}
