// What is done to messages that are there (C20): edited, deleted, quoted, linked, looked for; and
// kinds that differ by more than colour.

import type { Agent } from "../support/agent.ts";
import { violations } from "../support/axe.ts";
import { choose, picture } from "../support/files.ts";
import { expectTexts, messageWith, messagesIn } from "../support/messages.ts";
import { act, action, deleteMessage, editingBar, expectLedTo } from "../support/rows.ts";
import { expect, test } from "../support/test.ts";
import type { Visitor } from "../support/visitor.ts";

const WINDOW = 5 * 60_000;

/** Both talk already. */
async function begin(visitor: Visitor, agent: Agent): Promise<void> {
  await visitor.visit();
  await visitor.open();
  await visitor.send("Hello");
  await agent.signIn();
  await agent.openConversation("Hello");
  await agent.take();
  await expectTexts(visitor.log, ["Hello"]);
}

test("an edited message says something else on every screen, and agents find what it said", async ({
  newVisitor,
  newAgent,
}) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await begin(visitor, agent);
  const tab = await visitor.secondTab();
  await visitor.send("Two tickts");
  await visitor.send("please");
  await expectTexts(agent.log, ["Hello", "Two tickts", "please"]);

  await visitor.composer.fill("a draft");
  await act(visitor.log, "Two tickts", "Edit");
  await expect(visitor.composer).toBeFocused();
  await expect(visitor.composer).toHaveValue("Two tickts");
  await expect(editingBar(visitor.page)).toContainText("Editing your message");
  expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
  await visitor.composer.press("Escape");
  await expect(visitor.composer).toHaveValue("a draft");
  await expect(visitor.panel).toBeVisible();

  await act(visitor.log, "Two tickts", "Edit");
  await visitor.send("Two tickets");
  await expect(visitor.composer).toHaveValue("a draft");
  const after = ["Hello", "Two tickets", "please"];
  for (const log of [visitor.log, tab.log, agent.log]) {
    await expectTexts(log, after);
    await expect(messageWith(log, "Two tickets")).toContainText("edited");
  }
  await agent.page.reload();
  await expectTexts(agent.log, after);
  const edited = messageWith(agent.log, "Two tickets");
  await edited.getByRole("button", { name: "edited" }).click();
  await expect(edited.getByRole("list", { name: "Earlier text" })).toContainText("Two tickts");
  expect(await violations(agent.page)).toEqual([]);
  await expect(visitor.host.locator("[part~=message-history]")).toHaveCount(0);

  // One key edits what was said last, in an empty field.
  await visitor.composer.fill("");
  await visitor.composer.press("ArrowUp");
  await expect(visitor.composer).toHaveValue("please");
  await visitor.composer.fill("pretty please");
  await visitor.composer.press("Enter");
  await expectTexts(agent.log, ["Hello", "Two tickets", "pretty please"]);
  await expect(agent.rows.first()).toContainText("pretty please");
});

test("a deleted message keeps its place on both sides, and its file cannot be had", async ({
  newVisitor,
  newAgent,
}) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await begin(visitor, agent);
  await choose(visitor.attachButton, [picture("teapot.png")]);
  await visitor.send("My card");
  // What is written meanwhile does not wait for an upload.
  await expectTexts(agent.log, ["Hello", "My card"]);
  await visitor.send("Sorry");
  await expectTexts(agent.log, ["Hello", "My card", "Sorry"]);
  const link = agent.log.getByRole("link", { name: "Open teapot.png" });
  await expect(link).toHaveAttribute("href", /signature/);
  const address = await link.evaluate((element) => (element as HTMLAnchorElement).href);

  // Asked about in place, and taken back by key.
  const mine = messageWith(visitor.log, "My card");
  await (await action(mine, "Delete")).click();
  await expect(mine.getByRole("button", { name: "Keep it" })).toBeFocused();
  expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
  await visitor.page.keyboard.press("Escape");
  await expect(visitor.panel).toBeVisible();
  await expectTexts(visitor.log, ["Hello", "My card", "Sorry"]);

  await deleteMessage(visitor.log, "My card");
  const after = ["Hello", "Message deleted", "Sorry"];
  for (const log of [visitor.log, agent.log]) await expectTexts(log, after);
  await expect(agent.log.getByRole("link", { name: "Open teapot.png" })).toHaveCount(0);
  expect((await agent.page.context().request.get(address)).status()).toBe(404);
  await visitor.page.reload();
  await visitor.ready();
  await expectTexts(visitor.log, after);
  await agent.page.reload();
  await expectTexts(agent.log, after);
  const gone = messageWith(agent.log, "Message deleted");
  await gone.getByRole("button", { name: "Earlier text" }).click();
  await expect(gone.getByRole("list", { name: "Earlier text" })).toContainText("My card");

  await deleteMessage(visitor.log, "Sorry");
  await expect(agent.rows.first()).toContainText("Message deleted");
});

