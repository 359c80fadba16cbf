// Somebody else's website: pages from an origin of their own that carry the script tag, without
// any of the demo's care.

import { type Server as Listener, createServer } from "node:http";

export class Shop {
  address = "";

  private constructor(private readonly listener: Listener) {}

  /** Serves pages, by path. */
  static async open(pages: Record<string, string>): Promise<Shop> {
    const listener = createServer((request, answer) => {
      const page = pages[request.url ?? ""];
      answer.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
      answer.end(page ?? "");
    });
    const shop = new Shop(listener);
    await new Promise<void>((done) => listener.listen(0, "127.0.0.1", done));
    const own = listener.address();
    if (own === null || typeof own === "string") throw new Error("no port");
    shop.address = `http://127.0.0.1:${own.port}`;
    return shop;
  }

  async close(): Promise<void> {
    this.listener.closeAllConnections();
    await new Promise((done) => this.listener.close(done));
  }
}

/** The tag that brings the chat, with further attributes. */
export function tag(backend: string, attributes = "", site = "demo-support"): string {
  return `<script async src="${backend}/parlour.js" data-site="${site}" ${attributes}></script>`;
}
