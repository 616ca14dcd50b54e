//! `dist/npm/eniac`: the npm module, one folder a flavour, one wasm behind them all.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::{Flavour, PLANNER, tree};
use crate::workspace::{Package, Workspace};

/// Copies the flavours and writes the files that make them a package.
pub(super) fn assemble(
    workspace: &Workspace,
    flavours: &[(Flavour, PathBuf)],
    package: &Path,
) -> Result<()> {
    for (flavour, built) in flavours {
        let folder = package.join(flavour.name());
        tree::copy(built, &folder, &[".gitignore"])?;
        // Node reads a file's module system from the nearest package.json.
        let system = if *flavour == Flavour::Node { "commonjs" } else { "module" };
        write_json(&folder.join("package.json"), &json!({ "type": system }))?;
    }
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        tree::copy_file(&workspace.root().join(licence), &package.join(licence))?;
    }
    let readmes = [workspace.root().join("npm/README.md"), workspace.root().join("README.md")];
    if let Some(readme) = readmes.iter().find(|file| file.is_file()) {
        tree::copy_file(readme, &package.join("README.md"))?;
    }
    write_json(&package.join("package.json"), &manifest(workspace.package(PLANNER)?))
}

fn manifest(crate_: &Package) -> Value {
    // One file serves `import` and `require`: Node finds a CommonJS module's names by reading it.
    let node = json!({ "types": "./nodejs/eniac.d.ts", "default": "./nodejs/eniac.js" });
    let web = json!({ "types": "./web/eniac.d.ts", "default": "./web/eniac.js" });
    let bundler = json!({ "types": "./bundler/eniac.d.ts", "default": "./bundler/eniac.js" });
    let mut manifest = json!({
        "name": "eniac",
        "version": crate_.version,
        "description": crate_.description,
        "license": crate_.license,
        "repository": crate_.repository,
        "keywords": ["aws", "ecs", "ec2", "capacity", "eni", "wasm"],
        "main": "./nodejs/eniac.js",
        "module": "./bundler/eniac.js",
        "types": "./bundler/eniac.d.ts",
        "exports": {
            ".": { "node": node, "default": bundler },
            // Loads its wasm by itself, without a bundler: `await init()` first.
            "./web": web,
            "./eniac_bg.wasm": "./web/eniac_bg.wasm",
            "./package.json": "./package.json",
        },
        "files": ["web", "nodejs", "bundler", "LICENSE-MIT", "LICENSE-APACHE", "README.md"],
        "sideEffects": ["./bundler/eniac.js", "./*/snippets/*"],
        "engines": { "node": ">=20" },
    });
    if let Some(fields) = manifest.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    manifest
}

fn write_json(file: &Path, value: &Value) -> Result<()> {
    let text = serde_json::to_string_pretty(value)? + "\n";
    std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_leaves_out_what_the_crate_does_not_say() {
        let manifest = manifest(&Package {
            name: PLANNER.to_owned(),
            version: "1.2.3".to_owned(),
            description: Some("plans".to_owned()),
            license: None,
            repository: None,
            manifest_path: PathBuf::new(),
        });
        assert_eq!(manifest["name"], "eniac");
        assert_eq!(manifest["version"], "1.2.3");
        assert!(manifest.get("license").is_none());
        assert_eq!(manifest["exports"]["."]["node"]["default"], "./nodejs/eniac.js");
    }
}
