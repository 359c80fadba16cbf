// What an agent waits for: the list after navigation, a conversation after a click.

import { expect, test } from "@playwright/test";

import { Agent } from "../support/agent.ts";
import { messagesIn } from "../support/messages.ts";
import { Server } from "../support/server.ts";
import { Visitor } from "../support/visitor.ts";
import { fresh, report, runs } from "./measure.ts";

test("agent", async ({ browser }) => {
  const server = await Server.start();
  const shop = await browser.newPage();
  const visitor = new Visitor(shop, server.address);
  await visitor.visit();
  await visitor.open();
  for (let number = 1; number <= 60; number += 1) await visitor.send(`Message ${number}`);
  await expect(visitor.log.locator("[data-state=queued],[data-state=sending]")).toHaveCount(0, {
    // A visitor who writes this much is told to wait in between.
    timeout: 300_000,
  });

  const list: number[] = [];
  const conversation: number[] = [];
  for (let run = 0; run <= runs; run += 1) {
    await fresh(browser, async (page) => {
      const agent = new Agent(page, server.address, "ana@example.com");
      await agent.signIn();
      // A return with nothing cached, as on the first page of a day.
      const debugging = await page.context().newCDPSession(page);
      await debugging.send("Network.setCacheDisabled", { cacheDisabled: true });
      await agent.visit();
      await agent.rows.first().waitFor();
      const listed = await page.evaluate(() => performance.now());
      const before = Date.now();
      await agent.rows.first().click();
      await messagesIn(agent.log).last().waitFor();
      if (run === 0) return;
      list.push(listed);
      conversation.push(Date.now() - before);
    });
  }
  await shop.close();
  report("Agents' app: 1.6 Mbit/s, 150 ms, processor slowed four times", [
    { name: "list shown, from navigation, nothing cached", values: list },
    { name: "conversation of 60 messages shown, from the click", values: conversation },
  ]);
  await server.remove();
});
