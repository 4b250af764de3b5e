import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { Program } from "./zone/program";

// Each file of journeys, at each size, has a program and a demo zone of its own, so that no journey finds what another left behind, in whatever order
// they go, and two can go side by side. The demo is loaded once (prepare.ts); the others begin with a copy of its folder.

const first = Number(process.env.E2E_PORT ?? 18480);

/** A folder that PostgreSQL's user can enter, below the system's temporary one. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), "parkway-e2e-"));
  chmodSync(path, 0o755);
  return path;
}

/** Starts a demo on a folder; another program may take a port of the engine between its choosing and its use, then it is started once more. */
export async function demo(data: string, port: number) {
  for (let again = true; ; again = false) {
    const program = new Program(data, port, { demo: true });
    try {
      await program.ready();
      return program;
    } catch (fault) {
      await program.stop();
      if (!again) throw fault;
    }
  }
}

/** The loaded demo's folder, and the port of the one that loads it. */
export const loaded = { folder: () => process.env.PARKWAY_E2E_LOADED!, port: first };

/** `zone` names whose zone it is: `test.use({ zone: "lists" })` at the head of a file. AT=http://… tries a program that runs already. */
export const test = base.extend<object, { zone: string; program: string }>({
  zone: ["", { scope: "worker", option: true }],
  program: [
    async ({ zone }, use, info) => {
      if (process.env.AT) return use(process.env.AT);
      if (!zone) throw new Error('a file of journeys says whose zone it goes in: test.use({ zone: "…" })');
      const own = folder();
      try {
        execFileSync("cp", ["-a", "--reflink=auto", join(loaded.folder(), "data"), own]);
        rmSync(join(own, "data", "engine-ports"), { force: true });
        const program = await demo(join(own, "data"), first + 1 + info.parallelIndex);
        await use(program.url);
        await program.stop();
      } finally {
        rmSync(own, { recursive: true, force: true });
      }
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ program }, use) => use(program),
});
