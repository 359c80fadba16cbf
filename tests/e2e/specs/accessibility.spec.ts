// Both apps for everybody: no violation that axe-core knows, and everything by keyboard.

import type { Page } from "@playwright/test";

import { password } from "../support/agent.ts";
import { violations } from "../support/axe.ts";
import { expectTexts } from "../support/messages.ts";
import { expect, test } from "../support/test.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in the widget, ${colorScheme}`, async ({ newVisitor, newAgent }) => {
    const visitor = await newVisitor({ colorScheme });
    await visitor.visit();
    expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
    await visitor.open();
    expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
    const agent = await newAgent();
    await visitor.send("Hello, see https://example.com");
    await agent.signIn();
    await agent.openConversation();
    await agent.take();
    await agent.send("Good day");
    await expectTexts(visitor.log, ["Hello, see https://example.com", "Good day"]);
    expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
  });

  test(`axe finds nothing in the agents' app, ${colorScheme}`, async ({ newVisitor, newAgent }) => {
    const agent = await newAgent("ana", { colorScheme });
    await agent.visit();
    await expect(agent.signInButton).toBeVisible();
    expect(await violations(agent.page)).toEqual([]);
    await agent.signIn();
    expect(await violations(agent.page)).toEqual([]);
    const visitor = await newVisitor();
    await visitor.visit();
    await visitor.open();
    await visitor.send("Hello");
    await agent.openConversation();
    await agent.take();
    await agent.send("Good day");
    await expectTexts(agent.log, ["Hello", "Good day"]);
    expect(await violations(agent.page)).toEqual([]);
  });
}

/** Presses Tab until something of this role and name has the focus. */
async function tabTo(page: Page, target: import("@playwright/test").Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element.matches(":focus")).catch(() => false)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

test("a visitor does everything by keyboard", async ({ newVisitor }) => {
  const visitor = await newVisitor();
  await visitor.visit();
  await tabTo(visitor.page, visitor.launcher);
  await visitor.page.keyboard.press("Enter");
  await visitor.ready();
  await expect(visitor.composer).toBeFocused();
  await visitor.page.keyboard.type("Without a mouse");
  await visitor.page.keyboard.press("Enter");
  await expectTexts(visitor.log, ["Without a mouse"]);
  await tabTo(visitor.page, visitor.languagePicker);
  await tabTo(visitor.page, visitor.composer);
  await visitor.page.keyboard.press("Escape");
  await expect(visitor.panel).toBeHidden();
  await expect(visitor.launcher).toBeFocused();
});

test("an agent does everything by keyboard", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  await visitor.visit();
  await visitor.open();
  await visitor.send("Is anybody there?");

  const agent = await newAgent();
  const keyboard = agent.page.keyboard;
  await agent.visit();
  await tabTo(agent.page, agent.page.getByRole("textbox", { name: "E-mail" }));
  await keyboard.type("ana@example.com");
  await tabTo(agent.page, agent.page.getByLabel("Password", { exact: true }));
  await keyboard.type(password);
  await keyboard.press("Enter");
  await expect(agent.list).toBeVisible();
  const selected = agent.page.getByRole("tab", { selected: true });
  await tabTo(agent.page, selected);
  for (let presses = 0; presses < 3 && (await agent.tab("all").getAttribute("aria-selected")) !== "true"; presses += 1) {
    await keyboard.press("ArrowRight");
  }
  await expect(agent.tab("all")).toHaveAttribute("aria-selected", "true");
  await tabTo(agent.page, agent.rows.first());
  await keyboard.press("Enter");
  await expect(agent.log).toBeVisible();
  await tabTo(agent.page, agent.takeButton);
  await keyboard.press("Enter");
  await expect(visitor.log).toContainText("Ana joined the conversation");
  await tabTo(agent.page, agent.composer);
  await keyboard.type("Yes, by keyboard");
  await keyboard.press("Enter");
  await expectTexts(visitor.log, ["Is anybody there?", "Yes, by keyboard"]);
});
