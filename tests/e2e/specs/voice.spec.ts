// Voice notes in both directions and in private notes (V5, C21): recorded through the microphone of
// a real browser, heard before they are sent, played, sought in, and explained when they cannot be.

import type { Page } from "@playwright/test";

import type { Agent } from "../support/agent.ts";
import { violations } from "../support/axe.ts";
import { browserArguments, chromium } from "../support/browser.ts";
import { choose, picture, throttle } from "../support/files.ts";
import { expectTexts, messagesIn } from "../support/messages.ts";
import { expect, test } from "../support/test.ts";
import type { Visitor } from "../support/visitor.ts";
import { Voice, bars, microphoneArguments, place, placesPassed } from "../support/voice.ts";

test.use({
  launchOptions: { executablePath: chromium(), args: [...browserArguments, ...microphoneArguments] },
});

const allowed = { permissions: ["microphone"] };

const of = (visitor: Visitor) => new Voice(visitor.panel, visitor.log);
const at = (agent: Agent) => new Voice(agent.chat, agent.log);

/** Both talk already. */
async function begin(visitor: Visitor, agent: Agent): Promise<[Voice, Voice]> {
  await visitor.visit();
  await visitor.open();
  await visitor.send("Hello");
  await agent.signIn();
  await agent.openConversation("Hello");
  await agent.take();
  await expectTexts(visitor.log, ["Hello"]);
  return [of(visitor), at(agent)];
}

test("a visitor records, pauses, listens and sends; the agent hears it and answers by voice", async ({ newVisitor, newAgent }) => {
  test.slow();
  const visitor = await newVisitor(allowed);
  const agent = await newAgent("ana", allowed);
  const [voice, heard] = await begin(visitor, agent);
  await visitor.composer.fill("and in writing");
  await voice.record(2);
  await expect(voice.recordButton).toBeHidden();
  const level = () => voice.recorder.locator("[part~=voice-level] path").getAttribute("d");
  const before = await level();
  await expect.poll(level).not.toBe(before);
  expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
  await voice.button("Pause recording").click();
  await expect(voice.recorder.getByRole("status")).toHaveText("Recording is paused");
  const paused = (await voice.timer.textContent())!;
  await visitor.page.waitForFunction(
    (until) => Date.now() > until,
    await visitor.page.evaluate(() => Date.now() + 1_500),
  );
  await expect(voice.timer).toHaveText(paused);
  await voice.button("Continue recording").click();
  await voice.reaches(4);
  await voice.stopButton.click();

  // Before it is sent.
  const preview = voice.recorder.getByRole("group", { name: "Voice message" });
  await expect(preview.getByRole("button", { name: "Play" })).toBeFocused();
  expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
  await preview.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => place(preview)).toBeGreaterThan(0);
  await expect(voice.notes).toHaveCount(0);
  await voice.button("Send voice note").click();
  await expect(voice.recorder).toBeHidden();
  await expect(voice.notes).toHaveCount(1);
  await expect(visitor.composer).toHaveValue("and in writing");
  await expect(visitor.composer).toBeFocused();

  // The agent, live.
  await expect(heard.notes).toHaveCount(1);
  await expect(agent.rows.first()).toContainText("Voice message");
  const note = heard.notes.first();
  const loud = await bars(note);
  expect(loud).toHaveLength(64);
  expect(new Set(loud).size, loud.join(" ")).toBeGreaterThan(3);
  expect(loud).toEqual(await bars(voice.notes.first()));
  await expect(note).toContainText(/0:(0[4-9]|1\d)/);
  const slider = note.getByRole("slider", { name: "Position" });
  await expect(slider).toHaveAttribute("aria-valuetext", /^0:00 of 0:(0[4-9]|1\d)$/);
  expect(await violations(agent.page)).toEqual([]);
  await note.getByRole("button", { name: "Speed 1×" }).click();
  await expect(note.getByRole("button", { name: "Speed 1.5×" })).toBeVisible();
  await note.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => place(note)).toBeGreaterThan(0);
  await note.getByRole("button", { name: "Pause" }).click();
  await slider.focus();
  await agent.page.keyboard.press("Home");
  await expect.poll(() => place(note)).toBe(0);
  await agent.page.keyboard.press("ArrowRight");
  await agent.page.keyboard.press("ArrowRight");
  await agent.page.keyboard.press("ArrowRight");
  await expect.poll(() => place(note)).toBe(3);
  const passed = await placesPassed(note);
  await note.getByRole("button", { name: "Play" }).click();
  // From there to the end, and it stands at the beginning again.
  await expect(note.getByRole("button", { name: "Play" })).toBeVisible();
  await expect.poll(() => place(note)).toBe(0);
  const all = await passed();
  expect(all.slice(0, -1).every((at) => at >= 3), all.join(" ")).toBe(true);
  const box = (await slider.boundingBox())!;
  await agent.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const whole = Number(await slider.getAttribute("aria-valuemax"));
  // The last of those seconds need not be a whole one.
  await expect.poll(async () => Math.abs((await place(note)) - whole / 2)).toBeLessThanOrEqual(1);

  // The other way, and both are there after a reload.
  await heard.say(2);
  await expect(voice.notes).toHaveCount(2);
  await visitor.page.reload();
  await visitor.ready();
  await expect(voice.notes).toHaveCount(2);
  const [first, second] = [voice.notes.nth(0), voice.notes.nth(1)];
  await first.getByRole("button", { name: "Play" }).click();
  await expect(first.getByRole("button", { name: "Pause" })).toBeVisible();
  await second.getByRole("button", { name: "Play" }).click();
  await expect(second.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect(first.getByRole("button", { name: "Play" })).toBeVisible();
  await expect.poll(() => place(second)).toBeGreaterThan(0);
});