test("after five minutes a message stays as it is, and the new text is kept", async ({
  server,
  newVisitor,
  newAgent,
}) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await begin(visitor, agent);
  await act(visitor.log, "Hello", "Edit");
  await server.moveClock(WINDOW + 1000);
  await visitor.send("Good evening");
  const row = visitor.log.locator('[data-kind][data-state="failed"]');
  await expect(row).toContainText("This message is older than five minutes and stays as it is.");
  await expectTexts(agent.log, ["Hello"]);
  await row.getByRole("button", { name: "Discard" }).click();
  await expectTexts(visitor.log, ["Hello"]);
  await expect(visitor.composer).toHaveValue("Good evening");
  // A fresh page knows what time it is.
  await visitor.page.reload();
  await visitor.ready();
  await expect(await action(messageWith(visitor.log, "Hello"), "Reply")).toBeVisible();
  await expect(await action(messageWith(visitor.log, "Hello"), "Edit")).toBeHidden();
});

test("a change that is made without network arrives later, once", async ({ newVisitor, newAgent, newNetwork }) => {
  const network = await newNetwork();
  const visitor = await newVisitor({ network });
  const agent = await newAgent();
  await begin(visitor, agent);
  network.cut();
  await act(visitor.log, "Hello", "Edit");
  await visitor.send("Good evening");
  await expect(messageWith(visitor.log, "Good evening")).toHaveAttribute("data-state", "queued");
  await expectTexts(agent.log, ["Hello"]);
  network.heal();
  await expectTexts(agent.log, ["Good evening"]);
  await expectTexts(visitor.log, ["Good evening"]);
});

test("an agent edits a note as a note, and the visitor hears nothing of it", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const ana = await newAgent("ana");
  await begin(visitor, ana);
  const ben = await newAgent("ben");
  await ben.signIn();
  await ben.openConversation("Hello");
  await ana.leaveNote("He nevr paid");
  await ana.mode("reply").click();
  await ana.composer.fill("Dear Mia");
  await act(ana.log, "He nevr paid", "Edit");
  await expect(ana.addNoteButton).toBeVisible();
  await ana.composer.fill("He never paid");
  await ana.composer.press("Enter");
  await expect(ana.composer).toHaveValue("Dear Mia");
  await expect(ana.mode("reply")).toBeChecked();
  await expectTexts(ben.log, ["Hello", "He never paid"]);
  await deleteMessage(ana.log, "He never paid");
  await expectTexts(ben.log, ["Hello", "Message deleted"]);
  await expect(ben.notes).toHaveCount(1);
  await expectTexts(visitor.log, ["Hello"]);
});

test("an answer quotes what it answers, and a press leads there", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await begin(visitor, agent);
  await agent.send("Which of the two?");
  await expectTexts(visitor.log, ["Hello", "Which of the two?"]);
  await act(visitor.log, "Which of the two?", "Reply");
  await expect(editingBar(visitor.page)).toContainText("Reply to Ana");
  expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
  await visitor.send("The red one");
  for (const log of [visitor.log, agent.log]) {
    const quote = messageWith(log, "The red one").locator("[part~=message-quote]");
    await expect(quote).toContainText("Which of the two?");
  }
  await expect(messageWith(agent.log, "The red one")).toContainText("You");
  await act(agent.log, "Which of the two?", "Edit");
  await agent.send("Red or blue?");
  const quote = messageWith(visitor.log, "The red one").locator("[part~=message-quote]");
  await expect(quote).toContainText("Red or blue?");
  await visitor.page.reload();
  await visitor.ready();
  await expect(quote).toContainText("Red or blue?");
  await quote.click();
  await expectLedTo(messageWith(visitor.log, "Red or blue?"));
  await deleteMessage(agent.log, "Red or blue?");
  await expect(quote).toContainText("Message deleted");
});

