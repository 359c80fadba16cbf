// The information panel: shared notes, expertise, files, the chatbot's answers, and that it stays
// open (P1, P9, P10, P12).

import type { Agent } from "../support/agent.ts";
import { violations } from "../support/axe.ts";
import { bytes, choose, picture, sound } from "../support/files.ts";
import { expect, test } from "../support/test.ts";
import type { Visitor } from "../support/visitor.ts";

async function conversation(visitor: Visitor, first = "Hello?"): Promise<void> {
  await visitor.visit();
  await visitor.open();
  await visitor.send(first);
}

/** With the conversation and the panel open. */
async function at(agent: Agent, hint = "Hello?"): Promise<Agent> {
  await agent.signIn();
  await agent.openConversation(hint);
  await agent.openInformation();
  return agent;
}

/** Everything a page's sockets are told from now on. */
function everythingTold(visitor: Visitor): string[] {
  const told: string[] = [];
  visitor.page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => told.push(payload.toString()));
  });
  return told;
}

test("two agents write in the notes at once and no word is lost", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const told = everythingTold(visitor);
  await conversation(visitor);
  const ana = await at(await newAgent("ana"));
  const ben = await at(await newAgent("ben"));
  await ana.sharedNotes.fill("Order 17.\nPaid.");
  await ana.expectSharedNotesSaved();
  await expect(ben.sharedNotes).toHaveValue("Order 17.\nPaid.");
  await expect(ben.sharedNotesState).toContainText("Saved by Ana");

  // Both type at the same time, at different places.
  await ana.sharedNotes.press("Control+Home");
  await ben.sharedNotes.press("Control+End");
  await Promise.all([
    ana.sharedNotes.pressSequentially("URGENT SECRET since Monday: ", { delay: 60 }),
    ben.sharedNotes.pressSequentially(" Calls back tomorrow morning.", { delay: 60 }),
  ]);
  const both = "URGENT SECRET since Monday: Order 17.\nPaid. Calls back tomorrow morning.";
  for (const agent of [ana, ben]) {
    await expect(agent.sharedNotes).toHaveValue(both);
    await agent.expectSharedNotesSaved();
  }
  // The caret stayed where Ana wrote.
  await ana.page.keyboard.type("(!) ");
  await expect(ben.sharedNotes).toHaveValue(both.replace("Order", "(!) Order"));

  await ana.page.reload();
  await expect(ana.sharedNotes).toHaveValue(both.replace("Order", "(!) Order"));
  expect(await violations(ana.page)).toEqual([]);
  await visitor.send("Still there?");
  await expect(ana.log).toContainText("Still there?");
  expect(told.join("\n")).not.toContain("SECRET");
  expect(told.join("\n")).not.toContain("shared_notes");
});

test("notes written offline outlive a reload and are merged later", async ({ newVisitor, newAgent, newNetwork }) => {
  const visitor = await newVisitor();
  await conversation(visitor);
  const network = await newNetwork();
  const ana = await at(await newAgent("ana", { network }));
  const ben = await at(await newAgent("ben"));
  await ana.sharedNotes.fill("Paid.");
  await ana.expectSharedNotesSaved();
  await expect(ben.sharedNotes).toHaveValue("Paid.");

  network.cut();
  await expect(ana.page.getByText("Connection lost").first()).toBeVisible();
  await ana.sharedNotes.press("Control+End");
  await ana.sharedNotes.pressSequentially(" Written offline.");
  await expect(ana.sharedNotesState).toHaveAttribute("data-state", "kept");
  await expect(ana.sharedNotesState).toContainText("Kept on this device");
  await ben.sharedNotes.press("Control+Home");
  await ben.sharedNotes.pressSequentially("Meanwhile: ");
  await ben.expectSharedNotesSaved();

  network.heal();
  await ana.page.reload();
  const both = "Meanwhile: Paid. Written offline.";
  for (const agent of [ana, ben]) {
    await expect(agent.sharedNotes).toHaveValue(both);
    await agent.expectSharedNotesSaved();
  }
  const stored = await ana.page.evaluate(() => Object.keys(localStorage).join(" "));
  expect(stored).not.toContain("shared-notes");
});

test("earlier versions can be looked at and brought back", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  await conversation(visitor);
  const ana = await at(await newAgent("ana"));
  const ben = await at(await newAgent("ben"));
  await ana.sharedNotes.fill("The good text of Ana");
  await ana.expectSharedNotesSaved();
  await expect(ben.sharedNotes).toHaveValue("The good text of Ana");
  await ben.sharedNotes.fill("oops");
  await ben.expectSharedNotesSaved();
  await expect(ana.sharedNotes).toHaveValue("oops");

  await ana.historyButton.click();
  await expect(ana.historyButton).toHaveAttribute("aria-expanded", "true");
  await expect(ana.versions).toHaveCount(2);
  await expect(ana.versions.nth(0)).toContainText("Ben");
  await expect(ana.versions.nth(1)).toContainText("Ana");
  await ana.versions.nth(1).locator("summary").click();
  await expect(ana.versions.nth(1)).toContainText("The good text of Ana");
  await ana.versions.nth(1).getByRole("button", { name: "Restore this version" }).click();
  for (const agent of [ana, ben]) await expect(agent.sharedNotes).toHaveValue("The good text of Ana");
  await expect(ana.versions).toHaveCount(3);
  await expect(ana.versions.nth(0)).toContainText("Ana restored");
  expect(await violations(ana.page)).toEqual([]);

  await ana.page.reload();
  await expect(ana.sharedNotes).toHaveValue("The good text of Ana");
});