test("a voice note in a private note is heard by agents alone", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor(allowed);
  const told: string[] = [];
  visitor.page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => told.push(payload.toString()));
  });
  const ana = await newAgent("ana", allowed);
  const [, voice] = await begin(visitor, ana);
  const ben = await newAgent("ben");
  await ben.signIn();
  await ben.openConversation("Hello");
  await ana.mode("note").click();
  await voice.say(1);
  const heard = at(ben);
  await expect(heard.notes).toHaveCount(1);
  await expect(ben.notes).toHaveAttribute("data-kind", "note");
  await heard.notes.getByRole("button", { name: "Play" }).click();
  await expect(heard.notes.getByRole("button", { name: "Pause" })).toBeVisible();

  // Begun for a note, it is kept there when the mode changes, and no reply takes it.
  await voice.record(1);
  await ana.mode("reply").click();
  await expect(voice.recorder).toBeHidden();
  await expect(voice.recordButton).toBeVisible();
  await ana.send("Good morning");
  await ana.mode("note").click();
  await voice.button("Send voice note").click();
  await expect(heard.notes).toHaveCount(2);
  await expectTexts(visitor.log, ["Hello", "Good morning"]);
  await expect(of(visitor).notes).toHaveCount(0);
  await visitor.page.reload();
  await visitor.ready();
  await expectTexts(visitor.log, ["Hello", "Good morning"]);
  const all = told.join("\n");
  for (const word of ["voice.webm", "duration_ms", "waveform"]) expect(all).not.toContain(word);
});

test("nothing recorded is lost when the panel closes, the microphone goes or it is recorded anew", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor(allowed);
  await visitor.page.addInitScript(() => {
    const devices = navigator.mediaDevices;
    const ask = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      Object.assign(window, { microphone: stream.getAudioTracks()[0] });
      return stream;
    };
  });
  const microphone = (act: (track: MediaStreamTrack) => unknown) =>
    visitor.page.evaluate(`(${act})(window.microphone)`);
  const [voice] = await begin(visitor, await newAgent());
  await voice.record(1);
  await visitor.launcher.click();
  await expect.poll(() => microphone((track) => track.readyState)).toBe("ended");
  await visitor.launcher.click();
  await expect(voice.button("Send voice note")).toBeVisible();

  await voice.button("Record again").click();
  await expect(voice.stopButton).toBeVisible();
  await voice.reaches(1);
  await microphone((track) => track.dispatchEvent(new Event("ended")));
  await expect(voice.recorder.getByRole("status")).toContainText("The microphone was taken away");
  await voice.button("Send voice note").click();
  await expect(voice.notes).toHaveCount(1);
  await voice.record(1);
  await voice.button("Discard recording").click();
  await expect(voice.recorder).toBeHidden();
  await expect.poll(() => microphone((track) => track.readyState)).toBe("ended");
});

