// Private notes: agents see them live and in their place, and nothing of them reaches the visitor
// (C20, C21).

import type { Page } from "@playwright/test";

import type { Agent } from "../support/agent.ts";
import { violations } from "../support/axe.ts";
import { expectTexts, messageWith } from "../support/messages.ts";
import { expect, test } from "../support/test.ts";
import type { Visitor } from "../support/visitor.ts";

const secret = "Has he ever paid? <b>Never</b> 🤫";

/** Everything a page's sockets are told from now on. */
function everythingTold(page: Page): string[] {
  const told: string[] = [];
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => told.push(payload.toString()));
  });
  return told;
}

/** The places of the entries of the visitor's feed, in the order they came, one socket after the other. */
function places(told: string[]): number[] {
  return told.flatMap((text) => {
    const frame = JSON.parse(text) as { seq?: number };
    return frame.seq === undefined ? [] : [frame.seq];
  });
}

async function conversation(visitor: Visitor, first: string): Promise<void> {
  await visitor.visit();
  await visitor.open();
  await visitor.send(first);
}

async function at(agent: Agent, hint: string): Promise<Agent> {
  await agent.signIn();
  await agent.openConversation(hint);
  return agent;
}

test("a note is seen live by another agent, and by no means by the visitor", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const told = everythingTold(visitor.page);
  await conversation(visitor, "Hello?");
  const ana = await at(await newAgent("ana"), "Hello?");
  const ben = await at(await newAgent("ben"), "Hello?");

  // Before anybody answers: the note takes nothing and answers nothing.
  await ana.mode("note").click();
  await ana.composer.pressSequentially("Has he");
  await expect(ben.chat).toContainText("Ana is typing");
  await ana.composer.fill(secret);
  await ana.composer.press("Enter");
  await expect(messageWith(ben.log, secret)).toHaveAttribute("data-kind", "note");
  await expect(ben.notes).toContainText("Private note");
  await expect(ben.notes).toContainText("Ana");
  await expect(ben.notes).toHaveAccessibleName("Private note from Ana");
  await expect(ana.notes).toHaveAccessibleName("Your private note");
  await expect(ana.notes).toHaveAttribute("data-state", "sent");
  await expect(ana.chat).toContainText("Nobody answers yet");
  await expect(ana.rows.first()).toContainText("Hello?");

  await ana.mode("reply").click();
  await ana.send("Good morning");
  await ben.leaveNote("I know him");
  await expectTexts(ana.log, ["Hello?", secret, "Good morning", "I know him"]);
  await visitor.send("Still there?");
  await expectTexts(visitor.log, ["Hello?", "Good morning", "Still there?"]);
  await expectTexts(ben.log, ["Hello?", secret, "Good morning", "I know him", "Still there?"]);
  const ids = await ana.notes.count();
  expect(ids).toBe(2);

  // A fresh page gets a fresh copy, and that says as little.
  const before = places(told);
  await visitor.page.reload();
  await visitor.ready();
  await expectTexts(visitor.log, ["Hello?", "Good morning", "Still there?"]);
  await expect(visitor.panel).not.toContainText("Has he ever paid?");
  const all = told.join("\n");
  for (const word of ["ever paid", "I know him", "note_posted", "mention_changed", '"Ben"']) {
    expect(all, word).not.toContain(word);
  }
  for (const [index, place] of before.entries()) {
    if (index > 0) expect(place, before.join(" ")).toBe(before[index - 1]! + 1);
  }
  const stored = await visitor.page.evaluate(() => JSON.stringify(localStorage));
  expect(stored).not.toContain("paid");
});

test("the note, the mode and both drafts are there after a reload", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  await conversation(visitor, "Hello?");
  const ana = await at(await newAgent("ana"), "Hello?");
  await ana.leaveNote(secret);
  await expect(ana.notes).toHaveCount(1);
  await ana.composer.fill("for colleagues");
  await ana.mode("reply").click();
  await expect(ana.composer).toHaveValue("");
  await ana.composer.fill("for the visitor");
  await ana.mode("note").click();
  await expect(ana.composer).toHaveValue("for colleagues");

  await ana.page.reload();
  await expect(ana.log).toBeVisible();
  await expect(ana.notes).toHaveCount(1);
  await expect(ana.mode("note")).toBeChecked();
  await expect(ana.composer).toHaveValue("for colleagues");
  await expect(ana.addNoteButton).toBeVisible();
  await expect(ana.sendButton).toBeHidden();
  await ana.mode("reply").click();
  await expect(ana.composer).toHaveValue("for the visitor");
  await expect(ana.sendButton).toBeVisible();
});

