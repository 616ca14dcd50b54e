//! Apache Spark, for the example that spreads a batch: `PySpark` in a virtual environment of its own,
//! run by a Java and a Python of the system's.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::program;
use super::system::Packages;
use crate::process;

/// Runs on Python 3.8 and Java 8 or newer.
const PYSPARK: &str = "3.5.6";
/// Ten times what a slow two-core machine took, most of it for fetching.
const LIMIT: Duration = Duration::from_mins(25);

const PACKAGES: Packages = Packages {
    what: "Java and Python",
    needed_by: "the batches that Spark runs",
    megabytes: 60,
    names: [
        &["default-jre-headless", "python3", "python3-venv"],
        &["java-21-openjdk-headless", "python3"],
        &["jre17-openjdk-headless", "python"],
        &["openjdk17-jre-headless", "python3", "bash"],
    ],
    by_hand: "install them (Debian: default-jre-headless python3-venv; macOS: brew install openjdk \
              python; or from https://adoptium.net and https://www.python.org)",
};

/// The Python of the environment that holds Spark, if there is a Java to run it.
pub(super) fn find() -> Option<PathBuf> {
    has_java().then_some(())?;
    let python = python_in(&root());
    let asked = ["-c", "import pyspark; print(pyspark.__version__)"];
    (program::answer(&python, &asked)?.trim() == PYSPARK).then_some(python)
}

pub(super) fn install(step: &str) -> Result<()> {
    if !has_java() || python_with_venv().is_none() {
        PACKAGES.install(step)?;
    }
    let python =
        python_with_venv().context("there is no Python 3 that makes environments (venv)")?;
    let root = root();
    // Filled aside and renamed when whole, so that an interrupted run leaves nothing half done.
    let aside = root.with_extension(format!("partial-{}", std::process::id()));
    let filled = fill(&python, &aside, step).and_then(|()| {
        if root.exists() {
            std::fs::remove_dir_all(&root)?;
        }
        Ok(std::fs::rename(&aside, &root)?)
    });
    if filled.is_err() {
        let _ = std::fs::remove_dir_all(&aside);
    }
    filled
}

fn fill(python: &Path, folder: &Path, step: &str) -> Result<()> {
    process::captured(Command::new(python).args(["-m", "venv"]).arg(folder), LIMIT)?;
    let mut pip = Command::new(python_in(folder));
    pip.args(["-m", "pip", "install", "--no-input", "--disable-pip-version-check"]);
    // The archive of 300 MB is needed once.
    pip.args(["--no-cache-dir", &format!("pyspark=={PYSPARK}")]);
    let what = format!("fetching Spark {PYSPARK} through pip (320 MB, 2 to 5 minutes, once)");
    process::watched(&mut pip, LIMIT, super::progress(step, &what))
}

fn root() -> PathBuf {
    super::versioned_root("pyspark", PYSPARK)
}

/// An environment's own Python.
fn python_in(environment: &Path) -> PathBuf {
    if cfg!(windows) {
        environment.join("Scripts").join("python.exe")
    } else {
        environment.join("bin").join("python")
    }
}

fn has_java() -> bool {
    let home = std::env::var_os("JAVA_HOME").map(PathBuf::from);
    let named =
        home.map(|home| home.join("bin").join(format!("java{}", std::env::consts::EXE_SUFFIX)));
    let java = named.filter(|file| file.is_file()).or_else(|| program::on_path("java"));
    // macOS has a `java` that only says that there is none.
    java.is_some_and(|java| program::answer(&java, &["-version"]).is_some())
}

fn python_with_venv() -> Option<PathBuf> {
    let found = ["python3", "python"].into_iter().filter_map(program::on_path);
    let asked = ["-c", "import sys, venv, ensurepip; assert sys.version_info >= (3, 8)"];
    let mut usable = found.filter(|python| program::answer(python, &asked).is_some());
    usable.next()
}
