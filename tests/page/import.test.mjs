// Other tools' files in: by choice, drop and paste; what was made of them is told before it is
// taken; hostile and useless files leave everything as it was.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { root } from "../npm/native.mjs";
import { violations } from "./accessible.mjs";
import { answer, becomes, field, kept, shows, visits } from "./workbench.mjs";

const visit = visits();
const scenario = (name) => readFileSync(join(root, "tests", "scenarios", `${name}.json`));
const panel = (page) => page.getByTestId("import");
const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Chooses files by name and content, and waits until they are read. */
async function choose(page, files) {
  await page.getByTestId("open-import").click();
  const buffers = Object.entries(files).map(([name, content]) => ({
    name,
    mimeType: "application/octet-stream",
    buffer: Buffer.from(content),
  }));
  await page.getByTestId("import-files").setInputFiles(buffers);
  await page.locator("[data-testid=import][data-busy=false]").waitFor();
}

/** Lets go of files over the page, or of text by paste, as a browser would. */
function dropped(page, files) {
  return page.evaluate((files) => {
    const data = new DataTransfer();
    for (const [name, text] of Object.entries(files)) data.items.add(new File([text], name));
    for (const type of ["dragover", "drop"]) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  }, files);
}

function pasted(page, selector, text) {
  return page.evaluate(([selector, text]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.querySelector(selector).dispatchEvent(event);
    return event.defaultPrevented;
  }, [selector, text]);
}

