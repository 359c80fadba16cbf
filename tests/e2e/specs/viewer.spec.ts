// Pictures, films and sounds over the whole page (V5, C21): opened by mouse and by key on both sides,
// magnified, gone through, and gone when their sender deletes them.

import type { Locator, Page } from "@playwright/test";

import type { Agent } from "../support/agent.ts";
import { violations } from "../support/axe.ts";
import { choose, expectDrawn, film, picture, sound } from "../support/files.ts";
import { expectTexts } from "../support/messages.ts";
import { deleteMessage } from "../support/rows.ts";
import { expect, test } from "../support/test.ts";
import { expectShown, viewerOn, widthOf } from "../support/viewer.ts";
import type { Visitor } from "../support/visitor.ts";

/** Both talk already, and the visitor has sent two pictures. */
async function begin(visitor: Visitor, agent: Agent): Promise<void> {
  await visitor.visit();
  await visitor.open();
  await choose(visitor.attachButton, [picture("teapot.png", 2400, 1500), picture("lid.png", 300, 200)]);
  await visitor.send("Broken");
  await agent.signIn();
  await agent.openConversation("Broken");
  await agent.take();
  for (const log of [visitor.log, agent.log]) await expectDrawn(log, "lid.png");
}

const opens = (log: Locator, name: string) => log.getByRole("link", { name: `Open ${name}` });

async function expectCovers(page: Page): Promise<void> {
  const size = page.viewportSize()!;
  expect(await viewerOn(page).boundingBox()).toEqual({ x: 0, y: 0, ...size });
}

test("a visitor opens a picture by mouse, magnifies it, and goes on to the next", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await begin(visitor, agent);
  const { page } = visitor;
  const viewer = viewerOn(page);
  const image = viewer.getByRole("img");
  await opens(visitor.log, "teapot.png").click();
  await expectShown(page, "teapot.png", "1 of 2");
  await expectCovers(page);
  await expect(viewer.locator("[part~=viewer-about]")).toContainText("You · ");
  expect(await violations(page, "parlour-chat")).toEqual([]);

  // The wheel magnifies around the pointer; no edge comes further in than it has to.
  const fitted = await widthOf(image);
  const stage = (await viewer.locator("[part~=viewer-stage]").boundingBox())!;
  const [x, y] = [stage.x + stage.width / 4, stage.y + stage.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -200);
  await expect.poll(() => widthOf(image)).toBeCloseTo(fitted * 1.25, 0);
  await page.mouse.down();
  await page.mouse.move(x + 2_000, y, { steps: 4 });
  await page.mouse.up();
  expect((await image.boundingBox())!.x).toBeCloseTo(stage.x, 0);
  await page.mouse.dblclick(x, y);
  await expect.poll(() => widthOf(image)).toBeCloseTo(fitted, 0);
  await page.mouse.dblclick(x, y);
  await expect.poll(() => widthOf(image)).toBeCloseTo(2400, 0);
  await expect(viewer.locator("[part~=viewer-share]")).toHaveText("100%");
  await viewer.getByRole("button", { name: "Fit to screen" }).click();
  await expect.poll(() => widthOf(image)).toBeCloseTo(fitted, 0);

  await viewer.getByRole("button", { name: "Next file" }).click();
  await expectShown(page, "lid.png", "2 of 2");
  expect(await widthOf(image)).toBe(300);
  const coming = page.waitForEvent("download");
  await viewer.getByRole("link", { name: "Download lid.png" }).click();
  expect((await coming).suggestedFilename()).toBe("lid.png");
  await viewer.getByRole("button", { name: "Close", exact: true }).click();
  await expect(viewer).toHaveCount(0);
  await expect(visitor.log).toBeVisible();

  // Who closes the panel from the page's script is not left with a locked page.
  await opens(visitor.log, "lid.png").click();
  await expectShown(page, "lid.png", "2 of 2");
  await page.evaluate(() => window.Parlour.close());
  await expect(viewer).toHaveCount(0);
  await visitor.launcher.click();
  await expect(visitor.log).toBeVisible();
});

