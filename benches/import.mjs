// How long importing takes in wasm: `node benches/import.mjs [RUNS]`, after `cargo xtask build`.
// It makes what it imports: a Terraform state of 500 services as `terraform show -json` prints it, and
// hostile files. Prints how large each is, what came of it, the first, cold run and the median of the
// runs in one process; fails where a median is above its budget.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Milliseconds for the state, and for each hostile file. */
const [STATE, HOSTILE] = [300, 100];
const SERVICES = 500;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const [runs = "9"] = process.argv.slice(2);
const interop = await import(new URL("../dist/site/www/interop/eniac_interop_wasm.js", import.meta.url));
interop.initSync({ module: readFileSync(here("../dist/site/www/interop/eniac_interop_wasm_bg.wasm")) });

const account = "123456789012";
const region = "eu-west-1";
const arn = (service, rest) => `arn:aws:${service}:${region}:${account}:${rest}`;

/** What the state says of one service: its definition, itself, its scaling. */
function service(place) {
  const name = `service-${place}`;
  const cpu = 128 << (place % 4);
  const container = {
    name: "app",
    image: `${account}.dkr.ecr.${region}.amazonaws.com/${name}:2026.11.${place}`,
    cpu,
    memory: cpu * 2,
    essential: true,
    environment: Array.from({ length: 20 }, (_, at) => ({ name: `SETTING_${at}`, value: `value ${at} of ${name}` })),
    secrets: [{ name: "DATABASE", valueFrom: arn("ssm", `parameter/${name}/database`) }],
    portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: "tcp" }],
    logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": `/ecs/${name}`, "awslogs-region": region } },
    mountPoints: [],
    volumesFrom: [],
  };
  const resource = (type, values) => ({
    address: `module.services["${name}"].${type}.this`,
    mode: "managed",
    type,
    name: "this",
    provider_name: "registry.terraform.io/hashicorp/aws",
    schema_version: 1,
    values,
    sensitive_values: {},
  });
  return [
    resource("aws_ecs_task_definition", {
      arn: arn("ecs", `task-definition/${name}:7`),
      family: name,
      revision: 7,
      cpu: String(cpu),
      memory: String(cpu * 2),
      network_mode: "awsvpc",
      requires_compatibilities: ["EC2"],
      container_definitions: JSON.stringify([container]),
      runtime_platform: [{ cpu_architecture: place % 3 ? "X86_64" : "ARM64", operating_system_family: "LINUX" }],
      volume: [],
      tags: { team: `team-${place % 20}` },
    }),
    resource("aws_ecs_service", {
      name,
      cluster: arn("ecs", "cluster/shop"),
      task_definition: arn("ecs", `task-definition/${name}:7`),
      desired_count: 2 + (place % 9),
      scheduling_strategy: "REPLICA",
      deployment_maximum_percent: 200,
      deployment_minimum_healthy_percent: 100,
      network_configuration: [{ assign_public_ip: false, security_groups: ["sg-1"], subnets: ["subnet-a", "subnet-b", "subnet-c"] }],
      capacity_provider_strategy: [{ base: 0, capacity_provider: "group", weight: 1 }],
    }),
    resource("aws_appautoscaling_target", {
      min_capacity: 2,
      max_capacity: 20,
      resource_id: `service/shop/${name}`,
      scalable_dimension: "ecs:service:DesiredCount",
      service_namespace: "ecs",
    }),
  ];
}

const state = JSON.stringify({
  format_version: "1.0",
  terraform_version: "1.9.5",
  values: {
    root_module: {
      resources: [
        {
          address: "aws_ecs_cluster.shop",
          mode: "managed",
          type: "aws_ecs_cluster",
          name: "shop",
          values: { name: "shop", arn: arn("ecs", "cluster/shop") },
        },
      ],
      child_modules: Array.from({ length: SERVICES }, (_, place) => ({
        address: `module.services["service-${place}"]`,
        resources: service(place),
      })),
    },
  },
});

/** A list of lists of lists, each of nine references to the one before. */
const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
for (let level = 1; level < 12; level += 1) {
  const before = String.fromCharCode(96 + level);
  const name = String.fromCharCode(97 + level);
  bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`);
}

const files = {
  "a Terraform state of 500 services": ["state.json", state, STATE],
  "5 MB of JSON": ["big.json", JSON.stringify({ taskDefinitions: Array(18_000).fill({ family: "web", cpu: "256", containerDefinitions: [{ name: "app", environment: [{ name: "A", value: "B".repeat(120) }] }] }) }), STATE],
  "brackets 1,000,000 deep": ["deep.json", "[".repeat(1_000_000), HOSTILE],
  "HCL nested 100,000 deep": ["deep.tf", `locals {\n  a = ${"[".repeat(100_000)}\n}\n`, HOSTILE],
  "YAML nested 100,000 deep": ["deep.yaml", `Resources:\n  A: ${"[".repeat(100_000)}\n`, HOSTILE],
  "an alias bomb": ["bomb.yaml", `Resources:\n  ${bomb.join("\n  ")}\n`, HOSTILE],
  "a Compose alias bomb": ["compose.yaml", `${bomb.join("\n")}\nservices:\n  web: *l\n`, HOSTILE],
  "enormous numbers": ["numbers.json", `{"family": "web", "containerDefinitions": [], "cpu": 1${"0".repeat(100_000)}, "memory": 1e999999}`, HOSTILE],
  "variables that name each other": ["loop.tf", Array.from({ length: 2_000 }, (_, at) => `locals {\n  v${at} = "\${local.v${(at + 1) % 2_000}}\${local.v${(at + 1) % 2_000}}"\n}\n`).join(""), HOSTILE],
  "texts that double": ["double.tf", Array.from({ length: 60 }, (_, at) => `locals {\n  v${at} = "\${local.v${at + 1}}\${local.v${at + 1}}"\n}\n`).join("") + 'locals {\n  v60 = "x"\n}\nresource "aws_ecs_service" "a" {\n  name = local.v0\n}\n', HOSTILE],
  "a line of 1 MB": ["line.csv", `name,cpu,memory,count\n${"x".repeat(1_000_000)},1,1,1\n`, HOSTILE],
  "no UTF-8": ["latin.tf", Uint8Array.from([...Buffer.from('resource "x" "y" {\n  name = "'), 0xe4, 0xff]), HOSTILE],
  "a zip": ["sheet.xlsx", Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0]), HOSTILE],
};

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
const bytes = (content) => (typeof content === "string" ? new TextEncoder().encode(content) : content);
for (const [title, [name, content, budget]] of Object.entries(files)) {
  const given = [{ name, bytes: bytes(content) }];
  const times = [];
  let made;
  for (let run = 0; run < Number(runs); run += 1) {
    const begun = performance.now();
    made = JSON.parse(interop.importJson(given, undefined));
    times.push(performance.now() - begun);
  }
  const { scenario, notes } = made;
  const problem = notes.find((note) => note.kind === "problem");
  console.log(`${title}: ${given[0].bytes.length} bytes, ${scenario.services.length} services, ${notes.length} notes`);
  console.log(`  first ${times[0].toFixed(1)} ms, median of ${times.length} ${median(times).toFixed(1)} ms (budget ${budget})`);
  if (problem) console.log(`  ${problem.message.slice(0, 140)}`);
  if (median(times) > budget) {
    console.error(`  above the budget of ${budget} ms`);
    process.exitCode = 1;
  }
}
