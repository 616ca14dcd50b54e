// How a region's module writes its instance types: a row each, without names. This gives them names.

const ARCHITECTURES = { a: ["arm64"], x: ["x86_64"], i: ["i386", "x86_64"] };

/** The rows of a region with its zones' ids as objects. */
export function instanceTypesOf(zones, rows) {
  return rows.map(
    ([name, vcpu, memoryMib, runs, maxEnis, awsvpcTasks, trunked, price, listed, in_, spot, band]) => ({
      name,
      vcpu,
      memoryMib,
      architectures: ARCHITECTURES[runs] ?? runs.split(" "),
      maxEnis,
      awsvpcTasks,
      awsvpcTasksTrunked: trunked,
      onDemandNanoUsdPerHour: price,
      basis: price === null ? null : listed === 1 ? "listed" : "estimated",
      zones: zones.filter((_, at) => (in_ & (1 << at)) !== 0),
      spot: spot === null ? null : { percent: spot, interruptionBand: band },
    }),
  );
}
