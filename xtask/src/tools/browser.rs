//! Chromium and its driver: given by the user, found, or installed by the system's package manager.
//!
//! Packages are installed only as root or where `sudo` asks for no password.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use super::program;
use crate::process;

const PACKAGES_LIMIT: Duration = Duration::from_mins(15);

/// A package manager, and how it installs a browser with its driver without asking.
struct Manager {
    program: &'static str,
    refresh: Option<&'static [&'static str]>,
    install: &'static [&'static str],
}

const MANAGERS: [Manager; 4] = [
    Manager {
        program: "apt-get",
        refresh: Some(&["update"]),
        install: &["install", "-y", "--no-install-recommends", "chromium", "chromium-driver"],
    },
    Manager {
        program: "dnf",
        refresh: None,
        install: &["install", "-y", "chromium", "chromedriver"],
    },
    Manager {
        program: "pacman",
        refresh: None,
        install: &["-S", "--needed", "--noconfirm", "chromium"],
    },
    Manager {
        program: "apk",
        refresh: None,
        install: &["add", "chromium", "chromium-chromedriver"],
    },
];

/// The browser that `CHROME` names, or one on PATH.
pub(super) fn find_chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
    let mac = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    program::from_variable("CHROME")
        .or_else(|| names.iter().find_map(|name| program::on_path(name)))
        .or_else(|| mac.is_file().then_some(mac))
}

/// The driver that `CHROMEDRIVER` names, or one on PATH.
pub(super) fn find_driver() -> Option<PathBuf> {
    program::from_variable("CHROMEDRIVER").or_else(|| program::on_path("chromedriver"))
}

pub(super) fn install(step: &str) -> Result<()> {
    let by_hand = "install Chromium and its driver (Debian: chromium chromium-driver; macOS: brew \
                   install --cask chromium chromedriver), or name them in the variables CHROME and \
                   CHROMEDRIVER";
    let Some((manager, path)) = MANAGERS
        .iter()
        .find_map(|manager| program::on_path(manager.program).map(|path| (manager, path)))
    else {
        bail!("browser tests need Chromium and its driver: {by_hand}");
    };
    let Some(prefix) = as_root() else {
        bail!(
            "browser tests need Chromium and its driver, and {} needs root: {by_hand}",
            manager.program
        );
    };
    let run = |arguments: &[&str], what: &str| {
        let mut words = prefix.clone();
        words.push(path.clone());
        let mut command = Command::new(words.remove(0));
        command.args(words).args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        process::watched(&mut command, PACKAGES_LIMIT, super::progress(step, what))
    };
    if let Some(refresh) = manager.refresh {
        run(refresh, &format!("asking {} what there is", manager.program))?;
    }
    let what = format!("installing Chromium and its driver with {} (120 MB)", manager.program);
    run(manager.install, &what).map_err(|error| anyhow::anyhow!("{error:#}\n{by_hand}"))
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
