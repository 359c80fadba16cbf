// Files in both directions (V5, C21): chosen, dropped, pasted; several with words; the limit; what
// breaks off and goes on; names that want to be more than text.

import { open, writeFile } from "node:fs/promises";

import type { Agent } from "../support/agent.ts";
import { violations } from "../support/axe.ts";
import { bring, bytes, choose, expectDrawn, picture, sound, throttle, tilesIn } from "../support/files.ts";
import { expectTexts, messagesIn } from "../support/messages.ts";
import { expect, test } from "../support/test.ts";
import { Visitor } from "../support/visitor.ts";

const MOST = 52_428_800;

/** Both talk already. */
async function begin(visitor: Visitor, agent: Agent): Promise<void> {
  await visitor.visit();
  await visitor.open();
  await visitor.send("Hello");
  await agent.signIn();
  await agent.openConversation("Hello");
  await agent.take();
  await expectTexts(visitor.log, ["Hello"]);
}

test("a picture reaches the agent live, with words, and is there after a reload", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await begin(visitor, agent);
  await choose(visitor.attachButton, [picture("teapot.png")]);
  await expect(visitor.chips).toHaveCount(1);
  await expect(visitor.chips).toContainText("teapot.png");
  expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
  await visitor.send("It came like this");
  await expect(visitor.chips).toHaveCount(0);
  await expectTexts(agent.log, ["Hello", "It came like this"]);
  for (const log of [visitor.log, agent.log]) await expectDrawn(log, "teapot.png");
  await expect(agent.rows.first()).toContainText("Photo: It came like this");
  expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
  expect(await violations(agent.page)).toEqual([]);

  await visitor.page.reload();
  await visitor.ready();
  await expectDrawn(visitor.log, "teapot.png");
  await agent.page.reload();
  await expectDrawn(agent.log, "teapot.png");
  const link = agent.log.getByRole("link", { name: "Open teapot.png" });
  await expect(link).toHaveAttribute("target", "_blank");
  await expect(link).toHaveAttribute("rel", /noopener/);
  const address = await link.evaluate((element) => (element as HTMLAnchorElement).href);
  const answer = await agent.page.context().request.get(address);
  expect((await answer.body()).equals(picture("teapot.png").buffer)).toBe(true);
});

test("an agent sends a file, and the visitor has it byte for byte", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await begin(visitor, agent);
  const file = bytes("a very long name of a manual that will not fit into one line.pdf", 3_000_000);
  await choose(agent.attachButton, [file, sound("hello.wav")]);
  await expect(agent.chips).toHaveCount(2);
  await agent.sendButton.click();
  const tile = tilesIn(visitor.log).filter({ hasText: "manual" });
  await expect(tile).toContainText("2.9 MB");
  await expect(tile).toContainText(".pdf");
  const coming = visitor.page.waitForEvent("download");
  await tile.getByRole("link", { name: /^Download/ }).click();
  const stream = await (await coming).createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  expect(Buffer.concat(parts).equals(file.buffer)).toBe(true);
  const player = visitor.log.locator("audio");
  await expect.poll(() => player.evaluate((audio) => (audio as HTMLAudioElement).duration)).toBeCloseTo(0.5, 1);
});

test("files are dropped on the whole panel, and pasted", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await begin(visitor, agent);
  await bring(visitor.log, "drag", [picture("one.png")]);
  await expect(visitor.host.locator("[part~=drop-target]")).toBeVisible();
  await bring(visitor.log, "drop", [picture("one.png")]);
  await expect(visitor.host.locator("[part~=drop-target]")).toBeHidden();
  await bring(visitor.composer, "paste", [picture("two.png")]);
  await expect(visitor.chips).toHaveCount(2);
  await visitor.sendButton.click();
  await expectDrawn(agent.log, "one.png");
  await expectDrawn(agent.log, "two.png");
  await expect(messagesIn(agent.log)).toHaveCount(2);

  await bring(agent.log, "drop", [picture("three.png")]);
  await expect(agent.chips).toHaveCount(1);
  await agent.chips.getByRole("button", { name: "Remove three.png" }).click();
  await expect(agent.chips).toHaveCount(0);
  await expect(agent.composer).toBeFocused();
});

