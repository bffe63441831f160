import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const program = process.env.SAMVERKAN ?? resolve(import.meta.dirname ?? "", "../target/debug/samverkan");
const site = process.env.SAMVERKAN_SITE ?? resolve(import.meta.dirname ?? "", "../target/site");

/** How long a server may take to fill its municipality and answer. */
const patience = 60_000;

/** The real program with a demo municipality of its own, in a folder that goes when it stops. */
export class Server {
  /** Everything it has said so far. */
  output = "";

  private constructor(
    /** `http://127.0.0.1:PORT` */
    readonly origin: string,
    /** Where its data lies. */
    readonly folder: string,
    private readonly child: ChildProcess,
  ) {
    child.stdout?.on("data", (said) => (this.output += said));
    child.stderr?.on("data", (said) => (this.output += said));
  }

  /** A server on a copy of what another left behind, or on a municipality made anew, which takes seconds. */
  static async start(from?: string): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), "samverkan-journey-"));
    if (from) await cp(from, folder, { recursive: true });
    const listen = `127.0.0.1:${await freePort()}`;
    const args = ["demo", "--data", folder, "--site", site, "--listen", listen];
    const server = new Server(`http://${listen}`, folder, spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] }));
    await server.answers();
    return server;
  }

  /** Waits until it answers anything at all. */
  private async answers(): Promise<void> {
    const until = Date.now() + patience;
    while (Date.now() < until) {
      if (this.child.exitCode !== null) throw new Error(`the server stopped at once:\n${this.output}`);
      const answer = await fetch(this.origin, { redirect: "manual" }).catch(() => undefined);
      if (answer) return;
      await pause(50);
    }
    throw new Error(`the server did not answer within ${patience / 1000} s:\n${this.output}`);
  }

  /** Stops, its data left. */
  async rest(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = once(this.child, "exit");
    this.child.kill("SIGTERM");
    await gone;
  }

  async stop(): Promise<void> {
    await this.rest();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
