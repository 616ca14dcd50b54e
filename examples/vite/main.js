// The bundle holds the catalogue of one region; what writes Terraform is fetched at the first click.
import { example, exportScenario, plan } from "eniac";
import { instanceTypes, region } from "eniac/catalog/eu-central-1";

const small = instanceTypes.find(({ name }) => name === "t4g.small");
const dollars = small.onDemandNanoUsdPerHour / 1e9;
document.querySelector("#prices").textContent = `${small.name}: ${dollars} USD an hour in ${region}`;

const scenario = await example();
const { predicted } = await plan(scenario);
const lines = predicted.fleet.mix.map(({ instanceType, count }) => `${count} ${instanceType}`);
document.querySelector("#fleet").textContent = lines.join("\n");
document.querySelector("#export").onclick = async () => {
  const { text } = await exportScenario(scenario, { format: "terraform" });
  document.querySelector("#fleet").textContent = text;
};
