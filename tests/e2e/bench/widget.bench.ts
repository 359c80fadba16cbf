// What a visitor waits for, beside two pages that show what the machine can do at all: one
// without chat, and one with a panel in plain JavaScript.
//
// Times are taken inside the page, from navigation, at the frame after the thing is there.

import { type Browser, expect, test } from "@playwright/test";

import { Server } from "../support/server.ts";
import { Shop, tag } from "../support/shop.ts";
import { type Line, fresh, median, report, runs } from "./measure.ts";

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>
  <body><h1>A shop</h1><p>With something to read.</p>`;

/** The least a chat can be: a button, and on click a panel with an input. */
const plainPanel = `
  const button = document.createElement("button");
  button.textContent = "Chat";
  button.style.cssText = "position:fixed;right:20px;bottom:20px;width:56px;height:56px";
  button.id = "launcher";
  button.onclick = () => {
    const panel = document.createElement("div");
    panel.style.cssText = "position:fixed;right:20px;bottom:88px;width:380px;height:500px;border:1px solid";
    const input = document.createElement("textarea");
    panel.append(input);
    document.body.append(panel);
    input.focus();
  };
  document.body.append(button);`;

/** Runs in the page before everything: notes when things first appear. */
function watch(): void {
  const times: Partial<Window["times"]> = {};
  window.times = times as Window["times"];
  const root = () => document.querySelector("parlour-chat")?.shadowRoot ?? document;
  const visible = (selector: string) => {
    const box = root().querySelector(selector)?.getBoundingClientRect();
    return Boolean(box && box.width > 0 && box.height > 0);
  };
  const look = () => {
    const now = performance.now();
    if (!times.text && document.querySelector("p")) times.text = now;
    if (!times.launcher && visible("#launcher")) {
      times.launcher = now;
      if (window.clickAtOnce) (root().querySelector("#launcher") as HTMLElement).click();
    }
    if (!times.input && visible("textarea")) times.input = now;
    if (!times.app && visible("[role=log]")) times.app = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

type Times = Window["times"];

/** Goes to a page of the shop and waits until something has appeared. */
async function visit(browser: Browser, address: string, last: keyof Times, clickAtOnce = false): Promise<Times> {
  return fresh(browser, async (page) => {
    await page.addInitScript(watch);
    if (clickAtOnce) await page.addInitScript(() => (window.clickAtOnce = true));
    await page.goto(address);
    await page.waitForFunction((name) => window.times[name], last);
    return page.evaluate(() => window.times);
  });
}

/** From a click on a launcher on which the pointer has rested to a panel that takes text. */
async function rested(browser: Browser, address: string): Promise<{ input: number; app: number }> {
  return fresh(browser, async (page) => {
    await page.addInitScript(watch);
    await page.goto(address);
    const launcher = page.locator("parlour-chat #launcher");
    const arrived = page.waitForResponse((answer) => answer.url().endsWith(".wasm"));
    await launcher.hover();
    await (await arrived).finished();
    await page.waitForLoadState("networkidle");
    const clicked = await launcher.evaluate((button: HTMLElement) => {
      const now = performance.now();
      button.click();
      return now;
    });
    await page.waitForFunction(() => window.times.app);
    const times: Times = await page.evaluate(() => window.times);
    return { input: times.input - clicked, app: times.app - clicked };
  });
}

test("widget", async ({ browser }) => {
  const server = await Server.start();
  const shop = await Shop.open({
    "/blank": page,
    "/plain": `${page}<script>${plainPanel}</script>`,
    "/chat": page + tag(server.address),
  });
  const blanks: Times[] = [];
  const plains: Times[] = [];
  const seen: Times[] = [];
  const clicked: Times[] = [];
  const hovered: { input: number; app: number }[] = [];
  // One of each in turn, so that a busy moment of the machine falls on all alike.
  for (let run = 0; run <= runs; run += 1) {
    const blank = await visit(browser, `${shop.address}/blank`, "text");
    const plain = await visit(browser, `${shop.address}/plain`, "input", true);
    const chat = await visit(browser, `${shop.address}/chat`, "launcher");
    const opened = await visit(browser, `${shop.address}/chat`, "app", true);
    const rest = await rested(browser, `${shop.address}/chat`);
    // The first round warms the machine up.
    if (run === 0) continue;
    blanks.push(blank);
    plains.push(plain);
    seen.push(chat);
    clicked.push(opened);
    hovered.push(rest);
  }
  const text = median(blanks.map((times) => times.text));
  const lines: Line[] = [
    { name: "plain page: text", values: blanks.map((times) => times.text) },
    { name: "plain JavaScript: launcher", values: plains.map((times) => times.launcher) },
    { name: "plain JavaScript: input after clicking at once", values: plains.map((times) => times.input) },
    { name: "launcher, after the plain page's text", values: seen.map((times) => times.launcher - text), atMost: 350 },
    { name: "input of the frame, clicked at once, from navigation", values: clicked.map((times) => times.input) },
    { name: "panel usable, clicked at once, from navigation", values: clicked.map((times) => times.app), atMost: 1_200 },
    { name: "input after a click, pointer had rested", values: hovered.map((times) => times.input) },
    { name: "panel usable after a click, pointer had rested", values: hovered.map((times) => times.app), atMost: 100 },
  ];
  const above = report("Widget: 1.6 Mbit/s, 150 ms, processor slowed four times", lines);
  await shop.close();
  await server.remove();
  expect(above, "figures above what the project holds itself to").toEqual([]);
});
