// How people get work: states, offers, answers, misses (W1 to W4, G1, P12).

import { expectTexts } from "../support/messages.ts";
import type { Agent } from "../support/agent.ts";
import { violations } from "../support/axe.ts";
import { expect, test } from "../support/test.ts";
import { text } from "../support/texts.ts";
import type { Visitor } from "../support/visitor.ts";

type NewVisitor = (options?: { locale?: string }) => Promise<Visitor>;

/** Somebody at the shop who writes this. */
async function says(newVisitor: NewVisitor, words: string, locale = "en-US"): Promise<Visitor> {
  const visitor = await newVisitor({ locale });
  await visitor.visit();
  await visitor.launcher.click();
  await expect(visitor.page.getByRole("log")).toBeVisible({ timeout: 20_000 });
  await visitor.page.getByRole("dialog").getByRole("textbox").fill(words);
  await visitor.page.keyboard.press("Enter");
  return visitor;
}

/** Of two agents the one who holds the offer first. */
async function whoIsAsked(agents: Agent[], words: string): Promise<[Agent, Agent]> {
  const [one, other] = agents as [Agent, Agent];
  await expect(one.offers(words).or(one.page.locator("body"))).not.toHaveCount(0);
  await expect
    .poll(async () => (await one.offers(words).count()) + (await other.offers(words).count()))
    .toBe(1);
  return (await one.offers(words).count()) ? [one, other] : [other, one];
}

test("a card says who wants what, where, why, since when and how long it is held out (W1, P12)", async ({ newVisitor, newAgent }) => {
  const ana = await newAgent();
  await ana.signIn();
  await expect(ana.state).toHaveValue("available");
  await expect(ana.incoming).toBeHidden();
  await says(newVisitor, "¿Tenéis <b>esto</b> en azul & verde?", "es-MX");
  const card = ana.offers("¿Tenéis");
  await expect(card).toBeVisible();
  await expect(card).toContainText("¿Tenéis <b>esto</b> en azul & verde?");
  await expect(card.locator("[data-kind=visitor]")).toHaveCount(1);
  await expect(card).toContainText("Support");
  await expect(card).toContainText("Mexican Spanish");
  await expect(card).toContainText("Ana");
  await expect(card).toContainText(/Waiting 0:\d\d/);
  await expect(card.locator(".offer-left")).toHaveText(/^(30|2\d) sec$/);
  await expect(card.getByRole("heading")).toContainText("Visitor");
  await expect(ana.page).toHaveTitle(/^(\(\d+\) )?Incoming chat: Visitor/);
  await expect(ana.rows.first()).toContainText("sec");
});

test("only an available agent is offered work (W2)", async ({ newVisitor, newAgent }) => {
  const [ana, ben] = [await newAgent("ana"), await newAgent("ben")];
  await ana.signIn();
  await ben.signIn();
  await ana.state.selectOption({ label: "Busy: Lunch" });
  await expect(ana.state).toHaveValue("busy/lunch");
  await expect(ana.page.locator(".my-state:not([data-pending])")).toHaveCount(1);
  await says(newVisitor, "first question");
  await expect(ben.offers("first question")).toBeVisible();
  await ben.accept("first question");
  await ben.state.selectOption({ label: "Offline" });
  await expect(ben.page.locator(".my-state:not([data-pending])")).toHaveCount(1);
  await says(newVisitor, "second question");
  await ana.tab("all").click();
  await expect(ana.list).toContainText("second question");
  await expect(ana.incoming).toBeHidden();
  await expect(ben.incoming).toBeHidden();
  // Missed is shown and cannot be chosen.
  await expect(ana.state.getByRole("option", { name: "Missed" })).toBeDisabled();
  await ana.state.selectOption({ label: "Available" });
  await expect(ana.offers("second question")).toBeVisible();
});

test("an offer nobody answers goes on, and who missed it is told and comes back with one key (W3)", async ({ newVisitor, newAgent, server }) => {
  const agents = [await newAgent("ana"), await newAgent("ben")];
  for (const agent of agents) await agent.signIn();
  await says(newVisitor, "anybody there?");
  const [asked, next] = await whoIsAsked(agents, "anybody there?");
  await server.moveClock(31_000);
  await expect(next.offers("anybody there?")).toBeVisible();
  await expect(asked.incoming).toBeHidden();
  await expect(asked.state).toHaveValue("missed");
  const missed = asked.page.getByRole("alert").filter({ hasText: "You missed the chat from Visitor" });
  await expect(missed).toContainText("in Support");
  await asked.page.reload();
  await expect(missed).toBeVisible();
  await expect(asked.state).toHaveValue("missed");
  await asked.page.keyboard.press("b");
  await expect(asked.state).toHaveValue("available");
  await expect(missed).toBeHidden();
});

