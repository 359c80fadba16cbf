// Step 1 of the story: a shop's page, one script tag, nothing before the visitor acts (V1, V9).

import { messageWith } from "../support/messages.ts";
import { tag } from "../support/shop.ts";
import { expect, test } from "../support/test.ts";

/** Everything a page may keep. */
async function stored(page: import("@playwright/test").Page): Promise<unknown> {
  return page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    cookies: document.cookie,
    databases: (await indexedDB.databases()).map((database) => database.name),
    caches: await caches.keys(),
  }));
}

/** Keeps the app's files back until it is told to let them go. */
async function holdApp(page: import("@playwright/test").Page): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

/** Whether the keyboard is somewhere in the panel. */
async function inPanel(page: import("@playwright/test").Page): Promise<boolean> {
  return page.evaluate(() => {
    const root = document.querySelector("parlour-chat")!.shadowRoot!;
    return root.querySelector("#panel")!.contains(root.activeElement);
  });
}

const nothing = { local: [], session: [], cookies: "", databases: [], caches: [] };

test("before the visitor acts the page fetches the loader alone and stores nothing", async ({ newVisitor }) => {
  const visitor = await newVisitor();
  const asked: string[] = [];
  const sockets: string[] = [];
  visitor.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  visitor.page.on("websocket", (socket) => sockets.push(socket.url()));
  await visitor.visit();
  await visitor.page.waitForLoadState("networkidle");

  const ofParlour = asked.filter((path) => !path.startsWith("/demo/") && !path.startsWith("/favicon"));
  expect(ofParlour).toEqual(["/parlour.js"]);
  expect(sockets).toEqual([]);
  expect(await stored(visitor.page)).toEqual(nothing);
  expect(await visitor.page.context().cookies()).toEqual([]);
});

test("pointing at the launcher brings the app, but no connection and nothing stored", async ({ newVisitor }) => {
  const visitor = await newVisitor();
  await visitor.visit();
  const sockets: string[] = [];
  visitor.page.on("websocket", (socket) => sockets.push(socket.url()));
  const wasm = visitor.page.waitForResponse((response) => response.url().endsWith(".wasm"));
  await visitor.launcher.hover();
  expect((await wasm).headers()["content-type"]).toBe("application/wasm");
  // The app draws itself ahead of time, where nobody meets it: not by eye, ear or key.
  await visitor.host.locator("[role=log]").waitFor({ state: "attached" });
  await expect(visitor.panel).toBeHidden();
  await expect(visitor.page.getByRole("textbox")).toHaveCount(0);
  for (let presses = 0; presses < 12; presses += 1) {
    await visitor.page.keyboard.press("Tab");
    expect(await inPanel(visitor.page)).toBe(false);
  }
  await visitor.page.waitForLoadState("networkidle");
  expect(sockets).toEqual([]);
  expect(await stored(visitor.page)).toEqual(nothing);

  await visitor.open();
  await expect(visitor.composer).toBeFocused();
  await visitor.send("At once");
  await expect(messageWith(visitor.log, "At once")).toHaveAttribute("data-state", "sent");
  expect(sockets).toHaveLength(1);
});

test("opening the panel connects, but stores nothing on the server", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  await visitor.visit();
  await visitor.open();
  await expect(visitor.composer).toBeFocused();

  const agent = await newAgent();
  await agent.signIn();
  await agent.tab("all").click();
  await expect(agent.list).toContainText("No conversations yet");
});

test("frame and input are there at once, and what is typed and sent meanwhile is not lost", async ({ newVisitor }) => {
  const visitor = await newVisitor();
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await visitor.page.route("**/assets/**", async (route) => {
    await held;
    await route.continue();
  });
  await visitor.visit();
  await visitor.launcher.click();
  const input = visitor.panel.getByRole("textbox", { name: "Message" });
  await expect(input).toBeFocused();
  await visitor.page.keyboard.type("I am quick");
  await visitor.page.keyboard.press("Enter");
  release();
  await visitor.ready();
  await expect(visitor.log).toContainText("I am quick");
  await expect(messageWith(visitor.log, "I am quick")).toHaveAttribute("data-state", "sent");
  await expect(visitor.composer).toHaveValue("");
});

test("what is typed but not sent waits in the composer", async ({ newVisitor }) => {
  const visitor = await newVisitor();
  const release = await holdApp(visitor.page);
  await visitor.visit();
  await visitor.launcher.click();
  await visitor.page.keyboard.type("half a sent");
  release();
  await visitor.ready();
  await expect(visitor.composer).toHaveValue("half a sent");
  await expect(visitor.composer).toBeFocused();
});

test("the caret stays where it was when the app takes over", async ({ newVisitor }) => {
  const visitor = await newVisitor();
  const release = await holdApp(visitor.page);
  await visitor.visit();
  await visitor.launcher.click();
  await visitor.page.keyboard.type("caet");
  for (const key of ["ArrowLeft", "ArrowLeft"]) await visitor.page.keyboard.press(key);
  release();
  await visitor.ready();
  await visitor.page.keyboard.type("r");
  await expect(visitor.composer).toHaveValue("caret");
});

test("a character that is being composed is finished before the app takes over", async ({ newVisitor }) => {
  const visitor = await newVisitor();
  const release = await holdApp(visitor.page);
  await visitor.visit();
  await visitor.launcher.click();
  const keyboard = await visitor.page.context().newCDPSession(visitor.page);
  await keyboard.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
  const arrived = visitor.page.waitForEvent("requestfinished", (request) => request.url().endsWith(".wasm"));
  release();
  await arrived;
  await keyboard.send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 });
  const input = visitor.panel.getByRole("textbox", { name: "Message" });
  await expect(input).toHaveValue("にほん");
  await expect(visitor.log).toBeHidden();
  await keyboard.send("Input.insertText", { text: "日本" });
  await visitor.ready();
  await expect(visitor.composer).toHaveValue("日本");
  await expect(visitor.composer).toBeFocused();
});