test("the two modes differ in words, colour, edge, icon and button", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  await conversation(visitor, "Hello?");
  const ana = await at(await newAgent("ana"), "Hello?");
  const look = () =>
    ana.chat.locator(".composer-row").evaluate((row) => {
      const style = getComputedStyle(row);
      const button = row.querySelector("button.composer-send")!;
      const icon = [...button.querySelectorAll("svg")].find((svg) => getComputedStyle(svg).display !== "none");
      return {
        ground: style.backgroundColor,
        edge: style.borderTopStyle,
        line: style.borderTopColor,
        corner: style.borderTopLeftRadius,
        words: button.textContent,
        button: getComputedStyle(button).backgroundColor,
        icon: icon?.innerHTML,
        hint: row.querySelector("textarea")!.placeholder,
      };
    });
  await ana.composer.fill("x");
  await ana.composer.blur();
  const reply = await look();
  await ana.mode("note").click();
  await ana.composer.fill("x");
  await expect(ana.chat.getByText("Only agents see this. The visitor does not.")).toBeVisible();
  await expect(ana.composer).toHaveAccessibleDescription(/Only agents see this/);
  await ana.composer.blur();
  // The edge fades from one colour to the other.
  await expect.poll(async () => (await look()).line).not.toBe(reply.line);
  const note = await look();
  for (const [part, value] of Object.entries(reply)) {
    expect(note[part as keyof typeof note], part).not.toBe(value);
  }
});

test("a mention reaches the other agent and waits until they have looked", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  await conversation(visitor, "Where is my parcel?");
  const ben = await newAgent("ben");
  await ben.signIn();
  await expect(ben.mentionsLink).toBeVisible();
  const ana = await at(await newAgent("ana"), "parcel");
  await ana.mode("note").click();
  await ana.composer.pressSequentially("Look, @b");
  const option = ana.chat.getByRole("option", { name: "Ben" });
  await expect(option).toHaveAttribute("aria-selected", "true");
  await ana.composer.press("Enter");
  await expect(ana.composer).toHaveValue("Look, @Ben ");
  await ana.composer.pressSequentially("again");
  await ana.composer.press("Enter");

  await expect(ben.mentionsLink).toContainText("1");
  await expect(ben.page.getByRole("status").filter({ hasText: "Ana mentions you" })).toHaveCount(1);
  await ben.page.reload();
  await expect(ben.mentionsLink).toContainText("1");
  await ben.mentionsLink.click();
  await expect(ben.mentions).toHaveCount(1);
  await expect(ben.mentions).toContainText("Look, @Ben again");
  const isNew = ben.mentions.getByText("New", { exact: true });
  await expect(isNew).toBeVisible();
  expect(await violations(ben.page)).toEqual([]);
  await ben.page.keyboard.press("j");
  await expect(ben.mentions).toBeFocused();
  await ben.page.keyboard.press("Enter");
  await expect(ben.notes).toContainText("Look, @Ben again");
  await expect(ben.notes).toContainText("mentions you");
  await expect(ben.mentionsLink).not.toContainText("1");
  await expect(isNew).toBeHidden();
  await ben.page.reload();
  await expect(ben.mentions).toHaveCount(1);
  await expect(ben.mentionsLink).not.toContainText("1");
});

test("a mention of a team reaches those who are in it, and the visitor learns of no team", async ({
  newVisitor,
  newAgent,
}) => {
  const visitor = await newVisitor();
  const told = everythingTold(visitor.page);
  await conversation(visitor, "Where is my invoice?");
  const sol = await newAgent("sol");
  const ben = await newAgent("ben");
  for (const agent of [sol, ben]) {
    await agent.signIn();
    await agent.mentionsLink.click();
    await expect(agent.mentions).toHaveCount(0);
  }
  const ana = await at(await newAgent("ana"), "invoice");
  await ana.mode("note").click();
  await ana.composer.pressSequentially("See this, @bil");
  const option = ana.chat.getByRole("option", { name: "Billing Team, 2 people" });
  await expect(option).toHaveAttribute("aria-selected", "true");
  await ana.composer.press("Enter");
  await expect(ana.composer).toHaveValue("See this, @Billing ");
  await ana.composer.pressSequentially("please");
  await ana.composer.press("Enter");

  // Live, for her who is in the team.
  await expect(sol.mentions).toHaveCount(1);
  await expect(sol.mentions).toContainText("See this, @Billing please");
  await expect(sol.mentions).toContainText("Mentions your team Billing");
  await expect(sol.mentionsLink).toContainText("1");
  const heard = sol.page.getByRole("status").filter({ hasText: "Ana mentions your team Billing" });
  await expect(heard).toHaveCount(1);
  expect(await violations(sol.page)).toEqual([]);
  await sol.page.reload();
  await expect(sol.mentions).toContainText("Mentions your team Billing");
  await sol.mentions.click();
  await expect(sol.notes).toContainText("Private note, mentions your team Billing");
  await expect(sol.notes).toHaveAttribute("data-mentions-me", "");
  await expect(sol.mentionsLink).not.toContainText("1");
  await expect(ana.notes).not.toHaveAttribute("data-mentions-me");

  // He who is not sees the note, and is not called to it; what comes next shows that nothing did.
  await sol.leaveNote("@Ben you too");
  await expect(ben.mentions).toHaveCount(1);
  await expect(ben.mentions).toContainText("@Ben you too");
  await ben.page.reload();
  await expect(ben.mentions).toHaveCount(1);
  await ben.mentions.click();
  const ofTeam = ben.notes.filter({ hasText: "@Billing please" });
  await expect(ofTeam).toBeVisible();
  await expect(ofTeam).not.toHaveAttribute("data-mentions-me");

  await ana.mode("reply").click();
  await ana.send("It is on its way");
  await expectTexts(visitor.log, ["Where is my invoice?", "It is on its way"]);
  await visitor.page.reload();
  await visitor.ready();
  await expectTexts(visitor.log, ["Where is my invoice?", "It is on its way"]);
  for (const word of ["Billing", "billing", "Shipping", "team", "mention", "note_posted"]) {
    expect(told.join("\n"), word).not.toContain(word);
  }
});