test("an agent opens a picture by key, and what is deleted meanwhile leaves the screen", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent("ana", { colorScheme: "dark" });
  await begin(visitor, agent);
  const { page } = agent;
  const viewer = viewerOn(page);
  // A private note's picture is one of them, for agents alone.
  await agent.mode("note").click();
  await choose(agent.attachButton, [picture("invoice.png", 800, 1200)]);
  await agent.composer.fill("Do not show");
  await agent.addNoteButton.click();
  await expectDrawn(agent.log, "invoice.png");

  const link = opens(agent.log, "lid.png");
  await link.focus();
  await page.keyboard.press("Enter");
  await expectShown(page, "lid.png", "2 of 3");
  await expect(viewer.locator("[part~=viewer-stage]")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expectShown(page, "invoice.png", "3 of 3");
  await expect(viewer.getByText("Private note")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const image = viewer.getByRole("img");
  const fitted = await widthOf(image);
  for (const [key, times] of [["+", 1.5], ["+", 2.25], ["-", 1.5], ["0", 1]] as const) {
    await page.keyboard.press(key);
    await expect.poll(() => widthOf(image)).toBeCloseTo(fitted * times, 0);
  }
  for (let press = 0; press < 12; press += 1) {
    await page.keyboard.press("Tab");
    await expect(viewer.locator(":focus")).toHaveCount(1);
  }
  await page.keyboard.press("Home");
  await expectShown(page, "teapot.png", "1 of 3");
  await page.keyboard.press("Escape");
  await expect(viewer).toHaveCount(0);
  await expect(link).toBeFocused();

  await opens(agent.log, "teapot.png").press("Enter");
  await expectShown(page, "teapot.png", "1 of 3");
  await deleteMessage(visitor.log, "Broken");
  await expect(viewer).toContainText("This file is no longer here.");
  await expect(viewer.getByRole("img")).toHaveCount(0);
  await expect(viewer).not.toContainText("teapot");
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("PageDown");
  await expectShown(page, "invoice.png", "");
  await page.keyboard.press("Escape");
  await expect(agent.log).toBeFocused();
  // The visitor has nothing left to open, a note's picture least of all.
  await expectTexts(visitor.log, ["Message deleted"]);
  await expect(visitor.log.locator("[data-view]")).toHaveCount(0);
});

test("films and sounds play in it, on a phone too, and a lost network can be tried again", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 780 } });
  const agent = await newAgent();
  await begin(visitor, agent);
  await choose(agent.attachButton, [await film(agent.page, "pour.webm"), sound("hello.wav")]);
  await agent.sendButton.click();
  const { page } = visitor;
  const viewer = viewerOn(page);
  await visitor.log.getByRole("button", { name: "Open pour.webm" }).tap();
  await expect(viewer.locator("video")).toBeVisible();
  await expectCovers(page);
  await expect(viewer.locator("[part~=viewer-position]")).toHaveText("3 of 4");
  expect(await violations(page, "parlour-chat")).toEqual([]);
  const paused = (tag: string) => viewer.locator(tag).evaluate((player) => (player as HTMLMediaElement).paused);
  await page.keyboard.press(" ");
  await expect.poll(() => viewer.locator("video").evaluate((it) => (it as HTMLMediaElement).currentTime)).toBeGreaterThan(0);
  await viewer.getByRole("button", { name: "Next file" }).tap();
  await expect(viewer.locator("audio")).toBeVisible();
  expect(await paused("audio")).toBe(true);
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await expectShown(page, "teapot.png", "1 of 4");
  const image = viewer.getByRole("img");
  const stage = (await viewer.locator("[part~=viewer-stage]").boundingBox())!;
  expect(await widthOf(image)).toBeLessThanOrEqual(stage.width);
  await viewer.getByRole("button", { name: "Actual size" }).tap();
  await expect.poll(() => widthOf(image)).toBeCloseTo(2400, 0);
  expect(await violations(page, "parlour-chat")).toEqual([]);
  await viewer.getByRole("button", { name: "Close", exact: true }).tap();
  await expect(viewer).toHaveCount(0);

  // The bytes do not come: said, and had when one tries again.
  let is_down = false;
  await page.route(/\/v1\/files\//, (route) => (is_down ? route.abort() : route.continue()));
  await page.reload();
  await visitor.ready();
  await expectDrawn(visitor.log, "lid.png");
  is_down = true;
  await opens(visitor.log, "teapot.png").tap();
  const again = viewer.getByRole("button", { name: "Try again" });
  await expect(viewer).toContainText("This file cannot be shown right now.");
  is_down = false;
  await again.tap();
  await expectShown(page, "teapot.png", "1 of 4");
});
