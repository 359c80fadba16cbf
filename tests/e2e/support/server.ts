// A real server in a process of its own: started, killed, started again at the same place,
// stopped politely, its clock moved.

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const root = resolve(import.meta.dirname, "../../..");

/** The server with the movable clock. */
export function serverBinary(): string {
  const found = [
    process.env.PARLOUR_SERVER,
    join(root, "target/end-to-end/parlour"),
    join(root, "target/debug/parlour"),
  ].find((path) => path && existsSync(path));
  if (!found) throw new Error("no server found; run `cargo xtask test`");
  return found;
}

export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stderr: string;
}

export class Server {
  private child!: ChildProcess;
  private ended!: Promise<Outcome>;
  private said!: () => string;
  private listen = "127.0.0.1:0";
  address = "";

  private constructor(
    readonly data: string,
    private readonly binary: string,
  ) {}

  /** Starts a server with demo data in a folder that is empty but for what is put there first. */
  static async start(binary = serverBinary(), prepare = async (_data: string) => {}): Promise<Server> {
    const data = await mkdtemp(join(tmpdir(), "parlour-"));
    const server = new Server(data, binary);
    await prepare(data);
    await server.run();
    return server;
  }

  /** `127.0.0.1:port` */
  get host(): string {
    return this.address.replace("http://", "");
  }

  get port(): number {
    return Number(this.host.split(":")[1]);
  }

  /** What it wrote for its operator since it was started. */
  get stderr(): string {
    return this.said();
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Starts again after `kill` or `stop`: the same folder, the same port. */
  async run(): Promise<void> {
    const { child, ended, said } = launch(this.binary, this.listen, this.data);
    this.child = child;
    this.ended = ended;
    this.said = said;
    const first = new Promise<string>((done) => {
      createInterface({ input: child.stdout! }).once("line", done);
    });
    const line = await Promise.race([
      first,
      ended.then(({ code, stderr }) => {
        throw new Error(`the server ended with ${code}: ${stderr}`);
      }),
    ]);
    this.address = line.replace("listening on ", "").trim();
    if (!/^http:\/\/[\d.]+:\d+$/.test(this.address)) {
      throw new Error(`the server's first line is ${JSON.stringify(line)}`);
    }
    this.listen = this.host;
  }

  /** As a power cut would: no goodbye, nothing finished. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.ended;
  }

  /** As an operator would; the outcome tells whether it ended well. */
  async stop(): Promise<Outcome> {
    this.child.kill("SIGTERM");
    return this.ended;
  }

  /** Lets a conversation go on for many messages while the server is away; pages are to be loaded again. */
  async fill(conversation: string, messages: number): Promise<void> {
    await this.stop();
    const options = ["--data", this.data, "--conversation", conversation, "--messages", String(messages)];
    await promisify(execFile)(this.binary, ["fill", ...options]);
    await this.run();
  }

  /** Lets an operator do something while the server is away; pages are to be loaded again. */
  async administer(...order: string[]): Promise<void> {
    await this.stop();
    await promisify(execFile)(this.binary, ["admin", ...order, "--data", this.data]);
    await this.run();
  }

  /** Moves the server's clock forward. */
  async moveClock(milliseconds: number): Promise<void> {
    const answer = await fetch(`${this.address}/v1/test-clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ advance_ms: milliseconds }),
    });
    if (!answer.ok) throw new Error(`the clock did not move: ${answer.status}`);
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.data, { recursive: true, force: true });
  }
}

/** Starts the program and leaves everything else to the caller. */
export function launch(binary: string, listen: string, data: string) {
  const child = spawn(binary, ["serve", "--listen", listen, "--data", data, "--demo"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const ended = new Promise<Outcome>((done) => {
    child.once("close", (code, signal) => done({ code, signal, stderr }));
  });
  return { child, ended, said: () => stderr };
}
