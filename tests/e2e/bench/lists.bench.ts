// What a conversation of 100,000 messages costs on both sides: to open, and to scroll through.
//
// Frames are counted in the page while the browser itself scrolls, as under a wheel. Older
// messages come from the server meanwhile.

import { type Locator, type Page, expect, test } from "@playwright/test";

import { Agent } from "../support/agent.ts";
import { messagesIn } from "../support/messages.ts";
import { putNoScript } from "../support/script.ts";
import { Server } from "../support/server.ts";
import { Visitor } from "../support/visitor.ts";
import { report, runs } from "./measure.ts";

const messages = 100_000;
/** Pixels, and pixels a second. */
const distance = 60_000;
const speed = 6_000;

/** From a click until what it leads to is on the screen, in milliseconds. */
async function timeTo(page: Page, click: string, there: string): Promise<number> {
  return page.evaluate(
    ([click, there]) =>
      new Promise<number>((done) => {
        const begun = performance.now();
        const look = () => {
          const told = () => done(performance.now() - begun);
          requestAnimationFrame(document.querySelector(there) ? told : look);
        };
        document.querySelector<HTMLElement>(click)!.click();
        look();
      }),
    [click, there] as const,
  );
}

/** Scrolls up and gives the lengths of all frames meanwhile, in milliseconds. */
async function framesWhileScrolling(page: Page, log: Locator): Promise<number[]> {
  const box = (await log.boundingBox())!;
  const before = await log.evaluate((list) => list.scrollHeight);
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const count = (now: number) => {
      frames.push(now - last);
      last = now;
      if (window.frameTimes === frames) requestAnimationFrame(count);
    };
    window.frameTimes = frames;
    requestAnimationFrame(count);
  });
  const debugging = await page.context().newCDPSession(page);
  await debugging.send("Input.synthesizeScrollGesture", {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    yDistance: distance,
    speed,
    gestureSourceType: "mouse",
  });
  await debugging.detach();
  const frames = await page.evaluate(() => {
    const counted = window.frameTimes;
    window.frameTimes = [];
    return counted;
  });
  // It did scroll, through messages that were not there before.
  expect(await log.evaluate((list) => list.scrollHeight)).toBeGreaterThan(before + distance / 2);
  return frames;
}

function share(values: number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

test("lists", async ({ browser }) => {
  const server = await Server.start(undefined, (data) => putNoScript(data, "demo-support"));
  const shop = await browser.newContext();
  const visitor = new Visitor(await shop.newPage(), server.address);
  await visitor.visit();
  await visitor.open();
  await visitor.send("Hello?");
  const desk = await browser.newContext();
  const agent = new Agent(await desk.newPage(), server.address, "ana@example.com");
  await agent.signIn();
  await agent.tab("all").click();
  await expect(agent.rows).toHaveCount(1);
  const conversation = await agent.rows.first().getAttribute("data-conversation");
  await server.fill(conversation!, messages);

  const opened: number[] = [];
  for (let run = 0; run <= runs; run += 1) {
    await agent.visit();
    await agent.tab("all").click();
    await agent.rows.first().waitFor();
    // The list stands; what draws a conversation is fetched then.
    await agent.page.waitForLoadState("networkidle");
    const took = await timeTo(agent.page, "[data-conversation]", "[role=log] [data-key]");
    if (run > 0) opened.push(took);
  }
  await expect(messagesIn(agent.log).last()).toContainText(`${messages} `);
  const agentFrames = await framesWhileScrolling(agent.page, agent.log);
  await visitor.page.reload();
  await visitor.ready();
  await expect(messagesIn(visitor.log).last()).toContainText(`${messages} `);
  const visitorFrames = await framesWhileScrolling(visitor.page, visitor.log);
  report(`A conversation of ${messages} messages`, [
    { name: "agents' app: shown, from the click", values: opened, atMost: 300 },
  ]);
  for (const [side, frames] of [["agents' app", agentFrames], ["widget", visitorFrames]] as const) {
    const [half, most, longest] = [0.5, 0.99, 1].map((part) => share(frames, part).toFixed(1));
    console.log(`  ${side}: ${frames.length} frames while scrolling, p50 ${half}, p99 ${most} (goal 50), longest ${longest} ms`);
  }
  await Promise.all([shop.close(), desk.close()]);
  await server.remove();
});