test("accepting opens the conversation, ready to write, and the customer is told (W4, G1)", async ({ newVisitor, newAgent }) => {
  const ana = await newAgent();
  await ana.signIn();
  const visitor = await says(newVisitor, "I want to buy");
  await ana.accept("I want to buy");
  await expect(ana.incoming).toBeHidden();
  await expect(ana.log).toContainText("I want to buy");
  await expect(ana.composer).toBeFocused();
  await expect(ana.chat).toContainText("You answer");
  await ana.page.keyboard.type("With pleasure");
  await ana.page.keyboard.press("Enter");
  await expectTexts(visitor.log, ["I want to buy", "With pleasure"]);
  await expect(visitor.log).toContainText("Ana joined the conversation");
});

test("who is writing is not led away: what they accepted is marked (G1)", async ({ newVisitor, newAgent }) => {
  const ana = await newAgent();
  await ana.signIn();
  await says(newVisitor, "first customer");
  await ana.accept("first customer");
  await expect(ana.composer).toBeFocused();
  await ana.composer.fill("half a sent");
  await says(newVisitor, "second customer");
  await ana.accept("second customer");
  await expect(ana.page.getByRole("status").filter({ hasText: "It waits in the list while you write." })).toBeVisible();
  await expect(ana.log).toContainText("first customer");
  await expect(ana.composer).toHaveValue("half a sent");
  await expect(ana.composer).toBeFocused();
  await ana.tab("all").click();
  const row = ana.rows.filter({ hasText: "New" });
  await expect(row).toHaveCount(1);
  await row.click();
  await expect(ana.log).toContainText("second customer");
  await expect(ana.rows.filter({ hasText: "New" })).toHaveCount(0);
});

test.describe("a channel that accepts for its agents", () => {
  test.use({ channels: { "demo-support": { auto_accept: true } } });

  test("its chats open by themselves, and nobody is led away from what they write (G1)", async ({ newVisitor, newAgent }) => {
    const ana = await newAgent();
    await ana.signIn();
    await expect(ana.state).toHaveValue("available");
    const visitor = await says(newVisitor, "first customer");
    await expect(ana.log).toContainText("first customer");
    await expect(ana.composer).toBeFocused();
    await expect(ana.incoming).toBeHidden();
    await expect(visitor.log).toContainText("Ana joined the conversation");
    await ana.composer.fill("half a sent");
    await says(newVisitor, "second customer");
    await expect(ana.page.getByRole("status").filter({ hasText: "It waits in the list while you write." })).toBeVisible();
    await expect(ana.log).toContainText("first customer");
    await expect(ana.composer).toHaveValue("half a sent");
    await expect(ana.composer).toBeFocused();
  });
});

test("who writes while nobody is there is told so, and served by whoever comes (V4)", async ({ newVisitor, newAgent }) => {
  const visitor = await says(newVisitor, "anybody?");
  await expect(visitor.line).toContainText(text("en", "widget.waiting.nobody_title"));
  const ana = await newAgent();
  await ana.signIn();
  await expect(visitor.line).toContainText(text("en", "widget.waiting.title"));
  await ana.accept("anybody?");
  await expect(visitor.log).toContainText("Ana joined the conversation");
  await expect(visitor.line).toBeEmpty();
});

test("a declined offer goes to the next agent", async ({ newVisitor, newAgent }) => {
  const agents = [await newAgent("ana"), await newAgent("ben")];
  for (const agent of agents) await agent.signIn();
  await says(newVisitor, "who takes this?");
  const [asked, next] = await whoIsAsked(agents, "who takes this?");
  await asked.offers("who takes this?").getByRole("button", { name: "Say why not" }).click();
  await asked.offers("who takes this?").getByRole("button", { name: "Not my field" }).click();
  await expect(next.offers("who takes this?")).toBeVisible();
  await expect(asked.incoming).toBeHidden();
  await expect(asked.page.getByRole("status").filter({ hasText: "You declined the chat from Visitor" })).toBeVisible();
  await expect(asked.state).toHaveValue("available");
});

test("an offer that somebody else takes says who", async ({ newVisitor, newAgent }) => {
  const agents = [await newAgent("ana"), await newAgent("ben")];
  for (const agent of agents) await agent.signIn();
  await says(newVisitor, "me first");
  const [asked, other] = await whoIsAsked(agents, "me first");
  await other.openConversation("me first");
  await other.take();
  await expect(asked.incoming).toBeHidden();
  const name = other.email.startsWith("ana") ? "Ana" : "Ben";
  await expect(asked.page.getByRole("status").filter({ hasText: `${name} took the chat from Visitor` })).toBeVisible();
});

