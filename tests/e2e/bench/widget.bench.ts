// What a visitor waits for, beside two pages that show what the machine can do at all: one
// without chat, and one with a panel in plain JavaScript.
//
// Times are taken inside the page, from navigation, when the frame that shows the thing is done.
// Two things are told of the panel: when it takes typing and Enter at all, be it by the loader's
// input that hands over to the app's, and when the app's own panel is there and its composer has
// the keyboard. A panel is of use from the first on; who had rested on the launcher gets the second.

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

type Times = Window["times"];

/** Runs in the page before everything: notes when things first appear. */
function watch(): void {
  const times: Partial<Times> = {};
  const waiting: [keyof Times, (times: Times) => void][] = [];
  // The page itself tells: asking it over and over would take the time that is measured.
  window.seen = (name) => new Promise((done) => waiting.push([name, done]));
  const root = () => document.querySelector("parlour-chat")?.shadowRoot ?? document;
  const visible = (selector: string) => {
    const found = root().querySelector(selector);
    return Boolean(found?.checkVisibility({ visibilityProperty: true }) && found.getBoundingClientRect().height > 0);
  };
  const takesTyping = (selector: string) => {
    const input = root().activeElement;
    return input instanceof HTMLTextAreaElement && input.matches(selector) && !input.readOnly && !input.disabled;
  };
  const there = {
    text: () => visible("p"),
    launcher: () => visible("#launcher"),
    input: () => takesTyping("textarea"),
    app: () => visible("[role=log]") && takesTyping("[part~=composer-input]"),
  };
  // A message comes after the frame that is being made.
  const { port1: now, port2: afterFrame } = new MessageChannel();
  now.onmessage = ({ data: names }: MessageEvent<(keyof Times)[]>) => {
    // Two frames may pass before the first message comes.
    for (const name of names.filter((name) => !(name in times))) {
      times[name] = performance.now();
      if (name === "launcher" && window.clickAtOnce) (root().querySelector("#launcher") as HTMLElement).click();
    }
    for (const [name, done] of waiting) if (name in times) done(times as Times);
  };
  addEventListener("click", (event) => (times.click = event.timeStamp), { capture: true });
  const look = () => {
    const names = Object.keys(there) as (keyof typeof there)[];
    afterFrame.postMessage(names.filter((name) => !(name in times) && there[name]()));
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Goes to a page of the shop and waits until something has appeared. */
async function visit(browser: Browser, address: string, last: keyof Times, clickAtOnce = false): Promise<Times> {
  return fresh(browser, async (page) => {
    await page.addInitScript(watch);
    if (clickAtOnce) await page.addInitScript(() => (window.clickAtOnce = true));
    await page.goto(address);
    return page.evaluate((name) => window.seen(name), last);
  });
}

/** A click on a launcher on which the pointer has rested until the panel was drawn, unseen. */
async function rested(browser: Browser, address: string): Promise<Times> {
  return fresh(browser, async (page) => {
    await page.addInitScript(watch);
    await page.goto(address);
    await page.locator("parlour-chat #launcher").hover();
    await page.waitForFunction(() => document.querySelector("parlour-chat")?.shadowRoot?.querySelector("#panel [role=log]"));
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
    const seen = page.evaluate(() => window.seen("app"));
    await page.mouse.down();
    await page.mouse.up();
    return seen;
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
  const hovered: Times[] = [];
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
    { name: "clicked at once, from navigation: input takes typing", values: clicked.map((times) => times.input), atMost: 1_200 },
    { name: "clicked at once, from navigation: app's own panel", values: clicked.map((times) => times.app) },
    { name: "pointer had rested, from click: input takes typing", values: hovered.map((times) => times.input - times.click) },
    { name: "pointer had rested, from click: app's own panel", values: hovered.map((times) => times.app - times.click), atMost: 100 },
  ];
  const above = report("Widget: 1.6 Mbit/s, 150 ms, processor slowed four times", lines);
  await shop.close();
  await server.remove();
  expect(above, "figures above what the project holds itself to").toEqual([]);
});
