// What 50 MiB cost the browser's memory, sent by one side and fetched by the other.
//
// Heaps are read after a collection, at rest and every 200 ms while the bytes move; what counts is
// the most that a page had above what it had at rest.

import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Page, expect, test } from "@playwright/test";

import { Agent } from "../support/agent.ts";
import { choose, tilesIn } from "../support/files.ts";
import { putNoScript } from "../support/script.ts";
import { Server } from "../support/server.ts";
import { Visitor } from "../support/visitor.ts";

const size = 52_428_800;
const mebibyte = 1_048_576;

/** The most memory that scripts and WebAssembly held meanwhile above what they held before, in bytes. */
async function growthDuring(page: Page, work: () => Promise<unknown>): Promise<number> {
  const debugging = await page.context().newCDPSession(page);
  await debugging.send("Performance.enable");
  const held = async () => {
    const { metrics } = await debugging.send("Performance.getMetrics");
    const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")!.value;
    const { backingStorageSize = 0 } = (await debugging.send("Runtime.getHeapUsage")) as { backingStorageSize?: number };
    return heap + backingStorageSize;
  };
  await debugging.send("HeapProfiler.collectGarbage");
  const before = await held();
  let most = before;
  let ended = false;
  const working = work().finally(() => (ended = true));
  while (!ended) {
    most = Math.max(most, await held());
    await new Promise((done) => setTimeout(done, 200));
  }
  await working;
  await debugging.detach();
  return most - before;
}

test("files", async ({ browser }) => {
  const path = join(tmpdir(), "parlour-fifty.bin");
  const file = await open(path, "w");
  await file.truncate(size);
  await file.close();
  const server = await Server.start(undefined, (data) => putNoScript(data, "demo-support"));
  const [shop, desk] = [await browser.newContext(), await browser.newContext()];
  const visitor = new Visitor(await shop.newPage(), server.address);
  await visitor.visit();
  await visitor.open();
  await visitor.send("Hello?");
  const agent = new Agent(await desk.newPage(), server.address, "ana@example.com");
  await agent.signIn();
  await agent.openConversation("Hello?");
  await agent.take();

  const line = (name: string, growth: number) => {
    console.log(`  ${name.padEnd(36)} ${(growth / mebibyte).toFixed(1).padStart(6)} MiB (goal 30)`);
    return growth;
  };
  console.log("\n50 MiB, most memory above rest");
  for (const [name, from, to] of [["visitor", visitor, agent], ["agent", agent, visitor]] as const) {
    await choose(from.attachButton, [path]);
    const arrived = async () => {
      const before = await tilesIn(to.log).count();
      await from.send(`Fifty from the ${name}`);
      await expect(tilesIn(to.log)).toHaveCount(before + 1, { timeout: 120_000 });
    };
    const growth = line(`${name} sends`, await growthDuring(from.page, arrived));
    expect(growth).toBeLessThan(30 * mebibyte);
    const fetched = async () => {
      const download = to.page.waitForEvent("download");
      await tilesIn(to.log).last().getByRole("link", { name: /Download/ }).click();
      await (await download).path();
    };
    const fetching = line(`${name === "agent" ? "visitor" : "agent"} fetches`, await growthDuring(to.page, fetched));
    expect(fetching).toBeLessThan(30 * mebibyte);
  }
  await Promise.all([shop.close(), desk.close()]);
  await server.remove();
});
