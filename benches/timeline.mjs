// How long a timeline takes in wasm: `node benches/timeline.mjs [SCENARIO] [RUNS]`, after
// `cargo xtask build`. Without a scenario it makes one: 24 hours, 50 services whose load has the
// shape of a day and that follow it by target tracking, and a group of about a thousand instances.
// Prints how large that is, the first, cold run and the median of the runs in one process, and what of
// it was the processor's, which a busy machine changes less; fails where the median is above the budget.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Milliseconds that a timeline may take, for a page that answers while somebody looks. */
const BUDGET = 500;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const [file, runs = "9"] = process.argv.slice(2);
const { initSync, simulateJson } = await import(new URL("../dist/site/www/planner/eniac_wasm.js", import.meta.url));
initSync({ module: readFileSync(here("../dist/site/www/planner/eniac_wasm_bg.wasm")) });

/** 50 services of five sizes, with their peaks spread over the afternoon. */
function day() {
  const sizes = [[512, 1024], [1024, 2048], [256, 512], [1024, 4096], [2048, 4096]];
  const strategies = [
    [{ type: "binpack", field: "memory" }, { type: "spread", field: "attribute:ecs.availability-zone" }],
    [{ type: "binpack", field: "cpu" }],
    [],
  ];
  const service = (place) => {
    const [cpu, memory] = sizes[place % sizes.length];
    const high = 42_000 + 500 * (place * 17 % 40);
    return {
      name: `service-${place}`,
      desiredCount: 20,
      taskDefinition: { cpu, memory, networkMode: "bridge" },
      placementStrategy: strategies[place % strategies.length],
      autoScaling: {
        minCapacity: 10,
        maxCapacity: 200,
        scalingPolicies: [{ targetTracking: { targetValue: 65, scaleOutCooldown: 60, scaleInCooldown: 120 } }],
      },
      load: {
        requestsPerMinute: { daily: { low: high / 4, high, peakMinute: 780 + place * 7 % 240 } },
        requestsPerMinutePerTask: 1_000,
        idleCpuPercent: 5,
      },
    };
  };
  return {
    version: 1,
    name: "A day of 50 services",
    region: "us-east-1",
    zones: 3,
    services: Array.from({ length: 50 }, (_, place) => service(place)),
    capacity: {
      autoScalingGroup: {
        instanceTypes: ["m6i.xlarge"],
        awsvpcTrunking: true,
        minSize: 100,
        maxSize: 2_000,
        desiredCapacity: 300,
        managedScaling: { targetCapacity: 100, instanceWarmupPeriod: 120 },
      },
    },
    simulation: { minutes: 1_440, deployments: [{ service: "service-0", minute: 600 }] },
  };
}

const scenario = file ? readFileSync(file, "utf8") : JSON.stringify(day());

const [times, processor] = [[], []];
let text = "";
for (let run = 0; run < Number(runs); run += 1) {
  const [begun, used] = [performance.now(), process.cpuUsage()];
  text = simulateJson(scenario);
  times.push(performance.now() - begun);
  processor.push(process.cpuUsage(used).user / 1000);
}
const { minutes, services, groups, happened, totals } = JSON.parse(text);
const points = [...services, ...groups].flatMap((each) => Object.values(each).filter(Array.isArray));
console.log(`${minutes} minutes, ${services.length} services, ${groups.length} groups`);
console.log(`at most ${totals.peakInstances} instances and ${totals.peakTasks} tasks at once`);
console.log(`${happened} events, ${points.flat().length} points of series, ${text.length} bytes of JSON`);

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
const row = (name, times) =>
  console.log(`${name.padEnd(16)} first ${times[0].toFixed(1)} ms, median of ${times.length} ${median(times).toFixed(1)} ms`);
row("a timeline", times);
row("the processor's", processor);
if (median(times) > BUDGET) {
  console.error(`above the budget of ${BUDGET} ms`);
  process.exitCode = 1;
}