visit("files are shown before they are taken, and taking them can be taken back", {}, async (page) => {
  await choose(page, { "ten.json": scenario("managed-10-tasks-of-3500-mib"), "notes.md": "# Notes\n" });
  await shows(panel(page).locator(".given-files"), /ten\.json\s+\d+ B\s+a scenario of eniac's\s+notes\.md\s+8 B\s+cannot be read/);
  await shows(panel(page).locator(".import-status"), /In these files: 1 service/);
  await shows(page.getByTestId("account"), /Cannot be used as it is: 1\s+notes\.md\s+this is none of the formats/);
  assert.deepEqual(await violations(page), []);
  assert.equal((await kept(page)).services[0].desiredCount, 30, "nothing is changed yet");
  await button(page, "Leave notes.md out").click();
  await shows(page.getByTestId("account"), /^Understood: \d+$/);
  await button(page, "Take this scenario").click();
  await shows(page.getByTestId("notice"), /Imported: 1 service/);
  await shows(answer(page, "predicted"), /10 × t4g\.medium/);
  await button(page, "Take it back").click();
  await shows(answer(page, "predicted"), /30 × t4g\.small/);
});

const COMPOSE = `services:
  web:
    image: web:1
    deploy: { replicas: 2, resources: { limits: { cpus: "0.5", memory: 512M } } }
  oven:
    image: oven:1
    deploy: { replicas: 3, resources: { limits: { cpus: "0.5", memory: "\${MEMORY}" } } }
`;

visit("a service that cannot be planned is named beside the answer", {}, async (page) => {
  await choose(page, { "compose.yaml": COMPOSE });
  await shows(page.getByTestId("questions"), /MEMORY/);
  await button(page, "Take this scenario").click();
  await shows(page.getByTestId("notice"), /Imported: 2 services; 1 question open\./);
  const without = page.getByTestId("without");
  await shows(without, /Without oven: its memory is not known\./);
  await shows(page.getByTestId("answer-cheapest"), /without oven/);
  assert.deepEqual(await violations(page), []);
  await button(page, "Go to oven").click();
  const focused = () => page.evaluate(() => document.activeElement.id);
  assert.equal(await focused(), "field:services[1].taskDefinition.memory");
  await page.keyboard.type("256");
  await shows(async () => `${await without.count()}`, /^0$/);
});

visit("what is left open is asked again, with the answers as they were", {}, async (page) => {
  await choose(page, { "main.tf": TERRAFORM.replace("= 12", "= var.count") });
  const questions = page.getByTestId("questions");
  await questions.getByLabel("var.memory").fill("abc");
  await page.keyboard.press("Tab");
  // It is told at its field, in the field's words.
  const memory = questions.getByLabel("var.memory");
  const about = () => memory.evaluate((it) => document.getElementById(it.getAttribute("aria-describedby"))?.innerText ?? "");
  await shows(about, /^Abc is not an amount of memory: .* is needed\.$/i);
  await shows(page.locator(".import-status"), /2 questions left open/);
  assert.deepEqual(await violations(page), []);
  // What is typed stays when the dialog is closed, by Escape too.
  await questions.getByLabel("var.count").fill("7");
  await page.locator("#import-text").evaluate((it) => it.closest("details").setAttribute("open", ""));
  await page.locator("#import-text").fill("kept for later");
  await page.keyboard.press("Escape");
  await page.getByTestId("open-import").click();
  await shows(() => questions.getByLabel("var.memory").inputValue(), /^abc$/);
  await shows(() => questions.getByLabel("var.count").inputValue(), /^7$/);
  assert.equal(await page.locator("#import-text").inputValue(), "kept for later");
  await page.locator("#import-text").fill("");
  await shows(page.locator(".import-status"), /1 question left open/);
  await questions.getByLabel("var.memory").fill("");
  await page.keyboard.press("Tab");
  await shows(questions, /var\.memory[\s\S]*has no default/);
  await button(page, "Take this scenario").click();
  await shows(page.getByTestId("notice"), /Imported: 1 service; 1 question open\./);
  await shows(answer(page, "cheapest"), /checkout has no memory yet/);
  await button(page, "Answer").click();
  await shows(panel(page).locator(".given-files"), /main\.tf/);
  assert.equal(await questions.getByLabel("var.count").inputValue(), "7");
  await questions.getByLabel("var.memory").fill("1024");
  await page.keyboard.press("Tab");
  await shows(questions, /^Answered/);
  await button(page, "Take this scenario").click();
  await shows(answer(page, "cheapest"), /\/month/);
  assert.equal((await kept(page)).services[0].desiredCount, 7);
});

visit("a reload keeps what the scenario was made of, and what it replaced is saved", {}, async (page) => {
  await field(page, "name").fill("Mine");
  await field(page, "services[0].desiredCount").fill("8");
  await choose(page, { "main.tf": TERRAFORM.replace("var.memory", "1024") });
  await button(page, "Take this scenario").click();
  await shows(page.getByTestId("notice"), /saved as “Mine \(before an import\)”/);
  await page.reload();
  await field(page, "services[0].desiredCount").fill("20");
  await page.getByTestId("open-export").click();
  await page.locator("#export-format").selectOption("Changes of the imported files");
  await shows(() => page.getByTestId("export-text").inputValue(), /\+  desired_count   = 20\n/);
  await page.keyboard.press("Escape");
  await field(page, "services[0].desiredCount").fill("12");
  await page.getByTestId("open-export").click();
  await page.locator("#export-format").selectOption("Changes of the imported files");
  await shows(page.locator(".export"), /Nothing changes/);
  assert.ok(await page.getByRole("button", { name: /^Download/ }).isDisabled());
  assert.equal(await page.getByTestId("export-text").count(), 0);
});

visit("a folder is read by its names, and one thing that cannot be read keeps nothing away", {}, async (page) => {
  const folder = mkdtempSync(join(tmpdir(), "eniac-"));
  try {
    const infra = join(folder, "infra");
    for (const [name, text] of Object.entries({
      "main.tf": TERRAFORM.replace("var.memory", "1024"),
      "modules/extra/variables.tf": 'variable "x" { default = 1 }\n',
      "README.md": "# Infra\n",
      ".terraform/modules/other.tf": "hidden",
      "node_modules/a/package.json": "{}",
    })) {
      mkdirSync(join(infra, name, ".."), { recursive: true });
      writeFileSync(join(infra, name), text);
    }
    writeFileSync(join(folder, "notes.txt"), "name,cpu,memory\nweb,256,512\n");
    const names = () => panel(page).locator(".given-name").allInnerTexts();
    // Chosen.
    await page.getByTestId("open-import").click();
    await page.getByTestId("import-folder").setInputFiles(infra);
    await becomes(names, ["infra/main.tf", "infra/modules/extra/variables.tf"]);
    await shows(page.locator(".import-status"), /In these files: 1 service/);
    await page.keyboard.press("Escape");
    await page.reload();
    await shows(answer(page, "predicted"), /\/month/);
    // Dropped, beside a file.
    await letGo(page, [infra, join(folder, "notes.txt")]);
    await becomes(names, ["notes.txt", "infra/main.tf", "infra/modules/extra/variables.tf"]);
    await page.locator("[data-testid=import][data-busy=false]").waitFor();
    await shows(page.locator(".import-status"), /In these files: \d services?/);
    // A file that is gone since is named; the others are read.
    rmSync(join(folder, "notes.txt"));
    await button(page, "Leave infra/modules/extra/variables.tf out").click();
    await shows(panel(page).locator(".given-files"), /notes\.txt[\s\S]*cannot be read: moved or changed since/);
    await shows(page.locator(".import-status"), /In these files: 1 service/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Lets go of files and folders of the disk over the page, as the system does. */
async function letGo(page, files) {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await devtools.send("Input.dispatchDragEvent", { type, x: 700, y: 400, data });
  }
}

visit("services are added beside those that are there", {}, async (page) => {
  await choose(page, { "ten.json": scenario("managed-10-tasks-of-3500-mib") });
  await button(page, "Add the services").click();
  await shows(page.getByTestId("notice"), /Added: 1 service/);
  const { services } = await kept(page);
  assert.equal(services.length, 2);
  assert.equal(services[1].desiredCount, 10);
  assert.notEqual(services[0].name, services[1].name);
  await button(page, "Take it back").click();
  assert.equal((await kept(page)).services.length, 1);
});

visit("files dropped anywhere, and text pasted outside of a field, open the import", {}, async (page) => {
  const text = scenario("managed-10-tasks-of-3500-mib").toString();
  await dropped(page, { "dropped.json": text });
  await shows(panel(page).locator(".given-files"), /dropped\.json\s+\d+ B\s+a scenario of eniac's/);
  await page.keyboard.press("Escape");
  assert.equal(await pasted(page, "body", "name\tcpu\tmemory\nweb\t256\t512\n"), true);
  await shows(panel(page).locator(".given-files"), /dropped\.json[\s\S]*pasted text/);
  await page.keyboard.press("Escape");
  // Into a field goes what is pasted into a field; cells among the services do not.
  assert.equal(await pasted(page, "[id='field:name']", "a name"), false);
  assert.equal(await pasted(page, "[id='field:services[0].taskDefinition.cpu']", "512"), false);
  assert.equal(await pasted(page, "[id='field:services[0].name']", "web\t256\t512"), true);
  await shows(panel(page).locator(".given-files"), /pasted text 2/);
});

visit("hostile and useless files are told, and everything is as it was", {}, async (page) => {
  await field(page, "services[0].desiredCount").fill("17");
  await shows(answer(page, "predicted"), /17 × t4g\.small/);
  const before = await kept(page);
  const deep = "[".repeat(200_000);
  await choose(page, {
    "cluster.zip": Buffer.from([0x50, 0x4b, 3, 4, 20, 0]),
    "deep.json": deep,
    "binary.tf": Buffer.from([0xff, 0x00, 0xfe, 0x80]),
    "empty.yaml": "",
    "numbers.json": `{"services": ${"9".repeat(5_000)}}`,
  });
  for (const told of [
    /cluster\.zip\s+the file is a zip archive/,
    /deep\.json\s+/,
    /binary\.tf\s+the file is/,
    /empty\.yaml\s+the file is empty/,
    /numbers\.json/,
  ]) await shows(page.getByTestId("account"), told);
  await page.keyboard.press("Escape");
  assert.deepEqual(await kept(page), before);
  await shows(answer(page, "predicted"), /17 × t4g\.small/);
  await field(page, "services[0].desiredCount").fill("6");
  await shows(answer(page, "predicted"), /6 × t4g\.small/);
});

visit("a file that is too long is refused before it is read", {}, async (page) => {
  await page.getByTestId("open-import").click();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(100 << 20)], "state.json"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await shows(page.getByTestId("notice"), /state\.json has 100 MiB: at most 32 MiB/);
  assert.equal(await panel(page).locator(".given-files li").count(), 0);
});

const TERRAFORM = `variable "memory" {
  type = number
}

resource "aws_ecs_task_definition" "checkout" {
  family                   = "checkout"
  network_mode             = "awsvpc"
  requires_compatibilities = ["EC2"]
  cpu                      = 512
  memory                   = var.memory # set per environment
  container_definitions    = jsonencode([{ name = "app", image = "checkout:1", essential = true }])
}

resource "aws_ecs_service" "checkout" {
  name            = "checkout"
  cluster         = "prod"
  desired_count   = 12
  task_definition = aws_ecs_task_definition.checkout.arn
}
`;

visit("what the files do not say is asked for, and the answer is taken into the scenario", {}, async (page) => {
  await choose(page, { "main.tf": TERRAFORM });
  const questions = page.getByTestId("questions");
  await shows(questions, /What the files do not say[\s\S]*var\.memory[\s\S]*main\.tf:1 /);
  await questions.getByLabel("var.memory").fill("3072");
  await page.keyboard.press("Tab");
  await shows(questions, /^Answered[\s\S]*your answer/);
  await button(page, "Take this scenario").click();
  await shows(answer(page, "cheapest"), /\/month/);
  const [service] = (await kept(page)).services;
  assert.deepEqual(
    [service.name, service.desiredCount, `${service.taskDefinition.memory}`],
    ["checkout", 12, "3072"],
  );
});

visit("a change is carried back into the files that were imported", {}, async (page) => {
  await choose(page, { "main.tf": TERRAFORM.replace("var.memory", "1024") });
  await button(page, "Take this scenario").click();
  await field(page, "services[0].desiredCount").fill("20");
  await page.getByTestId("open-export").click();
  const text = page.getByTestId("export-text");
  await page.locator("#export-format").selectOption("Changes of the imported files");
  await shows(() => text.inputValue(), /-  desired_count   = 12\n\+  desired_count   = 20\n/);
  // It is kept with the scenario that is saved.
  await page.keyboard.press("Escape");
  await page.getByTestId("open-saved").click();
  await page.locator("#save-name").fill("checkout");
  await page.keyboard.press("Enter");
  await shows(page.locator(".saved .proposal-note"), /Saved/);
  await page.reload();
  await page.getByTestId("open-saved").click();
  await button(page, "checkout").click();
  await page.getByTestId("open-export").click();
  await page.locator("#export-format").selectOption("Changes of the imported files");
  await shows(() => text.inputValue(), /\+  desired_count   = 20\n/);
});

visit("usage suggests sizes of the services on the page, with the headroom that is set", {}, async (page) => {
  const events = Array.from({ length: 100 }, (_, minute) => JSON.stringify({
    Type: "Task", TaskId: "0f1e", ServiceName: "web", ClusterName: "shop",
    Timestamp: 1_767_225_600_000 + minute * 60_000,
    CpuUtilized: 60 + (minute % 10), CpuReserved: 512, MemoryUtilized: 300 + minute, MemoryReserved: 1024,
  })).join("\n");
  await choose(page, { "events.log": events });
  const suggestions = page.getByTestId("suggestions");
  await shows(suggestions, /web: memory 1,024 → \d+ MiB/);
  const size = async () => /1,024 → (\d+) MiB/.exec(await suggestions.innerText())?.[1];
  const lean = await size();
  await page.getByLabel("Headroom above what was used").fill("100");
  await page.keyboard.press("Tab");
  await shows(async () => `${(await size()) !== lean}`, /true/);
  const roomy = await size();
  assert.ok(Number(roomy) > Number(lean), `${roomy} MiB with more headroom, ${lean} with less`);
  await shows(page.locator(".import-status"), /In these files: sizes for web\./);
  // With nothing ticked there is nothing to take, and nothing to take back.
  assert.ok(await button(page, "Take it into the scenario").isDisabled());
  await suggestions.getByLabel(/web: memory/).check();
  await button(page, "Take it into the scenario").click();
  const [service] = (await kept(page)).services;
  assert.equal(`${service.taskDefinition.memory}`, roomy);
  assert.equal(service.desiredCount, 30, "the rest of the scenario is as it was");
});
