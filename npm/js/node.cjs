// The package for `require`: the same functions, whose modules are loaded at the first call.

const NAMES = [
  "catalog", "example", "export", "exportScenario", "import", "importFiles", "link", "openLink",
  "pack", "place", "plan", "predict", "presets", "regions", "schema", "simulate",
];

for (const name of NAMES) {
  exports[name] = async (...given) => (await import("./node.js"))[name](...given);
}