test("a quoted message and a link are found however far up they are", async ({ server, newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent("ana", { permissions: ["clipboard-read", "clipboard-write"] });
  await begin(visitor, agent);
  await agent.send("The number is 4711");
  await expectTexts(visitor.log, ["Hello", "The number is 4711"]);
  const link = await action(messageWith(agent.log, "The number is 4711"), "Copy link");
  await link.click();
  await expect(agent.page.getByText("Link copied")).toBeVisible();
  const address = await agent.page.evaluate(() => navigator.clipboard.readText());
  expect(address).toMatch(/\/agent\/conversations\/[^#]+#[\w-]+$/);
  await act(agent.log, "The number is 4711", "Reply");
  await agent.send("See above");
  await expect(messageWith(agent.log, "See above")).toHaveAttribute("data-state", /sent|delivered|read/);
  await server.fill(/conversations\/([^#]+)#/.exec(address)![1]!, 60);

  const ben = await newAgent("ben");
  await ben.signIn();
  await ben.page.goto(address);
  await expectLedTo(messageWith(ben.log, "The number is 4711"));
  expect(await messagesIn(ben.log).count()).toBe(63);

  await agent.page.reload();
  const newest = agent.log.locator("[part~=message-text]").filter({ hasText: /^60 / });
  await expect(newest).toBeInViewport();
  await expect(messageWith(agent.log, "The number is 4711")).toHaveCount(0);
  await agent.log.press("Home");
  await agent.log.evaluate((log) => log.scrollTo(0, 0));
  const quote = messageWith(agent.log, "See above").locator("[part~=message-quote]");
  await quote.click();
  await expectLedTo(messageWith(agent.log, "The number is 4711"));
  await agent.page.getByRole("button", { name: "Jump to newest" }).click();
  await expect(newest).toBeInViewport();
});

test("everything about a message can be done by key, and by a button where nothing points", async ({
  newVisitor,
  newAgent,
}) => {
  const visitor = await newVisitor({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } });
  const agent = await newAgent();
  await begin(visitor, agent);
  const mine = messageWith(visitor.log, "Hello");
  await mine.getByRole("button", { name: "What to do with this message" }).tap();
  await mine.getByRole("toolbar").getByRole("button", { name: "Edit" }).tap();
  await expect(visitor.composer).toHaveValue("Hello");
  await editingBar(visitor.page).getByRole("button", { name: "Stop editing" }).tap();
  await expect(visitor.composer).toHaveValue("");

  await agent.send("One");
  await expectTexts(visitor.log, ["Hello", "One"]);
  await agent.log.focus();
  await agent.page.keyboard.press("ArrowUp");
  await expect(messageWith(agent.log, "One")).toBeFocused();
  const tools = messageWith(agent.log, "One").getByRole("toolbar");
  for (const name of ["Reply", "Edit", "Delete", "Copy link"]) {
    await agent.page.keyboard.press("Tab");
    await expect(tools.getByRole("button", { name, exact: true })).toBeFocused();
  }
  await agent.page.keyboard.press("Escape");
  await expect(messageWith(agent.log, "One")).toBeFocused();
  await expect(tools).toBeHidden();
});

test("kinds differ without colour: by name, side, edge, icon or word", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await begin(visitor, agent);
  await agent.send("One");
  await agent.leaveNote("Two");
  await expect(agent.notes).toHaveCount(1);
  const look = (kind: string) =>
    agent.log
      .locator(`[data-kind="${kind}"]`)
      .last()
      .evaluate((row) => {
        const bubble = row.querySelector(".message-bubble") ?? row;
        const style = getComputedStyle(bubble);
        return [
          row.getAttribute("aria-label") ?? row.textContent,
          `${row.getAttribute("data-side")} ${style.borderTopStyle} ${style.borderTopLeftRadius}`,
        ].join("|");
      });
  for (const media of [
    {},
    { colorScheme: "dark" as const },
    { forcedColors: "active" as const },
  ]) {
    await agent.page.emulateMedia(media);
    const looks = await Promise.all(["visitor", "agent", "note", "system"].map(look));
    expect(new Set(looks).size, looks.join("\n")).toBe(4);
    expect(new Set(looks.map((it) => it.split("|")[1])).size, looks.join("\n")).toBeGreaterThanOrEqual(3);
  }
  await agent.page.emulateMedia({});
  await agent.mode("reply").click();
  // The writer's name comes with pointer and with focus.
  const name = messageWith(agent.log, "One").locator("[part~=message-author]");
  await agent.composer.hover();
  await expect(name).toBeHidden();
  await messageWith(agent.log, "One").hover();
  await expect(name).toBeVisible();
  await agent.composer.hover();
  await expect(name).toBeHidden();
  await messageWith(agent.log, "One").focus();
  await expect(name).toBeVisible();
  await expect(name).toHaveText("Ana");
});
