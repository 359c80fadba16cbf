// What every story starts from: a server, people at browsers of their own, and an eye on what
// the browsers complain about.

import { type Browser, type BrowserContextOptions, type Page, expect, test as base } from "@playwright/test";

import { Agent } from "./agent.ts";
import { Network } from "./network.ts";
import { putChannel, putNoScript, putScript } from "./script.ts";
import { Server } from "./server.ts";
import { Shop } from "./shop.ts";
import type { Language } from "./texts.ts";
import { Visitor } from "./visitor.ts";

interface Options extends BrowserContextOptions {
  /** A shop other than the demo's. */
  shop?: Shop;
  /** Reach the server through this instead of directly. */
  network?: Network;
  language?: Language;
  /** The page's clock can be moved. */
  clock?: boolean;
}

interface Fixtures {
  /** What chatbots say, by site. A site that is not named has the demo's, if there is one. */
  scripts: Record<string, object | "none">;
  /** Hours and forms, by site. */
  channels: Record<string, object>;
  server: Server;
  /** Somebody at the demo shop. */
  newVisitor: (options?: Options) => Promise<Visitor>;
  /** Somebody at the agents' app, not signed in yet. */
  newAgent: (name?: "ana" | "ben" | "sol", options?: Options) => Promise<Agent>;
  /** Somebody else's website with these pages, by path. */
  newShop: (pages: Record<string, string>) => Promise<Shop>;
  /** A network of one's own to the server. */
  newNetwork: () => Promise<Network>;
  /** What browsers complained about; a story that expects something takes it out. */
  complaints: string[];
}

export const test = base.extend<Fixtures>({
  // Most stories are about people.
  scripts: [{ "demo-support": "none" }, { option: true }],

  channels: [{}, { option: true }],

  server: async ({ scripts, channels }, use) => {
    const server = await Server.start(undefined, async (data) => {
      for (const [site, script] of Object.entries(scripts)) {
        await (script === "none" ? putNoScript(data, site) : putScript(data, site, script));
      }
      for (const [site, channel] of Object.entries(channels)) await putChannel(data, site, channel);
    });
    await use(server);
    await server.remove();
  },

  complaints: async ({}, use) => {
    const complaints: string[] = [];
    await use(complaints);
    expect(complaints, "what browsers complained about").toEqual([]);
  },

  newNetwork: async ({ server }, use) => {
    const networks: Network[] = [];
    await use(async () => {
      const network = await Network.to(server.port);
      networks.push(network);
      return network;
    });
    await Promise.all(networks.map((network) => network.close()));
  },

  newShop: async ({}, use) => {
    const shops: Shop[] = [];
    await use(async (pages) => {
      const shop = await Shop.open(pages);
      shops.push(shop);
      return shop;
    });
    await Promise.all(shops.map((shop) => shop.close()));
  },

  newVisitor: async ({ browser, server, complaints }, use) => {
    const pages = people(browser, complaints);
    await use(async (options = {}) => {
      const page = await pages.add(options);
      const address = options.shop?.address ?? options.network?.address ?? server.address;
      return new Visitor(page, address, options.language);
    });
    await pages.leave();
  },

  newAgent: async ({ browser, server, complaints }, use) => {
    const pages = people(browser, complaints);
    await use(async (name = "ana", options = {}) => {
      const page = await pages.add(options);
      const address = options.network?.address ?? server.address;
      return new Agent(page, address, `${name}@example.com`, options.language);
    });
    await pages.leave();
  },
});

export { expect };

function people(browser: Browser, complaints: string[]) {
  const contexts: { close(): Promise<void> }[] = [];
  return {
    async add({ network: _, language: __, shop: ___, clock, ...options }: Options): Promise<Page> {
      const context = await browser.newContext(options);
      contexts.push(context);
      const page = await context.newPage();
      if (clock) await page.clock.install();
      listen(page, complaints);
      context.on("page", (other) => listen(other, complaints));
      return page;
    },
    async leave(): Promise<void> {
      await Promise.all(contexts.map((context) => context.close()));
    },
  };
}

/** Uncaught errors, and everything a Content-Security-Policy forbade. */
export function listen(page: Page, complaints: string[]): void {
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("console", (line) => {
    const said = line.text();
    if (/Content Security Policy|TrustedHTML|TrustedScript|panicked/i.test(said)) {
      complaints.push(said);
    }
  });
}
