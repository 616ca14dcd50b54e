//! `dist/npm/eniac`: the npm module. What its users import is in `js/`; the planner's flavours, other
//! tools' formats and the terminal command are a folder each, the catalogue a module a region.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::{Flavour, PLANNER, catalogue_modules, tree};
use crate::workspace::{Package, Workspace};

const TEMPLATE: &str = include_str!("package.json");

/// The folders that wasm-pack filled.
pub(super) struct Parts<'a> {
    pub(super) flavours: &'a [(Flavour, PathBuf)],
    pub(super) interop: &'a Path,
    pub(super) terminal: &'a Path,
}

/// Copies the parts and writes the files that make them a package.
pub(super) fn assemble(workspace: &Workspace, parts: &Parts, package: &Path) -> Result<()> {
    for (flavour, built) in parts.flavours {
        let folder = package.join(flavour.name());
        tree::copy(built, &folder, &[".gitignore"])?;
        // Node reads a file's module system from the nearest package.json.
        let system = if *flavour == Flavour::Node { "commonjs" } else { "module" };
        write(&folder.join("package.json"), &format!("{{ \"type\": \"{system}\" }}\n"))?;
    }
    let npm = workspace.root().join("npm");
    for (name, from) in [
        ("interop", parts.interop),
        ("terminal", parts.terminal),
        ("js", &npm.join("js")),
        ("catalog", &npm.join("catalog")),
    ] {
        let folder = package.join(name);
        tree::copy(from, &folder, &[".gitignore"])?;
        write(&folder.join("package.json"), "{ \"type\": \"module\" }\n")?;
    }
    catalogue_modules::write(&package.join("catalog"))?;
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        tree::copy_file(&workspace.root().join(licence), &package.join(licence))?;
    }
    let readmes = [workspace.root().join("npm/README.md"), workspace.root().join("README.md")];
    if let Some(readme) = readmes.iter().find(|file| file.is_file()) {
        tree::copy_file(readme, &package.join("README.md"))?;
    }
    write(&package.join("package.json"), &manifest(workspace.package(PLANNER)?)?)
}

/// The template with what the crate says of itself. A template, because the order of an exports map
/// decides which file is taken.
fn manifest(crate_: &Package) -> Result<String> {
    let mut text = TEMPLATE.to_owned();
    let fields = [
        ("\"@VERSION@\"", Some(&crate_.version)),
        ("\"@DESCRIPTION@\"", crate_.description.as_ref()),
        ("\"@LICENSE@\"", crate_.license.as_ref()),
    ];
    for (place, value) in fields {
        let value = value.with_context(|| format!("{}: {place} has no value", crate_.name))?;
        text = text.replace(place, &serde_json::to_string(value)?);
    }
    Ok(text)
}

fn write(file: &Path, text: &str) -> Result<()> {
    std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn says(description: Option<&str>) -> Package {
        Package {
            name: PLANNER.to_owned(),
            version: "1.2.3".to_owned(),
            description: description.map(str::to_owned),
            license: Some("MIT OR Apache-2.0".to_owned()),
            manifest_path: PathBuf::new(),
        }
    }

    #[test]
    fn the_manifest_says_what_the_crate_says() {
        let manifest = manifest(&says(Some("plans \"ECS\""))).unwrap();
        let manifest: Value = serde_json::from_str(&manifest).unwrap();
        assert_eq!(manifest["name"], "eniac");
        assert_eq!(manifest["version"], "1.2.3");
        assert_eq!(manifest["description"], "plans \"ECS\"");
        assert_eq!(manifest["license"], "MIT OR Apache-2.0");
    }

    #[test]
    fn a_crate_without_a_description_is_told() {
        assert!(manifest(&says(None)).unwrap_err().to_string().contains("DESCRIPTION"));
    }

    #[test]
    fn in_each_map_of_conditions_the_default_comes_last() {
        for part in TEMPLATE.split("\"default\": \"").skip(1) {
            let rest = part.split_once('"').unwrap().1;
            assert!(rest.trim_start().starts_with('}'), "{part}");
        }
        assert!(TEMPLATE.find("\"node\": {") < TEMPLATE.find("\"default\": \"./js/functions.js\""));
    }
}
