// Step 4 of the story: both write, and every character arrives (W5, V6, C20).

import type { Locator } from "@playwright/test";

import { texts } from "../support/corpus.ts";
import { expectTexts, messageWith, messagesIn, textsIn } from "../support/messages.ts";
import { expect, test } from "../support/test.ts";

test("every character arrives exactly, both ways", async ({ newVisitor, newAgent }) => {
  test.slow();
  const visitor = await newVisitor();
  const agent = await newAgent();
  await visitor.visit();
  await visitor.open();
  for (const text of texts) await visitor.send(text);
  await agent.signIn();
  await agent.openConversation();
  await expectTexts(agent.log, texts);
  for (const text of texts) await agent.send(text);
  await expectTexts(visitor.log, [...texts, ...texts]);
  await expectTexts(agent.log, [...texts, ...texts]);
  // What a page that starts afresh gets is what was shown live.
  await visitor.page.reload();
  await visitor.ready();
  await expectTexts(visitor.log, [...texts, ...texts]);
});

test("Enter sends, Shift and Enter begins a line, and nothing but blanks is not sent", async ({ newVisitor }) => {
  const visitor = await newVisitor();
  await visitor.visit();
  await visitor.open();
  await visitor.composer.focus();
  await visitor.page.keyboard.type("one");
  await visitor.page.keyboard.press("Shift+Enter");
  await visitor.page.keyboard.type("two");
  await visitor.page.keyboard.press("Enter");
  await expectTexts(visitor.log, ["one\ntwo"]);
  await expect(visitor.composer).toHaveValue("");
  await visitor.page.keyboard.press("Enter");
  await expectTexts(visitor.log, ["one\ntwo"]);
});

test("10,000 characters pass; with one more the text stays and a sentence says why", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await visitor.visit();
  await visitor.open();
  const longest = "😀".repeat(10_000);
  await visitor.composer.fill(`${longest}!`);
  await expect(visitor.panel).toContainText("1 character too many");
  await visitor.composer.press("Enter");
  await expect(visitor.composer).toHaveValue(`${longest}!`);
  await expect(visitor.panel).toContainText("The message is too long.");
  expect(await textsIn(visitor.log)).toEqual([]);

  await visitor.composer.fill(longest);
  await visitor.composer.press("Enter");
  await expect(messagesIn(visitor.log)).toHaveAttribute("data-state", "sent");
  await agent.signIn();
  await agent.openConversation();
  await expectTexts(agent.log, [longest]);
});

test("addresses become links, and nothing else does", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await visitor.visit();
  await visitor.open();
  await visitor.send("See https://example.com/a?b=c#d, (http://example.org) or javascript:alert(1).");
  await agent.signIn();
  await agent.openConversation();
  for (const log of [visitor.log, agent.log]) {
    const links = log.getByRole("link");
    await expect(links).toHaveCount(2);
    await expect(links.nth(0)).toHaveAttribute("href", "https://example.com/a?b=c#d");
    await expect(links.nth(1)).toHaveAttribute("href", "http://example.org");
    await expect(links.nth(0)).toHaveAttribute("target", "_blank");
    await expect(links.nth(0)).toHaveAttribute("rel", /noopener/);
  }
});

test("each side sees that the other is typing, and that it stopped", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await visitor.visit();
  await visitor.open();
  await visitor.send("Hello");
  await agent.signIn();
  await agent.openConversation();
  await agent.take();

  await visitor.composer.pressSequentially("I am wri");
  await expect(agent.chat.getByText(/is typing…/)).toBeVisible();
  await visitor.composer.fill("");
  await expect(agent.chat.getByText(/is typing…/)).toBeHidden();

  await agent.composer.pressSequentially("So am");
  await expect(visitor.panel.getByText("Ana is typing…")).toBeVisible();
  await agent.composer.press("Enter");
  await expect(visitor.panel.getByText("Ana is typing…")).toBeHidden();
  await expectTexts(visitor.log, ["Hello", "So am"]);
});

test("a message is sent, delivered, read, as its writer can see", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await visitor.visit();
  await visitor.open();
  await visitor.send("From the visitor");
  const asked = messageWith(visitor.log, "From the visitor");
  await expect(asked).toHaveAttribute("data-kind", "visitor");
  await expect(asked).toHaveAttribute("data-state", "sent");
  await agent.signIn();
  await agent.openConversation();
  await expect(asked).toHaveAttribute("data-state", "read");

  await agent.take();
  await visitor.launcher.click();
  await expect(visitor.panel).toBeHidden();
  await agent.send("From the agent");
  const answered = messageWith(agent.log, "From the agent");
  await expect(answered).toHaveAttribute("data-kind", "agent");
  await expect(answered).toHaveAttribute("data-state", "delivered");
  await expect(visitor.launcher).toHaveAccessibleName("Open chat, 1 unread message");
  await visitor.launcher.click();
  await expect(answered).toHaveAttribute("data-state", "read");
  await visitor.launcher.click();
  await expect(visitor.launcher).toHaveAccessibleName("Open chat");
});

test("a refused message stays, says why, and can be sent again or taken back", async ({ newVisitor }) => {
  const visitor = await newVisitor();
  let refuse = true;
  // The server is the real one, except that it takes nothing for a while.
  await visitor.page.routeWebSocket(/\/v1\/socket/, (page) => {
    const server = page.connectToServer();
    page.onMessage((frame) => {
      const sent = JSON.parse(String(frame)) as { type: string; client_id?: string };
      if (refuse && sent.type === "post_message") {
        page.send(JSON.stringify({
          type: "refused",
          client_id: sent.client_id,
          refusal: { code: "forbidden", retryable: false },
        }));
      } else {
        server.send(frame);
      }
    });
  });
  await visitor.visit();
  await visitor.open();
  await visitor.send("First");
  const first = messageWith(visitor.log, "First");
  await expect(first).toHaveAttribute("data-state", "failed");
  await expect(first).toContainText("You are not allowed to do this.");
  await visitor.send("Second");
  const second = messageWith(visitor.log, "Second");
  await expect(second).toHaveAttribute("data-state", "failed");

  await visitor.page.reload();
  await visitor.ready();
  await expect(first).toHaveAttribute("data-state", "failed");

  await second.getByRole("button", { name: "Discard" }).click();
  await expect(second).toBeHidden();
  await expect(visitor.composer).toHaveValue("Second");
  refuse = false;
  await first.getByRole("button", { name: "Retry" }).click();
  await expect(first).toHaveAttribute("data-state", "sent");
  await expectTexts(visitor.log, ["First"]);
});

test("kinds are told apart by side, words and colour", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await visitor.visit();
  await visitor.open();
  await visitor.send("Question");
  await agent.signIn();
  await agent.openConversation();
  await agent.take();
  await agent.send("Answer");
  await expectTexts(visitor.log, ["Question", "Answer"]);
  const look = async (message: Locator) =>
    message.locator("[part~=message-bubble]").evaluate((bubble) => getComputedStyle(bubble).backgroundColor);
  for (const log of [visitor.log, agent.log]) {
    const question = messageWith(log, "Question");
    const answer = messageWith(log, "Answer");
    expect(await look(question)).not.toBe(await look(answer));
    const [one, other] = [await question.boundingBox(), await answer.boundingBox()];
    expect(one && other).toBeTruthy();
  }
  // Machines' lines are neither side's.
  await expect(visitor.log.locator("[data-kind=system]").first()).toBeVisible();
});
