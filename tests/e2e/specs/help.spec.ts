// Help among agents: where a running session stands, and what one who calls for help brings about
// (P4 to P8).

import type { Page } from "@playwright/test";

import { Agent } from "../support/agent.ts";
import { violations } from "../support/axe.ts";
import { expectTexts } from "../support/messages.ts";
import type { Server } from "../support/server.ts";
import { type Shop, tag } from "../support/shop.ts";
import { expect, test } from "../support/test.ts";
import type { Visitor } from "../support/visitor.ts";

type NewShop = (pages: Record<string, string>) => Promise<Shop>;

/** The page of a channel in which Ana answers, and nobody else. */
async function pressRoom(server: Server, newShop: NewShop): Promise<Shop> {
  await server.administer("add-channel", "--name", "Press", "--site-key", "press-room", "--agent", "ana@example.com");
  return newShop({ "/": `<!doctype html><title>Press</title><body>${tag(server.address, "", "press-room")}` });
}

/** Everything a page's sockets are told from now on. */
function everythingTold(page: Page): string[] {
  const told: string[] = [];
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => told.push(payload.toString()));
  });
  return told;
}

async function conversation(visitor: Visitor, first: string, path?: string): Promise<void> {
  await visitor.visit(path);
  await visitor.open();
  await visitor.send(first);
}

/** The agent owns it. */
async function owning(agent: Agent, hint: string): Promise<Agent> {
  await agent.signIn();
  await agent.openConversation(hint);
  await agent.take();
  return agent;
}

/** Who asks for help in the open conversation, as the strip under its head says. */
function strip(agent: Agent) {
  return agent.chat.getByRole("status").filter({ hasText: "Ana asks for help." });
}

/** Another tab of the agent's browser, at the same address. */
async function secondTab(agent: Agent): Promise<Agent> {
  const page = await agent.page.context().newPage();
  await page.goto(agent.page.url());
  return new Agent(page, agent.address, agent.email, agent.language);
}

test("waiting for customer is yellow with an hourglass for everybody, until the customer writes (P4, P5)", async ({
  newVisitor,
  newAgent,
}) => {
  const visitor = await newVisitor();
  await conversation(visitor, "Is it in stock?");
  const ana = await owning(await newAgent("ana"), "stock");
  const ben = await newAgent("ben");
  await ben.signIn();
  await expect(ana.status("in_progress")).toHaveAttribute("aria-pressed", "true");
  await expect(ben.rows.first()).toHaveAttribute("data-live-status", "in_progress");

  await ana.setStatus("waiting_for_customer");
  await expect(ana.status("in_progress")).toHaveAttribute("aria-pressed", "false");
  const expectWaiting = async (agent: Agent) => {
    const row = agent.rows.first();
    await expect(row).toHaveAttribute("data-live-status", "waiting_for_customer");
    await expect(row).toHaveCSS("background-color", "rgb(255, 244, 220)");
    await expect(row.getByRole("img", { name: "Waiting for customer" })).toBeVisible();
  };
  for (const agent of [ana, ben]) {
    await expectWaiting(agent);
    await agent.page.reload();
    await expectWaiting(agent);
    expect(await violations(agent.page)).toEqual([]);
  }
  await expect(ana.status("waiting_for_customer")).toHaveAttribute("aria-pressed", "true");
  // Who takes no part cannot set it.
  await ben.rows.first().click();
  await expect(ben.log).toContainText("Is it in stock?");
  await expect(ben.status("in_progress")).toBeHidden();

  await visitor.send("The blue one");
  for (const agent of [ana, ben]) {
    await expect(agent.rows.first()).toHaveAttribute("data-live-status", "in_progress");
    await expect(agent.rows.first().getByRole("img", { name: "Waiting for customer" })).toBeHidden();
  }
  await expect(ana.status("in_progress")).toHaveAttribute("aria-pressed", "true");
});