test("notes that are too long are not cut and say so", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  await conversation(visitor);
  const ana = await at(await newAgent("ana"));
  await ana.sharedNotes.fill("x".repeat(10_001));
  await expect(ana.section("agent.info.notes").getByRole("alert")).toHaveText("1 character too many");
  await expect(ana.sharedNotes).toHaveAttribute("aria-invalid", "true");
  await ana.page.reload();
  await expect(ana.sharedNotes).toHaveValue("x".repeat(10_001));
  await ana.sharedNotes.press("Control+End");
  await ana.sharedNotes.press("Backspace");
  await ana.expectSharedNotesSaved();
});

test("expertise is chosen live on all screens and decides who is asked", async ({ newVisitor, newAgent }) => {
  const sol = await newAgent("sol");
  await sol.signIn();
  await sol.state.selectOption({ label: "Offline" });
  const visitor = await newVisitor();
  await conversation(visitor);
  await sol.openConversation("Hello?");
  await sol.openInformation();
  await expect(sol.expertise("Sales")).not.toBeChecked();
  await sol.expertise("Technical").focus();
  await sol.page.keyboard.press("Space");
  await expect(sol.expertise("Technical")).toBeChecked();
  await sol.page.reload();
  await expect(sol.expertise("Technical")).toBeChecked();
  await expect(sol.expertise("Sales")).not.toBeChecked();

  // Ben has it, Ana has not.
  const ben = await newAgent("ben");
  await ben.signIn();
  await expect(ben.offers("Technical")).toHaveCount(1);
  await ben.accept("Hello?");
  await ben.openInformation();
  await expect(ben.expertise("Technical")).toBeChecked();
  await ben.expertise("Sales").check();
  await expect(sol.expertise("Sales")).toBeChecked();
  await ben.expertise("Technical").uncheck();
  await expect(sol.expertise("Technical")).not.toBeChecked();
  expect(await violations(sol.page)).toEqual([]);
  await expect(visitor.panel).not.toContainText("Technical");
});

test("every file of the conversation is in the panel, the newest first", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  await conversation(visitor);
  const ana = await at(await newAgent("ana"));
  await expect(ana.section("agent.info.files")).toBeHidden();
  await choose(visitor.attachButton, [picture("teapot.png")]);
  await visitor.send("Look");
  await expect(ana.files).toHaveCount(1);
  await expect(ana.files.first()).toContainText("teapot.png");
  await expect(ana.files.first()).toContainText("Photo");
  await choose(ana.attachButton, [bytes("manual.pdf", 3_000), sound("hello.wav")]);
  await ana.sendButton.click();
  await expect(ana.files).toHaveCount(3);

  await ana.page.reload();
  await expect(ana.files).toHaveCount(3);
  await expect(ana.files.nth(0)).toContainText("manual.pdf");
  await expect(ana.files.nth(0)).toContainText("3 kB");
  await expect(ana.files.nth(0)).toContainText("Ana");
  await expect(ana.files.nth(2)).toContainText("teapot.png");
  const link = ana.files.nth(2).getByRole("link", { name: "Download teapot.png" });
  await expect(link).toHaveAttribute("href", /./);
  const coming = ana.page.waitForEvent("download");
  await link.click();
  expect((await coming).suggestedFilename()).toBe("teapot.png");
  expect(await violations(ana.page)).toEqual([]);
});

test.describe("a visitor from elsewhere", () => {
  test("country and language stand in the reader's words, a guess as one", async ({ newVisitor, newAgent }) => {
    const visitor = await newVisitor({ locale: "pt-BR", timezoneId: "America/Sao_Paulo" });
    await conversation(visitor);
    const ana = await at(await newAgent("ana"));
    const section = ana.section("agent.info.origin");
    await expect(section).toContainText("Brazil (a guess)");
    await expect(section).toContainText("Brazilian Portuguese, chat in");
  });
});

test("the panel is opened by its button and is open again after a reload", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  await conversation(visitor);
  const ana = await newAgent("ana");
  await ana.signIn();
  await ana.openConversation("Hello?");
  const button = ana.chat.getByRole("button", { name: "Information" });
  await expect(button).toHaveAttribute("aria-pressed", "false");
  await expect(ana.information).toBeHidden();
  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await expect(ana.information).toBeVisible();
  await ana.page.reload();
  await expect(ana.information).toBeVisible();
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await button.click();
  await ana.page.reload();
  await expect(ana.log).toBeVisible();
  await expect(ana.information).toBeHidden();
});
