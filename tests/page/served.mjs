// The built page, served as users serve it: `cargo xtask serve`, on a free port.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { root } from "../npm/native.mjs";

/** Starts the server below `under`; resolves to its URL and the way to end it. */
export async function serve(under = "") {
  // Under `cargo xtask test` the running command serves too, and waits for no lock of cargo's.
  const running = process.env.ENIAC_XTASK;
  const [program, ...before] = running ? [running] : ["cargo", "xtask"];
  const args = [...before, "serve", "--no-build", "--port", "0", "--under", under];
  const server = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const end = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill();
      await once(server, "exit");
    }
  };
  // A test run that stops half-way leaves no server behind.
  process.once("exit", () => server.kill());
  for await (const line of createInterface({ input: server.stdout })) {
    const url = /served at (http:\S+)/.exec(line)?.[1];
    if (url) return { url, end };
  }
  throw new Error("cargo xtask serve ended without naming its address");
}