test("every agent sees where help is wanted, by whom and for how long, and reads without joining (P6, P7)", async ({
  server,
  newShop,
  newVisitor,
  newAgent,
}) => {
  const visitor = await newVisitor({ shop: await pressRoom(server, newShop) });
  const told = everythingTold(visitor.page);
  await conversation(visitor, "It smells of smoke", "/");
  const ana = await owning(await newAgent("ana"), "smoke");
  const [ben, sol] = [await newAgent("ben"), await newAgent("sol")];
  for (const agent of [ben, sol]) {
    await agent.signIn();
    await expect(agent.list).toContainText("No conversations yet");
  }
  await ana.openInformation();
  await ana.expertise("Technical").check();
  await ana.setStatus("ask_for_help");

  for (const agent of [ana, ben, sol]) {
    await expect(agent.calls).toHaveCount(1);
    await expect(agent.calls).toContainText("Press");
    await expect(agent.calls).toHaveAttribute("data-live-status", "looking_for_help");
    await expect(agent.calls.getByRole("img", { name: /^Help wanted for \d+ sec$/ })).toBeVisible();
    await expect(agent.under("Press")).toHaveCount(0);
  }
  await expect(ana.section("agent.info.conversation")).toContainText("Looking for help");
  // Ben is good at what is wanted, Sol is not.
  await expect(ben.calls.getByRole("img", { name: "Your expertise" })).toBeVisible();
  await expect(sol.calls.getByRole("img", { name: "Your expertise" })).toBeHidden();
  // Nobody misses it, whichever tab they are on.
  await sol.tab("mine").click();
  await expect(sol.calls).toHaveCount(1);
  await server.moveClock(180_000);
  await ben.page.reload();
  await expect(ben.calls.getByRole("img", { name: "Help wanted for 3 min" })).toBeVisible();

  await ben.calls.click();
  await expectTexts(ben.log, ["It smells of smoke"]);
  await expect(strip(ben)).toBeVisible();
  await expect(ben.chat).toContainText("Ana answers here. Sending joins the conversation.");
  await expect(ben.joinButton).toBeVisible();
  await expect(ben.takeButton).toBeHidden();
  await expect(ben.status("in_progress")).toBeHidden();
  await expect(ana.joinButton).toBeHidden();
  const tab = await secondTab(ben);
  await expect(strip(tab)).toBeVisible();
  await visitor.send("And now it is warm");
  for (const agent of [ben, tab, ana]) await expectTexts(agent.log, ["It smells of smoke", "And now it is warm"]);
  expect(await violations(ben.page)).toEqual([]);
  expect(await violations(ana.page)).toEqual([]);

  await expect(ben.calls).toHaveCount(1);
  await expect(visitor.log).not.toContainText("Ben");
  for (const word of ['"Ben"', "looking_for_help", "Technical"]) expect(told.join("\n"), word).not.toContain(word);
});

test("who joins brings it back under its channel, the customer is told, and the helper stays (P8)", async ({
  server,
  newShop,
  newVisitor,
  newAgent,
}) => {
  const visitor = await newVisitor({ shop: await pressRoom(server, newShop) });
  await conversation(visitor, "It smells of smoke", "/");
  const ana = await owning(await newAgent("ana"), "smoke");
  const [ben, sol] = [await newAgent("ben"), await newAgent("sol")];
  for (const agent of [ben, sol]) await agent.signIn();
  await ana.setStatus("ask_for_help");
  await expect(sol.calls).toHaveCount(1);
  await ben.calls.click();
  await ben.joinButton.click();

  await expect(visitor.log).toContainText("Ben joined the conversation");
  for (const agent of [ana, ben]) {
    await expect(agent.under("Press")).toHaveCount(1);
    await expect(agent.under("Press")).toHaveAttribute("data-live-status", "in_progress");
    await expect(agent.calls).toHaveCount(0);
    await expect(strip(agent)).toBeHidden();
    await expect(agent.status("in_progress")).toHaveAttribute("aria-pressed", "true");
  }
  await expect(ben.joinButton).toBeHidden();
  await expect(sol.rows).toHaveCount(0);
  await ben.tab("mine").click();
  await expect(ben.rows).toHaveCount(1);

  await ben.page.reload();
  await expect(ben.under("Press")).toHaveCount(1);
  await ben.send("Open a window");
  await expectTexts(visitor.log, ["It smells of smoke", "Open a window"]);
  await visitor.send("It is open");
  await expectTexts(ben.log, ["It smells of smoke", "Open a window", "It is open"]);
});

