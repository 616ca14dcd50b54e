// Plans what a Terraform file says: node plan.mjs main.tf
import { readFile } from "node:fs/promises";

import { importFiles, plan } from "eniac";

const [name] = process.argv.slice(2);
const { scenario, questions } = await importFiles([{ name, bytes: await readFile(name) }]);
for (const { expression, because } of questions) console.error(`${expression}: ${because}`);
const { predicted } = await plan(scenario);
for (const { instanceType, count } of predicted.fleet.mix) console.log(count, instanceType);
console.log(predicted.fleet.cost.totalMicroUsdPerMonth / 1e6, "USD a month");
