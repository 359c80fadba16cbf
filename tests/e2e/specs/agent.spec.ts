// Step 3 of the story: an agent signs in, sees, takes and answers (C3, C9).

import { password } from "../support/agent.ts";
import { expectTexts } from "../support/messages.ts";
import { expect, test } from "../support/test.ts";

test("an agent signs in, sees the new conversation without reloading, takes it and answers", async ({ newVisitor, newAgent }) => {
  const agent = await newAgent();
  await agent.signIn();
  await agent.tab("all").click();
  await expect(agent.list).toContainText("No conversations yet");

  const visitor = await newVisitor({ locale: "es-ES", language: "es" });
  await visitor.visit();
  await visitor.open();
  await visitor.send("¿Tenéis esto en azul?");

  const row = agent.rows.first();
  await expect(row).toContainText("¿Tenéis esto en azul?");
  await expect(row).toHaveAttribute("data-status", "open");
  await expect(row.getByText("1", { exact: true })).toBeVisible();
  await expect(agent.list.getByText("Support")).toBeVisible();
  await expect(row.locator("time")).toBeVisible();

  await agent.openConversation();
  await agent.take();
  await expect(agent.chat).toContainText("You answer");
  await expect(row.getByText("1", { exact: true })).toBeHidden();
  await agent.tab("mine").click();
  await expect(agent.rows).toHaveCount(1);
  await agent.tab("unassigned").click();
  await expect(agent.rows).toHaveCount(0);

  await agent.send("Sí, en azul y en verde.");
  await expectTexts(visitor.log, ["¿Tenéis esto en azul?", "Sí, en azul y en verde."]);
  await expect(visitor.log).toContainText("Ana");
});

test("another agent sees who answers, and cannot take what is taken", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  await visitor.visit();
  await visitor.open();
  await visitor.send("Hello?");
  const ana = await newAgent("ana");
  await ana.signIn();
  await ana.openConversation("Hello?");
  const ben = await newAgent("ben");
  await ben.signIn();
  await ben.openConversation("Hello?");
  await ana.take();
  await expect(ben.chat).toContainText("Ana answers");
  await expect(ben.takeButton).toBeHidden();
  await ben.chat.getByRole("button", { name: "Join" }).click();
  await expect(visitor.log).toContainText("Ben joined the conversation");
  await ben.chat.getByRole("button", { name: "Leave" }).click();
  await expect(visitor.log).toContainText("Ben left the conversation");
});

test("a wrong password is refused with a sentence, and the address stays", async ({ newAgent }) => {
  const agent = await newAgent();
  await agent.visit();
  await agent.fillSignIn("ana@example.com", "wrong");
  await expect(agent.page.getByRole("alert")).toContainText("E-mail and password do not belong together.");
  await expect(agent.page.getByRole("textbox", { name: "E-mail" })).toHaveValue("ana@example.com");
  await agent.fillSignIn("nobody@example.com", password);
  await expect(agent.page.getByRole("alert")).toContainText("E-mail and password do not belong together.");
});

test("guessing is slowed down, and says for how long", async ({ newAgent, server }) => {
  const guess = () =>
    fetch(`${server.address}/v1/sign-in`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.address },
      body: JSON.stringify({ email: "ben@example.com", password: "wrong" }),
    }).then((answer) => answer.status);
  const answers: number[] = [];
  while (answers.length < 8 && !answers.includes(429)) answers.push(await guess());
  expect(answers.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
  expect(answers).toContain(429);

  const agent = await newAgent("ben");
  await agent.visit();
  await agent.fillSignIn("ben@example.com", password);
  await expect(agent.page.getByRole("alert")).toContainText("Too many attempts");
  await server.moveClock(3_600_000);
  await agent.page.reload();
  await agent.fillSignIn("ben@example.com", password);
  await expect(agent.list).toBeVisible();
});

test("signing out ends the session on every page", async ({ newAgent }) => {
  const agent = await newAgent();
  await agent.signIn();
  const second = await agent.page.context().newPage();
  await second.goto(`${agent.address}/agent/`);
  await expect(second.getByRole("region", { name: "Conversations" })).toBeVisible();
  const [cookie] = await agent.page.context().cookies();
  expect(cookie).toMatchObject({ name: "parlour_session", httpOnly: true, sameSite: "Strict" });

  await agent.openAccount();
  await agent.page.getByRole("button", { name: "Sign out" }).click();
  await expect(agent.signInButton).toBeVisible();
  await expect(second.getByRole("button", { name: "Sign in" })).toBeVisible();
  const answer = await fetch(`${agent.address}/v1/me`, { headers: { cookie: `parlour_session=${cookie!.value}` } });
  expect(answer.status).toBe(401);
});

test("a session ends twelve hours after the last activity", async ({ newAgent, server }) => {
  const agent = await newAgent();
  await agent.signIn();
  await server.moveClock(11 * 3_600_000);
  await agent.page.reload();
  await expect(agent.list).toBeVisible();
  await server.moveClock(11 * 3_600_000);
  await agent.page.reload();
  await expect(agent.list).toBeVisible();
  await server.moveClock(12 * 3_600_000 + 60_000);
  await agent.page.reload();
  await expect(agent.signInButton).toBeVisible();
});