test("of two who join at once one helps, and the other reads who was first (P8)", async ({
  server,
  newShop,
  newVisitor,
  newAgent,
}) => {
  const visitor = await newVisitor({ shop: await pressRoom(server, newShop) });
  await conversation(visitor, "It smells of smoke", "/");
  const ana = await owning(await newAgent("ana"), "smoke");
  const [ben, sol] = [await newAgent("ben"), await newAgent("sol")];
  for (const agent of [ben, sol]) await agent.signIn();
  await ana.setStatus("ask_for_help");
  for (const agent of [ben, sol]) {
    await agent.calls.click();
    await expectTexts(agent.log, ["It smells of smoke"]);
  }
  // Found before either presses: whoever is late may have no button left.
  const buttons = await Promise.all([ben, sol].map((agent) => agent.joinButton.elementHandle()));
  await Promise.all(buttons.map((button) => button!.evaluate((element) => (element as HTMLElement).click())));

  await expect(visitor.log).toContainText(/(Ben|Sol) joined the conversation/);
  const isBen = (await visitor.log.textContent())!.includes("Ben joined");
  const [first, late] = isBen ? [ben, sol] : [sol, ben];
  const [winner, loser] = isBen ? ["Ben", "Sol"] : ["Sol", "Ben"];
  await expect(late.chat.getByRole("alert").filter({ hasText: `${winner} is helping now.` })).toBeVisible();
  await expect(late.rows).toHaveCount(0);
  expect(await violations(late.page)).toEqual([]);
  await expect(first.under("Press")).toHaveCount(1);
  await first.send("I am here");
  await expectTexts(visitor.log, ["It smells of smoke", "I am here"]);
  await expect(visitor.log).not.toContainText(loser);
});

test("who presses Join too late, over a slow network, reads who was first (P8)", async ({
  server,
  newShop,
  newVisitor,
  newAgent,
  newNetwork,
}) => {
  const visitor = await newVisitor({ shop: await pressRoom(server, newShop) });
  await conversation(visitor, "It smells of smoke", "/");
  const ana = await owning(await newAgent("ana"), "smoke");
  const network = await newNetwork();
  const [ben, sol] = [await newAgent("ben"), await newAgent("sol", { network })];
  for (const agent of [ben, sol]) await agent.signIn();
  await ana.setStatus("ask_for_help");
  for (const agent of [ben, sol]) {
    await agent.calls.click();
    await expectTexts(agent.log, ["It smells of smoke"]);
  }
  network.stall();
  await sol.joinButton.click();
  await ben.joinButton.click();
  await expect(visitor.log).toContainText("Ben joined the conversation");
  network.heal();
  await expect(sol.chat.getByRole("alert").filter({ hasText: "Ben is helping now." })).toBeVisible();
  await expect(sol.rows).toHaveCount(0);
  await ana.send("Ben looks after you");
  await expectTexts(visitor.log, ["It smells of smoke", "Ben looks after you"]);
  await expect(visitor.log).not.toContainText("Sol");
});

test("a colleague of the channel who is late stays and reads who was first (P8)", async ({
  newVisitor,
  newAgent,
  newNetwork,
}) => {
  const visitor = await newVisitor();
  await conversation(visitor, "Hello?");
  const ana = await owning(await newAgent("ana"), "Hello?");
  const network = await newNetwork();
  const [ben, sol] = [await newAgent("ben"), await newAgent("sol", { network })];
  for (const agent of [ben, sol]) await agent.signIn();
  await ana.setStatus("ask_for_help");
  for (const agent of [ben, sol]) {
    await agent.calls.click();
    await expectTexts(agent.log, ["Hello?"]);
  }
  network.stall();
  await sol.joinButton.click();
  await ben.joinButton.click();
  await expect(visitor.log).toContainText("Ben joined the conversation");
  network.heal();
  await expect(sol.chat.getByRole("alert").filter({ hasText: "Ben came to help first." })).toBeVisible();
  await expect(sol.under("Support")).toHaveCount(1);
  await expectTexts(sol.log, ["Hello?"]);
  await expect(visitor.log).not.toContainText("Sol");
});

