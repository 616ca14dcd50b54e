//! Chromium and its driver: given by the user, found, or installed by the system's package manager.

use std::path::PathBuf;

use anyhow::Result;

use super::program;
use super::system::Packages;

const PACKAGES: Packages = Packages {
    what: "Chromium and its driver",
    needed_by: "browser tests",
    megabytes: 120,
    names: [
        &["chromium", "chromium-driver"],
        &["chromium", "chromedriver"],
        &["chromium"],
        &["chromium", "chromium-chromedriver"],
    ],
    by_hand: "install Chromium and its driver (Debian: chromium chromium-driver; macOS: brew \
              install --cask chromium chromedriver), or name them in the variables CHROME and \
              CHROMEDRIVER",
};

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
    PACKAGES.install(step)
}
