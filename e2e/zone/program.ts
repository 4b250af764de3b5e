import { execFile, spawn, type ChildProcess } from "node:child_process";

const standalone = "../bin/parkway-standalone";

/** parkway-standalone on a folder, as an office starts it; `demo` loads the demo's zone. */
export class Program {
  said = "";
  private readonly child: ChildProcess;

  constructor(private readonly folder: string, private readonly port: number, private readonly options = { demo: false }) {
    this.child = spawn(standalone, { env: this.env() });
    const hear = (bytes: Buffer) => (this.said += bytes);
    this.child.stdout!.on("data", hear);
    this.child.stderr!.on("data", hear);
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Two run side by side, each with a browser: what they throw away is collected before it fills a small machine. */
  private env() {
    return { GOMEMLIMIT: "600MiB", ...process.env, PARKWAY_DATA_DIR: this.folder, PARKWAY_DEMO: String(this.options.demo), PARKWAY_LISTEN: `127.0.0.1:${this.port}` };
  }

  /** Waits until it has printed something; fails with what it said when it ends, or after a minute. */
  async says(what: RegExp) {
    return (await this.until(`say ${what}`, async () => this.said.match(what)))[0];
  }

  async ready() {
    await this.until("be ready", async () => (await fetch(`${this.url}/readyz`).catch(() => null))?.ok || null);
  }

  private async until<T>(what: string, found: () => Promise<T | null>): Promise<T> {
    for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((go) => setTimeout(go, 50))) {
      if (this.child.exitCode !== null) throw new Error(`it ended with ${this.child.exitCode}: ${this.said}`); // first: another program may answer at its address
      const answer = await found();
      if (answer) return answer;
    }
    throw new Error(`it did not ${what} within a minute: ${this.said}`);
  }

  async stop() {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((done) => this.child.on("exit", done));
    this.child.kill("SIGTERM");
    await ended;
  }
}

/** Runs one of the program's commands on a folder and returns what it says; it fails when the command does, or takes two minutes. */
export function command(folder: string, ...words: string[]): Promise<string> {
  return new Promise((done, failed) =>
    execFile(standalone, words, { timeout: 120_000, env: { ...process.env, PARKWAY_DATA_DIR: folder } }, (fault, out, err) =>
      fault ? failed(new Error(`${words.join(" ")}: ${fault.message}\n${out}${err}`)) : done(out + err)),
  );
}