test("the largest file passes, and one byte more is refused before anything is asked", async ({ newVisitor, newAgent }, info) => {
  test.slow();
  const visitor = await newVisitor();
  const agent = await newAgent();
  await begin(visitor, agent);
  const [largest, more] = [info.outputPath("largest.bin"), info.outputPath("more.bin")];
  for (const [path, size] of [[largest, MOST], [more, MOST + 1]] as const) {
    await writeFile(path, "");
    const file = await open(path, "r+");
    await file.truncate(size);
    await file.close();
  }
  const asked: string[] = [];
  visitor.page.on("request", (request) => {
    if (request.url().includes("/v1/uploads")) asked.push(request.method());
  });
  await choose(visitor.attachButton, [more]);
  await expect(visitor.problem).toHaveText(/^Files may have at most 50 MB\. Not attached: .*more\.bin/);
  await expect(visitor.chips).toHaveCount(0);
  expect(asked).toEqual([]);
  await choose(visitor.attachButton, [largest]);
  await expect(visitor.problem).toBeHidden();
  await visitor.sendButton.click();
  await expect(tilesIn(agent.log)).toContainText("50 MB", { timeout: 60_000 });
  expect(asked).toContain("PUT");
});

test("an upload that is cancelled leaves nothing but the words", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await begin(visitor, agent);
  await throttle(visitor.page, 200_000);
  await choose(visitor.attachButton, [bytes("slow.bin", 20_000_000)]);
  await visitor.send("with it");
  const row = messagesIn(visitor.log).filter({ hasText: "with it" });
  await expect(row).toHaveAttribute("data-state", "uploading");
  const bar = row.getByRole("progressbar", { name: "Sending slow.bin" });
  await expect.poll(async () => Number(await bar.getAttribute("value"))).toBeGreaterThan(0);
  expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
  await row.getByRole("button", { name: "Cancel" }).click();
  await expect(row).toHaveCount(0);
  await expect(visitor.composer).toHaveValue("with it");
  await visitor.sendButton.click();
  await expectTexts(agent.log, ["Hello", "with it"]);
  await expect(tilesIn(agent.log)).toHaveCount(0);
});

test("the server is killed in the middle of an upload, which goes on by itself", async ({ newVisitor, newAgent, server }) => {
  test.slow();
  const visitor = await newVisitor();
  const agent = await newAgent();
  await begin(visitor, agent);
  await throttle(visitor.page, 2_000_000);
  await choose(visitor.attachButton, [bytes("big.bin", 8_000_000)]);
  await visitor.send("here");
  const row = messagesIn(visitor.log).filter({ hasText: "here" });
  const bar = row.getByRole("progressbar");
  await expect.poll(async () => Number(await bar.getAttribute("value"))).toBeGreaterThan(0);
  await server.kill();
  await expect(row).toHaveAttribute("data-state", "queued");
  await server.run();
  await expect(tilesIn(agent.log)).toContainText("big.bin", { timeout: 45_000 });
  await expect(tilesIn(agent.log)).toHaveCount(1);
  await expect(messagesIn(agent.log).filter({ hasText: "here" })).toHaveCount(1);
});

test("after a reload in the middle of an upload the file is chosen again", async ({ newVisitor, newAgent }) => {
  test.slow();
  const visitor = await newVisitor();
  const agent = await newAgent();
  await begin(visitor, agent);
  const release = await throttle(visitor.page, 200_000);
  const file = bytes("interrupted.bin", 4_000_000);
  await choose(visitor.attachButton, [file]);
  await visitor.send("patience");
  await expect(messagesIn(visitor.log).filter({ hasText: "patience" })).toHaveAttribute("data-state", "uploading");
  await visitor.page.reload();
  await release();
  await visitor.ready();
  const row = messagesIn(visitor.log).filter({ hasText: "patience" });
  await expect(row).toContainText("Choose it again");
  expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
  const again = row.getByRole("button", { name: "Choose again" });
  await choose(again, [bytes("another.bin", 4)]);
  await expect(row).toContainText("That is another file");
  await choose(again, [file]);
  await expect(tilesIn(agent.log)).toContainText("interrupted.bin", { timeout: 20_000 });
  await expectTexts(agent.log, ["Hello", "patience"]);
});

test("names are text, whatever they would like to be", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  const agent = await newAgent();
  await begin(visitor, agent);
  const names = ["<img src=x onerror=alert(1)>.txt", "holiday\u202egnp.exe", "../../etc/passwd"];
  await choose(
    visitor.attachButton,
    names.map((name) => bytes(name, 10)),
  );
  await expect(visitor.chips).toHaveCount(3);
  await visitor.sendButton.click();
  for (const log of [visitor.log, agent.log]) {
    await expect(tilesIn(log)).toHaveCount(3);
    await expect(log.locator("[part~=attachment] img")).toHaveCount(0);
    await expect(tilesIn(log).nth(0)).toContainText("onerror=alert(1)");
    await expect(tilesIn(log).nth(1)).toContainText(".exe");
    await expect(tilesIn(log).nth(1)).not.toContainText("\u202e");
    await expect(tilesIn(log).nth(2)).toContainText("passwd");
  }
});