test("in progress, set by hand, ends the call, and who was reading is told and hears no more (P6, P8)", async ({
  server,
  newShop,
  newVisitor,
  newAgent,
}) => {
  const visitor = await newVisitor({ shop: await pressRoom(server, newShop) });
  await conversation(visitor, "It smells of smoke", "/");
  const ana = await owning(await newAgent("ana"), "smoke");
  const ben = await newAgent("ben");
  const told = everythingTold(ben.page);
  await ben.signIn();
  await ana.setStatus("ask_for_help");
  await ben.calls.click();
  await expectTexts(ben.log, ["It smells of smoke"]);

  await ana.setStatus("in_progress");
  await expect(ana.under("Press")).toHaveCount(1);
  const over = ben.chat.getByRole("alert").filter({ hasText: "Help has ended" });
  await expect(over).toContainText("It goes on with the agents of its channel.");
  await expect(ben.rows).toHaveCount(0);
  expect(await violations(ben.page)).toEqual([]);
  await visitor.send("for your ears only");
  await expectTexts(ana.log, ["It smells of smoke", "for your ears only"]);
  // What he hears next shows that he did not hear this.
  const other = await newVisitor();
  await conversation(other, "Anybody at Support?");
  await expect(ben.rows).toHaveCount(1);
  expect(told.join("\n")).not.toContain("for your ears only");

  // The address still names it: called again, he reads on where he was.
  await ana.setStatus("ask_for_help");
  await expect(ben.calls).toHaveCount(1);
  await expectTexts(ben.log, ["It smells of smoke", "for your ears only"]);
});

test("a call in one's own field is heard, on one of two pages (P7)", async ({
  server,
  newShop,
  newVisitor,
  newAgent,
}) => {
  const visitor = await newVisitor({ shop: await pressRoom(server, newShop) });
  await conversation(visitor, "It smells of smoke", "/");
  const ana = await owning(await newAgent("ana"), "smoke");
  const ben = await newAgent("ben");
  await ben.page.context().addInitScript(() => {
    window.heard = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...times) {
      window.heard.push("tone");
      return start.apply(this, times);
    };
  });
  await ben.signIn();
  const tab = await secondTab(ben);
  // A browser keeps a page silent until somebody has pressed something on it.
  for (const one of [ben, tab]) await one.tab("all").click();
  await ana.openInformation();
  await ana.expertise("Technical").check();
  await ana.setStatus("ask_for_help");
  for (const one of [ben, tab]) await expect(one.calls).toHaveCount(1);
  const tones = () => Promise.all([ben, tab].map((one) => one.page.evaluate(() => window.heard.length)));
  await expect.poll(async () => Math.max(...(await tones()))).toBe(2);
  expect((await tones()).sort()).toEqual([0, 2]);
});

test("on a phone the statuses and Join fit (P4, P8)", async ({ newVisitor, newAgent }) => {
  const phone = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };
  const visitor = await newVisitor();
  await conversation(visitor, "Hello?");
  const ana = await owning(await newAgent("ana", phone), "Hello?");
  const ben = await newAgent("ben", phone);
  await ben.signIn();
  for (const status of ["waiting_for_customer", "in_progress", "ask_for_help"] as const) {
    await ana.setStatus(status);
    await expect(ana.status(status)).toBeInViewport({ ratio: 1 });
  }
  await expect(ana.composer).toBeInViewport({ ratio: 1 });
  await ben.calls.click();
  await expect(ben.joinButton).toBeInViewport({ ratio: 1 });
  for (const { page } of [ana, ben]) {
    expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
    expect(await violations(page)).toEqual([]);
  }
});

test("axe finds nothing wrong with the statuses in the dark (P4)", async ({ newVisitor, newAgent }) => {
  const [one, other] = [await newVisitor(), await newVisitor()];
  await conversation(one, "first customer");
  await conversation(other, "second customer");
  const ana = await owning(await newAgent("ana", { colorScheme: "dark" }), "first customer");
  await ana.setStatus("waiting_for_customer");
  expect(await violations(ana.page)).toEqual([]);
  await ana.openConversation("second customer");
  await ana.take();
  await ana.setStatus("ask_for_help");
  await expect(ana.calls).toHaveCount(1);
  await ana.openInformation();
  expect(await violations(ana.page)).toEqual([]);
});