test("notes are written by keyboard alone", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  await conversation(visitor, "Hello?");
  const ana = await at(await newAgent("ana"), "Hello?");
  const keys = ana.page.keyboard;
  await expect(ana.composer).toBeFocused();
  await keys.press("F2");
  await expect(ana.mode("note")).toBeChecked();
  await expect(ana.composer).toBeFocused();
  await keys.type("@");
  const options = ana.chat.getByRole("option");
  await expect(options).toHaveText([/Ben/, /Billing\s*Team, 2 people/, /Shipping\s*Team, 2 people/, /Sol/]);
  await keys.press("ArrowDown");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await keys.press("ArrowUp");
  await keys.press("ArrowUp");
  await expect(options.nth(3)).toHaveAttribute("aria-selected", "true");
  await keys.press("ArrowDown");
  await expect(options.nth(0)).toHaveAttribute("aria-selected", "true");
  const active = await ana.composer.getAttribute("aria-activedescendant");
  expect(active).toBe(await options.nth(0).getAttribute("id"));
  expect(await violations(ana.page)).toEqual([]);
  await keys.press("Escape");
  await expect(options).toHaveCount(0);
  await expect(ana.composer).toBeFocused();
  await keys.type("so");
  await keys.press("Tab");
  await expect(ana.composer).toHaveValue("@Sol ");
  await expect(ana.composer).toBeFocused();
  await keys.type("done");
  await keys.press("Enter");
  await expectTexts(ana.log, ["Hello?", "@Sol done"]);
  await keys.press("F2");
  await expect(ana.mode("reply")).toBeChecked();
  await keys.type("to you");
  await keys.press("Enter");
  await expectTexts(visitor.log, ["Hello?", "to you"]);
  // The choice itself is an ordinary group of radio buttons.
  await ana.mode("reply").focus();
  await keys.press("ArrowRight");
  await expect(ana.mode("note")).toBeChecked();
  await expect(ana.mode("note")).toBeFocused();
});

test("a note written without a network is left once, as a note", async ({ newVisitor, newAgent, newNetwork }) => {
  const visitor = await newVisitor();
  const told = everythingTold(visitor.page);
  await conversation(visitor, "Hello?");
  const network = await newNetwork();
  const ana = await at(await newAgent("ana", { network }), "Hello?");
  const ben = await at(await newAgent("ben"), "Hello?");
  network.cut();
  await ana.leaveNote(secret);
  await expect(ana.notes).toHaveAttribute("data-state", "queued");
  // The mode on screen when it goes is another one.
  await ana.mode("reply").click();
  network.heal();
  await expect(ana.notes).toHaveAttribute("data-state", "sent", { timeout: 40_000 });
  await expectTexts(ben.log, ["Hello?", secret]);
  await expect(ben.notes).toHaveCount(1);
  await ben.send("Good morning");
  await expectTexts(visitor.log, ["Hello?", "Good morning"]);
  expect(told.join("\n")).not.toContain("paid");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing wrong with notes, ${colorScheme}`, async ({ newVisitor, newAgent }) => {
    const visitor = await newVisitor();
    await conversation(visitor, "Hello?");
    const ana = await at(await newAgent("ana", { colorScheme }), "Hello?");
    await ana.leaveNote("@Ben look");
    await expect(ana.notes).toHaveCount(1);
    await ana.composer.fill("more");
    expect(await violations(ana.page)).toEqual([]);
    const ben = await at(await newAgent("ben", { colorScheme }), "Hello?");
    await expect(ben.notes).toContainText("mentions you");
    expect(await violations(ben.page)).toEqual([]);
  });
}
