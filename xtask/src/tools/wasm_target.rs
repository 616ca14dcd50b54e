//! Rust's standard library for `wasm32-unknown-unknown`.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use super::program;
use crate::process;

/// The compiler's name of WebAssembly without an operating system.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The target's library folder; asking rustc works for a Rust that did not come from rustup too.
pub(super) fn find() -> Option<PathBuf> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let told = program::answer(
        &PathBuf::from(rustc),
        &["--print", "target-libdir", "--target", WASM_TARGET],
    )?;
    let folder = PathBuf::from(told.trim());
    let mut files = std::fs::read_dir(&folder).ok()?.flatten();
    files.any(|file| file.file_name().to_string_lossy().starts_with("libcore-")).then_some(folder)
}

pub(super) fn install(step: &str) -> Result<()> {
    let Some(rustup) = program::on_path("rustup") else {
        bail!(
            "Rust's {WASM_TARGET} target is missing and there is no rustup to add it: install it \
             with your system's Rust packages (Debian: libstd-rust-dev-wasm32, Fedora: \
             rust-std-static-{WASM_TARGET}), or install Rust through rustup"
        );
    };
    process::watched(
        Command::new(rustup).args(["target", "add", WASM_TARGET]),
        Duration::from_mins(10),
        super::progress(step, "adding Rust's wasm32-unknown-unknown target (15 MB, once)"),
    )
}
