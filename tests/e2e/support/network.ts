// A network that fails on demand: a TCP relay between one browser and the server, so that each
// side can be cut off by itself, in the ways real networks fail.

import { type Server as Listener, type Socket, createServer, connect } from "node:net";

type Mode = "open" | "cut" | "stalled";

export class Network {
  address = "";
  private mode: Mode = "open";
  private delay = 0;
  private readonly pairs = new Set<[Socket, Socket]>();

  private constructor(
    private readonly listener: Listener,
    private readonly port: number,
  ) {}

  static async to(port: number): Promise<Network> {
    const listener = createServer();
    const network = new Network(listener, port);
    listener.on("connection", (near) => network.join(near));
    await new Promise<void>((done) => listener.listen(0, "127.0.0.1", done));
    const own = listener.address();
    if (own === null || typeof own === "string") throw new Error("no port");
    network.address = `http://127.0.0.1:${own.port}`;
    return network;
  }

  /** Connections break, new ones fail. */
  cut(): void {
    this.mode = "cut";
    for (const [near, far] of this.pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  }

  /** Nothing passes and nobody is told: a dead router, a phone in a lift. */
  stall(): void {
    this.mode = "stalled";
    for (const [near, far] of this.pairs) {
      near.pause();
      far.pause();
    }
  }

  /** All is well again; what was stalled goes on. */
  heal(): void {
    this.mode = "open";
    for (const [near, far] of this.pairs) {
      near.resume();
      far.resume();
    }
  }

  /** Everything takes this long, each way. */
  slow(milliseconds: number): void {
    this.delay = milliseconds;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((done) => this.listener.close(done));
  }

  private join(near: Socket): void {
    if (this.mode === "cut") {
      near.resetAndDestroy();
      return;
    }
    const far = connect(this.port, "127.0.0.1");
    const pair: [Socket, Socket] = [near, far];
    this.pairs.add(pair);
    this.relay(near, far, pair);
    this.relay(far, near, pair);
    if (this.mode === "stalled") {
      near.pause();
      far.pause();
    }
  }

  private relay(from: Socket, to: Socket, pair: [Socket, Socket]): void {
    from.setNoDelay(true);
    from.on("data", (chunk) => {
      if (this.delay) setTimeout(() => to.writable && to.write(chunk), this.delay);
      else if (to.writable) to.write(chunk);
    });
    // A socket that is reset also closes; the error itself says nothing more.
    from.on("error", () => {});
    from.on("close", () => {
      this.pairs.delete(pair);
      to.destroy();
    });
  }
}
