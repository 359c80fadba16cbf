// Step 5 of the story: networks and servers die, and nothing is ever lost (V11, X5).

import type { Locator, Page } from "@playwright/test";

import { Agent, password } from "../support/agent.ts";
import { expectTexts, messageWith, textsIn } from "../support/messages.ts";
import { expect, test } from "../support/test.ts";
import { Visitor } from "../support/visitor.ts";

/** The state of the connection as everybody sees it. */
function banner(page: Page): Locator {
  return page.locator("[data-banner]");
}

/** Both talk already. */
async function begin(visitor: Visitor, agent: Agent): Promise<string[]> {
  await visitor.visit();
  await visitor.open();
  await visitor.send("Hello");
  await agent.signIn();
  await agent.openConversation("Hello");
  await agent.take();
  await agent.send("Good day");
  await expectTexts(visitor.log, ["Hello", "Good day"]);
  return ["Hello", "Good day"];
}

/** Everybody, live and after starting afresh, sees the same messages in the same order. */
async function expectSame(visitor: Visitor, agent: Agent, sent: string[]): Promise<void> {
  await expect.poll(async () => (await textsIn(agent.log)).toSorted(), { timeout: 45_000 }).toEqual(sent.toSorted());
  const order = await textsIn(agent.log);
  await expectTexts(visitor.log, order);
  await expect(visitor.log.locator("[data-state=queued],[data-state=sending],[data-state=failed]")).toHaveCount(0);
  await expect(agent.log.locator("[data-state=queued],[data-state=sending],[data-state=failed]")).toHaveCount(0);
  await visitor.page.reload();
  await visitor.ready();
  await showOlder(visitor.page, order.length);
  await expectTexts(visitor.log, order);
  await agent.page.reload();
  await showOlder(agent.page, order.length);
  await expectTexts(agent.log, order);
}

/** A page that starts afresh shows the newest messages; the others when their end is reached. */
async function showOlder(page: Page, messages: number): Promise<void> {
  if (messages < 40) return;
  const older = page.getByRole("button", { name: "Show earlier messages" });
  await older.scrollIntoViewIfNeeded();
  await expect(older).toBeHidden();
}

const cuts: [name: string, milliseconds: number][] = [
  ["a second", 1_000],
  ["a minute", 60_000],
  ["an hour", 3_600_000],
];

for (const side of ["visitor", "agent"] as const) {
  for (const [name, milliseconds] of cuts) {
    test(`the ${side}'s network is away for ${name}`, async ({ newVisitor, newAgent, newNetwork, server }) => {
      test.slow();
      const network = await newNetwork();
      const away = { network, clock: true };
      const visitor = await newVisitor(side === "visitor" ? away : {});
      const agent = await newAgent("ana", side === "agent" ? away : {});
      const sent = await begin(visitor, agent);
      const page: Page = side === "visitor" ? visitor.page : agent.page;
      const [cutOff, other] = side === "visitor" ? [visitor, agent] : [agent, visitor];

      network.cut();
      await expect(banner(page)).toContainText("Connection lost");
      for (const text of ["written without network", "and more"]) {
        await cutOff.send(text);
        sent.push(text);
      }
      await expect(messageWith(cutOff.log, "and more")).toHaveAttribute("data-state", "queued");
      await other.send("are you still there?");
      sent.push("are you still there?");
      await expect(messageWith(other.log, "are you still there?")).toHaveAttribute("data-state", /sent|delivered|read/);

      await server.moveClock(milliseconds);
      await page.clock.fastForward(milliseconds);
      network.heal();
      // The next attempt is at most 30 seconds away, whatever happened.
      await page.clock.fastForward(31_000);
      await expect(banner(page)).toHaveAttribute("data-banner", "none", { timeout: 40_000 });
      await expectSame(visitor, agent, sent);
    });
  }
}

test("a network that swallows everything is noticed, and nothing is doubled afterwards", async ({ newVisitor, newAgent, newNetwork }) => {
  const network = await newNetwork();
  const visitor = await newVisitor({ network, clock: true });
  const agent = await newAgent();
  const sent = await begin(visitor, agent);
  network.stall();
  await visitor.send("into the void");
  await agent.send("can you hear me?");
  sent.push("into the void", "can you hear me?");
  await expect(messageWith(visitor.log, "into the void")).toHaveAttribute("data-state", /sending|queued/);
  // Longer than the server's heartbeat and the grace behind it.
  await visitor.page.clock.fastForward(40_000);
  await expect(banner(visitor.page)).toContainText("Connection lost");
  network.heal();
  await visitor.page.clock.fastForward(31_000);
  await expectSame(visitor, agent, sent);
});

test("the browser says it is offline; the banner does, too, and writing goes on", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  const sent = await begin(visitor, agent);
  await visitor.page.context().setOffline(true);
  await expect(banner(visitor.page)).toContainText(/You are offline|Connection lost/);
  await visitor.send("written in a tunnel");
  sent.push("written in a tunnel");
  await visitor.page.context().setOffline(false);
  await expectSame(visitor, agent, sent);
});

