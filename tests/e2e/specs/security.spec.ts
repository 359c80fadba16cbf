// Hostile input is shown as text or refused; strict pages are obeyed.

import { request } from "node:http";

import { attacks } from "../support/corpus.ts";
import { expectTexts } from "../support/messages.ts";
import { Server } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

test("hostile messages stay text on both sides", async ({ newVisitor, newAgent }) => {
  test.slow();
  const visitor = await newVisitor();
  const agent = await newAgent();
  await visitor.visit();
  await visitor.open();
  for (const attack of attacks) await visitor.send(attack);
  await agent.signIn();
  await agent.openConversation();
  await expectTexts(agent.log, attacks);
  await agent.take();
  for (const attack of attacks) await agent.send(attack);
  await expectTexts(visitor.log, [...attacks, ...attacks]);
  await expectTexts(agent.log, [...attacks, ...attacks]);
  for (const log of [visitor.log, agent.log]) {
    await expect(log.locator("script, iframe, img[onerror], [onload], [onmouseover]")).toHaveCount(0);
    const hrefs = await log.getByRole("link").evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol));
    expect(hrefs.filter((protocol) => !/^(https?|mailto):$/.test(protocol))).toEqual([]);
  }
  for (const page of [visitor.page, agent.page]) {
    expect(await page.evaluate(() => window.hacked)).toBeUndefined();
  }
});

test("long words and right-to-left overrides do not break the layout", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor({ viewport: { width: 360, height: 640 } });
  const agent = await newAgent();
  await visitor.visit();
  await visitor.open();
  await visitor.send("W".repeat(2_000));
  await visitor.send(`https://example.com/${"x".repeat(2_000)}`);
  await visitor.send("\u202E".repeat(50) + "overridden");
  await agent.signIn();
  await agent.openConversation();
  for (const [page, box] of [[visitor.page, visitor.panel], [agent.page, agent.chat]] as const) {
    await expect(box).toContainText("overridden");
    const wide = await box.evaluate((element) => element.scrollWidth > element.clientWidth);
    expect(wide).toBe(false);
    const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(scrolls).toBe(false);
  }
  // The override ends with its message: the next names read as they should.
  await expect(visitor.panel.getByRole("heading").first()).toHaveCSS("direction", "ltr");
});

test("the demo page demands the documented policy, and the chat obeys it", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const answer = await visitor.page.goto(`${visitor.address}/demo/`);
  const policy = answer!.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("style-src 'self'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toContain("unsafe-inline");
  expect(policy).not.toContain("'unsafe-eval'");
  await visitor.open();
  await visitor.send("within the rules");
  const agent = await newAgent();
  const page = await agent.page.goto(`${agent.address}/agent/`);
  expect(page!.headers()["content-security-policy"]).toContain("require-trusted-types-for 'script'");
  await agent.signIn();
  await agent.openConversation("within the rules");
  await agent.take();
  // Anything forbidden would be among the complaints that fail a story.
});

test("a foreign page can neither sign in nor speak as an agent", async ({ server, newAgent }) => {
  const agent = await newAgent();
  await agent.signIn();
  const [cookie] = await agent.page.context().cookies();
  const answer = await fetch(`${server.address}/v1/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: "https://evil.example" },
    body: JSON.stringify({ email: "ana@example.com", password: "parlour-demo" }),
  });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ code: "origin_refused" });

  const outcome = await foreignAgentSocket(server, `parlour_session=${cookie!.value}`);
  expect(outcome).toMatch(/^(4003|403)$/);
});

/** Connects as the browser of a signed-in agent would from a foreign page; how it ends. */
function foreignAgentSocket(server: Server, cookie: string): Promise<string> {
  return new Promise((done, fail) => {
    const upgrade = request(`${server.address}/v1/socket`, {
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        "sec-websocket-protocol": "parlour.v1",
        origin: "https://evil.example",
        cookie,
      },
    });
    upgrade.on("response", (answer) => done(String(answer.statusCode)));
    upgrade.on("upgrade", (_, socket) => {
      const frame = Buffer.from(JSON.stringify({ type: "connect_agent", protocol: 1, feeds: [] }));
      // A masked text frame; the mask is zero.
      socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | frame.length, 0, 0, 0, 0]), frame]));
      let received = Buffer.alloc(0);
      socket.on("data", (chunk) => {
        received = Buffer.concat([received, chunk]);
        const close = received.indexOf(0x88);
        if (close >= 0 && received.length >= close + 4) {
          done(String(received.readUInt16BE(close + 2)));
          socket.destroy();
        } else if (received.includes("agent_ready")) {
          done("agent_ready");
          socket.destroy();
        }
      });
      socket.on("error", fail);
    });
    upgrade.on("error", fail);
    upgrade.end();
  });
}

test("a server built without features has no clock that can be moved", async () => {
  const plain = process.env.PARLOUR_PLAIN_SERVER;
  test.skip(!plain, "no such server was built");
  const server = await Server.start(plain);
  await expect(server.moveClock(1)).rejects.toThrow(/404|405/);
  await server.remove();
});
