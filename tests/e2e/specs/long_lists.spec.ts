// Conversations too long to be drawn whole: what is near is drawn, and nothing in view moves.

import type { Locator } from "@playwright/test";

import { messageWith, messagesIn, textsIn } from "../support/messages.ts";
import { act, expectLedTo } from "../support/rows.ts";
import { expect, test } from "../support/test.ts";

/** The first message in view: what it says, and how far it is below the list's edge. */
async function firstInView(log: Locator): Promise<{ text: string; place: number }> {
  return log.evaluate((list) => {
    const edge = list.getBoundingClientRect().top;
    const all = [...list.querySelectorAll("[data-key]")];
    const first = all.find((row) => row.getBoundingClientRect().bottom > edge + 1)!;
    return { text: first.textContent ?? "", place: first.getBoundingClientRect().top - edge };
  });
}

/** The numbers that the messages drawn begin with: one after the other, without a hole. */
async function expectNoHole(log: Locator): Promise<number[]> {
  const numbers = (await textsIn(log)).map((said) => parseInt(said)).filter((number) => number > 0);
  expect(numbers).toEqual(numbers.map((_, at) => numbers[0]! + at));
  expect(numbers.length).toBeLessThan(160);
  return numbers;
}

/** Goes up bit by bit until the oldest message is in view. */
async function climb(log: Locator): Promise<void> {
  await expect
    .poll(
      async () => {
        await log.evaluate((list) => list.scrollBy({ top: -1500, behavior: "instant" }));
        await expectNoHole(log);
        return messageWith(log, "Hello?").count();
      },
      { timeout: 40_000, intervals: [20] },
    )
    .toBe(1);
}

test("a long conversation is read from its end to its beginning, by both sides", async ({
  server,
  newVisitor,
  newAgent,
}) => {
  const visitor = await newVisitor();
  await visitor.visit();
  await visitor.open();
  await visitor.send("Hello?");
  const agent = await newAgent();
  await agent.signIn();
  await agent.openConversation("Hello?");
  const conversation = await agent.rows.first().getAttribute("data-conversation");
  await server.fill(conversation!, 500);
  await Promise.all([agent.page.reload(), visitor.page.reload()]);
  await visitor.ready();

  for (const log of [visitor.log, agent.log]) {
    await expect(messagesIn(log).last()).toContainText("500 ");
    await expect(messagesIn(log).last()).toBeInViewport();
    await climb(log);
    await log.evaluate((list) => list.scrollBy({ top: 2500, behavior: "instant" }));
    await expectNoHole(log);
  }

  // What comes in below moves nothing.
  const [seen, read] = [await firstInView(visitor.log), await firstInView(agent.log)];
  await visitor.send("One more");
  await expect(messageWith(visitor.log, "One more")).toBeInViewport();
  await expect(agent.chat.getByRole("button", { name: "1 new message" })).toBeVisible();
  expect(await firstInView(agent.log)).toEqual(read);
  expect(await firstInView(visitor.log)).not.toEqual(seen);

  // An answer to something far up leads there, and back.
  const early = agent.log.locator("[part~=message-text]").filter({ hasText: /^\d+ I ordered/ });
  const said = (await early.first().textContent())!;
  await act(agent.log, said, "Reply");
  await agent.send("That one");
  await expect(messageWith(visitor.log, "That one")).toBeInViewport();
  await expect(messageWith(visitor.log, said)).toHaveCount(0);
  await messageWith(visitor.log, "That one").locator("[part~=message-quote]").click();
  await expectLedTo(messageWith(visitor.log, said));
  await expectNoHole(visitor.log);
  await visitor.panel.getByRole("button", { name: "Jump to newest" }).click();
  await expect(messageWith(visitor.log, "That one")).toBeInViewport();

  // By key from the newest to the first and back.
  await agent.log.focus();
  await agent.page.keyboard.press("ArrowUp");
  await expect(messageWith(agent.log, "That one")).toBeFocused();
  await agent.page.keyboard.press("Home");
  await expect(messagesIn(agent.log).first()).toBeInViewport();
  await agent.page.keyboard.press("End");
  await expect(messageWith(agent.log, "That one")).toBeFocused();
});
