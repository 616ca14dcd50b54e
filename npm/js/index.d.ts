// The package's functions and types, the same in Node, in bundlers and in plain pages.

import type {
  CatalogEntry, Outlook, PackingAnswer, PackingProblem, PackingProgress, PlacementReport,
  PlanOptions, PredictOptions, Preset, Report, Scenario, SimulateOptions, Timeline,
} from "../web/eniac_wasm.js";
import type { Export, ExportFormat, Import, ImportSettings, Link } from "../interop/eniac_interop_wasm.js";

export type * from "../web/eniac_wasm.js";
export type {
  Export, ExportFormat, FileRead, Format, Import, ImportSettings, Link, NotCarried, Note, NoteKind,
  Origin, Question,
} from "../interop/eniac_interop_wasm.js";

/** What the functions reject with; the message says what is wrong and what is needed. */
export class EniacError extends Error {
  readonly name: "EniacError";
}

/**
 * Plans a scenario, an object or JSON text. Rejects only when it is no scenario at all; what is wrong
 * with a part of it is in the report's `diagnostics`.
 */
export function plan(scenario: Scenario | string, options?: PlanOptions | null): Promise<Report>;
/** What ECS Managed Instances would do beyond the one fleet of a plan. */
export function predict(
  scenario: Scenario | string, options?: PredictOptions | null,
): Promise<Outlook>;
/** What happens over time; the same scenario gives the same timeline everywhere. */
export function simulate(
  scenario: Scenario | string, options?: SimulateOptions | null,
): Promise<Timeline>;
/** Where ECS would put each task on instances of an Auto Scaling group, and why not elsewhere. */
export function place(scenario: Scenario | string): Promise<PlacementReport>;
/** Packs tasks of a few kinds onto the cheapest instances, and proves how cheap that is. */
export function pack(
  problem: PackingProblem | string, options?: PackOptions | null,
): Promise<PackingAnswer>;
/** What the catalogue knows of an instance type in a region; rejects when it knows neither. */
export function catalog(instanceType: string, region: string): Promise<CatalogEntry>;
/** The codes of the regions that the catalogue knows. */
export function regions(): Promise<string[]>;
/** Stories of scaling tasks and instances together, as told and as they really go. */
export function presets(): Promise<Preset[]>;
/** A scenario to begin with. */
export function example(): Promise<Scenario>;
/** The JSON Schema of scenarios. */
export function schema(): Promise<object>;

/**
 * Other tools' files as one scenario, with an account by file and line of what was understood,
 * assumed and left out. Nothing is executed or fetched. Files that cannot be used are told in the
 * answer's `notes`.
 */
export function importFiles(
  files: Iterable<InputFile>, settings?: Partial<ImportSettings> | null,
): Promise<Import>;
/** A scenario, or its plan, for other tools; `notCarried` says what the format has no place for. */
export function exportScenario(
  scenario: Scenario | string, options: ExportOptions,
): Promise<Exported>;
/** A scenario as the fragment of a link, and whether that is short enough to be sent. */
export function link(scenario: Scenario | string): Promise<Link>;
/** The scenario that a link, or its fragment, carries. */
export function openLink(link: string): Promise<Scenario>;

export { importFiles as import, exportScenario as export };

/** How much work `pack` may take, and who is told. */
export interface PackOptions {
  /** The solver's own steps, of which a machine does some 10^8 to 10^9 a second. */
  work?: number | null;
  /** Told of each better fleet and bound; when it answers false, the best so far is returned. */
  onProgress?: ((progress: PackingProgress) => boolean | void) | null;
}

/** A file: its text, its bytes, or a browser's File. */
export type InputFile =
  | string
  | { name: string; text: string }
  | { name: string; bytes: Uint8Array | ArrayBuffer }
  | { name?: string; arrayBuffer(): Promise<ArrayBuffer> };

/** Formats of the plan, which `exportScenario` plans first. */
export type PlanFormat = "csv" | "markdown" | "json";

/** What is written. */
export type ExportOptions =
  | { format: ExportFormat }
  | ({ format: "csv" | "json" } & PlanOptions)
  | ({ format: "markdown"; against?: Scenario | string } & PlanOptions);

/** Something written. */
export type Exported = Omit<Export, "format"> & { format: ExportFormat | PlanFormat };