test("of two pages one rings, both show the same, and only the one that accepts opens it", async ({ newVisitor, newAgent }) => {
  const ana = await newAgent();
  const context = ana.page.context();
  await context.addInitScript(() => {
    window.heard = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...times) {
      // A message sounds, too, but never as high.
      if (this.frequency.value > 900) window.heard.push("ring");
      return start.apply(this, times);
    };
  });
  await ana.signIn();
  const page = await context.newPage();
  await page.goto(`${ana.address}/agent/`);
  const second = Object.assign(Object.create(Object.getPrototypeOf(ana)), ana, { page }) as Agent;
  await expect(second.state).toHaveValue("available");
  // A browser keeps a page silent until somebody has pressed something on it.
  for (const one of [ana, second]) await one.tab("all").click();

  await says(newVisitor, "ring once");
  await expect(ana.offers("ring once")).toBeVisible();
  await expect(second.offers("ring once")).toBeVisible();
  const tones = () => Promise.all([ana, second].map((one) => one.page.evaluate(() => window.heard.length)));
  await expect.poll(async () => Math.max(...(await tones()))).toBe(2);
  expect((await tones()).sort()).toEqual([0, 2]);

  await second.accept("ring once");
  await expect(second.log).toContainText("ring once");
  await expect(ana.incoming).toBeHidden();
  await expect(ana.chat).toContainText("No conversation selected");
  await second.state.selectOption({ label: "Busy: Meeting" });
  await expect(ana.state).toHaveValue("busy/meeting");
});

test("clocks are the server's: a reload and a browser that is wrong by a day change nothing (W9)", async ({ newVisitor, newAgent, server }) => {
  const ana = await newAgent();
  await ana.page.clock.install({ time: Date.now() + 86_400_000 });
  await ana.signIn();
  const clock = ana.page.locator(".my-state-clock");
  await expect(clock).toHaveText(/^0:\d\d$/);
  await server.moveClock(300_000);
  await ana.page.reload();
  await expect(clock).toHaveText(/^5:\d\d$/);
  await says(newVisitor, "how late is it?");
  const left = ana.offers("how late is it?").locator(".offer-left");
  await expect(left).toHaveText(/^(30|2\d) sec$/);
  await server.moveClock(12_000);
  await ana.page.reload();
  await expect(left).toHaveText(/^1\d sec$/);
  await expect(ana.offers("how late is it?")).toContainText(/Waiting 0:[1-3]\d/);
});

test("everything by keyboard: F6, Enter, and F6 back", async ({ newVisitor, newAgent }) => {
  const ana = await newAgent();
  await ana.signIn();
  await ana.tab("mine").focus();
  await says(newVisitor, "by keys");
  await expect(ana.offers("by keys")).toBeVisible();
  await expect(ana.tab("mine")).toBeFocused();
  await ana.page.keyboard.press("F6");
  await expect(ana.offers("by keys")).toBeFocused();
  await ana.page.keyboard.press("F6");
  await expect(ana.tab("mine")).toBeFocused();
  await ana.page.keyboard.press("F6");
  await ana.page.keyboard.press("Enter");
  await expect(ana.log).toContainText("by keys");
  await expect(ana.composer).toBeFocused();
});

test("several are accepted at once, oldest first", async ({ newVisitor, newAgent }) => {
  const ana = await newAgent();
  await ana.signIn();
  await says(newVisitor, "the older one");
  await expect(ana.offers()).toHaveCount(1);
  await says(newVisitor, "the newer one");
  await expect(ana.offers()).toHaveCount(2);
  await expect(ana.offers().first()).toContainText("the older one");
  await ana.incoming.getByRole("button", { name: "Accept all" }).click();
  await expect(ana.incoming).toBeHidden();
  await expect(ana.log).toContainText("the older one");
  await ana.tab("mine").click();
  await expect(ana.rows).toHaveCount(2);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on the desk, ${colorScheme}`, async ({ newVisitor, newAgent, server }) => {
    const ana = await newAgent("ana", { colorScheme, reducedMotion: "reduce" });
    await ana.signIn();
    await says(newVisitor, "is this accessible?");
    await expect(ana.offers()).toHaveCount(1);
    await ana.offers().getByRole("button", { name: "Say why not" }).click();
    expect(await violations(ana.page)).toEqual([]);
    await server.moveClock(31_000);
    await expect(ana.state).toHaveValue("missed");
    expect(await violations(ana.page)).toEqual([]);
  });
}

test("on a phone the state, the card and its answers fit, above an open conversation too", async ({ newVisitor, newAgent }) => {
  const ana = await newAgent("ana", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await ana.signIn();
  await expect(ana.state).toBeVisible();
  await says(newVisitor, "small screen");
  await expect(ana.offers("small screen")).toBeInViewport();
  await ana.accept("small screen");
  await expect(ana.log).toContainText("small screen");
  await says(newVisitor, "another one");
  const accept = ana.offers().getByRole("button", { name: "Accept" });
  await expect(accept).toBeInViewport({ ratio: 1 });
  await expect(ana.composer).toBeInViewport({ ratio: 1 });
  const wide = await ana.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide).toBe(false);
});
