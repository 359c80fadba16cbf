// The end of a session: an agent ends it, everybody is told, and what is written after it begins the
// next one (W8).

import type { Agent } from "../support/agent.ts";
import { violations } from "../support/axe.ts";
import { messageWith } from "../support/messages.ts";
import { expect, test } from "../support/test.ts";
import { text } from "../support/texts.ts";
import type { Visitor } from "../support/visitor.ts";

const ended = text("en", "common.system.session_ended", { name: "Ana" });

/** Brings a visitor to the question all of these begin with. */
async function asking(visitor: Visitor): Promise<Visitor> {
  await visitor.visit();
  await visitor.open();
  await visitor.send("My parcel is late");
  return visitor;
}

/** Brings an agent to that conversation. */
async function at(agent: Agent): Promise<Agent> {
  await agent.signIn();
  await agent.openConversation("My parcel");
  return agent;
}

test("W8: the owner ends the conversation, everybody is told, and it is still so after a reload", async ({
  newVisitor,
  newAgent,
}) => {
  const visitor = await asking(await newVisitor());
  const ana = await at(await newAgent("ana"));
  await ana.take();
  const ben = await at(await newAgent("ben"));
  await expect(ben.endButton).toBeHidden();

  await ana.endButton.click();
  const question = ana.page.getByRole("dialog", { name: text("en", "agent.end.title") });
  await expect(question).toBeVisible();
  expect(await violations(ana.page)).toEqual([]);
  await ana.page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(ana.endButton).toBeFocused();
  await expect(ana.log).not.toContainText(ended);
  await ana.end();

  for (const person of [visitor, ana, ben]) await expect(person.log).toContainText(ended);
  await expect(ana.endButton).toBeHidden();
  await ana.page.reload();
  await expect(ana.log).toContainText(ended);
  await expect(ana.rows.first()).toHaveAttribute("data-status", "resolved");
  await expect(ben.rows.first()).toHaveAttribute("data-status", "resolved");
  await visitor.page.reload();
  await visitor.ready();
  await expect(visitor.log).toContainText(ended);
});

test("P15: how it ended is told with the reason, live and after a reload", async ({ newVisitor, newAgent }) => {
  const visitor = await asking(await newVisitor());
  const ana = await at(await newAgent("ana"));
  await ana.take();
  await ana.send("It arrives today");
  await ana.openInformation();
  const section = ana.section("agent.info.conversation");
  await expect(section).not.toContainText(text("en", "agent.info.outcome"));
  await ana.end();
  const told = "No answer: the visitor wrote nothing after the first answer";
  await expect(section).toContainText(told);
  await ana.page.reload();
  await expect(section).toContainText(told);
  await visitor.send("Thank you, I have it");
  await expect(section).not.toContainText(told);
});

test("W8: the customer's next message begins another session, offered to whoever answered before", async ({
  newVisitor,
  newAgent,
}) => {
  const visitor = await asking(await newVisitor());
  const ana = await newAgent("ana");
  await ana.signIn();
  await ana.accept("My parcel");
  await ana.send("It arrives today");
  const ben = await newAgent("ben");
  await ben.signIn();
  await ana.end();

  await visitor.send("It did not");
  await expect(ana.offers("It did not")).toBeVisible();
  await expect(ben.offers()).toHaveCount(0);
  await expect(visitor.line).toBeVisible();
  await ana.accept("It did not");
  await expect(visitor.log).toContainText(text("en", "common.system.agent_joined", { name: "Ana" }));
  await expect(visitor.line).toBeHidden();
  await expect(messageWith(ana.log, "It arrives today")).toBeVisible();
});

test("W8: an agent takes up again what is over", async ({ newVisitor, newAgent }) => {
  const visitor = await asking(await newVisitor());
  const ana = await at(await newAgent("ana"));
  await ana.take();
  await ana.end();
  const ben = await at(await newAgent("ben"));
  await ben.chat.getByRole("button", { name: text("en", "agent.chat.reopen"), exact: true }).click();
  await expect(visitor.log).toContainText(text("en", "common.system.agent_joined", { name: "Ben" }));
  await expect(ben.rows.first()).toHaveAttribute("data-status", "open");
  await expect(ben.endButton).toBeVisible();
  await expect(ana.endButton).toBeHidden();
  await ben.send("It was found");
  await expect(visitor.log).toContainText("It was found");
});