test("a key that can be no channel's is told of", async ({ newVisitor, newShop, server }) => {
  const shop = await newShop({
    "/": `<!doctype html><title>Keyless</title><body><script async src="${server.address}/parlour.js" data-site=""></script>`,
  });
  const visitor = await newVisitor({ shop });
  await visitor.visit("/");
  await visitor.launcher.click();
  await expect(visitor.panel).toContainText("The chat could not be loaded.");
});

test("when the app cannot be fetched the panel says so and tries again", async ({ newVisitor }) => {
  const visitor = await newVisitor();
  await visitor.page.route("**/*.wasm", (route) => route.abort());
  await visitor.visit();
  await visitor.launcher.click();
  const again = visitor.panel.getByRole("button", { name: "Try again" });
  await expect(again).toBeVisible();
  await visitor.panel.getByRole("textbox", { name: "Message" }).fill("kept");
  await visitor.page.unroute("**/*.wasm");
  await again.click();
  await visitor.ready();
  await expect(visitor.composer).toHaveValue("kept");
});

test("a hostile page cannot change how the chat looks", async ({ newVisitor, newShop, server }) => {
  const plain = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>`;
  const hostile = `${plain}<style>
    * { all: revert !important; font: 40px serif !important; color: red !important; direction: rtl !important;
        letter-spacing: 9px !important; text-transform: uppercase !important; box-sizing: content-box !important }
    *, *::before, *::after { border: 5px dashed lime !important; margin: 7px !important; padding: 11px !important }
    button { display: none !important } textarea { visibility: hidden !important }
    parlour-chat { display: none !important; opacity: .1 !important; transform: rotate(9deg) !important }
    div { position: absolute !important; filter: blur(4px) !important }
  </style>`;
  const body = `<body><h1>Shop</h1>${tag(server.address)}`;
  const shop = await newShop({ "/plain": plain + body, "/hostile": hostile + body });
  const looks: string[][] = [];
  for (const path of ["/plain", "/hostile"]) {
    const visitor = await newVisitor({ shop });
    await visitor.visit(path);
    await visitor.open();
    await visitor.send("How do I look?");
    await expect(messageWith(visitor.log, "How do I look?")).toHaveAttribute("data-state", "sent");
    // What is told of the waiting line comes a moment later, and takes room of its own.
    await expect(visitor.host.locator("[part~=waiting-place]")).toBeVisible();
    looks.push(
      await visitor.host.evaluate(async (host) => {
        // A colour on its way is neither look: every change under way comes to its end first.
        const changes = host.shadowRoot!.getAnimations().filter((change) => change instanceof CSSTransition);
        await Promise.allSettled(changes.map((change) => change.finished));
        const names = [
          "display", "visibility", "opacity", "color", "background-color", "font-size", "font-family",
          "letter-spacing", "text-transform", "direction", "border-top-width", "padding-top", "margin-top",
          "position", "transform", "filter", "box-sizing",
        ];
        return Array.from(host.shadowRoot!.querySelectorAll("[part]"), (piece) => {
          const style = getComputedStyle(piece);
          const box = piece.getBoundingClientRect();
          const part = piece.getAttribute("part");
          // A minute later the time is another, and as wide as its digits are.
          const size = part?.includes("time") ? [] : [Math.round(box.width), Math.round(box.height)];
          return [part, ...size, ...names.map((name) => style.getPropertyValue(name))].join(" | ");
        });
      }),
    );
  }
  expect(looks[0]!.length).toBeGreaterThan(10);
  expect(looks[1]).toEqual(looks[0]);
});

test("the page's own script opens, closes and hears of the chat, before and after it has loaded", async ({ newVisitor, newShop, server }) => {
  const shop = await newShop({
    "/": `<!doctype html><title>Scripted</title><body><script>
      window.heard = [];
      window.Parlour = [["on", "open", () => heard.push("open")], ["on", "ready", () => heard.push("ready")],
        ["on", "close", () => heard.push("close")], ["open"]];
    </script>${tag(server.address)}`,
  });
  const visitor = await newVisitor({ shop });
  await visitor.visit("/");
  await visitor.ready();
  await visitor.page.evaluate(() => window.Parlour.close());
  await expect(visitor.panel).toBeHidden();
  expect(await visitor.page.evaluate(() => window.heard)).toEqual(["open", "ready", "close"]);
});

test("a site that requires consent stores and connects only after it is given", async ({ newVisitor, newShop, server }) => {
  const shop = await newShop({
    "/": `<!doctype html><title>Consent</title><body>${tag(server.address, 'data-consent="required"')}`,
  });
  const visitor = await newVisitor({ shop });
  const sockets: string[] = [];
  visitor.page.on("websocket", (socket) => sockets.push(socket.url()));
  await visitor.visit("/");
  await visitor.launcher.click();
  await expect(visitor.panel).toBeVisible();
  expect(sockets).toEqual([]);
  expect(await stored(visitor.page)).toEqual(nothing);
  await visitor.panel.getByRole("button", { name: "OK" }).click();
  await visitor.ready();
  await visitor.send("I agree");
  await expect(messageWith(visitor.log, "I agree")).toHaveAttribute("data-state", "sent");
  expect(sockets).toHaveLength(1);
});