test("a voice note stays in its bubble on a phone", async ({ newVisitor, newAgent }) => {
  const phone = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 780 } };
  const visitor = await newVisitor({ ...allowed, ...phone });
  const [voice] = await begin(visitor, await newAgent());
  await voice.say(1);
  await expect(voice.notes).toHaveCount(1);
  const [bubble, player] = [messagesIn(visitor.log).last().locator("[part~=message-bubble]"), voice.notes.first()];
  const [outer, inner] = [(await bubble.boundingBox())!, (await player.boundingBox())!];
  expect(inner.x).toBeGreaterThanOrEqual(outer.x);
  expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width);
  const wide = await visitor.log.evaluate((log) => log.scrollWidth > log.clientWidth);
  expect(wide).toBe(false);
});

test("a microphone that is refused is explained on both sides", async ({ newVisitor, newAgent }) => {
  const nothing = { permissions: ["clipboard-read"] };
  const visitor = await newVisitor(nothing);
  const agent = await newAgent("ana", nothing);
  const voices = await begin(visitor, agent);
  for (const voice of voices) {
    await voice.recordButton.click();
    await expect(voice.recorder.getByRole("alert")).toHaveText(/The microphone is blocked\. Allow it/);
    await expect(voice.button("Retry")).toBeFocused();
  }
  expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
  await voices[0].button("Close").click();
  await expect(voices[0].recordButton).toBeVisible();
  await visitor.send("So I write");
  await expectTexts(agent.log, ["Hello", "So I write"]);
});

test("a recording that a reload interrupts is told to be lost, one without a network waits", async ({ newVisitor, newAgent, newNetwork }) => {
  test.slow();
  const network = await newNetwork();
  const visitor = await newVisitor({ ...allowed, network });
  const agent = await newAgent();
  const [voice, heard] = await begin(visitor, agent);
  network.cut();
  await voice.say(1);
  const row = messagesIn(visitor.log).last();
  await expect(row).toHaveAttribute("data-state", "queued");
  network.heal();
  await expect(heard.notes).toHaveCount(1, { timeout: 40_000 });
  await expect(voice.notes).toHaveCount(1);

  const release = await throttle(visitor.page, 500);
  await voice.say(2);
  await expect(row).toHaveAttribute("data-state", "uploading");
  await visitor.page.reload();
  await release();
  await visitor.ready();
  await expect(row).toContainText("This recording was lost");
  await row.getByRole("button", { name: "Cancel" }).click();
  await expect(voice.notes).toHaveCount(1);
  await expect(heard.notes).toHaveCount(1);
});

/** Every address this page asks for from now on. */
function everythingAsked(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.url()} ${request.postData() ?? ""}`));
  return asked;
}

test("a file for a note stays one whatever is on screen while it uploads, and no visitor has it", async ({ newVisitor, newAgent }) => {
  test.slow();
  const visitor = await newVisitor();
  const asked = everythingAsked(visitor.page);
  const ana = await newAgent();
  await begin(visitor, ana);
  const ben = await newAgent("ben");
  await ben.signIn();
  await ben.openConversation("Hello");
  await ana.mode("note").click();
  await choose(ana.attachButton, [picture("secret.png")]);
  await expect(ana.chips).toHaveCount(1);
  await ana.mode("reply").click();
  await expect(ana.chips).toHaveCount(0);
  await ana.send("Good morning");
  await ana.mode("note").click();
  await expect(ana.chips).toHaveCount(1);
  const release = await throttle(ana.page, 400);
  await ana.addNoteButton.click();
  await expect(ana.notes).toHaveAttribute("data-state", "uploading");
  await ana.mode("reply").click();
  await ana.send("Anything else?");
  await release();
  await expect(ben.notes.getByRole("img", { name: "secret.png" })).toBeVisible({ timeout: 20_000 });
  await expectTexts(visitor.log, ["Hello", "Good morning", "Anything else?"]);
  await expect(visitor.log.locator("[part~=attachment]")).toHaveCount(0);
  expect(asked.filter((address) => /\/v1\/files|secret/.test(address))).toEqual([]);
});
