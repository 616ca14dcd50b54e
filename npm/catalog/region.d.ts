// One region of the catalogue: `eniac/catalog/us-east-1`.

/** An instance type that the region offers. */
export interface InstanceType {
  /** `t4g.small`. */
  name: string;
  vcpu: number;
  /** As advertised. */
  memoryMib: number;
  architectures: ("arm64" | "x86_64" | "i386" | "x86_64_mac" | "arm64_mac")[];
  /** Network interfaces over all network cards. */
  maxEnis: number;
  /** Tasks in `awsvpc` mode without ENI trunking. */
  awsvpcTasks: number;
  /** The same with ENI trunking; null where ECS cannot trunk the type. */
  awsvpcTasksTrunked: number | null;
  /** 10^-9 USD an hour, Linux, shared tenancy; null where no source gives a price. */
  onDemandNanoUsdPerHour: number | null;
  /** Whether a public list has the price, or it was worked out from us-east-1's. */
  basis: "listed" | "estimated" | null;
  /** Ids of the zones that offer it; all of them where no source says. */
  zones: string[];
  /** What Spot saves against On-Demand, and how often it is interrupted: 0 (below 5 %) to 4. */
  spot: { percent: number; interruptionBand: number } | null;
}

/** The region's code. */
export const region: string;
/** Ids of its zones, in order. */
export const zones: string[];
/** What it offers, in the order of the types' names. */
export const instanceTypes: InstanceType[];
/** Where the figures come from, and as of when. */
export const asOf: { part: string; asOf: string; source: string; licence: string }[];
