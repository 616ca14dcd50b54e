//! The module's functions and options in TypeScript. The types of scenarios and reports stand beside
//! their Rust types in the core.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const SIGNATURES: &str = r#"
/** Plans a scenario. Throws only when the argument is no scenario at all, or the options are none. */
export function plan(scenario: Scenario, options?: PlanOptions | null): Report;
/**
 * Plans a scenario given as JSON text, and gives the report as JSON text: the same bytes as the
 * terminal command prints with `--json`, without its closing line break.
 */
export function planJson(scenario: string, options?: PlanOptions | null): string;
/**
 * What ECS Managed Instances would do with a scenario beyond the one fleet of a plan: between which
 * limits, how sure that is, and what to ask for instead. Throws as `plan` does.
 */
export function predict(scenario: Scenario, options?: PredictOptions | null): Outlook;
/**
 * The same from and to JSON text: the same bytes as the terminal command `eniac predict` prints
 * with `--json`, without its closing line break.
 */
export function predictJson(scenario: string, options?: PredictOptions | null): string;
/**
 * Where ECS would put the tasks of each service on instances of an Auto Scaling group, task by task,
 * and why not elsewhere. Throws only when the argument is no scenario at all.
 */
export function place(scenario: Scenario): PlacementReport;
/** The same from and to JSON text: the bytes of `eniac place --json`, without the line break. */
export function placeJson(scenario: string): string;
/**
 * What happens over time: tasks that follow their load, and instances that follow the tasks. The same
 * scenario with the same seed gives the same timeline everywhere. Throws as `plan` does.
 */
export function simulate(scenario: Scenario, options?: SimulateOptions | null): Timeline;
/** The same from and to JSON text: the bytes of `eniac simulate --json`, without the line break. */
export function simulateJson(scenario: string, options?: SimulateOptions | null): string;
/** Stories of scaling tasks and instances together: as told, as they really go, and as scenarios. */
export function presets(): Preset[];
/** A scenario that is planned when a new user opens the page. */
export function example(): Scenario;
/** The JSON Schema of scenarios. */
export function schema(): object;
/** The codes of the regions that the catalogue knows. */
export function regions(): string[];
/** What the catalogue knows of an instance type in a region. Throws when it knows neither. */
export function catalog(instanceType: string, region: string): CatalogEntry;
/**
 * Packs tasks of a few kinds onto the cheapest instances, and proves how cheap that is. The problem
 * is an object or JSON text. The same `work` gives the same plan everywhere: it counts the solver's
 * own steps, of which a machine does some 10^8 to 10^9 a second. `onProgress` is told of each better
 * fleet and bound, and now and then between; when it answers false, the best so far is returned.
 */
export function pack(
    problem: PackingProblem | string,
    work?: number | null,
    onProgress?: ((progress: PackingProgress) => boolean | void) | null,
): PackingAnswer;

/** How the cheapest fleet is sought. */
export interface PlanOptions {
    /**
     * How much work that may take: `quick` while somebody types (the default), `thorough` for some
     * seconds, or a number of the solver's own steps, of which a machine does some 10^8 to 10^9 a
     * second. The same work gives the same report everywhere.
     */
    work?: "quick" | "thorough" | number | null;
    /**
     * Told of each better fleet and bound, and now and then between; when it answers false, the
     * report has the best so far.
     */
    onProgress?: ((progress: PlanProgress) => boolean | void) | null;
}

/** A part of an outlook; `fleets` asks for `predicted` and `cheapest`. */
export type OutlookPart =
    | "fleets" | "range" | "sensitivity" | "advice" | "whatIfs" | "tightenings"
    | "deployment" | "comparison" | "group" | "taskSizes";

/** What of an outlook is worked out, and how the cheapest fleet is sought. */
export interface PredictOptions extends PlanOptions {
    /** The parts to work out; all of them when absent. The others are `null`. */
    parts?: OutlookPart[] | null;
}

/** What of a timeline is told beside the series. */
export interface SimulateOptions {
    /** The minute at which the timeline's `snapshot` shows the cluster, instance by instance. */
    snapshotAt?: number | null;
}

/** What `pack` packs. */
export interface PackingProblem {
    schema: 1;
    name?: string;
    /** How many Availability Zones there are, 1 to 16; 1 by default. */
    azs?: number;
    services: {
        id: string;
        /** How many tasks. */
        count: number;
        /** What one task needs: 1024 is one vCPU. */
        cpu: number;
        /** MiB. */
        mem: number;
        eni?: number;
        gpu?: number;
        arch: ("x86_64" | "arm64")[];
        /** At most one task of the service on an instance. */
        distinct?: boolean;
        /** The counts in the zones differ by at most 1. */
        spread?: boolean;
    }[];
    /** Pairs of places in `services` that may not share an instance. */
    anti_affinity?: [number, number][];
    types: {
        name: string;
        arch: "x86_64" | "arm64";
        /** What tasks may use of one instance. */
        cpu: number;
        mem: number;
        eni?: number;
        gpu?: number;
        /** 10^-6 USD an hour. */
        price_micro: number;
    }[];
    /** Not read. */
    network?: string;
}

/** What the catalogue knows of an instance type in a region. */
export interface CatalogEntry {
    /** DescribeInstanceTypes' figures and what ECS makes of them. */
    instanceType: Record<string, unknown> & { name: string };
    region: string;
    /** null where the region does not offer the type. */
    offer: {
        onDemandNanoUsdPerHour: number | null;
        basis: "listed" | "estimated" | null;
        zones: string[];
        spot: { percent: number; interruptionBand: number } | null;
    } | null;
    asOf: { part: string; asOf: string; source: string; licence: string }[];
}
"#;