test("the server is killed in the middle of a burst", async ({ newVisitor, newAgent, server }) => {
  test.slow();
  const visitor = await newVisitor();
  const agent = await newAgent();
  const sent = await begin(visitor, agent);
  for (let number = 1; number <= 30; number += 1) {
    const [one, other] = [`visitor ${number}`, `agent ${number}`];
    await Promise.all([visitor.send(one), agent.send(other)]);
    sent.push(one, other);
    if (number === 10 || number === 20) await server.kill();
    if (number === 13 || number === 23) await server.run();
  }
  await expectSame(visitor, agent, sent);
  const own = (await textsIn(visitor.log)).filter((text) => text.startsWith("visitor "));
  expect(own).toEqual(Array.from({ length: 30 }, (_, at) => `visitor ${at + 1}`));
});

test("the server stops politely and comes back", async ({ newVisitor, newAgent, server }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  const sent = await begin(visitor, agent);
  const outcome = await server.stop();
  expect([outcome.code, outcome.signal]).toEqual([0, null]);
  await visitor.send("while it is away");
  sent.push("while it is away");
  await server.run();
  await expectSame(visitor, agent, sent);
});

test("reloading in the middle loses neither the draft nor what waits to be sent", async ({ newVisitor, newAgent, server }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  const sent = await begin(visitor, agent);
  await visitor.page.routeWebSocket(/\/v1\/socket/, () => {
    // Opens and never says a word.
  });
  await visitor.page.reload();
  await visitor.ready();
  await visitor.send("waiting one");
  await visitor.send("waiting two");
  sent.push("waiting one", "waiting two");
  await expect(messageWith(visitor.log, "waiting two")).toHaveAttribute("data-state", "queued");
  await visitor.composer.fill("a draft");
  await expect
    .poll(() => visitor.page.evaluate(() => Object.values(localStorage).some((value) => String(value).includes("a draft"))))
    .toBe(true);

  const later = await visitor.page.context().newPage();
  await visitor.page.close();
  await later.goto(`${server.address}/demo/`);
  const returned = new Visitor(later, visitor.address);
  await expect(returned.launcher).toBeVisible();
  await returned.open();
  await expect(returned.composer).toHaveValue("a draft");
  await expectSame(returned, agent, sent);
});

test("a second tab shows the same, live, each message once", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  const sent = await begin(visitor, agent);
  const page = await visitor.page.context().newPage();
  const second = new Visitor(page, visitor.address);
  await second.visit();
  await second.open();
  await expectTexts(second.log, sent);
  await visitor.send("from the first tab");
  await second.send("from the second tab");
  await agent.send("to both");
  sent.push("from the first tab", "from the second tab", "to both");
  await expectSame(visitor, agent, sent);
  await expectTexts(second.log, await textsIn(agent.log));

  const agentPage = await agent.page.context().newPage();
  await agentPage.goto(agent.page.url());
  const other = new Agent(agentPage, agent.address, agent.email);
  await expectTexts(other.log, await textsIn(agent.log));
  await other.send("from the agent's second tab");
  sent.push("from the agent's second tab");
  await expectSame(visitor, agent, sent);
});

test("what a tab could not send before it was closed is sent by one that lives", async ({ newVisitor, newAgent }) => {
  test.slow();
  const visitor = await newVisitor();
  const agent = await newAgent();
  const sent = await begin(visitor, agent);
  const page = await visitor.page.context().newPage();
  await page.routeWebSocket(/\/v1\/socket/, () => {
    // Opens and never says a word.
  });
  const second = new Visitor(page, visitor.address);
  await second.visit();
  await second.open();
  for (const text of ["left behind", "and more"]) {
    await second.send(text);
    await expect(messageWith(second.log, text)).toHaveAttribute("data-state", "queued");
    sent.push(text);
  }
  await page.close();
  // The first tab gives the second ten seconds to do it itself.
  await expectTexts(visitor.log, sent);
  await expectSame(visitor, agent, sent);
});

test("what one agent left is not sent by another who has the cookie now", async ({ newVisitor, newAgent, newNetwork, server }) => {
  const network = await newNetwork();
  const visitor = await newVisitor();
  const ana = await newAgent("ana", { network });
  const sent = await begin(visitor, ana);
  const signIn = async (name: string) => {
    const answer = await ana.page.context().request.post(`${server.address}/v1/sign-in`, {
      data: { email: `${name}@example.com`, password },
      headers: { origin: server.address },
    });
    expect(answer.ok()).toBe(true);
  };
  network.cut();
  await ana.send("from Ana");
  await expect(messageWith(ana.log, "from Ana")).toHaveAttribute("data-state", "queued");
  await signIn("ben");
  network.heal();

  const ben = new Agent(ana.page, ana.address, "ben@example.com");
  await ben.openAccount();
  await ben.page.keyboard.press("Escape");
  await expectTexts(ben.log, sent);
  await ben.send("from Ben");
  sent.push("from Ben");
  await expectTexts(visitor.log, sent);

  await signIn("ana");
  await ana.page.reload();
  await ana.openAccount();
  await ana.page.keyboard.press("Escape");
  sent.push("from Ana");
  await expectTexts(visitor.log, sent);
});
