// The widget's second module comes late, or not for a while: a first message needs nothing of it, and what waits
// for it comes in its order.

import type { Page } from "@playwright/test";

import { expectTexts, messageWith } from "../support/messages.ts";
import { expect, test } from "../support/test.ts";

/** Keeps the second module back from now on; calling what this gives lets it through. */
async function holdSecond(page: Page): Promise<() => void> {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/widget-second-*", async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test("a first message reaches its agent before the second module is there", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  const release = await holdSecond(visitor.page);
  await visitor.visit();
  await visitor.open();
  await visitor.send("Hello");
  await expect(messageWith(visitor.log, "Hello")).toHaveAttribute("data-state", "sending");
  await agent.signIn();
  await agent.openConversation("Hello");
  await agent.take();
  await agent.send("See https://shop.example/");
  await visitor.composer.fill("And another");

  release();
  await expectTexts(visitor.log, ["Hello", "See https://shop.example/"]);
  await expect(visitor.log.getByRole("link", { name: "https://shop.example/" })).toBeVisible();
  await expect(visitor.composer).toHaveValue("And another");
  await visitor.sendButton.click();
  await expectTexts(agent.log, ["Hello", "See https://shop.example/", "And another"]);
  await expect(messageWith(visitor.log, "And another")).toHaveAttribute("data-state", /sent|delivered|read/);
});

test("what an earlier page left goes before what is written until the second module is there", async ({
  newVisitor,
  newAgent,
}) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  let isMute = true;
  await visitor.page.routeWebSocket(/\/v1\/socket/, (socket) => {
    if (!isMute) socket.connectToServer();
  });
  await visitor.visit();
  await visitor.open();
  for (const text of ["one", "two"]) {
    await visitor.send(text);
    await expect(messageWith(visitor.log, text)).toHaveAttribute("data-state", "queued");
  }

  isMute = false;
  const release = await holdSecond(visitor.page);
  await visitor.page.reload();
  await visitor.ready();
  await visitor.send("three");
  await expect(messageWith(visitor.log, "three")).toHaveAttribute("data-state", "queued");
  await visitor.composer.fill("four, not sent");

  release();
  await expectTexts(visitor.log, ["one", "two", "three"]);
  await expect(messageWith(visitor.log, "three")).toHaveAttribute("data-state", /sent|delivered|read/);
  await expect(visitor.composer).toHaveValue("four, not sent");
  await agent.signIn();
  await agent.openConversation("three");
  await expectTexts(agent.log, ["one", "two", "three"]);
});

test("a reload in a conversation shows the panel and takes words while the second module is away", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await visitor.visit();
  await visitor.open();
  await visitor.send("Hello");
  await expect(messageWith(visitor.log, "Hello")).toHaveAttribute("data-state", "sent");
  const release = await holdSecond(visitor.page);
  await visitor.page.reload();
  await visitor.ready();
  await visitor.send("Are you there?");
  await expect(messageWith(visitor.log, "Are you there?")).toHaveAttribute("data-state", "queued");

  // Nothing of it was lost when the page goes before the module has come.
  await visitor.page.reload();
  await visitor.ready();
  release();
  await expectTexts(visitor.log, ["Hello", "Are you there?"]);
  await agent.signIn();
  await agent.openConversation("Are you there?");
  await expectTexts(agent.log, ["Hello", "Are you there?"]);
});
